package report

import (
	"bytes"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"unicode/utf16"

	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// jsonFormat is the report as data: see jsonReport.
type jsonFormat struct{}

func (jsonFormat) Name() string { return "json" }
func (jsonFormat) Ext() string  { return ".json" }

// jsonHead is how the report begins.
var jsonHead = regexp.MustCompile(`^\{\s*"schema_version":\s*\d+,\s*"tool":\s*\{\s*"name":\s*"aecheck"`)

func (jsonFormat) Wrote(head []byte) bool { return jsonHead.Match(head) }

func (jsonFormat) Write(w io.Writer, r *verdict.Report, o Options) error {
	return writeJSON(w, toJSON(r, o.Lang))
}

func writeJSON(w io.Writer, v any) error {
	data, err := encodeJSON(v, "  ")
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
	writer := newJSONWriter(indent)
	if err := writer.value(reflect.ValueOf(v)); err != nil {
		return nil, fmt.Errorf("encode report: %w", err)
	}
	data := append(writer.out, '\n')
	// Old commands to a CI server, see terminal.NoCommand: they can only lie in
	// strings, and no line of JSON starts with a text.
	data = bytes.ReplaceAll(data, []byte("##["), []byte(`#\u0023[`))
	data = bytes.ReplaceAll(data, []byte("##vso["), []byte(`#\u0023vso[`))
	if !bytes.ContainsFunc(data, unsafeInJSON) {
		return data, nil
	}
	out := make([]byte, 0, len(data)+64)
	for _, r := range string(data) {
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
