package papers

import (
	"time"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// readings are the dates a field may mean: as it was read first, then the
// other ways to read it.
func readings(d *facts.Document, field string, first time.Time) []time.Time {
	out, role := []time.Time{first}, roleOf(field)
	for _, r := range d.Readings {
		if r.Role == role {
			out = append(out, r.At)
		}
	}
	return out
}

// roleOf is the role of a date that is another reading of a field.
func roleOf(field string) string {
	if field == "signed_at" {
		return "signed"
	}
	return field
}

// objection is what speaks against a term, by one way of reading it.
type objection struct {
	field    string // "" for nothing
	observed time.Time
	required *verdict.Required
}

// object judges one reading of a term: it has begun, and is not over at a time
// and so many days after it.
func object(starts, ends time.Time, open bool, when time.Time, ahead int) objection {
	over := ends.AddDate(0, 0, 1)
	switch {
	case !starts.IsZero() && when.Before(starts):
		if ahead == 0 {
			return objection{"starts", starts, verdict.Compared("<=", date(when))}
		}
	case open, ends.IsZero():
	case !when.Before(over):
		if ahead == 0 {
			return objection{"ends", ends, verdict.Compared(">=", date(when))}
		}
	case ahead > 0 && !when.AddDate(0, 0, ahead).Before(over):
		return objection{"ends", ends, verdict.Compared(">=", date(when.AddDate(0, 0, ahead)))}
	}
	return objection{}
}

// term judges the term of a letter by all the ways it can be read: where they
// come to different verdicts a person decides, and is told both.
func (f *findings) term(d *facts.Document, when time.Time, ahead int) {
	first, differ := byReadings(d, when, ahead)
	if _, already := byReadings(d, when, 0); already && ahead > 0 {
		return // asked about submission itself
	}
	switch {
	case differ:
		f.bothWays(d, "starts", d.Starts, verdict.Compared("<=", date(when)))
		f.bothWays(d, "ends", d.Ends, verdict.Compared(">=", date(when.AddDate(0, 0, ahead))))
	case first.field != "":
		f.against(d, first.field, date(first.observed), first.required)
	case ahead == 0 && d.Ends.IsZero() && !d.OpenEnded:
		f.Doubt(verdict.Evidence{Fact: "document.ends", Required: verdict.Compared(">=", date(when))})
	}
}

// byReadings is what speaks against a term as it was read first, and whether
// another way to read it comes to another verdict.
func byReadings(d *facts.Document, when time.Time, ahead int) (first objection, differ bool) {
	first = object(d.Starts, d.Ends, d.OpenEnded, when, ahead)
	consider := func(o objection) {
		differ = differ || (o.field == "") != (first.field == "")
	}
	ends := readings(d, "ends", d.Ends)
	for _, s := range readings(d, "starts", d.Starts) {
		for _, e := range ends {
			if e.IsZero() || !e.Before(s) {
				consider(object(s, e, d.OpenEnded, when, ahead))
			}
		}
	}
	if len(readings(d, "open", time.Time{})) > 1 {
		consider(object(d.Starts, d.Ends, true, when, ahead))
	}
	return first, differ
}

// bothWays leaves a date that can be read in several ways to a person.
func (f *findings) bothWays(d *facts.Document, field string, first time.Time, required *verdict.Required) {
	var others []verdict.Evidence
	for _, r := range d.Readings {
		if r.Role == roleOf(field) || r.Role == "open" && field == "ends" {
			box := r.Box
			others = append(others, verdict.Evidence{Fact: "document." + field, Observed: date(r.At), Required: required, Quote: r.Text, Page: r.Page, Box: &box})
		}
	}
	if len(others) == 0 {
		return
	}
	f.Doubt(at(d, field, date(first), required))
	for _, ev := range others {
		f.Doubt(ev)
	}
}

// signed asks that a paper was signed by a time, and not before another, by
// all the ways its date can be read.
func (f *findings) signed(d *facts.Document, oldest, when time.Time) {
	judge := func(t time.Time) *verdict.Required {
		switch {
		case t.After(when):
			return verdict.Compared("<=", date(when))
		case t.Before(oldest):
			return verdict.Compared(">=", date(oldest))
		}
		return nil
	}
	first := judge(d.SignedAt)
	for _, t := range readings(d, "signed_at", d.SignedAt)[1:] {
		if o := judge(t); (o == nil) != (first == nil) {
			if o == nil {
				o = first
			}
			f.bothWays(d, "signed_at", d.SignedAt, o)
			return
		}
	}
	if first != nil {
		f.against(d, "signed_at", date(d.SignedAt), first)
	}
}
