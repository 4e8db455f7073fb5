package render

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/aecheck/aecheck/pkg/testkit/bombs"
)

// counting is an engine that counts the memory of its sandboxes.
type counting struct {
	*Engine
	now, most atomic.Int64
}

func newCounting(t *testing.T) *counting {
	openDoc(t, pdfOf(sheet{a4, ""})) // code is kept
	c := &counting{}
	c.Engine = NewEngine(engine.cacheDir, func(n int64) {
		if now := c.now.Add(n); now > c.most.Load() {
			c.most.Store(now)
		}
	})
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

// TestBombs: no document takes more than it may, nothing of it stays behind, and
// none is told of in the words of a sandbox. Some of these are read, and two cannot
// be for want of memory.
func TestBombs(t *testing.T) {
	const limit = 48 << 20
	var short []string
	c := newCounting(t)
	for _, b := range bombs.PDFs() {
		// Others take time rather than memory; the opt-in test of pkg/cli has them.
		if !slices.Contains([]string{"mediabox.pdf", "content.pdf", "forms.pdf", "image-twice.pdf", "jbig2.pdf", "jpx.pdf", "xref.pdf"}, b.Name) {
			continue
		}
		c.most.Store(0)
		err := c.readAll(working(t), b.Data(), limit)
		if err != nil && strings.ContainsAny(err.Error(), "\n$") || err != nil && strings.Contains(err.Error(), "wasm") {
			t.Errorf("%s: %v", b.Name, err)
		}
		if errors.Is(err, ErrMemory) {
			short = append(short, b.Name)
		}
		if most, now := c.most.Load(), c.now.Load(); most > limit || most == 0 || now != 0 {
			t.Errorf("%s: %d bytes at most, %d left", b.Name, most, now)
		}
	}
	for _, name := range []string{"mediabox.pdf", "content.pdf"} {
		if !slices.Contains(short, name) {
			t.Errorf("%s does not need more memory; these do: %v", name, short)
		}
	}
}

func (c *counting) readAll(ctx context.Context, data []byte, limit int64) error {
	d, err := c.Open(ctx, data, limit)
	if err != nil {
		return err
	}
	defer d.Close()
	p, err := d.Text(ctx, 0)
	if err != nil {
		return err
	}
	_, err = d.Picture(ctx, 0, p)
	return err
}

// TestRest: a document that took much gives it back, and goes on where it was; one
// that took little keeps it.
func TestRest(t *testing.T) {
	c := newCounting(t)
	large := sheet{"/MediaBox [0 0 3000 3000]", show(72, 700, 20, "Hello")}
	for _, s := range []struct {
		sheet
		rests bool
	}{{large, true}, {sheet{a4, show(72, 700, 20, "Hello")}, false}} {
		d, err := c.Open(working(t), pdfOf(s.sheet), MaxMemory)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			p := textOf(t, d, 0)
			if len(p.Lines) != 1 || p.Lines[0].Text != "Hello" {
				t.Errorf("read %+v", p)
			}
			if _, err := d.Picture(working(t), 0, p); err != nil {
				t.Error(err)
			}
			if err := d.Rest(); err != nil {
				t.Error(err)
			}
			if now := c.now.Load(); now > idleMemory || (now == 0) != s.rests {
				t.Errorf("%s: %d bytes at rest", s.dict, now)
			}
		}
		if err := d.Close(); err != nil {
			t.Error(err)
		}
		if now := c.now.Load(); now != 0 {
			t.Errorf("%d bytes after the end", now)
		}
	}
}
