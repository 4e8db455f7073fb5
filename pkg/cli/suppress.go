package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/output"
	"github.com/aecheck/aecheck/pkg/pathglob"
	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/suppress"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// hiding are what settings leave out of a scan, and what they and the baseline keep
// out of the count.
type hiding struct {
	excluded int // files and folders left out
	baseline *suppress.Baseline
	path     string // of the baseline, as it is opened; empty for none
}

// hide lets the suppressions of the settings and a baseline speak in a scan. Commands
// that make something of a case ask for none: what is handed in must be right.
func (a *app) hide(opt *scan.Options, baseline string) (*hiding, error) {
	h := &hiding{}
	if excluded := opt.Excluded; excluded != nil {
		seen := map[string]bool{}
		opt.Excluded = func(path string) bool {
			out := excluded(path)
			if out && !seen[path] {
				seen[path] = true
				h.excluded++
			}
			return out
		}
	}
	var err error
	if h.baseline, h.path, err = a.readBaseline(baseline); err != nil {
		return nil, err
	}
	if a.conf.file == nil && h.baseline == nil {
		return h, nil
	}
	o := &suppress.Options{Baseline: h.baseline, BaselineName: filepath.ToSlash(h.path), Covers: covers(opt)}
	if a.conf.file != nil {
		o.Dir = a.conf.file.Dir()
		if o.Rules, err = a.suppressions(); err != nil {
			return nil, err
		}
	}
	opt.Suppress = o
	return h, nil
}

// placing lets the settings say which files are left out, and what the others are: of
// all commands that look at the files of a case.
func (a *app) placing(o *scan.FindOptions) {
	if f := a.conf.file; f != nil {
		o.Excluded = func(path string) bool { return f.Excludes(path) != "" }
		o.Placed = func(path string) (kind, slot string) { return f.Kind(path).Value, f.Slot(path).Value }
	}
}

// suppressions are those of the settings.
func (a *app) suppressions() ([]suppress.Rule, error) {
	var out []suppress.Rule
	for i, s := range a.conf.file.Suppressions {
		r := suppress.Rule{Name: s.Rule, Reason: s.Reason, Expires: s.Expires, Origin: a.conf.file.OriginOf(i)}
		for _, text := range s.Files {
			p, err := pathglob.Compile(text)
			if err != nil {
				return nil, err // settings.Parse has refused it
			}
			r.Files = append(r.Files, p)
		}
		out = append(out, r)
	}
	return out, nil
}

// covers says of which places a scan sees all that lies there: of folders it walks
// whole.
func covers(opt *scan.Options) func(path string) bool { return inFolders(wholeFolders(opt)) }

// wholeFolders are the folders that a scan walks whole, absolute with links resolved.
func wholeFolders(opt *scan.Options) []string {
	if opt.Only != nil || len(opt.Files) > 0 {
		return nil
	}
	var roots []string
	for _, p := range opt.Paths {
		abs, err := filepath.Abs(p)
		if err != nil {
			continue
		}
		if info, err := os.Stat(abs); err == nil && info.IsDir() {
			roots = append(roots, material.RealFolder(abs))
		}
	}
	return roots
}

func inFolders(roots []string) func(path string) bool {
	return func(path string) bool {
		return slices.ContainsFunc(roots, func(root string) bool {
			rel, err := filepath.Rel(root, path)
			return err == nil && filepath.IsLocal(rel)
		})
	}
}

// baselinePath is where the baseline lies: where the flag or the environment says,
// else the nearest from the working directory upward; "" for none.
func (a *app) baselinePath(flag string) string {
	if flag == "" {
		flag = a.Getenv(envOf("baseline"))
	}
	switch flag {
	case noSettings:
		return ""
	case "":
		wd, err := os.Getwd()
		if err != nil {
			return ""
		}
		if found := material.Above(wd, suppress.BaselineName); found != "" {
			return above(wd, found)
		}
	}
	return flag
}

// above is a file at or above the working directory as reports call it: the same on
// every machine.
func above(wd, found string) string {
	if rel, err := filepath.Rel(wd, found); err == nil {
		return rel
	}
	return found
}

func (a *app) readBaseline(flag string) (*suppress.Baseline, string, error) {
	path := a.baselinePath(flag)
	if path == "" {
		return nil, "", nil
	}
	data, err := material.ReadNamed(path, suppress.MaxBaseline)
	if err != nil {
		return nil, "", err
	}
	dir, err := folderOf(path)
	if err != nil {
		return nil, "", err
	}
	b, err := suppress.ReadBaseline(data, dir)
	if err != nil {
		return nil, "", usageError{fill(a.msgs.Settling.BadBaseline, "path", path, "why", err.Error())}
	}
	return b, path, nil
}

// folderOf is the folder of a file, absolute with links resolved.
func folderOf(path string) (string, error) {
	abs, err := filepath.Abs(path)
	return material.RealFolder(filepath.Dir(abs)), err
}

// tellHiding says which settings a scan went by.
func (a *app) tellHiding(h *hiding, r *verdict.Report) {
	by := map[string]int{}
	count := func(findings []verdict.Finding) {
		for i := range findings {
			if s := findings[i].Suppressed; s != nil {
				by[s.By]++
			}
		}
	}
	for i := range r.Cases {
		count(r.Cases[i].Findings)
	}
	count(r.Batch.Findings)
	c := a.msgs.Settling
	if a.conf.file != nil {
		text := fill(c.Used, "file", a.conf.file.FileName(), "n", by[suppress.BySuppression])
		if h.excluded > 0 {
			text += lang.Count(c.Excluding, h.excluded)
		}
		a.note(text)
	}
	if h.baseline != nil {
		a.note(fill(c.UsedBaseline, "file", h.path, "n", by[suppress.ByBaseline]))
	}
}

func (a *app) baselineCmd() *cobra.Command {
	c := a.msgs.Settling
	cmd := &cobra.Command{Use: "baseline", Short: c.CmdBaseline, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	for _, part := range []struct {
		use, short string
		do         func(context.Context, []string, scanFlags) error
	}{{"write", c.CmdWrite, a.writeBaseline}, {"prune", c.CmdPrune, a.pruneBaseline}} {
		sub := &cobra.Command{
			Use: part.use + " [PATH…]", Short: part.short,
			Example: "  aecheck baseline " + part.use + "\n  aecheck baseline " + part.use + " photos --baseline ci/known.json",
		}
		a.scanning(sub, part.do)
		cmd.AddCommand(sub)
	}
	return cmd
}

// found scans for a baseline. Reports are not written; what could not be checked is
// not in a baseline, and told by the next scan.
func (a *app) found(ctx context.Context, paths []string, f scanFlags) (*scan.Result, *hiding, func(string) bool, error) {
	for flag, given := range map[string]bool{"--since": f.choose.since != "", "--files-from": f.choose.filesFrom != ""} {
		if given {
			return nil, nil, nil, usageError{fill(a.msgs.Settling.Partly, "flag", flag)}
		}
	}
	set, err := a.loadRules()
	if err != nil {
		return nil, nil, nil, err
	}
	opt, _, err := a.scanOptions(set, paths, f)
	if err != nil {
		return nil, nil, nil, err
	}
	h, err := a.hide(&opt, f.baseline)
	if err != nil {
		return nil, nil, nil, err
	}
	paced := a.paceHeap()
	defer paced.Stop()
	s, _, err := a.session(set, f, paced)
	if err != nil {
		return nil, nil, nil, err
	}
	defer s.Close()
	result, err := s.Run(ctx, opt)
	if err == nil {
		err = ctx.Err() // half of what is there makes no baseline
	}
	return result, h, covers(&opt), err
}

// writeBaseline writes what is found now. Entries of folders that are not scanned stay.
func (a *app) writeBaseline(ctx context.Context, paths []string, f scanFlags) error {
	path, old := a.baselinePath(f.baseline), f.baseline
	if _, err := os.Stat(path); path == "" || err != nil {
		old = noSettings // there is none yet
	}
	if path == "" {
		path = a.newBaseline()
	}
	f.baseline = old
	result, h, covered, err := a.found(ctx, paths, f)
	if err != nil {
		return err
	}
	dir, err := folderOf(path)
	if err != nil {
		return err
	}
	b := &suppress.Baseline{Dir: dir}
	note := func(findings []verdict.Finding, about suppress.Subject) {
		for i := range findings {
			if s := findings[i].Suppressed; s != nil && s.By == suppress.ByBaseline {
				findings[i].Suppressed = nil // it is still found
			}
		}
		b.Note(findings, about)
	}
	for i := range result.Report.Cases {
		note(result.Report.Cases[i].Findings, result.Cases[i].Subject)
	}
	note(result.Report.Batch.Findings, suppress.Subject{Subject: result.Between})
	n := len(b.Entries)
	if h.baseline != nil {
		b.Keep(h.baseline, covered)
	}
	if err := a.saveBaseline(path, b); err != nil {
		return err
	}
	return a.sayBaseline(fill(lang.Count(a.msgs.Settling.Wrote, n), "path", path))
}

// newBaseline is where a first baseline goes: beside the settings, else at the root of
// the repository, else in the working directory.
func (a *app) newBaseline() string {
	if a.conf.path != "" {
		return filepath.Join(filepath.Dir(a.conf.path), suppress.BaselineName)
	}
	wd, err := os.Getwd()
	if err != nil {
		return suppress.BaselineName
	}
	return material.Typed(filepath.Join(repository(wd), suppress.BaselineName))
}

// pruneBaseline takes out what is not found any more.
func (a *app) pruneBaseline(ctx context.Context, paths []string, f scanFlags) error {
	result, h, _, err := a.found(ctx, paths, f)
	if err != nil {
		return err
	}
	if h.baseline == nil {
		return usageError{a.msgs.Settling.NoBaseline}
	}
	b := h.baseline.Without(result.Stale)
	if err := a.saveBaseline(h.path, b); err != nil {
		return err
	}
	kept := len(b.Entries)
	return a.sayBaseline(fill(a.msgs.Settling.Pruned, "path", h.path, "kept", kept, "gone", len(h.baseline.Entries)-kept))
}

func (a *app) saveBaseline(path string, b *suppress.Baseline) error {
	data, err := b.Write()
	if err != nil {
		return err
	}
	target, err := output.New(path)
	if err == nil {
		err = target.Write(data)
	}
	if err != nil {
		return reportError{path, err}
	}
	return nil
}

func (a *app) sayBaseline(text string) error {
	_, err := fmt.Fprintln(a.Out, text)
	return err
}
