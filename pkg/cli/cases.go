package cli

import (
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"
	"golang.org/x/text/unicode/norm"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/output"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// casesFlags are the flags of scan that are about a folder of many cases.
type casesFlags struct {
	names []string // cases whose details are wanted
	due   string
	ask   bool
	dir   string // of the pages, empty for none
}

func (a *app) casesFlags(fl *pflag.FlagSet, f *casesFlags) {
	t := a.msgs.Tabling
	fl.StringArrayVar(&f.names, "case", nil, t.FlagCase)
	fl.StringVar(&f.due, "due", "", t.FlagDue)
	fl.BoolVar(&f.ask, "ask", false, t.FlagAsk)
	fl.StringVar(&f.dir, "report-dir", "", t.FlagReportDir)
}

// asking puts the format of --ask in the place of another; beside another one that was
// typed it is an error.
func (a *app) asking(f *scanFlags) error {
	if !f.cases.ask {
		return nil
	}
	const ask = "ask"
	if f.formatGiven && f.format != ask {
		return a.badFlag("--format", f.format, ask)
	}
	f.format, f.formatGiven = ask, true
	return nil
}

// pages is the folder of --report-dir being made; nil for none.
type pages struct {
	*app
	dir    string
	folder *output.Folder
}

// pagesIn begins the folder before the work is done: a new one or one with the pages of
// an earlier run alone, in none of the folders that are scanned.
func (a *app) pagesIn(dir string, paths []string) (*pages, error) {
	if dir == "" {
		return nil, nil
	}
	p := &pages{app: a, dir: dir}
	var err error
	if p.folder, err = output.NewFolderOver(dir, paths, report.IsReport); err != nil {
		return nil, p.refused(err)
	}
	return p, nil
}

// write puts the pages there, all or none.
func (p *pages) write(r *verdict.Report, o report.Options) error {
	if p == nil {
		return nil
	}
	err := report.WritePages(p.folder.Create, r, o)
	if err == nil {
		err = p.folder.Keep()
	}
	if err != nil {
		return p.refused(err)
	}
	return nil
}

func (p *pages) discard() {
	if p != nil {
		p.folder.Discard()
	}
}

// refused says why the pages cannot be put where they should go.
func (p *pages) refused(err error) error {
	switch {
	case errors.Is(err, output.ErrHasContent):
		return usageError{fill(p.msgs.Tabling.HasContent, "path", p.dir)}
	case errors.Is(err, output.ErrInside):
		return usageError{fill(p.msgs.Tabling.Inside, "path", p.dir)}
	}
	return reportError{p.dir, err}
}

// dueWithin is the time of --due: Go's way of writing one, or days (3d); 0 for none.
func (a *app) dueWithin(text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	d, err := time.ParseDuration(text)
	if days, isDays := strings.CutSuffix(text, "d"); isDays {
		var n int
		n, err = strconv.Atoi(days)
		d = time.Duration(min(n, maxDue+1)) * 24 * time.Hour
	}
	if err != nil || d < time.Minute || d > maxDue*24*time.Hour {
		return 0, a.badFlag("--due", text, "24h, 90m, 3d")
	}
	return d, nil
}

// maxDue is the most days of --due: a year, far beyond every window.
const maxDue = 366

// undue says in a report which cases it leaves out; nil where all are in.
func undue(due time.Duration, u scan.Undue) *report.Within {
	if due == 0 {
		return nil
	}
	return &report.Within{Seconds: int64(due / time.Second), Later: u.Later, Gone: u.Gone, Unknown: u.Unknown}
}

// chosenCases are the cases that --case names, found among those there are.
type chosenCases struct {
	*app
	names []string
	paths map[string]bool // in the report; nil where no name was given
}

// look finds the cases that were named, before anything is read. A name that fits
// none is an error.
func (c *chosenCases) look(found *scan.Found) error {
	if len(c.names) == 0 {
		return nil
	}
	c.paths = map[string]bool{}
	var known []string
	for _, m := range found.Cases {
		if !m.Untouched() {
			known = append(known, wordsOf(m)...)
		}
	}
	for _, name := range c.names {
		fits := false
		for _, m := range found.Cases {
			if !m.Untouched() && goesBy(m, name) {
				fits, c.paths[m.Path] = true, true
			}
		}
		if !fits {
			return usageError{fill(c.msgs.Tabling.NoCase, "name", name) + c.nearest(name, known)}
		}
	}
	return nil
}

// nearest says which known word a name may mean.
func (c *chosenCases) nearest(name string, known []string) string {
	if near := config.Nearest(name, known); near != "" {
		return c.msgs.Words.Stop + c.meant(near)
	}
	return ""
}

// wordsOf are what a case can be called: its numbers and the folders on its path.
func wordsOf(m *material.Case) []string {
	var out []string
	if m.File.Has("violation.id") {
		out = append(out, m.File.Violation.ID)
	}
	if m.File.Has("product.id") {
		out = append(out, m.File.Product.ID)
	}
	if m.Path == "." {
		return append(out, filepath.Base(m.Place("")))
	}
	for _, part := range strings.Split(m.Path, "/") {
		out = append(out, part)
		if ext := filepath.Ext(part); strings.EqualFold(ext, ".zip") {
			out = append(out, strings.TrimSuffix(part, ext))
		}
	}
	return out
}

// goesBy reports whether a case is meant by a name: one of its words, some folders of
// its path in a row, or its folder or one above it as on disk. Letters may be large or
// small.
func goesBy(m *material.Case, name string) bool {
	folded := func(s string) string { return strings.ToLower(norm.NFC.String(s)) }
	if slices.ContainsFunc(wordsOf(m), func(w string) bool { return folded(w) == folded(name) }) {
		return true
	}
	part := strings.Trim(folded(filepath.ToSlash(filepath.Clean(name))), "/")
	if strings.Contains(part, "/") && strings.Contains("/"+folded(m.Path)+"/", "/"+part+"/") {
		return true
	}
	typed, err := filepath.Abs(name)
	if err != nil || name == "" {
		return false
	}
	dir, err := filepath.Abs(m.Dir)
	if err != nil {
		return false
	}
	rel, err := filepath.Rel(typed, dir)
	return err == nil && filepath.IsLocal(rel)
}
