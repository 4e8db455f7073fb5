package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/verdict"
)

func clean(s string) string { return terminal.Clean(s) }

// mark is the symbol and the word of a finding. The word alone suffices:
// nothing depends on colour or on a font that has the symbol.
func (v *view) mark(f *finding) (symbol, word string) {
	switch f.Outcome {
	case verdict.Pass:
		return "✓", v.words.Pass
	case verdict.Skip:
		return "-", v.words.Skip
	case verdict.Review:
		return "?", v.words.Review
	case verdict.Error:
		return "E", v.words.Error
	}
	switch f.Severity {
	case verdict.SeverityWarning:
		return "!", v.words.Warning
	case verdict.SeverityInfo:
		return "i", v.words.Info
	}
	return "✗", v.words.Fail
}

// box is the symbol and the word of a checklist item: a box to tick where a
// person has something left to do.
func (v *view) box(it *item) (symbol, word string) {
	switch it.State {
	case verdict.ItemReady:
		return "☑", v.words.Ready
	case verdict.ItemProblem:
		if it.warned() {
			return "!", v.words.Warning
		}
		return "✗", v.words.Problem
	case verdict.ItemMissing:
		return "☐", v.words.Missing
	case verdict.ItemReview:
		return "☐", v.words.NeedsReview
	case verdict.ItemRecommended:
		return "☐", v.words.Recommended
	case verdict.ItemNotNeeded:
		return "-", v.words.NotNeeded
	}
	return "☐", clean(string(it.State))
}

// warned reports that what stands against an item keeps nobody from submitting.
func (it *item) warned() bool {
	return len(it.steps) > 0 && !slices.ContainsFunc(it.steps, func(s step) bool {
		return s.finding.Outcome == verdict.Fail && s.finding.Severity == verdict.SeverityError
	})
}

// label is the word of a finding with the reason where there is one.
func (v *view) label(f *finding) string {
	_, word := v.mark(f)
	if reason := v.reason(f); reason != "" {
		word += v.paren(reason)
	}
	return word
}

// reason says why a review is one, where it is not a judgement; empty else.
func (v *view) reason(f *finding) string {
	switch {
	case f.Asked:
		return v.words.SwitchedOff
	case f.Cause == verdict.Unavailable:
		return v.words.Unavailable
	case f.Cause == verdict.MissingInput:
		return v.words.MissingInput
	}
	return ""
}

// confidence is empty where there is nothing to say: certain.
func (v *view) confidence(c verdict.Confidence) string {
	switch c {
	case verdict.Likely:
		return v.words.Likely
	case verdict.Guess:
		return v.words.Guess
	}
	return ""
}

func (v *view) basis(b verdict.Basis) string {
	switch b {
	case verdict.Official:
		return v.words.Official
	case verdict.Several:
		return v.words.Several
	case verdict.One:
		return v.words.One
	case verdict.SeedOnly:
		return v.words.SeedOnly
	case verdict.Inferred:
		return v.words.Inferred
	}
	return clean(string(b))
}

// seen says one piece of evidence: what was seen and what was required.
// Both are clean.
func (v *view) seen(e *verdict.Evidence) (seen, required string) {
	quote := e.Quote
	if quote == "" {
		quote = e.Why.In(v.o.Lang)
	}
	var parts []string
	if e.Observed != nil || quote == "" {
		parts = append(parts, v.observed(e))
	}
	if quote != "" && quote != e.Observed {
		parts = append(parts, lang.Fill(v.say.Quoted, "text", clean(quote)))
	}
	var where []string
	if e.Fact != "" {
		where = append(where, clean(e.Fact))
	}
	if e.Page > 0 {
		where = append(where, lang.Fill(v.say.Page, "n", e.Page))
	}
	if e.Box != nil {
		where = append(where, lang.Fill(v.say.Where, "x", e.Box[0], "y", e.Box[1], "w", e.Box[2], "h", e.Box[3]))
	}
	if e.Related != nil {
		other := e.Related.Asset
		if e.Related.Case != "" && !strings.HasPrefix(other, e.Related.Case+"/") {
			other = e.Related.Case + "/" + other
		}
		where = append(where, lang.Fill(v.say.Compared, "other", clean(other)))
	}
	seen = strings.Join(parts, " ")
	if len(where) > 0 {
		seen += v.paren(strings.Join(where, v.words.Join))
	}
	if e.Required != nil {
		required = v.required(e.Required, e.Unit)
	}
	return seen, required
}

// observed says what was seen. Where that is the very place it was seen at, it
// is given as it stands in the data.
func (v *view) observed(e *verdict.Evidence) string {
	if list, ok := e.Observed.([]any); ok && e.Box != nil && slices.Equal(list, []any{e.Box[0], e.Box[1], e.Box[2], e.Box[3]}) {
		return fmt.Sprintf("[%d,%d,%d,%d]", e.Box[0], e.Box[1], e.Box[2], e.Box[3])
	}
	return v.value(e.Observed, e.Unit)
}

// required says what was wanted. A condition of a rule that is no comparison
// with a value is said by the message already and left out.
func (v *view) required(r *verdict.Required, unit string) string {
	var text string
	switch r.Op {
	case "":
		if r.Condition != "" {
			return ""
		}
		text = v.value(r.Value.Of, unit)
	case "<", "<=", ">", ">=":
		text = verdict.Sign(r.Op) + " " + v.operand(r.Value, unit)
	case "==":
		text = v.operand(r.Value, unit)
	case "!=":
		if r.Value.Of == "" {
			return v.say.NotEmpty
		}
		text = lang.Fill(v.say.NotThis, "value", v.operand(r.Value, unit))
	default:
		if strings.HasPrefix(r.Op, "not ") {
			return ""
		}
		text = clean(fmt.Sprint(written(r)))
	}
	if r.Key != "" {
		text += " (" + r.Key + ")"
	}
	return text
}

// operand says a value that another is compared with; the result is clean.
func (v *view) operand(x verdict.Value, unit string) string {
	switch of := x.Of.(type) {
	case int:
		return v.number(float64(of), unit)
	case float64:
		return v.number(of, unit)
	case string:
		if of == "" {
			return ""
		}
	}
	return clean(shown(x))
}

// written is what was wanted as the JSON report has it: a value, or the rest of
// a comparison, which rules write in their language and checks in plain signs.
func written(r *verdict.Required) any {
	if r.Condition != "" {
		return r.Condition
	}
	if r.Op == "" && r.Key == "" {
		return r.Value.Of
	}
	text := shown(r.Value)
	if r.Value.Format != verdict.Exact {
		switch of := r.Value.Of.(type) {
		case string:
			if r.Value.Format == verdict.Plain && r.Op != "" {
				text = strconv.Quote(of)
			}
		case float64:
			text = format(of, verdict.Exact)
		}
	}
	switch {
	case r.Op == "":
	case r.Value.Format == verdict.Exact:
		text = verdict.Sign(r.Op) + " " + text
	default:
		text = r.Op + " " + text
	}
	if r.Key != "" {
		text += " (" + r.Key + ")"
	}
	return text
}

// value says a value of a fact; the result is clean.
func (v *view) value(x any, unit string) string {
	switch x := x.(type) {
	case nil:
		return v.words.Nothing
	case bool:
		if x {
			return v.words.Yes
		}
		return v.words.No
	case string:
		if x == "" {
			return v.words.Nothing
		}
		return clean(x)
	case int:
		return v.number(float64(x), unit)
	case int64:
		return v.number(float64(x), unit)
	case float64:
		return v.number(x, unit)
	case []any:
		all := make([]string, len(x))
		for i := range x {
			all[i] = v.value(x[i], unit)
		}
		return v.join(all)
	}
	data, err := encodeJSON(x, "")
	if err != nil {
		return clean(fmt.Sprint(x))
	}
	return clean(strings.TrimSpace(string(data)))
}

func (v *view) join(all []string) string {
	if len(all) == 0 {
		return v.words.Nothing
	}
	cleaned := make([]string, len(all))
	for i := range all {
		cleaned[i] = clean(all[i])
	}
	return strings.Join(cleaned, v.words.Join)
}

// number says a number with its unit. Units that are ranges (0..1) describe
// the fact, not the value.
func (v *view) number(x float64, unit string) string {
	switch {
	case unit == "bytes" && x >= 1<<20:
		return strconv.FormatFloat(x/(1<<20), 'f', 2, 64) + " MiB"
	case unit == "bytes" && x >= 1<<10:
		return strconv.FormatFloat(x/(1<<10), 'f', 1, 64) + " KiB"
	}
	s := strconv.FormatFloat(x, 'f', 3, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if x != 0 && (s == "0" || s == "-0") {
		s = strconv.FormatFloat(x, 'g', 2, 64)
	}
	if unit == "" || strings.Contains(unit, "..") {
		return s
	}
	return s + " " + clean(unit)
}
