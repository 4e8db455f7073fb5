package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/aecheck/aecheck/pkg/derive"
	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/terminal"
)

type inspectFlags struct {
	format  string
	only    []string
	noCache bool
	noOCR   bool

	fileTimeout time.Duration
	trustList   string
}

func (a *app) inspectCmd() *cobra.Command {
	var f inspectFlags
	c := a.msgs.CLI
	cmd := &cobra.Command{
		Use:     "inspect FILE…",
		Short:   c.CmdInspect,
		Example: "  aecheck inspect source/IMG_2001.JPG\n  aecheck inspect --only exif,meta,origin --format json *.jpg",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			files, err := a.paths(args)
			if err != nil {
				return err
			}
			return a.inspect(cmd.Context(), files, f)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&f.format, "format", "text", fill(c.FlagFormat, "formats", "text json"))
	fl.StringSliceVar(&f.only, "only", nil, fill(c.FlagOnly, "groups", strings.Join(facts.Groups(), " ")))
	fl.BoolVar(&f.noCache, "no-cache", false, c.FlagNoCache)
	fl.BoolVar(&f.noOCR, "no-ocr", false, c.FlagNoOCR)
	a.trustListFlag(fl, &f.trustList)
	fileTimeoutFlag(fl, &f.fileTimeout, c)
	return cmd
}

func (a *app) inspect(ctx context.Context, files []string, f inspectFlags) error {
	if f.format != "text" && f.format != "json" {
		return a.badFlag("--format", f.format, "text json")
	}
	if f.fileTimeout <= 0 {
		return a.badFlag("--file-timeout", f.fileTimeout.String(), "> 0s")
	}
	groups := facts.Groups()
	for _, g := range f.only {
		if !slices.Contains(groups, g) {
			return a.badFlag("--only", g, strings.Join(groups, " "))
		}
	}
	paced := a.paceHeap()
	defer paced.Stop()
	if metadataOnly(f.only) && a.Getenv("GOMAXPROCS") == "" {
		// One file is read after the other, each in a goroutine that can be
		// left behind: more processors would only be woken for it and put to
		// sleep again, which took a quarter of the time.
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	}
	tables, err := a.loadTables()
	if err != nil {
		return err
	}
	d, err := derive.NewConfig(tables)
	if err != nil {
		return err
	}
	trust, err := a.loadTrust(f.trustList)
	if err != nil {
		return err
	}
	var cache *extract.Cache
	if !f.noCache && f.only == nil {
		// Hashing a file to look it up costs more than the few facts that
		// --only asks for.
		cache, _ = a.openCache()
	}
	runner, done, err := scan.NewRunner(scan.RunnerOptions{
		Limits: limits(f.fileTimeout, paced), Cache: cache, NoOCR: f.noOCR, Trust: trust, Facts: f.only, CodeDir: codeDir(f.noCache), Heap: paced,
	})
	if err != nil {
		return err
	}
	defer func() { _ = done() }() // only frees memory
	in := inspector{app: a, derive: d, runner: runner, groups: groups, wish: extract.Request{Facts: f.only, Off: scan.Off(f.noOCR)}}
	if f.only != nil {
		in.groups = f.only
	}
	if f.format == "json" {
		return in.list(ctx, files)
	}
	return in.text(ctx, files)
}

// metadataOnly: facts that are read without decoding a picture or a document.
func metadataOnly(only []string) bool {
	return only != nil && !slices.ContainsFunc(only, func(g string) bool {
		return !slices.Contains([]string{"file", "exif", "meta", "origin"}, g)
	})
}

type inspector struct {
	*app
	runner *extract.Runner
	derive *derive.Config
	wish   extract.Request
	groups []string
}

// one reads one file. A file that cannot be read is told on stderr.
func (in *inspector) one(ctx context.Context, file string) (*facts.Set, bool) {
	set, err := in.runner.Run(ctx, extract.Source{Open: func() (extract.ReadCloser, int64, error) { return material.OpenNamed(file) }}, in.wish)
	if err != nil {
		in.sayError(fill(in.msgs.CLI.ErrPath, "path", file, "why", in.reason(err)))
		return nil, false
	}
	in.derive.Apply(set, derive.Subject{Path: filepath.ToSlash(file), Contacts: derive.WantsContacts(in.wish.Facts)})
	return set, true
}

func (in *inspector) text(ctx context.Context, files []string) error {
	ok := true
	for i, file := range files {
		if err := ctx.Err(); err != nil {
			return err
		}
		set, read := in.one(ctx, file)
		if !read {
			ok = false
			continue
		}
		if i > 0 {
			fmt.Fprintln(in.Out)
		}
		fmt.Fprintln(in.Out, terminal.Clean(file))
		for _, g := range in.groups {
			if err := in.group(set, g); err != nil {
				return err
			}
		}
	}
	if !ok {
		return codeError(exitUnchecked)
	}
	return nil
}

func (in *inspector) group(set *facts.Set, name string) error {
	st := set.Status(name)
	if st.State != facts.Present && st.State != facts.Absent && !partly(set, name) {
		_, err := fmt.Fprintf(in.Out, "  %-11s %s\n", name, terminal.Clean(fill(in.msgs.CLI.InspectState, "state", st.State, "why", st.Why.In(in.lang))))
		return err
	}
	if _, err := fmt.Fprintf(in.Out, "  %s\n", name); err != nil {
		return err
	}
	return in.value("    ", reflect.ValueOf(set.Pointer(name)).Elem())
}

// partly reports whether a group has no state of its own and some field of it was found.
func partly(set *facts.Set, group string) bool {
	states := set.Statuses()
	if _, own := states[group]; own {
		return false
	}
	for name, st := range states {
		if strings.HasPrefix(name, group+".") && st.State == facts.Present {
			return true
		}
	}
	return false
}

// value prints the fields of a struct, one a line, leaving out what is empty.
func (in *inspector) value(indent string, v reflect.Value) error {
	t := v.Type()
	for i := range t.NumField() {
		field := v.Field(i)
		if field.IsZero() && field.Kind() != reflect.Bool {
			continue
		}
		tag, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		unit := t.Field(i).Tag.Get("unit")
		if err := in.field(indent, tag, unit, field); err != nil {
			return err
		}
	}
	return nil
}

func (in *inspector) field(indent, name, unit string, v reflect.Value) error {
	switch {
	case v.Kind() == reflect.Struct && v.Type() != reflect.TypeFor[time.Time]():
		if _, err := fmt.Fprintf(in.Out, "%s%s\n", indent, name); err != nil {
			return err
		}
		return in.value(indent+"  ", v)
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Struct:
		for i := range v.Len() {
			if _, err := fmt.Fprintf(in.Out, "%s%s[%d] %s\n", indent, name, i, terminal.Clean(brief(v.Index(i)))); err != nil {
				return err
			}
		}
		return nil
	case v.Kind() == reflect.Map:
		keys := v.MapKeys()
		sort.Slice(keys, func(i, j int) bool { return keys[i].String() < keys[j].String() })
		for _, k := range keys {
			if _, err := fmt.Fprintf(in.Out, "%s%s[%s] %s\n", indent, name, terminal.Clean(k.String()), terminal.Clean(shorten(fmt.Sprint(v.MapIndex(k))))); err != nil {
				return err
			}
		}
		return nil
	}
	_, err := fmt.Fprintf(in.Out, "%s%-24s %s\n", indent, name, strings.TrimSpace(terminal.Clean(scalar(v))+unitOf(unit)))
	return err
}

// brief puts a small struct on one line.
func brief(v reflect.Value) string {
	var parts []string
	for i := range v.NumField() {
		if v.Field(i).IsZero() {
			continue
		}
		tag, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		parts = append(parts, tag+"="+scalar(v.Field(i)))
	}
	return strings.Join(parts, " ")
}

func scalar(v reflect.Value) string {
	switch x := v.Interface().(type) {
	case time.Time:
		return x.Format("2006-01-02 15:04:05 -07:00")
	case []byte:
		return fmt.Sprintf("(%d bytes)", len(x))
	case float64:
		return fmt.Sprintf("%.4g", x)
	}
	return shorten(fmt.Sprint(v.Interface()))
}

// shorten keeps a runaway metadata text from filling the screen; JSON has it
// whole.
func shorten(s string) string {
	const most = 300
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// unitOf leaves out units that are ranges.
func unitOf(unit string) string {
	if unit == "" || strings.Contains(unit, "..") {
		return ""
	}
	return " " + unit
}
