package cli

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/heap"
	"github.com/aecheck/aecheck/pkg/i18n"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/terminal"
)

// scanFlags are the flags of scan, as typed.
type scanFlags struct {
	format  string
	reports []string
	// formatGiven: --format was typed, it is not the default.
	formatGiven bool
	now         string
	as          string
	slot        string
	failOn      string

	verbose, statistics, noCache, noOCR, allowEmpty, redact, ignoreConfirmations bool
	jobs                                                                         int
	keep                                                                         bool // what was read, for reading it again
	fileTimeout, timeout                                                         time.Duration
	trust                                                                        []string
	trustList                                                                    string

	choose   chooseFlags
	baseline string
	part     bool // a file in a case stands for itself where a case is made something of
}

func (a *app) scanCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "scan [PATH…]",
		Short:   a.msgs.CLI.CmdScan,
		Example: "  aecheck scan ./listing\n  aecheck scan clients --report html=report.html --lang zh\n  aecheck scan photos --as replacement --fail-on warning --format github\n  aecheck scan --since origin/main...\n  git diff --name-only -z main | aecheck scan --files-from -",
	}
	a.scanning(cmd, a.scan)
	return cmd
}

// scanning gives a command the flags of scan, and what it does with them.
func (a *app) scanning(cmd *cobra.Command, do func(context.Context, []string, scanFlags) error) {
	var f scanFlags
	c := a.msgs.CLI
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		f.formatGiven = cmd.Flags().Changed("format")
		if err := a.apply(cmd.Flags(), &f); err != nil {
			return err
		}
		paths, err := a.paths(args)
		if err != nil {
			return err
		}
		return do(cmd.Context(), paths, f)
	}
	fl := cmd.Flags()
	fl.StringVar(&f.format, "format", "text", fill(c.FlagFormat, "formats", strings.Join(report.Names(), " ")))
	fl.StringArrayVar(&f.reports, "report", nil, c.FlagReport)
	fl.StringVar(&f.now, "now", "", c.FlagNow)
	fl.StringVar(&f.as, "as", "", c.FlagAs)
	fl.StringVar(&f.slot, "slot", "", c.FlagSlot)
	fl.StringVar(&f.failOn, "fail-on", string(failOnError), c.FlagFailOn)
	fl.BoolVarP(&f.verbose, "verbose", "v", false, c.FlagVerbose)
	fl.BoolVar(&f.statistics, "statistics", false, c.FlagStatistics)
	fl.BoolVar(&f.noCache, "no-cache", false, c.FlagNoCache)
	fl.BoolVar(&f.noOCR, "no-ocr", false, c.FlagNoOCR)
	fl.BoolVar(&f.allowEmpty, "allow-empty", false, c.FlagAllowEmpty)
	fl.BoolVar(&f.redact, "redact", false, c.FlagRedact)
	fl.StringSliceVar(&f.trust, "trust-confirmations", nil, c.FlagTrust)
	fl.BoolVar(&f.ignoreConfirmations, "ignore-confirmations", false, c.FlagIgnoreConfirmations)
	fl.IntVarP(&f.jobs, "jobs", "j", runtime.NumCPU(), c.FlagJobs)
	a.chooseFlags(fl, &f.choose)
	a.trustListFlag(fl, &f.trustList)
	fileTimeoutFlag(fl, &f.fileTimeout, c)
	fl.DurationVar(&f.timeout, "timeout", 0, c.FlagTimeout)
	fl.StringVar(&f.baseline, "baseline", "", a.msgs.Settling.FlagBaseline)
}

func (a *app) scan(ctx context.Context, paths []string, f scanFlags) error {
	start := time.Now()
	set, err := a.loadRules()
	if err != nil {
		return err
	}
	opt, outs, err := a.scanOptions(set, paths, f)
	if err != nil {
		return err
	}
	empty, err := a.narrow(ctx, &opt, paths, f)
	if err != nil {
		return err
	}
	if err := a.spare(outs, opt.Files); err != nil {
		return err
	}
	hidden, err := a.hide(&opt, f.baseline)
	if err != nil {
		return err
	}
	paced := a.paceHeap()
	defer paced.Stop()
	s, cache, err := a.session(set, f, paced)
	if err != nil {
		return err
	}
	defer s.Close()
	progress := terminal.NewProgress(a.Err, terminal.ProgressOptions{Off: a.quiet || a.noProgress, Getenv: a.Getenv, Say: a.pace})
	opt.Progress = progress.Update
	result, scanErr := s.Run(ctx, opt)
	progress.Done()
	if cache != nil {
		cache.TrimDaily(time.Now())
	}
	if result == nil {
		return scanErr
	}
	r := result.Report
	a.scanNotes(result.Notes)
	a.tellHiding(hidden, r)
	if err := a.writeReports(outs, r, a.reportOptions(set, result, opt.Also, f, time.Since(start))); err != nil {
		return err
	}
	if scanErr != nil {
		return scanErr
	}
	if !r.Interrupted {
		if err := a.offerOriginals(ctx, result, cache, paced); err != nil {
			return err
		}
	}
	if r.Summary.Assets == 0 && !r.Interrupted {
		empty = a.tellEmpty(empty, &opt, hidden, f)
	}
	if code := resultCode(r, failOn(f.failOn), f.allowEmpty || empty); code != exitOK {
		if code == exitNothing {
			a.sayError(a.msgs.CLI.ErrNothing)
		}
		if code == exitInterrupted {
			a.sayError(a.msgs.CLI.ErrInterrupted)
		}
		return codeError(code)
	}
	return nil
}

// tellEmpty says why there was nothing to check, and reports whether that is no
// failure: nothing changed, or settings leave out all files that were named one by one,
// as a commit hook names them.
func (a *app) tellEmpty(unchanged bool, opt *scan.Options, h *hiding, f scanFlags) bool {
	files := len(opt.Files) > 0 || !slices.ContainsFunc(opt.Paths, func(p string) bool {
		info, err := os.Stat(p)
		return err != nil || info.IsDir()
	})
	switch {
	case unchanged:
		a.note(fill(a.msgs.Choosing.Unchanged, "ref", f.choose.since))
	case h.excluded > 0:
		a.note(fill(a.msgs.Settling.AllExcluded, "file", a.conf.file.FileName()))
		return files
	}
	return unchanged
}

func (a *app) scanOptions(set *rules.Set, paths []string, f scanFlags) (scan.Options, []reportTo, error) {
	opt := scan.Options{
		FindOptions:  scan.FindOptions{Paths: paths, As: f.as, Slot: f.slot},
		JudgeOptions: scan.JudgeOptions{Now: time.Now(), Lang: a.lang, IgnoreConfirmations: f.ignoreConfirmations, Trusted: f.trust},
		Version:      version(),
		Timeout:      f.timeout,
	}
	a.placing(&opt.FindOptions)
	if len(paths) == 0 {
		opt.Paths = []string{"."}
	}
	if f.now != "" {
		t, err := time.Parse(time.RFC3339, f.now)
		if err != nil {
			return opt, nil, a.badFlag("--now", f.now, "2026-11-23T10:00:00+08:00")
		}
		opt.Now = t
	}
	if kinds := append(set.KindNames(), facts.KindUnsorted); f.as != "" && !slices.Contains(kinds, f.as) {
		return opt, nil, a.badFlag("--as", f.as, strings.Join(kinds, " "))
	}
	if slots := set.SlotNames(); f.slot != "" && !slices.Contains(slots, f.slot) {
		return opt, nil, a.badFlag("--slot", f.slot, strings.Join(slots, " "))
	}
	if !slices.Contains(failLevels(), failOn(f.failOn)) {
		return opt, nil, a.badFlag("--fail-on", f.failOn, "error warning review never")
	}
	if f.jobs < 1 {
		return opt, nil, a.badFlag("--jobs", fmt.Sprint(f.jobs), "≥ 1")
	}
	if f.fileTimeout <= 0 {
		return opt, nil, a.badFlag("--file-timeout", f.fileTimeout.String(), "> 0s")
	}
	outs, err := a.outputs(f)
	if err != nil {
		return opt, nil, err
	}
	if err := a.spare(outs, opt.Paths); err != nil {
		return opt, nil, err
	}
	opt.Own = a.ownFiles(outs)
	for _, o := range outs {
		opt.Previews = opt.Previews || report.ShowsPictures(o.format)
	}
	if opt.Previews { // the page has a switch between languages
		opt.Also = slices.DeleteFunc([]lang.Lang{lang.ZH, lang.EN}, func(l lang.Lang) bool { return l == a.lang })
	}
	return opt, outs, nil
}

// session makes what scanning takes; the cache, nil for none, is the session's.
func (a *app) session(set *rules.Set, f scanFlags, paced *heap.Heap) (*scan.Session, *extract.Cache, error) {
	trust, err := a.loadTrust(f.trustList)
	if err != nil {
		return nil, nil, err
	}
	var cache *extract.Cache
	if !f.noCache {
		// Without a cache directory (no home) the run is slower, not wrong.
		cache, _ = openCache()
	}
	s, err := scan.NewSession(set, scan.SessionOptions{Limits: limits(f.fileTimeout, paced), Cache: cache, NoOCR: f.noOCR, Trust: trust, Jobs: f.jobs, Keep: f.keep, CodeDir: codeDir(f.noCache), Heap: paced})
	return s, cache, err
}

// limits are the default ones but for the work one file may take, and the memory of
// all.
func limits(work time.Duration, paced *heap.Heap) extract.Limits {
	out := extract.DefaultLimits()
	out.Work, out.Memory = work, extract.MemoryOf(paced.Total())
	return out
}

// paceHeap keeps the program within the memory that it may take. A GOGC of the
// user's stands.
func (a *app) paceHeap() *heap.Heap {
	return heap.Pace(heap.Allowed(), a.Getenv("GOGC") != "")
}

func fileTimeoutFlag(fl *pflag.FlagSet, into *time.Duration, c i18n.CLI) {
	fl.DurationVar(into, "file-timeout", extract.DefaultLimits().Work, c.FlagFileTimeout)
}

// badFlag is the error for a value that a flag does not take; want is what it takes:
// words between blanks, or an example.
func (a *app) badFlag(flag, value, want string) error {
	text := fill(a.msgs.CLI.ErrFlag, "flag", flag, "value", value, "want", want)
	words := strings.Fields(want)
	if near := config.Nearest(value, words); near != "" && len(words) > 1 && strings.Trim(want, "abcdefghijklmnopqrstuvwxyz0123456789_- ") == "" {
		text += a.msgs.Words.Stop + a.meant(near)
	}
	return usageError{text}
}

// refused is the error for a value that will not do; why says why.
func (a *app) refused(flag, value, why string) error {
	return usageError{fill(a.msgs.CLI.ErrRefused, "flag", flag, "value", value, "why", why)}
}

func (a *app) formatNamed(flag, name string) (report.Format, error) {
	if f, err := report.ByName(name); err == nil {
		return f, nil
	}
	return nil, a.badFlag(flag, name, strings.Join(report.Names(), " "))
}

// scanNotes tells on stderr what the report has no place for.
func (a *app) scanNotes(notes []scan.Note) {
	for _, n := range notes {
		switch n.Kind {
		case scan.NoteIgnored:
			a.note(fill(a.msgs.CLI.NoteIgnored, "n", n.Count, "names", n.Text))
		case scan.NoteNoCaseFile:
			a.note(fill(a.msgs.CLI.NoteNoCaseFile, "path", n.Text))
		case scan.NoteFromNotice:
			a.note(fill(lang.Count(a.msgs.Prefilling.Offer, n.Count), "path", n.Text))
		case scan.NoteSlow:
			a.note(fill(a.msgs.CLI.NoteSlow, "file", n.Text, "n", n.Count))
		case scan.NoteCalendarYear:
			a.note(fill(a.msgs.CLI.NoteCalendarYear, "year", n.Text))
		case scan.NoteNoSlot:
			a.note(lang.Count(a.msgs.Marketing.NoSlot, n.Count))
		case scan.NoteStale:
			a.note(fill(a.msgs.Marketing.Stale, "pack", n.Text, "date", n.Date))
		}
	}
}
