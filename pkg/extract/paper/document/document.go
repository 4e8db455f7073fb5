// Package document reads papers: letters, commitment letters, notices,
// evidence and statements, as PDF, scan, photo, Word or text file. It joins
// what the rooms beside it find: pages and signatures of the file (pdf), text
// and its meaning (letter), seals, handwriting and legibility of the page.
//
// It may import pkg/cputime, pkg/edits, pkg/extract,
// pkg/extract/paper, pkg/extract/reading, pkg/facts, pkg/format, pkg/lang,
// pkg/ocr, pkg/pinyin and pkg/raster.
package document

import (
	"context"
	"errors"
	"slices"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/extract/paper/docx"
	"github.com/aecheck/aecheck/pkg/extract/paper/letter"
	"github.com/aecheck/aecheck/pkg/extract/paper/markup"
	"github.com/aecheck/aecheck/pkg/extract/paper/pdf/render"
	"github.com/aecheck/aecheck/pkg/extract/reading"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/ocr"
	"github.com/aecheck/aecheck/pkg/raster"
)

const (
	// maxTextPages, maxPicturePages bound the pages of a long document whose
	// text layer is read and that are looked at. Letters are short; the first
	// pages and the last carry titles, seals and signatures.
	maxTextPages    = 60
	maxPicturePages = 12
	// maxTextFile bounds a statement given as a text file.
	maxTextFile = 4 << 20
)

// TextReader recognises text in a picture; *ocr.Reader is one.
type TextReader interface {
	reading.Reader
	// Recognize reads a picture that holds one level line, the unrolled ring
	// of a seal.
	Recognize(ctx context.Context, m *raster.RGB) (ocr.Line, error)
}

// Extractor finds the facts of group "document".
type Extractor struct {
	reader TextReader
	engine *render.Engine
}

// New returns the extractor. Without a reader (--no-ocr) text is taken from
// text layers only, and what depends on text is not extracted for scans.
// engine renders PDF pages.
func New(reader TextReader, engine *render.Engine) *Extractor {
	return &Extractor{reader: reader, engine: engine}
}

// Name differs without a text reader: facts found without it must not be
// served from the cache to a run with it.
func (e *Extractor) Name() string {
	if e.reader == nil {
		return "document-notext"
	}
	return "document"
}

// Provides the group document.
func (e *Extractor) Provides() []string { return []string{"document"} }

// Accepts PDF, every picture, Word and text files.
func (e *Extractor) Accepts(name string) bool {
	switch name {
	case format.PDF, format.DOCX, format.Text, format.CSV:
		return true
	}
	return raster.Decodable(name)
}

// Detail is what a page at 200 dpi has.
func (e *Extractor) Detail() int { return extract.Page }

// Extract reads the document.
func (e *Extractor) Extract(ctx context.Context, in *extract.Input, out *facts.Set) error {
	d := &out.Document
	switch {
	case in.Format == format.PDF:
		return inWords(e.pdf(ctx, in, out))
	case in.Format == format.DOCX:
		paragraphs, err := docx.Paragraphs(in, in.Size)
		if err != nil {
			return inWords(err)
		}
		textDocument(d, paragraphs)
	case in.Format == format.Text || in.Format == format.CSV:
		if in.Size > maxTextFile {
			return inWords(errTooLong)
		}
		b, err := in.Bytes()
		if err != nil {
			return err
		}
		text, plain := markup.Text(b)
		textDocument(d, splitLines(text))
		if !plain {
			e.finish(out, true)
			unseenPictures(out)
			return nil
		}
	case raster.Decodable(in.Format):
		return e.pictures(ctx, in, out)
	default:
		return errors.New("not a document")
	}
	e.finish(out, true)
	return nil
}

// textDocument fills in the lines of a document without pages.
func textDocument(d *facts.Document, lines []string) {
	d.Pages, d.PagesRead, d.TextSource, d.Color = 1, 1, "text_layer", true
	for _, l := range lines {
		if len(d.Text) == 5000 {
			break
		}
		d.Text = append(d.Text, facts.DocLine{Page: 1, Text: l, Confidence: 1})
	}
}

// unseenPictures sets the states of a text that may hold pictures, a scan of a seal or a
// signature among them: these were not looked for.
func unseenPictures(out *facts.Set) {
	for _, f := range facts.DocumentFields("page") {
		out.SetStatus("document."+f, facts.Status{State: facts.NotExtracted, Why: lang.T("这类文件里的图片没有看：请另存为 PDF 再检查", "pictures in a file of this kind are not looked at: save it as a PDF and check again")})
	}
}

// finish reads the meaning of the text and sets the states. textRead is false
// where a page had text that nobody could read.
func (e *Extractor) finish(out *facts.Set, textRead bool) {
	all := letter.Read(&out.Document) && out.Document.Pages <= maxTextPages
	owners(&out.Document)
	if d := &out.Document; d.Pages == 1 && slices.Contains(d.Unread, otherScript) {
		d.Language, d.Languages = "", nil // numbers and names in Latin letters
	}
	out.Document.Edited.Score = score(out.Document.Edited.Signals)
	out.SetStatus("document", facts.Status{State: facts.Present})
	switch {
	case textRead && all:
		return
	case textRead:
		// What was found is there; what was not may be in the rest.
		for _, f := range append(out.Document.Unset("text"), "text") {
			out.SetStatus("document."+f, facts.Status{State: facts.NotExtracted, Why: lang.T("文件太长，只读了前面的部分：请只放与申诉有关的那几页", "the document is too long and only its beginning was read: hand in the pages that matter")})
		}
		return
	}
	for _, f := range facts.DocumentFields("text") {
		out.SetStatus("document."+f, facts.Status{State: facts.NotExtracted, Why: lang.T("已用 --no-ocr 关闭文字识别", "text recognition is switched off (--no-ocr)"), Asked: true})
	}
}

// unreadable sets the states of a document whose contents cannot be seen.
func unreadable(out *facts.Set, why error) {
	out.SetStatus("document", facts.Status{State: facts.Present})
	for _, f := range facts.DocumentFields("text", "page") {
		out.SetStatus("document."+f, facts.Status{State: facts.Failed, Why: readError{why}.Text()})
	}
}
