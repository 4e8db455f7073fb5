package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/fix"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/output"
	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/verdict"
)

type fixFlags struct {
	scan                           scanFlags
	out                            string
	dryRun, upscale, mark, aiLabel bool
	only, logs                     []string
}

func (a *app) fixCmd() *cobra.Command {
	f := fixFlags{scan: scanFlags{format: "text", failOn: string(failOnError), keep: true}}
	c, t := a.msgs.CLI, a.msgs.Fixing
	cmd := &cobra.Command{
		Use:     "fix PATH…",
		Short:   t.Cmd,
		Long:    t.Cmd + "\n\n" + t.How,
		Example: "  aecheck fix ./listing --dry-run\n  aecheck fix ./listing --out ./listing-fixed\n  aecheck fix ./listing --out ./listing-fixed --only AE311 --log fix.csv",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			paths, err := a.paths(args)
			if err != nil {
				return err
			}
			return a.fix(cmd.Context(), paths, f)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&f.out, "out", "", t.FlagOut)
	fl.BoolVar(&f.dryRun, "dry-run", false, t.FlagDryRun)
	fl.StringSliceVar(&f.only, "only", nil, t.FlagOnly)
	fl.BoolVar(&f.upscale, "allow-upscale", false, t.FlagUpscale)
	fl.BoolVar(&f.mark, "watermark", false, t.FlagWatermark)
	fl.BoolVar(&f.aiLabel, "ai-label", false, t.FlagAILabel)
	fl.StringArrayVar(&f.logs, "log", nil, t.FlagLog)
	fl.StringVar(&f.scan.as, "as", "", c.FlagAs)
	fl.StringVar(&f.scan.slot, "slot", "", c.FlagSlot)
	fl.StringVar(&f.scan.now, "now", "", c.FlagNow)
	fl.BoolVar(&f.scan.noOCR, "no-ocr", false, c.FlagNoOCR)
	fl.BoolVar(&f.scan.noCache, "no-cache", false, c.FlagNoCache)
	fl.IntVarP(&f.scan.jobs, "jobs", "j", runtime.NumCPU(), c.FlagJobs)
	fileTimeoutFlag(fl, &f.scan.fileTimeout, c)
	return cmd
}

// fixing is one run of fix.
type fixing struct {
	*app
	f      fixFlags
	j      *judged
	o      fix.Options
	folder *output.Folder
	files  []*fixed
	hands  []fix.LogHand
}

// fixed is one picture with what became of it.
type fixed struct {
	kase  int
	asset *material.Asset
	job   fix.Job
	res   *fix.Result
	err   error
	// before and after are what the rules say of it and of its copy.
	before, after said
	sum           string // SHA-256 of the copy
	written       string // where it lies below the new folder
}

func (a *app) fix(ctx context.Context, paths []string, f fixFlags) error {
	logs, err := a.fixLogs(f.logs, paths)
	if err != nil {
		return err
	}
	if f.out == "" && !f.dryRun {
		return usageError{a.msgs.Fixing.NeedsOut}
	}
	x := &fixing{app: a, f: f}
	if !f.dryRun { // before the work is done
		if x.folder, err = output.NewFolder(f.out, paths); err != nil {
			return x.noFolder(err)
		}
		defer x.folder.Discard()
	}
	f.scan.part = true // a file named is the one to be mended
	j, invalid := a.judge(ctx, paths, f.scan)
	if j == nil {
		return invalid
	}
	defer j.close()
	x.j = j
	if len(j.found.Cases) == 0 && invalid == nil {
		return a.noCase(strings.Join(paths, " "))
	}
	if err := x.prepare(); err != nil {
		return err
	}
	if f.dryRun {
		x.hidden()
	}
	if !f.dryRun && len(x.files) > 0 {
		if err := x.mend(ctx); err != nil {
			return err
		}
	}
	if slices.ContainsFunc(x.files, (*fixed).made) {
		if err := x.folder.Keep(); err != nil {
			return x.noFolder(err)
		}
	}
	if err := x.write(logs); err != nil {
		return err
	}
	return errors.Join(invalid, x.result())
}

// noFolder says why the copies cannot be put where they should go.
func (x *fixing) noFolder(err error) error {
	switch {
	case errors.Is(err, output.ErrHasContent):
		return usageError{fill(x.msgs.Fixing.HasContent, "path", x.f.out)}
	case errors.Is(err, output.ErrInside):
		return usageError{fill(x.msgs.Fixing.Inside, "path", x.f.out)}
	}
	return reportError{x.f.out, err}
}

// prepare plans by what the rules found.
func (x *fixing) prepare() error {
	if err := x.limits(); err != nil {
		return err
	}
	if err := x.checkOnly(); err != nil {
		return err
	}
	var extra []string
	if x.f.mark {
		extra = append(extra, fix.Mark)
	}
	for i, view := range x.j.views {
		report := &x.j.result.Report.Cases[i]
		var asked []fix.Asked
		for k := range view.Assets {
			if a := &view.Assets[k]; a.Kind == facts.KindReplacement {
				asked = append(asked, x.asked(report, a.Path)...)
			}
		}
		x.byHand(report)
		for _, job := range fix.Plan(view, asked, extra) {
			at := slices.IndexFunc(x.j.found.Cases[i].Assets, func(m *material.Asset) bool { return m.Path == job.Path })
			if at < 0 || x.j.found.Cases[i].Assets[at].Beside {
				continue
			}
			x.files = append(x.files, &fixed{kase: i, asset: x.j.found.Cases[i].Assets[at], job: job, before: saidOf(report, job.Path)})
		}
	}
	return nil
}

// byHand keeps what fails on replacements and no program mends.
func (x *fixing) byHand(c *verdict.Case) {
	for i := range c.Findings {
		f := &c.Findings[i]
		if f.Kind == facts.KindReplacement && f.Asset != "" && f.Suppressed == nil && f.Outcome == verdict.Fail &&
			f.Fix == "" && f.Severity != verdict.SeverityInfo && len(x.f.only) == 0 {
			x.hands = append(x.hands, fix.LogHand{Case: c.Path, Path: within(c.Path, f.Asset), Rule: f.Rule, Remedy: plain(f.Remedy)})
		}
	}
}

// hidden takes out what a frame that will be cut off keeps from being judged: what
// lies behind it may well be plain.
func (x *fixing) hidden() {
	x.hands = slices.DeleteFunc(x.hands, func(h fix.LogHand) bool {
		r := x.j.set.Rule(h.Rule)
		return r != nil && slices.ContainsFunc(r.Facts(), func(p string) bool { return strings.HasPrefix(p, "background.") }) &&
			slices.ContainsFunc(x.files, func(f *fixed) bool {
				return x.j.found.Cases[f.kase].Path == h.Case && f.job.Path == h.Path && slices.ContainsFunc(f.job.Mends, func(w fix.Wanted) bool { return w.Name == fix.Unframe })
			})
	})
}

// asks reports whether a finding asks for a mend: a fail, or a review of a rule that
// the user named.
func (x *fixing) asks(f *verdict.Finding) bool {
	if f.Fix == fix.AILabel { // only a person knows whether AI made it
		return x.f.aiLabel && (f.Outcome == verdict.Fail || f.Outcome == verdict.Review)
	}
	named := slices.ContainsFunc(x.f.only, func(name string) bool { return f.Rule == name || f.Slug == name })
	return f.Fix != "" && (f.Outcome == verdict.Fail && (named || len(x.f.only) == 0) || f.Outcome == verdict.Review && named)
}

// checkOnly asks that the rules named have a mend.
func (x *fixing) checkOnly() error {
	var known []string
	for _, r := range x.j.set.Rules() {
		if r.Fix != "" {
			known = append(known, r.ID)
		}
	}
	for _, name := range x.f.only {
		if r := x.j.set.Rule(name); r == nil || r.Fix == "" {
			return usageError{fill(x.msgs.Fixing.NotARule, "rule", name, "rules", strings.Join(known, " "))}
		}
	}
	return nil
}

// limits reads what pictures must keep to.
func (x *fixing) limits() error {
	var p struct {
		MaxBytes  int64   `json:"upload_max_bytes"`
		MaxSide   int     `json:"max_side"`
		MinSide   int     `json:"min_side"`
		GoodSide  int     `json:"advised_side"`
		MinFill   float64 `json:"min_fill"`
		AspectMin float64 `json:"main_aspect_min"`
		AspectMax float64 `json:"main_aspect_max"`
		MaxName   int     `json:"max_name"`
	}
	var t struct {
		Label float64 `json:"ai_label_height"`
	}
	if err := errors.Join(x.j.set.SomeParams("replacement", &p), x.j.set.SomeParams("text", &t)); err != nil {
		return err
	}
	x.o = fix.Options{Upscale: x.f.upscale, Limits: fix.Limits{
		MaxBytes: p.MaxBytes, MaxSide: p.MaxSide, MinSide: p.MinSide, GoodSide: p.GoodSide, MinFill: p.MinFill,
		AspectMin: p.AspectMin, AspectMax: p.AspectMax, MaxName: p.MaxName, LabelShare: t.Label,
	}}
	return nil
}

// within is a path of a report below its case.
func within(kase, name string) string {
	if kase == "." {
		return name
	}
	return strings.TrimPrefix(name, kase+"/")
}

// said is what the rules say of one file, by their ids, each once, sorted.
type said struct {
	fails []string
	// asks are those that a person must look at, or that could not be judged: none of
	// these has passed.
	asks []string
}

// against reports whether a rule does not pass.
func (s said) against(rule string) bool {
	return slices.Contains(s.fails, rule) || slices.Contains(s.asks, rule)
}

// saidOf collects what the rules say of a file; infos count where a mend is for them.
func saidOf(c *verdict.Case, file string) said {
	out := said{fails: []string{}, asks: []string{}}
	for i := range c.Findings {
		f := &c.Findings[i]
		if f.Suppressed != nil || f.Severity == verdict.SeverityInfo && f.Fix == "" || f.Asset == "" || within(c.Path, f.Asset) != file {
			continue
		}
		switch f.Outcome {
		case verdict.Fail:
			out.fails = append(out.fails, f.Rule)
		case verdict.Review, verdict.Error:
			out.asks = append(out.asks, f.Rule)
		}
	}
	for _, list := range []*[]string{&out.fails, &out.asks} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return out
}

// make makes the copies, several at a time, and puts them into the new folder.
func (x *fixing) make(ctx context.Context, files []*fixed) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(x.f.scan.jobs)
	room := semaphore.NewWeighted(copyMemory)
	for _, f := range files {
		g.Go(func() error {
			need := min(copyMemory, f.job.Memory()) // what is larger goes alone
			if err := room.Acquire(ctx, need); err != nil {
				return err
			}
			defer room.Release(need)
			return x.copyOf(ctx, f)
		})
	}
	return g.Wait()
}

// copyMemory is what the copies being made may take together, in bytes, so that the
// program keeps within what it promises.
const copyMemory = 176 << 20

// rounds is how often copies are made: a frame that is gone may show a background that
// is not white, and a background that is white how small the product is.
const rounds = 3

// mend makes copies, judges them in the place of what they replace, and makes those
// again of which the rules then ask for a mend that was not tried.
func (x *fixing) mend(ctx context.Context) error {
	files := x.files
	for range rounds {
		if err := x.make(ctx, files); err != nil {
			return err
		}
		var err error
		if files, err = x.again(ctx); err != nil || len(files) == 0 {
			return err
		}
	}
	return nil
}

// copyOf makes one copy. A picture that cannot be mended is told; an error is that of
// writing, or the end of ctx.
func (x *fixing) copyOf(ctx context.Context, f *fixed) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	in, err := material.Open(f.asset)
	if err != nil {
		f.err = err
		return nil
	}
	defer in.Close()
	o := x.o
	if file := x.j.found.Cases[f.kase].File; file != nil {
		o.Store = file.Store.ID
	}
	f.res, f.err = fix.Apply(ctx, in, f.asset.Size, f.job, o)
	if f.err != nil || f.res.Data == nil {
		return ctx.Err()
	}
	sum := sha256.Sum256(f.res.Data)
	f.sum = hex.EncodeToString(sum[:])
	if f.written != "" {
		if err := x.folder.Remove(f.written); err != nil {
			return reportError{path.Join(x.f.out, f.written), err}
		}
	}
	f.written = x.inFolder(f)
	w, err := x.folder.Create(f.written)
	if err == nil {
		_, err = w.Write(f.res.Data)
		err = errors.Join(err, w.Close())
	}
	if err != nil {
		return reportError{path.Join(x.f.out, x.inFolder(f)), err}
	}
	f.res.Data = nil // it lies on disk now
	return nil
}

// inFolder is where a copy lies below the folder of --out.
func (x *fixing) inFolder(f *fixed) string {
	return path.Join(x.j.found.Cases[f.kase].Path, f.res.Out)
}

// made reports whether there is a copy.
func (f *fixed) made() bool { return f.err == nil && f.written != "" }

// again judges the cases with the copies in the place of what they replace, and
// returns those of which the rules ask for more.
func (x *fixing) again(ctx context.Context) ([]*fixed, error) {
	found := &scan.Found{Outside: x.j.found.Outside, Roots: x.j.found.Roots}
	for i, c := range x.j.found.Cases {
		replaced := map[string]string{}
		for _, f := range x.files {
			if f.kase == i && f.made() {
				replaced[f.asset.Path] = f.res.Out
			}
		}
		if len(replaced) > 0 {
			var err error
			if c, err = c.With(filepath.Join(x.folder.Path(), filepath.FromSlash(c.Path)), replaced); err != nil {
				return nil, err
			}
		}
		found.Cases = append(found.Cases, c)
	}
	opt := x.j.opt
	opt.ReadOptions.Before = x.j.known
	known := x.j.session.Read(ctx, found, opt.ReadOptions)
	views, err := x.j.session.Views(known, opt.Now)
	if err != nil {
		return nil, err
	}
	told, err := x.j.session.Judge(ctx, known, opt.JudgeOptions)
	if err != nil {
		return nil, err
	}
	var more []*fixed
	for _, f := range x.files {
		if !f.made() {
			continue
		}
		f.after = saidOf(&told.Cases[f.kase], f.res.Out)
		i := slices.IndexFunc(views[f.kase].Assets, func(a facts.Asset) bool { return a.Path == f.res.Out })
		if i >= 0 && f.job.Further(views[f.kase].Assets[i].Facts, x.asked(&told.Cases[f.kase], f.res.Out)) {
			more = append(more, f)
		}
	}
	x.hands = slices.DeleteFunc(x.hands, func(h fix.LogHand) bool {
		return slices.ContainsFunc(x.files, func(f *fixed) bool {
			return f.made() && h.Case == x.j.found.Cases[f.kase].Path && h.Path == f.job.Path && !f.after.against(h.Rule)
		})
	})
	return more, ctx.Err()
}

// asked lists what rules ask for of one file.
func (x *fixing) asked(c *verdict.Case, file string) []fix.Asked {
	var out []fix.Asked
	for i := range c.Findings {
		if f := &c.Findings[i]; f.Suppressed == nil && f.Asset != "" && within(c.Path, f.Asset) == file && x.asks(f) {
			out = append(out, fix.Asked{Path: file, Rule: f.Rule, Mend: f.Fix})
		}
	}
	return out
}

// result is the exit code: something could not be written to or mended, or is left.
func (x *fixing) result() error {
	code := exitOK
	for _, f := range x.files {
		switch {
		case f.err != nil:
			return codeError(exitUnchecked)
		case f.res != nil && slices.ContainsFunc(f.res.Steps, func(s fix.Step) bool { return !s.Done() }), len(f.after.fails) > 0:
			code = exitFindings
		}
	}
	if code == exitOK && len(x.hands) > 0 {
		code = exitFindings
	}
	if code != exitOK {
		return codeError(code)
	}
	return nil
}

// fixLogs looks at where the logs go: never over a file, and not among the material,
// where one would be taken for the shop's upload log.
func (a *app) fixLogs(names, paths []string) ([]output.Target, error) {
	var out []output.Target
	for _, name := range names {
		if ext := strings.ToLower(filepath.Ext(name)); ext != ".json" && ext != ".csv" {
			return nil, usageError{fill(a.msgs.Fixing.LogName, "path", name)}
		}
		t, err := newFile(name, a.msgs.Stating.Exists)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(paths, t.Within) {
			return nil, usageError{fill(a.msgs.Fixing.LogInside, "path", name)}
		}
		if slices.ContainsFunc(out, t.Same) {
			return nil, usageError{fill(a.msgs.CLI.ErrReportTwice, "path", name)}
		}
		out = append(out, t)
	}
	return out, nil
}

// log is the run as data.
func (x *fixing) log() *fix.Log {
	out := &fix.Log{SchemaVersion: 1, Tool: "aecheck " + version(), Now: x.j.now().Format(time.RFC3339), Lang: x.lang.Tag(), Rules: x.j.set.Digest(), DryRun: x.f.dryRun, Files: []fix.LogFile{}, ByHand: append([]fix.LogHand{}, x.hands...)}
	for _, f := range x.files {
		facts := f.job.Facts
		l := fix.LogFile{Case: x.j.found.Cases[f.kase].Path, Path: f.job.Path, Steps: []fix.LogStep{}, Before: fix.LogState{
			SHA256: facts.File.SHA256, Bytes: facts.File.Bytes, Format: facts.File.Format, Width: facts.Image.Width, Height: facts.Image.Height, Fails: f.before.fails, Asks: f.before.asks}}
		switch {
		case f.err != nil:
			l.Error = x.reason(f.err)
		case f.res == nil:
			l.Steps = fix.Steps(f.job.Steps(x.o), x.lang)
			for i := range l.Steps {
				l.Steps[i].Done = false // yet
			}
		default:
			l.Steps = fix.Steps(f.res.Steps, x.lang)
		}
		if f.made() {
			likeness := f.res.Likeness
			l.Out, l.Likeness, l.Quality, l.Labelled, l.Credentials = x.inFolder(f), &likeness, f.res.Quality, f.res.Labelled, f.res.Credentials
			l.After = &fix.LogState{SHA256: f.sum, Bytes: f.res.Bytes, Format: f.res.Format, Width: f.res.Width, Height: f.res.Height, Fails: append([]string{}, f.after.fails...), Asks: append([]string{}, f.after.asks...)}
		}
		out.Files = append(out.Files, l)
	}
	return out
}

// write tells what was done, on the page and in the logs.
func (x *fixing) write(logs []output.Target) error {
	if _, err := fmt.Fprint(x.Out, x.page()); err != nil {
		return err
	}
	for _, t := range logs {
		data, err := x.log().JSON()
		if strings.EqualFold(filepath.Ext(t.Name), ".csv") {
			data, err = x.log().CSV()
		}
		if err == nil {
			err = t.Write(data)
		}
		if err != nil {
			return reportError{t.Name, err}
		}
	}
	return nil
}
