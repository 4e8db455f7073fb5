package expr

import (
	"slices"

	"github.com/expr-lang/expr/ast"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/lang"
)

// walker goes over the syntax tree of an expression: it notes every path read
// and refuses what the guards do not allow.
type walker struct {
	Names

	paths []string
	asked []string
	sums  int // "+" inside loops
	bad   *Error
}

func (w *walker) refuse(n ast.Node, msg lang.Text, hint ...lang.Text) {
	if w.bad != nil {
		return
	}
	at := n.Location()
	w.bad = &Error{From: at.From, To: at.To, Msg: msg}
	if len(hint) > 0 {
		w.bad.Hint = hint[0]
	}
}

// walk visits a node; loops counts the predicates around it.
func (w *walker) walk(n ast.Node, loops int) {
	if n == nil || w.bad != nil {
		return
	}
	switch x := n.(type) {
	case *ast.IdentifierNode:
		w.name(x)
	case *ast.MemberNode:
		w.member(x, loops)
	case *ast.ChainNode:
		w.walk(x.Node, loops)
	case *ast.CallNode:
		w.call(x, loops)
	case *ast.BuiltinNode:
		w.builtin(x, loops)
	case *ast.PredicateNode:
		if loops >= maxLoops {
			w.refuse(x, lang.T("循环嵌套过深", "loops are nested too deeply"))
			return
		}
		w.walk(x.Node, loops+1)
	case *ast.UnaryNode:
		w.walk(x.Node, loops)
	case *ast.BinaryNode:
		w.binary(x, loops)
	case *ast.SliceNode:
		w.all(loops, x.Node, x.From, x.To)
	case *ast.ConditionalNode:
		w.all(loops, x.Cond, x.Exp1, x.Exp2)
	case *ast.ArrayNode:
		w.array(x, loops)
	case *ast.MapNode:
		w.refuse(x, lang.T("表达式中不支持 {键: 值}", "{key: value} is not allowed in an expression"))
	case *ast.VariableDeclaratorNode, *ast.SequenceNode:
		w.refuse(n, lang.T("表达式中不支持变量和分号", "variables and semicolons are not allowed"))
	}
}

func (w *walker) all(loops int, nodes ...ast.Node) {
	for _, n := range nodes {
		w.walk(n, loops)
	}
}

func (w *walker) name(x *ast.IdentifierNode) {
	if x.Value == "$env" {
		w.refuse(x, lang.T("不支持 $env", "$env is not allowed"))
		return
	}
	if w.Shape.fields[x.Value] != nil {
		w.paths = append(w.paths, x.Value)
	}
}

func (w *walker) member(x *ast.MemberNode, loops int) {
	if parts, _ := chain(x); len(parts) > 0 {
		if path, _ := pathOf(x, w.Shape); path != "" {
			w.paths = append(w.paths, path)
			w.indices(x, loops)
			return
		}
		if parts[0] == "$env" {
			w.refuse(x, lang.T("不支持 $env", "$env is not allowed"))
		}
		return // an unknown name; the type checker says so better
	}
	w.all(loops, x.Node, x.Property)
}

// indices visits what stands in brackets along a chain of names.
func (w *walker) indices(n ast.Node, loops int) {
	switch x := n.(type) {
	case *ast.ChainNode:
		w.indices(x.Node, loops)
	case *ast.MemberNode:
		w.walk(x.Property, loops)
		w.indices(x.Node, loops)
	}
}

func (w *walker) call(x *ast.CallNode, loops int) {
	callee, ok := x.Callee.(*ast.IdentifierNode)
	if !ok {
		w.refuse(x.Callee, lang.T("不支持方法调用", "methods cannot be called"))
		return
	}
	if callee.Value != given {
		return // an unknown function; the type checker says so
	}
	for _, arg := range x.Arguments {
		if path, whole := pathOf(arg, w.Shape); whole {
			if key, isCase := CutCase(path); isCase {
				w.asked = append(w.asked, key)
			}
		}
		w.walk(arg, loops)
	}
}

func (w *walker) builtin(x *ast.BuiltinNode, loops int) {
	if !slices.Contains(builtins(), x.Name) {
		w.refuse(x, lang.T("不支持函数 {name}", "function {name} is not allowed", "name", x.Name), builtinHint(x.Name))
		return
	}
	if loops > 0 && slices.Contains(outsideLoops(), x.Name) {
		w.refuse(x, lang.T("{name} 不能写在循环里", "{name} is not allowed inside a loop", "name", x.Name))
		return
	}
	if s, ok := firstString(x.Arguments); ok && x.Name == "date" {
		if _, err := config.ParseTime(s); err != nil {
			w.refuse(x.Arguments[0], lang.T("日期无法识别", "not a date"))
		}
	}
	w.all(loops, x.Arguments...)
}

func firstString(args []ast.Node) (string, bool) {
	if len(args) == 0 {
		return "", false
	}
	s, ok := args[0].(*ast.StringNode)
	if !ok {
		return "", false
	}
	return s.Value, true
}

func builtinHint(name string) lang.Text {
	switch name {
	case "now":
		return lang.T("当前时间是 clock.now", "the time of the run is clock.now")
	}
	return lang.Text{}
}

func (w *walker) binary(x *ast.BinaryNode, loops int) {
	switch x.Operator {
	case "..":
		w.refuse(x, lang.T("不支持区间 ..", "ranges (..) are not allowed"))
		return
	case "matches":
		w.pattern(x.Right)
	case "+":
		if loops > 0 {
			w.sums++
		}
		if w.sums > maxSums {
			w.refuse(x, lang.T("循环里的 + 太多", "too many + inside loops"))
			return
		}
	}
	w.all(loops, x.Left, x.Right)
}

// array allows inside a loop only lists written out, which cannot grow.
func (w *walker) array(x *ast.ArrayNode, loops int) {
	for _, n := range x.Nodes {
		switch n.(type) {
		case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		default:
			if loops > 0 {
				w.refuse(n, lang.T("循环里的列表只能写固定值", "a list inside a loop may hold fixed values only"))
				return
			}
			w.walk(n, loops)
		}
	}
}

// pattern checks the right side of matches: a text written out, or a
// parameter, so that it can be checked before anything is judged.
func (w *walker) pattern(n ast.Node) {
	if s, ok := n.(*ast.StringNode); ok {
		if msg := checkPattern(s.Value); !msg.IsZero() {
			w.refuse(n, msg)
		}
		return
	}
	path, whole := pathOf(n, w.Shape)
	text, at, known := w.Params.text(path)
	if !whole || !known {
		w.refuse(n, lang.T("matches 右边应为文字或 params 中的文字", "the right side of matches must be a text or a text of params"))
		return
	}
	if msg := checkPattern(text); !msg.IsZero() {
		w.refuse(n, msg)
		w.bad.At = at
	}
}
