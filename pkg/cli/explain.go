package cli

import (
	"cmp"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/fix"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/lookup"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/verdict"
)

func (a *app) explainCmd() *cobra.Command {
	var f bundleFlags
	var picture string
	scanned := scanFlags{format: "text", failOn: string(failOnError), jobs: runtime.NumCPU(), fileTimeout: extract.DefaultLimits().Work}
	cmd := &cobra.Command{
		Use:     "explain ID|WORD|FILE|appeal [PATH]",
		Short:   a.msgs.CLI.CmdExplain,
		Example: "  aecheck explain AE203\n  aecheck explain screenshot-as-source\n  aecheck explain watermark\n  aecheck explain 原图\n  aecheck explain seal --picture seal.svg\n  aecheck explain photos/main.jpg\n  aecheck explain main --pack amazon\n  aecheck explain appeal\n  aecheck explain appeal ./listing\n  aecheck explain --bundle AE532 listing/authorization/acme.pdf > acme.json",
		Args: func(cmd *cobra.Command, args []string) error {
			switch {
			case f.bundle, len(args) > 1 && args[0] == lookup.Appeal:
				return cobra.ExactArgs(2)(cmd, args)
			}
			return cobra.MinimumNArgs(1)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case f.bundle:
				return a.writeBundle(cmd.Context(), args[0], args[1], f)
			case len(args) > 1 && args[0] == lookup.Appeal:
				scanned.now = f.now
				return a.explainCases(cmd.Context(), args[1], scanned)
			}
			set, err := a.loadRules()
			if err != nil {
				return err
			}
			if cmd.Flags().Changed("picture") {
				return a.writePicture(set, strings.Join(args, " "), picture)
			}
			return a.explainWord(cmd.Context(), set, strings.Join(args, " "), scanned)
		},
	}
	fl, c := cmd.Flags(), a.msgs.CLI
	fl.BoolVar(&f.bundle, "bundle", false, c.FlagBundle)
	fl.BoolVar(&f.unmasked, "unmasked", false, c.FlagUnmasked)
	fl.StringVar(&f.now, "now", "", c.FlagNow)
	fl.StringVar(&picture, "picture", "", a.msgs.Explaining.FlagPicture)
	return cmd
}

// sources puts the meaning behind each source that is no address.
func (a *app) sources(set *rules.Set, names []string) (string, error) {
	known := map[string]lang.Text{}
	if err := set.Catalog("sources", &known); err != nil {
		return "", err
	}
	lines := make([]string, len(names))
	for i, name := range names {
		lines[i] = name
		if t, ok := known[name]; ok {
			lines[i] += a.msgs.Words.Colon + t.In(a.lang)
		}
	}
	return strings.Join(lines, "\n"), nil
}

func (a *app) explainRule(set *rules.Set, r *rules.Rule) error {
	sources, err := a.sources(set, r.Sources)
	if err != nil {
		return err
	}
	c, l := a.msgs.CLI, a.lang
	w := a.msgs.Words
	basis := map[string]string{"official": w.Official, "several": w.Several, "one": w.One, "seed_only": w.SeedOnly, "inferred": w.Inferred}[r.Basis]
	var kinds []string
	for _, k := range r.For {
		kind, slot, hasSlot := strings.Cut(k, "/")
		name := a.kindName(set, kind)
		if hasSlot {
			name += " / " + a.slotName(set, slot)
		}
		kinds = append(kinds, name)
	}
	var judged []string
	for _, field := range []string{"when", "require", "forbid", "review"} {
		if e := r.Expressions()[field]; e != "" {
			judged = append(judged, field+": "+strings.Join(strings.Fields(e), " "))
		}
	}
	if r.Check != "" {
		judged = append(judged, "check: "+r.Check)
	}
	p := page{ruler: terminal.RulerFromEnv(a.Getenv), width: terminal.Width(a.Out, a.Getenv)}
	p.heading(r.ID + " " + r.Title.In(l))
	p.para(c.ExplainFor, strings.Join(kinds, w.Join))
	p.para(c.ExplainWhat, r.Message.In(l))
	p.para(c.ExplainWhy, r.Rationale.In(l))
	p.para(c.ExplainHow, r.Remedy.In(l))
	if m, ok := fix.ByName(r.Fix); ok {
		t := a.msgs.Fixing
		how := map[fix.Safety]string{fix.Safe: t.Safe, fix.Pixels: t.Pixels, fix.Eye: t.Eye}[m.Safety]
		p.para(t.Explain, fmt.Sprintf("aecheck fix --only %s%s%s (%s)", r.ID, a.msgs.Words.Colon, m.Does.In(l), how))
	}
	when := a.msgs.Marketing
	var dates []string
	if !r.ValidFrom.IsZero() {
		dates = append(dates, fill(when.From, "date", r.ValidFrom.Format(time.DateOnly)))
	}
	if !r.ValidUntil.IsZero() {
		dates = append(dates, fill(when.Until, "date", r.ValidUntil.Format(time.DateOnly)))
	}
	p.para(c.ExplainFor, strings.Join(dates, w.Join))
	p.para(c.ExplainBasis, basis)
	p.para(c.ExplainSure, a.sure(r))
	p.para(c.ExplainSource, sources)
	p.para(c.ExplainJudged, strings.Join(judged, "\n"))
	_, err = fmt.Fprint(a.Out, p.String())
	return err
}

// sure says how sure a rule is, and whether a person may overrule it.
func (a *app) sure(r *rules.Rule) string {
	c := a.msgs.CLI
	switch {
	case r.Confidence == string(verdict.Certain):
		return c.SureCertain
	case r.Confidence == string(verdict.Guess):
		return c.SureGuess
	case r.MayOverrule():
		return c.SureLikely
	}
	return c.SureNever
}

// explainAppeal prints the appeal as a page: windows, what to hand in, and the
// steps no program can do.
func (a *app) explainAppeal(set *rules.Set) error {
	l := a.lang
	p := page{ruler: terminal.RulerFromEnv(a.Getenv), width: terminal.Width(a.Out, a.Getenv)}
	p.heading(a.msgs.CLI.ExplainAppeal)
	tracks := set.Tracks()
	for _, name := range slices.Sorted(maps.Keys(tracks)) {
		t := tracks[name]
		p.para(t.Title.In(l), t.Note.In(l)+"\n"+strings.Join(t.Sources, " "))
	}
	p.heading(a.msgs.Report.Checklist)
	for _, k := range set.Kinds() {
		p.para(k.Title.In(l), strings.TrimSpace(k.Limits.In(l)+"\n"+k.Obtain.In(l)))
	}
	p.heading(a.msgs.CLI.ExplainSteps)
	for _, s := range set.AllSteps() {
		p.para(s.Title.In(l), strings.TrimSpace(s.Detail.In(l)+"\n"+strings.Join(s.Sources, " ")))
	}
	a.trouble(&p, nil)
	known := map[string]lang.Text{}
	if err := set.Catalog("sources", &known); err != nil {
		return err
	}
	p.heading(a.msgs.CLI.ExplainSource)
	names := slices.Collect(maps.Keys(known))
	slices.SortFunc(names, compareSources)
	text, err := a.sources(set, names)
	if err != nil {
		return err
	}
	p.lines(text)
	_, err = fmt.Fprint(a.Out, p.String())
	return err
}

// compareSources orders M2 before M10.
func compareSources(x, y string) int {
	return cmp.Or(cmp.Compare(len(leadingWord(x)), len(leadingWord(y))), cmp.Compare(x, y))
}

// leadingWord is the source up to its first bracket or space.
func leadingWord(s string) string {
	if i := strings.IndexAny(s, "( "); i >= 0 {
		return s[:i]
	}
	return s
}

// page is plain text folded to a width: labels on lines of their own, texts
// indented below.
type page struct {
	strings.Builder
	ruler terminal.Ruler
	width int
}

func (p *page) heading(s string) {
	if p.Len() > 0 {
		p.WriteString("\n")
	}
	p.WriteString(terminal.Clean(s) + "\n\n")
}

func (p *page) para(label, text string) {
	if text == "" {
		return
	}
	p.WriteString("  " + terminal.Clean(label) + "\n")
	p.lines(text)
}

// lines writes texts without a label.
func (p *page) lines(text string) {
	for _, line := range strings.Split(text, "\n") {
		for _, folded := range p.ruler.Wrap(terminal.Clean(line), p.width-6) {
			p.WriteString("      " + folded + "\n")
		}
	}
}

// kindName is what people call what a rule is for.
func (a *app) kindName(set *rules.Set, id string) string {
	switch id {
	case facts.KindUnsorted:
		return a.msgs.Words.Unsorted
	case "case":
		return a.msgs.Words.Case
	case "batch":
		return a.msgs.Words.Batch
	}
	for _, k := range set.Kinds() {
		if k.ID == id {
			return k.Title.In(a.lang)
		}
	}
	return id
}

func (a *app) slotName(set *rules.Set, id string) string {
	for _, s := range set.Slots() {
		if s.ID == id {
			return s.Title.In(a.lang)
		}
	}
	return id
}
