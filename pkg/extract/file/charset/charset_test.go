package charset

import (
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

func TestFile(t *testing.T) {
	const want = "上传时间,文件\n2026-11-01 10:00,一号.jpg\n"
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(want)
	if err != nil {
		t.Fatal(err)
	}
	le, _ := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String(want)
	be, _ := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(want)
	for name, in := range map[string]string{
		"utf-8": want, "utf-8 with mark": "\xEF\xBB\xBF" + want, "gbk": gbk, "utf-16le": le, "utf-16be with mark": be,
	} {
		if got := File([]byte(in)); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	if got := File([]byte("授权书"[:8])); got != "授权" {
		t.Errorf("cut character: %q", got)
	}
}
