// Package confirm clears reviews: a person has looked, and says so in
// case.yaml. A confirmation is bound to a rule and to the content of the file
// it is about; when the file changes it lapses. It never touches a fail.
//
// It may import pkg/casefile and pkg/verdict.
package confirm

import (
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Subject says which case findings are about.
type Subject struct {
	Path string // of the case below the scanned root
	// Sums are the SHA-256 of its files, hex, by path below the case.
	Sums map[string]string
}

// Apply suppresses the reviews among findings that confirmations clear; they
// stay listed. It returns the confirmations that lapsed: those of a review
// whose file has changed since, or is gone.
func Apply(findings []verdict.Finding, s Subject, confirmations []casefile.Confirmation) (lapsed []casefile.Confirmation) {
	sums := make(map[string]string, len(s.Sums))
	for p, sum := range s.Sums {
		sums[casefile.PathKey(p)] = sum
	}
	for _, k := range confirmations {
		stale := false
		if k.File != "" {
			sum, there := sums[casefile.PathKey(k.File)]
			stale = !there || k.SHA256 == "" || !strings.EqualFold(sum, k.SHA256)
		}
		for i := range findings {
			f := &findings[i]
			if f.Outcome != verdict.Review || f.Rule != k.Rule || subject(f, s.Path) != casefile.PathKey(k.File) {
				continue
			}
			if stale {
				lapsed = append(lapsed, k)
				break
			}
			if f.Suppressed == nil {
				f.Suppressed = suppression(k)
			}
		}
	}
	return lapsed
}

// subject is the key of the file a finding is about, that of no file for one
// about the case.
func subject(f *verdict.Finding, casePath string) string {
	switch {
	case f.Asset == casePath || f.Asset == "":
		return casefile.PathKey("")
	case casePath == ".":
		return casefile.PathKey(f.Asset)
	}
	return casefile.PathKey(strings.TrimPrefix(f.Asset, casePath+"/"))
}

func suppression(k casefile.Confirmation) *verdict.Suppression {
	out := &verdict.Suppression{By: "confirmation", Person: k.By, Note: k.Note}
	if !k.At.IsZero() {
		out.At = k.At.Format(time.RFC3339)
	}
	return out
}

// Open returns the reviews that are still to be cleared, in order.
func Open(findings []verdict.Finding) []*verdict.Finding {
	var out []*verdict.Finding
	for i := range findings {
		if f := &findings[i]; f.Outcome == verdict.Review && f.Suppressed == nil {
			out = append(out, f)
		}
	}
	return out
}

// Confirmation makes the entry that clears a review of a case: who, when, and
// the content seen.
func Confirmation(f *verdict.Finding, s Subject, by string, at time.Time, note string) casefile.Confirmation {
	k := casefile.Confirmation{Rule: f.Rule, By: by, At: at, Note: note}
	if key := subject(f, s.Path); key != casefile.PathKey("") {
		for p, sum := range s.Sums {
			if casefile.PathKey(p) == key {
				k.File, k.SHA256 = p, sum
			}
		}
	}
	return k
}
