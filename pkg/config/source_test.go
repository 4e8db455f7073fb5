package config

import (
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	xunicode "golang.org/x/text/encoding/unicode"
)

// TestUTF8: a file as Notepad saves it on Chinese Windows is read whatever it is called
// there; what cannot be told is left alone.
func TestUTF8(t *testing.T) {
	const text = "store:\r\n  name: {zh: 深圳市示例科技有限公司}  # 公司名称\r\n"
	for _, c := range []struct {
		name      string
		enc       encoding.Encoding
		converted bool
	}{
		{"UTF-8", encoding.Nop, false},
		{"GBK", simplifiedchinese.GBK, true},
		{"GB 18030", simplifiedchinese.GB18030, true},
		{"UTF-16 LE", xunicode.UTF16(xunicode.LittleEndian, xunicode.UseBOM), true},
		{"UTF-16 BE", xunicode.UTF16(xunicode.BigEndian, xunicode.UseBOM), true},
		{"UTF-16 LE without a mark", xunicode.UTF16(xunicode.LittleEndian, xunicode.IgnoreBOM), true},
		{"UTF-16 BE without a mark", xunicode.UTF16(xunicode.BigEndian, xunicode.IgnoreBOM), true},
	} {
		in, err := c.enc.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		if got, converted := UTF8([]byte(in)); string(got) != text || converted != c.converted {
			t.Errorf("%s: %q, converted %v", c.name, got, converted)
		}
	}
	big5, err := traditionalchinese.Big5.NewEncoder().String("store:\n  name: {zh: 深圳市示例科技有限公司}\n")
	if err != nil {
		t.Fatal(err)
	}
	for name, in := range map[string]string{"Big5": big5, "Latin-1": "name: Gr\xf6\xdfe", "cut": "a: \xc9\xee\xdb", "an odd byte of UTF-16": "\xff\xfea\x00b"} {
		if got, converted := UTF8([]byte(in)); converted || string(got) != in {
			t.Errorf("%s: %q, converted %v", name, got, converted)
		}
	}
}
