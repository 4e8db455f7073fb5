package render

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/aecheck/aecheck/pkg/facts"
)

const (
	maxRuns     = 20_000 // pieces of text of one page
	maxLineText = 4_000  // bytes of one line
)

// run is a piece of text in one font on one base line.
type run struct {
	text           string
	x0, y0, x1, y1 int
}

// upright is where text stands, in points. Of a Chinese font that is not in the file
// (STSong-Light, as many a form has it) there is no face here and no height: its
// characters are as high as they are wide.
func upright(text string, left, bottom, right, top float64) (newBottom, newTop float64) {
	const (
		flat    = 0.5  // points: no text is that low
		descent = 0.12 // of a Chinese face, in heights
	)
	n := utf8.RuneCountInString(strings.TrimSpace(text))
	if top-bottom > flat || n == 0 || right <= left {
		return bottom, top
	}
	em := (right - left) / float64(n)
	return bottom - descent*em, bottom + (1-descent)*em
}

// lines joins pieces that stand side by side into lines from top to bottom.
// A wide gap (a label and a value far apart) keeps them together but for a blank; one
// beyond six heights starts a new line, and so does the gutter between two columns of
// running text.
func lines(runs []run) []facts.DocLine {
	var keep []run
	for _, r := range runs {
		r.text = clean(r.text)
		if strings.TrimSpace(r.text) != "" && r.y1 > r.y0 {
			keep = append(keep, r)
		}
	}
	sort.SliceStable(keep, func(i, j int) bool { return keep[i].y0+keep[i].y1 < keep[j].y0+keep[j].y1 })
	var rows [][]run
	for len(keep) > 0 {
		first := keep[0]
		var row, rest []run
		for k, r := range keep {
			if k > 0 && r.y0 > first.y1 { // sorted by centre: nothing below can join
				rest = append(rest, keep[k:]...)
				break
			}
			shared := min(first.y1, r.y1) - max(first.y0, r.y0)
			if 2*shared > min(first.y1-first.y0, r.y1-r.y0) {
				row = append(row, r)
			} else {
				rest = append(rest, r)
			}
		}
		keep = rest
		sort.SliceStable(row, func(i, j int) bool { return row[i].x0 < row[j].x0 })
		rows = append(rows, row)
	}
	at := gutter(rows)
	var out []facts.DocLine
	for _, row := range rows {
		out = append(out, joinRow(row, at)...)
	}
	return out
}

const (
	columnRows  = 4   // rows of running text in both of two columns
	columnWidth = 8   // width of running text, in heights
	gutterGap   = 0.6 // least width of a gutter, in heights
	ragged      = 0.5 // how far from each other, in heights, the lines of a column may begin
)

// gutter finds where the right of two columns of running text begins; 0 for none.
func gutter(rows [][]run) int {
	type start struct{ x, height int }
	var starts []start
	for _, row := range rows {
		for k := 1; k < len(row); k++ {
			height := max(1, row[k].y1-row[k].y0)
			left, right := row[k-1].x1-row[0].x0, row[len(row)-1].x1-row[k].x0
			if float64(row[k].x0-row[k-1].x1) >= gutterGap*float64(height) && left >= columnWidth*height && right >= columnWidth*height {
				starts = append(starts, start{row[k].x0, height})
			}
		}
	}
	best, most := 0, columnRows-1
	for _, a := range starts {
		n := 0
		for _, b := range starts {
			if d := float64(b.x - a.x); d >= 0 && d <= ragged*float64(a.height) {
				n++
			}
		}
		if n > most {
			best, most = a.x, n
		}
	}
	return best
}

// joinRow joins the pieces of one row; at is where a right column begins, 0 for no
// such.
func joinRow(row []run, at int) []facts.DocLine {
	var out []facts.DocLine
	var text strings.Builder
	var box run
	flush := func() {
		if t := strings.TrimSpace(text.String()); t != "" {
			if len(t) > maxLineText {
				t = strings.ToValidUTF8(t[:maxLineText], "")
			}
			out = append(out, facts.DocLine{Text: t, Confidence: 1, Box: facts.Box{box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0}})
		}
		text.Reset()
	}
	for k, r := range row {
		if k > 0 {
			gap, height := r.x0-box.x1, max(1, min(r.y1-r.y0, box.y1-box.y0))
			switch {
			case gap > 6*height, at > 0 && float64(gap) >= gutterGap*float64(height) && r.x0 >= at && float64(r.x0-at) <= ragged*float64(height):
				flush()
			case 5*gap > height && !strings.HasSuffix(text.String(), " "):
				text.WriteByte(' ')
			}
		}
		if text.Len() == 0 {
			box = r
		} else {
			box.x0, box.y0 = min(box.x0, r.x0), min(box.y0, r.y0)
			box.x1, box.y1 = max(box.x1, r.x1), max(box.y1, r.y1)
		}
		text.WriteString(r.text)
	}
	flush()
	return out
}

// clean drops what no reader sees.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r' || r == '\n' || r == '\t' || r == '\u00a0':
			return ' '
		case unicode.IsControl(r), r == '\ufeff', r == '\u200b', r == '\ufffe':
			return -1
		}
		return r
	}, s)
}
