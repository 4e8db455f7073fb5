package cli

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/output"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/statement"
	"github.com/aecheck/aecheck/pkg/terminal"
)

type statementFlags struct {
	scan    scanFlags
	in, out string
	trace   bool
}

func (a *app) statementCmd() *cobra.Command {
	f := statementFlags{scan: scanFlags{format: "text", failOn: string(failOnNever)}}
	words := a.msgs.Stating
	cmd := &cobra.Command{
		Use:     "statement PATH",
		Short:   words.Command,
		Example: "  aecheck statement ./listing\n  aecheck statement ./listing --in es --trace\n  aecheck statement ./listing --out listing/statement/draft.txt",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.statement(cmd.Context(), args[0], f)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&f.in, "in", "", fill(words.FlagIn, "languages", strings.Join(statement.Languages(), " ")))
	fl.BoolVar(&f.trace, "trace", false, words.FlagTrace)
	fl.StringVar(&f.out, "out", "", words.FlagOut)
	a.judgingFlags(cmd, &f.scan)
	return cmd
}

// judgeFlags are those of a scan whose report is not shown.
func judgeFlags(now string) scanFlags {
	return scanFlags{format: "text", failOn: string(failOnNever), now: now, jobs: runtime.NumCPU(), fileTimeout: extract.DefaultLimits().Work}
}

// statementParams are those of params.document that a draft goes by.
type statementParams struct {
	seal, signature float64
	least, most     int
}

func paramsOf(j *judged) (statementParams, error) {
	var all map[string]any
	if err := j.set.Params("document", &all); err != nil {
		return statementParams{}, err
	}
	number := func(name string) float64 { n, _ := all[name].(float64); return n }
	return statementParams{number("seal"), number("signature"), int(number("statement_min")), int(number("statement_max"))}, nil
}

// statementLang is the language a draft is written in.
func (a *app) statementLang(typed string) (string, error) {
	known := statement.Languages()
	if typed == "" {
		if slices.Contains(known, a.lang.Tag()) {
			return a.lang.Tag(), nil
		}
		return lang.EN.Tag(), nil
	}
	if !slices.Contains(known, typed) {
		return "", usageError{fill(a.msgs.Stating.NoLanguage, "language", typed, "languages", strings.Join(known, " "))}
	}
	return typed, nil
}

// newFile is a file to write that must not be there yet.
func newFile(name, exists string) (output.Target, error) {
	target, err := output.New(name)
	if err != nil {
		return target, reportError{name, err}
	}
	if target.Exists() {
		return target, usageError{fill(exists, "path", name)}
	}
	return target, nil
}

func (a *app) statement(ctx context.Context, path string, f statementFlags) error {
	in, err := a.statementLang(f.in)
	if err != nil {
		return err
	}
	target, err := output.New(output.Stdout)
	if f.out != "" {
		target, err = newFile(f.out, a.msgs.Stating.Exists)
	}
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
	if n := len(j.views); n != 1 {
		if n == 0 {
			return a.noCase(path)
		}
		return usageError{fill(a.msgs.Stating.OneCase, "n", n)}
	}
	if !j.views[0].HasFile {
		a.note(fill(a.msgs.Stating.NoCaseFile, "path", path))
	}
	params, err := paramsOf(j)
	if err != nil {
		return err
	}
	draft, err := statement.Write(statement.Input{Case: j.views[0], Findings: j.result.Report.Cases[0].Findings, Seal: params.seal, Signature: params.signature, Max: params.most}, in)
	if err != nil {
		return err
	}
	var trace func(statement.Sentence) []string
	if f.trace {
		trace = a.traced
	}
	text := terminal.CleanText(draft.Text(trace))
	if target.Name == output.Stdout {
		if _, err := fmt.Fprint(a.Out, text); err != nil {
			return err
		}
	} else if err := target.Write([]byte(text)); err != nil {
		return reportError{f.out, err}
	}
	a.statementNotes(draft, params)
	if f.out != "" {
		a.note(fill(a.msgs.Stating.Written, "path", f.out, "case", path))
	} else {
		a.note(a.msgs.Stating.Keep)
	}
	return nil
}

// statementNotes tells what a draft does not say, and what is left to do.
func (a *app) statementNotes(d *statement.Draft, p statementParams) {
	words := a.msgs.Stating
	for _, h := range d.Held {
		what := strings.Join(h.Assets, ", ")
		if what == "" {
			what = words.WholeCase
		}
		text := words.Held
		if h.Blank {
			text = words.HeldBlank
		}
		a.note(fill(text, "section", h.Section, "what", what, "rule", h.Finding.Rule, "title", report.Plain(h.Finding.Title)))
	}
	for _, s := range d.Dropped {
		a.note(fill(words.Dropped, "max", p.most, "text", s.Text))
	}
	for _, c := range d.Conflicts {
		if c.Ground != "" {
			ground := map[string]string{"misjudged": words.Misjudged, "authorized": words.Authorized, "rectified": words.Rectified}[c.Ground]
			a.note(fill(words.ConflictGround, "file", c.File, "quote", c.Quote, "ground", ground))
			continue
		}
		a.note(fill(words.Conflict, "file", c.File, "quote", c.Quote, "text", c.Sentence.Text))
	}
	switch {
	case d.Length > p.most:
		a.note(fill(words.Long, "n", d.Length, "max", p.most))
	case d.Length < p.least:
		a.note(fill(words.Short, "n", d.Length, "min", p.least))
	}
	if d.Blanks > 0 {
		a.note(lang.Count(words.Blanks, d.Blanks))
	}
}

// traced are the lines of a trace below a sentence: its facts, then the rules that
// passed, by file.
func (a *app) traced(s statement.Sentence) []string {
	var out, files []string
	passed := map[string][]string{}
	for _, b := range s.Basis {
		name := b.Asset
		switch {
		case strings.HasPrefix(b.Fact, "case."):
			name = "case.yaml"
		case name == "":
			name = a.msgs.Words.Case
		}
		if b.Person != "" {
			b.Rule += fill(a.msgs.Stating.ByPerson, "person", b.Person)
		}
		switch {
		case b.Rule == "":
			out = append(out, fmt.Sprintf("← %s · %s = %s", name, b.Fact, b.Value))
		case !slices.Contains(files, name):
			files = append(files, name)
			fallthrough
		default:
			passed[name] = append(passed[name], b.Rule)
		}
	}
	for _, name := range files {
		out = append(out, fmt.Sprintf("← %s · %s", name, fill(a.msgs.Stating.Passed, "rules", strings.Join(passed[name], " "))))
	}
	return out
}
