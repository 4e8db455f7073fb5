package pdf

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
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"
)

// build writes objects 1, 2, … with a trailer; tools that read PDFs by their
// cross-reference table would complain, we do not use it.
func build(trailer string, objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	for i, o := range objects {
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Root 1 0 R %s >>\nstartxref\n0\n%%%%EOF\n", trailer)
	return b.Bytes()
}

func flate(s string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

func stream(dict, body string) string {
	return fmt.Sprintf("<< /Length %d %s >>\nstream\n%s\nendstream", len(body), dict, body)
}

const catalog, onePage = "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>"

func TestParse(t *testing.T) {
	many := []string{catalog, "<< /Type /Pages /Kids [ "}
	for i := range MaxPages + 1 {
		many[1] += fmt.Sprintf("%d 0 R ", i+3)
		many = append(many, "<< /Type /Page >>")
	}
	many[1] += "] >>"
	for _, c := range []struct {
		name  string
		data  []byte
		pages int
		err   error
		check func(f *File) bool
	}{
		{"one page", build("", catalog, onePage, "<< /Type /Page /Parent 2 0 R >>"), 1, nil, func(f *File) bool { return !f.Encrypted && f.Revisions == 1 && !f.Damaged }},
		{"info", build("/Info 4 0 R", catalog, onePage, "<< /Type /Page >>", `<< /Producer (Adobe \(R\) \101) /Title <FEFF6388> /ModDate (D:20250301120000+08'00') >>`), 1, nil, func(f *File) bool {
			return f.Info.Producer == "Adobe (R) A" && f.Info.Title == "授" && f.Info.Modified.Equal(time.Date(2025, 3, 1, 4, 0, 0, 0, time.UTC))
		}},
		{"encrypted", build("/Encrypt 4 0 R", catalog, onePage, "<< /Type /Page >>", "<< /Filter /Standard >>"), 1, nil, func(f *File) bool { return f.Encrypted }},
		{"updated", append(build("", catalog, onePage, "<< /Type /Page >>"), "\n3 0 obj\n<< /Type /Page /Rotate 90 >>\nendobj\n%%EOF\n"...), 1, nil, func(f *File) bool { return f.Revisions == 2 }},
		{"page tree in an object stream", build("", catalog, stream("/Type /ObjStm /N 2 /First 8 /Filter /FlateDecode", flate("2 0 3 30"+"<< /Kids [3 0 R] /Count 1 >>  << /Type /Page >>"))), 1, nil, func(f *File) bool { return f.dict(Ref(3))["Type"] == Name("Page") }},
		{"tree in a circle", build("", catalog, "<< /Type /Pages /Kids [2 0 R 3 0 R] >>", "<< /Type /Page >>"), 1, nil, nil},
		{"too many pages", build("", many...), 0, ErrTooManyPage, nil},
		{"no pages", build("", "<< /Type /Catalog >>"), 0, ErrNoPages, nil},
		{"no PDF", []byte("GIF89a"), 0, ErrNotPDF, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := Parse(c.data)
			if !errors.Is(err, c.err) {
				t.Fatalf("err %v, want %v", err, c.err)
			}
			if f == nil {
				return
			}
			if f.Pages != c.pages {
				t.Errorf("pages %d, want %d", f.Pages, c.pages)
			}
			if c.check != nil && !c.check(f) {
				t.Errorf("%+v", f)
			}
		})
	}
}

// TestBomb: a stream that unpacks to far more than is read.
func TestBomb(t *testing.T) {
	f := &File{budget: 1 << 16}
	if _, err := f.inflate([]byte(flate(strings.Repeat("a", 1<<18)))); !errors.Is(err, ErrTooComplex) {
		t.Errorf("err %v", err)
	}
	if _, err := f.inflate([]byte(flate("a"))); !errors.Is(err, ErrTooComplex) {
		t.Errorf("a used-up budget is refilled: %v", err)
	}
}

func TestSinglePicture(t *testing.T) {
	jpeg := "\xFF\xD8\xFF\xE0 not really \xFF\xD9"
	page := func(page, contents string) []byte {
		return build("", catalog, onePage, "<< /Type /Page /Resources << /XObject << /Im0 5 0 R >> >> /Contents 4 0 R "+page+" >>",
			stream("", contents), stream("/Subtype /Image /Filter /DCTDecode /ColorSpace /DeviceRGB /Width 8 /Height 8", jpeg))
	}
	const full = "q 595 0 0 842 0 0 cm /Im0 Do Q"
	for _, c := range []struct {
		name           string
		page, contents string
		want           bool
	}{
		{"scan", "", full, true},
		{"scan in two steps", "", "q 0.5 0 0 0.5 0 0 cm q 1190 0 0 1684 0 0 cm /Im0 Do Q Q", true},
		{"with text", "", full + " BT (x) Tj ET", false},
		{"half a page", "", "q 297 0 0 421 0 0 cm /Im0 Do Q", false},
		{"twice", "", full + " " + full, false},
		{"turned", "/Rotate 90", full, false},
		{"with a stamp", "/Annots [4 0 R]", full, false},
	} {
		f, err := Parse(page(c.page, c.contents))
		if err != nil {
			t.Fatal(err)
		}
		got, w, h, ok := f.SinglePicture(0)
		if ok != c.want || ok && (string(got) != jpeg || w != 595 || h != 842) {
			t.Errorf("%s: %v %v×%v", c.name, ok, w, h)
		}
	}
}

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

// signedPDF is a one-page file with a signature over all of it.
func signedPDF(t testing.TB) []byte {
	t.Helper()
	const room = 4096
	holder := "<" + strings.Repeat("0", room) + ">"
	b := build("", catalog, onePage, "<< /Type /Page >>",
		"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange [0 00000001 00000002 00000003] /Contents "+holder+" >>")
	at := bytes.Index(b, []byte(holder))
	end := at + len(holder)
	b = bytes.Replace(b, []byte("00000001 00000002 00000003"), fmt.Appendf(nil, "%08d %08d %08d", at, end, len(b)-end), 1)
	sig := newSigner(t).sign(t, append(append([]byte(nil), b[:at]...), b[end:]...))
	copy(b[at+1:], hex.EncodeToString(sig))
	return b
}

func TestSignature(t *testing.T) {
	whole := signedPDF(t)
	edit := func(f func(b []byte) []byte) []byte { return f(append([]byte(nil), whole...)) }
	for _, c := range []struct {
		name                  string
		data                  []byte
		valid, whole, changed bool
		reason                string
	}{
		{"signed", whole, true, true, false, ""},
		{"a byte changed", edit(func(b []byte) []byte { return bytes.Replace(b, []byte("595"), []byte("596"), 1) }), false, true, false, "digest differs"},
		{"added to", edit(func(b []byte) []byte { return append(b, "\n3 0 obj\n<< /Type /Page /Rotate 90 >>\nendobj\n%%EOF\n"...) }), true, false, true, ""},
		{"white space after", edit(func(b []byte) []byte { return append(b, "\n\n"...) }), true, true, false, ""},
		{"something hidden in the gap", edit(func(b []byte) []byte {
			i := bytes.Index(b, []byte("00>"))
			copy(b[i-30:], "> /Evil (x) /More <")
			return b
		}), false, true, false, "more than the signature"},
		{"range outside", edit(func(b []byte) []byte {
			i := bytes.Index(b, []byte("/ByteRange [0 "))
			copy(b[i+len("/ByteRange [0 "):], "99999999")
			return b
		}), false, false, true, "outside the file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := Parse(c.data)
			if err != nil {
				t.Fatal(err)
			}
			if len(f.Signatures) != 1 {
				t.Fatalf("%d signatures", len(f.Signatures))
			}
			s := f.Signatures[0]
			if s.Valid != c.valid || s.CoversWhole != c.whole || !strings.Contains(s.Reason, c.reason) {
				t.Errorf("%+v", s)
			}
			if c.name != "range outside" && f.ChangedSince() != c.changed {
				t.Errorf("changed since: %v", f.ChangedSince())
			}
			if c.valid && (s.Signer != "Hans Meier" || !s.SignedAt.Equal(time.Date(2025, 3, 1, 4, 0, 0, 0, time.UTC))) {
				t.Errorf("signer %q at %v", s.Signer, s.SignedAt)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add(build("", catalog, onePage, "<< /Type /Page >>"))
	f.Add(signedPDF(f))
	f.Add(build("", catalog, stream("/Type /ObjStm /N 2 /First 8 /Filter /FlateDecode", flate("2 0 3 30<< /Kids [3 0 R] >>  << /Type /Page >>"))))
	f.Fuzz(func(t *testing.T, b []byte) {
		file, err := Parse(b)
		if err == nil && (file.Pages < 0 || file.Pages > MaxPages) {
			t.Fatalf("%d pages", file.Pages)
		}
		if file != nil {
			file.SinglePicture(0)
		}
	})
}
