package config

import (
	"encoding/json"
	"reflect"
	"strings"
)

// Schema makes a JSON Schema (draft 2020-12) of the files that Decode reads
// into v, from the same tags. Editors that know YAML schemas complete keys and
// mark mistakes with it. Descriptions are Chinese and English. Numbers and
// booleans are allowed where a text is wanted: Decode takes them as written.
// words are the values of texts tagged oneof:"name", which only another file
// says; Decode takes any.
func Schema(v any, id, title string, words map[string][]string) ([]byte, error) {
	t := reflect.TypeOf(v)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	b := schemaBuilder{words: words, defs: map[string]any{}, names: map[reflect.Type]string{}}
	root := b.object(t)
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["$id"] = id
	root["title"] = title
	if len(b.defs) > 0 {
		root["$defs"] = b.defs
	}
	out, err := json.MarshalIndent(root, "", "  ")
	return append(out, '\n'), err
}

type schemaBuilder struct {
	words map[string][]string
	defs  map[string]any
	names map[reflect.Type]string
}

// of describes a value of type t.
func (b *schemaBuilder) of(t reflect.Type, tag reflect.StructTag) map[string]any {
	switch {
	case t == rawType:
		return rawSchema(tag)
	case t == textType:
		return b.define(t, reflect.TypeFor[bilingual]())
	case t == timeType:
		return map[string]any{"type": []string{"string", "null"},
			"description": "2026-11-18, 2026-11-18 09:30, RFC 3339; 无时区即北京时间 / without an offset Beijing time"}
	case reflect.PointerTo(t).Implements(scalarType):
		return map[string]any{"type": []string{"string", "null"}}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return b.of(t.Elem(), tag)
	case reflect.Struct:
		return b.ref(t)
	case reflect.Map:
		return map[string]any{"type": []string{"object", "null"}, "additionalProperties": b.of(t.Elem(), tag)}
	case reflect.Slice:
		list := map[string]any{"type": []string{"array", "null"}, "items": b.of(t.Elem(), tag)}
		if tag.Get("list") == "one" {
			return map[string]any{"anyOf": []any{list, b.of(t.Elem(), tag)}}
		}
		return list
	case reflect.Array:
		return map[string]any{"type": []string{"array", "null"}, "items": b.of(t.Elem(), tag), "minItems": t.Len(), "maxItems": t.Len()}
	case reflect.Bool:
		return map[string]any{"enum": []any{true, false, "yes", "no", nil}}
	case reflect.Int, reflect.Int32, reflect.Int64:
		return map[string]any{"type": []string{"integer", "null"}}
	case reflect.Float32, reflect.Float64:
		return map[string]any{"type": []string{"number", "null"}}
	case reflect.String:
		return b.text(tag)
	}
	return map[string]any{}
}

func rawSchema(tag reflect.StructTag) map[string]any {
	switch tag.Get("shape") {
	case "map":
		return map[string]any{"type": []string{"object", "null"}}
	case "list":
		return map[string]any{"type": []string{"array", "null"}}
	}
	return map[string]any{}
}

func (b *schemaBuilder) text(tag reflect.StructTag) map[string]any {
	words := b.words[tag.Get("oneof")]
	if enum := tag.Get("enum"); enum != "" {
		words = strings.Split(enum, ",")
		for _, names := range strings.Split(tag.Get("names"), ",") {
			for _, name := range strings.Split(names, "|") {
				if name != "" {
					words = append(words, name)
				}
			}
		}
	}
	if words != nil {
		var all []any
		for _, w := range words {
			all = append(all, w)
		}
		return map[string]any{"enum": append(all, nil)}
	}
	s := map[string]any{"type": []string{"string", "number", "boolean", "null"}}
	if pattern := tag.Get("pattern"); pattern != "" {
		s["pattern"] = pattern
	}
	return s
}

// ref describes a struct once, under $defs.
func (b *schemaBuilder) ref(t reflect.Type) map[string]any {
	s := b.define(t, t)
	if reflect.PointerTo(t).Implements(reflect.TypeFor[ShortForm]()) {
		return map[string]any{"anyOf": []any{s, map[string]any{"type": "string"}}}
	}
	return s
}

// define describes, under the name of a type, the struct files write for it.
func (b *schemaBuilder) define(t, as reflect.Type) map[string]any {
	name, known := b.names[t]
	if !known {
		name = t.Name()
		b.names[t] = name
		b.defs[name] = b.object(as)
	}
	return map[string]any{"$ref": "#/$defs/" + name}
}

func (b *schemaBuilder) object(t reflect.Type) map[string]any {
	properties := map[string]any{}
	for _, f := range fieldsOf(t) {
		s := b.of(t.FieldByIndex(f.index).Type, f.tag)
		zh, en := f.tag.Get("zh"), f.tag.Get("en")
		if zh != "" || en != "" {
			described := zh + " / " + en
			if inner, ok := s["description"].(string); ok {
				described += " (" + inner + ")"
			}
			s["description"] = described
		}
		if word := f.tag.Get("default"); word != "" {
			s["default"] = word
		}
		if unit := f.tag.Get("unit"); unit != "" {
			s["x-unit"] = unit
		}
		properties[f.name] = s
	}
	return map[string]any{"type": []string{"object", "null"}, "properties": properties, "additionalProperties": false}
}
