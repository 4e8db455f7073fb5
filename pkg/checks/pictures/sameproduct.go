package pictures

import (
	"context"
	"encoding/base64"
	"math"
	"path"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// SameProduct is "same-product" (M13): a replacement shows the product of the
// case's other pictures. Each replacement that shows one thing alone is set
// against all pictures it may belong to, those of Of and the other replacements,
// for a seller who photographed anew has a source that no penalised picture is
// like, and views of one product lead from one to the other. Only one that none
// of these leads to is named: of what is in a scene, a close-up, a collage or a
// table of sizes nothing can be said.
type SameProduct struct{}

// SameProductParams of the check.
type SameProductParams struct {
	// Of are the kinds that show the product.
	Of []string `json:"of" zh:"哪些种类的图片展示该商品" en:"kinds of pictures that show the product"`
	// Slots are those whose pictures are judged.
	Slots []string `json:"slots" zh:"判断哪些位置的替换图" en:"slots of the replacements judged"`
	// MinLikeness is how alike two pictures of one product are at least, -1..1.
	MinLikeness float64 `json:"min_likeness" unit:"-1..1" zh:"同一商品的两张图至少多相像" en:"how alike two pictures of one product are at least"`
	// MinLink is how alike a replacement must be to another that belongs to the
	// product, for that to vouch for it, -1..1.
	MinLink float64 `json:"min_link" unit:"-1..1" zh:"一张替换图与另一张已确认属于本商品的替换图多相像，就也算本商品的图" en:"how alike to another replacement of the product one must be for that to vouch for it"`
	// MaxLines of text; a picture with more is a table of sizes or an advertisement.
	MaxLines int `json:"max_lines" zh:"文字超过多少行就不判断（尺码表、广告图）" en:"lines of text above which a picture is a table or an advertisement and not judged"`
}

// Name is "same-product".
func (SameProduct) Name() string { return "same-product" }

// Doc says what it judges.
func (SameProduct) Doc() lang.Text {
	return lang.T("检查替换图展示的是不是案件其他图片里的商品：把纯色背景上单独展示商品的替换图与违规图、原图、套图花絮及其他替换图逐一比较，与哪一张都明显不像就不通过。同类商品之间（如两款背包）分不出来；场景图、细节图、拼图、尺码表不判断。",
		"Asks that replacements show the product of the case's other pictures: each that shows one thing alone on a plain ground is compared with the penalised pictures, sources, companions and other replacements; fails where it is clearly unlike all of them. Products of one kind (two backpacks) are not told apart; scenes, close-ups, collages and tables of sizes are not judged.")
}

// NewParams returns the defaults. MinLikeness: of 644 cases made of open product
// photographs (Magento's, OpenCart's and the Grocery Store data set's, each left
// out in turn of what the numbers were made from) at most one in 100 has a picture
// below. Replacements are of one make, so what only the make has in common must
// not count as a link.
func (SameProduct) NewParams() any {
	return &SameProductParams{
		Of:    []string{facts.KindViolating, facts.KindSource, "companion"},
		Slots: []string{facts.SlotMain, "sku", "marketing_1x1", "marketing_3x4"}, MinLikeness: 0.32, MinLink: 0.5, MaxLines: 8,
	}
}

// Needs asks what all these pictures show, where there are some to compare, and of
// replacements what else speaks against judging them.
func (SameProduct) Needs(params any) []checks.Need {
	known := params.(*SameProductParams).Of
	with := strings.Join(known, " ")
	out := []checks.Need{{Kind: facts.KindReplacement, Fact: "shown", With: with}, {Kind: facts.KindReplacement, Fact: "faces", With: with}}
	for _, k := range known {
		out = append(out, checks.Need{Kind: k, Fact: "shown", With: facts.KindReplacement}, checks.Need{Kind: k, Fact: "faces", With: facts.KindReplacement})
	}
	return append(out, checks.Need{Kind: facts.KindReplacement, Fact: "frame.collage"}, checks.Need{Kind: facts.KindReplacement, Fact: "text"})
}

// Vars are the replacements that show something else, and how many they are.
func (SameProduct) Vars() []string { return checks.FileVars() }

// Run judges the case.
func (SameProduct) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	p := params.(*SameProductParams)
	if s.Case == nil {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	var known []seen
	faces, unseen := false, false
	for _, k := range p.Of {
		for _, a := range s.Case.Filled(k) {
			if v := look(a); len(v.views) > 0 {
				known = append(known, v)
				faces = faces || len(a.Facts.Faces.Boxes) > 0
			} else {
				unseen = true
			}
		}
	}
	var replacements []seen
	for _, a := range s.Case.Filled(facts.KindReplacement) {
		if v := look(a); len(v.views) > 0 {
			replacements = append(replacements, v)
		}
	}
	judged := func(a *facts.Asset) bool { return p.judged(a, faces) }
	if len(known) == 0 || !slices.ContainsFunc(replacements, func(v seen) bool { return judged(v.asset) }) {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	belongs := p.belonging(known, replacements)
	var others checks.Group
	for i, v := range replacements {
		if belongs[i] || !judged(v.asset) {
			continue
		}
		name := path.Join(s.Case.Path, v.asset.Path)
		nearest, best := known[0], -2.0
		for _, k := range known {
			if l := likeness(v, k); l > best {
				nearest, best = k, l
			}
		}
		others.Add(name, verdict.Evidence{
			Fact: "shown.views", Observed: math.Round(1000*best) / 1000, Required: verdict.Want(p.MinLikeness), Quote: name,
			Related: &verdict.Related{Asset: path.Join(s.Case.Path, nearest.asset.Path)},
		})
	}
	switch {
	case len(others.Names) > 0 && unseen: // they may be like the one not looked at, which has a finding of its own
		return checks.Result{Outcome: verdict.Skip}, nil
	case len(others.Names) > 0:
		return others.Result(verdict.Fail, ""), nil
	}
	return others.Result(verdict.Pass, ""), nil
}

// judged reports whether a replacement shows a product alone, as far as all that
// speaks against it was looked for. Somebody who wears it looks unlike the product
// laid flat, hence faces that the pictures it is compared with do not have speak
// against.
func (p *SameProductParams) judged(a *facts.Asset, faces bool) bool {
	for _, group := range []string{"frame", "text", "faces"} {
		if st := a.Facts.Status(group).State; st != facts.Present && st != facts.Absent {
			return false
		}
	}
	return slices.Contains(p.Slots, a.Slot) && a.Facts.Shown.Alone && !a.Facts.Frame.Collage &&
		len(a.Facts.Text.Lines) <= p.MaxLines && (faces || len(a.Facts.Faces.Boxes) == 0)
}

// belonging reports of each replacement whether it is like a known picture, or
// much like another replacement that belongs.
func (p *SameProductParams) belonging(known, replacements []seen) []bool {
	out := make([]bool, len(replacements))
	var next []seen
	reach := func(from seen, least float64) {
		for i, v := range replacements {
			if !out[i] && likeness(v, from) >= least {
				out[i] = true
				next = append(next, v)
			}
		}
	}
	for _, k := range known {
		reach(k, p.MinLikeness)
	}
	for len(next) > 0 {
		from := next[0]
		next = next[1:]
		reach(from, max(p.MinLink, p.MinLikeness))
	}
	return out
}

// seen is a picture with the numbers of its views, each of length 1.
type seen struct {
	asset *facts.Asset
	views [][]float64
}

// look reads the numbers of a picture; none where it was not looked at.
func look(a *facts.Asset) seen {
	out := seen{asset: a}
	if a.Facts.Status("shown").State != facts.Present {
		return out
	}
	for _, s := range a.Facts.Shown.Views {
		data, err := base64.StdEncoding.DecodeString(s)
		if err != nil {
			continue
		}
		v, square := make([]float64, len(data)), 0.0
		for i, b := range data {
			v[i] = float64(int8(b))
			square += v[i] * v[i]
		}
		if square == 0 {
			continue // a picture of nothing
		}
		for i := range v {
			v[i] /= math.Sqrt(square)
		}
		out.views = append(out.views, v)
	}
	return out
}

// likeness of two pictures, -1..1: of all of the one and all or the likest part of
// the other.
func likeness(a, b seen) float64 {
	best := -1.0
	for _, v := range b.views {
		best = max(best, cosine(a.views[0], v))
	}
	for _, v := range a.views[1:] {
		best = max(best, cosine(v, b.views[0]))
	}
	return best
}

// cosine of the angle between two views of length 1.
func cosine(a, b []float64) float64 {
	sum := 0.0
	for i := range min(len(a), len(b)) {
		sum += a[i] * b[i]
	}
	return sum
}
