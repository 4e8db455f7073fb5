package text

import (
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/aecheck/aecheck/pkg/raster"
	"github.com/aecheck/aecheck/pkg/testkit/opendata"
)

// This file is the part "wide": the words of the first two parts in marks that are
// legible by construction (recipes_unseen_test.go), in more directions and on more
// pictures. Thresholds are tuned on it.

func wideSayings() []said {
	tune, held := sayings("tune"), sayings("held")
	var out []said
	for i := range tune {
		if i%2 == 0 {
			out = append(out, tune[i])
		} else {
			out = append(out, held[i])
		}
	}
	return append(out, said{"contact", "line", "LINE: lamp_house"})
}

func widePrints() []said {
	return []said{
		{"print", "", "OLIVE OIL"}, {"print", "", "Baby Lotion"}, {"print", "", "产品标准号"},
		{"print", "", "© 2018 Fields Inc"}, {"print", "contact", "www.fieldsinc.com"}, {"print", "contact", "Tel 010-6512-3344"},
	}
}

func wideLayouts() []layout {
	margin := func(w, h int) int { return min(w, h) / 40 }
	centre := func(w, h, tw, th int) (int, int) { return (w - tw) / 2, (h - th) / 2 }
	list := []layout{
		{name: "wide-corner-br", height: 0.032, alpha: 0.7, white: true, shadow: true, at: func(w, h, tw, th int) (int, int) { return w - tw - margin(w, h), h - th - 2*margin(w, h) }},
		{name: "wide-corner-tl", height: 0.04, alpha: 0.5, at: func(w, h, tw, th int) (int, int) { return margin(w, h), 2 * margin(w, h) }},
		{name: "wide-centre", height: 0.055, alpha: 0.45, white: true, at: centre},
		{name: "wide-centre-25", height: 0.07, alpha: 0.45, tilt: -25, white: true, at: centre},
		{name: "wide-up-45", height: 0.065, alpha: 0.5, tilt: 45, at: func(w, h, tw, th int) (int, int) { return (w - tw) / 2, h*2/5 - th/2 }},
		{name: "wide-strip", height: 0.045, alpha: 1, white: true, strip: true, at: func(w, h, tw, th int) (int, int) { return w - tw - margin(w, h), 3 * margin(w, h) }},
		{name: "wide-tiled-3", height: 0.025, alpha: 0.5, tiles: 3, tilt: -30, white: true, at: centre},
		{name: "wide-side", height: 0.032, alpha: 0.8, tilt: -90, white: true, shadow: true, at: func(w, h, tw, th int) (int, int) { return margin(w, h), (h - th) / 2 }},
	}
	for i := range list {
		list[i].legible = true
	}
	return list
}

// widePhotos are the middles of product photos and after every second one the
// upper left two thirds of a camera photo; at most long px.
func widePhotos(t testing.TB, long int) []photo {
	t.Helper()
	var scenes []photo
	for _, p := range opendata.Files(t, "originals/*.jpg") {
		if pic := openPicture(t, p, long*3/2); pic != nil && min(pic.W, pic.H) >= 600 {
			scenes = append(scenes, photo{name: filepath.Base(p), rgb: cutPart(pic.RGB, 0, 0, pic.W*2/3, pic.H*2/3)})
		}
	}
	var out []photo
	for i, p := range openPhotos(t, long*5/4) {
		m := cutPart(p.rgb, p.rgb.W/12, p.rgb.H/12, p.rgb.W*11/12, p.rgb.H*11/12)
		if min(m.W, m.H) >= 400 {
			out = append(out, photo{name: p.name, rgb: m})
		}
		if k := i / 2; i%2 == 1 && k < len(scenes) {
			out = append(out, scenes[k])
		}
	}
	return out
}

// cutPart copies a part of a picture.
func cutPart(m *raster.RGB, x0, y0, x1, y1 int) *raster.RGB {
	out := raster.NewRGB(x1-x0, y1-y0)
	for y := range out.H {
		copy(out.Pix[3*y*out.W:3*(y+1)*out.W], m.Pix[3*((y+y0)*m.W+x0):])
	}
	return out
}

// makeWide makes the part.
func makeWide(t testing.TB) []made {
	t.Helper()
	set, err := makePart("wide", 1, rand.NewPCG(20261129, 3), widePhotos(t, 1300), drawnFrom(1203, 30, 900), true)
	if err != nil {
		t.Fatal(err)
	}
	return set
}
