package scan_test

import (
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/scan"
)

// Every check says what it judges and what its parameters are, in both
// languages: rules are written from that.
func TestChecksSayWhatTheyDo(t *testing.T) {
	name := regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	seen := map[string]bool{}
	for _, c := range scan.Checks() {
		if !name.MatchString(c.Name()) {
			t.Errorf("%q is not lower case with hyphens", c.Name())
		}
		if seen[c.Name()] {
			t.Errorf("%s: two checks of that name", c.Name())
		}
		seen[c.Name()] = true
		if !inBothLanguages(c.Doc()) {
			t.Errorf("%s: Doc is %+v", c.Name(), c.Doc())
		}
		params := reflect.TypeOf(c.NewParams())
		if params == nil {
			continue
		}
		if params.Kind() != reflect.Pointer || params.Elem().Kind() != reflect.Struct {
			t.Errorf("%s: parameters are %s, no pointer to a struct", c.Name(), params)
			continue
		}
		keys := map[string]bool{}
		for _, f := range reflect.VisibleFields(params.Elem()) {
			key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if key == "" || key == "-" || keys[key] {
				t.Errorf("%s: %s has no key of its own", c.Name(), f.Name)
			}
			keys[key] = true
			if !inBothLanguages(lang.Text{ZH: f.Tag.Get("zh"), EN: f.Tag.Get("en")}) {
				t.Errorf("%s: %s is not described in both languages: %q", c.Name(), key, f.Tag)
			}
		}
	}
	if len(seen) == 0 {
		t.Error("there are no checks")
	}
}

// inBothLanguages reports whether a text has words in Chinese, and words in
// English that are English.
func inBothLanguages(x lang.Text) bool {
	han := func(s string) bool {
		return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	}
	return x.EN != "" && han(x.ZH) && !han(x.EN)
}
