package pictures

import (
	"context"
	"encoding/hex"
	"math/bits"
	"path"
	"slices"
	"strconv"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/imagehash"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Similar is "similar-pictures" (M37). Two hashes that confirm each other say
// that two pictures are the same, resized or saved anew; crops and mirror
// images are not found this way. Pictures that are byte for byte the same have
// a rule of their own and are left out here, and so are blank ones. The search
// is exact (see pkg/imagehash): 10,000 pictures take some ten milliseconds.
type Similar struct{}

// SimilarParams of the check.
type SimilarParams struct {
	// Kinds are the kinds of pictures compared, each with its own kind only.
	Kinds []string `json:"kinds" zh:"参加比较的种类，各种类只与自己比较" en:"kinds compared, each with its own kind only"`
	// MaxDHash is in how many of 64 bits the difference hashes may differ.
	MaxDHash int `json:"max_dhash" unit:"bits" zh:"64 位差异哈希最多可有几位不同" en:"bits of 64 in which the difference hashes may differ"`
	// MaxPDQ is in how many of 256 bits the PDQ hashes may differ.
	MaxPDQ int `json:"max_pdq" unit:"bits" zh:"256 位 PDQ 哈希最多可有几位不同" en:"bits of 256 in which the PDQ hashes may differ"`
}

// Name is "similar-pictures".
func (Similar) Name() string { return "similar-pictures" }

// Doc says what it judges.
func (Similar) Doc() lang.Text {
	return lang.T("在各案件之间查找看起来相同、只差尺寸或压缩的图片；两种感知哈希都相近就不通过。裁剪和镜像的找不出来；逐字节相同的和空白的不比较。",
		"Finds pictures that look the same in several cases, resized or saved anew; fails where two perceptual hashes agree on it. Crops and mirror images are not found; pictures that are byte for byte the same and blank ones are left out.")
}

// NewParams returns the defaults: as far as the index of pkg/imagehash reaches,
// and what the authors of PDQ call a match (Facebook, "The TMK+PDQF
// Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm", 2019: 31).
func (Similar) NewParams() any {
	return &SimilarParams{Kinds: []string{facts.KindViolating, facts.KindReplacement}, MaxDHash: imagehash.MaxRadius, MaxPDQ: 31}
}

// Needs asks for the hashes of every picture compared.
func (Similar) Needs(params any) []checks.Need {
	var out []checks.Need
	for _, k := range params.(*SimilarParams).Kinds {
		for _, f := range []string{"hash.dhash", "hash.pdq", "file.sha256", "quality.blank"} {
			out = append(out, checks.Need{Kind: k, Fact: f})
		}
	}
	return out
}

// Vars are the cases concerned, how many pictures look like one of an earlier
// case, and which.
func (Similar) Vars() []string { return []string{"cases", "count", "files"} }

// Run judges the batch. Each picture that looks like one of an earlier case is
// one piece of evidence, with the nearest of them; pictures that could not be
// decoded are left out, they have findings of their own.
func (Similar) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	p := params.(*SimilarParams)
	if len(s.Batch) < 2 {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	var found []verdict.Evidence
	var files []string
	concerned := map[string]bool{}
	for _, kind := range p.Kinds {
		list := picturesOf(s.Batch, kind)
		for i, near := range p.nearest(list) {
			if near < 0 {
				continue
			}
			now, was := list[i], list[near]
			concerned[now.dir], concerned[was.dir] = true, true
			files = append(files, path.Join(now.dir, now.file))
			found = append(found, verdict.Evidence{
				Fact: "hash.pdq", Observed: distance(now.pdq, was.pdq), Required: verdict.Want(p.MaxPDQ), Unit: "bits",
				Quote:   path.Join(now.dir, now.file),
				Related: &verdict.Related{Case: was.dir, Asset: path.Join(was.dir, was.file)},
			})
		}
	}
	dirs := make([]string, 0, len(concerned))
	for d := range concerned {
		dirs = append(dirs, d)
	}
	slices.Sort(dirs)
	out := checks.Result{Outcome: verdict.Pass, Evidence: found, Vars: map[string]verdict.Value{
		"cases": checks.Paths(dirs), "count": checks.Count(len(found)), "files": checks.Paths(files)}}
	if len(found) > 0 {
		out.Outcome = verdict.Fail
	}
	return out, nil
}

// picture is one picture of a case with its hashes.
type picture struct {
	dir, file, sum string
	dhash          uint64
	pdq            []byte // 32 bytes
}

func picturesOf(views []*facts.Case, kind string) []picture {
	var out []picture
	for _, v := range views {
		for _, a := range v.Of(kind) {
			if a.Facts == nil || a.Facts.Quality.Blank {
				continue
			}
			dhash, err := strconv.ParseUint(a.Facts.Hash.DHash, 16, 64)
			if err != nil {
				continue // no picture, or not decoded
			}
			pdq, err := hex.DecodeString(a.Facts.Hash.PDQ)
			if err != nil || len(pdq) != 32 {
				continue
			}
			out = append(out, picture{v.Path, a.Path, a.Facts.File.SHA256, dhash, pdq})
		}
	}
	return out
}

// nearest returns for each picture the most similar one of an earlier case, -1
// for none.
func (p *SimilarParams) nearest(list []picture) []int {
	hashes := make([]uint64, len(list))
	best, bits := make([]int, len(list)), make([]int, len(list))
	for i, pic := range list {
		hashes[i], best[i] = pic.dhash, -1
	}
	for _, near := range imagehash.Pairs(hashes, p.MaxDHash) {
		a, b := &list[near.A], &list[near.B]
		if a.dir == b.dir || a.sum != "" && a.sum == b.sum {
			continue
		}
		if d := distance(a.pdq, b.pdq); d <= p.MaxPDQ && (best[near.B] < 0 || d < bits[near.B]) {
			best[near.B], bits[near.B] = near.A, d
		}
	}
	return best
}

func distance(a, b []byte) int {
	n := 0
	for i := range a {
		n += bits.OnesCount8(a[i] ^ b[i])
	}
	return n
}
