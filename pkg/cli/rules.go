package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/derive"
	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/terminal"
)

// maxRulesFile is more than pkg/config reads; it gives the error.
const maxRulesFile = 2 << 20

// loadRules loads the built-in rules, the packs chosen and the layers that settings and
// flags name.
func (a *app) loadRules() (*rules.Set, error) {
	if a.conf.err != nil {
		return nil, a.conf.err
	}
	layers, err := a.packLayers()
	if err != nil {
		return nil, err
	}
	for _, l := range a.ruleLayers() {
		data, err := material.ReadNamed(l.value, maxRulesFile)
		if err != nil {
			return nil, err
		}
		layers = append(layers, rules.Layer{Name: l.value, Data: data})
	}
	set, err := rules.Load(scan.Checks(), layers...)
	if err != nil || a.conf.file == nil {
		return set, err
	}
	return set, a.conf.file.Check(a.conf.data, a.vocabulary(set))
}

// loadTables loads what commands that judge nothing need of the rules. Layers
// of the user are checked as a whole.
func (a *app) loadTables() (derive.Source, error) {
	if len(a.ruleLayers()) > 0 || len(a.chosenPacks()) > 0 || a.conf.err != nil {
		return a.loadRules()
	}
	return rules.LoadTables(builtInRules())
}

func (a *app) rulesCmd() *cobra.Command {
	c := a.msgs.CLI
	cmd := &cobra.Command{Use: "rules", Short: c.CmdRules, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	var asJSON, resolved bool
	var bundles []string
	test := &cobra.Command{Use: "test", Short: c.CmdRulesTest, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if len(bundles) > 0 {
				return a.replayBundles(cmd.Context(), bundles)
			}
			return a.rulesTest(cmd.Context())
		}}
	test.Flags().StringArrayVar(&bundles, "facts", nil, c.FlagFacts)
	list := &cobra.Command{Use: "list", Short: c.CmdRulesList, Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.rulesList(asJSON) }}
	list.Flags().BoolVar(&asJSON, "json", false, c.FlagJSON)
	show := &cobra.Command{Use: "show ID", Short: c.CmdRulesShow, Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return a.rulesShow(args, resolved) }}
	show.Flags().BoolVar(&resolved, "resolved", false, c.FlagResolved)
	cmd.AddCommand(list, show, test,
		&cobra.Command{Use: "check [FILE…]", Short: c.CmdRulesCheck,
			RunE: func(_ *cobra.Command, args []string) error {
				files, err := a.paths(args)
				if err != nil {
					return err
				}
				return a.rulesCheck(files)
			}},
		&cobra.Command{Use: "schema [rules|case|report]", Short: c.CmdRulesSchema, Args: cobra.MaximumNArgs(1), ValidArgs: []string{"rules", "case", "report"},
			RunE: func(_ *cobra.Command, args []string) error { return a.rulesSchema(args) }},
		a.rulesFactsCmd(), a.rulesChecksCmd(), a.newPackCmd(),
	)
	return cmd
}

// listedRule is one element of `rules list --json`.
type listedRule struct {
	ID         string   `json:"id"`
	Slug       string   `json:"slug"`
	For        []string `json:"for"`
	Severity   string   `json:"severity"`
	Confidence string   `json:"confidence"`
	Basis      string   `json:"basis"`
	Pack       string   `json:"pack,omitempty"`
	Title      string   `json:"title"`
	Sources    []string `json:"sources"`
	Disabled   string   `json:"disabled,omitempty"`
}

func (a *app) rulesList(asJSON bool) error {
	set, err := a.loadRules()
	if err != nil {
		return err
	}
	var all []listedRule
	for _, r := range set.Rules() {
		l := listedRule{ID: r.ID, Slug: r.Slug, For: r.For, Severity: r.Severity, Confidence: r.Confidence, Basis: r.Basis, Pack: r.Pack,
			Title: r.Title.In(a.lang), Sources: r.Sources}
		switch {
		case r.IsDisabled():
			l.Disabled = r.Disabled.Reason
		case r.Aside:
			continue
		}
		all = append(all, l)
	}
	if asJSON {
		return a.printJSON(all)
	}
	for _, l := range all {
		state := l.Severity
		if l.Disabled != "" {
			state = "off"
		}
		if _, err := fmt.Fprintf(a.Out, "%s  %-8s %-24s %s\n", l.ID, state, terminal.Clean(strings.Join(l.For, ",")), terminal.Clean(l.Title)); err != nil {
			return err
		}
	}
	return nil
}

// ruleNamed finds a rule by id or slug.
func (a *app) ruleNamed(set *rules.Set, name string) (*rules.Rule, error) {
	if r := set.Rule(name); r != nil {
		return r, nil
	}
	return nil, a.unknown(a.msgs.CLI.Rule, name, set.NearestRule(name))
}

func (a *app) rulesShow(args []string, resolved bool) error {
	set, err := a.loadRules()
	if err != nil {
		return err
	}
	if len(args) == 0 {
		return a.showAll(set)
	}
	r, err := a.ruleNamed(set, args[0])
	if err != nil {
		return err
	}
	return a.showRule(r, resolved)
}

// showAll prints every rule with the layer of each field, then where every
// parameter and table comes from.
func (a *app) showAll(set *rules.Set) error {
	for _, r := range set.Rules() {
		if err := a.showRule(r, true); err != nil {
			return err
		}
		fmt.Fprintln(a.Out)
	}
	for _, o := range set.Resolved() {
		line := o.Path
		if o.Value != nil {
			line += fmt.Sprintf(" = %v", o.Value)
		}
		if _, err := fmt.Fprintf(a.Out, "%s   [%s]\n", terminal.Clean(line), terminal.Clean(o.Layer)); err != nil {
			return err
		}
	}
	return nil
}

// showRule prints a rule field by field; resolved adds the layer each comes
// from.
func (a *app) showRule(r *rules.Rule, resolved bool) error {
	day := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.Format(time.DateOnly)
	}
	rows := [][2]string{
		{"id", r.ID}, {"pack", r.Pack}, {"valid_from", day(r.ValidFrom)}, {"valid_until", day(r.ValidUntil)}, {"slug", r.Slug}, {"for", strings.Join(r.For, " ")}, {"severity", r.Severity},
		{"confidence", r.Confidence}, {"basis", r.Basis}, {"title", r.Title.In(a.lang)},
		{"message", r.Message.In(a.lang)}, {"remedy", r.Remedy.In(a.lang)}, {"rationale", r.Rationale.In(a.lang)},
		{"sources", strings.Join(r.Sources, " ")}, {"item", r.Item},
		{"when", r.When}, {"require", r.Require}, {"forbid", r.Forbid}, {"review", r.Review}, {"check", r.Check},
	}
	if p := r.CheckParams(); p != nil {
		data, err := json.Marshal(p)
		if err != nil {
			return err
		}
		rows = append(rows, [2]string{"with", string(data)})
	}
	if r.IsDisabled() {
		rows = append(rows, [2]string{"disabled", r.Disabled.Reason})
	}
	for _, row := range rows {
		if row[1] == "" {
			continue
		}
		line := fmt.Sprintf("%-11s %s", row[0], terminal.Clean(strings.TrimSpace(row[1])))
		if origin := r.Origin[row[0]]; resolved && origin != "" {
			line += "   [" + terminal.Clean(origin) + "]"
		}
		if _, err := fmt.Fprintln(a.Out, line); err != nil {
			return err
		}
	}
	return nil
}

// rulesCheck loads the built-in rules with the layers given and reports every
// error in them.
func (a *app) rulesCheck(files []string) error {
	a.ruleFiles = append(slices.Clone(a.ruleFiles), files...)
	set, err := a.loadRules()
	if err != nil {
		return err
	}
	s, err := scan.NewSession(set, scan.SessionOptions{Limits: extract.DefaultLimits()})
	if err != nil {
		return err
	}
	defer s.Close()
	_, err = fmt.Fprintln(a.Out, fill(a.msgs.CLI.RulesOK, "n", len(set.Rules()), "layers", terminal.Clean(strings.Join(set.Layers(), ", "))))
	return err
}

func (a *app) rulesTest(ctx context.Context) error {
	set, err := a.loadRules()
	if err != nil {
		return err
	}
	results, err := set.Test(ctx, a.lang)
	if err != nil {
		return err
	}
	bad := 0
	for _, r := range results {
		if r.OK() {
			continue
		}
		bad++
		fmt.Fprintf(a.Out, "%s:%d: %s\n", terminal.Clean(r.File), r.Line,
			fill(a.msgs.CLI.TestFailed, "rule", r.Rule, "want", r.Want, "got", r.Got))
		if message := report.Plain(r.Message); message != "" {
			fmt.Fprintln(a.Out, "    "+terminal.Clean(message))
		}
	}
	if bad > 0 {
		return codeError(exitFindings)
	}
	_, err = fmt.Fprintln(a.Out, fill(a.msgs.CLI.TestsOK, "n", len(results)))
	return err
}

func (a *app) rulesSchema(args []string) error {
	what := "rules"
	if len(args) == 1 {
		what = args[0]
	}
	var schema func() ([]byte, error)
	switch what {
	case "rules":
		schema = rules.JSONSchema
	case "report":
		schema = report.JSONSchema
	case "case":
		set, err := a.loadRules()
		if err != nil {
			return err
		}
		schema = func() ([]byte, error) {
			return casefile.JSONSchema(casefile.Known{Slots: set.SlotNames(), Kinds: set.KindNames(), Tracks: slices.Sorted(maps.Keys(set.Tracks()))})
		}
	default:
		return a.badFlag("rules schema", what, "rules case report")
	}
	data, err := schema()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(a.Out, strings.TrimSpace(string(data)))
	return err
}
