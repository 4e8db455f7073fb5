package papers

import (
	"slices"
	"time"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/checks/party"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// renewal returns the letter beside one that is over by which the same party authorises
// the same party from the day of submission on; nil where there is none. Letters for
// other brands renew nothing.
func renewal(s checks.Subject, d *facts.Document, when time.Time) *facts.Asset {
	if s.Case == nil || object(d.Starts, d.Ends, d.OpenEnded, when, 0).field != "ends" {
		return nil
	}
	for _, o := range s.Case.Of(s.Asset.Kind) {
		if o == s.Asset || o.Facts == nil {
			continue
		}
		n := &o.Facts.Document
		first, differ := byReadings(n, when, 0)
		inForce := first.field == "" && !differ && (n.OpenEnded || !n.Ends.IsZero())
		if inForce && n.Kind == d.Kind && sameName(n.Grantor.Name, d.Grantor.Name) && sameName(n.Grantee.Name, d.Grantee.Name) && sameBrands(n.Brands, d.Brands) {
			return o
		}
	}
	return nil
}

// sameName reports that two names were read and are the same.
func sameName(a, b string) bool { return a != "" && b != "" && same(a, b) >= party.Same }

// sameBrands reports whether two letters may be about the same brand.
func sameBrands(a, b []string) bool {
	return len(a) == 0 || len(b) == 0 || slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}

// asOld leaves a letter that is over to a person: it was renewed by another one.
func (f *findings) asOld(by *facts.Asset) {
	for _, ev := range f.Failed {
		ev.Related = &verdict.Related{Asset: by.Path}
		f.Doubt(ev)
	}
	f.Failed = nil
}
