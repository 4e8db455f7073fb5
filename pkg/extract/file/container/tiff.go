package container

import (
	"github.com/aecheck/aecheck/pkg/extract/file/tiffdir"
	"github.com/aecheck/aecheck/pkg/extract/file/window"
	"github.com/aecheck/aecheck/pkg/format"
)

// Tags of TIFF 6.0, its supplements, DNG and C2PA 2.1 (A.3.5).
const (
	tagSubfileType  = 254
	tagWidth        = 256
	tagHeight       = 257
	tagPhotometric  = 262
	tagStripOffsets = 273
	tagStripCounts  = 279
	tagXResolution  = 282
	tagResUnit      = 296
	tagTileOffsets  = 324
	tagTileCounts   = 325
	tagSubIFDs      = 330
	tagExtraSamples = 338
	tagXMP          = 700
	tagIPTC         = 33723
	tagPhotoshop    = 34377
	tagICC          = 34675
	tagC2PA         = 52545
)

// maxDirs is how many directories of one file are looked at: pages, previews
// and raw planes; multi-page scans have some hundred.
const maxDirs = 1000

// maxStrips is how many strips of one file are looked at.
const maxStrips = 1 << 18

// readTIFF reads TIFF and the RAW formats built on it. EXIF is read from the
// same structure.
func (f *File) readTIFF(w *window.Reader) error {
	t, err := tiffdir.Open(w)
	if err != nil {
		return err
	}
	f.Exif = ExifSource{Main: w}
	first, err := t.Dir(t.First)
	if err != nil {
		f.Truncated = true
		return err
	}
	if first.Damage != "" {
		f.Truncated = true
		f.damage("%s", first.Damage)
	}
	f.tiffBlocks(t, &first)
	strips := maxStrips
	f.tiffPicture(t, &first, true, &strips)
	queue := subDirs(t, &first)
	if first.Next != 0 {
		queue = append(queue, first.Next)
	}
	seen := map[int64]bool{t.First: true}
	for i := 0; i < len(queue) && i < maxDirs; i++ {
		off := queue[i]
		if seen[off] {
			continue
		}
		seen[off] = true
		d, err := t.Dir(off)
		if err != nil {
			f.Truncated = true
			f.damage("%v", err)
			continue
		}
		f.tiffPicture(t, &d, false, &strips)
		queue = append(queue, subDirs(t, &d)...)
		if d.Next != 0 {
			queue = append(queue, d.Next)
		}
	}
	if len(queue) > maxDirs {
		f.damage("more than %d directories", maxDirs)
	}
	if f.Header.Width == 0 {
		return ErrNoHeader
	}
	return nil
}

func subDirs(t *tiffdir.Reader, d *tiffdir.Dir) []int64 {
	e, ok := d.Find(tagSubIFDs)
	if !ok {
		return nil
	}
	var out []int64
	for i := range int(min(e.Count, 64)) {
		if v, ok := t.Uint(e, i); ok && v != 0 {
			out = append(out, v)
		}
	}
	return out
}

// tiffPicture takes over a directory's picture where it is the first one, or,
// in a RAW file, whose first directory is often a preview, a larger one.
func (f *File) tiffPicture(t *tiffdir.Reader, d *tiffdir.Dir, first bool, strips *int) {
	width, height := t.UintOf(d, tagWidth), t.UintOf(d, tagHeight)
	f.strips(t, d, strips)
	if width <= 0 || height <= 0 || width > 1<<24 || height > 1<<24 {
		return
	}
	h := &f.Header
	if !first && h.Width != 0 {
		if f.Format == format.TIFF || int64(h.Width)*int64(h.Height) >= width*height {
			return
		}
		// Raw planes carry the unprocessed size; a reduced copy never wins.
		if t.UintOf(d, tagSubfileType)&1 == 1 {
			return
		}
	}
	h.Width, h.Height = int(width), int(height)
	h.Model = "rgb"
	switch t.UintOf(d, tagPhotometric) {
	case 0, 1:
		h.Model = "gray"
	case 3:
		h.Model = "palette"
	case 5:
		h.Model = "cmyk"
	}
	e, extra := d.Find(tagExtraSamples)
	if extra {
		kind, _ := t.Uint(e, 0)
		h.Alpha = kind == 1 || kind == 2
	}
	if e, ok := d.Find(tagXResolution); ok && e.Type == tiffdir.Rational {
		if b, err := t.Value(e); err == nil && len(b) >= 8 {
			if num, den := t.Order.Uint32(b), t.Order.Uint32(b[4:]); den != 0 {
				h.DPI = float64(num) / float64(den)
				if t.UintOf(d, tagResUnit) == 3 {
					h.DPI *= 2.54
				}
			}
		}
	}
}

// strips notices pixel data that lies beyond the end of the file.
func (f *File) strips(t *tiffdir.Reader, d *tiffdir.Dir, left *int) {
	for _, pair := range [][2]uint16{{tagStripOffsets, tagStripCounts}, {tagTileOffsets, tagTileCounts}} {
		offs, ok1 := d.Find(pair[0])
		counts, ok2 := d.Find(pair[1])
		if !ok1 || !ok2 {
			continue
		}
		for i := range int(min(offs.Count, counts.Count, int64(*left))) {
			*left--
			o, ok1 := t.Uint(offs, i)
			n, ok2 := t.Uint(counts, i)
			if ok1 && ok2 && o+n > f.Exif.Main.Size() {
				f.Truncated = true
				f.damage("pixels end at %d of %d bytes", f.Exif.Main.Size(), o+n)
				return
			}
		}
	}
}

// tiffBlocks takes the metadata blocks of the first directory.
func (f *File) tiffBlocks(t *tiffdir.Reader, d *tiffdir.Dir) {
	take := func(tag uint16) []byte {
		e, ok := d.Find(tag)
		if !ok {
			return nil
		}
		b, err := t.Value(e)
		if err != nil {
			f.damage("value of tag %d: %v", tag, err)
			return nil
		}
		return b
	}
	if b := take(tagXMP); b != nil {
		f.XMP = append(f.XMP, b)
	}
	f.IPTC = take(tagIPTC)
	f.ICC = take(tagICC)
	if b := take(tagPhotoshop); b != nil {
		f.Photoshop = true
		if f.IPTC == nil {
			f.IPTC = iptcOf(b)
		}
	}
	if e, ok := d.Find(tagC2PA); ok {
		if b := take(tagC2PA); isManifest(b) {
			f.Manifest = &Manifest{JUMBF: b, Ranges: []Range{{Off: e.Off, Length: e.Size}}}
		}
	}
}
