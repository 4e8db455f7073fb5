package material

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const (
	// candidateDepth is how far below a folder cases are looked for, maxLooked how many
	// folders are looked at in all, maxCandidates how many cases are listed.
	candidateDepth = 3
	maxLooked      = 4000
	maxCandidates  = 50
)

// Candidates lists folders at and below some that look like cases: a case.yaml, or two
// folders named like kinds of material. It looks at names alone and at some thousand
// folders at most.
func Candidates(v Vocabulary, roots []string) []string {
	kinds := NewMatcher(v.Kinds)
	var out []string
	looked := 0
	var visit func(dir string, depth int)
	visit = func(dir string, depth int) {
		if looked++; looked > maxLooked || len(out) >= maxCandidates {
			return
		}
		entries, err := os.ReadDir(dir)
		if err != nil {
			return
		}
		found := map[string]bool{}
		var below []string
		for _, e := range entries {
			name := e.Name()
			switch {
			case !e.IsDir() || strings.HasPrefix(name, "."):
			default:
				if kind, s := kinds.Match(name); s == Exact {
					found[kind] = true
				}
				below = append(below, filepath.Join(dir, name))
			}
		}
		if len(found) >= 2 || hasCaseFileIn(dir) {
			if !slices.Contains(out, dir) {
				out = append(out, dir)
			}
			return
		}
		if depth < candidateDepth {
			for _, d := range below {
				visit(d, depth+1)
			}
		}
	}
	for _, root := range roots {
		visit(root, 0)
	}
	return out
}
