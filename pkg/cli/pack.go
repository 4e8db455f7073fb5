package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/output"
	"github.com/aecheck/aecheck/pkg/pack"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/verdict"
)

type packFlags struct {
	scan    scanFlags
	out     string
	zip     string
	maxPart string
	against string
	force   bool
	verify  bool
}

func (a *app) packCmd() *cobra.Command {
	f := packFlags{scan: scanFlags{format: "text", failOn: string(failOnError)}}
	h := a.msgs.Handing
	cmd := &cobra.Command{
		Use:   "pack PATH",
		Short: h.CmdPack,
		Example: "  aecheck pack ./listing --out ./hand-in --zip ./hand-in.zip\n" +
			"  aecheck pack ./listing --out ./hand-in-2 --against ./hand-in\n" +
			"  aecheck pack --verify ./hand-in.zip",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.verify {
				return a.verifyPackage(cmd.Context(), args[0], f)
			}
			return a.pack(cmd.Context(), args[0], f)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&f.out, "out", "", h.FlagOut)
	fl.StringVar(&f.zip, "zip", "", h.FlagZip)
	fl.StringVar(&f.maxPart, "max-part", "", h.FlagMaxPart)
	fl.BoolVar(&f.force, "force", false, h.FlagForce)
	fl.StringVar(&f.against, "against", "", h.FlagAgainst)
	fl.BoolVar(&f.verify, "verify", false, h.FlagVerify)
	a.judgingFlags(cmd, &f.scan)
	return cmd
}

// judgingFlags are those of commands that go on from judged folders.
func (a *app) judgingFlags(cmd *cobra.Command, f *scanFlags) {
	fl, c := cmd.Flags(), a.msgs.CLI
	fl.StringVar(&f.now, "now", "", c.FlagNow)
	fl.BoolVar(&f.noOCR, "no-ocr", false, c.FlagNoOCR)
	fl.BoolVar(&f.noCache, "no-cache", false, c.FlagNoCache)
	fl.IntVarP(&f.jobs, "jobs", "j", runtime.NumCPU(), c.FlagJobs)
	fl.StringSliceVar(&f.trust, "trust-confirmations", nil, c.FlagTrust)
	fileTimeoutFlag(fl, &f.fileTimeout, c)
}

// pack makes the folder to hand in of every case in a folder.
func (a *app) pack(ctx context.Context, path string, f packFlags) error {
	if f.out == "" {
		return usageError{a.msgs.Handing.NeedOut}
	}
	last, err := a.readLast(ctx, f.against)
	if err != nil {
		return err
	}
	j, err := a.judge(ctx, []string{path}, f.scan)
	if j != nil {
		defer j.close()
	}
	if err != nil {
		return err
	}
	cases, err := a.packable(path, j)
	if err != nil {
		return err
	}
	for _, p := range j.result.Report.Problems {
		if p.Unjudged {
			a.note(fill(a.msgs.CLI.ErrPath, "path", p.Path, "why", report.Plain(p.Message)))
		}
	}
	for _, c := range cases {
		if f.against != "" && c.LastOf(last) == nil {
			return usageError{fill(a.msgs.Handing.AgainstOther, "path", f.against, "case", a.caseName(c))}
		}
	}
	for _, c := range cases {
		if !c.View.HasFile {
			a.note(fill(a.msgs.CLI.NoteNoCaseFile, "path", c.Found.Dir))
		}
	}
	if refused, err := a.refuse(cases); err != nil || refused && !f.force {
		if err == nil {
			a.note(a.msgs.Handing.HowForce)
			err = codeError(exitFindings)
		}
		return err
	}
	o, err := a.packOptions(path, j, f)
	if err != nil {
		return err
	}
	o.Last = last
	made, err := pack.Make(ctx, cases, o)
	if err != nil {
		return a.packError(err, f)
	}
	return a.showPacked(f, made)
}

// packable are the cases in a folder that can be handed in.
func (a *app) packable(path string, j *judged) ([]pack.Case, error) {
	// What fails between cases stands in the way of each; what it says of the others is
	// not for the sheet of one.
	var across []verdict.Finding
	fails, _ := pack.Blocking(&verdict.Case{Findings: j.result.Report.Batch.Findings})
	for _, f := range fails {
		across = append(across, verdict.Finding{Rule: f.Rule, Slug: f.Slug, Outcome: f.Outcome, Severity: f.Severity, Confidence: f.Confidence, Title: f.Title, Remedy: f.Remedy})
	}
	var out []pack.Case
	for i, c := range j.found.Cases {
		if c.Listing {
			if len(j.found.Cases) > 1 {
				a.note(fill(a.msgs.Handing.NotCase, "path", c.Dir))
			}
			continue
		}
		told := j.result.Report.Cases[i]
		told.Findings = append(slices.Clone(told.Findings), across...)
		out = append(out, pack.Case{Found: c, View: j.views[i], Told: &told})
	}
	switch {
	case len(out) == 0 && len(j.found.Cases) > 0:
		return nil, usageError{fill(a.msgs.Handing.NotCase, "path", path)}
	case len(out) == 0:
		return nil, a.noCase(path)
	}
	return out, nil
}

// noCase says that there is nothing to go on from.
func (a *app) noCase(path string) error {
	a.sayError(fill(a.msgs.Handing.NoCases, "path", path))
	return codeError(exitNothing)
}

// refuse says what stands in the way of handing in.
func (a *app) refuse(cases []pack.Case) (bool, error) {
	refused, say := false, a.msgs.Handing
	for _, c := range cases {
		fails, _ := pack.Blocking(c.Told)
		missing := pack.Lacking(c.Told)
		n := len(fails) + len(missing)
		if n == 0 {
			continue
		}
		refused = true
		name := a.caseName(c)
		if len(cases) > 1 {
			name += fill(a.msgs.Words.Paren, "text", c.Found.Path)
		}
		lines := []string{fill(lang.Count(say.Refused, n), "case", name)}
		for _, f := range fails {
			lines = append(lines, "  ✗ "+f.Rule+" "+terminal.Clean(report.Plain(f.Title))+a.of(f))
		}
		for _, item := range missing {
			lines = append(lines, "  ✗ "+fill(say.Lacking, "item", item.Title))
		}
		if _, err := fmt.Fprintln(a.Err, strings.Join(lines, "\n")); err != nil {
			return true, err
		}
	}
	return refused, nil
}

// of names the file that a finding is about.
func (a *app) of(f *verdict.Finding) string {
	if f.Asset == "" {
		return ""
	}
	return fill(a.msgs.Words.Paren, "text", f.Asset)
}

// caseName is what people call a case.
func (a *app) caseName(c pack.Case) string {
	if c.Told.ID != "" {
		return terminal.Clean(c.Told.ID)
	}
	return terminal.Clean(filepath.Base(c.Found.Dir))
}

func (a *app) packOptions(path string, j *judged, f packFlags) (pack.Options, error) {
	r := j.result.Report
	o := pack.Options{
		Tool: r.Tool, Now: j.now(), Lang: a.lang, Say: a.msgs, Rules: r.Rules, Slots: r.Rules.Slots,
		Out: f.out, Zip: f.zip, Apart: []string{path},
	}
	if err := j.set.Params("pack", &o.Params); err != nil {
		return o, err
	}
	o.Kinds = a.packKinds(j.set)
	for _, c := range j.found.Cases {
		o.Apart = append(o.Apart, c.Dir)
	}
	if f.maxPart != "" {
		n, ok := bytesOf(f.maxPart)
		if !ok {
			return o, a.badFlag("--max-part", f.maxPart, "50MB, 52428800")
		}
		o.MaxPart = n
	}
	return o, nil
}

func (a *app) packKinds(set *rules.Set) []pack.Kind {
	var out []pack.Kind
	for _, k := range set.Kinds() {
		out = append(out, pack.Kind{ID: k.ID, Title: k.Title.In(a.lang), Limits: k.Limits.In(a.lang)})
	}
	return out
}

var byteSize = regexp.MustCompile(`^([0-9]{1,12})\s*([kmg]?)i?b?$`)

// bytesOf reads a size: bytes, or with KB, MB, GB behind (of 1024).
func bytesOf(s string) (int64, bool) {
	m := byteSize.FindStringSubmatch(strings.ToLower(strings.TrimSpace(s)))
	if m == nil {
		return 0, false
	}
	n, err := strconv.ParseInt(m[1], 10, 64)
	n <<= map[string]int{"": 0, "k": 10, "m": 20, "g": 30}[m[2]]
	return n, err == nil && n > 0
}

// packError gives what went wrong the exit code it has: the package could not be
// written, or was asked for where it cannot be.
func (a *app) packError(err error, f packFlags) error {
	say := a.msgs.Handing
	var changed *pack.ChangedError
	place := f.out
	if zip := strings.TrimSuffix(f.zip, filepath.Ext(f.zip)); zip != "" && strings.HasPrefix(a.pathOf(err, ""), zip) {
		place = a.pathOf(err, f.zip) // one of its parts
	}
	var unread *material.OpenError
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &unread):
		a.sayError(fill(a.msgs.CLI.ErrPath, "path", unread.Path, "why", a.reason(unread.Err)))
		return codeError(exitUnchecked)
	case errors.As(err, &changed):
		a.sayError(fill(say.Changed, "path", changed.Path))
		return codeError(exitUnchecked)
	case errors.Is(err, pack.ErrZipInside):
		return usageError{fill(say.ZipInside, "path", f.zip, "out", f.out)}
	case errors.Is(err, output.ErrInside):
		return usageError{fill(say.Inside, "path", a.pathOf(err, place))}
	case errors.Is(err, output.ErrHasContent):
		return usageError{fill(say.HasContent, "path", a.pathOf(err, place))}
	case errors.Is(err, output.ErrExists):
		return usageError{fill(say.Exists, "path", a.pathOf(err, place))}
	}
	a.sayError(fill(say.NotWritten, "path", place, "why", a.reason(err)))
	return codeError(exitReport)
}

// pathOf is the path that an error is about.
func (a *app) pathOf(err error, otherwise string) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Path
	}
	return otherwise
}

// showPacked says what was made and what a person must know of it.
func (a *app) showPacked(f packFlags, made []pack.Packed) error {
	say := a.msgs.Handing
	var lines []string
	for _, p := range made {
		dir := filepath.Join(f.out, filepath.FromSlash(p.Dir))
		lines = append(lines, fill(lang.Count(say.Packed, len(p.Manifest.Files)), "path", dir))
		for _, z := range p.Zips {
			lines = append(lines, "  "+fill(lang.Count(say.PackedZip, z.Files), "path", z.Name, "size", pack.Size(z.Bytes)))
			if z.Oversize != "" {
				a.note(fill(say.Oversize, "path", z.Oversize))
			}
		}
		for _, file := range p.Converted {
			lines = append(lines, "  "+fill(say.Converted, "path", file))
		}
		for _, file := range p.NotConverted {
			a.note(fill(say.NotConverted, "path", file))
		}
		if n := len(p.Left); n > 0 {
			lines = append(lines, "  "+lang.Count(say.LeftOut, n))
		}
		lines = append(lines, a.changesOf(p)...)
		lines = append(lines, "  "+fill(say.NextSheet, "path", filepath.Join(f.out, filepath.FromSlash(p.Sheet))))
	}
	_, err := fmt.Fprintln(a.Out, strings.Join(lines, "\n"))
	return err
}

// changesOf says what changed since the last package.
func (a *app) changesOf(p pack.Packed) []string {
	say := a.msgs.Handing
	if !p.Compared {
		return nil
	}
	lines := []string{"  " + say.Since + a.msgs.Words.Colon}
	if len(p.Changes) == 0 {
		return []string{lines[0] + say.SinceNone}
	}
	for _, c := range p.Changes {
		lines = append(lines, "    "+terminal.Clean(p.TitleOf(c.Kind))+a.msgs.Words.Colon+pack.ChangeText(c, say))
	}
	return lines
}
