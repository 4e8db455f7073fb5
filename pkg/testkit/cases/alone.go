package cases

import (
	"fmt"
	"image"
	"image/color"
	"strings"
	"time"
)

// Media that a letter is drawn on alone.
const (
	Photograph = photo
	Scan       = tilted
	ScanPNG    = scanPNG
	ScannedPDF = pdfScan
	TextPDF    = pdfText
)

// Paper is one letter of authorization without a case, and what is written on it.
type Paper struct {
	Extension        string // with its dot
	Data             []byte
	Registration     string // of the brand, "" where the letter does not name it
	Grantor, Grantee string
	Starts, Ends     time.Time
}

// Paper draws the letter that a seed stands for, in Chinese and printed, on one of
// the media above: the same every time.
func (d *Drawer) Paper(seed uint64, medium string) (*Paper, error) {
	c := Class{Name: "a letter alone", wish: wish{ground: "authorized", hops: 1, kind: "brand", chinese: true,
		layouts: []string{prose, table, colons, bilingual}, media: []string{medium}}}
	p := planned(&c, seed)
	l := p.letters[0]
	l.dates = int(seed % 3)
	pages, err := l.set(d, p)
	if err != nil {
		return nil, fmt.Errorf("letter %d: %w", seed, err)
	}
	data, ext, err := d.paper(p.rng, pages, l.media, l.flaw, l.editor)
	if err != nil {
		return nil, fmt.Errorf("letter %d: %w", seed, err)
	}
	reg := l.reg
	if !printedOn(pages, reg) { // letters in two columns name the brand alone
		reg = ""
	}
	return &Paper{Extension: ext, Data: data, Registration: reg, Grantor: l.grantor.zh, Grantee: l.grantee.zh, Starts: l.starts, Ends: l.ends}, nil
}

// printedOn reports whether a text stands on the pages, were it broken into lines.
func printedOn(pages []*sheet, text string) bool {
	var b strings.Builder
	for _, p := range pages {
		for _, r := range p.runs {
			b.WriteString(r.text)
		}
	}
	return strings.Contains(b.String(), text)
}

// Print sets a line of text on a picture; x, y are its left end on the baseline and
// size is the font's, in pixels. A letter that the font lacks is an error.
func (d *Drawer) Print(img *image.RGBA, x, y, size float64, text string, c color.Color) error {
	return d.fonts.print(img, x, y, size, sans, text, c)
}

// Width is how many pixels wide Print sets a line.
func (d *Drawer) Width(text string, size float64) float64 { return d.fonts.width(sans, text) * size }
