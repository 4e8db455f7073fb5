package report

import (
	"strings"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// finding is a finding with its texts as people read them. What it points to is the
// report's, and is copied before it is changed.
type finding struct {
	*verdict.Finding
	Title, Message, Remedy string
}

// readable puts the texts of findings together.
func readable(findings []*verdict.Finding) []finding {
	out := make([]finding, len(findings))
	for i, f := range findings {
		out[i] = finding{Finding: f, Title: Plain(f.Title), Message: Plain(f.Message), Remedy: Plain(f.Remedy)}
	}
	return out
}

// change copies what is to be changed.
func (f *finding) change(how func(*verdict.Finding)) {
	own := *f.Finding
	how(&own)
	f.Finding = &own
}

// pointers to findings where they lie.
func pointers(all []verdict.Finding) []*verdict.Finding {
	out := make([]*verdict.Finding, len(all))
	for i := range all {
		out[i] = &all[i]
	}
	return out
}

// outstanding are the findings that are neither passes nor about what did not apply,
// and the number of those that are.
func outstanding(all []verdict.Finding) (out []*verdict.Finding, done tally) {
	for i := range all {
		switch f := &all[i]; {
		case f.Suppressed != nil:
			out = append(out, f)
		case f.Outcome == verdict.Pass:
			done.pass++
		case f.Outcome == verdict.Skip:
			done.skip++
		default:
			out = append(out, f)
		}
	}
	return out, done
}

// fold makes one of the reviews that one trouble with a file causes: a picture
// that cannot be decoded keeps a dozen rules from being checked, and the reader
// has one thing to do about it. Verbose shows them all.
func (v *view) fold(findings []finding) []finding {
	if v.o.Verbose {
		return findings
	}
	type trouble struct{ asset, item, message string }
	first := map[trouble]int{} // index in out
	rules := map[int][]string{}
	out := make([]finding, 0, len(findings))
	for _, f := range findings {
		if f.Outcome != verdict.Review || f.Cause != verdict.Unavailable || f.Suppressed != nil {
			out = append(out, f)
			continue
		}
		key := trouble{f.Asset, itemOf(&f), f.Message}
		at, known := first[key]
		if !known {
			at = len(out)
			first[key] = at
			out = append(out, f)
		}
		rules[at] = append(rules[at], f.Rule)
	}
	for at, ids := range rules {
		if len(ids) == 1 {
			continue
		}
		f := &out[at]
		f.Title = lang.Fill(v.say.Unchecked, "n", len(ids), "rules", strings.Join(ids[1:], v.words.Join))
		f.change(func(f *verdict.Finding) { f.Evidence, f.Sources, f.Basis, f.Confidence = nil, nil, "", "" })
	}
	return out
}
