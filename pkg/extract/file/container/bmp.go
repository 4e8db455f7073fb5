package container

import (
	"encoding/binary"
	"fmt"

	"github.com/aecheck/aecheck/pkg/extract/file/window"
)

// readBMP reads the file and information headers (BITMAPCOREHEADER to
// BITMAPV5HEADER).
func (f *File) readBMP(w *window.Reader) error {
	h, err := w.Peek(0, 26)
	if err != nil {
		return err
	}
	pixels := int64(binary.LittleEndian.Uint32(h[10:]))
	size := binary.LittleEndian.Uint32(h[14:])
	var width, height, bits, compression int64
	if size == 12 {
		width, height = int64(binary.LittleEndian.Uint16(h[18:])), int64(binary.LittleEndian.Uint16(h[20:]))
		bits = int64(binary.LittleEndian.Uint16(h[24:]))
	} else {
		h, err = w.Peek(0, 54)
		if err != nil {
			return err
		}
		width, height = int64(int32(binary.LittleEndian.Uint32(h[18:]))), int64(int32(binary.LittleEndian.Uint32(h[22:])))
		bits = int64(binary.LittleEndian.Uint16(h[28:]))
		compression = int64(binary.LittleEndian.Uint32(h[30:]))
		f.Header.DPI = float64(int32(binary.LittleEndian.Uint32(h[38:]))) * 0.0254
	}
	height = max(height, -height)
	if width <= 0 || height == 0 {
		return fmt.Errorf("BMP of %d × %d: %w", width, height, ErrNoHeader)
	}
	f.Header.Width, f.Header.Height = int(width), int(height)
	f.Header.Model = "rgb"
	if bits <= 8 {
		f.Header.Model = "palette"
	}
	// Only the fourth version of the header can declare an alpha mask.
	if size >= 108 && bits == 32 {
		if b, err := w.Peek(66, 4); err == nil {
			f.Header.Alpha = binary.LittleEndian.Uint32(b) != 0
		}
	}
	if compression == 0 || compression == 3 {
		row := (width*bits + 31) / 32 * 4
		if pixels+row*height > w.Size() {
			f.Truncated = true
			f.damage("pixels end at %d of %d bytes", w.Size(), pixels+row*height)
		}
	} else if pixels >= w.Size() {
		f.Truncated = true
	}
	return nil
}
