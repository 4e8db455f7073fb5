package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/i18n"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// PageTally counts the findings of one outcome.
type PageTally struct {
	Outcome string // as in PageFinding
	Word    string
	N       int
}

// kindOf is the outcome of a finding as people tell them apart.
func kindOf(f *finding) string {
	var t tally
	t.add(f)
	switch {
	case t.err > 0:
		return "error"
	case t.review > 0:
		return "review"
	case t.warning > 0:
		return "warning"
	case t.info > 0:
		return "info"
	}
	return "fail"
}

// tallies counts what a case has to look at, worst first.
func (h *Page) tallies(c *caseView) []PageTally {
	var out []PageTally
	for _, t := range []PageTally{
		{"fail", h.words.Fail, c.tally.fail}, {"error", h.words.Error, c.tally.err}, {"review", h.words.Review, c.tally.review},
		{"warning", h.words.Warning, c.tally.warning}, {"info", h.words.Info, c.tally.info},
	} {
		if t.N > 0 {
			out = append(out, t)
		}
	}
	return out
}

// Browsing are the words of a page to click in.
func (h *Page) Browsing() i18n.Browsing { return h.m.Browsing }

// Next says what to do now, the worst first; see the text report.
func (h *Page) Next() []string { return h.next() }

// BatchEntries are the findings between cases as entries.
func (h *Page) BatchEntries() []PageEntry {
	var out []PageEntry
	for i, g := range h.outer {
		out = append(out, h.entriesOf(nil, fmt.Sprintf("b-%d", i+1), g.entries, nil)...)
	}
	return out
}

// entriesOf arranges entries; entryOf learns which one has a finding.
func (h *Page) entriesOf(c *caseView, prefix string, entries []entry, entryOf map[string]string) []PageEntry {
	var out []PageEntry
	for i := range entries {
		e := &entries[i]
		he := PageEntry{ID: fmt.Sprintf("%s-%d", prefix, i+1), Shared: e.shared}
		alike := e.shared && h.alike(c, e)
		for k := range e.findings {
			f := &e.findings[k]
			if entryOf != nil {
				entryOf[f.Fingerprint] = he.ID
			}
			if e.shared {
				he.Files = append(he.Files, h.share(c, f, alike))
			}
			if !e.shared || k == 0 {
				hf := h.finding(c, f)
				if c != nil {
					hf.Related, hf.Pictures = relatedOf(c, f), h.looked(c, f)
				}
				he.Findings = append(he.Findings, hf)
			}
		}
		switch {
		case e.shared:
			he.Name = h.many(c, e)
			if !alike {
				he.Findings[0].Message, he.Findings[0].Seen, he.Findings[0].More = nil, nil, ""
			}
		case e.asset != "" && c != nil:
			he.Name = clean(c.shortPath(e.asset))
			he.Files = []PageShare{{Asset: e.asset, Name: he.Name, Picture: h.pictureOf(c, e.asset, e.findings)}}
		case e.asset == "" && i > 0 && c != nil:
			he.Name = h.whole(c)
		}
		out = append(out, he)
	}
	return out
}

// maxLooked is how many pictures stand beside a finding on no single file.
const maxLooked = 8

// looked are the pictures that a finding on no single file is about: each one that a
// piece of evidence names, and the other that it was compared with.
func (h *Page) looked(c *caseView, f *finding) []PageShare {
	if f.Asset != "" {
		return nil
	}
	var out []PageShare
	for i := range f.Evidence {
		e := &f.Evidence[i]
		paths := []string{h.pathOf(c, altered.ReplaceAllString(e.Quote, ""))}
		if e.Related != nil {
			paths = append(paths, e.Related.Asset)
		}
		for _, path := range paths {
			a := c.assets[path]
			if a == nil || len(out) == maxLooked || slices.ContainsFunc(out, func(s PageShare) bool { return s.Asset == path }) {
				continue
			}
			if p := h.previewOf(a); p != nil {
				out = append(out, PageShare{Asset: path, Name: h.shown(c, path), Picture: p})
			}
		}
	}
	return out
}

// share is a file of a shared fault, with what differs unless all are alike.
func (h *Page) share(c *caseView, f *finding, alike bool) PageShare {
	s := PageShare{Asset: f.Asset, Name: h.shown(c, f.Asset), Fingerprint: f.Fingerprint}
	if c != nil {
		s.Picture = h.pictureOf(c, f.Asset, []finding{*f})
	}
	if !alike {
		s.Differs = h.differs(c, f)
	}
	return s
}

// Pictures are the previews of all files with all places marked that were shown in
// them, each once.
func (h *Page) Pictures() []PageFile {
	var out []PageFile
	for i := range h.cases {
		c := &h.cases[i]
		told := map[string][]finding{}
		for _, f := range c.findings {
			if f.Asset != "" && weight(&f) > 1 {
				told[f.Asset] = append(told[f.Asset], f)
			}
		}
		for k := range c.Assets {
			a := &c.Assets[k]
			if p := h.pictureOf(c, a.Path, told[a.Path]); p != nil {
				f := h.file(c, a)
				f.Picture = p
				out = append(out, f)
			}
		}
	}
	return out
}

// Up is the page above this one, empty for none; Back is the link to it.
func (h *Page) Up() string   { return h.o.up }
func (h *Page) Back() string { return h.m.Tabling.Back }

// Alt says a picture to those who cannot see it.
func (h *Page) Alt(name string, p *PagePicture) string {
	if len(p.Marks) == 0 {
		return name
	}
	return lang.Fill(lang.Count(h.m.Browsing.Marked, len(p.Marks)), "file", name)
}

// Enlarge is what a click on a picture does, in words.
func (h *Page) Enlarge(name string) string {
	return lang.Fill(h.m.Browsing.Enlarge, "file", name)
}

// Ticked is how many of the boxes are ticked, with {n} and {total} in it.
func (h *Page) Ticked() string { return h.m.Browsing.Ticked }

// Classes are the outcomes of an entry, for the choice of what to show.
func (e PageEntry) Classes() string {
	var out []string
	for _, f := range e.Findings {
		if c := "o-" + f.Outcome; !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return strings.Join(out, " ")
}

// Tag is the short name of the language, Tongue what it calls itself.
func (h *Page) Tag() string    { return h.o.Lang.Tag() }
func (h *Page) Tongue() string { return h.o.Lang.Name() }

// Portrait is the picture beside the findings of one file.
func (e PageEntry) Portrait() *PagePicture {
	if e.Shared || len(e.Files) == 0 {
		return nil
	}
	return e.Files[0].Picture
}

// Open reports whether an item leaves something to do.
func (i PageItem) Open() bool {
	return i.State != verdict.ItemReady && i.State != verdict.ItemNotNeeded
}

// maxFew is how many files of one fault are shown at once, the others on demand.
const maxFew = 12

// Few are the first of the files of an entry, Others the rest.
func (e PageEntry) Few() []PageShare    { return e.Files[:min(len(e.Files), maxFew)] }
func (e PageEntry) Others() []PageShare { return e.Files[min(len(e.Files), maxFew):] }

// More says how many other files there are.
func (h *Page) More(n int) string { return lang.Count(h.m.Browsing.More, n) }
