package originals_test

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/disintegration/imaging"

	"github.com/aecheck/aecheck/pkg/compare/pairs"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/originals"
	"github.com/aecheck/aecheck/pkg/originals/ledger"
	"github.com/aecheck/aecheck/pkg/originals/look"
)

// many is how many photos a large archive holds.
const many = 100_000

// invented writes an index of photos that nobody took: what they look like is chance,
// its sizes are those of real ones.
func invented(t testing.TB, index string, n int) {
	t.Helper()
	w, err := ledger.Open(index, ledger.Handler{})
	if err != nil {
		t.Fatal(err)
	}
	root, err := w.Root(ledger.Root{Path: "/media/seller/PHOTOS", Volume: "4f1c9a72-51d1-4a0e-9d6a-0d1b1f0f7c11", Label: "PHOTOS", Below: "."})
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	day := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	thumbs := make([]look.Thumb, 32)
	for i := range thumbs {
		thumbs[i] = thumbOf(t, r)
	}
	for i := range n {
		l := look.Look{Width: 6000, Height: 4000, Thumb: thumbs[r.IntN(len(thumbs))], Sketch: make(pairs.Sketch, pairs.SketchSize)}
		for j := range l.PDQ {
			l.PDQ[j] = r.Uint64()
		}
		for j := range l.Numbers {
			l.Numbers[j] = int8(min(127, max(-127, r.NormFloat64()*26)))
		}
		for j := range l.Sketch {
			l.Sketch[j] = byte(r.Uint32())
		}
		sum := sha256.Sum256(binary.LittleEndian.AppendUint64(nil, uint64(i)))
		at := day.Add(time.Duration(i) * time.Minute)
		if _, err := w.Entry(sum, l.Bytes(), ledger.Facts{
			Format: "jpeg", Bytes: 7_654_321, Width: 6000, Height: 4000, Exif: true, Taken: "2026-03-01 09:00:00 +08:00",
			Make: "Canon", Model: "Canon EOS R6m2", Serial: "043021000512", Software: "Firmware 1.4.0", Added: day.Unix(),
		}, ledger.Place{Root: root, Path: fmt.Sprintf("%s/新品拍摄/IMG_%05d.JPG", at.Format("2006-01-02"), i), Size: 7_654_321, Changed: at.UnixNano(), Seen: day.Unix()}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// thumbOf is the thumbnail of a few patches, which takes as much as one of a photo: of
// 239 real ones they take 229 bytes on the average.
func thumbOf(t testing.TB, r *rand.Rand) look.Thumb {
	t.Helper()
	l, err := look.Of(seen(t, patches(r, 480, 320, 90)))
	if err != nil {
		t.Fatal(err)
	}
	return l.Thumb
}

// patches is a picture of squares in any colour.
func patches(r *rand.Rand, w, h, cell int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := 0; y < h; y += cell {
		for x := 0; x < w; x += cell {
			c := color.NRGBA{uint8(r.Uint32()), uint8(r.Uint32()), uint8(r.Uint32()), 255}
			for v := y; v < min(h, y+cell); v++ {
				for u := x; u < min(w, x+cell); u++ {
					m.SetNRGBA(u, v, c)
				}
			}
		}
	}
	return m
}

// seen are the facts a picture is looked for by.
func seen(t testing.TB, m image.Image) *facts.Set { return seenSaved(t, m, 92) }

// seenSaved are those of a picture that was saved with a quality.
func seenSaved(t testing.TB, m image.Image, quality int) *facts.Set {
	t.Helper()
	set, err := runner(t).Run(context.Background(), source(encoded(t, m, quality)), request)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// TestManySize: a hundred thousand photos take at most 100 MB.
func TestManySize(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 10 MB")
	}
	const n = many / 10
	index := filepath.Join(t.TempDir(), "index")
	invented(t, index, n)
	info, err := os.Stat(index)
	if err != nil {
		t.Fatal(err)
	}
	if each := info.Size() / n; each > 1000 {
		t.Errorf("%d bytes a photo, at most 1000 are wanted", each)
	} else {
		t.Logf("%d bytes a photo", each)
	}
}

// BenchmarkFind looks for one picture among a hundred thousand: one whose original is
// there, and one whose is not, which is turned every way.
func BenchmarkFind(b *testing.B) {
	index := filepath.Join(b.TempDir(), "index")
	invented(b, index, many)
	m := patches(rand.New(rand.NewPCG(3, 4)), 600, 800, 40)
	there := filepath.Join(b.TempDir(), "there")
	data, err := os.ReadFile(index)
	if err == nil {
		err = os.WriteFile(there, data, 0o600)
	}
	if err != nil {
		b.Fatal(err)
	}
	dir := filepath.Join(b.TempDir(), "photos")
	save(b, filepath.Join(dir, "m.jpg"), m, 95)
	add(b, there, dir)
	set := seen(b, imaging.Fit(m, 400, 400, imaging.Linear))
	for name, index := range map[string]string{"there": there, "not there": index} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				p, err := originals.NewPicture(set)
				if err != nil {
					b.Fatal(err)
				}
				hits, err := originals.Find(context.Background(), index, []*originals.Picture{p}, 3)
				if err != nil || len(hits[0]) > 0 != (name == "there") {
					b.Fatal(hits, err)
				}
			}
		})
	}
}
