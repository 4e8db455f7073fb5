package c2pa

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha512"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"math/big"
	"slices"
	"strings"
	"testing"
	"testing/cryptotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/veraison/go-cose"
)

// authority is an invented certificate authority of two levels.
type authority struct {
	root         string // PEM
	intermediate []byte // DER
	cert         *x509.Certificate
	key          *ecdsa.PrivateKey
}

var year2026 = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func p256(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func newAuthority(t testing.TB) *authority {
	t.Helper()
	rootKey, key := p256(t), p256(t)
	issue := func(serial int64, name string, parent *x509.Certificate, pub *ecdsa.PublicKey) ([]byte, *x509.Certificate) {
		c := &x509.Certificate{
			SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: name}, NotBefore: year2026, NotAfter: year2026.AddDate(10, 0, 0),
			IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
		}
		if parent == nil {
			parent = c
		}
		der, err := x509.CreateCertificate(rand.Reader, c, parent, pub, rootKey)
		if err != nil {
			t.Fatal(err)
		}
		if c, err = x509.ParseCertificate(der); err != nil {
			t.Fatal(err)
		}
		return der, c
	}
	rootDER, root := issue(1, "Invented Root", nil, &rootKey.PublicKey)
	der, cert := issue(2, "Invented Issuer", root, &key.PublicKey)
	return &authority{string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: rootDER})), der, cert, key}
}

// leaf is a signing certificate of the year 2026.
func (a *authority) leaf(t testing.TB, pub crypto.PublicKey) []byte {
	t.Helper()
	c := &x509.Certificate{
		SerialNumber: big.NewInt(3), Subject: pkix.Name{CommonName: "Camera 1", Organization: []string{"Acme"}}, NotBefore: year2026, NotAfter: year2026.AddDate(1, 0, 0),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageEmailProtection},
	}
	der, err := x509.CreateCertificate(rand.Reader, c, a.cert, pub, a.key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// seal says how a claim is signed.
type seal struct {
	alg    cose.Algorithm
	key    crypto.Signer
	chain  any  // x5chain, nil for none
	label  any  // of the chain
	loose  bool // the chain is in the unprotected headers
	bare   bool // without the tag of COSE_Sign1
	noAlg  bool
	broken bool // any bytes as the signature: for what the signer would refuse
	// stamp makes unprotected headers over the finished signature.
	stamp func(msg *cose.Sign1Message) map[any]any
}

func (s seal) sign(t testing.TB, claim []byte) []byte {
	t.Helper()
	msg := cose.NewSign1Message()
	if !s.noAlg {
		msg.Headers.Protected[cose.HeaderLabelAlgorithm] = s.alg
	}
	if s.label == nil {
		s.label = cose.HeaderLabelX5Chain
	}
	if s.chain != nil && s.loose {
		msg.Headers.Unprotected[s.label] = s.chain
	} else if s.chain != nil {
		msg.Headers.Protected[s.label] = s.chain
	}
	msg.Payload = claim
	if s.broken {
		msg.Signature = []byte("no signature at all")
	} else {
		with, err := cose.NewSigner(s.alg, s.key)
		if err != nil {
			t.Fatal(err)
		}
		if err := msg.Sign(rand.Reader, nil, with); err != nil {
			t.Fatal(err)
		}
	}
	msg.Payload = nil
	if s.stamp != nil {
		for k, v := range s.stamp(msg) {
			msg.Headers.Unprotected[k] = v
		}
	}
	b, err := msg.MarshalCBOR()
	if err != nil {
		t.Fatal(err)
	}
	if s.bare {
		return b[1:]
	}
	return b
}

// TestSignature: what is signed by whom, with keys and headers of all kinds.
func TestSignature(t *testing.T) {
	cryptotest.SetGlobalRandom(t, 1)
	ca := newAuthority(t)
	ec := p256(t)
	ec384, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	ed := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	leaf := ca.leaf(t, ec.Public())
	chain := []any{leaf, ca.intermediate}
	usual := func(change func(s *seal)) seal {
		s := seal{alg: cose.AlgorithmES256, key: ec, chain: chain}
		change(&s)
		return s
	}
	// The RSA key with another identifier: for RSASSA-PSS only (RFC 4055), or
	// of a kind nobody knows. That breaks the issuer's signature, but nothing
	// else.
	rsaLeaf := ca.leaf(t, rsaKey.Public())
	rsaAs := func(last byte) []byte {
		return bytes.Replace(rsaLeaf, []byte("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01"), []byte("\x2a\x86\x48\x86\xf7\x0d\x01\x01"+string(rune(last))), 1)
	}
	const mine = "mine"
	for _, c := range []struct {
		name    string
		seal    seal
		changed bool // the claim, after it was signed
		codes   []string
		signer  string
		list    string
	}{
		{"ES256", usual(func(*seal) {}), false, nil, "Acme, Camera 1", mine},
		{"without the tag", usual(func(s *seal) { s.bare = true }), false, nil, "Acme, Camera 1", mine},
		{"chain in the unprotected headers", usual(func(s *seal) { s.loose = true }), false, nil, "Acme, Camera 1", mine},
		{"chain under the text label", usual(func(s *seal) { s.loose, s.label = true, "x5chain" }), false, nil, "Acme, Camera 1", mine},
		{"certificate alone", usual(func(s *seal) { s.chain = leaf }), false, nil, "Acme, Camera 1", ""},
		{"issuer cannot be read", usual(func(s *seal) { s.chain = []any{leaf, []byte("nothing"), ca.intermediate} }), false, nil, "Acme, Camera 1", ""},
		{"more than certificates in the chain", usual(func(s *seal) { s.chain = []any{"text", leaf, 5, ca.intermediate} }), false, nil, "Acme, Camera 1", mine},
		{"ES384", usual(func(s *seal) {
			s.alg, s.key, s.chain = cose.AlgorithmES384, ec384, []any{ca.leaf(t, ec384.Public()), ca.intermediate}
		}), false, nil, "Acme, Camera 1", mine},
		{"Ed25519", usual(func(s *seal) {
			s.alg, s.key, s.chain = cose.AlgorithmEdDSA, ed, []any{ca.leaf(t, ed.Public()), ca.intermediate}
		}), false, nil, "Acme, Camera 1", mine},
		{"PS256", usual(func(s *seal) { s.alg, s.key, s.chain = cose.AlgorithmPS256, rsaKey, []any{rsaLeaf, ca.intermediate} }), false, nil, "Acme, Camera 1", mine},
		{"PS512, key for PSS only", usual(func(s *seal) { s.alg, s.key, s.chain = cose.AlgorithmPS512, rsaKey, rsaAs(10) }), false, nil, "Acme, Camera 1", ""},

		{"claim changed", usual(func(*seal) {}), true, []string{"claimSignature.mismatch"}, "Acme, Camera 1", ""},
		{"another key's certificate", usual(func(s *seal) { s.chain = []any{ca.leaf(t, p256(t).Public()), ca.intermediate} }), false, []string{"claimSignature.mismatch"}, "Acme, Camera 1", ""},
		{"claim changed, key for PSS only", usual(func(s *seal) { s.alg, s.key, s.chain = cose.AlgorithmPS256, rsaKey, rsaAs(10) }), true, []string{"claimSignature.mismatch"}, "Acme, Camera 1", ""},
		{"no certificate", usual(func(s *seal) { s.chain = nil }), false, []string{"signingCredential.invalid"}, "", ""},
		{"chain of other things", usual(func(s *seal) { s.chain = []any{"text", 5} }), false, []string{"signingCredential.invalid"}, "", ""},
		{"certificate cannot be read", usual(func(s *seal) { s.chain = []any{[]byte("nothing"), leaf} }), false, []string{"signingCredential.invalid"}, "", ""},
		{"no algorithm", usual(func(s *seal) { s.noAlg, s.broken = true, true }), false, []string{"algorithm.unsupported"}, "Acme, Camera 1", ""},
		{"unknown algorithm", usual(func(s *seal) { s.alg, s.broken = -9999, true }), false, []string{"algorithm.unsupported"}, "Acme, Camera 1", ""},
		{"algorithm of another kind of key", usual(func(s *seal) { s.alg, s.broken = cose.AlgorithmPS256, true }), false, []string{"algorithm.unsupported"}, "Acme, Camera 1", ""},
		{"key of an unknown kind", usual(func(s *seal) { s.alg, s.key, s.chain = cose.AlgorithmPS256, rsaKey, rsaAs(9) }), false, []string{"algorithm.unsupported"}, "Acme, Camera 1", ""},
		{"key for PSS that is none", usual(func(s *seal) {
			s.alg, s.key, s.chain = cose.AlgorithmPS256, rsaKey, bytes.Replace(rsaAs(10), []byte("\x00\x30\x82\x01\x0a\x02"), []byte("\x00\x30\x82\x01\x0a\x03"), 1)
		}), false, []string{"algorithm.unsupported"}, "Acme, Camera 1", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, m := opened(t, storeOf(draft{name: "urn:c2pa:1", sign: func(claim []byte) []byte { return c.seal.sign(t, claim) }}.box(t)))
			if c.changed {
				m.claimBytes = append(bytes.Clone(m.claimBytes), 0)
			}
			v := verifier{store: s, trust: &Trust{lists: []trustList{listed(mine, ca.root)}}}
			v.signature(m)
			if got := codes(v.errors); !slices.Equal(got, c.codes) {
				t.Errorf("errors %q, want %q", v.errors, c.codes)
			}
			if v.signer != c.signer || v.trustList != c.list || !v.signedAt.IsZero() {
				t.Errorf("signer %q of list %q at %v, want %q of %q", v.signer, v.trustList, v.signedAt, c.signer, c.list)
			}
		})
	}
}

// TestSignatureBox: a manifest whose signature cannot be read is not valid,
// whatever is in the signature's place.
func TestSignatureBox(t *testing.T) {
	for name, c := range map[string]struct {
		sign func([]byte) []byte
		want string
	}{
		"missing":     {nil, "claimSignature.missing: the manifest has no signature"},
		"empty":       {func([]byte) []byte { return nil }, "claimSignature.mismatch: the signature box is empty"},
		"no CBOR":     {func([]byte) []byte { return []byte("signed, me") }, "claimSignature.mismatch: "},
		"tag only":    {func([]byte) []byte { return []byte{0xD2} }, "claimSignature.mismatch: "},
		"another tag": {func([]byte) []byte { return []byte{0xD1, 0x84, 0x40, 0xA0, 0xF6, 0x40} }, "claimSignature.mismatch: "},
	} {
		s, m := opened(t, storeOf(draft{name: "urn:c2pa:1", sign: c.sign}.box(t)))
		v := verifier{store: s}
		v.signature(m)
		if len(v.errors) != 1 || !strings.HasPrefix(v.errors[0], c.want) || !v.failed {
			t.Errorf("%s: %q, want %q", name, v.errors, c.want)
		}
	}
}

func marshal(t testing.TB, v any) []byte {
	t.Helper()
	b, err := asn1.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func explicit(b []byte) asn1.RawValue {
	return asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: b}
}

var (
	sha256OID = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
	sha384OID = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 2}
	sha512OID = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 3}
)

// stampOf is the TSTInfo of a time stamp.
func stampOf(t testing.TB, hash asn1.ObjectIdentifier, sum []byte, at string) []byte {
	t.Helper()
	return marshal(t, struct {
		Version int
		Policy  asn1.ObjectIdentifier
		Imprint struct {
			Algorithm pkix.AlgorithmIdentifier
			Hash      []byte
		}
		Serial int
		Time   asn1.RawValue
	}{1, asn1.ObjectIdentifier{1, 2, 3}, struct {
		Algorithm pkix.AlgorithmIdentifier
		Hash      []byte
	}{pkix.AlgorithmIdentifier{Algorithm: hash}, sum}, 7, asn1.RawValue{Tag: asn1.TagGeneralizedTime, Bytes: []byte(at)}})
}

// tokenOf is a time stamp token around content; its signature is not looked at.
func tokenOf(t testing.TB, content []byte) []byte {
	t.Helper()
	return typedToken(t, asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}, content)
}

// typedToken is a token that says it is of another kind than signed data.
func typedToken(t testing.TB, kind asn1.ObjectIdentifier, content []byte) []byte {
	t.Helper()
	type encap struct {
		Type    asn1.ObjectIdentifier
		Content asn1.RawValue
	}
	signed := marshal(t, struct {
		Version int
		Digests []int `asn1:"set"`
		Encap   encap
	}{3, nil, encap{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}, explicit(content)}})
	return marshal(t, encap{kind, explicit(signed)})
}

// responseOf is the answer of a time stamp server.
func responseOf(t testing.TB, token []byte) []byte {
	t.Helper()
	return marshal(t, struct {
		Status struct{ Code int }
		Token  asn1.RawValue
	}{struct{ Code int }{0}, asn1.RawValue{FullBytes: token}})
}

func TestParseToken(t *testing.T) {
	stamped := []byte("what was stamped")
	digest := func(h crypto.Hash) []byte {
		w := h.New()
		w.Write(stamped)
		return w.Sum(nil)
	}
	info := stampOf(t, sha256OID, digest(crypto.SHA256), "20260317093105Z")
	token := tokenOf(t, marshal(t, info))
	want := time.Date(2026, 3, 17, 9, 31, 5, 0, time.UTC)
	other := typedToken(t, asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}, marshal(t, info))
	for _, c := range []struct {
		name string
		der  []byte
		ok   bool
	}{
		{"token", token, true},
		{"answer of a server", responseOf(t, token), true},
		{"SHA-384", tokenOf(t, marshal(t, stampOf(t, sha384OID, digest(crypto.SHA384), "20260317093105Z"))), true},
		{"SHA-512", tokenOf(t, marshal(t, stampOf(t, sha512OID, digest(crypto.SHA512), "20260317093105Z"))), true},
		{"fractions of a second", tokenOf(t, marshal(t, stampOf(t, sha256OID, digest(crypto.SHA256), "20260317093105.120Z"))), true},
		{"stamp of something else", tokenOf(t, marshal(t, stampOf(t, sha256OID, make([]byte, 32), "20260317093105Z"))), false},
		{"hash named wrongly", tokenOf(t, marshal(t, stampOf(t, sha512OID, digest(crypto.SHA256), "20260317093105Z"))), false},
		{"hash not known", tokenOf(t, marshal(t, stampOf(t, asn1.ObjectIdentifier{1, 3, 14, 3, 2, 26}, digest(crypto.SHA1), "20260317093105Z"))), false},
		{"no time", tokenOf(t, marshal(t, stampOf(t, sha256OID, digest(crypto.SHA256), "soon"))), false},
		{"a thirteenth month", tokenOf(t, marshal(t, stampOf(t, sha256OID, digest(crypto.SHA256), "20261317093105Z"))), false},
		{"no stamp inside", tokenOf(t, marshal(t, []byte("hello"))), false},
		{"content of another kind", tokenOf(t, info), false},
		{"no signed data", other, false},
		{"answer without signed data", responseOf(t, other), false},
		{"answer without a token", marshal(t, struct{ Status struct{ Code int } }{struct{ Code int }{2}}), false},
		{"signed data cut off", marshal(t, struct {
			Type    asn1.ObjectIdentifier
			Content asn1.RawValue
		}{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}, explicit([]byte{0x30, 5, 2, 1})}), false},
		{"no DER", []byte("soon"), false},
		{"nothing", nil, false},
	} {
		got, err := parseToken(c.der, stamped)
		if c.ok && (err != nil || !got.Equal(want)) || !c.ok && (err == nil || !got.IsZero()) {
			t.Errorf("%s: %v, %v", c.name, got, err)
		}
	}
}

// TestTimestamp: a certificate is judged at the time that was stamped, else at
// its beginning. What the stamp is over is put together here a second time.
func TestTimestamp(t *testing.T) {
	cryptotest.SetGlobalRandom(t, 2)
	ca := newAuthority(t)
	key := p256(t)
	chain := []any{ca.leaf(t, key.Public()), ca.intermediate}
	over := func(payload []byte) []byte {
		protected := encode(t, map[any]any{1: -7, 33: chain})
		return encode(t, []any{"CounterSignature", protected, []byte{}, payload})
	}
	header := func(tokens ...any) map[string]any { return map[string]any{"tstTokens": tokens} }
	token := func(stamped []byte, at string) map[string]any {
		sum := sha512.Sum512(stamped)
		return map[string]any{"val": tokenOf(t, marshal(t, stampOf(t, sha512OID, sum[:], at)))}
	}
	for _, c := range []struct {
		name     string
		unsealed func(msg *cose.Sign1Message, claim []byte) map[any]any
		at       time.Time
		list     string
	}{
		{"none", func(*cose.Sign1Message, []byte) map[any]any { return nil }, time.Time{}, "mine"},
		{"of the claim", func(_ *cose.Sign1Message, claim []byte) map[any]any {
			return map[any]any{"sigTst": header(token(over(claim), "20260701120000Z"))}
		}, time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC), "mine"},
		{"of the signature", func(msg *cose.Sign1Message, _ []byte) map[any]any {
			return map[any]any{"sigTst2": header(token(over(encode(t, msg.Signature)), "20260701120000Z"))}
		}, time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC), "mine"},
		{"of the signature goes before that of the claim", func(msg *cose.Sign1Message, claim []byte) map[any]any {
			return map[any]any{
				"sigTst":  header(token(over(claim), "20260101120000Z")),
				"sigTst2": header(token(over(encode(t, msg.Signature)), "20260701120000Z")),
			}
		}, time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC), "mine"},
		{"of the claim, where that of the signature is none", func(_ *cose.Sign1Message, claim []byte) map[any]any {
			return map[any]any{
				"sigTst":  header(token(over(claim), "20260701120000Z")),
				"sigTst2": header(map[string]any{"val": "soon"}),
			}
		}, time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC), "mine"},
		{"after the certificate ended", func(_ *cose.Sign1Message, claim []byte) map[any]any {
			return map[any]any{"sigTst": header(token(over(claim), "20270701120000Z"))}
		}, time.Date(2027, 7, 1, 12, 0, 0, 0, time.UTC), ""},
		{"of another claim", func(_ *cose.Sign1Message, _ []byte) map[any]any {
			return map[any]any{"sigTst": header(token(over([]byte("another")), "20270701120000Z"))}
		}, time.Time{}, "mine"},
		{"of the claim, given out as of the signature", func(_ *cose.Sign1Message, claim []byte) map[any]any {
			return map[any]any{"sigTst2": header(token(over(claim), "20270701120000Z"))}
		}, time.Time{}, "mine"},
		{"empty list", func(*cose.Sign1Message, []byte) map[any]any {
			return map[any]any{"sigTst": header()}
		}, time.Time{}, "mine"},
		{"token that is text", func(*cose.Sign1Message, []byte) map[any]any {
			return map[any]any{"sigTst": header(map[string]any{"val": "soon"})}
		}, time.Time{}, "mine"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, m := opened(t, storeOf(draft{name: "urn:c2pa:1", sign: func(claim []byte) []byte {
				return seal{alg: cose.AlgorithmES256, key: key, chain: chain, stamp: func(msg *cose.Sign1Message) map[any]any { return c.unsealed(msg, claim) }}.sign(t, claim)
			}}.box(t)))
			v := verifier{store: s, trust: &Trust{lists: []trustList{listed("mine", ca.root)}}}
			v.signature(m)
			if len(v.errors) > 0 {
				t.Errorf("errors %q", v.errors)
			}
			if !v.signedAt.Equal(c.at) || v.trustList != c.list {
				t.Errorf("signed at %v, list %q, want %v and %q", v.signedAt, v.trustList, c.at, c.list)
			}
		})
	}
}

// The first list with a fitting root is named; certificates that others sent
// along do not make a signer trusted.
func TestVouches(t *testing.T) {
	cryptotest.SetGlobalRandom(t, 3)
	mine, other := newAuthority(t), newAuthority(t)
	der := mine.leaf(t, p256(t).Public())
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	trust := &Trust{lists: []trustList{listed("empty", ""), listed("first", other.root), listed("second", "no PEM\n"+mine.root+other.root), listed("third", mine.root)}}
	fewer := &Trust{lists: trust.lists[:2]}
	got := []string{
		trust.vouches([]*x509.Certificate{leaf, mine.cert}, year2026),
		trust.vouches([]*x509.Certificate{leaf}, year2026),
		trust.vouches([]*x509.Certificate{leaf, other.cert}, year2026),
		trust.vouches([]*x509.Certificate{leaf, mine.cert}, year2026.AddDate(2, 0, 0)),
		fewer.vouches([]*x509.Certificate{leaf, mine.cert}, year2026),
		new(Trust).vouches([]*x509.Certificate{leaf, mine.cert}, year2026),
	}
	if d := cmp.Diff([]string{"second", "", "", "", "", ""}, got); d != "" {
		t.Error(d)
	}
}
