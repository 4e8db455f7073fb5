package c2pa

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/veraison/go-cose"

	"github.com/aecheck/aecheck/pkg/extract/file/container"
)

// verifier checks one manifest and gathers what is wrong.
type verifier struct {
	store *store
	file  *container.File
	data  []byte
	trust *Trust
	// sums keeps box hashes: many references may name one large box.
	sums map[sumKey][]byte

	errors []string
	// onlyUnchecked: nothing was found wrong, but something could not be
	// checked.
	onlyUnchecked bool
	failed        bool
	signer        string
	signedAt      time.Time
	trustList     string
}

type sumKey struct {
	box *box
	alg string
}

// maxReferences is how many assertions a claim may name: long editing
// histories have some hundred.
const maxReferences = 2000

func (v *verifier) fail(code, format string, args ...any) {
	v.failed, v.onlyUnchecked = true, false
	v.errors = append(v.errors, code+": "+fmt.Sprintf(format, args...))
}

func (v *verifier) unchecked(format string, args ...any) {
	v.onlyUnchecked = !v.failed
	v.errors = append(v.errors, "not checked: "+fmt.Sprintf(format, args...))
}

func (v *verifier) verify(m *manifest) {
	v.signature(m)
	v.assertions(m)
	v.ingredients(m)
	v.binding(m)
}

// signature checks the COSE_Sign1 over the claim (C2PA 2.1, 13.2, 15.7).
func (v *verifier) signature(m *manifest) {
	b := m.child("c2pa.signature")
	if b == nil {
		v.fail("claimSignature.missing", "the manifest has no signature")
		return
	}
	msg, err := sign1(b.content("cbor"))
	if err != nil {
		v.fail("claimSignature.mismatch", "%v", err)
		return
	}
	chain, err := certificates(msg)
	if err != nil {
		v.fail("signingCredential.invalid", "%v", err)
		return
	}
	leaf := chain[0]
	v.signer = signerName(leaf)
	alg, err := msg.Headers.Protected.Algorithm()
	if err != nil {
		v.fail("algorithm.unsupported", "%v", err)
		return
	}
	key, err := publicKey(leaf)
	if err != nil {
		v.fail("algorithm.unsupported", "%v", err)
		return
	}
	check, err := cose.NewVerifier(alg, key)
	if err != nil {
		v.fail("algorithm.unsupported", "%v", err)
		return
	}
	// The payload is detached: it is the claim.
	msg.Payload = m.claimBytes
	if err := msg.Verify(nil, check); err != nil {
		v.fail("claimSignature.mismatch", "the claim is not what was signed")
		return
	}
	at := leaf.NotBefore
	if t, err := timestamp(msg, m.claimBytes); err == nil {
		v.signedAt, at = t, t
	}
	v.trustList = v.trust.vouches(chain, at)
}

// sign1 reads a COSE_Sign1, with or without its tag.
func sign1(b []byte) (*cose.Sign1Message, error) {
	if len(b) == 0 {
		return nil, errors.New("the signature box is empty")
	}
	msg := &cose.Sign1Message{}
	if b[0] == 0xD2 {
		return msg, msg.UnmarshalCBOR(b)
	}
	bare := (*cose.UntaggedSign1Message)(msg)
	return msg, bare.UnmarshalCBOR(b)
}

// certificates returns the x5chain, the signer's first, from the protected or
// unprotected headers; early writers used the text label.
func certificates(msg *cose.Sign1Message) ([]*x509.Certificate, error) {
	var raw any
	for _, h := range []map[any]any{msg.Headers.Protected, msg.Headers.Unprotected} {
		for _, label := range []any{cose.HeaderLabelX5Chain, "x5chain"} {
			if v, ok := h[label]; ok && raw == nil {
				raw = v
			}
		}
	}
	var ders [][]byte
	switch x := raw.(type) {
	case []byte:
		ders = [][]byte{x}
	case []any:
		for _, v := range x {
			if b, ok := v.([]byte); ok && len(ders) < 16 {
				ders = append(ders, b)
			}
		}
	case [][]byte:
		ders = x[:min(len(x), 16)]
	}
	if len(ders) == 0 {
		return nil, errors.New("the signature carries no certificate")
	}
	var chain []*x509.Certificate
	for i, der := range ders {
		c, err := x509.ParseCertificate(der)
		if err != nil {
			if i > 0 {
				break // what comes after the signer's is only needed for trust
			}
			return nil, err
		}
		chain = append(chain, c)
	}
	return chain, nil
}

// signerName words organisation and common name.
func signerName(c *x509.Certificate) string {
	names := slices.DeleteFunc([]string{strings.Join(c.Subject.Organization, ", "), c.Subject.CommonName}, func(s string) bool { return s == "" })
	return strings.Join(names, ", ")
}

// publicKey returns the certificate's key; crypto/x509 leaves RSA keys
// restricted to PSS (RFC 4055) unparsed.
func publicKey(c *x509.Certificate) (crypto.PublicKey, error) {
	if c.PublicKey != nil {
		return c.PublicKey, nil
	}
	var spki struct {
		Algorithm struct {
			OID        asn1.ObjectIdentifier
			Parameters asn1.RawValue `asn1:"optional"`
		}
		Key asn1.BitString
	}
	if _, err := asn1.Unmarshal(c.RawSubjectPublicKeyInfo, &spki); err != nil {
		return nil, err
	}
	if !spki.Algorithm.OID.Equal(asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 10}) {
		return nil, fmt.Errorf("public key of kind %v", spki.Algorithm.OID)
	}
	key, err := x509.ParsePKCS1PublicKey(spki.Key.RightAlign())
	if err != nil {
		return nil, err
	}
	return key, nil
}

// assertions checks the claim's hashes over its assertions (15.10.3).
func (v *verifier) assertions(m *manifest) {
	named := map[*box]bool{}
	refs := m.claim.assertions()
	if len(refs) > maxReferences {
		v.unchecked("a claim over %d assertions", len(refs))
		return
	}
	for _, ref := range refs {
		if slices.Contains(m.claim.Redacted, ref.URL) {
			continue
		}
		a := v.store.resolve(m.box, ref.URL)
		if a == nil {
			v.fail("assertion.missing", "%s", ref.URL)
			continue
		}
		named[a] = true
		v.hashedURI(m, ref, a, "assertion.hashedURI.mismatch")
	}
	if assertions := m.child("c2pa.assertions"); assertions != nil {
		for _, a := range assertions.children {
			if a.kind == "jumb" && !named[a] {
				v.fail("assertion.undeclared", "%s", a.label)
			}
		}
	}
}

func (v *verifier) hashedURI(m *manifest, ref hashedURI, b *box, code string) {
	key := sumKey{b, algOf(ref.Alg, &m.claim)}
	sum, ok := v.sums[key]
	if !ok {
		h := newHash(key.alg)
		if h == nil {
			v.fail("algorithm.unsupported", "%s", ref.Alg)
			return
		}
		h.Write(b.hashed())
		sum = h.Sum(nil)
		if v.sums == nil {
			v.sums = make(map[sumKey][]byte)
		}
		v.sums[key] = sum
	}
	if !bytes.Equal(sum, ref.Hash) {
		v.fail(code, "%s is not what the claim was made over", b.label)
	}
}

// ingredients checks the hashes over the manifests it was made from (15.11).
func (v *verifier) ingredients(m *manifest) {
	assertions := m.child("c2pa.assertions")
	if assertions == nil {
		return
	}
	for _, a := range assertions.children {
		if base(a.label) != "c2pa.ingredient" {
			continue
		}
		var ing struct {
			Manifest hashedURI `cbor:"c2pa_manifest"`
			Active   hashedURI `cbor:"activeManifest"`
		}
		if v.store.dec.Unmarshal(a.content("cbor"), &ing) != nil {
			continue // an optional field of another type; the assertion's own hash was checked
		}
		for _, ref := range []hashedURI{ing.Manifest, ing.Active} {
			if ref.URL == "" {
				continue
			}
			if b := v.store.resolve(m.box, ref.URL); b == nil {
				v.fail("ingredient.manifest.missing", "%s", ref.URL)
			} else {
				v.hashedURI(m, ref, b, "ingredient.manifest.mismatch")
			}
		}
	}
}
