package report

import (
	"cmp"
	"slices"
)

// ruleRow counts the findings of one rule over all cases and the batch.
type ruleRow struct {
	rule, title string
	tally       tally
}

// statistics counts findings by rule, in the order of rule ids.
func (v *view) statistics() []ruleRow {
	rows := make(map[string]*ruleRow)
	count := func(findings []finding) {
		for i := range findings {
			f := &findings[i]
			row := rows[f.Rule]
			if row == nil {
				row = &ruleRow{rule: f.Rule, title: f.Title}
				rows[f.Rule] = row
			}
			row.tally.add(f)
		}
	}
	for i := range v.r.Cases {
		count(readable(pointers(v.r.Cases[i].Findings)))
	}
	count(v.batch)
	out := make([]ruleRow, 0, len(rows))
	for _, row := range rows {
		out = append(out, *row)
	}
	slices.SortFunc(out, func(a, b ruleRow) int { return cmp.Compare(a.rule, b.rule) })
	return out
}
