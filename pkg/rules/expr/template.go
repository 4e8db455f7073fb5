package expr

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Template is a text with {placeholders}, taken apart at load.
type Template struct {
	parts []part
	fixed verdict.Text // the whole text where it has no placeholder, shared by all who show it
}

// part is literal text or a placeholder, with what the facts say of its value.
type part struct {
	text    string
	path    []string
	filter  string
	unit    string
	privacy verdict.Privacy
}

// filters say how a placeholder's value is shown: {x|percent}, {x|bytes},
// {t|time}, {t|date}.
func filters() []string {
	return []string{string(verdict.Percent), string(verdict.Bytes), string(verdict.Time), string(verdict.Date)}
}

// ParseTemplate takes a text apart. A placeholder is a path of the vocabulary
// or one of the extra names; "{{" is a brace.
func ParseTemplate(text string, names *Shape, extra []string) (Template, *Error) {
	var t Template
	runes := []rune(text)
	var literal strings.Builder
	for i := 0; i < len(runes); i++ {
		switch {
		case (runes[i] == '{' || runes[i] == '}') && i+1 < len(runes) && runes[i+1] == runes[i]:
			literal.WriteRune(runes[i])
			i++
		case runes[i] == '{':
			end := slices.Index(runes[i:], '}')
			if end < 0 {
				return t, &Error{From: i, To: i + 1, Msg: lang.T("花括号没有成对", "the brace is not closed")}
			}
			p, bad := parsePlaceholder(string(runes[i+1:i+end]), names, extra)
			if bad != nil {
				bad.From, bad.To = i+1, i+end
				return t, bad
			}
			t.parts = append(t.parts, part{text: literal.String()}, p)
			literal.Reset()
			i += end
		default:
			literal.WriteRune(runes[i])
		}
	}
	t.parts = append(t.parts, part{text: literal.String()})
	return t.settled(), nil
}

func parsePlaceholder(inner string, names *Shape, extra []string) (part, *Error) {
	name, filter, _ := strings.Cut(inner, "|")
	p := part{path: strings.Split(name, "."), filter: filter}
	if filter != "" && !slices.Contains(filters(), filter) {
		return p, &Error{Msg: lang.T("未知的格式 {filter}", "unknown format {filter}", "filter", filter),
			Hint: lang.T("可用：{list}", "one of: {list}", "list", strings.Join(filters(), " "))}
	}
	if slices.Contains(extra, name) {
		return p, nil
	}
	found := names.Lookup(name)
	switch {
	case found == nil:
		bad := &Error{Msg: lang.T("未知的事实 {name}", "unknown fact {name}", "name", name)}
		var known []string
		leaves(names, "", func(path string) { known = append(known, path) })
		known = append(known, extra...)
		slices.Sort(known)
		if near := config.Nearest(name, known); near != "" {
			bad.Hint = config.DidYouMean(near)
		} else if len(extra) > 0 {
			bad.Hint = lang.T("此处还可用：{list}", "also allowed here: {list}", "list", strings.Join(extra, " "))
		}
		return p, bad
	case found.fields != nil:
		return p, &Error{Msg: lang.T("{name} 是一组事实，请写到具体一项", "{name} is a group of facts; name one of them", "name", name)}
	}
	p.unit, p.privacy = found.unit, privacyOf(name, found)
	return p, nil
}

// Reworded is the template with other words around the same placeholders.
func (t Template) Reworded(text string) Template {
	known := map[string]part{}
	for _, p := range t.parts {
		if len(p.path) > 0 {
			known[p.written()] = p
		}
	}
	var out Template
	for text != "" {
		from, to, key := len(text), len(text), ""
		for written := range known {
			if i := strings.Index(text, written); i >= 0 && i < from {
				from, to, key = i, i+len(written), written
			}
		}
		out.parts = append(out.parts, part{text: strings.NewReplacer("{{", "{", "}}", "}").Replace(text[:from])})
		if key != "" {
			out.parts = append(out.parts, known[key])
		}
		text = text[to:]
	}
	return out.settled()
}

// settled is the template with its text where that is the same for every subject.
func (t Template) settled() Template {
	t.fixed = nil
	if !slices.ContainsFunc(t.parts, func(p part) bool { return len(p.path) > 0 }) {
		t.fixed = slices.Clip(t.Text(nil, nil)) // whoever adds to it adds to a copy
	}
	return t
}

// written is a placeholder as texts have it.
func (p part) written() string {
	if p.filter != "" {
		return "{" + strings.Join(p.path, ".") + "|" + p.filter + "}"
	}
	return "{" + strings.Join(p.path, ".") + "}"
}

// Paths lists the fact paths a text shows.
func (t Template) Paths() []string {
	var out []string
	for _, p := range t.parts {
		if len(p.path) > 1 {
			out = append(out, strings.Join(p.path, "."))
		}
	}
	return out
}

// Text fills a template; vars win over facts. Nobody changes the parts of what it
// returns.
func (t Template) Text(e *Env, vars map[string]verdict.Value) verdict.Text {
	if t.fixed != nil {
		return t.fixed
	}
	var out verdict.Text
	for _, p := range t.parts {
		out = append(out, verdict.Words(p.text)...)
		if len(p.path) == 0 {
			continue
		}
		name := strings.Join(p.path, ".")
		v, ok := vars[name]
		if !ok {
			found, _ := e.Lookup(p.path)
			v = Value(found)
			v.Fact, v.Unit, v.Privacy = name, p.unit, p.privacy
			if _, fraction := v.Of.(float64); fraction && p.path[0] == "params" && p.filter == "" {
				v.Format = verdict.Exact // a limit is not to be rounded
			}
		}
		if p.filter != "" {
			v.Format = verdict.Format(p.filter)
		}
		out = append(out, v.Text()...)
	}
	return out
}

// maxShown is how much of one text a value keeps.
const maxShown = 200

// maxListed is how many entries of a list a value keeps.
const maxListed = 8

// Value makes what an expression gives a value of a finding: times as texts,
// elements of lists by what names them best, what is too long for people cut.
func Value(v any) verdict.Value {
	list, isList := v.([]any)
	if texts, ok := v.([]string); ok {
		list, isList = make([]any, len(texts)), true
		for i := range texts {
			list[i] = texts[i]
		}
	}
	if !isList {
		of, format := plain(v)
		return verdict.Value{Of: of, Format: format}
	}
	out := verdict.Value{}
	entries := make([]any, 0, min(len(list), maxListed))
	for _, item := range list[:min(len(list), maxListed)] {
		of, format := plain(item)
		entries = append(entries, of)
		out.Format = cmp.Or(out.Format, format)
	}
	if len(list) > maxListed {
		out.Total = len(list)
	}
	out.Of = entries
	return out
}

// plain is a value as findings have it, with the format that a text which is a
// time has.
func plain(v any) (any, verdict.Format) {
	switch x := v.(type) {
	case nil, bool, int, float64:
		return x, verdict.Plain
	case int64:
		return int(x), verdict.Plain
	case time.Time:
		if x.IsZero() {
			return nil, verdict.Plain
		}
		return x.In(lang.Beijing()).Format(time.RFC3339), verdict.Time
	case string:
		return cut(x), verdict.Plain
	case map[string]any:
		return plain(caption(x))
	case []any:
		entries := make([]any, len(x))
		for i, item := range x {
			entries[i], _ = plain(item)
		}
		return entries, verdict.Plain
	}
	return cut(fmt.Sprint(v)), verdict.Plain
}

// cut leaves of a long text its start.
func cut(s string) string {
	if r := []rune(s); len(r) > maxShown {
		return string(r[:maxShown]) + "…"
	}
	return s
}

// caption is what names an element of a list best: its value, text, name or
// kind.
func caption(m map[string]any) any {
	for _, key := range []string{"value", "text", "name", "kind", "id", "file"} {
		if v, ok := m[key]; ok && v != "" {
			return v
		}
	}
	return nil
}
