// Package confirm clears reviews and overrules fails: a person has looked, and says
// so in case.yaml. A confirmation is given by a name at a time, for a rule, a cause
// and what was seen: the content of the file it is about or, for the case as a whole,
// what the rule saw. When that changes it lapses. To overrule a fail takes more: a
// reason, and what the rule saw for files too; a fail that is certain stays, and so
// does that of a rule that forbids it. Nothing clears what could not be checked:
// nobody has seen that.
//
// It may import pkg/casefile and pkg/verdict.
package confirm

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
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

// Why says why a confirmation clears nothing.
type Why string

const (
	// Lapsed: what it was given for has changed since, or is gone.
	Lapsed Why = "confirmation_lapsed"
	// Unmatched: the rule finds nothing there for a person to look at.
	Unmatched Why = "confirmation_unmatched"
	// Final: the fail is certain, or its rule lets nobody overrule it.
	Final Why = "confirmation_final"
	// Incomplete: it does not say by whom and when or, to overrule, why.
	Incomplete Why = "confirmation_incomplete"
	// Unseen: what it is for could not be checked, so nobody can have seen it.
	Unseen Why = "confirmation_unseen"
	// Untrusted: of the cases of several clients only confirmations of names that
	// were given on the command line count.
	Untrusted Why = "confirmation_untrusted"
)

// Idle is a confirmation that clears nothing.
type Idle struct {
	casefile.Confirmation
	Why Why
}

// Apply suppresses the reviews and fails among findings that confirmations clear;
// they stay listed. It returns the confirmations that clear nothing.
func Apply(findings []verdict.Finding, s Subject, confirmations []casefile.Confirmation) []Idle {
	sums := make(map[string]string, len(s.Sums))
	for p, sum := range s.Sums {
		sums[casefile.PathKey(p)] = sum
	}
	var idle []Idle
	for _, k := range confirmations {
		if why := apply(findings, s, sums, k); why != "" {
			idle = append(idle, Idle{k, why})
		}
	}
	return idle
}

// apply returns why a confirmation clears nothing, "" where it does.
func apply(findings []verdict.Finding, s Subject, sums map[string]string, k casefile.Confirmation) Why {
	overrules := k.Says == casefile.Overruled
	if k.By == "" || k.At.IsZero() || overrules && k.Note == "" {
		return Incomplete
	}
	if sum, there := sums[casefile.PathKey(k.File)]; k.File != "" && (!there || !strings.EqualFold(sum, k.SHA256)) {
		return Lapsed
	}
	why := Unmatched
	for i := range findings {
		f := &findings[i]
		open := f.Outcome == verdict.Review || f.Outcome == verdict.Fail
		if !open || f.Rule != k.Rule || subject(f, s.Path) != casefile.PathKey(k.File) {
			continue
		}
		switch {
		case f.Cause == verdict.Unavailable:
			why = Unseen
		case overrules && f.Outcome == verdict.Fail && !f.Overrulable:
			return Final
		case overrules != (f.Outcome == verdict.Fail):
			why = Lapsed
		case overrules && k.Facts != Seen(f, s):
			why = Lapsed
		case overrules:
			f.Suppressed = cmp.Or(f.Suppressed, suppression(k))
			return ""
		case f.Cause != cmp.Or(verdict.Cause(k.Cause), verdict.Judgement):
			why = Lapsed
		case k.File == "" && k.Facts != Seen(f, s):
			why = Lapsed
		default:
			f.Suppressed = cmp.Or(f.Suppressed, suppression(k))
			return ""
		}
	}
	return why
}

// Seen is a digest of what a finding goes by, 16 hex digits: its evidence, but for
// the clock, with the content of the files it names; fractions to two decimals, as
// processors differ in the last ones. Where it goes by case.yaml alone (look at all pictures for what is sensitive), the content
// of all files of the case.
func Seen(f *verdict.Finding, s Subject) string {
	h := sha256.New()
	enc := json.NewEncoder(h) // errors are those of values that reports cannot hold either
	_ = enc.Encode([]any{"aecheck seen 1", f.Rule, f.Cause})
	named := false
	for _, e := range f.Evidence {
		if strings.HasPrefix(e.Fact, "clock.") {
			continue
		}
		related := ""
		if e.Related != nil {
			related = strings.TrimPrefix(e.Related.Asset, s.Path+"/")
			related += " " + s.Sums[related]
		}
		named = named || related != "" || e.Fact != "" && !strings.HasPrefix(e.Fact, "case.")
		_ = enc.Encode([]any{e.Fact, rounded(e.Observed), e.Quote, e.Page, related})
	}
	if !named {
		for _, p := range slices.Sorted(maps.Keys(s.Sums)) {
			_ = enc.Encode([]any{p, s.Sums[p]})
		}
	}
	const digits = 16
	return hex.EncodeToString(h.Sum(nil))[:digits]
}

// rounded is a value with its fractions to two decimals.
func rounded(v any) any {
	switch x := v.(type) {
	case float64:
		return strconv.FormatFloat(x, 'f', 2, 64)
	case []any:
		out := make([]any, len(x))
		for i := range x {
			out[i] = rounded(x[i])
		}
		return out
	}
	return v
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
	return &verdict.Suppression{By: "confirmation", Person: k.By, Note: k.Note, At: k.At.Format(time.RFC3339), Overruled: k.Says == casefile.Overruled}
}

// Open returns the reviews that are still to be cleared, in order: not those of
// what could not be checked.
func Open(findings []verdict.Finding) []*verdict.Finding {
	var out []*verdict.Finding
	for i := range findings {
		if f := &findings[i]; f.Outcome == verdict.Review && f.Cause != verdict.Unavailable && f.Suppressed == nil {
			out = append(out, f)
		}
	}
	return out
}

// Overrulable returns the fails that a person may overrule, in order.
func Overrulable(findings []verdict.Finding) []*verdict.Finding {
	var out []*verdict.Finding
	for i := range findings {
		if f := &findings[i]; f.Outcome == verdict.Fail && f.Overrulable && f.Suppressed == nil {
			out = append(out, f)
		}
	}
	return out
}

// Confirmation makes the entry that clears a review of a case, or overrules a fail:
// who, when, and what was seen.
func Confirmation(f *verdict.Finding, s Subject, by string, at time.Time, note string) casefile.Confirmation {
	k := casefile.Confirmation{Rule: f.Rule, Cause: string(f.Cause), By: by, At: at, Note: note}
	key := subject(f, s.Path)
	if f.Outcome == verdict.Fail {
		k.Says, k.Facts = casefile.Overruled, Seen(f, s)
	}
	if key == casefile.PathKey("") {
		k.Facts = Seen(f, s)
		return k
	}
	for p, sum := range s.Sums {
		if casefile.PathKey(p) == key {
			k.File, k.SHA256 = p, sum
		}
	}
	return k
}

// Write adds confirmations to the case.yaml of a folder, again where somebody else has
// added to it in the meantime.
func Write(dir, name string, add []casefile.Confirmation) error {
	_, _, err := casefile.Change(dir, name, func(old []byte) ([]byte, error) { return casefile.Add(name, old, add) })
	return err
}
