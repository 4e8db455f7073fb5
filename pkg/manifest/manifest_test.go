package manifest

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"
)

const sum = "3fa9c0e1d2b3a4958677695a4b3c2d1e0f1e2d3c4b5a69788796a5b4c3d2e1f0"

func sample() *Manifest {
	return &Manifest{
		SchemaVersion: Version, Tool: Tool{"aecheck", "v1"}, Now: "2026-11-23T10:00:00+08:00", Lang: "zh",
		Case:  Case{ViolationID: "WG1", ProductID: "1005", StoreID: "110", StoreName: "甲", Track: "platform_penalty", Ground: "rectified"},
		Rules: Rules{Digest: "abc", Layers: []string{"rules.yaml"}}, Outcome: "fail", Forced: true, Parts: 2,
		Open: []Open{{Rule: "AE203", Outcome: "fail", Severity: "error", Asset: "source/a.jpg"}},
		Files: []File{
			{Path: "01_原图/a.jpg", Role: Original, OriginalPath: "source/a.jpg", OriginalPathRawBase64: "YQ==", SHA256: sum, Bytes: 3, Kind: "source", Slot: "main",
				Format: "jpeg", TakenAt: "2026-01-01T00:00:00+08:00", Camera: "X Y", Width: 2, Height: 1, ConvertedFrom: "b", Annotates: "c", Part: 1},
		},
	}
}

// TestFrozen: these keys are contract; new ones may be added at the end of a struct.
func TestFrozen(t *testing.T) {
	want := map[reflect.Type]string{
		reflect.TypeFor[Manifest](): "schema_version tool now lang case rules outcome forced open parts files",
		reflect.TypeFor[Tool]():     "name version",
		reflect.TypeFor[Case]():     "violation_id product_id store_id store_name track ground",
		reflect.TypeFor[Rules]():    "digest layers",
		reflect.TypeFor[Open]():     "rule outcome severity asset",
		reflect.TypeFor[File](): "path role original_path original_path_raw_base64 sha256 bytes kind slot format taken_at camera width height " +
			"converted_from annotates part",
	}
	for typ, keys := range want {
		var got []string
		for i := range typ.NumField() {
			key, _, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
			got = append(got, key)
		}
		if s := strings.Join(got, " "); !strings.HasPrefix(s, keys) {
			t.Errorf("%s has the keys %s, where %s are frozen", typ, s, keys)
		}
	}
}

func TestRoundTrip(t *testing.T) {
	data, err := sample().Encode()
	if err != nil {
		t.Fatal(err)
	}
	got, err := Read(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, sample()) {
		t.Errorf("%+v", got)
	}
}

func TestReadRefuses(t *testing.T) {
	file := func(change func(*File)) func(*Manifest) { return func(m *Manifest) { change(&m.Files[0]) } }
	tests := map[string]func(*Manifest){
		"a newer schema": func(m *Manifest) { m.SchemaVersion = 2 }, "no schema": func(m *Manifest) { m.SchemaVersion = 0 },
		"another tool": func(m *Manifest) { m.Tool.Name = "other" }, "no files": func(m *Manifest) { m.Files = nil },
		"twice":    func(m *Manifest) { f := m.Files[0]; f.Path = "01_原图/A.jpg"; m.Files = append(m.Files, f) },
		"parts":    func(m *Manifest) { m.Parts = -1 },
		"a slip":   file(func(f *File) { f.Path = "../a" }),
		"absolute": file(func(f *File) { f.Path = "/a" }), "a drive": file(func(f *File) { f.Path = "C:a" }),
		"backslash": file(func(f *File) { f.Path = `a\b` }), "itself": file(func(f *File) { f.Path = Name }),
		"no hash": file(func(f *File) { f.SHA256 = "" }), "size": file(func(f *File) { f.Bytes = -1 }),
		"part": file(func(f *File) { f.Part = 3 }), "long": file(func(f *File) { f.Path = strings.Repeat("a", maxName+1) }),
		"many": func(m *Manifest) { m.Files = make([]File, maxFiles+1) },
	}
	for name, change := range tests {
		m := sample()
		change(m)
		data, err := m.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Read(bytes.NewReader(data)); !errors.Is(err, ErrNone) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Read(strings.NewReader(strings.Repeat(" ", MaxBytes+1))); !errors.Is(err, ErrNone) {
		t.Errorf("large: %v", err)
	}
}

// FuzzRead: a hostile manifest gives an error or a list that leads nowhere else.
func FuzzRead(f *testing.F) {
	data, err := sample().Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"schema_version":1,"tool":{"name":"aecheck"},"files":[{"path":"../x","sha256":"` + sum + `"}]}`))
	f.Add([]byte(`{"schema_version":1e99,"files":[[[[`))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Read(bytes.NewReader(data))
		if err != nil {
			return
		}
		for _, file := range m.Files {
			if !local(file.Path) {
				t.Errorf("%q leads out", file.Path)
			}
		}
		m.Since(m, nil)
		if again, err := m.Encode(); err != nil {
			t.Error(err)
		} else if _, err := Read(bytes.NewReader(again)); err != nil && len(again) < MaxBytes {
			t.Errorf("cannot be read again: %v", err)
		}
	})
}

func TestSince(t *testing.T) {
	file := func(path, kind, sha string) File {
		return File{Path: kind + "/" + path, Role: Original, OriginalPath: path, Kind: kind, SHA256: strings.Repeat(sha, 64)}
	}
	last := &Manifest{Files: []File{file("a", "source", "1"), file("b", "source", "2"), file("old/c", "letter", "3"), file("gone", "letter", "4"), {Path: "x.html", Role: Sheet}}}
	now := &Manifest{Files: []File{file("a", "source", "1"), file("b", "source", "5"), file("new/c", "letter", "3"), file("more", "letter", "6"), {Path: "y.html", Role: Sheet}}}
	want := []Change{{Removed, "gone", "letter", ""}, {Added, "more", "letter", ""}, {Changed, "b", "source", ""}}
	if got := now.Since(last, []string{"letter", "source"}); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := last.Since(last, nil); got != nil {
		t.Errorf("nothing changed: %v", got)
	}
}
