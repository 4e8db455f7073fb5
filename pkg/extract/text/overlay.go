package text

import (
	"fmt"
	"math"
	"strings"
)

// Weights of the overlay judgement, in log-odds. They were set on the "tune" half
// of the made set and checked on the other; see madeset_test.go.
const (
	prior = -0.6 // text in product photos is print more often than not

	weightOpaque      = 3.2  // letters keep their colour over a changing ground
	weightTransparent = 2.4  // the ground shines through
	weightShaded      = -1.8 // letters are shaded like the ground
	weightBackground  = 2.6  // lies on the picture's own flat background
	weightRepeated    = 3.0  // three or more of the same
	weightCorner      = 0.9
	weightEdge        = 0.4
	weightTilted      = 0.5
	weightStoreID     = 2.5 // nobody prints a store's ID on a product
	weightLabel       = 2.5 // nor an AI label
	weightWords       = 1.0 // copyright line or Chinese mark wording
	weightMessenger   = 1.0 // messenger ids are for buyers of the listing
)

// varies is the least change of the ground along a line from which shading can
// be told, in luma steps.
const varies = 5

// likelihood is the likelihood that a line lies over the picture.
func likelihood(l *line) float64 {
	odds := prior
	switch s := l.shadeClass(); s {
	case "opaque":
		odds += weightOpaque
	case "transparent":
		odds += weightTransparent
	case "shaded":
		odds += weightShaded
	}
	if l.ink.open > 0.5 {
		odds += weightBackground * (l.ink.open - 0.5) * 2
	}
	if l.repeats >= 3 {
		odds += weightRepeated
	}
	switch len(l.corner) {
	case 2:
		odds += weightCorner
	case 1:
		odds += weightEdge
	}
	if l.tilted() {
		odds += weightTilted
	}
	if l.store.found {
		odds += weightStoreID
	}
	if l.label != "" {
		odds += weightLabel
	}
	if l.copyright || l.mark {
		odds += weightWords
	}
	for _, c := range l.contacts {
		switch c.Kind {
		case "phone", "url", "domain", "email":
		default:
			odds += weightMessenger
		}
		break
	}
	return round4(1 / (1 + math.Exp(-odds)))
}

// shadeClass says what the regression of letters on ground tells: opaque,
// transparent, shaded (print), or "" where the ground is too even to tell.
func (l *line) shadeClass() string {
	k := l.ink
	if !k.ok || k.vary < varies {
		return ""
	}
	switch {
	case k.shade < 0.3 && k.spread < 0.6*k.vary:
		return "opaque"
	case k.shade < 0.75 && k.contrast > 0:
		return "transparent"
	case k.shade < 0.55:
		return "transparent"
	case k.shade > 0.8:
		return "shaded"
	}
	return ""
}

func (l *line) tilted() bool {
	a := math.Abs(l.tilt)
	return a >= 8 && a <= 75
}

// shareOverlay gives all tiles of one mark the likelihood of the surest.
func shareOverlay(lines []line) {
	for i := range lines {
		if lines[i].repeats < 3 {
			continue
		}
		for j := range lines {
			if sameMark(key(lines[i].Text), key(lines[j].Text)) && similar(lines[i].height, lines[j].height) {
				lines[i].overlay = math.Max(lines[i].overlay, lines[j].overlay)
			}
		}
	}
}

// features writes down why a line is held to be an overlay.
func (l *line) features() string {
	var f []string
	if l.corner != "" {
		f = append(f, "at "+l.corner)
	}
	if s := l.shadeClass(); s != "" {
		f = append(f, fmt.Sprintf("%s (shade %.2f)", s, l.ink.shade))
	}
	if l.ink.open > 0.5 {
		f = append(f, "on flat background")
	}
	if l.repeats >= 3 {
		f = append(f, fmt.Sprintf("%d times", l.repeats))
	}
	if l.tilted() {
		f = append(f, fmt.Sprintf("tilted %.0f°", l.tilt))
	}
	return strings.Join(f, ", ")
}
