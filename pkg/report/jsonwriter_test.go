package report

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/aecheck/aecheck/pkg/verdict"
)

// TestJSONWriter: what it writes is what encoding/json does.
func TestJSONWriter(t *testing.T) {
	type inner struct {
		Name  string   `json:"name"`
		Empty []string `json:"empty,omitempty"`
		Zero  struct {
			A int `json:"a"`
		} `json:"zero,omitzero"`
	}
	type outer struct {
		inner
		Of       any               `json:"of"`
		At       time.Time         `json:"at"`
		Pointer  *inner            `json:"pointer"`
		Nil      *inner            `json:"nil"`
		Objects  []object[inner]   `json:"objects"`
		One      *object[inner]    `json:"one"`
		None     []int             `json:"none"`
		NoneLeft []int             `json:"none_left"`
		Map      map[string]any    `json:"map"`
		Texts    map[string]string `json:"texts,omitempty"`
		Raw      json.RawMessage   `json:"raw"`
		Number   json.Number       `json:"number"`
		Float    float64           `json:"float,omitempty"`
		Yes      bool              `json:"yes,omitempty"`
		Bytes    []byte            `json:"bytes"`
		Array    [2]int            `json:"array"`
		Odd      string            `json:"odd"`
	}
	one := object[inner]{is: inner{Name: "一"}, unknown: map[string]json.RawMessage{"z": json.RawMessage(`{"b": [1, 2]}`), "a\"": json.RawMessage(`"x"`)}}
	for _, v := range []any{
		nil, 1, "<a> & \u2028 \x00 \xff \"\\", []any{}, []string(nil), map[string]int{}, inner{}, &inner{}, one, &one, []object[inner]{one, {}},
		outer{}, &outer{
			inner: inner{Name: "a", Empty: []string{"b"}}, Of: []any{1, 2.5, nil, "x", map[string]any{"k": []any{}}, inner{Name: "in any"}},
			At: time.Date(2026, 11, 30, 1, 2, 3, 0, time.UTC), Pointer: &inner{Name: "p"}, Objects: []object[inner]{one}, One: &one,
			NoneLeft: []int{}, Map: map[string]any{"m": map[string]any{"n": 1}, "a": []int{1}}, Texts: map[string]string{"t": "u"},
			Raw: json.RawMessage(`{"r":[{},[]]}`), Number: "12.50", Float: 0.1, Yes: true, Bytes: []byte("bytes"), Odd: "~\x7f{é}",
		},
	} {
		for _, indent := range []string{"", "  "} {
			w := newJSONWriter(nil, indent)
			if err := w.value(reflect.ValueOf(v)); err != nil {
				t.Fatal(err)
			}
			var want bytes.Buffer
			enc := json.NewEncoder(&want)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", indent)
			if err := enc.Encode(v); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.ReplaceAll(want.String(), "\x7f", `\u007f`), string(w.out)+"\n"); diff != "" {
				t.Errorf("%T, indent %q: %s", v, indent, diff)
			}
		}
	}
	if err := newJSONWriter(nil, "").value(reflect.ValueOf([]any{make(chan int)})); err == nil {
		t.Error("a channel was written")
	}
}

// writes counts what comes at once.
type writes struct{ most, n int }

func (w *writes) Write(p []byte) (int, error) {
	w.most, w.n = max(w.most, len(p)), w.n+len(p)
	return len(p), nil
}

// TestJSONInParts: a long report is not held as a whole before it is written.
func TestJSONInParts(t *testing.T) {
	r := &verdict.Report{Cases: []verdict.Case{{Path: "a", Findings: make([]verdict.Finding, 2000)}}}
	for i := range r.Cases[0].Findings {
		r.Cases[0].Findings[i] = verdict.Finding{Rule: "AE101", Asset: strings.Repeat("张", 40), Message: verdict.Words("##[x]\u202e")}
	}
	for _, f := range []Format{jsonFormat{}, jsonlFormat{}} {
		var w writes
		if err := f.Write(&w, r, Options{}); err != nil {
			t.Fatal(err)
		}
		if w.n < 8*spillAt || w.most > 2*spillAt {
			t.Errorf("%s: %d bytes, %d of them at once", f.Name(), w.n, w.most)
		}
	}
}
