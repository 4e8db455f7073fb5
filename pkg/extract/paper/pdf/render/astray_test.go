package render

import (
	"math"
	"testing"

	"github.com/klippa-app/go-pdfium/responses"
)

// TestAstray: what a form's matrix was forgotten for is put back, at the start, in the
// middle and at the end of rows; nothing else moves.
func TestAstray(t *testing.T) {
	const em, scale = 10.0, 0.24
	into := func(p place) place { // the place within a form that is laid out downward
		f := func(v, t float64) float64 { return (v - t) / scale }
		return place{Left: f(p.Left, 30), Right: f(p.Right, 30), Bottom: (800 - p.Top) / scale, Top: (800 - p.Bottom) / scale}
	}
	for name, rows := range map[string][]string{
		"some":     {"期限2026年#月#日至2027年#月#日", "#用的工具", "授权方#", "全球"},
		"in a row": {"《##智能#成》办法", "第#条#方为人"},
		"none":     {"期限2026年3月1日", "全球"},
	} {
		var rects []*responses.GetPageTextStructuredRect
		var want []place
		for y, row := range rows {
			x := 50.0
			for _, r := range row {
				p := place{Left: x, Right: x + em, Bottom: 700 - 20*float64(y), Top: 700 + em - 20*float64(y)}
				x += em
				is := p
				if r == '#' {
					is = into(p)
				}
				rects, want = append(rects, &responses.GetPageTextStructuredRect{Text: string(r), PointPosition: is}), append(want, p)
			}
		}
		for i, p := range astray(rects) {
			if math.Abs(p.Left-want[i].Left) > em/4 || math.Abs(p.Bottom-want[i].Bottom) > em/4 {
				t.Errorf("%s: %d, %q, is at %v, want %v", name, i, rects[i].Text, p, want[i])
			}
		}
	}
}
