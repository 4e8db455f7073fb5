package ocr

import (
	"math"

	"github.com/aecheck/aecheck/pkg/raster"
)

// filter lists, for one output position, the inputs it is made of.
type filter struct {
	first   int
	weights []float32
}

// filters returns the triangle filters that scale n inputs to m outputs. When
// scaling down the triangle widens with the factor, so that every input
// counts; when scaling up it is bilinear interpolation.
func filters(n, m int) []filter {
	scale := float64(n) / float64(m)
	radius := max(scale, 1)
	out := make([]filter, m)
	for i := range out {
		centre := (float64(i)+0.5)*scale - 0.5
		lo := max(0, int(math.Ceil(centre-radius)))
		hi := min(n-1, int(math.Floor(centre+radius)))
		f := filter{first: lo}
		var sum float64
		for x := lo; x <= hi; x++ {
			w := max(0, 1-math.Abs(float64(x)-centre)/radius)
			f.weights = append(f.weights, float32(w))
			sum += w
		}
		for k := range f.weights {
			f.weights[k] /= float32(sum)
		}
		out[i] = f
	}
	return out
}

// planes scales a region of a picture to w×h and stores it in dst as three planes of
// values 0…255 in the order blue, green, red.
func planes(dst []float32, img *raster.RGB, reg region, w, h int) {
	across, down := filters(reg.x1-reg.x0, w), filters(reg.y1-reg.y0, h)
	row := make([]float32, 3*(reg.x1-reg.x0))
	source := func(y int) []uint8 { return img.Pix[3*((reg.y0+y)*img.W+reg.x0):][:len(row)] }
	for y, f := range down {
		if len(f.weights) == 2 {
			a, b := source(f.first), source(f.first+1)
			u, v := f.weights[0], f.weights[1]
			for i := range row {
				row[i] = u*float32(a[i]) + v*float32(b[i])
			}
		} else {
			for k, weight := range f.weights {
				if k == 0 {
					for i, v := range source(f.first) {
						row[i] = weight * float32(v)
					}
					continue
				}
				for i, v := range source(f.first + k) {
					row[i] += weight * float32(v)
				}
			}
		}
		acrossRow(dst[y*w:][:w], dst[(h+y)*w:][:w], dst[(2*h+y)*w:][:w], row, across)
	}
}

// acrossRow scales a row of red, green and blue.
func acrossRow(b, g, r, row []float32, across []filter) {
	for x, f := range across {
		p := row[3*f.first:]
		var sr, sg, sb float32
		switch weights := f.weights; len(weights) {
		case 1:
			p, u := p[:3], weights[0]
			sr, sg, sb = u*p[0], u*p[1], u*p[2]
		case 2:
			p, u, v := p[:6], weights[0], weights[1]
			sr, sg, sb = u*p[0]+v*p[3], u*p[1]+v*p[4], u*p[2]+v*p[5]
		default:
			for k, weight := range weights {
				p := p[3*k:][:3]
				sr += weight * p[0]
				sg += weight * p[1]
				sb += weight * p[2]
			}
		}
		b[x], g[x], r[x] = sb, sg, sr
	}
}
