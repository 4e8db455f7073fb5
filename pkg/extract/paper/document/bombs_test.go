package document

import (
	"bytes"
	"context"
	"errors"
	"path"
	"runtime"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/extract/paper/docx"
	"github.com/aecheck/aecheck/pkg/extract/paper/pdf"
	"github.com/aecheck/aecheck/pkg/extract/paper/table"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/testkit/bombs"
)

// live is what the heap holds after f that nobody needs but what it returned.
func live(f func() any) int64 {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	kept := f()
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(kept)
	return int64(after.HeapAlloc) - int64(before.HeapAlloc)
}

// TestStructureBombs: what is read of the structure of a paper stays small, and who
// builds one as nobody does is told so.
func TestStructureBombs(t *testing.T) {
	want := map[string]error{"deep.docx": docx.ErrTooComplex, "strings.xlsx": table.ErrTooLarge}
	for _, b := range bombs.All() {
		ext := path.Ext(b.Name)
		if ext != ".pdf" && ext != ".docx" && ext != ".xlsx" {
			continue
		}
		var err error
		data := b.Data()
		var parse func() any
		switch ext {
		case ".pdf":
			parse = func() any { f, e := pdf.Parse(data); err = e; return f }
		case ".docx":
			parse = func() any { p, e := docx.Paragraphs(bytes.NewReader(data), int64(len(data))); err = e; return p }
		case ".xlsx":
			parse = func() any {
				set := &facts.Set{}
				err = table.New().Extract(context.Background(), extract.NewInput("xlsx", int64(len(data)), data, bytes.NewReader(data), nil), set)
				return set
			}
		}
		if took := live(parse); took > 110<<20 {
			t.Errorf("%s: %d MiB", b.Name, took>>20)
		}
		if e, told := want[b.Name]; told && !errors.Is(err, e) {
			t.Errorf("%s: %v, want %v", b.Name, err, e)
		}
	}
}
