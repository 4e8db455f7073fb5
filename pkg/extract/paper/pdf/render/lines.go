package render

import (
	"sort"
	"strings"
	"unicode"

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

// lines joins pieces that stand side by side into lines from top to bottom.
// A wide gap (columns, a label and a value far apart) keeps them together but
// for a blank; one beyond six heights starts a new line.
func lines(runs []run) []facts.DocLine {
	var keep []run
	for _, r := range runs {
		r.text = clean(r.text)
		if strings.TrimSpace(r.text) != "" && r.y1 > r.y0 {
			keep = append(keep, r)
		}
	}
	sort.SliceStable(keep, func(i, j int) bool { return keep[i].y0+keep[i].y1 < keep[j].y0+keep[j].y1 })
	var out []facts.DocLine
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
		out = append(out, joinRow(row)...)
	}
	return out
}

// joinRow joins the pieces of one row.
func joinRow(row []run) []facts.DocLine {
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
			case gap > 6*height:
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
