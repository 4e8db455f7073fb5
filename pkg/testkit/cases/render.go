package cases

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"

	"github.com/aecheck/aecheck/pkg/testkit/papers"
)

// resolutions are how many pixels wide a page is drawn: about 150, 180 and 200
// dots to the inch.
var resolutions = [...]int{1240, 1488, 1654}

// scale is how many pixels a millimetre of the page has.
func scale(img image.Image) float64 { return float64(img.Bounds().Dx()) / pageWidth }

// draw makes a picture of a page, so many pixels wide.
func (d *Drawer) draw(p *sheet, width int, seed uint64) (*papers.Sheet, error) {
	out := papers.NewSheet(width, width*297/210, seed)
	perMM := scale(out)
	for _, r := range p.rules {
		hline(out.RGBA, r)
	}
	for _, r := range p.runs {
		c := map[string]color.RGBA{"black": {28, 28, 32, 255}, "blue": {38, 58, 150, 255}, "red": {190, 30, 36, 255}, "gray": {120, 120, 126, 255}}[r.ink]
		if err := d.fonts.print(out.RGBA, r.x*perMM, r.y*perMM, r.size*pointSize*perMM, r.face, r.text, c); err != nil {
			return nil, err
		}
	}
	for _, top := range []bool{false, true} {
		for _, st := range p.stamps {
			if st.isTop == top {
				multiply(out.RGBA, st)
			}
		}
	}
	return out, nil
}

func hline(img *image.RGBA, r rule) {
	perMM := scale(img)
	ink := color.RGBA{60, 60, 66, 255}
	for t := 0.0; t <= 1; t += 0.0003 {
		x, y := (r.x0+(r.x1-r.x0)*t)*perMM, (r.y0+(r.y1-r.y0)*t)*perMM
		img.SetRGBA(int(x), int(y), ink)
		if r.y0 == r.y1 {
			img.SetRGBA(int(x), int(y)+1, ink)
		} else {
			img.SetRGBA(int(x)+1, int(y), ink)
		}
	}
}

// multiply lays a tile over a page as ink does.
func multiply(img *image.RGBA, st stamp) {
	perMM := scale(img)
	w, h := st.tile.w*perMM, st.tile.h*perMM
	x0, y0 := st.x*perMM-w/2, st.y*perMM-h/2
	k := inkDPI / 25.4 / perMM // tile pixels to a page pixel
	for y := int(y0); y < int(y0+h)+1; y++ {
		for x := int(x0); x < int(x0+w)+1; x++ {
			if !(image.Point{x, y}).In(img.Rect) {
				continue
			}
			var sum [3]float64
			n := 0.0
			for v := (float64(y) - y0) * k; v < (float64(y)-y0+1)*k; v++ {
				for u := (float64(x) - x0) * k; u < (float64(x)-x0+1)*k; u++ {
					px := pixelOr(st.tile.img, int(u), int(v))
					for c := range 3 {
						sum[c] += float64(px[c])
					}
					n++
				}
			}
			i := img.PixOffset(x, y)
			for c := range 3 {
				img.Pix[i+c] = uint8(float64(img.Pix[i+c]) * sum[c] / n / 255)
			}
		}
	}
}

// capture makes of a drawn page the picture that is handed in.
func capture(rng *rand.Rand, s *papers.Sheet, page *sheet, medium string, f flaw) *papers.Sheet {
	switch medium {
	case tilted:
		a := between(rng, 0.6, 2.4) * math.Pi / 180
		if chance(rng, 50) {
			a = -a
		}
		s = turned(s, a)
		grain(rng, s, between(rng, 1, 3))
	case photo, shadow, photoEdges:
		s = photographed(rng, s, page, medium, f)
	case grayScan:
		s.Gray()
		grain(rng, s, between(rng, 1, 3))
	default:
		grain(rng, s, between(rng, 0.8, 3))
	}
	if f.retouched {
		retouch(s.RGBA, page.date)
	}
	if f.blur > 0 {
		s.Blur(f.blur)
	}
	if f.cutBottom || f.cutRight {
		s = cut(s, f, page, medium)
	}
	for range f.turned {
		s = quarter(s)
	}
	return s
}

// grain adds the noise of a sensor, sigma in levels. The noise of a page is made
// of a strip that every row enters at a place of its own: a tenth of the time.
func grain(rng *rand.Rand, s *papers.Sheet, sigma float64) {
	strip := make([]int16, 1<<15)
	for i := range strip {
		strip[i] = int16(math.Round(rng.NormFloat64() * sigma))
	}
	for y := range s.Rect.Dy() {
		row, at := s.Pix[y*s.Stride:][:4*s.Rect.Dx()], rng.IntN(len(strip))
		for i := 0; i < len(row); i += 4 {
			for k := range 3 {
				row[i+k] = uint8(max(0, min(255, int16(row[i+k])+strip[at])))
				at = (at + 1) % len(strip)
			}
		}
	}
}

// turned turns a page on the scanner's glass.
func turned(s *papers.Sheet, a float64) *papers.Sheet {
	w, h := float64(s.Rect.Dx()), float64(s.Rect.Dy())
	sin, cos := math.Sincos(a)
	at := func(x, y float64) [2]float64 {
		return [2]float64{w/2 + (x-w/2)*cos - (y-h/2)*sin, h/2 + (x-w/2)*sin + (y-h/2)*cos}
	}
	out, _ := s.Lay(int(w), int(h), [4][2]float64{at(0, 0), at(w, 0), at(w, h), at(0, h)}, color.RGBA{248, 248, 248, 255})
	return out
}

// photographed lays the page on a desk under a lamp.
func photographed(rng *rand.Rand, s *papers.Sheet, page *sheet, medium string, f flaw) *papers.Sheet {
	w := float64(s.Rect.Dx()) * 1.16
	h := w * 1.375
	desk := pick(rng, []color.RGBA{{120, 84, 56, 255}, {70, 72, 76, 255}, {186, 176, 160, 255}, {52, 60, 70, 255}})
	j := func(x, y float64) [2]float64 {
		return [2]float64{x + between(rng, -0.023, 0.023)*w, y + between(rng, -0.023, 0.023)*w}
	}
	corners := [4][2]float64{j(0.075*w, 0.07*w), j(0.925*w, 0.07*w), j(0.925*w, h-0.07*w), j(0.075*w, h-0.07*w)}
	if medium == photoEdges { // the paper's margin goes over the picture's edge, its text does not
		side := pick(rng, []int{0, 1})
		for i := range corners {
			if right := i == 1 || i == 2; right == (side == 1) {
				corners[i][0] += map[int]float64{0: -1, 1: 1}[side] * 0.097 * w
			}
		}
	}
	perMM := scale(s)
	out, place := s.Lay(int(w), int(h), corners, desk)
	out.Light(between(rng, 0.6, 0.88))
	green := between(rng, 0.92, 0.98)
	out.Tint(between(rng, 0.98, 1), green, green-between(rng, 0.01, 0.1)) // lamps are warm
	if medium == shadow {
		out.Shadow(between(rng, 0.3, 0.7), between(rng, 0.58, 0.78))
	}
	spot := func(box [4]float64, wide float64) {
		cx, cy := place((box[0]+box[2]/2)*perMM, (box[1]+box[3]/2)*perMM)
		glare(out.RGBA, cx, cy, max(box[2]*0.55*perMM, 50), max(box[3]*0.55*perMM*wide, 50))
	}
	if f.glare {
		spot(page.seal, 1)
	}
	if f.glareName {
		spot(page.name, 2.2)
	}
	grain(rng, out, between(rng, 2, 5))
	return out
}

// glare whitens a spot beyond the paper's white, as a lamp's reflection does.
func glare(img *image.RGBA, cx, cy, rx, ry float64) {
	for y := int(cy - 1.6*ry); y < int(cy+1.6*ry); y++ {
		for x := int(cx - 1.6*rx); x < int(cx+1.6*rx); x++ {
			if !(image.Point{x, y}).In(img.Rect) {
				continue
			}
			d := math.Hypot((float64(x)-cx)/rx, (float64(y)-cy)/ry)
			a := max(0, min(1, (1.5-d)/0.5))
			i := img.PixOffset(x, y)
			for k := range 3 {
				img.Pix[i+k] = uint8(float64(img.Pix[i+k])*(1-a) + 255*a)
			}
		}
	}
}

// cut takes a part of the picture away, at the bottom at least the date of a scan.
func cut(s *papers.Sheet, f flaw, page *sheet, medium string) *papers.Sheet {
	b := s.Rect
	w, h := b.Dx(), b.Dy()
	if f.cutBottom {
		h = h * 52 / 100
		if date := page.date; date[2] > 0 && medium != photo && medium != shadow && medium != photoEdges {
			h = min(h, int((date[1]-2*date[3]*pointSize)*scale(s.RGBA)))
		}
	}
	if f.cutRight {
		w = w * 66 / 100
	}
	out := papers.NewSheet(w, h, 1)
	for y := range h {
		copy(out.Pix[out.PixOffset(0, y):][:4*w], s.Pix[s.PixOffset(0, y):][:4*w])
	}
	return out
}

// retouch paints the place of the date over in one even colour, as picture
// editors do.
func retouch(img *image.RGBA, box [4]float64) {
	k := scale(img)
	up := box[3] * pointSize * 1.1
	for y := int((box[1] - up) * k); y < int((box[1]+up*0.35)*k); y++ {
		for x := int((box[0] - 1) * k); x < int((box[0]+box[2]+2)*k); x++ {
			img.SetRGBA(x, y, color.RGBA{255, 255, 255, 255})
		}
	}
}

// quarter turns a picture by 90 degrees.
func quarter(s *papers.Sheet) *papers.Sheet {
	w, h := s.Rect.Dx(), s.Rect.Dy()
	out := papers.NewSheet(h, w, 1)
	for y := range h {
		for x := range w {
			copy(out.Pix[out.PixOffset(h-1-y, x):][:4], s.Pix[s.PixOffset(x, y):][:4])
		}
	}
	return out
}

func asJPEG(img image.Image, quality int) ([]byte, error) {
	var b bytes.Buffer
	err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality})
	return b.Bytes(), err
}

func asPNG(img image.Image) ([]byte, error) {
	var b bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, img)
	return b.Bytes(), err
}

// paper makes the file of a paper: its bytes and extension. More than one page
// of a picture medium becomes a PDF of scans.
func (d *Drawer) paper(rng *rand.Rand, pages []*sheet, medium string, f flaw, editor string) ([]byte, string, error) {
	b, ext, err := d.whole(rng, pages, medium, f, editor)
	switch {
	case f.empty:
		b = nil
	case f.half:
		b = b[:len(b)*55/100]
	}
	return b, ext, err
}

// whole is paper without what goes wrong with files.
func (d *Drawer) whole(rng *rand.Rand, pages []*sheet, medium string, f flaw, editor string) ([]byte, string, error) {
	if f.dropPage > 0 && f.dropPage <= len(pages) && f.claims == 0 {
		pages = append(append([]*sheet{}, pages[:f.dropPage-1]...), pages[f.dropPage:]...)
	}
	if medium == pdfText {
		b, err := d.textPDF(pages, editor)
		return b, ".pdf", err
	}
	if medium == wordFile {
		b, err := docx(pages)
		return b, ".docx", err
	}
	var shots []*papers.Sheet
	width := resolutions[rng.IntN(len(resolutions))]
	if medium == photo || medium == shadow || medium == photoEdges {
		width = resolutions[1+rng.IntN(2)]
	}
	for _, page := range pages {
		s, err := d.draw(page, width, rng.Uint64())
		if err != nil {
			return nil, "", err
		}
		s = capture(rng, s, page, medium, f)
		if f.retouched {
			b := page.date
			if err := d.fonts.print(s.RGBA, b[0]*scale(s), b[1]*scale(s), b[3]*pointSize*scale(s), plain, "2026-10-12", color.Black); err != nil {
				return nil, "", err
			}
		}
		shots = append(shots, s)
	}
	quality := 78 + rng.IntN(14)
	if len(shots) == 1 && medium != pdfScan && medium != pdfSearch {
		if medium == scanPNG {
			b, err := asPNG(shots[0].RGBA)
			return b, ".png", err
		}
		b, err := asJPEG(shots[0].RGBA, quality)
		return b, ".jpg", err
	}
	if medium != pdfSearch {
		pages = nil // no text under it
	}
	b, err := d.scanPDF(shots, pages, quality, editor)
	return b, ".pdf", err
}
