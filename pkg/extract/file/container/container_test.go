package container

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract/file/window"
	"github.com/aecheck/aecheck/pkg/format"
)

func read(format string, data []byte) *File { return Read(format, window.Bytes(data)) }

func TestJPEGBlocks(t *testing.T) {
	guid := strings.Repeat("A", 32)
	ext := func(off int, part string) []byte {
		return segment(mAPP1, xmpExtSignature, guid, string(be(4, 10, uint64(off))), part)
	}
	data := jpegWith(t,
		segment(mAPP0, "JFIF\x00\x01\x02\x01\x00\x48\x00\x48\x00\x00"),
		segment(mAPP1, exifSignature, string(tinyEXIF())),
		segment(mAPP1, xmpSignature, "<main note='"+guid+"'/>"),
		ext(5, "world"), ext(0, "hello"),
		segment(mAPP2, iccSignature, "\x02\x02", "BB"), segment(mAPP2, iccSignature, "\x01\x02", "AA"),
		segment(mAPPD, photoSignature, "8BIM\x04\x04\x00\x00\x00\x00\x00\x05\x1c\x02\x78\x00\x00\x00"),
		segment(mAPPE, "Adobe\x00\x64\x00\x00\x00\x00\x01"),
		segment(mCOM, "made by hand"),
	)
	f := read("jpeg", data)
	if f.Damage != "" || f.Truncated {
		t.Errorf("damage %q truncated %v", f.Damage, f.Truncated)
	}
	if f.Header.Width != 24 || f.Header.Height != 16 || f.Header.Model != "rgb" || f.Header.DPI != 72 {
		t.Errorf("header %+v", f.Header)
	}
	if !f.JFIF || !f.Adobe || !f.Photoshop || f.ExifFirst {
		t.Errorf("JFIF %v Adobe %v Photoshop %v ExifFirst %v", f.JFIF, f.Adobe, f.Photoshop, f.ExifFirst)
	}
	if len(f.XMP) != 2 || string(f.XMP[1]) != "helloworld" {
		t.Errorf("XMP %q", f.XMP)
	}
	if string(f.ICC) != "AABB" || len(f.IPTC) != 5 || len(f.Comments) != 1 || f.Comments[0] != "made by hand" {
		t.Errorf("ICC %q IPTC %d comments %q", f.ICC, len(f.IPTC), f.Comments)
	}
	if len(f.QuantTable) != 2 || !f.Exif.Exist() || f.Exif.Main.Size() != int64(len(tinyEXIF())) {
		t.Errorf("%d tables, EXIF %v", len(f.QuantTable), f.Exif)
	}
	if !f.Complete(data) {
		t.Error("a whole file is said to be incomplete")
	}
	if f.Complete(data[:len(data)-2]) || f.Complete(data[:len(data)*9/10]) {
		t.Error("a file without its end is said to be complete")
	}
}

// A manifest store spread over segments comes together, with its ranges.
func TestJPEGManifestSpansSegments(t *testing.T) {
	store := fakeStore(100)
	head, rest := store[:8], store[8:]
	data := jpegWith(t,
		segment(mAPPB, "JP", string(be(2, 1)), string(be(4, 1)), string(head), string(rest[:60])),
		segment(mAPPB, "JP", string(be(2, 1)), string(be(4, 2)), string(head), string(rest[60:])),
	)
	f := read("jpeg", data)
	if f.Manifest == nil {
		t.Fatal("no manifest")
	}
	if !bytes.Equal(f.Manifest.JUMBF, store) {
		t.Errorf("store of %d bytes, want %d", len(f.Manifest.JUMBF), len(store))
	}
	if r := f.Manifest.Ranges; len(r) != 2 || r[0].Off != 2 || r[1].Off != r[0].Off+r[0].Length {
		t.Errorf("ranges %v", r)
	}
}

func TestSamsungTrailer(t *testing.T) {
	le := binary.LittleEndian
	block := func(name, data string) []byte {
		b := le.AppendUint32([]byte{0, 0, 1, 0x0A}, uint32(len(name)))
		return append(append(b, name...), data...)
	}
	first, second := block("Image_UTC_Data", "1700000000000"), block(reEdit, `{"genAIType":1}`)
	dir := le.AppendUint32(le.AppendUint32([]byte("SEFH"), 106), 2)
	back := len(first) + len(second)
	for _, b := range [][]byte{first, second} {
		dir = append(dir, 0, 0, 1, 0x0A)
		dir = le.AppendUint32(le.AppendUint32(dir, uint32(back)), uint32(len(b)))
		back -= len(b)
	}
	tail := bytes.Join([][]byte{first, second, dir, le.AppendUint32(nil, uint32(len(dir))), []byte("SEFT")}, nil)
	f := read("jpeg", append(jpegWith(t), tail...))
	if string(f.SamsungEdit) != `{"genAIType":1}` {
		t.Errorf("%q", f.SamsungEdit)
	}
	if f := read("jpeg", append(jpegWith(t), tail[len(tail)-40:]...)); f.SamsungEdit != nil {
		t.Errorf("without its blocks: %q", f.SamsungEdit)
	}
}

// The blocks of a large file are found though they lie beyond the start that
// is read at once.
func TestBlocksBeyondHeader(t *testing.T) {
	filler := segment(mAPP2, strings.Repeat("x", 65000))
	data := jpegWith(t, filler, filler, segment(mAPP1, exifSignature, string(tinyEXIF())))
	f := Read("jpeg", window.New(data[:1000], int64(len(data)), bytes.NewReader(data)))
	if !f.Exif.Exist() || f.Header.Width != 24 {
		t.Errorf("EXIF %v, width %d: %s", f.Exif.Exist(), f.Header.Width, f.Damage)
	}
}

func TestJPEGEndsEarly(t *testing.T) {
	whole := jpegWith(t, segment(mAPP1, exifSignature, string(tinyEXIF())))
	for _, n := range []int{2, 3, 10, 20, 40, 100} {
		f := read("jpeg", whole[:n])
		if !f.Truncated {
			t.Errorf("%d bytes: not seen as cut off (%s)", n, f.Damage)
		}
	}
	if f := read("jpeg", whole[:40]); !f.Exif.Exist() || !f.Exif.Short {
		t.Error("what is left of a cut EXIF block is thrown away")
	}
}

// Text of any kind is found on both sides of the pixels.
func TestPNGText(t *testing.T) {
	before := bytes.Join([][]byte{
		chunk("tEXt", []byte("Title\x00caf\xe9")),
		chunk("zTXt", append([]byte("parameters\x00\x00"), deflate(t, "Steps: 20")...)),
		chunk("eXIf", tinyEXIF()),
		chunk("pHYs", append(be(4, 5669, 5669), 1)),
	}, nil)
	after := bytes.Join([][]byte{
		chunk("iTXt", []byte("AIGC\x00\x00\x00\x00\x00{\"Label\":\"1\"}")),
		chunk("iTXt", append([]byte("XML:com.adobe.xmp\x00\x01\x00\x00\x00"), deflate(t, "<x:xmpmeta/>")...)),
		chunk("tEXt", []byte("XML:com.adobe.xmp\x00<y/>")),
		chunk("tEXt", []byte("Raw profile type xmp\x00\nxmp\n       4\n3c 78\n2f3e\n")),
		chunk("caBX", fakeStore(10)),
	}, nil)
	data := pngWith(t, before, after)
	f := read("png", data)
	want := map[string]string{"Title": "café", "parameters": "Steps: 20", "AIGC": `{"Label":"1"}`}
	for _, e := range f.Text {
		if want[e.Key] != e.Value {
			t.Errorf("%s = %q, want %q", e.Key, e.Value, want[e.Key])
		}
		delete(want, e.Key)
	}
	if len(want) > 0 {
		t.Errorf("missing %v", want)
	}
	if len(f.XMP) != 3 || string(f.XMP[0]) != "<x:xmpmeta/>" || string(f.XMP[1]) != "<y/>" || string(f.XMP[2]) != "<x/>" {
		t.Errorf("XMP %q", f.XMP)
	}
	if !f.Exif.Exist() || f.Manifest == nil || f.Truncated || f.Damage != "" {
		t.Errorf("EXIF %v manifest %v truncated %v damage %q", f.Exif.Exist(), f.Manifest != nil, f.Truncated, f.Damage)
	}
	if f.Header.DPI < 143.9 || f.Header.DPI > 144.1 {
		t.Errorf("%v dpi", f.Header.DPI)
	}
	if f := read("png", data[:len(data)-12]); !f.Truncated {
		t.Error("a missing IEND is not noticed")
	}
}

// Canon's CR3 keeps its directories in boxes of their own.
func TestCR3(t *testing.T) {
	size := []byte("II*\x00\x08\x00\x00\x00\x02\x00" + "\x00\x01\x04\x00\x01\x00\x00\x00\x70\x17\x00\x00" + "\x01\x01\x04\x00\x01\x00\x00\x00\xa0\x0f\x00\x00" + "\x00\x00\x00\x00")
	canon := isoBox("uuid", []byte(uuidCanon), isoBox("CMT1", size), isoBox("CMT2", tinyEXIF()), isoBox("CMT3", make([]byte, 300)), isoBox("CMT4", tinyEXIF()))
	data := bytes.Join([][]byte{isoBox("ftyp", []byte("crx "), be(4, 1)), isoBox("moov", canon), isoBox("uuid", []byte(uuidCanonXMP), []byte("<x/>")), isoBox("mdat", make([]byte, 9))}, nil)
	if got := format.Sniff(data); got != "cr3" {
		t.Fatalf("sniffed %s", got)
	}
	f := read("cr3", data)
	if f.Header.Width != 6000 || f.Header.Height != 4000 || f.Exif.Main == nil || f.Exif.Exif == nil || f.Exif.GPS == nil || f.Exif.MakerNote != 300 || len(f.XMP) != 1 || f.Truncated {
		t.Errorf("%+v %+v %q %s", f.Header, f.Exif, f.XMP, f.Damage)
	}
}

// Text chunks that would blow up are cut at the cap, all of a file together.
func TestPNGBombIsCapped(t *testing.T) {
	bomb := chunk("zTXt", append([]byte("workflow\x00\x00"), deflate(t, strings.Repeat("a", maxInflated*2/3))...))
	f := read("png", pngWith(t, bytes.Repeat(bomb, 5), nil))
	total := 0
	for _, e := range f.Text {
		total += len(e.Value)
	}
	if len(f.Text) != 5 || total != maxInflated || f.Damage == "" {
		t.Errorf("%d texts of %d bytes, damage %q", len(f.Text), total, f.Damage)
	}
}

func TestHEIF(t *testing.T) {
	for _, c := range []struct{ brand, format string }{{"heic", "heic"}, {"avif", "avif"}, {"mif1", "heic"}} {
		data := heif(c.brand)
		if got := format.Sniff(data); got != c.format {
			t.Errorf("%s: %s", c.brand, got)
			continue
		}
		f := read(c.format, data)
		if f.Header.Width != 40 || f.Header.Height != 30 || f.Header.Turns != 8 || !f.Header.Alpha {
			t.Errorf("%s: %+v %s", c.brand, f.Header, f.Damage)
		}
		if !f.Exif.Exist() || len(f.XMP) != 1 || string(f.XMP[0]) != "<x:xmpmeta/>" || f.Truncated {
			t.Errorf("%s: EXIF %v XMP %q truncated %v", c.brand, f.Exif.Exist(), f.XMP, f.Truncated)
		}
		if cut := read(c.format, data[:len(data)-3]); !cut.Truncated {
			t.Errorf("%s: a cut file is not noticed", c.brand)
		}
	}
}

// Turning four times, or mirroring twice, leads back.
func TestTurns(t *testing.T) {
	for o := 1; o <= 8; o++ {
		if got := turn(o, 4); got != o {
			t.Errorf("turn(%d, 4) = %d", o, got)
		}
		for _, sideways := range []bool{true, false} {
			if got := mirror(mirror(o, sideways), sideways); got != o {
				t.Errorf("mirror twice of %d = %d", o, got)
			}
		}
		// Mirroring one way and the other is half a turn.
		if got, want := mirror(mirror(o, true), false), turn(o, 2); got != want {
			t.Errorf("both mirrors of %d = %d, half a turn %d", o, got, want)
		}
	}
}

func TestWebP(t *testing.T) {
	vp8x := append([]byte{0x10 | 0x08 | 0x04, 0, 0, 0}, 39, 0, 0, 29, 0, 0)
	data := riff(riffChunk("VP8X", vp8x), riffChunk("EXIF", append([]byte(exifSignature), tinyEXIF()...)), riffChunk("XMP ", []byte("<x/>")), riffChunk("C2PA", fakeStore(9)))
	f := read("webp", data)
	if f.Header.Width != 40 || f.Header.Height != 30 || !f.Header.Alpha || !f.Exif.Exist() || len(f.XMP) != 1 || f.Manifest == nil || f.Truncated {
		t.Errorf("%+v %s", f.Header, f.Damage)
	}
	lossless := riff(riffChunk("VP8L", append([]byte{0x2F}, binary.LittleEndian.AppendUint32(nil, 39|29<<14|1<<28)...)), riffChunk("PAD ", make([]byte, 8)))
	if f := read("webp", lossless); f.Header.Width != 40 || f.Header.Height != 30 || !f.Header.Alpha {
		t.Errorf("lossless: %+v", f.Header)
	}
	if f := read("webp", data[:len(data)-4]); !f.Truncated {
		t.Error("a cut file is not noticed")
	}
}

func TestGIF(t *testing.T) {
	palette := color.Palette{color.Black, color.White, color.Transparent}
	frame := func() *image.Paletted { return image.NewPaletted(image.Rect(0, 0, 7, 5), palette) }
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{frame(), frame()}, Delay: []int{1, 1}}); err != nil {
		t.Fatal(err)
	}
	data := b.Bytes()
	comment := append([]byte{0x21, 0xFE, 5}, "hello\x00"...)
	xmp := append([]byte{0x21, 0xFF, 11}, "XMP DataXMP<x:xmpmeta/>\x01\xff\xfe"...)
	for i := 0xFD; i >= 0; i-- {
		xmp = append(xmp, byte(i))
	}
	xmp = append(xmp, 0)
	end := len(data) - 1
	whole := bytes.Join([][]byte{data[:end], comment, xmp, data[end:]}, nil)
	f := read("gif", whole)
	if f.Header.Width != 7 || f.Header.Height != 5 || f.Header.Frames != 2 || !f.Header.Alpha || f.Truncated {
		t.Errorf("%+v %s", f.Header, f.Damage)
	}
	if len(f.Comments) != 1 || f.Comments[0] != "hello" || len(f.XMP) != 1 || string(f.XMP[0]) != "<x:xmpmeta/>" {
		t.Errorf("comments %q XMP %q", f.Comments, f.XMP)
	}
	if f := read("gif", whole[:len(whole)-1]); !f.Truncated {
		t.Error("a missing trailer is not noticed")
	}
}

func TestProfileName(t *testing.T) {
	profile := func(kind string, body []byte) []byte {
		tag := append([]byte(kind), body...)
		b := make([]byte, 128)
		b = append(b, be(4, 1)...)
		b = append(append(b, "desc"...), be(4, 144, uint64(len(tag)))...)
		return append(b, tag...)
	}
	desc := append(be(4, 0, 5), "sRGB\x00"...)
	mluc := append(be(4, 0, 1, 12), "enUS"...)
	mluc = append(append(mluc, be(4, 4, 28)...), 0, 'P', 0, '3')
	for want, icc := range map[string][]byte{"sRGB": profile("desc", desc), "P3": profile("mluc", mluc), "": []byte("short")} {
		if got := ProfileName(icc); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestKnownAgreesWithFormats(t *testing.T) {
	for _, f := range readable() {
		if d := Read(f, window.Bytes([]byte("no such file"))); d.Damage == "" || strings.Contains(d.Damage, "no reader") {
			t.Errorf("%s: %q", f, d.Damage)
		}
	}
	if Known("pdf") {
		t.Error("pdf is no picture")
	}
}

// readable lists the formats that have a walker.
func readable() []string {
	var out []string
	for _, f := range format.All() {
		if Known(f.Name) {
			out = append(out, f.Name)
		}
	}
	return out
}

// FuzzRead feeds the walkers of all formats.
func FuzzRead(f *testing.F) {
	f.Add(jpegWith(f, segment(mAPP1, exifSignature, string(tinyEXIF())), segment(mAPPB, "JP\x00\x01\x00\x00\x00\x01", string(fakeStore(5)))))
	f.Add(pngWith(f, chunk("eXIf", tinyEXIF()), chunk("iTXt", []byte("a\x00\x00\x00\x00\x00b"))))
	f.Add(append(jpegWith(f), "SEFH\x6a\x00\x00\x00\x01\x00\x00\x00\x00\x00\x01\x0a\x20\x00\x00\x00\x20\x00\x00\x00\x18\x00\x00\x00SEFT"...))
	f.Add(heif("heic"))
	f.Add(heif("avif"))
	f.Add(riff(riffChunk("VP8X", make([]byte, 10)), riffChunk("EXIF", tinyEXIF())))
	f.Add(tinyEXIF())
	f.Add([]byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xfe\x01a\x00;"))
	f.Add(append([]byte("BM\x00\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28\x00\x00\x00\x01\x00\x00\x00\x01\x00\x00\x00\x01\x00\x18\x00"), make([]byte, 40)...))
	f.Add(isoBox("ftyp", []byte("crx \x00\x00\x00\x01")))
	f.Fuzz(func(t *testing.T, data []byte) {
		formats := []string{format.Sniff(data)}
		if !Known(formats[0]) {
			// Whatever the start says, no walker may break.
			formats = readable()
		}
		for _, format := range formats {
			file := read(format, data)
			if file.Header.Frames < 1 || file.Header.Turns > 8 {
				t.Errorf("%s: header %+v", format, file.Header)
			}
			file.Complete(data)
			ProfileName(file.ICC)
			if m := file.Manifest; m != nil && (len(m.Ranges) == 0 || fmt.Sprint(m.Ranges) == "") {
				t.Error("a manifest without a place")
			}
			// The same bytes in pieces give the same.
			pieces := Read(format, window.New(data[:len(data)/2], int64(len(data)), bytes.NewReader(data)))
			if pieces.Header != file.Header || pieces.Truncated != file.Truncated || len(pieces.Text) != len(file.Text) {
				t.Errorf("%s: in pieces %+v, whole %+v", format, pieces.Header, file.Header)
			}
		}
	})
}

// A format without a walker has the size that its decoder reads.
func TestDecodersHeader(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, tinyPicture()); err != nil {
		t.Fatal(err)
	}
	f := &File{Format: format.PNG}
	if err := f.readDecoded(window.New(b.Bytes()[:8], int64(b.Len()), bytes.NewReader(b.Bytes()))); err != nil {
		t.Fatal(err)
	}
	if h := f.Header; h.Width != 24 || h.Height != 16 || !h.Alpha {
		t.Errorf("%+v", h)
	}
	if err := f.readDecoded(window.Bytes([]byte("no picture"))); err == nil {
		t.Error("no error for what is no picture")
	}
}
