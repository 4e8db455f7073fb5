package raster

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"runtime"
	"sort"
	"strings"
	"testing"
	"time"
)

// openRow is one row of the open data's manifest.
type openRow struct {
	path   string
	fields map[string]string
}

// openData reads the manifest of the folder AECHECK_OPEN_DATA names, and skips
// the test without it.
func openData(t *testing.T) (dir string, rows []openRow) {
	dir = os.Getenv("AECHECK_OPEN_DATA")
	if dir == "" {
		t.Skip("AECHECK_OPEN_DATA names no folder")
	}
	b, err := os.ReadFile(filepath.Join(dir, "MANIFEST.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(b), "\n")[1:] {
		col := strings.Split(line, "\t")
		if len(col) < 3 {
			continue
		}
		r := openRow{path: col[0], fields: map[string]string{"label": col[1]}}
		for _, kv := range strings.Split(col[2], "; ") {
			k, v, _ := strings.Cut(kv, "=")
			r.fields[k] = v
		}
		rows = append(rows, r)
	}
	return dir, rows
}

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
	dir, rows := openData(t)
	type count struct{ sound, partial, failed int }
	table := map[string]*count{}
	for _, r := range rows {
		b, err := os.ReadFile(filepath.Join(dir, r.path))
		if err != nil {
			t.Fatal(err)
		}
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
			t.Logf("slow: %s %v", r.path, d)
		}
		if m := after.TotalAlloc - before.TotalAlloc; m > 600<<20 { // the HEIC sandbox copies its memory when it grows
			t.Errorf("%s allocates %d MiB", r.path, m>>20)
		}
		key := r.fields["label"] + " " + format
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
		if err != nil && r.fields["label"] != "hostile" {
			t.Logf("%s (decodes=%s): %v", r.path, r.fields["decodes"], err)
		}
		if err != nil && testing.Verbose() && r.fields["label"] == "hostile" {
			t.Logf("  %s: partial %v: %v", r.path, p != nil, err)
		}
		if r.fields["decodes"] == "yes" && p == nil {
			t.Errorf("%s should decode: %v", r.path, err)
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
