package text

import (
	"context"
	"errors"
	"image"
	"math"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/ocr"
	"github.com/aecheck/aecheck/pkg/raster"
)

// told is a reader that says what it was told to.
type told struct {
	lines   []ocr.Line
	err     error
	reads   *int
	careful ocr.Line
}

func (f told) Read(_ context.Context, _ *raster.RGB, o ocr.Options) ([]ocr.Line, error) {
	if f.reads != nil {
		*f.reads++
	}
	if o.Fast { // the looks for slanted marks
		return nil, nil
	}
	return f.lines, f.err
}

func (f told) RecognizeViews(context.Context, []*raster.RGB) ([]ocr.Line, error) { return nil, nil }

func (f told) RecognizeCarefully(context.Context, *raster.RGB) (ocr.Line, error) {
	return f.careful, f.err
}

// at makes a line as the reader would.
func at(text string, x, y, w, h int, tilt float64) ocr.Line {
	sin, cos := math.Sincos(tilt * math.Pi / 180)
	fx, fy, fw, fh := float64(x), float64(y), float64(w), float64(h)
	q := [4][2]float64{{fx, fy}, {fx + fw*cos, fy + fw*sin}, {fx + fw*cos - fh*sin, fy + fw*sin + fh*cos}, {fx - fh*sin, fy + fh*cos}}
	l := ocr.Line{Text: text, Confidence: 0.98, Quad: q, Box: bounds(q), Angle: tilt}
	for _, r := range text {
		l.Chars = append(l.Chars, ocr.Char{R: r, Confidence: 0.99})
	}
	return l
}

func extractor(t testing.TB, r Reader) *Extractor {
	t.Helper()
	e, err := New(r)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func read(t testing.TB, pic *raster.Picture, lines ...ocr.Line) facts.Text {
	t.Helper()
	out, err := extractor(t, told{lines: lines}).Read(context.Background(), pic)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// backdrop is a shaded, uneven picture.
func backdrop(w, h int) *raster.Picture {
	m := raster.NewRGB(w, h)
	for y := range h {
		for x := range w {
			v := 60 + 120*float64(x)/float64(w) + 30*math.Sin(float64(x)/23)*math.Cos(float64(y)/31)
			for k := range 3 {
				m.Pix[3*(y*w+x)+k] = uint8(v + float64(8*k))
			}
		}
	}
	return &raster.Picture{RGB: m, FullW: w, FullH: h}
}

// bars draws upright strokes, as letters have, and returns the line.
func bars(pic *raster.Picture, text string, x, y, w, h int, ink func(v uint8) uint8) ocr.Line {
	for py := y + h/6; py < y+h-h/6; py++ {
		for px := x + 4; px < x+w-4; px++ {
			if (px-x)/6%2 == 0 {
				for k := range 3 {
					p := &pic.Pix[3*(py*pic.W+px)+k]
					*p = ink(*p)
				}
			}
		}
	}
	return at(text, x, y, w, h, 0)
}

func TestOverlayByInk(t *testing.T) {
	tests := []struct {
		name     string
		ink      func(v uint8) uint8
		min, max float64
	}{
		{"opaque white", func(uint8) uint8 { return 255 }, 0.8, 1},
		{"opaque black", func(uint8) uint8 { return 5 }, 0.8, 1},
		{"white, half transparent", func(v uint8) uint8 { return uint8(float64(v)*0.5 + 127) }, 0.8, 1},
		{"printed in dark ink", func(v uint8) uint8 { return uint8(float64(v) * 0.25) }, 0, 0.3},
		{"printed in light ink", func(v uint8) uint8 { return uint8(math.Min(255, float64(v)*1.4)) }, 0, 0.4},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			pic := backdrop(800, 600)
			l := bars(pic, "Bright Days", 150, 280, 500, 40, tt.ink)
			got := read(t, pic, l).Lines
			if len(got) != 1 || got[0].Overlay < tt.min || got[0].Overlay > tt.max {
				t.Errorf("overlay %+v, want %v…%v", got, tt.min, tt.max)
			}
		})
	}
}

func TestOverlayByPlace(t *testing.T) {
	white := &raster.Picture{RGB: raster.NewRGB(800, 800), FullW: 800, FullH: 800}
	for i := range white.Pix {
		white.Pix[i] = 255
	}
	for y := 300; y < 500; y++ { // a product
		for x := 200; x < 600; x++ {
			white.Pix[3*(y*800+x)], white.Pix[3*(y*800+x)+1], white.Pix[3*(y*800+x)+2] = 90, 110, 130
		}
	}
	dark := func(uint8) uint8 { return 30 }
	onBackground := bars(white, "Nordic Home", 250, 100, 300, 36, dark)
	onProduct := bars(white, "NORDICA", 300, 380, 200, 36, dark)
	got := read(t, white, onBackground, onProduct).Lines
	if got[0].Overlay < 0.8 {
		t.Errorf("on the background: %v", got[0].Overlay)
	}
	if got[1].Overlay > 0.5 {
		t.Errorf("on the product: %v", got[1].Overlay)
	}

	// Letters that run off the product are no print on it, however they are shaded.
	shaded := func(v uint8) uint8 { return uint8(float64(v) * 0.2) }
	crossing := read(t, white, bars(white, "Nordic Home", 100, 330, 330, 36, shaded)).Lines
	if crossing[0].Overlay < 0.8 {
		t.Errorf("across the product's edge: %v", crossing[0].Overlay)
	}
	if inside := read(t, white, bars(white, "Nordic", 490, 440, 108, 36, shaded)).Lines; inside[0].Overlay > 0.5 {
		t.Errorf("beside the product's edge: %v", inside[0].Overlay)
	}

	// A band across the picture.
	banded := backdrop(800, 600)
	for y := 540; y < 590; y++ {
		for x := range 800 {
			for k := range 3 {
				p := &banded.Pix[3*(y*800+x)+k]
				*p = uint8(float64(*p)*0.2 + 24)
			}
		}
	}
	in := read(t, banded, bars(banded, "Bright Days", 250, 548, 300, 34, func(uint8) uint8 { return 250 })).Lines
	if in[0].Overlay < 0.8 {
		t.Errorf("in a band: %v", in[0].Overlay)
	}

	// Tiles.
	tiled := backdrop(800, 600)
	var lines []ocr.Line
	for i := range 6 {
		lines = append(lines, at([]string{"LuckyTrade", "LuckyTrade", "LuckyTrad", "uckyTrade", "LuckyTrade", "LuokyTrade"}[i], 60+(i%3)*250, 100+(i/3)*250, 180, 30, -20))
	}
	text := read(t, tiled, lines...)
	if len(text.Watermarks) != 1 || text.Watermarks[0].Text != "LuckyTrade" || text.Watermarks[0].Confidence < 0.8 {
		t.Errorf("tiles: %+v", text.Watermarks)
	}
	if !strings.Contains(text.Watermarks[0].Features, "6 times") {
		t.Errorf("features %q", text.Watermarks[0].Features)
	}
}

func TestUnitsAreNoTiles(t *testing.T) {
	// Three bottles in a row bear the same print; six tiles are a mark.
	row := read(t, backdrop(800, 600), at("GINSENG", 60, 300, 120, 20, 0), at("GINSENG", 300, 340, 120, 20, 0), at("GINSENG", 560, 310, 110, 18, 0))
	if len(row.Watermarks) != 0 {
		t.Errorf("units of a product: %+v", row.Watermarks)
	}
	var tiles []ocr.Line
	for i := range 6 {
		tiles = append(tiles, at("GINSENG", 60+(i%3)*250, 100+(i/3)*250, 120, 20, 0))
	}
	if got := read(t, backdrop(800, 600), tiles...).Watermarks; len(got) != 1 {
		t.Errorf("tiles: %+v", got)
	}
}

// TestShelf: caps on a shelf bear the same words, each seen from another side and at its
// own size; tiles of those words are a mark.
func TestShelf(t *testing.T) {
	slants, sizes := []float64{0, -2, -10, -12, -4, 3, -7, 1}, []int{20, 22, 18, 24, 21, 30, 19, 26}
	var shelf, tiles []ocr.Line
	for i := range 8 {
		x, y := 40+(i%4)*190, 80+(i/4)*300
		shelf = append(shelf, at("GINSENG", x, y, 6*sizes[i], sizes[i], slants[i]))
		tiles = append(tiles, at("GINSENG", x, y, 120, 20, 2))
	}
	for _, w := range read(t, backdrop(800, 600), shelf...).Watermarks {
		if w.Confidence > mostReview {
			t.Errorf("on a shelf: %+v", w)
		}
	}
	if got := read(t, backdrop(800, 600), tiles...).Watermarks; len(got) != 1 || got[0].Confidence <= mostReview {
		t.Errorf("tiles: %+v", got)
	}
}

// TestParagraphIsPrint: one line of a list of ingredients that looks see-through is not
// laid over the picture; the same line alone is.
func TestParagraphIsPrint(t *testing.T) {
	texts := []string{"配料小麦粉白砂糖", "用植物油全麦粉代", "榛仁蜂蜜全大麦粉", "碳酸氢钠柠檬酸大", "磷脂碳酸钙全黑麦", "核黄素食用香精粒"}
	veil := func(v uint8) uint8 { return uint8(float64(v)*0.5 + 127) }
	pic := backdrop(800, 600)
	var lines []ocr.Line
	for i, s := range texts {
		if i == 3 {
			lines = append(lines, bars(pic, s, 200, 150+50*i, 400, 40, veil))
			continue
		}
		lines = append(lines, bars(pic, s, 200, 150+50*i, 400, 40, func(v uint8) uint8 { return uint8(float64(v) * 0.3) }))
	}
	text := read(t, pic, lines...)
	for _, w := range text.Watermarks {
		if w.Confidence > mostReview {
			t.Errorf("%+v in a paragraph", w)
		}
	}
	for _, h := range text.Chinese {
		if h.Overlay > mostReview {
			t.Errorf("%+v in a paragraph", h)
		}
	}
	single := backdrop(800, 600)
	if got := read(t, single, bars(single, texts[3], 200, 300, 400, 40, veil)); len(got.Chinese) != 1 || got.Chinese[0].Overlay <= mostReview {
		t.Errorf("alone: %+v", got.Chinese)
	}
}

func TestAskewIsPrint(t *testing.T) {
	overlay := func(tilt float64) float64 {
		return read(t, backdrop(800, 600), at("PREMIUM", 300, 10, 200, 30, tilt)).Lines[0].Overlay
	}
	if level, askew := overlay(0), overlay(4); askew >= level || askew >= 0.5 {
		t.Errorf("overlay %v level, %v askew", level, askew)
	}
}

func TestSlantAloneIsForReview(t *testing.T) {
	text := read(t, board(), at("LuckyTrade Store", 200, 250, 400, 50, 25))
	got := text.Watermarks
	if len(got) != 1 || got[0].Confidence < 0.5 || got[0].Confidence > mostReview {
		t.Errorf("%+v, want one mark of 0.5 to %v; lines %+v", got, mostReview, text.Lines)
	}
}

// board is a picture with a large dull board in it, of which the edges are seen.
func board() *raster.Picture {
	m := &raster.Picture{RGB: raster.NewRGB(800, 800), FullW: 800, FullH: 800}
	for i := range m.Pix {
		if x, y := i/3%800, i/3/800; x < 60 || x > 740 || y < 60 || y > 740 {
			m.Pix[i] = 255
		} else {
			m.Pix[i] = 110
		}
	}
	return m
}

// TestSignInTheScene: a Chinese sign that the camera sees aslant is for a person to
// look at, and so is its text; tiles of the same words are a mark.
func TestSignInTheScene(t *testing.T) {
	text := read(t, board(), at("享受浪漫当下", 200, 250, 400, 70, 20))
	if got := text.Watermarks; len(got) != 1 || got[0].Form != "chinese" || got[0].Confidence > mostReview {
		t.Errorf("%+v, want one mark for review; lines %+v", got, text.Lines)
	}
	if got := text.Chinese; len(got) != 1 || got[0].Overlay > mostReview {
		t.Errorf("Chinese text %+v, want it below what fails", got)
	}
	var tiles []ocr.Line
	for i := range 6 {
		tiles = append(tiles, at("享受浪漫当下", 60+(i%3)*250, 100+(i/3)*250, 180, 30, -20))
	}
	if got := read(t, backdrop(800, 600), tiles...).Watermarks; len(got) != 1 || got[0].Confidence < 0.8 {
		t.Errorf("tiles: %+v", got)
	}
	words := read(t, board(), at("盗图必究", 200, 250, 400, 70, 20)).Watermarks
	if len(words) != 1 || words[0].Confidence <= mostReview {
		t.Errorf("words of a mark: %+v", words)
	}
}

// TestPlatforms: the names of platforms are asked about wherever they stand level, those
// that are words as well at the edge alone.
func TestPlatforms(t *testing.T) {
	for _, c := range []struct {
		text string
		x, y int
		form string
	}{
		{"小红书", 350, 280, "chinese"}, {"TikTok", 350, 280, "other"}, {"Pinterest", 20, 20, "other"}, {"快手", 640, 560, "chinese"},
		{"sora", 10, 280, "other"}, {"sora", 350, 280, ""}, {"豆包", 650, 560, "chinese"}, {"豆包", 350, 280, ""},
		{"PROTECTED", 300, 280, "other"}, {"DO NOT STEAL", 300, 280, "other"}, {"样图", 350, 280, "chinese"},
		{"小红书同款", 300, 280, ""}, {"Amazonite", 300, 280, ""},
	} {
		pic := backdrop(800, 600)
		l := at(c.text, c.x, c.y, 120, 30, 0)
		if c.y > 300 { // where the ground alone looks like print
			l = bars(pic, c.text, c.x, c.y, 120, 30, func(uint8) uint8 { return 250 })
		}
		got := read(t, pic, l).Watermarks
		form := ""
		if len(got) > 0 {
			form = got[0].Form
		}
		if form != c.form || len(got) > 1 || len(got) == 1 && got[0].Confidence > mostReview {
			t.Errorf("%s at %d, %d: %+v, want %q for review", c.text, c.x, c.y, got, c.form)
		}
	}
}

// TestCameraBar: settings of a camera under a photograph are asked about, with the
// maker's name beside them; what is printed on a lens is not.
func TestCameraBar(t *testing.T) {
	bar := read(t, backdrop(800, 600), at("NIKON Z 72", 20, 560, 120, 20, 0), at("50mm f/1.8 1/1600s ISO64", 540, 560, 240, 20, 0)).Watermarks
	if len(bar) != 2 || bar[0].Confidence > mostReview || bar[1].Confidence > mostReview {
		t.Errorf("%+v, want two marks for review", bar)
	}
	if got := read(t, backdrop(800, 600), at("SHOT ON MI 9", 20, 560, 160, 20, 0)).Watermarks; len(got) != 1 {
		t.Errorf("shot on: %+v", got)
	}
	lens := read(t, backdrop(800, 600), at("NIKON Z 50", 300, 260, 120, 20, 0), at("50mm f/1.8", 300, 300, 140, 20, 0)).Watermarks
	if len(lens) != 0 {
		t.Errorf("print on a lens: %+v", lens)
	}
}

func TestWordsInTheMiddle(t *testing.T) {
	// On the picture's own ground nothing is printed; but it may be the name of what
	// is shown, so a person looks.
	white := &raster.Picture{RGB: raster.NewRGB(800, 800), FullW: 800, FullH: 800}
	for i := range white.Pix {
		white.Pix[i] = 255
	}
	l := bars(white, "KINOVA", 300, 380, 200, 36, func(uint8) uint8 { return 90 })
	got := read(t, white, l).Watermarks
	if len(got) != 1 || got[0].Form != "other" || got[0].Confidence > mostReview {
		t.Errorf("%+v, want one mark for review", got)
	}
}

func TestDoubtfulLines(t *testing.T) {
	doubtful := func(text string) ocr.Line {
		l := at(text, 200, 200, 300, 30, 0)
		l.Confidence, l.Doubtful = 0.7, true
		return l
	}
	if got := read(t, backdrop(800, 600), doubtful("Nmiurh")).Lines; len(got) != 0 {
		t.Errorf("texture: %+v", got)
	}
	if got := read(t, backdrop(800, 600), doubtful("Nm@urh")).Lines; len(got) != 0 {
		t.Errorf("texture with a sign of marks: %+v", got)
	}
	if got := read(t, backdrop(800, 600), doubtful("QQ:123456789")).Contacts; len(got) != 1 {
		t.Errorf("a contact detail: %+v", got)
	}
	over := read(t, backdrop(800, 600), at("6789", 420, 200, 70, 30, 0), doubtful("QQ:123456789"))
	if len(over.Lines) != 1 || len(over.Contacts) != 1 {
		t.Errorf("over a piece of it: %+v", over.Lines)
	}
	known := read(t, backdrop(800, 600), at("QQ:123456789", 200, 200, 300, 30, 0), doubtful("QQ:123456780"))
	if len(known.Contacts) != 1 || known.Contacts[0].Value != "123456789" {
		t.Errorf("beside a sure reading: %+v", known.Contacts)
	}
}

func TestStoreIDInTwo(t *testing.T) {
	got := read(t, backdrop(800, 600), at("AE", 300, 550, 40, 30, 0), at("1234567", 350, 550, 120, 30, 0)).Watermarks
	if len(got) != 1 || got[0].StoreID != "1234567" || !got[0].Doubtful {
		t.Errorf("%+v, want one doubtful ID", got)
	}
	// Neither that nor an ID without its AE may fail a picture: a product's number
	// looks the same.
	cut := read(t, backdrop(800, 600), at("A90251137", 590, 550, 200, 32, 0)).Watermarks
	for _, w := range append(got, cut...) {
		if w.Confidence > mostReview {
			t.Errorf("%+v is not for review", w)
		}
	}
	if len(cut) != 1 || !cut[0].Doubtful {
		t.Errorf("%+v, want one doubtful ID", cut)
	}
	apart := read(t, backdrop(800, 600), at("AE", 300, 50, 40, 30, 0), at("1234567", 350, 550, 120, 30, 0)).Watermarks
	if len(apart) != 0 {
		t.Errorf("far apart: %+v", apart)
	}
}

func TestWatermarkForms(t *testing.T) {
	tests := []struct{ text, form string }{
		{"AE-1234567", "ae_id"}, {"AE1234567", "ae_id"}, {"©2024 LuckyTrade", "copyright"}, {"2024LuckyTrade", "copyright"},
		{"www.sino-led.com", "site"}, {"盗图必究", "chinese"}, {"幸运家居", "chinese"}, {"LuckyTrade", "other"},
		{"fotolia", "stock"}, {"#137840668", "stock"}, {"SAMPLE", "other"}, {"①2024 LuckyTrade", "copyright"},
		{"202l Studio Nord", "copyright"}, {") 2021 Studio Nord", "copyright"}, {"(C) 202NStudio Nord", "copyright"},
		{"幸运家居旗航店", "chinese"}, {"A90251137", "ae_id"}, {"WhatsApp", ""}, {"SApp", ""}, {"CALL US", ""}, {"WeChat ID", ""},
		{"AI生成", ""}, {"HOT SALE", ""}, {"120x80cm", ""}, {"微信:abc12345", ""}, {"包邮", ""},
	}
	upright := at("168667186", 798, 200, 120, 18, 90)
	if got := read(t, backdrop(800, 600), upright).Watermarks; len(got) != 1 || got[0].Form != "stock" {
		t.Errorf("number of a picture library on its side: %+v", got)
	}
	if got := read(t, backdrop(800, 600), at("168667186", 300, 200, 120, 18, 0)).Watermarks; len(got) != 0 {
		t.Errorf("number inside the picture: %+v", got)
	}
	for _, tt := range tests {
		pic := backdrop(800, 600)
		l := bars(pic, tt.text, 590, 550, 200, 32, func(uint8) uint8 { return 255 })
		got := read(t, pic, l).Watermarks
		form := ""
		if len(got) > 0 {
			form = got[0].Form
		}
		if form != tt.form || len(got) > 1 {
			t.Errorf("%s: %+v, want form %q", tt.text, got, tt.form)
		}
	}
}

// plain is a white picture with a product in the middle.
func plain() *raster.Picture {
	white := &raster.Picture{RGB: raster.NewRGB(800, 800), FullW: 800, FullH: 800}
	for i := range white.Pix {
		white.Pix[i] = 255
		if x, y := i/3%800, i/3/800; x > 200 && x < 600 && y > 250 && y < 600 {
			white.Pix[i] = 110
		}
	}
	return white
}

// TestCaptions: a level line by itself says what is shown as often as whose the
// picture is, so it never fails a picture, and is nothing where it says no more than
// captions do.
func TestCaptions(t *testing.T) {
	for text, marks := range map[string]int{
		"Black": 0, "Front View": 0, "Made in China": 0, "正面展示": 0, "Вид спереди": 0, "Made with Node.js": 0,
		"Instant Print Camera": 1, "LuckyTrade": 1, "幸运家居": 1,
	} {
		pic := plain()
		got := read(t, pic, bars(pic, text, 40, 730, 220, 36, func(uint8) uint8 { return 20 })).Watermarks
		if len(got) != marks || marks > 0 && got[0].Confidence > mostReview {
			t.Errorf("%s: %+v, want %d for review", text, got, marks)
		}
	}
	// The same words on a slant from corner to corner, again and again, are a mark.
	var tiles []ocr.Line
	for i := range 6 {
		tiles = append(tiles, at("Original", 60+(i%3)*250, 100+(i/3)*250, 180, 30, -20))
	}
	if got := read(t, backdrop(800, 600), tiles...).Watermarks; len(got) != 1 || got[0].Confidence <= mostReview {
		t.Errorf("tiles: %+v", got)
	}
}

func TestCutsOfOneTiling(t *testing.T) {
	var lines []ocr.Line
	for i, s := range []string{"KAZ", "AZUN", "KZUMI KA", "UMI KAZU"} {
		lines = append(lines, at(s, 100+(i%2)*300, 100+i*110, 40*len(s), 36, -25))
	}
	got := read(t, backdrop(800, 600), lines...).Watermarks
	if len(got) != 1 || !strings.Contains(got[0].Features, "4 times") {
		t.Errorf("%+v, want one mark", got)
	}
	// What the cuts of product data say without the digits is no mark, either.
	lines = nil
	for i, s := range []string{"DC 12V 2A", "DC JZ", "DC 12V", "DC 12Y 2A"} {
		lines = append(lines, at(s, 100+(i%2)*300, 100+i*110, 200, 36, -25))
	}
	if got := read(t, backdrop(800, 600), lines...).Watermarks; len(got) != 0 {
		t.Errorf("product data: %+v", got)
	}
	// Lines of a pack that lies aslant say different things.
	pack := read(t, backdrop(800, 600), at("NATURAL", 100, 100, 200, 30, -25), at("GREEN TEA", 120, 160, 200, 30, -25), at("20 BAGS", 140, 220, 200, 30, -25)).Lines
	for _, l := range pack {
		if l.Overlay >= minMark {
			t.Errorf("print on a pack: %+v", l)
		}
	}
}

func TestHalfReadLabel(t *testing.T) {
	for _, tt := range []struct {
		text   string
		x, y   int
		labels int
	}{
		{"生成", 690, 540, 1}, {"Generated", 620, 540, 1}, {"人工智能", 640, 540, 1}, {"ATGenerated", 590, 540, 1},
		{"Generated", 300, 250, 0},
	} {
		pic := backdrop(800, 600)
		text := read(t, pic, bars(pic, tt.text, tt.x, tt.y, 110, 48, func(uint8) uint8 { return 255 }))
		if len(text.AILabels) != tt.labels || len(text.Watermarks) != 0 {
			t.Errorf("%s at %d %d: labels %+v, marks %+v", tt.text, tt.x, tt.y, text.AILabels, text.Watermarks)
		}
	}
}

func TestTextureIsNoText(t *testing.T) {
	if got := read(t, backdrop(800, 600), at("eeeee", 200, 200, 300, 60, 25)); len(got.Lines) != 0 {
		t.Errorf("%+v", got.Lines)
	}
	share := func(text string, read float64) float64 {
		pic := plain()
		l := bars(pic, text, 20, 30, 500, 150, func(uint8) uint8 { return 20 })
		l.Confidence = read
		out, err := extractor(t, told{lines: []ocr.Line{l}}).Read(context.Background(), pic)
		if err != nil {
			t.Fatal(err)
		}
		return out.OverlayShare
	}
	if got := share("om?", 0.67); got != 0 {
		t.Errorf("ribs read badly take %v", got)
	}
	if got := share("SALE", 0.95); got < 0.05 {
		t.Errorf("a word read well takes %v", got)
	}
}

func TestStoreID(t *testing.T) {
	unsure := func(text string, i int, r rune, conf float64) ocr.Line {
		l := at(text, 0, 0, 100, 20, 0)
		l.Chars[i] = ocr.Char{R: r, Confidence: conf, Alt: '8', AltConfidence: 1 - conf}
		return l
	}
	e := extractor(t, told{})
	tests := []struct {
		name, digits    string
		line            ocr.Line
		found, doubtful bool
	}{
		{"plain", "1234567", at("AE-1234567", 0, 0, 9, 9, 0), true, false},
		{"long dash", "1234567", at("AE—1234567", 0, 0, 9, 9, 0), true, false},
		{"spaces", "1234567", at("Store AE - 1234567", 0, 0, 9, 9, 0), true, false},
		{"letter for digit", "12O4567", at("AE-12O4567", 0, 0, 9, 9, 0), true, true},
		{"unsure digit", "1234567", unsure("AE-1234567", 5, '3', 0.6), true, true},
		{"unsure letter before", "1234567", unsure("XX AE-1234567", 0, 'X', 0.5), true, false},
		{"A cut off", "1234567", at("E-1234567", 0, 0, 9, 9, 0), true, true},
		{"E misread", "20481516", at("A7-20481516", 0, 0, 9, 9, 0), true, true},
		{"E number", "", at("E-1442", 0, 0, 9, 9, 0), false, false},
		{"too short", "", at("AE-1234", 0, 0, 9, 9, 0), false, false},
		{"part of a word", "", at("TAE-1234567", 0, 0, 9, 9, 0), false, false},
		{"letters only", "", at("AE-OOlIO", 0, 0, 9, 9, 0), false, false},
		{"E lost", "90251137", at("A90251137", 0, 0, 9, 9, 0), true, true},
		{"a number that begins with 4", "", at("493012341", 0, 0, 9, 9, 0), false, false},
	}
	for _, tt := range tests {
		got := e.storeID(tt.line)
		if got.Found != tt.found || got.Digits != tt.digits || got.Doubtful != tt.doubtful {
			t.Errorf("%s: %+v", tt.name, got)
		}
	}
}

func TestContacts(t *testing.T) {
	pic := backdrop(800, 600)
	text := read(t, pic,
		at("微信:abc12345", 100, 100, 200, 30, 0),
		at("Tel", 100, 200, 60, 30, 0), at("027-88852022", 170, 200, 200, 30, 0), // two pieces of a row
		at("WhatsApp", 100, 300, 150, 30, 0), at("+86 139 1234 5678", 100, 335, 200, 30, 0), // two rows
		at("QQ", 500, 100, 40, 30, 0), at("123456789", 500, 500, 200, 30, 0), // far apart
		at("微信:abc12345", 500, 300, 200, 30, 0), // said twice
	)
	var got []string
	for _, c := range text.Contacts {
		got = append(got, c.Kind+"="+c.Value)
		if c.Source != "image" || c.Confidence <= 0 || c.Box[2] == 0 {
			t.Errorf("%+v", c)
		}
	}
	want := "wechat=abc12345 phone=02788852022 whatsapp=+8613912345678"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("got %s\nwant %s", s, want)
	}
	for _, label := range []string{"S/N", "批号：", "Model No."} {
		named := read(t, backdrop(800, 600), at(label, 100, 100, 80, 30, 0), at("13812345678", 190, 100, 200, 30, 0)).Contacts
		if len(named) != 0 {
			t.Errorf("after %s: %+v", label, named)
		}
	}
	beside := read(t, backdrop(800, 600), at("Blue", 100, 100, 80, 30, 0), at("13812345678", 190, 100, 200, 30, 0)).Contacts
	if len(beside) != 1 {
		t.Errorf("beside another word: %+v", beside)
	}
}

// TestTitle: the title of a picture that explains the product is no mark; the same words
// alone, in a corner or few may be a shop's name.
func TestTitle(t *testing.T) {
	white := func() *raster.Picture {
		rgb := raster.NewRGB(800, 800)
		for i := range rgb.Pix {
			rgb.Pix[i] = 255
		}
		return &raster.Picture{RGB: rgb, FullW: 800, FullH: 800}
	}
	dark := func(uint8) uint8 { return 30 }
	for _, c := range []struct {
		name   string
		text   string
		x, w   int
		labels []string
		marks  int
	}{
		{"a title and two labels", "Blue Whale Fashion House", 200, 400, []string{"Raised edge", "Shock absorbing corners"}, 0},
		{"alone", "Blue Whale Fashion House", 200, 400, nil, 1},
		{"two words", "Sunshine Boutique", 250, 300, []string{"Raised edge", "Shock absorbing corners"}, 1},
		{"in a corner", "The Sunny Shop", 10, 230, []string{"Raised edge", "Shock absorbing corners"}, 1},
	} {
		pic := white()
		lines := []ocr.Line{bars(pic, c.text, c.x, 20, c.w, 40, dark)}
		for i, label := range c.labels {
			lines = append(lines, bars(pic, label, 280, 380+140*i, 240, 24, dark))
		}
		if got := read(t, pic, lines...).Watermarks; len(got) != c.marks {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

// TestAShape: a shape read as a single sign is no Chinese text, a small one is.
func TestAShape(t *testing.T) {
	pic := backdrop(800, 600)
	if text := read(t, pic, bars(pic, "小", 300, 150, 250, 220, func(uint8) uint8 { return 60 })); len(text.Chinese) != 0 || len(text.Lines) != 1 {
		t.Errorf("a lamp: %+v", text.Chinese)
	}
	pic = backdrop(800, 600)
	if text := read(t, pic, bars(pic, "小", 300, 150, 40, 40, func(uint8) uint8 { return 60 })); len(text.Chinese) != 1 {
		t.Errorf("a size: %+v", text.Chinese)
	}
}

func TestLabelAndLanguage(t *testing.T) {
	pic := backdrop(800, 600)
	pic.FullW, pic.FullH = 1600, 1200
	l := bars(pic, "Al生成", 690, 540, 100, 48, func(uint8) uint8 { return 255 })
	text := read(t, pic, l, at("abcdefgh", 100, 100, 200, 30, 0))
	if len(text.AILabels) != 1 {
		t.Fatalf("labels %+v", text.AILabels)
	}
	a := text.AILabels[0]
	if a.Form != "zh" || a.Corner != "br" || a.Box != [4]int{1380, 1080, 200, 96} {
		t.Errorf("%+v", a)
	}
	// The strokes are 32 px high in a picture whose shorter side is 600 px.
	if math.Abs(a.HeightRatio-32.0/600) > 0.008 {
		t.Errorf("height ratio %v", a.HeightRatio)
	}
	if text.ChineseShare != 0.1667 && math.Abs(text.ChineseShare-2.0/12) > 0.001 {
		t.Errorf("Chinese share %v", text.ChineseShare)
	}
	if len(text.Chinese) != 1 || text.Chinese[0].Value != "生成" {
		t.Errorf("%+v", text.Chinese)
	}
	if text.OverlayShare <= 0 || text.OverlayShare > 0.05 {
		t.Errorf("overlay share %v", text.OverlayShare)
	}
}

func TestCorner(t *testing.T) {
	for _, tt := range []struct {
		box  [4]int
		want string
	}{
		{[4]int{5, 5, 100, 20}, "tl"}, {[4]int{890, 5, 100, 20}, "tr"}, {[4]int{5, 970, 100, 20}, "bl"}, {[4]int{890, 970, 100, 20}, "br"},
		{[4]int{400, 970, 200, 20}, "b"}, {[4]int{5, 500, 100, 20}, "l"}, {[4]int{400, 500, 200, 20}, ""}, {[4]int{5, 970, 990, 20}, "b"}, {[4]int{0, 0, 1000, 1000}, ""},
	} {
		if got := corner(tt.box, 1000, 1000); got != tt.want {
			t.Errorf("%v: %q, want %q", tt.box, got, tt.want)
		}
	}
}

func TestFlatPictureIsNotRead(t *testing.T) {
	reads := 0
	white := &raster.Picture{RGB: raster.NewRGB(500, 500), FullW: 500, FullH: 500}
	for i := range white.Pix {
		white.Pix[i] = 250
	}
	e := extractor(t, told{reads: &reads})
	if text, err := e.Read(context.Background(), white); err != nil || len(text.Lines) > 0 || reads > 0 {
		t.Errorf("%+v, %v, %d reads", text, err, reads)
	}
	if _, err := e.Read(context.Background(), backdrop(300, 300)); err != nil || reads == 0 {
		t.Errorf("%v, %d reads", err, reads)
	}
}

func TestExtract(t *testing.T) {
	in := func(err error) *extract.Input {
		return extract.NewInput("png", 0, nil, strings.NewReader(""), func(context.Context, int) (*raster.Picture, error) { return backdrop(300, 300), err })
	}
	for name, tt := range map[string]struct {
		reader told
		decode error
		want   facts.State
		fails  bool
	}{
		"text":       {told{lines: []ocr.Line{at("hello", 10, 10, 90, 20, 0)}}, nil, facts.Present, false},
		"none":       {told{}, nil, facts.Absent, false},
		"no picture": {told{}, errors.New("damaged"), facts.NotExtracted, true},
		"no reading": {told{err: errors.New("model")}, nil, facts.NotExtracted, true},
	} {
		var out facts.Set
		err := extractor(t, tt.reader).Extract(context.Background(), in(tt.decode), &out)
		if (err != nil) != tt.fails {
			t.Errorf("%s: %v", name, err)
		}
		if got := out.Status("text.lines").State; got != tt.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestRotationMapsBack(t *testing.T) {
	m := backdrop(700, 500).RGB
	for _, d := range []float64{-30, 30, 12} {
		r := newRotation(m, d)
		p := r.picture(m)
		if p.W != r.w || p.H != r.h {
			t.Fatalf("size %d×%d", p.W, p.H)
		}
		c := r.back([2]float64{float64(r.w) / 2, float64(r.h) / 2})
		if math.Abs(c[0]-350) > 1 || math.Abs(c[1]-250) > 1 {
			t.Errorf("centre maps to %v", c)
		}
		// What lies to the right in the turned picture lies along the slant.
		q := r.back([2]float64{float64(r.w)/2 + 100, float64(r.h) / 2})
		if a := math.Atan2(q[1]-c[1], q[0]-c[0]) * 180 / math.Pi; math.Abs(a-d) > 0.5 {
			t.Errorf("slant %v, want %v", a, d)
		}
		x, y := int(q[0]), int(q[1])
		got, want := p.Pix[3*(r.h/2*r.w+r.w/2+int(100))], m.Pix[3*(y*m.W+x)]
		if math.Abs(float64(got)-float64(want)) > 12 {
			t.Errorf("colour %d, want %d", got, want)
		}
	}
}

// FuzzJudge gives the judgement lines of any place, size and text.
func FuzzJudge(f *testing.F) {
	f.Add("AE-1234567", 10, 10, 100, 20, 30.0, uint8(200))
	f.Add("微信:abc12345", -50, 500, 4000, 1, 180.0, uint8(0))
	f.Add("", 0, 0, 0, 0, 0.0, uint8(255))
	e := extractor(f, told{})
	pic := backdrop(120, 90)
	f.Fuzz(func(t *testing.T, s string, x, y, w, h int, tilt float64, conf uint8) {
		if math.IsNaN(tilt) || math.IsInf(tilt, 0) {
			return
		}
		const most = 100000
		l := at(s, x%most, y%most, w%most, h%most, tilt)
		l.Confidence = float64(conf) / 255
		l.Box = [4]int{x % most, y % most, w % most, h % most}
		out, err := e.judge(context.Background(), pic, []ocr.Line{l, at("QQ", 5, 5, 30, 10, 0), l})
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range out.Lines {
			b := image.Rect(l.Box[0], l.Box[1], l.Box[0]+l.Box[2], l.Box[1]+l.Box[3])
			if !b.In(image.Rect(0, 0, pic.W, pic.H)) && !b.Empty() {
				t.Fatalf("box %v outside", l.Box)
			}
			if !(l.Overlay >= 0 && l.Overlay <= 1) || math.IsNaN(l.HeightRatio) {
				t.Fatalf("%+v", l)
			}
		}
	})
}
