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

// Unreplaced is "unreplaced-image" (M31(5)). A violating picture that stands among
// the replacements again, resized or saved anew, fails. Where the violation is
// a stolen picture, so does any version of the same photograph: cropped,
// mirrored, retouched or cut out it is still somebody else's. The same product
// photographed again, or in another colour, is another picture, however alike. Where there are fewer
// replacements than violating pictures a person must look, as one picture may
// take the place of two. Copies that are byte for byte the same have a rule of
// their own and are left out here.
type Unreplaced struct{}

// UnreplacedParams of the check.
type UnreplacedParams struct {
	// MaxDistance up to which two pictures are the same photograph, 0..1.
	MaxDistance float64 `json:"max_distance" unit:"0..1" zh:"差异不超过多少算同一张照片" en:"distance up to which two pictures are the same photograph"`
	// MinExposure is how sure it must be that both are one exposure, 0..1.
	MinExposure float64 `json:"min_exposure" unit:"0..1" zh:"至少多大把握才算同一次曝光，而不是同一物品重新拍摄" en:"how sure it must be that both are one exposure, not the same thing photographed again"`
	// MaxColour is how far their colours may lie apart, in levels of chroma.
	MaxColour float64 `json:"max_colour" unit:"levels" zh:"颜色最多相差多少（色度距离），超过就是另一种颜色" en:"how far the colours may lie apart (distance of chroma); beyond it is another colour"`
}

// Name is "unreplaced-image".
func (Unreplaced) Name() string { return "unreplaced-image" }

// Doc says what it judges.
func (Unreplaced) Doc() lang.Text {
	return lang.T("查找没有换掉的违规图：替换图里又有同一张图（缩放、镜像或重新保存的也算）就不通过；违规类型是盗图时，裁剪、修过、换背景的同一张照片也不通过。同一商品重新拍的、另一种颜色的是另一张图。替换图不够数，或没能全部比较时，由人判断。",
		"Finds violating pictures that stand among the replacements again, resized, mirrored or saved anew; where the violation is a stolen picture, any version of the same photograph fails, cropped, retouched or cut out too. The same product photographed again or in another colour is another picture. A person looks where there are fewer replacements than violating pictures or not all could be compared.")
}

// NewParams returns the defaults: the distance at which pkg/compare/pairs sees
// a match, and those of one
// photograph.
func (Unreplaced) NewParams() any {
	return &UnreplacedParams{MaxDistance: 0.5, MinExposure: minExposure, MaxColour: maxColour}
}

// Needs asks for violating pictures to be compared with replacements.
func (Unreplaced) Needs(any) []checks.Need {
	return []checks.Need{
		{Kind: facts.KindViolating, Fact: "pair.replacement"}, {Kind: facts.KindReplacement, Fact: "pair.violating"},
		{Kind: facts.KindViolating, Fact: "file.sha256"}, {Kind: facts.KindReplacement, Fact: "file.sha256"},
		{Kind: facts.KindNotice, Fact: "document.violation_types", With: facts.KindViolating},
	}
}

// Vars are the violating pictures without a different replacement, and how many
// they are.
func (Unreplaced) Vars() []string { return checks.FileVars() }

// Run judges the case.
func (Unreplaced) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	if s.Case == nil {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	violating, replacements := s.Case.Viewed(facts.KindViolating), s.Case.Viewed(facts.KindReplacement)
	if len(violating) == 0 || len(replacements) == 0 {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	j := replacing{view: s.Case, UnreplacedParams: params.(*UnreplacedParams), taken: map[string]bool{}, stolen: stolen(s.Case)}
	for _, v := range violating {
		j.picture(v, len(replacements))
	}
	switch {
	case len(j.repeated.Names) > 0:
		return j.repeated.Result(verdict.Fail, ""), nil
	case len(j.unknown.Names) > 0:
		return j.unknown.Result(verdict.Review, verdict.Unavailable), nil
	case len(j.alone.Names) > len(replacements)-len(j.taken):
		return j.alone.Result(verdict.Review, verdict.Judgement), nil
	}
	return (&checks.Group{}).Result(verdict.Pass, ""), nil
}

// replacing sorts the violating pictures of a case.
type replacing struct {
	*UnreplacedParams
	view   *facts.Case
	taken  map[string]bool // replacements known to belong to a violating picture
	stolen bool            // no version of a violating picture may be used

	repeated checks.Group // stand among the replacements again
	unknown  checks.Group // could not be compared with all of them
	alone    checks.Group // look like none of them
}

func (j *replacing) picture(v *facts.Asset, replacements int) {
	name := path.Join(j.view.Path, v.Path)
	compared := j.view.PairsOf(v.Path, facts.KindReplacement)
	var repeats []verdict.Evidence
	accounted := j.stated(v.Path)
	for _, p := range compared {
		if p.Distance > j.MaxDistance {
			continue
		}
		j.taken[p.Other.Path] = true
		accounted = true
		if !sameBytes(v, p.Other) && j.repeats(p.Pair) {
			repeats = append(repeats, verdict.Evidence{
				Fact: "pair.distance", Observed: p.Distance, Required: verdict.Want(j.MaxDistance), Quote: name + " (" + p.Transform + ")",
				Related: &verdict.Related{Asset: path.Join(j.view.Path, p.Other.Path)},
			})
		}
	}
	switch {
	case len(repeats) > 0:
		j.repeated.Add(name, repeats...)
	case accounted:
	default:
		into := &j.alone
		if len(compared) < replacements {
			into = &j.unknown
		}
		into.Add(name, verdict.Evidence{
			Fact: "pair", Observed: len(compared), Required: verdict.Want(replacements), Quote: name, Related: &verdict.Related{Asset: name},
		})
	}
}

// repeats reports whether the second picture of a matching pair is the
// violating one as it was.
func (j *replacing) repeats(p *facts.Pair) bool {
	if !onePhotograph(p, j.MinExposure, j.MaxColour) {
		return false
	}
	if j.stolen {
		return true
	}
	if len(p.ChangedBoxes) > 0 {
		return false
	}
	// What was cropped away may have been the violation; another background
	// shows in no box.
	return slices.Contains([]string{"same", "resized", "mirrored", "bordered"}, p.Transform)
}

// stolen reports a stolen picture as the violation: as case.yaml says, else as the
// notices do, where they name nothing else.
func stolen(c *facts.Case) bool {
	if c.File != nil && c.File.Violation.Type != "" {
		return c.File.Violation.Type == stolenImage
	}
	read := false
	for _, n := range c.Filled(facts.KindNotice) {
		for _, t := range n.Facts.Document.ViolationTypes {
			if t != stolenImage {
				return false
			}
			read = true
		}
	}
	return read
}

const stolenImage = "stolen_image"

// stated reports whether case.yaml names a replacement for a picture.
func (j *replacing) stated(violating string) bool {
	if j.view.File == nil {
		return false
	}
	for _, im := range j.view.File.Images {
		if im.Replaces == "" || path.Clean(im.Replaces) != violating {
			continue
		}
		for _, r := range j.view.Filled(facts.KindReplacement) {
			if path.Clean(im.File) == r.Path {
				j.taken[r.Path] = true
				return true
			}
		}
	}
	return false
}

func sameBytes(a, b *facts.Asset) bool {
	return a.Facts.File.SHA256 != "" && a.Facts.File.SHA256 == b.Facts.File.SHA256
}
