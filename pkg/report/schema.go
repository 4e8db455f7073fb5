package report

import (
	"encoding/json"
	"reflect"
	"strings"
)

// JSONSchema describes the JSON report (JSON Schema draft 2020-12), from the
// types that write it. Keys beside those described are allowed: later versions
// of the program add some.
func JSONSchema() ([]byte, error) {
	b := schemaBuilder{}
	root := b.object(reflect.TypeFor[jsonReport]())
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["$id"] = "https://github.com/aecheck/aecheck/schema/report.json"
	root["title"] = "aecheck report"
	root["properties"].(map[string]any)["schema_version"] = map[string]any{"const": schemaVersion}
	root["$defs"] = map[string]any(b)
	out, err := json.MarshalIndent(root, "", "  ")
	return append(out, '\n'), err
}

// schemaBuilder holds the objects described so far, by name.
type schemaBuilder map[string]any

// holder is an object of the contract with keys of its own.
type holder interface{ keys() reflect.Type }

func (object[T]) keys() reflect.Type { return reflect.TypeFor[T]() }

// as is what a type is written as.
func as(t reflect.Type) reflect.Type {
	if l, ok := reflect.Zero(t).Interface().(interface{ as() reflect.Type }); ok {
		return l.as()
	}
	return t
}

func (made[T]) as() reflect.Type { return reflect.TypeFor[[]object[T]]() }

// of describes a value of a type.
func (b schemaBuilder) of(t reflect.Type) map[string]any {
	if o, ok := reflect.Zero(t).Interface().(holder); ok && t.Kind() == reflect.Struct {
		return b.ref(o.keys())
	}
	switch t = as(t); t.Kind() {
	case reflect.Pointer:
		return b.of(t.Elem())
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return map[string]any{"type": "string", "contentEncoding": "base64"}
		}
		return map[string]any{"type": "array", "items": b.of(t.Elem())}
	case reflect.Array:
		return map[string]any{"type": "array", "items": b.of(t.Elem()), "minItems": t.Len(), "maxItems": t.Len()}
	case reflect.Map:
		return map[string]any{"type": "object"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return map[string]any{"type": "integer"}
	case reflect.String:
		return map[string]any{"type": "string"}
	}
	return map[string]any{} // anything
}

// ref describes the objects of a type once, under $defs.
func (b schemaBuilder) ref(t reflect.Type) map[string]any {
	name := strings.ToLower(strings.TrimPrefix(t.Name(), "json"))
	if b[name] == nil {
		b[name] = true // what it holds may hold it again
		b[name] = b.object(t)
	}
	return map[string]any{"$ref": "#/$defs/" + name}
}

func (b schemaBuilder) object(t reflect.Type) map[string]any {
	properties := map[string]any{}
	required := []string{}
	for _, k := range keysOf(t) {
		tag := k.field.Tag
		s := b.of(k.field.Type)
		if words := tag.Get("enum"); words != "" {
			s["enum"] = strings.Split(words, ",")
		}
		if k.field.Type.Kind() == reflect.Pointer && !k.optional() {
			s = map[string]any{"anyOf": []any{s, map[string]any{"type": "null"}}}
		}
		s["description"] = tag.Get("zh") + " / " + tag.Get("en")
		if unit := tag.Get("unit"); unit != "" {
			s["x-unit"] = unit
		}
		properties[k.name] = s
		if !k.optional() {
			required = append(required, k.name)
		}
	}
	return map[string]any{"type": "object", "properties": properties, "required": required}
}
