package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/confirm"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/verdict"
)

type confirmFlags struct {
	scan  scanFlags
	rules []string
	files []string
	by    string
	note  string
	all   bool
	// overrule is about fails, where else reviews are confirmed.
	overrule bool
}

func (a *app) confirmCmd() *cobra.Command {
	f := confirmFlags{scan: scanFlags{format: "text", failOn: string(failOnError), jobs: 1}}
	c := a.msgs.CLI
	cmd := &cobra.Command{
		Use:   "confirm PATH",
		Short: c.CmdConfirm,
		Long:  c.CmdConfirm + "\n\n" + c.ConfirmHow,
		Example: "  aecheck confirm ./listing\n" +
			"  aecheck confirm ./listing --rule AE316 --file replacement/main/m1.jpg --by 王五 --note 看过，商品完整\n" +
			"  aecheck confirm ./listing --overrule --rule AE502 --file authorization/acme.pdf --by 王五 --note 章下的字读错了，原件写的是本公司",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.confirm(cmd.Context(), args[0], f) },
	}
	fl := cmd.Flags()
	fl.StringSliceVar(&f.rules, "rule", nil, c.FlagRule)
	fl.StringSliceVar(&f.files, "file", nil, c.FlagFile)
	fl.StringVar(&f.by, "by", "", c.FlagBy)
	fl.StringVar(&f.note, "note", "", c.FlagNote)
	fl.BoolVar(&f.all, "all", false, c.FlagAll)
	fl.BoolVar(&f.overrule, "overrule", false, c.FlagOverrule)
	fl.StringVar(&f.scan.now, "now", "", c.FlagNow)
	fl.BoolVar(&f.scan.noOCR, "no-ocr", false, c.FlagNoOCR)
	fileTimeoutFlag(fl, &f.scan.fileTimeout, c)
	return cmd
}

// openReview is one review waiting in one case, or a fail that may be overruled.
type openReview struct {
	finding *verdict.Finding
	folder  scan.CaseFolder
	file    string // below the case folder, empty for the case itself
}

func (a *app) confirm(ctx context.Context, dir string, f confirmFlags) error {
	if f.overrule && (f.all || len(f.rules) > 0 && (f.by == "" || f.note == "")) {
		return usageError{a.msgs.CLI.OverruleHow}
	}
	set, err := a.loadRules()
	if err != nil {
		return err
	}
	if err := a.forAppeals(set); err != nil {
		return err
	}
	opt, _, err := a.scanOptions(set, []string{dir}, f.scan)
	if err != nil {
		return err
	}
	paced := a.paceHeap()
	defer paced.Stop()
	s, _, err := a.session(set, f.scan, paced)
	if err != nil {
		return err
	}
	defer s.Close()
	result, err := s.Run(ctx, opt)
	if err != nil {
		return err
	}
	var open []openReview
	wrong := 0 // what may be overruled
	for i := range result.Report.Cases {
		folder := result.Cases[i]
		fails := confirm.Overrulable(result.Report.Cases[i].Findings)
		wrong += len(fails)
		waiting := confirm.Open(result.Report.Cases[i].Findings)
		if f.overrule {
			waiting = fails
		}
		for _, r := range waiting {
			k := confirm.Confirmation(r, folder.Subject.Subject, "", time.Time{}, "")
			open = append(open, openReview{finding: r, folder: folder, file: k.File})
		}
	}
	chosen, err := a.choose(open, f)
	if err != nil {
		return err
	}
	if len(chosen) == 0 {
		if wrong == 0 || f.overrule {
			return nil
		}
		_, err := fmt.Fprintln(a.Out, "\n"+lang.Count(a.msgs.CLI.OverruleMay, wrong))
		return err
	}
	return a.writeConfirmations(chosen, f, opt.Now)
}

// choose picks by flags, else asks on a terminal, else lists what is open.
func (a *app) choose(open []openReview, f confirmFlags) ([]openReview, error) {
	c := a.confirmTexts(f.overrule)
	for _, name := range f.rules {
		if !slices.ContainsFunc(open, func(o openReview) bool { return o.matches(name, f.files) }) {
			return nil, usageError{fill(c.noMatch, "rule", name, "file", strings.Join(f.files, ", "))}
		}
	}
	if len(open) == 0 {
		_, err := fmt.Fprintln(a.Out, c.none)
		return nil, err
	}
	if f.all || len(f.rules) > 0 {
		if f.by == "" {
			return nil, usageError{c.how}
		}
		var chosen []openReview
		for _, o := range open {
			if f.all || slices.ContainsFunc(f.rules, func(name string) bool { return o.matches(name, f.files) }) {
				chosen = append(chosen, o)
			}
		}
		return chosen, nil
	}
	if _, err := fmt.Fprintln(a.Out, lang.Count(c.open, len(open))); err != nil {
		return nil, err
	}
	if f.by != "" && !f.overrule && terminal.IsTerminal(a.In) {
		return a.ask(open)
	}
	for _, o := range open {
		if err := a.show(o); err != nil {
			return nil, err
		}
	}
	_, err := fmt.Fprintln(a.Out, "\n"+c.how)
	return nil, err
}

// confirmTexts are what is said of reviews or, where fails are overruled, of those.
func (a *app) confirmTexts(overrule bool) struct{ none, open, how, noMatch string } {
	c := a.msgs.CLI
	if overrule {
		return struct{ none, open, how, noMatch string }{c.OverruleNone, c.OverruleOpen, c.OverruleHow, c.OverruleNoMatch}
	}
	return struct{ none, open, how, noMatch string }{c.ConfirmNone, c.ConfirmOpen, c.ConfirmHow, c.ConfirmNoMatch}
}

// matches reports whether the flags mean this review: the rule by id or slug,
// and one of the files where files are named.
func (o openReview) matches(rule string, files []string) bool {
	return (o.finding.Rule == rule || o.finding.Slug == rule) &&
		(len(files) == 0 || slices.ContainsFunc(files, func(f string) bool { return casefile.PathKey(f) == casefile.PathKey(o.file) }))
}

func (o openReview) name() string {
	if o.file == "" {
		return "case.yaml"
	}
	return o.file
}

func (a *app) show(o openReview) error {
	_, err := fmt.Fprintf(a.Out, "\n  %s %s  %s\n    %s\n", o.finding.Rule, terminal.Clean(report.Plain(o.finding.Title)), terminal.Clean(o.name()), terminal.Clean(report.Plain(o.finding.Message)))
	return err
}

// ask goes through the reviews one by one; anything but y leaves it open.
func (a *app) ask(open []openReview) ([]openReview, error) {
	in := bufio.NewReader(a.In)
	var chosen []openReview
	for _, o := range open {
		if err := a.show(o); err != nil {
			return nil, err
		}
		fmt.Fprint(a.Out, "    "+fill(a.msgs.CLI.ConfirmAsk, "rule", o.finding.Rule, "file", terminal.Clean(o.name())))
		line, err := in.ReadString('\n')
		if answer := strings.ToLower(strings.TrimSpace(line)); answer == "y" || answer == "yes" || answer == "是" {
			chosen = append(chosen, o)
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	return chosen, nil
}

func (a *app) writeConfirmations(chosen []openReview, f confirmFlags, now time.Time) error {
	byDir := map[string][]openReview{}
	var dirs []string
	for _, o := range chosen {
		if byDir[o.folder.Dir] == nil {
			dirs = append(dirs, o.folder.Dir)
		}
		byDir[o.folder.Dir] = append(byDir[o.folder.Dir], o)
	}
	for _, dir := range dirs {
		if byDir[dir][0].folder.Packed {
			return usageError{fill(a.msgs.CLI.ErrPacked, "path", dir)}
		}
		name := byDir[dir][0].folder.FileName
		if name == "" {
			name = "case.yaml"
		}
		if byDir[dir][0].folder.Listing {
			return usageError{fill(a.msgs.CLI.ErrNoCase, "path", dir)}
		}
		var add []casefile.Confirmation
		for _, o := range byDir[dir] {
			add = append(add, confirm.Confirmation(o.finding, o.folder.Subject.Subject, f.by, now.In(lang.Beijing()).Truncate(time.Minute), f.note))
		}
		if err := confirm.Write(dir, name, add); err != nil {
			return err
		}
		if _, err := fmt.Fprintln(a.Out, fill(lang.Count(a.msgs.CLI.ConfirmDone, len(add)), "file", terminal.Clean(name), "case", dir)); err != nil {
			return err
		}
	}
	return nil
}
