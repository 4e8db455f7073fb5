// Package checklist makes the page a seller works through: one item for each
// kind of material in the order of the platform's form, its state, the files
// that serve, the findings that stand against it, and what to do next.
//
// It may import pkg/facts, pkg/lang, pkg/rules and pkg/verdict.
package checklist

import (
	"path"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Input is what a checklist is made from.
type Input struct {
	View *facts.Case
	// Kinds and Wanted come from the rules and go together by index: see
	// rules.Set.Kinds and rules.Case.Wanted.
	Kinds  []rules.Kind
	Wanted []rules.Material
	// Findings of the case, with confirmations already applied.
	Findings []verdict.Finding
	Lang     lang.Lang
}

// Build returns one item for each kind.
//
// State: required and no file → missing (review where the rules leave it to a
// person); a fail → problem; a review or an error → review; recommended and no
// file → recommended; neither and no file → not_needed; else ready. Findings of severity info and suppressed
// ones do not count.
func Build(in Input) []verdict.ChecklistItem {
	out := make([]verdict.ChecklistItem, 0, len(in.Kinds))
	for i, kind := range in.Kinds {
		b := builder{in: in, kind: kind, wanted: in.Wanted[i]}
		out = append(out, b.item())
	}
	return out
}

type builder struct {
	in     Input
	kind   rules.Kind
	wanted rules.Material
}

func (b builder) item() verdict.ChecklistItem {
	item := verdict.ChecklistItem{
		Item: b.kind.ID, Title: b.kind.Title.In(b.in.Lang), Assets: []string{}, Findings: []string{},
	}
	for _, a := range b.in.View.Of(b.kind.ID) {
		item.Assets = append(item.Assets, path.Join(b.in.View.Path, a.Path))
	}
	against := b.against()
	for _, f := range against {
		item.Findings = append(item.Findings, f.Fingerprint)
	}
	item.State = b.state(len(item.Assets), against)
	item.Note = b.note(item.State, len(item.Assets), against)
	return item
}

// against lists the findings that count for the item, worst first.
func (b builder) against() []*verdict.Finding {
	var out []*verdict.Finding
	for i := range b.in.Findings {
		f := &b.in.Findings[i]
		if f.Item == b.kind.ID && f.Suppressed == nil && verdict.Rank(f.Outcome, f.Severity) > 0 {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(x, y *verdict.Finding) int {
		return verdict.Rank(y.Outcome, y.Severity) - verdict.Rank(x.Outcome, x.Severity)
	})
	return out
}

func failed(f *verdict.Finding) bool { return f.Outcome == verdict.Fail }

func (b builder) state(files int, against []*verdict.Finding) verdict.ItemState {
	none := files == 0
	switch {
	case none && b.wanted.State == rules.Required && !b.wanted.Review:
		return verdict.ItemMissing
	case slices.ContainsFunc(against, failed):
		return verdict.ItemProblem
	case len(against) > 0, none && b.wanted.State == rules.Required:
		return verdict.ItemReview
	case none && b.wanted.State == rules.Recommended:
		return verdict.ItemRecommended
	case none:
		return verdict.ItemNotNeeded
	}
	return verdict.ItemReady
}

// note says what to do next, and why where the rules say it.
func (b builder) note(state verdict.ItemState, files int, against []*verdict.Finding) verdict.Text {
	var parts []verdict.Text
	tell := func(text verdict.Text) {
		if text = trimmed(text); len(text) > 0 && !slices.ContainsFunc(parts, text.Equal) {
			parts = append(parts, text)
		}
	}
	say := func(text lang.Text) { tell(verdict.Words(text.In(b.in.Lang))) }
	switch state {
	case verdict.ItemMissing:
		say(b.kind.Obtain)
		say(b.wanted.Note)
		say(b.kind.Limits)
	case verdict.ItemProblem, verdict.ItemReview:
		tell(verdict.Words(b.tally(against)))
		if files == 0 || len(against) == 0 {
			say(b.wanted.Note)
		}
		for _, f := range against {
			if len(parts) > maxRemedies {
				break
			}
			tell(f.Remedy)
		}
	case verdict.ItemRecommended:
		say(b.wanted.Note)
		say(b.kind.Obtain)
		say(lang.T("缺少不影响提交", "the appeal can go without"))
	case verdict.ItemNotNeeded:
		say(b.wanted.Note)
	case verdict.ItemReady:
		say(b.kind.Limits)
	}
	return b.join(parts)
}

// maxRemedies is how many remedies a note repeats; the findings hold them all.
const maxRemedies = 2

// tally counts what stands against an item.
func (b builder) tally(against []*verdict.Finding) string {
	fails, others := 0, 0
	for _, f := range against {
		if failed(f) {
			fails++
		} else {
			others++
		}
	}
	var parts []string
	if fails > 0 {
		parts = append(parts, lang.Count(lang.T("{n} 处需改正", "{n} thing to mend|{n} things to mend").In(b.in.Lang), fails))
	}
	if others > 0 {
		parts = append(parts, lang.Count(lang.T("{n} 处请人查看，无误后用 aecheck confirm 确认",
			"{n} thing for a person to look at; clear with aecheck confirm|{n} things for a person to look at; clear with aecheck confirm").In(b.in.Lang), others))
	}
	return strings.Join(parts, lang.T("；", ", ").In(b.in.Lang))
}

// join puts the parts of a note together as sentences.
func (b builder) join(parts []verdict.Text) verdict.Text {
	for i, p := range parts {
		parts[i] = withoutEnd(p, "。；;.")
	}
	return verdict.Join(parts, lang.T("。", ". ").In(b.in.Lang))
}

// trimmed is a text without spaces around its words.
func trimmed(t verdict.Text) verdict.Text {
	t = slices.Clone(t)
	if len(t) > 0 && t[0].Value == nil {
		if t[0].Words = strings.TrimLeft(t[0].Words, " \t\r\n"); t[0].Words == "" {
			t = t[1:]
		}
	}
	return withoutEnd(t, " \t\r\n")
}

// withoutEnd is a text whose last words end in none of these characters.
func withoutEnd(t verdict.Text, characters string) verdict.Text {
	last := len(t) - 1
	if last < 0 || t[last].Value != nil {
		return t
	}
	return append(slices.Clone(t[:last]), verdict.Words(strings.TrimRight(t[last].Words, characters))...)
}
