package material

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// walked says what a walk found: case: its assets, those that are beside in
// brackets.
func walked(t *testing.T, paths []string, opt Options) map[string]string {
	t.Helper()
	cases, _, err := Walk(context.Background(), paths, opt)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, c := range cases {
		var names []string
		for _, a := range c.Assets {
			name := a.Path
			if a.Beside {
				name = "(" + name + ")"
			}
			names = append(names, name)
		}
		if c.Part {
			names = append(names, "part")
		}
		out[c.Path] = strings.Join(names, " ")
	}
	return out
}

func same(t *testing.T, what string, got, want map[string]string) {
	t.Helper()
	for p, w := range want {
		if got[p] != w {
			t.Errorf("%s: %s: %q, want %q", what, p, got[p], w)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%s: %d cases: %v", what, len(got), got)
	}
}

// repository is a repository of photos with a case in it; the test runs in it.
func repository(t *testing.T) string {
	t.Helper()
	dir := lay(t, map[string]string{
		".git/": "", "README.md": "r", "photos/a.jpg": "a", "photos/a.xmp": "x", "photos/main/b.jpg": "b", "more/notes.txt": "n",
		"cases/one/case.yaml": "schema_version: 1\n", "cases/one/replacement/1.jpg": "1", "cases/one/source/2.jpg": "2", "cases/one/notice/case.yaml": "x",
	})
	t.Chdir(dir)
	return dir
}

func TestSingleFiles(t *testing.T) {
	repository(t)
	outside := lay(t, map[string]string{"x/1.jpg": "1", "y/2.jpg": "2"})
	for _, c := range []struct {
		what  string
		paths string
		want  map[string]string
	}{
		{"one listing from the root", "photos/a.jpg photos/main/b.jpg", map[string]string{".": "photos/a.jpg photos/main/b.jpg"}},
		{"the same by one file", "photos/main/b.jpg", map[string]string{".": "photos/main/b.jpg"}},
		{"part of a case", "cases/one/replacement/1.jpg", map[string]string{"cases/one": "(notice/case.yaml) replacement/1.jpg (source/2.jpg) part"}},
		{"a case by its case.yaml", "cases/one/case.yaml cases/one/source/2.jpg", map[string]string{"cases/one": "notice/case.yaml replacement/1.jpg source/2.jpg"}},
		{"both", "photos/a.jpg cases/one/source/2.jpg", map[string]string{".": "photos/a.jpg", "cases/one": "(notice/case.yaml) (replacement/1.jpg) source/2.jpg part"}},
		{"named ones are judged whatever they are", "README.md", map[string]string{".": "README.md"}},
		{"elsewhere", filepath.Join(outside, "x/1.jpg") + " " + filepath.Join(outside, "y/2.jpg"),
			map[string]string{filepath.ToSlash(filepath.Join(outside, "x")): "1.jpg", filepath.ToSlash(filepath.Join(outside, "y")): "2.jpg"}},
	} {
		same(t, c.what, walked(t, strings.Fields(c.paths), testOptions()), c.want)
	}
	opt := testOptions()
	opt.Whole = true
	same(t, "the whole case", walked(t, []string{"cases/one/source/2.jpg"}, opt), map[string]string{"cases/one": "notice/case.yaml replacement/1.jpg source/2.jpg"})
	t.Chdir("photos")
	same(t, "both from elsewhere", walked(t, []string{"a.jpg", "../cases/one/source/2.jpg"}, testOptions()),
		map[string]string{".": "photos/a.jpg", "cases/one": "(notice/case.yaml) (replacement/1.jpg) source/2.jpg part"})
	t.Chdir("../cases/one/replacement")
	same(t, "from inside", walked(t, []string{"1.jpg"}, testOptions()), map[string]string{"cases/one": "(notice/case.yaml) replacement/1.jpg (source/2.jpg) part"})
}

func TestListedFiles(t *testing.T) {
	repository(t)
	opt := testOptions()
	opt.BesidePhotos = []string{"*.md", "*.txt"}
	opt.Files = strings.Fields("README.md .gitignore photos/a.jpg photos/a.xmp more/notes.txt photos/main/b.jpg")
	same(t, "what a walk leaves out", walked(t, nil, opt), map[string]string{".": "photos/a.jpg photos/main/b.jpg"})
}

func TestOnly(t *testing.T) {
	dir := repository(t)
	at := func(names ...string) (out []string) {
		for _, n := range names {
			out = append(out, filepath.Join(dir, filepath.FromSlash(n)))
		}
		return out
	}
	const all = "notice/case.yaml replacement/1.jpg source/2.jpg"
	untouched := "(notice/case.yaml) (replacement/1.jpg) (source/2.jpg) part"
	for _, c := range []struct {
		what string
		only Only
		want string
	}{
		{"nothing", Only{}, untouched},
		{"a file", Only{Files: at("cases/one/source/2.jpg")}, "(notice/case.yaml) (replacement/1.jpg) source/2.jpg part"},
		{"one elsewhere", Only{Files: at("photos/a.jpg"), Gone: at("photos/c.jpg")}, untouched},
		{"a folder", Only{Files: at("cases/one/source")}, "(notice/case.yaml) (replacement/1.jpg) source/2.jpg part"},
		{"case.yaml", Only{Files: at("cases/one/case.yaml")}, all},
		{"a file gone", Only{Gone: at("cases/one/gone/3.jpg")}, all},
		{"all", Only{Files: at("cases/one/source", "cases/one/replacement/1.jpg", "cases/one/notice/case.yaml")}, all},
	} {
		opt := testOptions()
		opt.Only = &c.only
		same(t, c.what, walked(t, []string{"cases"}, opt), map[string]string{"one": c.want})
	}
	// A case.yaml that is gone leaves a plain folder, all of whose files are now placed
	// otherwise.
	if err := os.Remove(filepath.Join(dir, "cases/one/case.yaml")); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "cases/one/notice")); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(dir, "cases/one/replacement"), filepath.Join(dir, "cases/one/other")); err != nil {
		t.Fatal(err)
	}
	opt := testOptions()
	opt.Only = &Only{Gone: at("cases/one/case.yaml")}
	same(t, "case.yaml gone", walked(t, []string{"cases"}, opt), map[string]string{".": "one/other/1.jpg one/source/2.jpg"})
}

// TestOnlyProblems asks that trouble with what is not asked about is not told.
func TestOnlyProblems(t *testing.T) {
	dir := lay(t, map[string]string{"a/case.yaml": "nonsense: [", "a/source/1.jpg": "1", "b/case.yaml": "schema_version: 1\n", "b/source/1.jpg": "1", "left.jpg": "l", "c/x.jpg": "x"})
	opt := testOptions()
	opt.Only = &Only{Files: []string{filepath.Join(dir, "b", "source", "1.jpg")}}
	cases, problems, err := Walk(context.Background(), []string{dir}, opt)
	if err != nil || len(problems) > 0 {
		t.Errorf("told: %v %v", err, problems)
	}
	if len(cases) != 2 || !cases[0].Untouched() || cases[1].Untouched() {
		t.Errorf("%d cases", len(cases))
	}
	opt.Only = &Only{Files: []string{filepath.Join(dir, "c", "x.jpg"), filepath.Join(dir, "a", "case.yaml")}}
	if _, problems, err = Walk(context.Background(), []string{dir}, opt); err == nil || len(problems) != 1 || problems[0].Path != "c" {
		t.Errorf("%v %v", err, problems)
	}
}
