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

// detectSize returns the size a w×h picture is scaled to for a limit.
func detectSize(w, h, limit int) (int, int) {
	scale := min(1, float64(limit)/float64(max(w, h)))
	side := func(v int) int {
		return max(sideStep, int(math.Round(float64(v)*scale/sideStep))*sideStep)
	}
	return side(w), side(h)
}

// detect finds the lines of a picture.
func (r *Reader) detect(ctx context.Context, img *raster.RGB, o Options) ([]box, error) {
	w, h := detectSize(img.W, img.H, o.Limit)
	return r.detectAt(ctx, img, w, h, o)
}

// detectAt finds the lines of a picture scaled to w×h.
func (r *Reader) detectAt(ctx context.Context, img *raster.RGB, w, h int, o Options) ([]box, error) {
	model, err := r.detector()
	if err != nil {
		return nil, err
	}
	in := planes(img, w, h, detectMean, detectStd)
	out, err := model.Run(ctx, onnx.Tensor{Shape: []int{1, 3, h, w}, Data: in}, onnx.Options{Threads: o.Threads})
	if err != nil {
		return nil, err
	}
	if len(out.Data) != w*h {
		return nil, fmt.Errorf("ocr: the detector gives %v for %d×%d", out.Shape, w, h)
	}
	boxes := findBoxes(out.Data, w, h)
	sx, sy := float64(img.W)/float64(w), float64(img.H)/float64(h)
	for i := range boxes {
		boxes[i].quad.scale(sx, sy)
	}
	return boxes, nil
}
