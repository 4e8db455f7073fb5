package cms

import (
	"bytes"
	"encoding/asn1"
	"testing"
)

func TestToDER(t *testing.T) {
	// SEQUENCE of indefinite length with a constructed octet string inside.
	ber := []byte{0x30, 0x80, 0x24, 0x80, 0x04, 0x02, 1, 2, 0x04, 0x01, 3, 0, 0, 0x02, 0x01, 5, 0, 0, 0xFF}
	want := []byte{0x30, 0x08, 0x04, 0x03, 1, 2, 3, 0x02, 0x01, 5}
	got, err := toDER(ber)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("% x, %v", got, err)
	}
	for _, bad := range [][]byte{nil, {0x30}, {0x30, 0x05, 1}, {0x30, 0x80, 0x02, 0x01}, {0x04, 0x80, 0, 0}, {0x30, 0x85, 1, 1, 1, 1, 1}} {
		if out, err := toDER(bad); err == nil {
			t.Errorf("% x became % x", bad, out)
		}
	}
}

// Octet strings in pieces are put together and lengths written the short way,
// however long they are.
func TestToDERLengths(t *testing.T) {
	for _, n := range []int{0, 1, 63, 64, 127, 128, 255, 256, 32767, 32768, 65535, 65536, 1 << 23} {
		body := bytes.Repeat([]byte{0xA5}, n)
		piece, err := asn1.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		// The length in four bytes, as some tools always write it.
		long := append([]byte{0x04, 0x84, byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}, body...)
		var ber []byte
		for _, part := range [][]byte{{0x30, 0x80, 0x24, 0x80}, piece, long, {0, 0, 0, 0}} {
			ber = append(ber, part...)
		}
		out, err := toDER(ber)
		if err != nil {
			t.Fatalf("%d bytes: %v", n, err)
		}
		var got struct{ Octets []byte }
		// Unmarshal refuses lengths that could be shorter.
		rest, err := asn1.Unmarshal(out, &got)
		if err != nil || len(rest) > 0 || !bytes.Equal(got.Octets, append(body, body...)) {
			t.Errorf("%d bytes twice: %d bytes, %d left, %v", n, len(got.Octets), len(rest), err)
		}
	}
}

func TestToDERTags(t *testing.T) {
	deep := func(n int) []byte { return append(bytes.Repeat([]byte{0x30, 0x80}, n), make([]byte, 2*n)...) }
	for name, c := range map[string]struct{ ber, want []byte }{
		"tag of two bytes":              {[]byte{0xBF, 0x81, 0x00, 0x80, 0x02, 1, 5, 0, 0}, []byte{0xBF, 0x81, 0x00, 0x03, 0x02, 1, 5}},
		"octet string of other parts":   {[]byte{0x24, 0x80, 0x02, 1, 5, 0, 0}, []byte{0x24, 0x03, 0x02, 1, 5}},
		"octet string in strings of it": {[]byte{0x24, 0x80, 0x24, 0x80, 0x04, 1, 7, 0, 0, 0x04, 1, 8, 0, 0}, []byte{0x04, 2, 7, 8}},
		"definite, too long a length":   {[]byte{0x30, 0x82, 0, 3, 0x02, 1, 5}, []byte{0x30, 3, 0x02, 1, 5}},
		"too deep":                      {deep(66), nil},
		"tag that does not end":         {[]byte{0x3F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 0x00}, nil},
		"tag and no length":             {[]byte{0x3F, 0x81}, nil},
		"part longer than the whole":    {[]byte{0x30, 0x03, 0x04, 0x05, 1}, nil},
		"broken part":                   {[]byte{0x30, 0x80, 0x04, 0x05, 1, 0, 0}, nil},
		"length beyond what is there":   {[]byte{0x04, 0x84, 0x7F, 0xFF, 0xFF, 0xFF, 1}, nil},
		"length cut off":                {[]byte{0x04, 0x84, 1, 1}, nil},
	} {
		got, err := toDER(c.ber)
		if (c.want == nil) != (err != nil) || !bytes.Equal(got, c.want) {
			t.Errorf("%s: % x, %v, want % x", name, got, err, c.want)
		}
	}
	if got, err := toDER(deep(65)); err != nil || len(got) < 2*65 {
		t.Errorf("65 deep: %d bytes, %v", len(got), err)
	}
}

func FuzzVerify(f *testing.F) {
	f.Add([]byte{0x30, 0x80, 0, 0}, []byte("data"))
	if b, err := asn1.Marshal(contentInfo{Type: oidSignedData, Content: asn1.RawValue{Tag: 0, Class: 2, IsCompound: true, Bytes: []byte{0x30, 0}}}); err == nil {
		f.Add(b, []byte("data"))
	}
	f.Fuzz(func(t *testing.T, der, data []byte) {
		for _, verify := range []func(der, data []byte) (Result, error){VerifyDetached, VerifySHA1, VerifyTimestamp} {
			if _, err := verify(der, data); err == nil {
				t.Fatal("nothing was signed, and yet it verifies")
			}
		}
		if _, err := VerifyRaw(der, data, data); err == nil {
			t.Fatal("nothing was signed, and yet it verifies")
		}
	})
}
