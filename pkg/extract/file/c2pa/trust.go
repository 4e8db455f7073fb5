package c2pa

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	_ "embed" // the trust lists
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"
	"time"
)

// The root certificates of the C2PA Trust List
// (https://github.com/c2pa-org/conformance-public, trust-list/, as of October
// 2025; intermediates it names lead to these roots).
//
//go:embed trust_c2pa.pem
var c2paList string

// The camera makers and generators of the interim trust list that was in use
// before (https://contentcredentials.org/trust/anchors.pem, frozen; what it
// vouches for is to be told from the former).
//
//go:embed trust_interim.pem
var interimList string

// The names of the lists in facts.C2PA.TrustList.
const (
	listC2PA    = "c2pa"
	listInterim = "interim"
	listGiven   = "given"
)

// How old the built-in lists are: a signer who joined later is not on them.
const (
	c2paAsOf    = "2025-10"
	interimAsOf = "before 2026"
)

// MaxTrustList is the most bytes of a trust list file. The C2PA list had 30 kB in
// 2026.
const MaxTrustList = 4 << 20

// Trust are the lists of root certificates a signer may lead to. It is made by
// BuiltinTrust or ParseTrust and does not change.
type Trust struct {
	lists []trustList
	given string // SHA-256 of the file given, hex; empty for none
}

// trustList is one list. The pool is what it holds.
type trustList struct {
	name, asOf string
	roots      *x509.CertPool
}

// BuiltinTrust are the lists inside the program.
func BuiltinTrust() *Trust {
	return &Trust{lists: []trustList{{listC2PA, c2paAsOf, pool(parseList(c2paList))}, interim()}}
}

func interim() trustList {
	return trustList{listInterim, interimAsOf, pool(parseList(interimList))}
}

// ErrNoCertificates is returned for a trust list that holds none.
var ErrNoCertificates = errors.New("no certificate in PEM form (-----BEGIN CERTIFICATE-----)")

// ParseTrust takes a PEM file, such as a newer C2PA-TRUST-LIST.pem, in place of
// the built-in C2PA list; the interim list, which is closed, stays. Every
// certificate in it is an anchor. The error says what is wrong with the file.
func ParseTrust(data []byte) (*Trust, error) {
	certs := parseList(string(data))
	if want := bytes.Count(data, []byte("-----BEGIN CERTIFICATE-----")); len(certs) < want {
		return nil, fmt.Errorf("%d of %d certificates cannot be read", want-len(certs), want)
	}
	if len(certs) == 0 {
		return nil, ErrNoCertificates
	}
	sum := sha256.Sum256(data)
	given := hex.EncodeToString(sum[:])
	return &Trust{lists: []trustList{{listGiven, "sha256 " + given[:12], pool(certs)}, interim()}, given: given}, nil
}

// Name adds to an extractor's name what its facts depend on besides the content:
// the name itself with the built-in lists, as name+digest with another.
func (t *Trust) Name(extractor string) string {
	if t.given == "" {
		return extractor
	}
	return extractor + "+" + t.given[:16]
}

// String names the lists and tells how old they are: "c2pa (2025-10), interim
// (before
// 2026)".
func (t *Trust) String() string {
	var names []string
	for _, l := range t.lists {
		names = append(names, l.name+" ("+l.asOf+")")
	}
	return strings.Join(names, ", ")
}

func pool(certs []*x509.Certificate) *x509.CertPool {
	p := x509.NewCertPool()
	for _, c := range certs {
		p.AddCert(c)
	}
	return p
}

// parseList reads a PEM list; what cannot be parsed is left out.
func parseList(list string) []*x509.Certificate {
	var out []*x509.Certificate
	rest := []byte(list)
	for {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			return out
		}
		if c, err := x509.ParseCertificate(block.Bytes); err == nil {
			out = append(out, c)
		}
	}
}

// vouches returns the name of the first list whose roots a chain, signer first,
// leads to at a time; "" for none.
func (t *Trust) vouches(chain []*x509.Certificate, at time.Time) string {
	intermediates := pool(chain[1:])
	for _, list := range t.lists {
		_, err := chain[0].Verify(x509.VerifyOptions{
			Roots:         list.roots,
			Intermediates: intermediates,
			CurrentTime:   at,
			KeyUsages:     []x509.ExtKeyUsage{x509.ExtKeyUsageAny},
		})
		if err == nil {
			return list.name
		}
	}
	return ""
}
