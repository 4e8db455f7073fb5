package look

import (
	"cmp"
	"math"
	"slices"

	"github.com/aecheck/aecheck/pkg/compare/pairs"
)

const (
	// byFirst and bySearch are how many small copies are moved about on the picture: those
	// that are nearest by all else, and those that agree best where templates put them.
	byFirst, bySearch = 24, 12
	// byPlace is how many of them are moved about at their full size.
	byPlace = 8
	// One no farther than sureFirst by all else, where the next one is at noRival or
	// farther, is looked at alone.
	sureFirst, noRival = 0.05, 0.5
)

// nearest are the nearest so many by all but how they lie in the picture.
func nearest(all []*compared, most int) []*compared {
	out := slices.Clone(all)
	slices.SortFunc(out, func(a, b *compared) int {
		return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.Number, b.Number))
	})
	return out[:min(len(out), most)]
}

// withAlike adds those that agree best where templates put them.
func withAlike(list, all []*compared) []*compared {
	alike := slices.Clone(all)
	slices.SortFunc(alike, func(a, b *compared) int {
		return cmp.Or(cmp.Compare(agreeing(b.found), agreeing(a.found)), cmp.Compare(a.Number, b.Number))
	})
	out := slices.Clone(list)
	for _, c := range alike[:min(len(alike), bySearch)] {
		if !slices.Contains(list, c) {
			out = append(out, c)
		}
	}
	return out
}

// settle finds where those of a list lie best in the picture, and how far apart all are
// from it by that.
func (q *Query) settle(all, list []*compared, inlays []*pairs.Inlay) {
	each(list, func(c *compared) {
		if c.fine {
			return
		}
		var found []pairs.Placed
		if c.Turned == 0 {
			found = slices.Clone(c.found)
		}
		c.laid = inlays[c.Turned].Settle(c.cells(), found, c.ways)
		c.apart = apart(c)
	})
	slices.SortFunc(list, func(a, b *compared) int {
		return cmp.Or(cmp.Compare(a.apart, b.apart), cmp.Compare(a.Number, b.Number))
	})
	each(list[:min(len(list), byPlace)], func(c *compared) {
		if c.fine || c.laid.Agree < 0 {
			return
		}
		c.laid.Inlaid = inlays[c.Turned].Fine(c.cells(), c.laid)
		c.fine, c.Agree, c.Mirrored = true, c.laid.Agree, c.laid.Mirror
		c.apart = apart(c)
	})
	for _, c := range all {
		if !slices.Contains(list, c) && !c.fine {
			c.apart = max(Maybe, c.first)
		}
	}
}

// agreeing is how well the best place agrees.
func agreeing(found []pairs.Placed) float64 {
	best := -1.0
	for _, p := range found {
		best = max(best, p.Agree)
	}
	return best
}

// apart is how far one is that was laid on the picture: how likely it is, by all that
// speaks for it, that it is not the original.
func apart(c *compared) float64 {
	if c.laid.Agree < 0 {
		return max(Maybe, c.first)
	}
	sum := -even
	for i, v := range measures(c) {
		sum += weights[i] * v
	}
	return 1 / (1 + math.Exp(slope*sum))
}

// measures are what speaks for an original, the larger the more.
func measures(c *compared) [8]float64 {
	const (
		noise = 2e-4 // of a copy that was saved again
		zero  = 0.01 // of a distance that is none
	)
	alike, first := -math.Log(max(noise, 1-c.laid.Agree)), min(1, c.first)
	return [...]float64{
		alike, alike * c.laid.Share, -math.Log(1 + c.laid.Chroma), min(1, c.laid.Inside),
		float64(min(c.Corners, 12)), c.Likeness, -math.Log(first + zero), -first,
	}
}

// A regression over 854 changed copies, among 10,000 drawn and 10,169 open photographs,
// tells the original from the others that were laid on the picture (weights); slope and
// even say how sure that is, by the best other one of each.
var weights = [...]float64{1.51, 0.80, 0.82, 10.5, 0.11, 6.1, 1.09, 1.68}

const (
	slope = 0.41
	even  = 23.0
)
