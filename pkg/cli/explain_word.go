package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/aecheck/aecheck/pkg/guide"
	"github.com/aecheck/aecheck/pkg/lookup"
	"github.com/aecheck/aecheck/pkg/output"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/terminal"
)

// ruleShaped is what could only be the id of a rule.
var ruleShaped = regexp.MustCompile(`^[A-Za-z]{2,4}[0-9]{3}$`)

// explainWord explains what a word names, and lists what it stands in where it names
// nothing.
func (a *app) explainWord(ctx context.Context, set *rules.Set, word string, scanned scanFlags) error {
	if r := set.Rule(word); r != nil {
		return a.explainRule(set, r)
	}
	if ruleShaped.MatchString(word) && !isFile(word) {
		r, err := a.ruleNamed(set, strings.ToUpper(word))
		if err != nil {
			return err
		}
		return a.explainRule(set, r)
	}
	if word == lookup.Appeal {
		return a.explainAppeal(set)
	}
	if isFile(word) {
		return a.explainFile(ctx, set, word, scanned)
	}
	guides, err := a.guides(set)
	if err != nil {
		return err
	}
	kind, isKind := kindCalled(set, word)
	slot, isSlot := slotNamed(set, word)
	g, isGuide := guideNamed(guides, word)
	switch {
	case isKind && kind.ID == lookup.Fold(word):
		return a.kindPage(set, kind, guides)
	case isGuide:
		return a.guidePage(set, g)
	case isSlot:
		return a.slotPage(set, slot)
	case isKind:
		return a.kindPage(set, kind, guides)
	}
	return a.search(lookup.New(set, guides), word)
}

// guides are those of the marketplaces chosen: they are about appeals.
func (a *app) guides(set *rules.Set) ([]guide.Guide, error) {
	if set.PhotosAlone() {
		return nil, nil
	}
	return guide.All()
}

// kindCalled is the kind of an id, a title or an alias.
func kindCalled(set *rules.Set, word string) (rules.Kind, bool) {
	word = lookup.Fold(word)
	for _, k := range set.Kinds() {
		if slices.ContainsFunc(append([]string{k.ID, k.Title.ZH, k.Title.EN}, k.Aliases...), func(name string) bool { return lookup.Fold(name) == word }) {
			return k, true
		}
	}
	return rules.Kind{}, false
}

func guideNamed(guides []guide.Guide, word string) (guide.Guide, bool) {
	word = lookup.Fold(word)
	for _, g := range guides {
		if g.ID == word || slices.ContainsFunc(g.Words, func(name string) bool { return lookup.Fold(name) == word }) {
			return g, true
		}
	}
	return guide.Guide{}, false
}

// search lists what has a word, and what to type next.
func (a *app) search(x *lookup.Index, word string) error {
	t := a.msgs.Explaining
	hits := x.Find(word)
	if len(hits) == 0 {
		const few = 5
		near := t.NothingAtAll
		if words := x.Near(word, few); len(words) > 0 {
			near = fill(t.Near, "words", strings.Join(words, a.msgs.Words.Join))
		}
		return usageError{fill(t.Nothing, "word", word) + near}
	}
	const most = 15 // lines: a screenful
	ruler := terminal.RulerFromEnv(a.Getenv)
	wide := 0
	for _, h := range hits[:min(most, len(hits))] {
		wide = max(wide, ruler.Columns(h.Name))
	}
	var b strings.Builder
	for _, h := range hits[:min(most, len(hits))] {
		b.WriteString(terminal.Clean(ruler.Pad(h.Name, wide)+"  "+h.Title.In(a.lang)) + "\n")
	}
	b.WriteString("\n")
	if rest := len(hits) - most; rest > 0 {
		b.WriteString(fill(t.More, "n", rest) + "\n")
	}
	b.WriteString(fill(t.Next, "name", hits[0].Name) + "\n")
	_, err := fmt.Fprint(a.Out, b.String())
	return err
}

// kindPage is what is asked of a kind of material: limits, how to get it, the rules
// that judge it, and the guides there are.
func (a *app) kindPage(set *rules.Set, kind rules.Kind, guides []guide.Guide) error {
	t, m, l := a.msgs.Explaining, a.msgs.Marketing, a.lang
	p := page{ruler: terminal.RulerFromEnv(a.Getenv), width: terminal.Width(a.Out, a.Getenv)}
	p.heading(fill(t.Kind, "kind", kind.Title.In(l)+" ("+kind.ID+")"))
	p.para(m.Asks, kind.Limits.In(l))
	p.para(t.Obtain, kind.Obtain.In(l))
	bySeverity := map[string][]string{}
	for _, r := range set.Rules() {
		if r.InForce() && slices.ContainsFunc(r.For, func(f string) bool { k, _, _ := strings.Cut(f, "/"); return k == kind.ID }) {
			bySeverity[r.Severity] = append(bySeverity[r.Severity], r.ID+"  "+r.Title.In(l))
		}
	}
	for _, part := range []struct{ label, severity string }{{m.Errors, "error"}, {m.Warnings, "warning"}, {m.Notes, "info"}} {
		p.para(part.label, strings.Join(bySeverity[part.severity], "\n"))
	}
	p.para(m.Folders, strings.Join(kind.Aliases, a.msgs.Words.Join))
	for _, g := range guides {
		if slices.Contains(g.Kinds, kind.ID) {
			if err := a.guide(&p, set, g); err != nil {
				return err
			}
		}
	}
	_, err := fmt.Fprint(a.Out, p.String())
	return err
}

func (a *app) guidePage(set *rules.Set, g guide.Guide) error {
	p := page{ruler: terminal.RulerFromEnv(a.Getenv), width: terminal.Width(a.Out, a.Getenv)}
	if err := a.guide(&p, set, g); err != nil {
		return err
	}
	_, err := fmt.Fprint(a.Out, p.String())
	return err
}

// guide puts a guide on a page.
func (a *app) guide(p *page, set *rules.Set, g guide.Guide) error {
	t, l := a.msgs.Explaining, a.lang
	p.heading(g.Title.In(l))
	for _, text := range g.Text {
		p.lines(text.In(l))
	}
	p.WriteString("\n")
	for _, part := range g.Parts {
		steps := make([]string, len(part.Steps))
		for i, s := range part.Steps {
			steps[i] = strconv.Itoa(i+1) + ". " + s.In(l)
			if len(part.Steps) == 1 {
				steps[i] = s.In(l)
			}
		}
		p.para(part.Title.In(l), strings.Join(steps, "\n"))
	}
	var about []string
	for _, id := range g.Rules {
		if r := set.Rule(id); r != nil && r.InForce() {
			about = append(about, r.ID+"  "+r.Title.In(l))
		}
	}
	p.para(t.About, strings.Join(about, "\n"))
	sources, err := a.sources(set, g.Sources)
	if err != nil {
		return err
	}
	p.para(a.msgs.CLI.ExplainSource, sources)
	p.para(t.Example, fill(t.Drawn, "name", g.ID))
	return nil
}

// writePicture writes the drawn example of a guide, or of the one that ends the page of
// a kind.
func (a *app) writePicture(set *rules.Set, word, path string) error {
	t := a.msgs.Explaining
	guides, err := a.guides(set)
	if err != nil {
		return err
	}
	g, ok := guideNamed(guides, word)
	if kind, is := kindCalled(set, word); !ok && is {
		if i := slices.IndexFunc(guides, func(g guide.Guide) bool { return slices.Contains(g.Kinds, kind.ID) }); i >= 0 {
			g, ok = guides[i], true
		}
	}
	svg, drawn := guide.Picture(g.ID, a.lang)
	if !ok || !drawn {
		names := make([]string, len(guides))
		for i, g := range guides {
			names[i] = g.ID
		}
		return usageError{fill(t.NoPicture, "word", word, "names", strings.Join(names, " "))}
	}
	if !strings.EqualFold(filepath.Ext(path), ".svg") {
		return a.badFlag("--picture", path, g.ID+".svg")
	}
	switch err := output.WriteNew(filepath.Dir(path), nil, []output.Named{{Name: filepath.Base(path), Data: svg}}); {
	case errors.Is(err, output.ErrExists):
		return usageError{fill(a.msgs.Drafting.There, "path", path)}
	case err != nil:
		return reportError{path, err}
	}
	_, err = fmt.Fprintln(a.Out, fill(t.Wrote, "path", path))
	return err
}
