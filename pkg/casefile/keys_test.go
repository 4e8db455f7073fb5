package casefile

import "testing"

func TestKeys(t *testing.T) {
	for name, want := range map[string]string{
		"violation.id": "text", "violation.effective_at": "time", "store.name": "text", "product.sites": "list", "ai.used": "yes_no", "store.level": "number",
		"store.type": "text", "letters": "", "violation.nothing": "", "images.file": "", "violation.complaint": "", "x.y": "",
	} {
		if k, ok := KeyNamed(name); ok != (want != "") || k.Type != want {
			t.Errorf("%s: %q, %t", name, k.Type, ok)
		}
	}
	if k, _ := KeyNamed("store.type"); len(k.Enum) != 2 || k.Doc.ZH == "" || k.Doc.EN == "" {
		t.Errorf("%+v", k)
	}
	for _, c := range []struct {
		key, text, want string
		wrong           bool
	}{
		{"violation.id", " WG2026 \n", "WG2026", false},
		{"product.id", "1005006001234567", `"1005006001234567"`, false},
		{"product.sites", "es，fr\nglobal", `[es, fr, global]`, false},
		{"violation.effective_at", "2026-11-21 09:30:00", "2026-11-21 09:30:00", false},
		{"violation.effective_at", "soon", "soon", true},
		{"violation.effective_at", "2026-11-21 # x", `"2026-11-21 # x"`, true},
		{"store.type", "shop", "shop", true},
		{"ai.used", "true", "true", false},
		{"store.level", "many", "many", true},
		{"store.id", "1: 2", `"1: 2"`, true},
	} {
		k, _ := KeyNamed(c.key)
		v, err := k.Typed(c.text)
		if v.YAML != c.want || (err != nil) != c.wrong {
			t.Errorf("%s %q: %q, %v", c.key, c.text, v.YAML, err)
		}
	}
}

func TestPlace(t *testing.T) {
	got, err := Place("case.yaml", []byte("# kept\nstore: {id: \"1234567\"}   # here\n"), []Placing{{File: "a b.jpg", Kind: "source"}, {File: "m.jpg", Kind: "replacement", Slot: "main"}})
	want := "# kept\nstore: {id: \"1234567\"}   # here\nfiles:\n  - {file: \"a b.jpg\", kind: source}\n  - {file: m.jpg, kind: replacement, slot: main}\n"
	if err != nil || string(got) != want {
		t.Fatalf("%q, %v", got, err)
	}
	if got, err = Place("case.yaml", got, []Placing{{File: "m.jpg", Kind: "source"}}); err != nil || string(got) != want+"  - {file: m.jpg, kind: source}\n" {
		t.Fatalf("%q, %v", got, err)
	}
	if f, err := Parse("case.yaml", got, Known{Kinds: []string{"source", "replacement"}, Slots: []string{"main"}, Files: []string{"a b.jpg", "m.jpg"}}); err != nil || len(f.Files) != 3 {
		t.Fatal(err)
	}
	if _, err := Parse("case.yaml", got, Known{Kinds: []string{"source"}}); err == nil {
		t.Error("an unknown kind passes")
	}
	if _, err := Parse("case.yaml", []byte("files: [{kind: source}]"), Known{}); err == nil {
		t.Error("an entry without a file passes")
	}
}
