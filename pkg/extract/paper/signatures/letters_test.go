package signatures

import (
	"math"
	"os"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract/paper/ink"
	"github.com/aecheck/aecheck/pkg/extract/paper/seals"
	"github.com/aecheck/aecheck/pkg/testkit/papers"
)

// figures over some made letters.
type figures struct {
	signed, found   int // signed letters, those whose signature was found
	unsigned, wrong int // letters without, those on which one was found
}

// measure looks for the signatures of made letters and logs what goes wrong on
// the half that may be looked at. Seals are looked for first, as on a page.
func measure(t *testing.T, letters []papers.Letter) map[bool]*figures {
	out := map[bool]*figures{false: {}, true: {}}
	for _, l := range letters {
		m, err := l.Draw()
		if err != nil {
			t.Fatal(err)
		}
		f := out[l.Held]
		var boxes []Seal
		for _, s := range seals.Find(ink.New(m, seals.Detail), m.W, m.H) {
			boxes = append(boxes, Seal{s.Box, s.Color})
		}
		all := find(m, nil, boxes)
		if !l.Signed {
			f.unsigned++
			if len(all) > 0 {
				f.wrong++
				if !l.Held {
					t.Logf("%s: %+v", l.Name, all)
				}
			}
			continue
		}
		f.signed++
		hit := false
		for _, s := range all {
			x, y := float64(s.Box[0])+float64(s.Box[2])/2, float64(s.Box[1])+float64(s.Box[3])/2
			hit = hit || math.Abs(x-l.Sign.X) < l.Sign.W/2 && math.Abs(y-l.Sign.Y) < l.Sign.H/2
		}
		if hit {
			f.found++
		} else if !l.Held {
			t.Logf("%s: not found; want %+v, have %+v", l.Name, l.Sign, all)
		}
	}
	return out
}

func report(t *testing.T, by map[bool]*figures) {
	for _, held := range [...]bool{false, true} {
		f := by[held]
		if 10*f.found < 9*f.signed {
			t.Errorf("held %v: %d of %d signatures found", held, f.found, f.signed)
		}
		if 10*f.wrong > f.unsigned {
			t.Errorf("held %v: a signature on %d of %d letters without", held, f.wrong, f.unsigned)
		}
		t.Logf("held %-5v signatures %d/%d, unsigned letters: %d wrong of %d", held, f.found, f.signed, f.wrong, f.unsigned)
	}
}

// TestMadeLetters measures a sample of the made letters.
func TestMadeLetters(t *testing.T) {
	var some []papers.Letter
	for i, l := range papers.Letters() {
		if i%12 == 5 || l.Mark == "signed only" && l.Taken == "photo" {
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
