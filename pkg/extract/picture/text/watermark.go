package text

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/aecheck/aecheck/pkg/extract/picture/text/overlay"
	"github.com/aecheck/aecheck/pkg/extract/picture/text/words"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/ocr"
	"github.com/aecheck/aecheck/pkg/raster"
)

// storeID finds a store's ID in a line; a digit the reader was not sure of makes
// it doubtful.
func (e *Extractor) storeID(l ocr.Line) words.StoreID {
	id := e.words.StoreID(l.Text)
	switch {
	case !id.Found || id.Cut:
	case len(l.Chars) == len([]rune(l.Text)):
		for _, c := range l.Chars[id.From : id.From+id.N] {
			rival := c.AltConfidence >= rivalDigit && unicode.IsDigit(c.Alt)
			id.Doubtful = id.Doubtful || c.Confidence < sureDigit || rival
		}
	case l.Confidence < sureDigit:
		id.Doubtful = true
	}
	return id
}

// joinIDs makes one line of the two that a store ID was read as, AE and its digits;
// the ID is doubtful then.
func (e *Extractor) joinIDs(m *raster.RGB, g *overlay.Ground, lines []line) []line {
	for i := range lines {
		a := &lines[i]
		if !e.words.StartsID(a.Text) {
			continue
		}
		for j := range lines {
			b := &lines[j]
			if i == j || !follows(a, b) || !collinear(b, a) {
				continue
			}
			whole := b.Line
			whole.Text = words.JoinID(a.Text, b.Text)
			whole.Chars = nil
			whole.Confidence = math.Min(a.Confidence, math.Min(b.Confidence, sureDigit-0.01))
			if !e.storeID(whole).Found {
				continue
			}
			whole.Quad = spanning(a.Quad, b.Quad, b.tilt)
			whole.Box = bounds(whole.Quad)
			lines[i] = measure(m, g, whole)
			lines[i].pieced = true
			return slices.Delete(lines, j, j+1)
		}
	}
	return lines
}

// watermarks lists the lines that are marks, one entry for all tiles of a mark.
func watermarks(lines []line) []facts.Watermark {
	overlaid, read := 0, 0
	for _, l := range lines {
		if l.overlay >= minMark {
			overlaid++
		}
		if l.Confidence >= leastRead && l.latin+l.han >= 4 {
			read++
		}
	}
	var out []facts.Watermark
	var kept []*line
	for i := range lines {
		l := &lines[i]
		form := l.form(overlaid >= manyLines || read >= titledLines && l.title())
		if form == "" || l.overlay < minMark {
			continue
		}
		w := facts.Watermark{
			Text: l.Text, Form: form, Own: "unclear", Confidence: l.overlay,
			Features: l.features(), Box: l.box,
		}
		if l.forReview(form) {
			w.Confidence = math.Min(w.Confidence, mostReview)
		}
		if l.Store.Found {
			w.StoreID, w.Doubtful = l.Store.Digits, l.Store.Doubtful
		}
		if j := tileOf(kept, l); j >= 0 {
			if better(l, kept[j]) {
				w.Confidence = math.Max(w.Confidence, out[j].Confidence)
				out[j], kept[j] = w, l
			}
			continue
		}
		out = append(out, w)
		kept = append(kept, l)
	}
	return out
}

// tileOf returns the index of the mark a line repeats, −1 for none.
func tileOf(kept []*line, l *line) int {
	if l.repeats < 3 {
		return -1
	}
	for j, k := range kept {
		if l.tile > 0 && l.tile == k.tile || words.SameMark(words.Key(k.Text), words.Key(l.Text)) && similar(k.height, l.height) {
			return j
		}
	}
	return -1
}

// better prefers the tile that was read whole and surely.
func better(a, b *line) bool {
	if len(a.Text) != len(b.Text) {
		return len(a.Text) > len(b.Text)
	}
	return a.Confidence > b.Confidence
}

// form says what kind of mark a line would be, "" for none: product data, offers,
// labels and contact details other than addresses of sites are judged elsewhere,
// and so are pieces of them.
func (l *line) form(infographic bool) string {
	if l.Store.Found {
		return "ae_id"
	}
	if l.joined || l.part != nil && !l.said() {
		return ""
	}
	switch {
	case l.Label != "", l.LabelPart != "", l.Messenger:
		return ""
	case l.stock:
		return "stock"
	case l.Copyright && l.han == 0:
		return "copyright"
	}
	if l.NamesSite() {
		return "site"
	}
	if len(l.Contacts) > 0 {
		return ""
	}
	switch {
	case l.Mark || l.Copyright || l.Forbidding && l.han > 0:
		return "chinese"
	case l.platform && l.han > 0:
		return "chinese"
	case l.Forbidding, l.platform, l.camera:
		return "other"
	case words.YearFirst(l.Text): // the line of a © that was not read
		return "copyright"
	}
	digits := strings.ContainsFunc(l.Text, unicode.IsDigit)
	if len(l.Promotions) > 0 || digits || l.numbers {
		return ""
	}
	least := leastMark
	switch {
	case len(l.corner) == 2 && l.level() || l.onlyModel():
		least = leastReview
	case l.onlyTilted():
		least = leastTilted
	}
	marked := l.marked()
	switch {
	case !marked && (l.Caption || l.Sentence), l.Caption && l.repeats < 3 && !l.tilted():
		return ""
	case l.Confidence < leastRead || l.overlay < least || l.han < 2 && l.latin < 4 || strings.Contains(l.Text, "@"):
		return ""
	case l.onlyModel() && l.heightRatio < leastScreen:
		return ""
	case l.corner == "" && l.repeats < 3 && (l.heightRatio < leastInside || math.Abs(l.tilt) > upright):
		return ""
	case l.han >= 2 && (marked || !infographic):
		return "chinese"
	case marked, !infographic:
		return "other"
	}
	return ""
}

// titledLines is how many lines a picture with a title has at least: what it explains.
const titledLines = 3

// title reports a line that looks like the title of a picture that explains the product:
// several words, level, in the middle of the upper or lower edge, and nothing of a mark.
func (l *line) title() bool {
	const words = 3
	return len(l.corner) == 1 && l.level() && !l.marked() && len(strings.Fields(l.Text)) >= words
}

// marked reports a line that looks like a mark and not like a caption: tiled, laid on
// a slant, or see-through.
func (l *line) marked() bool {
	return l.repeats >= 3 || l.tilted() && !l.company || l.ink.Shade() == "transparent"
}

// forReview reports a mark of a form that never fails a picture by itself. Pale print
// on dark things looks the same as a see-through mark, and so does print on a tilted
// pack; words in the middle may name what is shown; plain words that stand level, once,
// are a caption as often as the name of a shop; and of an ID that was put together
// or read without its AE nobody knows whose it is. A sign, a banner or a box that the
// camera sees aslant is as tilted as a mark, in any script.
func (l *line) forReview(form string) bool {
	switch form {
	case "ae_id":
		return l.Store.Cut || l.pieced
	case "chinese":
		return (!l.marked() || l.onlyTilted() || l.onlySeen()) && !l.Mark && !l.Copyright && !l.Forbidding
	case "other":
		return !l.marked() && !l.Forbidding || l.camera || l.onlyModel() || l.onlyPlaced() || l.onlyTilted() || l.onlySeen()
	case "site":
		return l.onlyTilted()
	}
	return false
}

// onlyModel reports a line that is held to be an overlay for how its colour changes
// with the ground, and nothing else.
func (l *line) onlyModel() bool {
	return l.ink.Model.Overlaid() && l.ink.Open < 0.15 && !l.band && l.repeats < 3 && !l.tilted() && l.corner == ""
}

// onlyTilted reports a line that is held to be an overlay for its slant alone, or for
// that and a ground that may be the product's own.
func (l *line) onlyTilted() bool {
	return l.tilted() && l.ink.Shade() == "" && (l.ink.Open < 0.15 || l.ink.Aside) && !l.band && l.repeats < 3
}

// onlySeen reports a line of a printed paragraph that is held to be an overlay for
// looking see-through alone.
func (l *line) onlySeen() bool {
	return l.print && l.ink.Shade() == "transparent" && !l.tilted() && l.repeats < 3 && !l.band
}

// onlyPlaced reports a line in the middle of the picture that is held to be an
// overlay for its ground or its opaque ink.
func (l *line) onlyPlaced() bool {
	return l.corner == "" && !l.band && l.repeats < 3 && !l.tilted() && l.ink.Shade() != "transparent"
}

// said reports whether a line says something that is judged on its own.
func (l *line) said() bool {
	return l.IsSaid() || strings.ContainsFunc(l.Text, unicode.IsDigit)
}
