package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/terminal"
)

// langValue and colorValue are flags that are checked where they are read.
type langValue struct{ a *app }

func (v langValue) String() string { return "" }
func (v langValue) Type() string   { return strings.Join(v.a.tags(), "|") }
func (v langValue) Set(s string) error {
	l, err := lang.Find(v.a.languages, s)
	if err == nil {
		v.a.setLang(l)
	}
	return err
}

type colorValue struct{ a *app }

func (v colorValue) String() string { return "" }
func (v colorValue) Type() string   { return "auto|always|never" }
func (v colorValue) Set(s string) error {
	p, err := terminal.ParsePolicy(s)
	if err == nil {
		v.a.color = p
	}
	return err
}

// localiseHelp puts our words into cobra's help pages. Commands and flags
// themselves stay English.
func (a *app) localiseHelp(root *cobra.Command) {
	c := a.msgs.CLI
	page := strings.NewReplacer(
		"USAGE", c.Usage, "COMMANDS", c.Commands, "GLOBAL", c.GlobalFlags, "FLAGS", c.Flags, "EXAMPLES", c.Examples,
		"MORE", fill(c.MoreHelp, "path", "{{.CommandPath}}"),
	).Replace(`USAGE:{{if .Runnable}}
  {{.UseLine}}{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} [command]{{end}}{{if .HasExample}}

EXAMPLES:
{{.Example}}{{end}}{{if .HasAvailableSubCommands}}

COMMANDS:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding }} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

FLAGS:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

GLOBAL:
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableSubCommands}}

MORE{{end}}
`)
	root.SetUsageTemplate(page)
	root.SetHelpCommand(&cobra.Command{
		Use:   "help [command]",
		Short: c.CmdHelp,
		RunE: func(_ *cobra.Command, args []string) error {
			cmd, rest, err := root.Find(args)
			switch {
			case err != nil:
				return usageError{err.Error()}
			case len(rest) > 0 && cmd.HasSubCommands():
				return a.noCommand(cmd, rest[0])
			}
			return cmd.Help()
		},
	})
	root.InitDefaultHelpCmd()
	var each func(*cobra.Command)
	each = func(cmd *cobra.Command) {
		cmd.Flags().BoolP("help", "h", false, c.FlagHelp)
		for _, sub := range cmd.Commands() {
			each(sub)
		}
	}
	each(root)
}
