package c2pa

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/extract/file/container"
)

// large is a box whose size takes eight bytes.
func large(kind string, body []byte) []byte {
	out := append([]byte{0, 0, 0, 1}, kind...)
	return append(binary.BigEndian.AppendUint64(out, uint64(len(body)+16)), body...)
}

func TestParseJUMBF(t *testing.T) {
	desc := func(toggles byte, label string) []byte {
		return boxOf("jumd", make([]byte, 16), []byte{toggles}, []byte(label))
	}
	nested := func(depth int) []byte {
		b := super("innermost")
		for range depth - 1 {
			b = super("x", b)
		}
		return b
	}
	for _, c := range []struct {
		name   string
		b      []byte
		labels []string // of the superboxes on top
		err    string
	}{
		{"two", append(super("a"), super("b")...), []string{"a", "b"}, ""},
		{"padding after the store", append(super("a"), make([]byte, 40)...), []string{"a"}, ""},
		{"less than a box at the end", append(super("a"), 1, 2, 3), []string{"a"}, ""},
		{"size of eight bytes", large("jumb", desc(3, "long\x00")), []string{"long"}, ""},
		{"size that is open, inside", boxOf("jumb", append([]byte{0, 0, 0, 0}, desc(3, "open\x00")[4:]...)), []string{"open"}, ""},
		{"label without an end", boxOf("jumb", desc(3, "endless")), []string{"endless"}, ""},
		{"no label", boxOf("jumb", desc(1, "not one\x00")), []string{""}, ""},
		{"description cut off", boxOf("jumb", boxOf("jumd", make([]byte, 10))), []string{""}, ""},
		{"as deep as goes", nested(maxDepth), []string{"x"}, ""},
		{"too deep", nested(maxDepth + 1), nil, "13 deep"},
		{"too many", bytes.Repeat(boxOf("free"), maxBoxes+1), nil, "more than 50000"},
		{"box longer than the rest", append(boxOf("free"), 0, 0, 0, 9, 'f', 'r', 'e', 'e'), nil, "9 bytes in 8"},
		{"box shorter than its head", append([]byte{0, 0, 0, 7}, "free"...), nil, "7 bytes in 8"},
		{"size of eight bytes, cut off", append([]byte{0, 0, 0, 1}, "jumb123"...), nil, "damaged"},
		{"size of eight bytes, beyond all", append([]byte{0, 0, 0, 1}, "jumb\xff\xff\xff\xff\xff\xff\xff\xff"...), nil, "18446744073709551615 bytes in 16"},
		{"superbox without description", boxOf("jumb", boxOf("cbor", []byte{1})), nil, "without description"},
		{"superbox of nothing", boxOf("jumb"), nil, "without description"},
		{"damage inside", boxOf("jumb", desc(3, "a\x00"), []byte{0, 0, 0, 99, 'c', 'b', 'o', 'r'}), nil, "99 bytes"},
		{"nothing", nil, nil, ""},
	} {
		boxes, err := parseJUMBF(c.b)
		if c.err != "" {
			if !errors.Is(err, errJUMBF) || !strings.Contains(err.Error(), c.err) {
				t.Errorf("%s: error %v, want one with %q", c.name, err, c.err)
			}
			continue
		}
		var labels []string
		for _, b := range boxes {
			labels = append(labels, b.label)
		}
		if err != nil || !slices.Equal(labels, c.labels) {
			t.Errorf("%s: %q, %v, want %q", c.name, labels, err, c.labels)
		}
	}
}

// References lead through the store by label; what leads nowhere is nil.
func TestResolve(t *testing.T) {
	s, m := opened(t, storeOf(
		draft{name: "urn:old", assertions: [][]byte{assertion(t, "acme", "old")}}.box(t),
		draft{name: "urn:new", assertions: [][]byte{assertion(t, "acme", "new"), assertion(t, "acme__1", "second")}}.box(t)))
	for uri, want := range map[string]any{
		"self#jumbf=c2pa.assertions/acme":                  "new",
		"c2pa.assertions/acme__1":                          "second",
		"self#jumbf=/c2pa/urn:old/c2pa.assertions/acme":    "old",
		"self#jumbf=/urn:new/c2pa.assertions/acme":         "new",
		"self#jumbf=/c2pa/urn:older/c2pa.assertions/acme":  nil,
		"self#jumbf=c2pa.assertions/acme/deeper":           nil,
		"self#jumbf=c2pa.assertions/":                      nil,
		"self#jumbf=":                                      nil,
		"https://example.com/c2pa.assertions/acme":         nil,
		"self#jumbf=/c2pa/urn:old/../c2pa.assertions/acme": nil,
	} {
		b := s.resolve(m.box, uri)
		var got any
		if b != nil {
			got = s.decode(b)
		}
		if got != want {
			t.Errorf("%s: %v, want %v", uri, got, want)
		}
	}
}

// The parts of a JPEG file as C2PA names them, one for each marker there is.
func TestJPEGNames(t *testing.T) {
	names := map[byte]string{
		0xC0: "SOF0", 0xC1: "SOF1", 0xC2: "SOF2", 0xC4: "DHT", 0xC9: "SOF9", 0xCA: "SOF10", 0xCC: "DAC", 0xCF: "SOF15",
		0xDB: "DQT", 0xDC: "DNL", 0xDD: "DRI", 0xDE: "DHP", 0xDF: "EXP",
		0xE0: "APP0", 0xE9: "APP9", 0xEA: "APP10", 0xEB: "APP11", 0xEF: "APP15", 0xFE: "COM", 0xF0: "RESF0", 0x02: "RES02",
	}
	for marker, want := range names {
		data := []byte{0xFF, 0xD8, 0xFF, 0xFF, marker, 0, 3, 'x', 0xFF, 0xDA, 0, 2, 1, 0xFF, 0, 0xFF, 0xD0, 0xFF, 0xD7, 2, 0xFF, 0xD9, 'e', 'n', 'd'}
		boxes := jpegBoxes(&container.File{Manifest: &container.Manifest{Ranges: []container.Range{{Off: 1000}}}}, data)
		got := map[string]string{}
		for _, b := range boxes {
			got[b.name] = string(b.data)
		}
		// Fill bytes before a marker belong to no part, restart markers to the
		// scan, what follows the end to the end.
		if d := cmp.Diff(map[string]string{"SOI": "\xff\xd8", want: "\xff" + string([]byte{marker}) + "\x00\x03x", "SOS": "\xff\xda\x00\x02\x01\xff\x00\xff\xd0\xff\xd7\x02", "EOI": "\xff\xd9end"}, got); d != "" {
			t.Errorf("marker %02X (-want +got):\n%s", marker, d)
		}
	}
}

// A file that cannot be cut into parts has none, rather than some.
func TestPartsOfDamagedFiles(t *testing.T) {
	for name, c := range map[string]struct{ format, data string }{
		"jpeg, no marker":             {"jpeg", "\xff\xd8\xff\xe0\x00\x03xyz\xff\xd9"},
		"jpeg, segment cut off":       {"jpeg", "\xff\xd8\xff\xe0\x00\x09xyz"},
		"jpeg, length cut off":        {"jpeg", "\xff\xd8\xff\xe0\x00"},
		"jpeg, no end":                {"jpeg", "\xff\xd8\xff\xda\x00\x02abc"},
		"jpeg, no end after a marker": {"jpeg", "\xff\xd8\xff\xda\x00\x02abc\xff"},
		"png, chunk cut off":          {"png", "\x89PNG\r\n\x1a\n\x00\x00\x00\x09IHDRabcdefgh"},
		"png, no end":                 {"png", "\x89PNG\r\n\x1a\n\x00\x00\x00\x00IHDRabcd"},
		"png, cut off at the start":   {"png", "\x89PNG"},
		"a format without parts":      {"webp", "RIFF"},
	} {
		f := &container.File{Format: c.format, Manifest: &container.Manifest{Ranges: []container.Range{{Off: 1000}}}}
		if got := namedBoxes(f, []byte(c.data)); got != nil {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// broken is a file that cannot be read to its end.
type broken struct{ *bytes.Reader }

func (b broken) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > 2000 {
		return 0, io.ErrUnexpectedEOF
	}
	return b.Reader.ReadAt(p, off)
}

func TestOf(t *testing.T) {
	plain := pngOf(t, 60, 40, 1)
	trust := BuiltinTrust()
	data := signedFile(t, newSigner(t), plain, "image/png", inPNG, nil)
	input := func(data []byte, r io.ReaderAt) *extract.Input {
		return extract.NewInput("png", int64(len(data)), data[:100], r, nil)
	}
	if c := Of(input(plain, bytes.NewReader(plain)), trust); c.State != None || c.Present {
		t.Errorf("a file without a manifest: %+v", c)
	}
	in := input(data, bytes.NewReader(data))
	c := Of(in, trust)
	if c.State != ValidUnknownSigner || c.Signer != "Acme, Camera 1" {
		t.Errorf("a signed file: %+v", c)
	}
	if Of(in, trust) != c {
		t.Error("checked twice")
	}
	// The store is read, the picture behind it is not.
	long := append(bytes.Clone(data), make([]byte, 2000)...)
	if len(data) > 2000 {
		t.Fatalf("the signed file has grown to %d bytes", len(data))
	}
	if c := Of(input(long, broken{bytes.NewReader(long)}), trust); c.State != Unreadable || !c.Present || c.Valid || len(c.Errors) != 1 || !strings.Contains(c.Errors[0], "EOF") {
		t.Errorf("a file that cannot be read: %+v", c)
	}
}
