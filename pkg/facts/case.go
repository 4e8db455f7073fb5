package facts

import (
	"slices"

	"github.com/aecheck/aecheck/pkg/casefile"
)

// Case is everything known of one case, as named checks and case rules see
// it. It is complete before the first rule runs and nobody changes it after.
type Case struct {
	Name      string // what the folder itself is called, without those above it
	Path      string // of the case folder below the scanned root, "." for itself
	File      *casefile.File
	HasFile   bool // a case.yaml was there
	Clock     Clock
	Materials Materials
	Assets    []Asset  // in path order
	Pairs     []Pair   // pairs of pictures that were compared, alike or not
	Marks     []Mark   // reference marks found in replacements
	Unsought  []string // paths of reference marks that could not be looked for
}

// Filled returns the assets of a kind that are not empty files, in path order.
// Rules about content leave empty files out: they have a rule of their own.
func (v *Case) Filled(kind string) []*Asset {
	return slices.DeleteFunc(v.Of(kind), func(a *Asset) bool {
		return a.Facts != nil && slices.Contains(a.Facts.File.Troubles, "empty")
	})
}

// Said is what case.yaml says; nothing, but for what has a default, where there is none.
func (v *Case) Said() *casefile.File {
	if v.File != nil {
		return v.File
	}
	return casefile.Blank()
}

// PapersOfShop are the kinds that name the seller's own shop.
func PapersOfShop() []string { return []string{KindNotice, KindCommitment, KindStatement} }

// PairsOf returns the pairs of a picture with pictures of a kind, as (other,
// pair), in the order of View.Pairs.
func (v *Case) PairsOf(path, kind string) []PairWith {
	kinds := map[string]*Asset{}
	for i := range v.Assets {
		if v.Assets[i].Kind == kind {
			kinds[v.Assets[i].Path] = &v.Assets[i]
		}
	}
	var out []PairWith
	for i := range v.Pairs {
		p := &v.Pairs[i]
		if a := kinds[p.B]; p.A == path && a != nil {
			out = append(out, PairWith{a, p})
		} else if a := kinds[p.A]; p.B == path && a != nil {
			out = append(out, PairWith{a, p})
		}
	}
	return out
}

// PairWith is a pair seen from one of its pictures.
type PairWith struct {
	Other *Asset
	*Pair
}

// Of returns the assets of a kind, in path order.
func (v *Case) Of(kind string) []*Asset {
	var out []*Asset
	for i := range v.Assets {
		if v.Assets[i].Kind == kind {
			out = append(out, &v.Assets[i])
		}
	}
	return out
}

// Viewed returns the filled assets of a kind that are looked at: a list of addresses or a
// design beside pictures is no picture that could not be compared.
func (v *Case) Viewed(kind string) []*Asset {
	return slices.DeleteFunc(v.Filled(kind), (*Asset).Unread)
}
