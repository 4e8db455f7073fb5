package originals_test

import (
	"fmt"
	"image"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/disintegration/imaging"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/originals/look"
	"github.com/aecheck/aecheck/pkg/testkit/products"
)

// change is something done to an original to make a listing picture of it.
type change struct {
	name string
	make func(m image.Image, r *rand.Rand) image.Image
}

// changes are done alone and in pairs. Saved again means a quality of 40 to 70, else
// it is 90.
var changes = []change{
	{"cropped", func(m image.Image, r *rand.Rand) image.Image {
		b, k := m.Bounds(), 60+r.IntN(31) // hundredths of both sides
		w, h := b.Dx()*k/100, b.Dy()*k/100
		return imaging.Crop(m, image.Rect(0, 0, w, h).Add(image.Pt(r.IntN(b.Dx()-w+1), r.IntN(b.Dy()-h+1))))
	}},
	{"resized", func(m image.Image, _ *rand.Rand) image.Image { return imaging.Fit(m, 220, 220, imaging.Linear) }},
	{"marked", func(m image.Image, r *rand.Rand) image.Image { return products.Marked(imaging.Clone(m), r) }},
	{"mirrored", func(m image.Image, _ *rand.Rand) image.Image { return imaging.FlipH(m) }},
	{"saved again", func(m image.Image, _ *rand.Rand) image.Image { return m }},
	{"turned", func(m image.Image, r *rand.Rand) image.Image {
		return []func(image.Image) *image.NRGBA{imaging.Rotate90, imaging.Rotate180, imaging.Rotate270}[r.IntN(3)](m)
	}},
}

// madeShot is a product as somebody photographs it, by a seed.
func madeShot(seed uint64, w, h int) (products.Product, products.Shot) {
	r := rand.New(rand.NewPCG(seed, 11))
	p := products.New(products.Kinds[r.IntN(len(products.Kinds))], r.Uint64())
	s := products.Studio(w, h).Vary(r, 0.6)
	s.Ground, s.Zoom = r.IntN(5), s.Zoom*(0.7+0.5*r.Float64())
	return p, s
}

// inParallel does something so many times, on all cores.
func inParallel(n int, do func(i int)) {
	var all sync.WaitGroup
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	all.Wait()
}

// TestAccuracy looks for the originals of changed copies among other photographs.
// AECHECK_ORIGINALS says how many originals, how many others, and by which seed they
// are drawn. A tenth of the others are other photographs of the same products: bodies that
// look alike from all sides are hardly told apart on those by anybody, so they count in
// a line of their own.
func TestAccuracy(t *testing.T) {
	targets, others, seed := 3, 20, uint64(1)
	if say := os.Getenv("AECHECK_ORIGINALS"); say != "" {
		if _, err := fmt.Sscanf(say, "%d,%d,%d", &targets, &others, &seed); err != nil {
			t.Fatalf("AECHECK_ORIGINALS is ORIGINALS,OTHERS,SEED: %v", err)
		}
	} else if testing.Short() {
		t.Skip("draws some twenty pictures")
	}
	photos := make([]image.Image, targets)
	looks := make([][]byte, targets+others)
	inParallel(len(looks), func(i int) {
		p, s := madeShot(seed<<32+uint64(i), 288, 216)
		switch {
		case i < targets:
			s.W, s.H = 480, 360
		case i%10 == 0: // another photograph of a product that is looked for
			r := rand.New(rand.NewPCG(seed, uint64(i)))
			p, s = madeShot(seed<<32+uint64(productOf(i, targets)), 288, 216)
			s = s.Vary(r, 0.5)
		}
		m := p.Shoot(s).Image
		if i < targets {
			photos[i] = m
		}
		if l, err := look.Of(seen(t, m)); err == nil {
			looks[i] = l.Bytes()
		}
	})
	type result struct{ n, first, five int }
	var mu sync.Mutex
	results, wrong := map[string]*result{}, []string{}
	count := func(name string, at int) {
		if results[name] == nil {
			results[name] = &result{}
		}
		r := results[name]
		r.n++
		if at == 0 {
			r.first++
		}
		if at >= 0 && at < 5 {
			r.five++
		}
	}
	inParallel(targets, func(i int) {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		for a, one := range changes {
			for _, two := range changes[a:] {
				name, m, quality := one.name, one.make(photos[i], r), 90
				if two.name != one.name {
					name, m = name+", "+two.name, two.make(m, r)
				}
				if strings.Contains(name, "saved again") {
					quality = 40 + r.IntN(31)
				}
				best := likeliest(t, looks, seenSaved(t, m, quality))
				original := func(c look.Candidate) bool { return c.Number == i }
				alone := slices.DeleteFunc(slices.Clone(best), func(c look.Candidate) bool {
					return !original(c) && c.Number >= targets && c.Number%10 == 0 && productOf(c.Number, targets) == i
				})
				at := slices.IndexFunc(alone, original)
				all := "all"
				if strings.Contains(name, "turned") {
					all = "all turned"
				}
				mu.Lock()
				count(name, at)
				count(all, at)
				count(all+", with other shots", slices.IndexFunc(best, original))
				if at != 0 {
					wrong = append(wrong, fmt.Sprintf("%s of %d: at %d of %+v", name, i, at, alone[:min(1, len(alone))]))
				}
				mu.Unlock()
			}
		}
	})
	var names []string
	for name := range results {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		r := results[name]
		t.Logf("%-28s %5d  first %6.2f %%  among five %6.2f %%", name, r.n, 100*float64(r.first)/float64(r.n), 100*float64(r.five)/float64(r.n))
	}
	slices.Sort(wrong)
	for _, w := range wrong[:min(len(wrong), 60)] {
		t.Log(w)
	}
	if all := results["all"]; float64(all.first) < 0.97*float64(all.n) {
		t.Errorf("of %d changed copies %d led to their originals", all.n, all.first)
	}
}

// productOf is which of the products that are looked for another photograph shows.
func productOf(i, targets int) int { return i / 10 % targets }

// likeliest are the likeliest originals of a picture.
func likeliest(t *testing.T, looks [][]byte, set *facts.Set) []look.Candidate {
	q, err := look.NewQuery(set)
	if err != nil {
		t.Error(err)
		return nil
	}
	for n, l := range looks {
		q.Offer(n, l)
	}
	return q.Best(40)
}

// TestOtherGround: a product that was laid on another ground leads to its original, as
// something to look at.
func TestOtherGround(t *testing.T) {
	found := 0
	const n = 4
	for seed := range uint64(n) {
		var looks [][]byte
		p, s := madeShot(seed+70, 480, 360)
		s.Ground = 2
		for i := range 12 {
			q, o := p, s
			if i > 0 {
				q, o = madeShot(seed<<32+uint64(i), 288, 216)
			}
			l, err := look.Of(seen(t, q.Shoot(o).Image))
			if err != nil {
				t.Fatal(err)
			}
			looks = append(looks, l.Bytes())
		}
		s.Ground = 0
		best := likeliest(t, looks, seenSaved(t, p.Shoot(s).Image, 90))
		if at := slices.IndexFunc(best, func(c look.Candidate) bool { return c.Number == 0 }); at >= 0 && at < 3 && best[at].Distance <= look.Maybe {
			found++
		}
	}
	if found < n-1 {
		t.Errorf("%d of %d were found", found, n)
	}
}
