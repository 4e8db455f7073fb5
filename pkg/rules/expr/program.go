// Package expr is the language of conditions in rules.yaml: programs over the
// typed facts of one subject (expr-lang/expr with guards), the parameters they
// name, the texts with placeholders beside them, and what speaks against a
// subject where a condition did not come out as wanted. Everything a program
// may say is checked when it is compiled, with the place of the fault.
//
// It may import pkg/config, pkg/lang and pkg/verdict.
package expr

import (
	"errors"
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
	"github.com/aecheck/aecheck/pkg/lang"
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

// Result is what an expression must give.
type Result int

// What an expression may have to give.
const (
	WantBool   Result = iota
	WantList          // what must be empty
	WantEither        // either of them
)

// Names is what the expressions of one sort of subject can say.
type Names struct {
	Shape  *Shape
	Params *Params
}

// Program is one compiled expression.
type Program struct {
	Source string
	Facts  []string // every path read, sorted
	Asked  []string // keys of case.yaml named in given(), without "case."
	IsList bool     // gives a list

	names Names
	tree  ast.Node // as parsed, before the optimizer
	run   *vm.Program
	parts sync.Map // *operand by node of the tree, for evidence
}

// Error is what is wrong with an expression and where: runes from its start.
type Error struct {
	From, To   int
	Msg, Hint  lang.Text
	Incomplete bool       // the text ends too early
	At         config.Raw // where the fault is when it is not in the expression
}

// Locate makes it an error about the value the expression was read from.
func (e *Error) Locate(value config.Raw) *config.Error {
	if !e.At.IsZero() {
		return e.At.Errorf(e.Msg)
	}
	out := value.ErrorWithin(e.From, e.To, e.Msg)
	out.Hint = e.Hint
	if e.Incomplete && value.HasComment() {
		out.Hint = lang.T("YAML 把空格后的 # 当作注释，请给表达式加引号", "in YAML a # behind a space begins a comment; quote the expression")
	}
	return out
}

// Compile checks and compiles an expression.
func Compile(source string, in Names, want Result) (*Program, *Error) {
	names := in.Shape
	if n := len([]rune(source)); n > maxSource {
		return nil, &Error{To: 1, Msg: lang.T("表达式太长（{n} 个字符，最多 {maxsource}）", "the expression is too long ({n} characters, at most {maxsource})", "n", n, "maxsource", maxSource)}
	}
	tree, err := parser.Parse(source)
	if err != nil {
		return nil, translate(err, source, names)
	}
	p := &Program{Source: source, names: in, tree: tree.Node}
	w := walker{Names: in}
	w.walk(tree.Node, 0)
	if w.bad != nil {
		return nil, w.bad
	}
	p.Facts = sortedUnique(w.paths)
	p.Asked = sortedUnique(w.asked)
	options := options(names, p.Facts)
	switch want {
	case WantBool:
		options = append(options, expr.AsBool())
	case WantList:
		options = append(options, expr.AsKind(reflect.Slice))
	}
	if p.run, err = expr.Compile(source, options...); err != nil {
		return nil, translate(err, source, names)
	}
	kind := reflect.Invalid
	if t := p.run.Node().Type(); t != nil {
		kind = t.Kind()
	}
	p.IsList = kind == reflect.Slice
	if want == WantEither && kind != reflect.Bool && kind != reflect.Slice {
		return nil, &Error{To: len([]rune(source)), Msg: lang.T("结果应为真假或列表", "the result must be true/false or a list")}
	}
	return p, nil
}

// options for the compiler. Only the groups among paths are declared: most
// expressions read one or two of many.
func options(names *Shape, paths []string) []expr.Option {
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
type givenPatcher struct{ names *Shape }

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
	if key, isCase := CutCase(path); isCase && whole {
		call.Arguments[0] = &ast.MemberNode{Node: &ast.IdentifierNode{Value: givenKeys}, Property: &ast.StringNode{Value: key}}
	}
}

// pathOf reads a chain of names ("exif.make") off a syntax tree, as far as it
// leads through groups. whole says that nothing of the chain is left over.
// The path is "" when the chain does not begin with a known name.
func pathOf(n ast.Node, names *Shape) (path string, whole bool) {
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

// Eval runs a program on a subject.
func (p *Program) Eval(e *Env) (any, error) {
	for _, f := range p.Facts {
		group, _, _ := strings.Cut(f, ".")
		e.load(group)
	}
	return runVM(p.run, e)
}

// CutCase takes the "case." off a path: a key of case.yaml.
func CutCase(path string) (key string, ok bool) { return strings.CutPrefix(path, "case.") }

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
func checkPattern(pattern string) lang.Text {
	if len([]rune(pattern)) > maxPattern {
		return lang.T("正则表达式太长（最多 {maxpattern} 个字符）", "the pattern is too long (at most {maxpattern} characters)", "maxpattern", maxPattern)
	}
	if _, err := regexp.Compile(pattern); err != nil {
		return lang.T("正则表达式有误：{why}", "bad pattern: {why}", "why", err.Error())
	}
	return lang.Text{}
}
