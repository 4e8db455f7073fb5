// Package text says what the text in a picture means: which lines lie over the
// picture and which are print on the product, watermarks and whose, contact
// details, promotional text, AI labels, Chinese text. Reading itself is done by
// an injected reader (pkg/ocr).
//
// Everything here is a function of the pixels. What depends on the case (this
// store's ID, brand words) is left to words.MatchBrands and words.OwnWatermark,
// which pkg/derive calls. Below it, words knows strings alone and overlay pixels
// alone; here both come together.
//
// It may import pkg/contacts, pkg/edits, pkg/extract,
// pkg/extract/picture/text/overlay, pkg/extract/picture/text/words,
// pkg/extract/reading, pkg/facts, pkg/ocr and pkg/raster.
package text

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/extract/picture/text/overlay"
	"github.com/aecheck/aecheck/pkg/extract/picture/text/words"
	"github.com/aecheck/aecheck/pkg/extract/reading"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/ocr"
	"github.com/aecheck/aecheck/pkg/raster"
)

// Reader reads text; *ocr.Reader is one.
type Reader interface {
	reading.Reader
	// RecognizeViews reads pictures of one level line, all of one size: the
	// reading of each and that of their mean.
	RecognizeViews(ctx context.Context, views []*raster.RGB) ([]ocr.Line, error)
	RecognizeCarefully(ctx context.Context, line *raster.RGB) (ocr.Line, error)
}

// maxLines bounds the lines judged; a dense letter has some 80.
const maxLines = 400

// Extractor fills facts.Text.
type Extractor struct {
	reader Reader
	words  *words.Lexicon
}

var _ extract.Extractor = (*Extractor)(nil)

// New returns an extractor that reads with reader; an error means the built-in
// word lists are damaged.
func New(reader Reader) (*Extractor, error) {
	w, err := words.Load()
	if err != nil {
		return nil, err
	}
	return &Extractor{reader: reader, words: w}, nil
}

// Name implements extract.Extractor.
func (*Extractor) Name() string { return "text" }

// Provides implements extract.Extractor.
func (*Extractor) Provides() []string { return []string{"text"} }

// Detail implements extract.Extractor. The detector sees at most 1280 px (no
// gain above), but lines are cut out of the larger picture, so small letters are
// read from all their pixels.
func (*Extractor) Detail() int { return extract.Page }

// Memory implements extract.Sizer.
func (*Extractor) Memory(*extract.Input) int64 { return ocr.Memory }

// Accepts implements extract.Extractor: every format that decodes to pixels.
func (*Extractor) Accepts(format string) bool { return raster.Decodable(format) }

// Extract implements extract.Extractor.
func (e *Extractor) Extract(ctx context.Context, in *extract.Input, out *facts.Set) error {
	pic, err := in.Picture(ctx, extract.Page)
	if err != nil {
		return fmt.Errorf("text: %w", err)
	}
	t, err := e.read(ctx, pic, in.Threads, func() ([]ocr.Line, error) { return reading.Picture(ctx, in, e.reader) })
	if err != nil {
		return fmt.Errorf("text: %w", err)
	}
	out.Text = t
	state := facts.Present
	if len(t.Lines) == 0 {
		state = facts.Absent
	}
	out.SetStatus("text", facts.Status{State: state})
	return nil
}

// Read returns the text facts of a picture; boxes are in pixels of the upright
// original. Brands and Watermark.Own are left for pkg/derive.
func (e *Extractor) Read(ctx context.Context, pic *raster.Picture) (facts.Text, error) {
	return e.read(ctx, pic, 0, func() ([]ocr.Line, error) {
		return e.reader.Read(ctx, pic.RGB, ocr.Options{Doubtful: true})
	})
}

// read does, with the lines that level reads in the picture as it is.
func (e *Extractor) read(ctx context.Context, pic *raster.Picture, threads int, level func() ([]ocr.Line, error)) (facts.Text, error) {
	if pic.W == 0 || pic.H == 0 || flat(pic.Luma()) {
		return facts.Text{}, nil
	}
	read, err := level()
	if err != nil {
		return facts.Text{}, err
	}
	if read, err = e.readSlanted(ctx, pic.RGB, slices.Clone(read), threads); err != nil {
		return facts.Text{}, err
	}
	return e.judge(ctx, pic, read[:min(len(read), maxLines)])
}

// judge turns lines that were read into facts.
func (e *Extractor) judge(ctx context.Context, pic *raster.Picture, read []ocr.Line) (facts.Text, error) {
	read = e.dropDoubtful(read)
	lines := make([]line, 0, len(read))
	ground := overlay.NewGround(pic.RGB)
	for _, l := range read {
		if err := ctx.Err(); err != nil {
			return facts.Text{}, err
		}
		if l.Text == "" || words.Texture(l.Text) {
			continue
		}
		lines = append(lines, measure(pic.RGB, ground, l))
	}
	lines = joinStacks(pic.RGB, ground, lines)
	countRepeats(lines)
	lines, err := e.mend(ctx, pic.RGB, ground, lines)
	if err != nil {
		return facts.Text{}, err
	}
	if err := e.readCarefully(ctx, pic.RGB, lines); err != nil {
		return facts.Text{}, err
	}
	lines = e.joinIDs(pic.RGB, ground, lines)
	countRepeats(lines)
	findCompany(lines)
	e.mean(lines)
	findCameras(lines)
	link(lines)
	var t facts.Text
	for i := range lines {
		lines[i].overlay = likelihood(&lines[i])
	}
	shareOverlay(lines)
	halfLabels(lines)
	findPrint(lines)
	for i := range lines {
		l := &lines[i]
		l.box = pic.ToFull(clip(l.Box, pic.W, pic.H))
		t.Lines = append(t.Lines, facts.TextLine{
			Text: l.Text, Confidence: l.Confidence, Box: l.box, HeightRatio: l.heightRatio,
			Corner: l.corner, Angle: l.tilt, Overlay: l.overlay,
		})
	}
	t.Contacts = e.contactsIn(lines)
	for i := range lines {
		l := &lines[i]
		for _, p := range l.Promotions {
			t.Promotions = append(t.Promotions, facts.TextHit{Text: l.Text, Value: p.Value, Confidence: round4(p.Confidence * l.Confidence), Overlay: l.overlay, Box: l.box})
		}
		if l.Label != "" {
			t.AILabels = append(t.AILabels, facts.AILabel{Text: l.Text, Form: l.Label, Corner: l.corner, HeightRatio: l.heightRatio, Box: l.box})
		}
		if l.han > 0 && !aShape(l) {
			overlay := l.overlay
			if l.onlyTilted() || l.onlySeen() {
				overlay = math.Min(overlay, mostReview)
			}
			t.Chinese = append(t.Chinese, facts.TextHit{Text: l.Text, Value: words.Han(l.Text), Confidence: l.Confidence, Overlay: overlay, Box: l.box})
		}
	}
	t.Watermarks = watermarks(lines)
	t.ChineseShare = chineseShare(lines)
	t.OverlayShare = overlayShare(lines, pic.W, pic.H)
	return t, nil
}

// aShape reports a single sign too high for a caption: a lamp on its foot is read as 小.
func aShape(l *line) bool {
	const highest = 0.15 // of the picture's height; captions seen have a tenth at most
	return len([]rune(words.Key(l.Text))) == 1 && l.heightRatio > highest
}

// dropDoubtful leaves of the lines that were read badly those that say something
// marks and contact details say: nothing else is read into texture in their words.
// They take the place of shorter readings they cover.
func (e *Extractor) dropDoubtful(read []ocr.Line) []ocr.Line {
	var out, doubtful []ocr.Line
	for _, l := range read {
		if !l.Doubtful {
			out = append(out, l)
		} else if e.saysSomething(l) {
			doubtful = append(doubtful, l)
		}
	}
	for _, d := range doubtful {
		known := false
		rest := out[:0:0]
		for _, l := range out {
			switch {
			case !covers(d.Quad, d.Angle, l.Quad) && !covers(l.Quad, l.Angle, d.Quad):
			case e.saysSomething(l) || len(l.Chars) >= len(d.Chars):
				known = true
			default:
				continue
			}
			rest = append(rest, l)
		}
		if !known {
			out = append(rest, d)
		}
	}
	return out
}

// saysSomething reports whether the words of a line are a finding, wherever they
// stand.
func (e *Extractor) saysSomething(read ocr.Line) bool {
	one := []line{{Line: read, han: len([]rune(words.Han(read.Text)))}}
	e.mean(one)
	l := &one[0]
	return l.Store.Found || l.Label != "" || l.Copyright || l.Forbidding || l.Mark || l.stock || len(l.Contacts) > 0
}

// flat reports whether no square of a picture holds enough contrast for a
// letter: such pictures need no reading.
func flat(g *raster.Gray) bool {
	const block, least = 16, 10 // px; luma steps between a faint mark and its ground
	for y0 := 0; y0 < g.H; y0 += block {
		for x0 := 0; x0 < g.W; x0 += block {
			lo, hi := uint8(255), uint8(0)
			for y := y0; y < min(y0+block, g.H); y++ {
				for _, v := range g.Pix[y*g.W+x0 : y*g.W+min(x0+block, g.W)] {
					lo, hi = min(lo, v), max(hi, v)
				}
			}
			if int(hi)-int(lo) >= least {
				return false
			}
		}
	}
	return true
}
