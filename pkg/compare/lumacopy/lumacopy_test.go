package lumacopy

import (
	"bytes"
	"context"
	"errors"
	"image/jpeg"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/raster"
)

func input(p *raster.Picture, err error) *extract.Input {
	return extract.NewInput("jpeg", 0, nil, bytes.NewReader(nil), func(context.Context, int) (*raster.Picture, error) { return p, err })
}

func drawn(w, h int) *raster.Picture {
	rgb := raster.NewRGB(w, h)
	for i := range rgb.Pix {
		rgb.Pix[i] = uint8(i * 7)
	}
	return &raster.Picture{RGB: rgb, FullW: 3 * w, FullH: 3 * h}
}

func TestCopyComesBack(t *testing.T) {
	for _, size := range [][3]int{{1, 1, 1}, {400, 300, 300}, {1600, 900, 450}, {2, 3000, 800}} {
		out := &facts.Set{}
		src := drawn(size[0], size[1])
		if err := (Extractor{}).Extract(context.Background(), input(src, nil), out); err != nil {
			t.Fatal(err)
		}
		if out.Status("match").State != facts.Present {
			t.Errorf("%v: %v", size, out.Status("match"))
		}
		p, err := Picture(out.Match)
		if err != nil {
			t.Fatal(err)
		}
		if p.H != size[2] || p.FullW != 3*size[0] || p.FullH != 3*size[1] {
			t.Errorf("%v: %d×%d of %d×%d", size, p.W, p.H, p.FullW, p.FullH)
		}
		want := src.Luma().Shrink(p.W, p.H)
		sum := 0
		for i, v := range p.Luma().Pix {
			sum += max(int(v)-int(want.Pix[i]), int(want.Pix[i])-int(v))
		}
		if sum > 3*len(want.Pix) {
			t.Errorf("%v: the copy is %.1f levels off", size, float64(sum)/float64(len(want.Pix)))
		}
	}
}

func TestDamaged(t *testing.T) {
	damaged := &raster.PartialError{Problem: raster.Truncated, Format: "jpeg", Why: "cut"}
	out := &facts.Set{}
	if err := (Extractor{}).Extract(context.Background(), input(drawn(9, 9), damaged), out); !errors.Is(err, damaged) {
		t.Errorf("a damaged picture: %v", err)
	}
	good, err := Of(drawn(9, 9))
	if err != nil {
		t.Fatal(err)
	}
	big := raster.NewRGB(Side+1, 1)
	huge, err := Of(&raster.Picture{RGB: raster.NewRGB(9, 9), FullW: 9, FullH: 9})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, big.Image(), nil); err != nil {
		t.Fatal(err)
	}
	huge.JPEG = b.Bytes()
	for name, m := range map[string]facts.Match{
		"nothing": {}, "too large": huge,
		"cut":     {JPEG: good.JPEG[:len(good.JPEG)/2], FullWidth: 9, FullHeight: 9},
		"no size": {JPEG: good.JPEG},
	} {
		if _, err := Picture(m); err == nil {
			t.Errorf("%s: taken for whole", name)
		}
	}
}
