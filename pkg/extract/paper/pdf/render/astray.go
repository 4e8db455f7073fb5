package render

import (
	"math"
	"strings"
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium/responses"
)

// PDFium forgets the matrix of a form for text that stands for other glyphs (ActualText,
// ISO 32000-1 14.9.4). Browsers write so each character whose glyph a font shares with
// another one, of Chinese those that are radicals too: 年3月1日 loses its 月 and 日 to
// another place of the page. They are put back where their neighbours leave a gap.

// place is a rectangle with its y upward, as PDFium gives it.
type place = responses.CharPosition

// astray returns where rectangles are, in the order of the text: those of PDFium, and
// those that went astray put back.
func astray(rects []*responses.GetPageTextStructuredRect) []place {
	best := make([]place, len(rects))
	for i, r := range rects {
		best[i] = r.PointPosition
	}
	m, ok := formOf(rects)
	if !ok {
		return best
	}
	// Of those of one row alone nobody knows whether the form is upside down.
	most := 0
	for _, f := range [...]form{m.form, m.overturned()} {
		if out, n := putBack(rects, f); n > most {
			best, most = out, n
		}
	}
	return best
}

// putBack moves what has a neighbour then, and has none where it is. It returns how many
// it moved.
func putBack(rects []*responses.GetPageTextStructuredRect, f form) (out []place, n int) {
	out = make([]place, len(rects))
	for i, r := range rects {
		out[i] = r.PointPosition
	}
	// Several may follow each other, at the end of a row or at its start.
	for i := 1; i < len(out); i++ {
		if back := f.of(out[i]); !besides(out[i-1], out[i]) && besides(out[i-1], back) {
			out[i] = back
			n++
		}
	}
	for i := len(out) - 2; i >= 0; i-- {
		if back := f.of(out[i]); !besides(out[i], out[i+1]) && besides(back, out[i+1]) {
			out[i] = back
			n++
		}
	}
	return out, n
}

// besides reports whether b stands right behind a, on its row.
func besides(a, b place) bool {
	high := max(a.Top-a.Bottom, b.Top-b.Bottom)
	gap := b.Left - a.Right
	return sameRow(a, b) && gap > -high && gap < 1.5*high
}

func sameRow(a, b place) bool {
	low, high := min(a.Top-a.Bottom, b.Top-b.Bottom), max(a.Top-a.Bottom, b.Top-b.Bottom)
	return low > 0 && high < 4*low && 2*(min(a.Top, b.Top)-max(a.Bottom, b.Bottom)) > low
}

// form is the matrix of a form, without a turn.
type form struct{ sx, tx, sy, ty float64 }

func (f form) of(p place) place {
	x0, x1, y0, y1 := f.sx*p.Left+f.tx, f.sx*p.Right+f.tx, f.sy*p.Bottom+f.ty, f.sy*p.Top+f.ty
	return place{Left: min(x0, x1), Right: max(x0, x1), Bottom: min(y0, y1), Top: max(y0, y1)}
}

// found is the matrix of a form and the row it was found by, in the form.
type found struct {
	form
	row float64 // its middle
}

// overturned is the same with that row staying where it is.
func (m found) overturned() form {
	f := m.form
	f.ty += 2 * f.sy * m.row
	f.sy = -f.sy
	return f
}

// formOf is the matrix that puts back most of what stands between two neighbours of one
// row, by the order of the text, and lies elsewhere.
func formOf(rects []*responses.GetPageTextStructuredRect) (found, bool) {
	const (
		mostPairs = 60
		least     = 2
	)
	type pair struct{ is, want place }
	var pairs []pair
	for i := 1; i+1 < len(rects) && len(pairs) < mostPairs; i++ {
		a, is, b := rects[i-1].PointPosition, rects[i].PointPosition, rects[i+1].PointPosition
		n := float64(utf8.RuneCountInString(strings.TrimSpace(rects[i].Text)))
		high := max(a.Top-a.Bottom, b.Top-b.Bottom)
		hole := b.Left - a.Right
		if n == 0 || !sameRow(a, b) || hole < 0.4*n*high || hole > 1.7*n*high || sameRow(a, is) && is.Left >= a.Right-high && is.Right <= b.Left+high {
			continue
		}
		pairs = append(pairs, pair{is, place{Left: a.Right, Right: b.Left, Bottom: min(a.Bottom, b.Bottom), Top: max(a.Top, b.Top)}})
	}
	middle := func(p place) (x, y float64) { return (p.Left + p.Right) / 2, (p.Bottom + p.Top) / 2 }
	fits := func(f form, p pair) bool {
		x, y := middle(f.of(p.is))
		wx, wy := middle(p.want)
		high := p.want.Top - p.want.Bottom
		got := f.of(p.is)
		return math.Abs(x-wx) < 0.5*high && math.Abs(y-wy) < 0.5*high && got.Top-got.Bottom < 1.7*high
	}
	best, most := found{}, 0
	for i, p := range pairs {
		for _, q := range pairs[:i] {
			f, ok := between(p.is, q.is, p.want, q.want)
			if !ok {
				continue
			}
			n := 0
			for _, o := range pairs {
				if fits(f, o) {
					n++
				}
			}
			if n > most {
				_, row := middle(p.is)
				best, most = found{f, row}, n
			}
		}
	}
	return best, most >= least && 2*most > len(pairs)
}

// between is the matrix of one scale, mirrored down or not, that takes two rectangles to
// where they are wanted.
func between(p, q, wantP, wantQ place) (form, bool) {
	mid := func(a place) (x, y float64) { return (a.Left + a.Right) / 2, (a.Bottom + a.Top) / 2 }
	px, py := mid(p)
	qx, qy := mid(q)
	ux, uy := mid(wantP)
	vx, vy := mid(wantQ)
	dx, dy, ex, ey := qx-px, qy-py, vx-ux, vy-uy
	long := math.Hypot(dx, dy)
	if long < 1 || math.Hypot(ex, ey) < 1 {
		return form{}, false
	}
	s := math.Hypot(ex, ey) / long
	up := 1.0
	if dy*ey < 0 {
		up = -1
	}
	f := form{sx: s, sy: up * s}
	f.tx, f.ty = (ux+vx)/2-f.sx*(px+qx)/2, (uy+vy)/2-f.sy*(py+qy)/2
	return f, s > 0.01 && s < 100
}
