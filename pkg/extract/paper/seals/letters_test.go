package seals

import (
	"math"
	"os"
	"testing"

	"github.com/aecheck/aecheck/pkg/testkit/papers"
)

// figures over some made letters.
type figures struct {
	seals, found, shaped int // red seals, those found, those of the right shape too
	bare, wrong          int // letters without a seal, those on which one was found
	extra                int // red seals found where none is on sealed letters
}

// measure looks for the seals of made letters and logs what goes wrong on the
// half that may be looked at.
func measure(t *testing.T, letters []papers.Letter) map[bool]*figures {
	out := map[bool]*figures{false: {}, true: {}}
	for _, l := range letters {
		m, err := l.Draw()
		if err != nil {
			t.Fatal(err)
		}
		if dir := os.Getenv("AECHECK_MADE_OUT"); dir != "" {
			if err := l.Save(dir, m); err != nil {
				t.Fatal(err)
			}
		}
		f := out[l.Held]
		red := 0
		all := find(m)
		for _, s := range all {
			if s.Color == "red" {
				red++
			}
		}
		hits := 0
		for _, want := range l.Seals {
			f.seals++
			hit := false
			for _, s := range all {
				if s.Color == want.Color && covers(s.Box, want) {
					hit = true
					hits++
					if s.Shape == want.Shape {
						f.shaped++
					}
					break
				}
			}
			if hit {
				f.found++
			} else if !l.Held {
				t.Logf("%s: not found; want %+v, have %+v", l.Name, want, all)
			}
		}
		if len(l.Seals) == 0 {
			f.bare++
			if red > 0 {
				f.wrong++
			}
		}
		if red > hits {
			f.extra += red - hits
			if !l.Held {
				t.Logf("%s: %d red seals too many: %+v", l.Name, red-hits, all)
			}
		}
	}
	return out
}

// covers reports a box about where and as large as a mark.
func covers(b [4]int, want papers.Mark) bool {
	x, y := float64(b[0])+float64(b[2])/2, float64(b[1])+float64(b[3])/2
	w, h := float64(b[2])/want.W, float64(b[3])/want.H
	return math.Abs(x-want.X) < want.W/4 && math.Abs(y-want.Y) < want.H/4 && w > 0.6 && w < 1.6 && h > 0.6 && h < 1.6
}

func report(t *testing.T, by map[bool]*figures) {
	for _, held := range [...]bool{false, true} {
		f := by[held]
		if 10*f.found < 9*f.seals-9 { // one may be missed in a small sample
			t.Errorf("held %v: %d of %d seals found", held, f.found, f.seals)
		}
		if 20*f.wrong > f.bare || f.extra > 0 {
			t.Errorf("held %v: a seal on %d of %d letters without, %d too many", held, f.wrong, f.bare, f.extra)
		}
		t.Logf("held %-5v red seals %d/%d (right shape %d), letters without: %d wrong of %d, seals too many %d", held, f.found, f.seals, f.shaped, f.wrong, f.bare, f.extra)
	}
}

// TestMadeLetters measures a sample of the made letters.
func TestMadeLetters(t *testing.T) {
	var some []papers.Letter
	for i, l := range papers.Letters() {
		if i%12 == 0 || l.Mark == "over signature" && l.Taken == "photo" {
			some = append(some, l)
		}
	}
	report(t, measure(t, some))
}

// TestAccuracyMadeLetters measures all of them.
func TestAccuracyMadeLetters(t *testing.T) {
	if os.Getenv(papers.FullEnv) == "" {
		t.Skipf("%s is not set", papers.FullEnv)
	}
	report(t, measure(t, papers.Letters()))
}
