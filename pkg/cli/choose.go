package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/settings"
	"github.com/aecheck/aecheck/pkg/since"
	"github.com/aecheck/aecheck/pkg/suppress"
)

// chooseFlags say which files alone are to be checked.
type chooseFlags struct {
	filesFrom string
	null      bool
	since     string
}

func (a *app) chooseFlags(fl *pflag.FlagSet, f *chooseFlags) {
	c := a.msgs.Choosing
	fl.StringVar(&f.filesFrom, "files-from", "", c.FlagFilesFrom)
	fl.BoolVarP(&f.null, "null", "0", false, c.FlagNull)
	fl.StringVar(&f.since, "since", "", c.FlagSince)
}

// maxList is more than the names of all files that a walk takes.
const maxList = 64 << 20

// narrow narrows a scan down to what the flags say. empty is true where there may
// honestly be nothing to check.
func (a *app) narrow(ctx context.Context, opt *scan.Options, args []string, flags scanFlags) (empty bool, err error) {
	c, f, baseline := a.msgs.Choosing, flags.choose, flags.baseline
	switch {
	case f.filesFrom != "" && f.since != "":
		return false, usageError{fill(c.ErrBoth, "flag", "--files-from", "other", "--since")}
	case f.null && f.filesFrom == "":
		return false, usageError{c.ErrNull}
	case f.filesFrom != "" && len(args) > 0:
		return false, usageError{c.ErrPaths}
	case f.filesFrom != "":
		return false, a.takeList(opt, f, baseline)
	case f.since != "":
		return true, a.changed(ctx, opt, f.since, baseline)
	}
	return false, nil
}

// takeList takes the files of a list. What is not there any more is told: lists of
// changed files have deleted ones. Where one is a file that all results depend on, its
// folder is checked whole.
func (a *app) takeList(opt *scan.Options, f chooseFlags, baseline string) error {
	data, err := a.fileList(f.filesFrom)
	if err != nil {
		return err
	}
	var gone []string
	opt.Paths = nil
	for _, name := range names(data, f.null) {
		if _, err := os.Lstat(name); errors.Is(err, os.ErrNotExist) {
			gone = append(gone, name)
			continue
		}
		opt.Files = append(opt.Files, name)
	}
	if file := a.decisive(&material.Only{Files: opt.Files, Gone: gone}, baseline); file != "" {
		a.note(fill(a.msgs.Choosing.Everything, "file", file))
		opt.Files, opt.Paths = nil, []string{filepath.Dir(file)}
		return nil
	}
	if n := len(gone); n > 0 {
		const few = 3
		shown := strings.Join(gone[:min(n, few)], ", ")
		if n > few {
			shown += ", …"
		}
		a.note(fill(lang.Count(a.msgs.Choosing.Gone, n), "names", shown))
	}
	return nil
}

func (a *app) fileList(from string) ([]byte, error) {
	if from != "-" {
		return material.ReadNamed(from, maxList)
	}
	data, err := io.ReadAll(io.LimitReader(a.In, maxList+1))
	if err == nil && len(data) > maxList {
		err = a.badFlag("--files-from", "-", "≤ "+strconv.Itoa(maxList>>20)+" MiB")
	}
	return data, err
}

// names are the file names of a list. Git writes names that are not ASCII in quotes
// with escapes unless it is told otherwise; such a name is read as git means it where
// no file has the very name.
func names(data []byte, null bool) []string {
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // shells of Windows write one
	var out []string
	if null || bytes.IndexByte(data, 0) >= 0 {
		for _, name := range strings.Split(string(data), "\x00") {
			if name != "" {
				out = append(out, name)
			}
		}
		return out
	}
	for _, line := range strings.Split(string(data), "\n") {
		line = strings.TrimSuffix(line, "\r")
		if meant, err := strconv.Unquote(line); err == nil && strings.HasPrefix(line, `"`) {
			if _, err := os.Lstat(line); err != nil {
				line = meant
			}
		}
		if line != "" {
			out = append(out, line)
		}
	}
	return out
}

// changed asks git what changed below the paths. Where that is a file which all
// results depend on, all files are asked about.
func (a *app) changed(ctx context.Context, opt *scan.Options, ref, baseline string) error {
	only := &material.Only{}
	seen := map[string]bool{}
	for _, p := range opt.Paths {
		abs, err := filepath.Abs(p)
		if err != nil {
			return err
		}
		if info, err := os.Stat(abs); err != nil {
			return err
		} else if !info.IsDir() {
			abs = filepath.Dir(abs)
		}
		root := material.Repository(abs)
		if root != "" && seen[root] {
			continue
		}
		seen[root] = true
		changes, err := since.Find(ctx, abs, ref)
		if err != nil {
			return a.explainGit(err, p)
		}
		only.Files, only.Gone = append(only.Files, changes.Files...), append(only.Gone, changes.Gone...)
	}
	if file := a.decisive(only, baseline); file != "" {
		a.note(fill(a.msgs.Choosing.Everything, "file", file))
		return nil
	}
	opt.Only = only
	return nil
}

// decisive is the first file among those changed that all results depend on: rules,
// settings or baseline; "" for none.
func (a *app) decisive(only *material.Only, baseline string) string {
	mine := []string{a.conf.path, a.baselinePath(baseline)}
	for _, l := range a.ruleLayers() {
		mine = append(mine, l.value)
	}
	for _, name := range mine {
		info, err := os.Stat(name)
		if name == "" || err != nil {
			continue // reading it says it
		}
		if slices.ContainsFunc(only.Files, func(f string) bool {
			changed, err := os.Stat(f)
			return err == nil && os.SameFile(info, changed)
		}) {
			return name
		}
	}
	// What was deleted is not in force any more, where it would have been found.
	wd, err := os.Getwd()
	if err != nil {
		return ""
	}
	wd = material.RealFolder(wd)
	for _, f := range only.Gone {
		name := filepath.Base(f)
		if name != settings.Name && name != suppress.BaselineName {
			continue
		}
		abs, err := filepath.Abs(f)
		if err != nil {
			continue
		}
		if rel, err := filepath.Rel(material.RealFolder(filepath.Dir(abs)), wd); err == nil && filepath.IsLocal(rel) {
			return material.Typed(abs)
		}
	}
	return ""
}

// explainGit says why git gives no answer, and what to do instead.
func (a *app) explainGit(err error, path string) error {
	var e *since.Error
	if !errors.As(err, &e) {
		return err
	}
	c := a.msgs.Choosing
	text := map[since.Why]string{
		since.NoGit: c.NoGit, since.NoRepository: c.NoRepository, since.UnknownRef: c.UnknownRef, since.Shallow: c.Shallow, since.Failed: c.GitFailed,
	}[e.Why]
	return usageError{fill(text, "path", path, "ref", e.Ref, "why", e.Detail) + " " + c.Instead}
}
