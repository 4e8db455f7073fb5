package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"time"

	"github.com/aecheck/aecheck/pkg/bundle"
	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/scan"
)

// maxBundle is more than bundle.Decode reads; it gives the error.
const maxBundle = 64 << 20

// bundleFlags are those of explain --bundle.
type bundleFlags struct {
	bundle, unmasked bool
	now              string
}

// casesAbove is how many folders up a case.yaml is looked for: 替换图/主图/a.jpg
// lies two below its case.
const casesAbove = 4

// caseOf finds the folder of the case that a file or folder belongs to; without
// a case.yaml above it, what was named is the case.
func caseOf(name string) (string, error) {
	full, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	dir := full
	for range casesAbove + 1 {
		if info, err := os.Stat(filepath.Join(dir, "case.yaml")); err == nil && info.Mode().IsRegular() {
			return dir, nil
		}
		dir = filepath.Dir(dir)
	}
	return full, nil
}

// writeBundle writes to stdout what a rule saw of a file, or of a case.
func (a *app) writeBundle(ctx context.Context, name, file string, f bundleFlags) error {
	set, err := a.loadRules()
	if err != nil {
		return err
	}
	r, err := a.ruleNamed(set, name)
	if err != nil {
		return err
	}
	now := time.Now()
	if f.now != "" {
		if now, err = time.Parse(time.RFC3339, f.now); err != nil {
			return a.badFlag("--now", f.now, "2026-11-23T10:00:00+08:00")
		}
	}
	if r.IsForBatch() {
		return a.refused("--bundle", r.ID, a.msgs.CLI.BundleNoBatch)
	}
	dir, err := caseOf(file)
	if err != nil {
		return err
	}
	paced := a.paceHeap()
	defer paced.Stop()
	s, _, err := a.session(set.Only(r), scanFlags{fileTimeout: extract.DefaultLimits().Work, jobs: 1}, paced)
	if err != nil {
		return err
	}
	defer s.Close()
	where := scan.FindOptions{Paths: []string{dir}}
	a.placing(&where)
	found, err := s.Find(ctx, where)
	if err != nil {
		return err
	}
	views, err := s.Views(s.Read(ctx, found, scan.ReadOptions{}), now)
	if err != nil {
		return err
	}
	for _, view := range views {
		asset := ""
		if !r.IsForCase() {
			if asset, err = assetIn(found.Cases, view.Path, file); err != nil {
				return err
			}
			if asset == "" {
				continue
			}
		}
		o := bundle.Options{Version: version()}
		for _, l := range set.Layers() {
			o.Layers = append(o.Layers, path.Base(filepath.ToSlash(l)))
		}
		if !f.unmasked {
			o.Mask = bundle.NewMasker(rand.Uint64())
		}
		b, err := bundle.Make(ctx, set, r, view, asset, o)
		if err != nil {
			return err
		}
		if b.Replayed != b.Outcome {
			a.note(fill(a.msgs.CLI.BundleDiffers, "here", b.Outcome, "there", b.Replayed))
		}
		return b.Encode(a.Out)
	}
	return &fs.PathError{Op: "explain", Path: file, Err: errors.New(a.msgs.CLI.BundleNoFile)}
}

// assetIn is the path of a file below its case, "" where the case has no such file.
func assetIn(cases []*material.Case, casePath, file string) (string, error) {
	want, err := os.Stat(file)
	if err != nil {
		return "", err
	}
	i := slices.IndexFunc(cases, func(c *material.Case) bool { return c.Path == casePath })
	for _, a := range cases[i].Assets {
		if have, err := os.Stat(filepath.Join(cases[i].Dir, filepath.FromSlash(a.Path))); err == nil && os.SameFile(have, want) {
			return a.Path, nil
		}
	}
	return "", nil
}

// replayBundles judges bundles by the rules at hand and prints, for each, what the
// rule says now beside what it said.
func (a *app) replayBundles(ctx context.Context, files []string) error {
	set, err := a.loadRules()
	if err != nil {
		return err
	}
	var all []error
	for _, name := range files {
		if err := a.replayBundle(ctx, set, name); err != nil {
			all = append(all, err)
		}
	}
	return errors.Join(all...)
}

func (a *app) replayBundle(ctx context.Context, set *rules.Set, name string) error {
	data, err := material.ReadNamed(name, maxBundle)
	if err != nil {
		return err
	}
	b, err := bundle.Decode(data)
	if err != nil {
		return &fs.PathError{Op: "replay", Path: name, Err: err}
	}
	now, err := b.Replay(ctx, set)
	if err != nil {
		return &fs.PathError{Op: "replay", Path: name, Err: err}
	}
	_, err = fmt.Fprintln(a.Out, fill(a.msgs.CLI.BundleReplayed, "file", name, "rule", b.Rule, "version", cmp.Or(b.Version, "?"), "then", b.Replayed, "now", now))
	return err
}
