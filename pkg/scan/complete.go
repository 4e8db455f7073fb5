package scan

import (
	"fmt"
	"strconv"
	"time"

	"github.com/aecheck/aecheck/pkg/checklist"
	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/i18n"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/schedule"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// timeLayout is how times are written in reports, always with the offset.
const timeLayout = time.RFC3339

// complete adds to a case what is known only when all its assets are: counts,
// the clock, what is missing.
func (r *run) complete(view *facts.Case, c *material.Case) error {
	for i := range view.Assets {
		view.Materials.Count(&view.Assets[i])
	}
	switch {
	case c.Err != nil:
		view.Materials.CaseFile = "invalid"
	case c.File == nil:
		view.Materials.CaseFile = "none"
	default:
		view.Materials.CaseFile = "read"
	}
	view.Clock = schedule.Clock(r.opt.Now, c.File, r.calendar)
	wanted, err := r.rules.Wanted(view)
	if err != nil {
		return err
	}
	view.Materials.Missing, view.Materials.Undecided, _ = checklist.Lacks(view, wanted)
	return nil
}

// calendarOf takes tracks, holidays and estimates from the rules.
func calendarOf(set *rules.Set) (schedule.Rules, error) {
	out := schedule.Rules{Tracks: map[string]schedule.Track{}}
	for name, t := range set.Tracks() {
		out.Tracks[name] = schedule.Track{Window: t.Window, LaterWindow: t.LaterWindow, Unit: t.Unit, Start: t.Start, Attempts: t.Attempts}
	}
	var years []schedule.Year
	for name, h := range set.Holidays() {
		n, err := strconv.Atoi(name)
		if err != nil {
			return out, fmt.Errorf("holidays: %q is no year", name)
		}
		y := schedule.Year{Year: n, Work: h.Work}
		for _, off := range h.Off {
			y.Off = append(y.Off, schedule.Span{From: off.From, To: off.To})
		}
		years = append(years, y)
	}
	out.Calendar = schedule.NewCalendar(years)
	var e struct {
		ReviewDays  []int `json:"review_days"`
		WeightWeeks []int `json:"weight_weeks"`
		ReleaseDays []int `json:"release_days"`
	}
	if err := set.Params("estimates", &e); err != nil {
		return out, err
	}
	for _, r := range []struct {
		from []int
		to   *schedule.Range
	}{{e.ReviewDays, &out.Estimates.ReviewDays}, {e.WeightWeeks, &out.Estimates.WeightWeeks}, {e.ReleaseDays, &out.Estimates.ReleaseDays}} {
		if len(r.from) != 2 || r.from[0] > r.from[1] {
			return out, fmt.Errorf("params.estimates: each is two numbers, the smaller first, not %v", r.from)
		}
		*r.to = schedule.Range{From: r.from[0], To: r.from[1]}
	}
	return out, out.Validate()
}

func deadlineOf(view *facts.Case) *verdict.Deadline {
	k := view.Clock
	if !k.DeadlineKnown {
		return nil
	}
	return &verdict.Deadline{At: k.Deadline.Format(timeLayout), RemainingSeconds: k.Remaining, Basis: verdict.DeadlineBasis(k.Basis)}
}

func calendarNotes(views []*facts.Case) []Note {
	var out []Note
	seen := map[int]bool{}
	for _, v := range views {
		for _, y := range v.Clock.CalendarMissing {
			if !seen[y] {
				seen[y] = true
				out = append(out, Note{Kind: NoteCalendarYear, Text: strconv.Itoa(y)})
			}
		}
	}
	return out
}

// problem puts a problem that belongs to no asset into words.
func (r *run) problem(p material.Problem) verdict.Problem {
	text, ok := r.problemTexts[p.Code]
	if !ok {
		text = string(p.Code) + " {detail}"
	}
	return verdict.Problem{Path: p.Path, Code: string(p.Code), Message: verdict.Say(r.opt.Lang, lang.Text{ZH: text}, "detail", p.Detail)}
}

// mistake says what is wrong in a case file, and where.
func (r *run) mistake(e *config.Error) verdict.Text {
	text := verdict.Value{Of: e.File, Format: verdict.Exact, Privacy: verdict.Path}.Text()
	text = append(text, verdict.Words(fmt.Sprintf(":%d:%d: ", e.Line, e.Col))...)
	return append(text, verdict.Say(r.opt.Lang, e.Msg)...)
}

func problemTexts(c i18n.CLI) map[material.Code]string {
	return map[material.Code]string{
		material.LinkOutside: c.LinkOutside, material.LinkBroken: c.LinkBroken, material.LinkFolder: c.LinkFolder,
		material.NotRegular: c.NotRegular, material.Unreadable: c.Unreadable, material.Empty: c.Empty,
		material.TooLarge: c.TooLarge, material.TooMany: c.TooMany, material.TooDeep: c.TooDeep,
		material.NameEncoding: c.NameEncoding, material.Unplaced: c.Unplaced, material.OutsideCase: c.OutsideCase,
		material.TwoCaseFiles: c.TwoCaseFiles,
	}
}
