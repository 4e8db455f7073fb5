package rules

import (
	"path"
	"reflect"
	"slices"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/rules/expr"
)

// Env is one subject prepared for judging: an asset in its case, a case, or a
// batch. It is for one goroutine; what it points to is read only.
type Env struct {
	set     *Set
	subject checks.Subject
	scope   scope
	values  *expr.Env
	with    any  // parameters of the check that stand for the rule's, nil for those
	kase    *Env // of the case, where its values serve an asset too; may be nil
	givens  map[string]bool
	path    string  // of the asset below the scanned root
	judging judging // the one under way
}

// Env prepares a subject. Its Case is set unless it is a batch; its Asset and
// Batch as checks.Subject says.
func (s *Set) Env(subject checks.Subject) *Env { return s.env(subject, nil) }

// env does, with the values of the asset's case where they are there already.
func (s *Set) env(subject checks.Subject, kase *Env) *Env {
	e := &Env{set: s, subject: subject, scope: scopeCase, kase: kase}
	switch {
	case subject.Batch != nil:
		e.scope = scopeBatch
	case subject.Asset != nil:
		e.scope = scopeAsset
	}
	if kase != nil {
		e.givens = kase.givens
	} else {
		e.givens = make(map[string]bool, len(s.given))
		for _, key := range s.given {
			e.givens[key] = e.has(key)
		}
	}
	if a := subject.Asset; a != nil {
		e.path = a.Path
		if subject.Case != nil {
			e.path = path.Join(subject.Case.Path, a.Path)
		}
	}
	e.values = expr.NewEnv(e.group, s.params, e.givens)
	return e
}

// groupsOfCase are the groups of names that have one value for a case and all its
// assets.
func groupsOfCase() []string { return []string{"case", "clock", "materials"} }

// group is the value of a group of names.
func (e *Env) group(name string) (any, bool) {
	if e.kase != nil && slices.Contains(groupsOfCase(), name) {
		return e.kase.values.Lookup([]string{name})
	}
	switch name {
	case "case":
		c := casefile.File{}
		if view := e.subject.Case; view != nil && view.File != nil {
			c = *view.File
		}
		config.SetDefaults(&c)
		return expr.ValueOf(reflect.ValueOf(c)), true
	case "clock":
		return expr.ValueOf(reflect.ValueOf(e.clock())), true
	case "materials":
		return e.materials(), true
	case "asset":
		a := e.subject.Asset
		of, _ := expr.ValueOf(reflect.ValueOf(a.Beside)).(map[string]any)
		of["path"], of["kind"], of["slot"] = e.path, a.Kind, a.Slot
		return of, true
	}
	if e.subject.Asset == nil || e.subject.Asset.Facts == nil {
		return nil, false
	}
	set := reflect.ValueOf(e.subject.Asset.Facts).Elem()
	for i := range set.NumField() {
		if expr.JSONName(set.Type().Field(i)) != name {
			continue
		}
		if zero, ok := e.set.nothing[name]; ok && set.Field(i).IsZero() {
			return zero, true // as of most pictures, which then share it
		}
		return expr.ValueOf(set.Field(i)), true
	}
	return nil, false
}

// nothing is the value of every group of facts that is zero. Nobody changes values.
func nothing() map[string]any {
	out := map[string]any{}
	for field, group := range reflect.ValueOf(facts.Set{}).Fields() {
		if name := expr.JSONName(field); name != "" {
			out[name] = expr.ValueOf(group)
		}
	}
	return out
}

// materials counts every kind and slot there is, also those of which the case
// has none.
func (e *Env) materials() map[string]any {
	m := e.subject.Case.Materials
	out, _ := expr.ValueOf(reflect.ValueOf(m)).(map[string]any)
	for _, name := range e.set.counted() {
		out[name] = m.Counts[name]
	}
	return out
}

func (e *Env) clock() facts.Clock {
	switch {
	case e.subject.Case != nil:
		return e.subject.Case.Clock
	case len(e.subject.Batch) > 0:
		return e.subject.Batch[0].Clock
	}
	return facts.Clock{}
}

// has reports whether a key of case.yaml was given.
func (e *Env) has(key string) bool {
	return e.subject.Case != nil && e.subject.Case.File.Has(key)
}

// hasCaseFile reports whether there is a case.yaml at all.
func (e *Env) hasCaseFile() bool {
	return e.subject.Case != nil && e.subject.Case.HasFile
}

// status of a fact of the asset.
func (e *Env) status(fact string) facts.Status {
	if e.subject.Asset == nil || e.subject.Asset.Facts == nil {
		return facts.Status{State: facts.NotExtracted, Why: lang.T("没有文件", "no file")}
	}
	return e.subject.Asset.Facts.Status(fact)
}
