package document

import (
	"context"
	"regexp"
	"slices"
	"strings"

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
	// wiped and shown are the shares of a seal's pixels that are darker than what becomes
	// paper where it is taken away as far as can be, and where its pattern stays.
	wiped, shown = 0.35, 0.9
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
		again, err := e.reader.Read(ctx, redLight(crop, wiped), ocr.Options{Page: true, Missed: true, Threads: p.threads})
		if err != nil {
			return nil, err
		}
		for _, l := range again {
			if l.Confidence < dateSure || !isDate(l.Text) {
				continue
			}
			// What is left of the seal may add a stroke: 十一 and 十二. Both ways must agree.
			if line := redLight(crop, shown).Crop(l.Box); line == nil {
				continue
			} else if twice, err := e.reader.Recognize(ctx, line); err != nil {
				return nil, err
			} else if dateIn(twice.Text) != dateIn(l.Text) {
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

// dateIn is the date in a line, without blanks.
func dateIn(text string) string {
	found := wholeDate.FindString(text)
	if found == "" {
		found = hanDate.FindString(text)
	}
	return strings.NewReplacer(" ", "", "号", "日", "○", "〇", "零", "〇", "O", "〇", "o", "〇", "0", "〇").Replace(found)
}

// pieceUnder reports a line that is a piece of another one: most of it lies within.
func pieceUnder(piece, whole facts.Box) bool {
	w := min(piece[0]+piece[2], whole[0]+whole[2]) - max(piece[0], whole[0])
	h := min(piece[1]+piece[3], whole[1]+whole[3]) - max(piece[1], whole[1])
	return w > 0 && h > 0 && 2*w*h > piece[2]*piece[3]
}

// redLight is a picture as its red light shows it where a red seal was pressed: the
// seal's ink as light as the paper, print beneath it dark. pale is the share of the red
// pixels that are darker than what becomes paper.
func redLight(m *raster.RGB, pale float64) *raster.RGB {
	out := raster.NewRGB(m.W, m.H)
	var reds, rest histogram
	pressed := func(p []byte) bool { return int(p[0])-int(max(p[1], p[2])) > redOver }
	for i := 0; i+2 < len(m.Pix); i += 3 {
		if p := m.Pix[i : i+3]; pressed(p) {
			reds.add(p[0])
		} else {
			rest.add(p[0])
		}
	}
	// The ink itself is what most of the red pixels are, paper most of the others.
	ink, paper := max(1, reds.below(pale)), rest.below(0.5)
	for i := 0; i+2 < len(m.Pix); i += 3 {
		p := m.Pix[i : i+3]
		if pressed(p) {
			v := byte(min(paper, paper*int(p[0])/ink))
			copy(out.Pix[i:], []byte{v, v, v})
		} else {
			copy(out.Pix[i:], p)
		}
	}
	return out
}

// histogram counts values.
type histogram struct {
	n     [256]int
	total int
}

func (h *histogram) add(v byte) { h.n[v]++; h.total++ }

// below is the least value that this share of all are not above.
func (h *histogram) below(share float64) int {
	seen := 0
	for v, n := range h.n {
		if seen += n; seen > 0 && float64(seen) >= share*float64(h.total) {
			return v
		}
	}
	return 255
}
