// Package pkg_test keeps the one rule about the rooms below it that the
// compiler does not: data moves one way, so imports go one way.
package pkg_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

const module = "github.com/aecheck/aecheck/"

// floors orders the rooms; a package may import packages of lower floors, and
// of its own floor only inside its own room. The longest prefix decides.
var floors = map[string]int{
	"pkg/facts":           0,
	"pkg/verdict":         0,
	"pkg/terminal":        0,
	"pkg/i18n":            0,
	"pkg/config":          0,
	"pkg/onnx":            0,
	"pkg/imagehash":       0,
	"pkg/contacts":        0,
	"pkg/raster":          1,
	"pkg/schedule":        1,
	"pkg/checks":          1, // the Check interface and, each its own room, the checks
	"pkg/material":        1,
	"pkg/ocr":             2,
	"pkg/confirm":         2,
	"pkg/report":          2,
	"pkg/extract":         3,
	"pkg/rules":           3,
	"pkg/derive":          4,
	"pkg/checklist":       4,
	"pkg/scan":            5,
	"pkg/cli":             6,
	"cmd/aecheck":         7,
	"pkg/testkit/listing": 1,
}

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
			toRoom, toFloor := roomOf(to)
			if toRoom != room && toFloor >= floor {
				t.Errorf("%s (floor %d) imports %s (floor %d): imports go downward only", from, floor, to, toFloor)
			}
		}
	}
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
