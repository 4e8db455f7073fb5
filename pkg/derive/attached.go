package derive

import (
	"slices"

	"github.com/aecheck/aecheck/pkg/facts"
)

// Attached marks what lies beside the commitment letter of a case and is none itself:
// copies of the business licence or of an identity card. It replaces the list of assets
// where it changes something.
func Attached(v *facts.Case) {
	for i := range v.Assets {
		a := &v.Assets[i]
		if a.Attached || a.Kind != facts.KindCommitment || a.Facts == nil || commits(a) || a.Facts.Document.Length == 0 || len(a.Facts.Document.Unread) > 0 ||
			!slices.ContainsFunc(v.Assets, func(o facts.Asset) bool { return o.Kind == a.Kind && commits(&o) }) {
			continue
		}
		v.Assets = slices.Clone(v.Assets)
		v.Assets[i].Attached = true
	}
}

// commits reports a paper that reads as a commitment letter.
func commits(a *facts.Asset) bool { return a.Facts != nil && a.Facts.Document.Kind == "commitment" }
