package cli

import (
	"cmp"
	"context"
	"errors"
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
	"github.com/aecheck/aecheck/pkg/output"
	"github.com/aecheck/aecheck/pkg/profile"
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
	brief                                                                        bool // no finding is wanted but for reports
	verify                                                                       bool
	profile                                                                      string
	spent                                                                        *profile.Profile // nil where none is wanted
	fileTimeout, timeout                                                         time.Duration
	trust                                                                        []string
	trustList                                                                    string

	choose   chooseFlags
	baseline string
	shard    string
	given    func(flag string) bool // typed; nil for none
	part     bool                   // a file in a case stands for itself where a case is made something of

	cases casesFlags
}

func (a *app) scanCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "scan [PATH…]",
		Short:   a.msgs.CLI.CmdScan,
		Example: "  aecheck scan ./listing\n  aecheck scan clients --due 24h\n  aecheck scan clients --case 张三 --report html=report.html --lang zh\n  aecheck scan photos --as replacement --fail-on warning --format github\n  aecheck scan --since origin/main...\n  git diff --name-only -z main | aecheck scan --files-from -\n  aecheck scan clients --shard 2/8 --report shard=2.shard",
	}
	f := a.scanning(cmd, a.scan)
	cmd.Flags().StringVar(&f.shard, "shard", "", a.msgs.Sharing.FlagShard)
	a.casesFlags(cmd.Flags(), &f.cases)
	return cmd
}

// scanning gives a command the flags of scan, and what it does with them.
func (a *app) scanning(cmd *cobra.Command, do func(context.Context, []string, scanFlags) error) *scanFlags {
	f := new(scanFlags)
	c := a.msgs.CLI
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		f.formatGiven = cmd.Flags().Changed("format")
		f.given = cmd.Flags().Changed
		if err := a.apply(cmd.Flags(), f); err != nil {
			return err
		}
		paths, err := a.paths(args)
		if err != nil {
			return err
		}
		return do(cmd.Context(), paths, *f)
	}
	fl := cmd.Flags()
	a.reportingFlags(fl, f)
	fl.StringVar(&f.as, "as", "", c.FlagAs)
	fl.StringVar(&f.slot, "slot", "", c.FlagSlot)
	fl.BoolVar(&f.noCache, "no-cache", false, c.FlagNoCache)
	fl.BoolVar(&f.verify, "verify", false, a.msgs.Pacing.FlagVerify)
	fl.StringVar(&f.profile, "profile", "", a.msgs.Pacing.FlagProfile)
	fl.BoolVar(&f.noOCR, "no-ocr", false, c.FlagNoOCR)
	fl.IntVarP(&f.jobs, "jobs", "j", runtime.NumCPU(), c.FlagJobs)
	a.chooseFlags(fl, &f.choose)
	a.trustListFlag(fl, &f.trustList)
	fileTimeoutFlag(fl, &f.fileTimeout, c)
	fl.DurationVar(&f.timeout, "timeout", 0, c.FlagTimeout)
	return f
}

// reportingFlags are those of what is done with files once they are read.
func (a *app) reportingFlags(fl *pflag.FlagSet, f *scanFlags) {
	c := a.msgs.CLI
	fl.StringVar(&f.format, "format", "text", fill(c.FlagFormat, "formats", strings.Join(report.Names(), " ")))
	fl.StringArrayVar(&f.reports, "report", nil, c.FlagReport)
	fl.StringVar(&f.now, "now", "", c.FlagNow)
	fl.StringVar(&f.failOn, "fail-on", string(failOnError), c.FlagFailOn)
	fl.BoolVarP(&f.verbose, "verbose", "v", false, c.FlagVerbose)
	fl.BoolVar(&f.statistics, "statistics", false, c.FlagStatistics)
	fl.BoolVar(&f.allowEmpty, "allow-empty", false, c.FlagAllowEmpty)
	fl.BoolVar(&f.redact, "redact", false, c.FlagRedact)
	fl.StringSliceVar(&f.trust, "trust-confirmations", nil, c.FlagTrust)
	fl.BoolVar(&f.ignoreConfirmations, "ignore-confirmations", false, c.FlagIgnoreConfirmations)
	fl.StringVar(&f.baseline, "baseline", "", a.msgs.Settling.FlagBaseline)
}

func (a *app) scan(ctx context.Context, paths []string, f scanFlags) error {
	start := time.Now()
	f.brief = true // what is written is all there is
	if err := a.asking(&f); err != nil {
		return err
	}
	set, err := a.loadRules()
	if err != nil {
		return err
	}
	part, target, err := a.shardOf(&f)
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
	times, err := a.profiled(&f, opt.Paths)
	if err != nil {
		return err
	}
	site, err := a.pagesIn(f.cases.dir, opt.Paths)
	if err != nil {
		return err
	}
	defer site.discard()
	paced := a.paceHeap()
	defer paced.Stop()
	s, cache, err := a.session(set, f, paced)
	if err != nil {
		return err
	}
	defer s.Close()
	progress := terminal.NewProgress(a.Err, terminal.ProgressOptions{Off: a.quiet || a.noProgress, Getenv: a.Getenv, Say: a.pace})
	opt.Progress = progress.Update
	chosen := chosenCases{app: a, names: f.cases.names}
	opt.Look = chosen.look
	if cache != nil {
		defer func() { cache.TrimDaily(time.Now()) }()
	}
	if f.shard != "" {
		defer progress.Done()
		return cmp.Or(a.readShard(ctx, s, &opt, shardRun{part: part, target: target, rules: set.Digest(), hidden: hidden, flags: f}), times())
	}
	result, scanErr := s.Run(ctx, opt)
	progress.Done()
	if result == nil {
		return scanErr
	}
	told := finished{opt: &opt, outs: outs, hidden: hidden, flags: f, empty: empty, site: site, chosen: chosen.paths,
		offer: func() error { return a.offerOriginals(ctx, result, cache, paced) }}
	if f.now == "" { // who sets the time wants the same bytes every time
		told.elapsed = time.Since(start)
	}
	if err := times(); err != nil {
		return err
	}
	return a.finish(set, result, scanErr, told)
}

// finished is a run of which only its reports are to be written.
type finished struct {
	opt     *scan.Options
	outs    []reportTo
	hidden  *hiding
	flags   scanFlags
	empty   bool // there may honestly be nothing to check
	elapsed time.Duration
	site    *pages          // of --report-dir, nil for none
	chosen  map[string]bool // paths of the cases shown, nil for all
	offer   func() error    // tells what else helps, once the reports are written; nil for nothing
}

// finish writes the reports of a result and gives the exit code. invalid joins what is
// wrong in case files.
func (a *app) finish(set *rules.Set, result *scan.Result, invalid error, run finished) error {
	f, r := run.flags, result.Report
	a.scanNotes(result.Notes)
	a.tellHiding(run.hidden, r)
	if n := r.Summary.Unjudged; f.cases.ask && n > 0 {
		a.note(lang.Count(a.msgs.Asking.Unjudged, n))
	}
	show := a.reportOptions(set, result, run.opt.Also, f, run.elapsed)
	show.Only, show.Within = run.chosen, undue(run.opt.Due, result.Undue)
	show.HasPage = run.site != nil
	if err := errors.Join(a.writeReports(run.outs, r, show), run.site.write(r, show)); err != nil {
		return err
	}
	if invalid != nil {
		return invalid
	}
	empty := run.empty
	if run.offer != nil && !r.Interrupted {
		if err := run.offer(); err != nil {
			return err
		}
	}
	if r.Summary.Assets == 0 && !r.Interrupted {
		empty = result.Undue.Count() > 0 || a.tellEmpty(empty, run.opt, run.hidden, f)
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

// profiled starts the profile asked for; write writes it, and does nothing where none
// was. It lies outside of what is scanned, where it would be taken for material.
func (a *app) profiled(f *scanFlags, paths []string) (write func() error, err error) {
	if f.profile == "" {
		return func() error { return nil }, nil
	}
	target, err := output.New(f.profile)
	if err != nil {
		return nil, reportError{f.profile, err}
	}
	if slices.ContainsFunc(paths, target.Within) {
		return nil, a.refused("--profile", f.profile, a.msgs.Pacing.NotInside)
	}
	f.spent = profile.New()
	return func() error {
		data, err := f.spent.JSON(f.jobs)
		if err == nil {
			err = target.Write(data)
		}
		if err != nil {
			return reportError{f.profile, err}
		}
		return nil
	}, nil
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
	var err error
	if opt.Due, err = a.dueWithin(f.cases.due); err != nil {
		return opt, nil, err
	}
	outs, err := a.outputs(f)
	if err != nil {
		return opt, nil, err
	}
	if err := a.spare(outs, opt.Paths); err != nil {
		return opt, nil, err
	}
	if err := a.cacheApart(opt.Paths); err != nil {
		return opt, nil, err
	}
	opt.Own = a.ownFiles(outs)
	passes := false
	opt.Previews = f.cases.dir != ""
	for _, o := range outs {
		opt.Previews = opt.Previews || report.ShowsPictures(o.format)
		passes = passes || report.ShowsPasses(o.format, report.Options{Verbose: f.verbose, Statistics: f.statistics})
	}
	opt.Brief = f.brief && !passes
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
		cache, _ = a.openCache()
	}
	s, err := scan.NewSession(set, scan.SessionOptions{Limits: limits(f.fileTimeout, paced), Cache: cache, NoOCR: f.noOCR, Trust: trust, Jobs: f.jobs, Keep: f.keep, Verify: f.verify, Profile: f.spent, CodeDir: codeDir(f.noCache), Heap: paced})
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
