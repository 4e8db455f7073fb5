package cms

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"slices"
	"testing"
	"time"
)

// signingTime is the time that ordinary signatures of these tests state.
var signingTime = time.Date(2026, 3, 17, 9, 30, 0, 0, time.UTC)

// Object identifiers that signatures of these tests name and the code does not.
var (
	oidData        = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}
	oidContentType = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidMD5         = asn1.ObjectIdentifier{1, 2, 840, 113549, 2, 5}
	oidSHA256      = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
	oidRSA         = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}
	oidECDSA       = asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}
	oidEd25519     = asn1.ObjectIdentifier{1, 3, 101, 112}
)

func hashOID(h crypto.Hash) asn1.ObjectIdentifier {
	last := map[crypto.Hash]int{crypto.SHA256: 1, crypto.SHA384: 2, crypto.SHA512: 3, crypto.SHA224: 4}
	if h == crypto.SHA1 {
		return asn1.ObjectIdentifier{1, 3, 14, 3, 2, 26}
	}
	return asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, last[h]}
}

// firm is an invented signer: a key and a certificate that it signed itself.
type firm struct {
	key    crypto.Signer
	cert   []byte
	issuer []byte // DER
	serial *big.Int
}

func newFirm(t testing.TB, subject []byte, serial int64, key crypto.Signer) *firm {
	t.Helper()
	tmpl := &x509.Certificate{
		SerialNumber: big.NewInt(serial), RawSubject: subject, SubjectKeyId: []byte("an invented key id"),
		NotBefore: signingTime.AddDate(-1, 0, 0), NotAfter: signingTime.AddDate(1, 0, 0),
	}
	cert, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return &firm{key, cert, subject, tmpl.SerialNumber}
}

func named(t testing.TB, n pkix.Name) []byte { return der(t, n.ToRDNSequence()) }

func rsaKey(t testing.TB) crypto.Signer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 1024) // the least Go verifies; made fast
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func ecKey(t testing.TB) crypto.Signer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func edKey(seed byte) crypto.Signer {
	b := make([]byte, ed25519.SeedSize)
	b[0] = seed
	return ed25519.NewKeyFromSeed(b)
}

func der(t testing.TB, v any) []byte {
	t.Helper()
	b, err := asn1.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// wrap puts DER elements into a constructed one.
func wrap(t testing.TB, class, tag int, parts ...[]byte) []byte {
	t.Helper()
	return der(t, asn1.RawValue{Class: class, Tag: tag, IsCompound: true, Bytes: slices.Concat(parts...)})
}

func sequence(t testing.TB, parts ...[]byte) []byte {
	t.Helper()
	return wrap(t, asn1.ClassUniversal, asn1.TagSequence, parts...)
}

func attr(t testing.TB, oid asn1.ObjectIdentifier, value []byte) []byte {
	t.Helper()
	return sequence(t, der(t, oid), wrap(t, asn1.ClassUniversal, asn1.TagSet, value))
}

// form says how a signature is made; newForm gives the usual one, tests change
// what they are about.
type form struct {
	by      *firm
	certs   []byte                // those sent along, one after the other
	hash    crypto.Hash           // of the signed bytes
	named   asn1.ObjectIdentifier // how the signature calls that hash
	alg     asn1.ObjectIdentifier // of the signature
	content []byte                // what is encapsulated, DER; nil: nothing is
	digest  []byte                // of the message
	sid     []byte                // who signed, DER

	attrs [][]byte // signed; nil: the signature is over the digest
	sent  [][]byte // sent along in place of those that were signed
	flip  bool     // the signature is damaged
	more  [][]byte // further signer infos
}

// newForm is what a PDF carries: a detached signature with attributes.
func newForm(t testing.TB, by *firm, data []byte) *form {
	t.Helper()
	f := &form{by: by, certs: by.cert, sid: sequence(t, by.issuer, der(t, by.serial))}
	switch by.key.(type) {
	case *rsa.PrivateKey:
		f.alg = oidRSA
	case *ecdsa.PrivateKey:
		f.alg = oidECDSA
	default:
		f.alg = oidEd25519
	}
	return f.over(t, crypto.SHA256, data)
}

// over digests data and states that in the attributes.
func (f *form) over(t testing.TB, h crypto.Hash, data []byte) *form {
	t.Helper()
	f.hash, f.named, f.digest = h, hashOID(h), sum(h, data)
	f.attrs = [][]byte{
		attr(t, oidContentType, der(t, oidData)),
		attr(t, oidSigningTime, der(t, signingTime)),
		attr(t, oidMessageDigest, der(t, f.digest)),
	}
	return f
}

// info makes the SignerInfo (RFC 5652, 5.3).
func (f *form) info(t testing.TB) []byte {
	t.Helper()
	message, digest := []byte(nil), f.digest
	if f.attrs != nil {
		message = wrap(t, asn1.ClassUniversal, asn1.TagSet, f.attrs...)
		digest = sum(f.hash, message)
	}
	var opts crypto.SignerOpts = f.hash
	switch {
	case f.alg.Equal(oidRSAPSS):
		opts = &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash, Hash: f.hash}
	case f.alg.Equal(oidEd25519):
		digest, opts = message, crypto.Hash(0) // over the message itself
	}
	signature, err := f.by.key.Sign(rand.Reader, digest, opts)
	if err != nil {
		t.Fatal(err)
	}
	if f.flip {
		signature[len(signature)-1] ^= 1
	}
	parts := [][]byte{der(t, 1), f.sid, der(t, pkix.AlgorithmIdentifier{Algorithm: f.named})}
	if f.sent == nil {
		f.sent = f.attrs
	}
	if f.sent != nil {
		parts = append(parts, wrap(t, asn1.ClassContextSpecific, 0, f.sent...))
	}
	parts = append(parts, der(t, pkix.AlgorithmIdentifier{Algorithm: f.alg}), der(t, signature))
	return sequence(t, parts...)
}

// make makes the SignedData (RFC 5652, 5.1).
func (f *form) make(t testing.TB) []byte {
	t.Helper()
	content := der(t, oidData)
	if f.content != nil {
		content = append(content, wrap(t, asn1.ClassContextSpecific, 0, f.content)...)
	}
	return signedDataOf(t, content, f.certs, append([][]byte{f.info(t)}, f.more...)...)
}

func signedDataOf(t testing.TB, content, certs []byte, infos ...[]byte) []byte {
	t.Helper()
	body := sequence(t, der(t, 1),
		wrap(t, asn1.ClassUniversal, asn1.TagSet, der(t, pkix.AlgorithmIdentifier{Algorithm: oidSHA256})),
		sequence(t, content),
		wrap(t, asn1.ClassContextSpecific, 0, certs),
		wrap(t, asn1.ClassUniversal, asn1.TagSet, infos...))
	return sequence(t, der(t, oidSignedData), wrap(t, asn1.ClassContextSpecific, 0, body))
}

// indefinite rewrites DER as tools that write while they read do: constructed
// elements without a length, octet strings in two pieces.
func indefinite(t testing.TB, b []byte) []byte {
	t.Helper()
	var out []byte
	for len(b) > 0 {
		var e asn1.RawValue
		rest, err := asn1.Unmarshal(b, &e)
		if err != nil {
			t.Fatal(err)
		}
		tag := b[0]
		b = rest
		switch {
		case e.IsCompound:
			out = append(append(out, tag, 0x80), indefinite(t, e.Bytes)...)
		case tag == asn1.TagOctetString:
			half := len(e.Bytes) / 2
			out = append(out, 0x24, 0x80)
			out = append(append(out, der(t, e.Bytes[:half])...), der(t, e.Bytes[half:])...)
		default:
			out = append(out, e.FullBytes...)
			continue
		}
		out = append(out, 0, 0)
	}
	return out
}
