package scan_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/facts"
)

// sameAsGolden compares the facts of a sample with those written down. Numbers may
// differ by a hundredth: processors round differently. Small copies of the
// picture are left out.
func sameAsGolden(t *testing.T, sample string, set *facts.Set) {
	t.Helper()
	data, err := json.Marshal(set)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	for _, group := range slices.Collect(keys(got)) {
		if m, ok := got[group].(map[string]any); ok && unset(m) {
			delete(got, group)
		}
	}
	delete(got, "preview")
	if m, ok := got["match"].(map[string]any); ok {
		delete(m, "jpeg")
	}
	path := filepath.Join("testdata", "facts", strings.NewReplacer("/", "_", ".", "_").Replace(sample)+".json")
	if *update {
		var b bytes.Buffer
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", " ")
		if err := enc.Encode(got); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	golden, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]any
	if err := json.Unmarshal(golden, &want); err != nil {
		t.Fatal(err)
	}
	for _, d := range differences(nil, "", got, want) {
		t.Errorf("%s: %s", sample, d)
	}
}

func keys(m map[string]any) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// unset reports a group in which nothing was set.
func unset(v any) bool {
	switch x := v.(type) {
	case map[string]any:
		for _, e := range x {
			if !unset(e) {
				return false
			}
		}
		return true
	case []any:
		return !slices.ContainsFunc(x, func(e any) bool { return !unset(e) })
	case string:
		return x == ""
	case float64:
		return x == 0
	case bool:
		return !x
	}
	return v == nil
}

// differences lists where two JSON values differ.
func differences(out []string, at string, got, want any) []string {
	switch g := got.(type) {
	case map[string]any:
		w, ok := want.(map[string]any)
		if !ok {
			break
		}
		for k := range w {
			if _, ok := g[k]; !ok {
				out = append(out, fmt.Sprintf("%s.%s is gone, was %v", at, k, w[k]))
			}
		}
		for k := range g {
			if _, ok := w[k]; !ok {
				out = append(out, fmt.Sprintf("%s.%s is new: %v", at, k, g[k]))
				continue
			}
			out = differences(out, at+"."+k, g[k], w[k])
		}
		return out
	case []any:
		w, ok := want.([]any)
		if !ok || len(w) != len(g) {
			break
		}
		for i := range g {
			out = differences(out, fmt.Sprintf("%s[%d]", at, i), g[i], w[i])
		}
		return out
	case float64:
		if w, ok := want.(float64); ok && math.Abs(g-w) <= 1e-2*math.Max(math.Abs(w), 0.1) {
			return out
		}
	default:
		if got == want {
			return out
		}
	}
	return append(out, fmt.Sprintf("%s = %v, was %v", at, got, want))
}
