package pictures

import (
	"context"
	"encoding/binary"
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
//
// Originals of two products may look alike because they were taken in one
// sitting, on one ground: with captures set, what the cameras wrote decides.
// Files of one capture fail, those of different moments or cameras are left
// out, and where neither can be told a person is asked.
type Similar struct{}

// SimilarParams of the check.
type SimilarParams struct {
	// Kinds are the kinds of pictures compared, each with its own kind only.
	Kinds []string `json:"kinds" zh:"参加比较的种类，各种类只与自己比较" en:"kinds compared, each with its own kind only"`
	// MaxDHash is in how many of 64 bits the difference hashes may differ.
	MaxDHash int `json:"max_dhash" unit:"bits" zh:"64 位差异哈希最多可有几位不同" en:"bits of 64 in which the difference hashes may differ"`
	// MaxPDQ is in how many of 256 bits the PDQ hashes may differ.
	MaxPDQ int `json:"max_pdq" unit:"bits" zh:"256 位 PDQ 哈希最多可有几位不同" en:"bits of 256 in which the PDQ hashes may differ"`
	// Captures asks what the cameras wrote.
	Captures bool `json:"captures" zh:"true：按相机写下的时间、机型和序列号判断：同一次拍摄的不通过，时刻或相机不同的不算，判断不了的由人看" en:"true goes by the time, camera and serial number written: one capture fails, other moments or cameras are left out, and a person looks where neither can be told"`
}

// Name is "similar-pictures".
func (Similar) Name() string { return "similar-pictures" }

// Doc says what it judges.
func (Similar) Doc() lang.Text {
	return lang.T("在各案件之间查找看起来相同、只差尺寸或压缩的图片；两种感知哈希都相近就不通过；captures 为 true 时按相机写下的信息判断是不是同一次拍摄，判断不了的由人看。裁剪和镜像的找不出来；逐字节相同的和空白的不比较。",
		"Finds pictures that look the same in several cases, resized or saved anew; fails where two perceptual hashes agree on it; with captures true, where the cameras wrote of one capture, and a person looks where that cannot be told. Crops and mirror images are not found; pictures that are byte for byte the same and blank ones are left out.")
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
	p := params.(*SimilarParams)
	wanted := []string{"hash.dhash", "hash.pdq", "file.sha256", "quality.blank"}
	if p.Captures {
		wanted = append(wanted, "exif.taken_at", "exif.sub_sec", "exif.make", "exif.model", "exif.serial")
	}
	for _, k := range p.Kinds {
		for _, f := range wanted {
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
	var found, asked similar
	for _, kind := range p.Kinds {
		list := picturesOf(s.Batch, kind)
		for i, near := range p.nearest(list) {
			if near < 0 {
				continue
			}
			now, was := &list[i], &list[near]
			bits := now.pdq.distance(was.pdq)
			switch {
			case !p.Captures || captureOf(now, was) == sameCapture && bits <= p.MaxPDQ/nearlyNone:
				found.add(now, was, bits, p.MaxPDQ)
			default:
				asked.add(now, was, bits, p.MaxPDQ)
			}
		}
	}
	switch {
	case len(found.evidence) > 0:
		return found.result(verdict.Fail), nil
	case len(asked.evidence) > 0:
		out := asked.result(verdict.Review)
		out.Cause = verdict.Judgement
		return out, nil
	}
	return found.result(verdict.Pass), nil
}

// nearlyNone is the share of the bits allowed to differ that one capture saved
// anew may take: other things on the same ground take more.
const nearlyNone = 4

// similar gathers pictures that look like one of an earlier case.
type similar struct {
	evidence []verdict.Evidence
	files    []string
	cases    []string
}

func (s *similar) add(now, was *picture, bits, most int) {
	s.cases = append(s.cases, now.dir, was.dir)
	s.files = append(s.files, path.Join(now.dir, now.file))
	s.evidence = append(s.evidence, verdict.Evidence{
		Fact: "hash.pdq", Observed: bits, Required: verdict.Want(most), Unit: "bits",
		Quote:   path.Join(now.dir, now.file),
		Related: &verdict.Related{Case: was.dir, Asset: path.Join(was.dir, was.file)},
	})
}

func (s *similar) result(o verdict.Outcome) checks.Result {
	slices.Sort(s.cases)
	return checks.Result{Outcome: o, Evidence: s.evidence, Vars: map[string]verdict.Value{
		"cases": checks.Paths(slices.Compact(s.cases)), "count": checks.Count(len(s.files)), "files": checks.Paths(s.files)}}
}

// capture is how what the cameras wrote into two files compares.
type capture int

const (
	unknownCapture capture = iota // one file says too little
	sameCapture                   // one moment, one camera
	otherCapture                  // another moment or another camera
)

func captureOf(a, b *picture) capture {
	x, y := &a.exif, &b.exif
	differ := func(p, q string) bool { return p != "" && q != "" && p != q }
	switch {
	case differ(x.Make, y.Make) || differ(x.Model, y.Model) || differ(x.Serial, y.Serial):
		return otherCapture
	case !x.HasTakenAt || !y.HasTakenAt:
		return unknownCapture
	case !x.TakenAt.Equal(y.TakenAt) || differ(x.SubSec, y.SubSec):
		return otherCapture
	}
	return sameCapture
}

// picture is one picture of a case with its hashes.
type picture struct {
	dir, file, sum string
	dhash          uint64
	pdq            pdq
	exif           facts.Exif
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
			hash, ok := parsePDQ(a.Facts.Hash.PDQ)
			if !ok {
				continue
			}
			out = append(out, picture{v.Path, a.Path, a.Facts.File.SHA256, dhash, hash, a.Facts.Exif})
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
	for near := range imagehash.Pairs(hashes, p.MaxDHash) {
		a, b := &list[near.A], &list[near.B]
		if a.dir == b.dir || a.sum != "" && a.sum == b.sum {
			continue
		}
		if p.Captures && captureOf(a, b) == otherCapture {
			continue
		}
		d, was := a.pdq.distance(b.pdq), best[near.B]
		if d <= p.MaxPDQ && (was < 0 || d < bits[near.B] || d == bits[near.B] && near.A < was) {
			best[near.B], bits[near.B] = near.A, d
		}
	}
	return best
}

// pdq is a PDQ hash of 256 bits.
type pdq [4]uint64

// parsePDQ reads a hash of 64 hex digits.
func parsePDQ(digits string) (out pdq, ok bool) {
	data, err := hex.DecodeString(digits)
	if err != nil || len(data) != 32 {
		return out, false
	}
	for i := range out {
		out[i] = binary.BigEndian.Uint64(data[8*i:])
	}
	return out, true
}

// distance is the number of bits in which two hashes differ.
func (h pdq) distance(o pdq) int {
	n := 0
	for i := range h {
		n += bits.OnesCount64(h[i] ^ o[i])
	}
	return n
}
