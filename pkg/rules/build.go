package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/rules/expr"
)

// ruleBuilder checks and compiles one rule.
type ruleBuilder struct {
	*loader
	src *specSource
}

func (b *ruleBuilder) failAt(field string, msg config.Message) {
	b.fail(b.src.of(field).Errorf(msg))
}

// build returns the rule; what is wrong with it goes to the loader.
func (b *ruleBuilder) build(spec Spec, origin map[string]string) *Rule {
	r := &Rule{Spec: spec, Origin: origin, source: b.src, texts: map[string]expr.Template{}}
	b.complete(&r.Spec)
	r.scope = b.target(r.Spec)
	names := b.set.names.of(r.scope)
	r.when = b.compile("when", spec.When, names, expr.WantBool)
	r.require = b.compile("require", spec.Require, names, expr.WantBool)
	r.forbid = b.compile("forbid", spec.Forbid, names, expr.WantList)
	r.review = b.compile("review", spec.Review, names, expr.WantEither)
	var vars []string
	if spec.Check != "" {
		vars = b.namedCheck(r)
	} else if !spec.With.IsZero() {
		b.failAt("with", config.Message{ZH: "with 只能与 check 同用", EN: "with goes with check only"})
	}
	if r.forbid != nil || r.review != nil && r.review.IsList {
		vars = append(vars, "count", "items")
	}
	for _, f := range []struct {
		name string
		text Text
	}{{"title", spec.Title}, {"message", spec.Message}, {"message_review", spec.MessageReview}, {"remedy", spec.Remedy}} {
		b.text(r, f.name, "zh", f.text.ZH, names, vars)
		b.text(r, f.name, "en", f.text.EN, names, vars)
	}
	r.readFacts()
	return r
}

// complete asks for the fields a rule cannot do without and fills in the rest.
func (b *ruleBuilder) complete(spec *Spec) {
	for _, f := range []struct {
		name  string
		given bool
	}{
		{"slug", spec.Slug != ""}, {"for", len(spec.For) > 0}, {"severity", spec.Severity != ""},
		{"title", !spec.Title.isZero()}, {"message", !spec.Message.isZero()}, {"remedy", !spec.Remedy.isZero()},
	} {
		if !f.given {
			b.fail(b.src.whole.Errorf(config.Message{
				ZH: "规则 " + spec.ID + " 缺少 " + f.name, EN: "rule " + spec.ID + " has no " + f.name}))
		}
	}
	if spec.Confidence == "" {
		spec.Confidence = "likely"
	}
	if spec.Basis == "" {
		spec.Basis = "inferred"
	}
	judges := 0
	for _, source := range []string{spec.Require, spec.Forbid, spec.Check} {
		if source != "" {
			judges++
		}
	}
	if judges > 1 || judges == 0 && spec.Review == "" {
		b.fail(b.src.whole.Errorf(config.Message{
			ZH: "规则 " + spec.ID + " 须有且只有一个 require、forbid 或 check（或仅有 review）",
			EN: "rule " + spec.ID + " needs exactly one of require, forbid, check (or review alone)"}))
	}
	if spec.Check != "" && spec.Review != "" {
		b.failAt("review", config.Message{ZH: "review 不能与 check 同用", EN: "review does not go with check"})
	}
	if spec.Disabled != nil && strings.TrimSpace(spec.Disabled.Reason) == "" {
		b.failAt("disabled", config.Message{ZH: "停用规则须写明 reason", EN: "switching a rule off needs a reason"})
	}
	if spec.Item != "" && !slices.Contains(b.set.KindNames(), spec.Item) {
		b.failAt("item", unknownKind(spec.Item))
	}
}

// target checks `for` and tells what the rule judges.
func (b *ruleBuilder) target(spec Spec) scope {
	for _, t := range spec.For {
		kind, slot, hasSlot := strings.Cut(t, "/")
		switch {
		case (t == "case" || t == "batch") && len(spec.For) == 1:
			return scope(t)
		case t == "case" || t == "batch":
			b.failAt("for", config.Message{ZH: t + " 不能与其他对象并列", EN: t + " cannot stand beside other targets"})
		case kind != anyKind && kind != facts.KindUnsorted && !slices.Contains(b.set.KindNames(), kind):
			e := b.src.of("for").Errorf(unknownKind(kind))
			e.Hint = config.DidYouMean(config.Nearest(kind, append(b.set.KindNames(), anyKind, facts.KindUnsorted, "case", "batch")))
			b.fail(e)
		case hasSlot && !slices.Contains(b.set.SlotNames(), slot):
			b.failAt("for", config.Message{ZH: fmt.Sprintf("未知的图位 %q", slot), EN: fmt.Sprintf("unknown slot %q", slot)})
		}
	}
	return scopeAsset
}

func (b *ruleBuilder) compile(field, source string, names expr.Names, want expr.Result) *expr.Program {
	if strings.TrimSpace(source) == "" {
		return nil
	}
	p, bad := expr.Compile(source, names, want)
	if bad != nil {
		b.fail(bad.Locate(b.src.of(field)))
		return nil
	}
	return p
}

// namedCheck looks up the check and reads its parameters; it returns the
// placeholders the check offers.
func (b *ruleBuilder) namedCheck(r *Rule) []string {
	check, ok := b.checks[r.Check]
	if !ok {
		known := make([]string, 0, len(b.checks))
		for name := range b.checks {
			known = append(known, name)
		}
		slices.Sort(known)
		e := b.src.of("check").Errorf(config.Message{
			ZH: fmt.Sprintf("没有名为 %q 的检查", r.Check), EN: fmt.Sprintf("there is no check called %q", r.Check)})
		if e.Hint = config.DidYouMean(config.Nearest(r.Check, known)); e.Hint == (config.Message{}) {
			list := strings.Join(known, " ")
			e.Hint = config.Message{ZH: "可用：" + list, EN: "one of: " + list}
		}
		b.fail(e)
		return nil
	}
	r.check = check
	r.params = check.NewParams()
	switch {
	case r.params != nil:
		for _, with := range b.src.with {
			if err := with.Decode(r.params); err != nil {
				b.errs = append(b.errs, config.All(err)...)
			}
		}
	case !r.With.IsZero():
		b.failAt("with", config.Message{ZH: "检查 " + r.Check + " 没有参数", EN: "check " + r.Check + " has no parameters"})
	}
	return slices.Clone(check.Vars())
}

// text takes a text of the rule apart.
func (b *ruleBuilder) text(r *Rule, field, lang, text string, names expr.Names, vars []string) {
	t, bad := expr.ParseTemplate(text, names.Shape, vars)
	if bad != nil {
		b.fail(bad.Locate(b.src.of(field).Get(lang)))
		return
	}
	r.texts[field+"."+lang] = t
}
