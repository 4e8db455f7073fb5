package casefile

import (
	"context"
	"path"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// SKUAlike is "sku-pictures-alike" (M26): one picture, saved anew, stands for two
// variants. Where their names tell two colours one of them lacks its picture; where
// they tell something else (a set, a plug) a person must look. Sizes share a picture
// by right. Copies that are byte for byte the same have a rule of their own and are
// left out here.
type SKUAlike struct{}

// SKUAlikeParams of the check.
type SKUAlikeParams struct {
	// MinExposure is how sure it must be that both are one exposure, 0..1.
	MinExposure float64 `json:"min_exposure" unit:"0..1" zh:"至少多大把握才算同一张照片" en:"how sure it must be that both are one photograph"`
	// MaxColour and MaxLight are how far their colours and their brightness may lie
	// apart, in levels: another variant may be the same photograph in another colour.
	MaxColour float64 `json:"max_colour" unit:"levels" zh:"颜色最多相差多少（色度距离），超过就是另一种颜色" en:"how far the colours may lie apart (distance of chroma); beyond it is another colour"`
	MaxLight  float64 `json:"max_light" unit:"levels" zh:"亮度最多相差多少，超过就是另一种深浅" en:"how far the brightness may lie apart; beyond it is another shade"`
}

// Name is "sku-pictures-alike".
func (SKUAlike) Name() string { return "sku-pictures-alike" }

// Doc says what it judges.
func (SKUAlike) Doc() lang.Text {
	return lang.T("查找两个规格用了同一张图（重新保存、缩放的也算）：名称写的是两种颜色就不通过，是别的区别由人判断；只差尺码的、同一规格的几张图不算。逐字节相同的由另一条规则检查。",
		"Finds one picture that stands for two variants, resized or saved anew: fails where their names tell two colours, and a person looks where they tell something else; sizes may share a picture, and so may several pictures of one variant. Copies byte for byte the same have a rule of their own.")
}

// NewParams returns the defaults: a JPEG saved anew at quality 75 and half the size
// moves colour and brightness by one or two levels.
func (SKUAlike) NewParams() any { return &SKUAlikeParams{MinExposure: 0.8, MaxColour: 4, MaxLight: 3} }

// Needs asks for the pictures of variants to be compared with each other.
func (SKUAlike) Needs(any) []checks.Need {
	return []checks.Need{
		{Kind: facts.KindReplacement, Fact: "pair.replacement"}, {Kind: facts.KindReplacement, Fact: "hash.dhash"}, {Kind: facts.KindReplacement, Fact: "file.sha256"},
	}
}

// Vars are the pictures that are one with that of another variant, and how many they are.
func (SKUAlike) Vars() []string { return checks.FileVars() }

// Run judges the case.
func (SKUAlike) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	p := params.(*SKUAlikeParams)
	if s.Case == nil {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	pictures := map[string]*facts.Asset{}
	for _, a := range s.Case.Filled(facts.KindReplacement) {
		if a.Slot == facts.SlotSKU {
			pictures[a.Path] = a
		}
	}
	if len(pictures) < 2 {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	var failed, unclear checks.Group
	for i := range s.Case.Pairs {
		pair := &s.Case.Pairs[i]
		a, b := pictures[pair.A], pictures[pair.B]
		if a == nil || b == nil || !p.one(pair) || a.Facts.File.SHA256 == b.Facts.File.SHA256 {
			continue
		}
		x, y := variantOf(a, s.Case.File), variantOf(b, s.Case.File)
		if x.same(y) {
			continue
		}
		to := &unclear
		if otherColours(x.name, y.name) {
			to = &failed
		}
		first, second := path.Join(s.Case.Path, a.Path), path.Join(s.Case.Path, b.Path)
		to.Add(first) // which of the two was mixed up nobody can tell
		to.Add(second, verdict.Evidence{Fact: "pair.distance", Observed: pair.Distance, Quote: second, Related: &verdict.Related{Asset: first}})
	}
	switch {
	case len(failed.Names) > 0:
		return failed.Result(verdict.Fail, ""), nil
	case len(unclear.Names) > 0:
		return unclear.Result(verdict.Review, verdict.Judgement), nil
	}
	return failed.Result(verdict.Pass, ""), nil
}

// one reports whether a pair is one picture.
func (p *SKUAlikeParams) one(pair *facts.Pair) bool {
	return pair.Exposure >= p.MinExposure && pair.Colour <= p.MaxColour && pair.Light <= p.MaxLight &&
		slices.Contains([]string{"same", "resized", "cropped", "bordered"}, pair.Transform)
}

// variant is which one a picture stands for.
type variant struct {
	skus []string // ids (else names) of case.yaml
	name string   // what tells variants apart but for the size, folded
}

func variantOf(a *facts.Asset, c *casefile.File) variant {
	stem := strings.TrimSuffix(path.Base(a.Path), path.Ext(a.Path))
	if isCount(stem) { // 红色/1.jpg
		stem = path.Base(path.Dir(a.Path)) + " " + stem
	}
	v := variant{name: unsized(stem)}
	if c == nil {
		return v
	}
	pic := newPicture(a, c)
	var names []string
	for _, sku := range c.Product.SKUs {
		if pic.shows(sku) {
			v.skus = append(v.skus, skuLabel(sku))
			names = append(names, unsized(sku.ID+" "+sku.Name))
		}
	}
	if len(names) > 0 {
		slices.Sort(names)
		v.name = strings.Join(slices.Compact(names), " ")
	}
	return v
}

// same reports whether both stand for one variant, or for sizes of one.
func (v variant) same(w variant) bool {
	return v.name == w.name || slices.ContainsFunc(v.skus, func(s string) bool { return slices.Contains(w.skus, s) })
}

// unsized are the words of a name but for sizes and counts.
func unsized(name string) string {
	var out []string
	for _, w := range words(name) {
		if w = strings.TrimSuffix(w, "码"); w != "" && !isCount(w) && !slices.Contains(sizes[:], w) {
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

func isCount(w string) bool { return strings.Trim(w, "0123456789") == "" }

var sizes = [...]string{"xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl", "2xl", "3xl", "4xl", "5xl", "6xl", "小", "中", "大", "加大", "特大", "均", "尺", "small", "medium", "large",
	"sku", "cm", "mm", "eu", "us", "uk", "size", "尺寸"}

// otherColours reports whether two names tell colours, and not the same ones.
func otherColours(a, b string) bool {
	x, y := coloursIn(a), coloursIn(b)
	return len(x) > 0 && len(y) > 0 && !slices.Equal(x, y)
}

// coloursIn lists the colours a name tells, in the order of colours.
func coloursIn(name string) []string {
	var out []string
	all := strings.Fields(name)
	for _, c := range colours {
		if slices.ContainsFunc(all, func(w string) bool { return w == c || han(c) && strings.Contains(w, c) }) {
			out = append(out, c)
		}
	}
	return out
}

// colours as names of variants have them: a character of a Chinese word, a whole word
// of another language or of pinyin.
var colours = [...]string{"红", "橙", "橘", "黄", "绿", "青", "蓝", "紫", "黑", "白", "灰", "金", "银", "粉", "棕", "褐", "咖", "米色", "驼", "杏",
	"red", "orange", "yellow", "green", "cyan", "teal", "turquoise", "blue", "navy", "purple", "violet", "black", "white", "gray", "grey", "gold", "golden", "silver", "pink", "rose", "brown", "coffee", "beige", "ivory", "khaki", "champagne",
	"hongse", "chengse", "huangse", "lvse", "luse", "qingse", "lanse", "zise", "heise", "baise", "huise", "jinse", "yinse", "fense", "zongse", "kafeise", "mise"}
