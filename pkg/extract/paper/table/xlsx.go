package table

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Limits of a workbook: a zip bomb ends in an error.
const (
	maxParts    = 2000
	maxUnpacked = 128 << 20 // bytes of all parts read, unpacked
	maxStrings  = 1_000_000
	maxStyles   = 65_536
)

// ErrNotXLSX: the archive holds no workbook.
var ErrNotXLSX = errors.New("not a workbook")

// readXLSX reads the sheet with the most rows, and with it those that go on under the
// same heads; no more than unpacked bytes are
// unpacked.
func readXLSX(ctx context.Context, b []byte, unpacked int64) ([][]cell, error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotXLSX, err)
	}
	if len(z.File) > maxParts {
		return nil, ErrTooLarge
	}
	book := &workbook{ctx: ctx, parts: map[string]*zip.File{}, left: unpacked}
	for _, f := range z.File {
		book.parts[strings.TrimPrefix(path.Clean(strings.ReplaceAll(f.Name, `\`, "/")), "/")] = f
	}
	if book.parts["xl/workbook.xml"] == nil {
		return nil, ErrNotXLSX
	}
	if err := book.load(); err != nil {
		return nil, err
	}
	names := make([]string, 0, len(book.parts))
	for name := range book.parts {
		names = append(names, name)
	}
	slices.Sort(names)
	var best [][]cell
	cells := 0
	for _, name := range names {
		if !strings.HasPrefix(name, "xl/worksheets/") || !strings.HasSuffix(name, ".xml") {
			continue
		}
		rows, err := book.sheet(name)
		if err != nil {
			return nil, err
		}
		size := 0
		for _, r := range rows {
			size += len(r)
		}
		// A log may go on on the next sheet, under the same heads.
		if head := headerRow(rows); head >= 0 && sameHeads(rows[head], best) && len(best)+len(rows) <= maxRows && cells+size <= maxCells {
			best, cells = append(best, rows[head+1:]...), cells+size
		} else if len(rows) > len(best) {
			best, cells = rows, size
		}
	}
	if len(best) == 0 {
		return nil, ErrEmpty
	}
	return best, nil
}

// sameHeads reports whether the heads of a table are those of another.
func sameHeads(head []cell, rows [][]cell) bool {
	i := headerRow(rows)
	return i >= 0 && slices.EqualFunc(head, rows[i], func(a, b cell) bool { return a.text == b.text })
}

// workbook is what the sheets refer to.
type workbook struct {
	ctx      context.Context
	parts    map[string]*zip.File
	left     int64
	strings  []string
	texts    int    // bytes of texts kept
	dates    []bool // by cell style: a date format
	from1904 bool
}

// elements streams the elements of a part to f, which reads what it wants of
// each from d.
func (w *workbook) elements(name string, f func(d *xml.Decoder, e xml.StartElement) error) error {
	p := w.parts[name]
	if p == nil {
		return nil
	}
	in, err := p.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer in.Close()
	limit := w.left
	r := &io.LimitedReader{R: in, N: limit + 1}
	d := xml.NewDecoder(r)
	d.Strict = false
	for n := 0; ; n++ {
		tok, err := d.Token()
		if r.N <= 0 {
			return ErrTooLarge
		}
		if errors.Is(err, io.EOF) {
			w.left -= limit + 1 - r.N
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if n%4096 == 0 && w.ctx.Err() != nil {
			return w.ctx.Err()
		}
		if e, ok := tok.(xml.StartElement); ok {
			if err := f(d, e); err != nil {
				return err
			}
		}
	}
}

// load reads shared strings, styles and the date system.
func (w *workbook) load() error {
	err := w.elements("xl/workbook.xml", func(_ *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local == "workbookPr" {
			v := attr(e, "date1904")
			w.from1904 = v == "1" || v == "true"
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = w.elements("xl/sharedStrings.xml", func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		s, err := textIn(d, "si")
		if err != nil {
			return err
		}
		if w.texts += len(s); len(w.strings) == maxStrings || w.texts > maxTexts {
			return ErrTooLarge
		}
		w.strings = append(w.strings, s)
		return nil
	})
	if err != nil {
		return err
	}
	custom := map[int]bool{}
	inCells := false
	return w.elements("xl/styles.xml", func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			if id, err := strconv.Atoi(attr(e, "numFmtId")); err == nil && len(custom) < maxStyles {
				custom[id] = dateFormat(attr(e, "formatCode"))
			}
		case "cellXfs":
			inCells = true
		case "cellStyles", "dxfs":
			inCells = false
		case "xf":
			if inCells && len(w.dates) < maxStyles {
				id, err := strconv.Atoi(attr(e, "numFmtId"))
				w.dates = append(w.dates, err == nil && (id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 58 || custom[id]))
			}
		}
		return nil
	})
}

// dateFormat reports a number format with a day or a year in it, quoted text
// and conditions aside.
func dateFormat(code string) bool {
	quoted, bracket := false, false
	for _, c := range strings.ToLower(code) {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case bracket:
		case c == 'y' || c == 'd' || c == 'h':
			return true
		}
	}
	return false
}

// sheet reads one sheet.
func (w *workbook) sheet(name string) ([][]cell, error) {
	var rows [][]cell
	var row []cell
	cells := 0
	flush := func() {
		for _, c := range row {
			if c.text != "" {
				rows = append(rows, row)
				break
			}
		}
		row = nil
	}
	err := w.elements(name, func(d *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "row":
			flush()
			if len(rows) == maxRows {
				return ErrTooLarge
			}
		case "c":
			col := column(attr(e, "r"))
			if col < 0 {
				col = len(row)
			}
			c, err := w.cell(d, e)
			if err != nil {
				return err
			}
			if col >= maxColumns {
				return nil
			}
			before := len(row)
			for len(row) <= col {
				row = append(row, cell{})
			}
			row[col] = c
			if cells += len(row) - before; cells > maxCells {
				return ErrTooLarge
			}
		}
		return nil
	})
	flush()
	return rows, err
}

// cell reads one cell.
func (w *workbook) cell(d *xml.Decoder, e xml.StartElement) (cell, error) {
	raw, err := textIn(d, "c")
	if err != nil {
		return cell{}, err
	}
	switch attr(e, "t") {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(raw))
		if err != nil || i < 0 || i >= len(w.strings) {
			return cell{}, nil
		}
		return cell{text: w.strings[i]}, nil
	case "inlineStr", "str", "b", "e":
		if w.texts += len(raw); w.texts > maxTexts {
			return cell{}, ErrTooLarge
		}
		return cell{text: raw}, nil
	}
	c := cell{text: strings.TrimSpace(raw)}
	if w.texts += len(c.text); w.texts > maxTexts {
		return cell{}, ErrTooLarge
	}
	n, err := strconv.ParseFloat(c.text, 64)
	if err != nil {
		return c, nil
	}
	style, err := strconv.Atoi(attr(e, "s"))
	if err == nil && style >= 0 && style < len(w.dates) && w.dates[style] {
		if t, ok := serial(n, w.from1904); ok {
			c.at = t
			c.text = t.Format("2006-01-02 15:04:05")
		}
	}
	return c, nil
}

// textIn gathers the text inside an element: of <v> and <t>, formulas and
// phonetic hints left out.
func textIn(d *xml.Decoder, end string) (string, error) {
	var b strings.Builder
	keep, skip := 0, 0
	for {
		tok, err := d.Token()
		if err != nil {
			return "", err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "v", "t":
				keep++
			case "f", "rPh":
				skip++
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "v", "t":
				keep--
			case "f", "rPh":
				skip--
			case end:
				return b.String(), nil
			}
		case xml.CharData:
			if keep > 0 && skip == 0 && b.Len() < maxCell {
				b.Write(t)
			}
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// column is the index of a cell reference ("C7" is 2), −1 for none.
func column(ref string) int {
	n := 0
	for _, c := range ref {
		if c < 'A' || c > 'Z' {
			break
		}
		n = n*26 + int(c-'A') + 1
		if n > maxColumns+1 {
			return maxColumns
		}
	}
	return n - 1
}
