package container

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"
)

// tinyEXIF is a TIFF structure with one entry: Make = "Acme".
func tinyEXIF() []byte {
	b := []byte("II*\x00\x08\x00\x00\x00\x01\x00")
	b = append(b, 0x0F, 0x01, 2, 0, 5, 0, 0, 0, 26, 0, 0, 0)
	b = append(b, 0, 0, 0, 0)
	return append(b, "Acme\x00"...)
}

func tinyPicture() image.Image {
	m := image.NewRGBA(image.Rect(0, 0, 24, 16))
	for i := range 24 * 16 {
		m.Set(i%24, i/24, color.RGBA{uint8(i), uint8(2 * i), 90, 255})
	}
	return m
}

// jpegWith is a JPEG with segments after its start: marker, body, marker …
func jpegWith(t testing.TB, segments ...[]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, tinyPicture(), &jpeg.Options{Quality: 83}); err != nil {
		t.Fatal(err)
	}
	plain := b.Bytes()
	out := bytes.Clone(plain[:2])
	for _, s := range segments {
		out = append(out, s...)
	}
	return append(out, plain[2:]...)
}

func segment(marker byte, parts ...string) []byte {
	var body []byte
	for _, p := range parts {
		body = append(body, p...)
	}
	out := []byte{0xFF, marker}
	out = binary.BigEndian.AppendUint16(out, uint16(len(body)+2))
	return append(out, body...)
}

func chunk(kind string, data []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	out = append(append(out, kind...), data...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

// pngWith is a PNG with chunks before and after its pixels.
func pngWith(t testing.TB, before, after []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, tinyPicture()); err != nil {
		t.Fatal(err)
	}
	plain := b.Bytes()
	const header = 8 + 25
	end := len(plain) - 12
	out := bytes.Clone(plain[:header])
	out = append(append(out, before...), plain[header:end]...)
	return append(append(out, after...), plain[end:]...)
}

func deflate(t testing.TB, s string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	if _, err := z.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// isoBox is a box of a BMFF file.
func isoBox(kind string, body ...[]byte) []byte {
	n := 8
	for _, b := range body {
		n += len(b)
	}
	out := binary.BigEndian.AppendUint32(nil, uint32(n))
	out = append(out, kind...)
	for _, b := range body {
		out = append(out, b...)
	}
	return out
}

func be(width int, values ...uint64) []byte {
	var out []byte
	for _, v := range values {
		b := binary.BigEndian.AppendUint64(nil, v)
		out = append(out, b[8-width:]...)
	}
	return out
}

// heif is a file with a 40 × 30 picture turned once anticlockwise, an alpha
// plane, an EXIF and an XMP item.
func heif(brand string) []byte {
	ftyp := isoBox("ftyp", []byte(brand), be(4, 0), []byte("mif1"))
	exif := append(be(4, 0), tinyEXIF()...)
	const xmp = "<x:xmpmeta/>"
	build := func(at uint64) []byte {
		infe := func(id uint64, kind, tail string) []byte {
			return isoBox("infe", be(4, 2<<24), be(2, id, 0), []byte(kind), []byte{0}, []byte(tail))
		}
		iinf := isoBox("iinf", be(4, 0), be(2, 4), infe(1, "hvc1", ""), infe(2, "hvc1", ""), infe(3, "Exif", ""), infe(4, "mime", "application/rdf+xml\x00"))
		ipco := isoBox("ipco",
			isoBox("ispe", be(4, 0, 40, 30)), isoBox("irot", []byte{1}),
			isoBox("auxC", be(4, 0), []byte("urn:mpeg:hevc:2015:auxid:1\x00")))
		ipma := isoBox("ipma", be(4, 0), be(4, 2), be(2, 1), []byte{2, 1, 2}, be(2, 2), []byte{2, 1, 3})
		iloc := isoBox("iloc", be(4, 0), be(2, 0x4400), be(2, 2),
			be(2, 3, 0, 1), be(4, at, uint64(len(exif))),
			be(2, 4, 0, 1), be(4, at+uint64(len(exif)), uint64(len(xmp))))
		iref := isoBox("iref", be(4, 0), isoBox("auxl", be(2, 2, 1, 1)))
		return isoBox("meta", be(4, 0), isoBox("pitm", be(4, 0), be(2, 1)), iinf, isoBox("iprp", ipco, ipma), iloc, iref)
	}
	at := uint64(len(ftyp) + len(build(0)) + 8)
	return bytes.Join([][]byte{ftyp, build(at), isoBox("mdat", exif, []byte(xmp))}, nil)
}

func riff(chunks ...[]byte) []byte {
	body := []byte("WEBP")
	for _, c := range chunks {
		body = append(body, c...)
	}
	out := append([]byte("RIFF"), binary.LittleEndian.AppendUint32(nil, uint32(len(body)))...)
	return append(out, body...)
}

func riffChunk(kind string, data []byte) []byte {
	out := append([]byte(kind), binary.LittleEndian.AppendUint32(nil, uint32(len(data)))...)
	out = append(out, data...)
	if len(data)%2 == 1 {
		out = append(out, 0)
	}
	return out
}

// fakeStore looks like a C2PA store to a container walker.
func fakeStore(size int) []byte {
	b := isoBox("jumb", isoBox("jumd", []byte("c2pa\x00\x11\x00\x10\x80\x00\x00\xAA\x00\x38\x9B\x71\x03c2pa\x00")), bytes.Repeat([]byte{7}, size))
	return b
}
