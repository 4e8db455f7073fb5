package c2pa

import (
	"encoding/pem"
	"errors"
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

// A list that is given stands in place of the C2PA list: its own signers are
// trusted, and the extractors that look in it have names of their own, so that the
// cache does not take what one list said for what another says.
func TestParseTrust(t *testing.T) {
	s := newSigner(t)
	trust, err := ParseTrust([]byte("a list\n" + s.root))
	if err != nil {
		t.Fatal(err)
	}
	data := signedFile(t, s, pngOf(t, 60, 40, 1), "image/png", inPNG, nil)
	got, want := check(t, data, trust.lists...), check(t, data, BuiltinTrust().lists...)
	if got.State != Trusted || got.TrustList != listGiven || want.State != ValidUnknownSigner || want.TrustList != "" {
		t.Errorf("%s by %q with the list, %s by %q without", got.State, got.TrustList, want.State, want.TrustList)
	}
	if !strings.HasPrefix(got.TrustLists, "given (sha256 ") || want.TrustLists != "c2pa (2025-10), interim (before 2026)" {
		t.Errorf("looked in %q and in %q", got.TrustLists, want.TrustLists)
	}
	again, err := ParseTrust([]byte("a list\n" + newSigner(t).root))
	if err != nil {
		t.Fatal(err)
	}
	if a, b := trust.Name("meta"), again.Name("meta"); BuiltinTrust().Name("meta") != "meta" || a == b || !strings.HasPrefix(a, "meta+") {
		t.Errorf("names %q, %q and %q", BuiltinTrust().Name("meta"), a, b)
	}
	for _, list := range []string{"", "nothing here", s.root + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "-----BEGIN CERTIFICATE-----\nAA"} {
		trust, err := ParseTrust([]byte(list))
		if err == nil || trust != nil {
			t.Errorf("%q was taken", list)
		}
		if broken := strings.Contains(list, "BEGIN"); broken == errors.Is(err, ErrNoCertificates) {
			t.Errorf("%q: %v", list, err)
		}
	}
}
