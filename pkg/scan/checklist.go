package scan

import (
	"path"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// checklist says for every kind of material whether it is ready to hand in.
func (r *run) checklist(c *material.Case, view *facts.View, findings []verdict.Finding) []verdict.ChecklistItem {
	wanted, err := r.rules.Wanted(view)
	if err != nil {
		return []verdict.ChecklistItem{}
	}
	out := make([]verdict.ChecklistItem, 0, len(wanted))
	for i, kind := range r.rules.Kinds() {
		w := wanted[i]
		item := verdict.ChecklistItem{Item: kind.ID, Title: kind.Title.In(r.opt.Lang), Assets: []string{}, Findings: []string{}, Note: w.Note.In(r.opt.Lang)}
		for _, a := range view.Of(kind.ID) {
			item.Assets = append(item.Assets, path.Join(c.Path, a.Path))
		}
		problem, review := false, false
		for j := range findings {
			f := &findings[j]
			if f.Item != kind.ID || f.Suppressed != nil || f.Severity == verdict.SeverityInfo {
				continue
			}
			switch f.Outcome {
			case verdict.Fail:
				problem = true
			case verdict.Review, verdict.Error:
				review = true
			default:
				continue
			}
			item.Findings = append(item.Findings, f.Fingerprint)
		}
		switch {
		case w.State == "required" && len(item.Assets) == 0 && !w.Review:
			item.State = verdict.ItemMissing
		case problem:
			item.State = verdict.ItemProblem
		case review, w.Review && len(item.Assets) == 0:
			item.State = verdict.ItemReview
		case len(item.Assets) == 0:
			item.State = verdict.ItemNotNeeded
		default:
			item.State = verdict.ItemReady
		}
		out = append(out, item)
	}
	return out
}
