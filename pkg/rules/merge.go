package rules

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/rules/expr"
)

// mergeByID lays a layer's entries of a list over those there are: an entry
// whose id is known replaces the fields it gives, another is added.
func mergeByID[T any](l *loader, layer, section string, have, add []T, root config.Raw, id func(*T) string, note func(layer, id string, at config.Raw)) []T {
	items := root.Get(section).Items()
	seen, places := map[string]bool{}, make(map[string]int, len(have)+len(add))
	for i := range have {
		places[id(&have[i])] = i
	}
	for i := range add {
		name := id(&add[i])
		if name == "" {
			l.fail(items[i].Errorf(missingField("id")))
			continue
		}
		if seen[name] {
			l.fail(items[i].Errorf(lang.T("{name} 重复", "{name} is given twice", "name", name)))
			continue
		}
		seen[name] = true
		if at, ok := places[name]; ok {
			have[at] = overlay(have[at], add[i], items[i])
		} else {
			places[name] = len(have)
			have = append(have, add[i])
		}
		note(layer, name, items[i])
	}
	return have
}

// takeAliases lets kinds or slots that a layer adds have aliases of those there are: the
// words of the rules below, which grow, do not stand in the way of an agency's own kind.
func takeAliases[T any](have, add []T, id func(*T) string, aliases func(*T) *[]string) {
	known, taken := map[string]bool{}, map[string]bool{}
	for i := range have {
		known[id(&have[i])] = true
	}
	for i := range add {
		if known[id(&add[i])] {
			continue
		}
		for _, alias := range *aliases(&add[i]) {
			taken[aliasWord(alias)] = true
		}
	}
	for i := range have {
		list := aliases(&have[i])
		*list = slices.DeleteFunc(slices.Clone(*list), func(alias string) bool { return taken[aliasWord(alias)] })
	}
}

// aliasWord is an alias as aliases are compared.
func aliasWord(alias string) string { return strings.ToLower(strings.TrimSpace(alias)) }

// overlay replaces in base the fields that raw gives, null included.
func overlay[T any](base, over T, raw config.Raw) T {
	to, from := reflect.ValueOf(&base).Elem(), reflect.ValueOf(over)
	for _, e := range raw.Entries() {
		for i := range to.NumField() {
			if expr.JSONName(to.Type().Field(i)) == e.Key {
				to.Field(i).Set(from.Field(i))
			}
		}
	}
	return base
}

func mergeTracks(l *loader, layer string, have, add map[string]Track, raw config.Raw) map[string]Track {
	out := maps.Clone(have)
	if out == nil {
		out = map[string]Track{}
	}
	for _, e := range raw.Entries() {
		out[e.Key] = overlay(out[e.Key], add[e.Key], e.Value)
		for _, field := range e.Value.Entries() {
			l.set.origin["tracks."+e.Key+"."+field.Key] = layer
		}
		l.track(out[e.Key], e)
	}
	return out
}

// mergeKeys replaces whole entries of a map.
func mergeKeys[T any](l *loader, layer, section string, have, add map[string]T) map[string]T {
	out := maps.Clone(have)
	if out == nil {
		out = map[string]T{}
	}
	for key, value := range add {
		out[key] = value
		l.set.origin[section+"."+key] = layer
	}
	return out
}
