package c2pa

import (
	"bytes"
	"slices"
	"testing"

	"github.com/aecheck/aecheck/pkg/testkit/leaves"
)

// TestEveryFactIsSet asks that some made file sets each fact of the group: one
// that nothing sets would be judged as empty.
func TestEveryFactIsSet(t *testing.T) {
	s := newSigner(t)
	signed := signedFile(t, s, pngOf(t, 60, 40, 1), "image/png", inPNG, nil)
	changed := bytes.Clone(signed)
	changed[len(changed)-20] ^= 1
	seen := leaves.Seen{}
	seen.Look("meta.c2pa", check(t, signed, listed("mine", s.root)))
	seen.Look("meta.c2pa", check(t, changed))
	seen.Look("meta.c2pa", described(t, storeOf(draft{name: "urn:c2pa:1", assertions: [][]byte{
		assertion(t, "c2pa.actions", actions(map[string]any{"action": "c2pa.created", "digitalSourceType": "trainedAlgorithmicMedia"})),
		assertion(t, "c2pa.ingredient", map[string]any{"relationship": "parentOf", "dc:title": "photo.jpg"}),
	}}.box(t))))
	// The time stamp's way into SignedAt is TestTimestamp's.
	if unset := seen.Unset("meta.c2pa"); !slices.Equal(unset, []string{"meta.c2pa.signed_at"}) {
		t.Errorf("set by no file: %q", unset)
	}
}
