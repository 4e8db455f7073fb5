package rules

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/schedule"
)

func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	data, err := JSONSchema()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("rules.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("rules.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// asJSON reads YAML the way an editor does: no types known beforehand.
func asJSON(t *testing.T, data []byte) any {
	t.Helper()
	var v any
	if _, err := config.Decode("x", data, &v); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestJSONSchemaAgreesWithTheReader(t *testing.T) {
	schema := compileSchema(t)
	if err := schema.Validate(asJSON(t, sample(t))); err != nil {
		t.Errorf("the sample does not fit its schema: %v", err)
	}
	for _, bad := range []string{"ruels: []", "rules: [{id: X1}]", "rules: [{severity: fatal}]", "rules: {}", "tracks: {a: {window: three}}", "params: 3"} {
		if err := schema.Validate(asJSON(t, []byte(bad))); err == nil {
			t.Errorf("%s fits the schema", bad)
		}
		var f File
		if _, err := config.Decode("x", []byte(bad), &f); err == nil {
			t.Errorf("%s is read", bad)
		}
	}
}

func TestScheduleKnowsEveryStartAndUnit(t *testing.T) {
	start, _ := reflect.TypeFor[Track]().FieldByName("Start")
	unit, _ := reflect.TypeFor[Track]().FieldByName("Unit")
	for key := range strings.SplitSeq(start.Tag.Get("enum"), ",") {
		for days := range strings.SplitSeq(unit.Tag.Get("enum"), ",") {
			r := schedule.Rules{Tracks: map[string]schedule.Track{"x": {Window: 1, Unit: days, Start: []string{key}}}}
			if err := r.Validate(); err != nil {
				t.Errorf("%s %s: %v", key, days, err)
			}
		}
	}
}

func TestEveryFieldIsDescribedInBothLanguages(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var visit func(reflect.Type)
	visit = func(typ reflect.Type) {
		for typ.Kind() == reflect.Slice || typ.Kind() == reflect.Map || typ.Kind() == reflect.Pointer {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct || seen[typ] || !strings.HasSuffix(typ.PkgPath(), "pkg/rules") {
			return
		}
		seen[typ] = true
		for i := range typ.NumField() {
			f := typ.Field(i)
			if f.Tag.Get("zh") == "" || f.Tag.Get("en") == "" {
				t.Errorf("%s.%s is not described", typ.Name(), f.Name)
			}
			visit(f.Type)
		}
	}
	visit(reflect.TypeFor[File]())
	if len(seen) < 8 {
		t.Errorf("only %d types visited", len(seen))
	}
}
