// Package suppress takes findings out of the count for reasons that are not the
// case's own: suppressions that settings give, and a baseline of what was found
// before. What could not be checked is never taken out. It tells which of them had no
// effect.
//
// It may import pkg/confirm, pkg/pathglob and pkg/verdict.
package suppress

import (
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/confirm"
	"github.com/aecheck/aecheck/pkg/pathglob"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// By of a verdict.Suppression.
const (
	BySuppression = "suppression"
	ByBaseline    = "baseline"
)

// Rule is one suppression of the settings.
type Rule struct {
	Name    string // id or slug of a rule, or a pattern for them (AE3*)
	Files   []*pathglob.Pattern
	Reason  string
	Expires time.Time // the start of the last day it holds; zero for ever
	Origin  string    // where it stands
}

// holds reports whether it still holds.
func (r *Rule) holds(now time.Time) bool {
	return r.Expires.IsZero() || now.Before(r.Expires.AddDate(0, 0, 1))
}

// Names reports whether it is about a rule, and whether it names it exactly.
func (r *Rule) Names(id, slug string) (is, exact bool) {
	if r.Name == id || r.Name == slug {
		return true, true
	}
	if !strings.ContainsAny(r.Name, "*?") {
		return false, false
	}
	p, err := pathglob.Compile(r.Name)
	return err == nil && (p.Match(id) || p.Match(slug)), false
}

// Means reports whether it is about a file, by its path from the settings' folder.
func (r *Rule) Means(rel string) bool {
	return len(r.Files) == 0 || rel != "" && slices.ContainsFunc(r.Files, func(p *pathglob.Pattern) bool { return p.Match(rel) })
}

// Options of a Suppressor.
type Options struct {
	Rules []Rule
	// Dir is the folder that the patterns are counted from, absolute with links
	// resolved; empty where there are no rules.
	Dir string
	// Baseline is what was found before; nil for none. BaselineName is what it is
	// called.
	Baseline     *Baseline
	BaselineName string
	// Covers reports whether all that lies at an absolute path is scanned, so that
	// what is not found there is not there.
	Covers func(path string) bool
}

// Subject is a case as suppressions see it.
type Subject struct {
	confirm.Subject
	// Place is where a path of the case lies: absolute, links resolved; "" for the
	// case itself. Nil for what lies between cases.
	Place func(rel string) string
}

// Suppressor takes findings of one run out of the count, case by case.
type Suppressor struct {
	options Options
	now     time.Time
	used    []bool // of options.Rules
	hit     map[key]bool
	known   map[key]bool
}

// New makes a suppressor of a run at a time.
func New(o Options, now time.Time) *Suppressor {
	s := &Suppressor{options: o, now: now, used: make([]bool, len(o.Rules)), hit: map[key]bool{}, known: map[key]bool{}}
	if o.Baseline != nil {
		for _, e := range o.Baseline.Entries {
			s.known[e.key()] = true
		}
	}
	return s
}

// Open reports whether a finding is one that a suppression may take out: something
// found, not something that could not be checked.
func Open(f *verdict.Finding) bool {
	return f.Suppressed == nil && (f.Outcome == verdict.Fail || f.Outcome == verdict.Review) && f.Cause != verdict.Unavailable
}

// unreadable reports whether a rule is about files that cannot be read or placed: it
// must be named exactly.
func unreadable(rule string) bool { return strings.HasPrefix(rule, "AE9") }

// Apply takes findings out of the count; they stay listed.
func (s *Suppressor) Apply(findings []verdict.Finding, about Subject) {
	for i := range findings {
		f := &findings[i]
		if !Open(f) {
			continue
		}
		rel := s.relative(f, about)
		for n := range s.options.Rules {
			r := &s.options.Rules[n]
			is, exact := r.Names(f.Rule, f.Slug)
			if !is || unreadable(f.Rule) && !exact || !r.Means(rel) {
				continue
			}
			s.used[n] = true
			if !r.holds(s.now) || f.Suppressed != nil {
				continue
			}
			f.Suppressed = &verdict.Suppression{By: BySuppression, Note: r.Reason, From: r.Origin}
			if !r.Expires.IsZero() {
				f.Suppressed.Expires = r.Expires.Format(time.DateOnly)
			}
		}
		k := keyOf(f, about.Subject)
		if !s.known[k] || unreadable(f.Rule) {
			continue
		}
		s.hit[k] = true
		if f.Suppressed == nil {
			f.Suppressed = &verdict.Suppression{By: ByBaseline, From: s.options.BaselineName}
		}
	}
}

// relative is the path that a finding is about, from the settings' folder; "" for one
// between cases or elsewhere.
func (s *Suppressor) relative(f *verdict.Finding, about Subject) string {
	if about.Place == nil || s.options.Dir == "" {
		return ""
	}
	rel, err := filepath.Rel(s.options.Dir, about.Place(assetOf(f, about.Path)))
	if err != nil || !filepath.IsLocal(rel) {
		return ""
	}
	return filepath.ToSlash(rel)
}

// assetOf is the path of a finding's file below its case, "" for none.
func assetOf(f *verdict.Finding, dir string) string {
	switch {
	case f.Asset == dir:
		return ""
	case dir == ".":
		return f.Asset
	}
	return strings.TrimPrefix(f.Asset, dir+"/")
}

// Expired lists the suppressions that met something and hold no more.
func (s *Suppressor) Expired() []Rule {
	return s.rules(func(i int, r *Rule) bool { return s.used[i] && !r.holds(s.now) })
}

// Unused lists those that met nothing, where all files they could be about were
// scanned.
func (s *Suppressor) Unused() []Rule {
	if s.options.Covers == nil || s.options.Dir == "" || !s.options.Covers(s.options.Dir) {
		return nil
	}
	return s.rules(func(i int, _ *Rule) bool { return !s.used[i] })
}

func (s *Suppressor) rules(want func(i int, r *Rule) bool) []Rule {
	var out []Rule
	for i := range s.options.Rules {
		if want(i, &s.options.Rules[i]) {
			out = append(out, s.options.Rules[i])
		}
	}
	return out
}

// Stale lists the entries of the baseline that fit nothing, where what they were
// written of was scanned.
func (s *Suppressor) Stale() []Entry {
	if s.options.Baseline == nil || s.options.Covers == nil {
		return nil
	}
	var out []Entry
	for _, e := range s.options.Baseline.Entries {
		if !s.hit[e.key()] && s.options.Covers(s.options.Baseline.place(e)) {
			out = append(out, e)
		}
	}
	return out
}
