package scan_test

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// TestReportsTravel scans both samples once a language and writes the report in
// every way: from JSON it comes out as it does directly, and redacted nothing of
// the seller is left in it.
func TestReportsTravel(t *testing.T) {
	s := session(t, builtin(t), sampleCache())
	secrets := secretsOf(t, "../../testdata/honest", "../../testdata/listing")
	for _, l := range []lang.Lang{lang.ZH, lang.EN} {
		o := options(t, l, "../../testdata/honest", "../../testdata/listing")
		o.Previews = true
		result, err := s.Run(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		var data bytes.Buffer
		json, err := report.ByName("json")
		if err != nil {
			t.Fatal(err)
		}
		if err := report.Write(&data, json, result.Report, report.Options{Lang: l}); err != nil {
			t.Fatal(err)
		}
		document, err := report.Read(&data)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range report.Formats() {
			for _, o := range []report.Options{{}, {Verbose: true, Statistics: true, Location: time.UTC}, {Redact: true}, {Redact: true, Verbose: true}} {
				o.Lang = l
				direct, travelled := inFormat(t, f, result.Report, o), inFormat(t, f, document.Report(), o)
				if direct != travelled {
					t.Errorf("%s in %s with %+v: differs after its way through JSON", f.Name(), l, o)
				}
				var kept strings.Builder
				if err := document.Write(&kept, f, o); err != nil || kept.String() != direct {
					t.Errorf("%s in %s with %+v: the document gives something else, %v", f.Name(), l, o, err)
				}
				if o.Redact {
					hides(t, f.Name()+" in "+l.Tag(), direct, secrets)
				}
			}
		}
	}
}

func inFormat(t *testing.T, f report.Format, r *verdict.Report, o report.Options) string {
	t.Helper()
	var b strings.Builder
	if err := report.Write(&b, f, r, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func hides(t *testing.T, what, out string, secrets []string) {
	t.Helper()
	for _, s := range secrets {
		if i := strings.Index(out, s); i >= 0 {
			t.Errorf("%s shows %q: …%s…", what, s, out[max(0, i-80):min(len(out), i+80)])
		}
	}
}

// secretsOf is what the case files of the samples say in words of the seller,
// and the names of their files; not what the rules say too.
func secretsOf(t *testing.T, dirs ...string) []string {
	t.Helper()
	rules, err := os.ReadFile("../../rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	add := func(s string) {
		if len([]rune(s)) >= 5 && !strings.Contains(string(rules), s) {
			out = append(out, s)
		}
	}
	for _, dir := range dirs {
		c := &casefile.File{}
		data, err := os.ReadFile(path.Join(dir, "case.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := config.Decode("case.yaml", data, c); err != nil {
			t.Fatal(err)
		}
		textsIn(reflect.ValueOf(c).Elem(), "", add)
		err = fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
			if !d.IsDir() && p != "case.yaml" {
				add(p)
				add(path.Base(p))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, must := range []string{"王五", "LOA-1"} {
		if !strings.Contains(string(rules), must) {
			out = append(out, must)
		}
	}
	if len(out) < 40 || !slices.Contains(out, "ACME Lederwaren GmbH") || !slices.Contains(out, "WG20261117000123") || !slices.Contains(out, "原图/IMG_3101.JPG") {
		t.Fatalf("too few secrets: %q", out)
	}
	return out
}

// textsIn visits the texts of a case file that are not one of a list of words.
func textsIn(v reflect.Value, tag reflect.StructTag, visit func(string)) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				textsIn(v.Field(i), f.Tag, visit)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			textsIn(v.Index(i), tag, visit)
		}
	case reflect.String:
		if verdict.PrivacyOf(tag) != verdict.Public {
			visit(v.String())
		}
	}
}
