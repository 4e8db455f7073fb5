package config_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/config"
)

func TestSchemaAgreesWithDecode(t *testing.T) {
	data, err := config.Schema(casefile.File{}, "https://example.com/case.json", "case.yaml", nil)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := config.Schema(&casefile.File{}, "https://example.com/case.json", "case.yaml", nil)
	if !bytes.Equal(data, again) {
		t.Error("two runs give different bytes")
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("case.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("case.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		yaml string
		ok   bool
	}{
		{goodCase, true},
		{"violation: {deadline: null}\n", true},
		{"store: {id: 1234, type: company}\n", true},
		{"ai: {used: no}\n", true},
		{"stroe: {}\n", false},
		{"store: {type: firm}\n", false},
		{"store: {level: high}\n", false},
		{"ai: {used: maybe}\n", false},
		{"letters: {id: 1}\n", false},
		{"product: {sites: es}\n", false},
		{"store: {id: AE-1}\n", false},
	} {
		var v any
		if _, err := config.Decode("x", []byte(tt.yaml), &v); err != nil {
			t.Fatal(err)
		}
		text, _ := json.Marshal(v)
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value); (err == nil) != tt.ok {
			t.Errorf("schema on %q: %v", tt.yaml, err)
		}
		var c casefile.File
		if _, err := config.Decode("case.yaml", []byte(tt.yaml), &c); (err == nil) != tt.ok {
			t.Errorf("reader on %q: %v", tt.yaml, err)
		}
	}
}
