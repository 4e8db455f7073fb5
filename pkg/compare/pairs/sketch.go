package pairs

import (
	"encoding/binary"
	"math"
	"math/bits"
	"slices"

	"github.com/aecheck/aecheck/pkg/imagehash"
	"github.com/aecheck/aecheck/pkg/raster"
)

// Sketch is the least that tells a picture from thousands of others: some corners,
// spread over the picture, with a short description of each. It is what an archive of
// originals keeps of each of them, pointSize bytes a corner, SketchSize at most:
// place (x, y; 0..255 across the compared copy's longer side), level of the pyramid,
// the first 64 bits of the description.
type Sketch []byte

const (
	pointSize = 11
	// sketchPoints is how many corners a sketch has at most: a crop to six tenths of
	// both sides keeps a third of them, and half of those are found again.
	sketchPoints = 28
	// SketchSize is how many bytes a sketch takes at most.
	SketchSize = sketchPoints * pointSize
	// apart is how far corners of a sketch lie from each other, in pixels of the
	// compared copy; where that leaves too few, half of it will do.
	apart = 36
	// sketchHamming and sketchRatio are maxHamming and maxRatio for 64 bits: three
	// standard deviations below what chance gives.
	sketchHamming = 15
	sketchRatio   = 0.8
)

// fine are the levels of the pyramid corners of a sketch come from: what they show is
// found on one of the coarser levels in a picture that is cropped, and larger there.
const fine = 3

// Sketch picks the strongest corners that lie apart.
func (f *Features) Sketch() Sketch {
	order := make([]int, len(f.points))
	// Points come level by level, the strongest of each first: they are taken in turns.
	rank := make([]int, len(f.points))
	seen := map[int8]int{}
	for i, p := range f.points {
		order[i], rank[i] = i, seen[p.level]
		if p.level >= fine {
			rank[i] += len(f.points)
		}
		seen[p.level]++
	}
	slices.SortStableFunc(order, func(a, b int) int { return rank[a] - rank[b] })
	var taken []*point
	for _, far := range []float32{apart, apart / 2} {
		for _, i := range order {
			p := &f.points[i]
			if len(taken) < sketchPoints && !slices.ContainsFunc(taken, func(t *point) bool { return abs32(p.x-t.x) < far && abs32(p.y-t.y) < far }) {
				taken = append(taken, p)
			}
		}
	}
	out := make(Sketch, 0, len(taken)*pointSize)
	unit := f.unit()
	for _, p := range taken {
		out = append(out, uint8(min(255, p.x/unit)), uint8(min(255, p.y/unit)), uint8(p.level))
		out = binary.LittleEndian.AppendUint64(out, p.desc[0])
	}
	return out
}

// unit is how many pixels of the compared copy one step of a sketch's places is.
func (f *Features) unit() float32 { return float32(max(f.luma.W, f.luma.H)) / 256 }

// PDQ are the hashes of the picture in its four turns and, in the second half, those of
// its mirror image, and how much structure there is to tell, 0..100.
func (f *Features) PDQ() (hashes [8]imagehash.Hash256, quality int) {
	for i, g := range []*raster.Gray{f.luma, f.flipped} {
		for turn := range 4 {
			if turn > 0 {
				g = turned(g)
			}
			hashes[4*i+turn], _ = imagehash.PDQ(g)
		}
	}
	return hashes, f.quality
}

// turned is a plane turned by a quarter, clockwise.
func turned(g *raster.Gray) *raster.Gray {
	out := &raster.Gray{W: g.H, H: g.W, Pix: make([]uint8, len(g.Pix))}
	for y := range g.H {
		for x, v := range g.Pix[y*g.W : (y+1)*g.W] {
			out.Pix[x*out.W+g.H-1-y] = v
		}
	}
	return out
}

// Turned are the features that In looks at, of the picture turned by a quarter,
// clockwise.
func (f *Features) Turned() *Features {
	t := &Features{FullW: f.FullH, FullH: f.FullW, luma: turned(f.luma)}
	t.flipped = mirrored(t.luma)
	t.points, t.flips = detect(t.luma)
	return t
}

// Found is how a sketched picture lies in another one.
type Found struct {
	Places int     // corners that agree on it; up to three do by chance
	Agree  float64 // how well the small copies agree there, -1 to 1
	Mirror bool    // the other picture is mirrored
	Share  float64 // of the sketched picture that the other shows, 0 to 1
	Ways   []Way   // all ways in which it may lie there
}

// In looks for a sketched picture in this one, plain and mirrored; width and height
// are its size in any unit. whole says that the pictures may show the same from edge to
// edge. copied returns a small copy of it, upright, where one is asked for.
func (f *Features) In(s Sketch, width, height int, whole bool, copied func() *raster.Gray) Found {
	points := s.points(width, height)
	w, h := raster.Fit(width, height, side)
	var ways []alignment
	if whole {
		al := alignment{sx: float64(f.luma.W) / float64(w), sy: float64(f.luma.H) / float64(h)}
		ways = append(ways, al)
		al.mirror = true
		ways = append(ways, al)
	}
	if al, ok := agree(sketchMatches(points, f.points)); ok {
		ways = append(ways, al)
	}
	if al, ok := agree(sketchMatches(points, f.flips)); ok {
		al.mirror = true
		ways = append(ways, al)
	}
	best, value := Found{}, math.Inf(-1)
	if len(ways) == 0 {
		return best
	}
	all := make([]Way, len(ways))
	small := copied()
	for i, al := range ways {
		all[i] = Way{al, w, h, f.luma.W, f.luma.H}
		luma := f.luma
		if al.mirror {
			luma = f.flipped
		}
		found := Found{Places: al.inliers, Mirror: al.mirror}
		found.Agree, found.Share = likeAt(small, luma, al.onto(&raster.Gray{W: w, H: h}, luma, small, luma))
		if v := found.Agree + 0.05*float64(min(10, found.Places)); v > value {
			best, value = found, v
		}
	}
	best.Ways = all
	return best
}

// likeAt is how well a small copy agrees with a picture that it is laid on, -1 to 1,
// and how much of it lies there. About a fifth of the places, those that agree least,
// does not count: something may be laid over them.
func likeAt(small, on *raster.Gray, al alignment) (agree, share float64) {
	const least = 0.15 // of the small copy
	var a, b []float64
	for y := range small.H {
		y0, y1 := al.sy*float64(y)+al.ty, al.sy*float64(y+1)+al.ty
		for x := range small.W {
			x0, x1 := al.sx*float64(x)+al.tx, al.sx*float64(x+1)+al.tx
			if v, ok := meanIn(on, x0, y0, x1, y1); ok {
				a, b = append(a, float64(small.Pix[y*small.W+x])), append(b, v)
			}
		}
	}
	share = float64(len(a)) / float64(max(1, len(small.Pix)))
	if share < least {
		return 0, share
	}
	slope, shift, _ := fitted(a, b)
	off := 0.0
	for i := range a {
		off += (b[i] - slope*a[i] - shift) * (b[i] - slope*a[i] - shift)
	}
	most := 1.28 * 1.28 * off / float64(len(a)) // a fifth of a normal distribution lies beyond
	n := 0
	for i := range a {
		if d := b[i] - slope*a[i] - shift; d*d <= most {
			a[n], b[n] = a[i], b[i]
			n++
		}
	}
	_, _, agree = fitted(a[:n], b[:n])
	return agree, share
}

// fitted is the line b = slope·a + shift nearest to all, and how well they correlate.
func fitted(a, b []float64) (slope, shift, correlation float64) {
	n := float64(len(a))
	var ma, mb, aa, bb, ab float64
	for i := range a {
		ma, mb = ma+a[i]/n, mb+b[i]/n
	}
	for i := range a {
		aa += (a[i] - ma) * (a[i] - ma)
		bb += (b[i] - mb) * (b[i] - mb)
		ab += (a[i] - ma) * (b[i] - mb)
	}
	// Planes without any structure correlate with nothing; neither does the noise of
	// saving one.
	if aa < 4*n || bb < 4*n {
		return 0, mb, 0
	}
	return ab / aa, mb - ab/aa*ma, ab / math.Sqrt(aa*bb)
}

// meanIn is the mean of the pixels in a rectangle that lies in the picture.
func meanIn(g *raster.Gray, x0, y0, x1, y1 float64) (float64, bool) {
	left, top, right, bottom := int(math.Floor(x0+0.5)), int(math.Floor(y0+0.5)), int(math.Floor(x1+0.5)), int(math.Floor(y1+0.5))
	right, bottom = max(right, left+1), max(bottom, top+1)
	if left < 0 || top < 0 || right > g.W || bottom > g.H {
		return 0, false
	}
	sum := 0
	for y := top; y < bottom; y++ {
		for _, v := range g.Pix[y*g.W+left : y*g.W+right] {
			sum += int(v)
		}
	}
	return float64(sum) / float64((right-left)*(bottom-top)), true
}

// points are the corners of a sketch, on a copy of the size pictures are compared on.
func (s Sketch) points(width, height int) []point {
	w, h := raster.Fit(width, height, side)
	unit := float32(max(w, h)) / 256
	out := make([]point, 0, len(s)/pointSize)
	for ; len(s) >= pointSize; s = s[pointSize:] {
		out = append(out, point{
			x: (float32(s[0]) + 0.5) * unit, y: (float32(s[1]) + 0.5) * unit, level: int8(min(s[2], levels-1)),
			desc: [4]uint64{binary.LittleEndian.Uint64(s[3:])},
		})
	}
	return out
}

// sketchMatches are, for each corner of a sketch, the place of the picture that is
// described most alike, where no other is nearly as much so.
func sketchMatches(a, b []point) []match {
	var out []match
	for i := range a {
		at, best, second := -1, math.MaxInt, math.MaxInt
		for j := range b {
			d := bits.OnesCount64(a[i].desc[0] ^ b[j].desc[0])
			switch {
			case d < best:
				if at >= 0 && far(&b[at], &b[j]) {
					second = best
				}
				at, best = j, d
			case d < second && far(&b[at], &b[j]):
				second = d
			}
		}
		if at >= 0 && best <= sketchHamming && float64(best) <= sketchRatio*float64(second) {
			out = append(out, match{&a[i], &b[at]})
		}
	}
	return out
}

// Corners is how many a sketch has.
func (s Sketch) Corners() int { return len(s) / pointSize }

// SketchLen is how many bytes a sketch of so many corners takes.
func SketchLen(corners int) int { return corners * pointSize }
