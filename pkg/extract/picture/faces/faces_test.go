package faces

import (
	"bytes"
	"context"
	"errors"
	"math"
	"math/rand"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/raster"
	"github.com/aecheck/aecheck/pkg/testkit/opendata"
)

// drawn is a drawn face: light where a face is light, dark at brows, eyes,
// nostrils and mouth, on a plain ground; tone gives its colour.
func drawn(w, h, cx, cy, size int, tone [3]float64) *raster.Picture {
	m := raster.NewRGB(w, h)
	r := rand.New(rand.NewSource(1))
	for y := range h {
		for x := range w {
			u, v := float64(x-cx)/float64(size), float64(y-cy)/float64(size)
			c := [3]float64{70, 90, 110}
			if d := u*u/(0.36*0.36) + v*v/(0.5*0.5); d < 1 {
				light := 1 - 0.35*d*d
				spot := func(x, y, rx, ry, depth float64) {
					d := (u-x)*(u-x)/(rx*rx) + (v-y)*(v-y)/(ry*ry)
					light -= depth * math.Exp(-d)
				}
				spot(-0.15, -0.10, 0.075, 0.03, 0.75)
				spot(0.15, -0.10, 0.075, 0.03, 0.75)
				spot(-0.15, -0.18, 0.10, 0.02, 0.55)
				spot(0.15, -0.18, 0.10, 0.02, 0.55)
				spot(0, 0.09, 0.06, 0.025, 0.35)
				spot(0, 0.23, 0.12, 0.03, 0.5)
				spot(0, -0.48, 0.4, 0.12, 0.7) // hair
				for k := range c {
					c[k] = tone[k] * max(0.1, light)
				}
			}
			for k := range c {
				m.Pix[3*(y*w+x)+k] = uint8(min(255, max(0, c[k]+3*r.NormFloat64())))
			}
		}
	}
	return &raster.Picture{RGB: m, FullW: 2 * w, FullH: 2 * h}
}

var skinTone = [3]float64{225, 170, 140}

func TestFindsADrawnFace(t *testing.T) {
	list, err := find(drawn(400, 300, 220, 150, 160, skinTone))
	if err != nil {
		t.Fatal(err)
	}
	if len(list) == 0 || list[0].Confidence < sure {
		t.Fatalf("found %+v", list)
	}
	b := list[0].Box // in the original, twice as large
	if cx, cy := b[0]+b[2]/2, b[1]+b[3]/2; cx < 400 || cx > 480 || cy < 250 || cy > 350 {
		t.Errorf("box %v", b)
	}
}

func TestAStatueStaysDoubtful(t *testing.T) {
	list, err := find(drawn(400, 300, 220, 150, 160, [3]float64{200, 200, 200}))
	if err != nil {
		t.Fatal(err)
	}
	if len(list) == 0 || list[0].Confidence >= sure {
		t.Fatalf("found %+v", list)
	}
}

// TestSkin: skin of any tone, and what is none of it under warm light.
func TestSkin(t *testing.T) {
	for _, c := range []struct {
		name    string
		r, g, b byte
		want    float64
	}{
		{"fair", 232, 200, 184, 1}, {"brown", 160, 110, 85, 1}, {"dark", 84, 54, 44, 1}, {"in shade", 120, 90, 80, 1},
		{"a warm white dial", 208, 193, 192, 0}, {"grey paint in evening light", 150, 138, 136, 0}, {"white", 250, 250, 250, 0}, {"an orange", 240, 140, 20, 0},
	} {
		m := &raster.RGB{W: 40, H: 40, Pix: bytes.Repeat([]byte{c.r, c.g, c.b}, 40*40)}
		if got := skin(m, 40, 40, [4]int{5, 5, 30, 30}); got != c.want {
			t.Errorf("%s: %.2f, want %.0f", c.name, got, c.want)
		}
	}
}

func TestNoFaces(t *testing.T) {
	for _, size := range [][2]int{{1, 1}, {10, 400}, {19, 19}, {300, 300}} {
		m := raster.NewRGB(size[0], size[1])
		if list, err := find(&raster.Picture{RGB: m, FullW: size[0], FullH: size[1]}); err != nil || len(list) != 0 {
			t.Errorf("%v: %v %v", size, list, err)
		}
	}
}

func TestExtract(t *testing.T) {
	for _, c := range []struct {
		p     *raster.Picture
		err   error
		state facts.State
		count int
	}{
		{drawn(400, 300, 220, 150, 160, skinTone), nil, facts.Present, 1},
		{&raster.Picture{RGB: raster.NewRGB(50, 50), FullW: 50, FullH: 50}, nil, facts.Absent, 0},
	} {
		in := extract.NewInput("png", 0, nil, bytes.NewReader(nil), func(context.Context, int) (*raster.Picture, error) { return c.p, c.err })
		out := &facts.Set{}
		if err := New().Extract(context.Background(), in, out); err != nil {
			t.Fatal(err)
		}
		if out.Status("faces").State != c.state || out.Faces.Count != c.count {
			t.Errorf("%v %+v", out.Status("faces"), out.Faces)
		}
	}
	damaged := &raster.PartialError{Problem: raster.Truncated, Format: "jpeg", Why: "cut"}
	in := extract.NewInput("jpeg", 0, nil, bytes.NewReader(nil), func(context.Context, int) (*raster.Picture, error) {
		return &raster.Picture{RGB: raster.NewRGB(50, 50)}, damaged
	})
	if err := New().Extract(context.Background(), in, &facts.Set{}); !errors.Is(err, damaged) {
		t.Errorf("a damaged picture: %v", err)
	}
}

// withFace are the open pictures that show at least one face from the front,
// of a twelfth of the picture's shorter side or more, labelled by eye; every
// other picture of the folders counts as without.
var withFace = []string{
	"w-j-wj09-gray_main", "w-j-wj09-blue_main", "w-j-wj02-blue_main", "provenance-chatgpt-1.", "taobao4", "Issue_177", "img2img.",
	"FinePix2650", "Canon_EOS_REBEL_T3i", "fotolia_75353029", "final-75353029", "sony-cybershot.jpg", "sony-d700", "canon-ixus.",
	"invalid-image00971", "Sony_Ericsson_C905c", "q0291",
}

// TestAccuracyFaces prints precision and recall, picture by picture.
func TestAccuracyFaces(t *testing.T) {
	var hits, doubtful, missed, wrong, wrongDoubtful, without int
	for _, sub := range []string{"originals", "product-white", "product-other", "ai", "watermarked", "duplicates", "screenshots"} {
		for _, path := range opendata.Files(t, sub+"/*") {
			b := opendata.Read(t, path)
			format := map[bool]string{true: "jpeg"}[bytes.HasPrefix(b, []byte("\xff\xd8"))]
			if bytes.HasPrefix(b, []byte("\x89PNG")) {
				format = "png"
			}
			if bytes.HasPrefix(b, []byte("RIFF")) {
				format = "webp"
			}
			p, _ := raster.Decode(context.Background(), bytes.NewReader(b), int64(len(b)), raster.Options{Format: format, Detail: 800})
			if p == nil {
				continue
			}
			list, err := find(p)
			if err != nil {
				t.Fatal(err)
			}
			best := 0.0
			if len(list) > 0 {
				best = list[0].Confidence
			}
			shown := false
			for _, name := range withFace {
				shown = shown || strings.Contains(filepath.Base(path), name)
			}
			switch {
			case shown && best >= sure:
				hits++
			case shown && best >= Doubtful:
				doubtful++
			case shown:
				missed++
				t.Logf("missed %s", path)
			case best >= sure:
				wrong++
				t.Logf("wrong %s %.2f", path, best)
			case best >= Doubtful:
				wrongDoubtful++
				t.Logf("doubtful %s %.2f", path, best)
			default:
				without++
			}
		}
	}
	shown := hits + doubtful + missed
	t.Logf("pictures with a face: %d sure, %d doubtful, %d missed of %d; without: %d sure, %d doubtful of %d", hits, doubtful, missed, shown, wrong, wrongDoubtful, wrong+wrongDoubtful+without)
	t.Logf("precision %.3f, recall %.3f (sure), %.3f (sure or doubtful)", float64(hits)/float64(max(1, hits+wrong)), float64(hits)/float64(shown), float64(hits+doubtful)/float64(shown))
	if wrong > 0 || float64(hits) < 0.75*float64(shown) {
		t.Error("worse than measured before")
	}
}

func BenchmarkFind(b *testing.B) {
	p := drawn(800, 600, 400, 300, 200, skinTone)
	for range b.N {
		if _, err := find(p); err != nil {
			b.Fatal(err)
		}
	}
}
