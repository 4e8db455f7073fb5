// Package cli is the command line: one file a command, flags turned into
// option structs, and the only place where errors become exit codes.
//
// It may import pkg/archive, pkg/bundle, pkg/casefile, pkg/config, pkg/confirm, pkg/derive, pkg/desk, pkg/draft,
// pkg/extract, pkg/extract/file/c2pa, pkg/extract/file/charset, pkg/facts, pkg/fix, pkg/guide, pkg/heap, pkg/i18n,
// pkg/lang, pkg/letters, pkg/licences, pkg/lookup, pkg/manifest, pkg/material, pkg/originals, pkg/outcome, pkg/output,
// pkg/pack, pkg/packs, pkg/pathglob, pkg/prefill, pkg/profile, pkg/report, pkg/roff, pkg/rules, pkg/scan,
// pkg/schedule/ics, pkg/schedule/plan, pkg/settings, pkg/shard, pkg/since, pkg/statement, pkg/suppress, pkg/terminal, pkg/verdict, pkg/web and pkg/wildcard.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/i18n"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/terminal"
)

// Exit codes, the same for every format; the first that applies.
const (
	exitOK          = 0
	exitFindings    = 1   // findings at or above --fail-on
	exitUsage       = 2   // wrong usage, or a rules or case file is invalid
	exitUnchecked   = 3   // something could not be checked
	exitNothing     = 4   // nothing to check
	exitReport      = 5   // a report could not be written
	exitInterrupted = 130 // 128 + SIGINT
)

// Env is the world a run sees.
type Env struct {
	terminal.Streams
	Getenv func(string) string
	// Catalogues holds the languages that are not in the sources; nil for those
	// built in.
	Catalogues fs.FS
}

// Main runs one command and returns its exit code. It never calls os.Exit.
func Main(ctx context.Context, args []string, env Env) int {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	if env.Catalogues == nil {
		env.Catalogues = i18n.Catalogues()
	}
	known, err := lang.Load(env.Catalogues)
	if err != nil {
		fmt.Fprintln(env.Err, "error:", err)
		return exitUsage
	}
	a := &app{Env: env, languages: known, color: terminal.ColorAuto}
	a.setLang(i18n.Detect(known, env.Getenv))
	if l, ok := a.langFlag(args); ok {
		a.setLang(l)
	}
	a.settle(args)
	// A click on the program in Explorer opens the page; cobra would show a text and end.
	cobra.MousetrapHelpText = ""
	root := a.root()
	root.SetArgs(dropped(args, root, terminal.IsTerminal(env.In)))
	root.SetIn(env.In)
	help := &remembering{w: env.Out}
	root.SetOut(help)
	root.SetErr(env.Err)
	code := a.exitCode(errors.Join(root.ExecuteContext(ctx), help.err))
	if n := len(a.lang.Missing()); n > 0 {
		a.note(fill(a.msgs.CLI.NoteUntranslated, "n", n, "language", a.lang.Name()))
	}
	return code
}

// app is what commands share.
type app struct {
	Env
	languages []lang.Lang
	lang      lang.Lang
	msgs      i18n.Messages
	color     terminal.Policy

	conf       configured
	ruleFiles  []string
	packs      []string
	quiet      bool
	noProgress bool
	cacheDir   string
}

func (a *app) setLang(l lang.Lang) {
	a.lang, a.msgs = l, i18n.For(l)
}

// tags lists the languages there are.
func (a *app) tags() []string {
	out := make([]string, len(a.languages))
	for i, l := range a.languages {
		out[i] = l.Tag()
	}
	return out
}

// langFlag finds --lang before flags are parsed: help and usage errors are
// written in the language too.
func (a *app) langFlag(args []string) (lang.Lang, bool) {
	for i, arg := range args {
		v, ok := strings.CutPrefix(arg, "--lang=")
		if arg == "--lang" && i+1 < len(args) {
			v, ok = args[i+1], true
		}
		if ok {
			l, err := lang.Find(a.languages, v)
			return l, err == nil
		}
	}
	return lang.EN, false
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "aecheck",
		Short:         a.msgs.CLI.About,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return cmd.Help()
		},
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.Version = version()
	root.SetVersionTemplate(versionLine())
	root.Flags().Bool("version", false, a.msgs.CLI.CmdVersion)
	f := root.PersistentFlags()
	f.Var(langValue{a}, "lang", fill(a.msgs.CLI.FlagLang, "languages", strings.Join(a.tags(), " ")))
	f.Var(colorValue{a}, "color", a.msgs.CLI.FlagColor)
	f.StringArrayVar(&a.ruleFiles, "rules", nil, a.msgs.CLI.FlagRules)
	f.StringSliceVar(&a.packs, "pack", nil, a.msgs.Marketing.FlagPack)
	f.String("config", "", a.msgs.Settling.FlagConfig) // read by settle
	f.StringVar(&a.cacheDir, "cache-dir", "", a.msgs.Sharing.FlagCacheDir)
	f.BoolVarP(&a.quiet, "quiet", "q", false, a.msgs.CLI.FlagQuiet)
	f.BoolVar(&a.noProgress, "no-progress", false, a.msgs.CLI.FlagNoProgress)
	root.AddCommand(a.scanCmd(), a.inspectCmd(), a.explainCmd(), a.rulesCmd(), a.initCmd(),
		a.fixCmd(), a.confirmCmd(), a.statementCmd(), a.letterCmd(), a.cacheCmd(), a.versionCmd(), a.licencesCmd(), a.completionCmd(root))
	root.AddCommand(a.archiveCmd(), a.packCmd(), a.mergeCmd(), a.outcomeCmd(), a.scheduleCmd(), a.mcpCmd(), a.configCmd(), a.baselineCmd(), a.openCmd(), a.watchCmd(), a.manCmd(root))
	a.completeAll(root)
	a.localiseHelp(root)
	a.localiseUsage(root)
	return root
}

// usageError is a mistake on the command line.
type usageError struct{ msg string }

func (e usageError) Error() string { return e.msg }

// codeError carries an exit code that is no error to report.
type codeError int

func (e codeError) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// reportError: a report could not be written.
type reportError struct {
	path string
	err  error
}

func (e reportError) Error() string { return e.path + ": " + e.err.Error() }
func (e reportError) Unwrap() error { return e.err }

// remembering is a writer that keeps its first error: cobra writes help without
// looking at it.
type remembering struct {
	w   io.Writer
	err error
}

func (r *remembering) Write(p []byte) (int, error) {
	n, err := r.w.Write(p)
	if err != nil && r.err == nil {
		r.err = err
	}
	return n, err
}

// isOutput reports whether an error is that of writing to standard output, whatever
// the command: the disk is full, nobody reads.
func (a *app) isOutput(err error, into *reportError) bool {
	var pe *fs.PathError
	out, ok := a.Out.(*os.File)
	if !ok || !errors.As(err, &pe) || pe.Op != "write" || pe.Path != out.Name() {
		return false
	}
	*into = reportError{"stdout", pe}
	return true
}

// exitCode says what went wrong on stderr and gives the code for it.
func (a *app) exitCode(err error) int {
	var code codeError
	var report reportError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &code):
		return int(code)
	case a.isOutput(err, &report), errors.As(err, &report):
		a.sayError(fill(a.msgs.CLI.ErrReport, "path", report.path, "why", a.reason(report.err)))
		return exitReport
	case errors.Is(err, context.Canceled):
		a.sayError(a.msgs.Reasons.Stopped)
		return exitInterrupted
	default:
		a.sayError(a.explainError(err))
		return exitUsage
	}
}

// explainError gives an error in the user's language, with the line it is
// about where there is one.
func (a *app) explainError(err error) string {
	var list config.Errors
	var one *config.Error
	var file *fs.PathError
	switch {
	case errors.As(err, &list):
		parts := make([]string, len(list))
		for i, e := range list {
			parts[i] = e.Detail(a.lang)
		}
		return strings.Join(parts, "\n")
	case errors.As(err, &one):
		return one.Detail(a.lang)
	case errors.As(err, &file) && errors.Is(err, fs.ErrNotExist):
		return fill(a.msgs.CLI.ErrPath, "path", file.Path, "why", a.reason(err))
	}
	return err.Error()
}

func (a *app) sayError(msg string) {
	fmt.Fprintln(a.Err, a.msgs.CLI.ErrPrefix+terminal.CleanText(msg))
}

// fill is lang.Fill for values that may be a seller's: names stay on one line.
func fill(text string, pairs ...any) string {
	clean := slices.Clone(pairs)
	for i := 1; i < len(clean); i += 2 {
		clean[i] = terminal.Clean(fmt.Sprint(clean[i]))
	}
	return lang.Fill(text, clean...)
}

// note writes a remark to stderr unless --quiet.
func (a *app) note(msg string) {
	if !a.quiet {
		fmt.Fprintln(a.Err, a.msgs.CLI.NotePrefix+terminal.CleanText(msg))
	}
}
