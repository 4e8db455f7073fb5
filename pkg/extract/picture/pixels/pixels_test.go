package pixels

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/raster"
)

func run(t *testing.T, format string, data []byte) *facts.Set {
	t.Helper()
	r := bytes.NewReader(data)
	in := extract.NewInput(format, int64(len(data)), data, r, func(ctx context.Context, _ int) (*raster.Picture, error) {
		return raster.Decode(ctx, r, int64(len(data)), raster.Options{Format: format, Detail: workSide})
	})
	out := &facts.Set{}
	for _, x := range Extractors() {
		if err := x.Extract(context.Background(), in, out); err != nil {
			for _, p := range x.Provides() {
				if out.Status(p).State == facts.NotExtracted {
					out.SetStatus(p, facts.Status{State: facts.Failed, Why: lang.Plain(err.Error())})
				}
			}
		}
	}
	return out
}

func studio(t *testing.T) []byte {
	s := newScene(1, 400, 400, gray(255))
	s.product(200, 200, 120, 90, [3]float64{180, 60, 40})
	var b bytes.Buffer
	if err := jpeg.Encode(&b, s.RGBA, &jpeg.Options{Quality: 92}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestExtractorsProvideWhatTheySay(t *testing.T) {
	out := run(t, "jpeg", studio(t))
	for _, x := range Extractors() {
		for _, p := range x.Provides() {
			if st := out.Status(p); st.State != facts.Present {
				t.Errorf("%s: %s is %v", x.Name(), p, st)
			}
		}
	}
	if out.Background.Kind != "white" || !out.Image.Decodable || out.Image.HasAlpha {
		t.Errorf("background %+v, image %+v", out.Background, out.Image)
	}
	if f := out.Frame; f.Fill < 0.57 || f.Fill > 0.63 || f.TouchesEdge != "" || f.Collage || f.Border.Present {
		t.Errorf("frame %+v", f)
	}
	if cfg, err := jpeg.DecodeConfig(bytes.NewReader(out.Preview.JPEG)); err != nil || cfg.Width != 320 || out.Preview.Width != 320 {
		t.Errorf("preview %v %v", cfg, err)
	}
}

func TestDamagedPictures(t *testing.T) {
	whole := studio(t)
	out := run(t, "jpeg", whole[:len(whole)*2/3])
	if out.Image.Decodable || out.Status("image.decodable").State != facts.Present {
		t.Error("a truncated picture counts as decodable")
	}
	if st := out.Status("background"); st.State != facts.Failed || st.Why.IsZero() {
		t.Errorf("background of a truncated picture: %+v", st)
	}
	if out.Status("hash.pdq").State != facts.Present {
		t.Error("a truncated picture has no hash")
	}
	out = run(t, "png", []byte("\x89PNG\r\n\x1a\n and then nothing of the kind"))
	if out.Image.Decodable || out.Status("image.decodable").State != facts.Present || out.Status("hash.pdq").State != facts.Failed {
		t.Errorf("%+v", out.Statuses())
	}
}

func TestDecodingIsNotSupported(t *testing.T) {
	w := newWork(nil, &raster.Error{Problem: raster.Unsupported, Format: "jpeg", Why: "lossless JPEG"})
	if err := decodable(extractor{}, w, &facts.Set{}); err == nil {
		t.Error("a picture nobody here can decode was called broken")
	}
}

func TestCancelledExtraction(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	in := extract.NewInput("jpeg", 0, nil, bytes.NewReader(nil), func(ctx context.Context, _ int) (*raster.Picture, error) {
		return nil, ctx.Err()
	})
	if err := Extractors()[0].Extract(ctx, in, &facts.Set{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestSubjectAgainstPlainGround(t *testing.T) {
	for _, c := range []struct {
		name    string
		draw    func() *scene
		fill    float64
		touches string
	}{
		{"centred", func() *scene {
			s := newScene(2, 400, 400, gray(255))
			s.product(200, 200, 160, 100, [3]float64{20, 60, 140})
			return s
		}, 0.80, ""},
		{"with a soft shadow beside it", func() *scene {
			s := newScene(3, 400, 400, gray(255))
			s.shadow(250, 260, 140, 60, 60)
			s.product(200, 200, 100, 100, [3]float64{20, 60, 140})
			return s
		}, 0.50, ""},
		{"cut off below", func() *scene {
			s := newScene(4, 400, 400, gray(255))
			s.product(200, 390, 60, 200, [3]float64{20, 60, 140})
			return s
		}, 0.525, "b"},
		{"on a coloured ground", func() *scene {
			s := newScene(5, 400, 400, gray(90))
			s.product(200, 200, 120, 120, [3]float64{230, 230, 120})
			return s
		}, 0.60, ""},
		{"nothing", func() *scene { return newScene(6, 400, 400, gray(255)) }, 0, ""},
	} {
		f := frame(c.draw().work(t, 0))
		if diff := f.Fill - c.fill; diff > 0.03 || diff < -0.03 || f.TouchesEdge != c.touches {
			t.Errorf("%s: fill %.3f (want %.2f), touches %q (want %q)", c.name, f.Fill, c.fill, f.TouchesEdge, c.touches)
		}
	}
}

func TestBordersAndCollages(t *testing.T) {
	s := newScene(7, 300, 300, gray(0))
	s.photo(image.Rect(10, 10, 290, 290))
	f := frame(s.work(t, 0))
	if b := f.Border; !b.Present || b.Sides != "trbl" || b.Width != 10 || b.Color != "#000000" || f.Collage {
		t.Errorf("border %+v", b)
	}
	s = newScene(8, 300, 300, gray(255))
	s.photo(image.Rect(0, 0, 140, 300))
	s.photo(image.Rect(146, 0, 300, 300))
	f = frame(s.work(t, 0))
	if !f.Collage || len(f.Splits) != 1 || f.Splits[0][0] < 138 || f.Splits[0][0] > 146 || f.Border.Present {
		t.Errorf("collage %+v", f)
	}
	s = newScene(9, 300, 300, gray(255))
	s.product(80, 150, 60, 100, [3]float64{90, 30, 30})
	s.product(220, 150, 60, 100, [3]float64{30, 30, 90})
	if f = frame(s.work(t, 0)); f.Collage || f.Border.Present {
		t.Errorf("two products on white: %+v", f)
	}
}

func TestBackgroundThresholds(t *testing.T) {
	for _, c := range []struct {
		level int
		want  string
	}{{255, "white"}, {250, "white"}, {249, "near_white"}, {240, "near_white"}, {239, "uniform"}, {40, "uniform"}} {
		s := newScene(10, 200, 200, gray(c.level))
		s.product(100, 100, 60, 60, [3]float64{150, 70, 70})
		if b := background(s.work(t, 0)); b.Kind != c.want {
			t.Errorf("level %d: %s, want %s", c.level, b.Kind, c.want)
		}
	}
}

// TestShaded: one colour over which the light falls off, and what is none.
func TestShaded(t *testing.T) {
	for name, c := range map[string]struct {
		at   func(x, y float64) color.RGBA // over -1..1
		want string
	}{
		"light from a corner": {func(x, y float64) color.RGBA {
			l := 1 - 0.12*(x+1)/2 - 0.1*(y+1)/2
			return color.RGBA{uint8(240 * l), uint8(230 * l), uint8(214 * l), 255}
		}, "shaded"},
		"a vignette": {func(x, y float64) color.RGBA {
			l := 1 - 0.13*(x*x+y*y)
			return color.RGBA{uint8(225 * l), uint8(225 * l), uint8(228 * l), 255}
		}, "shaded"},
		"table and wall": {func(_, y float64) color.RGBA {
			if y > 0.2 {
				return color.RGBA{150, 110, 80, 255}
			}
			return color.RGBA{225, 222, 214, 255}
		}, "other"},
		"two colours that blend": {func(x, _ float64) color.RGBA { return color.RGBA{uint8(150 + 80*x), 120, uint8(150 - 80*x), 255} }, "other"},
	} {
		s := newScene(3, 400, 400, color.RGBA{})
		for y := range 400 {
			for x := range 400 {
				s.SetRGBA(x, y, c.at(float64(x)/200-1, float64(y)/200-1))
			}
		}
		s.product(200, 220, 110, 120, [3]float64{40, 60, 120})
		if b := background(s.work(t, 0)); b.Kind != c.want {
			t.Errorf("%s: %s, deviation %.1f, want %s", name, b.Kind, b.Deviation, c.want)
		}
	}
}

func TestTinyPictures(t *testing.T) {
	for _, size := range [][2]int{{1, 1}, {1, 50}, {3, 2}, {9, 8}, {40, 16}} {
		s := newScene(11, size[0], size[1], gray(200))
		w := s.work(t, 0)
		background(w)
		frame(w)
		quality(w)
		if err := hashes(extractor{}, w, &facts.Set{}); err != nil {
			t.Error(size, err)
		}
		if err := preview(extractor{}, w, &facts.Set{}); err != nil {
			t.Error(size, err)
		}
	}
}
