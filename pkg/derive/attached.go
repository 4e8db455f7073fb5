package derive

import (
	"slices"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
)

// Attached marks what lies beside the commitment letter of a case and is none itself:
// copies of the business licence or of an identity card; and beside a letter that gives
// rights pictures without a word on them, as the licensed picture itself. It replaces the
// list of assets where it changes something.
func Attached(v *facts.Case) {
	for i := range v.Assets {
		a := &v.Assets[i]
		if a.Attached || a.Facts == nil || len(a.Facts.Document.Unread) > 0 || !attached(a, v.Assets) {
			continue
		}
		v.Assets = slices.Clone(v.Assets)
		v.Assets[i].Attached = true
	}
}

func attached(a *facts.Asset, all []facts.Asset) bool {
	words := a.Facts.Document.Length > 0
	switch a.Kind {
	case facts.KindCommitment:
		return words && !commits(a) && slices.ContainsFunc(all, func(o facts.Asset) bool { return o.Kind == a.Kind && commits(&o) })
	case facts.KindAuthorization:
		return !words && seen(a.Facts, "document") && format.Is(a.Facts.File.Format, format.Picture) &&
			slices.ContainsFunc(all, func(o facts.Asset) bool {
				return o.Kind == a.Kind && o.Facts != nil && o.Facts.Document.Length > 0 && o.Facts.Document.Kind != "other"
			})
	}
	return false
}

// commits reports a paper that reads as a commitment letter.
func commits(a *facts.Asset) bool { return a.Facts != nil && a.Facts.Document.Kind == "commitment" }
