package scan

import (
	"bytes"
	"flag"
	"fmt"
	goformat "go/format"
	"io/fs"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/compare"
	"github.com/aecheck/aecheck/pkg/compare/lumacopy"
	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
	"github.com/aecheck/aecheck/pkg/testkit/digest"
)

// sourceOptions say which packages do not count where a digest is made of all that
// an extractor's package imports. Whatever else is imported counts.
func sourceOptions() digest.Options {
	return digest.Options{
		LeftOut: []string{
			// What case.yaml says. No extractor sees it: facts.Case, for rules, has it.
			"pkg/casefile",
			// Which file is what. pkg/compare takes from it whether there is anything
			// to compare, not what comes out.
			"pkg/material",
			// How long something may take. What takes longer is not kept.
			"pkg/cputime",
		},
		Untyped: []string{
			// Every extractor imports it, and a new fact is to empty the cache of
			// those alone that find it: the groups they provide count as types.
			"pkg/facts",
		},
	}
}

// cachedResult is something that the cache keeps, and how it comes about.
type cachedResult struct {
	name  string
	paths []string       // of the packages it is made in
	types []reflect.Type // it is cachedResult as
	given []string       // packages of what its extractor was given
}

// allKept lists what the cache keeps: of every extractor, and of pairs.
func allKept(t *testing.T) []cachedResult {
	t.Helper()
	var list []extract.Extractor
	for _, noOCR := range []bool{false, true} { // one has another name
		all, err := extractors(RunnerOptions{NoOCR: noOCR}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range all {
			if !slices.ContainsFunc(list, func(x extract.Extractor) bool { return x.Name() == e.Name() }) {
				list = append(list, e)
			}
		}
	}
	var out []cachedResult
	pair := cachedResult{name: compare.PairRecord, paths: []string{packageOf(compare.Options{})}, types: []reflect.Type{reflect.TypeFor[facts.Pair]()}}
	for _, e := range list {
		k := cachedResult{name: e.Name(), paths: []string{packageOf(e)}, given: given(e)}
		if e.Detail() > 0 {
			// What the file says of its orientation decides which way up the
			// runner hands the picture over.
			k.paths = append(k.paths, providersOf(list, "image.orientation")...)
		}
		for _, p := range e.Provides() {
			k.types = append(k.types, reflect.TypeOf(new(facts.Set).Pointer(p)).Elem())
		}
		out = append(out, k)
		if e.Name() == (lumacopy.Extractor{}).Name() {
			pair.paths = append(pair.paths, k.paths...) // pairs are of its copies
		}
	}
	// What a content is decides which extractors are asked.
	kind := cachedResult{name: extract.FormatRecord, paths: []string{packageOf(format.Format{})}}
	return append(out, kind, pair)
}

// providersOf lists the packages of the extractors that find a fact.
func providersOf(list []extract.Extractor, fact string) []string {
	var out []string
	for _, e := range list {
		if slices.ContainsFunc(e.Provides(), func(p string) bool { return facts.Covers(p, fact) }) {
			out = append(out, packageOf(e))
		}
	}
	return out
}

func packageOf(v any) string {
	t := reflect.TypeOf(v)
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.PkgPath()
}

// given lists the packages of what fields of an extractor hold behind interfaces,
// which its own package need not import.
func given(e extract.Extractor) []string {
	var out []string
	v := reflect.Indirect(reflect.ValueOf(e))
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Interface && !f.IsNil() {
			t := f.Elem().Type()
			if t.Kind() == reflect.Pointer {
				t = t.Elem()
			}
			out = append(out, t.PkgPath())
		}
	}
	return out
}

// TestDigests asks that digests.go tells of every extractor, and of pairs of
// pictures, what it is made from; with -update it writes it.
func TestDigests(t *testing.T) {
	others, err := digest.ListModules("../..")
	if err != nil {
		t.Fatal(err)
	}
	sources, err := digest.New(os.DirFS("../.."), others, sourceOptions())
	if err != nil {
		t.Fatal(err)
	}
	want := extract.Digests{}
	for _, k := range allKept(t) {
		if want[k.name], err = sources.Of(k.paths, k.types...); err != nil {
			t.Fatalf("%s: %v", k.name, err)
		}
		counted, err := sources.Packages(k.paths)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range k.given {
			if !slices.Contains(counted, path) {
				t.Errorf("%s is given something of %s, which its package does not import: a change there would leave its digest as it is", k.name, path)
			}
		}
	}
	if flag.Lookup("update").Value.String() == "true" { // of this package's other tests
		writeDigests(t, want)
		return
	}
	got := digests()
	var stale []string
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if got[name] != want[name] {
			stale = append(stale, name)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			stale = append(stale, name)
		}
	}
	if len(stale) > 0 {
		t.Errorf(`the sources, models or modules that these facts are made by have changed: %s
Caches filled before must not answer for them. Write their new keys with

	go test ./pkg/scan -run TestDigests -update`, strings.Join(stale, ", "))
	}
}

func writeDigests(t *testing.T, list extract.Digests) {
	t.Helper()
	var b bytes.Buffer
	b.WriteString(`// Code generated by go test ./pkg/scan -run TestDigests -update; DO NOT EDIT.
// Where a merge meets a conflict here, take either side and run that.

package scan

import "github.com/aecheck/aecheck/pkg/extract"

// digests are keys of the cache: for every extractor, and for pairs of pictures, a
// digest of the sources, models and modules that its facts are made by.
func digests() extract.Digests {
	return extract.Digests{
`)
	for _, name := range slices.Sorted(maps.Keys(list)) {
		fmt.Fprintf(&b, "%q: %q,\n", name, list[name])
	}
	b.WriteString("}\n}\n")
	out, err := goformat.Source(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("digests.go", out, 0o666); err != nil {
		t.Fatal(err)
	}
}

// The names stand in file names and, between blanks, in entries.
func TestNamesForTheCache(t *testing.T) {
	name := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	seen := map[string]bool{}
	for _, k := range allKept(t) {
		if !name.MatchString(k.name) || seen[k.name] {
			t.Errorf("%q: not lower case, or twice", k.name)
		}
		seen[k.name] = true
	}
}

// TestDigestsFollowSources asks of the tree as it is that a change is told by the
// digests of all that it may change, and of nothing else.
func TestDigestsFollowSources(t *testing.T) {
	others, err := digest.ListModules("../..")
	if err != nil {
		t.Fatal(err)
	}
	list := allKept(t)
	digestsOf := func(files fs.FS) extract.Digests {
		sources, err := digest.New(files, others, sourceOptions())
		if err != nil {
			t.Fatal(err)
		}
		out := extract.Digests{}
		for _, k := range list {
			if out[k.name], err = sources.Of(k.paths, k.types...); err != nil {
				t.Fatalf("%s: %v", k.name, err)
			}
		}
		return out
	}
	tree := os.DirFS("../..")
	before := digestsOf(tree)
	for _, tt := range []struct {
		additions map[string]string
		changed   string // by name, in order; "all" for every one but formats
	}{
		{map[string]string{"pkg/format/format.go": "\nconst any = 1\n"}, "all formats"},
		{map[string]string{"pkg/contacts/patterns.yaml": "# any\n"}, "codes text"},
		{map[string]string{"pkg/ocr/models/ch_PP-OCRv4_det_infer.onnx": "\x00"}, "document document-notext text"},
		{map[string]string{"pkg/onnx/kernels_arm64.s": "\tRET\n"}, "document document-notext shown text"},
		{map[string]string{"pkg/extract/file/origin/data/editors.txt": "any\n"}, "origin"},
		{map[string]string{"pkg/imagehash/dhash.go": "\nconst any = 1\n"}, "background decode frame hash pair preview quality"},
		{map[string]string{"pkg/compare/lumacopy/lumacopy.go": "\nconst any = 1\n"}, "match pair"},
		{map[string]string{"pkg/extract/file/imageinfo/imageinfo.go": "\nconst any = 1\n"}, // finds the orientation
			"background codes decode document document-notext faces frame hash header integrity match pair preview quality shown text"},
		{map[string]string{"pkg/sysmem/os_windows.go": "\nconst any = 1\n"}, "all"},
		{map[string]string{"pkg/facts/set.go": "\nconst any = 1\n"}, "all"},
		{map[string]string{
			"rules.yaml":                 "# any\n",
			"pkg/verdict/verdict.go":     "\nconst any = 1\n",
			"pkg/material/walk.go":       "\nconst any = 1\n",
			"pkg/casefile/casefile.go":   "\nconst any = 1\n",
			"pkg/extract/runner.go":      "\n// any\n",
			"pkg/extract/runner_test.go": "\nconst any = 1\n",
			"pkg/facts/set.go":           "\ntype any struct{}\n",
		}, ""},
	} {
		for name := range tt.additions {
			if _, err := fs.Stat(tree, name); err != nil {
				t.Errorf("this test names a file that has moved: %v", err)
			}
		}
		var changed []string
		for name, d := range digestsOf(withAdditions{tree, tt.additions}) {
			if d != before[name] {
				changed = append(changed, name)
			}
		}
		slices.Sort(changed)
		want := strings.Fields(tt.changed)
		if tt.changed == "all formats" {
			want = slices.Sorted(maps.Keys(before))
		}
		if tt.changed == "all" {
			want = slices.DeleteFunc(slices.Sorted(maps.Keys(before)), func(name string) bool { return name == extract.FormatRecord })
		}
		if !slices.Equal(changed, want) {
			t.Errorf("%q: changed %v, want %v", tt.additions, changed, want)
		}
	}
}

// withAdditions is a tree where some files go on.
type withAdditions struct {
	fs.FS
	additions map[string]string
}

func (w withAdditions) ReadFile(name string) ([]byte, error) {
	content, err := fs.ReadFile(w.FS, name)
	return append(content, w.additions[name]...), err
}
