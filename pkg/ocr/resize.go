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

// planes scales a region of a picture to w×h and returns it as three planes of
// values 0…255 in the order blue, green, red.
func planes(img *raster.RGB, reg region, w, h int) []float32 {
	out := make([]float32, 3*w*h)
	across, down := filters(reg.x1-reg.x0, w), filters(reg.y1-reg.y0, h)
	row := make([]float32, 3*(reg.x1-reg.x0))
	for y, f := range down {
		for k, weight := range f.weights {
			src := img.Pix[3*((reg.y0+f.first+k)*img.W+reg.x0):][:len(row)]
			switch {
			case k == 0 && weight == 1:
				for i, v := range src {
					row[i] = float32(v)
				}
				continue
			case k == 0:
				for i, v := range src {
					row[i] = weight * float32(v)
				}
				continue
			}
			for i, v := range src {
				row[i] += weight * float32(v)
			}
		}
		b, g, r := out[y*w:][:w], out[(h+y)*w:][:w], out[(2*h+y)*w:][:w]
		for x, f := range across {
			var sr, sg, sb float32
			p := row[3*f.first:][:3*len(f.weights)]
			for k, weight := range f.weights {
				sr += weight * p[3*k]
				sg += weight * p[3*k+1]
				sb += weight * p[3*k+2]
			}
			b[x], g[x], r[x] = sb, sg, sr
		}
	}
	return out
}
