package cli

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/aecheck/aecheck/pkg/desk"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/verdict"
)

func (a *app) watchCmd() *cobra.Command {
	c := a.msgs.CLI
	f := scanFlags{format: "text", failOn: string(failOnError), jobs: runtime.NumCPU(), keep: true}
	cmd := &cobra.Command{Use: "watch PATH", Short: a.msgs.Looking.CmdWatch, Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.watch(cmd.Context(), args[0], f) }}
	fl := cmd.Flags()
	fl.StringVar(&f.now, "now", "", c.FlagNow)
	fl.BoolVar(&f.noOCR, "no-ocr", false, c.FlagNoOCR)
	fl.BoolVar(&f.noCache, "no-cache", false, c.FlagNoCache)
	fileTimeoutFlag(fl, &f.fileTimeout, c)
	return cmd
}

// watch tells the verdict, and again with what is new and what is mended whenever files
// change, until it is interrupted.
func (a *app) watch(ctx context.Context, path string, f scanFlags) error {
	set, err := a.loadRules()
	if err != nil {
		return err
	}
	opt, _, err := a.scanOptions(set, []string{path}, f)
	if err != nil {
		return err
	}
	paced := a.paceHeap()
	defer paced.Stop()
	s, _, err := a.session(set, f, paced)
	if err != nil {
		return err
	}
	defer s.Close()
	d, err := desk.Open(ctx, s, desk.Options{Scan: opt, Clock: a.clock(&opt, f)})
	if err != nil {
		return err
	}
	t := a.msgs.Looking
	a.note(fill(t.Watching, "path", path))
	before := openOf(d.State().Result)
	for _, one := range before {
		if err := a.tellChange("  ", one); err != nil {
			return err
		}
	}
	if err := a.tellVerdict(d.State().Result); err != nil {
		return err
	}
	var failed error
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	d.Watch(ctx, func(err error) {
		if err != nil {
			a.sayError(a.explainError(err))
			return
		}
		now := openOf(d.State().Result)
		if slices.EqualFunc(before, now, sameFinding) {
			return
		}
		for _, one := range now {
			if failed == nil && !has(before, one) {
				failed = a.tellChange(t.New, one)
			}
		}
		for _, one := range before {
			if failed == nil && !has(now, one) {
				failed = a.tellChange(t.Mended, one)
			}
		}
		before = now
		if failed == nil {
			failed = a.tellVerdict(d.State().Result)
		}
		if failed != nil {
			cancel()
		}
	})
	return failed
}

// openOf are the findings that somebody has to do something about, in order.
func openOf(r *scan.Result) []*verdict.Finding {
	var out []*verdict.Finding
	for i := range r.Report.Cases {
		list := r.Report.Cases[i].Findings
		for k := range list {
			f := &list[k]
			if f.Suppressed == nil && f.Severity != verdict.SeverityInfo && f.Outcome != verdict.Pass && f.Outcome != verdict.Skip {
				out = append(out, f)
			}
		}
	}
	return out
}

func sameFinding(a, b *verdict.Finding) bool {
	return a.Fingerprint == b.Fingerprint && a.Outcome == b.Outcome
}

func has(list []*verdict.Finding, one *verdict.Finding) bool {
	return slices.ContainsFunc(list, func(f *verdict.Finding) bool { return sameFinding(f, one) })
}

func (a *app) tellChange(head string, f *verdict.Finding) error {
	_, err := fmt.Fprintln(a.Out, head+f.Rule+" "+terminal.Clean(report.Plain(f.Title))+"  "+terminal.Clean(f.Asset))
	return err
}

func (a *app) tellVerdict(r *scan.Result) error {
	at, err := time.Parse(time.RFC3339, r.Report.Now)
	if err != nil {
		return err
	}
	page := report.Arrange(r.Report, report.Options{Lang: a.lang})
	_, err = fmt.Fprintln(a.Out, fill(a.msgs.Looking.Judged, "time", at.In(lang.Beijing()).Format(time.TimeOnly), "verdict", page.Verdict()))
	return err
}
