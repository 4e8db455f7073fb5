package imagehash

import (
	"fmt"
	"math"
	"math/bits"
	"math/rand"
	"strconv"
	"testing"

	"github.com/aecheck/aecheck/pkg/raster"
)

func plane(seed int64, w, h int) *raster.Gray {
	r := rand.New(rand.NewSource(seed))
	g := &raster.Gray{W: w, H: h, Pix: make([]uint8, w*h)}
	var fx, fy, phase [12]float64
	for i := range fx {
		fx[i], fy[i], phase[i] = r.NormFloat64()*6, r.NormFloat64()*6, r.Float64()*7
	}
	for y := range h {
		for x := range w {
			v := 128.0
			for i := range fx {
				v += 20 * math.Sin(fx[i]*float64(x)/float64(w)+fy[i]*float64(y)/float64(h)+phase[i])
			}
			g.Pix[y*w+x] = uint8(min(255, max(0, v)))
		}
	}
	return g
}

func TestHashesSurviveResizing(t *testing.T) {
	a, b := plane(1, 640, 480), plane(1, 640, 480).Shrink(300, 225)
	p, quality := PDQ(a)
	q, _ := PDQ(b)
	if d := p.Distance(q); d > 16 || quality < 50 {
		t.Errorf("PDQ distance %d, quality %d", d, quality)
	}
	if d := bits.OnesCount64(DHash(a) ^ DHash(b)); d > 3 {
		t.Errorf("dHash distance %d", d)
	}
}

func TestHashesTellPicturesApart(t *testing.T) {
	for seed := int64(2); seed < 12; seed++ {
		p, _ := PDQ(plane(1, 400, 400))
		q, _ := PDQ(plane(seed, 400, 400))
		if d := p.Distance(q); d < 70 {
			t.Errorf("seed %d: PDQ distance %d", seed, d)
		}
	}
}

// TestPDQBits: a hash has half its bits set, and a horizontal cosine of
// frequency k sets the bit of coefficient (0, k).
func TestPDQBits(t *testing.T) {
	p, _ := PDQ(plane(3, 512, 512))
	n := 0
	for _, w := range p {
		n += bits.OnesCount64(w)
	}
	if n < 120 || n > 136 {
		t.Errorf("%d bits set", n)
	}
	for k := 1; k <= 16; k += 5 {
		g := &raster.Gray{W: 512, H: 512, Pix: make([]uint8, 512*512)}
		for y := range 512 {
			for x := range 512 {
				// Row frequency 1 as well: the block leaves out the constant row.
				v := math.Cos(math.Pi*float64(k)*(float64(x)+0.5)/512) * math.Cos(math.Pi*(float64(y)+0.5)/512)
				g.Pix[y*512+x] = uint8(128 + 100*v)
			}
		}
		h, _ := PDQ(g)
		if h[0]>>(k-1)&1 != 1 {
			t.Errorf("frequency %d: bit not set in %s", k, h)
		}
	}
}

func TestPDQText(t *testing.T) {
	p, _ := PDQ(plane(4, 100, 80))
	q, err := parsePDQ(p.String())
	if err != nil || p != q {
		t.Errorf("%s becomes %s (%v)", p, q, err)
	}
	for _, s := range []string{"", "xyz", p.String()[1:] + "g"} {
		if _, err := parsePDQ(s); err == nil {
			t.Errorf("%q was read", s)
		}
	}
}

func TestTinyAndFlatPlanes(t *testing.T) {
	for _, s := range [][2]int{{1, 1}, {2, 300}, {9, 8}, {63, 65}} {
		g := &raster.Gray{W: s[0], H: s[1], Pix: make([]uint8, s[0]*s[1])}
		if _, quality := PDQ(g); quality != 0 {
			t.Errorf("%v: a flat plane has quality %d", s, quality)
		}
		DHash(g)
	}
}

// parsePDQ reads what String wrote.
func parsePDQ(s string) (Hash256, error) {
	var h Hash256
	if len(s) != 64 {
		return h, fmt.Errorf("a PDQ hash has 64 hex digits, not %d", len(s))
	}
	for i := range h {
		v, err := strconv.ParseUint(s[16*(3-i):16*(4-i)], 16, 64)
		if err != nil {
			return Hash256{}, err
		}
		h[i] = v
	}
	return h, nil
}
