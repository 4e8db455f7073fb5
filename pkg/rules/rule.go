package rules

import (
	"slices"
	"strings"
	"sync"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/rules/expr"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Rule is a rule of all layers together, checked and compiled.
type Rule struct {
	Spec
	// Origin names the layer that each field given comes from.
	Origin map[string]string
	// Pack is the pack it belongs to, "" for a rule that a layer without one adds.
	Pack string
	// Aside is true where that pack is not chosen: the rule is known and judges
	// nothing.
	Aside bool

	scope                         scope
	when, require, forbid, review *expr.Program
	check                         checks.Check
	params                        any                       // of the check
	texts                         map[textKey]expr.Template // of the sources
	translated                    sync.Map                  // textKey → expr.Template
	facts                         []string
	onCaseFile                    bool // see judging.noCaseFile
	source                        *specSource
}

// overruleLikely is what a rule says of being overruled where it says nothing.
const overruleLikely = "likely"

// textKey names a text of a rule.
type textKey struct {
	field string // title, message, message_review or remedy
	lang  lang.Lang
}

// written is a text as the rules file gives it.
func (s *Spec) written(field string) lang.Text {
	switch field {
	case "title":
		return s.Title
	case "message":
		return s.Message
	case "message_review":
		return s.MessageReview
	}
	return s.Remedy
}

// template is a text of the rule in a language.
func (r *Rule) template(field string, l lang.Lang) expr.Template {
	given := r.written(field)
	switch {
	case given.EN == "", l == lang.ZH && given.ZH != "":
		return r.texts[textKey{field, lang.ZH}]
	case l == lang.ZH || l == lang.EN:
		return r.texts[textKey{field, lang.EN}]
	}
	key := textKey{field, l}
	if known, ok := r.translated.Load(key); ok {
		return known.(expr.Template)
	}
	// A catalogue keeps the placeholders of the English text (lang.Fits), so
	// what they name is there.
	t := r.texts[textKey{field, lang.EN}].Reworded(l.Say(given.EN))
	r.translated.Store(key, t)
	return t
}

// IsDisabled reports whether a layer switched the rule off.
func (r *Rule) IsDisabled() bool { return r.Disabled != nil }

// InForce reports whether the rule judges.
func (r *Rule) InForce() bool { return !r.IsDisabled() && !r.Aside }

// MayOverrule reports whether a person may overrule its fail: it is likely and no
// more, and the rule does not forbid it.
func (r *Rule) MayOverrule() bool {
	return r.Confidence == string(verdict.Likely) && r.Overrule == overruleLikely
}

// IsForCase and IsForBatch tell rules that judge no single file.
func (r *Rule) IsForCase() bool  { return r.scope == scopeCase }
func (r *Rule) IsForBatch() bool { return r.scope == scopeBatch }

// Applies reports whether the rule is for an asset of this kind and slot.
func (r *Rule) Applies(kind, slot string) bool {
	if r.scope != scopeAsset {
		return false
	}
	return slices.ContainsFunc(r.For, func(target string) bool {
		wantKind, wantSlot, hasSlot := strings.Cut(target, "/")
		return target == anyKind || wantKind == kind && (!hasSlot || wantSlot == slot)
	})
}

// Facts lists every path its expressions and texts read, sorted.
func (r *Rule) Facts() []string { return slices.Clone(r.facts) }

// readFacts fills facts once the rule is compiled.
func (r *Rule) readFacts() {
	for _, p := range r.programs() {
		r.facts = append(r.facts, p.Facts...)
	}
	for _, t := range r.texts {
		r.facts = append(r.facts, t.Paths()...)
	}
	r.facts = sortedUnique(r.facts)
	r.onCaseFile = r.needsCaseFile()
}

// Expressions lists its expressions by field, for explain.
func (r *Rule) Expressions() map[string]string {
	out := map[string]string{}
	for name, p := range map[string]*expr.Program{"when": r.when, "require": r.require, "forbid": r.forbid, "review": r.review} {
		if p != nil {
			out[name] = p.Source
		}
	}
	return out
}

// CheckParams returns the parameters of its named check, nil without one.
func (r *Rule) CheckParams() any { return r.params }

func (r *Rule) programs() []*expr.Program {
	var out []*expr.Program
	for _, p := range []*expr.Program{r.when, r.require, r.forbid, r.review} {
		if p != nil {
			out = append(out, p)
		}
	}
	return out
}

// checkItem is the checklist item it counts for, "" for none.
func (r *Rule) checkItem(kind string) string {
	if r.Item != "" {
		return r.Item
	}
	if r.scope == scopeAsset && kind != facts.KindUnsorted {
		return kind
	}
	return ""
}

// sources are what a finding gives as them; nobody changes the list.
func (r *Rule) sources() []string {
	if r.Sources == nil {
		return []string{}
	}
	return slices.Clip(r.Sources)
}

func (r *Rule) severity() verdict.Severity { return verdict.Severity(r.Severity) }
