// Package docx makes a Word document of a paper: A4, a margin for binding, 宋体 and
// Times New Roman, a table for labels and values, the place for hand and seal kept
// together. The same paper gives the same bytes.
//
// It may import pkg/draft.
package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/draft"
)

const (
	contentTypes = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>`
	relations = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
	documentRelations = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`
	// styles: 12 points (sizes are given in halves), a line of 18.
	styles = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="宋体"/><w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="100" w:line="360" w:lineRule="atLeast"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:jc w:val="center"/><w:spacing w:after="240" w:line="480" w:lineRule="atLeast"/></w:pPr><w:rPr><w:b/><w:sz w:val="36"/><w:szCs w:val="36"/></w:rPr></w:style></w:styles>`
	// A4 in twentieths of a point; 30 mm on the left for binding.
	section = `<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1420" w:right="1420" w:bottom="1420" w:left="1700" w:header="850" w:footer="850" w:gutter="0"/></w:sectPr>`

	labelWidth, valueWidth = 3040, 5746
)

// Write returns the paper as a Word document.
func Write(p *draft.Paper) ([]byte, error) {
	body := &body{}
	body.raw(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
	body.paragraph(`<w:pStyle w:val="Title"/>`, p.Title)
	for i, b := range p.Blocks {
		// The place for hand and seal does not come to stand alone on a page.
		keep := ""
		if i+1 < len(p.Blocks) && len(p.Blocks[i+1].Sign) > 0 {
			keep = `<w:keepNext/><w:keepLines/>`
		}
		switch {
		case b.Line != "":
			body.paragraph("", b.Line)
		case b.Para != "" && p.Lang == "zh":
			body.paragraph(keep+`<w:ind w:firstLineChars="200" w:firstLine="480"/>`, b.Para)
		case b.Para != "":
			body.paragraph(keep, b.Para)
		case len(b.Rows) > 0:
			body.table(b.Rows)
		default:
			body.sign(b.Sign)
		}
	}
	body.raw(section + `</w:body></w:document>`)
	return pack([][2]string{
		{"[Content_Types].xml", contentTypes}, {"_rels/.rels", relations}, {"word/document.xml", body.String()},
		{"word/_rels/document.xml.rels", documentRelations}, {"word/styles.xml", styles},
	})
}

// body is the part with the text.
type body struct{ strings.Builder }

func (b *body) raw(s string) { b.WriteString(s) }

// paragraph adds a text with the properties of its paragraph.
func (b *body) paragraph(properties, text string) {
	if properties != "" {
		properties = "<w:pPr>" + properties + "</w:pPr>"
	}
	fmt.Fprintf(b, `<w:p>%s<w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>`, properties, escaped(text))
}

// escaped is text as XML has it; what XML cannot hold is left out.
func escaped(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, s)
	var out bytes.Buffer
	_ = xml.EscapeText(&out, []byte(s)) // a buffer takes everything
	return out.String()
}

// table adds rows of a label and a value; none is divided between two pages.
func (b *body) table(rows []draft.Row) {
	b.raw(`<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>`)
	for _, side := range [...]string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(b, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="auto"/>`, side)
	}
	fmt.Fprintf(b, `</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="%d"/><w:gridCol w:w="%d"/></w:tblGrid>`, labelWidth, valueWidth)
	for _, r := range rows {
		b.raw(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		for i, text := range [2]string{r.Label, r.Value} {
			fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, [2]int{labelWidth, valueWidth}[i])
			b.paragraph(`<w:spacing w:before="20" w:after="20"/>`, text)
			b.raw(`</w:tc>`)
		}
		b.raw(`</w:tr>`)
	}
	b.raw(`</w:tbl>`)
	b.paragraph("", "") // a table needs something behind it
}

// sign adds the place for hand and seal, its lines on one page.
func (b *body) sign(lines []string) {
	for i, line := range lines {
		next := `<w:keepNext/>`
		if i == len(lines)-1 {
			next = ""
		}
		b.paragraph(next+`<w:keepLines/><w:spacing w:before="180" w:after="180"/>`, line)
	}
}

// pack makes the archive; without a time of their own its parts are of the first day
// that the format knows.
func pack(parts [][2]string) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, p := range parts {
		w, err := z.CreateHeader(&zip.FileHeader{Name: p[0], Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write([]byte(p[1])); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
