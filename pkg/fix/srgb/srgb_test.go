package srgb_test

import (
	"errors"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/fix/srgb"
)

// profile is a profile that the library is tested with, from its module.
func profile(t testing.TB, name string) []byte {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/kovidgoyal/imaging").Output()
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "prism/meta/icc/test-profiles", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

type pair struct{ from, to []uint8 }

// The wanted values are littlecms 2's (perceptual, with black point compensation).
func TestAsLittleCMS(t *testing.T) {
	tests := []struct {
		file  string
		pairs []pair
	}{
		{"displayp3.icc", []pair{
			{[]uint8{255, 0, 0}, []uint8{255, 0, 0}}, {[]uint8{128, 128, 128}, []uint8{128, 128, 128}}, {[]uint8{255, 255, 255}, []uint8{255, 255, 255}},
			{[]uint8{200, 120, 60}, []uint8{213, 115, 42}}, {[]uint8{30, 180, 90}, []uint8{0, 183, 78}}, {[]uint8{240, 230, 210}, []uint8{242, 230, 208}}, {[]uint8{90, 40, 140}, []uint8{97, 36, 145}},
		}},
		{"adobergb.icc", []pair{
			{[]uint8{0, 255, 0}, []uint8{0, 255, 0}}, {[]uint8{128, 128, 128}, []uint8{129, 129, 129}}, {[]uint8{0, 0, 0}, []uint8{0, 0, 0}},
			{[]uint8{200, 120, 60}, []uint8{224, 121, 53}}, {[]uint8{30, 180, 90}, []uint8{0, 181, 83}}, {[]uint8{240, 230, 210}, []uint8{244, 231, 210}}, {[]uint8{90, 40, 140}, []uint8{103, 35, 144}},
		}},
		{"cmyk.icc", []pair{
			{[]uint8{0, 0, 0, 0}, []uint8{255, 255, 255}}, {[]uint8{255, 0, 0, 0}, []uint8{0, 174, 239}}, {[]uint8{0, 255, 0, 0}, []uint8{236, 0, 140}}, {[]uint8{0, 0, 255, 0}, []uint8{255, 242, 0}},
			{[]uint8{0, 0, 0, 255}, []uint8{35, 31, 32}}, {[]uint8{128, 64, 32, 16}, []uint8{122, 157, 185}}, {[]uint8{20, 180, 160, 10}, []uint8{217, 105, 90}}, {[]uint8{60, 10, 80, 0}, []uint8{197, 219, 186}},
		}},
	}
	for _, test := range tests {
		data := profile(t, test.file)
		for _, p := range test.pairs {
			tr, err := srgb.New(data, len(p.from))
			if err != nil || tr == nil {
				t.Fatalf("%s: %v %v", test.file, tr, err)
			}
			m := image.NewNRGBA(image.Rect(0, 0, 1, 1))
			copy(m.Pix, append(p.from[:min(3, len(p.from)):3], 255))
			if len(p.from) == 4 {
				inks := image.NewCMYK(image.Rect(0, 0, 1, 1))
				copy(inks.Pix, p.from)
				if m, err = tr.CMYK(inks); err != nil {
					t.Fatal(err)
				}
			} else if err := tr.RGB(m); err != nil {
				t.Fatal(err)
			}
			for c := range 3 {
				if d := int(m.Pix[c]) - int(p.to[c]); d < -2 || d > 2 {
					t.Errorf("%s: %v became %v, want %v", test.file, p.from, m.Pix[:3], p.to)
					break
				}
			}
		}
	}
}

func TestSRGBIsLeftAlone(t *testing.T) {
	tr, err := srgb.New(profile(t, "sRGB-v4.icc"), 3)
	if tr != nil || err != nil {
		t.Errorf("sRGB gave %v, %v", tr, err)
	}
}

func TestProfileOfOtherColours(t *testing.T) {
	if _, err := srgb.New(profile(t, "cmyk.icc"), 3); !errors.Is(err, srgb.ErrSpace) {
		t.Errorf("a CMYK profile for an RGB picture: %v", err)
	}
}

// FuzzProfile asks that no profile, however broken, makes more of it than an error.
func FuzzProfile(f *testing.F) {
	f.Add(profile(f, "displayp3.icc"), uint8(3))
	f.Add(profile(f, "gray-v4-lut.icc"), uint8(1))
	f.Add(profile(f, "jpegli.icc"), uint8(3))
	f.Fuzz(func(t *testing.T, data []byte, channels uint8) {
		tr, err := srgb.New(data, int(channels%5))
		if err != nil || tr == nil {
			return
		}
		m := image.NewNRGBA(image.Rect(0, 0, 2, 2))
		copy(m.Pix, []uint8{0, 1, 2, 255, 250, 128, 7, 255, 255, 255, 255, 255, 9, 200, 31, 255})
		_ = tr.RGB(m) // an error will do
	})
}
