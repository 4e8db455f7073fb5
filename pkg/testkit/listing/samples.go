// Package listing makes the sample cases in testdata: pictures drawn by
// code, with everything a camera writes around them, papers, and a case.yaml.
// Nothing in them is anyone's work, so nothing in them needs a licence; names,
// numbers and the camera are invented.
//
// The tests of this package compare testdata with what the code makes;
// go test ./pkg/testkit/listing -update remakes it.
//
// It may import pkg/lang alone.
package listing

//go:generate go test -run TestTestdata -update .

import (
	"bytes"
	"image"
	"image/png"
	"time"
)

// File is one file of a sample case, its path relative to the case with /.
type File struct {
	Path string
	Data []byte
}

// Case is a sample case: the name of its folder in testdata, and its files.
type Case struct {
	Name  string
	Files []File
}

// Cases makes all sample cases. It draws about twenty pictures and takes some
// seconds.
func Cases() ([]Case, error) {
	g, err := newGlyphs()
	if err != nil {
		return nil, err
	}
	listing, err := listing(g)
	if err != nil {
		return nil, err
	}
	honest, err := honest(g)
	if err != nil {
		return nil, err
	}
	return []Case{{"listing", listing}, {"honest", honest}}, nil
}

// camera is the invented camera all source files come from.
func camera(taken time.Time, subSec string, iso uint16, exposure uint32) photo {
	note := append([]byte("LUMORA\x00\x01"), make([]byte, 760)...)
	state := uint32(taken.Unix()) | 1
	for i := 8; i < len(note); i++ {
		state = state*1664525 + 1013904223
		note[i] = byte(state >> 24)
	}
	return photo{
		maker: "LUMORA", model: "LUMORA S1", lens: "LUMORA 24-70mm F2.8", serial: "071400238", software: "Ver.1.20",
		taken: taken, subSec: subSec, exposure: [2]uint32{1, exposure}, fNumber: [2]uint32{56, 10}, focal: [2]uint32{50, 1}, iso: iso,
		makerNote: note,
	}
}

// shoot is the file the camera writes for a scene.
func shoot(scene *canvas, p photo) []byte {
	p.width, p.height = scene.w, scene.h
	p.thumbnail = encodeCamera(scene.resized(160, 160*scene.h/scene.w).image(), 2.5)
	return encodeCamera(scene.image(), 1.5, exifSegment(p))
}

func encodePNG(img image.Image) ([]byte, error) {
	var buf bytes.Buffer
	err := png.Encode(&buf, img)
	return buf.Bytes(), err
}

// collector gathers files and keeps the first error, so that a case reads as
// a list of its files.
type collector struct {
	g     *glyphs
	files []File
	err   error
}

func (c *collector) add(path string, data []byte) { c.files = append(c.files, File{path, data}) }

// plain adds a picture as picture software saves it.
func (c *collector) plain(path string, cv *canvas, quality int) {
	data, err := encodePlain(cv.image(), quality)
	c.fail(err)
	c.add(path, data)
}

// png adds a picture without loss.
func (c *collector) png(path string, cv *canvas, err error) {
	if c.fail(err); c.err != nil {
		return
	}
	data, err := encodePNG(cv.image())
	c.fail(err)
	c.add(path, data)
}

// jpeg adds a scan.
func (c *collector) jpeg(path string, cv *canvas, err error) {
	if c.fail(err); c.err == nil {
		c.plain(path, cv, 82)
	}
}

// write puts text on a picture.
func (c *collector) write(cv *canvas, text string, x, y, size float64, col rgb, alpha float64) {
	c.fail(cv.write(c.g, text, x, y, size, col, alpha))
}

func (c *collector) fail(err error) {
	if c.err == nil {
		c.err = err
	}
}
