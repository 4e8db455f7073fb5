// Package render turns pages of a PDF into pictures and text with PDFium,
// compiled to WebAssembly: no cgo, and a hostile file can break nothing but
// its own sandbox (no files, no network, bounded memory and time). PDFium is
// started when the first page is wanted; its compiled code is kept in a cache
// folder where one is given.
//
// It may import pkg/cputime, pkg/facts and pkg/raster.
package render

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"math"
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
)

const (
	// dpi is the resolution at which pages are given: boxes of documents
	// are pixels at 200 dpi in the report, whatever a page is rendered at.
	dpi = 200
	// maxSide and maxPixels bound a rendered page; a larger one comes at a
	// lower resolution, its boxes still at 200 dpi. A0 at 200 dpi is 62 MP.
	maxSide   = 6000
	maxPixels = 16_000_000
	// memoryPages is the sandbox's memory limit in pages of 64 KiB: 384 MiB.
	memoryPages = 6144
	// openTime bounds opening a file, pageTime one page, in CPU time.
	openTime = 10 * time.Second
	pageTime = 15 * time.Second
)

// Errors that tell why a file cannot be rendered.
var (
	ErrPassword = errors.New("needs a password")
	ErrBroken   = errors.New("damaged beyond reading")
	ErrTime     = errors.New("took longer than the time limit")
)

// Engine starts PDFium on first use and hands out one document at a time per
// instance. It is safe for concurrent use.
type Engine struct {
	cacheDir string
	mu       sync.Mutex
	pool     pdfium.Pool
	err      error
}

// NewEngine returns an engine that keeps compiled code below cacheDir; empty
// for no cache, which costs some seconds of compiling at each start.
func NewEngine(cacheDir string) *Engine {
	return &Engine{cacheDir: cacheDir}
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
	if kept, ok := dir.ready(time.Now()); ok {
		if cache, err := wazero.NewCompilationCacheWithDir(e.cacheDir); err == nil {
			e.pool, e.err = load(runtimeConfig().WithCompilationCache(cache))
		}
		switch {
		case e.pool != nil && !kept:
			dir.seal()
		case e.pool == nil && kept: // sound, but of no use: next time there is new code
			_ = CleanCode(e.cacheDir)
		}
	}
	if e.pool == nil {
		e.pool, e.err = load(runtimeConfig())
	}
	if e.err != nil {
		e.err = fmt.Errorf("start PDF engine: %w", e.err)
	}
	return e.pool, e.err
}

func runtimeConfig() wazero.RuntimeConfig {
	return wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithCloseOnContextDone(true).
		WithMemoryLimitPages(memoryPages)
}

// load makes PDFium ready to be started.
func load(config wazero.RuntimeConfig) (pdfium.Pool, error) {
	return webassembly.Init(webassembly.Config{
		MinIdle:       0,
		MaxIdle:       1,
		MaxTotal:      2,
		FSConfig:      wazero.NewFSConfig(), // no files
		RuntimeConfig: config,
		Stdout:        io.Discard,
		Stderr:        io.Discard,
	})
}

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

// instance waits for a free sandbox. Neither that nor starting PDFium is the
// work of the file that happens to want it first.
func (e *Engine) instance(ctx context.Context) (pdfium.Pdfium, error) {
	defer cputime.Pause(ctx)()
	pool, err := e.start()
	if err != nil {
		return nil, err
	}
	return pool.GetInstanceWithContext(ctx)
}

// Document is an open PDF. It is for one goroutine.
type Document struct {
	instance pdfium.Pdfium
	ref      references.FPDF_DOCUMENT
	dead     bool
	Pages    int // number of pages
}

// Open opens a PDF from memory; data must stay unchanged until Close.
func (e *Engine) Open(ctx context.Context, data []byte) (*Document, error) {
	instance, err := e.instance(ctx)
	if err != nil {
		if ctx.Err() != nil { // the pool says "timeout" in words of its own
			err = ctx.Err()
		}
		return nil, fmt.Errorf("PDF engine: %w", err)
	}
	d := &Document{instance: instance}
	err = d.do(ctx, openTime, func() error {
		doc, err := instance.OpenDocument(&requests.OpenDocument{File: &data})
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
	if err != nil {
		d.Close()
		switch {
		case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
			return nil, ErrPassword
		case errors.Is(err, ErrTime), ctx.Err() != nil:
			return nil, err
		}
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	return d, nil
}

// do runs f with a time limit. When it runs out the sandbox is thrown away:
// the document cannot be used after that.
func (d *Document) do(ctx context.Context, limit time.Duration, f func() error) error {
	if d.dead {
		return ErrTime
	}
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
		return err
	case <-ctx.Done():
		why = ctx.Err()
	case <-cputime.After(ctx, limit):
		why = ErrTime
	}
	d.dead = true
	if err := d.instance.Kill(); err != nil {
		why = fmt.Errorf("%w (%w)", why, err)
	}
	<-done // the killed call returns at its next loop; nothing outlives us
	return why
}

// Close frees the document and its sandbox.
func (d *Document) Close() error {
	if d.dead {
		return nil
	}
	d.dead = true
	return d.instance.Close()
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
		for _, r := range text.Rects {
			if len(runs) == maxRuns {
				break
			}
			x0, y0, err := d.device(page, p, r.PointPosition.Left, r.PointPosition.Top)
			if err != nil {
				return err
			}
			x1, y1, err := d.device(page, p, r.PointPosition.Right, r.PointPosition.Bottom)
			if err != nil {
				return err
			}
			runs = append(runs, run{text: r.Text, x0: min(x0, x1), y0: min(y0, y1), x1: max(x0, x1), y1: max(y0, y1)})
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
