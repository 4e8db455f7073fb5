package origin

import (
	"fmt"
	"strings"

	"github.com/aecheck/aecheck/pkg/extract/file/container"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
)

// cameraOf adds up what speaks for a file straight from a camera (the
// core, strong and bonus tags of https://vaultify.snapwonders.com/devices) and what speaks against it.
func (e *evidence) cameraOf(o *facts.Origin) {
	t := &tally{}
	x := e.exif
	switch {
	case e.camera():
		t.sees("exif.model", x.Make+" "+x.Model, 0.35)
	case x.Make != "":
		t.sees("exif.make", x.Make, 0.1)
	case x.Model != "":
		t.sees("exif.model", x.Model, 0.1)
	}
	e.dateSigns(t)
	if x.StrongCount > 0 {
		t.sees("exif.exposure_set", fmt.Sprintf("%d of 6 tags", x.StrongCount), 0.25*float64(x.StrongCount)/6)
	}
	if e.raw.CIFF {
		t.sees("exif.ciff", "Canon's block from before EXIF", 0.2)
	}
	if x.MakerNote > 0 {
		t.sees("exif.maker_note", fmt.Sprintf("%d bytes", x.MakerNote), 0.1)
	}
	for _, b := range []struct {
		name, value string
		weight      float64
	}{{"exif.sub_sec", x.SubSec, 0.03}, {"exif.offset", x.Offset, 0.03}, {"exif.lens", x.Lens, 0.03}, {"exif.serial", x.Serial, 0.03}} {
		if b.value != "" {
			t.sees(b.name, b.value, b.weight)
		}
	}
	if x.GPS {
		t.sees("exif.gps", "position recorded", 0.03)
	}
	if x.Thumbnail > 0 && !e.thumbnailDiffers() {
		t.sees("exif.thumbnail", fmt.Sprintf("preview of %d bytes", x.Thumbnail), 0.05)
	}
	if x.PixelWidth > 0 && !e.resized() {
		t.sees("exif.pixel_size", "the size EXIF gives", 0.05)
	}
	if e.meta.QuantTable == "camera" {
		t.sees("meta.quant_table", "firmware's own", 0.05)
	}
	if format.Is(e.file.Format, format.RAW) {
		t.sees("file.format", "RAW file", 0.3)
	}
	e.signedCapture(t)
	e.against(t, o)
	o.Camera = t.judged()
}

func (e *evidence) dateSigns(t *tally) {
	x := e.exif
	switch {
	case x.TakenAt.IsZero() && x.TakenRaw != "":
		// The clock was never set; the rest may still be the camera's.
		t.sees("exif.taken_at", "no date: "+x.TakenRaw, 0)
	case x.TakenAt.IsZero():
	case x.TakenAt.Year() < 1990:
		t.sees("exif.taken_at", "before digital cameras: "+x.TakenRaw, 0)
	default:
		t.sees("exif.taken_at", x.TakenRaw, 0.2)
	}
}

// signedCapture weighs a camera's own manifest (digitalCapture), the strongest
// evidence there is.
func (e *evidence) signedCapture(t *tally) {
	c := &e.meta.C2PA
	if !c.Capture {
		if s := e.digitalSource(); s == "digitalCapture" || s == "computationalCapture" {
			t.sees("xmp.Iptc4xmpExt:DigitalSourceType", s, 0.1)
		}
		return
	}
	switch c.State {
	case "trusted":
		t.sees("c2pa.capture", c.Signer, 0.5)
	case "valid_unknown_signer":
		t.sees("c2pa.capture", c.Signer+", not on the trust lists: "+c.TrustLists, 0.15)
	default:
		t.sees("c2pa.capture", "manifest "+c.State, -0.2)
	}
}

func (e *evidence) against(t *tally, o *facts.Origin) {
	if e.resized() {
		t.sees("exif.pixel_size", fmt.Sprintf("EXIF says %d × %d, the picture has %d × %d", e.exif.PixelWidth, e.exif.PixelHeight, e.width, e.height), -0.4)
	}
	if e.thumbnailDiffers() {
		t.sees("exif.thumbnail", fmt.Sprintf("preview of %d × %d has another shape", e.exif.ThumbWidth, e.exif.ThumbHeight), -0.05)
	}
	if e.converted() {
		t.sees("file.format", "cameras do not write "+e.file.Format, -0.3)
	}
	if o.EditorName != "" {
		// An edited and resized photograph is still one: both together must
		// not make it none.
		weight := -0.4
		if e.resized() {
			weight = -0.05
		}
		t.sees("origin.edited", o.EditorName, weight)
	}
	if o.Screenshot.Score >= 0.5 {
		t.sees("origin.screenshot", "looks like a screenshot", -0.5)
	}
	if o.AI.Score >= 0.5 {
		t.sees("origin.ai", "marked as made by AI", -0.8)
	}
	if o.Messenger.Score >= 0.4 {
		t.sees("origin.messenger", "looks like a messenger's copy", -0.2)
	}
	if p, ok := find(e.notCameras, e.exif.Make+" "+e.exif.Model); ok {
		t.sees("exif.make", p.name, -0.7)
	}
	if e.meta.C2PA.State == "invalid" {
		t.sees("c2pa.state", strings.Join(e.meta.C2PA.Errors, "; "), -0.2)
	}
}

// displayProfile knows the names screens give their colour profiles.
func displayProfile(name string) bool {
	low := strings.ToLower(name)
	if low == "" || low == "display p3" {
		return false // also what phones' cameras use
	}
	for _, word := range []string{"color lcd", "display", "lcd", "imac", "retina", "monitor", "dell", "lg", "benq", "studio display", "thunderbolt", "cinema hd"} {
		if hasWords(low, word) {
			return true
		}
	}
	return false
}

func profileOf(e *evidence) string { return container.ProfileName(e.file.ICC) }
