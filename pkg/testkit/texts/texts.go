// Package texts gathers every text the program can say in English, for tests of
// catalogues and for those who write one: those of the interface, of rules.yaml,
// of the platform's phrases, of the guides, and those that stand in the code.
//
// It may import pkg/config, pkg/i18n and pkg/lang.
package texts

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/aecheck/aecheck"
	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/i18n"
	"github.com/aecheck/aecheck/pkg/lang"
)

// All returns the English texts, each once, sorted. root is the folder of the
// module. A text of the code that is no literal fails the test: no catalogue
// could name it.
func All(t testing.TB, root string) []string {
	t.Helper()
	var out []string
	ofStruct(reflect.ValueOf(i18n.For(lang.EN)), &out)
	doc, err := config.Parse("rules.yaml", aecheck.RulesYAML)
	if err != nil {
		t.Fatal(err)
	}
	ofFile(doc.Root(), &out)
	for _, name := range []string{"pkg/outcome/phrases.yaml", "pkg/guide/guides.yaml"} {
		data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		if doc, err = config.Parse(filepath.Base(name), data); err != nil {
			t.Fatal(err)
		}
		ofFile(doc.Root(), &out)
	}
	err = filepath.WalkDir(filepath.Join(root, "pkg"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") ||
			strings.Contains(filepath.ToSlash(path), "/testkit/") {
			return err
		}
		return ofSource(t, path, &out)
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func ofStruct(v reflect.Value, out *[]string) {
	for i := range v.NumField() {
		switch f := v.Field(i); f.Kind() {
		case reflect.Struct:
			ofStruct(f, out)
		case reflect.String:
			*out = append(*out, f.String())
		}
	}
}

// ofFile finds the {zh, en} pairs of a file.
func ofFile(raw config.Raw, out *[]string) {
	pair := true
	for _, e := range raw.Entries() {
		pair = pair && (e.Key == "zh" || e.Key == "en")
		ofFile(e.Value, out)
	}
	for _, item := range raw.Items() {
		ofFile(item, out)
	}
	if !pair {
		return
	}
	if en := raw.Get("en"); !en.IsZero() {
		var text string
		if en.Decode(&text) == nil && text != "" {
			*out = append(*out, text)
		}
	}
}

// ofSource finds lang.T("…", "…"), lang.Text{EN: "…"} and the tags zh and en.
func ofSource(t testing.TB, path string, out *[]string) error {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, path, nil, 0)
	if err != nil {
		return err
	}
	take := func(e ast.Expr) {
		text, ok := literal(e)
		switch {
		case ok:
			*out = append(*out, text)
		case !strings.HasSuffix(filepath.ToSlash(path), "pkg/config/decode.go"): // where files' own texts are read
			t.Errorf("%s: the English text is no literal", fset.Position(e.Pos()))
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.Field:
			if en := described(x); en != "" {
				*out = append(*out, en)
			}
		case *ast.CallExpr:
			if isLang(x.Fun, "T") && len(x.Args) >= 2 {
				take(x.Args[1])
			}
		case *ast.CompositeLit:
			if !isLang(x.Type, "Text") {
				return true
			}
			for _, e := range x.Elts {
				if kv, ok := e.(*ast.KeyValueExpr); ok && fmt.Sprint(kv.Key) == "EN" {
					if _, ok := literal(kv.Value); ok { // else what For says of the interface
						take(kv.Value)
					}
				}
			}
		}
		return true
	})
	return nil
}

// described is the English of a field's zh and en tags.
func described(f *ast.Field) string {
	if f.Tag == nil {
		return ""
	}
	tag, err := strconv.Unquote(f.Tag.Value)
	if err != nil || reflect.StructTag(tag).Get("zh") == "" {
		return ""
	}
	return reflect.StructTag(tag).Get("en")
}

func isLang(e ast.Expr, name string) bool {
	sel, ok := e.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != name {
		return false
	}
	pkg, ok := sel.X.(*ast.Ident)
	return ok && pkg.Name == "lang"
}

// literal joins a text written in one piece or with +.
func literal(e ast.Expr) (string, bool) {
	switch x := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(x.Value)
		return text, err == nil
	case *ast.BinaryExpr:
		a, okA := literal(x.X)
		b, okB := literal(x.Y)
		return a + b, okA && okB
	}
	return "", false
}
