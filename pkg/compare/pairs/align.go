package pairs

import (
	"cmp"
	"math"
	"slices"

	"github.com/aecheck/aecheck/pkg/raster"
)

// alignment maps a place (x, y) of the first picture's copy to
// (sx·x + tx, sy·y + ty) of the second's (or of its mirror image).
type alignment struct {
	sx, sy, tx, ty float64
	mirror         bool
	inliers        int
}

const (
	// maxHamming is the greatest distance of two descriptions taken for the
	// same place, maxRatio how much nearer the best must be than the second.
	maxHamming = 72
	maxRatio   = 0.85
	// Matches agree when their shift differs by no more than this, in pixels
	// of the compared copy, after undoing the scale.
	maxShift = 5.0
	// leastMatches is how many places make a proposal at all, manyMatches how
	// many a second scale: a picture is rarely stretched, a picture that is
	// not the same agrees in a few places sooner when it may be.
	leastMatches = 4
	manyMatches  = 10
	maxStretch   = 1.1
	// minScale is the strongest reduction looked for.
	minScale = 0.4
)

type match struct{ a, b *point }

// matches pairs points that are each other's nearest.
func matches(a, b []point) []match {
	if len(a) == 0 || len(b) == 0 {
		return nil
	}
	type best struct{ at, d, second int }
	forward, backward := make([]best, len(a)), make([]int, len(b))
	backDist := make([]int, len(b))
	for j := range b {
		backDist[j] = math.MaxInt
	}
	for i := range a {
		f := best{-1, math.MaxInt, math.MaxInt}
		for j := range b {
			d := hamming(&a[i].desc, &b[j].desc)
			switch {
			case d < f.d:
				// A neighbouring level shows the same place: no rival.
				if f.at < 0 || far(&b[f.at], &b[j]) {
					f.second = f.d
				}
				f.at, f.d = j, d
			case d < f.second && far(&b[f.at], &b[j]):
				f.second = d
			}
			if d < backDist[j] {
				backDist[j], backward[j] = d, i
			}
		}
		forward[i] = f
	}
	var out []match
	for i, f := range forward {
		if f.at >= 0 && f.d <= maxHamming && float64(f.d) <= maxRatio*float64(f.second) && !far(&a[backward[f.at]], &a[i]) {
			out = append(out, match{&a[i], &b[f.at]})
		}
	}
	return out
}

func far(p, q *point) bool { return abs32(p.x-q.x) > 6 || abs32(p.y-q.y) > 6 }

func abs32(v float32) float32 {
	if v < 0 {
		return -v
	}
	return v
}

// agree finds the scale and shift most matches share: each match proposes the
// scale of its levels; the best proposals are then refined by least squares.
func agree(ms []match) (alignment, bool) {
	var top alignment
	for _, m := range ms {
		scale := math.Pow(levelStep, float64(m.b.level-m.a.level))
		for range 2 {
			tx, ty := float64(m.b.x)-scale*float64(m.a.x), float64(m.b.y)-scale*float64(m.a.y)
			in := inliers(ms, scale, scale, tx, ty, 0.12*side)
			if len(in) < 3 || len(in) <= top.inliers {
				break
			}
			al, ok := refine(in)
			if !ok {
				break
			}
			if al.inliers = countSpread(inliers(ms, al.sx, al.sy, al.tx, al.ty, maxShift)); al.inliers > top.inliers {
				top = al
			}
			scale = (al.sx + al.sy) / 2
		}
	}
	if top.inliers < leastMatches {
		return alignment{}, false
	}
	for range 3 {
		al, ok := refine(inliers(ms, top.sx, top.sy, top.tx, top.ty, maxShift))
		if !ok {
			break
		}
		al.inliers = countSpread(inliers(ms, al.sx, al.sy, al.tx, al.ty, maxShift))
		if al.inliers < top.inliers {
			break
		}
		top = al
	}
	return top, true
}

func inliers(ms []match, sx, sy, tx, ty, tolerance float64) []match {
	var out []match
	for _, m := range ms {
		if math.Abs(sx*float64(m.a.x)+tx-float64(m.b.x)) <= tolerance && math.Abs(sy*float64(m.a.y)+ty-float64(m.b.y)) <= tolerance {
			out = append(out, m)
		}
	}
	return out
}

// countSpread counts matches at different places: several levels finding one
// corner are one witness.
func countSpread(ms []match) int {
	slices.SortFunc(ms, func(p, q match) int { return cmp.Or(cmp.Compare(p.a.x, q.a.x), cmp.Compare(p.a.y, q.a.y)) })
	n := 0
	for i := range ms {
		fresh := true
		for j := i - 1; j >= 0 && ms[i].a.x-ms[j].a.x < 6; j-- {
			if !far(ms[i].a, ms[j].a) {
				fresh = false
				break
			}
		}
		if fresh {
			n++
		}
	}
	return n
}

// refine fits one scale and a shift by least squares, and a second scale where
// there are enough matches to tell.
func refine(ms []match) (alignment, bool) {
	n := float64(len(ms))
	var ax, ay, bx, by float64
	for _, m := range ms {
		ax += float64(m.a.x) / n
		ay += float64(m.a.y) / n
		bx += float64(m.b.x) / n
		by += float64(m.b.y) / n
	}
	var xx, yy, xX, yY float64
	for _, m := range ms {
		dx, dy := float64(m.a.x)-ax, float64(m.a.y)-ay
		xx += dx * dx
		yy += dy * dy
		xX += dx * (float64(m.b.x) - bx)
		yY += dy * (float64(m.b.y) - by)
	}
	if xx+yy < 100 {
		return alignment{}, false
	}
	s := (xX + yY) / (xx + yy)
	sx, sy := s, s
	if countSpread(ms) >= manyMatches && xx > 400*n && yy > 400*n {
		sx, sy = xX/xx, yY/yy
	}
	if sx < minScale || sy < minScale || sx > 1/minScale || sy > 1/minScale || sx/sy > maxStretch || sy/sx > maxStretch {
		return alignment{}, false
	}
	return alignment{sx: sx, sy: sy, tx: bx - sx*ax, ty: by - sy*ay}, true
}

// framed reports whether the pictures lie on each other frame on frame.
func (al alignment) framed(a, b *raster.Gray) bool {
	near := func(scale, shift float64, n, m int) bool {
		return math.Abs(shift) <= 0.02*float64(m) && math.Abs(scale*float64(n)+shift-float64(m)) <= 0.02*float64(m)
	}
	return near(al.sx, al.tx, a.W, b.W) && near(al.sy, al.ty, a.H, b.H)
}

// onto is an alignment found on the copies a and b on larger ones, x and y.
func (al alignment) onto(a, b, x, y *raster.Gray) alignment {
	fax, fay := float64(a.W)/float64(x.W), float64(a.H)/float64(x.H)
	fbx, fby := float64(y.W)/float64(b.W), float64(y.H)/float64(b.H)
	al.sx, al.sy, al.tx, al.ty = al.sx*fax*fbx, al.sy*fay*fby, al.tx*fbx, al.ty*fby
	if al.framed(x, y) {
		al.sx, al.sy, al.tx, al.ty = float64(y.W)/float64(x.W), float64(y.H)/float64(x.H), 0, 0
	}
	return al
}
