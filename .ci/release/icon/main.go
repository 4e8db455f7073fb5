// Command icon draws the program's icon, a tick over a framed photograph, into a
// folder: one PNG for each size that Windows shows, drawn for that size.
//
//	go run ./.ci/release/icon FOLDER
package main

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: icon FOLDER")
		os.Exit(2)
	}
	for _, size := range []int{16, 20, 24, 32, 40, 48, 64, 128, 256} {
		if err := write(filepath.Join(os.Args[1], fmt.Sprintf("icon%d.png", size)), draw(size)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func write(name string, img image.Image) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		return err
	}
	return f.Close()
}

// shape is what lies where: the distance to its edge in a picture one wide and one
// high, negative inside.
type shape struct {
	color color.NRGBA
	edge  func(x, y float64) float64
}

// rounded is a rectangle with round corners.
func rounded(x0, y0, x1, y1, r float64) func(x, y float64) float64 {
	return func(x, y float64) float64 {
		dx := math.Abs(x-(x0+x1)/2) - (x1-x0)/2 + r
		dy := math.Abs(y-(y0+y1)/2) - (y1-y0)/2 + r
		return math.Hypot(max(dx, 0), max(dy, 0)) + min(max(dx, dy), 0) - r
	}
}

func disc(cx, cy, r float64) func(x, y float64) float64 {
	return func(x, y float64) float64 { return math.Hypot(x-cx, y-cy) - r }
}

// stroke is a line with round ends.
func stroke(x0, y0, x1, y1, width float64) func(x, y float64) float64 {
	return func(x, y float64) float64 {
		along := ((x-x0)*(x1-x0) + (y-y0)*(y1-y0)) / (math.Pow(x1-x0, 2) + math.Pow(y1-y0, 2))
		along = min(max(along, 0), 1)
		return math.Hypot(x-x0-along*(x1-x0), y-y0-along*(y1-y0)) - width/2
	}
}

// hill rises to a peak from a base, at 45 degrees, and is cut off by the picture's sides.
func hill(px, py, base, left, right float64) func(x, y float64) float64 {
	return func(x, y float64) float64 {
		return max((math.Abs(x-px)-(y-py))/math.Sqrt2, y-base, left-x, x-right)
	}
}

// shapes are those of the icon, the hindmost first. What would be a speck in a small
// icon is left out, and no line is thinner than a pixel.
func shapes(size int) []shape {
	var (
		ink   = color.NRGBA{0x1c, 0x35, 0x52, 0xff}
		paper = color.NRGBA{0xff, 0xff, 0xff, 0xff}
		sky   = color.NRGBA{0xbf, 0xdd, 0xf2, 0xff}
		land  = color.NRGBA{0x4f, 0x8d, 0xbd, 0xff}
		sun   = color.NRGBA{0xf2, 0xa9, 0x1e, 0xff}
		green = color.NRGBA{0x1a, 0x8a, 0x3c, 0xff}
	)
	pixels := func(v float64) float64 { return math.Round(v*float64(size)) / float64(size) } // sharp edges
	line := max(pixels(0.045), 1/float64(size))
	frame := []float64{0, pixels(0.06), pixels(0.90), pixels(0.80)}
	photo := []float64{frame[0] + line, frame[1] + line, frame[2] - line, frame[3] - line}
	out := []shape{{ink, rounded(frame[0], frame[1], frame[2], frame[3], 0.08)}}
	if size >= 32 {
		out = append(out, shape{paper, rounded(photo[0], photo[1], photo[2], photo[3], 0.05)})
		margin := pixels(0.05)
		for i, d := range []float64{margin, margin, -margin, -margin} {
			photo[i] += d
		}
	}
	out = append(out, shape{sky, rounded(photo[0], photo[1], photo[2], photo[3], 0.02)})
	if size >= 24 {
		out = append(out, shape{sun, disc(photo[0]+0.16, photo[1]+0.15, 0.075)})
	}
	out = append(out, shape{land, hill(photo[0]+0.32, photo[1]+0.24, photo[3], photo[0], photo[2])},
		shape{paper, disc(0.69, 0.67, 0.31)}, shape{green, disc(0.69, 0.67, 0.31-line*0.8)})
	tick := max(0.085, 1.6/float64(size))
	return append(out, shape{paper, stroke(0.555, 0.68, 0.655, 0.78, tick)}, shape{paper, stroke(0.655, 0.78, 0.83, 0.565, tick)})
}

// draw lays the shapes over each other; a pixel that an edge crosses takes a share of
// both sides.
func draw(size int) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, size, size))
	all := shapes(size)
	for py := range size {
		for px := range size {
			x, y := (float64(px)+0.5)/float64(size), (float64(py)+0.5)/float64(size)
			var r, g, b, a float64
			for _, s := range all {
				share := min(max(0.5-s.edge(x, y)*float64(size), 0), 1)
				r = r*(1-share) + float64(s.color.R)*share
				g = g*(1-share) + float64(s.color.G)*share
				b = b*(1-share) + float64(s.color.B)*share
				a = a*(1-share) + share
			}
			if a > 0 { // colours were added by their share of the pixel
				img.SetNRGBA(px, py, color.NRGBA{whole(r / a), whole(g / a), whole(b / a), whole(a * 255)})
			}
		}
	}
	return img
}

func whole(v float64) uint8 { return uint8(math.Round(min(max(v, 0), 255))) }
