package render

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/klippa-app/go-pdfium/requests"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/raster"
)

// near allows a box the rounding of a glyph's edges.
func near(a, b facts.Box) bool {
	for i := range a {
		if a[i]-b[i] > 2 || b[i]-a[i] > 2 {
			return false
		}
	}
	return true
}

func textOf(t *testing.T, d *Document, page int) Page {
	t.Helper()
	p, err := d.Text(context.Background(), page)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func pictureOf(t *testing.T, d *Document, page int) *raster.RGB {
	t.Helper()
	m, err := d.Picture(context.Background(), page, textOf(t, d, page))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// inked is the box around all that is not white.
func inked(m *raster.RGB) facts.Box {
	x0, y0, x1, y1 := m.W, m.H, 0, 0
	for y := range m.H {
		row := m.Pix[3*y*m.W : 3*(y+1)*m.W]
		for x := range m.W {
			if row[3*x]&row[3*x+1]&row[3*x+2] != 255 {
				x0, y0, x1, y1 = min(x0, x), min(y0, y), max(x1, x+1), max(y1, y+1)
			}
		}
	}
	return facts.Box{x0, y0, x1 - x0, y1 - y0}
}

func pixel(m *raster.RGB, x, y int) [3]byte { return [3]byte(m.Pix[3*(y*m.W+x):]) }

// TestText: boxes are pixels at 200 dpi from the top left corner of the page as
// it is shown. H is 0.72 of the font's size high, with 0.08 of air before it.
func TestText(t *testing.T) {
	d := openDoc(t, pdfOf(
		sheet{a4, show(72, 600, 10, "Hamburg") + show(72, 700, 20, "Hello") + show(160, 700, 20, "Hans") + show(400, 700, 20, "Hello")},
		sheet{a4 + " /Rotate 90", show(72, 700, 20, "Hello")},
		sheet{"/MediaBox [0 0 595 842] /CropBox [50 600 350 800]", show(72, 700, 20, "Hello")},
		sheet{"/MediaBox [-100 -50 200 250]", show(-90, 200, 20, "Hello")},
		sheet{"/MediaBox [0 0 144.2 72]", ""},
	))
	if d.Pages != 5 {
		t.Fatalf("%d pages", d.Pages)
	}
	for i, want := range []Page{
		// 20 points are 56 pixels; the base line at 700 points lies 394 pixels
		// below the upper edge. What stands side by side is one line but for the
		// last, beyond a gap of more than six heights.
		{1653, 2339, []facts.DocLine{
			{Page: 1, Text: "Hello Hans", Confidence: 1, Box: facts.Box{204, 355, 348, 40}},
			{Page: 1, Text: "Hello", Confidence: 1, Box: facts.Box{1116, 355, 135, 40}},
			{Page: 1, Text: "Hamburg", Confidence: 1, Box: facts.Box{202, 652, 96, 26}},
		}},
		// Turned to the right: what was up is right, what was left is up.
		{2339, 1653, []facts.DocLine{{Page: 2, Text: "Hello", Confidence: 1, Box: facts.Box{1944, 204, 40, 135}}}},
		{834, 556, []facts.DocLine{{Page: 3, Text: "Hello", Confidence: 1, Box: facts.Box{65, 238, 135, 40}}}},
		{834, 834, []facts.DocLine{{Page: 4, Text: "Hello", Confidence: 1, Box: facts.Box{32, 99, 135, 40}}}},
		// 400.6 pixels are rounded up.
		{401, 200, nil},
	} {
		got := textOf(t, d, i)
		if got.W != want.W || got.H != want.H || len(got.Lines) != len(want.Lines) {
			t.Errorf("page %d: %d × %d, lines %+v", i+1, got.W, got.H, got.Lines)
			continue
		}
		for k, l := range want.Lines {
			g := got.Lines[k]
			if g.Text != l.Text || g.Page != l.Page || g.Confidence != l.Confidence || !near(g.Box, l.Box) {
				t.Errorf("page %d line %d: %+v, want %+v", i+1, k+1, g, l)
			}
		}
	}
}

// TestManyRuns: of a page with more pieces of text than any letter the first
// ones are kept.
func TestManyRuns(t *testing.T) {
	var content strings.Builder
	const columns = 200
	for i := range maxRuns + columns {
		content.WriteString(show(float64(i%columns)*100, float64(i/columns)*30, 4, "x"))
	}
	d := openDoc(t, pdfOf(sheet{"/MediaBox [0 0 20000 3100]", content.String()}))
	p := textOf(t, d, 0)
	if len(p.Lines) != maxRuns {
		t.Errorf("%d lines, want %d", len(p.Lines), maxRuns)
	}
}

// TestPicture: pages are drawn on white at the place they have at 200 dpi.
func TestPicture(t *testing.T) {
	annotated := func(flags int) []byte {
		return file("", objectsOf([]sheet{{a4 + " /Annots [6 0 R]", ""}},
			fmt.Sprintf("<< /Type /Annot /Subtype /Stamp /Rect [72 698 144 770] /F %d /AP << /N 7 0 R >> >>", flags),
			stream("/Type /XObject /Subtype /Form /BBox [0 0 72 72]", "0 1 0 rg 0 0 72 72 re f"))...)
	}
	const square = "1 0 0 rg 72 698 72 72 re f"
	place := facts.Box{200, 200, 200, 200}
	for _, c := range []struct {
		name  string
		data  []byte
		w, h  int
		box   facts.Box
		color [3]byte // in the middle of the box
	}{
		{"upright", pdfOf(sheet{a4, square}), 1653, 2339, place, [3]byte{255, 0, 0}},
		{"turned", pdfOf(sheet{a4 + " /Rotate 90", square}), 2339, 1653, facts.Box{1939, 200, 200, 200}, [3]byte{255, 0, 0}},
		{"cut", pdfOf(sheet{a4 + " /CropBox [72 662 216 770]", square}), 400, 300, facts.Box{0, 0, 200, 200}, [3]byte{255, 0, 0}},
		{"annotation", annotated(4), 1653, 2339, place, [3]byte{0, 255, 0}},
		{"hidden annotation", annotated(2), 1653, 2339, facts.Box{1653, 2339, -1653, -2339}, [3]byte{255, 255, 255}},
		{"blank", pdfOf(sheet{a4, ""}), 1653, 2339, facts.Box{1653, 2339, -1653, -2339}, [3]byte{255, 255, 255}},
		{"see-through gray", pdfOf(sheet{a4 + " /Resources << /ExtGState << /G << /ca 0.5 >> >> >>", "/G gs 0.4 g 72 698 72 72 re f"}), 1653, 2339, place, [3]byte{178, 178, 178}},
		// A blend mode has PDFium draw on nothing instead of white.
		{"see-through gray, darkening", pdfOf(sheet{a4 + " /Resources << /ExtGState << /G << /ca 0.5 /BM /Darken >> >> >>", "/G gs 0.4 g 72 698 72 72 re f"}), 1653, 2339, place, [3]byte{178, 178, 178}},
		{"see-through red, darkening", pdfOf(sheet{a4 + " /Resources << /ExtGState << /G << /ca 0.2 /BM /Darken >> >> >>", "/G gs 0.8 0.2 0 rg 72 698 72 72 re f"}), 1653, 2339, place, [3]byte{245, 214, 204}},
		// 25 million pixels are too many, and so is a side of 13889. Whole
		// pixels of the short side decide how long the long one becomes.
		{"large", pdfOf(sheet{"/MediaBox [0 0 1800 1800]", "1 0 0 rg 450 450 900 900 re f"}), 4000, 4000, facts.Box{1000, 1000, 2000, 2000}, [3]byte{255, 0, 0}},
		{"long", pdfOf(sheet{"/MediaBox [0 0 72 5000]", "1 0 0 rg 0 2500 72 2500 re f"}), 86, 5973, facts.Box{0, 0, 86, 2986}, [3]byte{255, 0, 0}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := pictureOf(t, openDoc(t, c.data), 0)
			if m.W != c.w || m.H != c.h {
				t.Fatalf("%d × %d, want %d × %d", m.W, m.H, c.w, c.h)
			}
			if box := inked(m); !near(box, c.box) {
				t.Errorf("drawn in %v, want %v", box, c.box)
			}
			got := pixel(m, max(0, c.box[0]+c.box[2]/2), max(0, c.box[1]+c.box[3]/2))
			for k, v := range got {
				if d := int(v) - int(c.color[k]); d < -2 || d > 2 {
					t.Errorf("colour %v, want %v", got, c.color)
					break
				}
			}
		})
	}
}

func TestOpen(t *testing.T) {
	content := show(72, 700, 20, "Hello")
	whole := pdfOf(sheet{a4, content}, sheet{a4, content})
	for _, c := range []struct {
		name  string
		data  []byte
		pages int
		err   error
	}{
		{"whole", whole, 2, nil},
		{"cross-reference table lost", bytes.Replace(whole, []byte("xref\n0"), []byte("xxxx\n0"), 1), 2, nil},
		{"bytes before the header", append([]byte("\r\n\r\n"), whole...), 2, nil},
		{"encrypted, opens without a password", encrypted("", content), 1, nil},
		{"encrypted", encrypted("secret", content), 0, ErrPassword},
		{"encrypted in an unknown way", file("/ID [<61> <61>] /Encrypt << /Filter /Invented /V 1 >>", objectsOf([]sheet{{a4, content}})...), 0, ErrPassword},
		{"cut off before the pages", whole[:40], 0, ErrBroken},
		{"no PDF", []byte("GIF89a not at all"), 0, ErrBroken},
		{"nothing", nil, 0, ErrBroken},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := engine.Open(context.Background(), c.data, MaxMemory)
			if !errors.Is(err, c.err) || c.err == nil && err != nil {
				t.Fatalf("error %v, want %v", err, c.err)
			}
			if err != nil {
				if d != nil {
					t.Error("a document along with the error")
				}
				return
			}
			defer d.Close()
			if d.Pages != c.pages {
				t.Errorf("%d pages, want %d", d.Pages, c.pages)
			}
			if p := textOf(t, d, d.Pages-1); len(p.Lines) != 1 || p.Lines[0].Text != "Hello" {
				t.Errorf("lines %+v", p.Lines)
			}
		})
	}
}

// A page that cannot be read does not keep the others from being read.
func TestPagesThatCannotBeRead(t *testing.T) {
	d := openDoc(t, pdfOf(sheet{"/MediaBox [0 0 2000000 100]", ""}, sheet{a4, show(72, 700, 20, "Hello")}))
	ctx := context.Background()
	p, err := d.Text(ctx, 0)
	if !errors.Is(err, ErrBroken) || !strings.Contains(err.Error(), "page 1 has no size") {
		t.Errorf("a page of a size beyond measure: %v", err)
	}
	if m, err := d.Picture(ctx, 0, p); !errors.Is(err, ErrBroken) || m != nil {
		t.Errorf("its picture: %v", err)
	}
	for _, i := range []int{-1, 2} {
		if _, err := d.Text(ctx, i); err == nil || errors.Is(err, ErrTime) {
			t.Errorf("text of page %d of two: %v", i+1, err)
		}
		if m, err := d.Picture(ctx, i, Page{W: 100, H: 100}); err == nil || m != nil {
			t.Errorf("picture of page %d of two: %v", i+1, err)
		}
	}
	if p := textOf(t, d, 1); len(p.Lines) != 1 {
		t.Errorf("the page after: %+v", p)
	}
}

// TestLimits: what takes too long is ended, the document with it, the engine
// goes on.
func TestLimits(t *testing.T) {
	data := endless()
	for _, c := range []struct {
		name string
		run  func(ctx context.Context, d *Document) error
		err  error
	}{
		{"text, context ends", func(ctx context.Context, d *Document) error {
			_, err := d.Text(ctx, 0)
			return err
		}, context.DeadlineExceeded},
		{"picture, context ends", func(ctx context.Context, d *Document) error {
			_, err := d.Picture(ctx, 0, Page{W: 100, H: 100})
			return err
		}, context.DeadlineExceeded},
		{"time runs out", func(_ context.Context, d *Document) error {
			return d.do(context.Background(), 100*time.Millisecond, func() error {
				_, err := d.instance.GetPageSize(&requests.GetPageSize{Page: requests.Page{ByIndex: &requests.PageByIndex{Document: d.ref, Index: 0}}})
				return err
			})
		}, ErrTime},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := openDoc(t, data)
			ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
			defer cancel()
			// What goes on until the page's own limit ends with another error.
			if err := c.run(ctx, d); !errors.Is(err, c.err) {
				t.Errorf("error %v, want %v", err, c.err)
			}
			if _, err := d.Text(context.Background(), 0); !errors.Is(err, ErrTime) {
				t.Errorf("the document after it: %v", err)
			}
		})
	}
	if d := openDoc(t, pdfOf(sheet{a4, show(72, 700, 20, "Hello")})); len(textOf(t, d, 0).Lines) != 1 {
		t.Error("the engine does not read any more")
	}
}

// A panic inside PDFium's wrapping is an error of the file.
func TestPanic(t *testing.T) {
	d := openDoc(t, pdfOf(sheet{a4, ""}))
	err := d.do(context.Background(), time.Minute, func() error { panic("out of reach") })
	if !errors.Is(err, ErrBroken) || !strings.Contains(err.Error(), "out of reach") {
		t.Errorf("error %v", err)
	}
}

// TestTurns: two documents at a time; a third waits as long as its context.
func TestTurns(t *testing.T) {
	data := pdfOf(sheet{a4, ""})
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	openDoc(t, data)
	second := openDoc(t, data)
	if _, err := engine.Open(ctx, data, MaxMemory); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a third document: %v", err)
	}
	third := make(chan error, 1)
	go func() {
		d, err := engine.Open(context.Background(), data, MaxMemory)
		if err == nil {
			err = d.Close()
		}
		third <- err
	}()
	select {
	case err := <-third:
		t.Fatalf("did not wait: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	if err := second.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-third; err != nil {
		t.Errorf("after its turn came: %v", err)
	}
	if err := second.Close(); err != nil {
		t.Errorf("closed twice: %v", err)
	}
}

// An end that came before the beginning is no fault of the file.
func TestCancelledBefore(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := engine.Open(ctx, pdfOf(sheet{a4, ""}), MaxMemory); !errors.Is(err, context.Canceled) || errors.Is(err, ErrBroken) {
		t.Errorf("open: %v", err)
	}
	d := openDoc(t, endless())
	if _, err := d.Text(ctx, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("text: %v", err)
	}
}

// TestCache: the first engine leaves its compiled code, a second one finds it;
// closed, it does not start again.
func TestCache(t *testing.T) {
	data := pdfOf(sheet{a4, show(72, 700, 20, "Hello")})
	openDoc(t, data)
	files := func() map[string]time.Time {
		all := map[string]time.Time{}
		err := filepath.WalkDir(engine.cacheDir, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			info, err := e.Info()
			if err == nil {
				all[path] = info.ModTime()
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	before := files()
	if len(before) == 0 {
		t.Fatal("nothing was kept")
	}
	second := NewEngine(engine.cacheDir, nil)
	d, err := second.Open(context.Background(), data, MaxMemory)
	if err != nil {
		t.Fatal(err)
	}
	if p := textOf(t, d, 0); len(p.Lines) != 1 {
		t.Errorf("read with code from the cache: %+v", p)
	}
	if after := files(); !maps.Equal(after, before) {
		t.Errorf("compiled again: %v, before %v", after, before)
	}
	for range 2 {
		if err := second.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := second.Open(context.Background(), data, MaxMemory); err == nil {
		t.Error("a closed engine opens a file")
	}
	if len(textOf(t, openDoc(t, data), 0).Lines) != 1 {
		t.Error("the first engine ended with the second")
	}
}
