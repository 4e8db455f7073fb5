package cli

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/shard"
)

func (a *app) mergeCmd() *cobra.Command {
	t := a.msgs.Sharing
	f := scanFlags{jobs: runtime.NumCPU(), noCache: true}
	cmd := &cobra.Command{
		Use: "merge FILE…", Short: t.CmdMerge, Long: t.CmdMerge + "\n\n" + t.MergeHow,
		Example: "  aecheck merge *.shard --report html=report.html\n  aecheck merge 1.shard 2.shard 3.shard --format json --lang zh",
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		f.formatGiven, f.given = cmd.Flags().Changed("format"), cmd.Flags().Changed
		if err := a.apply(cmd.Flags(), &f); err != nil {
			return err
		}
		files, err := a.paths(args)
		if err != nil {
			return err
		}
		if len(files) == 0 {
			return usageError{t.NoFiles}
		}
		return a.merge(cmd.Context(), files, f)
	}
	a.reportingFlags(cmd.Flags(), &f)
	a.casesFlags(cmd.Flags(), &f.cases)
	f.fileTimeout = 1 // no file is read
	return cmd
}

// merge judges what scan --shard left in files as one scan of everything would.
func (a *app) merge(ctx context.Context, files []string, f scanFlags) error {
	f.brief = true // what is written is all there is
	if err := a.asking(&f); err != nil {
		return err
	}
	set, err := a.loadRules()
	if err != nil {
		return err
	}
	headers, err := a.shardHeaders(ctx, files)
	if err != nil {
		return err
	}
	if err := shard.Check(headers, a.shardsOf(set.Digest())); err != nil {
		return a.explainMismatch(err)
	}
	h := headers[0].Header
	if f.now == "" {
		f.now = h.Now
	}
	var paths []string
	for _, label := range slices.Sorted(maps.Keys(h.Roots)) {
		paths = append(paths, filepath.FromSlash(string(h.Roots[label])))
	}
	opt, outs, err := a.scanOptions(set, paths, f)
	if err != nil {
		return err
	}
	if err := a.spareAll(outs, files); err != nil {
		return err
	}
	hidden, err := a.hide(&opt, f.baseline)
	if err != nil {
		return err
	}
	base, err := realWorkingDir()
	if err != nil {
		return err
	}
	hidden.excluded = h.Excluded
	if opt.Suppress != nil {
		opt.Suppress.Covers = inFolders(wholeOf(&h, base))
	}
	if len(h.Whole) == 0 {
		opt.Files = paths // files were named one by one
	}
	paced := a.paceHeap()
	defer paced.Stop()
	s, _, err := a.session(set, f, paced)
	if err != nil {
		return err
	}
	defer s.Close()
	known, err := a.join(ctx, files, &scan.Joining{Base: base, Previews: opt.Previews})
	if err != nil {
		return err
	}
	chosen := chosenCases{app: a, names: f.cases.names}
	if err := chosen.look(known.Found()); err != nil {
		return err
	}
	site, err := a.pagesIn(f.cases.dir, paths)
	if err != nil {
		return err
	}
	defer site.discard()
	result, err := s.Conclude(ctx, known, opt)
	if err != nil {
		return err
	}
	f.choose.since = h.Since
	return a.finish(set, result, known.Invalid(), finished{opt: &opt, outs: outs, hidden: hidden, flags: f, empty: h.Since != "", site: site, chosen: chosen.paths})
}

// wholeOf are the folders that the shards walked whole, as this machine would call them.
func wholeOf(h *shard.Header, base string) []string {
	var out []string
	for _, p := range h.Whole {
		path := filepath.FromSlash(string(p))
		if !filepath.IsAbs(path) {
			path = filepath.Join(base, path)
		}
		out = append(out, path)
	}
	return out
}

// shardHeaders reads the headers of files, whose sums are checked.
func (a *app) shardHeaders(ctx context.Context, files []string) ([]shard.Named, error) {
	var out []shard.Named
	for _, name := range files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		err := a.withShard(name, func(r *shard.Reader) error {
			out = append(out, shard.Named{File: name, Header: r.Header})
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (a *app) join(ctx context.Context, files []string, j *scan.Joining) (*scan.Known, error) {
	for _, name := range files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := a.withShard(name, j.Add); err != nil {
			return nil, err
		}
	}
	known, err := j.Known()
	if err != nil {
		return nil, usageError{a.msgs.Sharing.NotAll}
	}
	return known, nil
}

// withShard opens a file of a shard and says what is wrong with it.
func (a *app) withShard(name string, do func(*shard.Reader) error) error {
	f, size, err := material.OpenNamed(name)
	if err != nil {
		return err
	}
	defer f.Close()
	r, err := shard.NewReader(f, size)
	if err == nil {
		err = do(r)
	}
	t := a.msgs.Sharing
	for _, known := range []struct {
		err  error
		text string
	}{{shard.ErrForeign, t.Foreign}, {shard.ErrSchema, t.Schema}, {shard.ErrDamaged, t.Damaged}} {
		if errors.Is(err, known.err) {
			return usageError{fill(known.text, "path", name)}
		}
	}
	if err != nil {
		return &os.PathError{Op: "read", Path: name, Err: err}
	}
	return nil
}

// explainMismatch says why files are no whole run, and what to do.
func (a *app) explainMismatch(err error) error {
	var m *shard.Mismatch
	if !errors.As(err, &m) {
		return err
	}
	t := a.msgs.Sharing
	short := func(s string) string {
		const digits = 12 // of a digest
		if s == "" {
			return t.None
		}
		return s[:min(len(s), digits)]
	}
	pairs := []any{"path", m.File, "with", m.With, "got", m.Got, "want", m.Want, "flag", m.Flag}
	switch m.What {
	case shard.OtherVersion:
		if m.Got == m.Want {
			return usageError{fill(t.OtherFacts, pairs...)}
		}
		return usageError{fill(t.OtherVersion, pairs...)}
	case shard.OtherRules, shard.OtherSettings:
		text := map[shard.Difference]string{shard.OtherRules: t.OtherRules, shard.OtherSettings: t.OtherSettings}[m.What]
		return usageError{fill(text, "path", m.File, "got", short(m.Got), "want", short(m.Want))}
	case shard.OtherFlag:
		return usageError{fill(t.OtherFlag, "path", m.File, "with", m.With, "flag", m.Flag, "got", cmp.Or(m.Got, t.None), "want", cmp.Or(m.Want, t.None))}
	case shard.OtherCount:
		return usageError{fill(t.OtherCount, pairs...)}
	case shard.OtherInput:
		list := func(in shard.Input) string {
			return fill(t.Input, "cases", in.Cases, "files", in.Files, "bytes", in.Bytes, "digest", short(in.Digest))
		}
		return usageError{fill(t.OtherInput, "path", m.File, "with", m.With, "got", list(m.GotInput), "want", list(m.WantInput))}
	case shard.Twice:
		return usageError{fill(t.Twice, pairs...)}
	}
	const few = 10
	var list []string
	for _, i := range m.Missing[:min(len(m.Missing), few)] {
		list = append(list, strconv.Itoa(i))
	}
	if len(m.Missing) > few {
		list = append(list, "…")
	}
	text := lang.Count(t.Missing, len(m.Missing))
	return usageError{fill(text, "list", strings.Join(list, a.msgs.Words.Join), "first", m.Missing[0], "of", m.Count)}
}
