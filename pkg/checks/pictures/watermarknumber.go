package pictures

import (
	"context"
	"path"
	"slices"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// WatermarkNumber is "watermark-number": a shop's number in a watermark that case.yaml
// gives nothing to compare with. It is for an asset, and asks once for a number, at the
// first picture that bears it: a shop puts the same one on all of them. What the seller's
// papers give as the shop's number is known by then (pkg/derive).
type WatermarkNumber struct{}

// Name is "watermark-number".
func (WatermarkNumber) Name() string { return "watermark-number" }

// Doc says what it judges.
func (WatermarkNumber) Doc() lang.Text {
	return lang.T("水印里的 AE- 编号，case.yaml 没有写店铺 ID 可以核对时请人看；同一个编号只在第一张图上问一次。违规通知、承诺书或申诉理由上写着这个店铺编号的不问。",
		"An AE- number in a watermark where case.yaml gives no shop ID to compare it with: a person looks, once for a number, at the first picture. Not where the notice, the commitment or the statement gives it as the shop's.")
}

// NewParams returns nil: there are none.
func (WatermarkNumber) NewParams() any { return nil }

// Needs asks for the marks of every kind and for what the seller's papers say.
func (WatermarkNumber) Needs(any) []checks.Need {
	out := []checks.Need{{Kind: "*", Fact: "text.watermarks"}}
	for _, kind := range facts.PapersOfShop() {
		out = append(out, checks.Need{Kind: kind, Fact: "document.text"})
	}
	return out
}

// Vars are the numbers asked about at this picture, and how many pictures bear them.
func (WatermarkNumber) Vars() []string { return []string{"numbers", "count"} }

// Run judges a picture.
func (WatermarkNumber) Run(_ context.Context, s checks.Subject, _ any) (checks.Result, error) {
	if s.Case == nil || s.Asset == nil || s.Asset.Facts == nil {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	if st := s.Asset.Facts.Status("text.watermarks").State; st == facts.NotExtracted || st == facts.Failed {
		return checks.Result{Outcome: verdict.Skip}, nil // the rules on marks say so
	}
	out := checks.Result{Outcome: verdict.Pass}
	var numbers, bearers []string
	for _, w := range s.Asset.Facts.Text.Watermarks {
		if !toCompare(w) || slices.Contains(numbers, w.Text) {
			continue
		}
		with := bearing(s.Case, s.Asset.Kind, w.StoreID)
		if len(with) == 0 || with[0] != s.Asset.Path {
			continue // asked about at that one
		}
		numbers = append(numbers, w.Text)
		out.Evidence = append(out.Evidence, verdict.Evidence{Fact: "text.watermarks", Observed: w.Text, Quote: w.Text, Box: new(w.Box)})
		for _, other := range with {
			if !slices.Contains(bearers, other) {
				bearers = append(bearers, other)
			}
			if other != s.Asset.Path {
				out.Evidence = append(out.Evidence, verdict.Evidence{Fact: "text.watermarks", Observed: w.Text, Related: &verdict.Related{Asset: path.Join(s.Case.Path, other)}})
			}
		}
	}
	if len(numbers) > 0 {
		out.Outcome, out.Cause = verdict.Review, verdict.Judgement
	}
	out.Vars = map[string]verdict.Value{"numbers": checks.Names(numbers, ", "), "count": checks.Count(len(bearers))}
	return out, nil
}

// toCompare reports whether a mark is a number read for sure that nothing is known to
// compare with.
func toCompare(w facts.Watermark) bool { return w.Own == "unclear" && !w.Doubtful }

// bearing are the pictures of a kind that bear a number, in path order.
func bearing(c *facts.Case, kind, number string) []string {
	var out []string
	for _, a := range c.Filled(kind) {
		if a.Facts != nil && slices.ContainsFunc(a.Facts.Text.Watermarks, func(w facts.Watermark) bool { return toCompare(w) && w.StoreID == number }) {
			out = append(out, a.Path)
		}
	}
	return out
}
