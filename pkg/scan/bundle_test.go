package scan_test

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/bundle"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/scan"
)

// unlikeMasked are rules that may judge a masked file otherwise: they look for
// certain words or numbers in it, which masking takes away.
func unlikeMasked() []string {
	return []string{"AE405"} // finds the SKU in the file's name
}

// TestBundles bundles every rule with everything it judges in the samples: what it
// said is said again by what is in the bundle, also after masking, and nothing of
// the seller is left in a masked one.
func TestBundles(t *testing.T) {
	set := builtin(t)
	s := session(t, set, sampleCache())
	n := 0
	for _, folder := range []string{"../../testdata/listing"} {
		secrets := namesOf(t, folder)
		for _, view := range viewsOf(t, s, folder) {
			for _, r := range set.Rules() {
				for _, asset := range assetsFor(r, view) {
					n++
					plain, err := bundle.Make(t.Context(), set, r, view, asset, bundle.Options{})
					if err != nil {
						t.Fatalf("%s %s: %v", r.ID, asset, err)
					}
					if plain.Outcome != plain.Replayed {
						t.Errorf("%s %s: %s, in the bundle %s", r.ID, asset, plain.Outcome, plain.Replayed)
					}
					masked, err := bundle.Make(t.Context(), set, r, view, asset, bundle.Options{Mask: bundle.NewMasker(uint64(n))})
					if err != nil {
						t.Fatalf("%s %s: %v", r.ID, asset, err)
					}
					if masked.Outcome != masked.Replayed && !slices.Contains(unlikeMasked(), r.ID) {
						t.Errorf("%s %s: %s, masked %s", r.ID, asset, masked.Outcome, masked.Replayed)
					}
					var b bytes.Buffer
					if err := masked.Encode(&b); err != nil {
						t.Fatal(err)
					}
					for _, secret := range secrets {
						if strings.Contains(b.String(), secret) {
							t.Fatalf("%s %s: %q is in the bundle", r.ID, asset, secret)
						}
					}
					again, err := bundle.Decode(b.Bytes())
					if err != nil {
						t.Fatal(err)
					}
					if got, err := again.Replay(t.Context(), set); err != nil || got != masked.Replayed {
						t.Errorf("%s %s: decoded %s %v, want %s", r.ID, asset, got, err, masked.Replayed)
					}
				}
			}
		}
	}
	if n < 300 {
		t.Errorf("only %d judgements", n)
	}
}

// assetsFor lists what a rule judges in a case, "" for the case itself.
func assetsFor(r *rules.Rule, view *facts.Case) []string {
	if r.IsForBatch() {
		return nil
	}
	if r.IsForCase() {
		return []string{""}
	}
	var out []string
	for _, a := range view.Assets {
		if r.Applies(a.Kind, a.Slot) {
			out = append(out, a.Path)
		}
	}
	return out
}

func viewsOf(t *testing.T, s *scan.Session, folder string) []*facts.Case {
	t.Helper()
	found, err := s.Find(t.Context(), scan.FindOptions{Paths: []string{folder}})
	if err != nil {
		t.Fatal(err)
	}
	views, err := s.Views(s.Read(t.Context(), found, scan.ReadOptions{}), sampleNow(t))
	if err != nil {
		t.Fatal(err)
	}
	return views
}

// namesOf are names and numbers of a sample.
func namesOf(t *testing.T, folder string) []string {
	t.Helper()
	data, err := os.ReadFile(folder + "/case.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, secret := range []string{"深圳市示例科技", "Shenzhen Example", "1101234567", "2209876543", "杭州样例皮具", "Hangzhou Sample", "1005001234567890", "1005009876543210", "WG20261121000456", "WG20261117000123", "IMG_2001", "IMG_3101", "NAS:/photos", "LOA-1"} {
		if strings.Contains(string(data), secret) {
			out = append(out, secret)
		}
	}
	if len(out) < 3 {
		t.Fatalf("%s: %v", folder, out)
	}
	return out
}
