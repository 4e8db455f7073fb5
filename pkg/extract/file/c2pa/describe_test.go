package c2pa

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aecheck/aecheck/pkg/facts"
)

func described(t *testing.T, jumbf []byte) *facts.C2PA {
	t.Helper()
	s, m := opened(t, jumbf)
	out := &facts.C2PA{}
	s.describe(m, out)
	return out
}

func TestGenerator(t *testing.T) {
	for name, c := range map[string]struct {
		claim map[string]any
		want  string
	}{
		"name and version":      {map[string]any{"claim_generator_info": map[string]any{"name": "Acme Camera", "version": "2.1"}}, "Acme Camera 2.1"},
		"name alone":            {map[string]any{"claim_generator_info": map[string]any{"name": "Acme Camera"}}, "Acme Camera"},
		"list, as version 1":    {map[string]any{"claim_generator_info": []any{map[string]any{"name": "Acme Camera", "version": "2"}, map[string]any{"name": "Library"}}}, "Acme Camera 2"},
		"empty list":            {map[string]any{"claim_generator_info": []any{}, "claim_generator": "Acme/1.0 library/2"}, "Acme/1.0"},
		"plain text":            {map[string]any{"claim_generator_info": "Acme Camera"}, "Acme Camera"},
		"version alone":         {map[string]any{"claim_generator_info": map[string]any{"version": "2"}, "claim_generator": "Acme/1.0"}, "Acme/1.0"},
		"version is no text":    {map[string]any{"claim_generator_info": map[string]any{"name": "Acme Camera", "version": 2}}, "Acme Camera"},
		"only the old field":    {map[string]any{"claim_generator_info": nil, "claim_generator": "Acme_Camera/1.0 library/2"}, "Acme_Camera/1.0"},
		"nothing":               {map[string]any{"claim_generator_info": nil}, ""},
		"a number in its place": {map[string]any{"claim_generator_info": 5}, ""},
	} {
		if got := described(t, storeOf(draft{name: "urn:c2pa:1", claim: c.claim}.box(t))).Generator; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func actions(list ...any) map[string]any { return map[string]any{"actions": list} }

// What was done with which software, whether in CBOR or in JSON, in an action
// or in a picture's own metadata.
func TestDescribe(t *testing.T) {
	const iptc = "http://cv.iptc.org/newscodes/digitalsourcetype/"
	for _, c := range []struct {
		name       string
		assertions [][]byte
		want       facts.C2PA
	}{
		{"agents of every form", [][]byte{assertion(t, "c2pa.actions.v2", map[string]any{
			"softwareAgents": []any{map[string]any{"name": "Acme Editor", "version": "7"}, "Acme Mobile"},
			"actions": []any{
				map[string]any{"action": "c2pa.opened", "softwareAgentIndex": 1},
				map[string]any{"action": "c2pa.color_adjustments", "softwareAgentIndex": 0},
				map[string]any{"action": "c2pa.cropped", "softwareAgent": "Acme Firmware"},
				map[string]any{"action": "c2pa.cropped", "softwareAgent": "Acme Firmware", "softwareAgentIndex": 0},
				map[string]any{"action": "c2pa.resized", "softwareAgentIndex": 2},
				map[string]any{"action": 5},
				"no action",
			},
		})}, facts.C2PA{
			Actions:  []string{"c2pa.opened", "c2pa.color_adjustments", "c2pa.cropped", "c2pa.cropped", "c2pa.resized"},
			Software: []string{"Acme Mobile", "Acme Editor 7", "Acme Firmware"},
		}},
		{"made by a model", [][]byte{assertion(t, "c2pa.actions", actions(map[string]any{"action": "c2pa.created", "digitalSourceType": iptc + "trainedAlgorithmicMedia"}))},
			facts.C2PA{Actions: []string{"c2pa.created"}, Sources: []string{"trainedAlgorithmicMedia"}, AI: true}},
		{"made with a model, deep in the parameters", [][]byte{assertion(t, "c2pa.actions", actions(map[string]any{"action": "c2pa.edited", "parameters": map[string]any{"steps": []any{map[string]any{"digitalSourceType": iptc + "compositeWithTrainedAlgorithmicMedia"}}}}))},
			facts.C2PA{Actions: []string{"c2pa.edited"}, Sources: []string{"compositeWithTrainedAlgorithmicMedia"}, AI: true}},
		{"taken by a camera, in JSON of a picture's metadata", [][]byte{super("stds.iptc", boxOf("json", []byte(`{"@context":{"Iptc4xmpExt":"x"},"Iptc4xmpExt:DigitalSourceType":"`+iptc+`digitalCapture"}`)))},
			facts.C2PA{Sources: []string{"digitalCapture"}, Capture: true}},
		{"both, each once", [][]byte{assertion(t, "acme.list", []any{
			map[string]any{"digitalSourceType": iptc + "computationalCapture"},
			map[string]any{"DigitalSourceType": "compositeSynthetic"},
			map[string]any{"digitalSourceType": iptc + "computationalCapture"},
			map[string]any{"digitalSourceType": 5},
			map[string]any{"digitalSourceType": "ends/"},
			map[any]any{7: map[string]any{"digitalSourceType": "minorHumanEdits"}},
		})}, facts.C2PA{Sources: []string{"computationalCapture", "compositeSynthetic", "minorHumanEdits"}, AI: true, Capture: true}},
		{"what cannot be read says nothing", [][]byte{
			super("c2pa.actions", boxOf("cbor", []byte{0xA1, 0x01})),
			super("acme.json", boxOf("json", []byte(`{"digitalSourceType":`))),
			super("c2pa.ingredient", boxOf("cbor", []byte{0xA1})),
			super("acme.picture", boxOf("bidb", []byte("digitalSourceType"))),
			assertion(t, "c2pa.actions.v2", []any{"no map"}),
		}, facts.C2PA{}},
		{"ingredients by title, else by format", [][]byte{
			assertion(t, "c2pa.ingredient", map[string]any{"relationship": "parentOf", "dc:title": "photo.jpg", "dc:format": "image/jpeg"}),
			assertion(t, "c2pa.ingredient.v3__1", map[string]any{"relationship": "componentOf", "dc:format": "image/png"}),
			assertion(t, "c2pa.ingredient__2", map[string]any{"dc:title": "logo.svg"}),
			assertion(t, "c2pa.ingredient__3", map[string]any{"relationship": "parentOf", "c2pa_manifest": map[string]any{"url": "self#jumbf=/c2pa/urn:c2pa:gone"}}),
		}, facts.C2PA{Ingredients: []string{"parentOf photo.jpg", "componentOf image/png", "logo.svg", "parentOf"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := described(t, storeOf(draft{name: "urn:c2pa:1", assertions: c.assertions}.box(t)))
			c.want.Generator = "Acme Camera"
			if d := cmp.Diff(&c.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

// What was done before comes before what was done after, and what two
// ingredients share comes once.
func TestDescribeHistory(t *testing.T) {
	did := func(action string) []byte {
		return assertion(t, "c2pa.actions", actions(map[string]any{"action": action}))
	}
	from := func(n int, key, of string) []byte {
		return assertion(t, fmt.Sprintf("c2pa.ingredient__%d", n), map[string]any{"relationship": "componentOf", "dc:title": of, key: map[string]any{"url": "self#jumbf=/c2pa/urn:" + of}})
	}
	jumbf := storeOf(
		draft{name: "urn:photo", assertions: [][]byte{did("c2pa.created")}}.box(t),
		draft{name: "urn:left", assertions: [][]byte{did("c2pa.cropped"), from(1, "c2pa_manifest", "photo")}}.box(t),
		// It names itself among what it was made from.
		draft{name: "urn:right", assertions: [][]byte{from(1, "activeManifest", "photo"), did("c2pa.filtered"), from(2, "activeManifest", "right")}}.box(t),
		draft{name: "urn:both", assertions: [][]byte{did("c2pa.placed"), from(1, "c2pa_manifest", "left"), from(2, "activeManifest", "right")}}.box(t),
	)
	got := described(t, jumbf)
	if want := []string{"c2pa.created", "c2pa.cropped", "c2pa.filtered", "c2pa.placed"}; !slices.Equal(got.Actions, want) {
		t.Errorf("actions %v, want %v", got.Actions, want)
	}
	if want := []string{"componentOf left", "componentOf photo", "componentOf right", "componentOf photo", "componentOf right"}; !slices.Equal(got.Ingredients, want) {
		t.Errorf("ingredients %v, want %v", got.Ingredients, want)
	}
}

// Lists and depths that only a hostile file has are cut.
func TestDescribeBounds(t *testing.T) {
	var list []any
	for i := range maxListed + 50 {
		list = append(list, map[string]any{"action": fmt.Sprint("a", i), "softwareAgent": fmt.Sprint("s", i), "digitalSourceType": fmt.Sprint("d", i)})
	}
	assertions := [][]byte{assertion(t, "c2pa.actions", actions(list...))}
	for i := range maxListed + 50 {
		assertions = append(assertions, assertion(t, fmt.Sprint("c2pa.ingredient__", i), map[string]any{"dc:title": fmt.Sprint("i", i)}))
	}
	got := described(t, storeOf(draft{name: "urn:c2pa:1", assertions: assertions}.box(t)))
	if len(got.Actions) != maxListed || len(got.Software) != maxListed || len(got.Sources) != maxListed || len(got.Ingredients) != maxListed {
		t.Errorf("%d actions, %d programs, %d sources, %d ingredients", len(got.Actions), len(got.Software), len(got.Sources), len(got.Ingredients))
	}
	for depth, want := range map[int]int{8: 1, 9: 0} {
		var v any = map[string]any{"digitalSourceType": "digitalCapture"}
		for range depth {
			v = []any{v}
		}
		if got := described(t, storeOf(draft{name: "urn:c2pa:1", assertions: [][]byte{assertion(t, "acme", v)}}.box(t))); len(got.Sources) != want {
			t.Errorf("%d deep: %v", depth, got.Sources)
		}
	}
}

func TestBase(t *testing.T) {
	for label, want := range map[string]string{
		"c2pa.actions":         "c2pa.actions",
		"c2pa.actions.v2":      "c2pa.actions",
		"c2pa.actions.v2__1":   "c2pa.actions",
		"c2pa.ingredient__12":  "c2pa.ingredient",
		"c2pa.hash.bmff.v3":    "c2pa.hash.bmff",
		"c2pa.vendor":          "c2pa.vendor",
		"c2pa.v":               "c2pa.v",
		"c2pa.hash.collection": "c2pa.hash.collection",
	} {
		if got := base(label); got != want {
			t.Errorf("%s: %s, want %s", label, got, want)
		}
	}
}
