package pixels

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"path/filepath"
	"sort"
	"testing"

	"github.com/disintegration/imaging"

	"github.com/aecheck/aecheck/pkg/raster"
	"github.com/aecheck/aecheck/pkg/testkit/opendata"
)

func formatOf(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xd8")):
		return "jpeg"
	case bytes.HasPrefix(b, []byte("\x89PNG")):
		return "png"
	case bytes.HasPrefix(b, []byte("RIFF")):
		return "webp"
	}
	return ""
}

// load makes the working copy of a file, nil where its format is none of the
// usual.
func load(t testing.TB, path string) *work {
	b := opendata.Read(t, path)
	f := formatOf(b)
	if f == "" {
		return nil
	}
	return newWork(raster.Decode(context.Background(), bytes.NewReader(b), int64(len(b)), raster.Options{Format: f, Detail: workSide}))
}

// TestAccuracyBackground prints what each kind of the open products is judged
// as, and holds the targets of the project.
func TestAccuracyBackground(t *testing.T) {
	table := map[string]map[string]int{}
	touched, alpha, borders, collages := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	for _, s := range opendata.Samples(t, "product-white", "product-other") {
		w := load(t, s.Path)
		if w == nil || w.err != nil {
			t.Errorf("%s: %v", s.Name, w.err)
			continue
		}
		b, fr := background(w), frame(w)
		if table[s.Kind] == nil {
			table[s.Kind] = map[string]int{}
		}
		table[s.Kind][b.Kind]++
		if fr.TouchesEdge != "" {
			touched[s.Kind]++
		}
		if w.picture.Alpha != nil {
			alpha[s.Kind]++
		}
		if fr.Border.Present {
			borders[s.Kind]++
		}
		if fr.Collage {
			collages[s.Kind]++
		}
		q := quality(w)
		t.Logf("%-24s %-10s ring %.3f dev %5.2f %s fill %.2f edge %-4s border %v collage %v sharp %.0f block %.2f up %.2f  %s", s.Kind, b.Kind, b.RingWhiteShare, b.Deviation, b.Color, fr.Fill, fr.TouchesEdge, fr.Border, fr.Splits, q.Sharpness, q.Blocking, q.Upscaled, filepath.Base(s.Path))
	}
	kinds := make([]string, 0, len(table))
	for k := range table {
		kinds = append(kinds, k)
	}
	sort.Strings(kinds)
	for _, k := range kinds {
		t.Logf("%-24s %v touches edge %d, alpha %d, border %d, collage %d", k, table[k], touched[k], alpha[k], borders[k], collages[k])
	}
	rate := func(kind, as string) float64 {
		n := 0
		for _, v := range table[kind] {
			n += v
		}
		return float64(table[kind][as]) / float64(max(1, n))
	}
	if r := rate("white", "white"); r < 0.98 {
		t.Errorf("white judged white: %.3f", r)
	}
	if r := rate("white-but-cropped-at-edge", "white"); r < 0.98 {
		t.Errorf("cropped judged white: %.3f", r)
	}
	for _, k := range []string{"other-bg", "other-bg-shelf"} {
		if r := rate(k, "white"); r > 0.02 {
			t.Errorf("%s judged white: %.3f", k, r)
		}
	}
	if table["off-white-cream"]["white"]+table["off-white-cream"]["near_white"] > 0 {
		t.Error("cream judged white or near-white")
	}
	if touched["white-but-cropped-at-edge"] != 6 || alpha["transparent-png"] != 6 {
		t.Error("cropped or transparent pictures missed")
	}
}

// TestAccuracyQuality prints how quality tells made-worse copies of the open
// pictures from the pictures themselves.
func TestAccuracyQuality(t *testing.T) {
	type measure struct{ sharp, block, up []float64 }
	table := map[string]*measure{}
	order := []string{"itself", "blurred 2", "blurred 4", "enlarged 1.5", "enlarged 2", "enlarged 3", "jpeg 20", "jpeg 10 in 95"}
	for i, s := range opendata.Samples(t) { // all rows: i picks the pictures
		if !s.Product() || i%3 != 0 {
			continue
		}
		b := opendata.Read(t, s.Path)
		p, err := raster.Decode(context.Background(), bytes.NewReader(b), int64(len(b)), raster.Options{Format: formatOf(b)})
		if err != nil {
			continue
		}
		// A part at full resolution: scaling down leaves traces of its own.
		side := min(p.W, p.H, 720) &^ 7
		img := p.Crop([4]int{(p.W - side) / 2, (p.H - side) / 2, side, side}).Image()
		enlarge := func(k float64) image.Image {
			s := imaging.CropCenter(img, int(float64(side)/k), int(float64(side)/k))
			return imaging.Resize(s, side, 0, imaging.CatmullRom)
		}
		save := func(m image.Image, q int) []byte {
			var b bytes.Buffer
			if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: q}); err != nil {
				t.Fatal(err)
			}
			return b.Bytes()
		}
		again := func(data []byte) image.Image {
			m, err := jpeg.Decode(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			return m
		}
		made := map[string][]byte{
			"itself": save(img, 92), "blurred 2": save(imaging.Blur(img, 2), 92), "blurred 4": save(imaging.Blur(img, 4), 92),
			"enlarged 1.5": save(enlarge(1.5), 92), "enlarged 2": save(enlarge(2), 92), "enlarged 3": save(enlarge(3), 92),
			"jpeg 20": save(img, 20), "jpeg 10 in 95": save(again(save(img, 10)), 95),
		}
		for name, data := range made {
			q := quality(newWork(raster.Decode(context.Background(), bytes.NewReader(data), int64(len(data)), raster.Options{Format: "jpeg", Detail: workSide})))
			if table[name] == nil {
				table[name] = &measure{}
			}
			m := table[name]
			m.sharp, m.block, m.up = append(m.sharp, q.Sharpness), append(m.block, q.Blocking), append(m.up, q.Upscaled)
		}
	}
	quantiles := func(v []float64) string {
		sort.Float64s(v)
		at := func(q float64) float64 { return v[int(q*float64(len(v)-1))] }
		return fmt.Sprintf("%8.2f %8.2f %8.2f", at(0.05), at(0.5), at(0.95))
	}
	t.Logf("%-14s %26s %26s %26s", "5, 50, 95 %", "sharpness", "blocking", "upscaled")
	for _, name := range order {
		m := table[name]
		t.Logf("%-14s %s %s %s", name, quantiles(m.sharp), quantiles(m.block), quantiles(m.up))
	}
}
