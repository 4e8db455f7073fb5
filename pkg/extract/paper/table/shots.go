package table

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/aecheck/aecheck/pkg/facts"
)

// mostShots is how many pictures of a log are kept.
const mostShots = 200

var (
	// picture is the name of a camera's or phone's file, with or without its extension.
	picture = regexp.MustCompile(`(?i)(?:^|[^A-Za-z0-9_])([A-Za-z0-9_]{1,12}[0-9]{4,}(?:[_-][0-9A-Za-z]{1,8})?)(?:\.(?:jpe?g|heic|heif|png|dng|nef|nrw|cr[23w]|arw|raf|rw2|orf|pef|3fr|iiq|tiff?))?`)
	// serialLabel asks for the serial number of a body; serialIn has it in one cell.
	serialLabel = regexp.MustCompile(`(?i)^(?:相机|机身)?序列号$|^(?:相机|机身)编号$|^机身(?:序列)?号(?:码)?$|^(?:body |camera )?(?:serial|s/?n)(?: ?(?:no\.?|number))?$|^n[uúº°]m?(?:ero)? de serie$|^seriennummer$`)
	serialIn    = regexp.MustCompile(`(?i)(?:序列号|机身号|机身编号|\bs/?n\b|\bserial(?: ?(?:no\.?|number))?)[ :：#.]{0,3}([A-Za-z0-9]{5,16})`)
	serialForm  = regexp.MustCompile(`^[A-Za-z]{0,3}[0-9]{5,14}[A-Za-z]?$`)
	digitsAlone = regexp.MustCompile(`^[0-9]+(?:\.[0-9]*)?$`)
)

// serials lists the serial numbers of bodies that a table about taking pictures names:
// goods have serial numbers too.
func serials(rows [][]cell) []string {
	var out []string
	if !about(rows[:min(len(rows), maxNamed)]) {
		return nil
	}
	add := func(s string) {
		if s = strings.ToUpper(strings.TrimSpace(s)); serialForm.MatchString(s) && !slices.Contains(out, s) && len(out) < mostKept {
			out = append(out, s)
		}
	}
	under := -1
	for i, row := range rows[:min(len(rows), maxNamed)] {
		for k, c := range row {
			text := strings.TrimSpace(c.text)
			switch m := serialIn.FindStringSubmatch(text); {
			case m != nil:
				add(m[1])
			case serialLabel.MatchString(strings.Trim(text, " :：")):
				if k+1 < len(row) {
					add(row[k+1].text)
				}
				if i+1 < len(rows) && k < len(rows[i+1]) && serialForm.MatchString(strings.TrimSpace(rows[i+1][k].text)) {
					under = k
				}
			case k == under:
				add(text)
			}
		}
	}
	return out
}

// shots lists the pictures that a log names with their day: that of their row, else the
// one day that stands above them all.
func shots(rows [][]cell) []facts.Shot {
	rows = rows[:min(len(rows), maxNamed)]
	var all []cell
	for _, row := range rows {
		all = append(all, row...)
	}
	order, sure := settle(all)
	clock := clockReader{order: order}
	dayOf := func(c cell) time.Time {
		if text := tidy(c.text); c.at.IsZero() && (!sure && numeric.MatchString(text) || digitsAlone.MatchString(text)) {
			return time.Time{} // 3/4/2026, a number
		}
		t, ok := clock.read(c)
		if !ok || !plausible(t) {
			return time.Time{}
		}
		return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
	}
	var out []facts.Shot
	var above time.Time
	settled := true // there is one day above
	for _, row := range rows {
		var names []string
		var day time.Time
		for _, c := range row {
			if t := dayOf(c); !t.IsZero() {
				if day.IsZero() {
					day = t
				}
				continue
			}
			for _, m := range picture.FindAllStringSubmatch(c.text, 16) {
				if strings.HasSuffix(m[0], m[1]) && (len(m[1]) < 7 || !strings.ContainsFunc(m[1], unicode.IsLetter)) {
					continue // a number, a camera's model
				}
				names = append(names, strings.ToUpper(m[1]))
			}
		}
		switch {
		case len(names) == 0 && !day.IsZero() && len(out) == 0:
			settled = settled && (above.IsZero() || above.Equal(day))
			above = day
		case day.IsZero() && settled:
			day = above
		}
		for _, n := range names {
			if !day.IsZero() && len(out) < mostShots {
				out = append(out, facts.Shot{File: n, Day: day})
			}
		}
	}
	return out
}
