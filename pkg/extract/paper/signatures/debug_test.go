package signatures

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract/paper/ink"
	"github.com/aecheck/aecheck/pkg/extract/paper/seals"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/testkit/papers"
)

func TestDebug(t *testing.T) {
	seed, _ := strconv.ParseUint(os.Getenv("AECHECK_SEED"), 10, 64)
	for _, f := range strings.Split(os.Getenv("DEBUG"), ",") {
		i, err := strconv.Atoi(f)
		if err != nil {
			continue
		}
		g := papers.Signings(seed, i+1)[i]
		m, err := g.Draw()
		if err != nil {
			t.Fatal(err)
		}
		s := ink.New(m, Detail)
		var boxes []Seal
		for _, s := range seals.Find(s, m.W, m.H) {
			boxes = append(boxes, Seal{s.Box, s.Color})
		}
		var lines []Line
		for _, l := range g.Lines {
			b := l.Box
			lines = append(lines, Line{l.Text, facts.Box{b.Min.X, b.Min.Y, b.Dx(), b.Dy()}, l.Confidence})
		}
		pen := penPlane(s)
		th := threshold(s.Dark)
		t.Logf("%s scale %v seals %v sign %v place %v", g.Name, s.Scale, boxes, g.Sign, g.Place)
		for k, level := range [...]uint8{th, max(44, th*11/20)} {
			p := newPage(s, pen, level, lines, boxes)
			t.Logf("level %d text %v print %+v left %v", level, p.text, p.print, func() (v []uint8) {
				for _, b := range p.seals {
					v = append(v, p.left(b, max(0, b.box[0]), max(0, b.box[1]), min(s.W, b.box[0]+b.box[2]), min(s.H, b.box[1]+b.box[3])))
				}
				return
			}())
			for _, l := range p.labels {
				t.Logf("  label %+v", l)
				if !l.sign {
					continue
				}
				var loose []cluster
				for i, b := range p.parts.Blobs {
					c := cluster{b.X0, b.Y0, b.X1, b.Y1, []int{i}}
					if b.Area < 5 || b.W() > p.sheet.W/2 || p.isPrint(i) || !l.around(c) {
						continue
					}
					loose = append(loose, c)
				}
				for _, c := range p.merge(loose) {
					near, _, filled := p.wanted(c)
					st, mi, cr := p.shape(c)
					lk := p.lookOf(c.parts)
					if c.x1-c.x0 < 8 {
						continue
					}
					t.Logf("    cand %v parts %d near %q filled %v residue %.2f shape %.2f %.2f %.2f look %+v read %.2f byHand %.2f f %+v conf %.2f", []int{c.x0, c.y0, c.x1, c.y1}, len(c.parts), near, filled, p.residue(c), st, mi, cr, lk, p.around(c), p.byHand(lk, p.around(c)), p.measure(c), p.measure(c).confidence())
				}
			}
			if dir := os.Getenv(saveEnv); dir != "" {
				img := image.NewRGBA(image.Rect(0, 0, s.W, s.H))
				for y := range s.H {
					for x := range s.W {
						v := 255 - pen[y*s.W+x]
						c := color.RGBA{v, v, v, 255}
						if p.mask.At(x, y) {
							c = color.RGBA{0, 0, 200, 255}
							if b := p.at(x, y); b >= 0 && p.printed[b] {
								c = color.RGBA{0, 160, 0, 255}
							}
						}
						img.Set(x, y, c)
					}
				}
				fd, _ := os.Create(dir + "/dbg-" + f + "-" + strconv.Itoa(k) + ".png")
				png.Encode(fd, img)
				fd.Close()
			}
		}
	}
}

func (p *page) at(x, y int) int {
	for i, b := range p.parts.Blobs {
		if x < b.X0 || x >= b.X1 || y < b.Y0 || y >= b.Y1 {
			continue
		}
		for _, r := range p.parts.Runs(b) {
			if int(r.Y) == y && x >= int(r.X0) && x < int(r.X1) {
				return i
			}
		}
	}
	return -1
}
