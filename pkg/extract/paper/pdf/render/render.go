// Package render turns pages of a PDF into pictures and text with PDFium,
// compiled to WebAssembly: no cgo, and a hostile file can break nothing but
// its own sandbox (no files, no network, bounded memory and time). PDFium is
// started when the first page is wanted; its compiled code is kept in a cache
// folder where one is given.
//
// It may import pkg/cputime, pkg/facts, pkg/raster and pkg/sysmem.
package render

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"math"
	"strings"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"github.com/aecheck/aecheck/pkg/cputime"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/raster"
	"github.com/aecheck/aecheck/pkg/sysmem"
)

const (
	// dpi is the resolution at which pages are given: boxes of documents
	// are pixels at 200 dpi in the report, whatever a page is rendered at.
	dpi = 200
	// maxSide and maxPixels bound a rendered page; a larger one comes at a
	// lower resolution, its boxes still at 200 dpi. A0 at 200 dpi is 62 MP.
	maxSide   = 6000
	maxPixels = 16_000_000
	// MaxMemory is the most a sandbox may ever have, in bytes: a page that is one
	// scan of 35 megapixels in colour takes some 150 MiB.
	MaxMemory = 240 << 20
	// idleMemory is what a sandbox may hold while nothing is asked of its document;
	// letters take 17 to 30 MiB. It never gives any back but at its end.
	idleMemory = 48 << 20
	// CompileMemory is what compiling PDFium takes, in bytes.
	CompileMemory = 300 << 20
	// turns is how many documents are open at a time.
	turns = 2
	// openTime bounds opening a file, pageTime one page, in CPU time.
	openTime = 10 * time.Second
	pageTime = 15 * time.Second
)

// Errors that tell why a file cannot be rendered.
var (
	ErrPassword = errors.New("needs a password")
	ErrBroken   = errors.New("damaged beyond reading")
	ErrTime     = errors.New("took longer than the time limit")
	ErrMemory   = errors.New("needs more memory than it may have")
)

// Engine starts PDFium on first use and hands out documents, each in a sandbox of
// its own. It is safe for concurrent use.
type Engine struct {
	cacheDir string
	grown    func(bytes int64)
	turns    chan struct{}
	mu       sync.Mutex
	pool     pdfium.Pool
	err      error

	making sync.Mutex // one sandbox is made at a time
	limit  int64      // of the one being made
	made   *sysmem.Memory
}

// NewEngine returns an engine that keeps compiled code below cacheDir; empty
// for no cache, which costs some seconds of compiling at each start. grown, which
// may be nil, is told how many bytes the memory of sandboxes, which is not of Go's
// heap, grew by, and by how many less there are when one ends.
func NewEngine(cacheDir string, grown func(bytes int64)) *Engine {
	return &Engine{cacheDir: cacheDir, grown: grown, turns: make(chan struct{}, turns)}
}

// start compiles PDFium, once, or takes the code that an earlier run kept. A
// folder that cannot be used is no reason to fail, only to take longer.
func (e *Engine) start() (pdfium.Pool, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.pool != nil || e.err != nil {
		return e.pool, e.err
	}
	dir := codeDir(e.cacheDir)
	kept, ok := dir.ready()
	if !kept {
		e.makeRoom()
		// And what compiling left is given back before the first sandbox grows.
		defer e.makeRoom()
	}
	if ok {
		if cache, err := wazero.NewCompilationCacheWithDir(e.cacheDir); err == nil {
			e.pool, e.err = e.load(runtimeConfig().WithCompilationCache(cache))
		}
		switch {
		case e.pool != nil && !kept:
			dir.seal()
		case e.pool == nil && kept: // sound, but of no use: next time there is new code
			_ = CleanCode(e.cacheDir)
		}
	}
	if e.pool == nil {
		e.pool, e.err = e.load(runtimeConfig())
	}
	if e.err != nil {
		e.err = fmt.Errorf("start PDF engine: %w", e.err)
	}
	return e.pool, e.err
}

// makeRoom has others let go of what they keep, and the system take back what is
// garbage. What compiling takes is of Go's heap and counts there.
func (e *Engine) makeRoom() {
	if e.grown != nil {
		e.grown(CompileMemory)
		e.grown(-CompileMemory)
	}
}

// Compiles reports whether the first document will have to wait until PDFium is
// compiled, which takes CompileMemory bytes.
func (e *Engine) Compiles() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.pool == nil && e.err == nil && !codeDir(e.cacheDir).looksKept()
}

func runtimeConfig() wazero.RuntimeConfig {
	return wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithCloseOnContextDone(true)
}

// load makes PDFium ready to be started.
func (e *Engine) load(config wazero.RuntimeConfig) (pdfium.Pool, error) {
	return webassembly.Init(webassembly.Config{
		Context: experimental.WithMemoryAllocator(context.Background(), experimental.MemoryAllocatorFunc(
			func(_, most uint64) experimental.LinearMemory { // most is some gigabytes
				e.made = sysmem.New(min(uint64(e.limit), most), e.grown)
				return heldMemory{e.made}
			})),
		MinIdle:       0,
		MaxIdle:       0,
		MaxTotal:      -1,                   // turns bounds them
		FSConfig:      wazero.NewFSConfig(), // no files
		RuntimeConfig: config,
		Stdout:        io.Discard,
		Stderr:        io.Discard,
	})
}

// heldMemory is memory that outlives its sandbox: one that is stopped runs on to
// its next loop.
type heldMemory struct{ *sysmem.Memory }

// Free implements experimental.LinearMemory; sandbox.end frees it.
func (heldMemory) Free() {}

// Close frees PDFium. The engine cannot be used after it.
func (e *Engine) Close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.pool == nil {
		return nil
	}
	err := e.pool.Close()
	e.pool, e.err = nil, errors.New("PDF engine is closed")
	return err
}

// sandbox is one PDFium with its memory.
type sandbox struct {
	pdfium.Pdfium
	memory *sysmem.Memory
	ended  bool
}

// sandbox starts one with at most limit bytes. Starting PDFium is not the work of
// the file that happens to want it first.
func (e *Engine) sandbox(ctx context.Context, limit int64) (*sandbox, error) {
	defer cputime.Pause(ctx)()
	pool, err := e.start()
	if err != nil {
		return nil, err
	}
	e.making.Lock()
	defer e.making.Unlock()
	e.limit, e.made = min(limit, MaxMemory), nil
	instance, err := pool.GetInstanceWithContext(ctx)
	if err != nil {
		if e.made == nil {
			return nil, err
		}
		defer e.made.Free()
		if e.made.Refused() {
			return nil, ErrMemory
		}
		return nil, err
	}
	return &sandbox{Pdfium: instance, memory: e.made}, nil
}

// end stops it and frees its memory; nothing may be running in it.
func (s *sandbox) end() error {
	if s == nil || s.ended {
		return nil
	}
	s.ended = true
	defer s.memory.Free()
	return s.Pdfium.Close()
}

// Document is an open PDF. It is for one goroutine.
type Document struct {
	engine   *Engine
	data     []byte
	limit    int64
	instance *sandbox // nil while resting
	ref      references.FPDF_DOCUMENT
	dead     error // why it cannot be used
	closed   bool
	Pages    int // number of pages
}

// Open opens a PDF from memory; data must stay unchanged until Close. The sandbox
// may take limit bytes, data included, and MaxMemory at most: what needs more is
// ErrMemory, here and later.
func (e *Engine) Open(ctx context.Context, data []byte, limit int64) (*Document, error) {
	resume := cputime.Pause(ctx)
	select {
	case e.turns <- struct{}{}:
		resume()
	case <-ctx.Done():
		resume()
		return nil, fmt.Errorf("PDF engine: %w", ctx.Err())
	}
	d := &Document{engine: e, data: data, limit: limit}
	if err := d.open(ctx); err != nil {
		_ = d.Close() // frees memory, no more
		return nil, err
	}
	return d, nil
}

// open starts a sandbox and opens the document in it.
func (d *Document) open(ctx context.Context) error {
	if int64(len(d.data)) > d.limit {
		return ErrMemory
	}
	instance, err := d.engine.sandbox(ctx, d.limit)
	if err != nil {
		if ctx.Err() != nil { // the pool says "timeout" in words of its own
			err = ctx.Err()
		}
		return fmt.Errorf("PDF engine: %w", plain(err))
	}
	d.instance = instance
	err = d.run(ctx, openTime, func() error {
		doc, err := instance.OpenDocument(&requests.OpenDocument{File: &d.data})
		if err != nil {
			return err
		}
		d.ref = doc.Document
		n, err := instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: d.ref})
		if err != nil {
			return err
		}
		d.Pages = n.PageCount
		return nil
	})
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		return ErrPassword
	case err == nil, errors.Is(err, ErrTime), errors.Is(err, ErrMemory), errors.Is(err, ErrBroken), ctx.Err() != nil:
		return err
	}
	return fmt.Errorf("%w: %w", ErrBroken, err)
}

// Rest gives back the memory of a document that took much, until something is
// asked of it again.
func (d *Document) Rest() error {
	if d.instance == nil || d.instance.memory.Size() <= idleMemory {
		return nil
	}
	err := d.instance.end()
	d.instance = nil
	return err
}

// do runs f, which asks something of the document, with a time limit.
func (d *Document) do(ctx context.Context, limit time.Duration, f func() error) error {
	if d.dead != nil {
		return d.dead
	}
	if d.instance == nil {
		if err := d.open(ctx); err != nil {
			d.dead = err
			return err
		}
	}
	return d.run(ctx, limit, f)
}

// run runs f with a time limit. When it runs out, or the sandbox wanted more memory
// than it may have, the sandbox is thrown away: the document cannot be used after
// that.
func (d *Document) run(ctx context.Context, limit time.Duration, f func() error) error {
	done := make(chan error, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				done <- fmt.Errorf("%w: %v", ErrBroken, p)
			}
		}()
		done <- f()
	}()
	var why error
	select {
	case err := <-done:
		// PDFium goes on where it got no memory for a picture, without it.
		if d.instance.memory.Refused() {
			d.dead = ErrMemory
			return ErrMemory
		}
		return plain(err)
	case <-ctx.Done():
		why = ctx.Err()
	case <-cputime.After(ctx, limit):
		why = ErrTime
	}
	d.dead = ErrTime
	err := d.instance.Kill()
	<-done // the killed call returns at its next loop; nothing outlives us
	d.instance.ended = true
	d.instance.memory.Free()
	if err != nil {
		return fmt.Errorf("%w (%w)", why, err)
	}
	return why
}

// plain leaves out what says where in a sandbox it broke: a trace of some dozen
// functions.
func plain(err error) error {
	if err == nil || !strings.Contains(err.Error(), "wasm") && !strings.Contains(err.Error(), "panic") {
		return err
	}
	return ErrBroken
}

// Close frees the document and its sandbox.
func (d *Document) Close() error {
	if d.closed {
		return nil
	}
	d.closed = true
	if d.dead == nil {
		d.dead = errors.New("the document is closed")
	}
	err := d.instance.end()
	<-d.engine.turns
	return err
}

// Page is one page.
type Page struct {
	W, H  int             // size at 200 dpi
	Lines []facts.DocLine // text layer, in reading order; boxes at 200 dpi, Page set
}

// Text reads the size and the text layer of page i (from 0).
func (d *Document) Text(ctx context.Context, i int) (Page, error) {
	var p Page
	err := d.do(ctx, pageTime, func() error {
		page := requests.Page{ByIndex: &requests.PageByIndex{Document: d.ref, Index: i}}
		size, err := d.instance.GetPageSize(&requests.GetPageSize{Page: page})
		if err != nil {
			return err
		}
		p.W, p.H = pixels(size.Width), pixels(size.Height)
		if p.W == 0 || p.H == 0 {
			return fmt.Errorf("%w: page %d has no size", ErrBroken, i+1)
		}
		text, err := d.instance.GetPageTextStructured(&requests.GetPageTextStructured{Page: page, Mode: requests.GetPageTextStructuredModeRects})
		if err != nil {
			return err
		}
		var runs []run
		if divided(text.Rects) {
			chars, err := d.instance.GetPageTextStructured(&requests.GetPageTextStructured{Page: page, Mode: requests.GetPageTextStructuredModeChars})
			if err != nil {
				return err
			}
			text.Chars = chars.Chars
		}
		texts, places := pieces(text.Rects, text.Chars), astray(text.Rects)
		for i, at := range places {
			if len(runs) == maxRuns {
				break
			}
			at.Bottom, at.Top = upright(texts[i].text, at.Left, at.Bottom, at.Right, at.Top)
			x0, y0, err := d.device(page, p, at.Left, at.Top)
			if err != nil {
				return err
			}
			x1, y1, err := d.device(page, p, at.Right, at.Bottom)
			if err != nil {
				return err
			}
			here := run{text: texts[i].text, x0: min(x0, x1), y0: min(y0, y1), x1: max(x0, x1), y1: max(y0, y1)}
			if last := len(runs) - 1; texts[i].glued && last >= 0 && goesOn(runs[last], here) {
				runs[last] = joined(runs[last], here)
			} else {
				runs = append(runs, here)
			}
		}
		for _, l := range lines(runs) {
			l.Page = i + 1
			p.Lines = append(p.Lines, l)
		}
		return nil
	})
	return p, err
}

// device maps a point of the page to pixels at 200 dpi, with the page's own
// rotation and origin.
func (d *Document) device(page requests.Page, p Page, x, y float64) (int, int, error) {
	r, err := d.instance.FPDF_PageToDevice(&requests.FPDF_PageToDevice{Page: page, SizeX: p.W, SizeY: p.H, PageX: x, PageY: y})
	if err != nil {
		return 0, 0, err
	}
	return r.DeviceX, r.DeviceY, nil
}

// pixels converts points to pixels at 200 dpi.
func pixels(points float64) int {
	if !(points > 0) || points > 1e6 {
		return 0
	}
	return int(math.Ceil(points * dpi / 72))
}

// Picture renders page i (from 0) on white, with annotations, at 200 dpi or
// as large as the limits allow.
func (d *Document) Picture(ctx context.Context, i int, p Page) (*raster.RGB, error) {
	w, h := p.W, p.H
	if w == 0 || h == 0 {
		return nil, fmt.Errorf("%w: page %d has no size", ErrBroken, i+1)
	}
	if s := math.Min(1, math.Min(float64(maxSide)/float64(max(w, h)), math.Sqrt(float64(maxPixels)/(float64(w)*float64(h))))); s < 1 {
		w, h = max(1, int(float64(w)*s)), max(1, int(float64(h)*s))
	}
	var out *raster.RGB
	err := d.do(ctx, pageTime, func() error {
		r, err := d.instance.RenderPageInPixels(&requests.RenderPageInPixels{
			Page:        requests.Page{ByIndex: &requests.PageByIndex{Document: d.ref, Index: i}},
			Width:       w,
			Height:      h,
			RenderFlags: enums.FPDF_RENDER_FLAG_ANNOT,
		})
		if err != nil {
			return err
		}
		defer r.Cleanup()
		m, ok := r.Result.RenderedImage.(*image.RGBA)
		if !ok || m == nil {
			return ErrBroken
		}
		b := m.Bounds()
		out = raster.NewRGB(b.Dx(), b.Dy())
		for y := range out.H {
			row := m.Pix[y*m.Stride : y*m.Stride+4*out.W]
			to := out.Pix[3*y*out.W : 3*(y+1)*out.W]
			for ; len(row) >= 4 && len(to) >= 3; row, to = row[4:], to[3:] {
				to[0], to[1], to[2] = row[0], row[1], row[2]
				if a := row[3]; a < 255 {
					to[0], to[1], to[2] = onWhite(row[0], a), onWhite(row[1], a), onWhite(row[2], a)
				}
			}
		}
		return nil
	})
	return out, err
}

// onWhite lays a colour over white. The picture says image.RGBA, but PDFium's
// colours are not multiplied by alpha.
func onWhite(c, alpha uint8) uint8 {
	return uint8((uint32(c)*uint32(alpha) + 255*(255-uint32(alpha)) + 127) / 255)
}
