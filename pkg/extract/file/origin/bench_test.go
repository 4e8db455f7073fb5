package origin

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/extract/file/c2pa"
	"github.com/aecheck/aecheck/pkg/extract/file/exif"
	"github.com/aecheck/aecheck/pkg/extract/file/meta"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
)

// BenchmarkCameraFiles opens, reads and judges camera files as inspect does
// for exif, meta and origin. Opt-in: AECHECK_BENCH_FILES is a glob of them.
func BenchmarkCameraFiles(b *testing.B) {
	files, err := filepath.Glob(os.Getenv("AECHECK_BENCH_FILES"))
	if err != nil || len(files) == 0 {
		b.Skip("AECHECK_BENCH_FILES names no files")
	}
	x, err := New(c2pa.BuiltinTrust())
	if err != nil {
		b.Fatal(err)
	}
	extractors := []extract.Extractor{exif.Extractor{}, meta.New(c2pa.BuiltinTrust()), x}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		name := files[i%len(files)]
		f, err := os.Open(name)
		if err != nil {
			b.Fatal(err)
		}
		st, err := f.Stat()
		if err != nil {
			b.Fatal(err)
		}
		head := make([]byte, min(st.Size(), extract.HeaderSize))
		if _, err := f.ReadAt(head, 0); err != nil {
			b.Fatal(err)
		}
		in := extract.NewInput(format.Sniff(head), st.Size(), head, f, nil)
		var out facts.Set
		for _, e := range extractors {
			if err := e.Extract(context.Background(), in, &out); err != nil {
				b.Fatal(name, err)
			}
		}
		f.Close()
	}
}
