package scan_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/scan"
)

// TestNeededWith: what a picture shows is looked at where there is another to compare it
// with, and not where there is none.
func TestNeededWith(t *testing.T) {
	dir := t.TempDir()
	picture, err := os.ReadFile("../../testdata/listing/替换图/主图/01_正面.jpg")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"alone/replacement/main/1.jpg", "both/replacement/main/1.jpg", "both/violating/1.jpg"} {
		write(t, filepath.Join(dir, filepath.FromSlash(name)), picture)
	}
	s, err := scan.NewSession(builtin(t), scan.SessionOptions{Limits: extract.DefaultLimits(), Jobs: 2, NoOCR: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	options := options(t, lang.EN, filepath.Join(dir, "alone"), filepath.Join(dir, "both"))
	found, err := s.Find(t.Context(), options.FindOptions)
	if err != nil {
		t.Fatal(err)
	}
	for _, view := range s.Read(t.Context(), found, options.ReadOptions).Views() {
		for _, a := range view.Assets {
			looked := a.Facts.Status("shown").State == facts.Present
			if want := len(view.Of(facts.KindViolating)) > 0; a.Kind == facts.KindReplacement && looked != want {
				t.Errorf("%s: what it shows was looked at: %v", view.Path, looked)
			}
		}
	}
}
