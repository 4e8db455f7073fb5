package cli

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/output"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/shard"
	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// reportTo is one report to be written.
type reportTo struct {
	format report.Format
	target output.Target
}

// outputs are the reports asked for. Standard output takes one: that of --format,
// or that of --report FORMAT=- where no --format was typed.
func (a *app) outputs(f scanFlags) ([]reportTo, error) {
	format, err := a.formatNamed("--format", f.format)
	if err != nil {
		return nil, err
	}
	stdout, err := output.New(output.Stdout)
	if err != nil {
		return nil, err
	}
	outs := []reportTo{{format, stdout}}
	for _, r := range f.reports {
		name, path, ok := strings.Cut(r, "=")
		if !ok || path == "" {
			return nil, a.badFlag("--report", r, "FORMAT=PATH")
		}
		format, err := a.formatNamed("--report", name)
		if err != nil {
			return nil, err
		}
		target, err := output.New(path)
		if err != nil {
			return nil, reportError{path, err}
		}
		if target.Name == output.Stdout && !f.formatGiven && outs[0].target.Name == output.Stdout {
			outs = outs[1:]
		}
		for _, o := range outs {
			if o.target.Same(target) {
				return nil, usageError{fill(a.msgs.CLI.ErrReportTwice, "path", path)}
			}
		}
		outs = append(outs, reportTo{format, target})
	}
	return outs, nil
}

// spare refuses reports that would take the place of a file in the folders
// scanned, by whatever name, unless that is a report of an earlier run.
func (a *app) spare(outs []reportTo, paths []string) error {
	return a.spareAll(slices.DeleteFunc(slices.Clone(outs), func(o reportTo) bool {
		if !o.target.Exists() {
			return false
		}
		head, err := o.target.Head(material.OwnHead)
		return err == nil && isOurs(head)
	}), paths)
}

// spareAll refuses reports that would take the place of any file in folders, or of files.
func (a *app) spareAll(outs []reportTo, paths []string) error {
	for _, o := range outs {
		if o.target.Exists() && (slices.ContainsFunc(paths, o.target.Within) || slices.ContainsFunc(paths, o.target.LinkedFrom)) {
			return usageError{fill(a.msgs.CLI.ErrReportOverwrites, "path", o.target.Name)}
		}
	}
	return nil
}

// isOurs reports whether a file that starts with head is one that scan writes.
func isOurs(head []byte) bool { return report.IsReport(head) || shard.Is(head) }

// ofOtherCommands begins what other commands write: the JSON of plans and the manifest of a
// package, plans in words (the titles in pkg/i18n) and as a calendar.
var ofOtherCommands = regexp.MustCompile(`^(?:\s*\{\s*"schema_version":\s*\d+,\s*"tool":\s*\{\s*"name":\s*"aecheck"|(?:提交计划|Plan for submitting) · \d{4}-|BEGIN:VCALENDAR\s+(?:VERSION:[\d.]+\s+)?PRODID:-//aecheck)`)

// ownFiles says which files are no material: those that this run writes, where
// the shell sends its output, and reports of earlier runs.
func (a *app) ownFiles(outs []reportTo) func(fs.FileInfo, []byte) bool {
	var shell fs.FileInfo
	if f, ok := a.Out.(*os.File); ok {
		shell, _ = f.Stat() // what cannot be told is no file in the folder
	}
	return func(info fs.FileInfo, head []byte) bool {
		if isOurs(head) || ofOtherCommands.Match(bytes.TrimPrefix(head, []byte("\ufeff"))) {
			return true
		}
		if info == nil {
			return false // in a zip file
		}
		if shell != nil && os.SameFile(shell, info) {
			return true
		}
		for _, o := range outs {
			if o.target.Is(info) {
				return true
			}
		}
		return false
	}
}

// writeReports writes them all; one that cannot be written keeps none of the
// others back. The error is that of the first.
func (a *app) writeReports(outs []reportTo, r *verdict.Report, opt report.Options) error {
	var first error
	opt.HasPage = opt.HasPage || slices.ContainsFunc(outs, func(o reportTo) bool { return report.ShowsPictures(o.format) })
	for _, o := range outs {
		if err := a.writeReport(o, r, opt); err != nil && first == nil {
			first = err
		}
	}
	return first
}

// placeholder is what a text of a rule has in the place of a value.
var placeholder = regexp.MustCompile(`\{[^{}]*\}`)

// reportOptions are those that all reports of a scan share.
func (a *app) reportOptions(set *rules.Set, result *scan.Result, also []lang.Lang, f scanFlags, elapsed time.Duration) report.Options {
	out := report.Options{
		Lang: a.lang, Location: time.Local, FailOn: f.failOn, Places: places(result), Rules: map[string]report.RuleText{}, Sources: map[string]lang.Text{}, Elapsed: elapsed,
		Verbose: f.verbose, Statistics: f.statistics, Redact: f.redact, Quiet: a.quiet,
	}
	for _, r := range set.Rules() {
		why := r.Rationale.In(a.lang)
		if why == "" {
			why = placeholder.ReplaceAllString(r.Message.In(a.lang), "…")
		}
		out.Rules[r.ID] = report.RuleText{Title: r.Title.In(a.lang), Why: why, Remedy: r.Remedy.In(a.lang), Sources: r.Sources}
	}
	// The words behind what rules call their sources are only a help to readers.
	_ = set.Catalog("sources", &out.Sources)
	out.Folders = folders(result)
	for i, r := range result.Also {
		out.Also = append(out.Also, report.Other{Lang: also[i], Report: r})
	}
	return out
}

func (a *app) writeReport(o reportTo, r *verdict.Report, opt report.Options) error {
	if o.target.Name == output.Stdout {
		opt.Width = terminal.Width(a.Out, a.Getenv)
		opt.Color = terminal.ColorProfile(a.Out, a.color, a.Getenv)
		opt.Ruler = terminal.RulerFromEnv(a.Getenv)
		if err := report.Write(a.Out, o.format, r, opt); err != nil {
			return reportError{"stdout", err}
		}
		return nil
	}
	opt.Width = terminal.DefaultWidth
	write := func(w io.Writer) error { return report.Write(w, o.format, r, opt) }
	if err := o.target.WriteFrom(write); err != nil {
		return reportError{o.target.Name, err}
	}
	return nil
}
