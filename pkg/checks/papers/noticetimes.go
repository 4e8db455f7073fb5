package papers

import (
	"slices"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// minute is a time in Beijing as pages show it.
func minute(t time.Time) string { return t.In(lang.Beijing()).Format("2006-01-02 15:04") }

// times compares what the notice says of times with case.yaml, and the deadline
// it shows with the one that case.yaml comes to.
func (f *findings) times(d *facts.Document, c *casefile.File, k facts.Clock) {
	told := f.compared(d, "effective", c.Violation.EffectiveAt, true)
	told = f.compared(d, "notified", c.Violation.NotifiedAt, c.Violation.EffectiveAt.IsZero()) || told
	told = f.deadline(d, k) || told
	if !told {
		f.someDay(d, c)
	}
}

// of are the times of a role.
func of(d *facts.Document, role string) []facts.NoticeTime {
	var out []facts.NoticeTime
	for _, t := range d.NoticeTimes {
		if t.Role == role {
			out = append(out, t)
		}
	}
	return out
}

// shown is the evidence of a time as the notice shows it.
func shown(t facts.NoticeTime, want string) verdict.Evidence {
	box := t.Box
	observed := minute(t.At)
	switch {
	case t.Role == "remaining", t.Role == "window":
		observed = t.Text
	case t.Day:
		observed = date(t.At)
	}
	if t.Label != "" {
		observed = t.Label + " " + observed
	}
	return verdict.Evidence{Fact: "document.notice_times", Observed: observed, Required: verdict.Want(want), Quote: t.Text, Page: t.Page, Box: &box}
}

// compared asks that a time on the notice is that of case.yaml, to the minute
// where both give one. decisive times move the deadline: they fail. It reports
// whether the notice tells the time at all.
func (f *findings) compared(d *facts.Document, role string, want time.Time, decisive bool) bool {
	read := of(d, role)
	if len(read) == 0 || want.IsZero() {
		return len(read) > 0
	}
	f.judged++
	if slices.ContainsFunc(read, func(t facts.NoticeTime) bool { return agrees(t, want) }) {
		return true
	}
	t := read[0]
	ev := shown(t, minute(want))
	if decisive && t.Confidence >= surely && !elsewhere(t, want) {
		f.Failed = append(f.Failed, ev)
	} else {
		f.Doubt(ev)
	}
	return true
}

// agrees compares to the minute, or to the day where one of them has no more.
func agrees(t facts.NoticeTime, want time.Time) bool {
	w := want.In(lang.Beijing())
	if t.Day || w.Hour() == 0 && w.Minute() == 0 {
		return date(t.At) == date(w)
	}
	return minute(t.At) == minute(w)
}

// elsewhere reports times that are as far apart as Beijing is from Greenwich or
// the Pacific: pages show either without saying so.
func elsewhere(t facts.NoticeTime, want time.Time) bool {
	switch want.Sub(t.At).Truncate(time.Minute) {
	case 8 * time.Hour, 15 * time.Hour, 16 * time.Hour:
		return true
	}
	return false
}

// deadline compares a deadline that the notice shows, or the time it says is
// left, with what case.yaml comes to. An earlier one fails: going by case.yaml the
// appeal would be late.
func (f *findings) deadline(d *facts.Document, k facts.Clock) bool {
	if !k.DeadlineKnown || k.CaseDeadline.IsZero() {
		return false
	}
	want := k.CaseDeadline
	printed := of(d, "deadline")
	for _, t := range printed {
		f.judged++
		ev := shown(t, minute(want))
		early := want.Sub(t.At) >= time.Minute
		if t.Day {
			early = date(t.At) < date(want)
		}
		// Midnight, or the last minute of the day, of the day of the deadline:
		// the platform counts whole days there.
		sameDay := date(t.At) == date(want) || date(t.At.Add(-time.Second)) == date(want)
		switch {
		case early && t.Confidence >= surely && !elsewhere(t, want):
			f.Failed = append(f.Failed, ev)
		case early, !t.Day && !sameDay && t.At.Sub(want) >= time.Minute, t.Day && !sameDay:
			f.Doubt(ev)
		}
	}
	for _, t := range of(d, "remaining") {
		// The capture was made before now: what was left then is less now.
		if latest := k.Now.Add(time.Duration(t.Hours * float64(time.Hour))); latest.Add(time.Hour).Before(want) {
			f.judged++
			f.Doubt(shown(t, minute(want)))
		}
	}
	const slack = 24 * time.Hour // whole days may be counted from the next one
	for _, t := range of(d, "window") {
		if ends := k.StartedAt.Add(time.Duration(t.Hours * float64(time.Hour))); !k.StartedAt.IsZero() && ends.Add(slack).Before(want) {
			f.judged++
			f.Doubt(shown(t, minute(want)))
		}
	}
	return len(printed) > 0
}

// someDay asks, of a notice that labels no time, that the day of the penalty or
// of the notice is on it. The clock at the head of the capture does not count.
func (f *findings) someDay(d *facts.Document, c *casefile.File) {
	var want []string
	for _, t := range [...]time.Time{c.Violation.EffectiveAt, c.Violation.NotifiedAt} {
		if !t.IsZero() {
			want = append(want, date(t))
		}
	}
	if len(want) == 0 || len(d.Dates) == 0 {
		return
	}
	f.judged++
	var read []string
	for _, x := range d.Dates {
		if atHead(d, x) {
			continue
		}
		if slices.Contains(want, date(x.At)) {
			return
		}
		read = append(read, date(x.At))
	}
	x := d.Dates[0]
	box := x.Box
	f.Doubt(verdict.Evidence{Fact: "document.dates", Observed: strings.Join(read[:min(len(read), 5)], ", "), Required: verdict.Want(strings.Join(want, " / ")), Quote: x.Text, Page: x.Page, Box: &box})
}

// atHead reports a date in the topmost tenth of a capture, where browsers and
// phones show their clock.
func atHead(d *facts.Document, x facts.DocDate) bool {
	const tenth = 10
	bottom := 0
	for _, l := range d.Text {
		if l.Page == x.Page {
			bottom = max(bottom, l.Box[1]+l.Box[3])
		}
	}
	return x.Box[3] > 0 && tenth*(x.Box[1]+x.Box[3]) < bottom
}
