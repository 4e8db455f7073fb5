package format

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/aecheck/aecheck/pkg/extract/file/tiffdir"
	"github.com/aecheck/aecheck/pkg/extract/file/window"
)

// Sniff names the format of a file by its first bytes (extract.HeaderSize of
// them are enough), never by its name; Unknown where none fits.
func Sniff(header []byte) string {
	for i := range formats {
		if f := &formats[i]; f.starts != nil && f.starts(header) {
			return f.Name
		}
	}
	has := func(s string) bool { return bytes.HasPrefix(header, []byte(s)) }
	switch {
	case has("II*\x00"), has("MM\x00*"):
		return rawKind(header)
	case has("PK\x03\x04"), has("PK\x05\x06"):
		return officeKind(header)
	case has("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"):
		return compoundKind(header)
	case len(header) >= 12 && boxType(header):
		return bmffKind(header)
	}
	// The PDF header may follow up to 1 KiB of anything (ISO 32000-1 annex H).
	if bytes.Contains(header[:min(len(header), 1024)], []byte("%PDF-")) {
		return PDF
	}
	return textKind(header)
}

// magic tells a format that starts with one of some fixed bytes.
func magic(any ...string) func(header []byte) bool {
	return func(header []byte) bool {
		return slices.ContainsFunc(any, func(s string) bool { return bytes.HasPrefix(header, []byte(s)) })
	}
}

func isWebP(b []byte) bool {
	return len(b) >= 12 && string(b[:4]) == "RIFF" && string(b[8:12]) == "WEBP"
}

func isBMP(b []byte) bool { return bytes.HasPrefix(b, []byte("BM")) && bmpHeader(b) }

func bmpHeader(b []byte) bool {
	if len(b) < 18 {
		return false
	}
	size := binary.LittleEndian.Uint32(b[14:])
	return size == 12 || size >= 40 && size <= 256 || size == 16 || size == 64
}

func boxType(b []byte) bool {
	switch string(b[4:8]) {
	case "ftyp", "moov", "mdat", "wide", "free", "skip", "pnot":
		return true
	}
	return false
}

// bmffKind reads the brands of the ftyp box.
func bmffKind(b []byte) string {
	if string(b[4:8]) != "ftyp" {
		return MOV
	}
	n := min(int(binary.BigEndian.Uint32(b)), len(b), 512)
	kind := ""
	for i := 8; i+4 <= n; i += 4 {
		if i == 12 {
			continue // minor version
		}
		switch string(b[i : i+4]) {
		case "avif", "avis":
			return AVIF
		case "crx ":
			return CR3
		case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "mif2", "msf1", "miaf", "mif3":
			kind = HEIC
		}
	}
	if kind != "" {
		return kind
	}
	return MOV
}

// officeKind looks at the names of the first entries of a ZIP archive and, as
// writers order them freely, into the list of content types.
func officeKind(b []byte) string {
	for at := 0; ; {
		i := bytes.Index(b[at:], []byte("PK\x03\x04"))
		if i < 0 {
			return ZIP
		}
		at += i
		if at+30 > len(b) {
			return ZIP
		}
		n := int(binary.LittleEndian.Uint16(b[at+26:]))
		extra := int(binary.LittleEndian.Uint16(b[at+28:]))
		if at+30+n > len(b) {
			return ZIP
		}
		name := string(b[at+30 : at+30+n])
		switch {
		case strings.HasPrefix(name, "word/"):
			return DOCX
		case strings.HasPrefix(name, "xl/"):
			return XLSX
		case name == "[Content_Types].xml" && at+30+n+extra < len(b):
			if kind := contentTypes(b[at+30+n+extra:], binary.LittleEndian.Uint16(b[at+8:])); kind != "" {
				return kind
			}
		}
		at += 30
	}
}

func contentTypes(b []byte, method uint16) string {
	var r io.Reader = bytes.NewReader(b)
	if method == 8 {
		r = flate.NewReader(r)
	}
	// What cannot be decompressed has already been read as far as it goes.
	text, _ := io.ReadAll(io.LimitReader(r, 64<<10))
	switch {
	case bytes.Contains(text, []byte("wordprocessingml.document.main")):
		return DOCX
	case bytes.Contains(text, []byte("spreadsheetml.sheet.main")):
		return XLSX
	}
	return ""
}

// compoundKind tells Word from the other users of OLE compound files by the
// names in the directory, which are UTF-16. Where the directory lies beyond
// the header, Word is assumed.
func compoundKind(b []byte) string {
	wide := func(s string) []byte {
		var out []byte
		for _, c := range []byte(s) {
			out = append(out, c, 0)
		}
		return out
	}
	if !bytes.Contains(b, wide("WordDocument")) && (bytes.Contains(b, wide("Workbook")) || bytes.Contains(b, wide("PowerPoint Document"))) {
		return Unknown
	}
	return DOC
}

// wideText decodes UTF-16 without a byte order mark: there are zeros beside ASCII
// characters, nearly all on one side, and all of it is text.
func wideText(b []byte) (string, bool) {
	var zeros [2]int
	for i, c := range b {
		if c == 0 {
			zeros[i%2]++
		}
	}
	order := unicode.LittleEndian
	const few = 8 // 一 and some others have a zero on the other side
	switch need := max(2, len(b)/40); {
	case zeros[1] >= need && few*zeros[0] <= zeros[1]:
	case zeros[0] >= need && few*zeros[1] <= zeros[0]:
		order = unicode.BigEndian
	default:
		return "", false
	}
	s, err := unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder().Bytes(b[:len(b)&^1])
	if err != nil {
		return "", false
	}
	for _, r := range string(bytes.TrimRight(s, string(utf8.RuneError))) { // the header may end inside a character
		if r == utf8.RuneError || r < ' ' && r != '\n' && r != '\r' && r != '\t' {
			return "", false
		}
	}
	return string(s), true
}

// textKind tells text and tables from bytes that are neither.
func textKind(b []byte) string {
	s, ok := plainText(b)
	if !ok {
		return Unknown
	}
	if isTable(s) {
		return CSV
	}
	return Text
}

// plainText decodes UTF-8, UTF-16 with a byte order mark or without, and GB 18030.
func plainText(b []byte) (string, bool) {
	if len(b) == 0 {
		return "", false
	}
	if bytes.HasPrefix(b, []byte{0xFF, 0xFE}) || bytes.HasPrefix(b, []byte{0xFE, 0xFF}) {
		s, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(b[:len(b)&^1])
		return string(s), err == nil && len(s) > 0 && !bytes.ContainsRune(s, 0)
	}
	if s, ok := wideText(b); ok {
		return s, true
	}
	for _, c := range b {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1B {
			return "", false
		}
	}
	// The header may end inside a character.
	for cut := range min(4, len(b)) {
		if s := b[:len(b)-cut]; utf8.Valid(s) {
			return string(s), true
		}
	}
	for cut := range min(4, len(b)) {
		s, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b[:len(b)-cut])
		if err == nil && !bytes.ContainsRune(s, utf8.RuneError) {
			return string(s), true
		}
	}
	return "", false
}

// isTable: the first lines have the same number, at least one, of the same
// separator.
func isTable(s string) bool {
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	if len(lines) > 10 {
		lines = lines[:10]
	} else if len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	if len(lines) < 2 {
		return false
	}
	for _, sep := range []byte{',', '\t', ';'} {
		n := separators(lines[0], sep)
		same := n > 0
		for _, l := range lines[1:] {
			same = same && separators(l, sep) == n
		}
		if same {
			return true
		}
	}
	return false
}

// separators counts sep outside double quotes.
func separators(line string, sep byte) int {
	n, quoted := 0, false
	for i := range len(line) {
		switch line[i] {
		case '"':
			quoted = !quoted
		case sep:
			if !quoted {
				n++
			}
		}
	}
	return n
}

// rawKind tells the RAW formats built on TIFF apart by the first directory;
// "tiff" where it is none of them.
func rawKind(header []byte) string {
	if len(header) >= 10 && string(header[8:10]) == "CR" {
		return CR2
	}
	w := window.Bytes(header)
	t, err := tiffdir.Open(w)
	if err != nil {
		return TIFF
	}
	d, err := t.Dir(t.First)
	if err != nil {
		return TIFF
	}
	const tagSubfileType, tagMake, tagSubIFDs, tagDNGVersion = 254, 271, 330, 50706
	if _, ok := d.Find(tagDNGVersion); ok {
		return DNG
	}
	var maker string
	if e, ok := d.Find(tagMake); ok {
		if b, err := t.Value(e); err == nil {
			maker = string(b)
		}
	}
	// A camera's RAW file keeps its sensor data in a sub-directory and a
	// reduced preview in the first one; a converted TIFF does not.
	_, sub := d.Find(tagSubIFDs)
	reduced := t.UintOf(&d, tagSubfileType)&1 == 1
	for _, m := range []struct{ prefix, format string }{{"NIKON", NEF}, {"SONY", ARW}} {
		if sub && reduced && len(maker) >= len(m.prefix) && maker[:len(m.prefix)] == m.prefix {
			return m.format
		}
	}
	return TIFF
}
