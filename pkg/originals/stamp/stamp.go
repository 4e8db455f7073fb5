// Package stamp dates a digest by a time-stamping authority (RFC 3161): somebody else
// signs that the digest was there at that time. Asking is the one thing aecheck uses
// the network for, and 32 bytes are all that is sent; what was answered is checked
// without it, then and later.
//
// It imports nothing of ours.
package stamp

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rand"
	_ "crypto/sha1" // hashes that timestamps may name
	"crypto/sha256"
	_ "crypto/sha512"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/big"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/digitorus/pkcs7"
	"github.com/digitorus/timestamp"
)

// Default is an authority that answers everybody, free of charge
// (knowledge.digicert.com, "RFC3161 compliant Time Stamp Authority server").
const Default = "http://timestamp.digicert.com"

// Errors that tell what kind of thing went wrong; what exactly is wrapped with them.
var (
	ErrAddress = errors.New("not an address of a time-stamping authority")
	ErrNetwork = errors.New("the authority could not be reached")
	ErrRefused = errors.New("the authority gave no timestamp")
	ErrInvalid = errors.New("the timestamp is not valid")
)

// Token is what a timestamp says, once it was checked.
type Token struct {
	DER       []byte    // TimeStampToken
	Time      time.Time // UTC
	Authority string    // the name in its certificate
	Issuer    string    // who certified it
	// Fingerprint is the SHA-256 of the certificate, hex.
	Fingerprint string
}

const (
	patience = 30 * time.Second // that an answer may take
	most     = 256 << 10        // bytes of an answer; they have some 6,000
)

// Ask has an authority at an address date a digest. Errors wrap one of those above.
func Ask(ctx context.Context, address string, digest [32]byte) (*Token, error) {
	if u, err := url.Parse(address); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, ErrAddress
	}
	nonce, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 64))
	if err != nil {
		return nil, err
	}
	query, err := (&timestamp.Request{HashAlgorithm: crypto.SHA256, HashedMessage: digest[:], Certificates: true, Nonce: nonce}).Marshal()
	if err != nil {
		return nil, err
	}
	answer, err := post(ctx, address, query)
	if err != nil {
		return nil, err
	}
	der, theirs, err := reply(answer)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrRefused, err)
	case theirs == nil || theirs.Cmp(nonce) != 0:
		return nil, fmt.Errorf("%w: it answers another request", ErrInvalid)
	}
	return Check(der, digest)
}

func post(ctx context.Context, address string, query []byte) ([]byte, error) {
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(query))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAddress, err)
	}
	req.Header.Set("Content-Type", "application/timestamp-query")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNetwork, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%w: HTTP %s", ErrRefused, resp.Status)
	}
	if kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type")); kind != "application/timestamp-reply" {
		return nil, fmt.Errorf("%w: the answer is of type %q", ErrRefused, kind)
	}
	answer, err := io.ReadAll(io.LimitReader(resp.Body, most+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrNetwork, err)
	case len(answer) > most:
		return nil, fmt.Errorf("%w: the answer is too long", ErrRefused)
	}
	return answer, nil
}

// reply takes the token and the nonce out of an answer.
func reply(answer []byte) (der []byte, nonce *big.Int, err error) {
	defer unharmed(&err)
	t, err := timestamp.ParseResponse(answer)
	if err != nil {
		return nil, nil, err
	}
	return t.RawToken, t.Nonce, nil
}

// unharmed makes an error of a panic: the library reads what anybody may have written.
func unharmed(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("it cannot be read: %v", p)
	}
}

// Check reads a token: that it is signed by the certificate in it, that this is one for
// timestamps and was valid then, and that it is over the digest. Who signed is told,
// not judged: which authorities somebody trusts is for them to say. The error wraps
// ErrInvalid.
func Check(der []byte, digest [32]byte) (t *Token, err error) {
	t, err = check(der, digest)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	return t, nil
}

func check(der []byte, digest [32]byte) (t *Token, err error) {
	defer unharmed(&err)
	stamped, err := timestamp.Parse(der) // checks the signature where there is a certificate
	if err != nil {
		return nil, err
	}
	signed, err := pkcs7.Parse(der)
	if err != nil {
		return nil, err
	}
	cert := signed.GetOnlySigner()
	switch {
	case cert == nil:
		return nil, errors.New("the signer's certificate is not in it")
	case !named(signed, cert):
		return nil, errors.New("it was signed with another certificate")
	case !slices.Contains(cert.ExtKeyUsage, x509.ExtKeyUsageTimeStamping):
		return nil, errors.New("the certificate is not one for timestamps")
	case stamped.Time.Before(cert.NotBefore) || stamped.Time.After(cert.NotAfter):
		return nil, errors.New("the certificate was not valid then")
	case stamped.HashAlgorithm != crypto.SHA256 || !bytes.Equal(stamped.HashedMessage, digest[:]):
		return nil, errors.New("it is over something else")
	}
	sum := sha256.Sum256(cert.Raw)
	return &Token{
		DER: der, Time: stamped.Time.UTC(), Authority: name(cert.Subject.CommonName, cert.Subject.Organization),
		Issuer: name(cert.Issuer.CommonName, cert.Issuer.Organization), Fingerprint: hex.EncodeToString(sum[:]),
	}, nil
}

// Attributes that name the certificate that was signed with (RFC 5035).
var (
	oidSigningCertificate   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 12}
	oidSigningCertificateV2 = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}
)

// named reports whether the signature is over the very certificate, as RFC 3161 asks
// for: else another one of the same key could be put in its place.
func named(signed *pkcs7.PKCS7, cert *x509.Certificate) bool {
	type id struct {
		Algorithm pkix.AlgorithmIdentifier `asn1:"optional"` // SHA-256 where it is not told
		Hash      []byte
		Rest      asn1.RawValue `asn1:"optional"`
	}
	var certs struct {
		IDs  []id
		Rest asn1.RawValue `asn1:"optional"`
	}
	hash := crypto.SHA256
	if signed.UnmarshalSignedAttribute(oidSigningCertificateV2, &certs) != nil {
		certs.IDs, hash = nil, crypto.SHA1
		if signed.UnmarshalSignedAttribute(oidSigningCertificate, &certs) != nil {
			return false
		}
	}
	if len(certs.IDs) == 0 {
		return false
	}
	first := certs.IDs[0] // the signer's; others may follow
	for _, n := range []struct {
		last int
		hash crypto.Hash
	}{{2, crypto.SHA384}, {3, crypto.SHA512}} {
		if first.Algorithm.Algorithm.Equal(asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, n.last}) {
			hash = n.hash
		}
	}
	h := hash.New()
	h.Write(cert.Raw)
	return bytes.Equal(h.Sum(nil), first.Hash)
}

// name is a common name, else an organisation.
func name(common string, organisation []string) string {
	if common == "" && len(organisation) > 0 {
		return organisation[0]
	}
	return common
}
