package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/rules"
)

type initFlags struct {
	notice string
	yes    bool

	fileTimeout time.Duration
}

func (a *app) initCmd() *cobra.Command {
	var f initFlags
	cmd := &cobra.Command{
		Use:     "init PATH…",
		Short:   a.msgs.CLI.CmdInit,
		Example: "  aecheck init ./listing\n  aecheck init ./listing --notice 违规截图.png",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.initAll(cmd.Context(), args, f)
		},
	}
	cmd.Flags().StringVar(&f.notice, "notice", "", a.msgs.Prefilling.FlagNotice)
	cmd.Flags().BoolVar(&f.yes, "yes", false, a.msgs.Prefilling.FlagYes)
	fileTimeoutFlag(cmd.Flags(), &f.fileTimeout, a.msgs.CLI)
	return cmd
}

// initAll makes case folders and fills in what their notices say. One that fails is
// told, the others are made.
func (a *app) initAll(ctx context.Context, dirs []string, f initFlags) error {
	if f.notice != "" && len(dirs) > 1 {
		return usageError{a.msgs.Prefilling.OneCase}
	}
	if f.fileTimeout <= 0 {
		return a.badFlag("--file-timeout", f.fileTimeout.String(), "> 0s")
	}
	set, err := a.loadRules()
	if err != nil {
		return err
	}
	if err := a.forAppeals(set); err != nil {
		return err
	}
	reader := &noticeReader{app: a, timeout: f.fileTimeout}
	defer reader.close()
	failed := false
	for _, dir := range dirs {
		if err := ctx.Err(); err != nil {
			return err
		}
		made, err := a.init(set, dir)
		if err == nil {
			err = a.prefill(ctx, set, reader, dir, made, f)
		}
		if err != nil && len(dirs) == 1 {
			return err
		}
		if err != nil {
			a.sayError(fill(a.msgs.CLI.ErrPath, "path", dir, "why", a.reason(err)))
			failed = true
		}
	}
	if failed {
		return codeError(exitUnchecked)
	}
	return nil
}

// init makes a case folder; what is there already stays as it is.
func (a *app) init(set *rules.Set, dir string) (made bool, err error) {
	file := filepath.Join(dir, "case.yaml")
	if _, err := os.Lstat(file); err == nil {
		return false, nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	template, err := casefile.Template(a.lang.Tag())
	if err != nil {
		return false, err
	}
	_, err = os.Lstat(dir)
	fresh := errors.Is(err, fs.ErrNotExist)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return false, err
	}
	// First what takes room: on a full disk nothing is left behind.
	if err := casefile.Write(dir, "case.yaml", nil, template); err != nil {
		if fresh {
			err = errors.Join(err, os.Remove(dir))
		}
		return false, err
	}
	there, err := kindFolders(set, dir)
	if err != nil {
		return false, err
	}
	for _, kind := range set.Kinds() {
		name := kind.ID
		if a.lang == lang.ZH && len(kind.Aliases) > 0 {
			name = kind.Aliases[0]
		}
		if there[kind.ID] != "" {
			continue // by another of its names
		}
		if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
			return false, err
		}
	}
	_, err = fmt.Fprintln(a.Out, fill(a.msgs.CLI.InitDone, "path", dir))
	return true, err
}
