package expr

import (
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/expr-lang/expr/file"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/lang"
)

// translate turns an error of the expression library into one of ours, with a
// hint where a name is misspelt.
func translate(err error, source string, names *Shape) *Error {
	runes := []rune(source)
	var fe *file.Error
	if !errors.As(err, &fe) {
		return &Error{From: 0, To: len(runes), Msg: translateMessage(err.Error())}
	}
	from, to := min(max(fe.From, 0), len(runes)), min(max(fe.To, 0), len(runes))
	e := &Error{From: from, To: max(to, from), Msg: translateMessage(fe.Message)}
	e.Incomplete = strings.HasSuffix(fe.Message, "token EOF")
	e.Hint = nameHint(fe.Message, string(runes[:from]), source, names)
	return e
}

func translateMessage(msg string) lang.Text {
	for _, known := range []struct {
		pattern string
		text    lang.Text
	}{
		{`^unknown name (\S+)$`, lang.T("未知的名称 {a}", "unknown name {a}")},
		{`^unknown field (\S+)$`, lang.T("没有 {a} 这一项", "there is no {a} here")},
		{`^type (.+) has no field (\S+)$`, lang.T("{a}之下没有 {b}", "{a} has nothing called {b}")},
		{`^invalid operation: (\S+) \(mismatched types (.+) and (.+)\)$`, lang.T("类型不符：{a} 的左边是{b}，右边是{c}", "types do not match: left of {a} is {b}, right is {c}")},
		{`^invalid operation: (\S+) \(mismatched type (.+)\)$`, lang.T("类型不符：{a} 不能用于{b}", "types do not match: {a} does not go with {b}")},
		{`^invalid argument for (\S+) \(type (.+)\)$`, lang.T("{a} 的参数不能是{b}", "{a} does not take {b}")},
		{`^expected (\S+), but got (.+)$`, lang.T("结果应为{a}，实为{b}", "the result must be {a}, not {b}")},
		{`^unexpected token EOF$`, lang.T("表达式不完整", "the expression is not complete")},
		{`^unexpected token (.+)$`, lang.T("此处不应出现 {a}", "unexpected {a}")},
	} {
		m := regexp.MustCompile(known.pattern).FindStringSubmatch(msg)
		if m == nil {
			continue
		}
		out := known.text
		for i, part := range m[1:] {
			out.Values = append(out.Values, string(rune('a'+i)), typeName(part))
		}
		return out
	}
	return lang.T("表达式有误：{msg}", "{msg}", "msg", msg)
}

// typeName says Go's type names in the words of the user.
func typeName(s string) lang.Text {
	switch s {
	case "string":
		return lang.T("文字", "text")
	case "bool":
		return lang.T("真假", "true/false")
	case "int", "int64", "float64":
		return lang.T("数字", "a number")
	case "slice", "[]interface {}", "[]string":
		return lang.T("列表", "a list")
	case "map[string]interface {}":
		return lang.T("一组事实", "a group of facts")
	case "map[string]string":
		return lang.T("键值表", "a table of texts")
	case "time.Time":
		return lang.T("时间", "a time")
	case "time.Duration":
		return lang.T("时长", "a duration")
	}
	return lang.Plain(s)
}

// nameHint finds the name that was meant.
func nameHint(msg, before, source string, names *Shape) lang.Text {
	word, isField := strings.CutPrefix(msg, "unknown field ")
	if !isField {
		var isName bool
		if word, isName = strings.CutPrefix(msg, "unknown name "); !isName {
			return lang.Text{}
		}
		known := append(slices.Collect(maps.Keys(names.fields)), builtins()...)
		known = append(known, given)
		slices.Sort(known)
		if near := config.Nearest(word, known); near != "" {
			return config.DidYouMean(near)
		}
		return elsewhere(word, names)
	}
	base := regexp.MustCompile(`([A-Za-z_]\w*(?:\.\w+)*)\.$`).FindStringSubmatch(strings.ReplaceAll(before, "?.", "."))
	if base == nil {
		return config.DidYouMean(config.Nearest(word, elementFields(source, names)))
	}
	group := names.Lookup(base[1])
	if group == nil || group.fields == nil {
		return lang.Text{}
	}
	known := slices.Sorted(maps.Keys(group.fields))
	if near := config.Nearest(word, known); near != "" {
		return config.DidYouMean(base[1] + "." + near)
	}
	if m := elsewhere(word, names); !m.IsZero() {
		return m
	}
	if len(known) > 40 {
		return lang.Text{}
	}
	list := strings.Join(known, " ")
	return lang.T("{base} 之下有：{list}", "{base} has: {list}", "base", base[1], "list", list)
}

// elsewhere finds a name at another place of the vocabulary.
func elsewhere(word string, names *Shape) lang.Text {
	var found []string
	leaves(names, "", func(path string) {
		if strings.HasSuffix(path, "."+word) {
			found = append(found, path)
		}
	})
	slices.Sort(found)
	if len(found) == 0 {
		return lang.Text{}
	}
	return config.DidYouMean(found[0])
}

// leaves visits every path that is no group.
func leaves(s *Shape, path string, visit func(string)) {
	if s.fields == nil {
		visit(path)
		return
	}
	for name, f := range s.fields {
		at := name
		if path != "" {
			at = path + "." + name
		}
		leaves(f, at, visit)
	}
}

// elementFields lists the fields of the elements of the lists an expression
// names.
func elementFields(source string, names *Shape) []string {
	var out []string
	leaves(names, "", func(path string) {
		if s := names.Lookup(path); s.elem != nil && strings.Contains(source, path) {
			out = slices.AppendSeq(out, maps.Keys(s.elem.fields))
		}
	})
	return sortedUnique(out)
}
