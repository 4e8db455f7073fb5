package format

import (
	"encoding/binary"
	"strings"
	"testing"
)

func TestSniff(t *testing.T) {
	zip := func(name, content string) string {
		h := make([]byte, 30)
		copy(h, "PK\x03\x04")
		binary.LittleEndian.PutUint16(h[26:], uint16(len(name)))
		return string(h) + name + content
	}
	wide := func(s string) string {
		var b strings.Builder
		for _, c := range []byte(s) {
			b.WriteByte(c)
			b.WriteByte(0)
		}
		return b.String()
	}
	const ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	for name, c := range map[string]struct{ data, want string }{
		"empty":              {"", "unknown"},
		"zeros":              {"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", "unknown"},
		"jpeg":               {"\xFF\xD8\xFF\xE0", "jpeg"},
		"pdf":                {"%PDF-1.7\n", "pdf"},
		"pdf after junk":     {"\x00junk%PDF-1.4", "pdf"},
		"zip":                {zip("a.txt", "hello"), "zip"},
		"docx":               {zip("word/document.xml", ""), "docx"},
		"xlsx":               {zip("xl/workbook.xml", ""), "xlsx"},
		"docx by types":      {zip("[Content_Types].xml", `<x ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>`), "docx"},
		"doc":                {ole + wide("WordDocument"), "doc"},
		"xls":                {ole + wide("Workbook"), "unknown"},
		"mov":                {"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  ", "mov"},
		"cr3":                {"\x00\x00\x00\x18ftypcrx \x00\x00\x00\x01crx isom", "cr3"},
		"avif in mif1":       {"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1avif", "avif"},
		"cr2":                {"II*\x00\x10\x00\x00\x00CR\x02\x00", "cr2"},
		"csv":                {"time,name\n2026-01-01,a.jpg\n2026-01-02,b.jpg\n", "csv"},
		"csv quoted":         {"a,b\n\"x, y\",z\n", "csv"},
		"tsv":                {"a\tb\n1\t2\n", "csv"},
		"UTF-16, no mark":    {wide("a,b\n1,2\n"), "csv"},
		"text in it":         {wide("x 1: hello\r\n"), "text"},
		"zeros beside bytes": {"a\x00\x01\x00b\x00\x02\x00", "unknown"},
		"csv in UTF-16":      {"\xff\xfe" + wide("a,b\n1,2\n"), "csv"},
		"text":               {"Dear Sir,\nthis is a letter\n", "text"},
		"chinese text":       {"申诉理由\n图片由我们拍摄。\n", "text"},
		"gbk":                {"\xc9\xea\xcb\xdf\xc0\xed\xd3\xc9\n", "text"},
		"text cut in a rune": {"申诉\xe7\x90", "text"},
	} {
		if got := Sniff([]byte(c.data)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
