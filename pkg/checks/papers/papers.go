// Package papers holds the checks on what papers themselves say: letters
// against the shop, the calendar and what case.yaml states of them; the notice
// against the violation; evidence against the complaint; the upload log
// against the days it must cover. Reading is never certain: what was read with
// little confidence, or nearly fits, is left to a person.
//
// It may import pkg/cameras, pkg/casefile, pkg/checks, pkg/edits, pkg/facts, pkg/lang,
// pkg/models and pkg/verdict.
package papers

import (
	"fmt"
	"path"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/checks/party"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// All returns the checks of this package.
func All() []checks.Check {
	return []checks.Check{Validity{}, Party{}, Statement{}, Chain{}, SealName{}, Notice{}, Scope{}, Identity{}, Root{}, Coverage{}, Formalities{}, Category{}, Languages{}, Region{}, Told{}, SignDate{}, EvidenceDate{}, Mentions{}, LogDays{}, Pages{}, Shown{}, NoGrant{}, ShotWith{}, LogFits{}, Released{}}
}

// surely is the confidence of a reading below which a contradiction may be a
// slip of the reader: a person looks.
const surely = 0.8

// onAsset is what checks of one paper have in common.
type onAsset struct{}

// Vars are what was read, in words of the program and as written, and what it
// should be.
func (onAsset) Vars() []string { return []string{"observed", "required", "fields", "quotes"} }

// needs asks for facts of a paper, whatever kind the rule is for.
func needs(list ...string) []checks.Need {
	out := make([]checks.Need, len(list))
	for i, f := range list {
		out[i] = checks.Need{Kind: "*", Fact: f}
	}
	return out
}

// findings gathers what a check saw.
type findings struct {
	checks.Gathered
	judged int // comparisons made
}

// document starts a check of a paper; ok is false where its facts cannot be
// had, and then the result says why.
func document(s checks.Subject, fields ...string) (f *findings, d *facts.Document, res checks.Result, ok bool) {
	if s.Asset == nil || s.Asset.Facts == nil {
		return nil, nil, checks.Result{Outcome: verdict.Skip}, false
	}
	for _, name := range fields {
		if st := s.Asset.Facts.Status("document." + name); st.State == facts.NotExtracted || st.State == facts.Failed {
			return nil, nil, checks.Result{
				Outcome: verdict.Review, Cause: verdict.Unavailable,
				Evidence: []verdict.Evidence{{Fact: "document." + name}},
				Vars:     vars(nil),
			}, false
		}
	}
	return &findings{}, &s.Asset.Facts.Document, checks.Result{}, true
}

// at makes a piece of evidence at the place where a field was read.
func at(d *facts.Document, field string, observed any, required *verdict.Required) verdict.Evidence {
	ev := verdict.Evidence{Fact: "document." + field, Observed: observed, Required: required}
	for _, x := range d.Found {
		if x.Field == field {
			ev.Quote, ev.Page = x.Text, x.Page
			box := x.Box
			ev.Box = &box
			break
		}
	}
	return ev
}

// sure is how confidently a field was read, 1 where no place is known.
func sure(d *facts.Document, field string) float64 {
	for _, x := range d.Found {
		if x.Field == field {
			return x.Confidence
		}
	}
	return 1
}

// against notes a contradiction: failed where the reading is sure.
func (f *findings) against(d *facts.Document, field string, observed any, required *verdict.Required) {
	ev := at(d, field, observed, required)
	if sure(d, field) >= surely {
		f.Failed = append(f.Failed, ev)
	} else {
		f.Doubt(ev)
	}
}

// result is the worst of what was gathered; skip where nothing was compared.
func (f *findings) result() checks.Result {
	out := f.Result(vars)
	if out.Outcome == verdict.Pass && f.judged == 0 {
		out.Outcome = verdict.Skip
	}
	return out
}

// vars are the placeholders of the rule's texts.
func vars(list []verdict.Evidence) map[string]verdict.Value {
	var observed, required, fields, quotes []string
	add := func(to *[]string, v string) {
		for _, o := range *to {
			if o == v {
				return
			}
		}
		if v != "" {
			*to = append(*to, v)
		}
	}
	for _, e := range list {
		if e.Observed != nil {
			add(&observed, fmt.Sprint(e.Observed))
		}
		if e.Required != nil {
			add(&required, e.Required.String())
		}
		_, field, _ := strings.Cut(e.Fact, ".")
		add(&fields, field)
		add(&quotes, strings.ReplaceAll(e.Quote, "\n", " "))
	}
	return map[string]verdict.Value{"observed": checks.Names(observed, "; "), "required": checks.Names(required, "; "), "fields": checks.Words(fields), "quotes": checks.Names(quotes, "; ")}
}

// caseOf is the case file, nil where there is none.
func caseOf(s checks.Subject) *casefile.File {
	if s.Case == nil {
		return nil
	}
	return s.Case.File
}

// shopNames are the names under which the shop is known.
func shopNames(c *casefile.File) []string {
	if c == nil {
		return nil
	}
	var out []string
	for _, n := range append([]string{c.Store.Name.ZH, c.Store.Name.EN}, c.Store.OtherNames...) {
		if n != "" {
			out = append(out, n)
		}
	}
	return out
}

// stated finds what case.yaml states of a letter file.
func stated(c *casefile.File, file string) (int, bool) {
	if c == nil {
		return 0, false
	}
	for i, l := range c.Letters {
		if l.File != "" && strings.EqualFold(path.Clean(strings.ReplaceAll(l.File, `\`, "/")), path.Clean(file)) {
			return i, true
		}
	}
	return 0, false
}

// submission is when the appeal goes in: as planned, else now.
func submission(s checks.Subject) time.Time {
	if s.Case == nil {
		return time.Time{}
	}
	when := s.Case.Clock.Now
	if c := s.Case.File; c != nil && c.Appeal.PlannedAt.After(when) {
		when = c.Appeal.PlannedAt
	}
	return when
}

// date is a day in Beijing.
func date(t time.Time) string { return t.In(lang.Beijing()).Format(time.DateOnly) }

// grants reports a paper that gives rights, by what it calls itself.
func grants(d *facts.Document) bool {
	switch d.Kind {
	case "brand", "copyright", "portrait", "ai_licence", "sublicence":
		return true
	}
	return false
}

// same compares a name read with others.
func same(name string, others ...string) party.Likeness { return party.Best(name, others) }
