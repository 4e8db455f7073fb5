package pairs

import (
	"image"
	"image/color"
	"math"
	"math/rand"
	"slices"
	"testing"

	"github.com/disintegration/imaging"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/raster"
)

// photo is a made picture with shapes, edges and grain; the seed decides what
// it shows.
func photo(seed int64, w, h int) *image.NRGBA {
	r := rand.New(rand.NewSource(seed))
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	type blob struct{ x, y, rx, ry, level, stripe float64 }
	blobs := make([]blob, 40)
	for i := range blobs {
		blobs[i] = blob{r.Float64(), r.Float64(), 0.03 + 0.12*r.Float64(), 0.03 + 0.12*r.Float64(), 255 * r.Float64(), 5 + 40*r.Float64()}
	}
	for y := range h {
		for x := range w {
			u, v := float64(x)/float64(w), float64(y)/float64(h)
			level := 120 + 60*math.Sin(3*u+2*v)
			for _, b := range blobs {
				if dx, dy := (u-b.x)/b.rx, (v-b.y)/b.ry; dx*dx+dy*dy < 1 {
					level = b.level + 20*math.Sin(b.stripe*(u+v))
				}
			}
			level = min(255, max(0, level+6*r.NormFloat64()))
			img.SetNRGBA(x, y, color.NRGBA{uint8(level), uint8(level * 0.9), uint8(level * 0.8), 255})
		}
	}
	return img
}

func features(img image.Image) *Features {
	rgb := raster.FromImage(img)
	return Compute(&raster.Picture{RGB: rgb, FullW: rgb.W, FullH: rgb.H}, rgb)
}

func TestCompare(t *testing.T) {
	img := photo(1, 480, 360)
	a := features(img)
	for _, c := range []struct {
		name  string
		other image.Image
		want  string
		scale float64 // pixels of the other for one of the first
	}{
		{"itself", img, "same", 1},
		{"resized", imaging.Resize(img, 300, 0, imaging.Linear), "resized", 0.625},
		{"cropped", imaging.Crop(img, image.Rect(60, 40, 400, 320)), "cropped", 1},
		{"cropped and enlarged", imaging.Resize(imaging.Crop(img, image.Rect(60, 40, 400, 320)), 680, 0, imaging.Linear), "cropped", 2},
		{"mirrored", imaging.FlipH(img), "mirrored", 1},
		{"another", photo(2, 480, 360), "unrelated", 0},
		{"blank", imaging.New(480, 360, color.White), "unrelated", 0},
	} {
		p := Lay(a, features(c.other)).Compare()
		if math.Abs(p.Scale-c.scale) > 0.02*c.scale {
			t.Errorf("%s: scale %v, want %v", c.name, p.Scale, c.scale)
		}
		if p.Transform != c.want || (p.Distance <= Matched) != (c.want != "unrelated") {
			t.Errorf("%s: %+v", c.name, p)
		}
		if back := Lay(features(c.other), a).Compare(); (back.Distance <= Matched) != (p.Distance <= Matched) {
			t.Errorf("%s: the other way round %+v", c.name, back)
		}
	}
}

func TestCompareIsDeterministic(t *testing.T) {
	a, b := photo(3, 400, 300), imaging.CropCenter(photo(3, 400, 300), 280, 210)
	first := Lay(features(a), features(b)).Compare()
	for range 3 {
		if again := Lay(features(a), features(b)).Compare(); again.Distance != first.Distance || again.Inliers != first.Inliers {
			t.Fatalf("%+v, then %+v", first, again)
		}
	}
}

func TestTinyPictures(t *testing.T) {
	for _, s := range [][2]int{{1, 1}, {3, 200}, {8, 8}, {60, 20}} {
		f := features(photo(4, s[0], s[1]))
		if p := Lay(f, f).Compare(); p.Distance < 0 || p.Distance > 1 {
			t.Errorf("%v: %+v", s, p)
		}
		Lay(f, features(photo(5, 300, 300))).Compare()
	}
}

func BenchmarkCompute(b *testing.B) {
	rgb := raster.FromImage(photo(6, 800, 600))
	for range b.N {
		Compute(&raster.Picture{RGB: rgb, FullW: 800, FullH: 600}, rgb)
	}
}

func BenchmarkCompareUnrelated(b *testing.B) {
	x, y := features(photo(7, 480, 360)), features(photo(8, 480, 360))
	b.ResetTimer()
	for range b.N {
		Lay(x, y).Compare()
	}
}

func TestTraces(t *testing.T) {
	picture := func(img image.Image) *raster.Picture {
		rgb := raster.FromImage(img)
		return &raster.Picture{RGB: rgb, FullW: rgb.W, FullH: rgb.H}
	}
	clean := photo(9, 640, 480)
	for y := 200; y < 280; y++ { // a quiet place for the mark
		for x := 150; x < 490; x++ {
			clean.SetNRGBA(x, y, color.NRGBA{180, 180, 180, 255})
		}
	}
	marked := imaging.Clone(clean)
	drawMark(marked, rand.New(rand.NewSource(1)), 180, 220, 280, 40, 0.8)
	mark := [4]int{180, 220, 280, 40}
	half := imaging.Paste(marked, imaging.Crop(clean, image.Rect(170, 210, 320, 270)), image.Pt(170, 210))
	for _, c := range []struct {
		name        string
		replacement image.Image
		want        bool
	}{
		{"removed", clean, false},
		{"shines through", imaging.Overlay(clean, marked, image.Point{}, 0.3), true},
		{"half of the letters left", half, true},
		{"another picture", photo(10, 640, 480), false},
	} {
		boxes := tracesOf(picture(marked), picture(c.replacement), [][4]int{mark})
		if len(boxes) > 0 != c.want {
			t.Errorf("%s: %v", c.name, boxes)
		}
		for _, b := range boxes {
			if b[0] < 140 || b[1] < 190 || b[0]+b[2] > 500 || b[1]+b[3] > 290 {
				t.Errorf("%s: %v lies outside the mark", c.name, b)
			}
		}
	}
}

// TestCroppedFrame: where a crop ends nothing changed; a frame of differences there is no
// changed place as large as the picture, in which edges of the product would be taken for
// a mark's.
func TestCroppedFrame(t *testing.T) {
	marked := imaging.Blur(photo(9, 640, 480), 2) // no grain, which no two alignments keep
	clean := imaging.Clone(marked)
	drawMark(marked, rand.New(rand.NewSource(1)), 180, 220, 280, 40, 0.9)
	picture := func(img image.Image) *raster.Picture {
		rgb := raster.FromImage(img)
		return &raster.Picture{RGB: rgb, FullW: rgb.W, FullH: rgb.H}
	}
	violating, replacement := picture(marked), picture(imaging.Crop(clean, image.Rect(30, 24, 606, 456)))
	l := Lay(Compute(violating, violating.RGB), Compute(replacement, replacement.RGB))
	if l.Compare().Distance > Matched {
		t.Fatal("the pictures do not match: the test tells nothing")
	}
	changed, traces := l.Differences(violating, replacement, nil)
	if len(changed) == 0 || len(traces) > 0 {
		t.Errorf("changed %v, traces %v", changed, traces)
	}
	for _, b := range changed {
		if 10*b[2] > 9*replacement.FullW && 10*b[3] > 9*replacement.FullH {
			t.Errorf("changed %v of %d×%d", b, replacement.FullW, replacement.FullH)
		}
	}
}

// TestAnotherGround: a thing cut out on white and the photograph it was cut from have its
// outline in common, which is no trace of a mark; a mark beside it that shines through is.
func TestAnotherGround(t *testing.T) {
	scene := func(ground func(x, y int) uint8) *image.NRGBA {
		img := imaging.New(640, 640, color.White)
		for y := range 640 {
			for x := range 640 {
				v := ground(x, y)
				dx, dy := float64(x-320), float64(y-320)
				if r := math.Hypot(dx, dy) + 25*math.Sin(5*math.Atan2(dy, dx)); r < 190 {
					v = 172 // the thing, nearly as light as the wall
					if (x*x/97+y*y/61)%83 < 9 {
						v = 60
					}
				}
				img.SetNRGBA(x, y, color.NRGBA{v, v, v, 255})
			}
		}
		return img
	}
	picture := func(img image.Image) *raster.Picture {
		rgb := raster.FromImage(imaging.Blur(img, 0.8))
		return &raster.Picture{RGB: rgb, FullW: rgb.W, FullH: rgb.H}
	}
	white := scene(func(int, int) uint8 { return 255 })
	wall := scene(func(x, y int) uint8 { // lit from the left, with the thing's soft shadow
		shade := 60 * math.Exp(-math.Pow((math.Hypot(float64(x-335), float64(y-335))-170)/40, 2))
		return uint8(215 - float64(y)/16 - shade + float64((x*7+y*13)%5))
	})
	marked := imaging.Clone(white)
	drawMark(marked, rand.New(rand.NewSource(1)), 160, 570, 300, 40, 0.9)
	for _, c := range []struct {
		name                   string
		violating, replacement image.Image
		want                   bool
		regrounded             bool // some changed place is another ground
	}{
		{"on white, then on a wall", white, wall, false, false},
		{"marked on white, then on a wall", marked, wall, false, false},
		{"marked on white, then on a wall, cropped", marked, imaging.Crop(wall, image.Rect(70, 165, 570, 480)), false, true},
		{"marked on white, clean", marked, white, false, false},
		{"marked on white, shines through", marked, imaging.Overlay(white, marked, image.Point{}, 0.3), true, false},
	} {
		if boxes := tracesOf(picture(c.violating), picture(c.replacement), nil); len(boxes) > 0 != c.want {
			t.Errorf("%s: %v", c.name, boxes)
		}
		v, r := picture(c.violating), picture(c.replacement)
		l := Lay(Compute(v, v.RGB), Compute(r, r.RGB))
		tr := newTracer(v, r, l.al, l.a, l.b)
		regrounded := slices.ContainsFunc(tr.changedRegions(), func(b [4]int) bool { return tr.regrounded(b[0], b[1], b[0]+b[2], b[1]+b[3]) })
		if regrounded != c.regrounded {
			t.Errorf("%s: another ground %v, want %v", c.name, regrounded, c.regrounded)
		}
	}
}

// TestAnotherColour: the same product in another colour keeps its own edges; they are
// no trace of a mark.
func TestAnotherColour(t *testing.T) {
	thing := func(body, part uint8) *raster.Picture {
		img := imaging.New(640, 640, color.White)
		for y := 200; y < 420; y++ {
			for x := 100; x < 540; x++ {
				v := body
				if d := (x*x/97 + y*y/61) % 83; d < 9 { // seams, nowhere alike
					v = part
				}
				img.SetNRGBA(x, y, color.NRGBA{v, v, v, 255})
			}
		}
		rgb := raster.FromImage(img)
		return &raster.Picture{RGB: rgb, FullW: rgb.W, FullH: rgb.H}
	}
	a, b := thing(120, 20), thing(175, 135)
	if Lay(Compute(a, a.RGB), Compute(b, b.RGB)).Compare().Distance > Matched {
		t.Fatal("the pictures do not match: the test tells nothing")
	}
	if boxes := tracesOf(a, b, nil); len(boxes) > 0 {
		t.Errorf("traces %v", boxes)
	}
}

// tracesOf are the traces found in a replacement; none where it does not match.
func tracesOf(violating, replacement *raster.Picture, marks []facts.Box) []facts.Box {
	l := Lay(Compute(violating, violating.RGB), Compute(replacement, replacement.RGB))
	if l.Compare().Distance > Matched {
		return nil
	}
	_, traces := l.Differences(violating, replacement, marks)
	return traces
}
