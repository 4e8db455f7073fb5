package document

import (
	"context"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract/paper/ink"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/ocr"
	"github.com/aecheck/aecheck/pkg/raster"
	"github.com/aecheck/aecheck/pkg/testkit/papers"
)

// uprightReader reads a page that is higher than wide and has its print in the upper
// half, and nothing on others.
type uprightReader struct{ TextReader }

func (uprightReader) Read(_ context.Context, m *raster.RGB, _ ocr.Options) ([]ocr.Line, error) {
	if m.W > m.H {
		return rows(4, 0.7, 90), nil
	}
	upper, lower := 0, 0
	for i, v := range m.Luma().Pix {
		switch {
		case v > 100:
		case 2*i < m.W*m.H:
			upper++
		default:
			lower++
		}
	}
	if upper < 3*lower {
		return nil, nil
	}
	return rows(20, 0.97, 0), nil
}

// A page that lies on its side or upside down is turned and read, and the turn is
// told with the size of the page as it lies; one that nobody can read either way
// stays as it is.
func TestSetUpright(t *testing.T) {
	for _, lies := range []int{0, 90, 180, 270} {
		s := papers.NewSheet(1000, 1400, 7)
		if err := s.Body(180, 12); err != nil {
			t.Fatal(err)
		}
		m := s.RGB().Turn(lies)
		e := &Extractor{reader: uprightReader{}}
		read, err := e.reader.Read(context.Background(), m, ocr.Options{})
		if err != nil {
			t.Fatal(err)
		}
		d := &facts.Document{}
		v := view{paper{number: 3, m: m, toPage: scaleTo(m.W, m.H, 2*m.W, 2*m.H)}, ink.New(m, sheetDetail), read}
		why, err := e.setUpright(context.Background(), d, &v)
		if err != nil || why != "" {
			t.Errorf("turned by %d: %q, %v", lies, why, err)
		}
		if len(v.read) != 20 || v.paper.m.W != 1000 {
			t.Errorf("turned by %d: %d lines on a page %d wide", lies, len(v.read), v.paper.m.W)
		}
		switch {
		case lies == 0 && len(d.Turned) != 0:
			t.Errorf("upright, and turned %v", d.Turned)
		case lies != 0 && (len(d.Turned) != 1 || d.Turned[0] != facts.Turn{Page: 3, Degrees: 360 - lies, Width: 2 * m.W, Height: 2 * m.H}):
			t.Errorf("turned by %d: %v", lies, d.Turned)
		}
		if got, want := v.paper.toPage(facts.Box{100, 200, 300, 50}), (facts.Box{200, 400, 600, 100}); got != want {
			t.Errorf("turned by %d: a box at %v of the page, want %v", lies, got, want)
		}
	}
}

// Back undoes a turn.
func TestTurnBack(t *testing.T) {
	m := raster.NewRGB(30, 20)
	m.Pix[3*(4*30+7)] = 255 // the pixel 7, 4
	for _, degrees := range []int{90, 180, 270} {
		r := m.Turn(degrees)
		for i := 0; i < len(r.Pix); i += 3 {
			if r.Pix[i] == 0 {
				continue
			}
			b := facts.Turn{Degrees: degrees, Width: 30, Height: 20}.Back(facts.Box{i / 3 % r.W, i / 3 / r.W, 1, 1})
			if b != (facts.Box{7, 4, 1, 1}) {
				t.Errorf("turned by %d: back at %v", degrees, b)
			}
		}
	}
}
