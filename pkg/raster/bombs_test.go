package raster

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"image"
	"io"
	"path"
	"runtime"
	"testing"

	"golang.org/x/image/tiff"

	"github.com/aecheck/aecheck/pkg/format"
	"github.com/aecheck/aecheck/pkg/testkit/bombs"
)

// allocated is how many bytes f takes from the heap, all in all.
func allocated(f func()) int64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return int64(after.TotalAlloc - before.TotalAlloc)
}

// TestBombs: a picture is refused before it takes memory, or takes no more than its
// header says that it will.
func TestBombs(t *testing.T) {
	refused := map[string]Problem{
		"deflate.tif": TooLarge, "deflate-grey.tif": TooLarge, "deflate16.tif": TooLarge, "strips.tif": Corrupt,
		"interlaced.png": TooLarge, "canvas.webp": Corrupt, "large.gif": TooLarge, "large.bmp": TooLarge,
	}
	for _, b := range bombs.Pictures() {
		data := b.Data()
		name := format.Sniff(data)
		h, err := ReadHeader(bytes.NewReader(data), int64(len(data)), name)
		if err != nil {
			t.Errorf("%s: %v", b.Name, err)
			continue
		}
		problem, isRefused := refused[b.Name]
		var derr error
		took := allocated(func() {
			_, derr = Decode(context.Background(), bytes.NewReader(data), int64(len(data)), Options{Format: name, Detail: 800})
		})
		var e *Error
		switch {
		case isRefused && (!errors.As(derr, &e) || e.Problem != problem):
			t.Errorf("%s: %v, want %s", b.Name, derr, problem)
		case isRefused && took > 16<<20+2*int64(len(data)):
			t.Errorf("%s was refused with %d MiB", b.Name, took>>20)
		case !isRefused && took > h.Memory(800)+int64(2*len(data))+16<<20:
			t.Errorf("%s took %d MiB, its header says %d", path.Base(b.Name), took>>20, h.Memory(800)>>20)
		}
	}
}

// TestTIFFBlocks: honest strips of any packing, large enough to be looked at, are
// decoded.
func TestTIFFBlocks(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 1700, 1300)) // 17 MB at eight bytes a pixel
	for i := range m.Pix {
		m.Pix[i] = uint8(i*i>>7) | uint8(255*(i%4/3))
	}
	want, _ := toRGB(m, 1700, 1300)
	for _, c := range []tiff.CompressionType{tiff.Uncompressed, tiff.Deflate} {
		var b bytes.Buffer
		if err := tiff.Encode(&b, m, &tiff.Options{Compression: c}); err != nil {
			t.Fatal(err)
		}
		p, err := Decode(context.Background(), bytes.NewReader(b.Bytes()), int64(b.Len()), Options{Format: format.TIFF})
		if err != nil {
			t.Errorf("compression %d: %v", c, err)
		} else if !bytes.Equal(p.Pix, want.Pix) {
			t.Errorf("compression %d: other pixels", c)
		}
	}
}

// TestUnpackedBits counts what PackBits holds, to the last byte and no further.
func TestUnpackedBits(t *testing.T) {
	for _, c := range []struct {
		in   []byte
		want int64
	}{
		{[]byte{0, 7}, 1}, {[]byte{2, 1, 2, 3}, 3}, {[]byte{0x81, 9}, 128}, {[]byte{0x80, 0xff, 9}, 2},
		{[]byte{0xfe, 9, 1, 5, 6, 0x80}, 5}, {nil, 0},
	} {
		got, err := io.Copy(io.Discard, &unpackedBits{in: bufio.NewReader(bytes.NewReader(c.in))})
		if got != c.want || err != nil {
			t.Errorf("% x: %d bytes, want %d; %v", c.in, got, c.want, err)
		}
	}
}
