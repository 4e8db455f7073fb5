package imageinfo_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/extract/file/container"
	"github.com/aecheck/aecheck/pkg/extract/file/exif"
	"github.com/aecheck/aecheck/pkg/extract/file/imageinfo"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
	"github.com/aecheck/aecheck/pkg/testkit/opendata"
)

// TestAccuracyHeader compares header and EXIF facts with what another reader
// said of the files of the open data set.
func TestAccuracyHeader(t *testing.T) {
	right, wrong := map[string]int{}, map[string]int{}
	for _, s := range opendata.Samples(t, "originals", "screenshots", "ai", "heic") {
		data, want := opendata.Read(t, s.Path), s.Want
		out, errs := facts.Set{}, []error{}
		in := extract.NewInput(format.Sniff(data[:min(len(data), extract.HeaderSize)]), int64(len(data)), data[:min(len(data), extract.HeaderSize)], bytes.NewReader(data), nil)
		for _, e := range []extract.Extractor{imageinfo.Extractor{}, imageinfo.Integrity{}, exif.Extractor{}} {
			errs = append(errs, e.Extract(context.Background(), in, &out))
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
			if want[k] == "" || k == "size" && s.Label == "originals" && x.Orientation >= 5 && want[k] == fmt.Sprintf("%dx%d", out.Image.Height, out.Image.Width) {
				continue
			}
			if got[k] == want[k] {
				right[k]++
				continue
			}
			wrong[k]++
			t.Logf("%s: %s is %q, want %q %v %s", s.Name, k, got[k], want[k], errs, container.Of(in).Damage)
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
