package listing

import (
	"bytes"
	"errors"
	"flag"
	"image"
	"image/jpeg"
	_ "image/png"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/rwcarlsen/goexif/exif"

	"github.com/aecheck/aecheck/pkg/lang"
)

var update = flag.Bool("update", false, "remake testdata")

// maxCase is the most a sample case may weigh.
const maxCase = 3 << 20

// TestTestdata compares testdata with what the code makes, byte for byte.
func TestTestdata(t *testing.T) {
	if runtime.GOARCH != "amd64" && !*update {
		t.Skip("other processors round floating point differently; testdata is made on amd64")
	}
	if testing.Short() {
		t.Skip("draws all pictures again")
	}
	cases, err := Cases()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			root := filepath.Join("..", "..", "..", "testdata", c.Name)
			if *update {
				write(t, root, c.Files)
			}
			total := 0
			var want []string
			for _, f := range c.Files {
				total += len(f.Data)
				want = append(want, f.Path)
				got, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(f.Path)))
				if err != nil {
					t.Error(err)
				} else if !bytes.Equal(got, f.Data) {
					t.Errorf("%s differs from what the code makes; run go test ./pkg/testkit/listing -update", f.Path)
				}
			}
			if total > maxCase {
				t.Errorf("%d bytes, at most %d wanted", total, maxCase)
			}
			slices.Sort(want)
			if got := found(t, root); !slices.Equal(got, want) {
				t.Errorf("files in testdata %q, made %q", got, want)
			}
		})
	}
}

func write(t *testing.T, root string, files []File) {
	if err := os.RemoveAll(root); err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		path := filepath.Join(root, filepath.FromSlash(f.Path))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, f.Data, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
}

func found(t *testing.T, root string) []string {
	var all []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(root, path)
			all = append(all, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	return all
}

// TestEncoder decodes what the encoder writes and compares the pixels.
func TestEncoder(t *testing.T) {
	for _, size := range [][2]int{{64, 48}, {33, 17}, {1, 1}} {
		for _, full := range []bool{false, true} {
			cv := newCanvas(size[0], size[1], rgb{})
			cv.wash(func(x, y float64) (rgb, float64) { return rgb{x, y, 0.5 * (x + y)}, 1 })
			want := cv.image()
			o := jpegOptions{full: full}
			o.luma, o.chroma = cameraTables(0.5)
			got, err := jpeg.Decode(bytes.NewReader(encodeJPEG(want, o)))
			if err != nil {
				t.Fatalf("%v: %v", size, err)
			}
			if got.Bounds() != want.Bounds() {
				t.Fatalf("%v: decoded to %v", size, got.Bounds())
			}
			sum := 0.0
			for y := range size[1] {
				for x := range size[0] {
					r, g, b, _ := got.At(x, y).RGBA()
					c := want.RGBAAt(x, y)
					for _, d := range []float64{float64(r>>8) - float64(c.R), float64(g>>8) - float64(c.G), float64(b>>8) - float64(c.B)} {
						sum += math.Abs(d)
					}
				}
			}
			if mean := sum / float64(3*size[0]*size[1]); mean > 6 {
				t.Errorf("%v full=%v: off by %.1f of 255 on average", size, full, mean)
			}
		}
	}
}

// TestExif reads what the writer writes with another's reader.
func TestExif(t *testing.T) {
	taken := time.Date(2026, 2, 20, 10, 41, 7, 0, lang.Beijing())
	scene := newCanvas(320, 240, hex(0x808080))
	x, err := exif.Decode(bytes.NewReader(shoot(scene, camera(taken, "31", 200, 160))))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct {
		field exif.FieldName
		value string
	}{
		{exif.Make, `"LUMORA"`}, {exif.Model, `"LUMORA S1"`}, {exif.DateTimeOriginal, `"2026:02:20 10:41:07"`},
		{exif.PixelXDimension, "320"}, {exif.PixelYDimension, "240"}, {exif.ISOSpeedRatings, "200"},
		{exif.ExposureTime, `"1/160"`}, {exif.FNumber, `"56/10"`}, {exif.FocalLength, `"50/1"`}, {exif.SubSecTimeOriginal, `"31"`},
	} {
		tag, err := x.Get(want.field)
		if err != nil {
			t.Errorf("%s: %v", want.field, err)
		} else if got := tag.String(); got != want.value {
			t.Errorf("%s: got %s, want %s", want.field, got, want.value)
		}
	}
	thumb, err := x.JpegThumbnail()
	if err != nil {
		t.Fatal(err)
	}
	if c, err := jpeg.DecodeConfig(bytes.NewReader(thumb)); err != nil || c.Width != 160 || c.Height != 120 {
		t.Errorf("thumbnail %v, %v", c, err)
	}
}

// TestSamplesAreWhatTheyClaim checks what the rest of the tests builds on.
func TestSamplesAreWhatTheyClaim(t *testing.T) {
	read := func(name string) image.Image {
		f, err := os.Open(filepath.Join("..", "..", "..", "testdata", filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		img, _, err := image.Decode(f)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return img
	}
	for name, white := range map[string]bool{
		"honest/replacement/main/m1.jpg": true, "honest/replacement/main/m2.jpg": true, "honest/replacement/marketing_3x4/k1.jpg": true,
		"honest/replacement/sku/RED.jpg": true, "honest/replacement/detail/d1.jpg": true,
		"listing/替换图/主图/01_正面.jpg": false, "listing/替换图/主图/02_黑色.jpg": true,
	} {
		if got := whiteEdge(read(name)); got != white {
			t.Errorf("%s: white edge %v, want %v", name, got, white)
		}
	}
	if b := read("listing/原图/Screenshot_20261119-101500.png").Bounds(); b.Dx() != 1170 || b.Dy() != 2532 {
		t.Errorf("screenshot is %v", b)
	}
	if b := read("honest/source/IMG_2001.JPG").Bounds(); b.Dx()*b.Dy() < 2e6 {
		t.Errorf("source is %v", b)
	}
}

// whiteEdge reports whether the outermost pixels are all white.
func whiteEdge(img image.Image) bool {
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if x > b.Min.X+3 && x < b.Max.X-4 && y > b.Min.Y+3 && y < b.Max.Y-4 {
				continue
			}
			if r, g, bl, _ := img.At(x, y).RGBA(); min(r, g, bl) < 0xfa00 {
				return false
			}
		}
	}
	return true
}
