package look

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/aecheck/aecheck/pkg/compare/lumacopy"
	"github.com/aecheck/aecheck/pkg/compare/pairs"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/raster"
)

// sample is a look of a picture of patches.
func sample(t testing.TB, seed uint64) *Look {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 1))
	m := image.NewNRGBA(image.Rect(0, 0, 400, 300))
	for y := range 300 {
		for x := range 400 {
			m.SetNRGBA(x, y, color.NRGBA{240, 240, 240, 255})
		}
	}
	for range 60 {
		x, y, c := r.IntN(380), r.IntN(280), color.NRGBA{uint8(r.Uint32()), uint8(r.Uint32()), uint8(r.Uint32()), 255}
		for v := y; v < min(300, y+50); v++ {
			for u := x; u < min(400, x+50); u++ {
				m.SetNRGBA(u, v, c)
			}
		}
	}
	match, err := lumacopy.Of(&raster.Picture{RGB: raster.FromImage(m), FullW: 4000, FullH: 3000})
	if err != nil {
		t.Fatal(err)
	}
	p, err := lumacopy.Picture(match)
	if err != nil {
		t.Fatal(err)
	}
	colours, err := lumacopy.Colours(match)
	if err != nil {
		t.Fatal(err)
	}
	f := pairs.Compute(p, colours)
	hashes, _ := f.PDQ()
	l := &Look{Width: 4000, Height: 3000, PDQ: hashes[0], Sketch: f.Sketch()}
	for i := range l.Numbers {
		l.Numbers[i] = int8(r.IntN(256) - 128)
	}
	if l.Thumb, err = newThumb(match); err != nil {
		t.Fatal(err)
	}
	return l
}

func TestBytes(t *testing.T) {
	l := sample(t, 1)
	if l.Sketch.Corners() < 10 {
		t.Errorf("%d corners", l.Sketch.Corners())
	}
	b := l.Bytes()
	if len(b) > 1000 {
		t.Errorf("%d bytes", len(b))
	}
	got, err := Parse(b)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(l, got, cmpopts.IgnoreUnexported(Look{})); d != "" {
		t.Error(d)
	}
	img, err := jpeg.Decode(bytes.NewReader(got.Thumb.JPEG()))
	if err != nil || img.Bounds().Dx() != thumbSide || img.Bounds().Dy() != thumbSide*3/4 {
		t.Error(img.Bounds(), err)
	}
	if (Thumb{}).JPEG() != nil || (Thumb{Width: 9, Height: 9}).JPEG() != nil {
		t.Error("a thumbnail of nothing")
	}
	for n := range b[:len(b)-len(l.Thumb.Data)] {
		if _, err := Parse(b[:n]); err == nil {
			t.Fatalf("%d bytes are a look", n)
		}
	}
}

// TestOfNothing: what was not decoded has no look.
func TestOfNothing(t *testing.T) {
	if _, err := Of(&facts.Set{}); err != ErrNoLook { //nolint:errorlint // itself is meant
		t.Error(err)
	}
	if _, err := NewQuery(&facts.Set{}); err != ErrNoLook { //nolint:errorlint // itself is meant
		t.Error(err)
	}
}

func TestTop(t *testing.T) {
	best := top{most: 3}
	for i, score := range []float32{0.5, 0.1, 0.9, 0.4, 0.05, 0.9} {
		kept := best.offer(i, score, []byte{byte(i)})
		if want := i != 4; kept != want {
			t.Errorf("%d kept: %t", i, kept)
		}
	}
	got := map[int]byte{}
	for _, s := range best.list {
		got[s.number] = s.look[0]
	}
	if d := cmp.Diff(map[int]byte{0: 0, 2: 2, 5: 5}, got); d != "" {
		t.Error(d)
	}
}

func TestConfidence(t *testing.T) {
	before := 1.1
	for d := 0.0; d <= 1.2; d += 0.01 {
		c := Confidence(d)
		if c < 0 || c > 1 || c > before {
			t.Fatalf("%.2f at %.2f after %.2f", c, d, before)
		}
		before = c
	}
}

// FuzzParse: what is no look ends in an error, and what is one can be looked for.
func FuzzParse(f *testing.F) {
	l := sample(f, 2)
	f.Add(l.Bytes())
	f.Add(make([]byte, 300))
	own := sample(f, 3)
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := Parse(b)
		if err != nil {
			return
		}
		if again := got.Bytes(); !bytes.Equal(again, b) {
			t.Error("it is written otherwise than it was read")
		}
		q := Query{numbers: top{most: 2}, hash: top{most: 2}, quality: 100, views: [][Numbers]int8{own.Numbers}, features: &pairs.Features{}}
		q.Offer(0, b)
		got.luma()
	})
}
