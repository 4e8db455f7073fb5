package report

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/i18n"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// maxPreview is the most bytes of a preview shown: they are of 320 px.
const maxPreview = 256 << 10

// Page is a report arranged for people who look at pictures beside it: cases, their
// checklist, and the findings by item and file, worst first, with all texts ready in
// the language of the report. The HTML report draws it, and so does whatever else
// shows a case on a screen. Templates see its exported names.
type Page struct {
	*view
}

// Arrange arranges a report.
func Arrange(r *verdict.Report, o Options) *Page { return &Page{view: newView(r, o)} }

// Say are the words of reports, Words those of everything.
func (h *Page) Say() i18n.Report { return h.say }

// Words are the words that everything shares.
func (h *Page) Words() i18n.Words { return h.words }

// R is the report.
func (h *Page) R() *verdict.Report { return h.r }

// O are its options.
func (h *Page) O() Options { return h.o }

// Verdict is the verdict on everything in a sentence.
func (h *Page) Verdict() string { return h.verdict() }

// Batch are the findings between cases.
func (h *Page) Batch() []PageSubject { return h.subjects(nil, h.outer) }

// BatchCounts counts them.
func (h *Page) BatchCounts() string { return strings.Join(h.counts(h.batchTally(), false), " · ") }

// Statistics counts by rule, where that was asked for.
func (h *Page) Statistics() []PageRule { return h.rules() }

// Problems are those of the run.
func (h *Page) Problems() []problem { return h.problems }

// Language is the language as HTML wants it.
func (h *Page) Language() string {
	if h.o.Lang == lang.ZH {
		return "zh-CN"
	}
	return h.o.Lang.Tag()
}

// Title is the title of the report.
func (h *Page) Title() string {
	name := clean(h.r.Tool.Name)
	if len(h.cases) == 1 {
		name = clean(h.cases[0].name)
	}
	return lang.Fill(h.say.Title, "name", name)
}

// ToolLine says what made the report, and when.
func (h *Page) ToolLine() string {
	return lang.Fill(h.say.ToolLine, "tool", clean(h.r.Tool.Name), "version", clean(h.r.Tool.Version), "now", h.now(), "rules", h.rulesDigest())
}

// Footer says what made the report.
func (h *Page) Footer() string {
	return lang.Fill(h.say.PrintedFrom, "tool", clean(h.r.Tool.Name), "version", clean(h.r.Tool.Version))
}

// Tone is the class of the verdict: bad, warn or good.
func (h *Page) Tone() string { return h.tone() }

// PageCase is a case.
type PageCase struct {
	Path                            string // below the scanned root
	Name, ID, Counts, Verdict, Tone string
	Deadline                        []string
	Urgent                          bool
	Groups                          []PageGroup
	Items                           []PageItem
	Phases                          []PagePhase
	Confirmed, Hidden, Passed       []PageNote
	Files                           []PageFile
	MayFix, MayOverrule             bool
	Unlimited                       bool // appeal without a known deadline
}

// PageGroup are the findings of one item of the checklist.
type PageGroup struct {
	Item          string // its id, empty for notes
	Title, Counts string
	Subjects      []PageSubject
}

// PageSubject is a file with its findings, or the case as a whole.
type PageSubject struct {
	Asset    string // path below the scanned root, empty for the case
	Name     string
	Picture  *PagePicture
	Findings []PageFinding
}

// PageFinding is a finding.
type PageFinding struct {
	Fingerprint string
	// May is what a person may do about it: "confirm" a review, "overrule" a fail, "" for
	// neither. Asks are keys of case.yaml that it wants filled in, Fix the mend that helps.
	May, Fix string
	Asks     []string
	Outcome  verdict.Outcome
	Related  []PageRelated

	Symbol, Word, Tone, Rule, Title string
	Message, Remedy                 []string
	Seen                            []PageSeen
	More                            string
	Sources                         []PageSource
}

// PageRelated are two pictures that a finding sets beside each other.
type PageRelated struct{ Of, OfName, Asset, Name string }

// PageSeen is what was seen and what was wanted.
type PageSeen struct{ Seen, Required string }

// PageSource is who says so.
type PageSource struct {
	Text string
	Link string // empty: no link
}

// PageItem is an item of the checklist.
type PageItem struct {
	ID                        string
	State                     verdict.ItemState
	Symbol, Word, Tone, Title string
	Files                     []string
	Note                      string
	Steps                     []string
}

// PagePhase are steps that no program can do.
type PagePhase struct {
	Name  string
	Steps []string
}

// PageNote is a finding on one line.
type PageNote struct {
	Rule, Title, File, Note string
	Fingerprint             string
}

// PageFile is a file of a case.
type PageFile struct {
	Asset, KindID, SlotID    string
	Name, Kind, Size, Format string
	Picture                  *PagePicture
}

// PageRule counts the findings of a rule.
type PageRule struct{ Rule, Title, Counts string }

// PagePicture is a preview with marks where something was seen, in percent.
type PagePicture struct {
	URI   template.URL
	Boxes [][4]float64
}

// Cases arranges all cases.
func (h *Page) Cases() []PageCase {
	var out []PageCase
	for i := range h.cases {
		c := &h.cases[i]
		hc := PageCase{Path: c.Path, Name: clean(c.name), ID: clean(c.ID), Verdict: h.verdictOf(c), Tone: c.tally.tone(),
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
			hc.Groups = append(hc.Groups, PageGroup{g.item, clean(g.title), strings.Join(h.counts(g.tally, false), " · "), h.subjects(c, []group{g})})
		}
		for k := range c.items {
			hc.Items = append(hc.Items, h.item(c, &c.items[k]))
		}
		for _, p := range h.phases(c) {
			hp := PagePhase{Name: p.name}
			for k := range p.steps {
				hp.Steps = append(hp.Steps, h.stepLine(&p.steps[k]))
			}
			hc.Phases = append(hc.Phases, hp)
		}
		hc.MayFix, hc.MayOverrule = c.mayFix(), c.mayOverrule()
		for k := range c.confirmed {
			f := &c.confirmed[k]
			hc.Confirmed = append(hc.Confirmed, PageNote{clean(f.Rule), clean(f.Title), clean(c.shortPath(f.Asset)), h.suppression(f.Suppressed), f.Fingerprint})
		}
		if h.o.Verbose {
			for k := range c.hidden {
				f := &c.hidden[k]
				hc.Hidden = append(hc.Hidden, PageNote{Rule: clean(f.Rule), Title: clean(f.Title), File: clean(c.shortPath(f.Asset)), Note: h.suppression(f.Suppressed)})
			}
			for k := range c.passed {
				f := &c.passed[k]
				hc.Passed = append(hc.Passed, PageNote{Rule: clean(f.Rule), Title: clean(f.Title), File: clean(c.shortPath(f.Asset))})
			}
		}
		for k := range c.Assets {
			hc.Files = append(hc.Files, h.file(c, &c.Assets[k], !shown[c.Assets[k].Path]))
		}
		out = append(out, hc)
	}
	return out
}

func (h *Page) subjects(c *caseView, groups []group) []PageSubject {
	var out []PageSubject
	for _, g := range groups {
		for i, s := range g.subjects {
			hs := PageSubject{Asset: s.asset}
			switch {
			case s.asset != "" && c != nil:
				hs.Name = clean(c.shortPath(s.asset))
				hs.Picture = pictureOf(c, &s)
			case i > 0 && c != nil:
				hs.Name = h.words.Case
			}
			for k := range s.findings {
				hf := h.finding(&s.findings[k])
				if c != nil {
					hf.Related = relatedOf(c, &s.findings[k])
				}
				hs.Findings = append(hs.Findings, hf)
			}
			out = append(out, hs)
		}
	}
	return out
}

// relatedOf are the pairs of pictures of the case that a finding is about, each once.
func relatedOf(c *caseView, f *finding) []PageRelated {
	picture := func(path string) bool { return path != "" && c.assets[path] != nil && c.assets[path].Width > 0 }
	var out []PageRelated
	for _, e := range f.Evidence {
		of := f.Asset
		if of == "" {
			// Of a case: the file that it was seen in, and perhaps how it was changed.
			if of = e.Quote; !picture(of) {
				of = of[:max(strings.LastIndex(of, " ("), 0)]
			}
		}
		if e.Related == nil || e.Related.Asset == of || !picture(of) || !picture(e.Related.Asset) {
			continue
		}
		r := PageRelated{of, clean(c.shortPath(of)), e.Related.Asset, clean(c.shortPath(e.Related.Asset))}
		if !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out
}

// asks are the keys of case.yaml that a finding says are not given.
func asks(f *finding) []string {
	var out []string
	if f.Cause != verdict.MissingInput {
		return nil
	}
	for _, e := range f.Evidence {
		if key, ok := strings.CutPrefix(e.Fact, "case."); ok && !slices.Contains(out, key) {
			out = append(out, key)
		}
	}
	return out
}

// mayOf says what a person may do about a finding.
func mayOf(f *finding) string {
	switch {
	case f.Suppressed != nil:
	case f.Outcome == verdict.Fail && f.Overrulable:
		return "overrule"
	case f.Outcome == verdict.Review && f.Cause == verdict.Judgement:
		return "confirm"
	}
	return ""
}

func (h *Page) finding(f *finding) PageFinding {
	symbol, _ := h.mark(f)
	hf := PageFinding{Fingerprint: f.Fingerprint, Outcome: f.Outcome, May: mayOf(f), Fix: f.Fix, Asks: asks(f), Symbol: symbol, Word: h.label(f), Tone: toneOf(f), Rule: clean(f.Rule), Title: clean(f.Title)}
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
		hf.Seen = append(hf.Seen, PageSeen{seen, required})
	}
	for _, s := range f.Sources {
		source := PageSource{Text: clean(s)}
		if strings.HasPrefix(s, "https://") {
			source.Link = source.Text
		}
		hf.Sources = append(hf.Sources, source)
	}
	if f.Basis != "" {
		hf.Sources = append(hf.Sources, PageSource{Text: h.basis(f.Basis)})
	}
	if word := h.confidence(f.Confidence); word != "" {
		hf.Sources = append(hf.Sources, PageSource{Text: lang.Fill(h.say.Confidence, "word", word)})
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

func (h *Page) item(c *caseView, it *item) PageItem {
	symbol, word := h.box(it)
	hi := PageItem{ID: it.Item, State: it.State, Symbol: symbol, Word: word, Title: clean(it.Title), Note: clean(it.Note)}
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

func (h *Page) file(c *caseView, a *verdict.Asset, picture bool) PageFile {
	kind := h.kind(a.Kind)
	if a.Slot != "" {
		kind += " · " + verdict.TitleOf(h.r.Rules.Slots, a.Slot)
	}
	hf := PageFile{Asset: a.Path, KindID: a.Kind, SlotID: a.Slot, Name: clean(c.shortPath(a.Path)), Kind: clean(kind), Format: clean(a.Format), Size: h.number(float64(a.Bytes), "bytes")}
	if a.Width > 0 {
		hf.Size = fmt.Sprintf("%d×%d · %s", a.Width, a.Height, hf.Size)
	}
	if picture {
		hf.Picture = previewOf(a)
	}
	return hf
}

func (h *Page) rules() []PageRule {
	if !h.o.Statistics {
		return nil
	}
	var out []PageRule
	for _, row := range h.statistics() {
		out = append(out, PageRule{clean(row.rule), clean(row.title), strings.Join(h.counts(row.tally, true), " · ")})
	}
	return out
}

// pictureOf is the preview of a subject with the boxes of its evidence.
func pictureOf(c *caseView, s *subject) *PagePicture {
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
func (p *PagePicture) mark(box [4]int, width, height int) {
	percent := func(v, of int) float64 { return min(max(float64(v)*100/float64(of), 0), 100) }
	left, top := percent(box[0], width), percent(box[1], height)
	right, bottom := percent(box[0]+box[2], width), percent(box[1]+box[3], height)
	if right > left && bottom > top {
		p.Boxes = append(p.Boxes, [4]float64{left, top, right - left, bottom - top})
	}
}

// previewOf is the preview of a file, if it has one that is a JPEG.
func previewOf(a *verdict.Asset) *PagePicture {
	if len(a.Preview) > maxPreview || !bytes.HasPrefix(a.Preview, []byte{0xff, 0xd8, 0xff}) {
		return nil
	}
	// Base64 of bytes that we made cannot leave the attribute.
	return &PagePicture{URI: template.URL("data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(a.Preview))}
}
