package cli

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/terminal"
)

func (a *app) rulesFactsCmd() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{Use: "facts [NAME]", Short: a.msgs.CLI.CmdRulesFacts, Args: cobra.MaximumNArgs(1),
		Example: "  aecheck rules facts\n  aecheck rules facts exif\n  aecheck rules facts exif.taken_at",
		RunE:    func(_ *cobra.Command, args []string) error { return a.rulesFacts(args, asJSON) }}
	cmd.Flags().BoolVar(&asJSON, "json", false, a.msgs.CLI.FlagJSON)
	return cmd
}

// listedName is one element of `rules facts --json`.
type listedName struct {
	Name   string   `json:"name"`
	Type   string   `json:"type"`
	Unit   string   `json:"unit,omitempty"`
	Doc    string   `json:"doc"`
	Values []string `json:"values,omitempty"`
	Rules  []string `json:"rules"`
}

func (a *app) listed(e facts.Entry, readers []string) listedName {
	if readers == nil {
		readers = []string{}
	}
	return listedName{Name: e.Path, Type: e.Type, Unit: e.Unit, Doc: e.Doc.In(a.lang), Values: e.Values, Rules: readers}
}

func (a *app) rulesFacts(args []string, asJSON bool) error {
	set, err := a.loadRules()
	if err != nil {
		return err
	}
	names := set.Names()
	if len(args) > 0 {
		if names, err = a.namesUnder(names, args[0]); err != nil {
			return err
		}
	}
	if asJSON {
		all := make([]listedName, len(names))
		for i, n := range names {
			all[i] = a.listed(n.Entry, n.Rules)
		}
		return a.printJSON(all)
	}
	if len(args) > 0 && names[0].Path == args[0] {
		return a.factPage(set, names)
	}
	ruler := terminal.RulerFromEnv(a.Getenv)
	wide := 0
	for _, n := range names {
		wide = max(wide, len(n.Path))
	}
	for _, n := range names {
		typed := n.Type
		if n.Unit != "" {
			typed += " " + n.Unit
		}
		if _, err := fmt.Fprintf(a.Out, "%s  %s  %s\n", ruler.Pad(n.Path, wide), ruler.Pad(typed, 13), n.Doc.In(a.lang)); err != nil {
			return err
		}
	}
	return nil
}

// namesUnder picks a name with what it is made of, or all names of a group.
func (a *app) namesUnder(names []rules.Name, want string) ([]rules.Name, error) {
	var under []rules.Name
	known := make([]string, 0, len(names))
	for _, n := range names {
		group, _, _ := strings.Cut(n.Path, ".")
		known = append(known, n.Path, group)
		switch {
		case n.Path == want, strings.HasPrefix(n.Path, strings.TrimSuffix(want, ".")+"."), strings.HasPrefix(n.Path, want+"[]."):
			under = append(under, n)
		}
	}
	if len(under) == 0 {
		return nil, a.unknown(a.msgs.CLI.Fact, want, config.Nearest(want, known))
	}
	return under, nil
}

// factPage shows a fact; what follows it in the list is what it is made of.
func (a *app) factPage(set *rules.Set, names []rules.Name) error {
	c, n := a.msgs.CLI, names[0]
	var fields []string
	for _, f := range names[1:] {
		fields = append(fields, strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(f.Path, n.Path), "[].")+" "+f.Type+" "+f.Unit)+a.msgs.Words.Colon+f.Doc.In(a.lang))
	}
	p := page{ruler: terminal.RulerFromEnv(a.Getenv), width: terminal.Width(a.Out, a.Getenv)}
	p.heading(n.Path)
	p.para(c.FactWhat, n.Doc.In(a.lang))
	p.para(c.FactType, n.Type)
	p.para(c.FactUnit, n.Unit)
	p.para(c.FactValues, strings.Join(n.Values, " "))
	p.para(c.FactFields, strings.Join(fields, "\n"))
	p.para(c.FactRules, a.titles(set, n.Rules))
	_, err := fmt.Fprint(a.Out, p.String())
	return err
}

// titles puts the title behind each rule's id, a line each.
func (a *app) titles(set *rules.Set, ids []string) string {
	if len(ids) == 0 {
		return a.msgs.CLI.NoRule
	}
	lines := make([]string, len(ids))
	for i, id := range ids {
		lines[i] = id + " " + set.Rule(id).Title.In(a.lang)
	}
	return strings.Join(lines, "\n")
}

func (a *app) rulesChecksCmd() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{Use: "checks [NAME]", Short: a.msgs.CLI.CmdRulesChecks, Args: cobra.MaximumNArgs(1),
		Example: "  aecheck rules checks\n  aecheck rules checks letter-chain",
		RunE:    func(_ *cobra.Command, args []string) error { return a.rulesChecks(args, asJSON) }}
	cmd.Flags().BoolVar(&asJSON, "json", false, a.msgs.CLI.FlagJSON)
	return cmd
}

// listedCheck is one element of `rules checks --json`.
type listedCheck struct {
	Name   string        `json:"name"`
	Doc    string        `json:"doc"`
	Params []listedParam `json:"params"`
	Vars   []string      `json:"placeholders"`
	Rules  []string      `json:"rules"`
}

// listedParam is a parameter of a check.
type listedParam struct {
	Name    string `json:"name"`
	Type    string `json:"type"`
	Unit    string `json:"unit,omitempty"`
	Default any    `json:"default"`
	Doc     string `json:"doc"`
}

func (a *app) rulesChecks(args []string, asJSON bool) error {
	set, err := a.loadRules()
	if err != nil {
		return err
	}
	all := set.Checks()
	if len(args) > 0 {
		known := make([]string, len(all))
		for i, c := range all {
			known[i] = c.Name()
		}
		at := slices.Index(known, args[0])
		if at < 0 {
			return a.unknown(a.msgs.CLI.Check, args[0], config.Nearest(args[0], known))
		}
		all = all[at : at+1]
	}
	if asJSON {
		out := make([]listedCheck, len(all))
		for i, c := range all {
			if out[i], err = a.listedCheck(c); err != nil {
				return err
			}
		}
		return a.printJSON(out)
	}
	if len(args) > 0 {
		return a.checkPage(set, all[0])
	}
	p := page{ruler: terminal.RulerFromEnv(a.Getenv), width: terminal.Width(a.Out, a.Getenv)}
	for _, c := range all {
		p.para(c.Name(), c.Doc().In(a.lang))
	}
	_, err = fmt.Fprint(a.Out, p.String())
	return err
}

func (a *app) listedCheck(c rules.CheckUse) (listedCheck, error) {
	out := listedCheck{Name: c.Name(), Doc: c.Doc().In(a.lang), Params: []listedParam{},
		Vars: append([]string{}, c.Vars()...), Rules: append([]string{}, c.Rules...)}
	defaults := map[string]any{}
	if p := c.NewParams(); p != nil {
		data, err := json.Marshal(p)
		if err != nil {
			return out, err
		}
		if err := json.Unmarshal(data, &defaults); err != nil {
			return out, err
		}
	}
	for _, p := range c.Params {
		out.Params = append(out.Params, listedParam{Name: p.Path, Type: p.Type, Unit: p.Unit, Default: defaults[p.Path], Doc: p.Doc.In(a.lang)})
	}
	return out, nil
}

func (a *app) checkPage(set *rules.Set, c rules.CheckUse) error {
	said, err := a.listedCheck(c)
	if err != nil {
		return err
	}
	var params, reads []string
	for _, p := range said.Params {
		value, err := json.Marshal(p.Default)
		if err != nil {
			return err
		}
		params = append(params, strings.TrimSpace(fmt.Sprintf("%s = %s %s", p.Name, value, p.Unit))+a.msgs.Words.Colon+p.Doc)
	}
	for _, need := range c.Needs(c.NewParams()) {
		reads = append(reads, need.Kind+" "+need.Fact)
	}
	m := a.msgs.CLI
	p := page{ruler: terminal.RulerFromEnv(a.Getenv), width: terminal.Width(a.Out, a.Getenv)}
	p.heading(said.Name)
	p.para(m.FactWhat, said.Doc)
	p.para(m.CheckParams, strings.Join(params, "\n"))
	p.para(m.CheckReads, strings.Join(reads, "\n"))
	p.para(m.CheckVars, strings.Join(said.Vars, " "))
	p.para(m.FactRules, a.titles(set, said.Rules))
	_, err = fmt.Fprint(a.Out, p.String())
	return err
}

// printJSON writes a value for programs to read.
func (a *app) printJSON(v any) error {
	enc := json.NewEncoder(a.Out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// unknown is the error for a name there is not.
func (a *app) unknown(what, name, near string) error {
	return usageError{fill(a.msgs.CLI.ErrUnknown, "what", what, "name", name) + a.meant(near)}
}
