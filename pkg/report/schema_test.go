package report

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/aecheck/aecheck/pkg/lang"
)

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	data, err := JSONSchema()
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := JSONSchema(); !bytes.Equal(data, again) {
		t.Error("two runs give different bytes")
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("report.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("report.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func valid(t *testing.T, schema *jsonschema.Schema, data []byte) error {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(v)
}

// Reports are as the schema says, whole and redacted.
func TestReportsFitTheSchema(t *testing.T) {
	schema := compiled(t)
	for _, fx := range fixtures() {
		for _, o := range []Options{{Lang: lang.ZH}, {Redact: true}} {
			if err := valid(t, schema, render(t, jsonFormat{}, fx.report(o.Lang), o)); err != nil {
				t.Errorf("%s: %v", fx.name, err)
			}
		}
	}
	good := string(render(t, jsonFormat{}, mixed(lang.EN), Options{}))
	for _, tt := range []struct {
		old, is string
		ok      bool
	}{
		{`"schema_version": 1`, `"schema_version": 1, "later": {}`, true},
		{`"schema_version": 1`, `"schema_version": 2`, false},
		{`"rule": "AE210"`, `"rule": 210`, false},
		{`"rule": "AE210",`, ``, false},
		{`"state": "missing"`, `"state": "gone"`, false},
		{`"suppressed": null`, `"suppressed": {"by": "confirmation"}`, true},
		{`"suppressed": null`, `"suppressed": {}`, false},
	} {
		data := strings.Replace(good, tt.old, tt.is, 1)
		if err := valid(t, schema, []byte(data)); data == good || (err == nil) != tt.ok {
			t.Errorf("%s in place of %s: %v", tt.is, tt.old, err)
		}
	}
}

// Every key says in both languages what it is, and every key that reports have
// is in the schema.
func TestSchemaSaysWhatKeysAre(t *testing.T) {
	data, err := JSONSchema()
	if err != nil {
		t.Fatal(err)
	}
	var root map[string]any
	if err := json.Unmarshal(data, &root); err != nil {
		t.Fatal(err)
	}
	objects := map[string]any{"report": root}
	for name, o := range root["$defs"].(map[string]any) {
		objects[name] = o
	}
	keys := 0
	for name, o := range objects {
		for key, v := range o.(map[string]any)["properties"].(map[string]any) {
			keys++
			if key == "schema_version" {
				continue
			}
			zh, en, _ := strings.Cut(v.(map[string]any)["description"].(string), " / ")
			if !strings.ContainsFunc(zh, func(r rune) bool { return unicode.Is(unicode.Han, r) }) || en == "" {
				t.Errorf("%s.%s: %q, %q", name, key, zh, en)
			}
		}
	}
	if keys < 100 || len(objects) != 1+len(keysOfAll(reflect.TypeFor[jsonReport](), map[reflect.Type]bool{})) {
		t.Errorf("%d keys of %d objects", keys, len(objects))
	}
}

// keysOfAll are the types of all objects in an object.
func keysOfAll(t reflect.Type, seen map[reflect.Type]bool) map[reflect.Type]bool {
	for _, k := range keysOf(t) {
		inner := as(k.field.Type)
		for inner.Kind() == reflect.Slice || inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		if o, ok := reflect.Zero(inner).Interface().(holder); ok && !seen[o.keys()] {
			seen[o.keys()] = true
			keysOfAll(o.keys(), seen)
		}
	}
	return seen
}
