package c2pa

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/extract/file/container"
	"github.com/aecheck/aecheck/pkg/format"
)

// binding checks the hash that binds the manifest to this file (C2PA 2.1,
// 15.12). An update manifest has none of its own; that of its parent counts.
func (v *verifier) binding(m *manifest) {
	for n := range len(v.store.manifests) {
		assertions := m.child("c2pa.assertions")
		if assertions == nil {
			break
		}
		for _, a := range assertions.children {
			switch base(a.label) {
			case "c2pa.hash.data":
				v.dataHash(m, a)
				return
			case "c2pa.hash.boxes":
				v.boxesHash(m, a)
				return
			case "c2pa.hash.bmff":
				v.bmffHash(m, a)
				return
			}
			if strings.HasPrefix(a.label, "c2pa.hash.") {
				v.unchecked("hash binding of kind %s", a.label)
				return
			}
		}
		parent := v.parent(m)
		if parent == nil {
			break
		}
		if n > 0 { // those of the active manifest have been checked
			v.ingredients(m)
		}
		m = parent
	}
	v.fail("claim.hardBindings.missing", "nothing binds the manifest to this file")
}

// parent is the manifest of the parentOf ingredient.
func (v *verifier) parent(m *manifest) *manifest {
	for _, a := range m.child("c2pa.assertions").children {
		if base(a.label) != "c2pa.ingredient" {
			continue
		}
		if ing := v.store.decode(a); field(ing, "relationship") == "parentOf" {
			return v.store.manifestOf(m, ing)
		}
	}
	return nil
}

// dataHash: everything but the exclusions.
func (v *verifier) dataHash(m *manifest, a *box) {
	var b struct {
		Exclusions []struct {
			Start  int64 `cbor:"start"`
			Length int64 `cbor:"length"`
		} `cbor:"exclusions"`
		Alg  string `cbor:"alg"`
		Hash []byte `cbor:"hash"`
	}
	if err := v.store.dec.Unmarshal(a.content("cbor"), &b); err != nil {
		v.fail("assertion.dataHash.malformed", "%v", err)
		return
	}
	h := newHash(algOf(b.Alg, &m.claim))
	if h == nil {
		v.fail("algorithm.unsupported", "%s", b.Alg)
		return
	}
	pos, size := int64(0), int64(len(v.data))
	moved := false
	for _, x := range b.Exclusions {
		if x.Start < pos || x.Length < 0 || x.Start > size || x.Length > size-x.Start {
			v.fail("assertion.dataHash.mismatch", "the manifest leaves out bytes %d to %d of a file of %d: it was made for another file", x.Start, x.Start+x.Length, size)
			return
		}
		h.Write(v.data[pos:x.Start])
		pos = x.Start + x.Length
		moved = moved || !v.coversManifest(container.Range{Off: x.Start, Length: x.Length})
	}
	h.Write(v.data[pos:])
	if bytes.Equal(h.Sum(nil), b.Hash) {
		return
	}
	if why := v.foreign(m, moved); why != "" {
		v.fail("assertion.dataHash.mismatch", "the manifest was made for another file: %s", why)
		return
	}
	v.fail("assertion.dataHash.mismatch", "the file was changed after it was signed (or the manifest is that of a picture of the same size)")
}

// coversManifest reports whether an exclusion starts where the store lies or
// holds no part of it: some writers leave out further metadata.
func (v *verifier) coversManifest(x container.Range) bool {
	ranges := v.file.Manifest.Ranges
	start := ranges[0].Off
	last := ranges[len(ranges)-1]
	end := last.Off + last.Length
	if x.Off >= end || x.Off+x.Length <= start {
		return true
	}
	// JPEG writers count from the first segment, PNG writers from the chunk
	// or from its data.
	return x.Off <= start+12 && x.Off+x.Length >= end-12 && x.Off+x.Length <= end+12
}

// foreign looks for signs that a manifest whose hash fails belongs to another
// picture, rather than that this one was changed.
func (v *verifier) foreign(m *manifest, moved bool) string {
	if moved {
		return "it left another place free for itself"
	}
	if f := m.claim.Format; f != "" {
		if kind := format.ByMIME(f); kind != "" && kind != v.file.Format {
			return "it names the format " + f
		}
	}
	if w, h := v.thumbnailSize(m); w > 0 && h > 0 {
		fw, fh := v.file.Header.Width, v.file.Header.Height
		if !sameShape(w, h, fw, fh) && !sameShape(h, w, fw, fh) {
			return fmt.Sprintf("its preview is %d × %d, the picture %d × %d", w, h, fw, fh)
		}
	}
	return ""
}

// sameShape allows the rounding of a small preview: a pixel and a half on its
// shorter side.
func sameShape(w, h, fw, fh int) bool {
	if fw == 0 || fh == 0 {
		return true
	}
	want := float64(w) * float64(fh) / float64(fw)
	return want-float64(h) < 1.5 && float64(h)-want < 1.5
}

// thumbnailSize reads the claim's preview.
func (v *verifier) thumbnailSize(m *manifest) (width, height int) {
	assertions := m.child("c2pa.assertions")
	if assertions == nil {
		return 0, 0
	}
	for _, a := range assertions.children {
		if strings.HasPrefix(a.label, "c2pa.thumbnail.claim") {
			return pictureSize(a.content("bidb"))
		}
	}
	return 0, 0
}

// boxesHash: named boxes of the format, one after the other, each group with
// its hash; the manifest store is the one named C2PA.
func (v *verifier) boxesHash(m *manifest, a *box) {
	var b struct {
		Boxes []struct {
			Names    []string `cbor:"names"`
			Alg      string   `cbor:"alg"`
			Hash     []byte   `cbor:"hash"`
			Excluded bool     `cbor:"excluded"`
		} `cbor:"boxes"`
		Alg string `cbor:"alg"`
	}
	if err := v.store.dec.Unmarshal(a.content("cbor"), &b); err != nil {
		v.fail("assertion.boxesHash.malformed", "%v", err)
		return
	}
	have := namedBoxes(v.file, v.data)
	if have == nil {
		v.unchecked("box hash over a %s file", v.file.Format)
		return
	}
	for _, group := range b.Boxes {
		alg := group.Alg
		if alg == "" {
			alg = b.Alg
		}
		h := newHash(algOf(alg, &m.claim))
		if h == nil {
			v.fail("algorithm.unsupported", "%s", alg)
			return
		}
		for _, name := range group.Names {
			if len(have) == 0 || have[0].name != name {
				v.fail("assertion.boxesHash.mismatch", "the file's parts are not those the manifest lists, from %s on", name)
				return
			}
			h.Write(have[0].data)
			have = have[1:]
		}
		store := len(group.Names) == 1 && group.Names[0] == "C2PA"
		if !store && !group.Excluded && !bytes.Equal(h.Sum(nil), group.Hash) {
			v.fail("assertion.boxesHash.mismatch", "%s changed after the file was signed", strings.Join(group.Names, ", "))
			return
		}
	}
	if len(have) > 0 {
		v.fail("assertion.boxesHash.unknownBox", "%s is not in the manifest's list", have[0].name)
	}
}

// maxExclusions is how many exclusions a BMFF hash may have; writers use five.
const maxExclusions = 200

// bmffHash: the whole file but excluded boxes; since version 2 each top-level
// box that stays is preceded by its offset as eight bytes.
func (v *verifier) bmffHash(m *manifest, a *box) {
	var b struct {
		Exclusions []exclusion `cbor:"exclusions"`
		Alg        string      `cbor:"alg"`
		Hash       []byte      `cbor:"hash"`
		Merkle     any         `cbor:"merkle"`
	}
	if err := v.store.dec.Unmarshal(a.content("cbor"), &b); err != nil {
		v.fail("assertion.bmffHash.malformed", "%v", err)
		return
	}
	if len(b.Exclusions) > maxExclusions {
		v.unchecked("BMFF hash with %d exclusions", len(b.Exclusions))
		return
	}
	if b.Merkle != nil || len(b.Hash) == 0 {
		v.unchecked("BMFF hash over fragments")
		return
	}
	if len(v.file.Boxes) == 0 {
		v.fail("assertion.bmffHash.mismatch", "the manifest was made for another file: it names boxes, this is %s", v.file.Format)
		return
	}
	h := newHash(algOf(b.Alg, &m.claim))
	if h == nil {
		v.fail("algorithm.unsupported", "%s", b.Alg)
		return
	}
	versioned := !strings.HasPrefix(a.label, "c2pa.hash.bmff__") && a.label != "c2pa.hash.bmff"
	count := map[string]int{}
	size, end := int64(len(v.data)), int64(0)
	for _, x := range v.file.Boxes {
		if x.Off > size {
			break
		}
		end = size
		if x.Length < size-x.Off {
			end = x.Off + x.Length
		}
		data := v.data[x.Off:end]
		count[x.Type]++
		whole, parts, ok := excluded(b.Exclusions, x.Type, count[x.Type], data)
		if !ok {
			v.unchecked("BMFF hash with exclusions inside a box")
			return
		}
		if whole {
			continue
		}
		if versioned {
			h.Write(binary.BigEndian.AppendUint64(nil, uint64(x.Off)))
		}
		at := int64(0)
		for _, p := range parts {
			if p.Off < at || p.Off > int64(len(data)) || p.Length < 0 || p.Length > int64(len(data))-p.Off {
				v.fail("assertion.bmffHash.malformed", "an exclusion lies outside its box")
				return
			}
			h.Write(data[at:p.Off])
			at = p.Off + p.Length
		}
		h.Write(data[at:])
	}
	h.Write(v.data[end:]) // what is no box, or behind more boxes than are read
	if !bytes.Equal(h.Sum(nil), b.Hash) {
		v.fail("assertion.bmffHash.mismatch", "the file was changed after it was signed, or the manifest was made for another file")
	}
}

// exclusion names boxes by path and content.
type exclusion struct {
	Path   string `cbor:"xpath"`
	Length *int64 `cbor:"length"`
	Data   []struct {
		Offset int64  `cbor:"offset"`
		Value  []byte `cbor:"value"`
	} `cbor:"data"`
	Subset []struct {
		Offset int64 `cbor:"offset"`
		Length int64 `cbor:"length"`
	} `cbor:"subset"`
}

// excluded decides about one top-level box, the nth of its kind: left out
// whole, or in parts; ok is false for exclusions of boxes further down.
func excluded(list []exclusion, kind string, nth int, data []byte) (whole bool, parts []container.Range, ok bool) {
	for _, e := range list {
		path, named := strings.CutPrefix(e.Path, "/"+kind)
		if !named {
			continue
		}
		if strings.Contains(path, "/") {
			return false, nil, false
		}
		if path != "" && path != fmt.Sprintf("[%d]", nth) || e.Length != nil && *e.Length != int64(len(data)) {
			continue
		}
		match := true
		for _, d := range e.Data {
			match = match && d.Offset >= 0 && d.Offset <= int64(len(data)) && bytes.HasPrefix(data[d.Offset:], d.Value)
		}
		if !match {
			continue
		}
		if len(e.Subset) == 0 {
			return true, nil, true
		}
		for _, s := range e.Subset {
			n := s.Length
			if n == 0 {
				n = int64(len(data)) - s.Offset
			}
			parts = append(parts, container.Range{Off: s.Offset, Length: n})
		}
	}
	slices.SortFunc(parts, func(a, b container.Range) int { return int(a.Off - b.Off) })
	return false, parts, true
}
