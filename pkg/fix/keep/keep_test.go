package keep_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/fix/keep"
)

func picture() image.Image {
	m := image.NewRGBA(image.Rect(0, 0, 40, 24))
	for y := range 24 {
		for x := range 40 {
			m.Set(x, y, color.RGBA{uint8(6 * x), uint8(10 * y), 90, 255})
		}
	}
	return m
}

func jpegOf(t testing.TB, extra ...[]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture(), nil); err != nil {
		t.Fatal(err)
	}
	data := b.Bytes()
	return append(append(append([]byte{}, data[:2]...), bytes.Join(extra, nil)...), data[2:]...)
}

func segment(marker byte, body string) []byte {
	out := []byte{0xFF, marker, 0, 0}
	binary.BigEndian.PutUint16(out[2:], uint16(len(body)+2))
	return append(out, body...)
}

func chunk(name, body string) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	out = append(append(out, name...), body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

func pngOf(t testing.TB, extra ...[]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, picture()); err != nil {
		t.Fatal(err)
	}
	const head = 8 + 25
	data := b.Bytes()
	return append(append(append([]byte{}, data[:head]...), bytes.Join(extra, nil)...), data[head:]...)
}

func same(t *testing.T, a, b []byte) {
	t.Helper()
	x, _, err := image.Decode(bytes.NewReader(a))
	if err != nil {
		t.Fatal(err)
	}
	y, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	for py := range 24 {
		for px := range 40 {
			if x.At(px, py) != y.At(px, py) {
				t.Fatalf("pixel %d,%d changed from %v to %v", px, py, x.At(px, py), y.At(px, py))
			}
		}
	}
}

func TestJPEG(t *testing.T) {
	in := jpegOf(t, segment(0xE1, "Exif\x00\x00GPS here, serial 0320"), segment(0xE1, "http://ns.adobe.com/xap/1.0/\x00owner Zhang"),
		segment(0xE2, "ICC_PROFILE\x00\x01\x01profile"), segment(0xE2, "MPF\x00more pictures"), segment(0xED, "Photoshop 3.0\x00caption"),
		segment(0xEB, "JP\x00\x01c2pa"), segment(0xEE, "Adobe\x00\x64\x00\x00\x00\x00\x01"), segment(0xFE, "wechat zhangsan"))
	in = append(in, "a film of a motion photo"...)
	out, err := keep.JPEG(in, []byte("<packet/>"))
	if err != nil {
		t.Fatal(err)
	}
	for _, gone := range []string{"GPS", "Zhang", "MPF", "Photoshop", "c2pa", "wechat", "film"} {
		if bytes.Contains(out, []byte(gone)) {
			t.Errorf("%s is still there", gone)
		}
	}
	for _, here := range []string{"ICC_PROFILE", "Adobe", "<packet/>"} {
		if !bytes.Contains(out, []byte(here)) {
			t.Errorf("%s is gone", here)
		}
	}
	same(t, in, out)
	again, err := keep.JPEG(out, []byte("<packet/>"))
	if err != nil || !bytes.Equal(out, again) {
		t.Errorf("a second time changed the file (%v)", err)
	}
	for _, cut := range []int{1, 40, 200, len(in) - 40} {
		if _, err := keep.JPEG(in[:cut], nil); err == nil && cut < 600 {
			t.Errorf("a file cut at %d was taken", cut)
		}
	}
}

func TestPNG(t *testing.T) {
	in := pngOf(t, chunk("tEXt", "Comment\x00wechat zhangsan"), chunk("eXIf", "GPS here"), chunk("sRGB", "\x00"), chunk("caBX", "c2pa"), chunk("tIME", "\x07\xea\x01\x01\x00\x00\x00"))
	out, err := keep.PNG(in, []byte("<packet/>"))
	if err != nil {
		t.Fatal(err)
	}
	for _, gone := range []string{"wechat", "GPS", "caBX", "tIME"} {
		if bytes.Contains(out, []byte(gone)) {
			t.Errorf("%s is still there", gone)
		}
	}
	if !bytes.Contains(out, []byte("sRGB")) || !bytes.Contains(out, []byte("XML:com.adobe.xmp\x00\x00\x00\x00\x00<packet/>")) {
		t.Error("the colour space or the packet is gone")
	}
	same(t, in, out)
	if again, err := keep.PNG(out, []byte("<packet/>")); err != nil || !bytes.Equal(out, again) {
		t.Errorf("a second time changed the file (%v)", err)
	}
}

func TestLabelsOf(t *testing.T) {
	with := func(set func(*facts.Set)) *facts.Set { f := &facts.Set{}; set(f); return f }
	tests := []struct {
		name string
		set  *facts.Set
		want []string // parts of the packet
	}{
		{"a photograph", with(func(f *facts.Set) { f.Meta.XMP = map[string]string{"dc:creator": "Zhang"} }), nil},
		{"TC260", with(func(f *facts.Set) {
			f.Meta.XMP = map[string]string{"TC260:AIGC": `{"Label":"1"}`, "dc:creator": "Zhang"}
		}), []string{"<TC260:AIGC>{&#34;Label&#34;:&#34;1&#34;}</TC260:AIGC>"}},
		{"TC260 in a comment", with(func(f *facts.Set) { f.Origin.LabelTC260 = `{"AIGC":{}}` }), []string{"<TC260:AIGC>"}},
		{"IPTC", with(func(f *facts.Set) {
			f.Meta.XMP = map[string]string{"Iptc4xmpExt:DigitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"}
		}), []string{"digitalsourcetype/trainedAlgorithmicMedia"}},
		{"camera by IPTC", with(func(f *facts.Set) {
			f.Meta.XMP = map[string]string{"Iptc4xmpExt:DigitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"}
		}), nil},
		{"C2PA alone", with(func(f *facts.Set) {
			f.Meta.C2PA.Sources = []string{"compositeWithTrainedAlgorithmicMedia"}
			f.Origin.Generator = "Firefly"
		}), []string{"digitalsourcetype/compositeWithTrainedAlgorithmicMedia", "<Iptc4xmpExt:AISystemUsed>Firefly"}},
		{"a generator's own keys", with(func(f *facts.Set) { f.Origin.AI.Verdict = "yes" }), []string{"digitalsourcetype/trainedAlgorithmicMedia"}},
	}
	for _, test := range tests {
		got := string(keep.LabelsOf(test.set).Packet())
		if test.want == nil && got != "" {
			t.Errorf("%s: kept %s", test.name, got)
		}
		for _, w := range test.want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: %q is not in %s", test.name, w, got)
			}
		}
		if strings.Contains(got, "Zhang") {
			t.Errorf("%s: a name was kept", test.name)
		}
	}
}

func FuzzJPEG(f *testing.F) {
	f.Add(jpegOf(f, segment(0xE1, "Exif\x00\x00"), segment(0xFE, "comment")))
	f.Add([]byte("\xff\xd8\xff\xd9"))
	f.Fuzz(func(t *testing.T, data []byte) {
		out, err := keep.JPEG(data, []byte("<p/>"))
		if err != nil {
			return
		}
		if again, err := keep.JPEG(out, []byte("<p/>")); err != nil || !bytes.Equal(out, again) {
			t.Fatalf("a second time changed the file (%v)", err)
		}
	})
}

func FuzzPNG(f *testing.F) {
	f.Add(pngOf(f, chunk("tEXt", "a\x00b")))
	f.Fuzz(func(t *testing.T, data []byte) {
		out, err := keep.PNG(data, nil)
		if err != nil {
			return
		}
		if again, err := keep.PNG(out, nil); err != nil || !bytes.Equal(out, again) {
			t.Fatalf("a second time changed the file (%v)", err)
		}
	})
}
