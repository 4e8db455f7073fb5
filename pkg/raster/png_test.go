package raster

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/color/palette"
	"image/png"
	"math/rand"
	"testing"
)

// pngBothWays decodes with our own decoder and with image/png; ours is nil
// where it leaves the file to the other.
func pngBothWays(data []byte, detail int) (own, std *Picture, err error) {
	o := Options{Format: "png", Detail: detail}
	o.fill()
	own, _ = decodePNG(context.Background(), data, o)
	img, err := png.Decode(bytes.NewReader(data))
	if err == nil {
		std = assemble(img, Header{}, o)
	}
	return own, std, err
}

// same says how two pictures differ, "" where they do not.
func same(a, b *Picture) string {
	switch {
	case a.W != b.W || a.H != b.H || a.FullW != b.FullW || a.FullH != b.FullH:
		return fmt.Sprintf("%d×%d of %d×%d and %d×%d of %d×%d", a.W, a.H, a.FullW, a.FullH, b.W, b.H, b.FullW, b.FullH)
	case !bytes.Equal(a.Pix, b.Pix):
		return "pixels differ"
	case (a.Alpha == nil) != (b.Alpha == nil) || !bytes.Equal(a.Alpha, b.Alpha):
		return "opacity differs"
	case (a.native == nil) != (b.native == nil) || a.native != nil && !bytes.Equal(a.native.Pix, b.native.Pix):
		return "native luma differs"
	}
	return ""
}

// pngImages are pictures of every kind our decoder reads.
func pngImages(w, h int) map[string]image.Image {
	r := rand.New(rand.NewSource(int64(w*1000 + h)))
	rgb := testImage(w, h)
	noise, clear := image.NewNRGBA(rgb.Rect), image.NewNRGBA(rgb.Rect)
	grey := image.NewGray(rgb.Rect)
	colors := append(color.Palette{}, palette.WebSafe...)
	mapped := image.NewPaletted(rgb.Rect, colors)
	holed := image.NewPaletted(rgb.Rect, append(color.Palette{color.NRGBA{}, color.NRGBA{200, 30, 30, 100}}, palette.WebSafe...))
	for y := range h {
		for x := range w {
			c := rgb.RGBAAt(x, y)
			noise.SetNRGBA(x, y, color.NRGBA{uint8(r.Intn(256)), uint8(r.Intn(256)), uint8(r.Intn(256)), 255})
			clear.SetNRGBA(x, y, color.NRGBA{c.R, c.G, c.B, uint8(r.Intn(3) * 127)})
			grey.SetGray(x, y, color.Gray{c.G})
			mapped.SetColorIndex(x, y, uint8(x*y%len(colors)))
			holed.SetColorIndex(x, y, uint8((x+y)%5))
		}
	}
	return map[string]image.Image{"rgb": rgb, "noise": noise, "transparent": clear, "grey": grey, "palette": mapped, "transparent palette": holed}
}

func TestPNGMatchesStandardDecoder(t *testing.T) {
	for _, size := range [][2]int{{1, 1}, {3, 2}, {200, 150}, {1200, 70}, {1, 900}} {
		for name, m := range pngImages(size[0], size[1]) {
			for _, level := range []png.CompressionLevel{png.DefaultCompression, png.NoCompression, png.BestSpeed, png.BestCompression} {
				var b bytes.Buffer
				if err := (&png.Encoder{CompressionLevel: level}).Encode(&b, m); err != nil {
					t.Fatal(err)
				}
				for _, detail := range []int{0, 64} {
					own, std, err := pngBothWays(b.Bytes(), detail)
					if own == nil || err != nil {
						t.Fatalf("%v %s: own %v, %v", size, name, own != nil, err)
					}
					if d := same(own, std); d != "" {
						t.Errorf("%v %s, level %d, detail %d: %s", size, name, level, detail, d)
					}
				}
			}
		}
	}
}

// chunk is a PNG chunk with its checksum.
func chunk(name string, body []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	out = append(append(out, name...), body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

// pngOf is a file of rows as they are stored, its pixel data in several chunks.
func pngOf(w, h int, kind byte, stored []byte, before ...[]byte) []byte {
	var z bytes.Buffer
	zw := zlib.NewWriter(&z)
	_, _ = zw.Write(stored)
	_ = zw.Close()
	out := []byte("\x89PNG\r\n\x1a\n")
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(w)), uint32(h))
	out = append(out, chunk("IHDR", append(head, 8, kind, 0, 0, 0))...)
	for _, b := range before {
		out = append(out, b...)
	}
	for data := z.Bytes(); len(data) > 0; {
		n := min(700, len(data))
		out = append(out, chunk("IDAT", data[:n])...)
		data = data[n:]
	}
	return append(out, chunk("IEND", nil)...)
}

// TestPNGFilters has every filter in every order on rows of noise.
func TestPNGFilters(t *testing.T) {
	r := rand.New(rand.NewSource(3))
	table := make([]byte, 30)
	for i := range table {
		table[i] = uint8(i * 8)
	}
	for kind, bpp := range map[byte]int{pngGrey: 1, pngRGB: 3, pngPalette: 1, pngGreyAlpha: 2, pngRGBA: 4} {
		for _, w := range []int{1, 2, 9, 40} {
			const h = 60
			var stored []byte
			for range h {
				stored = append(stored, uint8(r.Intn(5)))
				for range w * bpp {
					stored = append(stored, uint8(r.Intn(256)))
				}
			}
			var before [][]byte
			if kind == pngPalette {
				before = [][]byte{chunk("PLTE", table), chunk("tRNS", []byte{0, 90, 255})}
			}
			own, std, err := pngBothWays(pngOf(w, h, kind, stored, before...), 0)
			if own == nil || err != nil {
				t.Fatalf("kind %d: own %v, %v", kind, own != nil, err)
			}
			if d := same(own, std); d != "" {
				t.Errorf("kind %d, width %d: %s", kind, w, d)
			}
		}
	}
}

// TestPaethShortcut compares with the definition for all triples.
func TestPaethShortcut(t *testing.T) {
	away := func(v int32) int32 { return max(v, -v) }
	for a := int32(0); a < 256; a++ {
		for b := int32(0); b < 256; b++ {
			for c := int32(0); c < 256; c += 1 {
				p := a + b - c
				pa, pb, pc := away(p-a), away(p-b), away(p-c)
				want := c
				if pa <= pb && pa <= pc {
					want = a
				} else if pb <= pc {
					want = b
				}
				if got := paeth(a, b, c); got != want {
					t.Fatalf("paeth(%d, %d, %d) = %d, want %d", a, b, c, got, want)
				}
			}
		}
	}
}

// TestPNGsLeftToTheStandardDecoder: other kinds, and whatever is not sound.
func TestPNGsLeftToTheStandardDecoder(t *testing.T) {
	row := []byte{0, 1, 2, 3, 4, 5, 6}
	sound := pngOf(2, 1, pngRGB, row)
	if own, _, _ := pngBothWays(sound, 0); own == nil {
		t.Fatal("a plain file is left to image/png")
	}
	if p, err := decode(sound[:len(sound)-12], Options{Format: "png"}); err != nil || p.W != 2 {
		t.Errorf("only the end chunk is missing: %v", err) // the pixels are all there
	}
	wrong := func(change func(b []byte) []byte) []byte { return change(bytes.Clone(sound)) }
	idat := bytes.Index(sound, []byte("IDAT"))
	iend := len(sound) - 12
	for name, data := range map[string][]byte{
		"16 bits":               encode(t, "png", image.NewGray16(image.Rect(0, 0, 9, 9))),
		"4 bits":                encode(t, "png", image.NewPaletted(image.Rect(0, 0, 9, 9), palette.Plan9[:16])),
		"a transparent colour":  pngOf(2, 1, pngRGB, row, chunk("tRNS", []byte{0, 1, 0, 2, 0, 3})),
		"a broken checksum":     wrong(func(b []byte) []byte { b[idat+6]++; return b }),
		"an end in the pixels":  sound[:iend-2],
		"cut short":             sound[:idat+8],
		"pixels missing":        pngOf(2, 2, pngRGB, row),
		"too many pixels":       pngOf(2, 1, pngRGB, append(bytes.Clone(row), row...)),
		"no pixels":             append(bytes.Clone(sound[:idat-4]), chunk("IEND", nil)...),
		"a filter that is none": pngOf(2, 1, pngRGB, append([]byte{5}, row[1:]...)),
		"no palette":            pngOf(6, 1, pngPalette, row),
		"pixels apart":          append(append(append(bytes.Clone(sound[:iend]), chunk("tEXt", []byte("a\x00b"))...), chunk("IDAT", nil)...), chunk("IEND", nil)...),
	} {
		own, std, err := pngBothWays(data, 0)
		if own != nil {
			t.Errorf("%s: decoded", name)
		}
		p, got := decode(data, Options{Format: "png"})
		if (got == nil) != (err == nil) || (p == nil) != (std == nil) {
			t.Errorf("%s: %v, image/png says %v", name, got, err)
		}
	}
}

// FuzzPNG: what our decoder decodes, image/png decodes to the same. The fuzzer
// gives a header and the stored rows, which it could not compress itself.
func FuzzPNG(f *testing.F) {
	f.Add(uint8(2), uint8(1), uint8(pngRGB), []byte{4, 1, 2, 3, 4, 5, 6}, []byte{})
	f.Add(uint8(3), uint8(1), uint8(pngPalette), []byte{1, 0, 1, 2}, chunk("PLTE", []byte{1, 2, 3, 4, 5, 6}))
	f.Add(uint8(1), uint8(1), uint8(pngRGBA), []byte{3, 0, 1, 2, 7}, chunk("tEXt", []byte("a\x00b")))
	f.Add(uint8(1), uint8(1), uint8(pngGreyAlpha), []byte{2, 0, 1}, []byte{})
	f.Fuzz(func(t *testing.T, w, h, kind uint8, stored, before []byte) {
		data := pngOf(int(w), int(h), kind, stored, before)
		own, std, err := pngBothWays(data, 16)
		if own == nil {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if d := same(own, std); d != "" {
			t.Fatal(d)
		}
	})
}
