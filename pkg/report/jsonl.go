package report

import (
	"bytes"
	"io"

	"github.com/aecheck/aecheck/pkg/verdict"
)

// jsonlFormat is the report as one JSON object a line, each with its "type":
// run, case, asset, finding, checklist, step, problem, and summary last. The objects
// are those of the JSON report; what belongs to a case names it in "case".
type jsonlFormat struct{}

func (jsonlFormat) Name() string { return "jsonl" }
func (jsonlFormat) Ext() string  { return ".jsonl" }

func (jsonlFormat) Wrote(head []byte) bool {
	return bytes.HasPrefix(head, []byte(`{"type":"run","schema_version":`)) && bytes.Contains(head, []byte(`"name":"aecheck"`))
}

type (
	runLine struct {
		Type          string        `json:"type"`
		SchemaVersion int           `json:"schema_version"`
		Tool          verdict.Tool  `json:"tool"`
		Now           string        `json:"now"`
		Lang          string        `json:"lang"`
		Rules         verdict.Rules `json:"rules"`
	}
	caseLine struct {
		Type     string            `json:"type"`
		Path     string            `json:"path"`
		ID       string            `json:"id"`
		Outcome  verdict.Outcome   `json:"outcome"`
		Deadline *verdict.Deadline `json:"deadline"`
	}
	assetLine struct {
		Type string `json:"type"`
		Case string `json:"case"`
		verdict.Asset
	}
	findingLine struct {
		Type string  `json:"type"`
		Case *string `json:"case"` // null: between cases
		verdict.Finding
	}
	checklistLine struct {
		Type string `json:"type"`
		Case string `json:"case"`
		verdict.ChecklistItem
	}
	stepLine struct {
		Type string `json:"type"`
		Case string `json:"case"`
		verdict.Step
	}
	problemLine struct {
		Type string `json:"type"`
		verdict.Problem
	}
	summaryLine struct {
		Type string `json:"type"`
		verdict.Summary
		Interrupted bool `json:"interrupted"`
	}
)

func (jsonlFormat) Write(w io.Writer, r *verdict.Report, _ Options) error {
	r = filled(r)
	lines := []any{runLine{"run", r.SchemaVersion, r.Tool, r.Now, r.Lang, r.Rules}}
	for i := range r.Cases {
		c := &r.Cases[i]
		lines = append(lines, caseLine{"case", c.Path, c.ID, c.Outcome, c.Deadline})
		for _, a := range c.Assets {
			lines = append(lines, assetLine{"asset", c.Path, a})
		}
		for _, f := range c.Findings {
			lines = append(lines, findingLine{"finding", &c.Path, f})
		}
		for _, item := range c.Checklist {
			lines = append(lines, checklistLine{"checklist", c.Path, item})
		}
		for _, s := range c.Steps {
			lines = append(lines, stepLine{"step", c.Path, s})
		}
	}
	for _, f := range r.Batch.Findings {
		lines = append(lines, findingLine{"finding", nil, f})
	}
	for _, p := range r.Problems {
		lines = append(lines, problemLine{"problem", p})
	}
	lines = append(lines, summaryLine{"summary", r.Summary, r.Interrupted})
	for _, line := range lines {
		data, err := encodeJSON(line, "")
		if err != nil {
			return err
		}
		if _, err := w.Write(data); err != nil {
			return err
		}
	}
	return nil
}
