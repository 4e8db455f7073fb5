package c2pa

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract/file/container"
	"github.com/aecheck/aecheck/pkg/extract/file/window"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
	"github.com/aecheck/aecheck/pkg/testkit/opendata"
)

func readFile(t *testing.T, data []byte) (*container.File, *facts.C2PA) {
	t.Helper()
	f := container.Read(format.Sniff(data), window.Bytes(data))
	if f.Manifest == nil {
		return f, &facts.C2PA{State: None}
	}
	return f, Read(f, data, BuiltinTrust())
}

// TestAccuracyC2PA prints what every file of the open data set with a manifest says.
func TestAccuracyC2PA(t *testing.T) {
	n := 0
	for _, name := range opendata.Files(t, "*/*") {
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

// TestAccuracyTampering changes a pixel byte and a claim byte in every valid
// file of the set, and gives it another file's store: each must be seen.
func TestAccuracyTampering(t *testing.T) {
	var lastJPEG, lastPNG []byte
	seen, n := map[string]int{}, 0
	for _, name := range opendata.Files(t, "ai/*") {
		data := opendata.Read(t, name)
		f, c := readFile(t, data)
		if !c.Valid {
			continue
		}
		n++
		r := f.Manifest.Ranges
		end := r[len(r)-1].Off + r[len(r)-1].Length
		pixel := bytes.Clone(data)
		pixel[(end+int64(len(data)))/2] ^= 1
		s, err := open(f.Manifest.JUMBF)
		if err != nil {
			t.Fatal(err)
		}
		claim := s.manifests[len(s.manifests)-1].claimBytes
		at := bytes.LastIndex(data, claim[len(claim)/2:len(claim)/2+30])
		broken := bytes.Clone(data)
		broken[at+10] ^= 1
		copies := map[string][]byte{"pixel": pixel, "claim": broken}
		other := &lastPNG
		if f.Format == "jpeg" {
			other = &lastJPEG
		}
		if *other != nil && !bytes.Equal(*other, f.Manifest.JUMBF) {
			plain := append(bytes.Clone(data[:r[0].Off]), data[end:]...)
			if f.Format == "jpeg" {
				copies["store"] = inJPEG(plain, *other)
			} else {
				copies["store"] = inPNG(plain, *other)
			}
		}
		*other = f.Manifest.JUMBF
		for kind, copy := range copies {
			_, c := readFile(t, copy)
			if c.Valid || c.State == Trusted || c.State == ValidUnknownSigner {
				t.Errorf("%s with another %s: %s", name, kind, c.State)
			}
			seen[kind]++
			t.Logf("%-45.45s %-6s %s %v", filepath.Base(name), kind, c.State, c.Errors)
		}
	}
	t.Logf("%d valid files, tampered copies %v", n, seen)
}
