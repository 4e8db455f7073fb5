package faces

import (
	"slices"
	"testing"

	pigo "github.com/esimov/pigo/core"

	"github.com/aecheck/aecheck/pkg/raster"
)

func parsed(t testing.TB) *forest {
	t.Helper()
	f, err := parseForest(cascade)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestLikeFullSearch compares with pigo, which looks at every window: the scores
// are the same, no window is made up, and none about a face is left out.
func TestLikeFullSearch(t *testing.T) {
	reference, err := pigo.NewPigo().Unpack(cascade)
	if err != nil {
		t.Fatal(err)
	}
	f := parsed(t)
	for _, c := range [][3]int{{220, 150, 160}, {100, 120, 60}, {200, 160, 250}, {50, 60, 90}, {-500, 0, 10}} {
		luma := drawn(400, 301, c[0], c[1], c[2], skinTone).Luma()
		const least, most = 25, 301
		full := func(least, most int) map[window]bool {
			all := map[window]bool{}
			for _, d := range reference.RunCascade(pigo.CascadeParams{
				MinSize: least, MaxSize: most, ShiftFactor: shift, ScaleFactor: grow,
				ImageParams: pigo.ImageParams{Pixels: luma.Pix, Rows: luma.H, Cols: luma.W, Dim: luma.W},
			}, 0) {
				all[window{row: d.Row, col: d.Col, side: d.Scale, score: d.Q}] = true
			}
			return all
		}
		want := full(least, most)
		got := f.find(luma, least, most, shift, grow)
		for _, w := range got {
			if !want[w] && (w.side >= least || !full(w.side, w.side)[w]) {
				t.Errorf("%v: a window of its own: %+v", c, w)
			}
			delete(want, w)
		}
		if c[0] > 0 && len(got) < 10 {
			t.Errorf("%v: only %d windows", c, len(got))
		}
		for w := range want {
			t.Errorf("%v: left out %+v", c, w)
		}
	}
}

// TestSmallerWindowsSupport: a face of the least size is also seen in smaller
// windows; where no window of the size asked for sees one, none are looked at.
func TestSmallerWindowsSupport(t *testing.T) {
	f := parsed(t)
	luma := drawn(200, 200, 100, 100, 60, skinTone).Luma()
	smaller := 0
	for _, w := range f.find(luma, 50, 200, shift, grow) {
		if w.side < 50 {
			smaller++
		}
	}
	if smaller == 0 {
		t.Error("no smaller windows")
	}
	if list := f.find(luma, 150, 200, shift, grow); len(list) != 0 {
		t.Errorf("found %+v", list)
	}
}

func TestScoreWithoutPreparation(t *testing.T) {
	f := parsed(t)
	luma := drawn(120, 120, 60, 60, 80, skinTone).Luma()
	l := &level{forest: f, luma: luma, side: 80}
	nodes := l.prepare(nil)
	best := float32(0)
	for row := 41; row < 79; row++ {
		a, n := l.score(nodes, row, 60)
		b, m := l.score(nil, row, 60)
		if a != b || n != m {
			t.Fatalf("row %d: %v after %d, %v after %d", row, a, n, b, m)
		}
		best = max(best, a)
	}
	if best <= 0 {
		t.Error("no window looks like a face")
	}
}

func TestGroup(t *testing.T) {
	w := func(row, col, side int, score float32) window { return window{row, col, side, score} }
	list := []window{w(50, 50, 40, 1), w(54, 50, 40, 2), w(52, 52, 44, 3), w(200, 200, 30, 4)}
	want := []face{{row: 52, col: 50, side: 41, score: 6}, {row: 200, col: 200, side: 30, score: 4}}
	if got := group(list, sameFace); !slices.Equal(got, want) {
		t.Errorf("got %+v", got)
	}
	if overlap(list[0], list[0]) != 1 || overlap(list[0], list[3]) != 0 {
		t.Error("overlap")
	}
}

// FuzzParseForest gives the reader and the search cascades that are not ours.
func FuzzParseForest(f *testing.F) {
	f.Add([]byte{})
	f.Add(cascade[:15])
	f.Add(cascade[:2000])
	f.Add(append([]byte{0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0}, make([]byte, 16)...))
	luma := raster.NewRGB(64, 48).Luma()
	f.Fuzz(func(t *testing.T, data []byte) {
		forest, err := parseForest(data)
		if err != nil {
			return
		}
		for _, w := range forest.find(luma, 20, 48, shift, grow) {
			if w.row < 0 || w.row >= luma.H || w.col < 0 || w.col >= luma.W {
				t.Fatalf("window %+v", w)
			}
		}
	})
}
