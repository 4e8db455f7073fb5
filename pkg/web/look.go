package web

import (
	"bytes"
	"html/template"
	"io"
	"net/http"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/desk"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
	"github.com/aecheck/aecheck/pkg/i18n"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/verdict"
)

func funcs() template.FuncMap {
	return template.FuncMap{
		"list": func(v ...any) []any { return v }, // several arguments for a template
		"fill": func(text string, pairs ...any) string { return lang.Fill(text, pairs...) },
	}
}

// shown is what the templates draw.
type shown struct {
	T     i18n.Looking
	Words i18n.Words
	Lang  string // as HTML wants it
	Other lang.Lang
	// Folders to choose from, where no case is open; Wait says that one is being read,
	// Failed why it could not be.
	Folders []string
	Wait    bool
	Failed  string
	Partial bool
	Page    *report.Page
	Cases   []shownCase
	MayUndo bool
	Version int
	Kinds   []verdict.Named
	Slots   []verdict.Named
}

// shownCase is a case with what the page adds.
type shownCase struct {
	report.PageCase
	Index    int
	Name     string
	Listing  bool
	Packed   bool
	NoFile   bool // it has no case.yaml
	Deadline deadline
	Next     string
	Ask      []asked
	Offered  []asked
	// Read is what papers say, by path below the scanned root.
	Read map[string][]reading
}

// reading is something that was read of a paper: what it is, as what it was taken, as it
// is written, and where (percents of the picture, empty where there is none).
type reading struct {
	Label, Value, Text, Box string
	Page                    int
	Doubtful                bool
}

type deadline struct {
	At    string // RFC 3339, empty for none
	Now   string // the time that was judged by
	Lines []string
}

// asked is a value that case.yaml lacks.
type asked struct {
	Key   casefile.Key
	Label string
	Value string // that of the notice, empty for none
	Sure  bool
}

func (s *Server) home(w http.ResponseWriter, r *http.Request) { s.draw(w, r, "home") }
func (s *Server) main(w http.ResponseWriter, r *http.Request) { s.draw(w, r, "main") }

func (s *Server) draw(w http.ResponseWriter, _ *http.Request, name string) {
	var buf bytes.Buffer
	if err := s.page.ExecuteTemplate(&buf, name, s.shown()); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(buf.Bytes()) // the page is gone where it cannot be written
}

func (s *Server) shown() *shown {
	d, l := s.current()
	m := i18n.For(l)
	out := &shown{T: m.Looking, Words: m.Words, Lang: l.Tag(), Other: lang.EN}
	if l == lang.ZH {
		out.Lang = "zh-CN"
	} else {
		out.Other = lang.ZH
	}
	if d == nil {
		s.mu.Lock()
		failed := s.failed
		s.mu.Unlock()
		switch {
		case failed != nil:
			out.Failed = s.say(failed, l)
		case s.options.Wait:
			out.Wait = true
		case s.options.Folders != nil:
			out.Folders = s.options.Folders()
		}
		return out
	}
	st := d.State()
	out.Page = report.Arrange(st.Result.Report, report.Options{Lang: l})
	out.MayUndo, out.Version, out.Partial = st.MayUndo, st.Version, st.Partial
	out.Kinds, out.Slots = st.Result.Report.Rules.Kinds, st.Result.Report.Rules.Slots
	for i, c := range out.Page.Cases() {
		if st.Partial {
			c.Groups, c.Items = certain(c.Groups), nil
		}
		sc := shownCase{PageCase: c, Index: i, Name: c.Name, Deadline: deadline{Lines: c.Deadline}}
		if i < len(st.Result.Cases) {
			sc.Listing, sc.Packed = st.Result.Cases[i].Listing, st.Result.Cases[i].Packed
			sc.NoFile = !sc.Listing && st.Result.Cases[i].FileName == ""
			sc.Name = filepath.Base(st.Result.Cases[i].Dir)
		}
		if k := st.Result.Report.Cases[i].Deadline; k != nil {
			sc.Deadline.At, sc.Deadline.Now = k.At, st.Result.Report.Now
		}
		sc.Read = readings(&c, st, l)
		sc.Next = next(&c, &m.Looking)
		sc.Ask, sc.Offered = ask(&c, st, i, l)
		out.Cases = append(out.Cases, sc)
	}
	return out
}

// doubtful is the confidence below which a person compares a reading with the paper.
const doubtful = 0.9

// readings are what the papers of a case say, in the words of the facts' descriptions.
func readings(c *report.PageCase, st *desk.State, l lang.Lang) map[string][]reading {
	labels := map[string]string{}
	for _, e := range facts.Describe("", reflect.TypeFor[facts.Document]()) {
		if !strings.Contains(e.Path, ".") {
			labels[e.Path] = strings.SplitN(e.Doc.In(l), map[bool]string{true: "，", false: ", "}[l == lang.ZH], 2)[0]
		}
	}
	out := map[string][]reading{}
	for _, f := range c.Files {
		a := assetOf(st, f.Asset)
		for _, found := range st.Read[f.Asset] {
			if labels[found.Field] == "" {
				continue
			}
			r := reading{Label: labels[found.Field], Value: terminal.Clean(found.Value), Text: terminal.Clean(found.Text), Page: found.Page, Doubtful: found.Confidence < doubtful}
			if a != nil && a.Width > 0 && a.Height > 0 && found.Page <= 1 && found.Box[2] > 0 {
				b, w, h := found.Box, float64(a.Width), float64(a.Height)
				r.Box = box([4]float64{float64(b[0]) * 100 / w, float64(b[1]) * 100 / h, float64(b[2]) * 100 / w, float64(b[3]) * 100 / h})
			}
			if !slices.Contains(out[f.Asset], r) {
				out[f.Asset] = append(out[f.Asset], r)
			}
		}
	}
	return out
}

// certain are the fails among findings: while text is still to be read nothing is asked.
func certain(groups []report.PageGroup) []report.PageGroup {
	var out []report.PageGroup
	for _, g := range groups {
		var subjects []report.PageSubject
		for _, s := range g.Subjects {
			s.Findings = slices.DeleteFunc(slices.Clone(s.Findings), func(f report.PageFinding) bool { return f.Outcome != "fail" && f.Outcome != "warning" })
			if len(s.Findings) > 0 {
				subjects = append(subjects, s)
			}
		}
		if len(subjects) > 0 {
			g.Subjects, g.Counts = subjects, ""
			out = append(out, g)
		}
	}
	return out
}

// next is the next thing to do: the remedy of the worst finding.
func next(c *report.PageCase, t *i18n.Looking) string {
	for _, g := range c.Groups {
		if g.Item == "" {
			continue
		}
		for _, s := range g.Subjects {
			for _, f := range s.Findings {
				switch {
				case f.May == "confirm" && s.Name != "":
					return lang.Fill(t.LookAt, "what", f.Title, "file", s.Name)
				case len(f.Remedy) > 0:
					if s.Name == "" {
						return f.Remedy[0]
					}
					return s.Name + " — " + f.Remedy[0]
				}
			}
		}
	}
	return t.NextPack
}

// ask lists the values that rules want and that a form can ask for, and those that the
// notice gives beside them.
func ask(c *report.PageCase, st *desk.State, i int, l lang.Lang) (wanted, offered []asked) {
	add := func(list []asked, key string, value string, sure bool) []asked {
		k, ok := casefile.KeyNamed(key)
		if !ok || slices.ContainsFunc(list, func(a asked) bool { return a.Key.Name == key }) {
			return list
		}
		return append(list, asked{Key: k, Label: k.Doc.In(l), Value: value, Sure: sure})
	}
	if i < len(st.Offers) {
		for _, o := range st.Offers[i] {
			offered = add(offered, o.Key, o.Value, !o.Doubtful)
		}
	}
	for _, g := range c.Groups {
		for _, s := range g.Subjects {
			for _, f := range s.Findings {
				for _, key := range f.Asks {
					if !slices.ContainsFunc(offered, func(a asked) bool { return a.Key.Name == key }) {
						wanted = add(wanted, key, "", false)
					}
				}
			}
		}
	}
	return wanted, offered
}

// maxFull is the most bytes of a file that is shown as it is.
const maxFull = 64 << 20

// plainTypes are what browsers show, by format; a picture of these is shown as it is.
func plainTypes() map[string]string {
	return map[string]string{format.JPEG: "image/jpeg", format.PNG: "image/png", format.WebP: "image/webp", format.GIF: "image/gif", format.PDF: "application/pdf"}
}

// picture gives a file of the case to look at: its preview, or with full=1 all of it
// where a browser shows such files. Formats are those that the content has.
func (s *Server) picture(w http.ResponseWriter, r *http.Request) {
	d, _ := s.current()
	if d == nil {
		http.NotFound(w, r)
		return
	}
	name := r.URL.Query().Get("file")
	st := d.State()
	in, ok := st.Asset(name)
	a := assetOf(st, name)
	if !ok || a == nil {
		http.NotFound(w, r)
		return
	}
	kind := plainTypes()[a.Format]
	if r.URL.Query().Get("full") == "" || kind == "" || in.Size > maxFull {
		if len(a.Preview) == 0 {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "image/jpeg")
		_, _ = w.Write(a.Preview)
		return
	}
	f, err := material.Open(in)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer f.Close()
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", "inline")
	if a.Format == format.PDF {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'")
	}
	http.ServeContent(w, r, path.Base("file."+a.Format), time.Time{}, io.NewSectionReader(f, 0, in.Size))
}

func assetOf(st *desk.State, name string) *verdict.Asset {
	for i := range st.Result.Report.Cases {
		list := st.Result.Report.Cases[i].Assets
		for k := range list {
			if list[k].Path == name {
				return &list[k]
			}
		}
	}
	return nil
}

// IsUnsorted reports whether nothing placed a file.
func (s *shown) IsUnsorted(kind string) bool { return kind == facts.KindUnsorted }

// Box is a box as the page's script reads it: percents, with spaces between.
func (s *shown) Box(b [4]float64) string { return box(b) }

func box(b [4]float64) string {
	out := ""
	for i, v := range b {
		if i > 0 {
			out += " "
		}
		out += strconv.FormatFloat(v, 'f', 2, 64)
	}
	return out
}
