package batch

import (
	"cmp"
	"context"
	"fmt"
	"path"
	"slices"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/checks/party"
	"github.com/aecheck/aecheck/pkg/edits"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Shops finds shop IDs that do not fit together between the cases of one client. A
// client may have several shops, so all of it is for a person to look at.
type Shops struct{}

// Name is "shop-ids".
func (Shops) Name() string { return "shop-ids" }

// Doc says what it judges.
func (Shops) Doc() lang.Text {
	return lang.T("查找同一客户各案件里互相不一致的店铺 ID，由人判断：和另一个案件的店铺 ID 只差一位（或相邻两位颠倒）；同一客户只有一个案件写了这个 ID，其他案件写的是别的；同一个店铺 ID 写了两家公司。店铺主体名称相同的，或放在同一个客户文件夹里、没有写名称的，算同一客户。",
		"Finds shop IDs that do not fit together between the cases of one client, for a person to look at: an ID one digit away from that of another case (or with two neighbours swapped), an ID that one case of a client has alone, one ID with two companies. Cases are of one client where the name of the company is the same, or where they lie in one folder and name none.")
}

// NewParams returns nil: there are none.
func (Shops) NewParams() any { return nil }

// Needs nothing of any file.
func (Shops) Needs(any) []checks.Need { return nil }

// Vars are the cases concerned, their shop IDs and how many cases to look at.
func (Shops) Vars() []string { return []string{"cases", "shops", "count"} }

// Run judges the batch. Each case that does not fit is one piece of evidence, beside one
// that it does not fit with.
func (Shops) Run(_ context.Context, s checks.Subject, _ any) (checks.Result, error) {
	r := register{byID: map[string][]*facts.Case{}}
	for _, v := range s.Batch {
		if v.File == nil || v.File.Store.ID == "" {
			continue
		}
		if r.byID[v.File.Store.ID] == nil {
			r.ids = append(r.ids, v.File.Store.ID)
		}
		r.byID[v.File.Store.ID] = append(r.byID[v.File.Store.ID], v)
	}
	if len(s.Batch) < 2 || len(r.ids) == 0 {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	r.told, r.cases = map[string]bool{}, map[string]bool{}
	r.slips()
	r.alone()
	r.companies()
	return r.gathered.Result(func(shown []verdict.Evidence) map[string]verdict.Value {
		return map[string]verdict.Value{"cases": checks.Paths(sorted(r.cases)), "shops": checks.Names(r.shops, ", "), "count": checks.Count(len(shown))}
	}), nil
}

// register is the cases of a batch by the shop ID they name.
type register struct {
	ids      []string // in the order of the cases
	byID     map[string][]*facts.Case
	told     map[string]bool // cases that there is evidence of
	cases    map[string]bool // and those that they do not fit with
	shops    []string
	gathered checks.Gathered
}

// doubt notes a case that does not fit with another.
func (r *register) doubt(v, with *facts.Case, fact, observed, other string) {
	if r.told[v.Path] {
		return
	}
	r.told[v.Path], r.cases[v.Path], r.cases[with.Path] = true, true, true
	for _, id := range [...]string{v.File.Store.ID, with.File.Store.ID} {
		if !slices.Contains(r.shops, id) {
			r.shops = append(r.shops, id)
		}
	}
	r.gathered.Doubt(verdict.Evidence{Fact: fact, Observed: observed, Required: verdict.Want(other),
		Quote: fmt.Sprintf("%s %s, %s %s", v.Path, observed, with.Path, other), Related: &verdict.Related{Case: with.Path}})
}

// slips finds IDs that one slip of the finger makes of another, unless they are said
// to be of different companies. What fewer cases name is taken for the slip. Such IDs
// leave the same where one digit is taken out of each, or of one.
func (r *register) slips() {
	left := map[string][]string{}
	for _, id := range r.ids {
		rests := []string{id}
		for i := range id {
			rests = append(rests, id[:i]+id[i+1:])
		}
		slices.Sort(rests)
		var with []string
		for _, rest := range slices.Compact(rests) {
			with = append(with, left[rest]...)
			left[rest] = append(left[rest], id)
		}
		slices.Sort(with)
		for _, other := range slices.Compact(with) {
			if edits.WithSwaps([]rune(id), []rune(other)) == 1 {
				r.slip(id, other)
			}
		}
	}
}

func (r *register) slip(id, other string) {
	odd, usual := r.byID[id], r.byID[other]
	if company(odd[0].File.Store, usual[0].File.Store) == party.Different {
		return
	}
	if len(odd) > len(usual) {
		odd, usual = usual, odd
	}
	r.doubt(odd[0], usual[0], "case.store.id", odd[0].File.Store.ID, usual[0].File.Store.ID)
}

// alone finds IDs that one case of a client names alone.
func (r *register) alone() {
	clients := map[string][]string{} // IDs by the most cases first
	var order []string
	for _, id := range r.ids {
		for _, name := range clientsOf(r.byID[id]) {
			if clients[name] == nil {
				order = append(order, name)
			}
			clients[name] = append(clients[name], id)
		}
	}
	for _, name := range order {
		ids := clients[name]
		slices.SortStableFunc(ids, func(a, b string) int { return cmp.Compare(len(r.byID[b]), len(r.byID[a])) })
		usual := r.byID[ids[0]][0]
		for _, id := range ids[1:] {
			if v := r.byID[id]; len(v) == 1 && company(v[0].File.Store, usual.File.Store) != party.Different {
				r.doubt(v[0], usual, "case.store.id", id, ids[0])
			}
		}
	}
}

// clientsOf names whose the cases of a shop are: companies, and folders with cases that
// name no company.
func clientsOf(cases []*facts.Case) []string {
	var out []string
	for _, v := range cases {
		name, _ := party.Core(cmp.Or(v.File.Store.Name.ZH, v.File.Store.Name.EN))
		if above := path.Dir(v.Path); name == "" && above != "." && above != "/" {
			name = "\x00" + above
		}
		if name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// companies finds one ID with two companies.
func (r *register) companies() {
	for _, id := range r.ids {
		var first *facts.Case
		for _, v := range r.byID[id] {
			name := named(v.File.Store)
			switch {
			case name == "":
			case first == nil:
				first = v
			case company(v.File.Store, first.File.Store) == party.Different:
				r.doubt(v, first, "case.store.name", name, named(first.File.Store))
			}
		}
	}
}

func named(s casefile.Store) string { return cmp.Or(s.Name.ZH, s.Name.EN) }

// company tells whether two cases name one company. A Chinese name and an English one
// say nothing of each other.
func company(a, b casefile.Store) party.Likeness {
	if a.CreditCode != "" && a.CreditCode == b.CreditCode {
		return party.Same
	}
	likeness := max(party.Compare(a.Name.ZH, b.Name.ZH), party.Compare(a.Name.EN, b.Name.EN))
	for _, name := range [...]string{a.Name.ZH, a.Name.EN} {
		if also := party.Best(name, b.OtherNames); also > party.Different {
			likeness = max(likeness, also)
		}
	}
	for _, name := range [...]string{b.Name.ZH, b.Name.EN} {
		if also := party.Best(name, a.OtherNames); also > party.Different {
			likeness = max(likeness, also)
		}
	}
	return likeness
}
