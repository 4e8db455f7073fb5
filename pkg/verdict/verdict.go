// Package verdict holds finished values: what was found, how bad it is, how
// sure we are, and what to do. No I/O, no rules. What it says, it says in parts
// (Text): pkg/report alone makes sentences of them. How a report is written as
// data is pkg/report's matter too: these types may change, the JSON may not.
//
// It may import pkg/lang.
package verdict

import (
	"fmt"

	"github.com/aecheck/aecheck/pkg/lang"
)

// Outcome of one rule on one subject, or of a whole case.
type Outcome string

const (
	Pass   Outcome = "pass"
	Fail   Outcome = "fail"
	Review Outcome = "review" // a person must look
	Skip   Outcome = "skip"   // the rule does not apply
	Error  Outcome = "error"  // the tool could not do its work
)

// Severity of a rule.
type Severity string

const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
	SeverityInfo    Severity = "info"
)

// Confidence in what a rule says when it is violated. Guess never fails: the
// engine turns it into a review.
type Confidence string

const (
	Certain Confidence = "certain"
	Likely  Confidence = "likely"
	Guess   Confidence = "guess"
)

// Cause of an outcome that is neither pass nor fail.
type Cause string

const (
	// Judgement: looked, and a person must decide.
	Judgement Cause = "judgement"
	// Unavailable: a fact could not be had.
	Unavailable Cause = "unavailable"
	// MissingInput: a key of case.yaml is needed and not given.
	MissingInput Cause = "missing_input"
)

// Basis of a rule: who says so.
type Basis string

const (
	Official Basis = "official"
	Several  Basis = "several"
	One      Basis = "one"
	SeedOnly Basis = "seed_only"
	Inferred Basis = "inferred"
)

// Related names another picture that an evidence is about.
type Related struct {
	Case  string
	Asset string
	Box   *[4]int
}

// Evidence is one thing seen. Box is [x, y, w, h] in pixels of the upright
// original, or of a page at 200 dpi.
type Evidence struct {
	Fact string
	// Observed is what was seen: a plain value as in Value.Of, times as texts.
	Observed any
	Unit     string
	Privacy  Privacy   // of Observed
	Required *Required // nil where nothing in particular was wanted
	// Quote is what was read, or the file it was seen in: the seller's own.
	Quote string
	// Why says, in all languages, why the fact could not be had. It stands in the
	// place of a quote.
	Why     lang.Text
	Page    int
	Box     *[4]int
	Related *Related
}

// Required is what should have been seen: a value, or whatever stands in a
// relation to one.
type Required struct {
	// Op is a comparison of the language of rules: == != < <= > >= in contains
	// matches startsWith endsWith, with not before the last five; empty where
	// Value itself was wanted.
	Op    string
	Value Value
	// Key of case.yaml, or "now", that the value stands for.
	Key string
	// Condition is what a rule asks where that is no comparison with a value, in
	// the language of rules; Op and Value are empty then.
	Condition string
}

// Want is a required value.
func Want(v any) *Required { return &Required{Value: Value{Of: v}} }

// WantWords is what is required in words of the program.
func WantWords(s string) *Required { return &Required{Value: Word(s)} }

// Compared is what is required of a value beside another, which is written as it
// stands.
func Compared(op string, with any) *Required {
	return &Required{Op: op, Value: Value{Of: with, Format: Exact}}
}

// String is what was required in plain signs: "≤ 2026-11-20 (now)".
func (r *Required) String() string {
	if r.Condition != "" {
		return r.Condition
	}
	text := fmt.Sprint(r.Value.Of)
	if r.Op != "" {
		text = Sign(r.Op) + " " + text
	}
	if r.Key != "" {
		text += " (" + r.Key + ")"
	}
	return text
}

// Sign is how people write a comparison: ≤ for <=.
func Sign(op string) string {
	switch op {
	case "<=":
		return "≤"
	case ">=":
		return "≥"
	}
	return op
}

// Suppression says why a finding does not count: a confirmation in case.yaml, a
// suppression of the settings or a baseline.
type Suppression struct {
	By     string // confirmation, suppression or baseline
	Person string
	At     string
	Note   string
	// Overruled: the person says that a fail is none.
	Overruled bool
	// From is where a suppression stands, or the baseline; Expires the last day it
	// holds (2006-01-02), empty for ever.
	From    string
	Expires string
}

// Confirmed reports whether it is a person's word on this very finding.
func (s *Suppression) Confirmed() bool { return s.By == "confirmation" }

// Finding is one rule × asset (or case, or batch), with all its evidence.
type Finding struct {
	Rule        string
	Slug        string
	Outcome     Outcome
	Cause       Cause
	Severity    Severity
	Confidence  Confidence
	Basis       Basis
	Asset       string // empty for case and batch
	Kind        string
	Title       Text
	Message     Text
	Remedy      Text
	Sources     []string
	Evidence    []Evidence
	Fingerprint string
	Suppressed  *Suppression

	// Overrulable is true for a fail that a person may overrule: it is likely and
	// no more, and its rule does not forbid it.
	Overrulable bool
	// Fix names the mend that a program can do about a fail or a review, as in
	// rules.yaml; empty for none.
	Fix string
	// Closes is true for a fail that nothing can mend: there is nothing to submit.
	Closes bool
	// Item is the checklist item it counts for.
	Item string
	// Asked is true where the cause is that the user switched something off.
	Asked bool
}

// ItemState of a checklist item.
type ItemState string

const (
	ItemReady     ItemState = "ready"
	ItemProblem   ItemState = "problem"
	ItemMissing   ItemState = "missing"
	ItemReview    ItemState = "review"
	ItemNotNeeded ItemState = "not_needed"
	// ItemRecommended: would help and is not there; the appeal can go without.
	ItemRecommended ItemState = "recommended"
)

// ChecklistItem is one line of the material checklist.
type ChecklistItem struct {
	Item     string
	Title    string
	State    ItemState
	Assets   []string
	Findings []string // fingerprints
	Note     Text
}

// Step is something no program can do, to be worked through with the
// checklist.
type Step struct {
	ID      string
	Phase   string // before, submit or after
	Title   string
	Detail  Text
	Sources []string
}

// Asset is one file as reported.
type Asset struct {
	Path          string
	PathRawBase64 string
	Kind          string
	Slot          string
	SHA256        string
	Bytes         int64
	Format        string
	Width         int
	Height        int

	// Preview is a small JPEG for reports that show pictures; may be nil.
	Preview []byte
}

// Deadline of a case. At is RFC 3339 in Beijing time.
type Deadline struct {
	At               string
	RemainingSeconds int64
	Basis            DeadlineBasis
}

// DeadlineBasis is what a deadline goes by.
type DeadlineBasis string

const (
	BasisTyped     DeadlineBasis = "typed"        // the notice shows it
	BasisEffective DeadlineBasis = "effective_at" // counted from when the penalty took effect
	BasisNotified  DeadlineBasis = "notified_at"  // from when the notice was sent
	BasisFiled     DeadlineBasis = "filed_at"     // from when the complaint was filed
	BasisNotice    DeadlineBasis = "notice"       // the capture of the notice shows an earlier one, or case.yaml gives none
)

// Case is everything said about one case.
type Case struct {
	Path      string
	ID        string
	Outcome   Outcome
	Deadline  *Deadline
	Assets    []Asset
	Findings  []Finding
	Checklist []ChecklistItem
	Steps     []Step
	// Quiet counts what is not among Findings because nobody wants to see it.
	Quiet Quiet
	// Of is how many files the case has where only Assets were asked about: there
	// are no findings about the others, no checklist and no steps. 0 where all were.
	Of int
}

// Quiet counts outcomes that say nothing to do.
type Quiet struct {
	Pass, Skip int
}

// Batch holds findings across cases.
type Batch struct {
	Findings []Finding
}

// Summary counts the findings of all cases and the batch by outcome.
type Summary struct {
	Cases  int
	Assets int
	Pass   int
	Fail   int
	Review int
	Skip   int
	Error  int
	// Unjudged are the problems for which something that was found was not
	// judged; Ignored the files left out because they are no material.
	Unjudged int
	Ignored  int
	// Confirmed are the passes that are one only because a person says so.
	Confirmed int
	// Overruled are those of them that were fails.
	Overruled int
	// Suppressed are the fails and reviews that settings or a baseline keep out of all
	// other counts.
	Suppressed int
}

// Problem is trouble with the run itself.
type Problem struct {
	Path    string
	Code    string
	Message Text
	// Unjudged: something that was found was not judged because of it.
	Unjudged bool
	// Aside: it is about suppressions, not about anything that was checked.
	Aside bool
}

// Tool names the program.
type Tool struct {
	Name    string
	Version string
}

// Rules names the rules used.
type Rules struct {
	Digest string
	Layers []string
	Packs  []string // names of those chosen
	// Kinds and Slots name the kinds of material and the slots there are, in
	// the language of the report.
	Kinds []Named
	Slots []Named
}

// Named is an id with what people call it.
type Named struct {
	ID    string
	Title string
}

// TitleOf returns what people call an id, the id itself where it is not among
// them.
func TitleOf(list []Named, id string) string {
	for _, n := range list {
		if n.ID == id && n.Title != "" {
			return n.Title
		}
	}
	return id
}

// Report is the result of a scan.
type Report struct {
	Tool        Tool
	Now         string
	Lang        string
	Rules       Rules
	Cases       []Case
	Batch       Batch
	Summary     Summary
	Problems    []Problem
	Interrupted bool
}

// Rank orders case outcomes from best to worst:
// pass < fail(warning) < review < error < fail(error). Infos never count.
func Rank(o Outcome, s Severity) int {
	switch {
	case s == SeverityInfo:
		return 0
	case o == Fail && s == SeverityError:
		return 4
	case o == Error:
		return 3
	case o == Review:
		return 2
	case o == Fail:
		return 1
	}
	return 0
}
