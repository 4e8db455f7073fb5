package c2pa

import (
	"crypto/x509"
	_ "embed" // the trust lists
	"encoding/pem"
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
)

func pool(list string) *x509.CertPool {
	p := x509.NewCertPool()
	for _, c := range parseList(list) {
		p.AddCert(c)
	}
	return p
}

// parseList reads a PEM list; what cannot be parsed is left out, and a test
// sees to it that nothing is.
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

// trustList is a list of root certificates in PEM form.
type trustList struct{ name, pem string }

func embeddedLists() []trustList {
	return []trustList{{listC2PA, c2paList}, {listInterim, interimList}}
}

// trustedBy returns the first list whose roots a chain, signer first, leads to
// at a time; "" for none.
func trustedBy(lists []trustList, chain []*x509.Certificate, at time.Time) string {
	intermediates := x509.NewCertPool()
	for _, c := range chain[1:] {
		intermediates.AddCert(c)
	}
	for _, list := range lists {
		_, err := chain[0].Verify(x509.VerifyOptions{
			Roots:         pool(list.pem),
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
