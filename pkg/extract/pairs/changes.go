package pairs

import (
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/raster"
)

// Changes returns where the second of two pictures of the same photograph shows
// something else than the first, as boxes in pixels of the second: a mark
// removed or laid on, a thing retouched. Places that cover most of the picture,
// another background, are none. Pictures that do not match have none.
func Changes(first, second *raster.Picture) []facts.Box {
	a, b := Compute(first), Compute(second)
	if Compare(a, b).Distance > Matched {
		return nil
	}
	al, _ := bestAlignment(a, b)
	t := newTracer(first, second, al, a, b)
	var out []facts.Box
	for _, r := range t.changedRegions() {
		out = append(out, t.toReplacement(r))
	}
	return out
}
