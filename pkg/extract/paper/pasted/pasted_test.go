package pasted

import (
	"image"
	"image/color"
	"image/draw"
	"testing"

	"github.com/aecheck/aecheck/pkg/raster"
	"github.com/aecheck/aecheck/pkg/testkit/papers"
)

func TestFind(t *testing.T) {
	gray := image.NewUniform(color.Gray{225})
	page := func(seed uint64, grain float64) *papers.Sheet {
		s := papers.NewSheet(1000, 1400, seed)
		draw.Draw(s, s.Rect, gray, image.Point{}, draw.Src)
		if err := s.Body(150, 20); err != nil {
			t.Fatal(err)
		}
		s.Grain(grain)
		return s
	}
	if got := Find(page(1, 5).RGB()); got != nil {
		t.Errorf("plain scan: %v", got)
	}
	s := page(2, 5)
	draw.Draw(s, image.Rect(300, 1000, 620, 1060), gray, image.Point{}, draw.Src)
	if err := s.Print(310, 1045, 30, "2027-12-31"); err != nil {
		t.Fatal(err)
	}
	got := Find(s.RGB())
	if len(got) != 1 || got[0][0] < 290 || got[0][0] > 330 || got[0][1] < 990 || got[0][1] > 1020 || got[0][2] < 260 {
		t.Errorf("patch: %v", got)
	}
	s = page(3, 0)
	draw.Draw(s, image.Rect(300, 1000, 620, 1060), image.White, image.Point{}, draw.Src)
	if got := Find(s.RGB()); got != nil {
		t.Errorf("drawn page, no grain to miss: %v", got)
	}
	s = papers.NewSheet(1240, 1750, 4) // a clean scan: noise of a level or two, clipped at white
	draw.Draw(s, s.Rect, image.NewUniform(color.Gray{253}), image.Point{}, draw.Src)
	if err := s.Body(150, 20); err != nil {
		t.Fatal(err)
	}
	s.Grain(1.5)
	if got := Find(s.RGB()); got != nil {
		t.Errorf("clean scan: %v", got)
	}
	draw.Draw(s, image.Rect(300, 1000, 560, 1040), image.White, image.Point{}, draw.Src)
	if err := s.Print(310, 1030, 24, "2027-12-31"); err != nil {
		t.Fatal(err)
	}
	if got := Find(s.RGB()); len(got) != 1 || got[0][0] < 290 || got[0][0] > 320 || got[0][1] < 990 || got[0][1] > 1020 || got[0][2] < 220 {
		t.Errorf("patch of a clean scan: %v", got)
	}
	s = papers.NewSheet(1240, 1750, 5) // the same saved as JPEG: many even blocks, few of them white
	draw.Draw(s, s.Rect, image.NewUniform(color.Gray{253}), image.Point{}, draw.Src)
	if err := s.Body(150, 20); err != nil {
		t.Fatal(err)
	}
	s.Grain(0.7)
	even := image.NewUniform(color.Gray{253})
	for y := 0; y < 1740; y += 60 {
		for x := 600 + y%7*6; x < 1200; x += 30 {
			draw.Draw(s, image.Rect(x, y, x+12, y+12), even, image.Point{}, draw.Src)
		}
	}
	if got := Find(s.RGB()); got != nil {
		t.Errorf("clean scan as JPEG: %v", got)
	}
	draw.Draw(s, image.Rect(300, 1000, 560, 1040), image.White, image.Point{}, draw.Src)
	draw.Draw(s, image.Rect(340, 1050, 346, 1056), image.White, image.Point{}, draw.Src) // an even block beside it
	if err := s.Print(310, 1030, 24, "2027-12-31"); err != nil {
		t.Fatal(err)
	}
	if got := Find(s.RGB()); len(got) != 1 || got[0][0] < 290 || got[0][0] > 320 || got[0][1] < 990 || got[0][1] > 1020 || got[0][2] < 220 {
		t.Errorf("patch of a clean scan as JPEG: %v", got)
	}
	if got := Find(raster.NewRGB(10, 10)); got != nil {
		t.Errorf("tiny: %v", got)
	}
}

// TestAccuracy prints on how many pictures of the open data set, none of which
// is known to be patched, a patch is seen.
func TestAccuracy(t *testing.T) {
	files, hits := map[string]int{}, map[string]int{}
	var order []string
	for s, m := range papers.Pictures(t, "letters", "seals", "originals", "screenshots", "ocr") {
		if files[s.Label] == 0 {
			order = append(order, s.Label)
		}
		files[s.Label]++
		if got := Find(m); got != nil {
			hits[s.Label]++
			t.Logf("%s %v", s.Name, got)
		}
	}
	for _, g := range order {
		t.Logf("%-12s files %3d with a patch %3d", g, files[g], hits[g])
	}
}
