package pictures

import (
	"context"
	"strings"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Claimed is "claimed-picture": a list of pictures that others have claimed, given as
// data by a layer of the rules. It is for an asset.
type Claimed struct{}

// ClaimedParams of the check.
type ClaimedParams struct {
	Pictures []ClaimedPicture `json:"pictures" zh:"别人主张过权利的图片（aecheck inspect --only hash 文件 可以得到它们的哈希）" en:"pictures that others have claimed (aecheck inspect --only hash FILE gives their hashes)"`
	// MaxPDQ is the distance up to which PDQ takes two pictures for one: 31 of 256 bits
	// (hashing.pdf of facebook/ThreatExchange).
	MaxPDQ int `json:"max_pdq" unit:"bits" zh:"PDQ 哈希最多相差多少位仍算同一张" en:"bits of PDQ hashes by which one picture may differ"`
}

// ClaimedPicture is one of them; either hash will do.
type ClaimedPicture struct {
	SHA256 string `json:"sha256" zh:"文件的 SHA-256，十六进制" en:"SHA-256 of the file, hex"`
	PDQ    string `json:"pdq" zh:"256 位 PDQ 哈希，十六进制" en:"256-bit PDQ hash, hex"`
	Note   string `json:"note" zh:"谁、什么时候" en:"who and when"`
}

// Name is "claimed-picture".
func (Claimed) Name() string { return "claimed-picture" }

// Doc says what it judges.
func (Claimed) Doc() lang.Text {
	return lang.T("图片是不是名单里别人主张过权利的那些：同一个文件，或 PDQ 哈希几乎相同（缩放、压缩、轻微修改过）。名单为空时不检查。",
		"Whether the picture is one of a list that others have claimed: the same file, or nearly the same PDQ hash (resized, compressed or changed a little). Not judged while the list is empty.")
}

// NewParams returns an empty list.
func (Claimed) NewParams() any { return &ClaimedParams{MaxPDQ: 31} }

// Needs asks for the hashes of replacements, where there is a list.
func (Claimed) Needs(params any) []checks.Need {
	if len(params.(*ClaimedParams).Pictures) == 0 {
		return nil
	}
	return []checks.Need{{Kind: "*", Fact: "file.sha256"}, {Kind: "*", Fact: "hash.pdq"}}
}

// Vars are what is noted of the picture, and by how many bits they differ.
func (Claimed) Vars() []string { return []string{"note", "distance"} }

// Run judges an asset.
func (Claimed) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	p := params.(*ClaimedParams)
	if len(p.Pictures) == 0 || s.Asset == nil || s.Asset.Facts == nil {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	sum, pdq := s.Asset.Facts.File.SHA256, s.Asset.Facts.Hash.PDQ
	nearest, found := p.MaxPDQ+1, ClaimedPicture{}
	for _, c := range p.Pictures {
		d := p.MaxPDQ + 1
		switch {
		case c.SHA256 != "" && strings.EqualFold(c.SHA256, sum):
			d = 0
		case c.PDQ != "" && pdq != "":
			d = hashDistance(c.PDQ, pdq)
		}
		if d < nearest {
			nearest, found = d, c
		}
	}
	switch {
	case nearest <= p.MaxPDQ:
		return checks.Result{Outcome: verdict.Fail, Evidence: []verdict.Evidence{{Fact: "hash.pdq", Observed: pdq, Required: verdict.Compared(">", p.MaxPDQ), Unit: "bits"}},
			Vars: map[string]verdict.Value{"note": {Of: found.Note, Privacy: verdict.Private}, "distance": checks.Count(nearest)}}, nil
	case s.Asset.Facts.Status("hash.pdq").State == facts.NotExtracted || s.Asset.Facts.Status("hash.pdq").State == facts.Failed:
		return checks.Result{Outcome: verdict.Review, Cause: verdict.Unavailable, Evidence: []verdict.Evidence{{Fact: "hash.pdq"}}}, nil
	}
	return checks.Result{Outcome: verdict.Pass}, nil
}

// hashDistance is the number of bits in which two hashes given as hex differ; more than
// any where they cannot be compared.
func hashDistance(a, b string) int {
	x, okX := parsePDQ(a)
	y, okY := parsePDQ(b)
	if !okX || !okY {
		return 64*len(x) + 1
	}
	return x.distance(y)
}
