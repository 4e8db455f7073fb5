package pictures

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// SameBytes is "same-bytes". It fails for every pair found; each is one piece of
// evidence. Empty files are not compared: they have their own rule.
type SameBytes struct{}

// SameBytesParams of the check.
type SameBytesParams struct {
	// Kinds are the kinds looked at.
	Kinds []string `json:"kinds" zh:"查看哪些种类的文件" en:"kinds looked at"`
	// With are the kinds compared with; empty compares each kind with
	// itself.
	With []string `json:"with" zh:"与哪些种类比较；留空为各种类与自己比较" en:"kinds compared with; empty compares each kind with itself"`
}

// Name is "same-bytes".
func (SameBytes) Name() string { return "same-bytes" }

// Doc says what it judges.
func (SameBytes) Doc() lang.Text {
	return lang.T("查找逐字节相同的文件：一些种类与另一些种类比较，或在同一种类内比较（同一种类内，不同图位的替换图可以相同，压缩包里的备份不算）；有就不通过，有文件读不出来时由人判断。空文件不比较。",
		"Finds files that are byte for byte the same, between kinds or within one kind (there pictures of different slots may be the same, and a backup in an archive does not count); fails where there are any, and a person looks where a file could not be read. Empty files are left out.")
}

// NewParams returns the defaults: violating against replacement.
func (SameBytes) NewParams() any {
	return &SameBytesParams{Kinds: []string{facts.KindViolating}, With: []string{facts.KindReplacement}}
}

// Needs asks for the hash of every file looked at.
func (SameBytes) Needs(params any) []checks.Need {
	p := params.(*SameBytesParams)
	var out []checks.Need
	for _, k := range append(slices.Clone(p.Kinds), p.With...) {
		out = append(out, checks.Need{Kind: k, Fact: "file.sha256"})
	}
	return out
}

// Vars are the paths of the later files of each pair, and how many pairs.
func (SameBytes) Vars() []string { return checks.FileVars() }

// Run judges the case. A file that could not be read makes a pass a review.
func (SameBytes) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	p := params.(*SameBytesParams)
	if s.Case == nil {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	var pairs, unknown []verdict.Evidence
	var files []string
	compared := false
	told := map[string]bool{}
	full := func(a *facts.Asset) string { return path.Join(s.Case.Path, a.Path) }
	doubt := func(a *facts.Asset) {
		if !told[a.Path] && !empty(a) {
			unknown = append(unknown, verdict.Evidence{Fact: "file.sha256", Quote: full(a), Related: &verdict.Related{Asset: full(a)}})
		}
		told[a.Path] = true
	}
	judge := func(earlier, later []*facts.Asset, within bool) {
		seen := map[string]*facts.Asset{}
		if !within {
			for _, a := range earlier {
				if sha := hash(a); sha == "" {
					doubt(a)
				} else if seen[sha] == nil {
					seen[sha] = a
				}
			}
			compared = compared || len(earlier) > 0 && len(later) > 0
		}
		for _, a := range later {
			sha := hash(a)
			if sha == "" {
				doubt(a)
				continue
			}
			if within {
				// A variant's picture may be in the gallery too, and a backup of what
				// lies beside it is in an archive.
				sha = fmt.Sprint(sha, a.Slot, inArchive(a.Path))
			}
			if first := seen[sha]; first != nil {
				pairs = append(pairs, verdict.Evidence{
					Fact: "file.sha256", Observed: hash(a), Quote: full(a), Related: &verdict.Related{Asset: full(first)},
				})
				files = append(files, full(a))
			} else if within {
				seen[sha] = a
			}
		}
		compared = compared || within && len(later) > 1
	}
	for _, k := range p.Kinds {
		if len(p.With) == 0 {
			judge(nil, s.Case.Of(k), true)
		}
		for _, w := range p.With {
			judge(s.Case.Of(k), s.Case.Of(w), false)
		}
	}
	vars := map[string]verdict.Value{"files": checks.Paths(files), "count": checks.Count(len(pairs))}
	switch {
	case len(pairs) > 0:
		return checks.Result{Outcome: verdict.Fail, Evidence: pairs, Vars: vars}, nil
	case !compared:
		return checks.Result{Outcome: verdict.Skip, Vars: vars}, nil
	case len(unknown) > 0:
		return checks.Result{Outcome: verdict.Review, Cause: verdict.Unavailable, Evidence: unknown, Vars: vars}, nil
	}
	return checks.Result{Outcome: verdict.Pass, Vars: vars}, nil
}

// inArchive reports a file out of an archive, whose name is a folder in its path.
func inArchive(p string) bool {
	for dir := range strings.SplitSeq(path.Dir(p), "/") {
		switch strings.ToLower(path.Ext(dir)) {
		case ".zip", ".rar", ".7z", ".tar", ".tgz", ".gz":
			return true
		}
	}
	return false
}

// emptySHA256 is the hash of no bytes at all.
const emptySHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

func hash(a *facts.Asset) string {
	if a.Facts == nil || a.Facts.File.SHA256 == emptySHA256 {
		return ""
	}
	return a.Facts.File.SHA256
}

func empty(a *facts.Asset) bool {
	return a.Facts != nil && (a.Facts.File.SHA256 == emptySHA256 || slices.Contains(a.Facts.File.Troubles, "empty"))
}
