package text

import (
	"fmt"
	"math"
	"strings"

	"github.com/aecheck/aecheck/pkg/extract/picture/text/words"
)

// likelihood is the likelihood that a line lies over the picture.
func likelihood(l *line) float64 {
	odds := prior
	switch l.ink.Shade() {
	case "opaque":
		odds += weightOpaque
	case "transparent":
		if l.ink.Fit >= 0.5 || l.ink.Model.Overlaid() {
			odds += weightTransparent
		} else {
			odds += weightVeiled
		}
	case "shaded":
		odds += weightShaded
	}
	background := weightBackground * math.Max(0, math.Min(1, (l.ink.Open-0.05)/0.4))
	if l.ink.Cross {
		background = weightBackground
	}
	if l.askew() {
		odds += weightAskew
		background *= askewBackground
	}
	odds += background
	if l.band {
		odds += weightBand
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
	switch letters := l.han*2 + l.latin; {
	case l.company && l.repeats < 3:
	case l.tilted() && letters >= 6 && l.heightRatio >= largeRatio:
		odds += weightSlanted
	case l.tilted() && letters >= 4:
		odds += weightTilted
	}
	switch {
	case l.Store.Cut:
		odds += weightWords
	case l.Store.Found:
		odds += weightStoreID
	}
	if l.Label != "" {
		odds += weightLabel
	}
	if l.stock {
		odds += weightStock
	}
	if l.Copyright || l.Mark {
		odds += weightWords
	}
	if len(l.Contacts) > 0 && !onPacks(l.Contacts[0].Kind) {
		odds += weightMessenger
	}
	if l.heightRatio < tinyRatio && l.corner == "" && l.repeats < 3 {
		odds += weightTiny
	}
	soft := 0.0
	if odds > prior && l.level() && l.stretched() && l.heightRatio > straightRatio {
		soft += weightStraight
	}
	if l.ink.OK && l.ink.Vary > 6 && l.ink.Print < -0.3 {
		soft += weightUnshaded
	}
	odds = math.Max(odds, math.Min(odds+soft, mostSoft))
	if (l.level() && l.wording() || l.slanted() && !l.company && (l.Copyright || l.Mark) || l.Forbidding) && l.ink.Shade() != "shaded" {
		odds = math.Max(odds, math.Min(odds+weightLevel, mostLevel))
	}
	return round4(1 / (1 + math.Exp(-odds)))
}

// level reports a line as level as the picture: the camera seldom sees print so.
func (l *line) level() bool { return math.Abs(l.tilt) <= 1.2 }

// askew reports a line that runs a little off the level, by more than its direction
// may be measured wrong: by an eighth of its height from end to end.
func (l *line) askew() bool {
	const wrong = 0.125
	q := l.Quad
	w, h := math.Hypot(q[1][0]-q[0][0], q[1][1]-q[0][1]), math.Hypot(q[3][0]-q[0][0], q[3][1]-q[0][1])
	a := math.Abs(l.tilt)
	return a > math.Max(1.3, math.Atan2(wrong*h, w)*180/math.Pi) && a < leastSlant && l.stretched()
}

// stretched reports a line long enough for its direction to be known.
func (l *line) stretched() bool {
	q := l.Quad
	return math.Hypot(q[1][0]-q[0][0], q[1][1]-q[0][1]) >= 3*math.Hypot(q[3][0]-q[0][0], q[3][1]-q[0][1])
}

// wording reports a line whose words are those of a mark: a copyright line, a
// Chinese wording, a year and a name, the address of a site, the name of a platform, the
// settings of a camera.
func (l *line) wording() bool {
	return l.Copyright || l.Mark || words.YearFirst(l.Text) || l.NamesSite() || l.platform || l.camera
}

// slanted reports a line too far off the level for an accident of the camera, whose
// slant does not yet say that a designer chose it.
func (l *line) slanted() bool {
	a := math.Abs(l.tilt)
	return a >= leastSlant && a <= mostSlant
}

// tilted reports a slant that designers choose; letters on products that stand
// upright or lie on their side are turned further.
func (l *line) tilted() bool {
	a := math.Abs(l.tilt)
	return a >= 17 && a <= mostSlant
}

// shareOverlay gives all tiles of one mark the likelihood of the surest.
func shareOverlay(lines []line) {
	for i := range lines {
		if lines[i].repeats < 3 {
			continue
		}
		for j := range lines {
			if (lines[i].tile > 0 && lines[i].tile == lines[j].tile || words.SameMark(words.Key(lines[i].Text), words.Key(lines[j].Text))) && similar(lines[i].height, lines[j].height) {
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
	if s := l.ink.Shade(); s != "" {
		f = append(f, fmt.Sprintf("%s (slope %.2f, fit %.2f)", s, l.ink.Slope, l.ink.Fit))
	}
	if k := l.ink.Model; l.ink.OK && k.Overlaid() {
		f = append(f, fmt.Sprintf("as if %.0f %% of a neutral colour lay over it", 100*(1-k.Slope)))
	}
	if l.ink.Open > 0.2 {
		f = append(f, "on flat background")
	}
	if l.band {
		f = append(f, "in a band across the picture")
	}
	if l.repeats >= 3 {
		f = append(f, fmt.Sprintf("%d times", l.repeats))
	}
	if l.tilted() {
		f = append(f, fmt.Sprintf("tilted %.0f°", l.tilt))
	}
	return strings.Join(f, ", ")
}
