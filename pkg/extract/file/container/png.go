package container

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/aecheck/aecheck/pkg/extract/file/charset"
	"github.com/aecheck/aecheck/pkg/extract/file/tiffdir"
	"github.com/aecheck/aecheck/pkg/extract/file/window"
)

// maxInflated is how many bytes the compressed text chunks and profiles of one
// file may become: generator workflows of some MiB exist, more is a bomb.
const maxInflated = 16 << 20

// maxTextChunks bounds the number of text entries kept.
const maxTextChunks = 1000

// xmpKeyword is the iTXt keyword of XMP (XMP specification part 3, 1.1.5).
const xmpKeyword = "XML:com.adobe.xmp"

// readPNG walks all chunks to the end of the file: metadata may follow the
// pixels. Chunk layout: PNG specification third edition,
// section 5.
func (f *File) readPNG(w *window.Reader) error {
	pos := int64(8)
	seenEnd := false
	for pos < w.Size() && !seenEnd {
		h, err := w.Peek(pos, 8)
		if err != nil {
			f.Truncated = true
			return fmt.Errorf("chunk header at offset %d is cut off", pos)
		}
		n := int64(binary.BigEndian.Uint32(h))
		kind := string(h[4:8])
		if n > 1<<31-1 || !chunkName(kind) {
			f.Truncated = true
			return fmt.Errorf("no chunk at offset %d", pos)
		}
		body := pos + 8
		short := body+n+4 > w.Size()
		if short {
			f.Truncated = true
		}
		switch kind {
		case "IHDR":
			b, err := w.Peek(body, 13)
			if err != nil {
				return fmt.Errorf("IHDR: %w", err)
			}
			f.Header.Width = int(binary.BigEndian.Uint32(b))
			f.Header.Height = int(binary.BigEndian.Uint32(b[4:]))
			colorType := b[9]
			f.Header.Model = map[byte]string{0: "gray", 2: "rgb", 3: "palette", 4: "gray", 6: "rgb"}[colorType]
			f.Header.Alpha = colorType == 4 || colorType == 6
			f.Header.Progressive = b[12] == 1
		case "tRNS":
			f.Header.Alpha = true
		case "pHYs":
			if b, err := w.Peek(body, 9); err == nil && b[8] == 1 {
				f.Header.DPI = float64(binary.BigEndian.Uint32(b)) * 0.0254
			}
		case "acTL":
			if b, err := w.Peek(body, 4); err == nil {
				f.Header.Frames = max(1, int(min(binary.BigEndian.Uint32(b), 1<<20)))
			}
		case "IEND":
			seenEnd = true
		case "eXIf", "iCCP", "tEXt", "zTXt", "iTXt", "caBX":
			data, cut, err := w.UpTo(body, int(n))
			if err != nil {
				f.damage("%s chunk at offset %d: %v", kind, pos, err)
			} else if cut {
				f.damage("%s chunk at offset %d is cut off", kind, pos)
			}
			f.pngChunk(kind, data, Range{Off: pos, Length: n + 12}, cut)
		}
		pos = body + n + 4
	}
	if !seenEnd {
		f.Truncated = true
		f.damage("the file ends without an IEND chunk")
	}
	if f.Header.Width == 0 {
		return ErrNoHeader
	}
	return nil
}

func chunkName(s string) bool {
	for _, c := range []byte(s) {
		if c < 'A' || c > 'z' || c > 'Z' && c < 'a' {
			return false
		}
	}
	return true
}

func (f *File) pngChunk(kind string, data []byte, at Range, cut bool) {
	switch kind {
	case "eXIf":
		f.setExif(data, cut)
	case "caBX":
		if f.Manifest == nil && isManifest(data) {
			f.Manifest = &Manifest{JUMBF: data, Ranges: []Range{at}}
		}
	case "iCCP":
		if _, rest, ok := bytes.Cut(data, []byte{0}); ok && len(rest) > 1 {
			f.ICC = f.inflate(rest[1:])
		}
	case "tEXt":
		if key, value, ok := bytes.Cut(data, []byte{0}); ok {
			// Many programs write UTF-8 where the standard wants Latin-1.
			f.addText(charset.Latin1(key), charset.Field(value))
		}
	case "zTXt":
		if key, rest, ok := bytes.Cut(data, []byte{0}); ok && len(rest) > 1 && rest[0] == 0 {
			f.addText(charset.Latin1(key), charset.Field(f.inflate(rest[1:])))
		}
	case "iTXt":
		f.internationalText(data)
	}
}

// internationalText: keyword, 0, compressed?, method, language, 0, translated
// keyword, 0, text.
func (f *File) internationalText(data []byte) {
	key, rest, ok := bytes.Cut(data, []byte{0})
	if !ok || len(rest) < 2 {
		return
	}
	compressed := rest[0] == 1
	_, rest, ok = bytes.Cut(rest[2:], []byte{0})
	if !ok {
		return
	}
	_, value, ok := bytes.Cut(rest, []byte{0})
	if !ok {
		return
	}
	if compressed {
		value = f.inflate(value)
	}
	if string(key) == xmpKeyword {
		f.XMP = append(f.XMP, value)
		return
	}
	f.addText(charset.Field(key), charset.Field(value))
}

func (f *File) addText(key, value string) {
	if kind, ok := strings.CutPrefix(key, "Raw profile type "); ok {
		f.rawProfile(kind, value)
		return
	}
	if key == xmpKeyword {
		f.XMP = append(f.XMP, []byte(value)) // not its place, but seen
		return
	}
	if len(f.Text) >= maxTextChunks {
		f.damage("more than %d text chunks", maxTextChunks)
		return
	}
	f.Text = append(f.Text, Text{Key: key, Value: strings.ToValidUTF8(value, string(utf8.RuneError))})
}

// rawProfile reads ImageMagick's way of keeping EXIF, IPTC and XMP in text:
// newline, name, length in decimal, hex digits in lines.
func (f *File) rawProfile(kind, value string) {
	lines := strings.SplitN(strings.TrimLeft(value, "\n"), "\n", 3)
	if len(lines) < 3 {
		return
	}
	digits := strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == ' ' {
			return -1
		}
		return r
	}, lines[2])
	data, err := hex.DecodeString(digits[:len(digits)&^1])
	if err != nil {
		f.damage("raw profile %s: %v", kind, err)
		return
	}
	switch kind {
	case "exif", "APP1":
		if rest, ok := bytes.CutPrefix(data, []byte(xmpSignature)); ok {
			f.XMP = append(f.XMP, rest)
			return
		}
		f.setExif(data, false)
	case "xmp":
		f.XMP = append(f.XMP, data)
	case "iptc", "8bim":
		f.Photoshop = true
		data = bytes.TrimPrefix(data, []byte(photoSignature))
		f.IPTC = iptcOf(data)
	case "icc", "icm":
		f.ICC = data
	}
}

// setExif takes an EXIF block with or without the "Exif" lead of JPEG.
func (f *File) setExif(data []byte, short bool) {
	if f.Exif.Main != nil {
		return
	}
	data = bytes.TrimPrefix(data, []byte(exifSignature))
	if tiffdir.Order(data) == nil {
		f.damage("EXIF block without a TIFF header")
		return
	}
	f.Exif = ExifSource{Main: window.Bytes(data), Short: short}
}

// inflate returns what could be decompressed within what is left of the
// file's allowance.
func (f *File) inflate(b []byte) []byte {
	z, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil
	}
	defer z.Close()
	out, err := io.ReadAll(io.LimitReader(z, maxInflated-f.inflated))
	f.inflated += int64(len(out))
	if f.inflated >= maxInflated {
		f.damage("compressed text of more than %d bytes", maxInflated)
	}
	if err != nil && len(out) == 0 {
		return nil
	}
	return out
}
