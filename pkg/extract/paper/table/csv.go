package table

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// readCSV reads separated values; what separates them is found out.
func readCSV(text string) ([][]cell, error) {
	if !strings.Contains(text, "\n") {
		text = strings.ReplaceAll(text, "\r", "\n") // Excel's "CSV (Macintosh)"
	}
	text = strings.TrimPrefix(text, "sep=,\n")
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = separator(text)
	r.FieldsPerRecord = -1
	r.LazyQuotes = true
	r.ReuseRecord = true
	var rows [][]cell
	cells := 0
	for {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if cells += len(rec); len(rows) == maxRows || len(rec) > maxColumns || cells > maxCells {
			return nil, ErrTooLarge
		}
		row := make([]cell, len(rec))
		blank := true
		for i, v := range rec {
			if len(v) > maxCell {
				v = strings.ToValidUTF8(v[:maxCell], "")
			}
			row[i].text = strings.Clone(strings.TrimSpace(v))
			blank = blank && row[i].text == ""
		}
		if !blank {
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 {
		return nil, ErrEmpty
	}
	return rows, nil
}

// separator is the mark that cuts the first lines into the most fields of the
// same number.
func separator(text string) rune {
	const sample = 30
	best, bestScore := ',', 0
	for _, sep := range [...]rune{',', '\t', ';', '|'} {
		counts := map[int]int{}
		n := 0
		for line := range strings.Lines(text) {
			if n++; n > sample {
				break
			}
			quoted, c := false, 0
			for _, r := range line {
				switch {
				case r == '"':
					quoted = !quoted
				case r == sep && !quoted:
					c++
				}
			}
			if c > 0 {
				counts[c]++
			}
		}
		for c, lines := range counts {
			if score := lines*100 + min(c, 50); score > bestScore {
				best, bestScore = sep, score
			}
		}
	}
	return best
}
