package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"unicode/utf16"

	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// jsonFormat is the report as data: schema version 1, see package verdict.
type jsonFormat struct{}

func (jsonFormat) Name() string { return "json" }
func (jsonFormat) Ext() string  { return ".json" }

// jsonHead is how the report begins.
var jsonHead = regexp.MustCompile(`^\{\s*"schema_version":\s*\d+,\s*"tool":\s*\{\s*"name":\s*"aecheck"`)

func (jsonFormat) Wrote(head []byte) bool { return jsonHead.Match(head) }

func (jsonFormat) Write(w io.Writer, r *verdict.Report, _ Options) error {
	data, err := encodeJSON(filled(r), "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// encodeJSON encodes v with a final line feed. Characters that could steer a
// terminal or reorder what is seen are written as \u escapes: the data stays
// what it is, and a report printed on a terminal is harmless.
func encodeJSON(v any, indent string) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("encode report: %w", err)
	}
	if !bytes.ContainsFunc(buf.Bytes(), unsafeInJSON) {
		return buf.Bytes(), nil
	}
	out := make([]byte, 0, buf.Len()+64)
	for _, r := range buf.String() {
		switch {
		case !unsafeInJSON(r):
			out = append(out, string(r)...)
		case r > 0xffff:
			hi, lo := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, hi, lo)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
	}
	return out, nil
}

// unsafeInJSON is terminal.Unsafe for text that is JSON already: control
// characters inside strings are escaped by then, line feeds lie between
// values.
func unsafeInJSON(r rune) bool { return r >= 0x7f && terminal.Unsafe(r) }

// filled returns a copy of r in which every list is there, if empty: readers
// need not tell null from [].
func filled(r *verdict.Report) *verdict.Report {
	c := *r
	c.Rules.Layers, c.Rules.Kinds, c.Rules.Slots = list(c.Rules.Layers), list(c.Rules.Kinds), list(c.Rules.Slots)
	c.Problems = list(c.Problems)
	c.Batch.Findings = filledFindings(c.Batch.Findings)
	c.Cases = list(slices.Clone(c.Cases))
	for i := range c.Cases {
		k := &c.Cases[i]
		k.Assets = list(k.Assets)
		k.Findings = filledFindings(k.Findings)
		k.Checklist = list(slices.Clone(k.Checklist))
		for j := range k.Checklist {
			k.Checklist[j].Assets = list(k.Checklist[j].Assets)
			k.Checklist[j].Findings = list(k.Checklist[j].Findings)
		}
		k.Steps = list(slices.Clone(k.Steps))
		for j := range k.Steps {
			k.Steps[j].Sources = list(k.Steps[j].Sources)
		}
	}
	return &c
}

func filledFindings(fs []verdict.Finding) []verdict.Finding {
	fs = list(slices.Clone(fs))
	for i := range fs {
		fs[i].Sources = list(fs[i].Sources)
		fs[i].Evidence = list(fs[i].Evidence)
	}
	return fs
}

func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
