package rules

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/config"
)

// Layers names the files read, in order.
func (s *Set) Layers() []string { return slices.Clone(s.layers) }

// Digest is the SHA-256 over the bytes of all layers, hex.
func (s *Set) Digest() string { return s.digest }

// Rules lists every rule by id, those switched off too.
func (s *Set) Rules() []*Rule { return slices.Clone(s.rules) }

// Rule finds a rule by id or slug, nil where there is none.
func (s *Set) Rule(name string) *Rule {
	for _, r := range s.rules {
		if r.ID == name || r.Slug == name {
			return r
		}
	}
	return nil
}

// NearestRule is the id or slug most like a misspelt one, "" for none.
func (s *Set) NearestRule(name string) string {
	var known []string
	for _, r := range s.rules {
		known = append(known, r.ID, r.Slug)
	}
	return config.Nearest(name, known)
}

// Only returns the set with one rule in it: nothing is read for others.
func (s *Set) Only(r *Rule) *Set {
	out := *s
	out.rules = []*Rule{r}
	return &out
}

// ForAsset lists the rules in force for an asset of a kind and slot, by id.
func (s *Set) ForAsset(kind, slot string) []*Rule {
	return s.inForce(func(r *Rule) bool { return r.Applies(kind, slot) })
}

// ForCase lists the rules in force for a case as a whole, by id.
func (s *Set) ForCase() []*Rule { return s.inForce((*Rule).IsForCase) }

// ForBatch lists the rules in force across cases, by id.
func (s *Set) ForBatch() []*Rule { return s.inForce((*Rule).IsForBatch) }

func (s *Set) inForce(want func(*Rule) bool) []*Rule {
	var out []*Rule
	for _, r := range s.rules {
		if r.InForce() && want(r) {
			out = append(out, r)
		}
	}
	return out
}

// Needs lists the facts that the rules in force read of an asset of a kind and
// slot, sorted; nothing else has to be extracted.
func (s *Set) Needs(kind, slot string) []string {
	return s.NeedsIn(kind, slot, func(string) bool { return true })
}

// NeedsIn lists them for a case, of which has says whether it has files of a kind.
func (s *Set) NeedsIn(kind, slot string, has func(kind string) bool) []string {
	var out []string
	for _, r := range s.rules {
		if r.InForce() {
			out = append(out, s.needsOf(r, kind, slot, has)...)
		}
	}
	return sortedUnique(out)
}

// NeedsOf lists those that one rule reads.
func (s *Set) NeedsOf(r *Rule, kind, slot string) []string {
	return s.needsOf(r, kind, slot, func(string) bool { return true })
}

func (s *Set) needsOf(r *Rule, kind, slot string, has func(kind string) bool) []string {
	var out []string
	if r.Applies(kind, slot) {
		for _, f := range r.Facts() {
			if isFact(f) {
				out = append(out, f)
			}
		}
	}
	if r.check == nil || r.scope == scopeAsset && !r.Applies(kind, slot) {
		return out // a check on one file needs nothing of files its rule is not for
	}
	for _, need := range r.check.Needs(r.params) {
		if (need.Kind == "*" || need.Kind == kind) && (need.With == "" || slices.ContainsFunc(strings.Fields(need.With), has)) {
			out = append(out, need.Fact)
		}
	}
	return out
}

// Kinds lists the kinds of material in the order of the checklist: those of the packs
// chosen.
func (s *Set) Kinds() []Kind {
	return slices.DeleteFunc(slices.Clone(s.file.Kinds), func(k Kind) bool { return s.aside && !s.kept["kinds."+k.ID] })
}

// Slots lists the slots of the packs chosen.
func (s *Set) Slots() []Slot {
	return slices.DeleteFunc(slices.Clone(s.file.Slots), func(k Slot) bool { return s.aside && !s.kept["slots."+k.ID] })
}

// KindNames lists the ids of Kinds.
func (s *Set) KindNames() []string {
	return idsOf(s.Kinds(), func(k Kind) string { return k.ID })
}

// SlotNames lists the ids of Slots.
func (s *Set) SlotNames() []string {
	return idsOf(s.Slots(), func(k Slot) string { return k.ID })
}

func idsOf[T any](list []T, id func(T) string) []string {
	out := make([]string, len(list))
	for i, t := range list {
		out[i] = id(t)
	}
	return out
}

// Packs lists the packs chosen, in order.
func (s *Set) Packs() []Pack {
	return slices.DeleteFunc(slices.Clone(s.packs), func(p Pack) bool { return s.aside && p.Name == s.packs[0].Name })
}

// PhotosAlone reports that the built-in pack is not chosen: there are no appeals, and
// every folder holds product photos.
func (s *Set) PhotosAlone() bool { return s.aside }

// DefaultSlot is the slot of a product photo that nothing places, "" for none: the
// first that a pack names.
func (s *Set) DefaultSlot() string {
	for _, p := range s.Packs() {
		if p.DefaultSlot != "" {
			return p.DefaultSlot
		}
	}
	return ""
}

// BesidePhotos lists the names to leave out of plain folders of photos.
func (s *Set) BesidePhotos() []string { return slices.Clone(s.file.BesidePhotos) }

// Sidecars lists the extensions of what lies beside a photo of the same name.
func (s *Set) Sidecars() []string { return slices.Clone(s.file.Sidecars) }

// Ignore lists the names to leave out when scanning; * and ? stand for any
// characters and one.
func (s *Set) Ignore() []string { return slices.Clone(s.file.Ignore) }

// Tracks are the tracks of appeal by key.
func (s *Set) Tracks() map[string]Track { return maps.Clone(s.file.Tracks) }

// Holidays is the official calendar by year.
func (s *Set) Holidays() map[string]HolidayYear { return maps.Clone(s.file.Holidays) }

// Catalog decodes a word list or table strictly into what into points to. It
// is an error when there is none of that name.
func (s *Set) Catalog(name string, into any) error {
	raw, ok := s.file.Catalogs[name]
	if !ok {
		return fmt.Errorf("rules: no catalog %s", name)
	}
	return raw.Decode(into)
}

// AllSteps lists the manual steps of every kind of case.
func (s *Set) AllSteps() []Step { return slices.Clone(s.file.Checklist) }

// Reading returns the set with the rules alone that read no facts of files but those of
// some groups ("exif", "image"), of whatever kind and slot.
func (s *Set) Reading(groups ...string) *Set {
	out := *s
	out.rules = slices.DeleteFunc(slices.Clone(s.rules), func(r *Rule) bool {
		reads := r.Facts()
		if r.check != nil {
			for _, need := range r.check.Needs(r.params) {
				reads = append(reads, need.Fact)
			}
		}
		return slices.ContainsFunc(reads, func(fact string) bool {
			group, _, _ := strings.Cut(fact, ".")
			return isFact(fact) && !slices.Contains(groups, group)
		})
	})
	return &out
}
