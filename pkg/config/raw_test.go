package config

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
)

type shapes struct {
	Raw   Raw               `json:"raw" shape:"map"`
	List  Raw               `json:"list_raw" shape:"list"`
	Table map[string]int    `json:"table"`
	Texts map[string]string `json:"texts"`
	Box   [4]int            `json:"box"`
	Inner *inner            `json:"inner"`
	Any   any               `json:"any"`
	One   []string          `json:"one" list:"one" enum:"a,b"`
	Share float64           `json:"share"`
	When  time.Time         `json:"when"`
}

type inner struct {
	Word string `json:"word" default:"x"`
	Flag bool   `json:"flag"`
}

func TestDecodeShapes(t *testing.T) {
	var got shapes
	_, err := Decode("x", []byte(`
raw: {a: 1}
list_raw: [1]
table: {a: 1, "b c": -2}
texts: {a: 007, b: ~}
box: [1, 2, 3, 4]
inner: {flag: 是}
any: {n: 3, f: 1.50, e: 1e3, id: 0012, hex: 0x1F, t: true, no: no, q: "3", z: ~, l: [a, 2026-01-01]}
one: a
share: .5
when: 2026-01-02
`), &got)
	if err != nil {
		t.Fatal(err)
	}
	if got.Raw.Get("a").IsZero() || !got.Raw.Get("b").IsZero() || len(got.List.Items()) != 1 {
		t.Errorf("raw %+v", got.Raw.Entries())
	}
	wantAny := map[string]any{"n": 3, "f": 1.5, "e": 1000.0, "id": "0012", "hex": "0x1F", "t": true, "no": "no", "q": "3", "z": nil, "l": []any{"a", "2026-01-01"}}
	if !reflect.DeepEqual(got.Any, wantAny) {
		t.Errorf("any = %#v", got.Any)
	}
	if got.Table["b c"] != -2 || got.Texts["a"] != "007" || got.Box != [4]int{1, 2, 3, 4} || *got.Inner != (inner{"x", true}) || got.One[0] != "a" || got.Share != 0.5 {
		t.Errorf("%+v", got)
	}
}

func TestDecodeShapeErrors(t *testing.T) {
	for yaml, want := range map[string]string{
		"raw: [1]":         "1:6: expected keys and values, found a list",
		"list_raw: {}":     "1:11: expected a list, found keys and values",
		"table: [1]":       "1:8: expected keys and values, found a list",
		"table: {a: b}":    "1:12: expected a whole number",
		"box: [1, 2]":      "1:6: expected a list of 4, found a list",
		"one: {a: b}":      "1:6: expected a list, found keys and values",
		"one: [a, c]":      `1:10: unknown value "c"`,
		"share: inf":       "1:8: expected a number",
		"share: 0x10":      "1:8: expected a number",
		"inner: {flag: 1}": "1:15: expected true or false",
		"when: [1]":        "1:7: expected a date, found a list",
		"? [a]\n: b":       "1:3: a key must be a plain word",
	} {
		var v shapes
		_, err := Decode("x", []byte(yaml), &v)
		if err == nil || !strings.HasPrefix(err.Error(), "x:"+want) {
			t.Errorf("%s: %v, want %s", yaml, err, want)
		}
	}
	var v shapes
	if _, err := Decode("x", []byte("share: a"), v); err == nil || All(err) != nil {
		t.Errorf("decoding into no pointer: %v", err)
	}
}

func TestNestedAndPartition(t *testing.T) {
	doc, err := Parse("x", []byte("image.width: 3\nimage.height: 4\nb: {c: 1}\nb.d: 2\n"))
	if err != nil {
		t.Fatal(err)
	}
	nested, err := doc.Root().Nested()
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := nested.Decode(&got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"image": map[string]any{"width": 3, "height": 4}, "b": map[string]any{"c": 1, "d": 2}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("nested %v", got)
	}
	yes, no := nested.Partition(func(key string) bool { return key == "b" })
	if len(yes.Entries()) != 1 || len(no.Entries()) != 1 || yes.Entries()[0].Key != "b" {
		t.Errorf("partition %v %v", yes.Entries(), no.Entries())
	}
	var original map[string]any
	if err := doc.Root().Decode(&original); err != nil || len(original["b"].(map[string]any)) != 1 {
		t.Errorf("the document itself was changed: %v", original)
	}
}

func TestErrorsUnwrap(t *testing.T) {
	var v shapes
	_, err := Decode("x", []byte("a: 1\nb: 2"), &v)
	var one *Error
	if !errors.As(err, &one) || one.Line != 1 {
		t.Errorf("first error %v", one)
	}
	if lines := strings.Split(err.Error(), "\n"); len(lines) != 2 {
		t.Errorf("%q", err.Error())
	}
	if All(one)[0] != one || All(errors.New("x")) != nil {
		t.Error("All")
	}
}

func TestNearest(t *testing.T) {
	words := []string{"effective_at", "notified_at", "id", "image_urls", "short_side"}
	for in, want := range map[string]string{
		"effectve_at": "effective_at", "effectiveAt": "effective_at", "efective-at": "effective_at", "notifeid_at": "notified_at",
		"image": "image_urls", "ids": "id", "xyz": "", "deadline": "", "": "", "di": "id", strings.Repeat("a", 500): "",
	} {
		if got := Nearest(in, words); got != want {
			t.Errorf("Nearest(%.20q) = %q, want %q", in, got, want)
		}
	}
}
