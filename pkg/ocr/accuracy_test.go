package ocr

import (
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg"
	_ "image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/raster"
)

// scored is one picture of an accuracy set and what is written in it.
type scored struct {
	File    string   `json:"file"`
	Class   string   `json:"class"`
	Targets []string `json:"targets"` // must be read without a mistake
	Lines   []string `json:"lines"`   // for the character error rate
	Note    string   `json:"note"`
}

// classScore is the result for one class of pictures.
type classScore struct{ pictures, hits, targets, wrong, chars, falseLines int }

// loadPicture decodes a JPEG or PNG, alpha flattened on white.
func loadPicture(t testing.TB, path string) *raster.RGB {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	src, _, err := image.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	b := src.Bounds()
	out := raster.NewRGB(b.Dx(), b.Dy())
	for y := range b.Dy() {
		for x := range b.Dx() {
			c := color.NRGBAModel.Convert(src.At(b.Min.X+x, b.Min.Y+y)).(color.NRGBA)
			for k, v := range [3]uint8{c.R, c.G, c.B} {
				out.Pix[3*(y*b.Dx()+x)+k] = uint8((int(v)*int(c.A) + 255*(255-int(c.A))) / 255)
			}
		}
	}
	return out
}

// foldPunctuation makes full-width and typographic marks plain.
var foldPunctuation = strings.NewReplacer("：", ":", "（", "(", "）", ")", "，", ",", "；", ";", "！", "!", "？", "?",
	"／", "/", "“", "\"", "”", "\"", "—", "-", "–", "-", "。", ".", "、", ",", "＋", "+", "％", "%")

// plain drops white space and folds punctuation and case.
func plain(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(foldPunctuation.Replace(s)), ""))
}

// substringDistance is the least edit distance of p to any part of s.
func substringDistance(p, s string) int {
	a, b := []rune(p), []rune(s)
	prev, cur := make([]int, len(b)+1), make([]int, len(b)+1)
	for i := range a {
		cur[0] = i + 1
		for j := range b {
			c := 1
			if a[i] == b[j] {
				c = 0
			}
			cur[j+1] = min(prev[j]+c, prev[j+1]+1, cur[j]+1)
		}
		prev, cur = cur, prev
	}
	return slices.Min(prev)
}

// scoreSet reads every picture of a folder with a cases.json and returns the
// scores by class and a list of what went wrong.
func scoreSet(t *testing.T, r *Reader, dir string, o Options) (map[string]*classScore, []string) {
	data, err := os.ReadFile(filepath.Join(dir, "cases.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases []scored
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	scores, misses := map[string]*classScore{}, []string(nil)
	for _, c := range cases {
		s := scores[c.Class]
		if s == nil {
			s = &classScore{}
			scores[c.Class] = s
		}
		lines, err := r.Read(context.Background(), loadPicture(t, filepath.Join(dir, c.File)), o)
		if err != nil {
			t.Fatalf("%s: %v", c.File, err)
		}
		var texts []string
		for _, l := range lines {
			texts = append(texts, l.Text)
		}
		all := plain(strings.Join(texts, "\n"))
		s.pictures++
		for _, target := range c.Targets {
			s.targets++
			if strings.Contains(all, plain(target)) {
				s.hits++
				continue
			}
			misses = append(misses, fmt.Sprintf("%s (%s): %q not in %.160q", c.File, c.Note, target, strings.Join(texts, " | ")))
		}
		for _, l := range c.Lines {
			s.wrong += substringDistance(plain(l), all)
			s.chars += len([]rune(plain(l)))
		}
		if len(c.Targets)+len(c.Lines) == 0 {
			s.falseLines += len(lines)
			for _, l := range lines {
				misses = append(misses, fmt.Sprintf("%s: false line %q (%.2f)", c.File, l.Text, l.Confidence))
			}
		}
	}
	return scores, misses
}

// report logs the table and returns the totals.
func report(t *testing.T, name string, scores map[string]*classScore, misses []string) classScore {
	var sum classScore
	t.Logf("%-24s pictures  hits  targets    CER  false lines", name)
	for _, class := range slices.Sorted(maps.Keys(scores)) {
		s := scores[class]
		t.Logf("  %-22s %8d %5d %8d %5.2f%% %12d", class, s.pictures, s.hits, s.targets, 100*float64(s.wrong)/float64(max(1, s.chars)), s.falseLines)
		sum.pictures += s.pictures
		sum.hits += s.hits
		sum.targets += s.targets
		sum.wrong += s.wrong
		sum.chars += s.chars
		sum.falseLines += s.falseLines
	}
	t.Logf("  %-22s %8d %5d %8d %5.2f%% %12d", "all", sum.pictures, sum.hits, sum.targets, 100*float64(sum.wrong)/float64(max(1, sum.chars)), sum.falseLines)
	for _, m := range misses {
		t.Log("  ", m)
	}
	return sum
}

// TestAccuracy scores the sets "set" and "hard" of the folder that
// AECHECK_OCR_DATA names; each holds pictures and a cases.json.
func TestAccuracy(t *testing.T) {
	dir := os.Getenv("AECHECK_OCR_DATA")
	if dir == "" {
		t.Skip("AECHECK_OCR_DATA is not set")
	}
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		hits int
	}{{"set", 122}, {"hard", 36}} {
		scores, misses := scoreSet(t, r, filepath.Join(dir, c.name), Options{})
		sum := report(t, c.name, scores, misses)
		if sum.hits < c.hits {
			t.Errorf("%s: %d targets read, want at least %d", c.name, sum.hits, c.hits)
		}
		if sum.falseLines > 0 {
			t.Errorf("%s: %d lines read in pictures without text", c.name, sum.falseLines)
		}
	}
}
