package look

import (
	"bytes"
	"image"
	"image/jpeg"

	"github.com/aecheck/aecheck/pkg/compare/lumacopy"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/raster"
)

const (
	// thumbSide is the longer side of a thumbnail, thumbQuality how it is saved: what it
	// shows can still be told, in some 230 bytes.
	thumbSide    = 48
	thumbQuality = 25
)

// Thumb is a small picture in colour: a JPEG without what stands before its pixels,
// which is the same for all of a size.
type Thumb struct {
	Width, Height uint8
	Data          []byte
}

// startOfScan begins the last part of a JPEG's head, which is scanHead bytes long for
// three colours.
const (
	startOfScan = "\xFF\xDA"
	scanHead    = 14
)

// newThumb makes the thumbnail of a picture from the copy in colour.
func newThumb(m facts.Match) (Thumb, error) {
	p, err := lumacopy.Colours(m)
	if err != nil {
		return Thumb{}, err
	}
	w, h := raster.Fit(p.W, p.H, thumbSide)
	data, err := encode(p.Shrink(w, h).Image())
	if err != nil {
		return Thumb{}, err
	}
	return Thumb{uint8(w), uint8(h), data[headLen(data):]}, nil
}

func encode(m image.Image) ([]byte, error) {
	var b bytes.Buffer
	err := jpeg.Encode(&b, m, &jpeg.Options{Quality: thumbQuality})
	return b.Bytes(), err
}

// headLen is how long the head of a JPEG is that encode made.
func headLen(data []byte) int {
	return bytes.LastIndex(data[:min(len(data), 700)], []byte(startOfScan)) + scanHead
}

// JPEG is the thumbnail as a whole file; nil where there is none.
func (t Thumb) JPEG() []byte {
	if t.Width == 0 || t.Height == 0 || len(t.Data) == 0 {
		return nil
	}
	data, err := encode(image.NewNRGBA(image.Rect(0, 0, int(t.Width), int(t.Height))))
	if err != nil {
		return nil
	}
	return append(data[:headLen(data):headLen(data)], t.Data...)
}

// picture is the thumbnail; an empty one where it is damaged.
func (t Thumb) picture() *raster.RGB {
	img, err := jpeg.Decode(bytes.NewReader(t.JPEG()))
	if err != nil {
		return &raster.RGB{}
	}
	return raster.FromImage(img)
}
