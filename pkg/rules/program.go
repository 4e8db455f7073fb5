package rules

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/builtin"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/types"
	"github.com/expr-lang/expr/vm"

	"github.com/aecheck/aecheck/pkg/config"
)

// Guards on expressions. Rules files come from users and agencies; an
// expression must stay readable and its evaluation short.
const (
	maxSource    = 2000    // characters of an expression
	maxNodes     = 300     // nodes of its syntax tree
	maxLoops     = 2       // loops inside loops: lists of facts hold hundreds of entries
	maxSums      = 4       // "+" inside loops: each may double a text
	memoryBudget = 200_000 // values a run may allocate
	maxPattern   = 500     // characters of a regular expression
)

// givenKeys is the hidden environment entry that given(case.…) reads. The
// space keeps expressions from naming it.
const givenKeys = "given keys"

// builtins that expressions may use. Left out: what is not deterministic (now)
// and what multiplies its input (repeat, replace, join, flatten, string …),
// because nested in each other these reach any size in one short line.
func builtins() []string {
	return append([]string{"all", "none", "any", "one", "filter", "map", "find", "count", "sum", "len", "abs", "ceil", "floor",
		"round", "int", "float", "trim", "trimPrefix", "trimSuffix", "upper", "lower", "indexOf", "lastIndexOf", "hasPrefix",
		"hasSuffix", "max", "min", "mean", "duration", "date", "first", "last"}, outsideLoops()...)
}

// outsideLoops lists the builtins that walk or copy a whole list and so may
// not stand inside a loop over another.
func outsideLoops() []string { return []string{"uniq", "concat", "sort", "reverse", "median"} }

// given is the one function of ours: given(case.store.id) is true when
// case.yaml says it, given(fact) when the fact is not its typed zero. A key of
// case.yaml inside given does not make the rule ask for it.
const given = "given"

// result an expression must have.
type result int

const (
	wantBool result = iota
	wantList
	wantEither
)

// program is one compiled expression.
type program struct {
	source string
	tree   ast.Node // as parsed, before the optimizer
	run    *vm.Program
	facts  []string // every path read, sorted
	asked  []string // keys of case.yaml named in given(), without "case."
	list   bool

	parts sync.Map // compiled parts of the tree by node, for evidence
}

// exprError is what is wrong with an expression and where: runes from its
// start.
type exprError struct {
	from, to   int
	msg, hint  config.Message
	incomplete bool       // the text ends too early
	at         config.Raw // where the fault is when it is not in the expression
}

// compile checks and compiles an expression.
func compile(source string, names *shape, params *paramSet, want result) (*program, *exprError) {
	if n := len([]rune(source)); n > maxSource {
		return nil, &exprError{to: 1, msg: config.Message{
			ZH: fmt.Sprintf("表达式太长（%d 个字符，最多 %d）", n, maxSource),
			EN: fmt.Sprintf("the expression is too long (%d characters, at most %d)", n, maxSource)}}
	}
	tree, err := parser.Parse(source)
	if err != nil {
		return nil, translate(err, source, names)
	}
	p := &program{source: source, tree: tree.Node}
	w := walker{names: names, params: params}
	w.walk(tree.Node, 0)
	if w.bad != nil {
		return nil, w.bad
	}
	p.facts = sortedUnique(w.paths)
	p.asked = sortedUnique(w.asked)
	options := options(names, p.facts)
	switch want {
	case wantBool:
		options = append(options, expr.AsBool())
	case wantList:
		options = append(options, expr.AsKind(reflect.Slice))
	}
	if p.run, err = expr.Compile(source, options...); err != nil {
		return nil, translate(err, source, names)
	}
	kind := reflect.Invalid
	if t := p.run.Node().Type(); t != nil {
		kind = t.Kind()
	}
	p.list = kind == reflect.Slice
	if want == wantEither && kind != reflect.Bool && kind != reflect.Slice {
		return nil, &exprError{to: len([]rune(source)), msg: config.Message{
			ZH: "结果应为真假或列表", EN: "the result must be true/false or a list"}}
	}
	return p, nil
}

// options for the compiler. Only the groups among paths are declared: most
// expressions read one or two of many.
func options(names *shape, paths []string) []expr.Option {
	env := types.Map{givenKeys: types.TypeOf(map[string]bool{})}
	for _, path := range paths {
		group, _, _ := strings.Cut(path, ".")
		if env[group] == nil {
			env[group] = names.fields[group].exprType()
		}
	}
	out := []expr.Option{
		expr.Env(env), expr.MaxNodes(maxNodes),
		expr.Function(given, func(args ...any) (any, error) { return isGiven(args[0]), nil }, new(func(any) bool)),
		expr.Function("date", beijingDate, new(func(string) time.Time)),
		expr.Patch(givenPatcher{names}),
	}
	allowed := builtins()
	for _, b := range builtin.Builtins {
		if !slices.Contains(allowed, b.Name) {
			out = append(out, expr.DisableBuiltin(b.Name))
		}
	}
	return out
}

// beijingDate replaces expr's own date, which reads UTC.
func beijingDate(args ...any) (any, error) {
	text, _ := args[0].(string)
	return config.ParseTime(text)
}

func isGiven(v any) bool {
	switch x := v.(type) {
	case nil:
		return false
	case []any:
		return len(x) > 0
	case map[string]string:
		return len(x) > 0
	case map[string]any:
		return len(x) > 0
	}
	return !reflect.ValueOf(v).IsZero()
}

// givenPatcher turns given(case.a.b) into a look-up of the keys given.
type givenPatcher struct{ names *shape }

// Visit implements ast.Visitor.
func (g givenPatcher) Visit(node *ast.Node) {
	call, ok := (*node).(*ast.CallNode)
	if !ok || len(call.Arguments) != 1 {
		return
	}
	if callee, ok := call.Callee.(*ast.IdentifierNode); !ok || callee.Value != given {
		return
	}
	path, whole := pathOf(call.Arguments[0], g.names)
	if key, isCase := strings.CutPrefix(path, "case."); isCase && whole {
		call.Arguments[0] = &ast.MemberNode{Node: &ast.IdentifierNode{Value: givenKeys}, Property: &ast.StringNode{Value: key}}
	}
}

// pathOf reads a chain of names ("exif.make") off a syntax tree, as far as it
// leads through groups. whole says that nothing of the chain is left over.
// The path is "" when the chain does not begin with a known name.
func pathOf(n ast.Node, names *shape) (path string, whole bool) {
	parts, exact := chain(n)
	if len(parts) == 0 {
		return "", false
	}
	_, rest := names.at(parts)
	if len(rest) == len(parts) {
		return "", false
	}
	return strings.Join(parts[:len(parts)-len(rest)], "."), exact && len(rest) == 0
}

// chain lists the names of a member chain from its root; exact is false where
// an index or a computed key cuts it short.
func chain(n ast.Node) (parts []string, exact bool) {
	switch x := n.(type) {
	case *ast.IdentifierNode:
		return []string{x.Value}, true
	case *ast.ChainNode:
		return chain(x.Node)
	case *ast.MemberNode:
		parts, exact = chain(x.Node)
		if name, ok := x.Property.(*ast.StringNode); ok && exact && len(parts) > 0 {
			return append(parts, name.Value), true
		}
		return parts, false
	}
	return nil, false
}

// eval runs a program on a subject.
func (p *program) eval(e *Env) (any, error) {
	for _, f := range p.facts {
		group, _, _ := strings.Cut(f, ".")
		e.load(group)
	}
	return runVM(p.run, e)
}

func runVM(run *vm.Program, e *Env) (any, error) {
	machine := vm.VM{MemoryBudget: memoryBudget}
	out, err := machine.Run(run, e.values)
	var where *file.Error
	if errors.As(err, &where) {
		return nil, errors.New(where.Message)
	}
	return out, err
}

func sortedUnique(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}

// checkPattern refuses what is no regular expression or too big to be one; Go's
// own parser refuses repeats beyond 1000 and what they multiply to.
func checkPattern(pattern string) *config.Message {
	if len([]rune(pattern)) > maxPattern {
		return &config.Message{
			ZH: fmt.Sprintf("正则表达式太长（最多 %d 个字符）", maxPattern),
			EN: fmt.Sprintf("the pattern is too long (at most %d characters)", maxPattern)}
	}
	if _, err := regexp.Compile(pattern); err != nil {
		return &config.Message{ZH: "正则表达式有误：" + err.Error(), EN: "bad pattern: " + err.Error()}
	}
	return nil
}
