package pictures

import "github.com/aecheck/aecheck/pkg/facts"

// A pair that matches is one photograph from minExposure on (0.5 took 5.6 % of
// other shots of drawn products for one, 0.8 takes 2.4 %, and loses one cut-out
// in thirty more; see TestOnePhotograph of pkg/compare), and up to maxColour: corrections of white balance by a tenth stay below it (15
// levels on the drawn products of pkg/compare/pairs), other colours of a product
// exceed it (24 and more).
const (
	minExposure = 0.8
	maxColour   = 20
)

// onePhotograph reports whether a pair that matches is one exposure, edited
// perhaps, and not the same thing photographed again or in another colour.
func onePhotograph(p *facts.Pair, minExposure, maxColour float64) bool {
	return p.Exposure >= minExposure && p.Colour <= maxColour
}
