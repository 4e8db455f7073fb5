// Package lookup finds what a word is about among all that can be explained: rules,
// kinds of material, slots, steps of the checklist and guides, in Chinese and English
// alike.
//
// It may import pkg/config, pkg/edits, pkg/guide, pkg/lang and pkg/rules.
package lookup

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/edits"
	"github.com/aecheck/aecheck/pkg/guide"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/rules"
)

// Hit is something that a word was found in.
type Hit struct {
	Name  string    // what to explain for more: an id
	Title lang.Text // what it is
	rank  int       // 0 is the best
	order int
}

// Where a word was found, the best first.
const (
	inName = iota
	inTitle
	inMessage
	inRemedy
	inRest
)

// entry is something that can be explained.
type entry struct {
	name  string
	title lang.Text
	words []string             // that name it, as they are written
	parts [inRest + 1][]string // texts by where they stand, folded
}

// Appeal is what the steps of the checklist are explained by.
const Appeal = "appeal"

// Index is what words are looked for in.
type Index struct{ entries []entry }

// New makes an index of rules and guides.
func New(set *rules.Set, guides []guide.Guide) *Index {
	x := &Index{}
	if set.PhotosAlone() {
		guides = nil // they are about appeals
	}
	for _, g := range guides {
		e := x.add(g.ID, g.Title, g.Words...)
		e.put(inMessage, g.Text...)
		for _, p := range g.Parts {
			e.put(inRest, append(p.Steps, p.Title)...)
		}
	}
	for _, k := range set.Kinds() {
		x.add(k.ID, k.Title, k.Aliases...).put(inMessage, k.Limits, k.Obtain)
	}
	for _, s := range set.Slots() {
		x.add(s.ID, s.Title, s.Aliases...)
	}
	for _, r := range set.Rules() {
		if r.Aside {
			continue
		}
		e := x.add(r.ID, r.Title, r.Slug)
		e.put(inMessage, r.Message)
		e.put(inRemedy, r.Remedy)
		e.put(inRest, r.Rationale)
	}
	if set.PhotosAlone() { // no appeal there
		return x
	}
	for _, s := range set.AllSteps() {
		x.add(Appeal, s.Title).put(inMessage, s.Detail)
	}
	return x
}

func (x *Index) add(name string, title lang.Text, words ...string) *entry {
	x.entries = append(x.entries, entry{name: name, title: title, words: append(words, name)})
	e := &x.entries[len(x.entries)-1]
	for _, w := range e.words {
		e.parts[inName] = append(e.parts[inName], Fold(w))
	}
	e.put(inTitle, title)
	return e
}

func (e *entry) put(where int, texts ...lang.Text) {
	for _, t := range texts {
		e.parts[where] = append(e.parts[where], Fold(t.ZH), Fold(t.EN))
	}
}

// Find lists what has all words of a text, the best first: those named or titled so,
// then those whose message says it, then remedies, then all else.
func (x *Index) Find(text string) []Hit {
	words := strings.Fields(Fold(text))
	if len(words) == 0 || strings.HasPrefix(words[0], "-") { // a flag is nothing that is explained here
		return nil
	}
	var out []Hit
	for i := range x.entries {
		e, rank := &x.entries[i], inName
		for _, w := range words {
			rank = max(rank, e.where(w))
		}
		if rank <= inRest {
			out = append(out, Hit{Name: e.name, Title: e.title, rank: rank, order: i})
		}
	}
	slices.SortStableFunc(out, func(a, b Hit) int {
		// Names and titles are alike to who reads them.
		return cmp.Or(cmp.Compare(max(a.rank, inTitle), max(b.rank, inTitle)), cmp.Compare(a.order, b.order))
	})
	return out
}

// where says where a word stands first; more than inRest for nowhere.
func (e *entry) where(word string) int {
	for at, texts := range e.parts {
		if slices.ContainsFunc(texts, func(t string) bool { return has(t, word) }) {
			return at
		}
	}
	return inRest + 1
}

// has reports that a text has a word; one in Latin letters begins where a word of the
// text does, and a short one is the whole of it: "ai" is not in "again" nor "aim".
func has(text, word string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return false
		}
		i += from
		before, after := []rune(text[:i]), text[i+len(word):]
		begins := len(before) == 0 || !latin(before[len(before)-1]) || !latin([]rune(word)[0])
		const short = 3
		whole := len(word) > short || after == "" || !latin([]rune(after)[0]) || !latin(rune(word[len(word)-1]))
		if begins && whole {
			return true
		}
		from = i + len(word)
	}
}

func latin(r rune) bool { return r < unicode.MaxLatin1 && unicode.IsLetter(r) }

// Fold makes spellings alike that differ in case, width and blanks.
func Fold(s string) string {
	return strings.Join(strings.Fields(strings.ToLower(norm.NFKC.String(s))), " ")
}

// Near lists up to few words that are known and most like one that was not found.
func (x *Index) Near(text string, few int) []string {
	type near struct {
		word string
		cost int
	}
	folded := []rune(Fold(text))
	const longest = 64 // runes; a longer text is no misspelt word
	if len(folded) == 0 || len(folded) > longest {
		return nil
	}
	seen := map[string]bool{}
	var found []near
	for i := range x.entries {
		for _, w := range x.entries[i].vocabulary() {
			if seen[w] {
				continue
			}
			seen[w] = true
			cost := edits.WithSwaps(folded, []rune(Fold(w)))
			if most := max(1, len(folded)/3); cost <= most && cost < len(folded) || config.Nearest(text, []string{w}) != "" {
				found = append(found, near{w, cost})
			}
		}
	}
	slices.SortStableFunc(found, func(a, b near) int { return cmp.Compare(a.cost, b.cost) })
	var out []string
	for _, n := range found[:min(few, len(found))] {
		out = append(out, n.word)
	}
	return out
}

// vocabulary is what an entry is called, and the longer Latin words of that.
func (e *entry) vocabulary() []string {
	out := slices.Clone(e.words)
	for _, text := range slices.Concat(e.parts[inName], e.parts[inTitle]) {
		for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !latin(r) }) {
			const telling = 4 // letters
			if len(w) >= telling {
				out = append(out, w)
			}
		}
	}
	return out
}
