package words

import (
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/facts"
)

func TestWords(t *testing.T) {
	w, err := read(wordsYAML)
	if err != nil {
		t.Fatal(err)
	}
	check := func(name string, x word, form func(string) string) {
		t.Helper()
		if len(x.Yes) == 0 || len(x.No) == 0 {
			t.Errorf("%s: examples that match and that do not are needed", name)
		}
		for _, s := range x.Yes {
			if !x.re.MatchString(form(s)) {
				t.Errorf("%s: %q is not found", name, s)
			}
		}
		for _, s := range x.No {
			if x.re.MatchString(form(s)) {
				t.Errorf("%s: %q is found", name, s)
			}
		}
	}
	for _, p := range w.Promotions {
		if p.Confidence <= 0 || p.Confidence > 1 {
			t.Errorf("%s: confidence %v", p.Value, p.Confidence)
		}
		check(p.Value, p, Plain)
	}
	for _, l := range w.Labels {
		check("label "+l.Form, l, Key)
	}
	for _, l := range w.LabelParts {
		check("part of a label "+l.Form, l, Key)
	}
	check("Chinese marks", w.ChineseMarks, Plain)
	check("forbidding", w.Forbidding, Plain)
	check("copyright", w.Copyright, Plain)
	check("circled year", w.CircledYear, func(s string) string { return s })
	check("stock", w.Stock, Key)
	check("stock number", w.StockNumber, Plain)
	check("platforms", w.Platforms, Plain)
	check("platforms' words", w.PlatformWords, Plain)
	check("camera settings", w.CameraSettings, Plain)
	check("camera makers", w.CameraMakers, Plain)
	check("messengers", w.Messengers, Plain)
	check("pieces", w.Pieces, Plain)
}

func TestCaptions(t *testing.T) {
	l, err := readCaptions(captionsYAML)
	if err != nil {
		t.Fatal(err)
	}
	c := newCaptions(l)
	for _, tt := range []struct {
		list []string
		is   func(string) bool
		want bool
	}{{l.Yes, c.caption, true}, {l.No, c.caption, false}, {l.Sentences, c.sentence, true}, {l.Names, c.sentence, false}} {
		if len(tt.list) == 0 {
			t.Error("a list of examples is empty")
		}
		for _, s := range tt.list {
			if tt.is(s) != tt.want {
				t.Errorf("%q: %v, want %v", s, !tt.want, tt.want)
			}
		}
	}
}

func TestTexture(t *testing.T) {
	for s, want := range map[string]bool{
		"eeeee": true, "EEEE": true, "eeoeee": true, "lolololo": true, "e e e e": true,
		"www": false, "banana": false, "Mississippi": false, "mama": false, "8888888": false, "KINOVA": false, "": false,
	} {
		if got := Texture(s); got != want {
			t.Errorf("%q: %v, want %v", s, got, want)
		}
	}
}

func TestReadErrors(t *testing.T) {
	for _, s := range []string{"promotions: [{value: x, match: '('}]", "nothing: here", "promotions: 3", ""} {
		if _, err := read([]byte(s)); err == nil {
			t.Errorf("%q: no error", s)
		}
	}
}

func TestOwnWatermark(t *testing.T) {
	tests := []struct {
		form, id string
		doubtful bool
		store    string
		want     string
	}{
		{"ae_id", "1234567", false, "1234567", "yes"},
		{"ae_id", "1234567", false, "AE-1234567", "yes"},
		{"ae_id", "0012345", false, "0012345", "yes"},
		{"ae_id", "12345", false, "0012345", "no"},
		{"ae_id", "1234568", false, "1234567", "no"},
		{"ae_id", "1234567", true, "1234567", "unclear"},
		{"ae_id", "12O4567", true, "1204567", "unclear"},
		{"ae_id", "12O45678", true, "1204567", "no"},
		{"ae_id", "1234567", false, "", "unclear"},
		{"copyright", "", false, "1234567", "no"},
	}
	for _, tt := range tests {
		w := facts.Watermark{Form: tt.form, StoreID: tt.id, Doubtful: tt.doubtful}
		if got := OwnWatermark(w, tt.store); got != tt.want {
			t.Errorf("%+v of store %q: %s, want %s", w, tt.store, got, tt.want)
		}
	}
}

func TestMatchBrands(t *testing.T) {
	lines := []facts.TextLine{{Text: "NIKE AIR", Overlay: 0.9}, {Text: "Nikefan"}, {Text: "LUCKYTRADESTORE"}, {Text: "小米手机"}, {Text: "Ni ke"}, {Text: "HP"}, {Text: "HP 15"}, {Text: "ADlDAS"}}
	for brand, want := range map[string]string{
		"Nike": "NIKE AIR|Ni ke", "Lucky Trade": "LUCKYTRADESTORE", "小米": "小米手机", "hp": "HP", "adidas": "ADlDAS", "": "", "Sony": "",
	} {
		var got []string
		for _, h := range MatchBrands(lines, []string{brand}) {
			got = append(got, h.Text)
			if h.Value != brand {
				t.Errorf("value %q", h.Value)
			}
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%s: %q, want %q", brand, s, want)
		}
	}
}
