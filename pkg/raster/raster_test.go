package raster

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/color/palette"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand"
	"os"
	"testing"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"

	"github.com/aecheck/aecheck/pkg/raster/heif"
)

// testImage is smooth with some edges, so that every encoder has work.
func testImage(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, color.RGBA{uint8(x * 255 / w), uint8(y * 255 / h), uint8((x/16 + y/16) % 2 * 200), 255})
		}
	}
	return m
}

func encode(t testing.TB, format string, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	var err error
	switch format {
	case "jpeg":
		err = jpeg.Encode(&b, m, &jpeg.Options{Quality: 90})
	case "png":
		err = png.Encode(&b, m)
	case "gif":
		err = gif.Encode(&b, m, nil)
	case "bmp":
		err = bmp.Encode(&b, m)
	case "tiff":
		err = tiff.Encode(&b, m, &tiff.Options{Compression: tiff.Deflate})
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func decode(data []byte, o Options) (*Picture, error) {
	return Decode(context.Background(), bytes.NewReader(data), int64(len(data)), o)
}

func TestFormats(t *testing.T) {
	m := testImage(120, 80)
	for _, format := range []string{"jpeg", "png", "gif", "bmp", "tiff"} {
		p, err := decode(encode(t, format, m), Options{Format: format})
		if err != nil {
			t.Errorf("%s: %v", format, err)
			continue
		}
		if p.W != 120 || p.H != 80 || p.FullW != 120 || p.FullH != 80 || p.Alpha != nil {
			t.Errorf("%s: %d×%d of %d×%d, alpha %v", format, p.W, p.H, p.FullW, p.FullH, p.Alpha != nil)
		}
		if e := meanError(p.RGB, FromImage(m)); e > 15 {
			t.Errorf("%s: pixels off by %.1f on average", format, e)
		}
	}
}

func meanError(a, b *RGB) float64 {
	sum := 0.0
	for i := range a.Pix {
		sum += math.Abs(float64(a.Pix[i]) - float64(b.Pix[i]))
	}
	return sum / float64(len(a.Pix))
}

func TestDetailScalesDown(t *testing.T) {
	m := testImage(2600, 1900) // above nativeMaxPixels, so that JPEG decodes scaled
	want := FromImage(m).Shrink(650, 475)
	for _, format := range []string{"jpeg", "png"} {
		p, err := decode(encode(t, format, m), Options{Format: format, Detail: 650})
		if err != nil {
			t.Fatal(err)
		}
		if p.W != 650 || p.H != 475 || p.FullW != 2600 || p.FullH != 1900 {
			t.Fatalf("%s: %d×%d of %d×%d", format, p.W, p.H, p.FullW, p.FullH)
		}
		if e := meanError(p.RGB, want); e > 4 {
			t.Errorf("%s: off by %.1f on average", format, e)
		}
		if box := p.ToFull([4]int{65, 0, 65, 475}); box != [4]int{260, 0, 260, 1900} {
			t.Errorf("%s: box %v", format, box)
		}
	}
}

// lumaAt decodes the first plane of a JPEG at 1/scale.
func lumaAt(t testing.TB, data []byte, scale int) *Gray {
	t.Helper()
	f, err := readFrame(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	whole := func(w, h int) (int, int) { return w, h }
	m, damage, err := decodeJPEGPlanes(context.Background(), data, f, jpegWish{scale: scale, wanted: whole})
	if err != nil || damage != nil {
		t.Fatal(err, damage)
	}
	return &m.plane[0].Gray
}

// TestSmallPicturesKeepTheirDetail: of a small JPEG a smaller copy is the mean
// of the whole, whether it is decoded at half its size or not.
func TestSmallPicturesKeepTheirDetail(t *testing.T) {
	m := testImage(640, 400)
	for i := range m.Pix {
		m.Pix[i] ^= uint8(i / 4 % 7 * 5) // fine detail
	}
	data := encode(t, "jpeg", m)
	whole, err := decode(data, Options{Format: "jpeg"})
	if err != nil {
		t.Fatal(err)
	}
	for _, detail := range []int{320, 310, 200, 160, 100} {
		p, err := decode(data, Options{Format: "jpeg", Detail: detail})
		if err != nil {
			t.Fatal(err)
		}
		if e := meanError(p.RGB, whole.RGB.Shrink(p.W, p.H)); e > 1 || p.W != detail {
			t.Errorf("detail %d: %d×%d, off by %.2f on average", detail, p.W, p.H, e)
		}
	}
}

// TestReducedBlocks compares each reduced transform with averaging the fully
// decoded picture, on pictures whose content is coarse enough for both.
func TestReducedBlocks(t *testing.T) {
	for _, size := range [][2]int{{640, 480}, {333, 217}, {16, 16}, {9, 70}} {
		m := image.NewRGBA(image.Rect(0, 0, size[0], size[1]))
		for y := range size[1] {
			for x := range size[0] {
				v := 128 + 100*math.Sin(float64(x)/12)*math.Cos(float64(y)/10)
				m.SetRGBA(x, y, color.RGBA{uint8(v), uint8(255 - v), uint8(v / 2), 255})
			}
		}
		data := encode(t, "jpeg", m)
		std, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		y := std.(*image.YCbCr)
		whole := FromImage(&image.Gray{Pix: y.Y, Stride: y.YStride, Rect: y.Rect})
		for _, scale := range []int{1, 2, 4, 8} {
			got := lumaAt(t, data, scale)
			w, h := size[0]/scale, size[1]/scale
			want := whole.Crop([4]int{0, 0, w * scale, h * scale}).Shrink(w, h)
			sum := 0.0
			for y := range h {
				for x := range w {
					sum += math.Abs(float64(got.Pix[y*got.W+x]) - float64(want.Pix[3*(y*w+x)]))
				}
			}
			if e := sum / float64(w*h); e > 0.5 {
				t.Errorf("%v at 1/%d: off by %.2f", size, scale, e)
			}
		}
	}
}

func TestScaledJPEGNoticesDamage(t *testing.T) {
	data := encode(t, "jpeg", testImage(2600, 1900))
	eoi := []byte{0xFF, 0xD9}
	zeroed := bytes.Clone(data)
	copy(zeroed[len(zeroed)/2:], bytes.Repeat([]byte{0xFF, 0x00}, 300))
	for _, c := range []struct {
		name string
		data []byte
		want Problem
	}{
		{"cut short", data[:len(data)/2], Truncated},
		{"a byte short of its end marker", data[:len(data)-3], Truncated},
		{"cut short, end marker put behind", append(bytes.Clone(data[:len(data)/2]), eoi...), Corrupt},
		{"overwritten in the middle", zeroed, Corrupt},
	} {
		p, err := decode(c.data, Options{Format: "jpeg", Detail: 600})
		var partial *PartialError
		if !errors.As(err, &partial) || partial.Problem != c.want || p == nil || p.FullW != 2600 {
			t.Errorf("%s: picture %v, error %v", c.name, p != nil, err)
		}
	}
	for name, sound := range map[string][]byte{"whole": data, "no end marker": data[:len(data)-2]} {
		if _, err := decode(sound, Options{Format: "jpeg", Detail: 600}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestJPEGAgreesWithStandardDecoder(t *testing.T) {
	for _, size := range [][2]int{{64, 64}, {75, 53}, {8, 8}, {17, 1}, {257, 129}} {
		data := encode(t, "jpeg", testImage(size[0], size[1]))
		p, err := decode(data, Options{Format: "jpeg"})
		if err != nil {
			t.Errorf("%v: %v", size, err)
			continue
		}
		std, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if e := meanError(p.RGB, FromImage(std)); e > 1 {
			t.Errorf("%v: off by %.2f on average", size, e)
		}
	}
}

func TestOrientation(t *testing.T) {
	m := testImage(60, 40)
	upright := FromImage(m)
	// What a camera turned each way stores for the same scene.
	inverse := map[int]int{1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6}
	for o := 1; o <= 8; o++ {
		w, h := 60, 40
		stored := &RGB{W: w, H: h, Pix: turn(upright.Pix, w, h, 3, inverse[o])}
		if o >= 5 {
			stored.W, stored.H = h, w
		}
		p, err := decode(encode(t, "png", stored.Image()), Options{Format: "png", Orientation: o})
		if err != nil {
			t.Fatal(err)
		}
		if p.W != 60 || p.H != 40 || p.FullW != 60 || p.FullH != 40 || !bytes.Equal(p.Pix, upright.Pix) {
			t.Errorf("orientation %d comes out as %d×%d", o, p.W, p.H)
		}
	}
}

func TestAlphaIsFlattenedOnWhite(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 4, 2))
	for x := range 4 {
		m.SetNRGBA(x, 0, color.NRGBA{200, 0, 0, uint8(x * 85)})
		m.SetNRGBA(x, 1, color.NRGBA{0, 0, 0, 255})
	}
	p, err := decode(encode(t, "png", m), Options{Format: "png"})
	if err != nil {
		t.Fatal(err)
	}
	if p.Alpha == nil || p.Alpha[0] != 0 || p.Alpha[3] != 255 {
		t.Fatalf("alpha %v", p.Alpha)
	}
	if got := p.Pix[:12]; got[0] != 255 || got[1] != 255 || got[3] != 237 || got[4] != 170 || got[9] != 200 || got[10] != 0 {
		t.Errorf("first row %v", got)
	}
	opaque := testImage(4, 4)
	if p, err = decode(encode(t, "png", opaque), Options{Format: "png"}); err != nil || p.Alpha != nil {
		t.Errorf("an opaque picture has an alpha plane (%v)", err)
	}
}

func TestSmallGIFFrameLiesOnItsCanvas(t *testing.T) {
	frame := image.NewPaletted(image.Rect(10, 5, 20, 15), palette.Plan9)
	for i := range frame.Pix {
		frame.Pix[i] = 20
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{frame}, Delay: []int{0}, Config: image.Config{Width: 40, Height: 30, ColorModel: color.Palette(palette.Plan9)}}); err != nil {
		t.Fatal(err)
	}
	p, err := decode(b.Bytes(), Options{Format: "gif"})
	if err != nil {
		t.Fatal(err)
	}
	if p.W != 40 || p.H != 30 || p.Alpha == nil || p.Pix[0] != 255 {
		t.Errorf("%d×%d, alpha %v, first pixel %v", p.W, p.H, p.Alpha != nil, p.Pix[:3])
	}
}

func TestDamagedJPEG(t *testing.T) {
	data := encode(t, "jpeg", testImage(800, 600))
	white := image.NewRGBA(image.Rect(0, 0, 800, 600))
	for i := range white.Pix {
		white.Pix[i] = 255
	}
	for y := 100; y < 300; y++ {
		copy(white.Pix[white.PixOffset(100, y):white.PixOffset(700, y)], testImage(800, 600).Pix[4*800*y:])
	}
	studio := encode(t, "jpeg", white)
	if p, err := decode(studio, Options{Format: "jpeg"}); err != nil || p == nil {
		t.Fatalf("a sound picture with a flat end: %v", err)
	}
	cut := func(data []byte, share float64) []byte { return data[:int(float64(len(data))*share)] }
	eoi := []byte{0xFF, 0xD9}
	broken := bytes.Clone(data)
	copy(broken[len(broken)/2:], bytes.Repeat([]byte{0xFF, 0x00}, 200))
	for _, c := range []struct {
		name string
		data []byte
		want Problem
	}{
		{"cut short", cut(data, 0.6), Truncated},
		{"the last byte and the end marker missing", data[:len(data)-3], Truncated},
		{"cut short, end marker put behind", append(bytes.Clone(cut(data, 0.6)), eoi...), Corrupt},
		{"flat end cut short, end marker put behind", append(bytes.Clone(cut(studio, 0.5)), eoi...), Corrupt},
		{"overwritten in the middle", broken, Corrupt},
	} {
		p, err := decode(c.data, Options{Format: "jpeg"})
		var partial *PartialError
		if !errors.As(err, &partial) || partial.Problem != c.want || p == nil || p.W != 800 {
			t.Errorf("%s: picture %v, error %v", c.name, p != nil, err)
		}
	}
	for _, c := range []struct {
		name string
		data []byte
		want Problem
	}{
		{"cut in the header", data[:100], Truncated},
		{"nothing", nil, Corrupt},
		{"no JPEG", []byte("GIF89a"), Corrupt},
	} {
		p, err := decode(c.data, Options{Format: "jpeg"})
		var e *Error
		if p != nil || !errors.As(err, &e) || e.Problem != c.want {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestCapsComeBeforeDecoding(t *testing.T) {
	data := encode(t, "png", testImage(300, 200))
	for _, o := range []Options{
		{Format: "png", MaxPixels: 59_999},
		{Format: "png", MaxBytes: 200_000},
		{Format: "png", MaxBytes: 100},
	} {
		p, err := decode(data, o)
		var e *Error
		if p != nil || !errors.As(err, &e) || e.Problem != TooLarge {
			t.Errorf("%+v: %v", o, err)
		}
	}
	bomb := bytes.Clone(data)
	bomb[16], bomb[20] = 0x10, 0x10 // width and height of the header
	if _, err := decode(bomb, Options{Format: "png"}); err == nil {
		t.Error("a picture of 2²⁸ pixels a side was decoded")
	}
	// A JPEG that does not fit is decoded smaller instead.
	big := encode(t, "jpeg", testImage(2600, 1900))
	p, err := decode(big, Options{Format: "jpeg", MaxBytes: 3 << 20})
	if err != nil || p.W >= 2600 || p.FullW != 2600 {
		t.Errorf("%v", err)
	}
}

func TestUnsupportedJPEGsAreTold(t *testing.T) {
	data := encode(t, "jpeg", testImage(32, 32))
	sof := bytes.Index(data, []byte{0xFF, 0xC0})
	for _, c := range []struct {
		at    int
		value byte
	}{{1, 0xC3}, {1, 0xC9}, {4, 12}} {
		d := bytes.Clone(data)
		d[sof+c.at] = c.value
		_, err := decode(d, Options{Format: "jpeg"})
		var e *Error
		if !errors.As(err, &e) || e.Problem != Unsupported {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestCancelledDecode(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	data := encode(t, "png", testImage(32, 32))
	if _, err := Decode(ctx, bytes.NewReader(data), int64(len(data)), Options{Format: "png"}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestShrinkKeepsFlatColoursAndMeans(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for _, c := range [][4]int{{100, 100, 33, 41}, {641, 479, 320, 240}, {7, 5, 7, 2}, {9, 9, 1, 1}, {50, 3, 20, 3}, {1500, 40, 800, 21}, {9000, 3, 2, 1}, {3, 9000, 3, 7}} {
		flat, noise := NewRGB(c[0], c[1]), NewRGB(c[0], c[1])
		for i := range flat.Pix {
			flat.Pix[i] = 255
			noise.Pix[i] = uint8(r.Intn(256))
		}
		for _, v := range flat.Shrink(c[2], c[3]).Pix {
			if v != 255 {
				t.Fatalf("%v: white becomes %d", c, v)
			}
		}
		mean := func(m *RGB) float64 {
			sum := 0.0
			for _, v := range m.Pix {
				sum += float64(v)
			}
			return sum / float64(len(m.Pix))
		}
		if a, b := mean(noise), mean(noise.Shrink(c[2], c[3])); math.Abs(a-b) > 0.6 {
			t.Errorf("%v: mean %.2f becomes %.2f", c, a, b)
		}
	}
}

// TestShrinkIsTheMean compares with the exact mean of the area each pixel
// covers, for both kinds of picture.
func TestShrinkIsTheMean(t *testing.T) {
	r := rand.New(rand.NewSource(2))
	for _, c := range [][4]int{{100, 90, 33, 41}, {641, 79, 320, 40}, {15, 300, 8, 7}, {750, 31, 400, 31}, {31, 75, 31, 40}, {1000, 9, 3, 9}, {40, 2000, 20, 3}} {
		rgb := NewRGB(c[0], c[1])
		for i := range rgb.Pix {
			rgb.Pix[i] = uint8(r.Intn(2) * 255)
		}
		gray := &Gray{W: c[0], H: c[1], Pix: make([]uint8, c[0]*c[1])}
		for i := range gray.Pix {
			gray.Pix[i] = rgb.Pix[3*i+1]
		}
		small, one := rgb.Shrink(c[2], c[3]), gray.Shrink(c[2], c[3])
		cover := func(at, of, to, i int) float64 { // how much of input i output at covers
			from, end := float64(at*of)/float64(to), float64((at+1)*of)/float64(to)
			return max(0, min(end, float64(i+1))-max(from, float64(i)))
		}
		for y := range c[3] {
			for x := range c[2] {
				var sum [3]float64
				total := 0.0
				for j := y * c[1] / c[3]; j < c[1] && cover(y, c[1], c[3], j) > 0; j++ {
					for i := x * c[0] / c[2]; i < c[0] && cover(x, c[0], c[2], i) > 0; i++ {
						w := cover(y, c[1], c[3], j) * cover(x, c[0], c[2], i)
						total += w
						for k := range sum {
							sum[k] += w * float64(rgb.Pix[3*(j*c[0]+i)+k])
						}
					}
				}
				for k := range sum {
					if d := sum[k]/total - float64(small.Pix[3*(y*c[2]+x)+k]); math.Abs(d) > 0.51 {
						t.Fatalf("%v: channel %d at (%d, %d) is off by %.2f", c, k, x, y, d)
					}
				}
				if small.Pix[3*(y*c[2]+x)+1] != one.Pix[y*c[2]+x] {
					t.Fatalf("%v: the two kinds differ at (%d, %d)", c, x, y)
				}
			}
		}
	}
}

func BenchmarkShrink(b *testing.B) {
	rgb := NewRGB(1500, 1500)
	gray := &Gray{W: 1500, H: 1500, Pix: make([]uint8, 1500*1500)}
	b.Run("rgb", func(b *testing.B) {
		for range b.N {
			rgb.Shrink(800, 800)
		}
	})
	b.Run("gray", func(b *testing.B) {
		for range b.N {
			gray.Shrink(800, 800)
		}
	})
}

func TestPreview(t *testing.T) {
	p, err := decode(encode(t, "png", testImage(900, 450)), Options{Format: "png"})
	if err != nil {
		t.Fatal(err)
	}
	data, w, h, err := p.Preview()
	if err != nil || w != 320 || h != 160 {
		t.Fatalf("%d×%d, %v", w, h, err)
	}
	img, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if e := meanError(FromImage(img), FromImage(testImage(900, 450)).Shrink(320, 160)); e > 16 {
		t.Errorf("preview off by %.1f", e)
	}
}

func TestCrop(t *testing.T) {
	m := FromImage(testImage(20, 10))
	c := m.Crop([4]int{5, 2, 100, 3})
	if c.W != 15 || c.H != 3 || !bytes.Equal(c.Pix[:3], m.Pix[3*(2*20+5):3*(2*20+5)+3]) {
		t.Errorf("%d×%d", c.W, c.H)
	}
	if m.Crop([4]int{30, 0, 5, 5}) != nil {
		t.Error("a crop outside is not empty")
	}
}

// TestNativeIsTheMiddle compares the part kept at full resolution with the
// whole picture, decoded whole and scaled.
func TestNativeIsTheMiddle(t *testing.T) {
	for _, format := range []string{"jpeg", "png"} {
		data := encode(t, format, testImage(1100, 1305))
		whole, err := decode(data, Options{Format: format})
		if err != nil {
			t.Fatal(err)
		}
		luma := whole.Luma()
		for _, detail := range []int{0, 500, 100} {
			p, err := decode(data, Options{Format: format, Detail: detail})
			if err != nil {
				t.Fatal(err)
			}
			g := p.Native()
			if g == nil || g.W != 1024 || g.H != 1024 {
				t.Fatalf("%s: native %v", format, g)
			}
			const x0, y0 = (1100 - 1024) / 2 &^ 7, (1305 - 1024) / 2 &^ 7
			for y := range g.H {
				for x := range g.W {
					// Clamping of colours changes a luma computed back from them.
					if d := int(g.Pix[y*g.W+x]) - int(luma.Pix[(y0+y)*luma.W+x0+x]); d > 12 || d < -12 {
						t.Fatalf("%s at detail %d: (%d, %d) is off by %d", format, detail, x, y, d)
					}
				}
			}
		}
	}
	p, err := decode(encode(t, "jpeg", testImage(2600, 1900)), Options{Format: "jpeg"})
	if err != nil || p.Native() != nil {
		t.Errorf("a large picture has a native part (%v)", err)
	}
}

// FuzzDecode: whatever the bytes, an answer, and no picture larger than asked.
func FuzzDecode(f *testing.F) {
	small := testImage(24, 20)
	for i, format := range []string{"jpeg", "png", "gif", "bmp", "tiff"} {
		data := encode(f, format, small)
		f.Add(data, uint8(i), uint8(1))
		f.Add(data[:len(data)/2], uint8(i), uint8(6))
	}
	f.Add([]byte("RIFF\x24\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x02\x00\x00\x00\x17\x00\x00\x13\x00\x00ANMF\x04\x00\x00\x00abcd"), uint8(5), uint8(1))
	// The sandboxed formats are left out: their own reading of the container is
	// fuzzed in package heif, and compiling the sandbox takes all the time.
	formats := []string{"jpeg", "png", "gif", "bmp", "tiff", "webp"}
	f.Fuzz(func(t *testing.T, data []byte, format, orientation uint8) {
		o := Options{Format: formats[int(format)%len(formats)], Orientation: int(orientation), Detail: 16, MaxPixels: 1 << 20, MaxBytes: 16 << 20}
		p, err := decode(data, o)
		if p == nil && err == nil {
			t.Fatal("neither picture nor error")
		}
		if p != nil {
			if max(p.W, p.H) > 16 || len(p.Pix) != 3*p.W*p.H || p.Alpha != nil && len(p.Alpha) != p.W*p.H {
				t.Fatalf("%d×%d with %d bytes", p.W, p.H, len(p.Pix))
			}
			p.Native()
		}
	})
}

// TestAVIF decodes a picture of our own: a gradient, 48×32, whose last eight
// columns are transparent. Compiling the sandbox takes a second.
func TestAVIF(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the decoder")
	}
	data, err := os.ReadFile("testdata/gradient.avif")
	if err != nil {
		t.Fatal(err)
	}
	p, err := decode(data, Options{Format: "avif", Orientation: 6}) // which is ignored
	if err != nil {
		t.Fatal(err)
	}
	if p.W != 48 || p.H != 32 || p.Alpha == nil || p.Alpha[0] != 255 || p.Alpha[47] != 0 {
		t.Fatalf("%d×%d, alpha %v", p.W, p.H, p.Alpha != nil)
	}
	at := func(x, y int) []uint8 { return p.Pix[3*(y*48+x):][:3] }
	near := func(v uint8, want int) bool { return int(v) > want-16 && int(v) < want+16 }
	if c := at(20, 16); !near(c[0], 106) || !near(c[1], 127) || !near(c[2], 90) {
		t.Errorf("in the middle %v", c)
	}
	if c := at(46, 16); c[0] < 250 || c[2] < 250 {
		t.Errorf("transparent is not white: %v", c)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := heif.Decode(ctx, "avif", data, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	for n := 0; n < len(data); n += 7 {
		if _, err := heif.Decode(context.Background(), "avif", data[:n], nil); err == nil && n < len(data)/2 {
			t.Errorf("%d bytes of %d were enough", n, len(data))
		}
	}
	if _, err := heif.Decode(context.Background(), "heic", data, nil); err == nil {
		t.Error("the HEIC decoder decodes AVIF")
	}
}

// TestMemoryOfHeaders: what was measured is not forgotten, and no picture is
// taken to need nothing.
func TestMemoryOfHeaders(t *testing.T) {
	const px = 4000 * 3000
	for _, c := range []struct {
		h           Header
		detail      int
		least, most int64
	}{
		{Header{Format: "heic", PixelBytes: 4}, 800, 12 * px, 16 * px},
		{Header{Format: "avif", PixelBytes: 4}, 800, 28 * px, 32 * px},
		{Header{Format: "jpeg", PixelBytes: 4}, 800, 14 * px, 18 * px},
		{Header{Format: "jpeg", PixelBytes: 1.5}, 800, px / 16, px},
		{Header{Format: "jpeg", PixelBytes: 1.5}, 0, 4 * px, 5 * px},
		{Header{Format: "jpeg", PixelBytes: 1.5, Progressive: true}, 800, px / 8, 4 * px},
		{Header{Format: "png", PixelBytes: 4}, 800, 4 * px, 5 * px},
	} {
		c.h.Width, c.h.Height = 4000, 3000
		if got := c.h.Memory(c.detail); got < c.least || got > c.most {
			t.Errorf("%+v at detail %d: %.2f bytes a pixel, want %.2f to %.2f", c.h, c.detail,
				float64(got)/px, float64(c.least)/px, float64(c.most)/px)
		}
	}
}
