package cli

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/output"
	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/schedule/plan"
	"github.com/aecheck/aecheck/pkg/terminal"
)

type scheduleFlags struct {
	scan               scanFlags
	format, out        string
	perDay             int
	hours, days        string
	remind             time.Duration
	readNotices, write bool
}

// What --days takes.
const (
	daysAll     = "all"
	daysWorking = "working"
)

func scheduleFormats() []string { return []string{"text", "json", "ics"} }

func (a *app) scheduleCmd() *cobra.Command {
	f := scheduleFlags{scan: judgeFlags("")}
	words := a.msgs.Scheduling
	cmd := &cobra.Command{
		Use:   "schedule [PATH…]",
		Short: words.Command,
		Long:  words.Command + "\n\n" + words.How,
		Example: "  aecheck schedule ./clients\n  aecheck schedule ./clients --per-day 2 --hours 9:30-18:00 --days working\n" +
			"  aecheck schedule ./clients --format ics --out appeals.ics\n  aecheck schedule ./clients --remind 6h",
		RunE: func(cmd *cobra.Command, args []string) error {
			paths, err := a.paths(args)
			if err != nil {
				return err
			}
			return a.schedule(cmd.Context(), paths, f)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&f.format, "format", "text", words.FlagFormat)
	fl.StringVar(&f.out, "out", "", words.FlagOut)
	fl.IntVar(&f.perDay, "per-day", plan.DefaultPerDay, words.FlagPerDay)
	fl.StringVar(&f.hours, "hours", "9-18", words.FlagHours)
	fl.StringVar(&f.days, "days", daysAll, words.FlagDays)
	fl.DurationVar(&f.remind, "remind", 0, words.FlagRemind)
	fl.BoolVar(&f.readNotices, "read-notices", false, words.FlagReadNotices)
	fl.BoolVar(&f.write, "write", false, words.FlagWrite)
	fl.StringVar(&f.scan.now, "now", "", a.msgs.CLI.FlagNow)
	fl.BoolVar(&f.scan.noCache, "no-cache", false, a.msgs.CLI.FlagNoCache)
	for name, list := range map[string][]string{"format": scheduleFormats(), "days": {daysAll, daysWorking}} {
		_ = cmd.RegisterFlagCompletionFunc(name, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return list, cobra.ShellCompDirectiveNoFileComp
		}) // an error says that there is no such flag
	}
	return cmd
}

// planOptions are the flags as a plan takes them.
func (a *app) planOptions(f scheduleFlags) (plan.Options, error) {
	var o plan.Options
	if f.perDay < 1 {
		return o, a.badFlag("--per-day", strconv.Itoa(f.perDay), "≥ 1")
	}
	o.PerDay = f.perDay
	var ok bool
	if o.Hours, ok = hoursOf(f.hours); !ok {
		return o, a.badFlag("--hours", f.hours, "9-18")
	}
	switch {
	case !slices.Contains(scheduleFormats(), f.format):
		return o, a.badFlag("--format", f.format, strings.Join(scheduleFormats(), " "))
	case f.days != daysAll && f.days != daysWorking:
		return o, a.badFlag("--days", f.days, daysAll+" "+daysWorking)
	case f.remind < 0:
		return o, a.badFlag("--remind", f.remind.String(), "6h")
	case f.remind > 0 && f.format == "ics":
		return o, usageError{a.msgs.Scheduling.NoCalendar}
	case f.remind > 0 && f.write:
		return o, usageError{a.msgs.Scheduling.NoWriteThere}
	}
	return o, nil
}

// hoursOf reads working hours: 9-18, 9:30-18:00, also with the signs of a Chinese
// keyboard.
func hoursOf(text string) (h plan.Hours, ok bool) {
	text = strings.NewReplacer("：", ":", "－", "-", "–", "-", "—", "-", "~", "-", "～", "-").Replace(text)
	from, to, ok := strings.Cut(text, "-")
	if !ok {
		return h, false
	}
	for _, end := range []struct {
		text string
		into *int
	}{{from, &h.From}, {to, &h.To}} {
		hour, minute, _ := strings.Cut(strings.TrimSpace(end.text), ":")
		n, err := strconv.Atoi(hour)
		if err != nil || n < 0 || n > 24 {
			return h, false
		}
		m := 0
		if minute != "" {
			if m, err = strconv.Atoi(minute); err != nil || m < 0 || m > 59 {
				return h, false
			}
		}
		*end.into = n*60 + m
	}
	return h, h.To <= 24*60 && h.To-h.From >= 60
}

// agenda is cases with their deadlines and the plan for them.
type agenda struct {
	*app
	flags   scheduleFlags
	session *scan.Session
	now     time.Time // in Beijing
	options plan.Options
	cases   []scan.Dated // by deadline, those without one last
	plan    plan.Cases
}

func (a *app) schedule(ctx context.Context, paths []string, f scheduleFlags) error {
	o, err := a.planOptions(f)
	if err != nil {
		return err
	}
	target, err := output.New(output.Stdout)
	if f.out != "" {
		target, err = output.New(f.out)
	}
	if err != nil {
		return reportError{f.out, err}
	}
	set, err := a.loadRules()
	if err != nil {
		return err
	}
	if err := a.forAppeals(set); err != nil {
		return err
	}
	opt, _, err := a.scanOptions(set, paths, f.scan)
	if err != nil {
		return err
	}
	opt.Whole = true
	paced := a.paceHeap()
	defer paced.Stop()
	s, _, err := a.session(set, f.scan, paced)
	if err != nil {
		return err
	}
	defer s.Close()
	found, invalid := s.Find(ctx, opt.FindOptions)
	if found == nil {
		return invalid
	}
	g := &agenda{app: a, flags: f, session: s, now: opt.Now.In(lang.Beijing()), options: o}
	if err := g.make(ctx, found); err != nil {
		return err
	}
	if len(g.cases) == 0 {
		if invalid != nil {
			return invalid
		}
		return a.noCase(strings.Join(opt.Paths, " "))
	}
	for i := range g.cases {
		if target.Name != output.Stdout && target.Within(g.cases[i].Folder.Dir) {
			return usageError{fill(a.msgs.Scheduling.InCase, "path", f.out)}
		}
	}
	code, err := g.tell(target)
	if err != nil {
		return err
	}
	if invalid != nil {
		return invalid
	}
	if code != exitOK {
		return codeError(code)
	}
	return nil
}

// make finds out the deadlines and plans.
func (g *agenda) make(ctx context.Context, found *scan.Found) error {
	progress := terminal.NewProgress(g.Err, terminal.ProgressOptions{Off: g.quiet || g.noProgress || !g.flags.readNotices, Getenv: g.Getenv, Say: g.pace})
	dated, err := g.session.Dates(ctx, found, scan.DateOptions{Now: g.now, Read: g.flags.readNotices, Progress: progress.Update})
	progress.Done()
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return err
	}
	slices.SortStableFunc(dated, func(x, y scan.Dated) int {
		switch {
		case x.Clock.DeadlineKnown && y.Clock.DeadlineKnown:
			if c := x.Clock.Deadline.Compare(y.Clock.Deadline); c != 0 {
				return c
			}
		case x.Clock.DeadlineKnown != y.Clock.DeadlineKnown:
			if x.Clock.DeadlineKnown {
				return -1
			}
			return 1
		}
		return strings.Compare(x.Path, y.Path)
	})
	g.cases = dated
	g.options.Now = g.now
	if g.flags.days == daysWorking {
		g.options.Counts = func(day time.Time) bool { works, _ := g.session.Working(day); return works }
	}
	g.plan = plan.Of(g.views(), g.options)
	return nil
}

func (g *agenda) views() []*facts.Case {
	out := make([]*facts.Case, len(g.cases))
	for i := range g.cases {
		out[i] = g.cases[i].Case
	}
	return out
}

// tell writes what was asked for, and gives the exit code.
func (g *agenda) tell(target output.Target) (int, error) {
	var text []byte
	var err error
	due := []due(nil)
	switch {
	case g.flags.remind > 0:
		due = g.due()
		text, err = g.reminder(due)
	case g.flags.format == "json":
		text, err = g.json(g.all())
	case g.flags.format == "ics":
		text, err = g.calendar()
	default:
		var b bytes.Buffer
		g.text(&b)
		text = b.Bytes()
	}
	if err != nil {
		return 0, err
	}
	if target.Name == output.Stdout {
		if _, err := g.Out.Write(text); err != nil {
			return 0, err
		}
	} else if err := target.Write(text); err != nil {
		return 0, reportError{g.flags.out, err}
	}
	code := exitOK
	if g.count(plan.Unknown) > 0 {
		code = exitUnchecked
	}
	if g.flags.remind > 0 {
		if len(due) > 0 {
			code = exitFindings
		}
		return code, nil
	}
	g.remarks()
	if g.flags.write {
		wrote, err := g.writeBack()
		if err != nil {
			return 0, err
		}
		if !wrote {
			code = exitUnchecked
		}
	}
	if g.plan.Dropped > 0 {
		code = exitFindings
	}
	return code, nil
}

func (g *agenda) count(s plan.State) (n int) {
	for _, state := range g.plan.States {
		if state == s {
			n++
		}
	}
	return n
}

// all are the places of all cases.
func (g *agenda) all() []int {
	out := make([]int, len(g.cases))
	for i := range out {
		out[i] = i
	}
	return out
}

// submitAt is when a case is to be submitted, zero where that is open.
func (g *agenda) submitAt(i int) time.Time {
	if g.plan.States[i] == plan.Planned {
		return g.cases[i].Said().Appeal.PlannedAt.In(lang.Beijing())
	}
	return g.plan.Slots[i].At
}

// remarks are what stands on stderr: what may be wrong with the plan, what comes next.
func (g *agenda) remarks() {
	words := g.msgs.Scheduling
	unread := 0
	for i := range g.cases {
		if g.cases[i].Unread > 0 && g.cases[i].Clock.DeadlineKnown && g.plan.States[i].Open() {
			unread++
		}
	}
	if unread > 0 {
		g.note(lang.Count(words.Unread, unread))
	}
	if !g.plan.Best {
		g.note(words.NotProved)
	}
	if g.count(plan.Proposed) > 0 && !g.flags.write && g.flags.format == "text" {
		g.note(words.HowWrite)
	}
}

// fileName is the case.yaml of a case, as a person finds it.
func (g *agenda) fileName(i int) string {
	return filepath.Join(g.cases[i].Folder.Dir, g.cases[i].Folder.FileName)
}
