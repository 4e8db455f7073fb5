package container

import (
	"io"

	"github.com/aecheck/aecheck/pkg/extract/file/window"
	"github.com/aecheck/aecheck/pkg/raster"
)

// readDecoded asks the decoder of a format that has no walker here: the size, and
// no metadata. So a new format needs its decoder and nothing else to be judged.
func (f *File) readDecoded(w *window.Reader) error {
	h, err := raster.ReadHeader(windowAt{w}, w.Size(), f.Format)
	if err != nil {
		return err
	}
	f.Header.Width, f.Header.Height, f.Header.Progressive = h.Width, h.Height, h.Progressive
	f.Header.Alpha = true // only the pixels tell
	return nil
}

// windowAt reads a window, within its budget, as the decoders' headers want it.
type windowAt struct{ w *window.Reader }

func (a windowAt) ReadAt(p []byte, off int64) (int, error) {
	data, short, err := a.w.UpTo(off, len(p))
	n := copy(p, data)
	if err == nil && short {
		err = io.EOF
	}
	return n, err
}
