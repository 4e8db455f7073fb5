// Package scan runs the whole way for one or many cases: material → facts →
// rules → verdicts. It knows no rule and no format; it bounds the work, keeps
// the order independent of timing, and turns trouble with one file into a
// finding about that file.
//
// It may import pkg/casefile, pkg/checklist, pkg/checks, pkg/compare,
// pkg/config, pkg/confirm, pkg/contacts, pkg/derive, pkg/extract,
// pkg/extract/file, pkg/extract/paper, pkg/extract/picture, pkg/facts,
// pkg/i18n, pkg/lang, pkg/material, pkg/ocr, pkg/raster, pkg/rules,
// pkg/schedule and pkg/verdict.
package scan

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/confirm"
	"github.com/aecheck/aecheck/pkg/derive"
	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/i18n"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/schedule"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Options of one run.
type Options struct {
	Paths   []string
	As      string // kind of files that nothing places
	Slot    string // slot of replacement pictures that have none
	Now     time.Time
	Lang    lang.Lang
	Version string // of the program, for the report
	Jobs    int    // files worked on at the same time, ≥ 1
	Cache   *extract.Cache
	NoOCR   bool
	// IgnoreConfirmations judges as if case.yaml confirmed nothing.
	IgnoreConfirmations bool
	// Previews asks for the small pictures that some reports show.
	Previews bool
	// Progress is told about every finished file; may be nil.
	Progress func(done, total int, path string)
}

// Note is a remark that belongs to the run, not to the report.
type Note struct {
	Kind  NoteKind
	Count int
	Text  string
}

// NoteKind names a remark.
type NoteKind int

const (
	// NoteIgnored: Count system files were left out; Text names some.
	NoteIgnored NoteKind = iota
	// NoteNoCaseFile: the case in folder Text has no case.yaml.
	NoteNoCaseFile
	// NoteCalendarYear: no holiday data for the year Text.
	NoteCalendarYear
)

// Scanner judges folders by a set of rules.
type Scanner struct {
	rules    *rules.Set
	derive   *derive.Config
	calendar schedule.Rules
	limits   extract.Limits
}

// New returns a scanner. The error is about what rules.yaml says to
// pkg/derive and pkg/schedule.
func New(set *rules.Set, limits extract.Limits) (*Scanner, error) {
	d, err := derive.NewConfig(set)
	if err != nil {
		return nil, err
	}
	calendar, err := calendarOf(set)
	if err != nil {
		return nil, err
	}
	return &Scanner{rules: set, derive: d, calendar: calendar, limits: limits}, nil
}

// Result is what a run gives.
type Result struct {
	Report *verdict.Report
	Notes  []Note
	Cases  []CaseFolder // as Report.Cases
	Names  []string     // of companies and people that case files give, for --redact
}

// CaseFolder says where a case lies, for commands that write its case.yaml.
type CaseFolder struct {
	Dir      string
	FileName string // of case.yaml, empty where there is none
	Subject  confirm.Subject
}

// Run scans. A nil result means nothing could be done (a path that is not
// there); a result beside an error is complete but for what the error names
// (case files that are invalid). A cancelled context ends the run early with a
// report marked interrupted.
func (s *Scanner) Run(ctx context.Context, opt Options) (*Result, error) {
	found, outside, walkErr := material.Walk(ctx, opt.Paths, material.Options{
		Vocabulary: vocabularyOf(s.rules),
		Ignore:     s.rules.Ignore(),
		As:         opt.As,
		Slot:       opt.Slot,
		Tracks:     slices.Sorted(maps.Keys(s.rules.Tracks())),
		Limits:     material.Limits{FileBytes: s.limits.MaxBytes},
	})
	if walkErr != nil && len(found) == 0 {
		return nil, walkErr
	}
	run := &run{Scanner: s, opt: opt, problemTexts: problemTexts(i18n.For(opt.Lang).CLI)}
	views, err := run.extract(ctx, found)
	if err != nil {
		return nil, err
	}
	r := run.judge(ctx, found, views)
	for _, t := range outside {
		r.Problems = append(r.Problems, run.problem(t))
	}
	r.Interrupted = ctx.Err() != nil
	if errors.Is(walkErr, context.Canceled) {
		walkErr = nil
	}
	out := &Result{Report: r, Notes: run.notes(found, views)}
	for i, c := range found {
		out.Cases = append(out.Cases, CaseFolder{Dir: c.Dir, FileName: c.FileName, Subject: subjectOf(views[i])})
		out.Names = append(out.Names, namesIn(c.File)...)
	}
	return out, walkErr
}

// run is one run of a scanner.
type run struct {
	*Scanner
	opt          Options
	problemTexts map[material.Code]string
}

// notes gathers the remarks of all cases.
func (r *run) notes(found []*material.Case, views []*facts.Case) []Note {
	var out []Note
	ignored := Note{Kind: NoteIgnored}
	for _, c := range found {
		for _, p := range c.Ignored {
			if ignored.Count++; ignored.Count <= 3 {
				if ignored.Text != "" {
					ignored.Text += ", "
				}
				ignored.Text += p
			}
		}
		if c.File == nil && c.Err == nil && !c.Listing {
			out = append(out, Note{Kind: NoteNoCaseFile, Text: c.Dir})
		}
	}
	if ignored.Count > 0 {
		out = append(out, ignored)
	}
	return append(out, calendarNotes(views)...)
}

// vocabularyOf takes the names of kinds and slots from the rules.
func vocabularyOf(set *rules.Set) material.Vocabulary {
	var out material.Vocabulary
	for _, k := range set.Kinds() {
		out.Kinds = append(out.Kinds, material.Names{ID: k.ID, Aliases: k.Aliases})
	}
	for _, s := range set.Slots() {
		out.Slots = append(out.Slots, material.Names{ID: s.ID, Aliases: s.Aliases})
	}
	return out
}

// namesIn lists the names of companies and people in a case file.
func namesIn(c *casefile.File) []string {
	if c == nil {
		return nil
	}
	all := append([]string{c.Store.Name.ZH, c.Store.Name.EN, c.Violation.Complaint.By, c.Originals.Photographer}, c.Store.OtherNames...)
	for _, l := range c.Letters {
		all = append(all, l.Grantor.Name, l.Grantee.Name)
	}
	for _, k := range c.Confirmations {
		all = append(all, k.By)
	}
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}
