package origin

import (
	"math"
	"regexp"
	"strings"

	"github.com/aecheck/aecheck/pkg/extract/file/container"
	"github.com/aecheck/aecheck/pkg/extract/file/exif"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
)

// evidence is everything judged here, gathered once.
type evidence struct {
	file *container.File
	exif *facts.Exif
	raw  exif.Raw
	meta *facts.Meta
	*tables

	width, height int // as stored
	programs      []named
}

// named is a text with where it was found.
type named struct{ key, value string }

func gather(f *container.File, x *exif.Result, m *facts.Meta, t *tables) *evidence {
	e := &evidence{file: f, exif: &x.Exif, raw: x.Raw, meta: m, tables: t}
	e.width, e.height = e.file.Header.Width, e.file.Header.Height
	add := func(key, value string) {
		if value != "" && !firmware(value) {
			e.programs = append(e.programs, named{key, value})
		}
	}
	add("exif.software", e.exif.Software)
	add("exif.processing_software", x.Raw.ProcessingSoftware)
	for _, k := range []string{"xmp:CreatorTool", "tiff:Software"} {
		add("xmp."+k, e.meta.XMP[k])
	}
	add("png.Software", e.meta.PNGText["Software"])
	add("iptc.originating_program", e.meta.IPTC["originating_program"])
	for _, s := range e.meta.XMPHistory {
		add("xmp.history", s)
	}
	return e
}

// build is the fingerprint of an Android build (source.android.com, ro.build.display.id
// and ro.build.fingerprint): product-user release id incremental tags.
var build = regexp.MustCompile(`-user(?:debug)? |\b(?:release|test|dev)-keys\b|:user(?:debug)?/`)

// firmware reports whether a text is a phone's build and no program: its product name
// is a code word such as topaz or gemini.
func firmware(s string) bool { return build.MatchString(s) }

// short and long are the sides.
func (e *evidence) short() int { return min(e.width, e.height) }
func (e *evidence) long() int  { return max(e.width, e.height) }

// camera reports whether the file names a camera.
func (e *evidence) camera() bool { return e.exif.Make != "" && e.exif.Model != "" }

// digitalSource is the short form of the IPTC digital source types in XMP.
func (e *evidence) digitalSource() string {
	v := e.meta.XMP["Iptc4xmpExt:DigitalSourceType"]
	return v[strings.LastIndexByte(v, '/')+1:]
}

// resized reports whether EXIF gives another pixel size than the picture has,
// in either orientation.
func (e *evidence) resized() bool {
	pw, ph := e.exif.PixelWidth, e.exif.PixelHeight
	if pw == 0 || ph == 0 || e.width == 0 || format.Is(e.file.Format, format.RAW) {
		return false
	}
	// Some cameras give the size before it was cut to whole 16 × 16 blocks.
	near := func(a, b int) bool { return max(a-b, b-a) < 16 }
	return !(near(pw, e.width) && near(ph, e.height) || near(pw, e.height) && near(ph, e.width))
}

// converted reports whether a camera's metadata stands in a format no camera
// writes.
func (e *evidence) converted() bool {
	f := format.Of(e.file.Format)
	return f.Class == format.Picture && !f.Camera && e.camera()
}

// thumbnailDiffers reports whether the embedded preview has another shape than
// the picture. Cameras pad 4:3 previews of wide pictures with black bars, so a
// preview of 160 × 120 says nothing.
func (e *evidence) thumbnailDiffers() bool {
	w, h := e.exif.ThumbWidth, e.exif.ThumbHeight
	if w == 0 || h == 0 || e.width == 0 || e.height == 0 || w == 160 && h == 120 || format.Is(e.file.Format, format.RAW) {
		return false
	}
	t := float64(max(w, h)) / float64(min(w, h))
	p := float64(e.long()) / float64(e.short())
	// A pixel of a small preview is up to 1 % of its side.
	return math.Abs(t-p)/p > 0.03
}

// tally adds up one judgement.
type tally struct {
	signals []facts.Signal
}

// sees adds a signal; weight 0 is information.
func (t *tally) sees(name, value string, weight float64) {
	const maxValue = 200
	if r := []rune(value); len(r) > maxValue {
		value = string(r[:maxValue]) + "…"
	}
	t.signals = append(t.signals, facts.Signal{Name: name, Value: value, Weight: round(weight)})
}

// judged sums the weights, held between 0 and 1.
func (t *tally) judged() facts.Judged {
	sum := 0.0
	for _, s := range t.signals {
		sum += s.Weight
	}
	return facts.Judged{Score: round(min(max(sum, 0), 1)), Signals: t.signals}
}

// round keeps three decimals, so that scores compare and print as they are
// meant.
func round(v float64) float64 { return math.Round(v*1000) / 1000 }
