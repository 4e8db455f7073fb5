package rules

import (
	"maps"
	"slices"
	"strings"
)

// Origin is one value of the rules as they are together, and the layer it
// comes from.
type Origin struct {
	Path  string `json:"path"` // "params.a.b", "AE301.severity", "tracks.x.window", "kinds.notice.aliases"
	Value any    `json:"value"`
	Layer string `json:"layer"`
}

// ResolvedParams lists every parameter with its layer, by path.
func (s *Set) ResolvedParams() []Origin {
	out := make([]Origin, 0, len(s.params.origin))
	for _, path := range slices.Sorted(maps.Keys(s.params.origin)) {
		v, _ := s.params.lookup(path)
		out = append(out, Origin{"params." + path, v, s.params.origin[path]})
	}
	return out
}

// Resolved lists the fields of a rule with their layers in the order of the
// schema. Fields nobody gave but that have a value are from no layer.
func (s *Set) Resolved(r *Rule) []Origin {
	var out []Origin
	for _, f := range fieldValues(r.Spec) {
		layer, given := r.Origin[f.name]
		if f.name == "with" {
			if r.params != nil {
				out = append(out, Origin{r.ID + ".with", r.params, layer})
			}
			continue
		}
		if (given || !f.zero) && f.name != "examples" {
			out = append(out, Origin{r.ID + "." + f.name, f.value, layer})
		}
	}
	return out
}

// ResolvedOther lists where kinds, slots, tracks, holidays, catalogs and steps
// come from, by path. The values are what the accessors of Set give.
func (s *Set) ResolvedOther() []Origin {
	var out []Origin
	for _, path := range slices.Sorted(maps.Keys(s.origin)) {
		if !strings.HasPrefix(path, "rules.") {
			out = append(out, Origin{Path: path, Layer: s.origin[path]})
		}
	}
	return out
}
