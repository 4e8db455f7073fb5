package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// entry is what a reader takes in at once: a file, or the case as a whole, with its
// findings; or one fault that several files have.
type entry struct {
	asset    string // empty where shared, and for the case or batch as a whole
	shared   bool   // findings are one a file, of one rule
	findings []finding
}

// fault is what findings of one fault have in common.
type fault struct {
	rule, title, remedy string
	outcome             verdict.Outcome
	cause               verdict.Cause
	severity            verdict.Severity
}

func faultOf(f *finding) fault {
	return fault{f.Rule, f.Title, f.Remedy, f.Outcome, f.Cause, f.Severity}
}

// entries makes one of what several files have alike, worst first. Verbose keeps all
// files apart.
func (v *view) entries(subjects []subject) []entry {
	count := map[fault]int{}
	for _, s := range subjects {
		for i := range s.findings {
			if s.asset != "" && !v.o.Verbose {
				count[faultOf(&s.findings[i])]++
			}
		}
	}
	var out []entry
	place := map[fault]int{}
	for _, s := range subjects {
		own := entry{asset: s.asset}
		for _, f := range s.findings {
			key := faultOf(&f)
			if s.asset == "" || count[key] < 2 {
				own.findings = append(own.findings, f)
				continue
			}
			at, known := place[key]
			if !known {
				at = len(out)
				place[key] = at
				out = append(out, entry{shared: true})
			}
			out[at].findings = append(out[at].findings, f)
		}
		if len(own.findings) > 0 {
			out = append(out, own)
		}
	}
	slices.SortStableFunc(out, func(a, b entry) int {
		return cmp.Compare(weight(&b.findings[0]), weight(&a.findings[0]))
	})
	for i := range out {
		if out[i].shared {
			slices.SortStableFunc(out[i].findings, func(a, b finding) int { return cmp.Compare(a.Asset, b.Asset) })
		}
	}
	return out
}

// alike reports whether a shared fault says the same of all files.
func (v *view) alike(c *caseView, e *entry) bool {
	first := &e.findings[0]
	seen, _ := v.told(c, first)
	return !slices.ContainsFunc(e.findings[1:], func(f finding) bool {
		other, _ := v.told(c, &f)
		return f.Message != first.Message || !slices.Equal(other, seen)
	})
}

// many says how many files share a fault: "5 pictures".
func (v *view) many(c *caseView, e *entry) string {
	text := v.m.Spoken.Pictures
	for i := range e.findings {
		if a := c.asset(e.findings[i].Asset); a == nil || a.Width == 0 {
			text = v.m.Spoken.Files
		}
	}
	return lang.Count(text, len(e.findings))
}

// asset is a file of the case, nil where there is none or no case.
func (c *caseView) asset(path string) *verdict.Asset {
	if c == nil {
		return nil
	}
	return c.assets[path]
}

// listed names the files that share a fault.
func (v *view) listed(c *caseView, e *entry) string {
	var assets []string
	for i := range e.findings {
		assets = append(assets, e.findings[i].Asset)
	}
	return v.fileList(c, assets)
}

// fileList names the first few files of a list; all of them where Verbose.
func (v *view) fileList(c *caseView, assets []string) string {
	var names []string
	for _, a := range assets {
		if len(names) == maxStepFiles && !v.o.Verbose {
			return lang.Fill(v.say.MoreFiles, "files", strings.Join(names, v.words.Join), "n", len(assets))
		}
		names = append(names, v.shown(c, a))
	}
	return strings.Join(names, v.words.Join)
}

// title names a case, or a plain folder of photos, with its product and violation.
func (v *view) title(c *caseView) string {
	say := v.say.CaseTitle
	if c.plain {
		say = v.say.FolderTitle
	}
	return lang.Fill(say, "path", v.subtitle(c))
}

// subtitle is the name of a case with its product and violation.
func (v *view) subtitle(c *caseView) string {
	parts := []string{clean(c.name)}
	if c.folder.Product != "" {
		parts = append(parts, lang.Fill(v.say.ProductID, "id", clean(c.folder.Product)))
	}
	if c.ID != "" {
		parts = append(parts, lang.Fill(v.say.CaseID, "id", clean(c.ID)))
	}
	return strings.Join(parts, " · ")
}

// whole is what is about no single file.
func (v *view) whole(c *caseView) string {
	switch {
	case c == nil:
		return v.words.Batch
	case c.plain:
		return v.say.WholeFolder
	}
	return v.words.Case
}
