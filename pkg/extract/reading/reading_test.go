package reading_test

import (
	"bytes"
	"context"
	"errors"
	"image/png"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/extract/paper/document"
	"github.com/aecheck/aecheck/pkg/extract/picture/text"
	"github.com/aecheck/aecheck/pkg/extract/reading"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/ocr"
	"github.com/aecheck/aecheck/pkg/raster"
	"github.com/aecheck/aecheck/pkg/testkit/papers"
)

// reader gives a sure line and a doubtful one, and counts the whole readings.
type reader struct {
	whole, page int
	err         error
}

func (r *reader) Read(_ context.Context, m *raster.RGB, o ocr.Options) ([]ocr.Line, error) {
	if o.Fast {
		return nil, r.err // a further look for slanted marks
	}
	lines := []ocr.Line{
		{Text: "Authorization Letter", Confidence: 0.9, Box: [4]int{100, 100, 300, 40}},
		{Text: "wechat", Confidence: 0.6, Box: [4]int{100, 300, 300, 40}, Doubtful: true},
	}
	if o.Page {
		r.page++
		return lines[:1], r.err
	}
	r.whole++
	return lines, r.err
}

func (*reader) Recognize(context.Context, *raster.RGB) (ocr.Line, error) { return ocr.Line{}, nil }

func (*reader) RecognizeCarefully(context.Context, *raster.RGB) (ocr.Line, error) {
	return ocr.Line{}, nil
}

func (*reader) RecognizeViews(_ context.Context, views []*raster.RGB) ([]ocr.Line, error) {
	return make([]ocr.Line, len(views)), nil
}

func page(t *testing.T) []byte {
	t.Helper()
	s := papers.NewSheet(700, 1000, 5)
	if err := s.Body(180, 20); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, s.RGBA); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestOnce: a picture that is judged as a photo and as a paper is read once as each,
// and the paper says what was read for sure.
func TestOnce(t *testing.T) {
	r := &reader{}
	photo, err := text.New(r)
	if err != nil {
		t.Fatal(err)
	}
	data := page(t)
	runner := extract.NewRunner([]extract.Extractor{photo, document.New(r, nil)}, extract.DefaultLimits(), nil)
	set, err := runner.Run(t.Context(), extract.Source{Open: func() (extract.ReadCloser, int64, error) {
		return file{bytes.NewReader(data)}, int64(len(data)), nil
	}}, extract.Request{})
	if err != nil {
		t.Fatal(err)
	}
	if set.Status("text").State != facts.Present || set.Status("document").State != facts.Present {
		t.Errorf("text %+v, document %+v", set.Status("text"), set.Status("document"))
	}
	if len(set.Document.Text) != 1 || set.Document.Text[0].Text != "Authorization Letter" {
		t.Errorf("the paper says %+v", set.Document.Text)
	}
	if r.whole != 1 || r.page != 1 {
		t.Errorf("read %d times, as a page %d", r.whole, r.page)
	}
}

type file struct{ *bytes.Reader }

func (file) Close() error { return nil }

func TestErrors(t *testing.T) {
	bad := errors.New("no picture")
	in := extract.NewInput("png", 0, nil, bytes.NewReader(nil), func(context.Context, int) (*raster.Picture, error) { return nil, bad })
	for range 2 {
		if _, err := reading.Picture(t.Context(), in, &reader{}); !errors.Is(err, bad) {
			t.Errorf("err = %v", err)
		}
	}
	in = extract.NewInput("png", 0, nil, bytes.NewReader(nil), func(context.Context, int) (*raster.Picture, error) {
		return &raster.Picture{RGB: raster.NewRGB(4, 4)}, nil
	})
	if _, err := reading.Picture(t.Context(), in, &reader{err: bad}); !errors.Is(err, bad) {
		t.Errorf("err = %v", err)
	}
}
