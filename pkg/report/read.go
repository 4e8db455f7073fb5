package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Document is a JSON report that was read, with everything in it, also what
// this version knows nothing of.
type Document struct {
	v1 object[jsonReport]
}

// maxDocument is the most bytes of a report that are read: that of some ten
// thousand files with previews.
const maxDocument = 512 << 20

// ReadError says why a report cannot be read. Error is in English, Msg in the
// languages of the sources.
type ReadError struct {
	Msg lang.Text
	Err error // the cause; may be nil
}

func (e *ReadError) Error() string { return e.Msg.In(lang.EN) }
func (e *ReadError) Unwrap() error { return e.Err }

// Read reads a JSON report of schema version 1. The error is a *ReadError, or
// that of r.
func Read(r io.Reader) (*Document, error) { return read(r, maxDocument) }

func read(r io.Reader, limit int64) (*Document, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > limit {
		return nil, &ReadError{Msg: lang.T("报告太大：最多读 {n} MiB", "the report is too large: at most {n} MiB are read", "n", int(limit>>20))}
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // shells of Windows write one
	var is struct {
		Version json.RawMessage `json:"schema_version"`
		Cases   json.RawMessage `json:"cases"`
	}
	if err := json.Unmarshal(data, &is); err != nil {
		return nil, noReport(err)
	}
	switch version := string(is.Version); {
	case version == "" || is.Cases == nil:
		return nil, noReport(errors.New("schema_version or cases is missing"))
	case version != "1":
		return nil, &ReadError{Msg: lang.T("报告的格式版本是 {version}，这个程序只读版本 {n}", "the report is of schema version {version}; this program reads version {n}",
			"version", version, "n", schemaVersion)}
	}
	d := &Document{}
	if err := json.Unmarshal(data, &d.v1); err != nil {
		return nil, noReport(err)
	}
	return d, nil
}

func noReport(err error) error {
	return &ReadError{Msg: lang.T("不是 aecheck 的 JSON 报告（{why}）", "not a JSON report of aecheck: {why}", "why", err.Error()), Err: err}
}

// Write writes the document in a format, redacted where asked for. As JSON it
// is what was read, keys that are not known included; redacted they are left
// out, as nobody can say who may see them.
func (d *Document) Write(w io.Writer, f Format, o Options) error {
	if _, isJSON := f.(jsonFormat); isJSON && !o.Redact {
		return writeJSON(w, d.v1)
	}
	return Write(w, f, d.Report(), o)
}

// Report is the report that was read. Of a text whose parts are not given
// nothing is known but what it says: it is one private value.
func (d *Document) Report() *verdict.Report {
	r := &d.v1.is
	named := func(n jsonNamed) verdict.Named { return verdict.Named(n) }
	return &verdict.Report{
		Tool: verdict.Tool(r.Tool.is), Now: r.Now, Lang: r.Lang,
		Rules: verdict.Rules{Digest: r.Rules.is.Digest, Layers: slices.Clone(r.Rules.is.Layers), Packs: slices.Clone(r.Rules.is.Packs), Kinds: each(r.Rules.is.Kinds, named), Slots: each(r.Rules.is.Slots, named)},
		Cases: each(r.Cases, caseFrom), Batch: verdict.Batch{Findings: each(r.Batch.is.Findings.objects, findingFrom)}, Summary: summaryFrom(r.Summary.is),
		Problems: each(r.Problems, func(p jsonProblem) verdict.Problem {
			return verdict.Problem{Path: p.Path, Code: p.Code, Message: textFrom(p.Message, p.MessageParts), Unjudged: p.Unjudged, Aside: p.Aside}
		}),
		Interrupted: r.Interrupted,
	}
}

func caseFrom(c jsonCase) verdict.Case {
	out := verdict.Case{
		Of: c.Of, Path: c.Path, ID: c.ID, Outcome: c.Outcome, Assets: each(c.Assets, func(a jsonAsset) verdict.Asset { return verdict.Asset(a) }),
		Findings: each(c.Findings.objects, findingFrom), Checklist: each(c.Checklist, func(i jsonItem) verdict.ChecklistItem {
			return verdict.ChecklistItem{Item: i.Item, Title: i.Title, State: i.State, Assets: slices.Clone(i.Assets), Findings: slices.Clone(i.Findings), Note: textFrom(i.Note, i.NoteParts)}
		}),
		Steps: each(c.Steps, func(s jsonStep) verdict.Step {
			return verdict.Step{ID: s.ID, Phase: s.Phase, Title: s.Title, Detail: detailFrom(s), Sources: slices.Clone(s.Sources)}
		}),
	}
	if c.Deadline != nil {
		deadline := verdict.Deadline(c.Deadline.is)
		out.Deadline = &deadline
	}
	return out
}

func findingFrom(f jsonFinding) verdict.Finding {
	out := verdict.Finding{
		Rule: f.Rule, Slug: f.Slug, Outcome: f.Outcome, Cause: f.Cause, Severity: f.Severity, Confidence: f.Confidence, Basis: f.Basis,
		Asset: f.Asset, Kind: f.Kind, Title: textFrom(f.Title, f.TitleParts), Message: textFrom(f.Message, f.MessageParts), Remedy: textFrom(f.Remedy, f.RemedyParts),
		Sources: slices.Clone(f.Sources), Evidence: each(f.Evidence, evidenceFrom), Fingerprint: f.Fingerprint, Overrulable: f.Overrulable, Closes: f.Closes, Fix: f.Fix, Item: f.Item, Asked: f.Asked,
	}
	if f.Suppressed != nil {
		suppressed := verdict.Suppression(f.Suppressed.is)
		out.Suppressed = &suppressed
	}
	return out
}

func evidenceFrom(e jsonEvidence) verdict.Evidence {
	out := verdict.Evidence{Fact: e.Fact, Observed: e.Observed, Unit: e.Unit, Privacy: privacyFrom(e.Privacy), Quote: e.Text, Page: e.Page, Box: e.Box}
	switch {
	case e.Requires != nil:
		r := e.Requires.is
		out.Required = &verdict.Required{Op: r.Op, Key: r.Key, Condition: r.Condition, Value: valueFrom(r.jsonValue)}
	case e.Required != nil:
		out.Required = &verdict.Required{Value: verdict.Value{Of: e.Required, Privacy: verdict.Private}}
	}
	if e.Reason != nil {
		out.Quote, out.Why = "", reasonFrom(e.Reason.is)
	}
	if e.Related != nil {
		related := verdict.Related(e.Related.is)
		out.Related = &related
	}
	return out
}

// detailFrom is how to do a step. Older versions wrote words of the rules there and
// nothing else.
func detailFrom(s jsonStep) verdict.Text {
	if len(s.DetailParts) == 0 {
		return verdict.Words(s.Detail)
	}
	return textFrom(s.Detail, s.DetailParts)
}

// textFrom makes a text of its parts, of what it says alone where an older
// version wrote it.
func textFrom(text string, parts []object[jsonPart]) verdict.Text {
	if len(parts) == 0 {
		if text == "" {
			return nil
		}
		return verdict.Value{Of: text, Format: verdict.Exact, Privacy: verdict.Private}.Text()
	}
	return each(parts, func(p jsonPart) verdict.Part {
		if p.Text != nil {
			return verdict.Part{Words: *p.Text}
		}
		v := valueFrom(p.jsonValue)
		return verdict.Part{Value: &v}
	})
}

func valueFrom(v jsonValue) verdict.Value {
	return verdict.Value{Of: v.Value, Fact: v.Fact, Unit: v.Unit, Format: verdict.Format(v.Format), Join: v.Join, Total: v.Total, Privacy: privacyFrom(v.Privacy)}
}

// privacyFrom is what a report says of a value; of one of which it says nothing
// that is known the value is private.
func privacyFrom(s string) verdict.Privacy {
	switch p := verdict.Privacy(s); p {
	case verdict.Public, verdict.Path:
		return p
	}
	return verdict.Private
}

func reasonFrom(r jsonReason) lang.Text {
	out := lang.Text{ZH: r.ZH, EN: r.EN}
	for _, name := range slices.Sorted(maps.Keys(r.Values)) {
		value := r.Values[name]
		switch v := value.(type) {
		case map[string]any:
			inner := jsonReason{}
			inner.ZH, _ = v["zh"].(string)
			inner.EN, _ = v["en"].(string)
			inner.Values, _ = v["values"].(map[string]any)
			value = reasonFrom(inner)
		case float64:
			value = int(v)
		}
		out.Values = append(out.Values, name, value)
	}
	return out
}

func summaryFrom(s jsonSummary) verdict.Summary {
	out := verdict.Summary{Cases: s.Cases, Assets: s.Assets, Pass: s.Pass, Fail: s.Fail, Review: s.Review, Skip: s.Skip, Error: s.Error, Suppressed: s.Suppressed}
	if s.Unjudged != nil {
		out.Unjudged = *s.Unjudged
	}
	if s.Confirmed != nil {
		out.Confirmed = *s.Confirmed
	}
	if s.Overruled != nil {
		out.Overruled = *s.Overruled
	}
	if s.Ignored != nil {
		out.Ignored = *s.Ignored
	}
	return out
}
