package expr

import (
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/expr-lang/expr/file"

	"github.com/aecheck/aecheck/pkg/config"
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

func translateMessage(msg string) config.Message {
	for _, t := range []struct{ pattern, zh, en string }{
		{`^unknown name (\S+)$`, "未知的名称 $1", "unknown name $1"},
		{`^unknown field (\S+)$`, "没有 $1 这一项", "there is no $1 here"},
		{`^type (.+) has no field (\S+)$`, "$1之下没有 $2", "$1 has nothing called $2"},
		{`^invalid operation: (\S+) \(mismatched types (.+) and (.+)\)$`, "类型不符：$1 的左边是$2，右边是$3", "types do not match: left of $1 is $2, right is $3"},
		{`^invalid operation: (\S+) \(mismatched type (.+)\)$`, "类型不符：$1 不能用于$2", "types do not match: $1 does not go with $2"},
		{`^invalid argument for (\S+) \(type (.+)\)$`, "$1 的参数不能是$2", "$1 does not take $2"},
		{`^expected (\S+), but got (.+)$`, "结果应为$1，实为$2", "the result must be $1, not $2"},
		{`^unexpected token EOF$`, "表达式不完整", "the expression is not complete"},
		{`^unexpected token (.+)$`, "此处不应出现 $1", "unexpected $1"},
	} {
		m := regexp.MustCompile(t.pattern).FindStringSubmatch(msg)
		if m == nil {
			continue
		}
		fill := func(text, lang string) string {
			for i := len(m) - 1; i > 0; i-- {
				text = strings.ReplaceAll(text, "$"+string(rune('0'+i)), typeName(m[i], lang))
			}
			return text
		}
		return config.Message{ZH: fill(t.zh, "zh"), EN: fill(t.en, "en")}
	}
	return config.Message{ZH: "表达式有误：" + msg, EN: msg}
}

// typeName says Go's type names in the words of the user.
func typeName(s, lang string) string {
	var m config.Message
	switch s {
	case "string":
		m = config.Message{ZH: "文字", EN: "text"}
	case "bool":
		m = config.Message{ZH: "真假", EN: "true/false"}
	case "int", "int64", "float64":
		m = config.Message{ZH: "数字", EN: "a number"}
	case "slice", "[]interface {}", "[]string":
		m = config.Message{ZH: "列表", EN: "a list"}
	case "map[string]interface {}":
		m = config.Message{ZH: "一组事实", EN: "a group of facts"}
	case "map[string]string":
		m = config.Message{ZH: "键值表", EN: "a table of texts"}
	case "time.Time":
		m = config.Message{ZH: "时间", EN: "a time"}
	case "time.Duration":
		m = config.Message{ZH: "时长", EN: "a duration"}
	default:
		return s
	}
	return m.In(lang)
}

// nameHint finds the name that was meant.
func nameHint(msg, before, source string, names *Shape) config.Message {
	word, isField := strings.CutPrefix(msg, "unknown field ")
	if !isField {
		var isName bool
		if word, isName = strings.CutPrefix(msg, "unknown name "); !isName {
			return config.Message{}
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
		return config.Message{}
	}
	known := slices.Sorted(maps.Keys(group.fields))
	if near := config.Nearest(word, known); near != "" {
		return config.DidYouMean(base[1] + "." + near)
	}
	if m := elsewhere(word, names); m != (config.Message{}) {
		return m
	}
	if len(known) > 40 {
		return config.Message{}
	}
	list := strings.Join(known, " ")
	return config.Message{ZH: base[1] + " 之下有：" + list, EN: base[1] + " has: " + list}
}

// elsewhere finds a name at another place of the vocabulary.
func elsewhere(word string, names *Shape) config.Message {
	var found []string
	leaves(names, "", func(path string) {
		if strings.HasSuffix(path, "."+word) {
			found = append(found, path)
		}
	})
	slices.Sort(found)
	if len(found) == 0 {
		return config.Message{}
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
