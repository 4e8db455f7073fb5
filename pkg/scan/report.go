package scan

import (
	"cmp"
	"fmt"
	"path"
	"strconv"
	"time"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/confirm"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/i18n"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/prefill"
	"github.com/aecheck/aecheck/pkg/suppress"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// timeLayout is how times are written in reports, always with the offset.
const timeLayout = time.RFC3339

// Result is what a run gives.
type Result struct {
	Report *verdict.Report
	Also   []*verdict.Report // the same in the languages of Options.Also, in their order
	Notes  []Note
	Cases  []CaseFolder      // as Report.Cases
	Roots  map[string]string // as Found.Roots
	// Undue counts the cases that JudgeOptions.Due left out.
	Undue Undue
	// Between is what findings between cases are about.
	Between confirm.Subject
	// Stale are the entries of the baseline that fit nothing.
	Stale []suppress.Entry
}

// Undue counts cases by why they are not due: they close later, are closed already, or
// nobody knows when they do.
type Undue struct{ Later, Gone, Unknown int }

// Count is how many there are.
func (u Undue) Count() int { return u.Later + u.Gone + u.Unknown }

// add counts a case unless it is due within a time; it reports whether it did.
func (u *Undue) add(c *verdict.Case, due time.Duration) bool {
	switch d := c.Deadline; {
	case due == 0:
		return false
	case d == nil:
		u.Unknown++
	case d.RemainingSeconds < 0 || c.State(false) == verdict.StateNothing:
		u.Gone++
	case d.RemainingSeconds > int64(due/time.Second):
		u.Later++
	default:
		return false
	}
	return true
}

// CaseFolder says where a case lies, for commands that write its case.yaml.
type CaseFolder struct {
	Dir      string
	FileName string // of case.yaml, empty where there is none
	Listing  bool   // a plain folder of photos
	Packed   bool   // in a zip file, where nothing is written
	Product  string // product ID, empty where case.yaml gives none
	Subject  suppress.Subject
}

// Note is a remark that belongs to the run, not to the report.
type Note struct {
	Kind  NoteKind
	Count int
	Text  string
	Date  string // 2026-11-30
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
	// NoteStale: what the pack Text says was last looked up on Date.
	NoteStale
	// NoteNoSlot: Count product photos have no slot, so that rules for slots judge none
	// of them.
	NoteNoSlot
	// NoteSlow: reading the file Text took Count seconds of processor time.
	NoteSlow
	// NoteFromNotice: the notice of the case in folder Text gives Count keys that its
	// case.yaml lacks.
	NoteFromNotice
)

// Report puts together what was judged. version is that of the program.
func (s *Session) Report(j *Judged, version string) *Result {
	l := j.options.Lang
	r := &verdict.Report{
		Tool:        verdict.Tool{Name: "aecheck", Version: version},
		Now:         j.options.Now.In(lang.Beijing()).Format(timeLayout),
		Lang:        l.Tag(),
		Rules:       s.named(l),
		Cases:       []verdict.Case{},
		Batch:       verdict.Batch{Findings: j.Across},
		Problems:    []verdict.Problem{},
		Interrupted: j.Interrupted,
	}
	texts := problemTexts(i18n.For(l).Problems)
	found := j.known.found
	out := &Result{Report: r}
	left := make([]bool, len(found.Cases)) // out of the report
	for i, c := range found.Cases {
		if left[i] = c.Untouched() || out.Undue.add(&j.Cases[i], j.options.Due); left[i] {
			continue
		}
		r.Cases = append(r.Cases, j.Cases[i])
		for _, k := range j.idle[i] {
			r.Problems = append(r.Problems, verdict.Problem{
				Path: path.Join(c.Path, c.FileName), Code: string(k.Why), Message: idle(k, i18n.For(l).Problems, l),
			})
		}
		for _, p := range c.StrayProblems() {
			p.Path = path.Join(c.Path, p.Path)
			r.Problems = append(r.Problems, problem(p, texts, l))
		}
		for _, e := range config.All(c.Err) {
			r.Problems = append(r.Problems, verdict.Problem{
				Path: path.Join(c.Path, c.FileName), Code: "case_invalid", Message: mistake(e, l),
			})
		}
	}
	if len(r.Cases) == 0 && out.Undue.Count() > 0 {
		r.Batch.Findings = []verdict.Finding{} // between cases of which none is asked about
	}
	for _, p := range found.Outside {
		r.Problems = append(r.Problems, problem(p, texts, l))
	}
	r.Problems = append(r.Problems, hidingProblems(j, l)...)
	summarise(r)
	for _, c := range found.Cases {
		r.Summary.Ignored += len(c.Ignored)
	}
	for _, p := range r.Problems {
		if p.Unjudged {
			r.Summary.Unjudged++
		}
	}
	out.Notes = notesOf(found.Cases, j.views)
	for _, p := range s.rules.Stale(j.options.Now) {
		out.Notes = append(out.Notes, Note{Kind: NoteStale, Text: p.Title.In(l), Date: p.VerifiedOn.Format(time.DateOnly)})
	}
	for _, slow := range j.known.slow {
		out.Notes = append(out.Notes, Note{Kind: NoteSlow, Text: slow.Path, Count: int(slow.CPU.Seconds())})
	}
	out.Roots = found.Roots
	out.Between = everything(found.Cases, j.views)
	if j.hiding != nil {
		out.Stale = j.hiding.Stale()
	}
	for i, c := range found.Cases {
		if left[i] {
			continue
		}
		product := ""
		if c.File.Has("product.id") {
			product = c.File.Product.ID
		}
		out.Cases = append(out.Cases, CaseFolder{Product: product, Dir: c.Dir, FileName: c.FileName, Listing: c.Listing, Packed: c.Packed, Subject: suppress.Subject{Subject: subjectOf(j.views[i]), Place: c.Place}})
	}
	return out
}

// named says which rules judge, and what kinds and slots are called.
func (s *Session) named(l lang.Lang) verdict.Rules {
	out := verdict.Rules{Digest: s.rules.Digest(), Layers: s.rules.Layers(), Kinds: []verdict.Named{}, Slots: []verdict.Named{}}
	for _, p := range s.rules.Packs() {
		out.Packs = append(out.Packs, p.Name)
	}
	for _, k := range s.rules.Kinds() {
		out.Kinds = append(out.Kinds, verdict.Named{ID: k.ID, Title: k.Title.In(l)})
	}
	for _, slot := range s.rules.Slots() {
		out.Slots = append(out.Slots, verdict.Named{ID: slot.ID, Title: slot.Title.In(l)})
	}
	return out
}

// hidingProblems tells the suppressions and entries of the baseline that have no
// effect, and why.
func hidingProblems(j *Judged, l lang.Lang) []verdict.Problem {
	h := j.hiding
	if h == nil || j.Interrupted {
		return nil
	}
	var out []verdict.Problem
	texts := i18n.For(l).Settling
	tell := func(code, text string, pairs ...any) {
		// The text is in the language already.
		out = append(out, verdict.Problem{Code: code, Message: verdict.Say(l, lang.Text{ZH: text}, pairs...), Aside: true})
	}
	for _, r := range h.Expired() {
		tell("suppression_expired", texts.Expired, "rule", r.Name, "date", r.Expires.Format(time.DateOnly), "reason", r.Reason, "origin", r.Origin)
	}
	for _, r := range h.Unused() {
		tell("suppression_unused", texts.Unused, "rule", r.Name, "reason", r.Reason, "origin", r.Origin)
	}
	if n := len(h.Stale()); n > 0 {
		tell("baseline_stale", lang.Count(texts.Stale, n))
	}
	return out
}

// summarise counts. A confirmed review and an overruled fail count as passed.
func summarise(r *verdict.Report) {
	count := func(fs []verdict.Finding) {
		for i := range fs {
			switch o := fs[i].Outcome; {
			case fs[i].Suppressed != nil && !fs[i].Suppressed.Confirmed():
				r.Summary.Suppressed++
			case fs[i].Suppressed != nil:
				r.Summary.Pass++
				r.Summary.Confirmed++
				if fs[i].Suppressed.Overruled {
					r.Summary.Overruled++
				}
			case o == verdict.Pass:
				r.Summary.Pass++
			case o == verdict.Fail:
				r.Summary.Fail++
			case o == verdict.Review:
				r.Summary.Review++
			case o == verdict.Skip:
				r.Summary.Skip++
			case o == verdict.Error:
				r.Summary.Error++
			}
		}
	}
	for i := range r.Cases {
		r.Summary.Assets += len(r.Cases[i].Assets)
		count(r.Cases[i].Findings)
		r.Summary.Pass += r.Cases[i].Quiet.Pass
		r.Summary.Skip += r.Cases[i].Quiet.Skip
	}
	r.Summary.Cases = len(r.Cases)
	count(r.Batch.Findings)
}

// notes gathers the remarks of all cases.
func notesOf(found []*material.Case, views []*facts.Case) []Note {
	var out []Note
	ignored := Note{Kind: NoteIgnored}
	for i, c := range found {
		if c.Untouched() {
			continue
		}
		for _, p := range c.Ignored {
			if ignored.Count++; ignored.Count <= 3 {
				if ignored.Text != "" {
					ignored.Text += ", "
				}
				ignored.Text += p
			}
		}
		if c.File == nil && c.Err == nil && !c.Listing && !c.Packed && !c.Part {
			out = append(out, Note{Kind: NoteNoCaseFile, Text: c.Dir})
		}
		if n := untaken(views[i]); n > 0 && c.Err == nil && !c.Listing && !c.Packed && !c.Part {
			out = append(out, Note{Kind: NoteFromNotice, Text: c.Dir, Count: n})
		}
	}
	if ignored.Count > 0 {
		out = append(out, ignored)
	}
	if n := slotless(found); n > 0 {
		out = append(out, Note{Kind: NoteNoSlot, Count: n})
	}
	return append(out, calendarNotes(views)...)
}

// slotless counts the product photos in plain folders that nothing gives a slot.
func slotless(found []*material.Case) int {
	n := 0
	for _, c := range found {
		for _, a := range c.Assets {
			if c.Listing && !a.Beside && a.Kind == facts.KindReplacement && a.Slot == "" {
				n++
			}
		}
	}
	return n
}

// untaken counts the keys of case.yaml that are not filled in and that the case's
// notices give surely.
func untaken(c *facts.Case) int {
	keys := map[string]bool{}
	for _, a := range c.Filled(facts.KindNotice) {
		if a.Facts == nil {
			continue
		}
		for _, o := range prefill.FromNotice(&a.Facts.Document) {
			if !o.Doubtful && !c.File.Has(o.Key) {
				keys[o.Key] = true
			}
		}
	}
	return len(keys)
}

func calendarNotes(views []*facts.Case) []Note {
	var out []Note
	seen := map[int]bool{}
	for _, v := range views {
		for _, y := range v.Clock.CalendarMissing {
			if !seen[y] {
				seen[y] = true
				out = append(out, Note{Kind: NoteCalendarYear, Text: strconv.Itoa(y)})
			}
		}
	}
	return out
}

// problem puts a problem that belongs to no asset into words.
func problem(p material.Problem, texts map[material.Code]string, l lang.Lang) verdict.Problem {
	text, ok := texts[p.Code]
	if !ok {
		text = string(p.Code) + " {detail}"
	}
	// The text is in the language already.
	return verdict.Problem{Path: p.Path, Code: string(p.Code), Message: verdict.Say(l, lang.Text{ZH: text}, "detail", p.Detail), Unjudged: p.Code.Unjudged()}
}

// idle says why a confirmation clears nothing, and what to do.
func idle(k confirm.Idle, texts i18n.Problems, l lang.Lang) verdict.Text {
	text := map[confirm.Why]string{
		confirm.Lapsed: texts.ConfirmationLapsed, confirm.Unmatched: texts.ConfirmationUnmatched, confirm.Incomplete: texts.ConfirmationIncomplete, confirm.Final: texts.ConfirmationFinal,
		confirm.Unseen: texts.ConfirmationUnseen, confirm.Untrusted: texts.ConfirmationUntrusted,
	}[k.Why]
	// The text is in the language already.
	return verdict.Say(l, lang.Text{ZH: text}, "rule", k.Rule, "file", cmp.Or(k.File, "case.yaml"), "who", cmp.Or(k.By, "—"))
}

// mistake says what is wrong in a case file, and where.
func mistake(e *config.Error, l lang.Lang) verdict.Text {
	text := verdict.Value{Of: e.File, Format: verdict.Exact, Privacy: verdict.Path}.Text()
	text = append(text, verdict.Words(fmt.Sprintf(":%d:%d: ", e.Line, e.Col))...)
	return append(text, verdict.Say(l, e.Msg)...)
}

func problemTexts(c i18n.Problems) map[material.Code]string {
	return map[material.Code]string{
		material.LinkOutside: c.LinkOutside, material.LinkBroken: c.LinkBroken, material.LinkFolder: c.LinkFolder,
		material.Encrypted: c.Encrypted, material.BadArchive: c.BadArchive, material.OtherArchive: c.OtherArchive, material.NameTwice: c.NameTwice,
		material.NotHere: c.NotHere, material.LFSPointer: c.LFSPointer,
		material.NotRegular: c.NotRegular, material.Unreadable: c.Unreadable,
		material.Vanished: c.Vanished, material.Changed: c.Changed, material.Empty: c.Empty,
		material.TooLarge: c.TooLarge, material.TooMany: c.TooMany, material.TooDeep: c.TooDeep,
		material.NameEncoding: c.NameEncoding, material.Unplaced: c.Unplaced, material.OutsideCase: c.OutsideCase, material.EmptyFolder: c.EmptyFolder,
		material.TwoCaseFiles: c.TwoCaseFiles,
	}
}
