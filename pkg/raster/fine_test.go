package raster

import (
	"bytes"
	"fmt"
	"testing"
)

// TestFine: the fine luma is that of a decode at its scale, whatever the scale of
// the colours, which stay what they are without it.
func TestFine(t *testing.T) {
	for _, tt := range []struct{ w, h, detail, fine, scale int }{
		{2600, 1900, 700, 1600, 1},
		{3300, 1400, 800, 1600, 2},
		{3300, 1400, 1600, 1650, 2}, // both at half size
		{4300, 1000, 800, 1600, 2},
		{6600, 720, 800, 1600, 4},
		{2500, 300, 800, 1600, 1}, // with a native window
		{300, 2500, 800, 1600, 1},
	} {
		name := fmt.Sprintf("%d×%d at %d and %d", tt.w, tt.h, tt.detail, tt.fine)
		m := testImage(tt.w, tt.h)
		for i := range m.Pix {
			m.Pix[i] ^= uint8(i / 4 % 7 * 5) // fine detail
		}
		data := encode(t, "jpeg", m)
		for _, orientation := range []int{1, 6} {
			p, err := decode(data, Options{Format: "jpeg", Orientation: orientation, Detail: tt.detail, Fine: tt.fine})
			if err != nil {
				t.Fatal(name, err)
			}
			plain, err := decode(data, Options{Format: "jpeg", Orientation: orientation, Detail: tt.detail})
			if err != nil || !bytes.Equal(p.Pix, plain.Pix) || plain.Fine() != nil {
				t.Errorf("%s: the colours differ (%v)", name, err)
			}
			want := lumaAt(t, data, tt.scale)
			w, h := want.W, want.H
			if max(w, h) > tt.fine*13/10 {
				w, h = fit(w, h, tt.fine)
				want = want.Shrink(w, h)
			}
			if orientation == 6 {
				want = &Gray{W: h, H: w, Pix: turn(want.Pix, w, h, 1, 6)}
			}
			if g := p.Fine(); g == nil || g.W != want.W || g.H != want.H || !bytes.Equal(g.Pix, want.Pix) {
				t.Errorf("%s, orientation %d: another luma", name, orientation)
			}
		}
	}
	for _, tt := range []struct {
		name string
		data []byte
		o    Options
	}{
		{"smaller", encode(t, "jpeg", testImage(1500, 20)), Options{Format: "jpeg", Detail: 800, Fine: 1600}},
		{"not more than the colours", encode(t, "jpeg", testImage(2500, 20)), Options{Format: "jpeg", Detail: 1600, Fine: 1600}},
		{"red, green and blue", flatJPEG("RGB", nil, true, [3][3]int{}), Options{Format: "jpeg", Detail: 4, Fine: 8}},
		{"PNG", encode(t, "png", testImage(2500, 20)), Options{Format: "png", Detail: 800, Fine: 1600}},
	} {
		if p, err := decode(tt.data, tt.o); err != nil || p.Fine() != nil {
			t.Errorf("%s: %v, or there is a fine luma", tt.name, err)
		}
	}
}

// TestFineProgressive: where coefficients are kept until the end, the fine luma is
// the same.
func TestFineProgressive(t *testing.T) {
	files, tried := jpegFiles(t), 0
	for name, data := range files {
		twin, ok := files[name+".progressive"]
		if !ok {
			continue
		}
		tried++
		a, err := decode(data, Options{Format: "jpeg", Detail: 10, Fine: 30})
		if err != nil {
			t.Fatal(name, err)
		}
		b, err := decode(twin, Options{Format: "jpeg", Detail: 10, Fine: 30})
		if err != nil {
			t.Fatal(name, err)
		}
		if a, b := a.Fine(), b.Fine(); a != nil && b != nil && !bytes.Equal(a.Pix, b.Pix) {
			t.Errorf("%s: another luma", name)
		}
	}
	if tried < 3 {
		t.Errorf("%d pairs of files", tried)
	}
}
