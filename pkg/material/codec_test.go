package material

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/lang"
)

// TestCasesTravel finds cases, by an absolute and a relative path, and reads them again
// as another machine would.
func TestCasesTravel(t *testing.T) {
	dir := RealFolder(t.TempDir())
	for name, text := range map[string]string{
		"a/case.yaml": "images: [{file: replacement/gone.jpg}]\n", "a/replacement/main/1.jpg": "x", "a/source/empty.jpg": "", "a/odd.bin": "x", "a/.DS_Store": "x",
		"b/case.yaml": "violation: {state: nonsense}\n", "b/source/1.jpg": "x", "b/notice/2.png": "x",
	} {
		full := filepath.Join(dir, "clients", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	elsewhere := filepath.Join(dir, "elsewhere")
	for _, root := range []string{filepath.Join(dir, "clients"), "clients"} {
		cases, _, err := Walk(context.Background(), []string{root}, Options{Vocabulary: testVocabulary(), Ignore: []string{".DS_Store"}})
		if len(cases) != 2 || len(config.All(err)) == 0 {
			t.Fatalf("%d cases, %v", len(cases), err)
		}
		for _, c := range cases {
			data, err := EncodeCase(c, dir)
			if err != nil {
				t.Fatal(err)
			}
			for base, want := range map[string]string{dir: c.Place("x"), elsewhere: c.Place("x")} {
				if root == "clients" && base == elsewhere {
					want = filepath.Join(elsewhere, "clients", c.Path, "x")
				}
				got, err := DecodeCase(data, base, c.File)
				if err != nil {
					t.Fatal(err)
				}
				if got.Place("x") != want {
					t.Errorf("it lies at %s, want %s", got.Place("x"), want)
				}
				got.real = c.real
				for _, a := range c.Assets {
					data, err := EncodeAsset(a)
					if err != nil {
						t.Fatal(err)
					}
					back, err := DecodeAsset(data)
					if err != nil {
						t.Fatal(err)
					}
					if _, err := Open(back); err == nil {
						t.Errorf("%s of another machine was opened", back.Path)
					}
					back.at = a.at
					got.Assets = append(got.Assets, back)
				}
				if config.All(got.Err).Error() != config.All(c.Err).Error() || (got.Err == nil) != (c.Err == nil) {
					t.Errorf("%v, want %v", got.Err, c.Err)
				}
				got.Err = c.Err
				if diff := cmp.Diff(c, got, cmp.Exporter(func(reflect.Type) bool { return true })); diff != "" {
					t.Errorf("%s comes back otherwise:\n%s", c.Path, diff)
				}
			}
		}
		if len(cases[0].File.Absent()) != 1 {
			t.Errorf("absent: %v", cases[0].File.Absent())
		}
	}
}

func TestDecodeCaseRefuses(t *testing.T) {
	unread, err := EncodeCase(&Case{Path: "a", Err: errors.New("a/case.yaml: permission denied")}, "/")
	if err != nil {
		t.Fatal(err)
	}
	if c, err := DecodeCase(unread, "/", nil); err != nil || c.Err == nil || c.Err.Error() != "a/case.yaml: permission denied" {
		t.Errorf("%+v, %v", c, err)
	}
	for data, want := range map[string]string{
		``: "EOF", `{"later":1}`: "later", `{} {}`: "behind", `{"errors":[null]}`: "none", `{"path":1}`: "path",
	} {
		if _, err := DecodeCase([]byte(data), "/", nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", data, err, want)
		}
	}
	e := &config.Error{File: "a/case.yaml", Line: 1, Col: 2, Msg: lang.T("错", "wrong {x}", "x", lang.T("一", "one"))}
	data, err := EncodeCase(&Case{Err: config.Errors{e}}, "/")
	if err != nil {
		t.Fatal(err)
	}
	if c, err := DecodeCase(data, "/", nil); err != nil || config.All(c.Err)[0].Detail(lang.ZH) != e.Detail(lang.ZH) {
		t.Errorf("%v", err)
	}
}
