package batch

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/verdict"
)

func TestShops(t *testing.T) {
	of := func(dir, id, name string) *facts.Case {
		return newCase(dir, func(c *casefile.File) { c.Store.ID, c.Store.Name.ZH = id, name })
	}
	edited := func(v *facts.Case, edit func(*casefile.Store)) *facts.Case {
		edit(&v.File.Store)
		return v
	}
	const shi, li = "深圳市示例科技有限公司", "宁波李氏贸易有限公司"
	for _, tt := range []struct {
		name  string
		cases []*facts.Case
		want  string // what does not fit, and with what
	}{
		{"all the same", []*facts.Case{of("w/a", "11012345", shi), of("w/b", "11012345", "")}, ""},
		{"a digit wrong", []*facts.Case{of("a", "11012346", ""), of("b", "11012345", ""), of("c", "11012345", "")}, "a-b"},
		{"a digit left out", []*facts.Case{of("a", "11012345", shi), of("b", "1101234", "")}, "b-a"},
		{"two swapped", []*facts.Case{of("a", "11012345", shi), of("b", "11013245", shi)}, "b-a"},
		{"one digit apart, two companies", []*facts.Case{of("a", "11012346", shi), of("b", "11012345", li)}, ""},
		{"one alone in a folder", []*facts.Case{of("w/a", "11012345", ""), of("w/b", "11012345", ""), of("w/c", "11990000", "")}, "w/c-w/a"},
		{"two folders", []*facts.Case{of("w/a", "11012345", ""), of("l/c", "11990000", "")}, ""},
		{"no folder and no name", []*facts.Case{of("a", "11012345", ""), of("c", "11990000", "")}, ""},
		{"one alone of a company", []*facts.Case{of("x/a", "11012345", shi), of("y/b", "11012345", shi), of("z/c", "11990000", shi)}, "z/c-x/a"},
		{"a folder of two companies", []*facts.Case{of("w/a", "11012345", shi), of("w/c", "11990000", li)}, ""},
		{"two shops with two cases each", []*facts.Case{of("w/a", "11012345", shi), of("w/b", "11012345", shi), of("w/c", "11990000", shi), of("w/d", "11990000", shi)}, ""},
		{"one shop, two companies", []*facts.Case{of("w/a", "11012345", shi), of("l/b", "11012345", li)}, "l/b-w/a"},
		{"another name that is said", []*facts.Case{of("w/a", "11012345", shi), edited(of("l/b", "11012345", li), func(s *casefile.Store) { s.OtherNames = []string{shi} })}, ""},
		{"one code, two names", []*facts.Case{
			edited(of("w/a", "11012345", shi), func(s *casefile.Store) { s.CreditCode = "91440300MA5TEST00X" }), edited(of("l/b", "11012345", li), func(s *casefile.Store) { s.CreditCode = "91440300MA5TEST00X" })}, ""},
		{"a Chinese and an English name", []*facts.Case{of("w/a", "11012345", shi), edited(of("l/b", "11012345", ""), func(s *casefile.Store) { s.Name.EN = "Shenzhen Example Co., Ltd." })}, ""},
	} {
		r := run(t, Shops{}, tt.cases...)
		var got []string
		for _, e := range r.Evidence {
			first, _, _ := strings.Cut(e.Quote, " ")
			got = append(got, first+"-"+e.Related.Case)
		}
		want := verdict.Pass
		if tt.want != "" {
			want = verdict.Review
		}
		if r.Outcome != want || strings.Join(got, " ") != tt.want {
			t.Errorf("%s: %s %q, want %q", tt.name, r.Outcome, got, tt.want)
		}
	}
	if r := run(t, Shops{}, newCase("a", nil), newCase("b", nil)); r.Outcome != verdict.Skip {
		t.Errorf("no ID at all: %s", r.Outcome)
	}
}

func TestRepeats(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 8, 1, 9, 0, 0, 0, lang.Beijing()).AddDate(0, 0, n) }
	of := func(dir, id string, on int, history ...casefile.PastCase) *facts.Case {
		return newCase(dir, func(c *casefile.File) {
			c.Store.ID, c.History = "1101234567", history
			c.Violation = casefile.Violation{ID: id, Type: "stolen_image", EffectiveAt: day(on)}
		})
	}
	past := func(id string, on int) casefile.PastCase {
		return casefile.PastCase{ViolationID: id, Type: "stolen_image", At: day(on)}
	}
	for _, tt := range []struct {
		name  string
		cases []*facts.Case
		want  int
	}{
		{"four in ninety days", []*facts.Case{of("a", "1", 0), of("b", "2", 30), of("c", "3", 60), of("d", "4", 90)}, 4},
		{"four in ninety-one", []*facts.Case{of("a", "1", 0), of("b", "2", 30), of("c", "3", 60), of("d", "4", 91)}, 0},
		{"several products of one notice", []*facts.Case{of("a", "1", 0), of("b", "1", 0), of("c", "1", 0), of("d", "2", 1)}, 0},
		{"what each lists of the past, once", []*facts.Case{of("a", "1", 80, past("x", 1), past("y", 2)), of("b", "2", 81, past("x", 1), past("1", 80))}, 4},
		{"too far back", []*facts.Case{of("a", "1", 100, past("x", 1), past("y", 2)), of("b", "2", 101)}, 0},
		{"one case alone", []*facts.Case{of("a", "1", 80, past("x", 1), past("y", 2), past("z", 3)), of("b", "2", 400)}, 0},
	} {
		r := run(t, Repeats{}, tt.cases...)
		if got, _ := r.Vars["count"].Of.(int); got != tt.want || (r.Outcome == verdict.Fail) != (tt.want > 0) {
			t.Errorf("%s: %s %v, want %d", tt.name, r.Outcome, r.Vars, tt.want)
		}
	}
	r := run(t, Repeats{}, of("b", "1", 0), of("a", "2", 30), of("c", "3", 60), of("d", "4", 300), of("e", "5", 61))
	if len(r.Evidence) != 1 || r.Evidence[0].Quote != "1101234567 stolen_image: a, b, c, e" || report.Plain(r.Vars["shops"].Text()) != "1101234567" {
		t.Errorf("%+v %v", r.Evidence, r.Vars)
	}
}

func TestLetterScope(t *testing.T) {
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, lang.Beijing())
	on := func(s string) time.Time {
		d, err := time.ParseInLocation(time.DateOnly, s, lang.Beijing())
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	of := func(dir, category string, says *casefile.Letter) *facts.Case {
		v := newCase(dir, func(c *casefile.File) {
			c.Product.ID, c.Product.Category = "100500000000000"+dir, category
			if says != nil {
				says.File = "authorization/l"
				c.Letters = []casefile.Letter{*says}
			}
		}, "authorization/l=x")
		v.Clock.Now = now
		return v
	}
	ends := func(s string) *casefile.Letter { return &casefile.Letter{Ends: casefile.EndDate{At: on(s)}} }
	covers := func(list ...string) *casefile.Letter { return &casefile.Letter{Categories: list} }
	sublicense := func(v *facts.Case) *facts.Case {
		v.File.SetKeys(map[string]bool{"letters[0].sublicense": true})
		return v
	}
	lists := func(v *facts.Case, ids ...string) *facts.Case {
		v.Assets[0].Facts.Document.ProductIDs = ids
		return v
	}
	rescanned := func(v *facts.Case) *facts.Case {
		set := v.Assets[0].Facts
		set.File.SHA256 += v.Path
		set.Document.Grantor.Name, set.Document.Grantee.Name = "艾克美贸易有限公司", "深圳市示例科技有限公司"
		set.Document.SignedAt, set.Document.Registrations = on("2025-01-01"), []string{"12345678"}
		return v
	}
	for _, tt := range []struct {
		name  string
		cases []*facts.Case
		want  verdict.Outcome
		facts string // by the case beside
	}{
		{"nothing said", []*facts.Case{of("1", "apparel", nil), of("2", "apparel", nil)}, verdict.Pass, ""},
		{"said alike", []*facts.Case{of("1", "apparel", ends("2027-12-31")), of("2", "apparel", ends("2027-12-31"))}, verdict.Pass, ""},
		{"another last day", []*facts.Case{of("1", "apparel", ends("2027-12-31")), of("2", "apparel", ends("2026-12-31")), of("3", "apparel", ends("2027-12-31"))}, verdict.Fail, "1 case.letters.ends"},
		{"open and a last day", []*facts.Case{of("1", "apparel", ends("2027-12-31")), of("2", "apparel", &casefile.Letter{Ends: casefile.EndDate{Open: true}})}, verdict.Fail, "1 case.letters.ends"},
		{"over, and one does not say so", []*facts.Case{of("1", "apparel", nil), of("2", "apparel", ends("2026-11-22"))}, verdict.Fail, "2 case.letters.ends"},
		{"the last day", []*facts.Case{of("1", "apparel", nil), of("2", "apparel", ends("2026-11-23"))}, verdict.Pass, ""},
		{"not begun", []*facts.Case{of("1", "apparel", nil), of("2", "apparel", &casefile.Letter{Starts: on("2026-11-24")})}, verdict.Fail, "2 case.letters.starts"},
		{"sub-licensing", []*facts.Case{sublicense(of("1", "apparel", &casefile.Letter{Sublicense: true})), sublicense(of("2", "apparel", &casefile.Letter{}))}, verdict.Fail, "1 case.letters.sublicense"},
		{"sub-licensing, one silent", []*facts.Case{sublicense(of("1", "apparel", &casefile.Letter{Sublicense: true})), of("2", "apparel", &casefile.Letter{})}, verdict.Pass, ""},
		{"a narrower category", []*facts.Case{of("1", "apparel/dresses", covers("apparel/dresses")), of("2", "apparel/shirts", nil)}, verdict.Fail, "1 case.letters.categories"},
		{"the wider category", []*facts.Case{of("1", "apparel/dresses", covers("apparel")), of("2", "apparel/shirts", nil)}, verdict.Pass, ""},
		{"any category", []*facts.Case{of("1", "apparel/dresses", covers("全部")), of("2", "apparel/shirts", nil)}, verdict.Pass, ""},
		{"each says its own", []*facts.Case{of("1", "apparel/dresses", covers("apparel/dresses")), of("2", "apparel/shirts", covers("apparel/shirts"))}, verdict.Review, "1 case.letters.categories, 2 case.letters.categories"},
		{"categories that differ from the first step on", []*facts.Case{of("1", "apparel/dresses", covers("apparel")), of("2", "beauty", nil)}, verdict.Pass, ""},
		{"a product not listed", []*facts.Case{lists(of("1", "", nil), "1005000000000001"), of("2", "", nil)}, verdict.Review, "1 document.product_ids"},
		{"numbers of other things", []*facts.Case{lists(of("1", "", nil), "1005999999999999"), of("2", "", nil)}, verdict.Pass, ""},
		{"another scan", []*facts.Case{rescanned(of("1", "", ends("2027-12-31"))), rescanned(of("2", "", ends("2026-12-31")))}, verdict.Review, "1 case.letters.ends"},
		{"another letter", []*facts.Case{rescanned(of("1", "", ends("2027-12-31"))), of("2", "", ends("2026-12-31"))}, verdict.Pass, ""},
	} {
		r := run(t, LetterScope{}, tt.cases...)
		var got []string
		for _, e := range r.Evidence {
			got = append(got, e.Related.Case+" "+e.Fact)
		}
		slices.Sort(got)
		if r.Outcome != tt.want || strings.Join(got, ", ") != tt.facts {
			t.Errorf("%s: %s %q, want %s %q", tt.name, r.Outcome, got, tt.want, tt.facts)
		}
	}
}
