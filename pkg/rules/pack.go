package rules

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/lang"
)

// pack notes what a layer is the pack of, and readies f to be merged: a pack adds to
// the slots and kinds that there are, it does not rename those of another.
func (l *loader) pack(f *File, root config.Raw, first bool) {
	set := l.set
	at := root.Get("pack")
	name := ""
	if f.Pack != nil {
		name = f.Pack.Name
		for _, m := range []struct {
			key     string
			missing bool
		}{{"name", f.Pack.Name == ""}, {"title", f.Pack.Title.IsZero()}, {"prefix", f.Pack.Prefix == ""}} {
			if m.missing {
				l.fail(at.Errorf(missingField(m.key)))
			}
		}
		if slices.ContainsFunc(set.packs, func(p Pack) bool { return p.Name == name || p.Prefix == f.Pack.Prefix }) {
			l.fail(at.Errorf(lang.T("名称或前缀与另一个规则包相同", "another pack has this name or prefix")))
		}
		set.packs = append(set.packs, *f.Pack)
	}
	for i, raw := range root.Get("rules").Items() {
		id := f.Rules[i].ID
		if _, known := set.packOf[id]; known {
			continue
		}
		set.packOf[id] = name
		if f.Pack != nil && strings.TrimRight(id, "0123456789") != f.Pack.Prefix {
			l.fail(raw.Get("id").Errorf(lang.T("这个规则包的编号应以 {prefix} 开头", "ids of this pack begin with {prefix}", "prefix", f.Pack.Prefix)))
		}
	}
	for i, raw := range root.Get("slots").Items() {
		for _, pattern := range f.Slots[i].Names {
			if _, err := regexp.Compile(pattern); err != nil {
				l.fail(raw.Get("names").Errorf(lang.T("不是正则表达式：{value}", "not a regular expression: {value}", "value", strconv.Quote(pattern))))
			}
		}
	}
	if first {
		return
	}
	for i := range f.Kinds {
		k := &f.Kinds[i]
		set.kept["kinds."+k.ID] = true
		if at := slices.IndexFunc(set.file.Kinds, func(have Kind) bool { return have.ID == k.ID }); f.Pack != nil && at >= 0 {
			k.Aliases = joined(set.file.Kinds[at].Aliases, k.Aliases)
		}
	}
	for i := range f.Slots {
		s := &f.Slots[i]
		set.kept["slots."+s.ID] = true
		if at := slices.IndexFunc(set.file.Slots, func(have Slot) bool { return have.ID == s.ID }); f.Pack != nil && at >= 0 {
			have := set.file.Slots[at]
			s.Aliases, s.Names = joined(have.Aliases, s.Aliases), joined(have.Names, s.Names)
		}
		if f.Pack != nil { // a word that another pack uses for a slot stays that one's
			s.Aliases = slices.DeleteFunc(s.Aliases, func(word string) bool {
				return slices.ContainsFunc(set.Slots(), func(have Slot) bool {
					return have.ID != s.ID && (have.ID == word || slices.Contains(have.Aliases, word))
				})
			})
		}
	}
}

// joined is a list with what another adds to it.
func joined(have, add []string) []string {
	out := slices.Clone(have)
	for _, s := range add {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// When says how a rule holds on a day.
type When int

const (
	// Now: it is required.
	Now When = iota
	// Later: it will be. It is judged, and what it finds is told as a note.
	Later
	// Over: it is not required any more.
	Over
)

// On says how the rule holds at a time, by the days of that time's zone. A zero time
// is within.
func (r *Rule) On(t time.Time) When {
	if t.IsZero() || r.ValidFrom.IsZero() && r.ValidUntil.IsZero() {
		return Now
	}
	day := t.Format(time.DateOnly)
	switch {
	case !r.ValidFrom.IsZero() && day < r.ValidFrom.Format(time.DateOnly):
		return Later
	case !r.ValidUntil.IsZero() && day > r.ValidUntil.Format(time.DateOnly):
		return Over
	}
	return Now
}

// StaleAfter is how long what was found out about a marketplace is taken for known:
// pages on pictures change some once a year.
const StaleAfter = 365 * 24 * time.Hour

// Stale lists the packs chosen whose sources were looked at too long before a time.
func (s *Set) Stale(now time.Time) []Pack {
	return slices.DeleteFunc(s.Packs(), func(p Pack) bool { return p.VerifiedOn.IsZero() || now.Sub(p.VerifiedOn) < StaleAfter })
}

// FileNames are the patterns of a slot's file names, which Load has checked.
func (s *Set) FileNames(slot Slot) []*regexp.Regexp {
	out := make([]*regexp.Regexp, len(slot.Names))
	for i, pattern := range slot.Names {
		out[i] = regexp.MustCompile(pattern)
	}
	return out
}
