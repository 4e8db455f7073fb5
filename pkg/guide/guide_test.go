package guide

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"testing"

	"github.com/aecheck/aecheck/pkg/lang"
)

// Every guide has both languages, a drawing of its own that is XML, and no id or word
// twice.
func TestGuides(t *testing.T) {
	all, err := All()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 6 {
		t.Fatalf("%d guides", len(all))
	}
	seen, drawn := map[string]string{}, map[string]string{}
	both := func(id string, texts ...lang.Text) {
		for _, x := range texts {
			if x.ZH == "" || x.EN == "" {
				t.Errorf("%s: %+v", id, x)
			}
		}
	}
	for _, g := range all {
		for _, word := range append([]string{g.ID}, g.Words...) {
			if other, is := seen[word]; is {
				t.Errorf("%s names %s and %s", word, other, g.ID)
			}
			seen[word] = g.ID
		}
		both(g.ID, g.Title)
		both(g.ID, g.Text...)
		if len(g.Text) == 0 || len(g.Parts) == 0 || len(g.Rules) == 0 || len(g.Sources) == 0 {
			t.Errorf("%s lacks a part", g.ID)
		}
		for _, p := range g.Parts {
			both(g.ID, p.Title)
			both(g.ID, p.Steps...)
		}
		for _, l := range []lang.Lang{lang.ZH, lang.EN} {
			svg, ok := Picture(g.ID, l)
			if !ok {
				t.Fatalf("%s has no drawing", g.ID)
			}
			if again, _ := Picture(g.ID, l); !bytes.Equal(svg, again) {
				t.Errorf("%s: drawn differently", g.ID)
			}
			if other, is := drawn[string(svg)]; is {
				t.Errorf("%s is drawn as %s", g.ID, other)
			}
			drawn[string(svg)] = g.ID + " " + l.Tag()
			for d := xml.NewDecoder(bytes.NewReader(svg)); ; {
				if _, err := d.Token(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Fatalf("%s: %v", g.ID, err)
				}
			}
		}
	}
	if _, ok := Picture("nothing", lang.EN); ok {
		t.Error("a drawing of nothing")
	}
}
