// Package sheet draws the page that lies in a package and says which file goes into
// which field of the platform's form: as HTML to print and as Markdown. It is given
// finished texts in one language and adds none but the headings.
//
// It may import pkg/i18n.
package sheet

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"strings"

	"github.com/aecheck/aecheck/pkg/i18n"
)

// Sheet is one case's page. Texts are plain and of one line but where said.
type Sheet struct {
	Lang  string // of HTML
	Say   i18n.Handing
	Colon string

	ID       string // of the violation, or the name of the case
	Made     string // by which program, when, by which rules
	Banners  []Banner
	Deadline []string
	Urgent   bool
	IDs      []Pair
	Since    []Group // nil where nothing was compared
	Compared bool
	Fields   []Field
	// Statements are the texts to paste; NoStatement says what to do without one.
	Statements  []Text
	NoStatement string
	Open        []Finding
	Phases      []Phase
	After       []string
	Tickets     []Text
	Boxes       []Group
	Left        []Pair
	Parts       string // how many zip files; empty for none
}

// Banner is a line that must be seen. Tone is good, warn or bad.
type Banner struct{ Tone, Text string }

// Pair is a label with its value; an empty value is a blank.
type Pair struct{ Label, Value string }

// Group is lines under a heading.
type Group struct {
	Title string
	Lines []string
}

// Text is something to paste, of several lines.
type Text struct{ Title, Text string }

// Field is a field of the platform's form. Tone is as Banner's.
type Field struct {
	No, Title, Limits string
	Tone, State       string
	Files             []File
}

// File is a file for a field, with remarks below it.
type File struct {
	Path, Size string
	Notes      []string
}

// Finding is something that stands against the case.
type Finding struct {
	Tone, Symbol, Rule, Title, File string
	Message, Remedy                 string
}

// Phase is steps of one time.
type Phase struct {
	Title string
	Steps []Pair
}

//go:embed sheet.html.tmpl
var page string

// HTML is the page: no script, nothing loaded from elsewhere.
func (s *Sheet) HTML() ([]byte, error) {
	t, err := template.New("sheet").Parse(page)
	if err != nil {
		return nil, fmt.Errorf("sheet: %w", err)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, s); err != nil {
		return nil, fmt.Errorf("sheet: %w", err)
	}
	return b.Bytes(), nil
}

// Title heads the page.
func (s *Sheet) Title() string {
	return strings.TrimSpace(strings.ReplaceAll(s.Say.Title, "{id}", s.ID))
}

// Pasteable reports whether an ID has a value to be pasted.
func (p Pair) Pasteable() bool { return p.Value != "" }
