package listing

import (
	"bytes"
	"fmt"
	"strings"
)

// pdfLine is a line of text on the page: font size in points, bold or not.
type pdfLine struct {
	text string
	size float64
	bold bool
	gap  float64 // points to the line before
}

// writePDF writes one A4 page with a text layer (PDF 1.4, the standard fonts,
// no compression: the file can be read with any editor) and a signature drawn
// as strokes above the last line but one.
func writePDF(title, created string, lines []pdfLine, signed bool) []byte {
	var content bytes.Buffer
	y := 770.0
	for i, l := range lines {
		y -= l.gap
		font := "F1"
		if l.bold {
			font = "F2"
		}
		fmt.Fprintf(&content, "BT /%s %g Tf 72 %g Td (%s) Tj ET\n", font, l.size, y, escapePDF(l.text))
		if signed && i == len(lines)-2 {
			fmt.Fprintf(&content, "q 0.11 0.16 0.39 RG 1.6 w 1 J 1 j\n"+
				"110 %[1]g m 130 %[2]g 138 %[2]g 134 %[1]g c 130 %[3]g 150 %[1]g 160 %[2]g c 166 %[3]g 176 %[3]g 182 %[1]g c "+
				"190 %[2]g 196 %[1]g 204 %[1]g c 214 %[2]g 220 %[3]g 236 %[2]g c S Q\n", y+10, y+34, y+2)
		}
	}
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 6 0 R /Resources << /Font << /F1 4 0 R /F2 5 0 R >> >> >>",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%sendstream", content.Len(), content.String()),
		fmt.Sprintf("<< /Title (%s) /CreationDate (D:%s) >>", escapePDF(title), created),
	}
	var out bytes.Buffer
	out.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	var places []int
	for i, o := range objects {
		places = append(places, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, p := range places {
		fmt.Fprintf(&out, "%010d 00000 n \n", p)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R /Info 7 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return out.Bytes()
}

func escapePDF(s string) string {
	return strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(s)
}
