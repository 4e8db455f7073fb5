package cli

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"path"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/schedule/ics"
	"github.com/aecheck/aecheck/pkg/schedule/plan"
	"github.com/aecheck/aecheck/pkg/terminal"
)

// planV1 is the plan as JSON; fields are only ever added.
type planV1 struct {
	SchemaVersion int        `json:"schema_version"`
	Tool          toolV1     `json:"tool"`
	Now           string     `json:"now"`
	PerDay        int        `json:"per_day"`
	Hours         [2]string  `json:"hours"`
	Days          string     `json:"days"`
	Best          bool       `json:"best"`           // no other plan is better
	Dropped       int        `json:"dropped"`        // cases that find no day
	PerDayForAll  int        `json:"per_day_enough"` // the least per_day that keeps all; 0 where all are kept
	HolidaysUntil string     `json:"holidays_known_until"`
	Cases         []plannedV `json:"cases"`
}

type toolV1 struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type plannedV struct {
	Path         string      `json:"path"`
	State        plan.State  `json:"state"`
	Product      string      `json:"product_id"`
	Violation    string      `json:"violation_id"`
	Store        string      `json:"store_id"`
	Network      string      `json:"network"`
	SubmitAt     string      `json:"submit_at"` // empty where there is no time
	DaysLeft     int         `json:"days_left"` // further days it could be submitted on
	OutsideHours bool        `json:"outside_hours"`
	Full         plan.Full   `json:"full"` // whose limit leaves it no day
	PlannedPast  bool        `json:"planned_past"`
	PlannedLate  bool        `json:"planned_late"`
	Deadline     *deadlineV1 `json:"deadline"`
	Notices      int         `json:"notices"`
	Unread       int         `json:"notices_unread"`
}

type deadlineV1 struct {
	At              string `json:"at"`
	Remaining       int64  `json:"remaining_seconds"` // negative when past
	Basis           string `json:"basis"`
	Estimated       bool   `json:"estimated"`
	CalendarMissing []int  `json:"calendar_missing"`
}

// json is some of the cases as JSON.
func (g *agenda) json(cases []int) ([]byte, error) {
	out := planV1{
		SchemaVersion: 1, Tool: toolV1{"aecheck", version()}, Now: g.now.Format(time.RFC3339), PerDay: g.options.PerDay,
		Hours: [2]string{hourMinute(g.options.Hours.From), hourMinute(g.options.Hours.To)}, Days: g.flags.days,
		Best: g.plan.Best, Dropped: g.plan.Dropped, PerDayForAll: g.plan.Enough, Cases: []plannedV{},
	}
	if until := g.session.HolidaysUntil(g.now.Year()); until > 0 {
		out.HolidaysUntil = time.Date(until, time.December, 31, 0, 0, 0, 0, lang.Beijing()).Format(time.DateOnly)
	}
	for _, i := range cases {
		c, slot, k := g.cases[i], g.plan.Slots[i], g.cases[i].Clock
		row := plannedV{
			Path: strings.ToValidUTF8(c.Path, "\ufffd"), State: g.plan.States[i], DaysLeft: slot.Left, OutsideHours: slot.Outside, Full: slot.Full,
			PlannedPast: k.PlannedPast, PlannedLate: k.PlannedLate, Notices: c.Notices, Unread: c.Unread,
		}
		if f := c.File; f != nil {
			row.Product, row.Violation, row.Store, row.Network = f.Product.ID, f.Violation.ID, f.Store.ID, f.Appeal.Network
		}
		if at := g.submitAt(i); !at.IsZero() {
			row.SubmitAt = at.Format(time.RFC3339)
		}
		if k.DeadlineKnown {
			row.Deadline = &deadlineV1{k.Deadline.Format(time.RFC3339), int64(k.Deadline.Sub(g.now) / time.Second), k.Basis, k.Estimated, k.CalendarMissing}
		}
		out.Cases = append(out.Cases, row)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(out)
	return b.Bytes(), err
}

// calendar is the plan as a calendar: of each case when it is submitted, and its
// deadline. What a case no longer needs is taken out of calendars that have it.
func (g *agenda) calendar() ([]byte, error) {
	words := g.msgs.Scheduling
	out := ics.Calendar{Name: words.CalendarName, Product: "aecheck " + version(), Made: g.now}
	ids := map[string]int{}
	for i := range g.cases {
		ids[g.identity(i)]++
	}
	for i := range g.cases {
		state, k := g.plan.States[i], g.cases[i].Clock
		id := g.identity(i)
		if ids[id] > 1 { // one violation in two folders
			id += "\x00" + g.cases[i].Path
		}
		name, text := g.eventName(i), g.eventText(i)
		whence := map[plan.State]string{plan.Proposed: "\n" + words.EventProposed, plan.Planned: "\n" + words.EventPlanned}[state]
		at := g.submitAt(i)
		submit := ics.Event{UID: uid("submit", id), At: at, Length: 30 * time.Minute, Summary: fill(words.EventSubmit, "case", name), Text: text + whence, Alarms: []time.Duration{30 * time.Minute}}
		switch {
		case state == plan.Submitted:
			submit.At, submit.Summary, submit.Alarms = k.LastAt, fill(words.EventSubmitted, "case", name), nil
		case at.IsZero() && k.DeadlineKnown && !k.Closed:
			submit.At, submit.Gone = k.Deadline, true
		}
		if !submit.At.IsZero() {
			out.Events = append(out.Events, submit)
		}
		if k.DeadlineKnown && !k.Closed {
			out.Events = append(out.Events, ics.Event{
				UID: uid("deadline", id), At: k.Deadline, Summary: fill(words.EventDeadline, "case", name), Text: text,
				Gone: !state.Open(), Alarms: []time.Duration{24 * time.Hour, 6 * time.Hour, 2 * time.Hour},
			})
		}
	}
	var b bytes.Buffer
	err := out.Write(&b)
	return b.Bytes(), err
}

// identity tells a case from others wherever it lies: by what the notice calls it and,
// as a notice may name several, its product; else by its folder.
func (g *agenda) identity(i int) string {
	if c := g.cases[i].File; c != nil && c.Violation.ID != "" {
		return strings.Join([]string{"violation", strings.ToUpper(c.Violation.ID), c.Product.ID}, "\x00")
	}
	return "folder\x00" + g.cases[i].Path
}

func uid(kind, id string) string {
	sum := sha256.Sum256([]byte(kind + "\x00" + id))
	return hex.EncodeToString(sum[:16]) + "@aecheck"
}

// eventName is short: the folder's name and the product.
func (g *agenda) eventName(i int) string {
	name := path.Base(g.cases[i].Path)
	if name == "." {
		name = path.Base(strings.ReplaceAll(g.cases[i].Folder.Dir, "\\", "/"))
	}
	if c := g.cases[i].File; c != nil && c.Product.ID != "" && !strings.Contains(name, c.Product.ID) {
		name += " " + c.Product.ID
	}
	return name
}

func (g *agenda) eventText(i int) string {
	words, k := g.msgs.Scheduling, g.cases[i].Clock
	lines := []string{fill(words.EventFolder, "path", g.cases[i].Path) + g.whose(i)}
	if k.DeadlineKnown {
		lines = append(lines, fill(words.EventOver, "at", k.Deadline.Format(minuteOf), "basis", g.basis(i)))
	}
	if k.Estimated {
		lines = append(lines, g.estimated(k))
	}
	return strings.Join(lines, "\n")
}

// unwritable says why nothing can be put into the case.yaml of a case, empty where it can.
func (g *agenda) unwritable(i int) string {
	words, c := g.msgs.Scheduling, g.cases[i]
	switch {
	case c.Folder.Packed:
		return words.Packed
	case c.Folder.Err != nil:
		return words.BadFile
	case c.File == nil:
		return fill(words.NoFile, "path", quoted(c.Folder.Dir))
	}
	return ""
}

// writeBack puts proposed times into case.yaml where there is none, and reports whether
// that could be done everywhere.
func (g *agenda) writeBack() (all bool, err error) {
	words := g.msgs.Scheduling
	all = true
	wrote := 0
	for i := range g.cases {
		if g.plan.States[i] != plan.Proposed {
			continue
		}
		at, folder := g.plan.Slots[i].At.Format(minuteOf), g.cases[i].Folder
		if g.cases[i].File.Has("appeal.planned_at") {
			g.note(fill(words.KeptOwn, "path", g.fileName(i), "at", at))
			continue
		}
		if why := g.unwritable(i); why != "" {
			all = false
			g.note(fill(words.NotWritten, "path", folder.Dir, "at", at, "why", why))
			continue
		}
		value := casefile.Value{Key: "appeal.planned_at", YAML: at, Note: words.Note}
		_, _, err := casefile.Change(folder.Dir, folder.FileName, func(old []byte) ([]byte, error) {
			out, became, err := casefile.Fill(folder.FileName, old, []casefile.Value{value})
			if err == nil && became[0] != casefile.Written {
				err = casefile.ErrCannotEdit // filled in meanwhile
			}
			return out, err
		})
		if err != nil {
			all = false
			why := g.reason(err)
			if errors.Is(err, casefile.ErrCannotEdit) {
				why = words.Unusual
			}
			g.note(fill(words.NotWritten, "path", g.fileName(i), "at", at, "why", why))
			continue
		}
		wrote++
		g.note(fill(words.Wrote, "file", terminal.Clean(g.fileName(i)), "at", at))
	}
	if wrote > 0 {
		g.note(lang.Count(words.WroteAll, wrote))
	}
	return all, nil
}
