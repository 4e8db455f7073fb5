package cli

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/pack"
	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/terminal"
)

// explainCases prints the appeal of the cases in a folder: their dates, and what to do
// when handing in goes wrong, with the text of the ticket filled in.
func (a *app) explainCases(ctx context.Context, path string, f scanFlags) error {
	j, err := a.judge(ctx, []string{path}, f)
	if j != nil {
		defer j.close()
	}
	if err != nil {
		return err
	}
	cases, err := a.packable(path, j)
	if err != nil {
		return err
	}
	p := &page{ruler: terminal.RulerFromEnv(a.Getenv), width: terminal.Width(a.Out, a.Getenv)}
	say := a.msgs.Handing
	for _, c := range cases {
		p.heading(lang.Fill(say.CaseDates, "case", a.caseName(c)))
		a.dates(p, j.session, c.View)
		a.trouble(p, c.View)
	}
	_, err = fmt.Fprint(a.Out, p.String())
	return err
}

// trouble is what to capture when handing in goes wrong, and the ticket to write, of a
// case or with blanks (M6).
func (a *app) trouble(p *page, v *facts.Case) {
	p.heading(a.msgs.Handing.Capture)
	p.lines(a.msgs.Handing.CaptureItems)
	for _, t := range pack.Tickets(v, a.msgs) {
		p.heading(t.Title)
		p.WriteString(t.Text + "\n") // as it is, to be pasted
	}
}

// dates are those of one case: those that are sure, then estimates.
func (a *app) dates(p *page, s *scan.Session, v *facts.Case) {
	say, k := a.msgs.Handing, &v.Clock
	const exact = "2006-01-02 15:04:05"
	var window []string
	if !k.StartedAt.IsZero() {
		window = append(window, fill(say.WindowFrom, "at", k.StartedAt.In(lang.Beijing()).Format(exact)))
	}
	switch at := k.Deadline.In(lang.Beijing()).Format(exact); {
	case !k.DeadlineKnown:
		window = append(window, say.NoLimit)
	case k.Closed:
		window = append(window, fill(say.DeadlinePast, "at", at))
	default:
		window = append(window, fill(say.WindowEnds, "at", at)+a.msgs.Words.Clause+fill(say.TimeLeft, "left", pack.Remaining(k.Remaining, a.msgs.Words)),
			fill(say.EndOfDay, "at", k.EndOfDay.In(lang.Beijing()).Format(exact)))
	}
	p.para(say.Window, strings.Join(window, "\n"))
	planned := say.PlannedNone
	if v.File != nil && !v.File.Appeal.PlannedAt.IsZero() {
		planned = v.File.Appeal.PlannedAt.In(lang.Beijing()).Format("2006-01-02 15:04")
		if k.PlannedPast {
			planned += fill(a.msgs.Words.Paren, "text", say.PlannedOver)
		}
	}
	p.para(say.Planned, planned)
	review := []string{fill(say.ReviewFrom, "from", day(k.ReviewFrom), "to", day(k.ReviewTo))}
	if len(k.CalendarMissing) > 0 {
		years := make([]string, len(k.CalendarMissing))
		for i, y := range k.CalendarMissing {
			years[i] = strconv.Itoa(y)
		}
		review = append(review, fill(say.KnownNot, "years", strings.Join(slices.Compact(years), a.msgs.Words.Join)))
	}
	if until := s.HolidaysUntil(k.Now.In(lang.Beijing()).Year()); until > 0 {
		review = append(review, fill(say.KnownUntil, "year", until))
	}
	p.para(say.ReviewTime, strings.Join(review, "\n"))
	p.para(say.Weight, day(k.WeightFrom)+" – "+day(k.WeightTo))
	if !k.ReleaseFrom.IsZero() {
		p.para(say.Release, day(k.ReleaseFrom)+" – "+day(k.ReleaseTo))
	}
	p.lines(say.Estimate)
}
