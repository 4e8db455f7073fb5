package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/aecheck/aecheck/pkg/packs"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/rules"
)

// completeAll tells the shell what may follow flags that take a word of ours, in
// every command that has them; and rules, where a command takes one.
func (a *app) completeAll(root *cobra.Command) {
	words := map[string]func() []string{
		"format":  report.Names,
		"lang":    a.tags,
		"color":   func() []string { return []string{"auto", "always", "never"} },
		"fail-on": func() []string { return []string{"error", "warning", "review", "never"} },
		"as":      func() []string { return a.fromRules((*rules.Set).KindNames) },
		"slot":    func() []string { return a.fromRules((*rules.Set).SlotNames) },
		"rule":    a.ruleWords,
		"pack":    packs.Names,
		"only":    a.mendWords,
	}
	var visit func(cmd *cobra.Command)
	visit = func(cmd *cobra.Command) {
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			give := words[f.Name]
			if give == nil || cmd.Name() == "inspect" && f.Name == "only" { // groups of facts there
				return
			}
			// An error says that it was registered before: flags shared with subcommands.
			_ = cmd.RegisterFlagCompletionFunc(f.Name, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
				return give(), cobra.ShellCompDirectiveNoFileComp
			})
		})
		if first := strings.Fields(cmd.Use); len(first) > 1 && (strings.HasPrefix(first[1], "ID")) {
			cmd.ValidArgsFunction = func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
				if len(args) > 0 {
					return nil, cobra.ShellCompDirectiveDefault
				}
				return append(a.ruleWords(), "appeal"), cobra.ShellCompDirectiveDefault
			}
		}
		for _, sub := range cmd.Commands() {
			visit(sub)
		}
	}
	visit(root)
}

// fromRules are words of the rules in force; none where those cannot be read.
func (a *app) fromRules(words func(*rules.Set) []string) []string {
	set, err := a.loadRules()
	if err != nil {
		return nil
	}
	return words(set)
}

// ruleWords are the ids of rules with their titles.
func (a *app) ruleWords() []string {
	return a.fromRules(func(set *rules.Set) []string { return a.described(set.Rules()) })
}

// mendWords are those of rules that name a mend.
func (a *app) mendWords() []string {
	return a.fromRules(func(set *rules.Set) []string {
		return a.described(slices.DeleteFunc(set.Rules(), func(r *rules.Rule) bool { return r.Fix == "" }))
	})
}

func (a *app) described(list []*rules.Rule) []string {
	out := make([]string, len(list))
	for i, r := range list {
		out[i] = r.ID + "\t" + r.Title.In(a.lang)
	}
	return out
}
