package report

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/aecheck/aecheck/pkg/i18n"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/verdict"
)

//go:embed report.html.tmpl
var htmlTemplate string

// maxPreview is the most bytes of a preview shown: they are of 320 px.
const maxPreview = 256 << 10

// htmlFormat is one self-contained page: no script, nothing loaded from
// elsewhere (its content security policy forbids both), printable on A4.
type htmlFormat struct{}

func (htmlFormat) Name() string { return "html" }
func (htmlFormat) Ext() string  { return ".html" }

func (htmlFormat) Wrote(head []byte) bool {
	return bytes.Contains(head, []byte(`<meta name="generator" content="aecheck">`))
}

func (htmlFormat) Write(w io.Writer, r *verdict.Report, o Options) error {
	h := &htmlPage{view: newView(r, o)}
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

// htmlPage is what the template draws. Templates see exported names only.
type htmlPage struct {
	*view
}

func (h *htmlPage) Say() i18n.Report       { return h.say }
func (h *htmlPage) Words() i18n.Words      { return h.words }
func (h *htmlPage) R() *verdict.Report     { return h.r }
func (h *htmlPage) O() Options             { return h.o }
func (h *htmlPage) Verdict() string        { return h.verdict() }
func (h *htmlPage) Batch() []htmlSubject   { return h.subjects(nil, h.outer) }
func (h *htmlPage) BatchCounts() string    { return strings.Join(h.counts(h.batchTally(), false), " · ") }
func (h *htmlPage) Statistics() []htmlRule { return h.rules() }
func (h *htmlPage) Problems() []problem    { return h.problems }

func (h *htmlPage) Language() string {
	if h.o.Lang == lang.ZH {
		return "zh-CN"
	}
	return h.o.Lang.Tag()
}

func (h *htmlPage) Title() string {
	name := clean(h.r.Tool.Name)
	if len(h.cases) == 1 {
		name = clean(h.cases[0].name)
	}
	return lang.Fill(h.say.Title, "name", name)
}

func (h *htmlPage) ToolLine() string {
	return lang.Fill(h.say.ToolLine, "tool", clean(h.r.Tool.Name), "version", clean(h.r.Tool.Version), "now", h.now(), "rules", h.rulesDigest())
}

func (h *htmlPage) Footer() string {
	return lang.Fill(h.say.PrintedFrom, "tool", clean(h.r.Tool.Name), "version", clean(h.r.Tool.Version))
}

// Tone is the class of the verdict: bad, warn or good.
func (h *htmlPage) Tone() string { return h.tone() }

// htmlCase is a case as the template sees it.
type htmlCase struct {
	Name, ID, Counts, Verdict, Tone string
	Deadline                        []string
	Urgent                          bool
	Groups                          []htmlGroup
	Items                           []htmlItem
	Phases                          []htmlPhase
	Confirmed, Hidden, Passed       []htmlNote
	Files                           []htmlFile
	MayFix, MayOverrule             bool
	Unlimited                       bool // appeal without a known deadline
}

type htmlGroup struct {
	Title, Counts string
	Subjects      []htmlSubject
}

type htmlSubject struct {
	Name     string
	Picture  *htmlPicture
	Findings []htmlFinding
}

type htmlFinding struct {
	Symbol, Word, Tone, Rule, Title string
	Message, Remedy                 []string
	Seen                            []htmlSeen
	More                            string
	Sources                         []htmlSource
}

type htmlSeen struct{ Seen, Required string }

type htmlSource struct {
	Text string
	Link string // empty: no link
}

type htmlItem struct {
	Symbol, Word, Tone, Title string
	Files                     []string
	Note                      string
	Steps                     []string
}

type htmlPhase struct {
	Name  string
	Steps []string
}

type htmlNote struct{ Rule, Title, File, Note string }

type htmlFile struct {
	Name, Kind, Size, Format string
	Picture                  *htmlPicture
}

type htmlRule struct{ Rule, Title, Counts string }

// htmlPicture is a preview with marks where something was seen, in percent.
type htmlPicture struct {
	URI   template.URL
	Boxes [][4]float64
}

func (h *htmlPage) funcs() template.FuncMap {
	return template.FuncMap{
		"clean": clean, "oneline": oneLine,
		"list": func(v ...any) []any { return v }, // several arguments for a template
	}
}

// Cases arranges all cases.
func (h *htmlPage) Cases() []htmlCase {
	var out []htmlCase
	for i := range h.cases {
		c := &h.cases[i]
		hc := htmlCase{Name: clean(c.name), ID: clean(c.ID), Verdict: h.verdictOf(c), Tone: c.tally.tone(),
			Counts:    strings.Join(append([]string{h.countFiles(c)}, h.counts(c.tally, true)...), " · "),
			Unlimited: c.Deadline == nil && len(c.Checklist) > 0}
		if c.Deadline != nil {
			hc.Deadline, hc.Urgent = h.deadlineLines(c.Deadline), c.Deadline.RemainingSeconds < urgentSeconds
		}
		shown := map[string]bool{}
		for _, g := range c.groups {
			for _, s := range g.subjects {
				shown[s.asset] = true
			}
			hc.Groups = append(hc.Groups, htmlGroup{clean(g.title), strings.Join(h.counts(g.tally, false), " · "), h.subjects(c, []group{g})})
		}
		for k := range c.items {
			hc.Items = append(hc.Items, h.item(c, &c.items[k]))
		}
		for _, p := range h.phases(c) {
			hp := htmlPhase{Name: p.name}
			for k := range p.steps {
				hp.Steps = append(hp.Steps, h.stepLine(&p.steps[k]))
			}
			hc.Phases = append(hc.Phases, hp)
		}
		hc.MayFix, hc.MayOverrule = c.mayFix(), c.mayOverrule()
		for k := range c.confirmed {
			f := &c.confirmed[k]
			hc.Confirmed = append(hc.Confirmed, htmlNote{clean(f.Rule), clean(f.Title), clean(c.shortPath(f.Asset)), h.suppression(f.Suppressed)})
		}
		if h.o.Verbose {
			for k := range c.hidden {
				f := &c.hidden[k]
				hc.Hidden = append(hc.Hidden, htmlNote{clean(f.Rule), clean(f.Title), clean(c.shortPath(f.Asset)), h.suppression(f.Suppressed)})
			}
			for k := range c.passed {
				f := &c.passed[k]
				hc.Passed = append(hc.Passed, htmlNote{Rule: clean(f.Rule), Title: clean(f.Title), File: clean(c.shortPath(f.Asset))})
			}
		}
		for k := range c.Assets {
			hc.Files = append(hc.Files, h.file(c, &c.Assets[k], !shown[c.Assets[k].Path]))
		}
		out = append(out, hc)
	}
	return out
}

func (h *htmlPage) subjects(c *caseView, groups []group) []htmlSubject {
	var out []htmlSubject
	for _, g := range groups {
		for i, s := range g.subjects {
			hs := htmlSubject{}
			switch {
			case s.asset != "" && c != nil:
				hs.Name = clean(c.shortPath(s.asset))
				hs.Picture = pictureOf(c, &s)
			case i > 0 && c != nil:
				hs.Name = h.words.Case
			}
			for k := range s.findings {
				hs.Findings = append(hs.Findings, h.finding(&s.findings[k]))
			}
			out = append(out, hs)
		}
	}
	return out
}

func (h *htmlPage) finding(f *finding) htmlFinding {
	symbol, _ := h.mark(f)
	hf := htmlFinding{Symbol: symbol, Word: h.label(f), Tone: toneOf(f), Rule: clean(f.Rule), Title: clean(f.Title)}
	if f.Message != f.Title {
		hf.Message = paragraphs(f.Message)
	}
	hf.Remedy = paragraphs(f.Remedy)
	for i := range f.Evidence {
		if i == maxEvidence && !h.o.Verbose {
			hf.More = lang.Count(h.say.MoreSeen, len(f.Evidence)-i)
			break
		}
		seen, required := h.seen(&f.Evidence[i])
		hf.Seen = append(hf.Seen, htmlSeen{seen, required})
	}
	for _, s := range f.Sources {
		source := htmlSource{Text: clean(s)}
		if strings.HasPrefix(s, "https://") {
			source.Link = source.Text
		}
		hf.Sources = append(hf.Sources, source)
	}
	if f.Basis != "" {
		hf.Sources = append(hf.Sources, htmlSource{Text: h.basis(f.Basis)})
	}
	if word := h.confidence(f.Confidence); word != "" {
		hf.Sources = append(hf.Sources, htmlSource{Text: lang.Fill(h.say.Confidence, "word", word)})
	}
	return hf
}

func paragraphs(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(terminal.CleanText(s), "\n")
}

func toneOf(f *finding) string {
	switch weight(f) {
	case 0:
		return "good"
	case 1:
		return "dim"
	case 2, 3:
		return "warn"
	}
	return "bad"
}

func (h *htmlPage) item(c *caseView, it *item) htmlItem {
	symbol, word := h.box(it)
	hi := htmlItem{Symbol: symbol, Word: word, Title: clean(it.Title), Note: clean(it.Note)}
	switch it.State {
	case verdict.ItemReady:
		hi.Tone = "good"
	case verdict.ItemReview:
		hi.Tone = "warn"
	case verdict.ItemRecommended, verdict.ItemNotNeeded:
		hi.Tone = "dim"
	default:
		hi.Tone = "bad"
		if it.warned() {
			hi.Tone = "warn"
		}
	}
	for _, a := range it.Assets {
		hi.Files = append(hi.Files, clean(c.shortPath(a)))
	}
	text := &textPage{view: h.view}
	for i := range it.steps {
		hi.Steps = append(hi.Steps, text.stepText(c, &it.steps[i]))
	}
	return hi
}

func (h *htmlPage) file(c *caseView, a *verdict.Asset, picture bool) htmlFile {
	kind := h.kind(a.Kind)
	if a.Slot != "" {
		kind += " · " + verdict.TitleOf(h.r.Rules.Slots, a.Slot)
	}
	hf := htmlFile{Name: clean(c.shortPath(a.Path)), Kind: clean(kind), Format: clean(a.Format), Size: h.number(float64(a.Bytes), "bytes")}
	if a.Width > 0 {
		hf.Size = fmt.Sprintf("%d×%d · %s", a.Width, a.Height, hf.Size)
	}
	if picture {
		hf.Picture = previewOf(a)
	}
	return hf
}

func (h *htmlPage) rules() []htmlRule {
	if !h.o.Statistics {
		return nil
	}
	var out []htmlRule
	for _, row := range h.statistics() {
		out = append(out, htmlRule{clean(row.rule), clean(row.title), strings.Join(h.counts(row.tally, true), " · ")})
	}
	return out
}

// pictureOf is the preview of a subject with the boxes of its evidence.
func pictureOf(c *caseView, s *subject) *htmlPicture {
	a := c.assets[s.asset]
	if a == nil {
		return nil
	}
	p := previewOf(a)
	if p == nil || a.Width <= 0 || a.Height <= 0 {
		return p
	}
	for _, f := range s.findings {
		for _, e := range f.Evidence {
			if e.Box != nil && e.Page <= 1 {
				p.mark(*e.Box, a.Width, a.Height)
			}
		}
	}
	return p
}

// mark adds a box, cut to the picture.
func (p *htmlPicture) mark(box [4]int, width, height int) {
	percent := func(v, of int) float64 { return min(max(float64(v)*100/float64(of), 0), 100) }
	left, top := percent(box[0], width), percent(box[1], height)
	right, bottom := percent(box[0]+box[2], width), percent(box[1]+box[3], height)
	if right > left && bottom > top {
		p.Boxes = append(p.Boxes, [4]float64{left, top, right - left, bottom - top})
	}
}

// previewOf is the preview of a file, if it has one that is a JPEG.
func previewOf(a *verdict.Asset) *htmlPicture {
	if len(a.Preview) > maxPreview || !bytes.HasPrefix(a.Preview, []byte{0xff, 0xd8, 0xff}) {
		return nil
	}
	// Base64 of bytes that we made cannot leave the attribute.
	return &htmlPicture{URI: template.URL("data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(a.Preview))}
}
