package codes

import (
	"context"
	"sort"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/oned"

	"github.com/aecheck/aecheck/pkg/raster"
)

const (
	// linearRows is how many rows are tried across the picture.
	linearRows = 64
	// minEdges is the least number of black-white changes of a row that can hold
	// a retail barcode: EAN-8 has 43.
	minEdges = 40
)

// votes is how many rows must read the same before it is believed. EAN and UPC
// have one check digit only, and UPC-E and EAN-8 are short: textures imitate them.
func votes(kind string) int {
	switch kind {
	case "ean_13", "upc_a":
		return 3
	case "code_128":
		return 3
	}
	return 6
}

// readLinear reads retail barcodes along rows and columns. In small pictures a
// bar is hardly a pixel wide, so they are enlarged where nothing was read.
func readLinear(ctx context.Context, g *raster.Gray) []found {
	const small = 500 // longest side, px
	out := readBoth(ctx, g)
	if len(out) > 0 || max(g.W, g.H) > small {
		return out
	}
	out = readBoth(ctx, resize(g, 2))
	for i := range out {
		out[i].box = scaleBox(out[i].box, 0.5, 0.5)
	}
	return out
}

func readBoth(ctx context.Context, g *raster.Gray) []found {
	out := readRows(ctx, g.W, g.H, func(y int, _ []uint8) []uint8 { return g.Pix[y*g.W : (y+1)*g.W] })
	for _, f := range readRows(ctx, g.H, g.W, func(x int, column []uint8) []uint8 {
		for y := range column {
			column[y] = g.Pix[y*g.W+x]
		}
		return column
	}) {
		f.box = [4]int{f.box[1], f.box[0], f.box[3], f.box[2]}
		out = append(out, f)
	}
	return out
}

// sighting collects the rows that read the same code.
type sighting struct {
	kind, text     string
	rows           int
	x0, x1, y0, y1 int
}

// readRows reads along h rows of w pixels; levels gives those of a row, perhaps in
// the buffer that it is given.
func readRows(ctx context.Context, w, h int, levels func(y int, buffer []uint8) []uint8) []found {
	readers := []oned.RowDecoder{
		oned.NewMultiFormatUPCEANReader(nil).(oned.RowDecoder),
		oned.NewCode128Reader().(oned.RowDecoder),
	}
	seen := map[string]*sighting{}
	buffer, bits := make([]uint8, w), make([]uint32, (w+31)/32)
	tried := make(map[int]bool)
	try := func(y int) bool {
		if y < 0 || y >= h || tried[y] {
			return false
		}
		tried[y] = true
		if blackRow(levels(y, buffer), bits) < minEdges {
			return false
		}
		row := gozxing.NewBitArray(w)
		for i, v := range bits {
			row.SetBulk(32*i, v)
		}
		return readRow(readers, row, y, w, seen)
	}
	step := max(1, h/linearRows)
	for y := step / 2; y < h && ctx.Err() == nil; y += step {
		if !try(y) {
			continue
		}
		// A code was seen: its neighbours confirm it or not.
		for d := 1; d <= 8; d++ {
			try(y - d)
			try(y + d)
		}
	}
	var out []found
	for _, s := range seen {
		if s.rows >= votes(s.kind) {
			out = append(out, found{kind: s.kind, text: s.text, box: [4]int{s.x0, s.y0, s.x1 - s.x0 + 1, s.y1 - s.y0 + 1}})
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].kind+out[i].text < out[j].kind+out[j].text })
	return out
}

func readRow(readers []oned.RowDecoder, row *gozxing.BitArray, y, w int, seen map[string]*sighting) bool {
	hit := false
	for _, reversed := range []bool{false, true} {
		if reversed {
			row.Reverse()
		}
		for _, r := range readers {
			var points []gozxing.ResultPoint
			f, ok := attempt(func() (found, bool) {
				res, err := r.DecodeRow(y, row, nil)
				if err != nil {
					return found{}, false
				}
				points = res.GetResultPoints()
				kind, text := linearKind(res.GetBarcodeFormat()), res.GetText()
				if kind == "ean_13" && text[0] == '0' { // the same bars
					kind, text = "upc_a", text[1:]
				}
				return found{kind: kind, text: text}, true
			})
			if !ok || f.kind == "" {
				continue
			}
			hit = true
			x0, x1 := w, 0
			for _, p := range points {
				x := int(p.GetX())
				if reversed {
					x = w - 1 - x
				}
				x0, x1 = min(x0, x), max(x1, x)
			}
			s := seen[f.kind+f.text]
			if s == nil {
				s = &sighting{kind: f.kind, text: f.text, x0: x0, x1: x1, y0: y, y1: y}
				seen[f.kind+f.text] = s
			}
			s.rows++
			s.x0, s.x1, s.y0, s.y1 = min(s.x0, x0), max(s.x1, x1), min(s.y0, y), max(s.y1, y)
		}
	}
	return hit
}

func linearKind(f gozxing.BarcodeFormat) string {
	switch f {
	case gozxing.BarcodeFormat_EAN_13:
		return "ean_13"
	case gozxing.BarcodeFormat_EAN_8:
		return "ean_8"
	case gozxing.BarcodeFormat_UPC_A:
		return "upc_a"
	case gozxing.BarcodeFormat_UPC_E:
		return "upc_e"
	case gozxing.BarcodeFormat_CODE_128:
		return "code_128"
	}
	return ""
}

// blackRow fills bits with what of a row is dark, the least significant bit
// leftmost, and returns how often that changes; 0 where the row has one ground only.
// Level and sharpening are those of ZXing's global histogram binarizer.
func blackRow(row []uint8, bits []uint32) (changes int) {
	var histogram [buckets]int
	for _, v := range row {
		histogram[v/(256/buckets)]++
	}
	level, ok := valley(&histogram)
	if !ok {
		return 0
	}
	clear(bits)
	last := uint32(0)
	for x := 1; x+1 < len(row); x++ {
		dark := uint32(0)
		if 4*int(row[x])-int(row[x-1])-int(row[x+1]) < 2*level {
			dark = 1
		}
		bits[x/32] |= dark << (x % 32)
		changes += int(dark ^ last)
		last = dark
	}
	return changes + int(last)
}
