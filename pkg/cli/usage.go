package cli

import (
	"errors"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/rules"
)

// localiseUsage says in our words what cobra and pflag find wrong with a command line,
// with what may have been meant.
func (a *app) localiseUsage(root *cobra.Command) {
	root.SetFlagErrorFunc(a.flagError)
	var each func(*cobra.Command)
	each = func(cmd *cobra.Command) {
		if accepts := cmd.Args; accepts != nil {
			cmd.Args = func(cmd *cobra.Command, args []string) error {
				if accepts(cmd, args) == nil {
					return nil
				}
				return a.argsError(cmd, args)
			}
		}
		for _, sub := range cmd.Commands() {
			each(sub)
		}
	}
	each(root)
	// What --as and --slot take is in the rules, which only who asks for help waits for.
	show := root.HelpFunc()
	root.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		a.nameChoices(cmd)
		show(cmd, args)
	})
}

// nameChoices puts into the texts of flags what they take by the rules in force.
func (a *app) nameChoices(cmd *cobra.Command) {
	for name, words := range map[string]func(*rules.Set) []string{
		"as":   func(set *rules.Set) []string { return append(set.KindNames(), facts.KindUnsorted) },
		"slot": (*rules.Set).SlotNames,
	} {
		if f := cmd.Flags().Lookup(name); f != nil && strings.Contains(f.Usage, "{choices}") {
			f.Usage = fill(f.Usage, "choices", strings.Join(a.fromRules(words), " "))
		}
	}
}

// argsError says what is wrong with what follows a command.
func (a *app) argsError(cmd *cobra.Command, args []string) error {
	t := a.msgs.Using
	if cmd.HasSubCommands() {
		return a.noCommand(cmd, args[0])
	}
	// "PATH" must be there, "[PATH]" may.
	_, takes, _ := strings.Cut(cmd.Use, " ")
	needed := slices.DeleteFunc(strings.Fields(takes), func(s string) bool { return strings.HasPrefix(s, "[") })
	usage := strings.TrimSpace(cmd.CommandPath() + " " + takes)
	switch {
	case len(cmd.ValidArgs) > 0 && len(args) == 1:
		return usageError{fill(t.NoSuchWord, "word", args[0], "words", strings.Join(cmd.ValidArgs, " ")) + a.meant(config.Nearest(args[0], cmd.ValidArgs))}
	case takes == "":
		return usageError{fill(t.NothingFollows, "command", cmd.CommandPath(), "rest", strings.Join(args, " "))}
	case len(args) < len(needed):
		return usageError{fill(t.TooFew, "usage", usage)}
	}
	hint := ""
	if _, err := os.Stat(strings.Join(args, " ")); err == nil {
		hint = fill(t.Quote, "path", strings.Join(args, " "))
	}
	return usageError{fill(t.TooMany, "n", len(args), "rest", strings.Join(args, a.msgs.Words.Join), "usage", usage) + hint}
}

// noCommand is the error for a command that there is not.
func (a *app) noCommand(cmd *cobra.Command, word string) error {
	t := a.msgs.Using
	var names []string
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	text := fill(t.NoCommand, "word", word, "command", cmd.CommandPath())
	if near := config.Nearest(word, names); near != "" {
		return usageError{text + a.meant(cmd.CommandPath()+" "+near)}
	}
	if info, err := os.Stat(word); err == nil && !cmd.HasParent() {
		if info.IsDir() || material.IsZip(word) {
			return usageError{text + fill(t.IsFolder, "path", quoted(word))}
		}
		return usageError{text + fill(t.IsFile, "path", quoted(word))}
	}
	return usageError{text + fill(t.ListCommands, "command", cmd.CommandPath())}
}

// quoted is a path as it is typed.
func quoted(path string) string {
	if strings.ContainsAny(path, " \t") {
		return `"` + path + `"`
	}
	return path
}

// meant asks whether something else was meant; empty where nothing is near.
func (a *app) meant(near string) string {
	if near == "" {
		return ""
	}
	return fill(a.msgs.Using.Meant, "near", near)
}

// flagError says what is wrong with a flag.
func (a *app) flagError(cmd *cobra.Command, err error) error {
	t := a.msgs.Using
	var none *pflag.NotExistError
	var bare *pflag.ValueRequiredError
	var wrong *pflag.InvalidValueError
	var odd *pflag.InvalidSyntaxError
	switch {
	case errors.As(err, &none):
		return a.noFlag(cmd, none)
	case errors.As(err, &bare):
		return usageError{fill(t.NeedsValue, "flag", "--"+bare.GetFlag().Name, "usage", a.usageOf(cmd, bare.GetFlag()))}
	case errors.As(err, &wrong):
		f := wrong.GetFlag()
		want := map[string]string{"int": t.Number, "duration": t.Duration, "bool": "true false"}[f.Value.Type()]
		if want == "" {
			want = strings.ReplaceAll(f.Value.Type(), "|", " ") // those of ours list what they take
		}
		return a.badFlag("--"+f.Name, wrong.GetValue(), want)
	case errors.As(err, &odd):
		return usageError{fill(t.OddFlag, "flag", odd.GetSpecifiedFlag())}
	}
	return usageError{err.Error()}
}

// usageOf is what a flag is for.
func (a *app) usageOf(cmd *cobra.Command, f *pflag.Flag) string {
	a.nameChoices(cmd)
	_, usage := pflag.UnquoteUsage(f)
	return usage
}

// noFlag is the error for a flag that a command has not.
func (a *app) noFlag(cmd *cobra.Command, err *pflag.NotExistError) error {
	t := a.msgs.Using
	word, typed := err.GetSpecifiedName(), "--"+err.GetSpecifiedName()
	if short := err.GetSpecifiedShortnames(); short != "" {
		word, typed = short, "-"+short // one dash alone, as other programs take it
	}
	var names []string
	take := func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, f.Name)
		}
	}
	cmd.Flags().VisitAll(take)
	cmd.InheritedFlags().VisitAll(take)
	text := fill(t.NoFlag, "flag", typed, "command", cmd.CommandPath())
	word, value, hasValue := strings.Cut(word, "=")
	if near := config.Nearest(word, names); near != "" {
		near = "--" + near
		if hasValue {
			near += "=" + value
		}
		return usageError{text + a.meant(near)}
	}
	var others []string
	var each func(*cobra.Command)
	each = func(c *cobra.Command) {
		if c.IsAvailableCommand() && c.LocalFlags().Lookup(word) != nil {
			others = append(others, c.CommandPath())
		}
		for _, sub := range c.Commands() {
			each(sub)
		}
	}
	each(cmd.Root())
	if len(others) > 0 && strings.HasPrefix(typed, "--") {
		return usageError{text + fill(t.FlagOfOthers, "commands", strings.Join(others, a.msgs.Words.Join))}
	}
	return usageError{text + fill(t.ListFlags, "command", cmd.CommandPath())}
}
