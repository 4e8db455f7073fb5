package c2pa

import (
	"encoding/pem"
	"strings"
	"testing"
)

// Every certificate of the lists is a root that signed itself: a slip in the
// data would show here.
func TestTrustListsHoldRoots(t *testing.T) {
	for name, list := range map[string]string{listC2PA: c2paList, listInterim: interimList} {
		certs := parseList(list)
		if want := strings.Count(list, "BEGIN CERTIFICATE"); len(certs) != want || want == 0 {
			t.Errorf("%s: %d of %d certificates parse", name, len(certs), want)
		}
		for _, c := range certs {
			if err := c.CheckSignature(c.SignatureAlgorithm, c.RawTBSCertificate, c.Signature); err != nil {
				t.Errorf("%s: %s: %v", name, c.Subject, err)
			}
			if !c.IsCA {
				t.Errorf("%s: %s is no authority", name, c.Subject)
			}
		}
		if block, _ := pem.Decode([]byte(list)); block == nil {
			t.Errorf("%s holds no PEM block", name)
		}
	}
}
