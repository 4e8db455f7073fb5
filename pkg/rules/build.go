package rules

import (
	"slices"
	"strconv"
	"strings"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/rules/expr"
)

// ruleBuilder checks and compiles one rule.
type ruleBuilder struct {
	*loader
	src *specSource
}

func (b *ruleBuilder) failAt(field string, msg lang.Text) {
	b.fail(b.src.of(field).Errorf(msg))
}

// build returns the rule; what is wrong with it goes to the loader.
func (b *ruleBuilder) build(spec Spec, origin map[string]string) *Rule {
	r := &Rule{Spec: spec, Origin: origin, source: b.src, texts: map[textKey]expr.Template{}}
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
		b.failAt("with", lang.T("with 只能与 check 同用", "with goes with check only"))
	}
	if r.forbid != nil || r.review != nil && r.review.IsList {
		vars = append(vars, "count", "items")
	}
	for _, f := range []struct {
		name string
		text lang.Text
	}{{"title", spec.Title}, {"message", spec.Message}, {"message_review", spec.MessageReview}, {"remedy", spec.Remedy}} {
		b.text(r, f.name, lang.ZH, f.text.ZH, names, vars)
		b.text(r, f.name, lang.EN, f.text.EN, names, vars)
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
		{"title", !spec.Title.IsZero()}, {"message", !spec.Message.IsZero()}, {"remedy", !spec.Remedy.IsZero()},
	} {
		if !f.given {
			b.fail(b.src.whole.Errorf(lang.T("规则 {id} 缺少 {name}", "rule {id} has no {name}", "id", spec.ID, "name", f.name)))
		}
	}
	if spec.Confidence == "" {
		spec.Confidence = "likely"
	}
	if spec.Overrule == "" {
		spec.Overrule = overruleLikely
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
		b.fail(b.src.whole.Errorf(lang.T("规则 {id} 须有且只有一个 require、forbid 或 check（或仅有 review）", "rule {id} needs exactly one of require, forbid, check (or review alone)", "id", spec.ID)))
	}
	if spec.Check != "" && spec.Review != "" {
		b.failAt("review", lang.T("review 不能与 check 同用", "review does not go with check"))
	}
	if spec.Disabled != nil && strings.TrimSpace(spec.Disabled.Reason) == "" {
		b.failAt("disabled", lang.T("停用规则须写明 reason", "switching a rule off needs a reason"))
	}
	if spec.Item != "" && !slices.Contains(b.set.allKinds(), spec.Item) {
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
			b.failAt("for", lang.T("{t} 不能与其他对象并列", "{t} cannot stand beside other targets", "t", t))
		case kind != anyKind && kind != facts.KindUnsorted && !slices.Contains(b.set.allKinds(), kind):
			e := b.src.of("for").Errorf(unknownKind(kind))
			e.Hint = config.DidYouMean(config.Nearest(kind, append(b.set.allKinds(), anyKind, facts.KindUnsorted, "case", "batch")))
			b.fail(e)
		case hasSlot && !slices.Contains(b.set.allSlots(), slot):
			b.failAt("for", lang.T("未知的图位 {slot}", "unknown slot {slot}", "slot", strconv.Quote(slot)))
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
		e := b.src.of("check").Errorf(lang.T("没有名为 {check} 的检查", "there is no check called {check}", "check", strconv.Quote(r.Check)))
		if e.Hint = config.DidYouMean(config.Nearest(r.Check, known)); e.Hint.IsZero() {
			list := strings.Join(known, " ")
			e.Hint = lang.T("可用：{list}", "one of: {list}", "list", list)
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
		b.failAt("with", lang.T("检查 {check} 没有参数", "check {check} has no parameters", "check", r.Check))
	}
	return slices.Clone(check.Vars())
}

// text takes a text of the rule apart.
func (b *ruleBuilder) text(r *Rule, field string, l lang.Lang, text string, names expr.Names, vars []string) {
	t, bad := expr.ParseTemplate(text, names.Shape, vars)
	if bad != nil {
		b.fail(bad.Locate(b.src.of(field).Get(l.Tag())))
		return
	}
	r.texts[textKey{field, l}] = t
}
