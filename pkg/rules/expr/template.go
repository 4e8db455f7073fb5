package expr

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/lang"
)

// Template is a text with {placeholders}, taken apart at load.
type Template struct {
	parts []part
}

// part is literal text or a placeholder.
type part struct {
	text   string
	path   []string
	filter string
}

// filters format a placeholder's value: {x|percent}, {x|bytes}, {t|time},
// {t|date}.
func filters() []string { return []string{"percent", "bytes", "time", "date"} }

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
	return t, nil
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
	return out
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

// Render fills a text; vars win over facts.
func (t Template) Render(e *Env, vars map[string]any) string {
	var b strings.Builder
	for _, p := range t.parts {
		b.WriteString(p.text)
		if len(p.path) == 0 {
			continue
		}
		v, ok := vars[strings.Join(p.path, ".")]
		if !ok {
			v, _ = e.Lookup(p.path)
		}
		if f, ok := v.(float64); ok && p.path[0] == "params" && p.filter == "" {
			b.WriteString(exact(f)) // a limit is not to be rounded
			continue
		}
		b.WriteString(format(v, p.filter))
	}
	return b.String()
}

// maxShown is how much of one value a message shows.
const maxShown = 200

// format writes a value for people. What is not there is a dash.
func format(v any, filter string) string {
	switch x := v.(type) {
	case nil:
		return "—"
	case time.Time:
		return formatTime(x, filter)
	case string:
		if x == "" {
			return "—"
		}
		if r := []rune(x); len(r) > maxShown {
			return string(r[:maxShown]) + "…"
		}
		return x
	case int:
		return formatNumber(float64(x), filter)
	case int64:
		return formatNumber(float64(x), filter)
	case float64:
		return formatNumber(x, filter)
	case []any:
		return FormatList(x, filter)
	case []string:
		list := make([]any, len(x))
		for i := range x {
			list[i] = x[i]
		}
		return FormatList(list, filter)
	case map[string]any:
		return format(caption(x), filter)
	}
	return fmt.Sprint(v)
}

// maxListed is how many entries of a list a message names.
const maxListed = 8

// FormatList names the first entries of a list for people.
func FormatList(list []any, filter string) string {
	if len(list) == 0 {
		return "—"
	}
	shown := make([]string, 0, maxListed+1)
	for i, item := range list {
		if i == maxListed {
			shown = append(shown, fmt.Sprintf("… (%d)", len(list)))
			break
		}
		shown = append(shown, format(item, filter))
	}
	return strings.Join(shown, ", ")
}

func formatTime(t time.Time, filter string) string {
	switch {
	case t.IsZero():
		return "—"
	case filter == "date":
		return t.In(lang.Beijing()).Format("2006-01-02")
	}
	return t.In(lang.Beijing()).Format("2006-01-02 15:04")
}

func formatNumber(f float64, filter string) string {
	switch filter {
	case "percent":
		return trimZeros(strconv.FormatFloat(f*100, 'f', 1, 64)) + "%"
	case "bytes":
		return formatBytes(f)
	}
	return trimZeros(strconv.FormatFloat(f, 'f', 2, 64))
}

func trimZeros(s string) string {
	if strings.Contains(s, ".") {
		return strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

func formatBytes(f float64) string {
	units := []string{"B", "KiB", "MiB", "GiB"}
	i := 0
	for f >= 1024 && i < len(units)-1 {
		f, i = f/1024, i+1
	}
	return trimZeros(strconv.FormatFloat(f, 'f', 1, 64)) + " " + units[i]
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
