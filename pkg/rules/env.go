package rules

import (
	"path"
	"reflect"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/facts"
)

// Env is one subject prepared for judging: an asset in its case, a case, or a
// batch. Groups of facts are turned into expression values when the first rule
// reads them and kept. It is for one goroutine; what it points to is read only.
type Env struct {
	subject checks.Subject
	scope   scope
	values  map[string]any
}

// Env prepares a subject. Its Case is set unless it is a batch; its Asset and
// Batch as checks.Subject says.
func (s *Set) Env(subject checks.Subject) *Env {
	e := &Env{subject: subject, scope: scopeCase, values: map[string]any{"params": s.params.values}}
	switch {
	case subject.Batch != nil:
		e.scope = scopeBatch
	case subject.Asset != nil:
		e.scope = scopeAsset
	}
	givens := make(map[string]bool, len(s.given))
	for _, key := range s.given {
		givens[key] = e.has(key)
	}
	e.values[givenKeys] = givens
	return e
}

// load makes sure a group is there.
func (e *Env) load(group string) {
	if _, done := e.values[group]; done {
		return
	}
	switch group {
	case "case":
		c := casefile.File{}
		if view := e.subject.Case; view != nil && view.Case != nil {
			c = *view.Case
		}
		config.SetDefaults(&c)
		e.values[group] = valueOf(reflect.ValueOf(c))
	case "clock":
		e.values[group] = valueOf(reflect.ValueOf(e.clock()))
	case "materials":
		e.values[group] = valueOf(reflect.ValueOf(e.subject.Case.Materials))
	case "asset":
		a := e.subject.Asset
		e.values[group] = map[string]any{"path": e.assetPath(), "kind": a.Kind, "slot": a.Slot}
	default:
		if e.subject.Asset == nil || e.subject.Asset.Facts == nil {
			return
		}
		set := reflect.ValueOf(e.subject.Asset.Facts).Elem()
		for i := range set.NumField() {
			if jsonName(set.Type().Field(i)) == group {
				e.values[group] = valueOf(set.Field(i))
			}
		}
	}
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

// assetPath is the path below the scanned root.
func (e *Env) assetPath() string {
	if e.subject.Asset == nil {
		return ""
	}
	if e.subject.Case == nil {
		return e.subject.Asset.Path
	}
	return path.Join(e.subject.Case.Path, e.subject.Asset.Path)
}

// has reports whether a key of case.yaml was given.
func (e *Env) has(key string) bool {
	return e.subject.Case != nil && e.subject.Case.Case.Has(key)
}

// hasCaseFile reports whether there is a case.yaml at all.
func (e *Env) hasCaseFile() bool {
	return e.subject.Case != nil && e.subject.Case.HasFile
}

// status of a fact of the asset.
func (e *Env) status(fact string) facts.Status {
	if e.subject.Asset == nil || e.subject.Asset.Facts == nil {
		return facts.Status{State: facts.NotExtracted, Why: "no file"}
	}
	return e.subject.Asset.Facts.Status(fact)
}

// lookup follows a dotted path to a value; ok is false where it leads nowhere.
func (e *Env) lookup(parts []string) (any, bool) {
	e.load(parts[0])
	var at any = e.values
	for _, name := range parts {
		m, ok := at.(map[string]any)
		if !ok {
			return nil, false
		}
		if at, ok = m[name]; !ok {
			return nil, false
		}
	}
	return at, true
}
