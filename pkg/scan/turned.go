package scan

import (
	"path"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// asTheyLie moves places found on pages that were set upright to where they are on
// the page of the file, which is what a reader opens.
func (j *judging) asTheyLie() {
	turned := map[string][]facts.Turn{}
	for i := range j.view.Assets {
		if a := &j.view.Assets[i]; a.Facts != nil && len(a.Facts.Document.Turned) > 0 {
			turned[path.Join(j.found.Path, a.Path)] = a.Facts.Document.Turned
		}
	}
	if len(turned) == 0 {
		return
	}
	for i := range j.out.Findings {
		f := &j.out.Findings[i]
		for k := range f.Evidence {
			e := &f.Evidence[k]
			name := f.Asset
			if e.Related != nil {
				name = e.Related.Asset
			}
			e.Box = layBack(turned[name], e)
		}
	}
}

// layBack is the box of an evidence on its page as it lies.
func layBack(turns []facts.Turn, e *verdict.Evidence) *[4]int {
	for _, t := range turns {
		if e.Box != nil && e.Page == t.Page {
			b := t.Back(*e.Box)
			return &b
		}
	}
	return e.Box
}
