package document

import (
	"context"
	"fmt"
	"math"

	"github.com/aecheck/aecheck/pkg/extract/paper/ink"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/ocr"
)

// view is a page, its sheet, and what was read on it.
type view struct {
	paper paper
	sheet *ink.Sheet
	read  []ocr.Line
}

// setUpright says why a page could not be read (see unread). One that lies on its
// side or upside down is turned and read again; what is read on one that cannot be
// turned is out of order, if not nonsense.
func (e *Extractor) setUpright(ctx context.Context, d *facts.Document, v *view) (why string, err error) {
	why, err = e.unread(ctx, v.paper, v.sheet, v.read)
	if err != nil || why != sideways && why != upsideDown {
		return why, err
	}
	if e.reader == nil {
		v.read = nil
		return why, nil
	}
	degrees, err := e.upright(ctx, v.paper, why, v.read)
	if err != nil {
		return "", err
	}
	if degrees == 0 {
		v.read = nil
		return why, nil
	}
	turned, how := v.paper.turn(degrees)
	read, err := e.reader.Read(ctx, turned.m, ocr.Options{Page: true, Missed: true, Threads: turned.threads})
	if err != nil {
		return "", fmt.Errorf("read turned by %d°: %w", degrees, err)
	}
	*v = view{turned, ink.New(turned.m, sheetDetail), read}
	d.Turned = append(d.Turned, how)
	if why, err = e.unread(ctx, v.paper, v.sheet, v.read); why == sideways || why == upsideDown {
		v.read = nil
	}
	return why, err
}

// uprightShare is how many times as many letters must be read on a page after it
// was turned as before.
const uprightShare = 2

// upright tells by how many degrees, clockwise, a page that lies on its side or upside
// down must be turned, by reading it coarsely in the ways it may lie; 0 where no way
// of turning makes it better.
func (e *Extractor) upright(ctx context.Context, p paper, why string, read []ocr.Line) (degrees int, err error) {
	ways := []int{90, 270}
	if why == upsideDown {
		ways = []int{180}
	}
	scale := math.Min(1, flippedDetail/float64(max(p.m.W, p.m.H)))
	small := p.m.Shrink(int(float64(p.m.W)*scale), int(float64(p.m.H)*scale))
	_, level, _ := count(read)
	most := max(hardlyAny, uprightShare*level)
	if why == upsideDown {
		most = hardlyAny // read the other way up already, see unread
	}
	for _, way := range ways {
		lines, err := e.reader.Read(ctx, small.Turn(way), ocr.Options{Page: true, Fast: true})
		if err != nil {
			return 0, fmt.Errorf("read turned by %d°: %w", way, err)
		}
		if n, level, well := count(lines); well >= wellRead && 2*level >= n && n > most {
			degrees, most = way, n
		}
	}
	return degrees, nil
}

// turn is the page turned clockwise; its boxes are of the page so turned.
func (p paper) turn(degrees int) (paper, facts.Turn) {
	page := p.toPage(facts.Box{0, 0, p.m.W, p.m.H})
	how := facts.Turn{Page: p.number, Degrees: degrees, Width: page[2], Height: page[3]}
	p.m = p.m.Turn(degrees)
	w, h := how.Width, how.Height
	if degrees != 180 {
		w, h = h, w
	}
	p.toPage = scaleTo(p.m.W, p.m.H, w, h)
	return p, how
}
