package casefile

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/checks/expected"
	"github.com/aecheck/aecheck/pkg/checks/party"
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
	// illegible: something was not asked because its paper could not be read.
	illegible bool
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

// lackOf asks for a key that case.yaml leaves out and the paper does not give either.
// Of a paper that could not be read nothing is asked here: rules on papers ask to
// have it scanned again.
func (f *findings) lackOf(i int, field string) {
	if a := f.asset(i); a != nil && len(a.Facts.Document.Unread) > 0 {
		f.illegible = true
		return
	}
	f.Lack(key(i, field))
}

func (f *findings) result() checks.Result {
	r := f.told()
	if r.Outcome == verdict.Pass && f.illegible {
		r.Outcome = verdict.Skip // what was not read is no pass
	}
	return r
}

func (f *findings) told() checks.Result {
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
	a := f.asset(i)
	if a == nil {
		return nil
	}
	if st := a.Facts.Status("document.grantor").State; st == facts.NotExtracted || st == facts.Failed || !expected.Readable(&a.Facts.Document) {
		return nil
	}
	return &a.Facts.Document
}

// asset is the file of letter i with its facts; nil where there is none.
func (f *findings) asset(i int) *facts.Asset {
	file := f.file.Letters[i].File
	if file == "" {
		return nil
	}
	for j := range f.facts.Assets {
		a := &f.facts.Assets[j]
		if a.Facts != nil && strings.EqualFold(path.Clean(strings.ReplaceAll(file, `\`, "/")), path.Clean(a.Path)) {
			return a
		}
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

// above finds the letter one hop nearer the rights holder: the one that
// letters[].previous names, and where it names none the one that authorises whoever
// grants in letter i.
func (f *findings) above(i int) (up int, ok bool) {
	l := f.file.Letters[i]
	if l.Previous != "" {
		up, ok = byID(f.file.Letters)[l.Previous]
		return up, ok
	}
	for j, o := range f.file.Letters {
		if j != i && alike(o, l) && l.Grantor.Name != "" && o.Grantee.Name != "" && !f.forShop(j) &&
			(party.Compare(o.Grantee.Name, l.Grantor.Name) == party.Same || expected.Romanised(o.Grantee.Name, l.Grantor.Name)) {
			return j, true
		}
	}
	return 0, false
}

// alike reports letters that may be hops of one chain: the lowest of any chain may
// be called a sub-licence.
func alike(a, b casefile.Letter) bool {
	return a.Type == b.Type || a.Type == "sublicence" || b.Type == "sublicence"
}

// forShop reports that by case.yaml letter i authorises the shop, or somebody named
// like it.
func (f *findings) forShop(i int) bool {
	store := f.file.Store
	switch party.Best(f.file.Letters[i].Grantee.Name, append([]string{store.Name.ZH, store.Name.EN}, store.OtherNames...)) {
	case party.Same, party.Unclear:
		return true
	}
	return false
}

// followed reports which letters have one further down the chain.
func (f *findings) followed() map[int]bool {
	out := map[int]bool{}
	for i := range f.file.Letters {
		if up, ok := f.above(i); ok {
			out[up] = true
		}
	}
	return out
}

// gaps finds chains with a hop missing in the middle: a letter that lets somebody
// else sub-license, and one to the shop by a third company which no letter
// authorises. It gives by the upper letter the lower one.
func (f *findings) gaps() map[int]int {
	further, out := f.followed(), map[int]int{}
	for j, o := range f.file.Letters {
		if further[j] || !o.Sublicense || o.Grantee.Name == "" || f.forShop(j) {
			continue
		}
		for i, l := range f.file.Letters {
			if _, ok := f.above(i); !ok && i != j && alike(o, l) && f.forShop(i) && l.Grantor.Name != "" &&
				party.Compare(o.Grantee.Name, l.Grantor.Name) == party.Different && hasHan(o.Grantee.Name) == hasHan(l.Grantor.Name) &&
				party.Compare(o.Grantor.Name, l.Grantor.Name) != party.Same {
				out[j] = i
				break
			}
		}
	}
	return out
}
