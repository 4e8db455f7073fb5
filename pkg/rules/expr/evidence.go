package expr

import (
	"fmt"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/vm"

	"github.com/aecheck/aecheck/pkg/verdict"
)

// MaxEvidence bounds the evidence of one finding.
const MaxEvidence = 50

// Violations explains why a condition that must hold does not: for every
// comparison that made it so, the fact, what was observed and what was required.
// The syntax tree says which those are: of a && b the false ones, of a || b
// both.
func (p *Program) Violations(e *Env) []verdict.Evidence {
	x := explainer{Program: p, env: e}
	x.node(p.tree, true)
	if len(x.out) == 0 {
		return p.Observations(e)
	}
	return dedupe(x.out)
}

// Observations lists every fact a program reads with its value.
func (p *Program) Observations(e *Env) []verdict.Evidence {
	out := []verdict.Evidence{}
	for _, f := range p.Facts {
		if isParam(f) {
			continue
		}
		v, _ := e.Lookup(strings.Split(f, "."))
		if s := p.shape(f); s != nil && s.fields == nil {
			out = append(out, p.seen(f, v))
		}
	}
	return out
}

func (p *Program) shape(path string) *Shape { return p.names.Shape.Lookup(path) }

// seen is the evidence of what a fact was, or of what was made of it.
func (p *Program) seen(path string, v any) verdict.Evidence {
	s := p.shape(path)
	ev := verdict.Evidence{Fact: path, Observed: observed(v), Privacy: privacyOf(path, s)}
	if s != nil {
		ev.Unit = s.unit
	}
	return ev
}

// explainer walks a condition that did not come out as wanted.
type explainer struct {
	*Program
	env *Env
	out []verdict.Evidence
}

// node explains why n is not `want`.
func (x *explainer) node(n ast.Node, want bool) {
	switch t := n.(type) {
	case *ast.UnaryNode:
		if t.Operator == "!" || t.Operator == "not" {
			x.node(t.Node, !want)
			return
		}
	case *ast.BinaryNode:
		switch t.Operator {
		case "&&", "and", "||", "or":
			for _, side := range []ast.Node{t.Left, t.Right} {
				if v, ok := x.value(side); ok && v != want {
					x.node(side, want)
				}
			}
			return
		}
		if required, ok := negated(t.Operator, want); ok {
			x.comparison(t, required)
			return
		}
	}
	x.leaf(n, want)
}

// negated is the operator as it was required.
func negated(op string, want bool) (string, bool) {
	opposite := map[string]string{"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">",
		"in": "not in", "matches": "not matches", "contains": "not contains", "startsWith": "not startsWith", "endsWith": "not endsWith"}
	if _, known := opposite[op]; !known {
		return "", false
	}
	if want {
		return op, true
	}
	return opposite[op], true
}

// comparison adds the evidence of fact OP value, whichever side the fact is on;
// op is the operator as required.
func (x *explainer) comparison(t *ast.BinaryNode, op string) {
	subject, other, path := t.Left, t.Right, x.fact(t.Left)
	if path == "" {
		subject, other, path = t.Right, t.Left, x.fact(t.Right)
		back, ok := turned(op)
		if path == "" || !ok {
			x.leaf(t, op == t.Operator)
			return
		}
		op = back
	}
	got, ok := x.value(subject)
	if !ok {
		x.leaf(t, true)
		return
	}
	ev := x.seen(path, got)
	if wanted, ok := x.value(other); ok {
		ev.Required = &verdict.Required{Op: op, Value: required(wanted)}
		ev.Required.Value.Privacy = x.privacy(other)
	} else {
		ev.Required = &verdict.Required{Condition: op + " " + other.String()}
	}
	x.out = append(x.out, ev)
}

// privacy says who may see what an operand comes to: anybody, where it reads
// nothing but the rules' own words and parameters.
func (x *explainer) privacy(n ast.Node) verdict.Privacy {
	return strictest(x.names.Shape, x.part(n).paths)
}

// strictest says who may see what was made of several names.
func strictest(names *Shape, paths []string) verdict.Privacy {
	out := verdict.Public
	for _, path := range paths {
		switch p := privacyOf(path, names.Lookup(path)); {
		case p == verdict.Private || p == verdict.Path:
			return verdict.Private
		case p == verdict.ByType:
			out = p
		}
	}
	return out
}

// turned is the operator seen from its right side.
func turned(op string) (string, bool) {
	back, ok := map[string]string{"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!=",
		"in": "contains", "not in": "not contains"}[op]
	return back, ok
}

// required is a value that something was compared with, whole.
func required(v any) verdict.Value {
	if s, ok := v.(string); ok {
		return verdict.Value{Of: s}
	}
	return Value(v)
}

// leaf adds what a condition that is no comparison reads.
func (x *explainer) leaf(n ast.Node, want bool) {
	for _, path := range x.part(n).paths {
		if isParam(path) {
			continue
		}
		v, _ := x.env.Lookup(strings.Split(path, "."))
		ev := x.seen(path, v)
		if _, isBool := v.(bool); isBool {
			ev.Required = verdict.Want(want)
		} else if want {
			ev.Required = &verdict.Required{Condition: n.String()}
		} else {
			ev.Required = &verdict.Required{Condition: "not " + n.String()}
		}
		x.out = append(x.out, ev)
	}
}

// fact is the one fact an operand is about, "" where it reads none or several.
func (x *explainer) fact(n ast.Node) string {
	found := ""
	for _, path := range x.part(n).paths {
		if isParam(path) {
			continue
		}
		if found != "" {
			return ""
		}
		found = path
	}
	return found
}

// value evaluates a part of an expression that stands outside every loop; false
// where it is no expression of its own.
func (x *explainer) value(n ast.Node) (any, bool) {
	run := x.part(n).run
	if run == nil {
		return nil, false
	}
	out, err := runVM(run, x.env)
	return out, err == nil
}

// operand is a part of an expression, looked at once.
type operand struct {
	paths []string    // what it reads, sorted
	run   *vm.Program // nil where it is no expression of its own
}

func (x *explainer) part(n ast.Node) *operand {
	if known, ok := x.parts.Load(n); ok {
		return known.(*operand)
	}
	w := walker{Names: x.names}
	w.walk(n, 0)
	out := &operand{paths: sortedUnique(w.paths)}
	if run, err := expr.Compile(n.String(), options(x.names.Shape, out.paths)...); err == nil {
		out.run = run
	}
	x.parts.Store(n, out)
	return out
}

// Elements makes one piece of evidence of every element of the list that the
// program gave, up to MaxEvidence.
func (p *Program) Elements(list []any) []verdict.Evidence {
	fact := ""
	for _, f := range p.Facts {
		if s := p.shape(f); s != nil && s.elem != nil && !isParam(f) {
			fact = f
			break
		}
	}
	out := make([]verdict.Evidence, 0, min(len(list), MaxEvidence))
	privacy := p.ElementPrivacy()
	for _, item := range list {
		if len(out) == MaxEvidence {
			break
		}
		ev := verdict.Evidence{Fact: fact, Observed: observed(item), Privacy: privacy}
		if m, ok := item.(map[string]any); ok {
			ev.Observed = observed(caption(m))
			ev.Quote, _ = m["text"].(string)
			ev.Page, _ = m["page"].(int)
			ev.Box = boxOf(m["box"])
		}
		out = append(out, ev)
	}
	return out
}

// ElementPrivacy says who may see the elements of the list that the program
// gives, which come from any of the facts it reads.
func (p *Program) ElementPrivacy() verdict.Privacy { return strictest(p.names.Shape, p.Facts) }

// boxOf reads [x, y, w, h]; nil where nothing was located.
func boxOf(v any) *[4]int {
	list, _ := v.([]any)
	if len(list) != 4 {
		return nil
	}
	var box [4]int
	for i := range box {
		box[i], _ = list[i].(int)
	}
	if box == [4]int{} {
		return nil
	}
	return &box
}

// observed makes a value fit for evidence: plain, as in a text, and numbers
// without noise; a dictionary stays one.
func observed(v any) any {
	if dict, ok := v.(map[string]string); ok {
		return dict
	}
	switch x := Value(v).Of.(type) {
	case float64:
		return round4(x)
	case []any:
		for i := range x {
			if f, ok := x[i].(float64); ok {
				x[i] = round4(f)
			}
		}
		return x
	default:
		return x
	}
}

// round4 keeps four decimals.
func round4(f float64) float64 {
	const scale = 10_000
	if f > 1e11 || f < -1e11 {
		return f
	}
	r := f * scale
	if r < 0 {
		return float64(int64(r-0.5)) / scale
	}
	return float64(int64(r+0.5)) / scale
}

func dedupe(list []verdict.Evidence) []verdict.Evidence {
	out := list[:0:0]
	seen := map[string]bool{}
	for _, ev := range list {
		key := ev.Fact
		if r := ev.Required; r != nil {
			key = fmt.Sprint(ev.Fact, "\x00", r.Op, "\x00", r.Value.Of, "\x00", r.Condition)
		}
		if !seen[key] {
			seen[key] = true
			out = append(out, ev)
		}
	}
	return out
}
