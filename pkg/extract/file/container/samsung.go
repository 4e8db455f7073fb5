package container

import (
	"encoding/binary"

	"github.com/aecheck/aecheck/pkg/extract/file/window"
)

// reEdit is the block Samsung's gallery leaves when it changes a picture.
const reEdit = "PhotoEditor_Re_Edit_Data"

// Bounds of the trailer: phones write up to some twenty blocks.
const (
	maxTrailerDir    = 4 << 10
	maxTrailerBlocks = 200
	maxReEdit        = 256 << 10
)

// samsungTrailer looks behind a JPEG's pixels for the blocks Samsung phones
// append: the blocks, a directory ("SEFH", version, count, entries of type,
// distance back from the directory, size), the directory's length, "SEFT".
func (f *File) samsungTrailer(w *window.Reader) {
	end, err := w.Peek(w.Size()-8, 8)
	if err != nil || string(end[4:]) != "SEFT" {
		return
	}
	n := int64(binary.LittleEndian.Uint32(end))
	start := w.Size() - 8 - n
	if n < 12 || n > maxTrailerDir || start < 0 {
		return
	}
	dir, err := w.Read(start, int(n))
	if err != nil || string(dir[:4]) != "SEFH" {
		return
	}
	count := int(min(binary.LittleEndian.Uint32(dir[8:]), maxTrailerBlocks))
	for i := range count {
		at := 12 + 12*i
		if at+12 > len(dir) {
			return
		}
		back, size := int64(binary.LittleEndian.Uint32(dir[at+4:])), int64(binary.LittleEndian.Uint32(dir[at+8:]))
		// A block starts with its type, the length of its name, the name.
		if size < 8+int64(len(reEdit)) || size > maxReEdit || back > start {
			continue
		}
		b, err := w.Peek(start-back, 8+len(reEdit))
		if err != nil || string(b[8:]) != reEdit || binary.LittleEndian.Uint32(b[4:]) != uint32(len(reEdit)) {
			continue
		}
		if data, _, err := w.UpTo(start-back+8+int64(len(reEdit)), int(size)-8-len(reEdit)); err == nil {
			f.SamsungEdit = data
			return
		}
	}
}
