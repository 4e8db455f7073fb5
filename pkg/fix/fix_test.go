package fix_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/fix"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/rules"
)

func limits() fix.Limits {
	return fix.Limits{MaxBytes: 3 << 20, MaxSide: 1200, MinSide: 400, GoodSide: 500, MinFill: 0.7, AspectMin: 0.765, AspectMax: 1.005, MaxName: 256, LabelShare: 0.05}
}

// product is a round thing on a ground.
func product(w, h int, ground color.NRGBA, cx, cy, r float64, noise int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	rnd := rand.New(rand.NewPCG(3, 4))
	for y := range h {
		for x := range w {
			c := ground
			if math.Hypot(float64(x)-cx, float64(y)-cy) < r {
				c = color.NRGBA{uint8(60 + x*90/w), uint8(40 + y*60/h), 90, 255}
			}
			if noise > 0 {
				d := rnd.IntN(2*noise+1) - noise
				c.R, c.G, c.B = clamp(int(c.R)+d), clamp(int(c.G)-d), clamp(int(c.B)+d)
			}
			m.SetNRGBA(x, y, c)
		}
	}
	return m
}

func clamp(v int) uint8 { return uint8(max(0, min(255, v))) }

// file is a picture with the facts a mend goes by.
type file struct {
	data  []byte
	facts facts.Set
}

func encode(t testing.TB, format string, m *image.NRGBA) file {
	t.Helper()
	var b bytes.Buffer
	var err error
	switch format {
	case "jpeg":
		err = jpeg.Encode(&b, m, &jpeg.Options{Quality: 95})
	case "png":
		err = png.Encode(&b, m)
	case "gif":
		err = gif.Encode(&b, m, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	f := file{data: b.Bytes()}
	f.facts.File.Format, f.facts.File.Bytes = format, int64(b.Len())
	w, h := m.Rect.Dx(), m.Rect.Dy()
	f.facts.Image = facts.Image{Width: w, Height: h, ShortSide: min(w, h), LongSide: max(w, h), Aspect: float64(w) / float64(h), Orientation: 1, ColorModel: "rgb", Decodable: true}
	f.facts.Background = facts.Background{Kind: "white", Color: "#ffffff"}
	return f
}

func (f file) apply(t testing.TB, slot string, o fix.Options, mends ...string) *fix.Result {
	t.Helper()
	view := &facts.Case{Assets: []facts.Asset{{Path: "replacement/a." + f.facts.File.Format, Kind: facts.KindReplacement, Slot: slot, Facts: &f.facts}}}
	var asked []fix.Asked
	for _, m := range mends {
		asked = append(asked, fix.Asked{Path: view.Assets[0].Path, Rule: "AE300", Mend: m})
	}
	jobs := fix.Plan(view, asked, nil)
	if len(jobs) != 1 {
		t.Fatalf("%d jobs", len(jobs))
	}
	res, err := fix.Apply(context.Background(), bytes.NewReader(f.data), int64(len(f.data)), jobs[0], o)
	if err != nil {
		t.Fatal(err)
	}
	again, err := fix.Apply(context.Background(), bytes.NewReader(f.data), int64(len(f.data)), jobs[0], o)
	if err != nil || !bytes.Equal(res.Data, again.Data) {
		t.Errorf("a second time gave other bytes (%v)", err)
	}
	return res
}

func decoded(t testing.TB, res *fix.Result) image.Image {
	t.Helper()
	m, format, err := image.Decode(bytes.NewReader(res.Data))
	if err != nil || format != res.Format {
		t.Fatalf("%s, said to be %s: %v", format, res.Format, err)
	}
	if m.Bounds().Dx() != res.Width || m.Bounds().Dy() != res.Height {
		t.Fatalf("it has %v, said to be %d×%d", m.Bounds(), res.Width, res.Height)
	}
	return m
}

func refused(res *fix.Result, mend string) string {
	for _, s := range res.Steps {
		if s.Name == mend && !s.Done() {
			return s.Refused.In(lang.EN)
		}
	}
	return ""
}

var white = color.NRGBA{255, 255, 255, 255}

func TestApply(t *testing.T) {
	o := fix.Options{Limits: limits(), Store: "1101234567"}
	up := o
	up.Upscale = true
	tests := []struct {
		name          string
		file          file
		slot          string
		o             fix.Options
		mends         []string
		format        string // empty where nothing is made
		width, height int
		refused       string
	}{
		{"gif", encode(t, "gif", product(500, 500, white, 250, 250, 200, 0)), "sku", o, []string{fix.Format}, "jpeg", 500, 500, ""},
		{"png stays png", encode(t, "png", product(500, 500, white, 250, 250, 200, 0)), "sku", o, []string{fix.Flatten}, "png", 500, 500, ""},
		{"too long", encode(t, "jpeg", product(2600, 1000, white, 1300, 500, 400, 0)), "detail", o, []string{fix.Resize}, "jpeg", 1200, 462, ""},
		{"wide, padded", with(encode(t, "jpeg", product(900, 600, white, 450, 300, 280, 0)), 170, 20, 560, 560), "main", o, []string{fix.Aspect}, "jpeg", 651, 651, ""},
		{"subject as wide as the picture", with(encode(t, "jpeg", product(900, 600, white, 450, 300, 280, 0)), 10, 20, 880, 560), "main", o, []string{fix.Aspect}, "jpeg", 900, 900, ""},
		{"scene, cut", scene(encode(t, "jpeg", product(900, 600, color.NRGBA{80, 120, 60, 255}, 450, 300, 200, 30))), "marketing_1x1", o, []string{fix.Aspect}, "jpeg", 600, 600, ""},
		{"scene, too much to cut", scene(encode(t, "jpeg", product(1600, 500, color.NRGBA{80, 120, 60, 255}, 450, 300, 200, 30))), "marketing_1x1", o, []string{fix.Aspect}, "", 0, 0, "too much"},
		{"3:4 too small", with(encode(t, "jpeg", product(600, 800, white, 300, 400, 250, 0)), 50, 150, 500, 500), "marketing_3x4", o, []string{fix.Aspect}, "", 0, 0, "750×1000"},
		{"3:4 enlarged", with(encode(t, "jpeg", product(600, 800, white, 300, 400, 250, 0)), 50, 150, 500, 500), "marketing_3x4", up, []string{fix.Aspect}, "jpeg", 750, 1000, ""},
		{"small", encode(t, "jpeg", product(300, 300, white, 150, 150, 120, 0)), "main", o, []string{fix.Enlarge}, "", 0, 0, "not enlarged"},
		{"small, enlarged", encode(t, "jpeg", product(300, 300, white, 150, 150, 120, 0)), "main", up, []string{fix.Enlarge}, "jpeg", 400, 400, ""},
		{"tiny", encode(t, "jpeg", product(120, 120, white, 60, 60, 50, 0)), "main", up, []string{fix.Enlarge}, "", 0, 0, "more than 2 times"},
		{"small in the frame", with(encode(t, "jpeg", product(1000, 1000, white, 500, 500, 200, 0)), 300, 300, 400, 400), "main", o, []string{fix.Crop}, "jpeg", 476, 476, ""},
		{"small in the frame, and small", with(encode(t, "jpeg", product(500, 500, white, 250, 250, 100, 0)), 150, 150, 200, 200), "main", o, []string{fix.Crop}, "", 0, 0, "below 400px"},
		{"mark", encode(t, "jpeg", product(500, 500, white, 250, 250, 200, 0)), "main", o, []string{fix.Mark, fix.AILabel}, "jpeg", 500, 500, ""},
		{"mark without an ID", encode(t, "jpeg", product(500, 500, white, 250, 250, 200, 0)), "main", fix.Options{Limits: limits()}, []string{fix.Mark}, "", 0, 0, "store.id"},
	}
	for _, test := range tests {
		res := test.file.apply(t, test.slot, test.o, test.mends...)
		if got := refused(res, test.mends[0]); (got != "") != (test.refused != "") || !strings.Contains(got, test.refused) {
			t.Errorf("%s: refused %q, want %q", test.name, got, test.refused)
		}
		if test.format == "" {
			if res.Data != nil {
				t.Errorf("%s: a copy was made", test.name)
			}
			continue
		}
		if res.Format != test.format || res.Width != test.width || res.Height != test.height {
			t.Errorf("%s: %s %d×%d, want %s %d×%d", test.name, res.Format, res.Width, res.Height, test.format, test.width, test.height)
		}
		decoded(t, res)
		if res.Likeness < 0.95 {
			t.Errorf("%s: likeness %.3f", test.name, res.Likeness)
		}
	}
}

// with gives the facts of a subject.
func with(f file, box ...int) file {
	f.facts.Frame.Subject = facts.Box(box)
	f.facts.Frame.Fill = max(float64(box[2])/float64(f.facts.Image.Width), float64(box[3])/float64(f.facts.Image.Height))
	return f
}

func scene(f file) file {
	f.facts.Background.Kind = "other"
	return f
}

func TestCompressIsTheBestThatFits(t *testing.T) {
	f := encode(t, "png", product(700, 700, white, 350, 350, 300, 20))
	o := fix.Options{Limits: limits()}
	o.MaxBytes = 150_000
	res := f.apply(t, "detail", o, fix.Compress)
	if res.Format != "jpeg" || int64(len(res.Data)) > o.MaxBytes || res.Quality < 72 {
		t.Fatalf("%s of %d bytes at quality %d", res.Format, len(res.Data), res.Quality)
	}
	var b bytes.Buffer
	m, err := png.Decode(bytes.NewReader(f.data))
	if err != nil {
		t.Fatal(err)
	}
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: res.Quality + 1}); err != nil {
		t.Fatal(err)
	}
	if int64(b.Len()) <= o.MaxBytes {
		t.Errorf("quality %d fits too (%d bytes), %d was taken", res.Quality+1, b.Len(), res.Quality)
	}
	o.MaxBytes = 22_000
	if res := f.apply(t, "detail", o, fix.Compress); int64(len(res.Data)) > o.MaxBytes || res.Width >= 700 {
		t.Errorf("%d bytes at %d px where 22000 are allowed", len(res.Data), res.Width)
	}
}

func TestMetadataTouchesNoPixel(t *testing.T) {
	f := encode(t, "jpeg", product(200, 200, white, 100, 100, 80, 0))
	f.data = slices.Insert(f.data, 2, append([]byte{0xFF, 0xFE, 0, 13}, "my address."...)...)
	res := f.apply(t, "main", fix.Options{Limits: limits()}, fix.Metadata)
	if bytes.Contains(res.Data, []byte("address")) || res.Likeness != 1 || res.Steps[0].Safety != fix.Safe {
		t.Errorf("the comment is there or pixels changed: %+v", res.Steps)
	}
}

func TestFrameFirst(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 640, 640))
	inner := product(600, 600, color.NRGBA{245, 245, 245, 255}, 300, 300, 220, 0)
	for y := range 640 {
		for x := range 640 {
			c := color.NRGBA{200, 20, 20, 255}
			if p := image.Pt(x-20, y-20); p.In(inner.Rect) {
				c = inner.NRGBAAt(p.X, p.Y)
			}
			m.SetNRGBA(x, y, c)
		}
	}
	f := encode(t, "png", m)
	f.facts.Frame.Border = facts.Border{Present: true, Sides: "trbl", Color: "#c81414", Width: 20}
	f.facts.Background = facts.Background{Kind: "uniform", Color: "#c81414"}
	view := &facts.Case{Assets: []facts.Asset{{Path: "a.png", Kind: facts.KindReplacement, Slot: "main", Facts: &f.facts}}}
	job := fix.Plan(view, []fix.Asked{{Path: "a.png", Rule: "AE313", Mend: fix.Unframe}, {Path: "a.png", Rule: "AE307", Mend: fix.Aspect}}, nil)[0]
	if len(job.Mends) != 1 || len(job.Later) != 1 {
		t.Fatalf("mends %v, later %v", job.Mends, job.Later)
	}
	o := fix.Options{Limits: limits()}
	res, err := fix.Apply(context.Background(), bytes.NewReader(f.data), int64(len(f.data)), job, o)
	if err != nil || res.Width != 600 {
		t.Fatalf("%v, %d px wide", err, res.Width)
	}
	// What the rules then find of the copy.
	copied := encode(t, "png", inner).facts
	copied.Background = facts.Background{Kind: "near_white", Color: "#f5f5f5"}
	if !job.Further(&copied, []fix.Asked{{Path: "a.png", Rule: "AE311", Mend: fix.Whiten}}) {
		t.Fatal("there is more to do")
	}
	if res, err = fix.Apply(context.Background(), bytes.NewReader(f.data), int64(len(f.data)), job, o); err != nil {
		t.Fatal(err)
	}
	if c := decoded(t, res).At(3, 3); c != (color.RGBA{255, 255, 255, 255}) {
		t.Errorf("the ground is %v", c)
	}
	if job.Further(&copied, []fix.Asked{{Path: "a.png", Rule: "AE311", Mend: fix.Whiten}}) {
		t.Error("what was tried is asked for again")
	}
}

func TestPlanNames(t *testing.T) {
	set := func(format string) *facts.Set { f := &facts.Set{}; f.File.Format = format; return f }
	phone := set("jpeg")
	phone.Meta.Contacts = []facts.Contact{{Source: "file_name"}}
	view := &facts.Case{Assets: []facts.Asset{
		{Path: "r/A.jpg", Kind: facts.KindReplacement, Facts: set("jpeg")},
		{Path: "r/a.webp", Kind: facts.KindReplacement, Facts: set("webp")},
		{Path: "r/b.png", Kind: facts.KindReplacement, Facts: set("png")},
		{Path: "r/tel 13800138000.jpg", Kind: facts.KindReplacement, Slot: "main", Facts: phone},
		{Path: "source/c.heic", Kind: facts.KindSource, Facts: set("heic")},
	}}
	var asked []fix.Asked
	for _, a := range view.Assets {
		mend := fix.Format
		if a.Slot == "main" {
			mend = fix.Metadata
		}
		asked = append(asked, fix.Asked{Path: a.Path, Rule: "AE303", Mend: mend})
	}
	var got []string
	for _, j := range fix.Plan(view, asked, nil) {
		got = append(got, j.Out)
	}
	want := []string{"r/A.jpg", "r/a-2.jpg", "r/b.png", "r/main-1.jpg"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestBrokenPicture(t *testing.T) {
	f := encode(t, "jpeg", product(400, 400, white, 200, 200, 150, 0))
	f.data = f.data[:len(f.data)/2]
	job := fix.Plan(&facts.Case{Assets: []facts.Asset{{Path: "a.jpg", Kind: facts.KindReplacement, Slot: "main", Facts: &f.facts}}}, []fix.Asked{{Path: "a.jpg", Rule: "AE313", Mend: fix.Flatten}}, nil)[0]
	if res, err := fix.Apply(context.Background(), bytes.NewReader(f.data), int64(len(f.data)), job, fix.Options{Limits: limits()}); err == nil {
		t.Errorf("half a picture gave %d bytes", len(res.Data))
	}
}

// TestRulesKnowTheMends asks that rules.yaml may name the mends that rules can ask
// for, and no others.
func TestRulesKnowTheMends(t *testing.T) {
	field, _ := reflect.TypeFor[rules.Spec]().FieldByName("Fix")
	var want []string
	for _, m := range fix.Mends() {
		if m.Name != fix.Mark { // asked for by the user
			want = append(want, m.Name)
		}
	}
	if got := field.Tag.Get("enum"); got != strings.Join(want, ",") {
		t.Errorf("rules.yaml may say\n%s\nthe mends are\n%s", got, strings.Join(want, ","))
	}
}

func BenchmarkApply(b *testing.B) {
	f := encode(b, "jpeg", product(4000, 3000, color.NRGBA{245, 245, 245, 255}, 2000, 1500, 1200, 0))
	f.facts.Background = facts.Background{Kind: "near_white", Color: "#f5f5f5"}
	f = with(f, 800, 300, 2400, 2400)
	view := &facts.Case{Assets: []facts.Asset{{Path: "a.jpg", Kind: facts.KindReplacement, Slot: "main", Facts: &f.facts}}}
	o := fix.Options{Limits: limits()}
	o.MaxSide = 5000
	for _, mends := range [][]string{{fix.Metadata}, {fix.Aspect}, {fix.Whiten, fix.Aspect}} {
		b.Run(fmt.Sprint(mends), func(b *testing.B) {
			var asked []fix.Asked
			for _, m := range mends {
				asked = append(asked, fix.Asked{Path: "a.jpg", Rule: "AE300", Mend: m})
			}
			job := fix.Plan(view, asked, nil)[0]
			for b.Loop() {
				if _, err := fix.Apply(context.Background(), bytes.NewReader(f.data), int64(len(f.data)), job, o); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
