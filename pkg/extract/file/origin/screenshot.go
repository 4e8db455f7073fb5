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
	e.screenOfCamera(t)
	if o.AI.Score >= 0.5 {
		t.sees("origin.ai", "marked as made by AI", -0.6)
	}
	e.screenSize(t)
	e.screenTraits(t)
	o.Screenshot = t.judged()
}

// screenOfCamera weighs the camera a file names. Huawei's and Honor's phones write
// their maker, model and date into every capture of the screen as well, so the names
// speak for a photograph only where something of the exposure stands beside them, or
// the picture has no size of a screen. No sensor is as long as a phone's screen is
// today; of 16:9 a bare file may still be an old phone's photograph.
func (e *evidence) screenOfCamera(t *tally) {
	if !e.camera() {
		return
	}
	names := e.exif.Make + " " + e.exif.Model
	sees := func(weight float64) { t.sees("exif.model", names+", without exposure or maker note", weight) }
	kind := e.screens[[2]int{e.width, e.height}]
	long := float64(e.long()) >= 1.95*float64(e.short())
	switch {
	case e.exposed():
		t.sees("exif.model", names, -0.6)
	case kind == "phone" && long:
		sees(0.3)
	case kind == "phone":
		sees(0.1)
	case kind == "tablet", kind == "" && e.scaledScreen() != "":
		sees(0.2)
	case kind == "" && e.scrolled():
		sees(0.1)
		t.sees("image.aspect", fmt.Sprintf("%d × %d, as wide as a phone's screen and longer", e.width, e.height), 0.35)
	default:
		t.sees("exif.model", names, -0.6)
	}
}

// exposed reports whether the file says how it was exposed, or carries what only a
// camera puts in.
func (e *evidence) exposed() bool {
	x := e.exif
	return x.ExposureTime != "" || x.FNumber > 0 || x.ISO > 0 || x.FocalLength > 0 || x.Lens != "" || x.MakerNote > 0 || e.meta.C2PA.Capture
}

// scrolled reports whether the picture is as wide as a phone's screen and longer than
// any, as captures of a whole page are.
func (e *evidence) scrolled() bool {
	if float64(e.height) < 2.5*float64(e.width) {
		return false
	}
	for size := range e.tall {
		if size[0] == e.width {
			return true
		}
	}
	return false
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
