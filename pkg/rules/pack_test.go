package rules

import (
	"strings"
	"testing"
	"time"
)

// A pack's header, ids, file names and words are checked when it is loaded; what is
// wrong is told in one order.
func TestPackMistakes(t *testing.T) {
	for name, c := range map[string]struct{ pack, want string }{
		"nothing in it":  {"pack: {}", "name is missing\ntitle is missing\nprefix is missing"},
		"another's name": {"pack: {name: one, title: {zh: 一, en: one}, prefix: TWO}", "another pack has this name"},
		"its prefix":     {"pack: {name: two, title: {zh: 二, en: two}, prefix: ONE}", "another pack has this name or prefix"},
		"a wrong id":     {"pack: {name: two, title: {zh: 二, en: two}, prefix: TWO}\nrules:\n  - {id: ONX101, slug: a-b, for: any, severity: info, require: image.width > 0, title: {zh: 一, en: a}, message: {zh: 一, en: a}, remedy: {zh: 一, en: a}}", "ids of this pack begin with TWO"},
		"a pattern":      {"pack: {name: two, title: {zh: 二, en: two}, prefix: TWO}\nslots:\n  - {id: main, names: ['(']}", "not a regular expression"},
	} {
		one := "schema_version: 1\npack: {name: one, title: {zh: 一, en: one}, prefix: ONE}\n"
		_, err := Load(nil, Layer{Name: "rules.yaml", Data: []byte(one)}, Layer{Name: "pack.yaml", Data: []byte("schema_version: 1\n" + c.pack + "\n")})
		if err == nil {
			t.Errorf("%s: no error", name)
			continue
		}
		at := 0
		for _, want := range strings.Split(c.want, "\n") {
			i := strings.Index(err.Error()[at:], want)
			if i < 0 {
				t.Errorf("%s: %v", name, err)
				break
			}
			at += i
		}
	}
}

// Where the built-in pack is not chosen its rules are known and judge nothing, but those
// that are general; kinds and slots are those that packs name.
func TestAside(t *testing.T) {
	base := `schema_version: 1
pack: {name: one, title: {zh: 一, en: one}, prefix: ONE, default_slot: main}
kinds:
  - {id: source, aliases: [原图]}
  - {id: replacement, aliases: [替换图]}
slots:
  - {id: main, aliases: [主图, cover]}
  - {id: sku, aliases: [swatch]}
rules:
  - {id: ONE101, slug: own, for: replacement, severity: info, require: image.width > 0, title: {zh: 一, en: a}, message: {zh: 一, en: a}, remedy: {zh: 一, en: a}}
  - {id: ONE102, slug: every, general: true, for: any, severity: info, require: image.height > 0, title: {zh: 一, en: a}, message: {zh: 一, en: a}, remedy: {zh: 一, en: a}}
`
	pack := `schema_version: 1
pack: {name: two, title: {zh: 二, en: two}, prefix: TWO}
params: {two: {side: 5, sides: 6}}
kinds: [{id: replacement, title: {zh: 图, en: picture}}]
slots:
  - {id: main, aliases: [hero, swatch], names: ['^M']}
  - {id: chip, aliases: [colour chip]}
rules:
  - {id: TWO101, slug: other, for: replacement/chip, severity: info, require: image.width > params.two.side, title: {zh: 一, en: a}, message: {zh: 一, en: a}, remedy: {zh: 一, en: a}}
`
	load := func(aside bool) *Set {
		t.Helper()
		s, err := Load(nil, Layer{Name: "rules.yaml", Data: []byte(base), Aside: aside}, Layer{Name: "two", Data: []byte(pack)})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	ids := func(list []*Rule) string {
		var out []string
		for _, r := range list {
			out = append(out, r.ID)
		}
		return strings.Join(out, " ")
	}
	both, alone := load(false), load(true)
	if got := ids(both.ForAsset("replacement", "chip")); got != "ONE101 ONE102 TWO101" {
		t.Error(got)
	}
	if got := ids(alone.ForAsset("replacement", "chip")); got != "ONE102 TWO101" || alone.Rule("ONE101") == nil {
		t.Error(got)
	}
	if got := strings.Join(both.SlotNames(), " ") + "; " + strings.Join(both.KindNames(), " ") + "; " + both.DefaultSlot(); got != "main sku chip; source replacement; main" {
		t.Error(got)
	}
	if got := strings.Join(alone.SlotNames(), " ") + "; " + strings.Join(alone.KindNames(), " ") + "; " + alone.DefaultSlot(); got != "main chip; replacement; " {
		t.Error(got)
	}
	// Words add up; one that another slot in force has stays that one's.
	if got := strings.Join(both.Slots()[0].Aliases, " "); got != "主图 cover hero" {
		t.Error(got)
	}
	if got := strings.Join(alone.Slots()[0].Aliases, " "); got != "主图 cover hero swatch" {
		t.Error(got)
	}
	if len(alone.FileNames(alone.Slots()[0])) != 1 || both.Digest() == alone.Digest() || !alone.PhotosAlone() || both.PhotosAlone() {
		t.Error("file names, digest, photos")
	}
	if got := alone.Stale(time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)); len(got) != 0 {
		t.Error("a pack without a day is old", got)
	}
}
