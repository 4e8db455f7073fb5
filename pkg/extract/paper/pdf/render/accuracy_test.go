package render

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/testkit/papers"
)

// TestAccuracyRender opens every PDF of the open data set and prints what came
// of it and how long it took.
func TestAccuracyRender(t *testing.T) {
	pdfs := papers.PDFs(t)
	e := NewEngine(os.Getenv("AECHECK_PDF_CACHE"), nil)
	defer e.Close()
	for s, data := range pdfs {
		begin := time.Now()
		d, err := e.Open(context.Background(), data, MaxMemory)
		if err != nil {
			t.Logf("%-60.60s open: %v (%v)", s.Name, err, time.Since(begin))
			continue
		}
		for i := range min(d.Pages, 2) {
			p, err := d.Text(context.Background(), i)
			m, err2 := d.Picture(context.Background(), i, p)
			w, h := 0, 0
			if m != nil {
				w, h = m.W, m.H
			}
			first := ""
			if len(p.Lines) > 0 {
				first = p.Lines[0].Text
			}
			t.Logf("%-60.60s page %d/%d %dx%d picture %dx%d lines %d %.40q %v %v (%v)", s.Name, i+1, d.Pages, p.W, p.H, w, h, len(p.Lines), first, err, err2, time.Since(begin))
		}
		d.Close()
	}
}
