package cases

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func drawer(t *testing.T) *Drawer {
	t.Helper()
	d, err := NewDrawer(os.DirFS(filepath.Join("..", "..", "..", "testdata", "honest")))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	return d
}

// TestDrawnAlike wants the same case from the same seed, whatever was drawn
// before, and another from another.
func TestDrawnAlike(t *testing.T) {
	first, second := drawer(t), drawer(t)
	if _, err := second.Draw(7, "expired letter"); err != nil {
		t.Fatal(err)
	}
	same := func(a, b *Case) bool {
		return a.Now.Equal(b.Now) && slices.EqualFunc(a.Files, b.Files, func(x, y File) bool { return x.Path == y.Path && bytes.Equal(x.Data, y.Data) })
	}
	var drawn []*Case
	for _, seed := range []uint64{3, 4} {
		a, err := first.Draw(seed, Clean)
		if err != nil {
			t.Fatal(err)
		}
		b, err := second.Draw(seed, Clean)
		if err != nil {
			t.Fatal(err)
		}
		if !same(a, b) {
			t.Errorf("seed %d is drawn in two ways", seed)
		}
		drawn = append(drawn, a)
	}
	if same(drawn[0], drawn[1]) {
		t.Error("two seeds give the same case")
	}
}

// TestEveryClassIsPlanted sets the papers of some cases of every class: with
// letters that the fonts have.
func TestEveryClassIsPlanted(t *testing.T) {
	d := drawer(t)
	seen := map[string]bool{}
	for _, c := range Classes() {
		if seen[c.Name] {
			t.Errorf("%s is there twice", c.Name)
		}
		seen[c.Name] = true
		if c.Name != Clean && (len(c.Rules) == 0 || c.Item == "" || c.Mission == "") {
			t.Errorf("%s does not say where it must be caught", c.Name)
		}
		for seed := range uint64(2) {
			p := planned(&c, seed)
			pages, err := p.commitment.set(d, p)
			if err != nil {
				t.Fatalf("%s, %d: %v", c.Name, seed, err)
			}
			for _, l := range p.letters {
				more, err := l.set(d, p)
				if err != nil {
					t.Fatalf("%s, %d: %v", c.Name, seed, err)
				}
				pages = append(pages, more...)
			}
			for _, page := range pages {
				for _, r := range page.runs {
					for _, letter := range r.text {
						if _, err := d.fonts.glyph(r.face, letter); err != nil {
							t.Fatalf("%s, %d: %q: %v", c.Name, seed, r.text, err)
						}
					}
				}
			}
		}
	}
	if n := len(seen) - 1; n < 60 {
		t.Errorf("%d classes of defects, want 60", n)
	}
}

// TestPaperNamesWhatItSays wants a registration number of the letters that print one
// and of no others.
func TestPaperNamesWhatItSays(t *testing.T) {
	d := drawer(t)
	with, without := 0, 0
	for seed := range uint64(10) {
		p, err := d.Paper(seed, TextPDF)
		if err != nil {
			t.Fatal(err)
		}
		if p.Registration == "" {
			without++
		} else {
			with++
		}
	}
	if with == 0 || without == 0 {
		t.Errorf("%d letters name a registration, %d do not: both are drawn", with, without)
	}
	pages := []*sheet{{runs: []run{{text: "注册号：4738"}, {text: "1275）"}}}}
	if !printedOn(pages, "47381275") || printedOn(pages, "47381276") {
		t.Error("a number broken into two lines is not seen, or another one is")
	}
}
