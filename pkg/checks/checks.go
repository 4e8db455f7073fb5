// Package checks says what a named check is: a judgement that no expression
// should make, because it loops over pairs, looks at several assets or walks a
// calendar. Each check lives in a package of its own below this one; texts,
// severity and sources come from the rule that names it.
//
// It may import pkg/facts, pkg/lang and pkg/verdict.
package checks

import (
	"context"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Check is one named check.
type Check interface {
	// Name is what rules.yaml says in `check:`: lower case, with hyphens.
	Name() string
	// Doc says in a sentence or two what it judges, and when it fails or asks
	// a person.
	Doc() lang.Text
	// NewParams returns a pointer to a struct of parameters with their
	// defaults; its json tags are the keys of `with:`, its zh, en and unit
	// tags describe them. Nil for none.
	NewParams() any
	// Needs names the facts it reads of assets of each kind ("*" for every
	// kind); facts nobody needs are not extracted.
	Needs(params any) []Need
	// Vars names the placeholders it offers to the rule's texts.
	Vars() []string
	// Run judges. A check that lacks a fact of one asset says so in the
	// result (review, cause unavailable); an error means a fault of the check.
	Run(ctx context.Context, s Subject, params any) (Result, error)
}

// Need is a fact wanted of every asset of a kind.
type Need struct {
	Kind string
	Fact string // group or path, e.g. "hash" or "image.width"
	// With are kinds, between blanks, of which the case must have a file, any of them,
	// for the fact to be of use; empty where it always is.
	With string
}

// Subject is what a check judges: a case, one asset of it (rule `for:` a
// kind), or a batch.
type Subject struct {
	Case  *facts.Case
	Asset *facts.Asset  // nil unless the rule is for a kind
	Batch []*facts.Case // all cases of the run; nil unless the rule is for the batch
}

// Result of a check. Outcome is pass, fail, review or skip; the engine turns a
// fail of a guess into a review.
type Result struct {
	Outcome  verdict.Outcome
	Cause    verdict.Cause
	Evidence []verdict.Evidence
	Vars     map[string]verdict.Value // for the placeholders of the rule's texts
}
