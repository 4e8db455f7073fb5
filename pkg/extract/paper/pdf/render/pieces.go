package render

import (
	"strings"

	"github.com/klippa-app/go-pdfium/responses"
)

// piece is the text of one rectangle of PDFium's and whether it goes on in the middle
// of a word from the rectangle before.
type piece struct {
	text  string
	glued bool
}

// maxChars is how many bytes of text a page has at most whose characters are looked at
// one by one: more are no letter, and take memory.
const maxChars = 100_000

// divided reports a page on which rectangles touch or overlap, as of words divided.
func divided(rects []*responses.GetPageTextStructuredRect) bool {
	const touching = 0.3 // of the height
	n, found := 0, false
	for i, r := range rects {
		n += len(r.Text)
		if i == 0 {
			continue
		}
		a, b := rects[i-1].PointPosition, r.PointPosition
		gap, height := b.Left-a.Right, max(a.Top-a.Bottom, b.Top-b.Bottom)
		found = found || gap <= touching*height && gap >= -height && min(a.Top, b.Top) > max(a.Bottom, b.Bottom)
	}
	return found && n <= maxChars
}

// pieces gives each character to one rectangle. PDFium's own text of a rectangle is what
// touches it: of kerned letters, which browsers set each by itself, both rectangles get
// both ("Te" + "Technology"). Rectangles come in the order of the characters; one whose
// characters are not met keeps PDFium's text.
func pieces(rects []*responses.GetPageTextStructuredRect, chars []*responses.GetPageTextStructuredChar) []piece {
	out := make([]piece, len(rects))
	at, blank := 0, true // the next character; whether there is a blank before it
	for i, r := range rects {
		var text strings.Builder
		glued := false
		for at < len(chars) {
			c := chars[at]
			if strings.TrimSpace(c.Text) == "" {
				if text.Len() > 0 {
					text.WriteByte(' ')
				}
				blank = true
				at++
				continue
			}
			if !within(c.PointPosition, r.PointPosition) {
				break
			}
			glued = glued || text.Len() == 0 && !blank
			text.WriteString(c.Text)
			blank = false
			at++
		}
		out[i] = piece{text.String(), glued}
		if strings.TrimSpace(out[i].text) == "" {
			out[i], blank = piece{text: r.Text}, true
			at = next(chars, at, rects, i)
		}
	}
	return out
}

// maxAhead is how many characters are looked through for the one that the next
// rectangle begins with, where some belong to none.
const maxAhead = 64

// next is the first character, from at on, of the rectangle after i; at where none near
// is.
func next(chars []*responses.GetPageTextStructuredChar, at int, rects []*responses.GetPageTextStructuredRect, i int) int {
	if i+1 == len(rects) {
		return at
	}
	for k := at; k < min(len(chars), at+maxAhead); k++ {
		if strings.TrimSpace(chars[k].Text) != "" && within(chars[k].PointPosition, rects[i+1].PointPosition) {
			return k
		}
	}
	return at
}

// within reports a character whose middle lies in a rectangle.
func within(c, r responses.CharPosition) bool {
	const slack = 0.01 // points
	x, y := (c.Left+c.Right)/2, (c.Bottom+c.Top)/2
	return x >= r.Left-slack && x <= r.Right+slack && y >= min(r.Bottom, r.Top)-slack && y <= max(r.Bottom, r.Top)+slack
}

// goesOn reports whether b goes on where a ends: on its row, and close to it.
func goesOn(a, b run) bool {
	low, high := min(a.y1-a.y0, b.y1-b.y0), max(a.y1-a.y0, b.y1-b.y0) // a full stop is low
	shared := min(a.y1, b.y1) - max(a.y0, b.y0)
	gap := b.x0 - a.x1
	return 2*shared > low && gap <= high && -gap <= high
}

// joined is a with b behind it.
func joined(a, b run) run {
	return run{a.text + b.text, min(a.x0, b.x0), min(a.y0, b.y0), max(a.x1, b.x1), max(a.y1, b.y1)}
}
