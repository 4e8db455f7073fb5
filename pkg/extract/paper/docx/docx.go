// Package docx reads the text of a Word document. Only statements are read
// this way: letters as Word files are refused by the platform, which wants
// them signed, sealed and scanned.
//
// It imports nothing of ours.
package docx

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Limits of one document.
const (
	maxEntries = 2000
	maxXML     = 16 << 20 // bytes of word/document.xml, unpacked
	maxText    = 1 << 20  // bytes of text
	maxDepth   = 1000     // elements in one another
)

// ErrNotDocx: the archive holds no Word document.
var ErrNotDocx = errors.New("not a Word document")

// ErrTooComplex: the document is built as nobody's is.
var ErrTooComplex = errors.New("elements nested too deep")

// Paragraphs returns the text, a paragraph an element.
func Paragraphs(r io.ReaderAt, size int64) ([]string, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotDocx, err)
	}
	if len(z.File) > maxEntries {
		return nil, errors.New("too many parts")
	}
	for _, f := range z.File {
		if f.Name != "word/document.xml" {
			continue
		}
		in, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("document part: %w", err)
		}
		defer in.Close()
		return paragraphs(io.LimitReader(in, maxXML))
	}
	return nil, ErrNotDocx
}

// paragraphs collects the text runs; what a damaged part holds before the
// damage is returned.
func paragraphs(in io.Reader) ([]string, error) {
	d := xml.NewDecoder(in)
	var out []string
	var b strings.Builder
	total, depth := 0, 0
	inText := false
	flush := func() {
		if s := strings.TrimSpace(b.String()); s != "" {
			out = append(out, s)
		}
		b.Reset()
	}
	for total < maxText {
		tok, err := d.Token()
		if err != nil {
			flush()
			if errors.Is(err, io.EOF) || len(out) > 0 {
				return out, nil
			}
			return nil, fmt.Errorf("document part: %w", err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return nil, ErrTooComplex
			}
			switch t.Name.Local {
			case "t":
				inText = true
			case "tab":
				b.WriteByte(' ')
			case "br":
				flush()
			}
		case xml.EndElement:
			depth--
			switch t.Name.Local {
			case "t":
				inText = false
			case "p":
				flush()
			}
		case xml.CharData:
			if inText {
				total += len(t)
				b.Write(t)
			}
		}
	}
	flush()
	return out, nil
}
