package document

import (
	"bytes"
	"context"
	"errors"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/extract/paper/pdf"
	"github.com/aecheck/aecheck/pkg/extract/paper/pdf/render"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
	"github.com/aecheck/aecheck/pkg/ocr"
	"github.com/aecheck/aecheck/pkg/raster"
)

// pdf reads a PDF: structure first, then its pages.
func (e *Extractor) pdf(ctx context.Context, in *extract.Input, out *facts.Set) error {
	data, err := in.Bytes()
	if err != nil {
		return err
	}
	f, err := pdf.Parse(data)
	if err != nil && !errors.Is(err, pdf.ErrNoPages) {
		return err
	}
	d := &out.Document
	d.Pages, d.Revisions, d.Producer = f.Pages, f.Revisions, f.Info.Producer
	later := f.AfterSigning()
	d.DigitalSignature = digitalSignature(f, later)
	d.Edited.Signals = edited(f, later.Changed)

	doc, err := e.engine.Open(ctx, data, sandboxMemory(in))
	switch {
	case errors.Is(err, render.ErrPassword):
		d.Encrypted = true
		d.Edited.Score = score(d.Edited.Signals)
		unreadable(out, pdf.ErrEncrypted)
		return nil
	case err != nil:
		return err
	}
	defer doc.Close()
	d.Pages = doc.Pages
	if d.Pages == 0 {
		return pdf.ErrNoPages
	}
	if d.Pages > pdf.MaxPages {
		return pdf.ErrTooManyPage
	}
	layer, recognised, textRead := false, false, true
	for i := range min(d.Pages, maxTextPages) {
		text, err := doc.Text(ctx, i)
		if err != nil {
			return err
		}
		hasText := legible(text.Lines)
		if !wanted(i, d.Pages) {
			if hasText {
				d.Text = append(d.Text, text.Lines...)
			}
			continue
		}
		p, err := e.pdfPage(ctx, f, doc, i, text)
		if err != nil {
			return err
		}
		if hasText {
			p.lines, layer = text.Lines, true
		}
		if err := doc.Rest(); err != nil { // not beside what it takes to read text
			return err
		}
		p.read, p.threads = e.readPage(ctx, p.m, in.Threads), in.Threads
		read, err := e.look(ctx, d, p)
		if err != nil {
			return err
		}
		textRead = textRead && read
		recognised = recognised || read && !hasText
		d.PagesRead++
	}
	switch {
	case layer && recognised:
		d.TextSource = "both"
	case layer:
		d.TextSource = "text_layer"
	case recognised:
		d.TextSource = "recognised"
	default:
		d.TextSource = "none"
	}
	e.finish(out, textRead)
	return nil
}

// Memory in bytes. A sandbox has what a page of text or a scan at 300 dpi takes, or,
// alone, all it may ever have. It does not stand beside the reading of a page.
const (
	ordinarySandbox = 112 << 20
	pagePictures    = 30 << 20 // the page and what is made of it
	paperText       = 64 << 20 // of a Word or text file
)

func sandboxMemory(in *extract.Input) int64 {
	if in.Alone() {
		return render.MaxMemory
	}
	return ordinarySandbox
}

// Memory implements extract.Sizer.
func (e *Extractor) Memory(in *extract.Input) int64 {
	switch {
	case in.Format == format.PDF && e.engine.Compiles():
		return render.CompileMemory
	case in.Format == format.PDF:
		return ordinarySandbox + pagePictures
	case !raster.Decodable(in.Format):
		return paperText
	case e.reader == nil:
		return pagePictures
	}
	return ocr.Memory
}

// wanted picks the pages to look at: all of a short document, else the first
// and the last ones.
func wanted(i, n int) bool {
	return n <= maxPicturePages || i < maxPicturePages/2 || i >= min(n, maxTextPages)-maxPicturePages/2
}

// pdfPage gets the picture of a page: straight from the file where the page is
// one scan, else rendered.
func (e *Extractor) pdfPage(ctx context.Context, f *pdf.File, doc *render.Document, i int, text render.Page) (paper, error) {
	p := paper{number: i + 1, drawn: legible(text.Lines)}
	if jpeg, _, _, ok := f.SinglePicture(i); ok && !p.drawn {
		m, err := raster.Decode(ctx, bytes.NewReader(jpeg), int64(len(jpeg)), raster.Options{Format: format.JPEG, Detail: extract.Page})
		if err == nil {
			p.m, p.toPage = m.RGB, scaleTo(m.W, m.H, text.W, text.H)
			return p, nil
		}
		// A picture that we cannot decode may still be drawn by PDFium.
	}
	m, err := doc.Picture(ctx, i, text)
	if err != nil {
		return p, err
	}
	p.m, p.toPage = m, scaleTo(m.W, m.H, text.W, text.H)
	return p, nil
}

// scaleTo maps boxes of a picture of w×h pixels to a page of pw×ph.
func scaleTo(w, h, pw, ph int) func(facts.Box) facts.Box {
	return func(b facts.Box) facts.Box {
		x0, y0 := b[0]*pw/max(w, 1), b[1]*ph/max(h, 1)
		x1, y1 := (b[0]+b[2])*pw/max(w, 1), (b[1]+b[3])*ph/max(h, 1)
		return facts.Box{x0, y0, x1 - x0, y1 - y0}
	}
}

// digitalSignature sums up the signatures of a file.
func digitalSignature(f *pdf.File, later pdf.Later) facts.DigitalSignature {
	s := facts.DigitalSignature{Present: len(f.Signatures) > 0, Count: len(f.Signatures), ChangedSince: later.Changed, ChangedPages: later.Pages}
	for _, a := range later.Added {
		s.AddedSince = append(s.AddedSince, string(a))
	}
	if !s.Present {
		return s
	}
	s.Valid, s.Checked = true, true
	for _, g := range f.Signatures {
		s.Checked = s.Checked && g.Checked
		if !g.Valid {
			s.Valid = false
			if s.FailureReason == "" {
				s.FailureReason = g.Reason
			}
		}
		if !g.Timestamp || s.Signer == "" {
			if g.Signer != "" {
				s.Signer = g.Signer
			} else if g.Name != "" {
				s.Signer = g.Name
			}
			s.SignedAt = g.SignedAt
		}
	}
	s.CoversWhole = f.Signatures[len(f.Signatures)-1].CoversWhole
	return s
}
