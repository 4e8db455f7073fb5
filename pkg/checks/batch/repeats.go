package batch

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Repeats counts the violations of one type that the cases of a shop add up to (M34);
// each case on its own sees but what its history lists.
type Repeats struct{}

// RepeatsParams of "repeated-violations".
type RepeatsParams struct {
	Max  int `json:"max" zh:"同一店铺的同类违规，在这段时间内最多几次" en:"most violations of one type and shop within the span"`
	Days int `json:"days" zh:"这段时间是几天" en:"the span, in days"`
}

// Name is "repeated-violations".
func (Repeats) Name() string { return "repeated-violations" }

// Doc says what it judges.
func (Repeats) Doc() lang.Text {
	return lang.T("把同一店铺各案件的违规和它们的 history 合在一起，统计任意一段时间内的同类违规；超过上限、而且其中至少有两个是这批案件，就不通过。违规编号相同的算一次；没有写店铺 ID、违规类型或时间的不算。",
		"Adds up the violations of the cases of one shop and of their history, by type, within any span of days; fails where they are more than allowed and two of them at least are cases of this batch. One violation ID counts once; those without shop ID, type or time are left out.")
}

// NewParams returns what M34 says.
func (Repeats) NewParams() any { return &RepeatsParams{Max: 3, Days: 90} }

// Needs nothing of any file.
func (Repeats) Needs(any) []checks.Need { return nil }

// Vars are the cases concerned, their shops and the most violations of one.
func (Repeats) Vars() []string { return []string{"cases", "shops", "count"} }

// violation is one of a shop, and the case that is about it, empty for none.
type violation struct {
	at   time.Time
	kase string
}

// series is violations of one type of one shop.
type series struct{ shop, kind string }

// Run judges the batch. Each shop and type is one piece of evidence.
func (Repeats) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	p := params.(*RepeatsParams)
	if len(s.Batch) < 2 {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	all := violations(s.Batch)
	if len(all) == 0 {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	var evidence []verdict.Evidence
	concerned := map[string]bool{}
	var shops []string
	most := 0
	for _, k := range all {
		crowd := crowded(k.list, time.Duration(p.Days)*24*time.Hour)
		var cases []string
		for _, v := range crowd {
			if v.kase != "" {
				cases = append(cases, v.kase)
			}
		}
		if len(crowd) <= p.Max || len(cases) < 2 {
			continue
		}
		for _, c := range cases {
			concerned[c] = true
		}
		if !slices.Contains(shops, k.shop) {
			shops = append(shops, k.shop)
		}
		most = max(most, len(crowd))
		slices.Sort(cases)
		evidence = append(evidence, verdict.Evidence{
			Fact: "case.violation.type", Observed: len(crowd), Required: verdict.Compared("<=", p.Max),
			Quote: k.shop + " " + k.kind + ": " + strings.Join(cases, ", "),
		})
	}
	return checks.Result{Outcome: failIf(len(evidence) > 0), Evidence: evidence, Vars: map[string]verdict.Value{
		"cases": checks.Paths(sorted(concerned)), "shops": checks.Names(shops, ", "), "count": checks.Count(most)}}, nil
}

// listed is a series with its violations, the earliest first.
type listed struct {
	series
	list []violation
}

// violations are those of all shops, each once.
func violations(cases []*facts.Case) []listed {
	found := map[series]map[string]violation{}
	add := func(shop, kind, id string, v violation) {
		if shop == "" || kind == "" || v.at.IsZero() {
			return
		}
		k := series{shop, kind}
		if found[k] == nil {
			found[k] = map[string]violation{}
		}
		if was, ok := found[k][id]; !ok || was.kase == "" {
			found[k][id] = v
		}
	}
	for _, c := range cases {
		if c.File == nil {
			continue
		}
		v := c.File.Violation
		at := cmp.Or(v.EffectiveAt, v.NotifiedAt, c.Clock.StartedAt)
		add(c.File.Store.ID, v.Type, cmp.Or(strings.ToUpper(v.ID), "\x00"+c.Path), violation{at, c.Path})
		for _, h := range c.File.History {
			id := cmp.Or(strings.ToUpper(h.ViolationID), "\x00"+h.ProductID+"\x00"+day(h.At))
			add(c.File.Store.ID, h.Type, id, violation{at: h.At})
		}
	}
	var out []listed
	for k, byID := range found {
		list := make([]violation, 0, len(byID))
		for _, v := range byID {
			list = append(list, v)
		}
		slices.SortFunc(list, func(a, b violation) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.kase, b.kase)) })
		out = append(out, listed{k, list})
	}
	slices.SortFunc(out, func(a, b listed) int { return cmp.Or(cmp.Compare(a.shop, b.shop), cmp.Compare(a.kind, b.kind)) })
	return out
}

// crowded is the most of a list that lies within a span; of equals the latest.
func crowded(list []violation, span time.Duration) []violation {
	var best []violation
	from := 0
	for to := range list {
		for list[to].at.Sub(list[from].at) > span {
			from++
		}
		if to-from+1 >= len(best) {
			best = list[from : to+1]
		}
	}
	return best
}
