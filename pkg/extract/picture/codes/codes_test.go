package codes

import (
	"context"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/datamatrix"
	"github.com/makiuchi-d/gozxing/datamatrix/encoder"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/makiuchi-d/gozxing/qrcode"

	"github.com/aecheck/aecheck/pkg/contacts"
	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/raster"
)

func extractor(t testing.TB) *Extractor {
	t.Helper()
	d, err := contacts.New()
	if err != nil {
		t.Fatal(err)
	}
	return New(d)
}

// code draws a code of w×h modules or pixels.
func code(t testing.TB, w gozxing.Writer, f gozxing.BarcodeFormat, text string, width, height int) *raster.Gray {
	t.Helper()
	hints := map[gozxing.EncodeHintType]any{}
	if f == gozxing.BarcodeFormat_DATA_MATRIX {
		hints[gozxing.EncodeHintType_DATA_MATRIX_SHAPE] = encoder.SymbolShapeHint_FORCE_SQUARE
	}
	m, err := w.Encode(text, f, width, height, hints)
	if err != nil {
		t.Fatal(err)
	}
	g := &raster.Gray{W: m.GetWidth(), H: m.GetHeight(), Pix: make([]uint8, m.GetWidth()*m.GetHeight())}
	for y := range g.H {
		for x := range g.W {
			if !m.Get(x, y) {
				g.Pix[y*g.W+x] = 255
			}
		}
	}
	return g
}

func qr(t testing.TB, text string, side int) *raster.Gray {
	return code(t, qrcode.NewQRCodeWriter(), gozxing.BarcodeFormat_QR_CODE, text, side, side)
}

// scene is a picture with a soft gradient and noise.
func scene(w, h int, seed uint64) *raster.RGB {
	r := rand.New(rand.NewPCG(seed, 1))
	m := raster.NewRGB(w, h)
	for y := range h {
		for x := range w {
			v := 150 + 60*float64(x)/float64(w) + 20*math.Sin(float64(y)/40) + 8*r.NormFloat64()
			for k := range 3 {
				m.Pix[3*(y*w+x)+k] = uint8(math.Max(0, math.Min(255, v+float64(10*k))))
			}
		}
	}
	return m
}

// put draws g at (x, y), turned by angle degrees, with dark and light as black
// and white.
func put(m *raster.RGB, g *raster.Gray, x, y int, angle float64, dark, light uint8) {
	s, c := math.Sincos(angle * math.Pi / 180)
	ext := int(math.Hypot(float64(g.W), float64(g.H))) + 2
	for dy := -ext / 2; dy < ext/2; dy++ {
		for dx := -ext / 2; dx < ext/2; dx++ {
			sx := c*float64(dx) + s*float64(dy) + float64(g.W)/2
			sy := -s*float64(dx) + c*float64(dy) + float64(g.H)/2
			px, py := x+g.W/2+dx, y+g.H/2+dy
			if sx < 0 || sy < 0 || sx >= float64(g.W) || sy >= float64(g.H) || px < 0 || py < 0 || px >= m.W || py >= m.H {
				continue
			}
			v := float64(g.Pix[int(sy)*g.W+int(sx)]) / 255
			for k := range 3 {
				m.Pix[3*(py*m.W+px)+k] = uint8(float64(dark) + v*(float64(light)-float64(dark)))
			}
		}
	}
}

func read(t testing.TB, e *Extractor, m *raster.RGB) []facts.Code {
	t.Helper()
	list, err := e.Read(context.Background(), shrink(m.Luma(), extract.Fine), m.W, m.H)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestReadQR(t *testing.T) {
	e := extractor(t)
	const text = "https://u.wechat.com/MCabc123"
	tests := []struct {
		name        string
		side        int
		angle       float64
		dark, light uint8
	}{
		{"upright", 150, 0, 10, 245},
		{"small", 66, 0, 10, 245},
		{"15 degrees", 150, 15, 10, 245},
		{"45 degrees", 200, 45, 10, 245},
		{"upside down", 150, 180, 10, 245},
		{"inverted", 150, 0, 245, 10},
		{"inverted and turned", 180, 30, 245, 10},
		{"faint", 180, 0, 120, 190},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := scene(800, 800, 7)
			put(m, qr(t, text, tt.side), 420, 300, tt.angle, tt.dark, tt.light)
			list := read(t, e, m)
			if len(list) != 1 || list[0].Text != text {
				t.Fatalf("got %+v", list)
			}
			c := list[0]
			if c.Kind != "qr" || c.Class != "contact" || c.Contact != "wechat" {
				t.Errorf("got %+v", c)
			}
			cx, cy := c.Box[0]+c.Box[2]/2, c.Box[1]+c.Box[3]/2
			if abs(cx-420-tt.side/2) > 12 || abs(cy-300-tt.side/2) > 12 {
				t.Errorf("box %v", c.Box)
			}
		})
	}
}

func TestReadSeveral(t *testing.T) {
	e := extractor(t)
	m := scene(1000, 900, 3)
	texts := []string{"https://www.aliexpress.com/item/1005001234567890.html", "tel:+8613800138000", "hello world", "https://shop.example-trade.com/x"}
	put(m, qr(t, texts[0], 200), 40, 40, 0, 0, 255)
	put(m, qr(t, texts[1], 120), 500, 60, 10, 0, 255)
	put(m, qr(t, texts[2], 160), 100, 600, 0, 255, 0)
	put(m, qr(t, texts[3], 140), 700, 650, 80, 0, 255)
	classes := map[string]string{}
	for _, c := range read(t, e, m) {
		classes[c.Text] = c.Class
	}
	for text, want := range map[string]string{texts[0]: "marketplace_url", texts[1]: "contact", texts[2]: "text", texts[3]: "url"} {
		if classes[text] != want {
			t.Errorf("%s: class %q, want %q", text, classes[text], want)
		}
	}
	if len(classes) != 4 {
		t.Errorf("got %v", classes)
	}
}

func TestReadOthers(t *testing.T) {
	e := extractor(t)
	tests := []struct {
		name, kind, text, class string
		g                       *raster.Gray
		angle                   float64
	}{
		{"EAN-13", "ean_13", "6901028075763", "product_code", code(t, oned.NewEAN13Writer(), gozxing.BarcodeFormat_EAN_13, "6901028075763", 240, 90), 0},
		{"EAN-13 sideways", "ean_13", "6901028075763", "product_code", code(t, oned.NewEAN13Writer(), gozxing.BarcodeFormat_EAN_13, "6901028075763", 240, 90), 90},
		{"EAN-13 upside down", "ean_13", "6901028075763", "product_code", code(t, oned.NewEAN13Writer(), gozxing.BarcodeFormat_EAN_13, "6901028075763", 240, 90), 180},
		{"Code 128", "code_128", "SKU-2024-A1", "product_code", code(t, oned.NewCode128Writer(), gozxing.BarcodeFormat_CODE_128, "SKU-2024-A1", 300, 80), 0},
		{"Data Matrix", "data_matrix", "(01)06901028075763", "product_code", resize(code(t, datamatrix.NewDataMatrixWriter(), gozxing.BarcodeFormat_DATA_MATRIX, "(01)06901028075763", 20, 20), 6), 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := scene(700, 700, 5)
			for y := 180; y < 480; y++ { // a label of white paper
				for x := 180; x < 540; x++ {
					m.Pix[3*(y*m.W+x)], m.Pix[3*(y*m.W+x)+1], m.Pix[3*(y*m.W+x)+2] = 250, 250, 250
				}
			}
			put(m, tt.g, 360-tt.g.W/2, 330-tt.g.H/2, tt.angle, 15, 250)
			list := read(t, e, m)
			if len(list) != 1 || list[0].Kind != tt.kind || list[0].Text != tt.text || list[0].Class != tt.class {
				t.Errorf("got %+v", list)
			}
		})
	}
}

func TestReadNothing(t *testing.T) {
	e := extractor(t)
	stripes := raster.NewRGB(600, 600)
	r := rand.New(rand.NewPCG(2, 2))
	for y := range 600 {
		for x := range 600 {
			v := uint8(255 * ((x / (3 + y/100)) % 2))
			if y > 300 {
				v = uint8(r.IntN(256))
			}
			for k := range 3 {
				stripes.Pix[3*(y*600+x)+k] = v
			}
		}
	}
	for name, m := range map[string]*raster.RGB{
		"scene": scene(800, 600, 9), "stripes and noise": stripes, "one pixel": raster.NewRGB(1, 1), "line": raster.NewRGB(1, 4000), "black": raster.NewRGB(300, 300),
	} {
		if list := read(t, e, m); len(list) != 0 {
			t.Errorf("%s: %+v", name, list)
		}
	}
}

func TestExtractStatus(t *testing.T) {
	e := extractor(t)
	for name, want := range map[string]facts.State{"with": facts.Present, "without": facts.Absent} {
		m := scene(300, 300, 1)
		if name == "with" {
			put(m, qr(t, "abc", 120), 60, 60, 0, 0, 255)
		}
		in := extract.NewInput("png", 0, nil, strings.NewReader(""), func(context.Context, int) (*raster.Picture, error) {
			return &raster.Picture{RGB: m, FullW: 600, FullH: 600}, nil
		})
		var out facts.Set
		if err := e.Extract(context.Background(), in, &out); err != nil {
			t.Fatal(err)
		}
		if got := out.Status("codes.list").State; got != want {
			t.Errorf("%s: %s", name, got)
		}
		if name == "with" {
			if b := out.Codes.List[0].Box; abs(b[0]+b[2]/2-240) > 12 || abs(b[2]-200) > 50 {
				t.Errorf("box %v is not in pixels of the original", b)
			}
		}
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	m := scene(300, 300, 1)
	if _, err := extractor(t).Read(ctx, m.Luma(), 300, 300); err == nil {
		t.Error("no error")
	}
}

func TestClassify(t *testing.T) {
	e := extractor(t)
	tests := []struct{ kind, text, class, contact string }{
		{"qr", "https://u.wechat.com/abcdef", "contact", "wechat"},
		{"qr", "http://weixin.qq.com/r/abcdEFG", "contact", "wechat"},
		{"qr", "https://wa.me/8613800138000", "contact", "whatsapp"},
		{"qr", "https://qm.qq.com/cgi-bin/qm/qr?k=1", "contact", "qq"},
		{"qr", "https://qr.alipay.com/fkx16005abcdefghijklmno", "contact", "payment"},
		{"qr", "HTTPS://QR.ALIPAY.COM/FKX09872ABCDEFGH", "contact", "payment"},
		{"qr", "wxp://f2f0abcdefGHIJ1234567890", "contact", "payment"},
		{"qr", "https://paypal.me/luckytrade", "contact", "payment"},
		{"qr", "https://ko-fi.com/luckytrade", "contact", "payment"},
		{"qr", "https://www.alipay.com/help", "marketplace_url", ""},
		{"qr", "mailto:jane@shop.com", "contact", "email"},
		{"qr", "BEGIN:VCARD\nN:Kennedy;Steve\nTEL:+44 (0)7775 755503\nEND:VCARD", "contact", "phone"},
		{"qr", `MEBKM:URL:http\://en.wikipedia.org/wiki/Main_Page;;;`, "url", "url"},
		{"qr", "https://s.click.aliexpress.com/e/_abc", "marketplace_url", ""},
		{"qr", "https://aliexpress.com.shop-deals.ru/x", "url", "url"},
		{"qr", "6901028075763", "product_code", ""},
		{"qr", "6901028075764", "text", ""},
		{"qr", "WIFI:T:WPA;S:net;P:12345678;;", "text", ""},
		{"ean_13", "1380013800012", "product_code", ""},
		{"code_128", "wxid_a1b2c3d4e5", "contact", "wechat"},
		{"data_matrix", "010690102807576317251231", "product_code", ""},
	}
	for _, tt := range tests {
		if c := e.classify(found{kind: tt.kind, text: tt.text}); c.Class != tt.class || c.Contact != tt.contact {
			t.Errorf("%s: %s/%s, want %s/%s", tt.text, c.Class, c.Contact, tt.class, tt.contact)
		}
	}
}

// FuzzRead gives the readers planes of arbitrary pixels, repeated so that
// patterns of modules occur.
func FuzzRead(f *testing.F) {
	e := extractor(f)
	g := qr(f, "seed", 30)
	f.Add(uint8(g.W), uint8(3), g.Pix)
	f.Add(uint8(40), uint8(4), []byte("\x00\xff\x00\x00\x00\xff\x00"))
	f.Fuzz(func(t *testing.T, w, zoom uint8, pix []byte) {
		if w == 0 || zoom == 0 || zoom > 6 || len(pix) == 0 || len(pix) > 4096 {
			return
		}
		h := (len(pix) + int(w) - 1) / int(w)
		m := raster.NewRGB(int(w)*int(zoom), min(h, 200)*int(zoom))
		for y := range m.H {
			for x := range m.W {
				v := pix[(y/int(zoom)*int(w)+x/int(zoom))%len(pix)]
				m.Pix[3*(y*m.W+x)], m.Pix[3*(y*m.W+x)+1], m.Pix[3*(y*m.W+x)+2] = v, v, v
			}
		}
		for _, c := range read(t, e, m) {
			if c.Box[0] < 0 || c.Box[1] < 0 || c.Box[0]+c.Box[2] > m.W || c.Box[1]+c.Box[3] > m.H {
				t.Fatalf("box %v outside %d×%d", c.Box, m.W, m.H)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	e := extractor(b)
	m := scene(1400, 1400, 4)
	g := m.Luma()
	for b.Loop() {
		if _, err := e.Read(context.Background(), g, m.W, m.H); err != nil {
			b.Fatal(err)
		}
	}
}
