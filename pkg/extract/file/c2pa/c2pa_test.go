package c2pa

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract/file/container"
	"github.com/aecheck/aecheck/pkg/extract/file/window"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
)

func check(t *testing.T, data []byte, lists ...trustList) *facts.C2PA {
	t.Helper()
	f := container.Read(format.Sniff(data), window.Bytes(data))
	if f.Manifest == nil {
		t.Fatal("no manifest found")
	}
	return Read(f, data, &Trust{lists: lists})
}

// listed is a trust list of certificates in PEM form.
func listed(name, pem string) trustList {
	return trustList{name: name, asOf: "2026", roots: pool(parseList(pem))}
}

// flip changes a byte at the n-th place of a mark in data.
func flip(t *testing.T, data []byte, mark string, offset int) []byte {
	t.Helper()
	i := bytes.Index(data, []byte(mark))
	if i < 0 {
		t.Fatalf("%q is not in the file", mark)
	}
	out := bytes.Clone(data)
	out[i+offset] ^= 1
	return out
}

func TestSignedFileHolds(t *testing.T) {
	s := newSigner(t)
	for format, data := range map[string][]byte{
		"png":  signedFile(t, s, pngOf(t, 60, 40, 1), "image/png", inPNG, nil),
		"jpeg": signedFile(t, s, jpegOf(t, 60, 40, 1), "image/jpeg", inJPEG, nil),
		// A store that needs several segments.
		"jpeg, large": signedFile(t, s, jpegOf(t, 60, 40, 1), "image/jpeg", inJPEG, bytes.Repeat([]byte{9}, 100000)),
	} {
		c := check(t, data)
		if c.State != ValidUnknownSigner || !c.Valid || c.Trusted || len(c.Errors) > 0 {
			t.Errorf("%s: %s %v", format, c.State, c.Errors)
		}
		if c.Signer != "Acme, Camera 1" || c.Generator != "Acme Camera 1" || !slices.Equal(c.Actions, []string{"c2pa.created"}) || !c.Capture || c.AI || !slices.Equal(c.Software, []string{"Acme Firmware 2.1"}) {
			t.Errorf("%s: %+v", format, c)
		}
		c = check(t, data, listed("mine", s.root))
		if c.State != Trusted || !c.Trusted || c.TrustList != "mine" {
			t.Errorf("%s: with its root on the list %s", format, c.State)
		}
		if c := check(t, data, listed("other", newSigner(t).root)); c.State != ValidUnknownSigner {
			t.Errorf("%s: with another root on the list %s", format, c.State)
		}
	}
}

// Each way of tampering is seen, and told from the others.
func TestTamperedCopies(t *testing.T) {
	s := newSigner(t)
	plain := jpegOf(t, 60, 40, 1)
	data := signedFile(t, s, plain, "image/jpeg", inJPEG, jpegOf(t, 30, 20, 1))
	store := container.Read("jpeg", window.Bytes(data)).Manifest.JUMBF
	pixel := bytes.Clone(data)
	pixel[len(pixel)-20] ^= 1
	smaller := signedFile(t, s, jpegOf(t, 60, 40, 1), "image/jpeg", inJPEG, nil)
	foreign := container.Read("jpeg", window.Bytes(smaller)).Manifest.JUMBF
	for name, c := range map[string]struct {
		data []byte
		want []string // what one error must hold
	}{
		"pixel byte":                            {pixel, []string{"dataHash.mismatch", "changed after it was signed"}},
		"byte added at the end":                 {append(bytes.Clone(data), 0), []string{"dataHash.mismatch", "changed after it was signed"}},
		"claim byte":                            {flip(t, data, "xmp:iid:1", 8), []string{"claimSignature.mismatch"}},
		"claim no longer CBOR":                  {flip(t, data, "claim_generator_info", -1), []string{"claimSignature.mismatch"}},
		"assertion byte":                        {flip(t, data, "digitalsourcetype/digitalCapture", 20), []string{"assertion.hashedURI.mismatch"}},
		"signature byte":                        {flipSignature(t, data), []string{"claimSignature.mismatch"}},
		"store of a picture of other shape":     {inJPEG(jpegOf(t, 40, 40, 3), store), []string{"dataHash.mismatch", "another file", "preview"}},
		"store in a file with one more segment": {inJPEG(append(append(bytes.Clone(plain[:2]), 0xFF, 0xFE, 0, 4, 'h', 'i'), plain[2:]...), foreign)[:], []string{"dataHash.mismatch"}},
		"store of another format":               {inPNG(pngOf(t, 60, 40, 1), store), []string{"dataHash.mismatch", "another file"}},
		"assertion taken out":                   {renameAssertion(t, data), []string{"assertion.missing"}},
	} {
		got := check(t, c.data, listed("mine", s.root))
		if got.State != Invalid || got.Valid || got.Trusted {
			t.Errorf("%s: %s %v", name, got.State, got.Errors)
			continue
		}
		if !slices.ContainsFunc(got.Errors, func(e string) bool {
			for _, w := range c.want {
				if !strings.Contains(e, w) {
					return false
				}
			}
			return true
		}) {
			t.Errorf("%s: %v, want one with %v", name, got.Errors, c.want)
		}
	}
}

// flipSignature changes the last byte of the signature box.
func flipSignature(t *testing.T, data []byte) []byte {
	t.Helper()
	store := container.Read("jpeg", window.Bytes(data)).Manifest.JUMBF
	at := bytes.Index(data, store[len(store)-40:])
	out := bytes.Clone(data)
	out[at+39] ^= 1
	return out
}

// renameAssertion renames an assertion, so that the claim's reference leads nowhere.
func renameAssertion(t *testing.T, data []byte) []byte {
	t.Helper()
	return flip(t, data, "c2pa.thumbnail.claim.jpeg\x00", 3)
}

func TestUnreadableStores(t *testing.T) {
	badClaim := []byte{0xA1, 0x01}
	for name, store := range map[string][]byte{
		"no manifest": super("c2pa"),
		"no claim":    super("c2pa", super("urn:c2pa:1", super("c2pa.assertions"))),
		"bad claim":   super("c2pa", super("urn:c2pa:1", super("c2pa.claim", boxOf("cbor", badClaim)), super("c2pa.signature", boxOf("cbor", newSigner(t).sign(t, badClaim))))),
		"cut box":     append(super("c2pa", super("urn:c2pa:1"))[:40], 0xFF),
	} {
		f := &container.File{Format: "png", Manifest: &container.Manifest{JUMBF: store, Ranges: []container.Range{{Off: 33, Length: 10}}}}
		if c := Read(f, pngOf(t, 8, 8, 0), BuiltinTrust()); c.State != Unreadable || c.Valid || len(c.Errors) == 0 || !c.Present {
			t.Errorf("%s: %+v", name, c)
		}
	}
}

func TestNothingBinds(t *testing.T) {
	s := newSigner(t)
	data := inPNG(pngOf(t, 8, 8, 0), plan{format: "image/png", source: "trainedAlgorithmicMedia", signer: s}.store(t))
	c := check(t, data, listed("mine", s.root))
	if c.State != Invalid || len(c.Errors) != 1 || !strings.HasPrefix(c.Errors[0], "claim.hardBindings.missing") {
		t.Errorf("%s %v", c.State, c.Errors)
	}
	if !c.AI || c.Capture {
		t.Error("what it says of AI is lost")
	}
}

// A binding of a kind that is not known here is "not checked", never valid.
func TestUnknownBinding(t *testing.T) {
	s := newSigner(t)
	data := inPNG(pngOf(t, 8, 8, 0), plan{binding: "c2pa.hash.collection.data", hash: map[string]any{"alg": "sha256"}, format: "image/png", source: "digitalCapture", signer: s}.store(t))
	if c := check(t, data, listed("mine", s.root)); c.State != Unreadable || c.Valid || c.Trusted {
		t.Errorf("%s %v", c.State, c.Errors)
	}
}

func TestBoxHash(t *testing.T) {
	s := newSigner(t)
	sum := func(parts ...[]byte) []byte {
		h := sha256.Sum256(bytes.Join(parts, nil))
		return h[:]
	}
	group := func(hash []byte, names ...any) map[string]any {
		return map[string]any{"names": names, "hash": hash, "pad": []byte{}}
	}
	build := func(format string, plain []byte, embed func(plain, store []byte) []byte, groups ...any) []byte {
		return embed(plain, plan{binding: "c2pa.hash.boxes", format: format, source: "digitalCapture", signer: s, hash: map[string]any{"alg": "sha256", "boxes": groups}}.store(t))
	}
	png := pngOf(t, 20, 10, 5)
	idat := bytes.Index(png, []byte("IDAT")) - 4
	iend := len(png) - 12
	jpg := jpegOf(t, 20, 10, 5)
	// image/jpeg writes DQT, SOF0, DHT, SOS, EOI.
	sof, dht, sos := bytes.Index(jpg, []byte{0xFF, 0xC0}), bytes.Index(jpg, []byte{0xFF, 0xC4}), bytes.Index(jpg, []byte{0xFF, 0xDA})
	for format, data := range map[string][]byte{
		"png": build("image/png", png, inPNG, group(sum(png[:8]), "PNGh"), group(sum(png[8:33]), "IHDR"), group([]byte{}, "C2PA"),
			group(sum(png[idat:]), "IDAT", "IEND")),
		"jpeg": build("image/jpeg", jpg, inJPEG, group(sum(jpg[:2]), "SOI"), group([]byte{0}, "C2PA"), group(sum(jpg[2:sof]), "DQT"), group(sum(jpg[sof:dht]), "SOF0"),
			group(sum(jpg[dht:sos]), "DHT"), group(sum(jpg[sos:]), "SOS", "EOI")),
	} {
		if c := check(t, data); c.State != ValidUnknownSigner {
			t.Errorf("%s: %s %v", format, c.State, c.Errors)
		}
		pixel := bytes.Clone(data)
		pixel[len(pixel)-30] ^= 1
		if c := check(t, pixel); c.State != Invalid || !strings.Contains(c.Errors[0], "boxesHash.mismatch") {
			t.Errorf("%s with a pixel changed: %s %v", format, c.State, c.Errors)
		}
	}
	more := build("image/png", png, inPNG, group(sum(png[:8]), "PNGh"), group(sum(png[8:33]), "IHDR"), group([]byte{}, "C2PA"), group(sum(png[idat:iend]), "IDAT"))
	if c := check(t, more); c.State != Invalid || !strings.Contains(c.Errors[0], "unknownBox") {
		t.Errorf("a part not listed: %s %v", c.State, c.Errors)
	}
}

func TestBMFFHash(t *testing.T) {
	s := newSigner(t)
	be := func(v ...uint32) []byte {
		var b []byte
		for _, x := range v {
			b = binary.BigEndian.AppendUint32(b, x)
		}
		return b
	}
	const uuid = "\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81"
	ftyp := boxOf("ftyp", []byte("heic"), be(0), []byte("mif1"))
	mdat := boxOf("mdat", bytes.Repeat([]byte{5, 6, 7}, 40))
	build := func(sum []byte) []byte {
		p := plan{binding: "c2pa.hash.bmff.v2", format: "image/heic", source: "computationalCapture", signer: s, hash: map[string]any{
			"exclusions": []any{
				map[string]any{"xpath": "/uuid", "data": []any{map[string]any{"offset": 8, "value": []byte(uuid)}}},
				map[string]any{"xpath": "/ftyp"},
			},
			"alg": "sha256", "hash": sum,
		}}
		store := p.store(t)
		box := boxOf("uuid", []byte(uuid), be(0), []byte("manifest\x00"), make([]byte, 8), store)
		return bytes.Join([][]byte{ftyp, box, mdat}, nil)
	}
	size := len(build(make([]byte, 32)))
	at := binary.BigEndian.AppendUint64(nil, uint64(size-len(mdat)))
	sum := sha256.Sum256(append(at, mdat...))
	data := build(sum[:])
	if c := check(t, data); c.State != ValidUnknownSigner || !c.Capture {
		t.Errorf("%s %v", c.State, c.Errors)
	}
	data[len(data)-1] ^= 1
	if c := check(t, data); c.State != Invalid || !strings.Contains(c.Errors[0], "bmffHash.mismatch") {
		t.Errorf("with a pixel changed: %s %v", c.State, c.Errors)
	}
}

func FuzzParse(f *testing.F) {
	s := newSigner(f)
	f.Add(plan{binding: "c2pa.hash.data", hash: map[string]any{"hash": make([]byte, 32)}, signer: s}.store(f))
	f.Add(plan{binding: "c2pa.hash.boxes", hash: map[string]any{"boxes": []any{}}, preview: []byte{1}, signer: s}.store(f))
	f.Add(plan{binding: "c2pa.hash.bmff.v2", hash: map[string]any{"hash": make([]byte, 32)}, signer: s}.store(f))
	f.Fuzz(func(t *testing.T, store []byte) {
		for _, format := range []string{"png", "jpeg", "heic"} {
			file := &container.File{Format: format, Manifest: &container.Manifest{JUMBF: store, Ranges: []container.Range{{Off: 2, Length: 9}}}, Boxes: []container.Box{{Type: "mdat", Off: 0, Length: 1 << 40}}}
			c := Read(file, []byte("\xFF\xD8\xFF\xDA\x00\x02data\xFF\xD9"), BuiltinTrust())
			if c.State == None || c.Valid && len(c.Errors) > 0 || !c.Valid && len(c.Errors) == 0 {
				t.Errorf("%+v", c)
			}
			for _, e := range c.Errors {
				if strings.Contains(e, "broke on it") {
					t.Errorf("panic: %s", e)
				}
			}
		}
	})
}

func FuzzTimestamp(f *testing.F) {
	f.Add([]byte{0x30, 3, 2, 1, 0}, []byte("x"))
	f.Fuzz(func(t *testing.T, der, stamped []byte) {
		if at, err := parseToken(der, stamped); err == nil && at.IsZero() {
			t.Error("no error and no time")
		}
	})
}
