package report

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html/template"
	"image/jpeg"
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
	pictures map[string]string // ids of previews by path
}

// Arrange arranges a report.
func Arrange(r *verdict.Report, o Options) *Page {
	h := &Page{view: leanView(r, o), pictures: map[string]string{}}
	for i := range r.Cases {
		for k := range r.Cases[i].Assets {
			h.pictures[r.Cases[i].Assets[k].Path] = fmt.Sprintf("p%d-%d", i+1, k+1)
		}
	}
	return h
}

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

// Title is the title of the report: what it is and what was looked at.
func (h *Page) Title() string { return lang.Fill(h.titled(), "name", h.Subject()) }

// Kicker is what the report is, Subject what was looked at.
func (h *Page) Kicker() string { return strings.Trim(lang.Fill(h.titled(), "name", ""), " —") }

// Subject is what was looked at: the folder with its product and violation.
func (h *Page) Subject() string {
	switch len(h.cases) {
	case 0:
		return clean(h.r.Tool.Name)
	case 1:
		return h.subtitle(&h.cases[0])
	}
	return lang.Count(h.m.Browsing.Cases, len(h.cases))
}

func (h *Page) titled() string {
	if len(h.cases) > 0 && !slices.ContainsFunc(h.cases, func(c caseView) bool { return !c.plain }) {
		return h.m.Browsing.PlainTitle
	}
	return h.say.Title
}

// ToolLine says what made the report, and when.
func (h *Page) ToolLine() string {
	return h.toolLine()
}

// Footer says what made the report.
func (h *Page) Footer() string {
	return lang.Fill(h.say.PrintedFrom, "tool", clean(h.r.Tool.Name), "version", clean(h.r.Tool.Version))
}

// Tone is the class of the verdict: bad, warn or good.
func (h *Page) Tone() string { return h.tone() }

// PageCase is a case.
type PageCase struct {
	Key                             string // once in the report
	Title                           string // folder, product, violation
	Plain                           bool   // photos, no appeal
	Tallies                         []PageTally
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
	// Entries are the same where files with one fault are one.
	Entries []PageEntry
}

// PageEntry is a file, or the case as a whole, with its findings; or one fault of
// several files.
type PageEntry struct {
	ID       string // once in the report
	Name     string // empty for the case
	Shared   bool
	Files    []PageShare // one, or those that share the fault; none for the case
	Findings []PageFinding
}

// PageShare is a file with what is its own of a shared fault.
type PageShare struct {
	Asset, Name, Fingerprint string
	Picture                  *PagePicture
	Differs                  string // empty where there is nothing that differs
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
	Related  []PageRelated
	Pictures []PageShare // what a finding on no single file looked at, side by side

	Symbol, Word, Tone, Rule, Title string
	Outcome                         string // as people tell them apart: fail, error, review, warning, info
	Message, Remedy                 []string
	Seen                            []PageSeen
	More                            string
	Sources                         []PageSource // those and what is said about them
	Cited                           []PageSource // those alone
	Standing                        string       // what is said about them
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
	Todo                      []PageTodo // the same in parts
}

// PageTodo is one thing to do about an item.
type PageTodo struct {
	Rule, Title, Where, Remedy, Tone string
	Entry                            string // ID of the entry with the findings
	Fingerprint                      string // of the first of them
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
	// ID is once in the report, the same in all languages. Width and Height are what
	// Marks, [x, y, w, h], are measured by.
	ID            string
	Width, Height int
	Marks         [][4]int
}

// Cases arranges all cases.
func (h *Page) Cases() []PageCase {
	var out []PageCase
	for i := range h.cases {
		c := &h.cases[i]
		hc := PageCase{Key: fmt.Sprintf("c%d", i+1), Title: h.title(c), Plain: c.plain, Tallies: h.tallies(c), Path: c.Path, Name: clean(c.name), ID: clean(c.ID), Verdict: h.verdictOf(c), Tone: c.tally.tone(),
			Counts:    strings.Join(append([]string{h.countFiles(c)}, h.counts(c.tally, true)...), " · "),
			Unlimited: c.Deadline == nil && len(c.Checklist) > 0}
		if c.Deadline != nil {
			hc.Deadline, hc.Urgent = h.deadlineLines(c.Deadline), c.Deadline.RemainingSeconds < urgentSeconds
		}
		entryOf := map[string]string{} // fingerprint → entry
		for k, g := range c.groups {
			entries := h.entriesOf(c, fmt.Sprintf("%s-%d", hc.Key, k+1), g.entries, entryOf)
			hc.Groups = append(hc.Groups, PageGroup{g.item, clean(g.title), strings.Join(h.counts(g.tally, false), " · "), h.subjects(c, []group{g}), entries})
		}
		for k := range c.items {
			hc.Items = append(hc.Items, h.item(c, &c.items[k], entryOf))
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
			hc.Files = append(hc.Files, h.file(c, &c.Assets[k]))
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
				hs.Picture = h.pictureOf(c, s.asset, s.findings)
			case i > 0 && c != nil:
				hs.Name = h.whole(c)
			}
			for k := range s.findings {
				hf := h.finding(c, &s.findings[k])
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

func (h *Page) finding(c *caseView, f *finding) PageFinding {
	symbol, _ := h.mark(f)
	hf := PageFinding{Fingerprint: f.Fingerprint, May: mayOf(f), Fix: f.Fix, Asks: asks(f), Symbol: symbol, Word: h.label(f), Tone: toneOf(f), Outcome: kindOf(f), Rule: clean(f.Rule), Title: clean(f.Title)}
	if f.Message != f.Title {
		hf.Message = paragraphs(f.Message)
	}
	hf.Remedy = paragraphs(f.Remedy)
	var more int
	if hf.Seen, more = h.told(c, f); more > 0 {
		hf.More = lang.Count(h.say.MoreSeen, more)
	}
	hf.Cited = h.sourcesOf(f, h.o.Verbose)
	hf.Sources, hf.Standing = slices.Clone(hf.Cited), strings.Join(h.standing(f), " · ")
	for _, s := range h.standing(f) {
		hf.Sources = append(hf.Sources, PageSource{Text: s})
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

func (h *Page) item(c *caseView, it *item, entryOf map[string]string) PageItem {
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
		s := &it.steps[i]
		hi.Steps = append(hi.Steps, text.stepText(c, s))
		todo := PageTodo{Rule: clean(s.finding.Rule), Title: clean(s.finding.Title), Remedy: oneLine(s.finding.Remedy), Tone: toneOf(&s.finding),
			Entry: entryOf[s.finding.Fingerprint], Fingerprint: s.finding.Fingerprint}
		switch {
		case len(s.assets) > 0:
			todo.Where = h.fileList(c, s.assets)
		case s.count > 1:
			todo.Where = lang.Count(h.say.Same, s.count)
		}
		hi.Todo = append(hi.Todo, todo)
	}
	return hi
}

func (h *Page) file(c *caseView, a *verdict.Asset) PageFile {
	kind := h.kind(a.Kind)
	if a.Slot != "" {
		kind += " · " + verdict.TitleOf(h.r.Rules.Slots, a.Slot)
	}
	hf := PageFile{Asset: a.Path, KindID: a.Kind, SlotID: a.Slot, Name: clean(c.shortPath(a.Path)), Kind: clean(kind), Format: clean(a.Format), Size: formatBytes(float64(a.Bytes))}
	if a.Width > 0 {
		hf.Size = fmt.Sprintf("%d×%d · %s", a.Width, a.Height, hf.Size)
	}
	hf.Picture = h.previewOf(a)
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
func (h *Page) pictureOf(c *caseView, asset string, findings []finding) *PagePicture {
	a := c.assets[asset]
	if a == nil {
		return nil
	}
	p := h.previewOf(a)
	if p == nil || a.Width <= 0 || a.Height <= 0 {
		return p
	}
	for _, f := range findings {
		for _, e := range f.Evidence {
			if e.Box != nil && e.Page <= 1 {
				p.mark(*e.Box, a.Width, a.Height)
			}
		}
	}
	return p
}

// mark adds a box, cut to the picture, once.
func (p *PagePicture) mark(box [4]int, width, height int) {
	left, top := min(max(box[0], 0), width), min(max(box[1], 0), height)
	right, bottom := min(max(box[0]+box[2], 0), width), min(max(box[1]+box[3], 0), height)
	cut := [4]int{left, top, right - left, bottom - top}
	if right <= left || bottom <= top || slices.Contains(p.Marks, cut) {
		return
	}
	percent := func(v, of int) float64 { return float64(v) * 100 / float64(of) }
	p.Marks = append(p.Marks, cut)
	p.Boxes = append(p.Boxes, [4]float64{percent(left, width), percent(top, height), percent(right-left, width), percent(bottom-top, height)})
}

// previewOf is the preview of a file, if it has one that is a JPEG.
func (h *Page) previewOf(a *verdict.Asset) *PagePicture {
	if len(a.Preview) > maxPreview || !bytes.HasPrefix(a.Preview, []byte{0xff, 0xd8, 0xff}) {
		return nil
	}
	// Base64 of bytes that we made cannot leave the attribute.
	p := &PagePicture{ID: h.pictures[a.Path], Width: a.Width, Height: a.Height, URI: template.URL("data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(a.Preview))}
	if a.Width <= 0 || a.Height <= 0 {
		size, err := jpeg.DecodeConfig(bytes.NewReader(a.Preview))
		if err != nil {
			return nil
		}
		p.Width, p.Height = size.Width, size.Height
	}
	return p
}
