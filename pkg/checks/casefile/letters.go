package casefile

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/checks/expected"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// thirdParty are the types that a rights holder signs; a licence of an AI
// tool comes as terms of service.
func thirdParty() []string { return []string{"brand", "copyright", "portrait", "sublicence"} }

// wants reports whether a letter is of one of the types; no types mean all,
// and a letter whose type is not given is of each.
func wants(types []string, l casefile.Letter) bool {
	return len(types) == 0 || l.Type == "" || slices.Contains(types, l.Type)
}

// plain is what the checks have in common: they read case.yaml alone.
type plain struct{}

func (plain) Needs(any) []checks.Need { return nil }
func (plain) Vars() []string          { return []string{"letters"} }

// andPapers is plain for checks that take from a letter itself what case.yaml
// leaves out: what the paper says is not asked.
type andPapers struct{ plain }

func (andPapers) Needs(any) []checks.Need {
	var out []checks.Need
	for _, kind := range [...]string{facts.KindAuthorization, facts.KindAILicence} {
		for _, f := range [...]string{"kind", "grantor", "grantee", "parties", "text", "seals", "found", "starts", "ends", "open_ended", "sublicense", "categories", "languages", "notarized", "legalized"} {
			out = append(out, checks.Need{Kind: kind, Fact: "document." + f})
		}
	}
	return out
}

// findings gathers what a check saw.
type findings struct {
	checks.Gathered
	facts   *facts.Case
	file    *casefile.File
	dir     string   // of the case
	letters []string // ids of failed and unclear ones
}

// label names a letter for people: its id, else its file, else its number.
func label(l casefile.Letter, i int) string {
	switch {
	case l.ID != "":
		return l.ID
	case l.File != "":
		return l.File
	}
	return fmt.Sprintf("#%d", i+1)
}

// key is the path of a field of letter i in case.yaml.
func key(i int, field string) string { return fmt.Sprintf("letters[%d].%s", i, field) }

// has reports whether a field of letter i was given.
func (f *findings) has(i int, field string) bool { return f.file.Has(key(i, field)) }

func (f *findings) about(i int, field string, observed any, required *verdict.Required) verdict.Evidence {
	l := f.file.Letters[i]
	ev := verdict.Evidence{Fact: "case." + key(i, field), Observed: observed, Required: required, Quote: label(l, i)}
	if l.File != "" {
		ev.Related = &verdict.Related{Asset: path.Join(f.dir, strings.ReplaceAll(l.File, `\`, "/"))}
	}
	if !slices.Contains(f.letters, label(l, i)) {
		f.letters = append(f.letters, label(l, i))
	}
	return ev
}

func (f *findings) fail(i int, field string, observed any, required *verdict.Required) {
	f.Failed = append(f.Failed, f.about(i, field, observed, required))
}

func (f *findings) doubt(i int, field string, observed any, required *verdict.Required) {
	f.Doubt(f.about(i, field, observed, required))
}

func (f *findings) lackOf(i int, field string) { f.Lack(key(i, field)) }

func (f *findings) result() checks.Result {
	return f.Result(func([]verdict.Evidence) map[string]verdict.Value {
		return map[string]verdict.Value{"letters": checks.Names(f.letters, ", ")}
	})
}

// gather starts a check; ok is false where there are no letters to judge.
func gather(s checks.Subject) (f *findings, ok bool) {
	if s.Case == nil || s.Case.File == nil || len(s.Case.File.Letters) == 0 {
		return nil, false
	}
	return &findings{facts: s.Case, file: s.Case.File, dir: s.Case.Path}, true
}

// paper is what letter i says itself; nil where its file is not there or could
// not be read well enough for what it leaves out to count as left out.
func (f *findings) paper(i int) *facts.Document {
	file := f.file.Letters[i].File
	if file == "" {
		return nil
	}
	for j := range f.facts.Assets {
		a := &f.facts.Assets[j]
		if a.Facts == nil || !strings.EqualFold(path.Clean(strings.ReplaceAll(file, `\`, "/")), path.Clean(a.Path)) {
			continue
		}
		if st := a.Facts.Status("document.grantor").State; st == facts.NotExtracted || st == facts.Failed || !expected.Readable(&a.Facts.Document) {
			return nil
		}
		return &a.Facts.Document
	}
	return nil
}

func skip() (checks.Result, error) { return checks.Result{Outcome: verdict.Skip}, nil }

// byID finds letters by their id.
func byID(ls []casefile.Letter) map[string]int {
	out := make(map[string]int, len(ls))
	for i, l := range ls {
		if l.ID != "" {
			out[l.ID] = i
		}
	}
	return out
}

// followed reports which letters have one further down the chain.
func followed(ls []casefile.Letter) map[int]bool {
	ids, out := byID(ls), map[int]bool{}
	for _, l := range ls {
		if i, ok := ids[l.Previous]; ok && l.Previous != "" {
			out[i] = true
		}
	}
	return out
}
