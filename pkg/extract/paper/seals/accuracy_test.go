package seals

import (
	"fmt"
	"testing"

	"github.com/aecheck/aecheck/pkg/testkit/papers"
)

// TestAccuracy prints what is found on the open data set.
func TestAccuracy(t *testing.T) {
	type tally struct{ files, red, any int }
	sums := map[string]*tally{}
	var order []string
	for s, m := range papers.Pictures(t, "seals", "letters", "product-white", "product-other", "screenshots", "ocr", "originals") {
		found := find(m)
		if sums[s.Kind] == nil {
			sums[s.Kind] = &tally{}
			order = append(order, s.Kind)
		}
		k := sums[s.Kind]
		k.files++
		red := 0
		text := ""
		for _, f := range found {
			if f.Color == "red" {
				red++
			}
			text += fmt.Sprintf(" %s/%s %.2f %v", f.Color, f.Shape, f.Confidence, f.Box)
		}
		if red > 0 {
			k.red++
		}
		if len(found) > 0 {
			k.any++
		}
		if len(found) > 0 || s.Label == "seals" {
			t.Logf("%-34s %-70.70s %s", s.Kind, s.Name, text)
		}
		if s.Want["red_seal"] == "yes" && red == 0 {
			t.Errorf("%s: no red seal", s.Name)
		}
		if s.Want["red_seal"] == "no" && red > 0 {
			t.Errorf("%s: red seal where there is none", s.Name)
		}
	}
	for _, k := range order {
		t.Logf("%-36s files %3d  with a red seal %3d  with any %3d", k, sums[k].files, sums[k].red, sums[k].any)
	}
}
