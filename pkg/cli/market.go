package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/aecheck/aecheck"
	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/output"
	"github.com/aecheck/aecheck/pkg/packs"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/terminal"
)

// builtInRules are the rules of AliExpress and all that packs are laid over.
func builtInRules() rules.Layer { return rules.Layer{Name: builtIn, Data: aecheck.RulesYAML} }

// chosenPacks are the marketplaces chosen with what each is from: by the flag, else by
// the environment, else by the settings; none for the built-in one.
func (a *app) chosenPacks() []setting {
	var out []setting
	add := func(names []string, origin string, path func(string) string) {
		for _, name := range names {
			if name = strings.TrimSpace(name); name == "" {
				continue
			}
			if packs.IsFile(name) {
				name = path(name)
			}
			if !slices.ContainsFunc(out, func(s setting) bool { return s.value == name }) {
				out = append(out, setting{name, origin})
			}
		}
	}
	here := func(name string) string { return name }
	switch env := a.Getenv(envOf("packs")); {
	case len(a.packs) > 0:
		add(a.packs, "--pack", here)
	case env != "":
		add(strings.Split(env, ","), envOf("packs"), here)
	case a.conf.file != nil:
		add(a.conf.file.Packs, a.conf.file.Origin("packs"), func(name string) string { return material.Typed(a.conf.file.Path(name)) })
	}
	return out
}

// packLayers are the built-in rules and the packs chosen.
func (a *app) packLayers() ([]rules.Layer, error) {
	chosen := a.chosenPacks()
	base := builtInRules()
	base.Aside = len(chosen) > 0 && !slices.ContainsFunc(chosen, func(s setting) bool { return s.value == packs.BuiltIn })
	layers := []rules.Layer{base}
	for _, c := range chosen {
		switch {
		case c.value == packs.BuiltIn:
		case packs.IsFile(c.value):
			data, err := material.ReadNamed(c.value, maxRulesFile)
			if err != nil {
				return nil, err
			}
			layers = append(layers, rules.Layer{Name: c.value, Data: data})
		default:
			data, ok := packs.Read(c.value)
			if !ok {
				return nil, a.unknown(a.msgs.Marketing.Pack, c.value, config.Nearest(c.value, packs.Names()))
			}
			layers = append(layers, rules.Layer{Name: c.value, Data: data})
		}
	}
	return layers, nil
}

// forAppeals refuses what has to do with appeals alone where other marketplaces are
// chosen.
func (a *app) forAppeals(set *rules.Set) error {
	if !set.PhotosAlone() {
		return nil
	}
	var names []string
	for _, p := range set.Packs() {
		names = append(names, p.Name)
	}
	return usageError{fill(a.msgs.Marketing.NoCase, "packs", strings.Join(names, ", "))}
}

func (a *app) newPackCmd() *cobra.Command {
	return &cobra.Command{Use: "new-pack NAME", Short: a.msgs.Marketing.CmdNewPack, Example: "  aecheck rules new-pack lazada\n  aecheck rules test --pack lazada.yaml",
		Args: cobra.ExactArgs(1), RunE: func(_ *cobra.Command, args []string) error { return a.newPack(args[0]) }}
}

// newPack writes the beginnings of a pack into the working directory.
func (a *app) newPack(name string) error {
	m := a.msgs.Marketing
	if !packs.Named(name) || slices.Contains(packs.Names(), name) {
		return usageError{fill(m.BadName, "name", name)}
	}
	data, err := packs.New(name, time.Now())
	if err != nil {
		return err
	}
	file := name + ".yaml"
	switch err := output.WriteNew(".", nil, []output.Named{{Name: file, Data: data}}); {
	case errors.Is(err, output.ErrExists):
		return usageError{fill(a.msgs.Drafting.There, "path", file)}
	case err != nil:
		return reportError{file, err}
	}
	_, err = fmt.Fprintln(a.Out, fill(m.Wrote, "path", file, "name", name))
	return err
}

// slotPage is what a picture of a slot must be, pack by pack: what is asked in words,
// what places a picture there, and the rules that judge it.
func (a *app) slotPage(set *rules.Set, slot rules.Slot) error {
	m := a.msgs.Marketing
	p := page{ruler: terminal.RulerFromEnv(a.Getenv), width: terminal.Width(a.Out, a.Getenv)}
	p.heading(fill(m.Slot, "slot", slot.Title.In(a.lang)+" ("+slot.ID+")"))
	for i, pack := range set.Packs() {
		if i > 0 {
			p.WriteString("\n")
		}
		p.WriteString("  " + terminal.Clean(fill(m.OfPack, "pack", pack.Title.In(a.lang), "date", pack.VerifiedOn.Format(time.DateOnly))) + "\n")
		p.para(m.Asks, pack.Asks[slot.ID].In(a.lang))
		a.slotRules(&p, set, slot.ID, pack.Name)
	}
	p.WriteString("\n")
	p.para(m.Folders, strings.Join(slot.Aliases, a.msgs.Words.Join))
	_, err := fmt.Fprint(a.Out, p.String())
	return err
}

// slotRules lists the rules of a pack for a slot, the gravest first; "" as pack is what
// layers of the user add.
func (a *app) slotRules(p *page, set *rules.Set, slot, pack string) {
	m := a.msgs.Marketing
	bySeverity := map[string][]string{}
	for _, r := range set.ForAsset(facts.KindReplacement, slot) {
		if r.General || r.Pack != pack && !(r.Pack == "" && pack == set.Packs()[0].Name) {
			continue
		}
		line := r.ID + "  " + r.Title.In(a.lang)
		if !r.ValidFrom.IsZero() {
			line += " · " + fill(m.From, "date", r.ValidFrom.Format(time.DateOnly))
		}
		if !r.ValidUntil.IsZero() {
			line += " · " + fill(m.Until, "date", r.ValidUntil.Format(time.DateOnly))
		}
		bySeverity[r.Severity] = append(bySeverity[r.Severity], line)
	}
	for _, part := range []struct{ label, severity string }{{m.Errors, "error"}, {m.Warnings, "warning"}, {m.Notes, "info"}} {
		p.para(part.label, strings.Join(bySeverity[part.severity], "\n"))
	}
}

// slotNamed is the slot of an id or an alias.
func slotNamed(set *rules.Set, name string) (rules.Slot, bool) {
	for _, s := range set.Slots() {
		if s.ID == name || slices.ContainsFunc(s.Aliases, func(alias string) bool { return strings.EqualFold(alias, name) }) {
			return s, true
		}
	}
	return rules.Slot{}, false
}
