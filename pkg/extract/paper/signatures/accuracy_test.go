package signatures

import (
	"testing"

	"github.com/aecheck/aecheck/pkg/testkit/papers"
)

// TestAccuracy prints what is found on the open data set.
func TestAccuracy(t *testing.T) {
	type tally struct{ files, hit int }
	sums := map[string]*tally{}
	var order []string
	for s, m := range papers.Pictures(t, "letters", "product-white", "screenshots", "ocr") {
		found := find(m, nil, nil)
		if sums[s.Kind] == nil {
			sums[s.Kind] = &tally{}
			order = append(order, s.Kind)
		}
		sums[s.Kind].files++
		if len(found) > 0 {
			sums[s.Kind].hit++
		}
		if s.Label == "letters" || s.Label == "ocr" && len(found) > 0 {
			t.Logf("%-24s %-100.100s %v", s.Kind, s.Name, found)
		}
	}
	if k := sums["scanned-signed-letter"]; 10*k.hit < 9*k.files {
		t.Errorf("signatures on %d of %d signed letters", k.hit, k.files)
	}
	for _, k := range order {
		t.Logf("%-36s files %3d  with a signature %3d", k, sums[k].files, sums[k].hit)
	}
}
