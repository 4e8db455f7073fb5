package compare

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"maps"
	"math/rand"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/disintegration/imaging"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/checks/pictures"
	"github.com/aecheck/aecheck/pkg/compare/lumacopy"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
	"github.com/aecheck/aecheck/pkg/imagehash"
	"github.com/aecheck/aecheck/pkg/raster"
	"github.com/aecheck/aecheck/pkg/testkit/opendata"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// openProducts decodes the product photos of the open data set, and skips
// the test without it.
func openProducts(t *testing.T) (names []string, photos []*raster.Picture) {
	for _, f := range opendata.Files(t, "product-white/*", "product-other/*") {
		if p, err := decode(opendata.Read(t, f)); err == nil {
			names, photos = append(names, f), append(photos, p)
		}
	}
	return names, photos
}

func decode(b []byte) (*raster.Picture, error) {
	return raster.Decode(context.Background(), bytes.NewReader(b), int64(len(b)), raster.Options{Format: format.Sniff(b), Detail: lumacopy.Side})
}

// saved is what a picture looks like after being saved as a JPEG.
func saved(t *testing.T, img image.Image, quality int) *raster.Picture {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	p, err := decode(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// asset makes an asset of a picture, with the facts that comparing needs.
func asset(t *testing.T, kind, name string, p *raster.Picture) facts.Asset {
	set := &facts.Set{}
	var err error
	if set.Match, err = lumacopy.Of(p); err != nil {
		t.Fatal(err)
	}
	w, h := raster.Fit(p.W, p.H, 800)
	luma := p.Luma().Shrink(w, h)
	pdq, _ := imagehash.PDQ(luma)
	set.Hash.DHash, set.Hash.PDQ = fmt.Sprintf("%016x", imagehash.DHash(luma)), pdq.String()
	set.File.SHA256 = kind + name
	return facts.Asset{Path: kind + "/" + name, Kind: kind, Facts: set}
}

// judged runs a check on a case of two photos.
func judged(t *testing.T, c checks.Check, params any, typ string, a, b *compared) verdict.Outcome {
	v := &facts.Case{Path: "c", File: &casefile.File{}, Assets: []facts.Asset{*a.asset, *b.asset}}
	v.File.Violation.Type = typ
	v.Pairs = []facts.Pair{*a.with(b)}
	r, err := c.Run(context.Background(), checks.Subject{Case: v}, params)
	if err != nil {
		t.Fatal(err)
	}
	return r.Outcome
}

// like makes the same picture take another part.
func like(c *compared, kind string) *compared {
	a := *c.asset
	a.Kind, a.Path = kind, kind+"/x"
	return &compared{asset: &a, picture: c.picture, features: c.features}
}

func newSide(t *testing.T, kind string, p *raster.Picture) *compared {
	a := asset(t, kind, "x", p)
	return newCompared(&a)
}

// versions are what is done to a photograph that stays the same one; kept are
// those that leave a mark on it where it was.
var versions = []struct {
	name string
	kept bool
	make func(img *image.NRGBA, r *rand.Rand) (image.Image, int)
}{
	{"crop 60", false, func(img *image.NRGBA, r *rand.Rand) (image.Image, int) {
		return imaging.CropCenter(img, img.Rect.Dx()*6/10, img.Rect.Dy()*6/10), 85
	}},
	{"crop", false, func(img *image.NRGBA, r *rand.Rand) (image.Image, int) {
		w, h := img.Rect.Dx()*3/4, img.Rect.Dy()*3/4
		x, y := r.Intn(img.Rect.Dx()-w+1), r.Intn(img.Rect.Dy()-h+1)
		return imaging.Crop(img, image.Rect(x, y, x+w, y+h)), 85
	}},
	{"resize", true, func(img *image.NRGBA, r *rand.Rand) (image.Image, int) {
		return imaging.Resize(img, img.Rect.Dx()*(4+r.Intn(5))/10, 0, imaging.Linear), 85
	}},
	{"jpeg 40", true, func(img *image.NRGBA, r *rand.Rand) (image.Image, int) { return img, 40 }},
	{"mirror", true, func(img *image.NRGBA, r *rand.Rand) (image.Image, int) { return imaging.FlipH(img), 85 }},
	{"watermark", false, func(img *image.NRGBA, r *rand.Rand) (image.Image, int) { out, _ := marked(img, r); return out, 85 }},
}

// marked lays a row of letter-like strokes over a picture.
func marked(img *image.NRGBA, r *rand.Rand) (*image.NRGBA, image.Rectangle) {
	out := imaging.Clone(img)
	w, h := img.Rect.Dx(), img.Rect.Dy()
	box := image.Rect(w/4, h*2/5, w*3/4, h*2/5+h/12)
	level := uint8(255)
	if img.NRGBAAt(w/2, h*2/5+h/24).G > 140 {
		level = 60
	}
	ink := &image.Uniform{color.NRGBA{level, level, level, uint8(110 + r.Intn(110))}}
	side, stroke := box.Dy(), max(2, box.Dy()/6)
	for x := box.Min.X; x+side*2/3 < box.Max.X; x += side * 5 / 6 {
		at := image.Pt(x, box.Min.Y)
		for _, bar := range []image.Rectangle{image.Rect(0, 0, stroke, side), image.Rect(stroke, 0, side/2, stroke), image.Rect(stroke, side/2, side/2, side/2+stroke)} {
			if r.Intn(4) > 0 {
				draw.Draw(out, bar.Add(at), ink, image.Point{}, draw.Over)
			}
		}
	}
	return out, box
}

// unrelated reports whether two files of the open set surely show different
// things: several shots and colours of one product have one beginning of name.
func unrelated(a, b string) bool {
	word := func(p string) string {
		name := strings.ToLower(filepath.Base(p))
		name = strings.TrimSuffix(name, filepath.Ext(name))
		if i := strings.Index(name, "product-"); strings.HasPrefix(name, "magento") && i >= 0 {
			return strings.Join(strings.SplitN(name[i:], "-", 5)[:4], "-")
		}
		for _, line := range []string{"sunnies", "drink"} {
			if strings.Contains(name, line) {
				return line
			}
		}
		return strings.TrimRight(name, "0123456789_-")
	}
	return word(a) != word(b)
}

// TestAccuracyPictureChecks holds the checks on pairs of photos to their
// targets: the same photograph found ≥ 97 %, ≤ 0.2 % of unrelated ones taken
// for it; remains of a mark ≥ 90 %, ≤ 2 % false.
func TestAccuracyPictureChecks(t *testing.T) {
	names, photos := openProducts(t)
	r := rand.New(rand.NewSource(21))
	sides := make([]*compared, len(photos))
	for i, p := range photos {
		sides[i] = newSide(t, "violating", p)
	}
	count := tally{}
	for i, p := range photos {
		img := p.Image()
		for _, v := range versions {
			other, quality := v.make(img, r)
			b := newSide(t, "source", saved(t, other, quality))
			count.add("source-matches: "+v.name, judged(t, pictures.SourceMatch{}, pictures.SourceMatch{}.NewParams(), "", sides[i], b) == verdict.Pass)
			b = like(b, "replacement")
			stolen := judged(t, pictures.Unreplaced{}, pictures.Unreplaced{}.NewParams(), "stolen_image", sides[i], b)
			count.add("unreplaced, stolen", stolen == verdict.Fail)
			if v.kept {
				same := judged(t, pictures.Unreplaced{}, pictures.Unreplaced{}.NewParams(), "watermark", sides[i], b)
				count.add("unreplaced, saved anew: "+v.name, same == verdict.Fail)
			}
			if v.kept && v.name != "mirror" {
				count.add("similar-pictures: "+v.name, alike(t, sides[i], b))
			}
		}
		violating, box := marked(img, r)
		a := newSide(t, "violating", saved(t, violating, 85))
		clean := newSide(t, "replacement", saved(t, img, 88))
		count.add("false: mended taken for unreplaced", judged(t, pictures.Unreplaced{}, pictures.Unreplaced{}.NewParams(), "watermark", a, clean) == verdict.Fail)
		count.add("false: clean taken for painted over", judged(t, pictures.PaintedOver{}, pictures.PaintedOver{}.NewParams(), "", a, clean) == verdict.Fail)
		through := imaging.Overlay(img, violating, image.Point{}, 0.15+0.3*r.Float64())
		smeared := imaging.Paste(violating, imaging.Blur(imaging.Crop(violating, box.Inset(-3)), 2+2*r.Float64()), box.Inset(-3).Min)
		for name, left := range map[string]image.Image{"shines through": through, "smeared": smeared} {
			b := newSide(t, "replacement", saved(t, left, 88))
			count.add("painted-over: "+name, judged(t, pictures.PaintedOver{}, pictures.PaintedOver{}.NewParams(), "", a, b) == verdict.Fail)
		}
	}
	pairs := 0
	for i := range photos {
		for j := range i {
			// Every third, spread over near and far neighbours alike.
			if (31*i+j)%3 > 0 || !unrelated(names[i], names[j]) {
				continue
			}
			pairs++
			b := like(sides[j], "source")
			taken := judged(t, pictures.SourceMatch{}, pictures.SourceMatch{}.NewParams(), "", sides[i], b)
			if taken == verdict.Pass {
				t.Logf("taken for the same: %s %s", filepath.Base(names[i]), filepath.Base(names[j]))
			}
			count.add("false: source-matches, unrelated", taken == verdict.Pass)
			count.add("unrelated left to a person", taken == verdict.Review)
			count.add("false: similar-pictures, unrelated", alike(t, sides[i], b))
		}
	}
	count.print(t)
	for prefix, least := range map[string]float64{"source-matches": 0.97, "unreplaced": 0.9, "painted-over": 0.9, "similar-pictures": 0.9} {
		if got := count.share(prefix); got < least {
			t.Errorf("%s: %.3f, want %.3f", prefix, got, least)
		}
	}
	for prefix, most := range map[string]float64{"false: source": 0.002, "false: similar": 0.002, "false: clean": 0.02, "false: mended": 0.02} {
		if got := count.share(prefix); got > most {
			t.Errorf("%s: %.4f, want at most %.4f", prefix, got, most)
		}
	}
	if pairs < 2000 {
		t.Errorf("%d unrelated pairs only", pairs)
	}
}

// alike runs similar-pictures over two cases of one picture each.
func alike(t *testing.T, a, b *compared) bool {
	first, second := *a.asset, *b.asset
	first.Kind, second.Kind = "violating", "violating"
	first.Facts.File.SHA256, second.Facts.File.SHA256 = "", ""
	r, err := pictures.Similar{}.Run(context.Background(), checks.Subject{Batch: []*facts.Case{
		{Path: "a", Assets: []facts.Asset{first}}, {Path: "b", Assets: []facts.Asset{second}},
	}}, pictures.Similar{}.NewParams())
	if err != nil {
		t.Fatal(err)
	}
	return r.Outcome == verdict.Fail
}

// tally counts how often something held, by what it is about.
type tally map[string]*[2]int

func (c tally) add(name string, held bool) {
	if c[name] == nil {
		c[name] = &[2]int{}
	}
	if held {
		c[name][0]++
	}
	c[name][1]++
}

func (c tally) share(prefix string) float64 {
	var n [2]int
	for name, v := range c {
		if strings.HasPrefix(name, prefix) {
			n[0], n[1] = n[0]+v[0], n[1]+v[1]
		}
	}
	return float64(n[0]) / float64(max(1, n[1]))
}

func (c tally) print(t *testing.T) {
	for _, name := range slices.Sorted(maps.Keys(c)) {
		t.Logf("%-42s %5d of %5d  %5.1f %%", name, c[name][0], c[name][1], 100*float64(c[name][0])/float64(c[name][1]))
	}
}
