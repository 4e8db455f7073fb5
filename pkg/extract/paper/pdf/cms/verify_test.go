package cms

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"
	"testing/cryptotest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// page is what is signed in these tests, changed what it became.
var (
	page    = []byte("a page of an invented letter")
	changed = []byte("a page of an inverted letter")
)

// expect compares a verdict; want.SignedAt is compared as a point in time.
func expect(t *testing.T, got Result, err error, want Result, wantErr error) {
	t.Helper()
	if !errors.Is(err, wantErr) || wantErr == nil && err != nil {
		t.Errorf("error %v, want %v", err, wantErr)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("result (-want +got):\n%s", d)
	}
}

func TestVerifyDetached(t *testing.T) {
	cryptotest.SetGlobalRandom(t, 1)
	paperMill := newFirm(t, named(t, pkix.Name{Organization: []string{"Nordwind Papier GmbH"}, CommonName: "Nordwind Siegel"}), 7, rsaKey(t))
	trader := newFirm(t, named(t, pkix.Name{Organization: []string{"蓝杉贸易有限公司"}}), 8, ecKey(t))
	press := newFirm(t, named(t, pkix.Name{CommonName: "Anna Küstner"}), 9, edKey(1))
	// The same name and number on another key: what a forger would send.
	forger := newFirm(t, paperMill.issuer, 7, rsaKey(t))

	mill := Result{Signer: "Nordwind Siegel", SignedAt: signingTime, Checked: true}
	blue := Result{Signer: "蓝杉贸易有限公司", SignedAt: signingTime, Checked: true}
	anna := Result{Signer: "Anna Küstner", SignedAt: signingTime, Checked: true}
	untimed := func(r Result) Result { r.SignedAt = time.Time{}; return r }
	unchecked := func(r Result) Result { r.Checked = false; return r }
	like := func(by *firm, change func(f *form)) []byte {
		f := newForm(t, by, page)
		if change != nil {
			change(f)
		}
		return f.make(t)
	}
	bare := func(f *form) { f.attrs = nil }
	certOf := func(by *firm, from, to string) func(f *form) {
		return func(f *form) {
			f.certs = bytes.ReplaceAll(by.cert, []byte(from), []byte(to))
			if bytes.Equal(f.certs, by.cert) {
				t.Fatal("nothing to replace in the certificate")
			}
		}
	}
	swap := func(i int, a []byte) func(f *form) {
		return func(f *form) { f.attrs[i] = a }
	}
	for _, c := range []struct {
		name string
		der  []byte
		data []byte
		want Result
		err  error
	}{
		{"RSA", like(paperMill, nil), page, mill, nil},
		{"RSA without attributes", like(paperMill, bare), page, untimed(mill), nil},
		{"RSA-PSS", like(paperMill, func(f *form) { f.alg = oidRSAPSS }), page, mill, nil},
		{"ECDSA", like(trader, nil), page, blue, nil},
		{"ECDSA without attributes", like(trader, bare), page, untimed(blue), nil},
		{"Ed25519", like(press, func(f *form) { f.over(t, crypto.SHA512, page) }), page, anna, nil},
		{"SHA-1", like(paperMill, func(f *form) { f.over(t, crypto.SHA1, page) }), page, mill, nil},
		{"SHA-224", like(trader, func(f *form) { f.over(t, crypto.SHA224, page) }), page, blue, nil},
		{"SHA-384", like(paperMill, func(f *form) { f.over(t, crypto.SHA384, page) }), page, mill, nil},
		{"hash named by the signature's algorithm", like(paperMill, func(f *form) { f.named = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 11} }), page, mill, nil},
		{"BER of indefinite length", indefinite(t, like(paperMill, nil)), page, mill, nil},
		{"padded, as PDF files pad it", append(like(paperMill, nil), make([]byte, 300)...), page, mill, nil},
		{"signer named by the identifier of the key", like(trader, func(f *form) {
			f.sid = der(t, asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, Bytes: []byte("an invented key id")})
		}), page, blue, nil},
		{"signer's certificate behind others", like(trader, func(f *form) {
			f.certs = slices.Concat(sequence(t, der(t, 1)), paperMill.cert, press.cert, trader.cert)
		}), page, blue, nil},
		{"signer's certificate behind those of its name or its number", like(paperMill, func(f *form) {
			f.certs = slices.Concat(newFirm(t, paperMill.issuer, 8, rsaKey(t)).cert, newFirm(t, trader.issuer, 7, rsaKey(t)).cert, paperMill.cert)
		}), page, mill, nil},
		{"content sent along is not what the file holds", like(trader, func(f *form) { f.content = der(t, changed) }), page, blue, nil},
		{"two signers: the first counts", like(paperMill, func(f *form) {
			second := newForm(t, trader, page)
			second.flip = true
			f.certs = append(slices.Clone(f.certs), trader.cert...)
			f.more = [][]byte{second.info(t)}
		}), page, mill, nil},
		{"signing time cannot be read", like(trader, swap(1, attr(t, oidSigningTime, der(t, "yesterday")))), page, untimed(blue), nil},

		{"data changed", like(paperMill, nil), changed, mill, ErrDigest},
		{"data changed, no attributes", like(paperMill, bare), changed, untimed(mill), ErrSignature},
		{"data changed, ECDSA without attributes", like(trader, bare), changed, untimed(blue), ErrSignature},
		{"signing time changed", like(paperMill, func(f *form) {
			f.sent = slices.Clone(f.attrs)
			f.sent[1] = attr(t, oidSigningTime, der(t, signingTime.AddDate(1, 0, 0)))
		}), page, Result{Signer: mill.Signer, SignedAt: signingTime.AddDate(1, 0, 0), Checked: true}, ErrSignature},
		{"digest changed to that of the changed data", like(trader, func(f *form) {
			f.sent = slices.Clone(f.attrs)
			f.sent[2] = attr(t, oidMessageDigest, der(t, sum(crypto.SHA256, changed)))
		}), changed, blue, ErrSignature},
		{"another key's certificate", like(paperMill, func(f *form) { f.certs = forger.cert }), page, mill, ErrSignature},
		{"RSA signature damaged", like(paperMill, func(f *form) { f.flip = true }), page, mill, ErrSignature},
		{"RSA-PSS signature damaged", like(paperMill, func(f *form) { f.alg, f.flip = oidRSAPSS, true }), page, mill, ErrSignature},
		{"ECDSA signature damaged", like(trader, func(f *form) { f.flip = true }), page, blue, ErrSignature},
		{"Ed25519 signature damaged", like(press, func(f *form) { f.flip = true }), page, anna, ErrSignature},
		{"two signers: the first does not hold", like(paperMill, func(f *form) {
			f.flip = true
			f.certs = append(slices.Clone(f.certs), trader.cert...)
			f.more = [][]byte{newForm(t, trader, page).info(t)}
		}), page, mill, ErrSignature},

		{"certificate left out", like(paperMill, func(f *form) { f.certs = trader.cert }), page, Result{}, ErrCert},
		{"no certificate", like(paperMill, func(f *form) { f.certs = nil }), page, Result{}, ErrCert},
		{"certificate cut off", like(paperMill, func(f *form) { f.certs = f.certs[:50] }), page, Result{}, ErrFormat},
		{"a certificate too far back", like(trader, func(f *form) { f.certs = append(bytes.Repeat(sequence(t), 64), trader.cert...) }), page, Result{}, ErrCert},
		{"identifier of a key that no certificate holds", like(trader, func(f *form) {
			f.sid = der(t, asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, Bytes: []byte("an unknown key id")})
		}), page, Result{}, ErrCert},
		{"identifier too short to tell keys apart", like(trader, func(f *form) {
			f.sid = der(t, asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, Bytes: []byte("an inv")})
		}), page, Result{}, ErrCert},
		{"signer is no name and number", like(trader, func(f *form) { f.sid = sequence(t, der(t, 1)) }), page, Result{}, ErrFormat},

		// What cannot be checked is not said to be wrong.
		{"hash not supported", like(paperMill, func(f *form) { f.named = oidMD5 }), page, untimed(unchecked(mill)), ErrAlgorithm},
		{"curve not supported", like(trader, certOf(trader, "\x2a\x86\x48\xce\x3d\x03\x01\x07", "\x2a\x86\x48\xce\x3d\x03\x01\x04")), page, unchecked(blue), ErrAlgorithm},
		{"key of a kind that cannot sign", like(press, certOf(press, "\x2b\x65\x70", "\x2b\x65\x6e")), page, unchecked(anna), ErrAlgorithm},
		{"Ed25519 without attributes", like(press, bare), page, untimed(unchecked(anna)), ErrAlgorithm},
		{"data changed under a curve not supported", like(trader, certOf(trader, "\x2a\x86\x48\xce\x3d\x03\x01\x07", "\x2a\x86\x48\xce\x3d\x03\x01\x04")), changed, blue, ErrDigest},

		{"no digest among the attributes", like(paperMill, func(f *form) { f.attrs = f.attrs[:2] }), page, unchecked(untimed(mill)), ErrFormat},
		{"digest is no octet string", like(paperMill, swap(2, attr(t, oidMessageDigest, der(t, 5)))), page, unchecked(untimed(mill)), ErrFormat},
		{"attributes are none", like(paperMill, swap(0, der(t, 5))), page, unchecked(untimed(mill)), ErrFormat},
		{"content is no octet string", like(paperMill, func(f *form) { f.content = der(t, 5) }), page, unchecked(untimed(mill)), ErrFormat},
		{"no signer", signedDataOf(t, der(t, oidData), paperMill.cert), page, Result{}, ErrFormat},
		{"other content", sequence(t, der(t, oidData), wrap(t, asn1.ClassContextSpecific, 0, der(t, page))), page, Result{}, ErrFormat},
		{"cut off", like(paperMill, nil)[:400], page, Result{}, ErrFormat},
		{"nothing", nil, page, Result{}, ErrFormat},
		{"only padding", make([]byte, 300), page, Result{}, ErrFormat},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := VerifyDetached(c.der, c.data)
			expect(t, got, err, c.want, c.err)
		})
	}
}

// TestEmptyAttributes: an Ed25519 signature over an empty set of attributes
// says nothing of the document and must not hold for any.
func TestEmptyAttributes(t *testing.T) {
	cryptotest.SetGlobalRandom(t, 2)
	press := newFirm(t, named(t, pkix.Name{CommonName: "Anna Küstner"}), 9, edKey(1))
	f := newForm(t, press, page)
	f.attrs = [][]byte{}
	got, err := VerifyDetached(f.make(t), changed)
	expect(t, got, err, Result{Signer: "Anna Küstner"}, ErrAlgorithm)
}

// The name of a signer is the common name, else the organisation.
func TestSigner(t *testing.T) {
	cryptotest.SetGlobalRandom(t, 3)
	for name, c := range map[string]struct {
		subject []byte
		want    string
	}{
		"both":                     {named(t, pkix.Name{CommonName: "Hans Meier", Organization: []string{"Nordwind Papier GmbH"}}), "Hans Meier"},
		"organisation":             {named(t, pkix.Name{Organization: []string{"Nordwind Papier GmbH"}, OrganizationalUnit: []string{"Siegel"}}), "Nordwind Papier GmbH"},
		"neither":                  {named(t, pkix.Name{Country: []string{"DE"}}), ""},
		"a subject that is none":   {der(t, 5), ""},
		"written in a wide coding": {sequence(t, wrap(t, 0, asn1.TagSet, sequence(t, der(t, asn1.ObjectIdentifier{2, 5, 4, 3}), der(t, asn1.RawValue{Tag: asn1.TagBMPString, Bytes: []byte{0x84, 0xDD, 0x67, 0x49}})))), "蓝杉"},
	} {
		by := newFirm(t, c.subject, 3, edKey(3))
		got, err := VerifyDetached(newForm(t, by, page).make(t), page)
		if err != nil || got.Signer != c.want {
			t.Errorf("%s: signer %q, %v, want %q", name, got.Signer, err, c.want)
		}
	}
}

// TestVerifySHA1: adbe.pkcs7.sha1 signs the SHA-1 of the document as content.
func TestVerifySHA1(t *testing.T) {
	cryptotest.SetGlobalRandom(t, 4)
	trader := newFirm(t, named(t, pkix.Name{CommonName: "Blaue Kiefer"}), 8, ecKey(t))
	content := sum(crypto.SHA1, page)
	good := Result{Signer: "Blaue Kiefer", SignedAt: signingTime, Checked: true}
	untimed := Result{Signer: "Blaue Kiefer", Checked: true}
	like := func(change func(f *form)) []byte {
		f := newForm(t, trader, content)
		f.content = der(t, content)
		if change != nil {
			change(f)
		}
		return f.make(t)
	}
	for _, c := range []struct {
		name string
		der  []byte
		data []byte
		want Result
		err  error
	}{
		{"with attributes", like(nil), page, good, nil},
		{"without attributes", like(func(f *form) { f.attrs = nil }), page, untimed, nil},
		{"content in pieces", indefinite(t, like(nil)), page, good, nil},
		{"document changed", like(nil), changed, untimed, ErrDigest},
		{"content changed with the document", like(func(f *form) { f.content = der(t, sum(crypto.SHA1, changed)) }), changed, good, ErrDigest},
		{"content changed, no attributes", like(func(f *form) { f.attrs, f.content = nil, der(t, sum(crypto.SHA1, changed)) }), changed, untimed, ErrSignature},
		{"no content", like(func(f *form) { f.content = nil }), page, untimed, ErrDigest},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := VerifySHA1(c.der, c.data)
			expect(t, got, err, c.want, c.err)
		})
	}
}

// stampInfo is a TSTInfo (RFC 3161, 2.4.2) with the fields that follow the
// time in parts.
func stampInfo(t *testing.T, imprint asn1.ObjectIdentifier, digest, at []byte, parts ...[]byte) []byte {
	t.Helper()
	return sequence(t, slices.Concat(der(t, 1), der(t, asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 99999, 1}),
		sequence(t, der(t, pkix.AlgorithmIdentifier{Algorithm: imprint}), der(t, digest)), der(t, 4711), at, slices.Concat(parts...)))
}

func TestVerifyTimestamp(t *testing.T) {
	cryptotest.SetGlobalRandom(t, 5)
	authority := newFirm(t, named(t, pkix.Name{CommonName: "Invented Time Stamping"}), 11, ecKey(t))
	general := func(s string) []byte {
		return der(t, asn1.RawValue{Tag: asn1.TagGeneralizedTime, Bytes: []byte(s)})
	}
	stamped := time.Date(2026, 3, 17, 9, 31, 5, 0, time.UTC)
	at := general("20260317093105Z")
	like := func(info []byte, change func(f *form)) []byte {
		f := newForm(t, authority, info)
		f.content = der(t, info)
		if change != nil {
			change(f)
		}
		return f.make(t)
	}
	plain := stampInfo(t, oidSHA256, sum(crypto.SHA256, page), at)
	good := Result{Signer: "Invented Time Stamping", SignedAt: stamped, Checked: true}
	none := Result{Signer: "Invented Time Stamping"}
	attribute := Result{Signer: "Invented Time Stamping", SignedAt: signingTime, Checked: true}
	for _, c := range []struct {
		name string
		der  []byte
		data []byte
		want Result
		err  error
	}{
		{"plain", like(plain, nil), page, good, nil},
		{"accuracy, order, nonce and name", like(stampInfo(t, oidSHA256, sum(crypto.SHA256, page), at, sequence(t, der(t, 1)), der(t, true), der(t, big.NewInt(1<<60)), wrap(t, 2, 0, wrap(t, 2, 4, authority.issuer))), nil), page, good, nil},
		{"a fraction of a second", like(stampInfo(t, oidSHA256, sum(crypto.SHA256, page), general("20260317093105.25Z")), nil), page,
			Result{Signer: good.Signer, SignedAt: stamped.Add(250 * time.Millisecond), Checked: true}, nil},
		{"imprint of another hash than the signature's", like(stampInfo(t, hashOID(crypto.SHA512), sum(crypto.SHA512, page), at), nil), page, good, nil},
		{"without attributes", like(plain, func(f *form) { f.attrs = nil }), page, good, nil},
		// The stamp holds; its time cannot be read, that of the attribute can.
		{"time cannot be read", like(stampInfo(t, oidSHA256, sum(crypto.SHA256, page), general("morning")), nil), page, attribute, nil},
		{"data changed", like(plain, nil), changed, Result{Signer: good.Signer, Checked: true}, ErrDigest},
		{"stamp changed with the data", like(plain, func(f *form) {
			f.content = der(t, stampInfo(t, oidSHA256, sum(crypto.SHA256, changed), at))
		}), changed, good, ErrDigest},
		{"time changed", like(plain, func(f *form) {
			f.content = der(t, stampInfo(t, oidSHA256, sum(crypto.SHA256, page), general("20200101000000Z")))
		}), page, Result{Signer: good.Signer, SignedAt: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), Checked: true}, ErrDigest},
		{"signature damaged", like(plain, func(f *form) { f.flip = true }), page, good, ErrSignature},
		{"imprint of a hash not supported", like(stampInfo(t, oidMD5, make([]byte, 16), at), nil), page, none, ErrAlgorithm},
		{"no stamp inside", like(der(t, "hello"), nil), page, none, ErrFormat},
		{"detached", like(plain, func(f *form) { f.content = nil }), page, none, ErrFormat},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := VerifyTimestamp(c.der, c.data)
			expect(t, got, err, c.want, c.err)
		})
	}
}

func TestVerifyRaw(t *testing.T) {
	cryptotest.SetGlobalRandom(t, 6)
	name := named(t, pkix.Name{CommonName: "Nordwind Siegel"})
	mill, other, trader := newFirm(t, name, 7, rsaKey(t)), newFirm(t, name, 7, rsaKey(t)), newFirm(t, name, 7, ecKey(t))
	raw := func(by *firm, h crypto.Hash) []byte {
		s, err := rsa.SignPKCS1v15(nil, by.key.(*rsa.PrivateKey), h, sum(h, page))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	good := Result{Signer: "Nordwind Siegel", Checked: true}
	for _, c := range []struct {
		name            string
		cert, sig, data []byte
		want            Result
		err             error
	}{
		{"in an octet string", mill.cert, der(t, raw(mill, crypto.SHA1)), page, good, nil},
		{"bare", mill.cert, raw(mill, crypto.SHA1), page, good, nil},
		{"over a SHA-256", mill.cert, der(t, raw(mill, crypto.SHA256)), page, good, nil},
		{"data changed", mill.cert, der(t, raw(mill, crypto.SHA1)), changed, good, ErrSignature},
		{"another key", other.cert, der(t, raw(mill, crypto.SHA1)), page, good, ErrSignature},
		{"a hash that is not looked for", mill.cert, der(t, raw(mill, crypto.SHA512)), page, good, ErrSignature},
		// Nothing is known to be wrong with these.
		{"key that is not RSA", trader.cert, der(t, raw(mill, crypto.SHA1)), page, Result{Signer: "Nordwind Siegel"}, ErrAlgorithm},
		{"key that cannot be read", bytes.ReplaceAll(trader.cert, []byte("\x2a\x86\x48\xce\x3d\x03\x01\x07"), []byte("\x2a\x86\x48\xce\x3d\x03\x01\x04")), der(t, raw(mill, crypto.SHA1)), page, Result{Signer: "Nordwind Siegel"}, ErrAlgorithm},
		{"no certificate", nil, der(t, raw(mill, crypto.SHA1)), page, Result{}, ErrCert},
		{"certificate cut off", mill.cert[:100], der(t, raw(mill, crypto.SHA1)), page, Result{}, ErrCert},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := VerifyRaw(c.cert, c.sig, c.data)
			expect(t, got, err, c.want, c.err)
		})
	}
}

// What OpenSSL 3 makes, as a witness that is not of this code: a signature
// streamed as BER with its content, the signer named by key identifier, SHA-384
// (openssl cms -sign -md sha384 -stream -keyid -nodetach), and a time stamp
// (openssl ts -reply), both over page with an invented P-256 certificate.
const (
	opensslCMS = `
MIAGCSqGSIb3DQEHAqCAMIACAQMxDTALBglghkgBZQMEAgIwgAYJKoZIhvcNAQcBoIAkgAQcYSBwYWdlIG9mIGFuIGludmVudGVkIGxldHRlcgAAAAAAAKCC
AYYwggGCMIIBKKADAgECAgFNMAoGCCqGSM49BAMCMB8xHTAbBgNVBAoMFE5vcmR3aW5kIFBhcGllciBHbWJIMCAXDTI2MTEyOTA0NTIzMFoYDzIxMjYxMTA1
MDQ1MjMwWjAfMR0wGwYDVQQKDBROb3Jkd2luZCBQYXBpZXIgR21iSDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABMBuVG4ebV1kz9Rjblf/YGQ9YMxgC3wt
os7GEFbUfN1yhIm/Wd05wVFrr8cUcEThGN5pmuaUg5bcn//rgPd10k6jUzBRMB0GA1UdDgQWBBRLuBn9RYMzZrOj2gon2A3HSH3iRTAfBgNVHSMEGDAWgBRL
uBn9RYMzZrOj2gon2A3HSH3iRTAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQCY64rt5XnOKMgGGsZ8ddxg26qbr42Ye1kAKnObwprLFQIg
IYc0CxiROSCIMoUE24xai4SsYgxb/APVAssueVROTJkxgfkwgfYCAQOAFEu4Gf1FgzNms6PaCifYDcdIfeJFMAsGCWCGSAFlAwQCAqB5MBgGCSqGSIb3DQEJ
AzELBgkqhkiG9w0BBwEwHAYJKoZIhvcNAQkFMQ8XDTI2MTEyOTA0NTIzMFowPwYJKoZIhvcNAQkEMTIEMKJcRYmHpsfnz6B8JmyVhogOJWi+bs5oqk0G8m8A
nPol/J36vAGrqYX9PypnQDXIZzAKBggqhkjOPQQDAwRHMEUCIG8NIkDXVmDW5qfFJo095XOHnOpj4MR0gHFOuSz6d1pMAiEA5jGRGd11txahYCA60kkdGJiI
yjcXqcF6C/x/ANbdbr0AAAAAAAA=`
	opensslTS = `
MIIDLgYJKoZIhvcNAQcCoIIDHzCCAxsCAQMxDzANBglghkgBZQMEAgEFADB1BgsqhkiG9w0BCRABBKBmBGQwYgIBAQYDKgMEMDEwDQYJYIZIAWUDBAIBBQAE
IJ0lSvnAhTkxVfKXuDZcigXGa8D04jDG+0iA16oYrhoQAgECGA8yMDI2MTEyOTA0NTIzMFowAwIBAQEB/wIJAPSuiZVz1GuuoIIBWzCCAVcwgf6gAwIBAgIB
TjAKBggqhkjOPQQDAjAhMR8wHQYDVQQDDBZJbnZlbnRlZCBUaW1lIFN0YW1waW5nMCAXDTI2MTEyOTA0NTIzMFoYDzIxMjYxMTA1MDQ1MjMwWjAhMR8wHQYD
VQQDDBZJbnZlbnRlZCBUaW1lIFN0YW1waW5nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEwG5Ubh5tXWTP1GNuV/9gZD1gzGALfC2izsYQVtR83XKEib9Z
3TnBUWuvxxRwROEY3mma5pSDltyf/+uA93XSTqMlMCMwFgYDVR0lAQH/BAwwCgYIKwYBBQUHAwgwCQYDVR0TBAIwADAKBggqhkjOPQQDAgNIADBFAiA0wA8D
GMrhQ6C0tdqmiRQ2soKHfYpl1D92iLyHfo7uHAIhAKJOQTkS78qtt6ONJ27cZRFxV4/QEXalzr9siWiDjXDbMYIBLTCCASkCAQEwJjAhMR8wHQYDVQQDDBZJ
bnZlbnRlZCBUaW1lIFN0YW1waW5nAgFOMA0GCWCGSAFlAwQCAQUAoIGYMBoGCSqGSIb3DQEJAzENBgsqhkiG9w0BCRABBDAcBgkqhkiG9w0BCQUxDxcNMjYx
MTI5MDQ1MjMwWjArBgsqhkiG9w0BCRACDDEcMBowGDAWBBSOSOeUCdBQCluX8YI+nJNAKDi1JzAvBgkqhkiG9w0BCQQxIgQgb5WmOr9RjW6mEl5ItEBVl3C2
WGlMQYNrVGPVo60RrCIwCgYIKoZIzj0EAwIERjBEAiBy4UsYBrITRIXZeng1fz6ZJEQHB94Yiu0boA1lKPZYIgIgGf8Qr1vWaBMZxmUyE4O7xb8fy/vXMNfW
wQraaBSU0D4=`
)

func TestOpenSSL(t *testing.T) {
	decode := func(s string) []byte {
		b, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(s, "\n", ""))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	signed := Result{Signer: "Nordwind Papier GmbH", SignedAt: time.Date(2026, 11, 29, 4, 52, 30, 0, time.UTC), Checked: true}
	got, err := VerifyDetached(decode(opensslCMS), page)
	expect(t, got, err, signed, nil)
	got, err = VerifyDetached(decode(opensslCMS), changed)
	expect(t, got, err, signed, ErrDigest)

	stamped := Result{Signer: "Invented Time Stamping", SignedAt: time.Date(2026, 11, 29, 4, 52, 30, 0, time.UTC), Checked: true}
	got, err = VerifyTimestamp(decode(opensslTS), page)
	expect(t, got, err, stamped, nil)
	got, err = VerifyTimestamp(decode(opensslTS), changed)
	expect(t, got, err, Result{Signer: stamped.Signer, Checked: true}, ErrDigest)
}
