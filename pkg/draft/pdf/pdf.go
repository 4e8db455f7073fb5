// Package pdf makes a PDF of a paper: A4, a margin for binding, 12 points. No font is
// embedded (the letters of one that holds Chinese weigh more than the program may
// grow): Latin letters are set in Times, Chinese in STSong-Light of the collection
// Adobe-GB1, which viewers have or take another Song face for. Each page carries its
// text for copying and searching, and the same paper gives the same bytes.
//
// It may import pkg/draft.
package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"sort"
	"strings"

	"github.com/aecheck/aecheck/pkg/draft"
)

// Write returns the paper as a PDF.
func Write(p *draft.Paper) ([]byte, error) {
	l := newLayout(p)
	for i, b := range p.Blocks {
		var next draft.Block
		if i+1 < len(p.Blocks) {
			next = p.Blocks[i+1]
		}
		l.block(b, next)
	}
	l.numberPages()
	w := &writer{}
	fonts, err := w.fonts(l.used)
	if err != nil {
		return nil, err
	}
	pages := w.reserve()
	var kids []string
	for _, page := range l.pages {
		content, err := w.stream("", []byte(page.String()))
		if err != nil {
			return nil, err
		}
		kids = append(kids, fmt.Sprintf("%d 0 R", w.add(fmt.Sprintf("<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %s %s] /Resources << /Font << %s >> >> /Contents %d 0 R >>",
			pages, number(pageWidth), number(pageHeight), fonts, content))))
	}
	w.objects[pages-1] = fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(kids), strings.Join(kids, " "))
	lang := w.add(fmt.Sprintf("<< /Type /Catalog /Pages %d 0 R /Lang (%s) >>", pages, p.Lang))
	info := w.add(fmt.Sprintf("<< /Title %s /Producer (aecheck) >>", utf16String(p.Title)))
	return w.bytes(lang, info), nil
}

// writer collects the objects of a file, numbered from 1.
type writer struct{ objects []string }

func (w *writer) add(object string) int {
	w.objects = append(w.objects, object)
	return len(w.objects)
}

// reserve takes a number for an object that is made later.
func (w *writer) reserve() int { return w.add("") }

// stream adds compressed data.
func (w *writer) stream(entries string, data []byte) (int, error) {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	if _, err := z.Write(data); err != nil {
		return 0, err
	}
	if err := z.Close(); err != nil {
		return 0, err
	}
	return w.add(fmt.Sprintf("<< %s/Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream", entries, b.Len(), b.String())), nil
}

// fonts adds those that were used and returns the entries for a page's resources.
func (w *writer) fonts(used map[string]map[rune]bool) (string, error) {
	var entries []string
	for _, name := range [...]string{latin, latinBold} {
		if len(used[name]) == 0 {
			continue
		}
		face := map[string]string{latin: "Times-Roman", latinBold: "Times-Bold"}[name]
		font := w.add("<< /Type /Font /Subtype /Type1 /BaseFont /" + face + " /Encoding /WinAnsiEncoding >>")
		entries = append(entries, fmt.Sprintf("/%s %d 0 R", name, font))
	}
	if len(used[chinese]) > 0 {
		descriptor := w.add("<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>")
		cid := w.add(fmt.Sprintf("<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 /W [%s] /FontDescriptor %d 0 R >>", widths(), descriptor))
		unicode, err := w.stream("", toUnicode(used[chinese]))
		if err != nil {
			return "", err
		}
		font := w.add(fmt.Sprintf("<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light-UniGB-UCS2-H /Encoding /UniGB-UCS2-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>", cid, unicode))
		entries = append(entries, fmt.Sprintf("/%s %d 0 R", chinese, font))
	}
	return strings.Join(entries, " "), nil
}

// widths are the entries of the Chinese font's characters that are not as wide as they
// are high: of ASCII, which begins at 1 in the collection.
func widths() string {
	var out []string
	for c := rune(' '); c <= '~'; c++ {
		if w, ok := ofSTSong[c]; ok {
			out = append(out, fmt.Sprintf("%d [%d]", c-' '+1, w))
		}
	}
	return strings.Join(out, " ")
}

// toUnicode is the map of the Chinese font's codes, which are UCS-2, to text.
func toUnicode(used map[rune]bool) []byte {
	var codes []int
	for r := range used {
		codes = append(codes, int(r))
	}
	sort.Ints(codes)
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	const most = 100 // entries of a block, by the specification
	for len(codes) > 0 {
		n := min(most, len(codes))
		fmt.Fprintf(&b, "%d beginbfchar\n", n)
		for _, c := range codes[:n] {
			fmt.Fprintf(&b, "<%04X> <%04X>\n", c, c)
		}
		b.WriteString("endbfchar\n")
		codes = codes[n:]
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return []byte(b.String())
}

// bytes is the file: header, objects, table of their places, trailer.
func (w *writer) bytes(root, info int) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	at := make([]int, len(w.objects))
	for i, o := range w.objects {
		at[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	id := sha256.Sum256(b.Bytes())
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%x> <%x>] >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, root, info, id[:16], id[:16], table)
	return b.Bytes()
}
