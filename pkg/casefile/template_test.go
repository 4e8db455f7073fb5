package casefile_test

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/aecheck/aecheck"
	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/scan"
)

// off is a key that is switched off by a sign before it.
var off = regexp.MustCompile(`^#( *(- )?[a-z_0-9]+:( |$).*)`)

// allOn is a template with all keys switched on.
func allOn(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		m := off.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		lines[i] = m[1]
		if strings.HasPrefix(strings.TrimSpace(m[1]), "- ") {
			lines[i-1] = strings.Replace(lines[i-1], ": [] ", ": ", 1)
		}
	}
	return strings.Join(lines, "\n")
}

// Every key of the schema is in the templates, with what it is and what it takes.
func TestTemplatesNameEveryKey(t *testing.T) {
	set, err := rules.Load(scan.Checks(), rules.Layer{Name: "rules.yaml", Data: aecheck.RulesYAML})
	if err != nil {
		t.Fatal(err)
	}
	var tracks []string
	for name := range set.Tracks() {
		tracks = append(tracks, name)
	}
	oneOf := map[string][]string{"kinds": set.KindNames(), "slots": set.SlotNames(), "tracks": tracks}
	for _, l := range []string{"zh", "en"} {
		data, err := casefile.Template(l)
		if err != nil {
			t.Fatal(err)
		}
		text := allOn(string(data))
		if _, err := config.Decode("case.yaml", []byte(text), &casefile.File{}); err != nil {
			t.Errorf("%s: with all keys on: %v", l, err)
			continue
		}
		var root yaml.Node
		if err := yaml.Unmarshal([]byte(text), &root); err != nil {
			t.Fatal(err)
		}
		w := walk{T: t, lang: l, lines: strings.Split(text, "\n"), oneOf: oneOf}
		w.keys(reflect.TypeFor[casefile.File](), root.Content[0], "")
	}
}

type walk struct {
	*testing.T
	lang  string
	lines []string
	oneOf map[string][]string
}

// keys compares the fields of a struct with a mapping.
func (w *walk) keys(typ reflect.Type, node *yaml.Node, path string) {
	if node.Kind != yaml.MappingNode {
		return // a value written short
	}
	for i := range typ.NumField() {
		f := typ.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" {
			continue
		}
		var value *yaml.Node
		line := 0
		for j := 0; j < len(node.Content); j += 2 {
			if node.Content[j].Value == name {
				value, line = node.Content[j+1], node.Content[j].Line
			}
		}
		if value == nil {
			if node.Style&yaml.FlowStyle == 0 {
				w.Errorf("%s: %s%s is not there", w.lang, path, name)
			}
			continue
		}
		_, comment, _ := strings.Cut(w.lines[line-1], "# ")
		if strings.TrimSpace(comment) == "" {
			w.Errorf("%s: %s%s is not explained", w.lang, path, name)
		}
		words := w.oneOf[f.Tag.Get("oneof")]
		if enum := f.Tag.Get("enum"); enum != "" {
			words = strings.Split(enum, ",")
		}
		for _, word := range words {
			if !slices.Contains(strings.FieldsFunc(comment, func(r rune) bool { return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz_0123456789", r) }), word) {
				w.Errorf("%s: %s%s does not say that it takes %s", w.lang, path, name, word)
			}
		}
		inner := f.Type
		if inner.Kind() == reflect.Slice {
			inner = inner.Elem()
			if value.Kind == yaml.SequenceNode && len(value.Content) > 0 {
				value = value.Content[0]
			}
		}
		if inner.Kind() == reflect.Struct && inner != reflect.TypeFor[time.Time]() {
			w.keys(inner, value, path+name+".")
		}
	}
}
