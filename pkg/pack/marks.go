package pack

import (
	"cmp"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"slices"
	"strconv"
	"strings"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// maxMarks is how many boxes a picture still shows something with.
const maxMarks = 20

// mark is a place on a picture, in pixels of the upright original, with what is there.
type mark struct {
	box  facts.Box
	what string
}

// marks are what a person would point at on a paper: what stands against it, its
// seals, signatures and dates.
func (w *writer) marks(e *entry, set *facts.Set) []mark {
	var out []mark
	add := func(box facts.Box, page int, what string) {
		if page > 1 || box[2] <= 0 || box[3] <= 0 || len(out) >= maxMarks {
			return
		}
		if i := slices.IndexFunc(out, func(m mark) bool { return m.box == box }); i >= 0 {
			if !slices.Contains(strings.Split(out[i].what, " · "), what) { // a timestamp is a date too
				out[i].what += " · " + what
			}
			return
		}
		out = append(out, mark{box, what})
	}
	for _, f := range open(w.kase.Told) {
		if w.kase.below(f.Asset) != e.found.Path {
			continue
		}
		for _, ev := range f.Evidence {
			if ev.Box != nil && ev.Related == nil {
				add(*ev.Box, ev.Page, f.Rule+" "+terminal.Clean(report.Plain(f.Title)))
			}
		}
	}
	say, d := w.options.Say.Handing, &set.Document
	// Unlike a finding's, a fact's place is that on the page set upright.
	lying := func(box facts.Box, page int) facts.Box {
		for _, t := range d.Turned {
			if t.Page == page {
				return t.Back(box)
			}
		}
		return box
	}
	for _, s := range d.Seals {
		add(lying(s.Box, s.Page), s.Page, terminal.Clean(lang.Fill(say.BoxSeal, "text", s.Text)))
	}
	for _, s := range d.Signatures {
		add(lying(s.Box, s.Page), s.Page, say.BoxSignature)
	}
	for _, date := range slices.Concat(d.Timestamps, d.Dates) {
		add(lying(date.Box, date.Page), date.Page, terminal.Clean(lang.Fill(say.BoxDate, "text", date.Text)))
	}
	slices.SortStableFunc(out, func(a, b mark) int { return cmp.Or(cmp.Compare(a.box[1], b.box[1]), cmp.Compare(a.box[0], b.box[0])) })
	return out
}

// boxColor is told from print and from red seals.
var boxColor = color.NRGBA{0, 87, 208, 255}

// drawBox draws a numbered box on a picture whose longer side is so many pixels.
func drawBox(img draw.Image, box [4]int, number, side int) {
	line := max(2, side/500)
	r := image.Rect(box[0], box[1], box[0]+box[2], box[1]+box[3]).Inset(-2 * line)
	frame := func(r image.Rectangle, width int, c color.Color) {
		for _, edge := range []image.Rectangle{
			image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+width), image.Rect(r.Min.X, r.Max.Y-width, r.Max.X, r.Max.Y),
			image.Rect(r.Min.X, r.Min.Y, r.Min.X+width, r.Max.Y), image.Rect(r.Max.X-width, r.Min.Y, r.Max.X, r.Max.Y),
		} {
			draw.Draw(img, edge, image.NewUniform(c), image.Point{}, draw.Src)
		}
	}
	frame(r.Inset(-line), line, color.White)
	frame(r, line, boxColor)
	drawNumber(img, r, strconv.Itoa(number), max(2, side/350))
}

// drawNumber puts a number on a corner of a box: above it, inside where there is no
// room. dot is the size of a dot of the digits.
func drawNumber(img draw.Image, box image.Rectangle, number string, dot int) {
	w, h := (len(number)*(digitW+1)+1)*dot, (digitH+2)*dot
	at := image.Pt(max(box.Min.X, img.Bounds().Min.X), box.Min.Y-h)
	if at.Y < img.Bounds().Min.Y {
		at.Y = max(box.Min.Y, img.Bounds().Min.Y)
	}
	draw.Draw(img, image.Rect(at.X, at.Y, at.X+w, at.Y+h), image.NewUniform(boxColor), image.Point{}, draw.Src)
	for i, digit := range number {
		rows := digits[digit-'0']
		for y, row := range rows {
			for x := range digitW {
				if row>>(digitW-1-x)&1 == 0 {
					continue
				}
				p := image.Pt(at.X+(1+i*(digitW+1)+x)*dot, at.Y+(1+y)*dot)
				draw.Draw(img, image.Rect(p.X, p.Y, p.X+dot, p.Y+dot), image.NewUniform(color.White), image.Point{}, draw.Src)
			}
		}
	}
}

// digits are 0 to 9, 5 by 7 dots, a bit each, top row first: numbers need no font.
const digitW, digitH = 5, 7

var digits = [10][digitH]uint8{
	{0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110},
	{0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110},
	{0b01110, 0b10001, 0b00001, 0b00010, 0b00100, 0b01000, 0b11111},
	{0b11111, 0b00010, 0b00100, 0b00010, 0b00001, 0b10001, 0b01110},
	{0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010},
	{0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110},
	{0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110},
	{0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000},
	{0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110},
	{0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100},
}

// symbol of a finding, with its tone.
func symbol(f *verdict.Finding) (sign, tone string) {
	switch {
	case blocks(f):
		return "✗", "bad"
	case f.Outcome == verdict.Fail:
		return "!", "warn"
	}
	return "?", "warn"
}

// Size is a size for people.
func Size(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.0f KB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d B", n)
}
