package shard

import (
	"errors"
	"slices"
	"testing"
)

func TestCheck(t *testing.T) {
	mine := Header{Version: "v1", Facts: "f", Rules: "r", Settings: "s"}
	whole := func() []Named {
		var out []Named
		for i, name := range []string{"b", "c", "a"} {
			h := header()
			h.Part = Part{i + 1, 3}
			out = append(out, Named{name, h})
		}
		return out
	}
	if err := Check(whole(), mine); err != nil {
		t.Errorf("three of three: %v", err)
	}
	if err := Check(nil, mine); err != nil {
		t.Errorf("none: %v", err)
	}
	for name, c := range map[string]struct {
		change func(files []Named) []Named
		want   Mismatch
	}{
		"another version":    {func(f []Named) []Named { f[1].Header.Version = "v2"; return f }, Mismatch{What: OtherVersion, File: "c", Got: "v2", Want: "v1"}},
		"another build":      {func(f []Named) []Named { f[1].Header.Facts = "g"; return f }, Mismatch{What: OtherVersion, File: "c", Got: "v1", Want: "v1"}},
		"other rules":        {func(f []Named) []Named { f[2].Header.Rules = "q"; return f }, Mismatch{What: OtherRules, File: "a", Got: "q", Want: "r"}},
		"other settings":     {func(f []Named) []Named { f[0].Header.Settings = ""; return f }, Mismatch{What: OtherSettings, File: "b", Want: "s"}},
		"another count":      {func(f []Named) []Named { f[2].Header.Part = Part{1, 2}; return f }, Mismatch{What: OtherCount, File: "a", With: "b", Got: "1/2", Want: "1/3"}},
		"another flag":       {func(f []Named) []Named { f[1].Header.Flags = nil; return f }, Mismatch{What: OtherFlag, File: "c", With: "b", Flag: "--as", Want: "source"}},
		"a flag more":        {func(f []Named) []Named { f[1].Header.Flags["--no-ocr"] = "true"; return f }, Mismatch{What: OtherFlag, File: "c", With: "b", Flag: "--no-ocr", Got: "true"}},
		"another time":       {func(f []Named) []Named { f[1].Header.Now = "x"; return f }, Mismatch{What: OtherFlag, File: "c", With: "b", Flag: "--now", Got: "x"}},
		"another commit":     {func(f []Named) []Named { f[1].Header.Since = "x"; return f }, Mismatch{What: OtherFlag, File: "c", With: "b", Flag: "--since", Got: "x"}},
		"other files":        {func(f []Named) []Named { f[1].Header.Input.Bytes++; return f }, Mismatch{What: OtherInput, File: "c", With: "b"}},
		"twice":              {func(f []Named) []Named { f[2].Header.Part = Part{2, 3}; return f }, Mismatch{What: Twice, File: "a", With: "c", Got: "2/3"}},
		"one missing":        {func(f []Named) []Named { return f[:2] }, Mismatch{What: Missing, Count: 3, Missing: []int{3}}},
		"all but one":        {func(f []Named) []Named { return f[1:2] }, Mismatch{What: Missing, Count: 3, Missing: []int{1, 3}}},
		"other mount points": {func(f []Named) []Named { f[1].Header.Roots = map[string][]byte{".": []byte("/mnt")}; return f }, Mismatch{What: -1}},
	} {
		err := Check(c.change(whole()), mine)
		if c.want.What < 0 {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		var m *Mismatch
		if !errors.As(err, &m) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := *m
		got.GotInput, got.WantInput = Input{}, Input{}
		if got.What != c.want.What || got.File != c.want.File || got.With != c.want.With || got.Got != c.want.Got || got.Want != c.want.Want ||
			got.Flag != c.want.Flag || got.Count != c.want.Count || !slices.Equal(got.Missing, c.want.Missing) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
