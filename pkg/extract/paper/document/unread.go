package document

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/aecheck/aecheck/pkg/edits"
	"github.com/aecheck/aecheck/pkg/extract/paper/ink"
	"github.com/aecheck/aecheck/pkg/extract/paper/legibility"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/ocr"
)

// Why a page was not read, beside the kinds of legibility's defects.
const (
	sideways   = "sideways"
	upsideDown = "upside_down"
	noText     = "no_text"
	// otherScript is print in letters that are not known to the reader, as of Russian,
	// Greek, Korean and Arabic.
	otherScript = "other_script"
)

const (
	// plenty is how many letters of a page, read surely, leave no doubt that it
	// was read.
	plenty = 120
	// wellRead is the mean confidence from which a page was read; print that is
	// smeared until its strokes run together is read at 0.7.
	wellRead = 0.8
	// someLetters in rows make print; hardlyAny letters read are less than any
	// letter of authorization has.
	someLetters, hardlyAny = 40, 20
	// flippedDetail is the longer side at which a page is tried the other way up.
	flippedDetail = 1280
)

// unread says why a page could not be read; empty where it was, and where it is
// no paper with print. Nobody may conclude from such a page that something is
// not on it.
func (e *Extractor) unread(ctx context.Context, p paper, s *ink.Sheet, read []ocr.Line) (string, error) {
	letters, upright, sure := count(read)
	unknown := strange(read)
	if !unknown && letters >= plenty && sure >= wellRead && 2*upright >= letters {
		return "", nil
	}
	across, down, sharp := legibility.Print(s)
	if letters > hardlyAny && 2*upright < letters || across < down/3 && down >= someLetters {
		return sideways, nil
	}
	if e.reader == nil {
		return "", nil
	}
	if !unknown && letters >= hardlyAny && sure >= wellRead && 4*letters >= across && sharp {
		return "", nil
	}
	if across >= someLetters && (unknown || 4*letters < across) {
		scale := math.Min(1, flippedDetail/float64(max(p.m.W, p.m.H)))
		small := p.m.Shrink(int(float64(p.m.W)*scale), int(float64(p.m.H)*scale))
		flipped, err := e.reader.Read(ctx, small.Turn(180), ocr.Options{Page: true, Fast: true})
		if err != nil {
			return "", fmt.Errorf("read upside down: %w", err)
		}
		if n, _, well := count(flipped); n > 2*letters+hardlyAny && well >= wellRead {
			return upsideDown, nil
		}
	}
	for _, d := range legibility.Find(s, p.m) {
		if d.Kind != "cut_off" {
			return d.Kind, nil
		}
	}
	if unknown && sharp {
		return otherScript, nil
	}
	if letters < hardlyAny && across < someLetters && sharp {
		return "", nil // a clear picture of something else
	}
	if !sharp {
		return "blur", nil
	}
	return noText, nil
}

// strange reports a page much of which is in letters that the reader does not know: the
// lines were seen, and of many of them nothing, only a few digits and marks, or letters
// of the other script that it knows some of were read; or the whole page was read badly,
// which a form filled in by hand is not.
func strange(read []ocr.Line) bool {
	const (
		share = 0.3 // of the length of all lines
		least = 2   // lines: a logo is no script
	)
	_, _, sure := count(read)
	all, odd, lines := 0.0, 0.0, 0
	for _, l := range read {
		all += float64(l.Box[2])
		if oddLine(l, sure < wellRead) {
			odd, lines = odd+float64(l.Box[2]), lines+1
		}
	}
	return lines >= least && odd >= share*all
}

// oddLine reports a long line that was read to a small part, in letters of the script
// itself, or, where guesses count, badly.
func oddLine(l ocr.Line, guesses bool) bool {
	const (
		long    = 4   // line heights
		guessed = 0.8 // what is not in the reader's letters is read at 0.5 to 0.75
		few     = 0.4 // letters a line height: Han has 0.8, Latin 1.5 and more
	)
	if l.Box[2] < long*l.Box[3] || math.Abs(l.Angle) >= 45 {
		return false
	}
	if guesses && l.Text != "" && l.Confidence < guessed {
		return true
	}
	n := 0
	for _, c := range l.Text {
		switch {
		case unicode.IsLetter(c) && !unicode.In(c, unicode.Latin, unicode.Han, unicode.Hiragana, unicode.Katakana):
			return true
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			n++
		case c == '_' || c == '-' || c == '.' || c == '…' || c == '—':
			return false // a blank to fill in
		}
	}
	return float64(n) < few*float64(l.Box[2])/float64(l.Box[3])
}

// edges judges what the picture's edges cut, now that the lines are known:
// letters that touch an edge are some texture where no line comes near it, a
// seal that touches one is cut, and so is a page whose lines run up to it. rules are
// the ruled lines that run out at the left and at the right: of a form of short
// entries few lines reach the edge, but its rules do. inked tells whether there is ink at
// the upper or the lower edge itself above or below a line: the box of one that was read is
// larger than its letters, and the clock of a screen stands close to the edge.
func edges(defects []facts.Defect, rules [2]int, w, h int, read []ocr.Line, seals []facts.Box, inked func(line facts.Box, lower bool) bool) []facts.Defect {
	const (
		// The largest seals measure 45 mm, a fifth of the width of A4, which is at least
		// that of the picture and its height by the ratio of A4, however much is cut off.
		sealSide, ratioA4 = 0.25, 1.414
		few               = 5   // lines of a page that is judged
		form              = 3   // ruled lines of a form
		severed           = 3   // lines with an edge through their letters: of short lines few are so long
		agree             = 2   // lines or seals at an edge that letters touch which leave little doubt …
		cutSure           = 0.7 // … that it cuts the page
		margin            = 0.4 // of a line's height: nobody prints that close to the edge of a sheet
		cut               = 0.1 // of a line's height: the edge goes through the letters
	)
	near := func(b facts.Box, reach int) [4]bool {
		return [4]bool{b[0] <= reach, b[1] <= reach, b[0]+b[2] >= w-reach, b[1]+b[3] >= h-reach}
	}
	var kept []facts.Defect
	var known [4]bool
	var of [4]int // of known, which of kept
	letters, _, sure := count(read)
	for _, d := range defects {
		if d.Kind == "dark" && letters >= lightLetters && sure >= lightSure {
			continue
		}
		if d.Kind == "glare" && slices.ContainsFunc(read, func(l ocr.Line) bool { return l.Confidence >= lightSure && runsInto(l.Box, d.Box) }) {
			continue
		}
		if d.Kind == "glare" && slices.ContainsFunc(read, func(l ocr.Line) bool { return endsAt(l.Box, d.Box) }) {
			d.Confidence = min(maxGlare, d.Confidence+onPrint)
		} else if d.Kind == "glare" && d.Confidence < 0.5 {
			continue // a spot on blank paper
		}
		if d.Kind != "cut_off" || len(read) < few {
			kept = append(kept, d)
			continue
		}
		at, by := near(d.Box, 1), [4]bool{}
		for _, l := range read {
			for k, v := range near(l.Box, 2*l.Box[3]) {
				by[k] = by[k] || v
			}
		}
		for k := range at {
			if at[k] && by[k] {
				known[k], of[k] = true, len(kept)
				kept = append(kept, d)
				break
			}
		}
	}
	var touching [4]int
	var boxes [4]facts.Box
	var ruled [2]bool
	var passing [2]int // lines that the left and the right edge go through
	for _, l := range read {
		close, through := near(l.Box, int(margin*float64(l.Box[3]))), near(l.Box, int(cut*float64(l.Box[3])))
		// At the side every line shows it. At the top and bottom it is one, and captures
		// of a screen have a clock or a bar there: only one that is cut counts.
		for k, v := range [4]bool{close[0], through[1] && inked(l.Box, false), close[2], through[3] && inked(l.Box, true)} {
			if v {
				touching[k]++
				boxes[k] = l.Box
			}
		}
		ruled = [2]bool{ruled[0] || close[0], ruled[1] || close[2]}
		for side, k := range [2]int{0, 2} {
			if through[k] {
				passing[side]++
			}
		}
	}
	enough := [4]int{max(3, len(read)/4), 1, max(3, len(read)/4), 1}
	for side, k := range [2]int{0, 2} {
		if ruled[side] && rules[side] >= form || passing[side] >= severed {
			touching[k] += enough[k]
		}
	}
	for _, b := range seals {
		if float64(max(b[2], b[3])) > sealSide*max(float64(w), float64(h)/ratioA4) {
			continue // of the colour of a seal, such as the table the sheet lies on
		}
		for k, v := range near(b, 2) {
			if v {
				touching[k] += enough[k]
				boxes[k] = b
			}
		}
	}
	for k := range touching {
		if known[k] && touching[k] >= min(agree, enough[k]) {
			kept[of[k]].Confidence = max(kept[of[k]].Confidence, cutSure)
		}
		if len(read) >= few && touching[k] >= enough[k] && !known[k] {
			kept = append(kept, facts.Defect{Kind: "cut_off", Box: boxes[k], Value: float64(touching[k]), Confidence: 0.7})
		}
	}
	return kept
}

// inkAtEdge tells what edges asks of a sheet: a pixel or two of the outermost row, in
// which paper has none, and not all of it, as of a dark bar.
func inkAtEdge(s *ink.Sheet) func(line facts.Box, lower bool) bool {
	const dark, least, most = 60, 2, 0.8
	return func(line facts.Box, lower bool) bool {
		y := 0
		if lower {
			y = s.H - 1
		}
		n, x0, x1 := 0, max(0, int(float64(line[0])*s.Scale)), min(s.W, int(float64(line[0]+line[2])*s.Scale))
		for x := x0; x < x1; x++ {
			if s.Dark[y*s.W+x] >= dark {
				n++
			}
		}
		return n >= least && float64(n) <= most*float64(x1-x0)
	}
}

const (
	// lightLetters that were read with lightSure confidence are not too dark to read:
	// light print on a dark screen.
	lightLetters = 40
	lightSure    = 0.9
	// onPrint is how much surer glare is that print ends at; maxGlare is as sure as
	// it gets.
	onPrint  = 0.25
	maxGlare = 0.9
)

// endsAt reports a line that ends, or begins, at a patch on its row: what is beyond
// lies under the patch. A patch is round: at most rows it begins within its box.
func endsAt(line, patch facts.Box) bool {
	if !onRow(line, patch) {
		return false
	}
	near := func(a, b int) bool { return 2*max(a-b, b-a) <= 3*line[3] }
	return near(line[0]+line[2], patch[0]) || near(line[0], patch[0]+patch[2])
}

// runsInto reports a line that goes on within a patch: light, that hides nothing.
func runsInto(line, patch facts.Box) bool {
	return onRow(line, patch) && 2*(min(line[0]+line[2], patch[0]+patch[2])-max(line[0], patch[0])) > 3*line[3]
}

// onRow reports a line the middle of which is as high as a patch.
func onRow(line, patch facts.Box) bool {
	middle := line[1] + line[3]/2
	return middle >= patch[1] && middle <= patch[1]+patch[3]
}

// echoes reports a line that is a piece of another one read again: it lies over that
// line and says the same as its beginning or some part of it, but for a character.
func echoes(l, of ocr.Line) bool {
	a, b := letters(l.Text), letters(of.Text)
	if len(a) < 3 || 2*len(a) > len(b)+2 || l.Box[2] >= of.Box[2] {
		return false
	}
	w := min(l.Box[0]+l.Box[2], of.Box[0]+of.Box[2]) - max(l.Box[0], of.Box[0])
	h := min(l.Box[1]+l.Box[3], of.Box[1]+of.Box[3]) - max(l.Box[1], of.Box[1])
	const over = 0.35 // of the piece's box, which is higher than the line's
	if w <= 0 || h <= 0 || float64(w*h) < over*float64(l.Box[2]*l.Box[3]) || 2*h < of.Box[3] {
		return false
	}
	return strings.Contains(string(b), string(a)) || edits.Distance(a, b[:len(a)]) <= 1
}

// letters are the letters and digits of a text, in lower case.
func letters(s string) []rune {
	var out []rune
	for _, c := range strings.ToLower(s) {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			out = append(out, c)
		}
	}
	return out
}

// count is how many letters were read, how many of them in level lines, and
// with what mean confidence.
func count(read []ocr.Line) (letters, upright int, sure float64) {
	for _, l := range read {
		n := 0
		for _, c := range l.Text {
			if unicode.IsLetter(c) || unicode.IsDigit(c) {
				n++
			}
		}
		letters += n
		sure += float64(n) * l.Confidence
		if a := math.Abs(l.Angle); a < 45 || a > 135 {
			upright += n
		}
	}
	return letters, upright, sure / float64(max(letters, 1))
}
