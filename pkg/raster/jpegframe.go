package raster

import (
	"bufio"
	"io"

	"github.com/aecheck/aecheck/pkg/format"
)

// jpegFrame is the frame header (SOF) of a JPEG: ITU-T T.81 B.2.2.
type jpegFrame struct {
	marker        byte // SOFn: 0xC0..0xCF
	precision     int
	width, height int
	components    int
	// samples is how many samples the planes hold per hundred pixels: 150 for
	// 4:2:0, 300 for 4:4:4.
	samples int
}

func (f jpegFrame) progressive() bool { return f.marker == 0xC2 }

// unsupported says why no decoder here can read the frame, "" where one can.
func (f jpegFrame) unsupported() string {
	switch {
	case f.precision != 8:
		return "12-bit samples"
	case f.marker == 0xC3:
		return "lossless JPEG"
	case f.marker >= 0xC9:
		return "arithmetic coding"
	case f.marker >= 0xC5:
		return "hierarchical JPEG"
	case f.components != 1 && f.components != 3 && f.components != 4:
		return "an odd number of colour components"
	}
	return ""
}

// readFrame walks the segments before the first frame header.
func readFrame(r io.ReaderAt, size int64) (jpegFrame, error) {
	var f jpegFrame
	bad := func(p Problem, why string) (jpegFrame, error) {
		return f, &Error{Problem: p, Format: format.JPEG, Why: why}
	}
	var head [2]byte
	if _, err := r.ReadAt(head[:], 0); err != nil || head != [2]byte{0xFF, 0xD8} {
		return bad(Corrupt, "it does not start as a JPEG")
	}
	at := int64(2)
	for {
		marker, next, err := nextMarker(r, at, size)
		if err != nil {
			return bad(Truncated, "the file ends before the frame header")
		}
		if marker == 0xD9 || marker == 0xDA {
			return bad(Corrupt, "no frame header before the pixels")
		}
		if marker == 0x01 || marker >= 0xD0 && marker <= 0xD8 {
			at = next
			continue
		}
		var b [8]byte
		n, _ := r.ReadAt(b[:min(int64(len(b)), size-next)], next)
		if n < 2 {
			return bad(Truncated, "the file ends before the frame header")
		}
		length := int64(b[0])<<8 | int64(b[1])
		if length < 2 {
			return bad(Corrupt, "a segment with an impossible length")
		}
		if marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC {
			if n < len(b) || length < 8 {
				return bad(Truncated, "the frame header is cut short")
			}
			f = jpegFrame{
				marker: marker, precision: int(b[2]),
				height: int(b[3])<<8 | int(b[4]), width: int(b[5])<<8 | int(b[6]), components: int(b[7]),
			}
			f.samples = sampleShare(r, next+8, f.components)
			return f, nil
		}
		at = next + length
	}
}

// nextMarker finds the next marker from at on, skipping fill bytes and stray
// data, and returns it with the offset behind it.
func nextMarker(r io.ReaderAt, at, size int64) (marker byte, next int64, err error) {
	if at >= size {
		return 0, at, io.ErrUnexpectedEOF
	}
	br := bufio.NewReaderSize(io.NewSectionReader(r, at, size-at), 512)
	for seen := false; ; {
		c, err := br.ReadByte()
		if err != nil {
			return 0, at, err
		}
		at++
		switch {
		case c == 0xFF:
			seen = true
		case seen && c != 0:
			return c, at, nil
		default:
			seen = false
		}
	}
}

// sampleShare reads the sampling factors that follow a frame header.
func sampleShare(r io.ReaderAt, at int64, components int) int {
	var b [12]byte
	n := min(components, 4)
	if _, err := r.ReadAt(b[:3*n], at); err != nil {
		return 100 * components
	}
	maxH, maxV, sum := 1, 1, 0
	for i := range n {
		h, v := int(b[3*i+1]>>4), int(b[3*i+1]&15)
		maxH, maxV = max(maxH, h), max(maxV, v)
		sum += h * v
	}
	if n == 1 {
		return 100
	}
	return min(100*components, 100*sum/(maxH*maxV))
}
