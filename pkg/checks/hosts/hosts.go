// Package hosts checks where the addresses of the violating pictures lead: to
// the marketplace's own picture servers, or the seller copied the wrong ones.
package hosts

import (
	"context"
	"net/url"
	"strings"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Check is "image-hosts": every violation.image_urls is an http(s) address on
// one of the hosts or below it. Nothing is fetched.
type Check struct{}

// Params of the check.
type Params struct {
	// Hosts are domains; their sub-domains count.
	Hosts []string `json:"hosts"`
}

// Name is "image-hosts".
func (Check) Name() string { return "image-hosts" }

// NewParams returns the hosts seen in listings (domain notes §1.1).
func (Check) NewParams() any {
	return &Params{Hosts: []string{"alicdn.com", "aliexpress-media.com"}}
}

// Needs nothing of any file.
func (Check) Needs(any) []checks.Need { return nil }

// Vars are the first address that does not fit, and how many do not.
func (Check) Vars() []string { return []string{"url", "count"} }

// Run judges the case.
func (Check) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	p := params.(*Params)
	if s.Case == nil || s.Case.Case == nil || len(s.Case.Case.Violation.ImageURLs) == 0 {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	var bad []verdict.Evidence
	for _, u := range s.Case.Case.Violation.ImageURLs {
		if !p.fits(u) {
			bad = append(bad, verdict.Evidence{Fact: "case.violation.image_urls", Observed: u, Required: strings.Join(p.Hosts, ", ")})
		}
	}
	if len(bad) == 0 {
		return checks.Result{Outcome: verdict.Pass}, nil
	}
	return checks.Result{Outcome: verdict.Fail, Evidence: bad, Vars: map[string]any{"url": bad[0].Observed, "count": len(bad)}}, nil
}

func (p *Params) fits(address string) bool {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.User != nil {
		return false
	}
	if u.Scheme == "" && strings.HasPrefix(address, "//") {
		u.Scheme = "https" // as copied from a page
	}
	if u.Scheme != "https" && u.Scheme != "http" {
		return false
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	for _, h := range p.Hosts {
		if h = strings.ToLower(h); host == h || strings.HasSuffix(host, "."+h) {
			return true
		}
	}
	return false
}
