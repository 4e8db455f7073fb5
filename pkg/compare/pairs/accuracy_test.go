package pairs

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math"
	"math/bits"
	"math/rand"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/disintegration/imaging"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/raster"
	"github.com/aecheck/aecheck/pkg/testkit/opendata"
)

func formatOf(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xd8")):
		return "jpeg"
	case bytes.HasPrefix(b, []byte("\x89PNG")):
		return "png"
	case bytes.HasPrefix(b, []byte("RIFF")):
		return "webp"
	case bytes.HasPrefix(b, []byte("GIF8")):
		return "gif"
	case bytes.HasPrefix(b, []byte("BM")):
		return "bmp"
	case bytes.HasPrefix(b, []byte("II*")), bytes.HasPrefix(b, []byte("MM\x00*")):
		return "tiff"
	}
	return ""
}

func load(t testing.TB, path string, orientation int) *raster.Picture {
	b := opendata.Read(t, path)
	if formatOf(b) == "" {
		return nil
	}
	p, _ := raster.Decode(context.Background(), bytes.NewReader(b), int64(len(b)), raster.Options{Format: formatOf(b), Detail: 800, Orientation: orientation})
	return p
}

// through is what a picture looks like after being saved as a JPEG.
func through(t testing.TB, img image.Image, quality int) *raster.Picture {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	p, err := raster.Decode(context.Background(), bytes.NewReader(b.Bytes()), int64(b.Len()), raster.Options{Format: "jpeg", Detail: 800})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// changes are what is done to a picture; each keeps it the same photograph.
var changes = []struct {
	name string
	make func(img *image.NRGBA, r *rand.Rand) (image.Image, int)
}{
	{"crop", func(img *image.NRGBA, r *rand.Rand) (image.Image, int) {
		s := 0.6 + 0.3*r.Float64()
		w, h := int(float64(img.Rect.Dx())*s), int(float64(img.Rect.Dy())*s)
		x, y := r.Intn(img.Rect.Dx()-w+1), r.Intn(img.Rect.Dy()-h+1)
		return imaging.Crop(img, image.Rect(x, y, x+w, y+h)), 85
	}},
	{"crop 60", func(img *image.NRGBA, r *rand.Rand) (image.Image, int) {
		return imaging.CropCenter(img, img.Rect.Dx()*6/10, img.Rect.Dy()*6/10), 85
	}},
	{"resize", func(img *image.NRGBA, r *rand.Rand) (image.Image, int) {
		s := 0.3 + 0.6*r.Float64()
		return imaging.Resize(img, int(float64(img.Rect.Dx())*s), 0, imaging.Linear), 85
	}},
	{"jpeg 40", func(img *image.NRGBA, r *rand.Rand) (image.Image, int) { return img, 40 }},
	{"watermark", func(img *image.NRGBA, r *rand.Rand) (image.Image, int) {
		out := imaging.Clone(img)
		drawMark(out, r, out.Rect.Dx()/4, out.Rect.Dy()*2/5, out.Rect.Dx()/2, out.Rect.Dy()/8, 0.6)
		return out, 85
	}},
	{"mirror", func(img *image.NRGBA, r *rand.Rand) (image.Image, int) { return imaging.FlipH(img), 85 }},
	{"background", func(img *image.NRGBA, r *rand.Rand) (image.Image, int) { return newBackground(img, r), 85 }},
}

// drawMark lays a row of letter-like strokes over a picture.
func drawMark(img *image.NRGBA, r *rand.Rand, x, y, w, h int, alpha float64) {
	level := uint8(255)
	if img.NRGBAAt(x+w/2, y+h/2).G > 140 {
		level = 60
	}
	stroke := max(2, h/6)
	c := color.NRGBA{level, level, level, uint8(alpha * 255)}
	for at := x; at+h*2/3 < x+w; at += h * 5 / 6 {
		bar := func(r image.Rectangle) {
			draw.Draw(img, r.Add(image.Pt(at, y)), &image.Uniform{c}, image.Point{}, draw.Over)
		}
		bar(image.Rect(0, 0, stroke, h))
		switch r.Intn(3) {
		case 0:
			bar(image.Rect(stroke, 0, h/2, stroke))
			bar(image.Rect(stroke, h/2, h/2, h/2+stroke))
		case 1:
			bar(image.Rect(stroke, h-stroke, h/2, h))
		case 2:
			bar(image.Rect(h/2, 0, h/2+stroke, h))
			bar(image.Rect(stroke, h/2, h/2, h/2+stroke))
		}
	}
}

// newBackground replaces what is white and hangs together with the edge.
func newBackground(img *image.NRGBA, r *rand.Rand) image.Image {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	out := imaging.Clone(img)
	seen := make([]bool, w*h)
	var queue []int
	push := func(x, y int) {
		if x < 0 || y < 0 || x >= w || y >= h || seen[y*w+x] {
			return
		}
		p := img.Pix[img.PixOffset(x, y):]
		if min(p[0], p[1], p[2]) < 244 {
			return
		}
		seen[y*w+x] = true
		queue = append(queue, y*w+x)
	}
	for x := range w {
		push(x, 0)
		push(x, h-1)
	}
	for y := range h {
		push(0, y)
		push(w-1, y)
	}
	a, b := color.NRGBA{uint8(r.Intn(256)), uint8(r.Intn(256)), uint8(r.Intn(256)), 255}, color.NRGBA{uint8(r.Intn(256)), uint8(r.Intn(256)), uint8(r.Intn(256)), 255}
	fx, fy := r.Float64()*20, r.Float64()*20
	for len(queue) > 0 {
		at := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		x, y := at%w, at/w
		k := 0.5 + 0.5*math.Sin(fx*float64(x)/float64(w)+fy*float64(y)/float64(h))
		mix := func(a, b uint8) uint8 { return uint8(float64(a)*(1-k) + float64(b)*k) }
		out.SetNRGBA(x, y, color.NRGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 255})
		push(x-1, y)
		push(x+1, y)
		push(x, y-1)
		push(x, y+1)
	}
	return out
}

// phash is the usual 64-bit DCT hash, for comparison only.
func phash(g *raster.Gray) uint64 {
	s := g.Shrink(32, 32)
	var c [64]float64
	for u := range 8 {
		for v := range 8 {
			for y := range s.H {
				for x := range s.W {
					c[u*8+v] += float64(s.Pix[y*s.W+x]) * math.Cos(math.Pi/64*float64(2*y+1)*float64(u)) * math.Cos(math.Pi/64*float64(2*x+1)*float64(v))
				}
			}
		}
	}
	sorted := append([]float64(nil), c[1:]...)
	sort.Float64s(sorted)
	var h uint64
	for i, v := range c {
		if v > sorted[31] {
			h |= 1 << i
		}
	}
	return h
}

// product names what a file shows, so that two pictures of one product are not
// called unrelated.
func product(path string) string {
	name := filepath.Base(path)
	name = strings.TrimSuffix(name, filepath.Ext(name))
	if i := strings.Index(name, "product-"); i >= 0 && strings.HasPrefix(name, "magento") {
		parts := strings.Split(name[i:], "-")
		return "magento " + parts[min(3, len(parts)-1)]
	}
	if strings.Contains(name, "saleor-sunnies") {
		return "sunnies" // one rendering in two colours
	}
	if strings.Contains(name, "saleor") && strings.HasSuffix(name, "-drink") {
		return "drink" // one rendering with three labels
	}
	return strings.TrimRight(name, "0123456789_-")
}

// TestAccuracyPairs holds: recall ≥ 97 % on ≥ 300 made pairs, ≤ 0.2 % false on
// ≥ 2,000 unrelated pairs of product pictures.
func TestAccuracyPairs(t *testing.T) {
	type picture struct {
		path string
		p    *raster.Picture
		f    *Features
		ph   uint64
	}
	var products []picture
	for _, s := range opendata.Samples(t, "product-white", "product-other") {
		if p := load(t, s.Path, 1); p != nil {
			products = append(products, picture{s.Name, p, Compute(p, p.RGB), phash(p.Luma())})
		}
	}
	type scores struct{ ours, dhash, phash []float64 }
	made := map[string]*scores{}
	var positive, negative scores
	r := rand.New(rand.NewSource(9))
	for i, a := range products {
		if i%2 == 1 {
			continue
		}
		for _, c := range changes {
			if c.name == "background" && !strings.HasPrefix(a.path, "product-white") {
				continue
			}
			img, quality := c.make(a.p.Image(), r)
			p := through(t, img, quality)
			f, ph := Compute(p, p.RGB), phash(p.Luma())
			pair := Lay(a.f, f).Compare()
			if made[c.name] == nil {
				made[c.name] = &scores{}
			}
			for _, s := range []*scores{made[c.name], &positive} {
				s.ours = append(s.ours, pair.Distance)
				s.dhash = append(s.dhash, float64(bits.OnesCount64(a.f.dhash^f.dhash)))
				s.phash = append(s.phash, float64(bits.OnesCount64(a.ph^ph)))
			}
			if pair.Distance > Matched {
				al, g := bestAlignment(a.f, f)
				t.Logf("missed: %-10s %s: %.3f %+v %+v", c.name, filepath.Base(a.path), pair.Distance, al, g)
			}
		}
	}
	for i, a := range products {
		for _, b := range products[:i] {
			if product(a.path) == product(b.path) {
				continue
			}
			pair := Lay(a.f, b.f).Compare()
			negative.ours = append(negative.ours, pair.Distance)
			negative.dhash = append(negative.dhash, float64(bits.OnesCount64(a.f.dhash^b.f.dhash)))
			negative.phash = append(negative.phash, float64(bits.OnesCount64(a.ph^b.ph)))
			if pair.Distance <= Matched {
				al, g := bestAlignment(a.f, b.f)
				t.Logf("false: %.3f %s %s: %+v %+v", pair.Distance, filepath.Base(a.path), filepath.Base(b.path), al, g)
			}
		}
	}
	upTo := func(v []float64, limit float64) float64 {
		n := 0
		for _, d := range v {
			if d <= limit {
				n++
			}
		}
		return float64(n) / float64(max(1, len(v)))
	}
	t.Logf("%-12s %5s %8s %10s %10s", "", "pairs", "ours", "dHash ≤10", "pHash ≤10")
	for _, c := range changes {
		s := made[c.name]
		t.Logf("%-12s %5d %7.1f%% %9.1f%% %9.1f%%", c.name, len(s.ours), 100*upTo(s.ours, Matched), 100*upTo(s.dhash, 10), 100*upTo(s.phash, 10))
	}
	recall, wrong := upTo(positive.ours, Matched), upTo(negative.ours, Matched)
	t.Logf("%-12s %5d %7.1f%% %9.1f%% %9.1f%%", "all made", len(positive.ours), 100*recall, 100*upTo(positive.dhash, 10), 100*upTo(positive.phash, 10))
	t.Logf("%-12s %5d %7.2f%% %9.2f%% %9.2f%%", "unrelated", len(negative.ours), 100*wrong, 100*upTo(negative.dhash, 10), 100*upTo(negative.phash, 10))
	var hist [20]int
	for _, d := range negative.ours {
		hist[min(19, int(d*20))]++
	}
	var pos [20]int
	for _, d := range positive.ours {
		pos[min(19, int(d*20))]++
	}
	t.Logf("distances of unrelated %v", hist)
	t.Logf("distances of made      %v", pos)
	if len(positive.ours) < 300 || recall < 0.97 {
		t.Errorf("recall %.3f on %d pairs", recall, len(positive.ours))
	}
	if len(negative.ours) < 2000 || wrong > 0.002 {
		t.Errorf("false %.4f on %d pairs", wrong, len(negative.ours))
	}
}

// TestAccuracyOpenDuplicates compares the open set's own duplicates.
func TestAccuracyOpenDuplicates(t *testing.T) {
	groups := map[string][]*Features{}
	names := map[*Features]string{}
	for _, s := range opendata.Samples(t, "duplicates") {
		group, ok := s.Want["group"]
		if !ok {
			continue
		}
		orientation := 1
		if group == "landscape" { // a picture stored in all eight ways
			if _, err := fmt.Sscanf(filepath.Base(s.Path), "exif-orientation-e__Landscape_%d.jpg", &orientation); err != nil {
				t.Fatal(err)
			}
		}
		if p := load(t, s.Path, orientation); p != nil {
			c := Compute(p, p.RGB)
			groups[group] = append(groups[group], c)
			names[c] = filepath.Base(s.Path)
		}
	}
	var all []*Features
	of := map[*Features]string{}
	for g, fs := range groups {
		for _, f := range fs {
			all = append(all, f)
			of[f] = g
		}
	}
	hit, pairs, wrong, others := 0, 0, 0, 0
	for i, a := range all {
		for _, b := range all[:i] {
			p := Lay(a, b).Compare()
			same := of[a] == of[b]
			switch {
			case same && p.Distance <= Matched:
				hit++
			case same:
				t.Logf("missed %s %s %+v", names[a], names[b], p)
			case p.Distance <= Matched:
				wrong++
				t.Logf("false %s %s %+v", names[a], names[b], p)
			}
			if same {
				pairs++
			} else {
				others++
			}
		}
	}
	t.Logf("open duplicates: %d of %d found, %d of %d others taken for one", hit, pairs, wrong, others)
}

// removals are what sellers do to a mark; each says whether a trace is left.
var removals = []struct {
	name string
	left bool
	make func(clean, marked *image.NRGBA, mark image.Rectangle, r *rand.Rand) image.Image
}{
	{"clean", false, func(clean, marked *image.NRGBA, mark image.Rectangle, r *rand.Rand) image.Image { return clean }},
	{"filled in", false, func(clean, marked *image.NRGBA, mark image.Rectangle, r *rand.Rand) image.Image {
		return fillIn(marked, mark.Inset(-3))
	}},
	{"shines through", true, func(clean, marked *image.NRGBA, mark image.Rectangle, r *rand.Rand) image.Image {
		return imaging.Overlay(clean, marked, image.Point{}, 0.15+0.3*r.Float64())
	}},
	{"smeared", true, func(clean, marked *image.NRGBA, mark image.Rectangle, r *rand.Rand) image.Image {
		part := imaging.Blur(imaging.Crop(marked, mark.Inset(-3)), 2+2*r.Float64())
		return imaging.Paste(marked, part, mark.Inset(-3).Min)
	}},
	{"letters left", true, func(clean, marked *image.NRGBA, mark image.Rectangle, r *rand.Rand) image.Image {
		cut := mark
		cut.Max.X = mark.Min.X + mark.Dx()*(4+r.Intn(3))/10
		return imaging.Paste(marked, imaging.Crop(clean, cut), cut.Min)
	}},
}

// fillIn replaces a box by what interpolates its edges, row by row and column
// by column, with a little grain: a fair retouch on a soft ground.
func fillIn(img *image.NRGBA, box image.Rectangle) image.Image {
	box = box.Intersect(img.Rect.Inset(1))
	out := imaging.Clone(img)
	r := rand.New(rand.NewSource(1))
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			u, v := float64(x-box.Min.X+1)/float64(box.Dx()+1), float64(y-box.Min.Y+1)/float64(box.Dy()+1)
			l, rt := img.NRGBAAt(box.Min.X-1, y), img.NRGBAAt(box.Max.X, y)
			tp, bt := img.NRGBAAt(x, box.Min.Y-1), img.NRGBAAt(x, box.Max.Y)
			grain := 3 * r.NormFloat64()
			mix := func(l, r, t, b uint8) uint8 {
				m := ((float64(l)*(1-u)+float64(r)*u)+(float64(t)*(1-v)+float64(b)*v))/2 + grain
				return uint8(min(255, max(0, m)))
			}
			out.SetNRGBA(x, y, color.NRGBA{mix(l.R, rt.R, tp.R, bt.R), mix(l.G, rt.G, tp.G, bt.G), mix(l.B, rt.B, tp.B, bt.B), 255})
		}
	}
	return out
}

// TestAccuracyTraces holds: remains found ≥ 90 %, ≤ 2 % false.
func TestAccuracyTraces(t *testing.T) {
	r := rand.New(rand.NewSource(5))
	found, ghosts, all := map[string]int{}, map[string]int{}, map[string]int{}
	for i, s := range opendata.Samples(t) { // all rows: i picks the pictures
		if !s.Product() || i%2 == 0 {
			continue
		}
		p := load(t, s.Path, 1)
		if p == nil {
			continue
		}
		clean := p.Image()
		marked := imaging.Clone(clean)
		w, h := clean.Rect.Dx(), clean.Rect.Dy()
		mark := image.Rect(w/4, h*2/5, w*3/4, h*2/5+h/12)
		drawMark(marked, r, mark.Min.X, mark.Min.Y, mark.Dx(), mark.Dy(), 0.4+0.5*r.Float64())
		violating := through(t, marked, 85)
		box := facts.Box{mark.Min.X, mark.Min.Y, mark.Dx(), mark.Dy()}
		for _, c := range removals {
			img := c.make(clean, marked, mark, r)
			if i%3 == 0 { // also hands in another size
				img = imaging.Resize(img, w*9/10, 0, imaging.Linear)
			}
			boxes := tracesOf(violating, through(t, img, 90), []facts.Box{box})
			all[c.name]++
			if len(boxes) > 0 {
				found[c.name]++
			}
			if len(tracesOf(violating, through(t, img, 90), nil)) > 0 {
				ghosts[c.name]++
			}
		}
	}
	var hit, must, wrong, mustNot int
	for _, c := range removals {
		t.Logf("%-16s trace seen in %d of %d, %d without knowing the mark's place", c.name, found[c.name], all[c.name], ghosts[c.name])
		if c.left {
			hit, must = hit+found[c.name], must+all[c.name]
		} else {
			wrong, mustNot = wrong+found[c.name], mustNot+all[c.name]
		}
	}
	t.Logf("remains found %.1f %% of %d, false %.1f %% of %d", 100*float64(hit)/float64(must), must, 100*float64(wrong)/float64(mustNot), mustNot)
	if float64(hit) < 0.9*float64(must) || float64(wrong) > 0.02*float64(mustNot) {
		t.Error("target missed")
	}
}
