package scan_test

import (
	"context"
	"io"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/scan"
)

// BenchmarkThousandCases judges a thousand cases whose files are known, as a second
// look at an agency's clients does, and writes the report in each of two formats. The
// honest case is read once for it, which takes some ten seconds.
func BenchmarkThousandCases(b *testing.B) {
	set, err := loaded()
	if err != nil {
		b.Fatal(err)
	}
	s, err := scan.NewSession(set, scan.SessionOptions{Limits: extract.DefaultLimits(), Jobs: 2, CodeDir: scan.DefaultCodeDir()})
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	}()
	ctx := context.Background()
	found, err := s.Find(ctx, scan.FindOptions{Paths: []string{"../../testdata/honest"}})
	if err != nil {
		b.Fatal(err)
	}
	known := s.Read(ctx, found, scan.ReadOptions{}).Times(1000)
	o := scan.JudgeOptions{Lang: lang.EN, Now: time.Date(2026, 11, 23, 10, 0, 0, 0, lang.Beijing()), Brief: true}
	judged, err := s.Judge(ctx, known, o)
	if err != nil || len(judged.Cases) != 1000 {
		b.Fatal(len(judged.Cases), err)
	}
	b.Run("judge", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := s.Judge(ctx, known, o); err != nil {
				b.Fatal(err)
			}
		}
	})
	for _, name := range []string{"text", "html"} {
		f, err := report.ByName(name)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := report.Write(io.Discard, f, s.Report(judged, "dev").Report, report.Options{Lang: lang.EN}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
