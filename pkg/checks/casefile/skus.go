package casefile

import (
	"context"
	"path"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// SKUCoverage is "sku-coverage" (M26): each of product.skus is shown by a
// replacement picture, as images[].skus of case.yaml say, or the id or name of
// the SKU in the picture's file or folder name does ("RED-S" in sku/red_s-2.jpg,
// not in sku/red-sale.jpg).
type SKUCoverage struct{}

// SKUCoverageParams of the check.
type SKUCoverageParams struct {
	// Slots whose pictures count; empty for all. A picture without a slot
	// counts.
	Slots []string `json:"slots" zh:"哪些图位的图片算数，没有图位的也算；留空为全部" en:"slots whose pictures count, and those without a slot; empty for all"`
}

// Name is "sku-coverage".
func (SKUCoverage) Name() string { return "sku-coverage" }

// Doc says what it judges.
func (SKUCoverage) Doc() lang.Text {
	return lang.T("检查 product.skus 中的每个 SKU 都有替换图：按 images[].skus 所写；没有写的，看文件名或文件夹名里有没有 SKU 的编号或名称。有 SKU 没有替换图就不通过。",
		"Asks that each of product.skus is shown by a replacement: as images[].skus say, else as the SKU's id or name stands in the file or folder name. Fails where a SKU is shown by none.")
}

// NewParams returns the defaults: pictures of every slot count.
func (SKUCoverage) NewParams() any { return &SKUCoverageParams{} }

// Needs nothing of any file but its name.
func (SKUCoverage) Needs(any) []checks.Need { return nil }

// Vars are the ids of the SKUs that no picture shows, and how many they are.
func (SKUCoverage) Vars() []string { return []string{"skus", "count"} }

// Run judges the case.
func (SKUCoverage) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	p := params.(*SKUCoverageParams)
	if s.Case == nil || s.Case.File == nil || len(s.Case.File.Product.SKUs) == 0 {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	var pictures []picture
	for _, a := range s.Case.Of(facts.KindReplacement) {
		if len(p.Slots) == 0 || a.Slot == "" || slices.Contains(p.Slots, a.Slot) {
			pictures = append(pictures, newPicture(a, s.Case.File))
		}
	}
	var absent []string
	var evidence []verdict.Evidence
	for _, sku := range s.Case.File.Product.SKUs {
		if slices.ContainsFunc(pictures, func(pic picture) bool { return pic.shows(sku) }) {
			continue
		}
		absent = append(absent, skuLabel(sku))
		evidence = append(evidence, verdict.Evidence{Fact: "case.product.skus", Observed: skuLabel(sku), Quote: sku.Name})
	}
	vars := map[string]verdict.Value{"skus": checks.Names(absent, ", "), "count": checks.Count(len(absent))}
	if len(absent) > 0 {
		return checks.Result{Outcome: verdict.Fail, Evidence: evidence, Vars: vars}, nil
	}
	return checks.Result{Outcome: verdict.Pass, Vars: vars}, nil
}

func skuLabel(s casefile.SKU) string {
	if s.ID != "" {
		return s.ID
	}
	return s.Name
}

// picture is what is known of which SKUs a picture shows.
type picture struct {
	stated []string
	said   bool       // case.yaml states them; names do not count then
	names  [][]string // words of the folders and of the file
}

func newPicture(a *facts.Asset, c *casefile.File) picture {
	var p picture
	for _, im := range c.Images {
		if samePath(im.File, a.Path) && len(im.SKUs) > 0 {
			p.stated, p.said = im.SKUs, true
		}
	}
	for _, part := range strings.Split(strings.TrimSuffix(a.Path, path.Ext(a.Path)), "/") {
		p.names = append(p.names, words(part))
	}
	return p
}

func (p picture) shows(s casefile.SKU) bool {
	if p.said {
		return s.ID != "" && slices.Contains(p.stated, s.ID)
	}
	for _, want := range [][]string{words(s.ID), words(s.Name)} {
		if slices.ContainsFunc(p.names, func(name []string) bool { return contains(name, want) }) {
			return true
		}
	}
	return false
}

// contains reports whether want is a run of words of name. Chinese has no
// spaces, so a last word of Han may go on in the name (红色 in 红色连衣裙).
func contains(name, want []string) bool {
	if len(want) == 0 {
		return false
	}
	for i := 0; i+len(want) <= len(name); i++ {
		ok := true
		for j, w := range want {
			got := name[i+j]
			if got != w && !(han(w) && han(got) && strings.Contains(got, w)) {
				ok = false
				break
			}
		}
		if ok {
			return true
		}
	}
	return false
}

func han(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// words folds a name and splits it at everything that is neither letter nor
// digit, and between Han and other characters.
func words(s string) []string {
	var out []string
	start, last := -1, false
	folded := cases.Fold().String(norm.NFKC.String(s))
	for i, r := range folded {
		isHan := unicode.Is(unicode.Han, r)
		in := isHan || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
		if start >= 0 && (!in || isHan != last) {
			out = append(out, folded[start:i])
			start = -1
		}
		if in && start < 0 {
			start = i
		}
		last = isHan
	}
	if start >= 0 {
		out = append(out, folded[start:])
	}
	return out
}

func samePath(a, b string) bool {
	clean := func(p string) string { return norm.NFC.String(path.Clean(strings.ReplaceAll(p, `\`, "/"))) }
	return a != "" && clean(a) == clean(b)
}
