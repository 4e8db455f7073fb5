package facts

// View is everything known of one case, as named checks and case rules see
// it. It is complete before the first rule runs and nobody changes it after.
type View struct {
	Path      string // of the case folder below the scanned root, "." for itself
	Case      *CaseFile
	HasFile   bool // a case.yaml was there
	Clock     Clock
	Materials Materials
	Assets    []Asset // in path order
	Pairs     []Pair  // pairs of pictures that were compared
}

// Of returns the assets of a kind, in path order.
func (v *View) Of(kind string) []*Asset {
	var out []*Asset
	for i := range v.Assets {
		if v.Assets[i].Kind == kind {
			out = append(out, &v.Assets[i])
		}
	}
	return out
}
