package pairs

import (
	"math"
	"math/bits"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/imagehash"
)

// Matched is the distance up to which two pictures are the same photograph;
// the values of Compare leave a gap around it.
const Matched = 0.5

// Laid is two pictures laid on each other as they agree best.
type Laid struct {
	a, b *Features
	al   alignment
	g    agreement
}

// Lay finds how two pictures agree best.
func Lay(a, b *Features) *Laid {
	l := &Laid{a: a, b: b}
	l.al, l.g = bestAlignment(a, b)
	return l
}

// Compare tells whether two pictures show the same photograph. The pair's
// paths, exposure and boxes are left to the caller. Distance 0 is the same, 1
// unrelated; up to Matched it is a match.
func (l *Laid) Compare() facts.Pair {
	best := facts.Pair{Distance: 1, Transform: "unrelated"}
	likeness := l.g.likeness()
	hash := hashLikeness(l.a, l.b)
	// Points that agree count alone where the pictures lie frame on frame;
	// elsewhere as far as the pictures look alike there too: two screens may
	// show the same wallpaper.
	inlier := min(1, float64(l.al.inliers)/15)
	if !l.al.framed(l.a.luma, l.b.luma) {
		inlier *= min(1, 2*likeness)
	}
	// Any of the three can carry a match alone when it is certain; two that
	// are likely carry it together.
	score := 1 - (1-likeness)*(1-0.9*hash)*(1-0.6*inlier)
	best.Distance = round3(1 - score)
	best.Inliers = l.al.inliers
	best.Confidence = round3(math.Abs(score-0.5) * 2)
	if best.Distance <= Matched {
		best.Transform = l.describeTransform()
		best.Scale = round3(l.scale())
	}
	return best
}

// scale is how many pixels the second picture has along a side for one of the first.
func (l *Laid) scale() float64 {
	of := func(f *Features) float64 { return float64(f.FullW) / float64(max(1, f.luma.W)) }
	return math.Sqrt(l.al.sx*l.al.sy) * of(l.b) / of(l.a)
}

func round3(v float64) float64 { return math.Round(v*1000) / 1000 }

// likeness is the share of what is to be seen that both pictures show, 0 for
// what chance explains.
func (g agreement) likeness() float64 {
	const (
		chance = 0.15 // of unrelated cells that correlate when slipped
		few    = 6    // as many cells agree by chance in a plain picture
		plain  = 0.7  // share of cells from which frames that coincide are one
		partly = 0.85 // the same for a picture found inside the other
	)
	n := min(g.first, g.second)
	if g.equal <= few {
		return 0
	}
	share := float64(g.equal-few/2) / float64(n)
	certain := partly
	if g.framed {
		certain = plain
	}
	return min(1, max(0, (share-chance)/(certain-chance)))
}

// hashLikeness is 1 where both hashes say the same picture, 0 where either
// says no. Unrelated PDQ hashes differ in about 128 of 256 bits, dHashes in 32
// of 64; below 31 bits PDQ's authors call it a match.
func hashLikeness(a, b *Features) float64 {
	if a.quality < 20 || b.quality < 20 {
		return 0
	}
	pdq := min(a.pdq.Distance(b.pdq), a.pdq.Distance(b.pdqFlip))
	dhash := min(bits.OnesCount64(a.dhash^b.dhash), bits.OnesCount64(a.dhash^b.dhashFlip))
	p := min(1, max(0, (70-float64(pdq))/40))
	d := min(1, max(0, (16-float64(dhash))/8))
	return min(p, d)
}

// unmirrored is how much better the mirror image must agree to be believed: a
// symmetrical thing agrees with both.
const unmirrored = 0.05

// bestAlignment tries the whole pictures on each other, plain and mirrored,
// and what their local features propose, and returns what agrees best.
func bestAlignment(a, b *Features) (alignment, agreement) {
	whole := alignment{sx: float64(b.luma.W) / float64(a.luma.W), sy: float64(b.luma.H) / float64(a.luma.H)}
	flipped := whole
	flipped.mirror = true
	var candidates []alignment
	if plausible(a.pdq, b.pdq, a.dhash, b.dhash) {
		candidates = append(candidates, whole)
	}
	if plausible(a.pdq, b.pdqFlip, a.dhash, b.dhashFlip) {
		candidates = append(candidates, flipped)
	}
	if al, ok := agree(matches(a.points, b.points)); ok {
		candidates = append(candidates, al)
	}
	if al, ok := agree(matches(a.points, b.flips)); ok {
		al.mirror = true
		candidates = append(candidates, al)
	}
	var top alignment
	var best agreement
	value := -1.0
	for _, al := range candidates {
		luma := b.luma
		if al.mirror {
			luma = b.flipped
		}
		g := compareAligned(a.luma, luma, al)
		v := g.likeness() + 0.01*float64(al.inliers) + 0.001*float64(g.equal)
		if al.mirror {
			v -= unmirrored
		}
		if v > value {
			top, best, value = al, g, v
		}
	}
	return top, best
}

// plausible reports whether two hashes leave it open that the whole pictures
// show the same; another background changes about a third of the bits.
func plausible(p, q imagehash.Hash256, d, e uint64) bool {
	return p.Distance(q) <= 112 || bits.OnesCount64(d^e) <= 24
}

// describeTransform names what was done to the picture. What was cropped or
// framed anew is told first, then how much of it still agrees: a symmetrical
// thing on another ground agrees with its mirror image too, and is no mirrored
// picture.
func (l *Laid) describeTransform() string {
	a, b, g := l.a, l.b, l.g
	// Where the second picture lies in the frame of the first.
	w, h := float64(b.luma.W)/l.al.sx, float64(b.luma.H)/l.al.sy
	x, y := -l.al.tx/l.al.sx, -l.al.ty/l.al.sy
	const little = 0.025 // of the first picture
	dx, dy := little*float64(a.luma.W), little*float64(a.luma.H)
	switch {
	case x <= dx && y <= dy && x+w >= float64(a.luma.W)-dx && y+h >= float64(a.luma.H)-dy && float64(g.equal) >= within*float64(g.first) &&
		(w > (1+2*little)*float64(a.luma.W) || h > (1+2*little)*float64(a.luma.H)):
		return "bordered"
	case max(w/float64(a.luma.W), h/float64(a.luma.H)) > 1+2*little || min(w/float64(a.luma.W), h/float64(a.luma.H)) < 1-2*little:
		return "cropped"
	case g.share() < kept:
		return "retouched"
	case l.al.mirror:
		return "mirrored"
	case a.FullW != b.FullW || a.FullH != b.FullH:
		return "resized"
	}
	return "same"
}

// within is the share of the first picture that must agree inside a border: cells
// at its rim show the border too.
const within = 0.6

// kept is the share of what is to be seen from which a picture is as it was.
const kept = 0.8

// share is how much of what either picture shows both do.
func (g agreement) share() float64 { return float64(g.equal) / float64(max(1, g.first, g.second)) }
