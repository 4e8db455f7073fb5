package rules

import (
	"maps"
	"slices"
)

// Origin is a value that is no rule's and the layer it comes from. (Those of a
// rule are in Rule.Origin.)
type Origin struct {
	Path  string `json:"path"`  // "params.a.b", "tracks.x.window", "kinds.notice.aliases", "catalogs.brands"
	Value any    `json:"value"` // of a parameter; nil for the rest, which Set's accessors give
	Layer string `json:"layer"`
}

// Resolved lists where every parameter, kind, slot, track, holiday, catalog and
// step comes from, parameters first, each group by path.
func (s *Set) Resolved() []Origin {
	out := make([]Origin, 0, len(s.params.Origin)+len(s.origin))
	for _, path := range slices.Sorted(maps.Keys(s.params.Origin)) {
		v, _ := s.params.Lookup(path)
		out = append(out, Origin{"params." + path, v, s.params.Origin[path]})
	}
	for _, path := range slices.Sorted(maps.Keys(s.origin)) {
		out = append(out, Origin{Path: path, Layer: s.origin[path]})
	}
	return out
}
