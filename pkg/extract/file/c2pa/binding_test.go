package c2pa

import (
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract/file/container"
	"github.com/aecheck/aecheck/pkg/extract/file/window"
)

// binds checks a file's hard binding alone: assertion of a kind in a manifest
// of the given claim.
func binds(t *testing.T, f *container.File, data []byte, kind string, content any, claim map[string]any) *verifier {
	t.Helper()
	s, m := opened(t, storeOf(draft{name: "urn:c2pa:1", assertions: [][]byte{assertion(t, kind, content)}, claim: claim}.box(t)))
	v := &verifier{store: s, file: f, data: data}
	v.binding(m)
	return v
}

// wantError asks for no error ("") or for exactly one, by how it begins.
func wantError(t *testing.T, name string, v *verifier, want string) {
	t.Helper()
	switch {
	case want == "" && len(v.errors) == 0:
	case want == "" || len(v.errors) != 1 || !strings.HasPrefix(v.errors[0], want):
		t.Errorf("%s: %q, want %q", name, v.errors, want)
	}
	if unchecked := strings.HasPrefix(want, "not checked"); v.onlyUnchecked != unchecked || v.failed != (want != "" && !unchecked) {
		t.Errorf("%s: failed %v, unchecked %v", name, v.failed, v.onlyUnchecked)
	}
}

func TestDataHash(t *testing.T) {
	tail := strings.Repeat("k", 40)
	data := []byte("0123456789abcdefghij" + tail)
	file := &container.File{Format: "png", Manifest: &container.Manifest{Ranges: []container.Range{{Off: 4, Length: 8}}}}
	left := []byte("0123cdefghij" + tail) // without the store
	sum256, sum384, sum512 := sha256.Sum256(left), sha512.Sum384(left), sha512.Sum512(left)
	whole, front := sha256.Sum256(data), sha256.Sum256(data[:4])
	both := sha256.Sum256([]byte("0123cdefij" + tail)) // and without two bytes of metadata
	cut := func(ranges ...int) []any {
		var out []any
		for i := 0; i < len(ranges); i += 2 {
			out = append(out, map[string]any{"start": ranges[i], "length": ranges[i+1]})
		}
		return out
	}
	for _, c := range []struct {
		name  string
		hash  map[string]any
		claim map[string]any
		want  string
	}{
		{"own algorithm", map[string]any{"exclusions": cut(4, 8), "alg": "sha384", "hash": sum384[:]}, nil, ""},
		{"the claim's algorithm", map[string]any{"exclusions": cut(4, 8), "hash": sum512[:]}, map[string]any{"alg": "sha512"}, ""},
		{"no algorithm anywhere", map[string]any{"exclusions": cut(4, 8), "hash": sum256[:]}, map[string]any{"alg": nil}, ""},
		{"metadata left out as well", map[string]any{"exclusions": cut(4, 8, 16, 2), "hash": both[:]}, nil, ""},
		{"all to the end left out", map[string]any{"exclusions": cut(4, 56), "hash": front[:]}, nil, ""},
		{"nothing left out", map[string]any{"hash": whole[:]}, nil, ""},
		{"unknown algorithm", map[string]any{"exclusions": cut(4, 8), "alg": "md5", "hash": sum256[:]}, nil, "algorithm.unsupported: md5"},
		{"no hash", map[string]any{"exclusions": cut(4, 8)}, nil, "assertion.dataHash.mismatch: the file was changed"},
		{"hash is a text", map[string]any{"hash": "123"}, nil, "assertion.dataHash.malformed: "},
		{"changed", map[string]any{"exclusions": cut(4, 8), "hash": whole[:]}, nil, "assertion.dataHash.mismatch: the file was changed"},
		{"changed, with metadata left out", map[string]any{"exclusions": cut(4, 8, 16, 2), "hash": whole[:]}, nil, "assertion.dataHash.mismatch: the file was changed"},
		{"another place left free", map[string]any{"exclusions": cut(10, 40), "hash": whole[:]}, nil, "assertion.dataHash.mismatch: the manifest was made for another file: it left another place"},
		{"of another format", map[string]any{"exclusions": cut(4, 8), "hash": whole[:]}, map[string]any{"dc:format": "image/jpeg"}, "assertion.dataHash.mismatch: the manifest was made for another file: it names the format image/jpeg"},
		{"of a format nobody knows", map[string]any{"exclusions": cut(4, 8), "hash": whole[:]}, map[string]any{"dc:format": "image/acme"}, "assertion.dataHash.mismatch: the file was changed"},
		{"place beyond the end", map[string]any{"exclusions": cut(4, 57), "hash": sum256[:]}, nil, "assertion.dataHash.mismatch: the manifest leaves out bytes 4 to 61 of a file of 60"},
		{"place that starts beyond the end", map[string]any{"exclusions": cut(61, 0), "hash": sum256[:]}, nil, "assertion.dataHash.mismatch: the manifest leaves out"},
		{"places that overlap", map[string]any{"exclusions": cut(4, 8, 11, 2), "hash": sum256[:]}, nil, "assertion.dataHash.mismatch: the manifest leaves out"},
		{"place of less than nothing", map[string]any{"exclusions": cut(4, -2), "hash": sum256[:]}, nil, "assertion.dataHash.mismatch: the manifest leaves out"},
		{"place of a length beyond measure", map[string]any{"exclusions": cut(4, 1<<62), "hash": sum256[:]}, nil, "assertion.dataHash.mismatch: the manifest leaves out"},
	} {
		wantError(t, c.name, binds(t, file, data, "c2pa.hash.data", c.hash, c.claim), c.want)
	}
}

// The shape of the preview tells another picture's manifest from a changed
// picture; a turned picture has its own.
func TestForeignByPreview(t *testing.T) {
	for _, c := range []struct {
		preview       []byte
		width, height int
		foreign       bool
	}{
		{pngOf(t, 30, 20, 1), 600, 400, false},
		{pngOf(t, 30, 20, 1), 600, 410, false}, // within the rounding of so small a preview
		{pngOf(t, 30, 20, 1), 400, 600, false},
		{pngOf(t, 30, 20, 1), 600, 600, true},
		{pngOf(t, 30, 20, 1), 0, 0, false},
		{[]byte("no picture"), 600, 600, false},
	} {
		s, m := opened(t, storeOf(draft{name: "urn:c2pa:1", assertions: [][]byte{super("c2pa.thumbnail.claim.png", boxOf("bidb", c.preview))}}.box(t)))
		v := verifier{store: s, file: &container.File{Format: "jpeg", Header: container.Header{Width: c.width, Height: c.height}}}
		if why := v.foreign(m, false); (why != "") != c.foreign {
			t.Errorf("%d × %d: %q", c.width, c.height, why)
		}
	}
}

func TestBoxHashOfParts(t *testing.T) {
	plain := pngOf(t, 20, 10, 5)
	idat := bytes.Index(plain, []byte("IDAT")) - 4
	sum := func(parts ...[]byte) []byte {
		h := sha256.Sum256(bytes.Join(parts, nil))
		return h[:]
	}
	long := sha512.Sum512(plain[idat:])
	group := func(hash []byte, names ...any) map[string]any { return map[string]any{"names": names, "hash": hash} }
	head, header, store := group(sum(plain[:8]), "PNGh"), group(sum(plain[8:33]), "IHDR"), group(nil, "C2PA")
	pixels := group(sum(plain[idat:]), "IDAT", "IEND")
	own := map[string]any{"names": []any{"IDAT", "IEND"}, "hash": long[:], "alg": "sha512"}
	skipped := map[string]any{"names": []any{"IDAT", "IEND"}, "hash": []byte{}, "excluded": true}
	data := inPNG(plain, []byte("no store, but where one is"))
	for _, c := range []struct {
		name string
		hash any
		want string
	}{
		{"all parts", map[string]any{"boxes": []any{head, header, store, pixels}}, ""},
		{"a group with its own algorithm", map[string]any{"alg": "sha256", "boxes": []any{head, header, store, own}}, ""},
		{"a group left out", map[string]any{"boxes": []any{head, header, store, skipped}}, ""},
		{"unknown algorithm", map[string]any{"alg": "md5", "boxes": []any{head, header, store, pixels}}, "algorithm.unsupported: md5"},
		{"a part fewer in the file", map[string]any{"boxes": []any{head, header, store, group(nil, "tEXt"), pixels}}, "assertion.boxesHash.mismatch: the file's parts are not those the manifest lists, from tEXt on"},
		{"a part too many at the end", map[string]any{"boxes": []any{head, header, store, pixels, group(nil, "tEXt")}}, "assertion.boxesHash.mismatch: the file's parts are not those"},
		{"the store hidden among others", map[string]any{"boxes": []any{head, header, group(sum(), "C2PA", "IDAT", "IEND")}}, "assertion.boxesHash.mismatch: C2PA, IDAT, IEND changed"},
		{"no groups", map[string]any{"boxes": []any{}}, "assertion.boxesHash.unknownBox: PNGh is not"},
		{"groups are none", map[string]any{"boxes": 5}, "assertion.boxesHash.malformed: "},
	} {
		wantError(t, c.name, binds(t, &container.File{Format: "png"}, data, "c2pa.hash.boxes", c.hash, nil), c.want)
	}
	wantError(t, "a format whose parts are not known", binds(t, &container.File{Format: "webp"}, data, "c2pa.hash.boxes", map[string]any{"boxes": []any{head}}, nil), "not checked: box hash over a webp file")
}

// A store in several segments is left out of the box hash, what was put between
// them is not.
func TestBoxHashOfSplitStore(t *testing.T) {
	s := newSigner(t)
	jpg := jpegOf(t, 20, 10, 5)
	sum := sha256.Sum256(jpg[2:])
	soi := sha256.Sum256(jpg[:2])
	data := inJPEG(jpg, plan{binding: "c2pa.hash.boxes", format: "image/jpeg", source: "digitalCapture", signer: s, preview: bytes.Repeat([]byte{9}, 100000), hash: map[string]any{"alg": "sha256", "boxes": []any{
		map[string]any{"names": []any{"SOI"}, "hash": soi[:]},
		map[string]any{"names": []any{"C2PA"}, "hash": []byte{0}},
		map[string]any{"names": []any{"DQT", "SOF0", "DHT", "SOS", "EOI"}, "hash": sum[:]},
	}}}.store(t))
	if c := check(t, data); c.State != ValidUnknownSigner {
		t.Fatalf("as signed: %s %v", c.State, c.Errors)
	}
	first := container.Read("jpeg", window.Bytes(data)).Manifest.Ranges
	if len(first) != 2 {
		t.Fatalf("the store lies in %d segments", len(first))
	}
	at := first[1].Off
	if c := check(t, bytes.Join([][]byte{data[:at], []byte("\xff\xfe\x00\x0dput between"), data[at:]}, nil)); c.State != Invalid {
		t.Errorf("with a comment inside the store: %s %v", c.State, c.Errors)
	}
}

// heic is a file of top-level boxes, with where they lie.
func heic(boxes ...[]byte) (*container.File, []byte) {
	f := &container.File{Format: "heic"}
	var data []byte
	for _, b := range boxes {
		f.Boxes = append(f.Boxes, container.Box{Type: string(b[4:8]), Off: int64(len(data)), Length: int64(len(b))})
		data = append(data, b...)
	}
	return f, data
}

// at is a box's offset, as hashes of version 2 have it before the box.
func at(off int, b []byte) []byte {
	return append(binary.BigEndian.AppendUint64(nil, uint64(off)), b...)
}

func TestBMFFHashOfBoxes(t *testing.T) {
	ftyp, free, mdat := boxOf("ftyp", []byte("heic")), boxOf("free", []byte("abcd")), boxOf("mdat", []byte("0123456789"))
	f, data := heic(ftyp, free, mdat, free)
	const offFree, offMdat, offLast = 12, 24, 42
	sum := func(parts ...[]byte) []byte {
		h := sha256.Sum256(bytes.Join(parts, nil))
		return h[:]
	}
	not := func(path string, more ...any) map[string]any {
		out := map[string]any{"xpath": path}
		for i := 0; i < len(more); i += 2 {
			out[more[i].(string)] = more[i+1]
		}
		return out
	}
	hash := func(sum []byte, exclusions ...any) map[string]any {
		return map[string]any{"hash": sum, "exclusions": exclusions}
	}
	part := func(off, n int) map[string]any { return map[string]any{"offset": off, "length": n} }
	value := func(off int, v string) []any { return []any{map[string]any{"offset": off, "value": []byte(v)}} }
	long := sha512.Sum384(data)
	var many []any
	for i := range maxExclusions + 1 {
		many = append(many, not(fmt.Sprintf("/x%03d", i)))
	}
	const changed, malformed, nested = "assertion.bmffHash.mismatch: the file was changed", "assertion.bmffHash.malformed: an exclusion lies outside", "not checked: BMFF hash with exclusions inside a box"
	for _, c := range []struct {
		name, kind string
		hash       map[string]any
		want       string
	}{
		{"first version, without offsets", "c2pa.hash.bmff", hash(sum(ftyp, free, mdat, free)), ""},
		{"first version, second instance", "c2pa.hash.bmff__1", hash(sum(ftyp, free, mdat, free)), ""},
		{"first version, own algorithm", "c2pa.hash.bmff", map[string]any{"hash": long[:], "alg": "sha384"}, ""},
		{"with offsets", "c2pa.hash.bmff.v2", hash(sum(at(0, ftyp), at(offFree, free), at(offMdat, mdat), at(offLast, free))), ""},
		{"without the offsets there must be", "c2pa.hash.bmff.v2", hash(sum(data)), changed},
		{"boxes left out by name", "c2pa.hash.bmff.v2", hash(sum(at(offMdat, mdat)), not("/ftyp"), not("/free")), ""},
		{"the first of a name left out", "c2pa.hash.bmff", hash(sum(ftyp, mdat, free), not("/free[1]")), ""},
		{"the second of a name left out", "c2pa.hash.bmff", hash(sum(ftyp, free, mdat), not("/free[2]")), ""},
		{"by length", "c2pa.hash.bmff", hash(sum(mdat), not("/ftyp", "length", 12), not("/free", "length", 12), not("/mdat", "length", 12)), ""},
		{"by what is in it", "c2pa.hash.bmff", hash(sum(ftyp, mdat), not("/free", "data", value(8, "ab")), not("/ftyp", "data", value(8, "avif"))), ""},
		{"by what would be beyond its end", "c2pa.hash.bmff", hash(sum(ftyp, free, mdat, free), not("/free", "data", value(99, "ab")), not("/ftyp", "data", value(-1, "h"))), ""},
		{"parts of a box, in any order", "c2pa.hash.bmff", hash(sum(ftyp, free, mdat[:8], mdat[10:12], mdat[15:], free), not("/mdat", "subset", []any{part(12, 3), part(8, 2)})), ""},
		{"parts side by side", "c2pa.hash.bmff", hash(sum(ftyp, free, mdat[8:], free), not("/mdat", "subset", []any{part(0, 4), part(4, 4)})), ""},
		{"a part to the end", "c2pa.hash.bmff", hash(sum(ftyp, free, mdat[:10], free), not("/mdat", "subset", []any{part(10, 0)})), ""},
		{"a part beyond the end", "c2pa.hash.bmff", hash(sum(data), not("/mdat", "subset", []any{part(10, 9)})), malformed},
		{"a part that starts beyond the end", "c2pa.hash.bmff", hash(sum(data), not("/mdat", "subset", []any{part(19, 1)})), malformed},
		{"parts that overlap", "c2pa.hash.bmff", hash(sum(data), not("/mdat", "subset", []any{part(8, 4), part(10, 4)})), malformed},
		{"a part of less than nothing", "c2pa.hash.bmff", hash(sum(data), not("/mdat", "subset", []any{part(8, -20)})), malformed},
		{"a part before the start", "c2pa.hash.bmff", hash(sum(data), not("/mdat", "subset", []any{part(-8, 4)})), malformed},
		{"a box inside one there is", "c2pa.hash.bmff", hash(sum(data), not("/mdat/iloc")), nested},
		{"a box inside one there is, by number", "c2pa.hash.bmff", hash(sum(data), not("/mdat[1]/iloc")), nested},
		{"a box inside one there is not", "c2pa.hash.bmff", hash(sum(data), not("/meta/iloc")), ""},
		{"fragments", "c2pa.hash.bmff.v2", map[string]any{"hash": sum(data), "merkle": []any{1}}, "not checked: BMFF hash over fragments"},
		{"no hash", "c2pa.hash.bmff.v2", map[string]any{"exclusions": []any{not("/ftyp")}}, "not checked: BMFF hash over fragments"},
		{"too many exclusions", "c2pa.hash.bmff.v2", map[string]any{"hash": sum(data), "exclusions": many}, "not checked: BMFF hash with 201 exclusions"},
		{"unknown algorithm", "c2pa.hash.bmff", map[string]any{"hash": sum(data), "alg": "md5"}, "algorithm.unsupported: md5"},
		{"hash is a text", "c2pa.hash.bmff", map[string]any{"hash": "123"}, "assertion.bmffHash.malformed: "},
	} {
		wantError(t, c.name, binds(t, f, data, c.kind, c.hash, nil), c.want)
	}
	wantError(t, "a file without boxes", binds(t, &container.File{Format: "png"}, data, "c2pa.hash.bmff", hash(sum(data)), nil), "assertion.bmffHash.mismatch: the manifest was made for another file")
}

// What was added behind the boxes that were signed is seen, whatever length it
// claims to have and though it is no box.
func TestBMFFHashToTheEnd(t *testing.T) {
	s := newSigner(t)
	const uuid = "\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81"
	ftyp, mdat := boxOf("ftyp", []byte("heic"), make([]byte, 4), []byte("mif1")), boxOf("mdat", []byte("0123456789"))
	sum := sha256.Sum256(append(bytes.Clone(ftyp), mdat...))
	store := plan{binding: "c2pa.hash.bmff", format: "image/heic", source: "digitalCapture", signer: s, hash: map[string]any{"hash": sum[:], "exclusions": []any{
		map[string]any{"xpath": "/uuid", "data": []any{map[string]any{"offset": 8, "value": []byte(uuid)}}},
	}}}.store(t)
	signed := bytes.Join([][]byte{ftyp, mdat, boxOf("uuid", []byte(uuid), make([]byte, 4), []byte("manifest\x00"), make([]byte, 8), store)}, nil)
	if c := check(t, signed); c.State != ValidUnknownSigner {
		t.Fatalf("as signed: %s %v", c.State, c.Errors)
	}
	endless := append([]byte{0, 0, 0, 1}, "free\x7f\xff\xff\xff\xff\xff\xff\xffadded"...)
	for name, more := range map[string][]byte{
		"a box":                               boxOf("free", []byte("added")),
		"a box to the end":                    append([]byte{0, 0, 0, 0}, "freeadded"...),
		"a box cut off":                       append([]byte{0, 0, 1, 0}, "freeadded"...),
		"a box that ends nowhere":             endless,
		"less than a box":                     []byte("add"),
		"a box behind more than there may be": append(bytes.Repeat(boxOf("uuid", []byte(uuid)), 5000), boxOf("free", []byte("added"))...),
	} {
		if c := check(t, append(bytes.Clone(signed), more...)); c.State != Invalid || !strings.Contains(c.Errors[0], "bmffHash.mismatch") {
			t.Errorf("with %s added: %s %v", name, c.State, c.Errors)
		}
	}
}

func TestBindingOfNoAssertions(t *testing.T) {
	s, m := opened(t, storeOf(super("urn:c2pa:1", assertion(t, "c2pa.claim", map[string]any{}))))
	v := &verifier{store: s}
	v.verify(m)
	want := []string{"claimSignature.missing", "claim.hardBindings.missing"}
	if got := codes(v.errors); strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("%q, want %q", v.errors, want)
	}
}
