package text

import (
	"context"
	"math"
	"strings"

	"github.com/aecheck/aecheck/pkg/extract/picture/text/words"
	"github.com/aecheck/aecheck/pkg/raster"
)

// copyrightSigns are the ways to write the sign.
const copyrightSigns = "©Ⓒⓒ"

// readCarefully reads once more, with a recogniser that knows more characters, the few
// lines for which that decides: those that begin with a year and go on with a name, as
// the recogniser of marks has no © and drops it or reads a letter like it; and a store's
// ID of which a digit was doubtful, where both then read the same.
func (e *Extractor) readCarefully(ctx context.Context, m *raster.RGB, lines []line) error {
	for i := range lines {
		l := &lines[i]
		id := e.storeID(l.Line)
		signless := words.YearFirst(l.Text) && !strings.ContainsAny(l.Text, copyrightSigns)
		quad := l.Quad
		switch {
		case signless:
			quad = leftOf(quad)
		case id.Found && id.Doubtful && !id.Cut:
		default:
			continue
		}
		cut := cutOut(m, quad)
		if cut == nil {
			continue
		}
		again, err := e.reader.RecognizeCarefully(ctx, cut)
		if err != nil {
			return err
		}
		better := signless && strings.ContainsAny(again.Text, copyrightSigns) && words.YearFirst(again.Text)
		if !signless {
			other := e.storeID(again)
			better = other.Found && !other.Doubtful && !other.Cut && other.Digits == lookalikes().Replace(id.Digits)
		}
		if better {
			l.Text, l.Confidence, l.Chars = again.Text, again.Confidence, again.Chars
		}
	}
	return nil
}

// lookalikes makes digits of the letters that are read for them.
func lookalikes() *strings.Replacer {
	return strings.NewReplacer("o", "0", "O", "0", "i", "1", "I", "1", "l", "1", "|", "1", "S", "5", "B", "8", "Z", "2")
}

// leftOf is a quad (tl tr br bl) that reaches as far as it is high further to the left,
// where a sign may stand that the detector left out.
func leftOf(q [4][2]float64) [4][2]float64 {
	ux, uy := q[1][0]-q[0][0], q[1][1]-q[0][1]
	vx, vy := q[3][0]-q[0][0], q[3][1]-q[0][1]
	w, h := math.Hypot(ux, uy), math.Hypot(vx, vy)
	if w == 0 {
		return q
	}
	for _, at := range [...]int{0, 3} {
		q[at][0] -= ux * h / w
		q[at][1] -= uy * h / w
	}
	return q
}
