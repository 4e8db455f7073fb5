package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/heap"
	"github.com/aecheck/aecheck/pkg/originals"
	"github.com/aecheck/aecheck/pkg/originals/ledger"
	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/terminal"
)

func (a *app) archiveCmd() *cobra.Command {
	t := a.msgs.Archiving
	cmd := &cobra.Command{Use: "archive", Short: t.CmdArchive, Long: t.CmdArchive + "\n\n" + t.LongArchive, Args: cobra.NoArgs,
		Example: "  aecheck archive add E:\\照片\n  aecheck archive find listing/违规图/main.jpg",
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	cmd.AddCommand(a.archiveAddCmd(), a.archiveFindCmd(), a.archiveVerifyCmd(), a.archiveExportCmd(), a.archiveStampCmd())
	return cmd
}

// indexFlag is the flag for the archive's file.
func (a *app) indexFlag(fl *pflag.FlagSet, into *string) {
	fl.StringVar(into, "index", "", a.msgs.Archiving.FlagIndex)
}

// indexName is what the archive's file is called in the user's data folder.
const indexName = "originals.aearchive"

// indexPath is where the archive's file is: what was given or the user's data folder,
// as each system has one.
func (a *app) indexPath(given string) (string, error) {
	if given != "" {
		return filepath.Abs(given)
	}
	home := a.Getenv("HOME")
	var base string
	switch runtime.GOOS {
	case "windows":
		base = a.Getenv("LocalAppData")
	case "darwin":
		if home != "" {
			base = filepath.Join(home, "Library", "Application Support")
		}
	default:
		// The specification has relative paths ignored.
		if base = a.Getenv("XDG_DATA_HOME"); !filepath.IsAbs(base) {
			base = ""
			if home != "" {
				base = filepath.Join(home, ".local", "share")
			}
		}
	}
	if base == "" {
		return "", usageError{a.msgs.Archiving.NoHome}
	}
	return filepath.Join(base, "aecheck", indexName), nil
}

// archiveError puts what may be wrong with an archive's file into words.
func (a *app) archiveError(index string, err error) error {
	t := a.msgs.Archiving
	var damaged *ledger.DamagedError
	var path *fs.PathError
	switch {
	case errors.As(err, &damaged):
		return usageError{fill(t.Damaged, "path", index, "offset", damaged.Offset, "n", damaged.Entries)}
	case errors.Is(err, ledger.ErrBusy):
		return usageError{fill(t.Busy, "path", index)}
	case errors.Is(err, ledger.ErrNotIndex):
		return usageError{fill(t.NotOne, "path", index)}
	case errors.As(err, &path) && path.Path == index && errors.Is(err, fs.ErrNotExist):
		return usageError{fill(t.NoIndex, "path", index)}
	}
	return err
}

// photoRunner reads photos for the archive: with a cache where what is asked of them is
// asked for again, in the memory of a heap that is paced already or, where that is nil,
// its own.
func (a *app) photoRunner(wanted []string, cache *extract.Cache, paced *heap.Heap) (*extract.Runner, func(), error) {
	stop := func() {}
	if paced == nil {
		paced = a.paceHeap()
		stop = paced.Stop
	}
	runner, done, err := scan.NewRunner(scan.RunnerOptions{
		Limits: limits(extract.DefaultLimits().Work, paced), Cache: cache, NoOCR: true, Facts: wanted, Heap: paced,
	})
	if err != nil {
		stop()
		return nil, nil, err
	}
	return runner, func() { stop(); _ = done() }, nil // only frees memory
}

// nowBy is the time by --now, else the clock's.
func (a *app) nowBy(given string) (time.Time, error) {
	if given == "" {
		return time.Now(), nil
	}
	t, err := time.Parse(time.RFC3339, given)
	if err != nil {
		return t, a.badFlag("--now", given, "2026-11-23T10:00:00+08:00")
	}
	return t, nil
}

type archiveAddFlags struct {
	index, now string
	jobs       int
}

func (a *app) archiveAddCmd() *cobra.Command {
	var f archiveAddFlags
	t := a.msgs.Archiving
	cmd := &cobra.Command{
		Use:     "add DIR…",
		Short:   t.CmdAdd,
		Long:    t.CmdAdd + "\n\n" + t.LongAdd,
		Example: "  aecheck archive add E:\\照片 D:\\相机备份\n  aecheck archive add ~/Pictures --index ~/backup/originals.aearchive",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dirs, err := a.paths(args)
			if err != nil {
				return err
			}
			return a.archiveAdd(cmd.Context(), dirs, f)
		},
	}
	fl := cmd.Flags()
	a.indexFlag(fl, &f.index)
	fl.IntVarP(&f.jobs, "jobs", "j", runtime.NumCPU(), t.FlagJobs)
	fl.StringVar(&f.now, "now", "", t.FlagNow)
	return cmd
}

func (a *app) archiveAdd(ctx context.Context, dirs []string, f archiveAddFlags) error {
	if f.jobs < 1 {
		return a.badFlag("--jobs", fmt.Sprint(f.jobs), "≥ 1")
	}
	now, err := a.nowBy(f.now)
	if err != nil {
		return err
	}
	index, err := a.indexPath(f.index)
	if err != nil {
		return err
	}
	set, err := a.loadRules()
	if err != nil {
		return err
	}
	runner, done, err := a.photoRunner(originals.Facts(), nil, nil)
	if err != nil {
		return err
	}
	defer done()
	progress := a.archiveProgress()
	added, err := originals.Add(ctx, originals.AddOptions{
		Index: index, Folders: dirs, Ignore: set.Ignore(), Runner: runner, Jobs: f.jobs, Now: now, Progress: progress.Update,
	})
	progress.Done()
	if added == nil {
		return a.archiveError(index, err)
	}
	if saidErr := a.tellAdded(index, added); err == nil {
		err = saidErr
	}
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case err != nil:
		return a.archiveError(index, reportError{index, err})
	case len(added.Troubles) > 0:
		return codeError(exitUnchecked)
	case added.New+added.Again+added.Unchanged == 0:
		return codeError(exitNothing)
	}
	return nil
}

// archiveProgress is the progress of work over many photos.
func (a *app) archiveProgress() *terminal.Progress {
	return terminal.NewProgress(a.Err, terminal.ProgressOptions{Off: a.quiet || a.noProgress, Getenv: a.Getenv, Say: a.pace})
}

func (a *app) tellAdded(index string, added *originals.Added) error {
	t := a.msgs.Archiving
	for _, x := range added.Troubles {
		why := a.reason(x.Err)
		if errors.Is(x.Err, originals.ErrNoPhoto) {
			why = t.NotAPhoto
		}
		a.sayError(fill(t.NotRead, "path", x.Path, "why", why))
	}
	if added.Others > 0 {
		a.note(fill(t.Others, "n", added.Others))
	}
	if added.Plain > 0 {
		a.note(fill(t.Plain, "n", added.Plain))
	}
	if added.Unseen > 0 {
		a.note(fill(t.Unseen, "n", added.Unseen))
	}
	var parts []string
	for _, p := range []struct {
		text string
		n    int
	}{{t.Added, added.New}, {t.Again, added.Again}, {t.Unchanged, added.Unchanged}} {
		if p.n > 0 {
			parts = append(parts, fill(p.text, "n", p.n))
		}
	}
	lines := []string{strings.Join(parts, " · ")}
	if len(parts) == 0 {
		lines[0] = t.NothingNew
	}
	for _, line := range append(lines, fill(t.Total, "n", added.Total, "index", index)) {
		if _, err := fmt.Fprintln(a.Out, line); err != nil {
			return err
		}
	}
	return nil
}
