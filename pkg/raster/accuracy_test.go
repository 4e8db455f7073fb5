package raster

import (
	"bytes"
	"context"
	"runtime"
	"sort"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/testkit/opendata"
)

// sniff tells formats apart as far as these tests need it.
func sniff(b []byte) string {
	has := func(at int, s string) bool { return len(b) >= at+len(s) && string(b[at:at+len(s)]) == s }
	switch {
	case has(0, "\xff\xd8"):
		return "jpeg"
	case has(0, "\x89PNG"):
		return "png"
	case has(0, "GIF8"):
		return "gif"
	case has(0, "BM"):
		return "bmp"
	case has(0, "II*\x00"), has(0, "MM\x00*"):
		return "tiff"
	case has(0, "RIFF") && has(8, "WEBP"):
		return "webp"
	case has(4, "ftypavif"):
		return "avif"
	case has(4, "ftyp"):
		return "heic"
	}
	return ""
}

// TestAccuracyOpenData decodes every picture of the open data: none may crash,
// hang or take much memory, and those the manifest says decode must.
func TestAccuracyOpenData(t *testing.T) {
	type count struct{ sound, partial, failed int }
	table := map[string]*count{}
	for _, s := range opendata.Samples(t) {
		b := opendata.Read(t, s.Path)
		format := sniff(b)
		if format == "" {
			continue
		}
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		start := time.Now()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		p, err := Decode(ctx, bytes.NewReader(b), int64(len(b)), Options{Format: format, Detail: 800})
		runtime.ReadMemStats(&after)
		cancel()
		if d := time.Since(start); d > 5*time.Second {
			t.Logf("slow: %s %v", s.Name, d)
		}
		if m := after.TotalAlloc - before.TotalAlloc; m > 600<<20 { // the HEIC sandbox copies its memory when it grows
			t.Errorf("%s allocates %d MiB", s.Name, m>>20)
		}
		key := s.Label + " " + format
		if table[key] == nil {
			table[key] = &count{}
		}
		c := table[key]
		switch {
		case err == nil:
			c.sound++
		case p != nil:
			c.partial++
		default:
			c.failed++
		}
		if err != nil && s.Label != "hostile" {
			t.Logf("%s (decodes=%s): %v", s.Name, s.Want["decodes"], err)
		}
		if err != nil && testing.Verbose() && s.Label == "hostile" {
			t.Logf("  %s: partial %v: %v", s.Name, p != nil, err)
		}
		if s.Want["decodes"] == "yes" && p == nil {
			t.Errorf("%s should decode: %v", s.Name, err)
		}
	}
	keys := make([]string, 0, len(table))
	for k := range table {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		t.Logf("%-24s sound %3d  partial %3d  failed %3d", k, table[k].sound, table[k].partial, table[k].failed)
	}
}
