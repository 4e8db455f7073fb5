package imageinfo_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/extract/file/container"
	"github.com/aecheck/aecheck/pkg/extract/file/exif"
	"github.com/aecheck/aecheck/pkg/extract/file/imageinfo"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
)

// TestAccuracyHeader compares header and EXIF facts with what another reader
// said of the files (MANIFEST.tsv beside them). Opt-in: AECHECK_OPEN_DATA
// names the folder.
func TestAccuracyHeader(t *testing.T) {
	dir := os.Getenv("AECHECK_OPEN_DATA")
	if dir == "" {
		t.Skip("AECHECK_OPEN_DATA names no folder")
	}
	manifest, err := os.ReadFile(filepath.Join(dir, "MANIFEST.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	right, wrong := map[string]int{}, map[string]int{}
	for _, line := range strings.Split(string(manifest), "\n")[1:] {
		cols := strings.Split(line, "\t")
		if len(cols) < 3 {
			continue
		}
		name, label := cols[0], cols[1]
		if label != "originals" && label != "screenshots" && label != "ai" && label != "heic" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		out, errs := facts.Set{}, []error{}
		in := extract.NewInput(format.Sniff(data[:min(len(data), extract.HeaderSize)]), int64(len(data)), data[:min(len(data), extract.HeaderSize)], bytes.NewReader(data), nil)
		for _, e := range []extract.Extractor{imageinfo.Extractor{}, imageinfo.Integrity{}, exif.Extractor{}} {
			errs = append(errs, e.Extract(context.Background(), in, &out))
		}
		want := map[string]string{}
		for _, f := range strings.Split(cols[2], "; ") {
			k, v, _ := strings.Cut(f, "=")
			want[k] = v
		}
		x := out.Exif
		got := map[string]string{
			"make": x.Make, "model": x.Model, "software": x.Software, "lens": x.Lens,
			"size": fmt.Sprintf("%dx%d", out.Image.Width, out.Image.Height),
		}
		if !x.TakenAt.IsZero() {
			got["date"] = x.TakenAt.Format("2006:01:02 15:04:05")
		}
		if x.GPS {
			got["gps"] = "yes"
		}
		if want["decodes"] == "yes" && out.File.Truncated {
			got["decodes"] = "truncated"
		} else {
			got["decodes"] = want["decodes"]
		}
		for _, k := range []string{"make", "model", "software", "lens", "date", "gps", "size", "decodes"} {
			if want[k] == "" || k == "size" && label == "originals" && x.Orientation >= 5 && want[k] == fmt.Sprintf("%dx%d", out.Image.Height, out.Image.Width) {
				continue
			}
			if got[k] == want[k] {
				right[k]++
				continue
			}
			wrong[k]++
			t.Logf("%s: %s is %q, want %q %v %s", name, k, got[k], want[k], errs, container.Of(in).Damage)
		}
	}
	for _, k := range []string{"make", "model", "software", "lens", "date", "gps", "size", "decodes"} {
		t.Logf("%-9s %3d of %3d", k, right[k], right[k]+wrong[k])
	}
	// Values other readers take from maker notes or XMP are not ours to have.
	for _, k := range []string{"make", "model", "size"} {
		if wrong[k]*20 > right[k] {
			t.Errorf("%s: %d wrong, %d right", k, wrong[k], right[k])
		}
	}
}
