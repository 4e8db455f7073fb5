package report

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/aecheck/aecheck/pkg/verdict"
)

var (
	//go:embed report.html.tmpl
	htmlTemplate string
	//go:embed report.css
	htmlStyle string
	//go:embed report.js
	htmlScript string
)

// htmlFormat is one self-contained page in all languages of the report: nothing is
// loaded from elsewhere, and its content security policy lets no script and no style
// run but its own. Without the script all is there to read; it keeps ticks and the
// language. Printable on A4.
type htmlFormat struct{}

func (htmlFormat) Name() string { return "html" }
func (htmlFormat) Ext() string  { return ".html" }

func (htmlFormat) Wrote(head []byte) bool {
	return bytes.Contains(head, []byte(`<meta name="generator" content="aecheck">`))
}

func (htmlFormat) Write(w io.Writer, r *verdict.Report, o Options) error {
	t, err := parsed()
	if err != nil {
		return err
	}
	return drawn(w, t, bound(paged(r, o), "", ""))
}

// paged arranges a report in all its languages.
func paged(r *verdict.Report, o Options) []*Page {
	pages := []*Page{Arrange(r, o)}
	for _, also := range o.Also {
		other := o
		other.Lang = also.Lang
		pages = append(pages, Arrange(also.Report, other))
	}
	return pages
}

// parsed are the templates of all pages, that of a report first.
func parsed() (*template.Template, error) {
	t, err := template.New("report").Funcs(funcs()).Parse(htmlTemplate)
	if err == nil {
		_, err = t.New("index").Parse(indexTemplate)
	}
	if err != nil {
		return nil, fmt.Errorf("html template: %w", err)
	}
	return t, nil
}

// drawn writes a page.
func drawn(w io.Writer, t *template.Template, data any) error {
	var buf bytes.Buffer
	if err := t.Execute(&buf, data); err != nil {
		return fmt.Errorf("html report: %w", err)
	}
	_, err := w.Write(buf.Bytes())
	return err
}

func funcs() template.FuncMap {
	return template.FuncMap{
		"clean": clean, "oneline": oneLine,
		"list": func(v ...any) []any { return v }, // several arguments for a template
	}
}

// book is a page of HTML: the report in its languages, the first shown, and what they
// share.
type book struct {
	First    *Page
	Pages    []*Page
	Pictures []PageFile
	// Languages and Close are words in all languages, for what they share.
	Languages, Close string

	Key    string // what the browser keeps ticks under: the cases, and nothing else
	Policy string
	Style  template.CSS
	Script template.JS
}

// bound binds pages; style and script are added to those of all pages.
func bound(pages []*Page, style, script string) *book {
	b := &book{First: pages[0], Pages: pages, Pictures: pages[0].Pictures()}
	var languages, closes []string
	for _, p := range pages {
		languages, closes = append(languages, p.m.Browsing.Languages), append(closes, p.m.Browsing.Close)
	}
	b.Languages, b.Close = strings.Join(languages, " / "), strings.Join(closes, " / ")
	id := sha256.New()
	groups := 0
	for i := range pages[0].cases {
		c := &pages[0].cases[i]
		fmt.Fprintf(id, "%s\x00%s\x00%s\x00%s\x00", c.Path, c.name, c.ID, c.folder.Product)
		groups = max(groups, len(c.groups))
	}
	b.Key = hex.EncodeToString(id.Sum(nil)[:8])
	// What is between the tags is ours: no value of a report stands in it but tags of
	// languages and counts.
	b.Style = template.CSS(htmlStyle + style + b.choices(groups))
	b.Script = template.JS(htmlScript + script)
	b.Policy = fmt.Sprintf("default-src 'none'; img-src data:; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'", digest(string(b.Style)), digest(string(b.Script)))
	return b
}

// choices are the styles that show the language, the outcome and the item chosen.
func (b *book) choices(groups int) string {
	var s strings.Builder
	for i := range b.Pages {
		tag := b.Pages[i].Tag()
		fmt.Fprintf(&s, "body:has(#lang-%[1]s:checked) .report { display: none } body:has(#lang-%[1]s:checked) #r-%[1]s { display: block }\n", tag)
	}
	for _, o := range []string{"fail", "error", "review", "warning", "info"} {
		chosen := ".case:has([data-o=" + o + "]:checked) "
		fmt.Fprintf(&s, "%[1]s.entry:not(.o-%[2]s), %[1]s.finding:not(.o-%[2]s), %[1]s.group:not(:has(.o-%[2]s)) { display: none }\n", chosen, o)
		for g := range groups {
			both := fmt.Sprintf(".case:has([data-o=%s]:checked):has([data-g=\"%d\"]:checked)", o, g)
			fmt.Fprintf(&s, "%s:not(:has(.g%d .o-%s)) .nothing { display: block }\n", both, g, o)
		}
	}
	for g := range groups {
		fmt.Fprintf(&s, ".case:has([data-g=\"%[1]d\"]:checked) .group:not(.g%[1]d) { display: none }\n", g)
	}
	return s.String()
}

// digest is how a content security policy names what may run.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
