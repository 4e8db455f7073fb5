package imageinfo_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/extract/file/c2pa"
	"github.com/aecheck/aecheck/pkg/extract/file/container"
	"github.com/aecheck/aecheck/pkg/extract/file/exif"
	"github.com/aecheck/aecheck/pkg/extract/file/imageinfo"
	"github.com/aecheck/aecheck/pkg/extract/file/meta"
	"github.com/aecheck/aecheck/pkg/extract/file/origin"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
	"github.com/aecheck/aecheck/pkg/testkit/opendata"
)

// TestAccuracyHostile runs every header extractor over all files of the open
// data set and prints what was refused, the slowest file and the most memory
// allocated for one.
func TestAccuracyHostile(t *testing.T) {
	files := opendata.Files(t, "*/*")
	o, err := origin.New(c2pa.BuiltinTrust())
	if err != nil {
		t.Fatal(err)
	}
	extractors := []extract.Extractor{imageinfo.Extractor{}, imageinfo.Integrity{}, exif.Extractor{}, meta.New(c2pa.BuiltinTrust()), o}
	var slowest, largest string
	var most time.Duration
	var bytesMost uint64
	formats, refused := map[string]int{}, map[string]int{}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			continue // a folder
		}
		head := data[:min(len(data), extract.HeaderSize)]
		kind := format.Sniff(head)
		formats[kind]++
		if !container.Known(kind) {
			continue
		}
		in := extract.NewInput(kind, int64(len(data)), head, bytes.NewReader(data), nil)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		var out facts.Set
		for _, e := range extractors {
			if err := e.Extract(context.Background(), in, &out); err != nil {
				refused[e.Name()]++
				t.Logf("%s: %s: %v", filepath.Base(name), e.Name(), err)
			}
		}
		if took := time.Since(start); took > most {
			most, slowest = took, name
		}
		runtime.ReadMemStats(&after)
		if n := after.TotalAlloc - before.TotalAlloc; n > bytesMost {
			bytesMost, largest = n, name
		}
	}
	t.Logf("formats %v", formats)
	t.Logf("refused %v", refused)
	t.Logf("slowest %v: %s", most, slowest)
	t.Logf("most memory %d MiB: %s", bytesMost>>20, largest)
}
