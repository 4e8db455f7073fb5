package scan

import (
	"path"
	"time"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// confirmed marks the reviews that case.yaml confirms: bound to the rule and to
// the file's content, so a confirmation lapses when the file changes. A fail is
// never confirmed away.
func confirmed(out *verdict.Case, c *material.Case, view *facts.View) {
	if c.File == nil {
		return
	}
	sums := map[string]string{}
	for i := range view.Assets {
		sums[path.Join(c.Path, view.Assets[i].Path)] = view.Assets[i].Facts.File.SHA256
	}
	for i := range out.Findings {
		f := &out.Findings[i]
		if f.Outcome != verdict.Review {
			continue
		}
		for _, k := range c.File.Confirmations {
			subject := path.Join(c.Path, k.File)
			if k.Rule != f.Rule || subject != f.Asset || k.File != "" && (k.SHA256 == "" || k.SHA256 != sums[subject]) {
				continue
			}
			f.Suppressed = &verdict.Suppression{By: "confirmation", Person: k.By, Note: k.Note}
			if !k.At.IsZero() {
				f.Suppressed.At = k.At.Format(time.RFC3339)
			}
			break
		}
	}
}
