package casefile

import (
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/lang"
)

// Key is a key of case.yaml in a section that a form can ask for.
type Key struct {
	Name string    // "violation.id"
	Doc  lang.Text // what it is
	// Enum are the values there are, none for any; Type is text, time, list, yes_no or
	// number.
	Enum []string
	Type string
}

// KeyNamed describes a key of a section; false where there is none, or where its value
// is more than a form can ask for.
func KeyNamed(name string) (Key, bool) {
	section, key, ok := strings.Cut(name, ".")
	if !ok {
		return Key{}, false
	}
	s, ok := fieldNamed(reflect.TypeFor[File](), section)
	if !ok || s.Type.Kind() != reflect.Struct {
		return Key{}, false
	}
	f, ok := fieldNamed(s.Type, key)
	if !ok {
		return Key{}, false
	}
	k := Key{Name: name, Doc: lang.Text{ZH: f.Tag.Get("zh"), EN: f.Tag.Get("en")}}
	if enum := f.Tag.Get("enum"); enum != "" {
		k.Enum = strings.Split(enum, ",")
	}
	switch t := f.Type; {
	case t == reflect.TypeFor[time.Time]():
		k.Type = "time"
	case t == reflect.TypeFor[[]string]():
		k.Type = "list"
	case t.Kind() == reflect.String, t == reflect.TypeFor[Bilingual]():
		k.Type = "text"
	case t.Kind() == reflect.Bool:
		k.Type = "yes_no"
	case t.Kind() == reflect.Int:
		k.Type = "number"
	default:
		return Key{}, false
	}
	return k, true
}

func fieldNamed(t reflect.Type, name string) (reflect.StructField, bool) {
	for i := range t.NumField() {
		if tag, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ","); tag == name {
			return t.Field(i), true
		}
	}
	return reflect.StructField{}, false
}

// Typed is what a person typed for a key as the value that Fill writes. The error is
// that of a case.yaml that says so.
func (k Key) Typed(text string) (Value, error) {
	lines := text
	text = strings.Join(strings.Fields(text), " ")
	v := Value{Key: k.Name}
	switch k.Type {
	case "list":
		var parts []string
		for _, p := range strings.FieldsFunc(lines, func(r rune) bool { return strings.ContainsRune(",，、;；\r\n", r) }) {
			if p = strings.TrimSpace(p); p != "" {
				parts = append(parts, Quote(p))
			}
		}
		v.YAML = "[" + strings.Join(parts, ", ") + "]"
	case "yes_no", "number":
		v.YAML = text
		if _, err := strconv.Atoi(text); k.Type == "number" && err != nil {
			v.YAML = Quote(text) // case.yaml says what is wrong with it
		}
	case "time":
		v.YAML = text
		if strings.ContainsAny(text, "#{}[]&*!|>'\"%@`") {
			v.YAML = Quote(text)
		}
	default:
		v.YAML = Quote(text)
	}
	section, key, _ := strings.Cut(k.Name, ".")
	_, err := config.Decode("case.yaml", []byte(section+":\n  "+key+": "+v.YAML+"\n"), &File{})
	return v, err
}
