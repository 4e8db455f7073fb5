package text

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/aecheck/aecheck/pkg/raster"
	"github.com/aecheck/aecheck/pkg/testkit/opendata"
)

// This file is the third part of the made set, "fresh": other words, layouts,
// fonts, strengths, tilts and pictures, laid on by the same generator. It was
// written and frozen when the held half had become known; TestFreshFrozen keeps
// it as it was.

func freshSayings() []said {
	return []said{
		{"watermark", "ae_id", "AE-5098213"}, {"watermark", "ae_id", "AE-11467702"},
		{"watermark", "copyright", "© 2023 Maple Outdoor"}, {"watermark", "copyright", "Copyright 2025 SunRay LED"},
		{"watermark", "site", "www.toy-planet.com"}, {"watermark", "chinese", "禁止转载"},
		{"watermark", "chinese", "晨曦家纺旗舰店"}, {"watermark", "other", "Maple Outdoor"},
		{"watermark", "other", "VELTORA"}, {"watermark", "chinese", "侵权必究"},
		{"contact", "wechat", "WeChat: toyfactory66"}, {"contact", "phone", "Mob: 136-6677-8899"},
		{"contact", "qq", "QQ：88345671"}, {"contact", "whatsapp", "WhatsApp: +1 415 555 0132"},
		{"contact", "email", "order@maple-outdoor.com"}, {"contact", "phone", "热线 400-666-7788"},
		{"contact", "wechat", "微信号 mingming520"}, {"contact", "phone", "+49 30 1234 5678"},
		{"contact", "domain", "toy-planet.shop"}, {"contact", "skype", "Skype: maple.sales"},
		{"promotion", "", "Limited Offer"}, {"promotion", "", "全场特价"}, {"label", "zh", "AI合成"}, {"label", "en", "Created with AI"},
		{"plain", "", "58x40x12 mm"}, {"plain", "", "USB-C 20W"}, {"plain", "", "Art. BX-7712"}, {"plain", "", "304 Steel"},
	}
}

func freshPrints() []said {
	return []said{
		{"print", "", "BLACK PEPPER"}, {"print", "", "Ceramic Glaze"}, {"print", "", "配料 小麦粉"},
		{"print", "", "© 2022 Harvest Co"}, {"print", "contact", "www.harvestmill.com"}, {"print", "contact", "Hotline 400-811-6600"},
	}
}

func freshLayouts() []layout {
	margin := func(w, h int) int { return min(w, h) / 40 }
	centre := func(w, h, tw, th int) (int, int) { return (w - tw) / 2, (h - th) / 2 }
	return []layout{
		{name: "edge-b", height: 0.038, alpha: 0.6, white: true, shadow: true, at: func(w, h, tw, th int) (int, int) { return (w - tw) / 2, h - th - margin(w, h) }},
		{name: "corner-br-dark", height: 0.028, alpha: 0.9, at: func(w, h, tw, th int) (int, int) { return w - tw - 2*margin(w, h), h - th - margin(w, h) }},
		{name: "left-third", height: 0.06, alpha: 0.45, at: func(w, h, tw, th int) (int, int) { return max(margin(w, h), w/3-tw/2), h*2/5 - th/2 }},
		{name: "centre-15", height: 0.065, alpha: 0.4, tilt: -15, white: true, at: centre},
		{name: "low-strip", height: 0.05, alpha: 1, white: true, strip: true, at: func(w, h, tw, th int) (int, int) { return (w - tw) / 2, h*4/5 - th/2 }},
		{name: "tiled-3-35", height: 0.026, alpha: 0.4, tiles: 3, tilt: 35, white: true, at: centre},
	}
}

// freshPhotos are the pictures of the fresh part: the lower right five sixths of
// product photos, and behind every third one a camera photo; at most long px on
// the longer side.
func freshPhotos(t testing.TB, long int) []photo {
	t.Helper()
	products := openPhotos(t, long*6/5)
	var scenes []photo
	for _, p := range opendata.Files(t, "originals/*.jpg") {
		if pic := openPicture(t, p, long); pic != nil && min(pic.W, pic.H) >= 400 {
			scenes = append(scenes, photo{name: filepath.Base(p), rgb: pic.RGB})
		}
	}
	var out []photo
	for i, p := range products {
		x0, y0 := p.rgb.W/6, p.rgb.H/6
		m := raster.NewRGB(p.rgb.W-x0, p.rgb.H-y0)
		for y := range m.H {
			copy(m.Pix[3*y*m.W:3*(y+1)*m.W], p.rgb.Pix[3*((y+y0)*p.rgb.W+x0):])
		}
		if min(m.W, m.H) >= 400 {
			out = append(out, photo{name: p.name, rgb: m})
		}
		if k := i / 3; i%3 == 2 && k < len(scenes) {
			out = append(out, scenes[k])
		}
	}
	return out
}

// makeFresh makes the fresh part.
func makeFresh(t testing.TB) []made {
	t.Helper()
	set, err := makePart("fresh", 1, rand.NewPCG(20270117, 5), freshPhotos(t, 1000), drawnFrom(501, 30, 820), true)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// TestFreshFrozen fails when the recipe of the fresh part changes: figures told
// of it hold for this one.
func TestFreshFrozen(t *testing.T) {
	h := sha256.New()
	for _, s := range append(freshSayings(), freshPrints()...) {
		fmt.Fprintf(h, "%s|%s|%s\n", s.class, s.kind, s.text)
	}
	for _, l := range freshLayouts() {
		x, y := l.at(1000, 800, 300, 40)
		fmt.Fprintf(h, "%s|%.3f|%.2f|%.0f|%v|%v|%d|%v|%d,%d\n", l.name, l.height, l.alpha, l.tilt, l.white, l.shadow, l.tiles, l.strip, x, y)
	}
	faces, err := fontsOf("fresh")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faces {
		fmt.Fprintf(h, "%s|%v|%.2f\n", f.name, f.bold, f.slant)
	}
	const frozen = "e25fe0220295352ee8d8b6a18550ec6e46454cbb13955e4d666bb6fdd37967ca"
	if got := hex.EncodeToString(h.Sum(nil)); got != frozen {
		t.Errorf("the recipe of the fresh part is %s, frozen was %s", got, frozen)
	}
}
