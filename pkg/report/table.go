package report

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// maxDetailed is up to how many cases the details of all are shown without being asked
// for: those of a seller who appeals for a product or two, some hundred lines each. With
// more of them it is the table that says where to look first.
const maxDetailed = 3

// row is a case in the table of cases, its texts clean and ready to be shown.
type row struct {
	c      *caseView
	state  verdict.State
	urgent bool
	client string // empty where the case lies in no folder of a client
	place  string // the case below its client
	// product, left and due are texts of their columns; open is what is left to do, in
	// parts; missing are the kinds of material that are not there.
	product, left, due string
	open, missing      []string
}

// Within says which cases a report leaves out because of their deadline.
type Within struct {
	Seconds int64 // cases that close so soon are in the report
	// How many are not: for they close later, are closed, or nobody knows when.
	Later, Gone, Unknown int
}

// tabled makes the table: the most urgent first, then those without a deadline, then
// those that nothing can be submitted for. The order depends on nothing but deadlines,
// the clock of the report and paths.
func (v *view) tabled() []row {
	rows := make([]row, 0, len(v.cases))
	for i := range v.cases {
		rows = append(rows, v.rowOf(&v.cases[i]))
	}
	slices.SortStableFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.part(), b.part()), a.closes(&b), cmp.Compare(a.c.Path, b.c.Path))
	})
	shorten(rows)
	return rows
}

// shorten leaves the folders between a client and a case out where the client has one
// case of that name.
func shorten(rows []row) {
	count := map[[2]string]int{}
	for i := range rows {
		count[[2]string{rows[i].client, path.Base(rows[i].place)}]++
	}
	for i := range rows {
		if base := path.Base(rows[i].place); rows[i].client != "" && count[[2]string{rows[i].client, base}] == 1 {
			rows[i].place = base
		}
	}
}

// over reports whether nothing can be submitted any more.
func (r *row) over() bool {
	return r.state == verdict.StateExpired || r.state == verdict.StateNothing
}

// part is in which part of the table a row stands.
func (r *row) part() int {
	switch {
	case r.state == verdict.StateNothing:
		return 4
	case r.over():
		return 3
	case r.c.plain:
		return 2
	case r.c.Deadline == nil:
		return 1
	}
	return 0
}

// closes compares two rows of a part: what closes first is first, what closed last of
// those that did.
func (r *row) closes(other *row) int {
	if r.c.Deadline == nil || other.c.Deadline == nil {
		return 0
	}
	a, b := r.c.Deadline.RemainingSeconds, other.c.Deadline.RemainingSeconds
	if r.over() {
		a, b = b, a
	}
	return cmp.Compare(a, b)
}

func (v *view) rowOf(c *caseView) row {
	r := row{c: c, state: c.State(v.r.Interrupted), product: clean(c.folder.Product)}
	r.client, r.place = clientOf(c.Path)
	if r.client == "" {
		r.place = c.name
	}
	r.client, r.place = clean(r.client), clean(r.place)
	if d := c.Deadline; d != nil {
		r.left, r.urgent = v.leftShort(d), d.RemainingSeconds < urgentSeconds
		if at, err := time.Parse(time.RFC3339, d.At); err == nil {
			r.due = at.In(lang.Beijing()).Format("2006-01-02 15:04")
		}
	} else if r.left = v.m.Tabling.Undated; c.plain {
		r.left = v.m.Tabling.Unlimited
	}
	for _, item := range c.Checklist {
		if item.State == verdict.ItemMissing {
			r.missing = append(r.missing, v.itemShort(c.Checklist, item.Item))
		}
	}
	r.open = v.openOf(c, &r)
	return r
}

// clientOf takes the path of a case apart: the client is the first folder below what was
// scanned, without the ending of a zip file; empty where that is the case itself. Where
// several paths were scanned, those are what lies below.
func clientOf(p string) (client, place string) {
	p = strings.TrimLeft(path.Clean("/"+strings.ReplaceAll(p, "../", "")), "/")
	client, place, below := strings.Cut(p, "/")
	if !below {
		return "", p
	}
	if ext := path.Ext(client); strings.EqualFold(ext, ".zip") && len(ext) < len(client) {
		client = strings.TrimSuffix(client, ext)
	}
	return client, place
}

// itemShort is what an item of the checklist is called where there is little room.
func (v *view) itemShort(checklist []verdict.ChecklistItem, id string) string {
	say := &v.m.Tabling
	switch id {
	case facts.KindNotice:
		return say.Notice
	case facts.KindViolating:
		return say.Violating
	case facts.KindSource:
		return say.Source
	case facts.KindAuthorization:
		return say.Letter
	case facts.KindCommitment:
		return say.Commitment
	case facts.KindReplacement:
		return say.Replacement
	case facts.KindAILicence:
		return say.Licence
	}
	return clean(v.itemTitle(checklist, id))
}

// openOf says what is left to do: what is missing, then counts of the rest.
func (v *view) openOf(c *caseView, r *row) []string {
	say := &v.m.Tabling
	switch r.state {
	case verdict.StateExpired:
		return nil
	case verdict.StateNothing:
		return []string{clean(c.closedBy().Title)}
	}
	var parts []string
	if len(r.missing) > 0 {
		parts = append(parts, lang.Fill(say.Missing, "items", strings.Join(r.missing, v.words.Join)))
	}
	t := c.openTally()
	for _, n := range []struct {
		text string
		n    int
	}{{say.ToMend, t.fail}, {say.ToRead, t.err}, {say.ToLook, t.review}} {
		if n.n > 0 {
			parts = append(parts, lang.Count(n.text, n.n))
		}
	}
	if len(parts) == 0 && t.warning > 0 {
		parts = append(parts, lang.Count(say.Minor, t.warning))
	}
	return parts
}

// openLine is what is left to do in one line.
func (v *view) openLine(r *row) string { return strings.Join(r.open, v.words.Semicolon) }

// openTally counts the findings of a case but for those that say that something is
// missing.
func (c *caseView) openTally() tally {
	t := c.tally
	for _, item := range c.Checklist {
		if item.State != verdict.ItemMissing {
			continue
		}
		for i := range c.findings {
			f := &c.findings[i]
			if f.Asset == "" && f.Outcome == verdict.Fail && f.Severity == verdict.SeverityError && f.Suppressed == nil && slices.Contains(item.Findings, f.Fingerprint) {
				t.fail--
			}
		}
	}
	return t
}

// stateWord is what people call a state.
func (v *view) stateWord(r *row) string {
	say := &v.m.Tabling
	switch r.state {
	case verdict.StateNothing:
		return say.Nothing
	case verdict.StateExpired:
		return say.Expired
	case verdict.StateMend:
		return say.Mend
	case verdict.StateUnchecked:
		return say.Unchecked
	case verdict.StateLook:
		return say.Look
	case verdict.StatePart:
		return say.Part
	}
	if r.c.plain {
		return say.Clear
	}
	return say.Ready
}

// leftShort is the time left, or since when there is none, in two units at most.
func (v *view) leftShort(d *verdict.Deadline) string {
	if d.RemainingSeconds < 0 {
		return lang.Fill(v.m.Tabling.Ago, "time", v.short(-d.RemainingSeconds, 1))
	}
	return v.short(d.RemainingSeconds, 2)
}

// short says seconds in so many of the largest units: 1d 23h, 4h 5m, 12m. It cuts, so
// that nobody is told more time than there is.
func (v *view) short(seconds int64, most int) string {
	say := &v.m.Tabling
	units := []struct {
		n    int64
		text string
	}{{seconds / 86400, say.Day}, {seconds / 3600 % 24, say.Hour}, {seconds / 60 % 60, say.Minute}}
	for len(units) > 0 && units[0].n == 0 {
		units = units[1:]
	}
	var parts []string
	for _, u := range units[:min(len(units), most)] {
		if u.n > 0 {
			parts = append(parts, lang.Count(u.text, int(u.n)))
		}
	}
	if len(parts) == 0 {
		return say.Soon
	}
	join := " "
	if v.words.Colon == "：" { // Chinese puts no space there
		join = ""
	}
	return strings.Join(parts, join)
}

// ordered are the cases as the table has them.
func (v *view) ordered() []*caseView {
	out := make([]*caseView, len(v.rows))
	for i := range v.rows {
		out[i] = v.rows[i].c
	}
	return out
}

// abridged reports whether the details of some cases are left out.
func (v *view) abridged() bool {
	return slices.ContainsFunc(v.rows, func(r row) bool { return !v.detailed(r.c) })
}

// detailed reports whether the details of a case are shown: those of the cases asked
// for, else all with Verbose and where there are few.
func (v *view) detailed(c *caseView) bool {
	if v.o.Only != nil {
		return v.o.Only[c.Path]
	}
	return v.o.Verbose || len(v.cases) <= maxDetailed
}

// leftOut says which cases a deadline left out of the report; empty where none was.
func (v *view) leftOut() []string {
	w, say := v.o.Within, &v.m.Tabling
	if w == nil {
		return nil
	}
	out := []string{lang.Fill(say.Within, "time", v.short(w.Seconds, 2))}
	var parts []string
	for _, n := range []struct {
		text string
		n    int
	}{{say.Later, w.Later}, {say.Gone, w.Gone}, {say.Unknown, w.Unknown}} {
		if n.n > 0 {
			parts = append(parts, lang.Count(n.text, n.n))
		}
	}
	if len(parts) > 0 {
		out = append(out, lang.Fill(say.LeftOut, "parts", strings.Join(parts, v.words.Join)))
	}
	return out
}
