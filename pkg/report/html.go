package report

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io"

	"github.com/aecheck/aecheck/pkg/verdict"
)

//go:embed report.html.tmpl
var htmlTemplate string

// htmlFormat is one self-contained page: no script, nothing loaded from
// elsewhere (its content security policy forbids both), printable on A4.
type htmlFormat struct{}

func (htmlFormat) Name() string { return "html" }
func (htmlFormat) Ext() string  { return ".html" }

func (htmlFormat) Wrote(head []byte) bool {
	return bytes.Contains(head, []byte(`<meta name="generator" content="aecheck">`))
}

func (htmlFormat) Write(w io.Writer, r *verdict.Report, o Options) error {
	h := Arrange(r, o)
	t, err := template.New("report").Funcs(h.funcs()).Parse(htmlTemplate)
	if err != nil {
		return fmt.Errorf("html template: %w", err)
	}
	var buf bytes.Buffer
	if err := t.Execute(&buf, h); err != nil {
		return fmt.Errorf("html report: %w", err)
	}
	_, err = w.Write(buf.Bytes())
	return err
}

func (h *Page) funcs() template.FuncMap {
	return template.FuncMap{
		"clean": clean, "oneline": oneLine,
		"list": func(v ...any) []any { return v }, // several arguments for a template
	}
}
