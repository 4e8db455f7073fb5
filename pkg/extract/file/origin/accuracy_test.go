package origin

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/extract/file/c2pa"
	"github.com/aecheck/aecheck/pkg/extract/file/container"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
	"github.com/aecheck/aecheck/pkg/testkit/opendata"
)

// The thresholds of the package comment.
func verdict(score, yes, no float64) string {
	switch {
	case score >= yes:
		return "yes"
	case score < no:
		return "no"
	}
	return "unclear"
}

func inputOf(data []byte) *extract.Input {
	head := data[:min(len(data), extract.HeaderSize)]
	return extract.NewInput(format.Sniff(head), int64(len(data)), head, bytes.NewReader(data), nil)
}

// TestAccuracyOrigin prints how the files of the open data set are judged, by
// their kind.
func TestAccuracyOrigin(t *testing.T) {
	samples := opendata.Samples(t, "originals", "screenshots", "ai", "heic", "product-white", "product-other")
	x, err := New(c2pa.BuiltinTrust())
	if err != nil {
		t.Fatal(err)
	}
	table := map[string]map[string]int{}
	show := func(name string, j facts.Judged) {
		var b strings.Builder
		for _, s := range j.Signals {
			b.WriteString("\n\t\t" + s.Name + " = " + s.Value)
		}
		t.Logf("    %s %.2f%s", name, j.Score, b.String())
	}
	for _, s := range samples {
		in := inputOf(opendata.Read(t, s.Path))
		if !container.Known(in.Format) {
			t.Logf("%s: format %s", s.Name, in.Format)
			continue
		}
		var out facts.Set
		if err := x.Extract(context.Background(), in, &out); err != nil {
			t.Errorf("%s: %v", s.Name, err)
			continue
		}
		o := out.Origin
		v := map[string]string{
			"camera":     verdict(o.Camera.Score, 0.7, 0.3),
			"screenshot": verdict(o.Screenshot.Score, 0.6, 0.3),
			"messenger":  verdict(o.Messenger.Score, 0.6, 0.3),
			"edited":     verdict(o.Edited.Score, 0.6, 0.2),
			"ai":         verdict(o.AI.Score, 0.8, 0.3),
		}
		key := s.Label + " " + s.Kind
		if s.Product() {
			key = s.Label
		}
		if table[key] == nil {
			table[key] = map[string]int{}
		}
		row := table[key]
		row["files"]++
		for name, is := range v {
			if is != "no" || name == "camera" {
				row[name+"="+is]++
			}
		}
		if v["edited"] != "no" || o.TransferTool != "" || o.EditorName != "" {
			row["noticed"]++
		}
		odd := key == "originals camera-original" && (v["camera"] != "yes" || v["screenshot"] != "no" || v["ai"] != "no") ||
			key == "originals edited-in-software" && (v["edited"] == "no" || v["camera"] == "no") ||
			key == "screenshots raw" && (v["camera"] == "yes") ||
			s.Label == "ai" && (s.Want["ai"] == "yes") != (v["ai"] == "yes") ||
			strings.HasPrefix(s.Kind, "CONTROL") && v["ai"] != "no" ||
			s.Label != "screenshots" && v["screenshot"] == "yes" || s.Product() && v["ai"] != "no"
		if odd {
			t.Logf("%s %v editor=%q transfer=%q", s.Name, v, o.EditorName, o.TransferTool)
			show("camera", o.Camera)
			show("edited", o.Edited)
			show("screenshot", o.Screenshot)
			show("ai", o.AI)
		}
		if key == "screenshots raw" && v["screenshot"] != "yes" {
			t.Logf("missed %s %dx%d %s icc=%q dpi=%.0f %.2f", s.Name, container.Of(in).Header.Width, container.Of(in).Header.Height, in.Format, profileOf(&evidence{file: container.Of(in)}), container.Of(in).Header.DPI, o.Screenshot.Score)
		}
	}
	for key, row := range table {
		t.Logf("%-46s %v", key, row)
	}
	// What the open set must show; shares, so that other sets of the same
	// sorts can be named as well.
	least := func(key, what string, share float64) {
		if row := table[key]; row != nil && float64(row[what]) < share*float64(row["files"]) {
			t.Errorf("%s: %s for %d of %d, want %.0f %%", key, what, row[what], row["files"], 100*share)
		}
	}
	none := func(key string, what ...string) {
		for _, w := range what {
			if n := table[key][w]; n > 0 {
				t.Errorf("%s: %s for %d", key, w, n)
			}
		}
	}
	least("originals camera-original", "camera=yes", 38.0/43)
	none("originals camera-original", "camera=no", "screenshot=yes", "ai=yes", "ai=unclear")
	least("screenshots raw", "screenshot=yes", 40.0/65)
	none("screenshots raw", "camera=yes")
	none("screenshots framed-store-graphic", "camera=yes")
	least("ai generator-metadata", "ai=yes", 34.0/35)
	least("ai vendor-original", "ai=yes", 34.0/35)
	none("ai CONTROL-c2pa-but-not-ai", "ai=yes", "ai=unclear")
	least("originals edited-in-software", "noticed", 10.0/11)
	none("originals CONTROL-game-render-with-camera-EXIF", "camera=yes")
	for _, key := range []string{"product-white", "product-other", "heic", "ai generator-metadata", "ai vendor-original"} {
		none(key, "screenshot=yes")
	}
}
