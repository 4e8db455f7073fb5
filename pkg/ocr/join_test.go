package ocr

import (
	"math"
	"testing"
)

// slantedBox is a box of a line at an angle (degrees, clockwise) whose middle left
// is at x, y.
func slantedBox(x, y, length, height, degrees float64) box {
	s, c := math.Sincos(degrees * math.Pi / 180)
	at := func(a, b float64) point { return point{x + a*c - b*s, y + a*s + b*c} }
	return box{quad{at(0, -height/2), at(length, -height/2), at(length, height/2), at(0, height/2)}, 0.8}
}

func TestJoined(t *testing.T) {
	s, c := math.Sincos(30 * math.Pi / 180)
	tests := []struct {
		name  string
		boxes []box
		want  int // of joined lines
		// the length and height of the first, where one is wanted
		length, height float64
	}{
		{"one", []box{slantedBox(0, 50, 200, 20, 0)}, 0, 0, 0},
		{"in a row", []box{slantedBox(0, 50, 100, 20, 0), slantedBox(130, 51, 80, 22, 0)}, 1, 210, 21},
		{"three in a row, given in another order", []box{slantedBox(250, 50, 60, 20, 0), slantedBox(0, 50, 100, 20, 0), slantedBox(130, 50, 90, 20, 0)}, 1, 310, 20},
		{"too far apart", []box{slantedBox(0, 50, 100, 20, 0), slantedBox(160, 50, 80, 20, 0)}, 0, 0, 0},
		{"one below the other", []box{slantedBox(0, 50, 100, 20, 0), slantedBox(0, 80, 100, 20, 0)}, 0, 0, 0},
		{"next row", []box{slantedBox(0, 50, 100, 20, 0), slantedBox(110, 72, 100, 20, 0)}, 0, 0, 0},
		{"of other heights", []box{slantedBox(0, 50, 100, 20, 0), slantedBox(120, 50, 100, 60, 0)}, 0, 0, 0},
		{"in other directions", []box{slantedBox(0, 50, 100, 20, 0), slantedBox(120, 50, 100, 20, 25)}, 0, 0, 0},
		{"on a slant", []box{slantedBox(0, 0, 100, 20, 30), slantedBox(130*c, 130*s, 80, 20, 30)}, 1, 210, 20},
		{"the same twice", []box{slantedBox(0, 50, 100, 20, 0), slantedBox(1, 50, 101, 20, 0)}, 0, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := joined(tt.boxes)
			if len(got) != tt.want {
				t.Fatalf("%d joined lines, want %d: %v", len(got), tt.want, got)
			}
			if tt.want == 0 {
				return
			}
			q := got[0].quad
			if l, h := distance(q[0], q[1]), distance(q[0], q[3]); math.Abs(l-tt.length) > 2 || math.Abs(h-tt.height) > 2 {
				t.Errorf("%.0f by %.0f, want %.0f by %.0f", l, h, tt.length, tt.height)
			}
		})
	}
}

func TestJoinedIsBounded(t *testing.T) {
	var boxes []box
	for y := range 30 {
		for x := range 10 {
			boxes = append(boxes, slantedBox(float64(60*x), float64(40*y), 40, 20, 0))
		}
	}
	if got := joined(boxes); len(got) == 0 || len(got) > mostJoined {
		t.Errorf("%d joined lines, want 1 to %d", len(got), mostJoined)
	}
}
