package document

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/ocr"
	"github.com/aecheck/aecheck/pkg/raster"
)

var (
	// dateLabel is a line that ends where a date is to follow, or within one.
	dateLabel = regexp.MustCompile(`^(?:[^:：]{0,12}日期|日 ?期|[A-Za-z ]{0,18}[Dd]ate|Fecha|Data|Datum)\s*[:：]?\s*[\d年月./-]{0,10}$`)
	// wholeDate is a date with year, month and day.
	wholeDate = regexp.MustCompile(`20\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?[日号]|20\d\d\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,2}`)
	// pieceOfDate is a piece of one, ofDate a line with some of it.
	pieceOfDate = regexp.MustCompile(`^[\d年月日号./ -]{1,12}$`)
	ofDate      = regexp.MustCompile(`\d`)
)

const (
	// dateReach is how far behind its label a date ends, dateGap the widest gap in it, in
	// line heights, where a seal hides a character or two; dateSure the confidence that a reading of the whole must have.
	dateReach, dateGap = 11.0, 4.0
	dateSure           = 0.75
	// datedLine is how long a label with its date is, in line heights.
	datedLine = 16.0
	// mostDates bounds what is read again on one page.
	mostDates = 6
)

// dated reads once more, as one line, dates that were read in pieces or only in part: a
// seal that lies over one parts it for the eye that looks for lines.
func (e *Extractor) dated(ctx context.Context, m *raster.RGB, read []ocr.Line) ([]ocr.Line, error) {
	if e.reader == nil {
		return read, nil
	}
	out := slices.Clone(read)
	for i, n := 0, 0; i < len(out) && n < mostDates; i++ {
		l := out[i]
		if l.Box[3] == 0 || !dateLabel.MatchString(l.Text) || wholeDate.MatchString(l.Text) {
			continue
		}
		pieces, limit := behind(out, i, m.W)
		if len(pieces) == 0 && !ofDate.MatchString(l.Text) || len(pieces) == 1 && wholeDate.MatchString(out[pieces[0]].Text) {
			continue // an empty field, or one piece that says all
		}
		n++
		h := float64(l.Box[3])
		right := float64(l.Box[0]+l.Box[2]) + dateReach*h
		if ofDate.MatchString(l.Text) { // some of it is in the line
			right = min(right, max(float64(l.Box[0]+l.Box[2])+2*h, float64(l.Box[0])+datedLine*h))
		}
		top, bottom := l.Box[1], l.Box[1]+l.Box[3]
		for _, k := range pieces {
			right = max(right, float64(out[k].Box[0]+out[k].Box[2]))
			top, bottom = min(top, out[k].Box[1]), max(bottom, out[k].Box[1]+out[k].Box[3])
		}
		whole := facts.Box{l.Box[0], top, min(int(right), limit) - l.Box[0], bottom - top}
		got, err := e.reader.Recognize(ctx, m.Crop(whole))
		if err != nil {
			return nil, err
		}
		if got.Confidence < dateSure || !wholeDate.MatchString(got.Text) {
			continue
		}
		out[i].Text, out[i].Confidence, out[i].Box = got.Text, got.Confidence, whole
		slices.Sort(pieces)
		for _, k := range slices.Backward(pieces) {
			out = slices.Delete(out, k, k+1)
			if k < i {
				i--
			}
		}
	}
	return out, nil
}

// behind returns which lines follow line i on its row, piece by piece without a wide gap,
// and where the next thing on the row begins, at most at the given edge.
func behind(read []ocr.Line, i, edge int) (pieces []int, limit int) {
	l := read[i]
	h := float64(l.Box[3])
	var row []int
	for k, o := range read {
		middle := float64(o.Box[1]) + float64(o.Box[3])/2 - float64(l.Box[1]) - h/2
		if k != i && middle > -0.6*h && middle < 0.6*h && float64(o.Box[0]) > float64(l.Box[0]+l.Box[2])-h/2 && float64(o.Box[3]) < 1.8*h {
			row = append(row, k)
		}
	}
	slices.SortFunc(row, func(a, b int) int { return read[a].Box[0] - read[b].Box[0] })
	const ring = 2 // characters of a seal's ring that lie on the row
	end := l.Box[0] + l.Box[2]
	for _, k := range row {
		o := read[k]
		switch text := strings.TrimSpace(o.Text); {
		case pieceOfDate.MatchString(text) || wholeDate.MatchString(text):
			if float64(o.Box[0]-end) > dateGap*h {
				return pieces, o.Box[0]
			}
			pieces, end = append(pieces, k), max(end, o.Box[0]+o.Box[2])
		case utf8.RuneCountInString(text) > ring:
			return pieces, o.Box[0]
		}
	}
	return pieces, edge
}
