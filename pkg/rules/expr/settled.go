package expr

import (
	"strings"

	"github.com/expr-lang/expr/ast"
)

// Settled gives the value of a condition some facts of which could not be had, where
// the others settle it (Kleene's strong logic of three values): of a or b one that
// holds, of a and b one that does not. known says of a path whether its value means
// anything. ok is false where the rest is needed as well.
func (p *Program) Settled(e *Env, known func(path string) bool) (value, ok bool) {
	s := settling{explainer: explainer{Program: p, env: e}, known: known}
	return s.node(p.tree)
}

// settling is one Settled under way.
type settling struct {
	explainer
	known func(path string) bool
}

func (s *settling) node(n ast.Node) (value, ok bool) {
	switch t := n.(type) {
	case *ast.UnaryNode:
		if t.Operator == "!" || t.Operator == "not" {
			value, ok = s.node(t.Node)
			return !value, ok
		}
	case *ast.BinaryNode:
		switch t.Operator {
		case "&&", "and":
			return s.either(t, false)
		case "||", "or":
			return s.either(t, true)
		}
	}
	return s.leaf(n)
}

// either is decides where one side of a condition comes to it, and not it where both
// sides do not.
func (s *settling) either(t *ast.BinaryNode, decides bool) (value, ok bool) {
	left, knownLeft := s.node(t.Left)
	if knownLeft && left == decides {
		return decides, true
	}
	right, knownRight := s.node(t.Right)
	if knownRight && right == decides {
		return decides, true
	}
	return !decides, knownLeft && knownRight
}

func (s *settling) leaf(n ast.Node) (value, ok bool) {
	w := walker{Names: s.names}
	w.walk(n, 0)
	for _, path := range w.paths {
		if !s.known(path) {
			return false, false
		}
		group, _, _ := strings.Cut(path, ".")
		s.env.load(group)
	}
	out, ran := s.value(n)
	value, isBool := out.(bool)
	return value, ran && isBool
}
