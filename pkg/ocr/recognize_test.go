package ocr

import (
	"slices"
	"testing"

	"github.com/aecheck/aecheck/pkg/raster"
)

func TestDecode(t *testing.T) {
	dict := []rune{noChar, 'a', 'b', ' '}
	// One string a step; each digit is a class's probability in tenths.
	for _, c := range []struct {
		name  string
		steps []string
		want  string
		first Char
	}{
		{"nothing", nil, "", Char{}},
		{"blanks", []string{"9100", "8100"}, "", Char{}},
		{"repeats merge, the surest counts", []string{"0620", "0810", "0710"}, "a", Char{R: 'a', Confidence: 0.8, Alt: 'b', AltConfidence: 0.1}},
		{"a blank separates", []string{"0910", "9000", "0910"}, "aa", Char{R: 'a', Confidence: 0.9, Alt: 'b', AltConfidence: 0.1}},
		{"change", []string{"0910", "0270"}, "ab", Char{R: 'a', Confidence: 0.9, Alt: 'b', AltConfidence: 0.1}},
		{"spaces at the ends", []string{"0009", "0910", "0009", "0090", "0009"}, "a b", Char{R: 'a', Confidence: 0.9, Alt: 'b', AltConfidence: 0.1}},
		{"only spaces", []string{"0009"}, "", Char{}},
	} {
		var rows []float32
		for _, s := range c.steps {
			for _, d := range s {
				rows = append(rows, float32(d-'0')/10)
			}
		}
		f := decode(rows, dict)
		got := newLine(f.chars, quad{}, 1, 1)
		if got.Text != c.want {
			t.Errorf("%s: %q, want %q", c.name, got.Text, c.want)
			continue
		}
		if len(f.chars) == 0 {
			continue
		}
		g := f.chars[0]
		if g.R != c.first.R || g.Alt != c.first.Alt || !almost(g.Confidence, c.first.Confidence) || !almost(g.AltConfidence, c.first.AltConfidence) {
			t.Errorf("%s: first character %+v, want %+v", c.name, g, c.first)
		}
		if f.from < 0 || f.to > 1 || f.from > f.to {
			t.Errorf("%s: from %v to %v", c.name, f.from, f.to)
		}
	}
}

func almost(a, b float64) bool { return a-b < 1e-6 && b-a < 1e-6 }

func TestSettleLookalikes(t *testing.T) {
	for _, c := range []struct {
		in   string
		alt  rune
		conf float64
		want string
	}{
		{"Al", 'I', 0.05, "AI"},
		{"AlGen", 'I', 0.05, "AIGen"},
		{"Al gen", 'I', 0.05, "AI gen"},
		{"All", 'I', 0.05, "All"},
		{"Al", 'I', 0.001, "Al"},
		{"Al", 'i', 0.3, "Al"},
		{"sl", 'I', 0.3, "sl"},
		{"E:6", '-', 0.3, "E-6"},
		{"E·6", '-', 0.3, "E-6"},
		{"E:6", '-', 0.1, "E:6"},
		{"e:6", '-', 0.4, "e:6"},
		{"E:a", '-', 0.4, "E:a"},
		{"A0B", 'O', 0.45, "A0B"},
		{"5O%", '0', 0.1, "50%"},
		{"5O%", '0', 0.01, "5O%"},
		{"5OO", '0', 0.1, "5OO"},
		{"AO%", '0', 0.1, "AO%"},
	} {
		var chars []Char
		for i, r := range []rune(c.in) {
			ch := Char{R: r, Confidence: 0.9}
			if i == 1 {
				ch = Char{R: r, Confidence: 0.5, Alt: c.alt, AltConfidence: c.conf}
			}
			chars = append(chars, ch)
		}
		settleLookalikes(chars)
		if got := newLine(chars, quad{}, 1, 1).Text; got != c.want {
			t.Errorf("%q with %q at %v: %q, want %q", c.in, c.alt, c.conf, got, c.want)
		}
	}
}

func TestParseDictionary(t *testing.T) {
	dict, err := parseDictionary("a\n\u3000\n字\n")
	if err != nil || string(dict) != "\x00a\u3000字 " {
		t.Errorf("%q, %v", string(dict), err)
	}
	for _, bad := range []string{"", "ab\n", "a\n\nb\n"} {
		if _, err := parseDictionary(bad); err == nil {
			t.Errorf("%q: no error", bad)
		}
	}
	for _, f := range []struct {
		file string
		n    int
	}{{marksFiles().dictionary, 6625}, {quickFiles().dictionary, 6906}, {carefulFiles().dictionary, 18710}} {
		if dict, err := loadDictionary(f.file); err != nil || len(dict) != f.n {
			t.Errorf("%s: %d characters, %v", f.file, len(dict), err)
		}
	}
}

func planesOf(img *raster.RGB, reg region, w, h int) []float32 {
	out := make([]float32, 3*w*h)
	planes(out, img, reg, w, h)
	return out
}

func TestPlanes(t *testing.T) {
	img := raster.NewRGB(4, 2)
	for i := range 8 {
		img.Pix[3*i], img.Pix[3*i+1], img.Pix[3*i+2] = uint8(10*i), 100, 200
	}
	got := planesOf(img, region{0, 0, 4, 2}, 4, 2)
	for i := range 8 {
		if got[i] != 200 || got[8+i] != 100 || got[16+i] != float32(10*i) {
			t.Fatalf("pixel %d: %v %v %v", i, got[i], got[8+i], got[16+i])
		}
	}
	half := planesOf(img, region{0, 0, 4, 2}, 1, 1)
	if half[0] < 199.9 || half[0] > 200.1 || half[2] < 34.9 || half[2] > 35.1 {
		t.Errorf("one pixel: %v", half)
	}
	part := planesOf(img, region{1, 1, 3, 2}, 2, 1)
	if part[4] != 50 || part[5] != 60 {
		t.Errorf("part: %v", part)
	}
}

func TestCrop(t *testing.T) {
	img := raster.NewRGB(6, 6)
	for i := range 36 {
		img.Pix[3*i] = uint8(i)
	}
	box := quad{{1, 1}, {3, 1}, {3, 5}, {1, 5}}
	down, up := box.directions()[0], box.directions()[1]
	if got := crop(img, box); got.W != 2 || got.H != 4 || got.Pix[0] != 7 || got.Pix[3*7] != 26 {
		t.Errorf("plain: %d×%d %v", got.W, got.H, got.Pix)
	}
	// Downwards, the first pixel is the upper right corner.
	if got := crop(img, down); got.W != 4 || got.H != 2 || got.Pix[0] != 9 {
		t.Errorf("down: %d×%d %v", got.W, got.H, got.Pix)
	}
	// Upwards, it is the lower left one.
	if got := crop(img, up); got.W != 4 || got.H != 2 || got.Pix[0] != 31 {
		t.Errorf("up: %d×%d %v", got.W, got.H, got.Pix)
	}
	if crop(img, quad{}) != nil {
		t.Error("an empty rectangle gives a picture")
	}
	if got := crop(img, quad{{-9, -9}, {20, -9}, {20, 20}, {-9, 20}}); got == nil || got.Pix[0] != 0 {
		t.Error("a rectangle beyond the picture is not clamped")
	}
}

// TestWeigh: what a first reading saw in the place of a character is its runner-up in
// the second.
func TestWeigh(t *testing.T) {
	at := func(r rune, p float64, alt rune, q, place float64) Char {
		return Char{R: r, Confidence: p, Alt: alt, AltConfidence: q, At: place}
	}
	for _, c := range []struct {
		name          string
		before, again []Char
		want          string
		alt           rune // of the last character
	}{
		{"the I that the second reading does not know of", []Char{at('A', 0.9, 0, 0, 0.2), at('l', 0.7, 'I', 0.2, 0.6)}, []Char{at('A', 1, 0, 0, 0.2), at('l', 0.99, 'i', 0.001, 0.6)}, "AI", 'l'},
		{"another digit", []Char{at('A', 0.9, 0, 0, 0.2), at('8', 0.5, '3', 0.4, 0.6)}, []Char{at('A', 1, 0, 0, 0.2), at('3', 0.9, 'B', 0.01, 0.6)}, "A3", '8'},
		{"the surer runner-up stays", []Char{at('A', 0.9, 0, 0, 0.2), at('3', 0.9, '8', 0.02, 0.6)}, []Char{at('A', 1, 0, 0, 0.2), at('3', 0.9, 'B', 0.1, 0.6)}, "A3", 'B'},
		{"a character elsewhere", []Char{at('Q', 0.9, 0, 0, 0.2)}, []Char{at('A', 1, 0, 0, 0.2), at('3', 0.9, 0, 0, 0.6)}, "A3", 0},
	} {
		f := found{chars: c.again}
		f.weigh(found{chars: c.before})
		got := newLine(f.chars, quad{}, 1, 1)
		if got.Text != c.want || f.chars[len(f.chars)-1].Alt != c.alt {
			t.Errorf("%s: %q, runner-up %q", c.name, got.Text, f.chars[len(f.chars)-1].Alt)
		}
	}
}

func TestDoubtful(t *testing.T) {
	for _, c := range []struct {
		confidences []float64
		want        bool
	}{
		{nil, false},
		{[]float64{0.3}, false},
		{[]float64{0.99, 0.97, 0.98}, false},
		{[]float64{0.99, 0.55, 0.98}, true},
		{[]float64{0.4, 0.3, 0.35}, false},
	} {
		var f found
		for _, p := range c.confidences {
			f.chars = append(f.chars, Char{R: 'a', Confidence: p})
		}
		if got := f.doubtful(); got != c.want {
			t.Errorf("%v: %v", c.confidences, got)
		}
	}
}

// A hyphen that pale print loses is put back between AE and a shop's number, and
// nowhere else.
func TestHiddenHyphen(t *testing.T) {
	dict := []rune("\x00AEX 0123456-")
	for _, tt := range []struct {
		text string
		p    float32 // of a hyphen in every step that reads nothing
		want string
	}{
		{"AE123456", 0.05, "AE-123456"},
		{"AE 123456", 0.05, "AE-123456"},
		{"XAE123456", 0.05, "XAE-123456"},
		{"AE123456", 0.001, "AE123456"},
		{"AE 123456", 0.001, "AE 123456"},
		{"AE12345", 0.05, "AE12345"},
		{"XE123456", 0.05, "XE123456"},
		{"AE-123456", 0.05, "AE-123456"},
		{"AE", 0.05, "AE"},
		{"AE ", 0.05, "AE"},
	} {
		var rows []float32
		for _, r := range tt.text {
			read := make([]float32, len(dict))
			read[slices.Index(dict, r)] = 0.9
			none := make([]float32, len(dict))
			none[0], none[len(dict)-1] = 0.9, tt.p
			rows = append(append(rows, read...), none...)
		}
		var got []rune
		for _, c := range decode(rows, dict).chars {
			got = append(got, c.R)
		}
		if string(got) != tt.want {
			t.Errorf("%q at %v: %q, want %q", tt.text, tt.p, string(got), tt.want)
		}
	}
}

func TestEndsShopID(t *testing.T) {
	for _, tt := range []struct {
		wide, digits string
		want         bool
	}{
		{"AE-3446103", "3446103", true}, {"AE：3446103", "3446103", true}, {"AE3446103", "3446103", true},
		{"TAE-3446103", "3446103", false}, {"AE-34461037", "3446103", false}, {"AE-34461", "34461", false},
		{"No.3446103", "3446103", false}, {"3446103", "3446103", false}, {"AE-344A103", "344A103", false},
	} {
		if got := endsShopID(tt.wide, tt.digits); got != tt.want {
			t.Errorf("%q after %q: %v, want %v", tt.wide, tt.digits, got, tt.want)
		}
	}
}
