package papers

import (
	"context"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/checks/expected"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Coverage is "document-coverage": a letter holds on this marketplace, and
// where the product is sold, by the platforms and the territory it names.
type Coverage struct{ onAsset }

// CoverageParams of the check.
type CoverageParams struct {
	// Marketplace is the one appealed to, as document.platforms names it.
	Marketplace string `json:"marketplace" zh:"申诉所在的平台" en:"marketplace appealed to, as document.platforms names it"`
}

// Name of the check.
func (Coverage) Name() string { return "document-coverage" }

// Doc says what it judges.
func (Coverage) Doc() lang.Text {
	return lang.T("检查授权书写的平台包含速卖通、写的地域包含商品所售的站点：只写了别的平台，或地域只到中国大陆、不含某个站点的国家，就不通过。地域里有认不出的写法、只涵盖全球站的一部分，或读得不确定时由人判断；没有写平台和地域的不判断。",
		"Asks that a letter holds on this marketplace and where the product is sold: fails where it names other platforms alone, or a territory of mainland China alone or without the country of a site. A person looks where a territory names something unknown or only a part of what a global site sells to, and where the reading is unsure; a letter that names neither is not judged.")
}

// NewParams returns the default.
func (Coverage) NewParams() any { return &CoverageParams{Marketplace: "aliexpress"} }

// Needs what the letter says of platforms and territory.
func (Coverage) Needs(any) []checks.Need {
	return needs("document.kind", "document.platforms", "document.territory", "document.found")
}

// Run judges one letter.
func (Coverage) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	f, d, res, ok := document(s, "platforms", "territory")
	if !ok {
		return res, nil
	}
	c := caseOf(s)
	if c == nil || !grants(d) {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	here := params.(*CoverageParams).Marketplace
	onPlatform := slices.Contains(d.Platforms, here) || slices.Contains(d.Platforms, "any")
	if len(d.Platforms) > 0 {
		f.judged++
		if !onPlatform {
			f.unless(d, "platforms", strings.Join(d.Platforms, ", "), verdict.WantWords(here))
		}
	}
	if len(d.Territory) > 0 {
		f.territory(d, c.Product.Sites, slices.Contains(d.Platforms, here))
	}
	return f.result(), nil
}

// territory asks that where a letter holds the product is sold. named says that
// it names the marketplace, which sells abroad alone: a territory that was read
// from a sentence then only asks.
func (f *findings) territory(d *facts.Document, sites []string, named bool) {
	p := knownPlaces()
	r := p.read(d.Territory)
	observed := strings.Join(d.Territory, ", ")
	missing, some := p.uncovered(r, sites)
	wanted := verdict.Want(strings.Join(missing, ", "))
	if len(missing) == 0 {
		wanted = verdict.WantWords("global")
	}
	if len(r.codes) == 0 && !r.everywhere && !r.abroad {
		return // a region by no name known here, a channel, a stray line
	}
	f.judged++
	switch {
	case !some && len(r.unknown) == 0 && !(named && slices.Equal(d.Territory, []string{"CN"})):
		f.unless(d, "territory", observed, wanted)
	case !some:
		f.Doubt(at(d, "territory", observed, wanted))
	case len(missing) > 0 && len(r.unknown) == 0:
		f.unless(d, "territory", observed, wanted)
	case len(missing) > 0:
		f.Doubt(at(d, "territory", observed, wanted))
	case !r.everywhere && !r.abroad && sellsWidely(p, sites) && len(r.codes) < manyPlaces:
		f.Doubt(at(d, "territory", observed, verdict.WantWords("global")))
	}
}

// manyPlaces is how many countries make a territory that nobody need look at
// beside a global site: a continent.
const manyPlaces = 10

// sellsWidely reports a product on a site for no one country.
func sellsWidely(p *places, sites []string) bool {
	return slices.ContainsFunc(sites, func(s string) bool {
		code, ok := p.sites[strings.ToLower(s)]
		return ok && code == ""
	})
}

// unless notes a contradiction, failed where the paper and the words were read
// well.
func (f *findings) unless(d *facts.Document, field, observed string, required *verdict.Required) {
	if !expected.Readable(d) {
		f.Doubt(at(d, field, observed, required))
		return
	}
	f.against(d, field, observed, required)
}
