package table

import (
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/cameras"
	"github.com/aecheck/aecheck/pkg/models"
)

// maxNamed is how many rows are looked at for cameras and people, and how many of either
// are kept: logs of a shooting are short, exports of a shop are not.
const (
	maxNamed = 2000
	mostKept = 16
)

// named lists the cameras and the people that a table names: a log of the shooting, a
// timesheet, an invoice.
func named(rows [][]cell) (shot, people []string) {
	keep := func(list []string, text string) []string {
		if len(list) == mostKept || slices.Contains(list, text) {
			return list
		}
		return append(list, text)
	}
	under := -1 // the column headed so
	shooting := about(rows[:min(len(rows), maxNamed)])
	for i, row := range rows[:min(len(rows), maxNamed)] {
		fits := !shooting || cameras.IsAside(line(row)) // goods that fit a camera
		for k, c := range row {
			text := strings.TrimSpace(c.text)
			if text == "" {
				continue
			}
			if !fits {
				for _, f := range cameras.Find(text) {
					shot = keep(shot, f.Text)
				}
			}
			switch {
			case models.Label(text) && k+1 < len(row) && models.Name(row[k+1].text):
				people = keep(people, strings.TrimSpace(row[k+1].text))
			case models.Label(text) && i+1 < len(rows) && k < len(rows[i+1]) && models.Name(rows[i+1][k].text):
				under = k
			case k == under && models.Name(text):
				people = keep(people, text)
			case models.Named(text) != "":
				people = keep(people, models.Named(text))
			}
		}
	}
	return shot, people
}

// about reports a table that is about taking pictures: the word may stand at the head of a
// column, far from the row, and an order for phones has none.
func about(rows [][]cell) bool {
	return slices.ContainsFunc(rows, func(row []cell) bool { return cameras.IsAbout(line(row)) })
}

// line is a row as one text.
func line(row []cell) string {
	var out []string
	for _, c := range row {
		out = append(out, c.text)
	}
	return strings.Join(out, " ")
}
