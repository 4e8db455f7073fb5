package rules

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/rules/expr"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Evaluate judges one rule on one subject in a language. Everything that can
// go wrong with the judging itself is a finding with outcome error; the only
// error is that ctx is done.
//
// Finding.Asset is the path below the scanned root: the case's path joined
// with the asset's; for a rule on a case, the case's path; for a batch empty.
func (s *Set) Evaluate(ctx context.Context, r *Rule, e *Env, l lang.Lang) (verdict.Finding, error) {
	return s.evaluate(ctx, r, e, l, false)
}

// evaluate does; brief, it says nothing but the outcome of what passes or does not
// apply.
func (s *Set) evaluate(ctx context.Context, r *Rule, e *Env, l lang.Lang, brief bool) (verdict.Finding, error) {
	if err := ctx.Err(); err != nil {
		return verdict.Finding{}, err
	}
	// Most rules say nothing of a subject: one judging serves all of them in turn.
	j := &e.judging
	*j = judging{set: s, rule: r, env: e, lang: l}
	j.finding = j.blank()
	j.judge(ctx)
	if err := ctx.Err(); err != nil {
		return verdict.Finding{}, err
	}
	if brief && (j.finding.Outcome == verdict.Pass || j.finding.Outcome == verdict.Skip) {
		return j.finding, nil
	}
	j.head()
	if len(j.finding.Evidence) > expr.MaxEvidence {
		j.finding.Evidence = j.finding.Evidence[:expr.MaxEvidence]
	}
	return j.finding, nil
}

// judging is one rule being judged on one subject.
type judging struct {
	set     *Set
	rule    *Rule
	env     *Env
	lang    lang.Lang
	finding verdict.Finding
}

// blank is the finding before anything is known.
func (j *judging) blank() verdict.Finding {
	r := j.rule
	return verdict.Finding{
		Rule: r.ID, Slug: r.Slug, Outcome: verdict.Pass, Severity: r.severity(),
		Confidence: verdict.Confidence(r.Confidence), Basis: verdict.Basis(r.Basis), Evidence: []verdict.Evidence{},
	}
}

// head adds what the finding is about, which goes by no outcome.
func (j *judging) head() {
	r, kind, path := j.rule, string(j.rule.scope), ""
	switch {
	case r.scope == scopeAsset && j.env.subject.Asset != nil:
		kind, path = j.env.subject.Asset.Kind, j.env.path
	case r.scope == scopeCase && j.env.subject.Case != nil:
		path = j.env.subject.Case.Path
	}
	f := &j.finding
	f.Asset, f.Kind, f.Sources, f.Item = path, kind, r.sources(), r.checkItem(kind)
	f.Fingerprint = fingerprint(r.ID, kind, path, "")
	if f.Title == nil {
		f.Title = j.text("title", nil)
	}
}

// fingerprint identifies a finding from run to run: the rule, the kind, the
// path below the scanned root with "/", and a place inside the file where one
// rule can find several things ("" otherwise). 20 hex digits.
func fingerprint(rule, kind, path, locus string) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{"aefp/1", rule, kind, path, locus}, "\x00")))
	return hex.EncodeToString(sum[:10])
}

func (j *judging) text(field string, vars map[string]verdict.Value) verdict.Text {
	return j.rule.template(field, j.lang).Text(j.env.values, vars)
}

// say puts a text of the program into the report's language.
func (j *judging) say(t lang.Text, pairs ...any) verdict.Text {
	return verdict.Say(j.lang, t, pairs...)
}

func (j *judging) judge(ctx context.Context) {
	switch j.rule.On(j.env.clock().Now) {
	case Over:
		j.outcome(verdict.Skip, "")
	case Later:
		j.now(ctx)
		j.later()
	default:
		j.now(ctx)
	}
}

// later makes a note of what will be required: it does not count, and what nobody can
// say yet is not asked about.
func (j *judging) later() {
	switch j.finding.Outcome {
	case verdict.Fail:
		j.finding.Severity = verdict.SeverityInfo
		j.finding.Message = j.say(lang.T("{date} 起要求：{message}", "required from {date} on: {message}"),
			"date", verdict.Word(j.rule.ValidFrom.Format(time.DateOnly)), "message", j.finding.Message)
	case verdict.Review, verdict.Error:
		j.finding = j.blank()
		j.outcome(verdict.Skip, "")
	}
}

// now judges a rule that holds.
func (j *judging) now(ctx context.Context) {
	r := j.rule
	if j.noCaseFile() {
		j.outcome(verdict.Skip, verdict.MissingInput)
		return
	}
	if r.when != nil && !j.applies() {
		return
	}
	if r.check != nil {
		j.runCheck(ctx)
		return
	}
	if j.lacks(r.require, r.forbid, r.review) {
		if r.require != nil && r.review == nil && j.settled(r.require) == yes {
			j.finding = j.blank() // whatever the rest is
		}
		return
	}
	if r.require != nil && j.required() || r.forbid != nil && j.forbidden() {
		return
	}
	if r.review != nil {
		j.reviewed()
	}
}

// applies judges when; false when the finding is finished.
func (j *judging) applies() bool {
	when := j.rule.when
	if j.lacks(when) {
		switch j.settled(when) {
		case unknown:
			return false
		case no:
			j.finding = j.blank()
			j.outcome(verdict.Skip, "")
			return false
		}
		j.finding = j.blank()
		return true
	}
	switch out, err := when.Eval(j.env.values); {
	case err != nil:
		j.broken("when", err)
		return false
	case out != true:
		j.outcome(verdict.Skip, "")
		return false
	}
	return true
}

// truth is whether a condition holds of which not all could be had.
type truth int

const (
	unknown truth = iota
	no
	yes
)

// settled judges a condition by what could be had of it.
func (j *judging) settled(p *expr.Program) truth {
	value, ok := p.Settled(j.env.values, func(path string) bool {
		if key, ok := expr.CutCase(path); ok {
			return !j.isMissing(p, key)
		}
		return !isFact(path) || available(j.env.status(path))
	})
	switch {
	case !ok:
		return unknown
	case value:
		return yes
	}
	return no
}

// available reports whether somebody looked and could tell.
func available(st facts.Status) bool { return st.State == facts.Present || st.State == facts.Absent }

// noCaseFile reports that the rule cannot do without case.yaml and there is
// none: it does not apply, and the scan says so once. A rule on files that
// mentions case.yaml only in its when goes by the defaults.
func (j *judging) noCaseFile() bool {
	return j.rule.onCaseFile && !j.env.hasCaseFile()
}

// needsCaseFile works out what noCaseFile goes by.
func (r *Rule) needsCaseFile() bool {
	if r.scope == scopeBatch || r.Unfiled {
		return false
	}
	for _, p := range r.programs() {
		if p == r.when && r.scope == scopeAsset {
			continue
		}
		for _, f := range p.Facts {
			if key, ok := expr.CutCase(f); ok && (r.scope == scopeCase || !hasDefault(key) && !slices.Contains(p.Asked, key)) {
				return true
			}
		}
	}
	return false
}

// hasDefault reports whether a key of case.yaml has a value when it is not
// given.
func hasDefault(key string) bool {
	t := reflect.TypeFor[casefile.File]()
	names := strings.Split(key, ".")
	for i, name := range names {
		if t.Kind() != reflect.Struct {
			return false
		}
		at := -1
		for k := range t.NumField() {
			if expr.JSONName(t.Field(k)) == name {
				at = k
			}
		}
		if at < 0 {
			return false
		}
		if i == len(names)-1 {
			return t.Field(at).Tag.Get("default") != ""
		}
		t = t.Field(at).Type
	}
	return false
}

func (j *judging) outcome(o verdict.Outcome, c verdict.Cause) {
	j.finding.Outcome, j.finding.Cause = o, c
}

// broken makes an error of a fault in the judging.
func (j *judging) broken(what string, err error) {
	j.outcome(verdict.Error, "")
	j.finding.Message = j.say(lang.T("规则 {id} 的 {what} 无法计算：{err}", "{what} of rule {id} could not be evaluated: {err}"),
		"id", verdict.Word(j.rule.ID), "what", verdict.Word(what), "err", err.Error())
}

// lacks looks up, before anything runs, whether what the programs read could
// be had. If not the finding is a review that says what is missing.
func (j *judging) lacks(programs ...*expr.Program) bool {
	var keys, gone []string
	for _, p := range programs {
		if p == nil {
			continue
		}
		for _, f := range p.Facts {
			if key, ok := expr.CutCase(f); ok {
				if j.isMissing(p, key) {
					keys = append(keys, key)
				}
			} else if isFact(f) {
				if !available(j.env.status(f)) {
					gone = append(gone, f)
				}
			}
		}
	}
	keys, gone = sortedUnique(keys), sortedUnique(gone)
	switch {
	case len(gone) > 0:
		j.unavailable(gone)
	case len(keys) > 0:
		j.missing(keys)
	default:
		return false
	}
	return true
}

// isMissing reports whether a program needs a key of case.yaml that was not
// given. In when no key is needed: what case.yaml does not say is not so
// (`not case.ai.used` holds until someone says AI was used). Elsewhere a key
// with a default, a key the program asks about with given(), and in forbid a
// list (nothing forbidden in it) do not count.
func (j *judging) isMissing(p *expr.Program, key string) bool {
	if p == j.rule.when || j.env.has(key) || hasDefault(key) || slices.Contains(p.Asked, key) {
		return false
	}
	s := j.set.names.kase.Lookup("case." + key)
	return !(p == j.rule.forbid && s != nil && s.IsList())
}

// unread reports a rule on a file of which nothing but its format is known: rules on its
// format tell of it, once.
func (j *judging) unread() bool {
	a := j.env.subject.Asset
	return j.rule.scope == scopeAsset && a != nil && a.Unread()
}

// unavailable says which facts could not be had and why. When the user asked
// for none of them the finding says so.
func (j *judging) unavailable(paths []string) {
	if j.unread() {
		j.outcome(verdict.Skip, "")
		return
	}
	j.outcome(verdict.Review, verdict.Unavailable)
	asked := true
	var whys []lang.Text
	for _, path := range paths {
		st := j.env.status(path)
		asked = asked && st.Asked
		j.finding.Evidence = append(j.finding.Evidence, verdict.Evidence{Fact: path, Observed: string(st.State), Privacy: verdict.Public, Why: st.Why})
		whys = append(whys, st.Why)
	}
	why := j.reasons(whys)
	if why == nil {
		why = verdict.Word(strings.Join(paths, ", ")).Text()
	}
	j.notChecked(asked, why)
}

// notChecked words a review of facts that could not be had; asked, that the user
// switched that off.
func (j *judging) notChecked(asked bool, why verdict.Text) {
	j.finding.Asked = asked
	j.finding.Message = j.say(lang.T("无法检查：{why}", "could not be checked: {why}"), "why", why)
	j.finding.Remedy = j.say(lookYourself(asked))
}

// reasons joins why facts could not be had, each reason once; nil where none is
// given.
func (j *judging) reasons(whys []lang.Text) verdict.Text {
	var out []verdict.Text
	said := map[string]bool{"": true}
	for _, why := range whys {
		if text := why.In(j.lang); !said[text] {
			said[text] = true
			out = append(out, j.say(why))
		}
	}
	return verdict.Join(out, "; ")
}

// missing says which keys of case.yaml are needed.
func (j *judging) missing(keys []string) {
	j.outcome(verdict.Review, verdict.MissingInput)
	if len(j.finding.Evidence) == 0 {
		for _, key := range keys {
			j.finding.Evidence = append(j.finding.Evidence, verdict.Evidence{Fact: "case." + key})
		}
	}
	list := verdict.Word(strings.Join(keys, ", "))
	j.finding.Message = j.say(lang.T("case.yaml 中没有填写 {list}", "case.yaml does not give {list}"), "list", list)
	j.finding.Remedy = j.say(lang.T("在 case.yaml 中填写 {list}", "add {list} to case.yaml"), "list", list)
}

// required judges require; true when the finding is finished.
func (j *judging) required() bool {
	out, err := j.rule.require.Eval(j.env.values)
	if err != nil {
		j.broken("require", err)
		return true
	}
	if out == true {
		return false
	}
	j.finding.Evidence = j.rule.require.Violations(j.env.values)
	j.violated(nil)
	return true
}

// forbidden judges forbid; true when the finding is finished.
func (j *judging) forbidden() bool {
	out, err := j.rule.forbid.Eval(j.env.values)
	if err != nil {
		j.broken("forbid", err)
		return true
	}
	list, _ := out.([]any)
	if len(list) == 0 {
		return false
	}
	j.finding.Evidence = j.rule.forbid.Elements(list)
	j.violated(listVars(j.rule.forbid, list))
	return true
}

// reviewed judges review: what is not violated, but for a person to see.
func (j *judging) reviewed() {
	out, err := j.rule.review.Eval(j.env.values)
	if err != nil {
		j.broken("review", err)
		return
	}
	var of []any
	switch x := out.(type) {
	case bool:
		if !x {
			return
		}
		j.finding.Evidence = j.rule.review.Observations(j.env.values)
	case []any:
		if len(x) == 0 {
			return
		}
		of = x
		j.finding.Evidence = j.rule.review.Elements(x)
	}
	j.forPerson(listVars(j.rule.review, of))
}

// listVars are the placeholders of a program that gives a list.
func listVars(p *expr.Program, list []any) map[string]verdict.Value {
	items := expr.Value(list)
	items.Privacy = p.ElementPrivacy()
	return map[string]verdict.Value{"count": {Of: len(list)}, "items": items}
}

// violated finishes a violation: a fail, or for a guess a review.
func (j *judging) violated(vars map[string]verdict.Value) {
	// Without case.yaml the seller may mean to plead otherwise than its defaults say.
	if j.finding.Confidence == verdict.Guess || j.rule.Unfiled && !j.env.hasCaseFile() {
		j.forPerson(vars)
		return
	}
	j.outcome(verdict.Fail, "")
	j.finding.Overrulable = j.rule.MayOverrule() && !j.set.aside // confirmations are of appeals
	j.finding.Fix = j.rule.Fix
	j.finding.Closes = j.rule.Closes
	j.finding.Title = j.text("title", vars)
	j.finding.Message = j.text("message", vars)
	j.finding.Remedy = j.text("remedy", vars)
}

func (j *judging) forPerson(vars map[string]verdict.Value) {
	j.outcome(verdict.Review, verdict.Judgement)
	j.finding.Title = j.text("title", vars)
	if j.finding.Message = j.text("message_review", vars); j.finding.Message == nil {
		j.finding.Message = j.text("message", vars)
	}
	j.finding.Remedy = j.text("remedy", vars)
}

// runCheck lets a named check judge; a panic in it is an error finding.
func (j *judging) runCheck(ctx context.Context) {
	params := j.rule.params
	if j.env.with != nil {
		params = j.env.with
	}
	result, err := runGuarded(ctx, j.rule.check, j.env.subject, params)
	if err != nil {
		j.broken("check", err)
		return
	}
	j.finding.Evidence = append(j.finding.Evidence, result.Evidence...)
	switch result.Outcome {
	case verdict.Pass, verdict.Skip:
		j.outcome(result.Outcome, result.Cause)
		if result.Outcome == verdict.Pass {
			j.finding.Evidence = []verdict.Evidence{}
		}
	case verdict.Fail:
		j.violated(result.Vars)
	case verdict.Review:
		j.checkReview(result)
	default:
		j.broken("check", fmt.Errorf("outcome %q", result.Outcome))
	}
}

// checkReview words a check's review by its cause: the rule's own words fit
// only a judgement. Evidence of missing input names keys of case.yaml, that of
// unavailable facts the files (or else the facts) that could not be compared.
func (j *judging) checkReview(result checks.Result) {
	var keys []string
	var subjects []verdict.Value
	for _, ev := range result.Evidence {
		if key, ok := expr.CutCase(ev.Fact); ok && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
		subject := verdict.Word(ev.Fact)
		if ev.Related != nil && ev.Related.Asset != "" {
			subject = verdict.Value{Of: ev.Related.Asset, Privacy: verdict.Path}
		}
		if !slices.Contains(subjects, subject) {
			subjects = append(subjects, subject)
		}
	}
	switch result.Cause {
	case verdict.MissingInput:
		if j.rule.scope != scopeBatch && !j.env.hasCaseFile() { // the scan says so once
			j.finding = j.blank()
			j.outcome(verdict.Skip, verdict.MissingInput)
			return
		}
		j.missing(keys)
	case verdict.Unavailable:
		if j.unread() {
			j.finding = j.blank()
			j.outcome(verdict.Skip, "")
			return
		}
		j.outcome(verdict.Review, verdict.Unavailable)
		why := j.reasons(j.sayWhy(result.Evidence))
		if why == nil {
			why = firstOf(subjects)
		}
		j.notChecked(j.allAsked(result.Evidence), why)
	default:
		j.forPerson(result.Vars)
	}
}

// maxSubjects is how many files or facts a message names.
const maxSubjects = 8

// firstOf lists the first of the files or facts that could not be had.
func firstOf(subjects []verdict.Value) verdict.Text {
	var out []verdict.Text
	for i, s := range subjects {
		if i == maxSubjects {
			out = append(out, verdict.Words(fmt.Sprintf("… (%d)", len(subjects))))
			break
		}
		out = append(out, s.Text())
	}
	return verdict.Join(out, ", ")
}

// sayWhy lists why the facts that evidence names could not be had of the file
// judged, and adds it to the finding's evidence where the check says nothing
// itself.
func (j *judging) sayWhy(evidence []verdict.Evidence) []lang.Text {
	if j.env.subject.Asset == nil {
		return nil
	}
	for i := range j.finding.Evidence {
		if ev := &j.finding.Evidence[i]; ev.Quote == "" && ev.Why.IsZero() {
			ev.Why = j.env.status(ev.Fact).Why
		}
	}
	whys := make([]lang.Text, len(evidence))
	for i, ev := range evidence {
		whys[i] = j.env.status(ev.Fact).Why
	}
	return whys
}

// allAsked reports whether the user asked for none of the facts that evidence
// names as not to be had (--no-ocr).
func (j *judging) allAsked(evidence []verdict.Evidence) bool {
	for _, ev := range evidence {
		st := j.env.status(ev.Fact)
		if ev.Related != nil && ev.Related.Asset != "" && j.env.subject.Case != nil {
			for _, a := range j.env.subject.Case.Assets {
				if path.Join(j.env.subject.Case.Path, a.Path) == ev.Related.Asset && a.Facts != nil {
					st = a.Facts.Status(ev.Fact)
				}
			}
		}
		if !st.Asked {
			return false
		}
	}
	return len(evidence) > 0
}

// lookYourself says what to do about a fact that could not be had; asked, that
// the user switched it off.
func lookYourself(asked bool) lang.Text {
	if asked {
		return lang.T("请人工查看，或打开这项检查再运行一次", "have a look yourself, or switch this check on and run again")
	}
	return lang.T("请人工查看，或换一份能读取的文件", "have a look yourself, or supply a file that can be read")
}

func runGuarded(ctx context.Context, c checks.Check, s checks.Subject, params any) (result checks.Result, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic in check %s: %v", c.Name(), r)
		}
	}()
	return c.Run(ctx, s, params)
}
