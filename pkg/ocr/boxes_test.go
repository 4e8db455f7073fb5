package ocr

import (
	"math"
	"testing"
)

func TestMinAreaRect(t *testing.T) {
	tilted := func(w, h, degrees float64) []point {
		sin, cos := math.Sincos(degrees * math.Pi / 180)
		var out []point
		for _, p := range []point{{0, 0}, {w, 0}, {w, h}, {0, h}, {w / 2, h / 2}} {
			out = append(out, point{100 + p[0]*cos - p[1]*sin, 50 + p[0]*sin + p[1]*cos})
		}
		return out
	}
	for _, c := range []struct {
		name string
		in   []point
		a, b float64 // sides, longer first
	}{
		{"none", nil, 0, 0},
		{"one point", []point{{3, 4}}, 0, 0},
		{"twice the same", []point{{3, 4}, {3, 4}, {3, 4}}, 0, 0},
		{"on a line", []point{{0, 0}, {1, 1}, {2, 2}, {5, 5}}, 0, 0},
		{"level", tilted(40, 10, 0), 40, 10},
		{"tilted", tilted(40, 10, 33), 40, 10},
		{"upright", tilted(40, 10, 90), 40, 10},
		{"triangle", []point{{0, 0}, {4, 0}, {0, 3}}, 4, 3},
	} {
		q, a, b := minAreaRect(c.in)
		if math.Abs(max(a, b)-c.a) > 1e-9 || math.Abs(min(a, b)-c.b) > 1e-9 {
			t.Errorf("%s: sides %v and %v, want %v and %v", c.name, a, b, c.a, c.b)
		}
		if c.a > 0 && math.Abs(distance(q[0], q[1])-a)+math.Abs(distance(q[0], q[3])-b) > 1e-9 {
			t.Errorf("%s: corners %v do not have the sides %v and %v", c.name, q, a, b)
		}
	}
}

// drawn returns a probability map from rows of digits, tenths; "." is 0.
func drawn(rows ...string) (prob []float32, w, h int) {
	for _, r := range rows {
		for _, c := range r {
			v := float32(0)
			if c != '.' {
				v = float32(c-'0') / 10
			}
			prob = append(prob, v)
		}
	}
	return prob, len(rows[0]), len(rows)
}

func TestComponents(t *testing.T) {
	for _, c := range []struct {
		name string
		rows []string
		want []int // pixels of each group
	}{
		{"empty", []string{"....", "...."}, nil},
		{"threshold itself is out", []string{"3..4"}, []int{1}},
		{"corners touch", []string{"9...", ".9..", "..9."}, []int{3}},
		{"apart", []string{"9..9", "9..9"}, []int{2, 2}},
		{"joined below", []string{"9.9", "9.9", "999"}, []int{7}},
		{"joined late from the right", []string{"..9", "9.9", ".9."}, []int{4}},
		{"empty row between", []string{"99", "..", "99"}, []int{2, 2}},
	} {
		prob, w, h := drawn(c.rows...)
		var got []int
		for _, g := range components(prob, w, h) {
			n := 0
			for _, s := range g {
				n += s.x1 - s.x0 + 1
			}
			got = append(got, n)
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: groups of %v pixels, want %v", c.name, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: groups of %v pixels, want %v", c.name, got, c.want)
			}
		}
	}
}

// field returns a w×h map with the value v in a rectangle.
func field(w, h, x, y, rw, rh int, v float32) []float32 {
	prob := make([]float32, w*h)
	for j := y; j < y+rh; j++ {
		for i := x; i < x+rw; i++ {
			prob[j*w+i] = v
		}
	}
	return prob
}

func TestFindBoxes(t *testing.T) {
	for _, c := range []struct {
		name string
		prob []float32
		want int
	}{
		{"nothing", make([]float32, 100*60), 0},
		{"line", field(100, 60, 20, 20, 40, 8, 0.9), 1},
		{"too weak", field(100, 60, 20, 20, 40, 8, 0.45), 0},
		{"too thin", field(100, 60, 20, 20, 40, 3, 0.9), 0},
		{"whole map", field(100, 60, 0, 0, 100, 60, 0.9), 1},
		{"not a number", field(100, 60, 20, 20, 40, 8, float32(math.NaN())), 0},
	} {
		got := findBoxes(c.prob, 100, 60, false)
		if len(got) != c.want {
			t.Errorf("%s: %d boxes, want %d", c.name, len(got), c.want)
		}
		for _, b := range got {
			for _, p := range b.quad {
				if p[0] < 0 || p[1] < 0 || p[0] > 100 || p[1] > 60 {
					t.Errorf("%s: corner %v outside", c.name, p)
				}
			}
		}
	}
	// Sides 39 and 7 grow by 39·7·1.6/(2·46) on each side.
	b := findBoxes(field(100, 60, 20, 20, 40, 8, 0.9), 100, 60, false)[0]
	d := 39 * 7 * unclipRatio / (2 * 46.0)
	want := quad{{20 - d, 20 - d}, {59 + d, 20 - d}, {59 + d, 27 + d}, {20 - d, 27 + d}}
	for i := range want {
		if distance(b.quad[i], want[i]) > 1e-6 {
			t.Errorf("corner %d at %v, want %v", i, b.quad[i], want[i])
		}
	}
	if math.Abs(b.score-0.9) > 1e-6 {
		t.Errorf("score %v, want 0.9", b.score)
	}
}

func TestQuad(t *testing.T) {
	level := quad{{10, 10}, {50, 10}, {50, 20}, {10, 20}}
	if got := (quad{{50, 20}, {10, 20}, {10, 10}, {50, 10}}).ordered(); got != level {
		t.Errorf("ordered: %v", got)
	}
	if got := level.widen(1, 0.5); got != (quad{{0, 5}, {60, 5}, {60, 25}, {0, 25}}) {
		t.Errorf("widened: %v", got)
	}
	if got := level.bounds(40, 15); got != [4]int{10, 10, 30, 5} {
		t.Errorf("bounds: %v", got)
	}
	if got := level.directions(); len(got) != 1 || got[0] != level {
		t.Errorf("directions of a level box: %v", got)
	}
	tall := quad{{10, 10}, {20, 10}, {20, 50}, {10, 50}}
	got := tall.directions()
	if len(got) != 2 || got[0] != (quad{{20, 10}, {20, 50}, {10, 50}, {10, 10}}) || got[1] != (quad{{10, 50}, {10, 10}, {20, 10}, {20, 50}}) {
		t.Errorf("directions of a tall box: %v", got)
	}
	if l := newLine(nil, got[0], 100, 100); l.Angle != 90 {
		t.Errorf("downwards: angle %v", l.Angle)
	}
	if l := newLine(nil, got[1], 100, 100); l.Angle != -90 {
		t.Errorf("upwards: angle %v", l.Angle)
	}
}

func TestSortLines(t *testing.T) {
	at := func(name string, x, y float64) Line { return Line{Text: name, Quad: quad{{x, y}}} }
	lines := []Line{at("c", 10, 100), at("b", 200, 4), at("a", 5, 9), at("d", 200, 108)}
	sortLines(lines)
	got := ""
	for _, l := range lines {
		got += l.Text
	}
	if got != "abcd" {
		t.Errorf("order %s, want abcd", got)
	}
}
