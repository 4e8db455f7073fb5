package statement

import (
	"path"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// drafter makes the sentences of a draft.
type drafter struct {
	Input
	file  *casefile.File
	specs *specs
	lang  *language
	made  map[string][]Sentence // by section
	held  []Held
}

// field is a value of a sentence with what it rests on.
type field struct {
	name, text string
	basis      []Basis
}

// of is a fact of a file as a field, its value as it is traced.
func of(name, text, asset, fact, value string) field {
	return field{name, text, []Basis{{Asset: asset, Fact: fact, Value: value}}}
}

// told is what case.yaml says, as a field.
func told(name, text, key, value string) field {
	return field{name, text, []Basis{{Fact: "case." + key, Value: value}}}
}

// say makes a sentence about files of the case; about none, it is about the case. It
// reports whether it was made.
func (d *drafter) say(key string, about []string, fields ...field) bool {
	spec, ok := d.specs.find(key)
	text := d.lang.Sentences[key]
	if !ok || text == "" {
		return false
	}
	var pairs []string
	var basis []Basis
	for _, f := range fields {
		value := strings.Join(strings.Fields(f.text), " ")
		switch {
		case value == "" && !spec.Blanks:
			return false
		case value == "":
			value = d.lang.fill(d.lang.Blank, "what", d.lang.Blanks[f.name])
		default:
			basis = append(basis, f.basis...)
		}
		pairs = append(pairs, f.name, value)
	}
	if against := d.against(spec, about); against != nil {
		d.hold(spec.Section, about, against)
		return false
	}
	passed := d.passed(spec.Rules, about)
	for _, asset := range about {
		if len(spec.Passes) > 0 && len(d.passed(spec.Passes, []string{asset})) == 0 && len(d.passed(spec.Passes, nil)) == 0 {
			return false
		}
	}
	d.made[spec.Section] = append(d.made[spec.Section], Sentence{Key: key, Text: d.lang.fill(text, pairs...), Basis: append(basis, passed...), rank: spec.Rank})
	return true
}

// hold notes a sentence of a section that is not made, or the key of one that is made
// with a blank, once for the same files and rule.
func (d *drafter) hold(section string, about []string, f *verdict.Finding) {
	h := Held{Section: d.lang.Sections[section], Assets: about, Finding: f}
	if s, ok := d.specs.find(section); ok {
		h.Section, h.Blank = d.lang.Sections[s.Section], s.Blanks
	}
	if !slices.ContainsFunc(d.held, func(o Held) bool {
		return o.Section == h.Section && o.Finding == f && slices.Equal(o.Assets, about)
	}) {
		d.held = append(d.held, h)
	}
}

// against is the first finding that speaks against a sentence; nil for none.
func (d *drafter) against(s spec, about []string) *verdict.Finding {
	for i := range d.Findings {
		f := &d.Findings[i]
		stands := (f.Outcome == verdict.Fail || f.Outcome == verdict.Review || f.Outcome == verdict.Error) && f.Severity != verdict.SeverityInfo
		if stands && named(s.Rules, f.Rule) && d.concerns(f, about) {
			return f
		}
	}
	return nil
}

// named reports that a rule is listed, by its id or the beginning of it.
func named(list []string, rule string) bool {
	return slices.ContainsFunc(list, func(p string) bool { return strings.HasPrefix(rule, p) })
}

// concerns reports that a finding is about one of the files: its own, or one of those
// that a finding of the case names. One that names none concerns them all.
func (d *drafter) concerns(f *verdict.Finding, about []string) bool {
	if f.Asset != "" {
		return slices.Contains(about, d.own(f.Asset))
	}
	if len(about) == 0 {
		return true
	}
	var names []string
	for _, e := range f.Evidence {
		names = append(names, d.filesOf(e)...)
	}
	return len(names) == 0 || slices.ContainsFunc(names, func(n string) bool { return slices.Contains(about, n) })
}

// filesOf are the files of the case that a piece of evidence names.
func (d *drafter) filesOf(e verdict.Evidence) []string {
	var out []string
	names := []string{e.Quote}
	if e.Related != nil {
		names = append(names, e.Related.Asset)
	}
	for _, n := range names {
		for i := range d.Case.Assets {
			if p := d.Case.Assets[i].Path; n != "" && (d.own(n) == p || strings.HasPrefix(d.own(n), p+" (")) {
				out = append(out, p)
			}
		}
	}
	return out
}

// own is a path below the scanned root as one below the case.
func (d *drafter) own(p string) string {
	if d.Case.Path == "" || d.Case.Path == "." {
		return p
	}
	return strings.TrimPrefix(p, path.Clean(d.Case.Path)+"/")
}

// passed are the rules listed that passed, of the files or, about none, of the case.
func (d *drafter) passed(rules, about []string) []Basis {
	var out []Basis
	for i := range d.Findings {
		f := &d.Findings[i]
		asset := d.own(f.Asset)
		if f.Outcome == verdict.Pass && named(rules, f.Rule) && (f.Asset == "" || slices.Contains(about, asset)) {
			b := Basis{Asset: asset, Rule: f.Rule}
			if f.Suppressed != nil {
				b.Person = f.Suppressed.Person
			}
			out = append(out, b)
		}
	}
	return out
}

// failing reports that a rule of severity error fails for a file.
func (d *drafter) failing(asset string) bool {
	return slices.ContainsFunc(d.Findings, func(f verdict.Finding) bool {
		return f.Outcome == verdict.Fail && f.Severity == verdict.SeverityError && f.Asset != "" && d.own(f.Asset) == asset
	})
}
