package c2pa

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/binary"
	"encoding/pem"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/veraison/go-cose"
)

// signer is a certificate authority with one signing certificate.
type signer struct {
	root string // PEM
	leaf []byte // DER
	key  *ecdsa.PrivateKey
}

func newSigner(t testing.TB) *signer {
	t.Helper()
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	rootKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(err)
	root := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Test Root"}, NotBefore: at, NotAfter: at.AddDate(10, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	rootDER, err := x509.CreateCertificate(rand.Reader, root, root, &rootKey.PublicKey, rootKey)
	must(err)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(err)
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "Camera 1", Organization: []string{"Acme"}}, NotBefore: at, NotAfter: at.AddDate(1, 0, 0),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageEmailProtection},
	}
	leafDER, err := x509.CreateCertificate(rand.Reader, leaf, root, &key.PublicKey, rootKey)
	must(err)
	return &signer{root: string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: rootDER})), leaf: leafDER, key: key}
}

func (s *signer) sign(t testing.TB, claim []byte) []byte {
	t.Helper()
	msg := cose.NewSign1Message()
	msg.Headers.Protected = cose.ProtectedHeader{cose.HeaderLabelAlgorithm: cose.AlgorithmES256, cose.HeaderLabelX5Chain: []any{s.leaf}}
	msg.Payload = claim
	with, err := cose.NewSigner(cose.AlgorithmES256, s.key)
	if err != nil {
		t.Fatal(err)
	}
	if err := msg.Sign(rand.Reader, nil, with); err != nil {
		t.Fatal(err)
	}
	msg.Payload = nil
	b, err := msg.MarshalCBOR()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func boxOf(kind string, body ...[]byte) []byte {
	all := bytes.Join(body, nil)
	out := binary.BigEndian.AppendUint32(nil, uint32(len(all)+8))
	return append(append(out, kind...), all...)
}

func super(label string, children ...[]byte) []byte {
	desc := boxOf("jumd", make([]byte, 16), []byte{3}, []byte(label), []byte{0})
	return boxOf("jumb", append([][]byte{desc}, children...)...)
}

// encode writes maps in one order, so that what is made twice is the same.
func encode(t testing.TB, v any) []byte {
	t.Helper()
	mode, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		t.Fatal(err)
	}
	b, err := mode.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// plan says what a manifest of a test holds.
type plan struct {
	binding string // label of the hard binding assertion, "" for none
	hash    any    // its content
	format  string // dc:format
	source  string // digital source type of the action
	preview []byte // claim thumbnail
	signer  *signer
}

// store builds a manifest store. Its length depends on the plan's shape only,
// not on hash values of the same length.
func (p plan) store(t testing.TB) []byte {
	t.Helper()
	assertions := [][]byte{super("c2pa.actions.v2", boxOf("cbor", encode(t, map[string]any{"actions": []any{map[string]any{
		"action": "c2pa.created", "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/" + p.source,
		"softwareAgent": map[string]any{"name": "Acme Firmware", "version": "2.1"},
	}}})))}
	labels := []string{"c2pa.actions.v2"}
	if p.binding != "" {
		assertions = append(assertions, super(p.binding, boxOf("cbor", encode(t, p.hash))))
		labels = append(labels, p.binding)
	}
	if p.preview != nil {
		assertions = append(assertions, super("c2pa.thumbnail.claim.jpeg", boxOf("bfdb", []byte("\x00image/jpeg\x00")), boxOf("bidb", p.preview)))
		labels = append(labels, "c2pa.thumbnail.claim.jpeg")
	}
	var refs []any
	for i, a := range assertions {
		sum := sha256.Sum256(a[8:])
		refs = append(refs, map[string]any{"url": "self#jumbf=c2pa.assertions/" + labels[i], "hash": sum[:]})
	}
	claim := encode(t, map[string]any{
		"claim_generator_info": map[string]any{"name": "Acme Camera", "version": "1"}, "created_assertions": refs,
		"signature": "self#jumbf=c2pa.signature", "alg": "sha256", "instanceID": "xmp:iid:1", "dc:format": p.format,
	})
	manifest := super("urn:c2pa:1",
		super("c2pa.assertions", assertions...),
		super("c2pa.claim.v2", boxOf("cbor", claim)),
		super("c2pa.signature", boxOf("cbor", p.signer.sign(t, claim))))
	return super("c2pa", manifest)
}

func picture(w, h int, seed uint8) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Set(x, y, color.RGBA{uint8(x) + seed, uint8(y), seed, 255})
		}
	}
	return m
}

func pngOf(t testing.TB, w, h int, seed uint8) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, picture(w, h, seed)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegOf(t testing.TB, w, h int, seed uint8) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture(w, h, seed), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// inPNG puts a store behind the header chunk, inJPEG behind the start marker.
func inPNG(plain, store []byte) []byte {
	const at = 33
	c := binary.BigEndian.AppendUint32(nil, uint32(len(store)))
	c = append(append(c, "caBX"...), store...)
	c = binary.BigEndian.AppendUint32(c, crc32.ChecksumIEEE(c[4:]))
	return bytes.Join([][]byte{plain[:at], c, plain[at:]}, nil)
}

func inJPEG(plain, store []byte) []byte {
	var segments []byte
	const most = 60000
	for n, rest := uint32(1), store; len(rest) > 0; n++ {
		part := rest[:min(len(rest), most)]
		rest = rest[len(part):]
		body := []byte("JP\x00\x01")
		body = binary.BigEndian.AppendUint32(body, n)
		if n > 1 {
			body = append(body, store[:8]...)
		}
		body = append(body, part...)
		segments = append(segments, 0xFF, 0xEB)
		segments = binary.BigEndian.AppendUint16(segments, uint16(len(body)+2))
		segments = append(segments, body...)
	}
	return bytes.Join([][]byte{plain[:2], segments, plain[2:]}, nil)
}

// signedFile binds a picture by its data hash.
func signedFile(t testing.TB, s *signer, plain []byte, format string, embed func(plain, store []byte) []byte, preview []byte) []byte {
	t.Helper()
	start := map[string]int{"image/png": 33, "image/jpeg": 2}[format]
	build := func(length int, sum []byte) []byte {
		p := plan{binding: "c2pa.hash.data", format: format, source: "digitalCapture", preview: preview, signer: s, hash: map[string]any{
			"exclusions": []any{map[string]any{"start": start, "length": length}}, "alg": "sha256", "hash": sum, "pad": []byte{},
		}}
		return embed(plain, p.store(t))
	}
	// The exclusion's length takes as many bytes for any store of this size.
	length := len(build(70000-1, make([]byte, 32))) - len(plain)
	if length < 1<<16 {
		length = len(build(len(build(1000, make([]byte, 32)))-len(plain), make([]byte, 32))) - len(plain)
	}
	sum := sha256.Sum256(plain)
	return build(length, sum[:])
}

// assertion is a superbox with CBOR content.
func assertion(t testing.TB, name string, v any) []byte {
	t.Helper()
	return super(name, boxOf("cbor", encode(t, v)))
}

// refer is a reference to a superbox with its hash.
func refer(url string, box []byte) map[string]any {
	sum := sha256.Sum256(box[8:])
	return map[string]any{"url": url, "hash": sum[:]}
}

// draft is one manifest, for tests that are about its parts.
type draft struct {
	name       string // of the manifest
	assertions [][]byte
	claim      map[string]any // in place of the usual entries, nil values take one out
	sign       func(claim []byte) []byte
}

// box puts the manifest together. Assertions get the references the claim must
// have, unless it names some itself.
func (d draft) box(t testing.TB) []byte {
	t.Helper()
	refs := []any{}
	for _, a := range d.assertions {
		boxes, err := parseJUMBF(a)
		if err != nil {
			t.Fatal(err)
		}
		refs = append(refs, refer("self#jumbf=c2pa.assertions/"+boxes[0].label, a))
	}
	entries := map[string]any{"claim_generator_info": map[string]any{"name": "Acme Camera"}, "created_assertions": refs, "alg": "sha256"}
	for k, v := range d.claim {
		if entries[k] = v; v == nil {
			delete(entries, k)
		}
	}
	claim := encode(t, entries)
	children := [][]byte{super("c2pa.assertions", d.assertions...), super("c2pa.claim.v2", boxOf("cbor", claim))}
	if d.sign != nil {
		children = append(children, super("c2pa.signature", boxOf("cbor", d.sign(claim))))
	}
	return super(d.name, children...)
}

// storeOf is a manifest store; the last manifest is the active one.
func storeOf(manifests ...[]byte) []byte { return super("c2pa", manifests...) }

// bound puts a store into a PNG file whose data hash it holds. make gets the
// content of that assertion, twice: the length of the store is part of it.
func bound(t testing.TB, plain []byte, make func(hash map[string]any) []byte) []byte {
	t.Helper()
	sum := sha256.Sum256(plain)
	length := 1000 // takes as many bytes as any up to 65535
	var file []byte
	for range 2 {
		file = inPNG(plain, make(map[string]any{"exclusions": []any{map[string]any{"start": 33, "length": length}}, "alg": "sha256", "hash": sum[:]}))
		length = len(file) - len(plain)
	}
	return file
}

// opened is the store as parsed, and its active manifest.
func opened(t testing.TB, jumbf []byte) (*store, *manifest) {
	t.Helper()
	s, err := open(jumbf)
	if err != nil {
		t.Fatal(err)
	}
	return s, s.manifests[len(s.manifests)-1]
}

// codes are the status codes of errors, in their order.
func codes(errors []string) []string {
	out := []string{}
	for _, e := range errors {
		code, _, _ := strings.Cut(e, ":")
		out = append(out, code)
	}
	return out
}
