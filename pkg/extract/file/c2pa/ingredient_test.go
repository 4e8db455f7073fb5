package c2pa

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// made is an ingredient assertion with the manifest it was made from.
func made(t testing.TB, key, of string, manifest []byte) []byte {
	t.Helper()
	return assertion(t, "c2pa.ingredient.v3", map[string]any{"relationship": "parentOf", "dc:title": "before", key: refer("self#jumbf=/c2pa/"+of, manifest)})
}

// TestUpdateManifest: a manifest that only adds to another has no binding of
// its own; that of the one it was made from counts, and everything on the way
// there must be what it was made from.
func TestUpdateManifest(t *testing.T) {
	s := newSigner(t)
	sign := func(claim []byte) []byte { return s.sign(t, claim) }
	plain, other := pngOf(t, 60, 40, 1), pngOf(t, 60, 40, 2)
	first := func(hash map[string]any) []byte {
		return draft{name: "urn:first", assertions: [][]byte{assertion(t, "c2pa.hash.data", hash)}, sign: sign}.box(t)
	}
	update := func(name, key, of string, manifest []byte) []byte {
		return draft{name: name, assertions: [][]byte{made(t, key, of, manifest)}, sign: sign}.box(t)
	}
	once := bound(t, plain, func(hash map[string]any) []byte {
		m := first(hash)
		return storeOf(m, update("urn:second", "c2pa_manifest", "urn:first", m))
	})
	twice := func(plain []byte, forged bool) []byte {
		var truth []byte
		return bound(t, plain, func(hash map[string]any) []byte {
			m := first(hash)
			if truth == nil || !forged {
				truth = m // what the second manifest was made from
			}
			if forged { // anyone can write that
				m = draft{name: "urn:first", assertions: [][]byte{assertion(t, "c2pa.hash.data", hash)}}.box(t)
			}
			second := update("urn:second", "activeManifest", "urn:first", truth)
			return storeOf(m, second, update("urn:third", "activeManifest", "urn:second", second))
		})
	}
	pixel := func(data []byte) []byte {
		out := bytes.Clone(data)
		out[len(out)-20] ^= 1
		return out
	}
	for _, c := range []struct {
		name  string
		data  []byte
		state string
		codes []string
	}{
		{"one update", once, Trusted, nil},
		{"one update, pixel changed", pixel(once), Invalid, []string{"assertion.dataHash.mismatch"}},
		{"two updates", twice(plain, false), Trusted, nil},
		{"two updates, pixel changed", pixel(twice(plain, false)), Invalid, []string{"assertion.dataHash.mismatch"}},
		// The newest manifest still is right about the one before it, but that
		// one was not made from what lies in its place.
		{"two updates, the first manifest another's", twice(other, true), Invalid, []string{"ingredient.manifest.mismatch"}},
		{"update of a manifest that is gone", bound(t, plain, func(hash map[string]any) []byte {
			return storeOf(update("urn:second", "c2pa_manifest", "urn:first", first(hash)))
		}), Invalid, []string{"ingredient.manifest.missing", "claim.hardBindings.missing"}},
		{"update of another manifest than this", bound(t, plain, func(hash map[string]any) []byte {
			return storeOf(first(hash), update("urn:second", "c2pa_manifest", "urn:first", first(map[string]any{"hash": "another"})))
		}), Invalid, []string{"ingredient.manifest.mismatch"}},
		{"only a part of it", bound(t, plain, func(hash map[string]any) []byte {
			m := first(hash)
			return storeOf(m, draft{name: "urn:second", sign: sign, assertions: [][]byte{
				assertion(t, "c2pa.ingredient", map[string]any{"relationship": "componentOf", "c2pa_manifest": refer("self#jumbf=/c2pa/urn:first", m)}),
			}}.box(t))
		}), Invalid, []string{"claim.hardBindings.missing"}},
		{"update of a box that is no manifest", bound(t, plain, func(hash map[string]any) []byte {
			m := first(hash)
			a := assertion(t, "c2pa.hash.data", hash)
			return storeOf(m, update("urn:second", "c2pa_manifest", "urn:first/c2pa.assertions/c2pa.hash.data", a))
		}), Invalid, []string{"claim.hardBindings.missing"}},
		{"update of itself", bound(t, plain, func(map[string]any) []byte {
			return storeOf(update("urn:second", "c2pa_manifest", "urn:second", []byte("12345678 not this")))
		}), Invalid, []string{"ingredient.manifest.mismatch", "claim.hardBindings.missing"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := check(t, c.data, listed("mine", s.root))
			if got.State != c.state || !slices.Equal(codes(got.Errors), c.codes) && len(c.codes)+len(got.Errors) > 0 {
				t.Errorf("%s %q, want %s %q", got.State, got.Errors, c.state, c.codes)
			}
		})
	}
}

// TestAssertions: the claim's list of assertions is complete and right.
func TestAssertions(t *testing.T) {
	a, b := assertion(t, "acme.one", "1"), assertion(t, "acme.two", "2")
	one, two := refer("self#jumbf=c2pa.assertions/acme.one", a), refer("self#jumbf=c2pa.assertions/acme.two", b)
	gone := map[string]any{"url": "self#jumbf=c2pa.assertions/acme.three", "hash": make([]byte, 32)}
	with := func(m map[string]any, key string, v any) map[string]any {
		out := map[string]any{key: v}
		for k, x := range m {
			if k != key {
				out[k] = x
			}
		}
		return out
	}
	for _, c := range []struct {
		name  string
		claim map[string]any
		want  []string
	}{
		{"complete", map[string]any{"created_assertions": []any{one, two}}, nil},
		{"created and gathered", map[string]any{"created_assertions": []any{one}, "gathered_assertions": []any{two}}, nil},
		{"version 1", map[string]any{"created_assertions": nil, "assertions": []any{one, two}}, nil},
		{"one not declared", map[string]any{"created_assertions": []any{one}}, []string{"assertion.undeclared: acme.two"}},
		{"one missing", map[string]any{"created_assertions": []any{one, gone, two}}, []string{"assertion.missing: self#jumbf=c2pa.assertions/acme.three"}},
		{"one redacted", map[string]any{"created_assertions": []any{one, gone, two}, "redacted_assertions": []any{gone["url"]}}, nil},
		{"one changed", map[string]any{"created_assertions": []any{one, with(two, "hash", one["hash"])}}, []string{"assertion.hashedURI.mismatch: acme.two is not what the claim was made over"}},
		{"named twice, once wrongly", map[string]any{"created_assertions": []any{one, two, with(one, "hash", two["hash"])}}, []string{"assertion.hashedURI.mismatch: acme.one is not what the claim was made over"}},
		{"of another algorithm", map[string]any{"created_assertions": []any{one, with(two, "alg", "sha512")}}, []string{"assertion.hashedURI.mismatch: acme.two is not what the claim was made over"}},
		{"of an unknown algorithm", map[string]any{"created_assertions": []any{one, with(two, "alg", "md5")}}, []string{"algorithm.unsupported: md5"}},
		{"too many to check", map[string]any{"created_assertions": slices.Repeat([]any{one}, maxReferences+1)}, []string{"not checked: a claim over 2001 assertions"}},
	} {
		s, m := opened(t, storeOf(draft{name: "urn:c2pa:1", assertions: [][]byte{a, b}, claim: c.claim}.box(t)))
		v := &verifier{store: s}
		v.assertions(m)
		if !slices.Equal(v.errors, c.want) {
			t.Errorf("%s: %q, want %q", c.name, v.errors, c.want)
		}
	}
}

// TestIngredients: each is compared, whatever stands before it.
func TestIngredients(t *testing.T) {
	first := draft{name: "urn:first"}.box(t)
	ingredient := func(n string, v map[string]any) []byte { return assertion(t, "c2pa.ingredient"+n, v) }
	right := refer("self#jumbf=/c2pa/urn:first", first)
	wrong := refer("self#jumbf=/c2pa/urn:first", []byte("12345678another"))
	s, m := opened(t, storeOf(first, draft{name: "urn:second", assertions: [][]byte{
		assertion(t, "acme.note", "not an ingredient"),
		ingredient("", map[string]any{"c2pa_manifest": "of another type"}),
		ingredient("__1", map[string]any{"c2pa_manifest": right, "activeManifest": right}),
		ingredient(".v3__2", map[string]any{"activeManifest": wrong}),
		ingredient("__3", map[string]any{"c2pa_manifest": map[string]any{"url": "self#jumbf=/c2pa/urn:gone", "hash": right["hash"]}}),
		ingredient("__4", map[string]any{"c2pa_manifest": map[string]any{"url": "self#jumbf=/c2pa/urn:first"}}),
	}}.box(t)))
	v := &verifier{store: s}
	v.ingredients(m)
	want := []string{
		"ingredient.manifest.mismatch: urn:first is not what the claim was made over",
		"ingredient.manifest.missing: self#jumbf=/c2pa/urn:gone",
		"ingredient.manifest.mismatch: urn:first is not what the claim was made over",
	}
	if !slices.Equal(v.errors, want) {
		t.Errorf("%q, want %q", v.errors, want)
	}
}

// An ingredient's fields may be of other types than are read; the assertion
// itself is checked elsewhere, and names no manifest then.
func TestIngredientOfOtherTypes(t *testing.T) {
	s, m := opened(t, storeOf(draft{name: "urn:c2pa:1", assertions: [][]byte{
		assertion(t, "c2pa.ingredient", map[string]any{"relationship": "parentOf", "c2pa_manifest": "urn:first"}),
		super("c2pa.ingredient__1", boxOf("json", []byte(`{"relationship":"parentOf"}`))),
		assertion(t, "c2pa.ingredient__2", map[string]any{"relationship": "parentOf"}),
	}}.box(t)))
	v := &verifier{store: s}
	v.ingredients(m)
	if len(v.errors) > 0 || v.parent(m) != nil {
		t.Errorf("errors %q, parent %v", v.errors, v.parent(m))
	}
}

// States are told apart: what is wrong goes before what could not be checked.
func TestUncheckedAndWrong(t *testing.T) {
	v := &verifier{}
	v.unchecked("a %s", "first")
	if !v.onlyUnchecked || v.failed {
		t.Error("unchecked alone")
	}
	v.fail("code", "a second")
	v.unchecked("a third")
	if v.onlyUnchecked || !v.failed {
		t.Error("unchecked with something wrong")
	}
	if got := strings.Join(v.errors, "|"); got != "not checked: a first|code: a second|not checked: a third" {
		t.Errorf("errors %q", got)
	}
}
