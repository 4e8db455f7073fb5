package legibility

import (
	"slices"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/raster"
)

const (
	// outsidePlaces is how many places of each side are looked at, outsideMargin the
	// part of a side next to the corners that is left out.
	outsidePlaces, outsideMargin = 48, 0.15
	// outsideDepth is how far from the edge the border is looked at, in parts of the
	// picture, and outsideFrom … outsideTo the stretch that shows what the paper looks
	// like there.
	outsideDepth, outsideFrom, outsideTo = 0.008, 0.03, 0.3
	// A border much darker than the paper is the ground the sheet lies on, one as light
	// as it the sheet itself; most places of a side must agree.
	groundLight, paperLight = 0.78, 0.9
	groundShare, paperShare = 0.85, 0.95
	// outsideConfidence is that of a side outside: nothing need be lost there.
	outsideConfidence = 0.7
)

// Outside tells the sides of a photographed sheet that lie outside the picture: there
// is paper to its very edge, while at two other sides at least the ground on which the
// sheet lies is seen. Boxes are in pixels of m.
func Outside(m *raster.RGB) []facts.Defect {
	const least = 300 // pixels of a side
	if m.W < least || m.H < least {
		return nil
	}
	w, h := m.W/25, m.H/25
	grounds := 0
	var out []facts.Defect
	for _, side := range []struct {
		at  func(along, deep float64) (x, y int)
		box facts.Box
	}{
		{func(a, d float64) (int, int) { return int(d * float64(m.W)), int(a * float64(m.H)) }, facts.Box{0, 0, w, m.H}},
		{func(a, d float64) (int, int) { return int(a * float64(m.W)), int(d * float64(m.H)) }, facts.Box{0, 0, m.W, h}},
		{func(a, d float64) (int, int) { return m.W - 1 - int(d*float64(m.W)), int(a * float64(m.H)) }, facts.Box{m.W - w, 0, w, m.H}},
		{func(a, d float64) (int, int) { return int(a * float64(m.W)), m.H - 1 - int(d*float64(m.H)) }, facts.Box{0, m.H - h, m.W, h}},
	} {
		ground, paper := 0, 0
		for i := range outsidePlaces {
			along := outsideMargin + (1-2*outsideMargin)*float64(i)/(outsidePlaces-1)
			var inner []int
			for k := range 20 {
				x, y := side.at(along, outsideFrom+(outsideTo-outsideFrom)*float64(k)/20)
				inner = append(inner, luma(m, x, y))
			}
			slices.Sort(inner)
			x, y := side.at(along, outsideDepth)
			border, sheet := float64(luma(m, x, y)), float64(inner[len(inner)*4/5])
			switch {
			case border < groundLight*sheet:
				ground++
			case border > paperLight*sheet:
				paper++
			}
		}
		if float64(ground) >= groundShare*outsidePlaces {
			grounds++
		}
		if share := float64(paper) / outsidePlaces; share >= paperShare {
			out = append(out, facts.Defect{Kind: "cut_off", Box: side.box, Value: round(share), Confidence: outsideConfidence})
		}
	}
	if grounds < 2 {
		return nil
	}
	return out
}

// luma is the lightness of the pixels around a place, 0…255.
func luma(m *raster.RGB, x, y int) int {
	const reach = 2
	sum, n := 0, 0
	for j := max(0, y-reach); j <= min(m.H-1, y+reach); j++ {
		for i := max(0, x-reach); i <= min(m.W-1, x+reach); i++ {
			p := m.Pix[3*(j*m.W+i):]
			sum += 299*int(p[0]) + 587*int(p[1]) + 114*int(p[2])
			n++
		}
	}
	return sum / (1000 * n)
}
