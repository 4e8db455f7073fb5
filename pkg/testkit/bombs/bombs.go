// Package bombs makes small files that ask for a lot of memory: nobody would hand
// them in, and whoever sends one must not bring the program down.
//
// It may import pkg/testkit/pdffile.
package bombs

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash/adler32"
	"hash/crc32"
	"io"
	"strings"

	"github.com/aecheck/aecheck/pkg/testkit/pdffile"
)

// Bomb is one file.
type Bomb struct {
	Name string // with the extension of its format
	Data func() []byte
}

// All lists them.
func All() []Bomb {
	return append(PDFs(), append(Pictures(), Papers()...)...)
}

// PDFs lists documents.
func PDFs() []Bomb {
	return []Bomb{
		{"mediabox.pdf", func() []byte { return page("[0 0 14400 14400]", "", "0 0 1 rg 0 0 14400 14400 re f") }},
		{"image.pdf", func() []byte { return imagePage("/ColorSpace /DeviceRGB", 12000, 12000, 3) }},
		{"image-grey.pdf", func() []byte { return imagePage("/ColorSpace /DeviceGray", 20000, 20000, 1) }},
		{"image-twice.pdf", imageTwice},
		{"images.pdf", manyImages},
		{"forms.pdf", nestedForms},
		{"masks.pdf", nestedMasks},
		{"pattern.pdf", pattern},
		{"shading.pdf", shading},
		{"content.pdf", content},
		{"text.pdf", text},
		{"objstm.pdf", objectStream},
		{"objects.pdf", objects},
		{"xref.pdf", xref},
		{"jbig2.pdf", jbig2},
		{"jpx.pdf", jpx},
		{"ccitt.pdf", func() []byte {
			return page(a4, resources("<< /Type /XObject /Subtype /Image /Width 65000 /Height 65000 /BitsPerComponent 1 /ColorSpace /DeviceGray"+
				" /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 65000 /Rows 65000 >> ", strings.Repeat("\xff", 10000)), draw)
		}},
	}
}

const (
	a4   = "[0 0 595 842]"
	draw = "q 595 0 0 842 0 0 cm /X Do Q"
)

// resources makes X an object (the fourth) with a body; head is its dictionary
// without the end.
func resources(head, body string) string {
	return "/XObject << /X 4 0 R >>\x00" + fmt.Sprintf("%s /Length %d >>\nstream\n%s\nendstream", head, len(body), body)
}

// page is a document of one page; resources may hold further objects, from number
// 4, parted by NUL.
func page(box, resources, content string, more ...string) []byte {
	parts := strings.Split(resources, "\x00")
	objects := append([]string{pdffile.Catalog, pdffile.OnePage,
		fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox %s /Resources << %s >> /Contents %d 0 R >>", box, parts[0], 3+len(parts)+len(more))},
		parts[1:]...)
	objects = append(objects, more...)
	return pdffile.Build("", append(objects, pdffile.Stream("", content))...)
}

// zeros packs n zeros.
func zeros(n int64) string { return repeated(string(make([]byte, 1<<20)), n) }

// repeated packs n bytes of a block over and over, as zlib has it, with little work:
// a packed block that ends with a flush can stand any number of times.
func repeated(block string, n int64) string {
	out := bytes.NewBuffer([]byte{0x78, 0xda})
	pack := func(s string, end func(*flate.Writer) error) string {
		var b bytes.Buffer
		w, _ := flate.NewWriter(&b, flate.BestCompression)
		_, _ = io.WriteString(w, s)
		_ = end(w)
		return b.String()
	}
	sum := adler32.New()
	packed := pack(block, (*flate.Writer).Flush)
	for ; n > int64(len(block)); n -= int64(len(block)) {
		out.WriteString(packed)
		_, _ = io.WriteString(sum, block)
	}
	out.WriteString(pack(block[:n], (*flate.Writer).Close))
	_, _ = io.WriteString(sum, block[:n])
	return string(sum.Sum(out.Bytes()))
}

func imagePage(space string, w, h, n int) []byte {
	head := fmt.Sprintf("<< /Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 %s /Filter /FlateDecode", w, h, space)
	return page(a4, resources(head, zeros(int64(w)*int64(h)*int64(n))), draw)
}

// imageTwice packs a picture of a gigabyte twice: some kilobytes.
func imageTwice() []byte {
	head := "<< /Type /XObject /Subtype /Image /Width 18000 /Height 18000 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter [/FlateDecode /FlateDecode]"
	return page(a4, resources(head, pdffile.Flate(zeros(18000*18000*3))), draw)
}

// manyImages draws thirty pictures of 36 MB.
func manyImages() []byte {
	var names, ops strings.Builder
	var more []string
	packed := zeros(36_000_000)
	for i := range 30 {
		fmt.Fprintf(&names, "/X%d %d 0 R ", i, 4+i)
		fmt.Fprintf(&ops, "q 20 0 0 20 %d 0 cm /X%d Do Q ", 20*i, i)
		more = append(more, pdffile.Stream("/Type /XObject /Subtype /Image /Width 4000 /Height 3000 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /FlateDecode", packed))
	}
	return page(a4, "/XObject << "+names.String()+">>", ops.String(), more...)
}

// nestedForms draws a form that draws the next one twice, each a group of its
// own over the whole page.
func nestedForms() []byte {
	const depth = 26
	var more []string
	for i := range depth {
		next := ""
		if i < depth-1 {
			next = fmt.Sprintf("/XObject << /X %d 0 R >>", 5+i)
		}
		more = append(more, pdffile.Stream("/Type /XObject /Subtype /Form /BBox [0 0 14400 14400] /Group << /S /Transparency /I true >> /Resources << "+next+
			" /ExtGState << /G << /ca 0.5 /BM /Multiply >> >> >>", "/G gs 0 0 1 rg 0 0 14400 14400 re f /X Do /X Do"))
	}
	return page("[0 0 14400 14400]", "/XObject << /X 4 0 R >>", "/X Do", more...)
}

// nestedMasks: every group has a soft mask made of the next.
func nestedMasks() []byte {
	const depth = 60
	var more []string
	for i := range depth {
		gs := ""
		if i < depth-1 {
			gs = fmt.Sprintf("/ExtGState << /G << /SMask << /S /Luminosity /G %d 0 R >> >> >>", 5+i)
		}
		more = append(more, pdffile.Stream("/Type /XObject /Subtype /Form /BBox [0 0 14400 14400] /Group << /S /Transparency /CS /DeviceRGB >> /Resources << "+gs+" >>",
			"/G gs 0 0 1 rg 0 0 14400 14400 re f"))
	}
	return page("[0 0 14400 14400]", "/XObject << /X 4 0 R >>", "/X Do", more...)
}

// pattern tiles a page with a cell as large as the page, at steps of nearly none.
func pattern() []byte {
	cell := pdffile.Stream("/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 14400 14400] /XStep 0.1 /YStep 0.1 /Resources << >>",
		"1 0 0 rg 0 0 7000 7000 re f")
	return page("[0 0 14400 14400]", "/Pattern << /P 4 0 R >>", "/Pattern cs /P scn 0 0 14400 14400 re f", cell)
}

// shading is a mesh of a million triangles.
func shading() []byte {
	mesh := pdffile.Stream("/ShadingType 4 /ColorSpace /DeviceRGB /BitsPerCoordinate 8 /BitsPerComponent 8 /BitsPerFlag 8 /Decode [0 14400 0 14400 0 1 0 1 0 1] /Filter /FlateDecode",
		pdffile.Flate(strings.Repeat("\x00\x00\x00\xff\x00\x00\x00\xff\x00\x00\xff\x00\x00\xff\xff\x00\x00\xff", 1_000_000)))
	return page("[0 0 14400 14400]", "/Shading << /S 4 0 R >>", "/S sh", mesh)
}

// content is a page of 400 MB of drawing.
func content() []byte {
	packed := repeated(strings.Repeat("0 0 m 100 100 l 1 1 1 1 1 1 c S\n", 10_000), 400_000_000)
	return pdffile.Build("", pdffile.Catalog, pdffile.OnePage, "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>",
		pdffile.Stream("/Filter /FlateDecode", packed))
}

// text is a page with three million letters.
func text() []byte {
	show := "BT /F 4 Tf 10 700 Td (" + strings.Repeat("abcdefghi ", 100) + ") Tj ET\n"
	return pdffile.Build("", pdffile.Catalog, pdffile.OnePage,
		"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
		pdffile.Stream("/Filter /FlateDecode", pdffile.Flate(strings.Repeat(show, 3000))))
}

// objectStream packs two million objects.
func objectStream() []byte {
	var head, body strings.Builder
	for i := range 400_000 {
		fmt.Fprintf(&head, "%d %d ", 10+i, body.Len())
		body.WriteString("<</A[1 2 3]>> ")
	}
	s := pdffile.Stream(fmt.Sprintf("/Type /ObjStm /N 400000 /First %d /Filter /FlateDecode", head.Len()), pdffile.Flate(head.String()+body.String()))
	return pdffile.Build("", pdffile.Catalog, pdffile.OnePage, "<< /Type /Page /Parent 2 0 R >>", s, s, s)
}

// objects is an array in an array in an array, a million times over.
func objects() []byte {
	return pdffile.Build("", pdffile.Catalog, pdffile.OnePage, "<< /Type /Page /Parent 2 0 R /X ["+strings.Repeat("[<<>>]", 300_000)+"] >>",
		pdffile.Stream("/Type /ObjStm /N 1 /First 6 /Filter /FlateDecode", pdffile.Flate("10 0  ["+strings.Repeat("[1]", 10_000_000)+"]")))
}

// xref is a cross-reference stream of a hundred million entries.
func xref() []byte {
	var b bytes.Buffer
	b.Write(pdffile.Build("", pdffile.Catalog, pdffile.OnePage, "<< /Type /Page /Parent 2 0 R >>"))
	at := b.Len()
	fmt.Fprintf(&b, "9 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n",
		pdffile.Stream("/Type /XRef /Size 8000000 /Root 1 0 R /W [1 4 2] /Filter /FlateDecode", zeros(8_000_000*7)), at)
	return b.Bytes()
}

// jbig2 says a page of 65535 × 65535 in one generic region.
func jbig2() []byte {
	be := binary.BigEndian
	segment := func(number uint32, kind byte, body []byte) []byte {
		head := be.AppendUint32(nil, number)
		return append(be.AppendUint32(append(head, kind, 0, 1), uint32(len(body))), body...)
	}
	info := be.AppendUint32(be.AppendUint32(nil, 65535), 65535)
	info = append(info, make([]byte, 8)...)
	info = append(info, 0, 0, 0)
	region := append(be.AppendUint32(be.AppendUint32(nil, 65535), 65535), make([]byte, 8)...)
	region = append(region, 0, 0, 3, 0xff, 0xfd, 0xff, 2, 0xfe, 0xfe, 0xfe)
	region = append(region, make([]byte, 2000)...)
	return page(a4, resources("<< /Type /XObject /Subtype /Image /Width 65535 /Height 65535 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /JBIG2Decode",
		string(segment(0, 48, info))+string(segment(1, 38, region))), draw)
}

// jpx is the head of a JPEG 2000 picture of 30000 × 30000.
func jpx() []byte {
	be := binary.BigEndian
	siz := be.AppendUint16(nil, 0)
	for _, v := range []uint32{30000, 30000, 0, 0, 30000, 30000, 0, 0} {
		siz = be.AppendUint32(siz, v)
	}
	siz = append(be.AppendUint16(siz, 3), 7, 1, 1, 7, 1, 1, 7, 1, 1)
	mark := func(m uint16, body []byte) []byte {
		return append(be.AppendUint16(be.AppendUint16(nil, m), uint16(2+len(body))), body...)
	}
	data := bytes.Join([][]byte{{0xff, 0x4f}, mark(0xff51, siz), mark(0xff52, []byte{0, 0, 0, 1, 1, 5, 4, 4, 0, 0}),
		mark(0xff5c, append([]byte{0x40}, make([]byte, 16)...)),
		mark(0xff90, []byte{0, 0, 0, 0, 0, 0, 0, 1}), {0xff, 0x93}, make([]byte, 1000), {0xff, 0xd9}}, nil)
	return page(a4, resources("<< /Type /XObject /Subtype /Image /Width 30000 /Height 30000 /Filter /JPXDecode", string(data)), draw)
}

// Pictures lists pictures.
func Pictures() []Bomb {
	return []Bomb{
		{"deflate.tif", func() []byte { return tiff(9000, 9000, 3) }},
		{"deflate-grey.tif", func() []byte { return tiff(12000, 12000, 1) }},
		{"deflate16.tif", func() []byte { return tiff16(6500, 6500) }},
		{"strips.tif", func() []byte { return stripsTIFF(8000, 8000) }},
		{"rgb.png", func() []byte { return png(9000, 9000, 2, 8, 0) }},
		{"rgba16.png", func() []byte { return png(6500, 6500, 6, 16, 0) }},
		{"interlaced.png", func() []byte { return png(9000, 9000, 2, 8, 1) }},
		{"text.png", pngText},
		{"lossless.webp", func() []byte { return riff(webpChunk("VP8L", vp8l(6300, 6300))) }},
		{"canvas.webp", func() []byte { // a canvas of 100 × 100, a frame of 16383 × 16383
			return riff(append(webpChunk("VP8X", []byte{0, 0, 0, 0, 99, 0, 0, 99, 0, 0}), webpChunk("VP8L", vp8l(16383, 16383))...))
		}},
		{"large.gif", gif},
		{"large.bmp", func() []byte { return bmp(12000, 12000) }},
	}
}

// tiff is one deflated strip of black.
func tiff(w, h, channels int) []byte {
	photometric := 2
	if channels == 1 {
		photometric = 1
	}
	return tiffOf(w, h, channels, 8, photometric, [][]byte{[]byte(zeros(int64(w) * int64(h) * int64(channels)))}, h)
}

func tiff16(w, h int) []byte {
	return tiffOf(w, h, 4, 16, 2, [][]byte{[]byte(zeros(int64(w) * int64(h) * 8))}, h)
}

// stripsTIFF has strips that hold eight times what they should.
func stripsTIFF(w, h int) []byte {
	strip := []byte(zeros(int64(w) * 1000 * 8))
	strips := make([][]byte, (h+999)/1000)
	for i := range strips {
		strips[i] = strip
	}
	return tiffOf(w, h, 1, 8, 1, strips, 1000)
}

func tiffOf(w, h, channels, bits, photometric int, strips [][]byte, rows int) []byte {
	le := binary.LittleEndian
	b := []byte("II*\x00\x00\x00\x00\x00")
	var offsets, counts []uint32
	for _, s := range strips {
		offsets, counts = append(offsets, uint32(len(b))), append(counts, uint32(len(s)))
		b = append(b, s...)
	}
	type entry struct {
		tag, kind uint16
		values    []uint32
	}
	depth := make([]uint32, channels)
	for i := range depth {
		depth[i] = uint32(bits)
	}
	entries := []entry{
		{256, 4, []uint32{uint32(w)}}, {257, 4, []uint32{uint32(h)}}, {258, 3, depth}, {259, 3, []uint32{8}}, {262, 3, []uint32{uint32(photometric)}},
		{273, 4, offsets}, {277, 3, []uint32{uint32(channels)}}, {278, 4, []uint32{uint32(rows)}}, {279, 4, counts},
	}
	if channels == 4 {
		entries = append(entries, entry{338, 3, []uint32{2}})
	}
	field := func(e entry) []byte {
		var out []byte
		for _, v := range e.values {
			if e.kind == 3 {
				out = le.AppendUint16(out, uint16(v))
			} else {
				out = le.AppendUint32(out, v)
			}
		}
		return out
	}
	var dir []byte
	dir = le.AppendUint16(dir, uint16(len(entries)))
	for _, e := range entries {
		dir = le.AppendUint32(le.AppendUint16(le.AppendUint16(dir, e.tag), e.kind), uint32(len(e.values)))
		v := field(e)
		if len(v) > 4 {
			dir = le.AppendUint32(dir, uint32(len(b)))
			b = append(b, v...)
		} else {
			dir = append(dir, append(v, make([]byte, 4-len(v))...)...)
		}
	}
	le.PutUint32(b[4:], uint32(len(b)))
	return append(append(b, dir...), 0, 0, 0, 0)
}

func chunk(b []byte, name string, body []byte) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(len(body)))
	at := len(b)
	b = append(append(b, name...), body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[at:]))
}

func pngHead(w, h int, kind, bits, interlaced byte) []byte {
	b := []byte("\x89PNG\r\n\x1a\n")
	size := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(w)), uint32(h))
	return chunk(b, "IHDR", append(size, bits, kind, 0, 0, interlaced))
}

// png is a black picture; kind is 2 for RGB, 6 for RGBA.
func png(w, h int, kind, bits, interlaced byte) []byte {
	channels := int64(3)
	if kind == 6 {
		channels = 4
	}
	n := int64(h) * (1 + int64(w)*channels*int64(bits)/8)
	b := chunk(pngHead(w, h, kind, bits, interlaced), "IDAT", []byte(zeros(n+n/4)))
	return chunk(b, "IEND", nil)
}

// pngText holds a text of half a gigabyte.
func pngText() []byte {
	b := pngHead(8, 8, 2, 8, 0)
	text := zeros(64 << 20)
	for range 8 {
		b = chunk(b, "zTXt", append([]byte("parameters\x00\x00"), text...))
	}
	b = chunk(b, "IDAT", []byte(zeros(8*25)))
	return chunk(b, "IEND", nil)
}

// vp8l is a picture of one colour: no transform, no cache, five codes of one symbol.
func vp8l(w, h int) []byte {
	var out []byte
	n := 0
	put := func(v, bits int) {
		for i := range bits {
			if n%8 == 0 {
				out = append(out, 0)
			}
			out[n/8] |= byte(v >> i & 1 << (n % 8))
			n++
		}
	}
	put(0x2f, 8)
	put(w-1, 14)
	put(h-1, 14)
	put(0, 1+3+3)
	for range 5 {
		put(1, 4) // simple, one symbol of one bit: 0
	}
	return append(out, make([]byte, 16)...)
}

func webpChunk(name string, body []byte) []byte {
	out := append(binary.LittleEndian.AppendUint32([]byte(name), uint32(len(body))), body...)
	return append(out, make([]byte, len(body)%2)...)
}

func riff(chunks []byte) []byte {
	return append(append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(4+len(chunks))), "WEBP"...), chunks...)
}

// gif has a canvas of 12000 × 12000 and a frame of as much.
func gif() []byte {
	le := binary.LittleEndian
	b := append([]byte("GIF89a"), le.AppendUint16(le.AppendUint16(nil, 12000), 12000)...)
	b = append(b, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2c, 0, 0, 0, 0)
	b = append(b, le.AppendUint16(le.AppendUint16(nil, 12000), 12000)...)
	b = append(b, 0, 8)
	for range 4000 {
		b = append(b, 255)
		b = append(b, bytes.Repeat([]byte{0, 1, 2}, 85)...)
	}
	return append(b, 0, 0x3b)
}

// bmp has the head of a large picture and no pixels.
func bmp(w, h int) []byte {
	le := binary.LittleEndian
	b := append([]byte("BM"), le.AppendUint32(nil, uint32(54+3*w*h))...)
	b = append(b, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0)
	b = le.AppendUint32(le.AppendUint32(b, uint32(w)), uint32(h))
	b = append(b, 1, 0, 24, 0)
	return append(b, make([]byte, 24+1000)...)
}

// Papers lists Word documents, tables and texts.
func Papers() []Bomb {
	const head = `<?xml version="1.0"?><w:document xmlns:w="x"><w:body>`
	return []Bomb{
		{"text.docx", func() []byte {
			return docx(head, `<w:p><w:t>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</w:t></w:p>`, 40_000_000)
		}},
		{"run.docx", func() []byte { return docx(head+`<w:p><w:t>`, `aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa`, 40_000_000) }},
		{"attributes.docx", func() []byte { return docx(head+`<w:p `, `a="aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" `, 40_000_000) }},
		{"deep.docx", func() []byte { return docx(head, `<w:p>`, 40_000_000) }},
		{"strings.xlsx", xlsx},
		{"line.txt", func() []byte { return bytes.Repeat([]byte("授权 "), 500_000) }},
		{"table.csv", func() []byte { return []byte("time,file\n" + strings.Repeat("2026-01-01 10:00:00,a.jpg\n", 150_000)) }},
	}
}

func docx(head, again string, size int) []byte {
	return zipped(map[string]func(io.Writer){
		"[Content_Types].xml": func(w io.Writer) { _, _ = io.WriteString(w, `<Types/>`) },
		"word/document.xml": func(w io.Writer) {
			_, _ = io.WriteString(w, head)
			block := []byte(strings.Repeat(again, 1000))
			for n := 0; n < size; n += len(block) {
				_, _ = w.Write(block)
			}
		},
	})
}

func xlsx() []byte {
	repeat := func(head, again string, size int, tail string) func(io.Writer) {
		return func(w io.Writer) {
			_, _ = io.WriteString(w, head)
			block := []byte(strings.Repeat(again, 1000))
			for n := 0; n < size; n += len(block) {
				_, _ = w.Write(block)
			}
			_, _ = io.WriteString(w, tail)
		}
	}
	return zipped(map[string]func(io.Writer){
		"[Content_Types].xml":      func(w io.Writer) { _, _ = io.WriteString(w, `<Types/>`) },
		"xl/workbook.xml":          func(w io.Writer) { _, _ = io.WriteString(w, `<workbook/>`) },
		"xl/sharedStrings.xml":     repeat(`<sst>`, `<si><t>0123456789012345678901234567890123456789</t></si>`, 50_000_000, `</sst>`),
		"xl/worksheets/sheet1.xml": repeat(`<worksheet><sheetData>`, `<row><c t="s"><v>1</v></c><c t="s"><v>2</v></c></row>`, 60_000_000, `</sheetData></worksheet>`),
	})
}

func zipped(files map[string]func(io.Writer)) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"[Content_Types].xml", "word/document.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"} {
		if write := files[name]; write != nil {
			w, _ := z.Create(name)
			write(w)
		}
	}
	_ = z.Close()
	return b.Bytes()
}
