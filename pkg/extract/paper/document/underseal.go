package document

import (
	"context"
	"regexp"
	"slices"

	"github.com/aecheck/aecheck/pkg/extract/paper/seals"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/ocr"
	"github.com/aecheck/aecheck/pkg/raster"
)

// hanDate is a date in Chinese numerals.
var hanDate = regexp.MustCompile(`[二2][〇○零Oo0][〇○零Oo0一二三四五六七八九]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}[日号]`)

const (
	// mostUnder bounds the seals of one page that are read under.
	mostUnder = 2
	// underSide is how far to either side of a seal, in widths of it, a line under it
	// may begin or end; underRows how far above and below it, in heights, its date stands.
	underSide, underRows = 0.9, 0.25
	// redOver is how much redder than green and blue a pixel is where a seal was pressed.
	redOver = 24
)

// underSeals reads the dates that red seals lie over: a seal is pressed on the date by
// custom, and the eye that looks for lines loses what it parts. Where no whole date was
// read at a seal the place is read again as its red light shows it, in which the seal is
// pale and print stays dark. Dates alone are taken.
func (e *Extractor) underSeals(ctx context.Context, p paper, read []ocr.Line, found []seals.Found) ([]ocr.Line, error) {
	if e.reader == nil {
		return read, nil
	}
	n := 0
	for _, f := range found {
		rows := facts.Box{f.Box[0], f.Box[1] - int(underRows*float64(f.Box[3])), f.Box[2], int((1 + 2*underRows) * float64(f.Box[3]))}
		dated := slices.ContainsFunc(read, func(l ocr.Line) bool { return isDate(l.Text) && onRow(l.Box, rows) })
		if f.Color != "red" || f.Confidence < sureSeal || dated || n == mostUnder {
			continue
		}
		n++
		side := int(underSide * float64(f.Box[2]))
		x, y := max(0, rows[0]-side), max(0, rows[1])
		crop := p.m.Crop([4]int{x, y, rows[0] + rows[2] + side - x, rows[1] + rows[3] - y})
		if crop == nil {
			continue
		}
		again, err := e.reader.Read(ctx, redLight(crop), ocr.Options{Page: true, Missed: true, Threads: p.threads})
		if err != nil {
			return nil, err
		}
		for _, l := range again {
			if l.Confidence < dateSure || !isDate(l.Text) {
				continue
			}
			l.Box[0], l.Box[1] = l.Box[0]+x, l.Box[1]+y
			read = slices.DeleteFunc(read, func(o ocr.Line) bool { return pieceUnder(o.Box, l.Box) })
			at := slices.IndexFunc(read, func(o ocr.Line) bool { return o.Box[1] > l.Box[1]+l.Box[3]/2 })
			if at < 0 {
				at = len(read)
			}
			read = slices.Insert(read, at, l)
		}
	}
	return read, nil
}

// isDate reports a line with a whole date in it.
func isDate(text string) bool { return wholeDate.MatchString(text) || hanDate.MatchString(text) }

// pieceUnder reports a line that is a piece of another one: most of it lies within.
func pieceUnder(piece, whole facts.Box) bool {
	w := min(piece[0]+piece[2], whole[0]+whole[2]) - max(piece[0], whole[0])
	h := min(piece[1]+piece[3], whole[1]+whole[3]) - max(piece[1], whole[1])
	return w > 0 && h > 0 && 2*w*h > piece[2]*piece[3]
}

// redLight is a picture as its red light shows it where a red seal was pressed: the
// seal's ink about as light as the paper, print beneath it dark.
func redLight(m *raster.RGB) *raster.RGB {
	out := raster.NewRGB(m.W, m.H)
	var hist [256]int
	total := 0
	pressed := func(p []byte) bool { return int(p[0])-int(max(p[1], p[2])) > redOver }
	for i := 0; i+2 < len(m.Pix); i += 3 {
		if p := m.Pix[i : i+3]; pressed(p) {
			hist[p[0]]++
			total++
		}
	}
	// The ink itself is what most of the red pixels are: nine in ten are no lighter.
	ink, seen := 255, 0
	for v := range hist {
		if seen += hist[v]; 10*seen >= 9*total && total > 0 {
			ink = max(1, v)
			break
		}
	}
	for i := 0; i+2 < len(m.Pix); i += 3 {
		p := m.Pix[i : i+3]
		if pressed(p) {
			v := byte(min(255, 255*int(p[0])/ink))
			copy(out.Pix[i:], []byte{v, v, v})
		} else {
			copy(out.Pix[i:], p)
		}
	}
	return out
}
