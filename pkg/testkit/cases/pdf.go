package cases

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/testkit/papers"
	"github.com/aecheck/aecheck/pkg/testkit/pdffile"
)

// toPoints turns millimetres to a PDF's points.
const toPoints = 72 / 25.4

// pdfWriter gathers the objects of a PDF; the first two are catalog and pages.
type pdfWriter struct {
	d       *Drawer
	objects []string
	fonts   map[string]int // object of a face
	used    map[string]map[rune]uint16
	kids    []int
}

func (d *Drawer) newPDF() *pdfWriter {
	return &pdfWriter{d: d, objects: make([]string, 2), fonts: map[string]int{}, used: map[string]map[rune]uint16{}}
}

// add appends an object and returns its number.
func (w *pdfWriter) add(object string) int {
	w.objects = append(w.objects, object)
	return len(w.objects)
}

// reserve takes a number for an object that is written later.
func (w *pdfWriter) reserve() int { return w.add("") }

// text writes the runs of a page; hidden puts them where only a reader of text
// finds them.
func (w *pdfWriter) text(b *strings.Builder, p *sheet, hidden bool) error {
	mode := 0
	if hidden {
		mode = 3
	}
	for _, r := range p.runs {
		if w.used[r.face] == nil {
			w.used[r.face] = map[rune]uint16{}
			w.fonts[r.face] = w.reserve()
		}
		var code strings.Builder
		for _, c := range r.text {
			g, err := w.d.fonts.glyph(r.face, c)
			if err != nil {
				return err
			}
			w.used[r.face][c] = uint16(g)
			fmt.Fprintf(&code, "%04X", uint16(g))
		}
		ink := map[string]string{"black": "0.1 0.1 0.12", "blue": "0.15 0.23 0.6", "red": "0.75 0.1 0.14", "gray": "0.45 0.45 0.5"}[r.ink]
		fmt.Fprintf(b, "BT %d Tr %s rg /%s %.2f Tf %.2f %.2f Td <%s> Tj ET\n", mode, ink, r.face, r.size, r.x*toPoints, (pageHeight-r.y)*toPoints, code.String())
	}
	return nil
}

// page adds a page with its content and pictures.
func (w *pdfWriter) page(content string, images map[string]int) {
	body := w.add(pdffile.Stream("/Filter /FlateDecode", pdffile.Flate(content)))
	var fonts, pictures strings.Builder
	for _, name := range slices.Sorted(maps.Keys(w.fonts)) {
		fmt.Fprintf(&fonts, "/%s %d 0 R ", name, w.fonts[name])
	}
	for _, name := range slices.Sorted(maps.Keys(images)) {
		fmt.Fprintf(&pictures, "/%s %d 0 R ", name, images[name])
	}
	w.kids = append(w.kids, w.add(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.2f %.2f] /Contents %d 0 R /Resources << /Font << %s>> /XObject << %s>> >> >>",
		pageWidth*toPoints, pageHeight*toPoints, body, fonts.String(), pictures.String())))
}

// bytes finishes the file.
func (w *pdfWriter) bytes(producer string) []byte {
	for _, face := range slices.Sorted(maps.Keys(w.fonts)) {
		w.font(face)
	}
	kids := ""
	for _, k := range w.kids {
		kids += fmt.Sprintf("%d 0 R ", k)
	}
	w.objects[0] = pdffile.Catalog
	w.objects[1] = fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", kids, len(w.kids))
	info := w.add(fmt.Sprintf("<< /Producer (%s) /CreationDate (D:20260110093000+08'00') >>", producer))
	return withTable(pdffile.Build(fmt.Sprintf("/Size %d /Info %d 0 R", len(w.objects)+1, info), w.objects...), len(w.objects))
}

// withTable puts a cross-reference table before the trailer, as files of office
// programs have one.
func withTable(b []byte, objects int) []byte {
	at := bytes.LastIndex(b, []byte("trailer\n"))
	var table strings.Builder
	fmt.Fprintf(&table, "xref\n0 %d\n0000000000 65535 f \n", objects+1)
	place := 0
	for i := 1; i <= objects; i++ {
		mark := fmt.Appendf(nil, "\n%d 0 obj\n", i)
		place += bytes.Index(b[place:], mark) + 1
		fmt.Fprintf(&table, "%010d 00000 n \n", place)
	}
	out := append(bytes.Clone(b[:at]), table.String()...)
	return append(out, bytes.Replace(b[at:], []byte("startxref\n0\n"), fmt.Appendf(nil, "startxref\n%d\n", at), 1)...)
}

// font writes a face with all of its letters, and what text its glyphs stand
// for.
func (w *pdfWriter) font(face string) {
	file := w.d.fonts.files[face]
	program := w.add(pdffile.Stream(fmt.Sprintf("/Length1 %d /Filter /FlateDecode", len(file)), w.d.deflated(face)))
	descriptor := w.add(fmt.Sprintf("<< /Type /FontDescriptor /FontName /AAAAAA+%s /Flags 4 /FontBBox [-200 -300 1200 1000] /ItalicAngle 0 /Ascent 900 /Descent -250 /CapHeight 700 /StemV 80 /FontFile2 %d 0 R >>", face, program))
	var widths, unicode strings.Builder
	runes := slices.Sorted(maps.Keys(w.used[face]))
	for _, r := range runes {
		fmt.Fprintf(&widths, "%d [%d] ", w.used[face][r], int(1000*w.d.fonts.advance(face, r)+0.5))
	}
	for part := range slices.Chunk(runes, 100) {
		fmt.Fprintf(&unicode, "%d beginbfchar\n", len(part))
		for _, r := range part {
			fmt.Fprintf(&unicode, "<%04X> <%04X>\n", w.used[face][r], r)
		}
		unicode.WriteString("endbfchar\n")
	}
	toUnicode := w.add(pdffile.Stream("", "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n"+
		unicode.String()+"endcmap end end"))
	below := w.add(fmt.Sprintf("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+%s /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor %d 0 R /DW 1000 /W [%s] /CIDToGIDMap /Identity >>", face, descriptor, widths.String()))
	w.objects[w.fonts[face]-1] = fmt.Sprintf("<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>", face, below, toUnicode)
}

// tile adds a seal or signature as a picture with a mask.
func (w *pdfWriter) tile(t *tile) int {
	b := t.img.Rect
	rgb, alpha := make([]byte, 0, 3*b.Dx()*b.Dy()), make([]byte, 0, b.Dx()*b.Dy())
	for i := 0; i < len(t.img.Pix); i += 4 {
		p := t.img.Pix[i : i+3]
		rgb = append(rgb, t.ink.R, t.ink.G, t.ink.B)
		darkest := min(t.ink.R, t.ink.G, t.ink.B)
		cover := float64(255-min(p[0], p[1], p[2])) / float64(255-darkest)
		alpha = append(alpha, uint8(255*min(1, cover)))
	}
	mask := w.add(pdffile.Stream(fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode", b.Dx(), b.Dy()), pdffile.Flate(string(alpha))))
	return w.add(pdffile.Stream(fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8 /SMask %d 0 R /Filter /FlateDecode", b.Dx(), b.Dy(), mask), pdffile.Flate(string(rgb))))
}

// textPDF is a PDF as office programs and signing services make them: text, and
// seal and signature as pictures over it.
func (d *Drawer) textPDF(pages []*sheet, editor string) ([]byte, error) {
	w := d.newPDF()
	for _, p := range pages {
		var b strings.Builder
		for _, r := range p.rules {
			fmt.Fprintf(&b, "0.25 G 0.6 w %.2f %.2f m %.2f %.2f l S\n", r.x0*toPoints, (pageHeight-r.y0)*toPoints, r.x1*toPoints, (pageHeight-r.y1)*toPoints)
		}
		if err := w.text(&b, p, false); err != nil {
			return nil, err
		}
		images := map[string]int{}
		for i, st := range p.stamps {
			name := fmt.Sprintf("I%d", i)
			images[name] = w.tile(st.tile)
			fmt.Fprintf(&b, "q %.2f 0 0 %.2f %.2f %.2f cm /%s Do Q\n", st.tile.w*toPoints, st.tile.h*toPoints, (st.x-st.tile.w/2)*toPoints, (pageHeight-st.y-st.tile.h/2)*toPoints, name)
		}
		w.page(b.String(), images)
	}
	return w.bytes(cmp.Or(editor, "Office PDF")), nil
}

// scanPDF is a PDF of scanned pages; with texts each has its text under it.
func (d *Drawer) scanPDF(shots []*papers.Sheet, texts []*sheet, quality int, editor string) ([]byte, error) {
	w := d.newPDF()
	for i, s := range shots {
		data, err := asJPEG(s.RGBA, quality)
		if err != nil {
			return nil, err
		}
		picture := w.add(pdffile.Stream(fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode", s.Rect.Dx(), s.Rect.Dy()), string(data)))
		var b strings.Builder
		fmt.Fprintf(&b, "q %.2f 0 0 %.2f 0 0 cm /I0 Do Q\n", pageWidth*toPoints, pageHeight*toPoints)
		if i < len(texts) {
			if err := w.text(&b, texts[i], true); err != nil {
				return nil, err
			}
		}
		w.page(b.String(), map[string]int{"I0": picture})
	}
	return w.bytes(cmp.Or(editor, "ScanStation 2")), nil
}

// docx is a Word file with the paper's lines, no more.
func docx(pages []*sheet) ([]byte, error) {
	var body strings.Builder
	for _, p := range pages {
		for _, r := range p.runs {
			fmt.Fprintf(&body, "<w:p><w:r><w:t>%s</w:t></w:r></w:p>", strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(r.text))
		}
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range [][2]string{
		{"[Content_Types].xml", `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body.String() + `</w:body></w:document>`},
	} {
		out, err := z.CreateHeader(&zip.FileHeader{Name: f[0], Method: zip.Deflate})
		if err != nil {
			return nil, err
		}
		if _, err := out.Write([]byte(f[1])); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return b.Bytes(), err
}

// deflated is a font's file, compressed once.
func (d *Drawer) deflated(face string) string {
	if d.packed[face] == "" {
		d.packed[face] = pdffile.Flate(string(d.fonts.files[face]))
	}
	return d.packed[face]
}
