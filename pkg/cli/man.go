package cli

import (
	"errors"
	"io"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/aecheck/aecheck/pkg/output"
	"github.com/aecheck/aecheck/pkg/roff"
)

// manSection is that of commands.
const manSection = "1"

func (a *app) manCmd(root *cobra.Command) *cobra.Command {
	t, dir := a.msgs.Manual, ""
	cmd := &cobra.Command{
		Use:     "man [COMMAND…]",
		Short:   t.Cmd,
		Long:    t.Cmd + "\n\n" + t.How,
		Example: "  aecheck man scan | man -l -\n  aecheck man rules facts >aecheck-rules-facts.1\n  aecheck man --dir ./man1",
		// The flag is of no command before it: those that are named are arguments.
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			return subcommands(root, args), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case !cmd.Flags().Changed("dir"):
				return a.man(root, args)
			case len(args) > 0:
				return usageError{a.msgs.Manual.OneOrDir}
			default:
				return a.manDir(root, dir)
			}
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "", t.FlagDir)
	_ = cmd.MarkFlagDirname("dir") // there is one
	return cmd
}

// subcommands are the names that may follow those of args, with what they do.
func subcommands(root *cobra.Command, args []string) (out []string) {
	cmd, ok := named(root, args)
	if !ok {
		return nil
	}
	for _, sub := range documented(cmd) {
		out = append(out, sub.Name()+"\t"+sub.Short)
	}
	return out
}

// named finds a command by its whole name; what is no command is no argument here.
func named(root *cobra.Command, args []string) (*cobra.Command, bool) {
	for _, name := range args {
		i := slices.IndexFunc(root.Commands(), func(c *cobra.Command) bool { return c.Name() == name || c.HasAlias(name) })
		if i < 0 {
			return nil, false
		}
		root = root.Commands()[i]
	}
	return root, true
}

// documented are the commands below one that are shown, by name.
func documented(cmd *cobra.Command) []*cobra.Command {
	return slices.DeleteFunc(slices.Clone(cmd.Commands()), func(c *cobra.Command) bool { return !c.IsAvailableCommand() })
}

func (a *app) man(root *cobra.Command, args []string) error {
	cmd, ok := named(root, args)
	if !ok {
		return usageError{fill(a.msgs.Manual.NotACommand, "name", strings.Join(args, " "))}
	}
	_, err := io.WriteString(a.Out, a.page(cmd))
	return err
}

// manDir writes all pages, or none.
func (a *app) manDir(root *cobra.Command, dir string) error {
	folder, err := output.NewFolder(dir, nil)
	switch {
	case errors.Is(err, output.ErrHasContent):
		return usageError{fill(a.msgs.Handing.HasContent, "path", dir)}
	case err != nil:
		return reportError{dir, err}
	}
	defer folder.Discard()
	var each func(cmd *cobra.Command) error
	each = func(cmd *cobra.Command) error {
		if err := folder.Write(pageName(cmd)+"."+manSection, []byte(a.page(cmd))); err != nil {
			return err
		}
		for _, sub := range documented(cmd) {
			if err := each(sub); err != nil {
				return err
			}
		}
		return nil
	}
	if err := each(root); err != nil {
		return reportError{dir, err}
	}
	if err := folder.Keep(); err != nil {
		return reportError{dir, err}
	}
	return nil
}

// pageName is that of a command's page: aecheck-rules-facts.
func pageName(cmd *cobra.Command) string { return strings.ReplaceAll(cmd.CommandPath(), " ", "-") }

// page is the manual page of a command: what its help says, in the order of manuals.
func (a *app) page(cmd *cobra.Command) string {
	t, c := a.msgs.Manual, a.msgs.CLI
	a.nameChoices(cmd)
	var p roff.Page
	p.Title(strings.ToUpper(pageName(cmd)), manSection, commitDate(), "aecheck "+version(), t.Book)
	section := func(heading string) { p.Section(strings.ToUpper(heading)) }
	section(t.Name)
	if cmd.HasParent() {
		p.Names(pageName(cmd), cmd.Short)
	} else {
		p.Names(pageName(cmd), t.OneLine)
	}
	section(t.Synopsis)
	if cmd.Runnable() {
		p.Strong(cmd.UseLine())
	}
	subs := documented(cmd)
	if len(subs) > 0 {
		p.Strong(cmd.CommandPath() + " COMMAND")
	}
	section(t.Description)
	p.Text(about(cmd))
	if len(subs) > 0 {
		section(c.Commands)
		for _, sub := range subs {
			p.Item(sub.CommandPath(), "", sub.Short)
		}
	}
	a.flagItems(&p, c.Flags, cmd.NonInheritedFlags())
	a.flagItems(&p, c.GlobalFlags, cmd.InheritedFlags())
	if cmd.HasExample() {
		section(c.Examples)
		p.Example(cmd.Example)
	}
	if !cmd.HasParent() || cmd.Name() == "scan" {
		section(t.Exit)
		for _, e := range []struct {
			code int
			text string
		}{{exitOK, t.Exit0}, {exitFindings, t.Exit1}, {exitUsage, t.Exit2}, {exitUnchecked, t.Exit3}, {exitNothing, t.Exit4}, {exitReport, t.Exit5}, {exitInterrupted, t.Exit130}} {
			p.Item(strconv.Itoa(e.code), "", e.text)
		}
	}
	if cmd.HasParent() {
		section(t.SeeAlso)
		p.Strong(pageName(cmd.Parent()) + "(" + manSection + ")")
	}
	return p.String()
}

// about is the long text of a command, where it has one without the short one that
// heads the page.
func about(cmd *cobra.Command) string {
	if rest, ok := strings.CutPrefix(cmd.Long, cmd.Short+"\n\n"); ok {
		return rest
	}
	if cmd.Long != "" {
		return cmd.Long
	}
	return cmd.Short
}

func (a *app) flagItems(p *roff.Page, heading string, flags *pflag.FlagSet) {
	if !flags.HasAvailableFlags() {
		return
	}
	p.Section(strings.ToUpper(heading))
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		value, usage := pflag.UnquoteUsage(f)
		// That of --jobs is of the machine that writes the page.
		if !slices.Contains([]string{"", "false", "0", "[]", "0s"}, f.DefValue) && f.Name != "jobs" {
			usage += fill(a.msgs.Manual.Default, "value", f.DefValue)
		}
		p.Item(name, value, usage)
	})
}

// commitDate is the day of the commit that the program was built from, for pages that
// are the same whenever they are written; empty where that is not known.
func commitDate() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if date, _, ok := strings.Cut(s.Value, "T"); ok && s.Key == "vcs.time" {
			return date
		}
	}
	return ""
}
