package c2pa

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract/container"
	"github.com/aecheck/aecheck/pkg/extract/window"
	"github.com/aecheck/aecheck/pkg/facts"
)

func readFile(t *testing.T, data []byte) (*container.File, *facts.C2PA) {
	t.Helper()
	f := container.Read(container.Sniff(data), window.Bytes(data))
	if f.Manifest == nil {
		return f, &facts.C2PA{State: None}
	}
	return f, Read(f, data)
}

// TestAccuracyC2PA prints what every file of the folder with a manifest says.
// Opt-in: AECHECK_OPEN_DATA names the folder.
func TestAccuracyC2PA(t *testing.T) {
	dir := os.Getenv("AECHECK_OPEN_DATA")
	if dir == "" {
		t.Skip("AECHECK_OPEN_DATA names no folder")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil || !strings.Contains(string(data), "jumb") || !strings.Contains(string(data), "c2pa") {
			continue
		}
		n++
		_, c := readFile(t, data)
		t.Logf("%-50.50s %s list=%q ai=%v signer=%q at=%v\n\tgenerator %q actions %v sources %v software %q\n\tingredients %q\n\t%v", filepath.Base(name), c.State, c.TrustList, c.AI, c.Signer, c.SignedAt, c.Generator, c.Actions, c.Sources, c.Software, c.Ingredients, c.Errors)
		if c.State == None || c.State == Unreadable || c.Generator == "" {
			t.Errorf("%s: %s, generator %q", name, c.State, c.Generator)
		}
	}
	if n == 0 {
		t.Error("no file with a manifest")
	}
}
