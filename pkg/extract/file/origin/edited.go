package origin

import (
	"fmt"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/facts"
)

// edited looks for traces of an editing program. Saving in one is allowed; the
// seller should know and hand in the untouched file.
func (e *evidence) edited(o *facts.Origin) {
	t := &tally{}
	seen := map[string]bool{}
	for _, p := range e.programs {
		if ed, ok := find(e.editors, p.value); ok {
			weight := 0.8
			if seen[ed.name] {
				continue // the same program named twice says it once
			}
			seen[ed.name] = true
			if o.EditorName == "" {
				o.EditorName = ed.name
			}
			t.sees(p.key, p.value, weight)
		} else if tr, ok := find(e.transfer, p.value); ok && o.TransferTool == "" {
			o.TransferTool = tr.name
			t.sees(p.key, p.value, 0)
		}
	}
	if e.file.SamsungEdit != nil {
		t.sees("samsung.re_edit", "changed in the phone's gallery", 0.6)
		if o.EditorName == "" {
			o.EditorName = "Samsung Gallery"
		}
	}
	e.remarkSigns(t, func(name string) {
		if o.EditorName == "" {
			o.EditorName = name
		}
	})
	e.historySigns(t)
	e.markSigns(t, o)
	e.sizeSigns(t)
	o.Edited = t.judged()
}

func (e *evidence) historySigns(t *tally) {
	steps := 0
	for _, s := range e.meta.XMPHistory {
		if action, _, _ := strings.Cut(s, " "); action != "created" && action != "converted" {
			steps++
		}
	}
	if steps > 0 {
		t.sees("xmp.history_steps", fmt.Sprintf("%d steps", steps), 0.5)
	}
	settings := 0
	for key := range e.meta.XMP {
		if strings.HasPrefix(key, "crs:") && key != "crs:AlreadyApplied" && key != "crs:RawFileName" {
			settings++
		}
	}
	if settings > 0 {
		t.sees("xmp.crs", fmt.Sprintf("%d develop settings", settings), 0.4)
	}
	if v := e.meta.XMP["photoshop:DocumentAncestors"]; v != "" {
		t.sees("xmp.photoshop:DocumentAncestors", v, 0.4)
	}
	for _, field := range []string{"stRef:documentID", "stRef:originalDocumentID"} {
		if v := e.meta.XMP["xmpMM:DerivedFrom/"+field]; v != "" {
			t.sees("xmp.xmpMM:DerivedFrom", v, 0.3)
			break
		}
	}
	var changes []string
	for _, a := range e.meta.C2PA.Actions {
		switch a {
		case "c2pa.edited", "c2pa.cropped", "c2pa.color_adjustments", "c2pa.resized", "c2pa.filtered", "c2pa.drawing", "c2pa.placed", "c2pa.enhanced", "c2pa.adjustedColor", "c2pa.removed", "c2pa.orientation", "c2pa.watermarked":
			changes = append(changes, a)
		}
	}
	if len(changes) > 0 {
		t.sees("c2pa.actions", strings.Join(changes, ", "), 0.6)
	}
}

// markSigns: what editing programs leave in JPEG structure, and dates.
func (e *evidence) markSigns(t *tally, o *facts.Origin) {
	if e.meta.Photoshop {
		t.sees("meta.photoshop", "8BIM block", 0.3)
	}
	if e.meta.APP14 && e.camera() {
		t.sees("meta.app14", "Adobe segment", 0.1)
	}
	for _, c := range e.meta.Comments {
		switch {
		case strings.HasPrefix(c, "CREATOR: gd-jpeg"), strings.HasPrefix(c, "Lavc"): // PHP, FFmpeg
			t.sees("meta.comment", c, 0.6)
		case strings.Contains(c, "Adobe Photoshop"), strings.Contains(c, "LEAD Technologies"), strings.Contains(c, "GIMP"), strings.Contains(c, "ImageMagick"):
			t.sees("meta.comment", c, 0.6)
			if p, ok := find(e.editors, c); ok && o.EditorName == "" {
				o.EditorName = p.name
			}
		default:
			// A short comment that begins with the program's name; others only speak of it.
			const short = 40
			if p, ok := find(e.editors, c); ok && len(c) <= short && strings.HasPrefix(strings.ToLower(c), p.token) {
				t.sees("meta.comment", c, 0.6)
				if o.EditorName == "" {
					o.EditorName = p.name
				}
			}
		}
	}
	taken, changed := e.exif.TakenAt, e.exif.ModifiedAt
	if !taken.IsZero() && !changed.IsZero() {
		// Cameras write both within two seconds; an hour's multiple may be a
		// time zone, which one of the two lacks.
		gap := changed.Sub(taken)
		zone := gap%(15*time.Minute) == 0 && gap <= 26*time.Hour
		if gap > 2*time.Second && !zone {
			t.sees("exif.modified_at", fmt.Sprintf("%s after it was taken", gap), 0.25)
		}
	}
	if e.camera() && e.meta.JFIF && !e.file.ExifFirst && e.meta.QuantTable == "standard" {
		t.sees("meta.jfif", "JFIF segment before EXIF, libjpeg tables", 0.15)
	}
	if e.meta.QuantTable == "standard" && e.exif.MakerNote > 0 && !e.meta.JFIF {
		t.sees("meta.quant_table", fmt.Sprintf("libjpeg, quality %d", e.meta.QuantQuality), 0)
	}
}

func (e *evidence) sizeSigns(t *tally) {
	if e.converted() {
		t.sees("file.format", "a camera's metadata in a "+e.file.Format+" file", 0.4)
	}
	if e.resized() {
		t.sees("exif.pixel_size", fmt.Sprintf("EXIF says %d × %d, the picture has %d × %d", e.exif.PixelWidth, e.exif.PixelHeight, e.width, e.height), 0.5)
	}
	if e.thumbnailDiffers() {
		t.sees("exif.thumbnail", fmt.Sprintf("preview of %d × %d", e.exif.ThumbWidth, e.exif.ThumbHeight), 0.3)
	}
}
