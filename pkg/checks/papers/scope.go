package papers

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Scope is "document-scope": the notice, by what it shows, is one this appeal
// is for (M1–M3): penalised, for an image violation, on this marketplace, and
// on the track whose clock is counted.
type Scope struct{ onAsset }

// ScopeParams of the check.
type ScopeParams struct {
	// Field is what is judged.
	Field string `json:"field" enum:"states,violation_types,marketplaces,track" zh:"判断哪一项：states（状态）、violation_types（类型）、marketplaces（平台）或 track（通道）" en:"what is judged: states, violation_types, marketplaces or track"`
	// Track is the track counted by default, which a complaint is not on.
	Track string `json:"track" zh:"平台处罚通道在 tracks 中的键" en:"key in tracks of the track for platform penalties"`
}

// Name of the check.
func (Scope) Name() string { return "document-scope" }

// Doc says what it judges.
func (Scope) Doc() lang.Text {
	return lang.T("按违规通知上显示的状态、类型、平台或通道，检查它是图片申诉受理的违规；在标签旁读到别的就不通过。只在别处读到，或读到几种、读得不确定时，由人判断；没有读到的不判断。",
		"Asks that the notice, by the state, type, marketplace or track it shows, is one the image appeal is for; fails where something else stands beside the label. A person looks where it was read elsewhere, where several were read, or the reading is unsure; what was not read is not judged.")
}

// NewParams returns the defaults: the state, the platform's own track.
func (Scope) NewParams() any { return &ScopeParams{Field: "states", Track: "platform_penalty"} }

// Needs what the notice shows.
func (Scope) Needs(params any) []checks.Need {
	return needs("document."+params.(*ScopeParams).Field, "document.found")
}

// Run judges one capture.
func (Scope) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	p := params.(*ScopeParams)
	f, d, res, ok := document(s, p.Field)
	if !ok {
		return res, nil
	}
	switch p.Field {
	case "states":
		states := ownStates(d, caseOf(s))
		if len(states) == 0 {
			break
		}
		f.judged++
		if len(states) > 1 || states[0] != "penalised" {
			f.unfit(d, "states", states, len(d.States) == 1, verdict.WantWords("penalised"))
		}
	case "violation_types":
		if len(d.ViolationTypes) == 0 {
			break
		}
		f.judged++
		if slices.Contains(d.ViolationTypes, "other") {
			f.unfit(d, "violation_types", d.ViolationTypes, len(d.ViolationTypes) == 1, verdict.WantWords("stolen_image | brand_logo | watermark | contact | sensitive | ai_unlabelled"))
		}
	case "marketplaces":
		if len(d.Marketplaces) == 0 {
			break
		}
		f.judged++
		if !slices.Contains(d.Marketplaces, "aliexpress") {
			f.unfit(d, "marketplaces", d.Marketplaces, len(d.Marketplaces) == 1, verdict.WantWords("aliexpress"))
		}
	case "track":
		c := caseOf(s)
		if d.Track == "" || c == nil {
			break
		}
		f.judged++
		if c.Appeal.Track == "" || c.Appeal.Track == p.Track {
			// A deadline copied from the notice wins over every track's clock; where
			// to answer is to be asked all the same.
			f.unfit(d, "track", []string{d.Track}, c.Violation.Deadline.IsZero(), verdict.WantWords(p.Track))
		}
	}
	return f.result(), nil
}

// ownStates are the states a notice shows without those that a list shows in the rows of
// other violations. Which row is the case's, its ID says; where case.yaml gives none, the
// rows that are penalised, the only ones an appeal can be for.
func ownStates(d *facts.Document, c *casefile.File) []string {
	const penalised = "penalised"
	row := func(b facts.DocFound) string {
		for _, id := range d.Found {
			if id.Field == "violation_ids" && id.Page == b.Page && 2*(min(id.Box[1]+id.Box[3], b.Box[1]+b.Box[3])-max(id.Box[1], b.Box[1])) > min(id.Box[3], b.Box[3]) {
				return id.Value
			}
		}
		return ""
	}
	of := map[string]string{} // the rows of states, by state
	for _, s := range d.Found {
		if s.Field == "states" {
			of[s.Value] = row(s)
		}
	}
	own := ""
	if c != nil {
		own = c.Violation.ID
	}
	rows := slices.Collect(maps.Values(of))
	if !slices.ContainsFunc(rows, func(id string) bool { return strings.EqualFold(id, own) }) {
		own = of[penalised]
	}
	if own == "" || of[penalised] == "" {
		return d.States
	}
	return slices.DeleteFunc(slices.Clone(d.States), func(s string) bool { return of[s] != "" && !strings.EqualFold(of[s], own) })
}

// unfit notes what the appeal is not for: failed where nothing else was read
// and the reading is sure.
func (f *findings) unfit(d *facts.Document, field string, read []string, alone bool, required *verdict.Required) {
	observed := strings.Join(read, ", ")
	if alone {
		f.against(d, field, observed, required)
		return
	}
	f.Doubt(at(d, field, observed, required))
}
