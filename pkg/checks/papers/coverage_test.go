package papers

import (
	"context"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// TestCoverage: territories and platforms that contradict the sites, and those
// that look as if they did.
func TestCoverage(t *testing.T) {
	for _, c := range []struct {
		sites, territory, platforms string
		want                        verdict.Outcome
	}{
		{"global", "", "", verdict.Skip},
		{"global", "全球", "", verdict.Pass},
		{"global", "worldwide", "amazon", verdict.Fail},
		{"global", "worldwide", "amazon|aliexpress", verdict.Pass},
		{"global", "", "taobao|tmall", verdict.Fail},
		{"global", "", "taobao|any", verdict.Pass},
		{"global", "中国大陆", "", verdict.Fail},
		{"global", "中国", "aliexpress", verdict.Fail},
		{"global", "CN", "", verdict.Fail},
		{"global", "CN", "aliexpress", verdict.Review},
		{"global, es", "Mainland China only", "", verdict.Fail},
		{"global", "中国大陆及海外", "", verdict.Pass},
		{"global, fr", "除中国大陆以外的全球地区", "", verdict.Pass},
		{"global, us", "全球（不含美国）", "", verdict.Fail},
		{"es", "美国、加拿大", "", verdict.Fail},
		{"es", "西班牙、法国", "", verdict.Pass},
		{"es, fr, de", "欧盟", "", verdict.Pass},
		{"uk", "EU and United Kingdom", "", verdict.Pass},
		{"us", "use on all products", "", verdict.Skip},
		{"global", "美国", "", verdict.Review},
		{"global", "欧洲", "", verdict.Pass},
		{"es", "美国及授权方书面同意的其他国家", "", verdict.Review},
		{"global", "华东区", "", verdict.Skip},
		{"ru", "独联体国家", "", verdict.Pass},
		{"global", "mundial, incluido España", "", verdict.Pass},
		{"fr", "Allemagne", "", verdict.Fail},
		{"de", "Alemania, Francia", "", verdict.Pass},
		{"global", "境内外市场", "", verdict.Pass},
		{"", "中国大陆", "", verdict.Fail},
		{"global", "中国大陆（含港澳台）", "", verdict.Review},
	} {
		a := letter("authorization/a.pdf", func(d *facts.Document) {
			d.Length, d.Confidence = 400, 0.95
			if c.territory != "" {
				d.Territory = strings.Split(c.territory, "|")
			}
			if c.platforms != "" {
				d.Platforms = strings.Split(c.platforms, "|")
			}
		})
		v := view(t, "product: {sites: ["+c.sites+"]}\n", a)
		r, err := Coverage{}.Run(context.Background(), checks.Subject{Case: v, Asset: &v.Assets[0]}, Coverage{}.NewParams())
		if err != nil {
			t.Fatal(err)
		}
		if r.Outcome != c.want {
			t.Errorf("%s on %s for %s: %s, want %s", c.territory, c.platforms, c.sites, say(r), c.want)
		}
		// What was hardly read never fails.
		v.Assets[0].Facts.Document.Length = 10
		r, err = Coverage{}.Run(context.Background(), checks.Subject{Case: v, Asset: &v.Assets[0]}, Coverage{}.NewParams())
		if err != nil || r.Outcome == verdict.Fail {
			t.Errorf("%s, hardly read: %s %v", c.territory, say(r), err)
		}
	}
}

// TestPlaces: every word of the table names its place.
func TestPlaces(t *testing.T) {
	p, err := loadPlaces(placesYAML)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range p.words {
		got, rest := p.find(w.word)
		if rest != "" || len(got.codes) < len(w.codes) && !w.everywhere && !w.abroad {
			t.Errorf("%q: %v, left %q", w.word, got.codes, rest)
		}
	}
}
