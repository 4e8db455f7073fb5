package text

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/ocr"
	"github.com/aecheck/aecheck/pkg/raster"
)

const (
	// minMark is the overlay likelihood from which a line is listed as a
	// watermark; rules ask for more before they fail.
	minMark = 0.5
	// mostReview is the greatest likelihood with which a mark is for review only.
	mostReview = 0.69
	// sureDigit is the confidence below which a character of an ID is doubtful,
	// and rivalDigit the confidence of another reading from which it is.
	sureDigit, rivalDigit = 0.9, 0.1
	// manyLines is the number of overlaid lines from which a picture is an
	// infographic, whose words are no marks unless they look like marks.
	manyLines = 4
)

// storeID is the ID in a line of the form AE-1234567 (M21).
type storeID struct {
	found    bool
	digits   string // as read, never repaired
	doubtful bool
	cut      bool // AE itself was read in part or wrong
}

// storeForms are the expressions of store IDs.
type storeForms struct{ whole, cut, starts *regexp.Regexp }

// storePattern is AE, a dash of any kind or none, and five to twelve digits or
// letters that look like some.
const storePattern = `(?i)(?:^|[^a-z0-9])a ?e ?[-_—–－:.~·]? ?([0-9oOlIiSBZ|]{5,12})(?:$|[^a-z0-9])`

// cutStorePattern is what is left of such an ID where it crosses an edge: A lost, or
// E read as what looks like it, before a dash and six or more digits; or A alone.
const cutStorePattern = `(?i)^(?:(?:[a4][7fblc6ar]|[ef]) ?[-_—–－] ?([0-9]{6,12})|[a4] ?[-_—–－]? ?([0-9]{8,9}))$`

// readStoreID finds AE, a dash of any kind or none, and five or more digits. A
// letter among them that looks like a digit is kept as it was read and makes the
// ID doubtful.
func readStoreID(re storeForms, l ocr.Line) storeID {
	loc := re.whole.FindStringSubmatchIndex(l.Text)
	if loc == nil {
		if loc = re.cut.FindStringSubmatchIndex(l.Text); loc != nil {
			from, to := loc[2], loc[3]
			if from < 0 {
				from, to = loc[4], loc[5]
			}
			return storeID{found: true, digits: l.Text[from:to], doubtful: true, cut: true}
		}
		return storeID{}
	}
	id := storeID{digits: l.Text[loc[2]:loc[3]]}
	digits := 0
	for _, r := range id.digits {
		if unicode.IsDigit(r) {
			digits++
		} else {
			id.doubtful = true
		}
	}
	if 3*digits < 2*len(id.digits) {
		return storeID{}
	}
	id.found = true
	first := len([]rune(l.Text[:loc[2]]))
	n := len([]rune(id.digits))
	if len(l.Chars) == len([]rune(l.Text)) {
		for _, c := range l.Chars[first : first+n] {
			rival := c.AltConfidence >= rivalDigit && unicode.IsDigit(c.Alt)
			id.doubtful = id.doubtful || c.Confidence < sureDigit || rival
		}
	} else if l.Confidence < sureDigit {
		id.doubtful = true
	}
	return id
}

// startsID is what is read of the beginning of a store ID that was cut in two.
const startsID = `(?i)^a ?e ?[-_—–－:.~·]? ?[0-9]{0,4}$`

// joinIDs makes one line of the two that a store ID was read as, AE and its digits;
// the ID is doubtful then.
func (e *Extractor) joinIDs(m *raster.RGB, g *ground, lines []line) []line {
	for i := range lines {
		a := &lines[i]
		if !e.store.starts.MatchString(a.Text) {
			continue
		}
		for j := range lines {
			b := &lines[j]
			if i == j || !follows(a, b) || !collinear(b, a) {
				continue
			}
			whole := b.Line
			whole.Text = strings.TrimRight(a.Text, "-_—–－:.~· ") + "-" + b.Text
			whole.Chars = nil
			whole.Confidence = math.Min(a.Confidence, math.Min(b.Confidence, sureDigit-0.01))
			if !readStoreID(e.store, whole).found {
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
	overlaid := 0
	for _, l := range lines {
		if l.overlay >= minMark {
			overlaid++
		}
	}
	var out []facts.Watermark
	var kept []*line
	for i := range lines {
		l := &lines[i]
		form := l.form(overlaid >= manyLines)
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
		if l.store.found {
			w.StoreID, w.Doubtful = l.store.digits, l.store.doubtful
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
		if sameMark(key(k.Text), key(l.Text)) && similar(k.height, l.height) {
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
	if l.store.found {
		return "ae_id"
	}
	if l.joined || l.part != nil && !l.said() {
		return ""
	}
	switch {
	case l.label != "", l.messenger:
		return ""
	case l.stock:
		return "stock"
	case l.copyright && l.han == 0:
		return "copyright"
	}
	for _, c := range l.contacts {
		if c.Kind == "url" || c.Kind == "domain" {
			return "site"
		}
	}
	if len(l.contacts) > 0 {
		return ""
	}
	switch {
	case l.mark || l.copyright || l.forbidding && l.han > 0:
		return "chinese"
	case l.forbidding:
		return "other"
	case yearFirst(l.Text): // the line of a © that was not read
		return "copyright"
	}
	digits := strings.ContainsFunc(l.Text, unicode.IsDigit)
	if len(l.promotions) > 0 || digits {
		return ""
	}
	const (
		leastRead   = 0.8   // of the reading: shreds of texture are read with less
		leastInside = 0.022 // glyph height of a mark in the middle of a picture
		upright     = 60    // degrees: letters that stand on their side belong to the product
		leastMark   = 0.7   // overlay likelihood of a mark that only its looks give away …
		leastTilted = 0.78  // … of one for which nothing but its slant speaks, as print on a tilted pack has …
		leastReview = 0.65  // … and of one that is for review: level in a corner, or see-through alone
		leastScreen = 0.035 // glyph height from which see-through letters are not a screen's
	)
	least := leastMark
	switch {
	case len(l.corner) == 2 && l.level() || l.onlyModel():
		least = leastReview
	case l.onlyTilted():
		least = leastTilted
	}
	marked := l.repeats >= 3 || l.tilted() && !l.company || l.shadeClass() == "transparent"
	switch {
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

// forReview reports a mark of a form that never fails a picture by itself. Pale print
// on dark things looks the same as a see-through mark, and so does print on a tilted
// pack; words in the middle may name what is shown; and of an ID that was put together
// or read without its AE nobody knows whose it is.
func (l *line) forReview(form string) bool {
	switch form {
	case "ae_id":
		return l.store.cut || l.pieced
	case "other":
		return l.onlyModel() || l.onlyPlaced() || l.onlyTilted()
	case "site":
		return l.onlyTilted()
	}
	return false
}

// onlyModel reports a line that is held to be an overlay for how its colour changes
// with the ground, and nothing else.
func (l *line) onlyModel() bool {
	return l.ink.model.overlaid() && l.ink.open < 0.15 && !l.band && l.repeats < 3 && !l.tilted() && l.corner == ""
}

// onlyTilted reports a line that is held to be an overlay for its slant alone.
func (l *line) onlyTilted() bool {
	return l.tilted() && l.shadeClass() == "" && l.ink.open < 0.15 && !l.band && l.repeats < 3
}

// onlyPlaced reports a line in the middle of the picture that is held to be an
// overlay for its ground or its opaque ink.
func (l *line) onlyPlaced() bool {
	return l.corner == "" && !l.band && l.repeats < 3 && !l.tilted() && l.shadeClass() != "transparent"
}

// said reports whether a line says something that is judged on its own.
func (l *line) said() bool {
	return l.label != "" || len(l.promotions) > 0 || len(l.contacts) > 0 || l.copyright || l.mark || l.store.found ||
		strings.ContainsFunc(l.Text, unicode.IsDigit)
}

// yearFirst reports a text that begins with a year and goes on with a name, in
// which one letter may be misread as a digit, as one digit of the year as a letter.
func yearFirst(s string) bool {
	p := strings.TrimLeft(plain(s), "@co0©() ")
	if len(p) < 8 {
		return false
	}
	p = strings.NewReplacer("l", "1", "i", "1", "|", "1", "o", "0").Replace(p[:4]) + p[4:]
	if p[:2] != "19" && p[:2] != "20" {
		return false
	}
	letters, digits := 0, 0
	for i, r := range p {
		switch {
		case i < 2:
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			if digits < 2 {
				return false
			}
			letters++
		}
	}
	return letters >= 4 && digits <= 3
}

// OwnWatermark says whether a watermark is this store's: its ID in the form
// AE-digits (M21). A doubtful digit makes it unclear, and so does a store that is
// not known; another ID and every other form is "no".
func OwnWatermark(w facts.Watermark, store string) string {
	want := strings.TrimSpace(store)
	if len(want) >= 2 && strings.EqualFold(want[:2], "ae") {
		want = strings.TrimLeft(want[2:], " -_")
	}
	switch {
	case w.Form != "ae_id":
		return "no"
	case want == "":
		return "unclear"
	case w.StoreID == want && !w.Doubtful:
		return "yes"
	case w.Doubtful && len(w.StoreID) == len(want):
		return "unclear"
	}
	return "no"
}

// MatchBrands returns the lines that hold one of the words: as a word of its own,
// spaces, case, full-width forms and the letters recognisers mix up apart. Words
// of less than three letters must be the whole line.
func MatchBrands(lines []facts.TextLine, brands []string) []facts.TextHit {
	var out []facts.TextHit
	for _, l := range lines {
		text := key(l.Text)
		for _, b := range brands {
			k := key(b)
			if k == "" || !holds(l.Text, text, b, k) {
				continue
			}
			out = append(out, facts.TextHit{Text: l.Text, Value: b, Confidence: l.Confidence, Overlay: l.Overlay, Box: l.Box})
		}
	}
	return out
}

// holds reports whether a line holds a brand. Latin brands must begin and end at
// the border of a word, unless the recogniser dropped the spaces of a long one.
func holds(line, lineKey, brand, brandKey string) bool {
	const long = 6 // letters from which a run-together match is no accident
	if lineKey == brandKey {
		return true
	}
	n := len([]rune(brandKey))
	if n < 3 && hanOf(brand) == "" {
		return false
	}
	if !strings.Contains(lineKey, brandKey) {
		return false
	}
	if hanOf(brand) != "" || n >= long {
		return true
	}
	words := strings.FieldsFunc(plain(line), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i := range words {
		joined := ""
		for j := i; j < len(words) && len(joined) < len(brandKey); j++ {
			joined += key(words[j])
			if joined == brandKey {
				return true
			}
		}
	}
	return false
}
