package codes

import (
	"strings"

	"github.com/aecheck/aecheck/pkg/contacts"
	"github.com/aecheck/aecheck/pkg/facts"
)

// minContact is the confidence below which a payload is not called a contact
// detail; the patterns' weakest certain ones lie above it.
const minContact = 0.6

// classify says what a payload is (facts.Code.Class).
func (e *Extractor) classify(f found) facts.Code {
	c := facts.Code{Kind: f.kind, Text: f.text, Class: "text"}
	switch f.kind {
	case "ean_13", "ean_8", "upc_a", "upc_e":
		c.Class = "product_code"
		return c
	}
	var top contacts.Match
	for _, m := range e.detector.Find(payload(f.text), contacts.Code) {
		if m.Confidence >= minContact && rank(m) > rank(top) {
			top = m
		}
	}
	switch {
	case top.Kind == "url" || top.Kind == "domain":
		c.Class, c.Contact = "url", "url"
	case top.Kind != "":
		c.Class, c.Contact = "contact", top.Kind
	case e.marketplaceOnly(f.text):
		c.Class = "marketplace_url"
	case productCode(f.text) || f.kind == "code_128":
		c.Class = "product_code"
	}
	return c
}

// rank prefers what names a person over an address, then the surer match.
func rank(m contacts.Match) float64 {
	switch m.Kind {
	case "":
		return 0
	case "url", "domain":
		return m.Confidence
	}
	return 1 + m.Confidence
}

// payload undoes the escaping of MEBKM, MECARD and vCard payloads.
func payload(s string) string {
	return strings.NewReplacer(`\:`, ":", `\;`, ";", `\,`, ",", `\\`, `\`, ";", " ").Replace(s)
}

// marketplaceOnly reports whether a payload leads to the marketplace.
func (e *Extractor) marketplaceOnly(s string) bool {
	hosts := e.detector.Hosts(payload(s))
	for _, h := range hosts {
		if !e.detector.Marketplace(h) {
			return false
		}
	}
	return len(hosts) > 0
}

// productCode reports whether a payload is a GTIN (8, 12, 13 or 14 digits with a
// valid check digit), alone or as element (01) of a GS1 code.
func productCode(s string) bool {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "\x1d"), "]d2")
	if strings.HasPrefix(s, "(01)") {
		s = s[4:]
	} else if strings.HasPrefix(s, "01") && len(s) >= 16 {
		s = s[2:]
	}
	for _, n := range []int{14, 13, 12, 8} {
		if (len(s) == n || n == 14 && len(s) > n) && gtin(s[:n]) {
			return true
		}
	}
	return false
}

// gtin checks the check digit of GS1 General Specifications §7.9.
func gtin(s string) bool {
	sum, weight := 0, 3
	for i := len(s) - 2; i >= 0; i-- {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
		sum += int(s[i]-'0') * weight
		weight = 4 - weight
	}
	last := s[len(s)-1]
	return last >= '0' && last <= '9' && (10-sum%10)%10 == int(last-'0')
}
