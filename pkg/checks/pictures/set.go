package pictures

import (
	"context"
	"fmt"
	"math"
	"path"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Set is "picture-set": the pictures of one slot stand on one ground, have one
// shape and show the product about as large. The picture most others are like is
// the measure, the first of those; what differs from it fails. Size is compared
// where the product is seen against a plain ground, as seen on white it is not
// where the product is white too.
type Set struct{}

// SetParams of the check.
type SetParams struct {
	// Slot whose replacements are compared.
	Slot string `json:"slot" zh:"比较哪个图位的替换图" en:"slot whose replacements are compared"`
	// MaxColour is how far the colours of two plain grounds may lie apart.
	MaxColour float64 `json:"max_colour" unit:"levels" zh:"单色背景的颜色最多相差多少" en:"how far the colours of two plain grounds may lie apart"`
	// MaxAspect is how many times one's width to height the other's may be.
	MaxAspect float64 `json:"max_aspect" zh:"宽高比最多相差几倍" en:"how many times one picture's aspect ratio another's may be"`
	// MaxScale is how many times as large as another a product may be shown.
	MaxScale float64 `json:"max_scale" zh:"商品大小最多相差几倍" en:"how many times as large as in another picture the product may be shown"`
}

// Name is "picture-set".
func (Set) Name() string { return "picture-set" }

// Doc says what it judges.
func (Set) Doc() lang.Text {
	return lang.T("检查一个图位的替换图背景、宽高比和商品大小是否一致，与多数图片不一样的不通过；看不清商品边缘的不比大小。",
		"Asks that the replacements of one slot share their ground, their aspect ratio and the size of the product; those unlike most fail. Size is left out where the product's edges cannot be seen.")
}

// NewParams returns the defaults: SKU pictures; a tenth and a half of the scale
// of levels, so that white and a light grey are one; a crop of a twentieth; and
// nearly twice the size, as things of one listing come in sizes.
func (Set) NewParams() any {
	return &SetParams{Slot: "sku", MaxColour: 40, MaxAspect: 1.05, MaxScale: 1.8}
}

// Needs asks for ground, frame and size of replacements.
func (Set) Needs(any) []checks.Need {
	return []checks.Need{{Kind: facts.KindReplacement, Fact: "background.kind"}, {Kind: facts.KindReplacement, Fact: "frame.fill"}, {Kind: facts.KindReplacement, Fact: "image.aspect"}}
}

// Vars are the pictures that differ and how many they are, and by what: their
// ground, their shape, the size of the product.
func (Set) Vars() []string { return append(checks.FileVars(), "grounds", "shapes", "sizes") }

// Run judges the case.
func (Set) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	p := params.(*SetParams)
	if s.Case == nil {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	var set []*facts.Asset
	for _, a := range s.Case.Filled(facts.KindReplacement) {
		if a.Slot == p.Slot && a.Facts.Status("background").State == facts.Present && !a.Facts.Quality.Blank {
			set = append(set, a)
		}
	}
	if len(set) < 2 {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	var sized []*facts.Asset
	for _, a := range set {
		if f := a.Facts.Frame; a.Facts.Background.Kind != other && f.Fill > 0 && f.FillMost <= f.Fill+unseen && f.TouchesEdge == "" && !f.Collage {
			sized = append(sized, a)
		}
	}
	var g checks.Group
	tell := func(list []*facts.Asset, fact string, of func(*facts.Asset) any, alike func(a, b *facts.Asset) bool) verdict.Value {
		measure, apart := unlike(list, alike)
		var names []string
		for _, a := range apart {
			name := path.Join(s.Case.Path, a.Path)
			names = append(names, name)
			g.Add(name, verdict.Evidence{Fact: fact, Observed: of(a), Quote: fmt.Sprint(of(measure)), Related: &verdict.Related{Asset: path.Join(s.Case.Path, measure.Path)}})
		}
		return checks.Paths(names)
	}
	grounds := tell(set, "background.color", func(a *facts.Asset) any { return a.Facts.Background.Color }, p.oneGround)
	shapes := tell(set, "image.aspect", func(a *facts.Asset) any { return round2(a.Facts.Image.Aspect) }, func(a, b *facts.Asset) bool {
		return within(a.Facts.Image.Aspect, b.Facts.Image.Aspect, p.MaxAspect)
	})
	sizes := tell(sized, "frame.fill", func(a *facts.Asset) any { return round2(a.Facts.Frame.Fill) }, func(a, b *facts.Asset) bool {
		return within(a.Facts.Frame.Fill, b.Facts.Frame.Fill, p.MaxScale)
	})
	out := g.Result(verdict.Pass, "")
	if len(g.Names) > 0 {
		out.Outcome = verdict.Fail
	}
	out.Vars["grounds"], out.Vars["shapes"], out.Vars["sizes"] = grounds, shapes, sizes
	return out, nil
}

const (
	// other is the kind of a ground that is not plain.
	other = "other"
	// unseen is how much more of the frame very faint edges may take: beyond it
	// the product is nearly the colour of its ground.
	unseen = 0.1
)

// unlike returns the picture most are like, the first of those, and the pictures
// that are not.
func unlike(list []*facts.Asset, alike func(a, b *facts.Asset) bool) (measure *facts.Asset, apart []*facts.Asset) {
	for _, a := range list {
		var off []*facts.Asset
		for _, b := range list {
			if !alike(a, b) {
				off = append(off, b)
			}
		}
		if measure == nil || len(off) < len(apart) {
			measure, apart = a, off
		}
	}
	return measure, apart
}

// oneGround reports whether both stand on a plain ground of about one colour, or
// neither does.
func (p *SetParams) oneGround(a, b *facts.Asset) bool {
	x, y := a.Facts.Background, b.Facts.Background
	if x.Kind == other || y.Kind == other {
		return x.Kind == y.Kind
	}
	var c, d [3]float64
	if !rgbOf(x.Color, &c) || !rgbOf(y.Color, &d) {
		return true // not measured
	}
	return math.Sqrt((c[0]-d[0])*(c[0]-d[0])+(c[1]-d[1])*(c[1]-d[1])+(c[2]-d[2])*(c[2]-d[2])) <= p.MaxColour
}

// rgbOf reads a colour "#rrggbb".
func rgbOf(s string, c *[3]float64) bool {
	var r, g, b int
	if n, err := fmt.Sscanf(s, "#%02x%02x%02x", &r, &g, &b); n != 3 || err != nil {
		return false
	}
	*c = [3]float64{float64(r), float64(g), float64(b)}
	return true
}

// within reports whether neither is more than most times the other.
func within(a, b, most float64) bool { return a <= b*most && b <= a*most }

func round2(v float64) float64 { return math.Round(100*v) / 100 }
