// Package pkg_test keeps the one rule about the rooms below it that the
// compiler does not: data moves one way, so imports go one way.
package pkg_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/aecheck/aecheck/"

// floors orders the rooms; a package may import packages of lower floors, and
// of its own floor only inside its own room. The longest prefix decides.
var floors = map[string]int{
	"pkg/terminal": 0,
	"pkg/lang":     0,
	"pkg/onnx":     0,
	"pkg/contacts": 0, "pkg/cameras": 0, "pkg/models": 0,
	"pkg/edits":    0,
	"pkg/pinyin":   0,
	"pkg/cputime":  0,
	"pkg/output":   0,
	"pkg/archive":  0,
	"pkg/licences": 0,
	"pkg/wildcard": 0,
	"pkg/sysmem":   0,
	"pkg/heap":     0,
	"pkg/manifest": 0,
	"pkg/since":    0,
	"pkg/pathglob": 0,
	"pkg/packs":    0,
	"pkg/roff":     0,
	"pkg/profile":  1,
	"pkg/shard":    0,
	// Readers of bytes that need nothing else.
	"pkg/extract/file/window":  0,
	"pkg/extract/file/tiffdir": 1,

	"pkg/i18n":    1,
	"pkg/config":  1,
	"pkg/verdict": 1,

	"pkg/format":    2,
	"pkg/casefile":  2,
	"pkg/guide":     2,
	"pkg/settings":  2,
	"pkg/facts":     3,
	"pkg/raster":    3,
	"pkg/imagehash": 4,
	"pkg/ocr":       4,
	"pkg/draft":     0,
	"pkg/letters":   3,
	"pkg/material":  4,
	"pkg/schedule":  4,
	"pkg/prefill":   4,
	"pkg/checks":    5, // the Check interface and, each its own room, the checks
	"pkg/extract":   5,
	"pkg/confirm":   5,
	"pkg/report":    5,
	"pkg/rules":     6,
	"pkg/suppress":  6,
	"pkg/compare":   6,
	"pkg/derive":    6,
	"pkg/checklist": 7,
	"pkg/bundle":    7,
	"pkg/fix":       7,
	"pkg/pack":      7,
	"pkg/outcome":   5,
	"pkg/lookup":    7,
	"pkg/statement": 7,
	"pkg/originals": 7,
	"pkg/scan":      8,
	"pkg/desk":      9,
	"pkg/web":       10,
	"pkg/cli":       11,
	"cmd/aecheck":   12,
}

// testkit is what only tests may import.
const testkit = "pkg/testkit"

func TestImportsGoDownward(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "../...").Output()
	if err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		from := strings.TrimPrefix(p.ImportPath, module)
		if p.ImportPath+"/" == module || from == "pkg" {
			continue // rules.go imports nothing of ours
		}
		if strings.HasPrefix(from, testkit) {
			continue
		}
		room, floor := roomOf(from)
		if room == "" {
			t.Errorf("%s stands on no floor: add its room to the table", from)
			continue
		}
		for _, imp := range p.Imports {
			to, ours := strings.CutPrefix(imp, module)
			if !ours {
				continue
			}
			if strings.HasPrefix(to, testkit) {
				t.Errorf("%s imports %s: testkit is for tests alone", from, to)
				continue
			}
			toRoom, toFloor := roomOf(to)
			if toRoom != room && toFloor >= floor {
				t.Errorf("%s (floor %d) imports %s (floor %d): imports go downward only", from, floor, to, toFloor)
			}
		}
	}
}

// TestDocsSayWhatIsImported asks that the doc of every package ends with what it
// may import, and that it imports nothing else of ours. A room that is named
// stands for those below it; pkg/extract, which its shelves lie below, for itself.
func TestDocsSayWhatIsImported(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,Dir,GoFiles", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	room := regexp.MustCompile(`pkg/[a-z0-9/]+`)
	dec := json.NewDecoder(bytes.NewReader(out))
	for {
		var p struct {
			ImportPath, Dir  string
			Imports, GoFiles []string
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if len(p.GoFiles) == 0 {
			continue
		}
		doc := docOf(t, p.Dir, p.GoFiles)
		paragraphs := strings.Split(strings.TrimSpace(doc), "\n\n")
		last := paragraphs[len(paragraphs)-1]
		if !strings.HasPrefix(last, "It may import pkg/") && last != "It imports nothing of ours." {
			t.Errorf("%s: the doc ends with %q, not with what it may import", p.ImportPath, last)
			continue
		}
		named := room.FindAllString(last, -1)
		for _, imp := range p.Imports {
			to, ours := strings.CutPrefix(imp, module)
			if ours && to != "" && !slices.ContainsFunc(named, func(n string) bool {
				return to == n || n != "pkg/extract" && strings.HasPrefix(to, n+"/")
			}) {
				t.Errorf("%s imports %s, which its doc does not name", p.ImportPath, to)
			}
		}
	}
}

// docOf is the package comment.
func docOf(t *testing.T, dir string, files []string) string {
	t.Helper()
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, name), nil, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if f.Doc != nil {
			return f.Doc.Text()
		}
	}
	return ""
}

func roomOf(pkg string) (string, int) {
	best := ""
	for room := range floors {
		if (pkg == room || strings.HasPrefix(pkg, room+"/")) && len(room) > len(best) {
			best = room
		}
	}
	return best, floors[best]
}
