package document

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/aecheck/aecheck/pkg/extract/paper/ink"
	"github.com/aecheck/aecheck/pkg/extract/paper/legibility"
	"github.com/aecheck/aecheck/pkg/extract/paper/seals"
	"github.com/aecheck/aecheck/pkg/extract/paper/signatures"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/ocr"
	"github.com/aecheck/aecheck/pkg/raster"
)

// sheetDetail is the detail of the sheet that seals, signatures and legibility
// share.
const sheetDetail = signatures.Detail

// paper is one page as a picture, with the lines of its text layer if it has
// one. Boxes are mapped from the picture to the page's own pixels.
type paper struct {
	number int // from 1
	m      *raster.RGB
	toPage func(facts.Box) facts.Box
	lines  []facts.DocLine // of the text layer, in page pixels
	drawn  bool            // print and lines were drawn, not scanned
	// threads are those that reading may use; 0 for all.
	threads int
	// read recognises the text of m, for a page without a text layer; nil where
	// nothing can.
	read func() ([]ocr.Line, error)
}

// readPage returns what reads a page; nil without a reader.
func (e *Extractor) readPage(ctx context.Context, m *raster.RGB, threads int) func() ([]ocr.Line, error) {
	if e.reader == nil {
		return nil
	}
	return func() ([]ocr.Line, error) {
		return e.reader.Read(ctx, m, ocr.Options{Page: true, Missed: true, Threads: threads})
	}
}

// look finds what a page carries. It reports whether its text was read.
func (e *Extractor) look(ctx context.Context, d *facts.Document, p paper) (textRead bool, err error) {
	var read []ocr.Line
	textRead = len(p.lines) > 0
	if !textRead && p.read != nil {
		read, err = p.read()
		if err != nil {
			return false, fmt.Errorf("page %d: read text: %w", p.number, err)
		}
		textRead = true
	}
	if err := ctx.Err(); err != nil {
		return textRead, err
	}
	sheet := ink.New(p.m, sheetDetail)
	why := ""
	if !p.drawn && len(p.lines) == 0 {
		seen := view{p, sheet, read}
		if why, err = e.setUpright(ctx, d, &seen); err != nil {
			return textRead, fmt.Errorf("page %d: %w", p.number, err)
		}
		p, sheet, read = seen.paper, seen.sheet, seen.read
	}
	read = slices.DeleteFunc(slices.Clone(read), func(l ocr.Line) bool { return l.Text == "" })
	if read, err = e.dated(ctx, p.m, read); err != nil {
		return textRead, fmt.Errorf("page %d: read a date: %w", p.number, err)
	}
	found := seals.Find(sheet, p.m.W, p.m.H)
	if textRead && len(p.lines) == 0 {
		if read, err = e.underSeals(ctx, p, read, found); err != nil {
			return textRead, fmt.Errorf("page %d: read under a seal: %w", p.number, err)
		}
	}
	var sealBoxes, sureSeals []facts.Box
	var stamps []signatures.Seal
	for _, f := range found {
		sealBoxes = append(sealBoxes, f.Box)
		if f.Confidence >= sureSeal {
			sureSeals = append(sureSeals, f.Box)
		}
		stamps = append(stamps, signatures.Seal{Box: f.Box, Color: f.Color})
	}
	for _, l := range read {
		// What was read on the ring of a seal is no line of the letter, and the
		// beginning of a line read a second time no line beside it.
		if l.Confidence < 0.8 && within(l.Box, sealBoxes) || slices.ContainsFunc(read, func(o ocr.Line) bool { return echoes(l, o) }) {
			continue
		}
		d.Text = append(d.Text, facts.DocLine{Page: p.number, Text: l.Text, Confidence: l.Confidence, Box: p.toPage(l.Box)})
	}
	d.Text = append(d.Text, p.lines...)
	for _, f := range found {
		s := f.Seal
		s.Page = p.number
		if s.Text, s.Surely, err = e.sealText(ctx, p.m, f); err != nil {
			return textRead, fmt.Errorf("page %d: read seal: %w", p.number, err)
		}
		s.Box = p.toPage(s.Box)
		d.Seals = append(d.Seals, s)
	}
	if err := ctx.Err(); err != nil {
		return textRead, err
	}
	d.Color = d.Color || sheet.Color || p.drawn
	pens := signatures.Find(sheet, p.m.W, p.m.H, p.printed(read), stamps)
	d.Seals = slices.DeleteFunc(d.Seals, func(s facts.Seal) bool {
		return s.Page == p.number && slices.ContainsFunc(pens.Signatures, func(g facts.Signature) bool { return loop(s, p.toPage(g.Box)) })
	})
	for _, g := range pens.Signatures {
		g.Page, g.Box = p.number, p.toPage(g.Box)
		d.Signatures = append(d.Signatures, g)
	}
	for _, g := range pens.SealPlaces {
		g.Page, g.Box = p.number, p.toPage(g.Box)
		d.SealPlaces = append(d.SealPlaces, g)
	}
	for _, g := range pens.SignPlaces {
		g.Page, g.Box = p.number, p.toPage(g.Box)
		d.SignPlaces = append(d.SignPlaces, g)
	}
	d.PrintOnly = pens.PrintOnly && len(found) == 0 && (d.PrintOnly || p.number == 1)
	if !p.drawn { // what a program drew is sharp by construction
		left, right := legibility.RunOff(sheet)
		defects := edges(legibility.Find(sheet, p.m), [2]int{left, right}, p.m.W, p.m.H, read, sureSeals, inkAtEdge(sheet))
		if !slices.ContainsFunc(defects, func(d facts.Defect) bool { return d.Kind == "cut_off" }) {
			defects = append(defects, legibility.Outside(p.m)...)
		}
		for _, f := range defects {
			f.Page, f.Box = p.number, p.toPage(f.Box)
			d.Legibility = append(d.Legibility, f)
		}
		if why != "" && !slices.Contains(d.Unread, why) {
			d.Unread = append(d.Unread, why)
		}
		d.Edited.Signals = append(d.Edited.Signals, patches(p)...)
	}
	return textRead, nil
}

// sureSeal is the confidence from which a seal that the edge of a picture cuts shows that
// it cuts the page: corners of a brown table are red and cut too.
const sureSeal = 0.7

// loop reports a small mark in blue within a signature, on which nothing was read: a
// loop of the pen is round too.
func loop(s facts.Seal, signature facts.Box) bool {
	const share = 0.5 // of the signature's longer side, from which it is no small part of it
	if s.Color != "blue" || s.Text != "" {
		return false
	}
	inside := within(s.Box, []facts.Box{signature})
	return inside && float64(max(s.Box[2], s.Box[3])) < share*float64(max(signature[2], signature[3]))
}

// sealText reads the name on the ring of a seal; empty where there is no
// reader or nothing could be made out. The ring is cut in several ways, the
// reading that is surest wins.
func (e *Extractor) sealText(ctx context.Context, m *raster.RGB, f seals.Found) (name string, surely float64, err error) {
	if e.reader == nil {
		return "", 0, nil
	}
	const (
		least = 0.5  // below, the characters are guesses
		sure  = 0.95 // no need to try another cut
		short = 4    // characters; a company's name has more
	)
	best := ocr.Line{Confidence: least}
	for _, how := range seals.Cuts {
		strip := seals.Unroll(m, f, how)
		if strip == nil {
			break
		}
		l, err := e.reader.Recognize(ctx, strip)
		if err != nil {
			return "", 0, err
		}
		if l.Confidence > best.Confidence && utf8.RuneCountInString(l.Text) >= short {
			best = l
		}
		if best.Confidence >= sure {
			break
		}
	}
	if name = strings.TrimSpace(best.Text); name == "" {
		return "", 0, nil
	}
	return name, best.Confidence, nil
}

// printed gives the lines of a page in pixels of its picture.
func (p paper) printed(read []ocr.Line) []signatures.Line {
	var out []signatures.Line
	for _, l := range p.lines {
		out = append(out, signatures.Line{Text: l.Text, Box: p.fromPage(l.Box), Confidence: l.Confidence})
	}
	for _, l := range read {
		out = append(out, signatures.Line{Text: l.Text, Box: l.Box, Confidence: l.Confidence})
	}
	return out
}

// fromPage maps a box of the page to the picture, the other way of toPage.
func (p paper) fromPage(b facts.Box) facts.Box {
	full := p.toPage(facts.Box{0, 0, p.m.W, p.m.H})
	return scaleTo(full[2], full[3], p.m.W, p.m.H)(b)
}

// within reports a box mostly inside one of others.
func within(b facts.Box, others []facts.Box) bool {
	for _, o := range others {
		w := min(b[0]+b[2], o[0]+o[2]) - max(b[0], o[0])
		h := min(b[1]+b[3], o[1]+o[3]) - max(b[1], o[1])
		if w > 0 && h > 0 && 10*w*h > 6*b[2]*b[3] {
			return true
		}
	}
	return false
}

// legible reports whether a text layer says anything: some are empty, some
// are made of glyph numbers or bytes swapped in pairs.
func legible(lines []facts.DocLine) bool {
	letters, odd := 0, 0
	for _, l := range lines {
		for _, c := range l.Text {
			switch {
			case c == unicode.ReplacementChar, unicode.Is(unicode.Co, c), c > 0xFF && c&0xFF == 0:
				odd++
			case unicode.IsLetter(c) || unicode.IsDigit(c):
				letters++
			}
		}
	}
	return letters >= 12 && 4*odd < letters
}

// splitLines splits text at line ends of any system.
func splitLines(s string) []string {
	var out []string
	for l := range strings.Lines(strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")) {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}
