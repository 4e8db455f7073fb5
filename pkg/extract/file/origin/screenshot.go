package origin

import (
	"fmt"
	"math"
	"strings"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
)

// screenshot looks for what screenshot functions write, and for the size of a
// screen in a file without a camera.
func (e *evidence) screenshot(o *facts.Origin) {
	t := &tally{}
	for _, f := range []named{{"exif.user_comment", e.exif.UserComment}, {"xmp.exif:UserComment", e.meta.XMP["exif:UserComment"]}} {
		// iOS and macOS write the word, older macOS the window's frame.
		switch {
		case f.value == "Screenshot":
			t.sees(f.key, f.value, 0.95)
		case strings.HasPrefix(f.value, "{{") && strings.Contains(f.value, "},"):
			t.sees(f.key, f.value, 0.9)
		}
	}
	if e.digitalSource() == "screenCapture" {
		t.sees("xmp.Iptc4xmpExt:DigitalSourceType", "screenCapture", 0.95)
	}
	for _, s := range e.meta.C2PA.Sources {
		if s == "screenCapture" {
			t.sees("c2pa.source", s, 0.95)
		}
	}
	for _, p := range e.programs {
		if c, ok := find(e.capture, p.value); ok {
			t.sees(p.key, fmt.Sprintf("%s: %s", c.name, p.value), 0.9)
			break
		}
	}
	if e.camera() {
		t.sees("exif.model", e.exif.Make+" "+e.exif.Model, -0.6)
	}
	if o.AI.Score >= 0.5 {
		t.sees("origin.ai", "marked as made by AI", -0.6)
	}
	e.screenSize(t)
	e.screenTraits(t)
	o.Screenshot = t.judged()
}

// screenSize: the exact size of a screen. A PNG of a phone's size is hardly
// anything else; a JPEG may have been made for one.
func (e *evidence) screenSize(t *tally) {
	kind := e.screens[[2]int{e.width, e.height}]
	png := e.file.Format == format.PNG
	is := func(weight float64) {
		t.sees("image.size", fmt.Sprintf("%d × %d, the size of a screen (%s)", e.width, e.height, kind), weight)
	}
	switch {
	case (kind == "phone" || kind == "tablet") && png:
		is(0.65)
	case kind != "" && png:
		is(0.5)
	case kind == "phone":
		is(0.35)
	case kind != "":
		is(0.2)
	case kind == "" && e.scaledScreen() != "":
		weight := 0.2
		if png {
			weight = 0.4
		}
		t.sees("image.size", fmt.Sprintf("%d × %d, %s", e.width, e.height, e.scaledScreen()), weight)
	case e.long() >= 1200 && float64(e.long())/float64(e.short()) >= 1.9 && float64(e.long())/float64(e.short()) <= 2.4 && e.height > e.width && png:
		t.sees("image.aspect", fmt.Sprintf("%d × %d, as tall as a phone's screen", e.width, e.height), 0.35)
	}
}

// scaledScreen names the phone's screen of which the picture has two thirds, half or
// a third of the size, as chats and programs that show a phone on a monitor scale
// captures; "" for none. Sizes below 500 are icons' and banners'.
func (e *evidence) scaledScreen() string {
	if e.height <= e.width || e.long() < 500 {
		return ""
	}
	for _, by := range []struct{ up, down int }{{3, 2}, {2, 1}, {3, 1}} {
		w, h := e.width*by.up, e.height*by.up
		// A side that does not divide is rounded either way.
		for dw := -1; dw <= 1; dw++ {
			for dh := -1; dh <= 1; dh++ {
				if (w+dw)%by.down == 0 && (h+dh)%by.down == 0 && e.tall[[2]int{(w + dw) / by.down, (h + dh) / by.down}] {
					return fmt.Sprintf("%d/%d of a phone's screen of %d × %d", by.down, by.up, (w+dw)/by.down, (h+dh)/by.down)
				}
			}
		}
	}
	return ""
}

// screenTraits: what only matters in PNG files without a camera.
func (e *evidence) screenTraits(t *tally) {
	if e.file.Format != format.PNG || e.camera() {
		return
	}
	if name := profileOf(e); displayProfile(name) {
		t.sees("image.color_profile", name, 0.5)
	}
	// Two or three times 72 dpi on Retina screens, Windows' scaling steps of
	// 96 dpi elsewhere; 96 itself is many programs' default.
	for _, dpi := range []float64{120, 144, 168, 192, 216} {
		if math.Abs(e.file.Header.DPI-dpi) < 0.6 {
			t.sees("image.dpi", fmt.Sprintf("%.0f dpi, a scaled screen", dpi), 0.4)
		}
	}
	if strings.HasPrefix(e.exif.Software, "Android ") || strings.HasPrefix(e.meta.PNGText["Software"], "Android ") {
		t.sees("exif.software", "Android build without a camera", 0.5)
	}
}
