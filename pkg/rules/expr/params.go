package expr

import (
	"maps"
	"slices"
	"strings"

	"github.com/expr-lang/expr/types"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/lang"
)

// Params are the parameters of all layers.
type Params struct {
	Values map[string]any    // nested; leaves are bool, int, float64, string or []any of one of them
	Origin map[string]string // layer by path of a leaf
	Shape  *Shape

	at map[string]config.Raw // where each leaf was written
}

// NewParams returns an empty set.
func NewParams() *Params {
	return &Params{Values: map[string]any{}, Origin: map[string]string{}, at: map[string]config.Raw{}, Shape: Group(map[string]*Shape{})}
}

// Merge lays a layer's parameters over those there are.
func (p *Params) Merge(layer string, raw config.Raw, first bool) config.Errors {
	var errs config.Errors
	p.mergeInto(p.Values, p.Shape, "", layer, raw, first, &errs)
	return errs
}

func (p *Params) mergeInto(values map[string]any, group *Shape, path, layer string, raw config.Raw, first bool, errs *config.Errors) {
	for _, entry := range raw.Entries() {
		here := entry.Key
		if path != "" {
			here = path + "." + entry.Key
		}
		old := group.fields[entry.Key]
		if old == nil && !first {
			if near := config.Nearest(entry.Key, slices.Sorted(maps.Keys(group.fields))); near != "" {
				e := entry.KeyAt.Errorf(lang.T("没有参数 {here}", "there is no parameter {here}", "here", here))
				e.Hint = config.DidYouMean(near)
				*errs = append(*errs, e)
				continue
			}
		}
		if entry.Value.Entries() != nil {
			if old != nil && old.fields == nil {
				*errs = append(*errs, entry.Value.Errorf(lang.T("参数 {here} 是一个值，不是一组", "parameter {here} is a value, not a group", "here", here)))
				continue
			}
			inner, ok := values[entry.Key].(map[string]any)
			own := first || !ok // a group of this layer's own: what is in it is no misspelling
			if !ok {
				inner, old = map[string]any{}, &Shape{fields: map[string]*Shape{}}
				values[entry.Key], group.fields[entry.Key] = inner, old
			}
			p.mergeInto(inner, old, here, layer, entry.Value, own, errs)
			continue
		}
		value, s, msg := leafOf(entry.Value, old)
		if !msg.IsZero() {
			*errs = append(*errs, entry.Value.Errorf(lang.T("参数 {here}:{what}", "parameter {here}: {what}", "here", here, "what", msg)))
			continue
		}
		values[entry.Key], group.fields[entry.Key] = value, s
		p.Origin[here], p.at[here] = layer, entry.Value
	}
}

// leafOf reads one parameter; where there was one before the type must be the
// same, but a whole number may stand for a fraction.
func leafOf(raw config.Raw, old *Shape) (any, *Shape, lang.Text) {
	var value any
	if err := raw.Decode(&value); err != nil {
		return nil, nil, lang.T("无法读取", "cannot be read")
	}
	if old != nil && old.fields != nil {
		return nil, nil, lang.T("此处应为一组参数", "a group of parameters is wanted here")
	}
	if old != nil && old.leaf == types.Float64 {
		if i, ok := value.(int); ok {
			value = float64(i)
		}
	}
	s := shapeOfValue(value)
	switch {
	case s == nil:
		return nil, nil, lang.T("应为文字、数字、真假，或同类值的列表", "must be text, a number, true/false, or a list of one of them")
	case old != nil && old.elem != nil && s.elem != nil && len(value.([]any)) == 0:
		s = old
	case old != nil && !sameShape(old, s):
		return nil, nil, lang.T("类型应为{type}", "must be {type} as before", "type", old.describe())
	}
	return value, s, lang.Text{}
}

func shapeOfValue(v any) *Shape {
	switch x := v.(type) {
	case bool:
		return &Shape{leaf: types.Bool}
	case int:
		return &Shape{leaf: types.Int}
	case float64:
		return &Shape{leaf: types.Float64}
	case string:
		return &Shape{leaf: types.String}
	case []any:
		elem := &Shape{leaf: types.String}
		for i, item := range x {
			s := shapeOfValue(item)
			if s == nil || s.elem != nil || i > 0 && !sameShape(s, elem) {
				return nil
			}
			elem = s
		}
		return &Shape{elem: elem}
	}
	return nil
}

func sameShape(a, b *Shape) bool {
	if a.elem != nil && b.elem != nil {
		return sameShape(a.elem, b.elem)
	}
	return a.elem == nil && b.elem == nil && a.leaf == b.leaf
}

func (s *Shape) describe() lang.Text {
	if s.elem != nil {
		return lang.T("列表", "a list")
	}
	return typeName(s.leaf.String())
}

// text is the value of a text parameter by its path with "params.", and where
// it was written.
func (p *Params) text(path string) (value string, at config.Raw, ok bool) {
	rest, isParam := strings.CutPrefix(path, "params.")
	if !isParam {
		return "", at, false
	}
	v, found := p.Lookup(rest)
	value, isText := v.(string)
	return value, p.at[rest], found && isText
}

// Lookup finds a parameter or a group of them by its path without "params.".
func (p *Params) Lookup(path string) (any, bool) {
	var at any = p.Values
	for name := range strings.SplitSeq(path, ".") {
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
