package c2pa

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/facts"
)

// maxListed bounds each list of the facts.
const maxListed = 200

// describe fills what the manifest and those it was made from say; whether it
// can be believed is another matter.
func (s *store) describe(active *manifest, out *facts.C2PA) {
	out.Generator = generator(&active.claim)
	seen := map[*manifest]bool{}
	s.visit(active, seen, out)
	for _, src := range out.Sources {
		switch src {
		case "trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia", "compositeSynthetic":
			out.AI = true
		case "digitalCapture", "computationalCapture":
			out.Capture = true
		}
	}
}

// generator words claim_generator_info (a map, or a list of maps in version
// 1), else the first product of claim_generator.
func generator(c *claim) string {
	info := c.Info
	if list, ok := info.([]any); ok && len(list) > 0 {
		info = list[0]
	}
	if s := nameOf(info); s != "" {
		return s
	}
	first, _, _ := strings.Cut(c.Generator, " ")
	return first
}

// nameOf words {name, version} or a plain text.
func nameOf(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	name := field(v, "name")
	if name == "" {
		return ""
	}
	if version := field(v, "version"); version != "" {
		return name + " " + version
	}
	return name
}

// field reads a text of a CBOR or JSON map.
func field(v any, key string) string {
	s, _ := value(v, key).(string)
	return s
}

func value(v any, key string) any {
	switch m := v.(type) {
	case map[any]any:
		return m[key]
	case map[string]any:
		return m[key]
	}
	return nil
}

// visit goes through the manifests of the ingredients first, so that actions
// come in the order they happened.
func (s *store) visit(m *manifest, seen map[*manifest]bool, out *facts.C2PA) {
	if seen[m] || len(seen) > maxListed {
		return
	}
	seen[m] = true
	assertions := m.child("c2pa.assertions")
	if assertions == nil {
		return
	}
	for _, a := range assertions.children {
		if base(a.label) == "c2pa.ingredient" {
			s.ingredient(m, a, seen, out)
		}
	}
	for _, a := range assertions.children {
		v := s.decode(a)
		if v == nil {
			continue
		}
		if base(a.label) == "c2pa.actions" {
			s.actions(v, out)
			continue
		}
		sourcesIn(v, 0, out)
	}
}

// base strips the version and the instance number of an assertion label:
// c2pa.actions.v2__1.
func base(label string) string {
	label, _, _ = strings.Cut(label, "__")
	if i := strings.LastIndex(label, ".v"); i > 0 && i+2 < len(label) && label[i+2] >= '0' && label[i+2] <= '9' {
		label = label[:i]
	}
	return label
}

// decode returns an assertion's CBOR or JSON content, nil for other kinds.
func (s *store) decode(a *box) any {
	var v any
	if b := a.content("cbor"); b != nil {
		if s.dec.Unmarshal(b, &v) == nil {
			return v
		}
		return nil
	}
	if b := a.content("json"); b != nil && json.Unmarshal(b, &v) == nil {
		return v
	}
	return nil
}

func (s *store) ingredient(m *manifest, a *box, seen map[*manifest]bool, out *facts.C2PA) {
	v := s.decode(a)
	if v == nil {
		return
	}
	if len(out.Ingredients) < maxListed {
		title := field(v, "dc:title")
		if title == "" {
			title = field(v, "dc:format")
		}
		out.Ingredients = append(out.Ingredients, strings.TrimSpace(field(v, "relationship")+" "+title))
	}
	if parent := s.manifestOf(m, v); parent != nil {
		s.visit(parent, seen, out)
	}
}

// manifestOf follows an ingredient's reference to its manifest, named
// c2pa_manifest before version 3 and activeManifest since.
func (s *store) manifestOf(m *manifest, ingredient any) *manifest {
	for _, key := range []string{"c2pa_manifest", "activeManifest"} {
		if url := field(value(ingredient, key), "url"); url != "" {
			if b := s.resolve(m.box, url); b != nil {
				return s.byBox(b)
			}
		}
	}
	return nil
}

func (s *store) actions(v any, out *facts.C2PA) {
	list, _ := value(v, "actions").([]any)
	for _, a := range list {
		if len(out.Actions) >= maxListed {
			return
		}
		if name := field(a, "action"); name != "" {
			out.Actions = append(out.Actions, name)
		}
		agent := value(a, "softwareAgent")
		if i, ok := value(a, "softwareAgentIndex").(uint64); ok && agent == nil {
			if agents, _ := value(v, "softwareAgents").([]any); i < uint64(len(agents)) {
				agent = agents[i]
			}
		}
		if name := nameOf(agent); name != "" && !slices.Contains(out.Software, name) {
			out.Software = append(out.Software, name)
		}
		sourcesIn(a, 0, out)
	}
}

// sourcesIn collects digital source types anywhere in an assertion: actions
// have them as digitalSourceType, IPTC metadata with a prefix.
func sourcesIn(v any, depth int, out *facts.C2PA) {
	if depth > 8 {
		return
	}
	each(v, func(key string, x any) {
		if s, ok := x.(string); ok && (key == "digitalSourceType" || strings.HasSuffix(key, ":DigitalSourceType") || key == "DigitalSourceType") {
			short := s[strings.LastIndexByte(s, '/')+1:]
			if short != "" && len(out.Sources) < maxListed && !slices.Contains(out.Sources, short) {
				out.Sources = append(out.Sources, short)
			}
			return
		}
		sourcesIn(x, depth+1, out)
	})
}

// each visits the entries of a map in key order, or the items of a list.
func each(v any, visit func(key string, x any)) {
	switch m := v.(type) {
	case []any:
		for _, x := range m {
			visit("", x)
		}
	case map[string]any:
		for _, k := range sortedKeys(m) {
			visit(k, m[k])
		}
	case map[any]any:
		named := make(map[string]any, len(m))
		for k, x := range m {
			named[fmt.Sprint(k)] = x
		}
		each(named, visit)
	}
}

func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
