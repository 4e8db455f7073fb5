// Package cms verifies the signatures that PDF files carry (RFC 5652 signed
// data, RFC 3161 time stamps): that the digest matches the bytes and that the
// signature matches the certificate inside. Whether the certificate can be
// trusted is not asked: nothing here goes to the network.
//
// It imports nothing of ours.
package cms

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	_ "crypto/sha1" // hashes that signatures may name
	_ "crypto/sha256"
	_ "crypto/sha512"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
	"time"
)

// Result of looking at a signature.
type Result struct {
	Signer   string    // common name, else organisation, of the certificate
	SignedAt time.Time // stated signing time, zero where none is given
	Checked  bool      // the signature is of a form that can be verified
}

// Reasons why a signature does not verify.
var (
	ErrFormat    = errors.New("signature cannot be read")
	ErrDigest    = errors.New("the document was changed: its digest differs")
	ErrSignature = errors.New("signature does not match its certificate")
	ErrCert      = errors.New("signer's certificate is not in the signature")
	ErrAlgorithm = errors.New("signature algorithm is not supported")
)

var (
	oidSignedData    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidMessageDigest = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	oidSigningTime   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 5}
	oidRSAPSS        = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 10}
)

type contentInfo struct {
	Type    asn1.ObjectIdentifier
	Content asn1.RawValue `asn1:"explicit,tag:0"`
}

type signedData struct {
	Version          int
	DigestAlgorithms asn1.RawValue
	Content          encapContent
	Certificates     asn1.RawValue `asn1:"optional,tag:0"`
	CRLs             asn1.RawValue `asn1:"optional,tag:1"`
	Signers          []signerInfo  `asn1:"set"`
}

type encapContent struct {
	Type    asn1.ObjectIdentifier
	Content asn1.RawValue `asn1:"explicit,optional,tag:0"`
}

type signerInfo struct {
	Version      int
	Signer       asn1.RawValue
	Digest       pkix.AlgorithmIdentifier
	SignedAttrs  asn1.RawValue `asn1:"optional,tag:0"`
	Algorithm    pkix.AlgorithmIdentifier
	Signature    []byte
	UnsignedAttr asn1.RawValue `asn1:"optional,tag:1"`
}

type attribute struct {
	Type   asn1.ObjectIdentifier
	Values asn1.RawValue
}

// certificate is as much of X.509 as is needed; crypto/x509 refuses too many
// certificates that signing tools made.
type certificate struct {
	TBS struct {
		Raw       asn1.RawContent
		Version   int `asn1:"explicit,optional,default:0,tag:0"`
		Serial    *big.Int
		Algorithm pkix.AlgorithmIdentifier
		Issuer    asn1.RawValue
		Validity  asn1.RawValue
		Subject   asn1.RawValue
		Key       asn1.RawValue
		Rest      []asn1.RawValue `asn1:"optional,omitempty"`
	}
	Algorithm pkix.AlgorithmIdentifier
	Signature asn1.BitString
}

// VerifyDetached verifies a signature over data.
func VerifyDetached(der, data []byte) (Result, error) {
	return verify(der, func(h crypto.Hash, _ []byte) ([]byte, error) {
		return sum(h, data), nil
	})
}

// VerifySHA1 verifies the older form whose content is the SHA-1 of data.
func VerifySHA1(der, data []byte) (Result, error) {
	return verify(der, func(h crypto.Hash, content []byte) ([]byte, error) {
		if !bytes.Equal(content, sum(crypto.SHA1, data)) {
			return nil, ErrDigest
		}
		return sum(h, content), nil
	})
}

// VerifyTimestamp verifies an RFC 3161 time stamp of data.
func VerifyTimestamp(der, data []byte) (Result, error) {
	var stamped time.Time
	r, err := verify(der, func(h crypto.Hash, content []byte) ([]byte, error) {
		var info struct {
			Version int
			Policy  asn1.ObjectIdentifier
			Imprint struct {
				Algorithm pkix.AlgorithmIdentifier
				Digest    []byte
			}
			Serial *big.Int
			Time   time.Time       `asn1:"generalized"`
			Rest   []asn1.RawValue `asn1:"optional,omitempty"`
		}
		if _, err := asn1.Unmarshal(content, &info); err != nil && info.Imprint.Digest == nil {
			return nil, ErrFormat
		}
		ih, ok := hashOf(info.Imprint.Algorithm.Algorithm)
		if !ok {
			return nil, ErrAlgorithm
		}
		if !bytes.Equal(info.Imprint.Digest, sum(ih, data)) {
			return nil, ErrDigest
		}
		stamped = info.Time
		return sum(h, content), nil
	})
	if !stamped.IsZero() {
		r.SignedAt = stamped
	}
	return r, err
}

// VerifyRaw verifies a bare RSA signature over the SHA-1 of data, wrapped in
// an octet string.
func VerifyRaw(cert, signature, data []byte) (Result, error) {
	c, err := parseCert(cert)
	if err != nil {
		return Result{}, ErrCert
	}
	r := Result{Signer: c.name()}
	var inner []byte
	if _, err := asn1.Unmarshal(signature, &inner); err == nil {
		signature = inner
	}
	key, err := c.key()
	if err != nil {
		return r, err
	}
	pub, ok := key.(*rsa.PublicKey)
	if !ok {
		return r, ErrAlgorithm
	}
	r.Checked = true
	for _, h := range []crypto.Hash{crypto.SHA1, crypto.SHA256} {
		if rsa.VerifyPKCS1v15(pub, h, sum(h, data), signature) == nil {
			return r, nil
		}
	}
	return r, ErrSignature
}

// verify checks the first signer. digest returns what the message digest must
// be, given the hash and the encapsulated content.
func verify(der []byte, digest func(crypto.Hash, []byte) ([]byte, error)) (Result, error) {
	der, err := toDER(der)
	if err != nil {
		return Result{}, ErrFormat
	}
	var ci contentInfo
	if _, err := asn1.Unmarshal(der, &ci); err != nil || !ci.Type.Equal(oidSignedData) {
		return Result{}, ErrFormat
	}
	var sd signedData
	if _, err := asn1.Unmarshal(ci.Content.Bytes, &sd); err != nil || len(sd.Signers) == 0 {
		return Result{}, ErrFormat
	}
	si := sd.Signers[0]
	cert, err := signerCert(sd.Certificates.Bytes, si.Signer)
	if err != nil {
		return Result{}, err
	}
	r := Result{Signer: cert.name()}
	h, ok := hashOf(si.Digest.Algorithm)
	if !ok {
		return r, ErrAlgorithm
	}
	var content []byte
	if len(sd.Content.Content.Bytes) > 0 {
		if _, err := asn1.Unmarshal(sd.Content.Content.Bytes, &content); err != nil {
			return r, ErrFormat
		}
	}
	want, err := digest(h, content)
	if err != nil {
		r.Checked = errors.Is(err, ErrDigest)
		return r, err
	}
	signedHash := want
	if len(si.SignedAttrs.Bytes) > 0 {
		attrs, err := attributes(si.SignedAttrs.Bytes)
		if err != nil {
			return r, err
		}
		var got []byte
		if v, ok := attrs[oidMessageDigest.String()]; !ok {
			return r, ErrFormat
		} else if _, err := asn1.Unmarshal(v, &got); err != nil {
			return r, ErrFormat
		}
		if v, ok := attrs[oidSigningTime.String()]; ok {
			var t time.Time
			if _, err := asn1.Unmarshal(v, &t); err == nil {
				r.SignedAt = t
			}
		}
		if !bytes.Equal(got, want) {
			r.Checked = true
			return r, ErrDigest
		}
		set := append([]byte(nil), si.SignedAttrs.FullBytes...)
		set[0] = 0x31 // signed as a SET, sent as [0] (RFC 5652, 5.4)
		signedHash = sum(h, set)
	}
	err = checkSignature(cert, si, h, signedHash)
	r.Checked = !errors.Is(err, ErrAlgorithm)
	return r, err
}

// checkSignature verifies the signature over a digest.
func checkSignature(cert *certificate, si signerInfo, h crypto.Hash, digest []byte) error {
	key, err := cert.key()
	if err != nil {
		return err
	}
	switch k := key.(type) {
	case *rsa.PublicKey:
		if si.Algorithm.Algorithm.Equal(oidRSAPSS) {
			err = rsa.VerifyPSS(k, h, digest, si.Signature, &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthAuto})
		} else {
			err = rsa.VerifyPKCS1v15(k, h, digest, si.Signature)
		}
		if err != nil {
			return ErrSignature
		}
	case *ecdsa.PublicKey:
		if !ecdsa.VerifyASN1(k, digest, si.Signature) {
			return ErrSignature
		}
	case ed25519.PublicKey:
		// Ed25519 signs the message, not its digest. An empty set of attributes
		// names no digest: a signature over it would hold for any document.
		if len(si.SignedAttrs.Bytes) == 0 {
			return ErrAlgorithm
		}
		set := append([]byte(nil), si.SignedAttrs.FullBytes...)
		set[0] = 0x31
		if !ed25519.Verify(k, set, si.Signature) {
			return ErrSignature
		}
	default:
		return ErrAlgorithm
	}
	return nil
}

// attributes reads a set of attributes, by object identifier.
func attributes(b []byte) (map[string][]byte, error) {
	out := map[string][]byte{}
	for len(b) > 0 {
		var a attribute
		rest, err := asn1.Unmarshal(b, &a)
		if err != nil {
			return nil, ErrFormat
		}
		out[a.Type.String()] = a.Values.Bytes
		b = rest
	}
	return out, nil
}

// signerCert finds the signer's certificate among those sent along.
func signerCert(certs []byte, sid asn1.RawValue) (*certificate, error) {
	const most = 64
	for n := 0; len(certs) > 0 && n < most; n++ {
		var raw asn1.RawValue
		rest, err := asn1.Unmarshal(certs, &raw)
		if err != nil {
			return nil, ErrCert
		}
		certs = rest
		c, err := parseCert(raw.FullBytes)
		if err != nil {
			continue
		}
		if sid.Class == asn1.ClassContextSpecific {
			if bytes.Contains(c.TBS.Raw, sid.Bytes) && len(sid.Bytes) >= 8 { // subject key identifier
				return c, nil
			}
			continue
		}
		var is struct {
			Issuer asn1.RawValue
			Serial *big.Int
		}
		if _, err := asn1.Unmarshal(sid.FullBytes, &is); err != nil {
			return nil, ErrFormat
		}
		if c.TBS.Serial.Cmp(is.Serial) == 0 && bytes.Equal(c.TBS.Issuer.FullBytes, is.Issuer.FullBytes) {
			return c, nil
		}
	}
	return nil, ErrCert
}

func parseCert(der []byte) (*certificate, error) {
	var c certificate
	if _, err := asn1.Unmarshal(der, &c); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCert, err)
	}
	if c.TBS.Serial == nil {
		return nil, ErrCert
	}
	return &c, nil
}

func (c *certificate) key() (any, error) {
	k, err := x509.ParsePKIXPublicKey(c.TBS.Key.FullBytes)
	if err != nil {
		return nil, ErrAlgorithm
	}
	return k, nil
}

// name is the common name of the subject, else its organisation.
func (c *certificate) name() string {
	var seq pkix.RDNSequence
	if _, err := asn1.Unmarshal(c.TBS.Subject.FullBytes, &seq); err != nil {
		return ""
	}
	var n pkix.Name
	n.FillFromRDNSequence(&seq)
	if n.CommonName != "" {
		return n.CommonName
	}
	if len(n.Organization) > 0 {
		return n.Organization[0]
	}
	return ""
}

func sum(h crypto.Hash, b []byte) []byte {
	w := h.New()
	w.Write(b)
	return w.Sum(nil)
}

// hashOf maps the identifiers of hashes, and of the signature algorithms that
// some tools put in their place, to hashes.
func hashOf(oid asn1.ObjectIdentifier) (crypto.Hash, bool) {
	switch oid.String() {
	case "1.3.14.3.2.26", "1.2.840.113549.1.1.5":
		return crypto.SHA1, true
	case "2.16.840.1.101.3.4.2.1", "1.2.840.113549.1.1.11":
		return crypto.SHA256, true
	case "2.16.840.1.101.3.4.2.2", "1.2.840.113549.1.1.12":
		return crypto.SHA384, true
	case "2.16.840.1.101.3.4.2.3", "1.2.840.113549.1.1.13":
		return crypto.SHA512, true
	case "2.16.840.1.101.3.4.2.4":
		return crypto.SHA224, true
	}
	return 0, false
}
