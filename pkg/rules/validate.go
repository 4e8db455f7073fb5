package rules

import (
	"fmt"
	"regexp"
	"strconv"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/lang"
)

// maxDays bounds windows and holidays: ten years.
const maxDays = 3660

// maxEntries bounds every section of a file, so that no merge of two lists can
// take long; the built-in file has some hundred in all.
const maxEntries = 1000

// bounded refuses sections with more entries than any of ours will ever have.
func (l *loader) bounded(f *File, root config.Raw) bool {
	for _, section := range []struct {
		name    string
		entries int
	}{
		{"params", countEntries(f.Params, maxEntries)}, {"kinds", len(f.Kinds)}, {"slots", len(f.Slots)}, {"ignore", len(f.Ignore)}, {"sidecars", len(f.Sidecars)}, {"ignore_beside_photos", len(f.BesidePhotos)},
		{"tracks", len(f.Tracks)}, {"holidays", len(f.Holidays)}, {"materials", len(f.Materials)}, {"checklist", len(f.Checklist)},
		{"catalogs", len(f.Catalogs)}, {"rules", len(f.Rules)},
	} {
		if section.entries > maxEntries {
			l.fail(root.Get(section.name).Errorf(lang.T("{name} 条目过多（最多 {maxentries}）", "too many entries in {name} (at most {maxentries})", "name", section.name, "maxentries", maxEntries)))
			return false
		}
	}
	return true
}

// countEntries counts the keys of a mapping and those inside it, up to a
// little over limit.
func countEntries(raw config.Raw, limit int) int {
	n := 0
	for _, e := range raw.Entries() {
		n++
		if n <= limit {
			n += countEntries(e.Value, limit-n)
		}
	}
	return n
}

// holidays checks the calendar of one layer and gives one-day holidays their
// end.
func (l *loader) holidays(years map[string]HolidayYear, raw config.Raw) {
	yearName := regexp.MustCompile(`^(19|20|21)\d\d$`)
	for _, e := range raw.Entries() {
		if !yearName.MatchString(e.Key) {
			l.fail(e.KeyAt.Errorf(lang.T("应为四位年份", "a year of four digits is wanted")))
			continue
		}
		year, off, work := years[e.Key], e.Value.Get("off").Items(), e.Value.Get("work").Items()
		if len(off)+len(work) > maxEntries {
			l.fail(e.KeyAt.Errorf(lang.T("节假日过多", "too many holidays")))
			continue
		}
		for i := range year.Off {
			h, at := &year.Off[i], off[i]
			if h.To.IsZero() {
				h.To = h.From
			}
			switch days := h.To.Sub(h.From).Hours() / 24; {
			case h.From.IsZero():
				l.fail(at.Errorf(missingField("from")))
			case days < 0 || days > 366:
				l.fail(at.Errorf(lang.T("最后一天早于第一天，或相隔过久", "the last day is before the first, or too far behind it")))
			case fmt.Sprint(h.From.Year()) != e.Key && fmt.Sprint(h.To.Year()) != e.Key:
				l.fail(at.Errorf(lang.T("不在 {key} 年", "is not in {key}", "key", e.Key)))
			}
		}
		for i, day := range year.Work {
			if fmt.Sprint(day.Year()) != e.Key {
				l.fail(work[i].Errorf(lang.T("不在 {key} 年", "is not in {key}", "key", e.Key)))
			}
		}
	}
}

// track checks one track as it is after a layer.
func (l *loader) track(t Track, at config.Entry) {
	for _, f := range []struct {
		name       string
		days, from int
	}{{"window", t.Window, 1}, {"later_window", t.LaterWindow, 0}, {"attempts", t.Attempts, 0}} {
		if f.days < f.from || f.days > maxDays {
			e := at.KeyAt.Errorf(lang.T("{name} 应为 {from} 至 {maxdays}", "{name} must be {from} to {maxdays}", "name", f.name, "from", f.from, "maxdays", maxDays))
			l.fail(e)
		}
	}
	if t.Unit == "" {
		l.fail(at.KeyAt.Errorf(missingField("unit")))
	}
	if len(t.Start) == 0 {
		l.fail(at.KeyAt.Errorf(missingField("start")))
	}
}

// aliases refuses a word that names two kinds or two slots: which one a folder
// is would depend on the order of the file.
func (l *loader) aliases(section string, root config.Raw, names map[string][]string, order []string) {
	owner := map[string]string{}
	for _, id := range order {
		for _, alias := range names[id] {
			word := aliasWord(alias)
			if other, taken := owner[word]; taken && other != id {
				l.fail(root.Get(section).Errorf(lang.T("别名 {alias} 同时属于 {other} 和 {id}", "alias {alias} is that of both {other} and {id}", "alias", strconv.Quote(alias), "other", other, "id", id)))
				continue
			}
			owner[word] = id
		}
	}
}
