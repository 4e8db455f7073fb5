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
		Type          string            `json:"type"`
		SchemaVersion int               `json:"schema_version"`
		Tool          object[jsonTool]  `json:"tool"`
		Now           string            `json:"now"`
		Lang          string            `json:"lang"`
		Rules         object[jsonRules] `json:"rules"`
	}
	caseLine struct {
		Type     string                `json:"type"`
		Path     string                `json:"path"`
		ID       string                `json:"id"`
		Outcome  verdict.Outcome       `json:"outcome"`
		Deadline *object[jsonDeadline] `json:"deadline"`
		Of       int                   `json:"of,omitempty"`
		State    verdict.State         `json:"state,omitempty"`
	}
	assetLine struct {
		Type string `json:"type"`
		Case string `json:"case"`
		jsonAsset
	}
	findingLine struct {
		Type string  `json:"type"`
		Case *string `json:"case"` // null: between cases
		jsonFinding
	}
	checklistLine struct {
		Type string `json:"type"`
		Case string `json:"case"`
		jsonItem
	}
	stepLine struct {
		Type string `json:"type"`
		Case string `json:"case"`
		jsonStep
	}
	problemLine struct {
		Type string `json:"type"`
		jsonProblem
	}
	summaryLine struct {
		Type string `json:"type"`
		jsonSummary
		Interrupted bool `json:"interrupted"`
	}
)

func (jsonlFormat) Write(w io.Writer, report *verdict.Report, o Options) error {
	r := toJSON(report, o.Lang)
	out := newJSONWriter(w, "")
	var err error
	line := func(v any) {
		if err == nil {
			err = out.document(v)
		}
		if err == nil {
			err = out.spill(spillAt)
		}
	}
	line(runLine{"run", r.SchemaVersion, r.Tool, r.Now, r.Lang, r.Rules})
	for i := range r.Cases {
		c := &r.Cases[i].is
		line(caseLine{"case", c.Path, c.ID, c.Outcome, c.Deadline, c.Of, c.State})
		for _, a := range c.Assets {
			line(assetLine{"asset", c.Path, a.is})
		}
		for k := range c.Findings.len() {
			line(findingLine{"finding", &c.Path, c.Findings.at(k)})
		}
		for _, item := range c.Checklist {
			line(checklistLine{"checklist", c.Path, item.is})
		}
		for _, s := range c.Steps {
			line(stepLine{"step", c.Path, s.is})
		}
	}
	for k := range r.Batch.is.Findings.len() {
		line(findingLine{"finding", nil, r.Batch.is.Findings.at(k)})
	}
	for _, p := range r.Problems {
		line(problemLine{"problem", p.is})
	}
	line(summaryLine{"summary", r.Summary.is, r.Interrupted})
	if err != nil {
		return err
	}
	return out.spill(0)
}
