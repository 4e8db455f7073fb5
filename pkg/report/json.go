package report

import (
	"io"
	"regexp"

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

// writeJSON writes v with a final line feed.
func writeJSON(w io.Writer, v any) error {
	writer := newJSONWriter(w, "  ")
	if err := writer.document(v); err != nil {
		return err
	}
	return writer.spill(0)
}

// encodeJSON is what writeJSON writes, with any indentation.
func encodeJSON(v any, indent string) ([]byte, error) {
	writer := newJSONWriter(nil, indent)
	err := writer.document(v)
	return writer.out, err
}
