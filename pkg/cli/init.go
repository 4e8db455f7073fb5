package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/lang"
)

func (a *app) initCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "init PATH",
		Short: a.msgs.CLI.CmdInit,
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return a.init(args[0])
		},
	}
}

// init makes a case folder; what is there already stays as it is.
func (a *app) init(dir string) error {
	set, err := a.loadRules()
	if err != nil {
		return err
	}
	file := filepath.Join(dir, "case.yaml")
	if _, err := os.Lstat(file); err == nil {
		a.note(fill(a.msgs.CLI.InitExists, "path", file))
		return nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	template, err := casefile.Template(a.lang.Tag())
	if err != nil {
		return err
	}
	_, err = os.Lstat(dir)
	made := errors.Is(err, fs.ErrNotExist)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	// First what takes room: on a full disk nothing is left behind.
	if err := casefile.Write(dir, "case.yaml", nil, template); err != nil {
		if made {
			err = errors.Join(err, os.Remove(dir))
		}
		return err
	}
	for _, kind := range set.Kinds() {
		name := kind.ID
		if a.lang == lang.ZH && len(kind.Aliases) > 0 {
			name = kind.Aliases[0]
		}
		if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintln(a.Out, fill(a.msgs.CLI.InitDone, "path", dir))
	return err
}
