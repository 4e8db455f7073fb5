package report

import (
	_ "embed"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/aecheck/aecheck/pkg/i18n"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/verdict"
)

var (
	//go:embed index.html.tmpl
	indexTemplate string
	//go:embed index.css
	indexStyle string
	//go:embed index.js
	indexScript string
)

// IndexPage is the name of the page that WritePages begins with.
const IndexPage = "index.html"

// WritePages writes a report as pages of HTML: the table of cases with what is between
// them (IndexPage), and each case on a page of its own that names no other case. Of
// cases that Options.Only leaves out there is no page. create makes a file in one flat
// folder. Errors are those of create and of what it gives.
func WritePages(create func(name string) (io.WriteCloser, error), r *verdict.Report, o Options) error {
	r, o = redacted(r, o)
	t, err := parsed()
	if err != nil {
		return err
	}
	pages := paged(r, o)
	names := pageNames(pages[0])
	if err := writeFile(create, IndexPage, func(w io.Writer) error { return drawn(w, t.Lookup("index"), indexOf(pages, names)) }); err != nil {
		return err
	}
	for i := range r.Cases {
		name := names[r.Cases[i].Path]
		if name == "" {
			continue
		}
		own := o
		own.up = IndexPage
		own.Also = nil
		for _, also := range o.Also {
			own.Also = append(own.Also, Other{also.Lang, alone(also.Report, r.Cases[i].Path)})
		}
		page := alone(r, r.Cases[i].Path)
		if err := writeFile(create, name, func(w io.Writer) error { return drawn(w, t, bound(paged(page, own), "", "")) }); err != nil {
			return err
		}
	}
	return nil
}

func writeFile(create func(string) (io.WriteCloser, error), name string, write func(io.Writer) error) error {
	f, err := create(name)
	if err != nil {
		return err
	}
	err = write(f)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	return err
}

// alone is a report with one of its cases, without what is between cases and without
// troubles that are not the case's.
func alone(r *verdict.Report, path string) *verdict.Report {
	out := *r
	out.Cases, out.Batch, out.Problems = nil, verdict.Batch{}, nil
	out.Summary.Unjudged, out.Summary.Suppressed = 0, 0
	for i := range r.Cases {
		if r.Cases[i].Path == path {
			out.Cases = r.Cases[i : i+1 : i+1]
		}
	}
	for i := range out.Cases {
		for k := range out.Cases[i].Findings {
			if s := out.Cases[i].Findings[k].Suppressed; s != nil && !s.Confirmed() {
				out.Summary.Suppressed++
			}
		}
	}
	for _, p := range r.Problems {
		if path == "." || p.Path == path || strings.HasPrefix(p.Path, path+"/") {
			out.Problems = append(out.Problems, p)
			if p.Unjudged {
				out.Summary.Unjudged++
			}
		}
	}
	return &out
}

// pageNames are the names of the pages of cases by their paths: numbered in the order of
// folders, so that none is another one's in whatever case of letters, and with the names
// of client and case as far as every system takes them.
func pageNames(p *Page) map[string]string {
	names := map[string]string{}
	rows := map[string]*row{}
	for i := range p.rows {
		rows[p.rows[i].c.Path] = &p.rows[i]
	}
	digits := len(fmt.Sprint(len(p.r.Cases)))
	for i := range p.r.Cases {
		at := p.r.Cases[i].Path
		if p.o.Only != nil && !p.o.Only[at] {
			continue
		}
		r := rows[at]
		name := fmt.Sprintf("%0*d", digits, i+1)
		for _, part := range []string{r.client, r.place} {
			if part = fileName(part); part != "" {
				name += "-" + part
			}
		}
		names[at] = name + ".html"
	}
	return names
}

// maxName is how many characters of a client's or a case's name a file name has.
const maxName = 30

// fileName is a name as a part of a file name on Windows too, and of a link: without
// signs that either knows, blanks and controls.
func fileName(s string) string {
	kept := strings.Map(func(r rune) rune {
		if terminal.Unsafe(r) || strings.ContainsRune("<>:\"/\\|?*%#&+'`~$!=;,()[]{}@^ .\u3000", r) {
			return '-'
		}
		return r
	}, norm.NFC.String(s))
	parts := strings.FieldsFunc(kept, func(r rune) bool { return r == '-' })
	runes := []rune(strings.Join(parts, "-"))
	return strings.Trim(string(runes[:min(len(runes), maxName)]), "-")
}

// indexBook is the page with the table in all its languages.
type indexBook struct {
	*book
	Tables []*indexPage
}

// indexPage is the table in one language. Templates see its exported names.
type indexPage struct {
	*Page
	names map[string]string
}

// indexRow is a case of the table.
type indexRow struct {
	Left, Due, State, Tone, Client, Place, Product, ID string
	Open                                               []string
	Page                                               string // empty for none
	Urgent                                             bool
}

// Table are the words of the table.
func (p *indexPage) Table() i18n.Tabling { return p.m.Tabling }

// Head says how many cases there are, LeftOut which are not in the table.
func (p *indexPage) Head() string      { return lang.Count(p.m.Tabling.Head, len(p.rows)) }
func (p *indexPage) LeftOut() []string { return p.leftOut() }

// Open are the rows of cases that something can be submitted for, Over the others.
func (p *indexPage) Open() []indexRow { return p.part(false) }
func (p *indexPage) Over() []indexRow { return p.part(true) }

func (p *indexPage) part(over bool) []indexRow {
	var out []indexRow
	for i := range p.rows {
		r := &p.rows[i]
		if r.over() != over {
			continue
		}
		out = append(out, indexRow{
			Left: r.left, Due: r.due, State: p.stateWord(r), Tone: toneOfState(r.state), Client: r.client, Place: r.place, Product: r.product, ID: clean(r.c.ID),
			Open: r.open, Page: p.names[r.c.Path], Urgent: r.urgent && !over,
		})
	}
	return out
}

// toneOfState is the class of a state: bad, warn, good or dim.
func toneOfState(s verdict.State) string {
	switch s {
	case verdict.StateReady:
		return "good"
	case verdict.StateMend:
		return "bad"
	case verdict.StateLook, verdict.StateUnchecked, verdict.StatePart:
		return "warn"
	}
	return "dim"
}

func indexOf(pages []*Page, names map[string]string) *indexBook {
	b := &indexBook{book: bound(pages, indexStyle, indexScript)}
	for _, p := range pages {
		b.Tables = append(b.Tables, &indexPage{p, names})
	}
	return b
}
