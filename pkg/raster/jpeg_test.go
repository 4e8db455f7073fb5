package raster

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// decodeAt decodes with our own decoder at 1/scale, not reduced further.
func decodeAt(data []byte, scale int) (*planes, *Gray, *PartialError, error) {
	f, err := readFrame(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, nil, nil, err
	}
	m, damage, err := decodeJPEGPlanes(context.Background(), data, f, jpegWish{scale: scale, wanted: func(w, h int) (int, int) { return w, h }})
	if err != nil {
		return nil, nil, nil, err
	}
	return m, m.native, damage, nil
}

// jpegFiles are pictures of our own, each coded baseline and progressive with
// the same coefficients.
func jpegFiles(t testing.TB) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob("testdata/jpeg/*.jpg")
	if err != nil || len(names) < 10 {
		t.Fatal(names, err)
	}
	out := map[string][]byte{}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out[strings.TrimSuffix(filepath.Base(name), ".jpg")] = data
	}
	return out
}

// TestJPEGMatchesStandardDecoder compares every sample of every plane with
// image/jpeg; the two transforms round differently, by one level at most.
func TestJPEGMatchesStandardDecoder(t *testing.T) {
	files := jpegFiles(t)
	delete(files, "cmyk")
	// image/jpeg counts restart intervals of separate components in MCUs of
	// all; TestProgressiveIsTheSame has this one.
	delete(files, "420restart.progressive")
	for _, size := range [][2]int{{64, 64}, {75, 53}, {8, 8}, {17, 1}, {1, 1}, {257, 129}} {
		for _, q := range []int{25, 60, 95, 100} {
			var b bytes.Buffer
			if err := jpeg.Encode(&b, testImage(size[0], size[1]), &jpeg.Options{Quality: q}); err != nil {
				t.Fatal(err)
			}
			files[fmt.Sprintf("%v at %d", size, q)] = b.Bytes()
		}
	}
	for name, data := range files {
		std, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(name, err)
		}
		m, _, damage, err := decodeAt(data, 1)
		if err != nil || damage != nil {
			t.Errorf("%s: %v %v", name, err, damage)
			continue
		}
		type samples struct {
			pix    []uint8
			stride int
		}
		var want []samples
		switch s := std.(type) {
		case *image.YCbCr:
			want = []samples{{s.Y, s.YStride}, {s.Cb, s.CStride}, {s.Cr, s.CStride}}
		case *image.Gray:
			want = []samples{{s.Pix, s.Stride}}
		}
		if len(want) != len(m.plane) || m.w != std.Bounds().Dx() || m.h != std.Bounds().Dy() {
			t.Fatalf("%s: %d×%d, %d planes", name, m.w, m.h, len(m.plane))
		}
		for i, p := range m.plane {
			for y := range p.H {
				for x := range p.W {
					if d := int(p.Pix[y*p.W+x]) - int(want[i].pix[y*want[i].stride+x]); d > 1 || d < -1 {
						t.Fatalf("%s: plane %d differs by %d at (%d, %d)", name, i, d, x, y)
					}
				}
			}
		}
	}
}

// TestHalfIsTheMean: at 1/2 luma is the mean of four pixels of the whole
// decode, however fine the detail.
func TestHalfIsTheMean(t *testing.T) {
	r := rand.New(rand.NewSource(5))
	m := image.NewGray(image.Rect(0, 0, 120, 80))
	for i := range m.Pix {
		m.Pix[i] = uint8(128 + (i%5+i/120%3)*10 + r.Intn(40))
	}
	data := encode(t, "jpeg", m)
	whole, half := lumaAt(t, data, 1), lumaAt(t, data, 2)
	want := whole.Shrink(60, 40)
	for i, v := range want.Pix {
		if d := int(half.Pix[i]) - int(v); d > 1 || d < -1 {
			t.Fatalf("pixel %d is off by %d", i, d)
		}
	}
}

// TestProgressiveIsTheSame: the same coefficients give the same pixels at every
// scale, and the same native luma, however they are coded.
func TestProgressiveIsTheSame(t *testing.T) {
	files := jpegFiles(t)
	compared := 0
	for name, data := range files {
		base, ok := strings.CutSuffix(name, ".progressive")
		if !ok {
			continue
		}
		for _, scale := range []int{1, 2, 4, 8} {
			a, aNative, aDamage, err := decodeAt(files[base], scale)
			if err != nil || aDamage != nil {
				t.Fatal(base, err, aDamage)
			}
			b, bNative, bDamage, err := decodeAt(data, scale)
			if err != nil || bDamage != nil {
				t.Fatal(name, err, bDamage)
			}
			for i := range a.plane {
				if !bytes.Equal(a.plane[i].Pix, b.plane[i].Pix) {
					t.Errorf("%s at 1/%d: plane %d differs", name, scale, i)
				}
				compared++
			}
			if !bytes.Equal(aNative.Pix, bNative.Pix) {
				t.Errorf("%s at 1/%d: the native luma differs", name, scale)
			}
		}
	}
	if compared != 4*(4*3+1) {
		t.Errorf("%d planes compared", compared)
	}
}

// Tests that need unusual files write them bit by bit: blocks of one level
// each, coded by the standard tables, which are left out of the file.
type jpegWriter struct {
	bytes.Buffer
	acc  uint64
	bits int
}

func (w *jpegWriter) segment(marker byte, body ...byte) {
	w.Write([]byte{0xFF, marker, byte((len(body) + 2) >> 8), byte(len(body) + 2)})
	w.Write(body)
}

func (w *jpegWriter) put(code uint64, n int) {
	w.acc, w.bits = w.acc<<n|code, w.bits+n
	for w.bits >= 8 {
		b := byte(w.acc >> (w.bits - 8))
		w.bits -= 8
		w.WriteByte(b)
		if b == 0xFF {
			w.WriteByte(0)
		}
	}
}

func (w *jpegWriter) flush() {
	if w.bits > 0 {
		w.put(1<<(8-w.bits)-1, 8-w.bits)
	}
}

// flatBlock codes a difference of the first coefficient, and the end of block.
func (w *jpegWriter) flatBlock(diff int) {
	codes := [...]struct {
		code uint64
		n    int
	}{{0, 2}, {2, 3}, {3, 3}, {4, 3}, {5, 3}, {6, 3}, {14, 4}, {30, 5}, {62, 6}} // T.81 table K.3
	size := 0
	for v := max(diff, -diff); v > 0; v >>= 1 {
		size++
	}
	w.put(codes[size].code, codes[size].n)
	if diff < 0 {
		diff += 1<<size - 1
	}
	w.put(uint64(diff), size)
	w.put(10, 4) // end of block: T.81 table K.5
}

// flatJPEG is a 24×8 picture of three blocks each of three components, 4:4:4,
// in one scan or in three.
func flatJPEG(ids string, extra []byte, separate bool, levels [3][3]int) []byte {
	w := &jpegWriter{}
	w.Write([]byte{0xFF, 0xD8})
	w.Write(extra)
	w.segment(0xDB, append([]byte{0}, bytes.Repeat([]byte{8}, 64)...)...)
	w.segment(0xC0, 8, 0, 8, 0, 24, 3, ids[0], 0x11, 0, ids[1], 0x11, 0, ids[2], 0x11, 0)
	pred := [3]int{}
	block := func(c, x int) {
		w.flatBlock(levels[c][x] - 128 - pred[c]) // ×8 by the quantization, ÷8 by the transform
		pred[c] = levels[c][x] - 128
	}
	if separate {
		for c := range 3 {
			w.segment(0xDA, 1, ids[c], 0, 0, 63, 0)
			for x := range 3 {
				block(c, x)
			}
			w.flush()
		}
	} else {
		w.segment(0xDA, 3, ids[0], 0, ids[1], 0, ids[2], 0, 0, 63, 0)
		for x := range 3 {
			for c := range 3 {
				block(c, x)
			}
		}
		w.flush()
	}
	w.Write([]byte{0xFF, 0xD9})
	return w.Bytes()
}

func TestUnusualJPEGs(t *testing.T) {
	levels := [3][3]int{{10, 130, 250}, {90, 128, 200}, {5, 60, 128}}
	adobe := []byte("\xFF\xEE\x00\x0EAdobe\x00\x64\x00\x00\x00\x00\x00")
	for _, c := range []struct {
		name string
		data []byte
		rgb  bool
	}{
		{"no tables", flatJPEG("\x01\x02\x03", nil, false, levels), false},
		{"a scan for each component", flatJPEG("\x01\x02\x03", nil, true, levels), false},
		{"RGB by its names", flatJPEG("RGB", nil, false, levels), true},
		{"RGB by Adobe's segment", flatJPEG("\x01\x02\x03", adobe, true, levels), true},
	} {
		for _, scale := range []int{1, 2, 4, 8} {
			m, native, damage, err := decodeAt(c.data, scale)
			if err != nil || damage != nil {
				t.Fatal(c.name, err, damage)
			}
			if m.rgb != c.rgb || native.Pix[23] != 250 {
				t.Errorf("%s at 1/%d: RGB %v, native %d", c.name, scale, m.rgb, native.Pix[23])
			}
			for i, p := range m.plane {
				for x := range p.W {
					if want := levels[i][x*3/p.W]; int(p.Pix[x]) != want {
						t.Errorf("%s at 1/%d: plane %d is %d at %d, want %d", c.name, scale, i, p.Pix[x], x, want)
					}
				}
			}
			if rgb := m.toRGB(); c.rgb && (rgb.Pix[0] != 10 || rgb.Pix[1] != 90 || rgb.Pix[2] != 5) {
				t.Errorf("%s: first pixel %v", c.name, rgb.Pix[:3])
			}
		}
	}
	sound := flatJPEG("\x01\x02\x03", nil, true, levels)
	third := bytes.LastIndex(sound, []byte{0xFF, 0xDA})
	for _, c := range []struct {
		name string
		data []byte
		want Problem
	}{
		{"a component missing", append(bytes.Clone(sound[:third]), 0xFF, 0xD9), Corrupt},
		{"cut before the last component", sound[:third], Truncated},
		{"a scan too many", append(bytes.Clone(flatJPEG("\x01\x02\x03", nil, false, levels)[:len(sound)-20]), sound[third:]...), Corrupt},
	} {
		m, _, damage, err := decodeAt(c.data, 1)
		if err != nil || damage == nil || damage.Problem != c.want || m.plane[0].Pix[0] != 10 {
			t.Errorf("%s: %v %v", c.name, damage, err)
		}
	}
}

func TestCMYKIsLeftToTheStandardDecoder(t *testing.T) {
	data := jpegFiles(t)["cmyk"]
	if _, _, _, err := decodeAt(data, 1); !errors.As(err, new(errOther)) {
		t.Errorf("our decoder: %v", err)
	}
	p, err := decode(data, Options{Format: "jpeg", Detail: 12})
	if err != nil || p.W != 12 || p.FullW != 24 || p.Native() == nil {
		t.Errorf("%v", err)
	}
}

func TestDamagedProgressive(t *testing.T) {
	files := jpegFiles(t)
	for _, name := range []string{"420.progressive", "420restart.progressive", "grey.progressive"} {
		data := files[name]
		eoi := []byte{0xFF, 0xD9}
		last := bytes.LastIndex(data, []byte{0xFF, 0xDA})
		inScan := data[:last+(len(data)-last)/2]
		if _, _, damage, err := decodeAt(data[:len(data)-2], 1); err != nil || damage != nil {
			t.Errorf("%s, no end marker: %v %v", name, damage, err) // all scans are there
		}
		for _, c := range []struct {
			name string
			data []byte
			want Problem
		}{
			{"cut in the last scan", inScan, Truncated},
			{"cut before the last scan", data[:last], Truncated},
			{"cut in the last scan, end marker put behind", append(bytes.Clone(inScan), eoi...), Corrupt},
		} {
			for _, scale := range []int{1, 4} {
				m, _, damage, err := decodeAt(c.data, scale)
				if err != nil || damage == nil || damage.Problem != c.want {
					t.Errorf("%s, %s: %v %v", name, c.name, damage, err)
					continue
				}
				sound, _, _, _ := decodeAt(data, scale)
				off := 0
				for i, v := range sound.plane[0].Pix {
					off += max(int(v), int(m.plane[0].Pix[i])) - min(int(v), int(m.plane[0].Pix[i]))
				}
				if mean := off / len(sound.plane[0].Pix); mean > 8 { // only fine detail is missing
					t.Errorf("%s, %s: off by %d on average", name, c.name, mean)
				}
			}
		}
	}
	data := files["444.progressive"]
	scan := bytes.LastIndex(data, []byte{0xFF, 0xDA})
	end := scan + 2 + int(binary.BigEndian.Uint16(data[scan+2:]))
	for _, c := range []struct {
		name string
		at   int
		with byte
	}{
		{"frequencies beyond the block", end - 2, 64},
		{"frequencies in disorder", end - 3, 63},
		{"a table that is not there", end - 4, 3},
	} {
		broken := bytes.Clone(data)
		broken[c.at] = c.with
		if c.name == "frequencies in disorder" {
			broken[c.at+1] = 5
		}
		if _, _, damage, err := decodeAt(broken, 1); err == nil && damage == nil {
			t.Errorf("%s passes", c.name)
		}
	}
	var many bytes.Buffer
	many.Write(data[:len(data)-2])
	for range maxScans {
		many.Write(data[scan : len(data)-2])
	}
	if _, _, damage, err := decodeAt(many.Bytes(), 1); err == nil && damage == nil {
		t.Error("more scans than any encoder writes pass")
	}
}

// TestDirect: the colours are the same whether they are made of planes or as the
// rows come, of damaged files as well.
func TestDirect(t *testing.T) {
	files := jpegFiles(t)
	for _, size := range [][2]int{{64, 64}, {75, 53}, {17, 1}, {1, 17}, {1, 1}, {257, 129}} {
		files[fmt.Sprint(size)] = encode(t, "jpeg", testImage(size[0], size[1]))
	}
	for name, data := range files {
		for _, data := range [][]byte{data, data[:len(data)*3/4]} {
			f, err := readFrame(bytes.NewReader(data), int64(len(data)))
			if err != nil {
				t.Fatal(name, err)
			}
			for _, scale := range []int{1, 2, 8} {
				w := jpegWish{scale: scale, wanted: func(w, h int) (int, int) { return w, h }}
				a, _, errA := decodeJPEGPlanes(context.Background(), data, f, w)
				w.direct = true
				b, _, errB := decodeJPEGPlanes(context.Background(), data, f, w)
				if errA != nil || errB != nil {
					if (errA == nil) != (errB == nil) {
						t.Errorf("%s: %v, direct %v", name, errA, errB)
					}
					continue
				}
				if !bytes.Equal(a.toRGB().Pix, b.toRGB().Pix) {
					t.Errorf("%s at 1/%d: other colours", name, scale)
				}
			}
		}
	}
}

// FuzzJPEG: whatever the bytes, an answer without a panic, at every scale.
func FuzzJPEG(f *testing.F) {
	for _, data := range jpegFiles(f) {
		f.Add(data, uint8(0))
		f.Add(data[:len(data)*3/4], uint8(2))
	}
	data := encode(f, "jpeg", testImage(40, 24))
	f.Add(data, uint8(1))
	f.Add(data[:len(data)*3/4], uint8(3))
	f.Add(flatJPEG("RGB", nil, true, [3][3]int{}), uint8(1))
	f.Fuzz(func(t *testing.T, data []byte, scale uint8) {
		frame, err := readFrame(bytes.NewReader(data), int64(len(data)))
		if err != nil || frame.unsupported() != "" || frame.width*frame.height > 1<<16 {
			return
		}
		wish := jpegWish{
			scale: 1 << (scale & 3), fine: &fineLuma{scale: 1 << min(scale&3, scale>>2&3), detail: 30}, direct: scale>>4&1 != 0,
			wanted: func(w, h int) (int, int) { return (w + 1) >> (scale >> 5 & 1), h },
		}
		m, damage, err := decodeJPEGPlanes(context.Background(), data, frame, wish)
		if err == nil && m == nil || err != nil && damage != nil {
			t.Fatal(m, damage, err)
		}
		if m != nil {
			m.toRGB()
		}
	})
}

// TestLargeJPEGs: pictures too large to have native windows, at the scale their
// size asks for, down to means of blocks.
func TestLargeJPEGs(t *testing.T) {
	const w, h = 6600, 720
	gray := image.NewGray(image.Rect(0, 0, w, h))
	for i := range gray.Pix {
		gray.Pix[i] = uint8(i%w*255/w) ^ uint8(i/w&1)
	}
	color := image.NewRGBA(gray.Rect)
	draw.Draw(color, color.Rect, gray, image.Point{}, draw.Src)
	for name, m := range map[string]image.Image{"gray": gray, "color": color} {
		for _, detail := range []int{800, 1600, 3200, 6600} {
			var buf bytes.Buffer
			if err := jpeg.Encode(&buf, m, nil); err != nil {
				t.Fatal(err)
			}
			p, err := decode(buf.Bytes(), Options{Format: "jpeg", Detail: detail})
			if err != nil {
				t.Errorf("%s for detail %d: %v", name, detail, err)
				continue
			}
			if p.FullW != w || p.FullH != h || p.W != detail {
				t.Fatalf("%s for detail %d: %d×%d of %d×%d", name, detail, p.W, p.H, p.FullW, p.FullH)
			}
			for x := range p.W {
				got, want := int(p.Pix[3*(p.H/2*p.W+x)+1]), x*255/p.W
				if got < want-4 || got > want+4 {
					t.Errorf("%s for detail %d: %d at column %d, want %d", name, detail, got, x, want)
					break
				}
			}
		}
	}
}
