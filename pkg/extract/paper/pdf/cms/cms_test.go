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
