// Package table reads upload logs and other tables: CSV in the encodings of
// Chinese spreadsheets, and XLSX. It finds the column with times and says
// which days it covers and where uploads came in bulk (M18).
//
// It may import pkg/cameras, pkg/extract, pkg/extract/file/charset, pkg/facts,
// pkg/format, pkg/lang and pkg/models.
package table

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/extract/file/charset"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
)

// Limits of one table. A month's log of a busy shop has some ten thousand
// rows.
const (
	maxBytes   = 64 << 20
	maxRows    = 500_000
	maxColumns = 256
	maxCell    = 4096      // bytes
	maxCells   = 1_500_000 // of one sheet: 60 MB
	maxTexts   = 32 << 20  // bytes of all of them
	// memory is what one table takes at most: two sheets, texts, the decoder.
	memory = 160 << 20
)

// Errors that tell why a table cannot be read.
var (
	ErrTooLarge = fmt.Errorf("table is larger than the %d rows or %d bytes that are read", maxRows, maxBytes)
	ErrEmpty    = errors.New("no rows")
)

// Extractor finds the facts of group "table".
type Extractor struct{}

// New returns the extractor.
func New() Extractor { return Extractor{} }

// Name of the extractor.
func (Extractor) Name() string { return "table" }

// Provides the group table.
func (Extractor) Provides() []string { return []string{"table"} }

// Accepts CSV, text that may be one, and XLSX.
func (Extractor) Accepts(name string) bool {
	return format.Is(name, format.Sheet) || name == format.Text
}

// Detail is none: tables have no pixels.
func (Extractor) Detail() int { return 0 }

// Memory implements extract.Sizer; texts are read as tables on trial, and are short.
func (Extractor) Memory(in *extract.Input) int64 {
	if in.Format == format.XLSX {
		return memory
	}
	return min(memory, 12*in.Size)
}

// Extract reads the table.
func (Extractor) Extract(ctx context.Context, in *extract.Input, out *facts.Set) error {
	if in.Size > maxBytes {
		return ErrTooLarge
	}
	b, err := in.Bytes()
	if err != nil {
		return err
	}
	var rows [][]cell
	if in.Format == format.XLSX {
		rows, err = readXLSX(ctx, b, maxUnpacked)
	} else {
		rows, err = readCSV(charset.File(b))
	}
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	out.Table = summarise(rows)
	out.Table.Cameras, out.Table.People = named(rows)
	out.Table.Serials, out.Table.Shots = serials(rows), shots(rows)
	state := facts.Present
	if out.Table.Rows == 0 {
		state = facts.Absent
	}
	out.SetStatus("table", facts.Status{State: state})
	return nil
}

// cell is one value: its text, and the time it is where the format says so.
type cell struct {
	text string
	at   time.Time // zero unless the cell is a date
}

// timeHeads name the column with times, best first.
var timeHeads = [...]string{
	"上传时间", "创建时间", "上传日期", "时间", "日期", "upload time", "uploaded at", "upload date", "created at", "created", "gmt create", "gmt_create", "create time", "timestamp", "time", "date",
}

// summarise finds header and time column and measures.
func summarise(rows [][]cell) facts.Table {
	var t facts.Table
	head := headerRow(rows)
	if head < 0 {
		return t
	}
	for _, c := range rows[head] {
		t.Columns = append(t.Columns, c.text)
	}
	data := rows[head+1:]
	t.Rows = len(data)
	column := timeColumn(rows[head], data)
	if column < 0 {
		return t
	}
	t.TimeKey = t.Columns[column]
	cells := make([]cell, 0, len(data))
	for _, r := range data {
		if column < len(r) {
			cells = append(cells, r[column])
		}
	}
	o, sure := settle(cells)
	if t.DayMonthOpen = !sure; t.DayMonthOpen {
		return t // 3/4/2026: in March or in April?
	}
	var times []time.Time
	t.BadRows = len(data) - len(cells)
	clock := clockReader{order: o}
	for _, c := range cells {
		if at, ok := clock.read(c); ok {
			times = append(times, at)
		} else {
			t.BadRows++
		}
	}
	measure(&t, times)
	return t
}

// headerRow is the first row that has at least two texts and no time in it:
// exports put titles and notes above it.
func headerRow(rows [][]cell) int {
	const within = 20
	for i := range min(len(rows), within) {
		texts, times := 0, 0
		for _, c := range rows[i] {
			if _, ok := timeOf(c, unsettled); ok {
				times++
			} else if strings.TrimSpace(c.text) != "" {
				texts++
			}
		}
		if times > 0 {
			return -1 // data before any header
		}
		if texts >= 2 || texts == 1 && len(rows[i]) == 1 && i+1 < len(rows) && len(rows[i+1]) == 1 && isTimeHead(rows[i][0].text) {
			return i
		}
	}
	return -1
}

func isTimeHead(s string) bool {
	s = strings.ToLower(strings.TrimSpace(s))
	for _, h := range timeHeads {
		if strings.Contains(s, h) {
			return true
		}
	}
	return false
}

// timeColumn picks the column that holds times in most rows; among several
// the best named one.
func timeColumn(head []cell, data [][]cell) int {
	const sample = 200
	best, bestScore := -1, 0
	for col := range head {
		good, seen := 0, 0
		for i := 0; i < len(data) && seen < sample; i++ {
			if col >= len(data[i]) || strings.TrimSpace(data[i][col].text) == "" {
				continue
			}
			seen++
			if _, ok := timeOf(data[i][col], unsettled); ok {
				good++
			}
		}
		if seen == 0 || 2*good < seen {
			continue
		}
		score := 1
		name := strings.ToLower(strings.TrimSpace(head[col].text))
		for i, h := range timeHeads {
			if strings.Contains(name, h) {
				score = 2 + len(timeHeads) - i
				break
			}
		}
		if score > bestScore {
			best, bestScore = col, score
		}
	}
	return best
}
