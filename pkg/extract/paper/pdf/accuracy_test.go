package pdf

import (
	"testing"

	"github.com/aecheck/aecheck/pkg/testkit/papers"
)

// TestAccuracyStructure prints what the structure of each PDF of the open data
// set says.
func TestAccuracyStructure(t *testing.T) {
	for s, data := range papers.PDFs(t) {
		f, err := Parse(data)
		if f == nil {
			t.Logf("%-22s %-60.60s %v", s.Kind, s.Name, err)
			continue
		}
		t.Logf("%-22s %-60.60s pages %d enc %v rev %d damaged %v prod %q err %v", s.Kind, s.Name, f.Pages, f.Encrypted, f.Revisions, f.Damaged, f.Info.Producer, err)
		for _, g := range f.Signatures {
			t.Logf("      %+v", g)
		}
		if s.Kind == "pdf-digital-signature" && len(f.Signatures) == 0 {
			t.Errorf("%s: no signature found", s.Name)
		}
		if s.Kind == "pdf-unsigned-form" && len(f.Signatures) != 0 {
			t.Errorf("%s: signature where there is none", s.Name)
		}
	}
}
