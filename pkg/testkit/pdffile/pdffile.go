// Package pdffile writes small PDFs for tests, signed ones too.
//
// It imports nothing of ours.
package pdffile

import (
	"bytes"
	"compress/zlib"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/hex"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"
)

// Build writes objects 1, 2, … with a trailer; tools that read PDFs by their
// cross-reference table would complain, we do not use it.
func Build(trailer string, objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	for i, o := range objects {
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Root 1 0 R %s >>\nstartxref\n0\n%%%%EOF\n", trailer)
	return b.Bytes()
}

// Flate compresses a stream as FlateDecode wants it.
func Flate(s string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

// Stream is an object with a body.
func Stream(dict, body string) string {
	return fmt.Sprintf("<< /Length %d %s >>\nstream\n%s\nendstream", len(body), dict, body)
}

// The first two objects of a file with one page, which is the third.
const Catalog, OnePage = "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>"

// signer makes detached signatures with a certificate of its own.
type signer struct {
	key  *ecdsa.PrivateKey
	cert []byte
}

func newSigner(t testing.TB) *signer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	tmpl := &x509.Certificate{SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "Hans Meier"}, NotBefore: time.Unix(0, 0), NotAfter: time.Unix(1<<33, 0)}
	cert, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return &signer{key, cert}
}

func der(t testing.TB, v any) []byte {
	t.Helper()
	b, err := asn1.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// sign returns signed data (RFC 5652) over data.
func (s *signer) sign(t testing.TB, data []byte) []byte {
	t.Helper()
	raw := func(class, tag int, body []byte) asn1.RawValue {
		return asn1.RawValue{Class: class, Tag: tag, IsCompound: true, Bytes: body}
	}
	sha := asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
	dataType := asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}
	attr := func(oid asn1.ObjectIdentifier, v any) []byte {
		return der(t, struct {
			Type   asn1.ObjectIdentifier
			Values asn1.RawValue
		}{oid, raw(0, asn1.TagSet, der(t, v))})
	}
	digest := sha256.Sum256(data)
	attrs := append(attr(asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}, dataType), attr(asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 5}, time.Date(2025, 3, 1, 4, 0, 0, 0, time.UTC))...)
	attrs = append(attrs, attr(asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}, digest[:])...)
	sum := sha256.Sum256(der(t, raw(0, asn1.TagSet, attrs)))
	sig, err := s.key.Sign(rand.Reader, sum[:], crypto.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(s.cert)
	if err != nil {
		t.Fatal(err)
	}
	alg := pkix.AlgorithmIdentifier{Algorithm: sha}
	info := der(t, struct {
		Version int
		Issuer  struct {
			Name   asn1.RawValue
			Serial *big.Int
		}
		Digest    pkix.AlgorithmIdentifier
		Attrs     asn1.RawValue
		Algorithm pkix.AlgorithmIdentifier
		Signature []byte
	}{1, struct {
		Name   asn1.RawValue
		Serial *big.Int
	}{asn1.RawValue{FullBytes: cert.RawIssuer}, cert.SerialNumber}, alg, raw(2, 0, attrs), pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}}, sig})
	signed := der(t, struct {
		Version int
		Digests asn1.RawValue
		Content struct{ Type asn1.ObjectIdentifier }
		Certs   asn1.RawValue
		Signers asn1.RawValue
	}{1, raw(0, asn1.TagSet, der(t, alg)), struct{ Type asn1.ObjectIdentifier }{dataType}, raw(2, 0, s.cert), raw(0, asn1.TagSet, info)})
	return der(t, struct {
		Type    asn1.ObjectIdentifier
		Content asn1.RawValue
	}{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}, raw(2, 0, signed)})
}

const room = 4096 // hexadecimal digits kept for a signature

// SignatureValue is the value of a signature that Sign fills in; entries go
// into its dictionary.
func SignatureValue(entries string) string {
	return "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached " + entries +
		" /ByteRange [0 00000001 00000002 00000003] /Contents <" + strings.Repeat("0", room) + "> >>"
}

// Sign fills in the last signature value of a file, which covers all of it.
func Sign(t testing.TB, file []byte) []byte {
	t.Helper()
	b := bytes.Clone(file)
	holder, ranges := "<"+strings.Repeat("0", room)+">", "00000001 00000002 00000003"
	at, br := bytes.LastIndex(b, []byte(holder)), bytes.LastIndex(b, []byte(ranges))
	if at < 0 || br < 0 {
		t.Fatal("no signature value to fill in")
	}
	end := at + len(holder)
	copy(b[br:], fmt.Appendf(nil, "%08d %08d %08d", at, end, len(b)-end))
	sig := newSigner(t).sign(t, append(append([]byte(nil), b[:at]...), b[end:]...))
	copy(b[at+1:], hex.EncodeToString(sig))
	return b
}

// Update adds a revision with some objects, and a table that says where they
// are; entries go into its trailer.
func Update(file []byte, objects map[int]string, entries string) []byte {
	b := bytes.NewBuffer(bytes.Clone(file))
	numbers := slices.Sorted(maps.Keys(objects))
	var table strings.Builder
	for _, n := range numbers {
		fmt.Fprintf(&table, "%d 1\n%010d 00000 n \n", n, b.Len())
		fmt.Fprintf(b, "%d 0 obj\n%s\nendobj\n", n, objects[n])
	}
	at := b.Len()
	fmt.Fprintf(b, "xref\n%strailer\n<< /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", table.String(), entries, at)
	return b.Bytes()
}

// Signed is a one-page file with a signature over all of it.
func Signed(t testing.TB) []byte {
	t.Helper()
	return Sign(t, Build("", Catalog, OnePage, "<< /Type /Page >>", SignatureValue("")))
}
