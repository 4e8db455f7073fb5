package text

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"math"
	"math/rand/v2"

	"github.com/aecheck/aecheck/pkg/raster"
)

// This file is the recipe of the made set: which text is put on which picture,
// how, and what must be found there. It was frozen before any threshold of this
// package was tuned. Layouts and fonts are split into parts. "tune" is what the
// thresholds were first set on; "held" was not looked at then, but is known by
// now; "wide" (recipes_wide_test.go) is tuned on too; "fresh" (recipes_fresh_test.go) and "unseen" (recipes_unseen_test.go) were added
// later and kept unseen in their turn.

// truth is one thing a made picture holds.
type truth struct {
	class string // watermark, contact, promotion, label, plain (no finding), print
	kind  string // form of a watermark, kind of a contact detail
	text  string
	boxes [][4]int // where it was drawn (tiles: several)
}

// made is one picture of the set.
type made struct {
	name   string
	half   string // tune, held, wide, fresh or unseen
	layout string
	font   string
	pic    *raster.Picture
	truths []truth
}

// said is a text and what it is.
type said struct{ class, kind, text string }

// sayings of a half: what sellers and thieves write on pictures.
func sayings(half string) []said {
	switch half {
	case "fresh":
		return freshSayings()
	case "unseen":
		return unseenSayings()
	case "wide":
		return wideSayings()
	}
	if half == "tune" {
		return []said{
			{"watermark", "ae_id", "AE-1234567"}, {"watermark", "ae_id", "AE-20481516"},
			{"watermark", "copyright", "©2024 LuckyTrade"}, {"watermark", "copyright", "Copyright 2023 Nordic Home"},
			{"watermark", "site", "www.sino-led.com"}, {"watermark", "chinese", "盗图必究"},
			{"watermark", "chinese", "幸运家居旗舰店"}, {"watermark", "other", "LuckyTrade Store"},
			{"watermark", "other", "HOMEDECO"}, {"watermark", "chinese", "原创实拍"},
			{"contact", "wechat", "微信:shop_2024"}, {"contact", "phone", "TEL:13800138000"},
			{"contact", "qq", "QQ:123456789"}, {"contact", "whatsapp", "WhatsApp:+86 139 1234 5678"},
			{"contact", "email", "sales@lucky-trade.com"}, {"contact", "phone", "138-0013-8000"},
			{"contact", "wechat", "V信 abc12345"}, {"contact", "phone", "电话：0755-88886666"},
			{"contact", "domain", "www.lucky-trade.com"}, {"contact", "telegram", "Telegram:@shop_direct"},
			{"promotion", "", "HOT SALE"}, {"promotion", "", "包邮"}, {"label", "zh", "AI生成"}, {"label", "en", "AI Generated"},
			{"plain", "", "120x80cm"}, {"plain", "", "5000mAh 3.7V"}, {"plain", "", "Model XJ-2030"}, {"plain", "", "Waterproof IP68"},
		}
	}
	return []said{
		{"watermark", "ae_id", "AE-7654321"}, {"watermark", "ae_id", "AE-33009871"},
		{"watermark", "copyright", "© 2022 Bright Baby"}, {"watermark", "copyright", "(c) 2025 KITCHENPRO"},
		{"watermark", "site", "www.green-garden.net"}, {"watermark", "chinese", "仿冒必究"},
		{"watermark", "chinese", "星光饰品专营店"}, {"watermark", "other", "Bright Baby Shop"},
		{"watermark", "other", "SUNMODA"}, {"watermark", "chinese", "版权所有"},
		{"contact", "wechat", "WeChat ID: factory88"}, {"contact", "phone", "Tel 400-800-1234"},
		{"contact", "qq", "QQ 2850012345"}, {"contact", "whatsapp", "WhatsApp +44 20 7946 0958"},
		{"contact", "email", "info@bright-baby.cn"}, {"contact", "phone", "手机 159 8765 4321"},
		{"contact", "wechat", "加微信 lily8899"}, {"contact", "phone", "+7 (495) 123-45-67"},
		{"contact", "domain", "brightbaby.store"}, {"contact", "qq", "QQ群 612345678"},
		{"promotion", "", "Free Shipping"}, {"promotion", "", "爆款热卖"}, {"label", "zh", "人工智能生成"}, {"label", "en", "AI-generated"},
		{"plain", "", "36x42x18 cm"}, {"plain", "", "DC 12V 2A"}, {"plain", "", "SKU A-10293"}, {"plain", "", "100% Cotton"},
	}
}

// prints of a half: what stands on products and packaging, and is no mark.
func prints(half string) []said {
	switch half {
	case "fresh":
		return freshPrints()
	case "unseen":
		return unseenPrints()
	case "wide":
		return widePrints()
	}
	if half == "tune" {
		return []said{
			{"print", "", "ORGANIC OATS"}, {"print", "", "Natural Coffee"}, {"print", "", "净含量 500g"},
			{"print", "", "© 2021 Arla Foods"}, {"print", "contact", "www.oatbrand.com"}, {"print", "contact", "Tel: 400-820-1234"},
		}
	}
	return []said{
		{"print", "", "GREEN TEA"}, {"print", "", "Strong Adhesive"}, {"print", "", "保质期 12个月"},
		{"print", "", "© 2020 Teahouse Ltd"}, {"print", "contact", "www.teahouse.com"}, {"print", "contact", "Hotline 800-830-5678"},
	}
}

// layout says where and how a text is laid over a picture.
type layout struct {
	name   string
	height float64 // glyph height relative to the shorter side
	alpha  float64
	tilt   float64 // degrees, anticlockwise
	white  bool    // else dark grey; where it would vanish the other is taken
	shadow bool
	tiles  int // columns of a tiling, 0 for one mark
	strip  bool
	// legible marks are laid on as strongly as it takes to be read everywhere, see
	// recipes_unseen_test.go.
	legible bool
	at      func(w, h, tw, th int) (x, y int) // top left of the text
}

func layouts(half string) []layout {
	margin := func(w, h int) int { return min(w, h) / 40 }
	centre := func(w, h, tw, th int) (int, int) { return (w - tw) / 2, (h - th) / 2 }
	switch half {
	case "fresh":
		return freshLayouts()
	case "unseen":
		return unseenLayouts()
	case "wide":
		return wideLayouts()
	}
	if half == "tune" {
		return []layout{
			{name: "corner-br", height: 0.035, alpha: 0.7, white: true, at: func(w, h, tw, th int) (int, int) { return w - tw - margin(w, h), h - th - margin(w, h) }},
			{name: "corner-tl", height: 0.05, alpha: 1, at: func(w, h, tw, th int) (int, int) { return margin(w, h), margin(w, h) }},
			{name: "centre-30", height: 0.07, alpha: 0.4, tilt: 30, white: true, at: centre},
			{name: "bottom-strip", height: 0.045, alpha: 1, white: true, strip: true, at: func(w, h, tw, th int) (int, int) { return (w - tw) / 2, h - th - 2*margin(w, h) }},
			{name: "tiled-3", height: 0.03, alpha: 0.45, tiles: 3, tilt: 20, white: true, at: centre},
		}
	}
	return []layout{
		{name: "corner-bl", height: 0.03, alpha: 0.85, at: func(w, h, tw, th int) (int, int) { return margin(w, h), h - th - margin(w, h) }},
		{name: "corner-tr", height: 0.055, alpha: 0.6, white: true, shadow: true, at: func(w, h, tw, th int) (int, int) { return w - tw - margin(w, h), margin(w, h) }},
		{name: "centre-level", height: 0.08, alpha: 0.35, white: true, at: centre},
		{name: "top-strip", height: 0.04, alpha: 1, white: true, strip: true, at: func(w, h, tw, th int) (int, int) { return (w - tw) / 2, 2 * margin(w, h) }},
		{name: "tiled-2", height: 0.045, alpha: 0.5, tiles: 2, tilt: -25, white: true, at: centre},
	}
}

// photo is a picture to write on.
type photo struct {
	name string
	rgb  *raster.RGB
	face [4][2]float64 // a product's face to print on: tl tr br bl
}

// makeSet writes the sayings of the halves tune and held on the photos.
func makeSet(photos, boxes []photo, all bool) ([]made, error) {
	var set []made
	for hi, half := range []string{"tune", "held"} {
		part, err := makePart(half, hi, rand.NewPCG(20261123, uint64(hi)), photos, boxes, all)
		if err != nil {
			return nil, err
		}
		set = append(set, part...)
	}
	return set, nil
}

// makePart writes the sayings of one part on the photos: every saying meets every
// layout of the part when all is true, else one of them. Prints follow, five of
// each on the boxes, and at last every second photo as it is, from the hi-th on,
// whose own print (labels, dials, screens) is the best there is.
func makePart(half string, hi int, seed rand.Source, photos, boxes []photo, all bool) ([]made, error) {
	var set []made
	r := rand.New(seed)
	faces, err := fontsOf(half)
	if err != nil {
		return nil, err
	}
	n := 0
	for si, s := range sayings(half) {
		for li, l := range layouts(half) {
			if !all && (si+li)%5 != 0 {
				continue
			}
			p := photos[(n*7+hi)%len(photos)]
			m, err := layOver(p, l, faces[n%len(faces)], s, r)
			if err != nil {
				return nil, err
			}
			m.half = half
			m.name = fmt.Sprintf("%s-%03d-%s-%s (%s)", half, n, l.name, s.text, p.name)
			set = append(set, m)
			n++
		}
	}
	for pi, s := range prints(half) {
		for k := range 5 {
			if !all && k > 0 {
				continue
			}
			p := boxes[(pi*5+k+3*hi)%len(boxes)]
			m, err := printed(p, faces[(pi+k)%len(faces)], s, r)
			if err != nil {
				return nil, err
			}
			m.half = half
			m.name = fmt.Sprintf("%s-print-%d%d-%s (%s)", half, pi, k, s.text, p.name)
			set = append(set, m)
		}
	}
	for i := hi; all && i < len(photos); i += 2 {
		m, err := finish(photos[i].rgb, "bare", "", truth{class: "print"})
		if err != nil {
			return nil, err
		}
		m.half, m.name = half, half+"-bare ("+photos[i].name+")"
		set = append(set, m)
	}
	return set, nil
}

// layOver lays a saying over a copy of the photo.
func layOver(p photo, l layout, f face, s said, r *rand.Rand) (made, error) {
	m := &raster.RGB{W: p.rgb.W, H: p.rgb.H, Pix: bytes.Clone(p.rgb.Pix)}
	size := math.Max(14, l.height*float64(min(m.W, m.H)))
	mask, err := f.draw(s.text, size)
	if err != nil {
		return made{}, err
	}
	if limit := m.W * 9 / 10; mask.Rect.Dx() > limit { // a long text is set smaller, as people do
		if mask, err = f.draw(s.text, size*float64(limit)/float64(mask.Rect.Dx())); err != nil {
			return made{}, err
		}
	}
	mask = turn(mask, l.tilt)
	t := truth{class: s.class, kind: s.kind, text: s.text}
	tw, th := mask.Rect.Dx(), mask.Rect.Dy()
	var spots [][2]int
	if l.tiles > 0 {
		for row := range 2 * l.tiles {
			for col := range l.tiles {
				x := m.W*(2*col+1)/(2*l.tiles) - tw/2
				y := m.H*(2*row+1)/(4*l.tiles) - th/2
				if row%2 == 1 {
					x += m.W / (4 * l.tiles)
				}
				spots = append(spots, [2]int{x, y})
			}
		}
	} else {
		x, y := l.at(m.W, m.H, tw, th)
		spots = append(spots, [2]int{x + r.IntN(5) - 2, y + r.IntN(5) - 2})
	}
	for _, at := range spots {
		box := [4]int{at[0], at[1], tw, th}
		ink, alpha := [3]float64{255, 255, 255}, l.alpha
		if l.strip {
			pad := th / 3
			fill(m, [4]int{0, at[1] - pad, m.W, th + 2*pad}, [3]float64{30, 60, 120}, 0.85)
		} else if l.legible {
			var plain bool
			if ink, alpha, plain = legible(m, mask, at[0], at[1], int(size), l); !plain {
				outline(m, mask, at[0], at[1], int(size), ink)
			}
		} else {
			ink, alpha = visible(m, mask, at[0], at[1], l)
		}
		if l.shadow {
			blend(m, mask, at[0]+2, at[1]+2, [3]float64{0, 0, 0}, alpha*0.6)
		}
		blend(m, mask, at[0], at[1], ink, alpha)
		t.boxes = append(t.boxes, box)
	}
	return finish(m, l.name, f.name, t)
}

// visible picks the ink and the alpha a designer would: the layout's own ink
// where it shows along the whole text, else the one that shows best, laid on
// more strongly until it can be read everywhere.
func visible(m *raster.RGB, mask *image.Alpha, x0, y0 int, l layout) ([3]float64, float64) {
	const parts, least = 6, 16.0 // stretches of the text; luma steps that can be read
	inks := [][3]float64{{45, 45, 50}, {255, 255, 255}, {128, 128, 128}}
	if l.white {
		inks[0], inks[1] = inks[1], inks[0]
	}
	contrast := func(ink [3]float64, alpha float64) float64 {
		worst := math.Inf(1)
		for i := range parts {
			sum, n := 0.0, 0.0
			for y := range mask.Rect.Dy() {
				for x := mask.Rect.Dx() * i / parts; x < mask.Rect.Dx()*(i+1)/parts; x++ {
					px, py := x0+x, y0+y
					a := float64(mask.Pix[y*mask.Stride+x]) / 255
					if a < 0.5 || px < 0 || py < 0 || px >= m.W || py >= m.H {
						continue
					}
					p := 3 * (py*m.W + px)
					luma := 0.299*float64(m.Pix[p]) + 0.587*float64(m.Pix[p+1]) + 0.114*float64(m.Pix[p+2])
					sum += math.Abs(ink[0]-luma) * alpha
					n++
				}
			}
			if n > 0 {
				worst = math.Min(worst, sum/n)
			}
		}
		return worst
	}
	for alpha := l.alpha; ; alpha = math.Min(1, alpha+0.15) {
		best, most := inks[0], -1.0
		for _, ink := range inks {
			c := contrast(ink, alpha)
			if c >= least {
				return ink, alpha
			}
			if c > most {
				best, most = ink, c
			}
		}
		if alpha >= 1 {
			return best, 1
		}
	}
}

// printed prints a saying on the product's face: in perspective, lit like the
// surface, a little blurred and with the grain of the photo.
func printed(p photo, f face, s said, r *rand.Rand) (made, error) {
	m := &raster.RGB{W: p.rgb.W, H: p.rgb.H, Pix: bytes.Clone(p.rgb.Pix)}
	mask, err := f.draw(s.text, 64)
	if err != nil {
		return made{}, err
	}
	q := p.face
	// The text takes most of the face's width, at a height of its own.
	share := math.Min(0.95, 0.35+0.05*float64(len([]rune(s.text))))
	asp := float64(mask.Rect.Dy()) / float64(mask.Rect.Dx())
	v := 0.25 + 0.4*r.Float64()
	fw := math.Hypot(q[1][0]-q[0][0], q[1][1]-q[0][1])
	fh := math.Hypot(q[3][0]-q[0][0], q[3][1]-q[0][1])
	dv := math.Min(0.3, asp*share*fw/fh)
	at := func(u, v float64) [2]float64 {
		var o [2]float64
		for k := range 2 {
			top := q[0][k]*(1-u) + q[1][k]*u
			bot := q[3][k]*(1-u) + q[2][k]*u
			o[k] = top*(1-v) + bot*v
		}
		return o
	}
	u0 := (1 - share) / 2
	quad := [4][2]float64{at(u0, v), at(u0+share, v), at(u0+share, v+dv), at(u0, v+dv)}
	ink := [3]float64{0.18, 0.16, 0.2} // reflectance of the ink relative to the paper
	if r.IntN(3) == 0 {
		ink = [3]float64{0.75, 0.2, 0.2}
	}
	box := imprint(m, mask, quad, ink, r)
	kind := s.kind
	return finish(m, "print", f.name, truth{class: "print", kind: kind, text: s.text, boxes: [][4]int{box}})
}

// finish sends the picture through JPEG, as every upload goes.
func finish(m *raster.RGB, layout, font string, t truth) (made, error) {
	im := image.NewRGBA(image.Rect(0, 0, m.W, m.H))
	for i := range m.W * m.H {
		im.Pix[4*i], im.Pix[4*i+1], im.Pix[4*i+2], im.Pix[4*i+3] = m.Pix[3*i], m.Pix[3*i+1], m.Pix[3*i+2], 255
	}
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, im, &jpeg.Options{Quality: 88}); err != nil {
		return made{}, err
	}
	back, err := jpeg.Decode(&buf)
	if err != nil {
		return made{}, err
	}
	rgb := raster.FromImage(back)
	return made{layout: layout, font: font, pic: &raster.Picture{RGB: rgb, FullW: rgb.W, FullH: rgb.H}, truths: []truth{t}}, nil
}
