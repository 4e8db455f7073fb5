package ocr

import (
	"context"
	"fmt"
	"math"

	"github.com/aecheck/aecheck/pkg/onnx"
	"github.com/aecheck/aecheck/pkg/raster"
)

// Input of the detector: sides are multiples of 32; values (x/255-mean)/std in
// the order blue, green, red. The constants are those of PaddleOCR
// (NormalizeImage of det_mv3_db.yml), which applies them in that order.
const sideStep = 32

var (
	detectMean = [3]float32{0.485 * 255, 0.456 * 255, 0.406 * 255}
	detectStd  = [3]float32{0.229 * 255, 0.224 * 255, 0.225 * 255}
)

const (
	// fewBoxes is the number of lines up to which a picture is searched for
	// faint marks and its lines are read in several cuts. A picture with more is
	// a page of text.
	fewBoxes = 12
	// mostFaint is the number of boxes that the search for faint marks may add.
	mostFaint = 24
	// whiteLimit is the longest side at which a picture is looked at once more for
	// white letters, whiteFloor the value from which a channel counts there, and
	// whiteGround the share of white from which it is the ground, not the letters.
	whiteLimit, whiteFloor, whiteGround = 480, 150, 0.35
	// tileOverlap is how far neighbouring tiles overlap, in pixels: more than
	// the height of the small marks that tiles are for.
	tileOverlap = 96
)

// detectSize returns the size a w×h picture is scaled to for a limit.
func detectSize(w, h, limit int) (int, int) {
	scale := min(1, float64(limit)/float64(max(w, h)))
	side := func(v int) int {
		return max(sideStep, int(math.Round(float64(v)*scale/sideStep))*sideStep)
	}
	return side(w), side(h)
}

// detect finds the boxes of a picture: sure ones, and others that need a
// better reading to count.
func (r *Reader) detect(ctx context.Context, img *raster.RGB, o Options) (sure, faint []box, err error) {
	for _, reg := range contentRegions(img, region{0, 0, img.W, img.H}) {
		s, f, err := r.detectRegion(ctx, img, reg, !o.Fast, o)
		if err != nil {
			return nil, nil, err
		}
		sure, faint = append(sure, s...), append(faint, f...)
		if !o.Tiles {
			continue
		}
		for _, tile := range tiles(reg, o.Limit) {
			if len(contentRegions(img, tile)) == 0 {
				continue
			}
			s, _, err := r.detectRegion(ctx, img, tile, false, o)
			if err != nil {
				return nil, nil, err
			}
			faint = append(faint, s...)
		}
	}
	if len(sure) > fewBoxes && !o.Tiles {
		faint = nil
	}
	if !o.Fast && !o.Page {
		white, err := r.detectWhite(ctx, img, o)
		if err != nil {
			return nil, nil, err
		}
		faint = append(faint, white...)
	}
	return sure, faint, nil
}

// detectWhite finds the boxes of large white letters, laid over a picture that is
// so full of things that the letters are lost among them: of every pixel only what
// is white of it is looked at.
func (r *Reader) detectWhite(ctx context.Context, img *raster.RGB, o Options) ([]box, error) {
	if share := whiteShare(img); share == 0 || share > whiteGround {
		return nil, nil
	}
	w, h := detectSize(img.W, img.H, min(o.Limit, whiteLimit))
	n := w * h
	in := r.inputs.take(3 * n)
	defer r.inputs.put(in)
	planes(in, img, region{0, 0, img.W, img.H}, w, h)
	for i := range n {
		v := min(in[i], in[n+i], in[2*n+i])
		v = max(0, v-whiteFloor) * 255 / (255 - whiteFloor)
		for k := range detectMean {
			in[k*n+i] = (v - detectMean[k]) / detectStd[k]
		}
	}
	prob, err := r.probability(ctx, in, w, h, o)
	if err != nil {
		return nil, err
	}
	boxes := findBoxes(prob, w, h, false)
	for i := range boxes {
		boxes[i].quad.scale(float64(img.W)/float64(w), float64(img.H)/float64(h))
	}
	return strongest(boxes, mostFaint), nil
}

// whiteShare is the share of a picture's pixels that are white, by a sample of them.
func whiteShare(img *raster.RGB) float64 {
	const samples = 1 << 14
	step := max(1, img.W*img.H/samples) | 1 // odd: no column is met again and again
	white, all := 0, 0
	for i := 0; i < img.W*img.H; i += step {
		p := img.Pix[3*i:]
		if min(p[0], p[1], p[2]) > (whiteFloor+255)/2 {
			white++
		}
		all++
	}
	return float64(white) / float64(all)
}

// tiles covers a region that is larger than limit with overlapping tiles of at
// most limit a side. A smaller region needs none.
func tiles(reg region, limit int) []region {
	w, h := reg.x1-reg.x0, reg.y1-reg.y0
	if max(w, h) <= limit {
		return nil
	}
	starts := func(n int) []int {
		if n <= limit {
			return []int{0}
		}
		step := max(limit-tileOverlap, limit/2)
		count := (n - limit + step - 1) / step
		var out []int
		for i := range count + 1 {
			out = append(out, i*(n-limit)/count)
		}
		return out
	}
	var out []region
	for _, y := range starts(h) {
		for _, x := range starts(w) {
			out = append(out, region{reg.x0 + x, reg.y0 + y, min(reg.x0+x+limit, reg.x1), min(reg.y0+y+limit, reg.y1)})
		}
	}
	return out
}

// detectRegion finds the boxes of one region and, if second is set and they
// are few, those that appear only when local contrast is raised.
func (r *Reader) detectRegion(ctx context.Context, img *raster.RGB, reg region, second bool, o Options) (sure, faint []box, err error) {
	w, h := detectSize(reg.x1-reg.x0, reg.y1-reg.y0, o.Limit)
	in := r.inputs.take(3 * w * h)
	defer r.inputs.put(in)
	planes(in, img, reg, w, h)
	for k := range detectMean {
		plane := in[k*w*h : (k+1)*w*h]
		normalize(plane, plane, detectMean[k], detectStd[k])
	}
	place := func(boxes []box) []box {
		sx, sy := float64(reg.x1-reg.x0)/float64(w), float64(reg.y1-reg.y0)/float64(h)
		for i := range boxes {
			boxes[i].quad.scale(sx, sy)
			boxes[i].quad.move(float64(reg.x0), float64(reg.y0))
		}
		return boxes
	}
	plain, err := r.probability(ctx, in, w, h, o)
	if err != nil {
		return nil, nil, err
	}
	sure = place(findBoxes(plain, w, h, o.Page))
	if !second || len(sure) > fewBoxes {
		return sure, nil, nil
	}
	raw := r.inputs.take(w * h)
	defer r.inputs.put(raw)
	for k := range detectMean {
		plane := in[k*w*h : (k+1)*w*h]
		// Undo the normalisation: a second copy of the input would be large.
		normalize(raw, plane, -detectMean[k]/detectStd[k], 1/detectStd[k])
		enhance(plane, raw, w, h)
		normalize(plane, plane, detectMean[k], detectStd[k])
	}
	raised, err := r.probability(ctx, in, w, h, o)
	if err != nil {
		return nil, nil, err
	}
	faint = findBoxes(raised, w, h, false)
	// What one look shows of a line and what the other does make the whole.
	for i, p := range plain {
		if p > raised[i] {
			raised[i] = p
		}
	}
	both := findBoxes(raised, w, h, false)
	faint = append(strongest(faint, mostFaint), strongest(both, mostFaint)...)
	if !o.Page { // nothing runs through print, and what is written by hand stands beside it
		faint = append(faint, joined(both)...)
	}
	return sure, place(faint), nil
}

// normalize stores (src-mean)/std in dst.
func normalize(dst, src []float32, mean, std float32) {
	scale, shift := 1/std, -mean/std
	for i, v := range src[:len(dst)] {
		dst[i] = v*scale + shift
	}
}

// probability runs the detector on a prepared input and returns, for every pixel
// of it, how likely it belongs to a line of text.
func (r *Reader) probability(ctx context.Context, in []float32, w, h int, o Options) ([]float32, error) {
	model, err := r.detector()
	if err != nil {
		return nil, err
	}
	out, err := model.Run(ctx, onnx.Tensor{Shape: []int{1, 3, h, w}, Data: in}, onnx.Options{Threads: o.Threads})
	if err != nil {
		return nil, err
	}
	if len(out.Data) != w*h {
		return nil, fmt.Errorf("ocr: the detector gives %v for %d×%d", out.Shape, w, h)
	}
	return out.Data, nil
}
