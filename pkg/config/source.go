package config

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	xunicode "golang.org/x/text/encoding/unicode"

	"github.com/aecheck/aecheck/pkg/lang"
)

// bom is the byte order mark in UTF-8.
const bom = "\ufeff"

// UTF8 returns a text file in UTF-8 without a byte order mark, and whether it was in
// another encoding: on Chinese Windows Notepad saves UTF-16 as "Unicode" and GBK as
// "ANSI". What is in neither is returned as it is. Big5 is not guessed: read as GBK it
// gives other characters.
func UTF8(data []byte) (text []byte, converted bool) {
	if bytes.HasPrefix(data, []byte(bom)) {
		return data[len(bom):], false
	}
	if order, marked, ok := wide(data); ok {
		if marked {
			data = data[2:]
		}
		if out, err := xunicode.UTF16(order, xunicode.IgnoreBOM).NewDecoder().Bytes(data); err == nil && !bytes.ContainsRune(out, utf8.RuneError) {
			return out, true
		}
		return data, false
	}
	if utf8.Valid(data) || !simplified(data) {
		return data, false
	}
	out, err := simplifiedchinese.GBK.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
		return data, false
	}
	return out, true
}

// wide recognises UTF-16 by its mark or by zeros beside the ASCII characters that a
// file of ours begins with.
func wide(data []byte) (order xunicode.Endianness, marked, ok bool) {
	switch {
	case len(data)%2 != 0 || len(data) < 4:
		return order, false, false
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return xunicode.LittleEndian, true, true
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return xunicode.BigEndian, true, true
	case data[0] != 0 && data[1] == 0 && data[2] != 0 && data[3] == 0:
		return xunicode.LittleEndian, false, true
	case data[0] == 0 && data[1] != 0 && data[2] == 0 && data[3] != 0:
		return xunicode.BigEndian, false, true
	}
	return order, false, false
}

// simplified reports whether nine of ten pairs of bytes beyond ASCII are characters and
// marks of GB 2312, with most of them common: no other encoding looks like that.
func simplified(data []byte) bool {
	pairs, fit, common := 0, 0, 0
	for i := 0; i < len(data); i++ {
		if data[i] < 0x80 {
			continue
		}
		if i+1 == len(data) {
			return false
		}
		lead, trail := data[i], data[i+1]
		pairs++
		if trail >= 0xa1 && (lead >= 0xb0 && lead <= 0xf7 || lead >= 0xa1 && lead <= 0xa9) {
			fit++
		}
		if trail >= 0xa1 && (lead >= 0xb0 && lead <= 0xd7 || lead >= 0xa1 && lead <= 0xa9) {
			common++
		}
		i++
	}
	return pairs > 0 && 10*fit >= 9*pairs && 3*common >= 2*pairs
}

// readable refuses what is no text of a sensible size, and says how to
// mend it: on Windows these files come out of Notepad and Excel.
func readable(data []byte) (string, *Error) {
	refuse := func(line, col int, msg, hint lang.Text) (string, *Error) {
		return "", &Error{Line: line, Col: col, Msg: msg, Hint: hint}
	}
	if len(data) > MaxBytes {
		return refuse(1, 1, lang.T("文件太大（{n} 字节，最多 {maxbytes}）", "the file is too large ({n} bytes, at most {maxbytes})", "n", len(data), "maxbytes", MaxBytes), lang.Text{})
	}
	data, _ = UTF8(data)
	save := lang.T("在编辑器中另存为「UTF-8」（不带 BOM）", "save it as UTF-8 without BOM")
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) || len(data) >= 2 && (data[0] == 0) != (data[1] == 0) {
		return refuse(1, 1, lang.T("文件编码是 UTF-16", "the file is encoded in UTF-16"), save)
	}
	if i := firstInvalid(data); i >= 0 {
		before := data[:i]
		line := 1 + bytes.Count(before, []byte("\n"))
		col := 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
		return refuse(line, col, lang.T("文件编码不是 UTF-8（可能是 GBK）", "the file is not UTF-8 (GBK perhaps)"), save)
	}
	text := string(data)
	for i, r := range text {
		if r == 0 || (r < ' ' && r != '\n' && r != '\r' && r != '\t') || r == 0x7f {
			line := 1 + strings.Count(text[:i], "\n")
			col := 1 + utf8.RuneCountInString(text[strings.LastIndexByte(text[:i], '\n')+1:i])
			return refuse(line, col, lang.T("不允许的控制字符 {code}", "control character {code} is not allowed", "code", fmt.Sprintf("U+%04X", r)), lang.Text{})
		}
	}
	return text, nil
}

func firstInvalid(data []byte) int {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n <= 1 {
			return i
		}
		i += n
	}
	return -1
}

func countMarks(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case ',', '\n', '[', '{', ':', '-', '?':
			n++
		}
	}
	return n
}

// splitLines breaks a text where YAML 1.1 does, so that line numbers agree
// with the parser's: \n, \r\n, \r, NEL, LS, PS.
func splitLines(s string) []string {
	var out []string
	start := 0
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch r {
		case '\r':
			if strings.HasPrefix(s[i+1:], "\n") {
				n = 2
			}
			fallthrough
		case '\n', '\u0085', '\u2028', '\u2029':
			out = append(out, s[start:i])
			start = i + n
		}
		i += n
	}
	return append(out, s[start:])
}

// line returns a line by number, empty where there is none.
func (d *Doc) line(n int) string {
	if n < 1 || n > len(d.lines) {
		return ""
	}
	return d.lines[n-1]
}

// clean replaces what could disturb a terminal; one rune stays one rune, so
// columns hold.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == '\u2028', r == '\u2029':
			return '\ufffd'
		}
		return r
	}, s)
}
