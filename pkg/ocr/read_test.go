package ocr

import (
	"context"
	"errors"
	"path/filepath"
	"reflect"
	"sync"
	"testing"

	"github.com/aecheck/aecheck/pkg/raster"
)

func newReader(t testing.TB) *Reader {
	t.Helper()
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestSet reads the pictures of testdata/set, which testdata/make drew.
func TestSet(t *testing.T) {
	scores, misses := scoreSet(t, newReader(t), filepath.Join("testdata", "set"), Options{})
	sum := report(t, "testdata", scores, misses)
	if sum.hits != sum.targets || sum.falseLines > 0 {
		t.Errorf("%d of %d targets read, %d false lines", sum.hits, sum.targets, sum.falseLines)
	}
}

// TestThreads: the lines do not depend on the number of threads, nor on other
// readings at the same time.
func TestThreads(t *testing.T) {
	r := newReader(t)
	img := loadPicture(t, filepath.Join("testdata", "set", "contact-zh.jpg"))
	want, err := r.Read(context.Background(), img, Options{Threads: 1})
	if err != nil || len(want) == 0 {
		t.Fatalf("%v, %v", want, err)
	}
	var wg sync.WaitGroup
	for _, threads := range []int{1, 2, 4} {
		wg.Go(func() {
			got, err := r.Read(context.Background(), img, Options{Threads: threads})
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%d threads: %v, %v", threads, got, err)
			}
		})
	}
	wg.Wait()
}

func TestGeometry(t *testing.T) {
	r := newReader(t)
	img := loadPicture(t, filepath.Join("testdata", "set", "watermark-tilted.jpg"))
	lines, err := r.Read(context.Background(), img, Options{})
	if err != nil || len(lines) != 1 {
		t.Fatalf("%v, %v", lines, err)
	}
	l := lines[0]
	if l.Angle < -30 || l.Angle > -20 {
		t.Errorf("angle %v, want -25", l.Angle)
	}
	middle := point{float64(l.Box[0]) + float64(l.Box[2])/2, float64(l.Box[1]) + float64(l.Box[3])/2}
	if distance(middle, point{320, 320}) > 20 {
		t.Errorf("box %v, want its middle near 320, 320", l.Box)
	}
	if len([]rune(l.Text)) != len(l.Chars) {
		t.Errorf("%d characters for %q", len(l.Chars), l.Text)
	}
	up, err := r.Read(context.Background(), loadPicture(t, filepath.Join("testdata", "set", "watermark-up.jpg")), Options{})
	if err != nil || len(up) != 1 || up[0].Angle > -80 || up[0].Angle < -100 {
		t.Errorf("upwards: %+v, %v", up, err)
	}
}

func TestRecognize(t *testing.T) {
	r := newReader(t)
	img := loadPicture(t, filepath.Join("testdata", "set", "label-en.jpg"))
	lines, err := r.Read(context.Background(), img, Options{})
	if err != nil || len(lines) != 1 {
		t.Fatalf("%v, %v", lines, err)
	}
	cut := crop(img, lines[0].Quad)
	got, err := r.Recognize(context.Background(), cut)
	if err != nil || plain(got.Text) != "aigenerated" || got.Box != [4]int{0, 0, cut.W, cut.H} || got.Angle != 0 {
		t.Errorf("%+v, %v", got, err)
	}
	blank := raster.NewRGB(100, 20)
	if got, err := r.Recognize(context.Background(), blank); err != nil || got.Text != "" || got.Confidence != 0 {
		t.Errorf("blank: %+v, %v", got, err)
	}
}

func TestErrors(t *testing.T) {
	r := newReader(t)
	ctx, cancel := context.WithCancel(context.Background())
	img := loadPicture(t, filepath.Join("testdata", "set", "label-en.jpg"))
	for _, o := range []Options{{Limit: 1}, {Limit: -5}, {Limit: 1 << 20}, {MinConfidence: -1}, {MinConfidence: 2}} {
		if _, err := r.Read(ctx, img, o); err == nil {
			t.Errorf("%+v: no error", o)
		}
	}
	for _, bad := range []*raster.RGB{nil, {}, {W: 5, H: 5}, {W: -1, H: 4, Pix: make([]uint8, 99)}} {
		if _, err := r.Read(ctx, bad, Options{}); err == nil {
			t.Errorf("%+v: no error", bad)
		}
		if _, err := r.Recognize(ctx, bad); err == nil {
			t.Errorf("%+v: no error from Recognize", bad)
		}
	}
	cancel()
	if _, err := r.Read(ctx, img, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("ended context: %v", err)
	}
}

// filled returns a picture of pseudo-random pixels.
func filled(w, h int, seed uint32) *raster.RGB {
	img := raster.NewRGB(w, h)
	for i := range img.Pix {
		seed = seed*1664525 + 1013904223
		img.Pix[i] = uint8(seed >> 24)
	}
	return img
}

// FuzzShape reads noise of any shape; only a panic or an error is a failure.
func FuzzShape(f *testing.F) {
	for _, s := range [][2]uint16{{1, 1}, {1, 20000}, {20000, 1}, {2, 3}, {31, 33}, {1281, 7}, {16, 16}, {640, 17}} {
		f.Add(s[0], s[1], uint32(1), false)
	}
	f.Add(uint16(700), uint16(90), uint32(3), true)
	r := newReader(f)
	f.Fuzz(func(t *testing.T, w, h uint16, seed uint32, tiles bool) {
		// Noise costs as much as text; 2 megapixels are enough for any shape.
		for w == 0 || h == 0 || int(w)*int(h) > 2<<20 {
			w, h = w/2+1, h/2+1
		}
		img := filled(int(w), int(h), seed)
		o := Options{Limit: 320, Tiles: tiles && int(w)*int(h) < 1<<18}
		lines, err := r.Read(context.Background(), img, o)
		if err != nil {
			t.Fatalf("%d×%d: %v", w, h, err)
		}
		for _, l := range lines {
			b := l.Box
			if b[0] < 0 || b[1] < 0 || b[0]+b[2] > int(w) || b[1]+b[3] > int(h) || l.Confidence < 0 || l.Confidence > 1 {
				t.Errorf("%d×%d: %+v", w, h, l)
			}
		}
		if _, err := r.Recognize(context.Background(), img); err != nil {
			t.Fatalf("%d×%d as a line: %v", w, h, err)
		}
	})
}

// BenchmarkRead measures pictures of testdata/set, one thread.
func BenchmarkRead(b *testing.B) {
	r := newReader(b)
	for _, file := range []string{"watermark-level.jpg", "contact-zh.jpg", "none-product.jpg", "none-white.jpg"} {
		img := loadPicture(b, filepath.Join("testdata", "set", file))
		for _, fast := range []bool{false, true} {
			name := file
			if fast {
				name += "/fast"
			}
			b.Run(name, func(b *testing.B) {
				for b.Loop() {
					if _, err := r.Read(context.Background(), img, Options{Threads: 1, Fast: fast}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// TestRecognizeViews reads a line as it is and inverted: three readings, of which
// the last is that of both.
func TestRecognizeViews(t *testing.T) {
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	img := raster.NewRGB(120, 48)
	other := raster.NewRGB(120, 48)
	for i := range img.Pix {
		img.Pix[i] = uint8(i * 7)
		other.Pix[i] = 255 - img.Pix[i]
	}
	lines, err := r.RecognizeViews(context.Background(), []*raster.RGB{img, other})
	if err != nil || len(lines) != 3 {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	if lines, err := r.RecognizeViews(context.Background(), []*raster.RGB{img}); err != nil || len(lines) != 1 {
		t.Errorf("one view: %d lines, %v", len(lines), err)
	}
	if _, err := r.RecognizeViews(context.Background(), []*raster.RGB{img, raster.NewRGB(60, 48)}); err == nil {
		t.Error("views of two sizes: no error")
	}
	if _, err := r.RecognizeViews(context.Background(), []*raster.RGB{nil}); err == nil {
		t.Error("no picture: no error")
	}
}
