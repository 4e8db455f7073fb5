package config

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/aecheck/aecheck/pkg/lang"
)

// Decode reads a file into the struct that into points to. The Doc is returned
// whenever the structure could be read, also beside an error; the error is
// Errors. An empty file is a file with no keys.
func Decode(name string, data []byte, into any) (*Doc, error) {
	doc, err := Parse(name, data)
	if err != nil {
		return nil, err
	}
	doc.keys, err = doc.Root().DecodeKeys(into)
	return doc, err
}

// Root is the whole document.
func (d *Doc) Root() Raw { return Raw{doc: d, node: d.root} }

// SetDefaults gives every zero field with a default tag its value: in the
// struct into points to and the structs inside it, not in lists.
func SetDefaults(into any) {
	v := reflect.Indirect(reflect.ValueOf(into))
	if v.Kind() != reflect.Struct || v.Type() == timeType {
		return
	}
	for _, f := range fieldsOf(v.Type()) {
		field := v.FieldByIndex(f.index)
		switch word := f.tag.Get("default"); {
		case field.Kind() == reflect.Struct:
			SetDefaults(field.Addr().Interface())
		case word != "" && field.Kind() == reflect.String && field.IsZero():
			field.SetString(word)
		}
	}
}

type field struct {
	name  string
	index []int
	tag   reflect.StructTag
}

// fieldsOf lists the fields a struct shows to its file, in order, with those of structs
// embedded in it.
func fieldsOf(t reflect.Type) []field {
	var out []field
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if !f.IsExported() || name == "-" || name == "" {
			continue
		}
		out = append(out, field{name, f.Index, f.Tag})
	}
	return out
}

var (
	timeType   = reflect.TypeFor[time.Time]()
	rawType    = reflect.TypeFor[Raw]()
	scalarType = reflect.TypeFor[ScalarDecoder]()
	textType   = reflect.TypeFor[lang.Text]()
)

// bilingual is a lang.Text as files write it; other languages come from
// catalogues.
type bilingual struct {
	ZH string `json:"zh" zh:"中文" en:"Chinese"`
	EN string `json:"en" zh:"英文" en:"English"`
}

type decoder struct {
	collector
	keys     map[string]bool
	from     string // path of the part being decoded; keys are counted from it
	patterns map[string]*regexp.Regexp
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func (d *decoder) bad(n *yaml.Node, msg lang.Text, hint ...lang.Text) {
	e := d.doc.atNode(n, msg)
	if len(hint) > 0 {
		e.Hint = hint[0]
	}
	d.add(e)
}

// value decodes one node. A null leaves the zero value.
func (d *decoder) value(n *yaml.Node, v reflect.Value, path string, tag reflect.StructTag) {
	if d.full() || isNull(n) {
		return
	}
	t := v.Type()
	if t == rawType {
		if d.shape(n, tag) {
			v.Set(reflect.ValueOf(Raw{d.doc, n, path}))
		}
		return
	}
	if reflect.PointerTo(t).Implements(scalarType) {
		d.scalar(n, v, tag)
		return
	}
	switch {
	case t == timeType:
		d.scalar(n, v, tag)
	case t == textType:
		var b bilingual
		d.structure(n, reflect.ValueOf(&b).Elem(), path)
		v.Set(reflect.ValueOf(lang.T(b.ZH, b.EN)))
	case t.Kind() == reflect.Pointer:
		elem := reflect.New(t.Elem())
		SetDefaults(elem.Interface())
		d.value(n, elem.Elem(), path, tag)
		v.Set(elem)
	case t.Kind() == reflect.Struct:
		d.structure(n, v, path)
	case t.Kind() == reflect.Map:
		d.mapping(n, v, path, tag)
	case t.Kind() == reflect.Slice:
		d.list(n, v, path, tag)
	case t.Kind() == reflect.Array:
		d.array(n, v, path, tag)
	case t.Kind() == reflect.Interface && t.NumMethod() == 0:
		v.Set(reflect.ValueOf(d.any(n)))
	default:
		d.scalar(n, v, tag)
	}
}

// any is a value of no declared type: map[string]any, []any, bool, int,
// float64 or the text as written; nil for null.
func (d *decoder) any(n *yaml.Node) any {
	switch {
	case isNull(n):
		return nil
	case n.Kind == yaml.MappingNode:
		m := make(map[string]any, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			m[n.Content[i].Value] = d.any(n.Content[i+1])
		}
		return m
	case n.Kind == yaml.SequenceNode:
		list := make([]any, len(n.Content))
		for i, item := range n.Content {
			list[i] = d.any(item)
		}
		return list
	}
	return native(n)
}

func (d *decoder) shape(n *yaml.Node, tag reflect.StructTag) bool {
	switch want := tag.Get("shape"); {
	case want == "map" && n.Kind != yaml.MappingNode:
		d.wrongKind(n, lang.T("若干「键: 值」", "keys and values"))
	case want == "list" && n.Kind != yaml.SequenceNode:
		d.wrongKind(n, lang.T("列表", "a list"))
	default:
		return true
	}
	return false
}

// wrongKind says what was wanted and what is there, and why that often is.
func (d *decoder) wrongKind(n *yaml.Node, want lang.Text) {
	got := lang.T("单个值", "a single value")
	var hint lang.Text
	switch n.Kind {
	case yaml.MappingNode:
		got = lang.T("若干「键: 值」", "keys and values")
	case yaml.SequenceNode:
		got = lang.T("列表", "a list")
	default:
		if plain(n) && strings.ContainsAny(n.Value, ":\uff1a") {
			hint = lang.T("冒号请用英文半角「:」，后面加一个空格", "use an ASCII colon followed by a space")
		}
	}
	d.bad(n, lang.T("此处应为{want}，实为{got}", "expected {want}, found {got}", "want", want, "got", got), hint)
}

func (d *decoder) structure(n *yaml.Node, v reflect.Value, path string) {
	if short, ok := v.Addr().Interface().(ShortForm); ok && n.Kind == yaml.ScalarNode && !(plain(n) && strings.ContainsAny(n.Value, ":\uff1a")) {
		if key := short.SetShort(text(n)); key != "" {
			d.give(join(path, key))
			return
		}
	}
	if n.Kind != yaml.MappingNode {
		d.wrongKind(n, lang.T("若干「键: 值」", "keys and values"))
		return
	}
	fields := fieldsOf(v.Type())
	for i := 0; i+1 < len(n.Content) && !d.full(); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		at := -1
		for j := range fields {
			if fields[j].name == key.Value {
				at = j
				break
			}
		}
		if at < 0 {
			if n.Style&yaml.FlowStyle != 0 && isNull(value) && value.Value == "" {
				d.bad(key, unknownKey(key), lang.T("逗号把一段文字分开了？含逗号的文字请加引号", "did a comma split a text? Quote a text that holds commas"))
				continue
			}
			d.suggestKey(key, v.Type(), fields)
			continue
		}
		f := fields[at]
		here := join(path, f.name)
		if !isNull(value) {
			d.give(here)
		}
		d.value(value, v.FieldByIndex(f.index), here, f.tag)
	}
}

// give notes that a key was given.
func (d *decoder) give(path string) {
	key := strings.TrimPrefix(strings.TrimPrefix(path, d.from), ".")
	d.keys[key] = true
	d.keys[withoutIndices(key)] = true
}

// text is a scalar as people mean it.
func text(n *yaml.Node) string {
	if plain(n) {
		return uncurled(n.Value)
	}
	return n.Value
}

func withoutIndices(path string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(path, '[')
		if i < 0 {
			b.WriteString(path)
			return b.String()
		}
		b.WriteString(path[:i])
		end := strings.IndexByte(path[i:], ']')
		if end < 0 {
			return b.String()
		}
		path = path[i+end+1:]
	}
}

func (d *decoder) suggestKey(key *yaml.Node, t reflect.Type, fields []field) {
	msg := unknownKey(key)
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
		if zh := f.tag.Get("zh"); zh != "" && (zh == key.Value || strings.HasPrefix(zh, key.Value+"(") || strings.HasPrefix(zh, key.Value+"（")) {
			d.bad(key, msg, DidYouMean(f.name))
			return
		}
	}
	if near := Nearest(key.Value, names); near != "" {
		d.bad(key, msg, DidYouMean(near))
		return
	}
	if inner := keyBelow(t, key.Value, 3); inner != "" {
		d.bad(key, msg, lang.T("它应写在 {inner} 处", "it belongs at {inner}", "inner", inner))
		return
	}
	list := strings.Join(names, " ")
	d.bad(key, msg, lang.T("此处可用的键：{list}", "keys allowed here: {list}", "list", list))
}

func unknownKey(key *yaml.Node) lang.Text {
	return lang.T("未知的键 {value}", "unknown key {value}", "value", strconv.Quote(key.Value))
}

// DidYouMean is the hint that names what was probably meant, none for "".
func DidYouMean(name string) lang.Text {
	if name == "" {
		return lang.Text{}
	}
	return lang.T("是否想写 {name}？", "did you mean {name}?", "name", name)
}

// keyBelow looks for a key in the structs inside t.
func keyBelow(t reflect.Type, key string, depth int) string {
	if depth == 0 {
		return ""
	}
	for _, f := range fieldsOf(t) {
		inner := t.FieldByIndex(f.index).Type
		if inner.Kind() != reflect.Struct || inner == timeType || inner == rawType || inner == textType {
			continue
		}
		for _, g := range fieldsOf(inner) {
			if g.name == key {
				return f.name + "." + key
			}
		}
		if below := keyBelow(inner, key, depth-1); below != "" {
			return f.name + "." + below
		}
	}
	return ""
}

func (d *decoder) mapping(n *yaml.Node, v reflect.Value, path string, tag reflect.StructTag) {
	if n.Kind != yaml.MappingNode || v.Type().Key().Kind() != reflect.String {
		d.wrongKind(n, lang.T("若干「键: 值」", "keys and values"))
		return
	}
	m := reflect.MakeMapWithSize(v.Type(), len(n.Content)/2)
	for i := 0; i+1 < len(n.Content) && !d.full(); i += 2 {
		elem := reflect.New(v.Type().Elem()).Elem()
		d.value(n.Content[i+1], elem, join(path, n.Content[i].Value), tag)
		m.SetMapIndex(reflect.ValueOf(n.Content[i].Value).Convert(v.Type().Key()), elem)
	}
	v.Set(m)
}

func (d *decoder) list(n *yaml.Node, v reflect.Value, path string, tag reflect.StructTag) {
	items := n.Content
	switch {
	case n.Kind == yaml.SequenceNode:
	case tag.Get("list") == "one" && n.Kind == yaml.ScalarNode:
		items = []*yaml.Node{n}
	default:
		d.wrongKind(n, lang.T("列表", "a list"))
		return
	}
	out := reflect.MakeSlice(v.Type(), len(items), len(items))
	for i, item := range items {
		if d.full() {
			break
		}
		if isNull(item) {
			d.bad(item, lang.T("列表中有空项", "an empty entry in a list"))
			continue
		}
		d.value(item, out.Index(i), fmt.Sprintf("%s[%d]", path, i), tag)
	}
	v.Set(out)
}

func (d *decoder) array(n *yaml.Node, v reflect.Value, path string, tag reflect.StructTag) {
	if n.Kind != yaml.SequenceNode || len(n.Content) != v.Len() {
		d.wrongKind(n, lang.T("{len} 项的列表", "a list of {len}", "len", v.Len()))
		return
	}
	for i, item := range n.Content {
		d.value(item, v.Index(i), fmt.Sprintf("%s[%d]", path, i), tag)
	}
}

// scalar decodes one word, number, date or text.
func (d *decoder) scalar(n *yaml.Node, v reflect.Value, tag reflect.StructTag) {
	want := describe(v.Type())
	if n.Kind != yaml.ScalarNode {
		d.wrongKind(n, want)
		return
	}
	wrong := func(hint ...lang.Text) {
		d.bad(n, lang.T("此处应为{want}，实为 {value}", "expected {want}, found {value}", "want", want, "value", quote(n.Value)), hint...)
	}
	var unquote lang.Text
	if !plain(n) {
		unquote = lang.T("去掉引号", "remove the quotes")
	}
	switch v.Kind() {
	case reflect.String:
		if s, ok := d.allowed(n, tag); ok {
			v.SetString(s)
		}
	case reflect.Bool:
		b, ok := parseBool(n.Value)
		if !ok || !plain(n) {
			wrong(lang.T("写 true 或 false", "write true or false"))
			return
		}
		v.SetBool(b)
	case reflect.Int, reflect.Int64, reflect.Int32:
		i, ok := parseInt(n.Value)
		if !ok || !plain(n) || v.OverflowInt(i) {
			wrong(unquote)
			return
		}
		v.SetInt(i)
	case reflect.Float64, reflect.Float32:
		f, ok := parseFloat(n.Value)
		if !ok || !plain(n) {
			wrong(unquote)
			return
		}
		v.SetFloat(f)
	default:
		d.scalarStruct(n, v, wrong)
	}
}

// scalarStruct decodes times and types that read themselves.
func (d *decoder) scalarStruct(n *yaml.Node, v reflect.Value, wrong func(...lang.Text)) {
	var err error
	if sd, ok := v.Addr().Interface().(ScalarDecoder); ok {
		err = sd.UnmarshalScalar(text(n), ParseTime)
	} else if v.Type() == timeType {
		var t time.Time
		if t, err = ParseTime(text(n)); err == nil {
			v.Set(reflect.ValueOf(t))
		}
	} else {
		wrong()
		return
	}
	if err == nil {
		return
	}
	if b := (*badScalar)(nil); errors.As(err, &b) {
		d.bad(n, b.msg, b.hint)
		return
	}
	d.bad(n, lang.Plain(clean(err.Error())))
}

// word is an allowed value as people also write it: Brand-logo and "brand logo" are brand_logo.
func word(s string) string {
	return strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(strings.TrimSpace(s)))
}

// allowed checks a text against the enum and pattern tags, and returns it; where
// people wrote what an allowed word is called (names tag), that word.
func (d *decoder) allowed(n *yaml.Node, tag reflect.StructTag) (string, bool) {
	s := text(n)
	if enum := tag.Get("enum"); enum != "" {
		words := strings.Split(enum, ",")
		for _, w := range words {
			if w == s || word(w) == word(s) {
				return w, true
			}
		}
		for i, names := range strings.Split(tag.Get("names"), ",") {
			if i < len(words) && slices.ContainsFunc(strings.Split(names, "|"), func(name string) bool { return strings.EqualFold(name, strings.TrimSpace(s)) }) && s != "" {
				return words[i], true
			}
		}
		list := strings.Join(words, ", ")
		hint := lang.T("可用：{list}", "one of: {list}", "list", list)
		if near := Nearest(n.Value, words); near != "" {
			hint = lang.T("是否想写 {near}？可用：{list}", "did you mean {near}? One of: {list}", "near", near, "list", list)
		}
		d.bad(n, lang.T("不认识的值 {value}", "unknown value {value}", "value", quote(n.Value)), hint)
		return "", false
	}
	if pattern := tag.Get("pattern"); pattern != "" {
		if d.patterns == nil {
			d.patterns = map[string]*regexp.Regexp{}
		}
		re := d.patterns[pattern]
		if re == nil {
			re = regexp.MustCompile(pattern) // of our own tags, never of the file
			d.patterns[pattern] = re
		}
		if !re.MatchString(s) {
			d.bad(n, lang.T("格式不对：{value}", "malformed: {value}", "value", quote(n.Value)),
				lang.T("应符合 {pattern}", "it must match {pattern}", "pattern", pattern))
			return "", false
		}
	}
	return s, true
}

// quote shows a value of the file in a message, cut to a readable length.
func quote(s string) string {
	if r := []rune(s); len(r) > 60 {
		s = string(r[:60]) + "…"
	}
	return fmt.Sprintf("%q", s)
}

func describe(t reflect.Type) lang.Text {
	switch t.Kind() {
	case reflect.String:
		return lang.T("文字", "text")
	case reflect.Bool:
		return lang.T(" true 或 false", "true or false")
	case reflect.Int, reflect.Int64, reflect.Int32:
		return lang.T("整数", "a whole number")
	case reflect.Float64, reflect.Float32:
		return lang.T("数字", "a number")
	}
	return lang.T("日期", "a date")
}
