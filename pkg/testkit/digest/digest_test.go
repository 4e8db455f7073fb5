package digest

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// module is a small one: a reads with b, which embeds a table and has assembly,
// and writes values of v, whose types do not count.
func module() fstest.MapFS {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	return fstest.MapFS{
		"go.mod": file("module example.org/m\n\ngo 1.26.0\n\nrequire other.org/x v1.2.3\n"),
		"a/a.go": file(`// Package a is one.
package a

import (
	"strings"

	"example.org/m/b"
	"example.org/m/left"
	"example.org/m/v"
)

// Read reads.
func Read(s string) v.Value {
	// Blanks go first.
	return v.Of(b.Look(strings.TrimSpace(s)), left.Name)
}
`),
		"a/a_test.go":     file("package a\n"),
		"b/b.go":          file("package b\n\nimport (\n\t_ \"embed\"\n\n\t\"other.org/x/deep\"\n)\n\n//go:embed table.txt models\nvar table string\n\nfunc Look(s string) string { return deep.In(table, s) }\n"),
		"b/b_windows.go":  file("package b\n\nimport _ \"other.org/x/windows\"\n\nconst sep = '\\\\'\n"),
		"b/b_amd64.s":     file("TEXT ·f(SB), 4, $0\n\tRET\n"),
		"b/table.txt":     file("one\ntwo\n"),
		"b/models/m.bin":  file("\x00\x01\r\n\xff"),
		"b/models/.notes": file("hidden"),
		"b/README.md":     file("not compiled"),
		"v/v.go":          file("package v\n\ntype Value struct{ A, B string }\n\nfunc Of(a, b string) Value { return Value{a, b} }\n"),
		"left/left.go":    file("package left\n\nconst Name = \"n\"\n"),
		"apart/apart.go":  file("package apart\n"),
	}
}

type value struct {
	A string `json:"a" en:"the \"first\"" zh:"甲" from:"text"`
	B []int
	T time.Time
	N *value
}

func digestOf(t *testing.T, files fstest.MapFS, others Modules) string {
	t.Helper()
	s, err := New(files, others, Options{LeftOut: []string{"left"}, Untyped: []string{"v"}})
	if err != nil {
		t.Fatal(err)
	}
	d, err := s.Of(readers(), reflect.TypeFor[value]())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func readers() []string { return []string{"example.org/m/a"} }

func someModules() Modules { return Modules{"other.org/x/deep": {"other.org/x@v1.2.3"}} }

// What changes no result leaves the digest as it is, whatever the system or editor.
func TestDigestStays(t *testing.T) {
	want := digestOf(t, module(), someModules())
	if len(want) != 32 {
		t.Errorf("digest %q", want)
	}
	for name, change := range map[string]func(fstest.MapFS){
		"nothing": func(fstest.MapFS) {},
		"comments": func(m fstest.MapFS) {
			edit(m, "a/a.go", "// Read reads.", "// Read reads it all,\n// and more. /* Well. */")
		},
		"comment in a line": func(m fstest.MapFS) { edit(m, "a/a.go", "Look(strings", "Look( /* s */ strings") },
		"no comment":        func(m fstest.MapFS) { edit(m, "a/a.go", "\t// Blanks go first.\n", "") },
		"blanks":            func(m fstest.MapFS) { edit(m, "a/a.go", "\treturn", "\n\n  return") },
		"a test":            func(m fstest.MapFS) { edit(m, "a/a_test.go", "package a", "package a_test") },
		"a README":          func(m fstest.MapFS) { edit(m, "b/README.md", "not", "never") },
		"a hidden file":     func(m fstest.MapFS) { edit(m, "b/models/.notes", "hidden", "seen") },
		"one left out":      func(m fstest.MapFS) { edit(m, "left/left.go", "\"n\"", "\"m\"") },
		"one apart":         func(m fstest.MapFS) { edit(m, "apart/apart.go", "apart", "aside") },
		"another type": func(m fstest.MapFS) {
			edit(m, "v/v.go", "type Value struct{ A, B string }", "import \"time\"\n\ntype Value struct {\n\tA, B string\n\tAt time.Time // new\n}\n\ntype Other int")
		},
		"a requirement nobody uses": func(m fstest.MapFS) { edit(m, "go.mod", "v1.2.3", "v1.2.3\nrequire other.org/y v0.1.0") },
		"line ends of Windows": func(m fstest.MapFS) {
			for name, f := range m {
				if !strings.HasSuffix(name, ".bin") {
					f.Data = []byte(strings.ReplaceAll(string(f.Data), "\n", "\r\n"))
				}
			}
		},
	} {
		files := module()
		change(files)
		if got := digestOf(t, files, someModules()); got != want {
			t.Errorf("%s: another digest", name)
		}
	}
}

// What may change a result changes the digest, each in a way of its own.
func TestDigestChanges(t *testing.T) {
	seen := map[string]string{digestOf(t, module(), someModules()): "nothing"}
	check := func(name, got string) {
		if other, ok := seen[got]; ok {
			t.Errorf("%s: the digest of %s", name, other)
		}
		seen[got] = name
	}
	for name, change := range map[string]func(fstest.MapFS){
		"code":              func(m fstest.MapFS) { edit(m, "a/a.go", "TrimSpace", "ToLower") },
		"an added call":     func(m fstest.MapFS) { edit(m, "a/a.go", "b.Look(", "b.Look(\"\" + ") },
		"code of an import": func(m fstest.MapFS) { edit(m, "b/b.go", "(table, s)", "(s, table)") },
		"another system":    func(m fstest.MapFS) { edit(m, "b/b_windows.go", "'\\\\'", "'/'") },
		"assembly":          func(m fstest.MapFS) { edit(m, "b/b_amd64.s", "RET", "NOP\n\tRET") },
		"a table":           func(m fstest.MapFS) { edit(m, "b/table.txt", "two", "three") },
		"a model":           func(m fstest.MapFS) { edit(m, "b/models/m.bin", "\x01", "\x02") },
		"line ends in data": func(m fstest.MapFS) { edit(m, "b/models/m.bin", "\r\n", "\n") },
		"another model":     func(m fstest.MapFS) { m["b/models/n.bin"] = &fstest.MapFile{Data: []byte{0}} },
		"a directive":       func(m fstest.MapFS) { edit(m, "b/b_windows.go", "package b", "//go:build windows\n\npackage b") },
		"a file":            func(m fstest.MapFS) { m["b/c.go"] = &fstest.MapFile{Data: []byte("package b\n")} },
		"code beside types": func(m fstest.MapFS) { edit(m, "v/v.go", "{a, b}", "{b, a}") },
		"the release of Go": func(m fstest.MapFS) { edit(m, "go.mod", "1.26.0", "1.27.0") },
		"a further import":  func(m fstest.MapFS) { edit(m, "b/b.go", "_ \"embed\"", "_ \"embed\"\n\t_ \"example.org/m/apart\"") },
		"where a line ends": func(m fstest.MapFS) {
			edit(m, "b/b.go", "return deep.In(table, s)", "deep.In(table, s)\n(s)\nreturn s")
		},
		"where it does not":  func(m fstest.MapFS) { edit(m, "b/b.go", "return deep.In(table, s)", "deep.In(table, s)(s)\nreturn s") },
		"a word for another": func(m fstest.MapFS) { edit(m, "b/b.go", "string { return", "any { return") },
	} {
		files := module()
		change(files)
		check(name, digestOf(t, files, someModules()))
	}
	for name, m := range map[string]Modules{
		"a module's version": {"other.org/x/deep": {"other.org/x@v1.2.4"}},
		"a module below it":  {"other.org/x/deep": {"other.org/x@v1.2.3", "other.org/y@v0.0.1"}},
	} {
		check(name, digestOf(t, module(), m))
	}
	s, err := New(module(), someModules(), Options{LeftOut: []string{"left"}, Untyped: []string{"v"}})
	if err != nil {
		t.Fatal(err)
	}
	two, err := s.Of([]string{"example.org/m/a", "example.org/m/apart"}, reflect.TypeFor[value]())
	if err != nil {
		t.Fatal(err)
	}
	check("a second reader", two)
	for name, typ := range map[string]reflect.Type{
		"another name": reflect.TypeFor[struct {
			X string `json:"a" from:"text"`
			B []int
			T time.Time
			N *value
		}](),
		"another tag": reflect.TypeFor[struct {
			A string `json:"b" from:"text"`
			B []int
			T time.Time
			N *value
		}](),
		"another source": reflect.TypeFor[struct {
			A string `json:"a" from:"page"`
			B []int
			T time.Time
			N *value
		}](),
		"another kind": reflect.TypeFor[struct {
			A string `json:"a" from:"text"`
			B []int8
			T time.Time
			N *value
		}](),
	} {
		got, err := s.Of(readers(), typ)
		if err != nil {
			t.Fatal(err)
		}
		check("a field of "+name, got)
	}
}

func TestPackages(t *testing.T) {
	s, err := New(module(), someModules(), Options{LeftOut: []string{"left"}})
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.Packages(readers())
	if want := []string{"example.org/m/a", "example.org/m/b", "example.org/m/v"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
}

// Descriptions of a field may be mended.
func TestShapeHasNoWords(t *testing.T) {
	s := &Sources{module: "github.com/aecheck/aecheck"}
	got := s.shape(reflect.TypeFor[value](), nil)
	want := `struct{"A" false string "json:\"a\" from:\"text\""; "B" false []int ""; "T" false time.Time ""; "N" false *again digest.value ""; }`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestBadSources(t *testing.T) {
	for name, change := range map[string]func(fstest.MapFS){
		"no module":        func(m fstest.MapFS) { delete(m, "go.mod") },
		"an empty module":  func(m fstest.MapFS) { edit(m, "go.mod", "module example.org/m", "") },
		"no such package":  func(m fstest.MapFS) { delete(m, "b/b.go"); delete(m, "b/b_windows.go"); delete(m, "b/b_amd64.s") },
		"does not parse":   func(m fstest.MapFS) { edit(m, "b/b.go", "func", "fun") },
		"nothing to embed": func(m fstest.MapFS) { delete(m, "b/table.txt") },
		"unknown module":   func(m fstest.MapFS) { edit(m, "b/b.go", "other.org/x/", "nowhere.org/") },
	} {
		files := module()
		change(files)
		s, err := New(files, someModules(), Options{})
		if err == nil {
			_, err = s.Of(readers())
		}
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// What the go command says is read with the modules below each package.
func TestReadList(t *testing.T) {
	got, err := readList(`{"ImportPath":"fmt","Standard":true}
{"ImportPath":"a.org/low","Imports":["fmt"],"Module":{"Path":"a.org","Version":"v1.0.0"}}
{"ImportPath":"b.org/high","Imports":["a.org/low"],"Module":{"Path":"b.org","Version":"v2.0.0","Replace":{"Path":"c.org","Version":"v3.0.0"}}}
{"ImportPath":"example.org/m","Imports":["b.org/high"],"Module":{"Path":"example.org/m","Main":true}}`)
	if err != nil {
		t.Fatal(err)
	}
	want := Modules{"a.org/low": {"a.org@v1.0.0"}, "b.org/high": {"a.org@v1.0.0", "c.org@v3.0.0"}}
	if !maps.EqualFunc(got, want, slices.Equal) {
		t.Errorf("got %v, want %v", got, want)
	}
	if _, err := readList(`{"ImportPath":"b.org/high","Module":{"Path":"b.org","Version":"v2.0.0","Replace":{"Path":"../b"}}}`); err == nil {
		t.Error("a folder in place of a module was taken")
	}
}

func edit(files fstest.MapFS, name, old, new string) {
	data := string(files[name].Data)
	if !strings.Contains(data, old) {
		panic(name + " has no " + old)
	}
	files[name].Data = []byte(strings.Replace(data, old, new, 1))
}
