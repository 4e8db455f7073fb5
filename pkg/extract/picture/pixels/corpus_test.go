//go:build unix

package pixels

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/raster"
)

// cpuTime is the processor time of this process.
func cpuTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkFolder measures each stage over the pictures of the folder
// AECHECK_BENCH_DATA names.
func BenchmarkFolder(b *testing.B) {
	dir := os.Getenv("AECHECK_BENCH_DATA")
	if dir == "" {
		b.Skip("AECHECK_BENCH_DATA names no folder")
	}
	var all [][]byte
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if formatOf(data) != "" {
			all = append(all, data)
		}
		return err
	})
	if err != nil || len(all) == 0 {
		b.Fatal(len(all), err)
	}
	decode := func(data []byte) *raster.Picture {
		p, err := raster.Decode(context.Background(), bytes.NewReader(data), int64(len(data)), raster.Options{Format: formatOf(data), Detail: workSide})
		if err != nil {
			b.Fatal(err)
		}
		return p
	}
	works := make([]*work, len(all))
	b.Run("decode", func(b *testing.B) {
		start := cpuTime(b)
		defer func() { b.ReportMetric(float64((cpuTime(b)-start).Milliseconds())/float64(b.N), "cpu-ms/op") }()
		for range b.N {
			for _, data := range all {
				decode(data)
			}
		}
	})
	for i, data := range all {
		works[i] = newWork(decode(data), nil)
	}
	stages := []struct {
		name string
		run  func(*work)
	}{
		{"work", func(w *work) { newWork(w.picture, nil) }},
		{"background", func(w *work) { background(w) }},
		{"frame", func(w *work) { frame(w) }},
		{"native", func(w *work) { w.picture.Native() }},
		{"quality", func(w *work) { quality(w) }},
		{"hash", func(w *work) { _ = hashes(extractor{}, w, &facts.Set{}) }},
		{"preview", func(w *work) { _ = preview(extractor{}, w, &facts.Set{}) }},
	}
	for _, s := range stages {
		b.Run(s.name, func(b *testing.B) {
			start := cpuTime(b)
			defer func() { b.ReportMetric(float64((cpuTime(b)-start).Milliseconds())/float64(b.N), "cpu-ms/op") }()
			for range b.N {
				for _, w := range works {
					s.run(w)
				}
			}
		})
	}
}
