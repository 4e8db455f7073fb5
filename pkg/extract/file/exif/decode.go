package exif

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/rwcarlsen/goexif/tiff"
	"golang.org/x/text/encoding/japanese"

	"github.com/aecheck/aecheck/pkg/extract/file/charset"
	"github.com/aecheck/aecheck/pkg/extract/file/container"
	"github.com/aecheck/aecheck/pkg/extract/file/tiffdir"
	"github.com/aecheck/aecheck/pkg/extract/file/window"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
)

// field is a fact, or several, with the tags it is decoded from. What is not in
// a field's tags is not collected, so decoding anything else stops the program.
type field struct {
	tags []uint16
	set  func(d *decoder, res *Result)
}

// text is a field that is one text value.
func text(tag uint16, to func(*facts.Exif) *string) field {
	return field{[]uint16{tag}, func(d *decoder, res *Result) { *to(&res.Exif) = d.text(tag) }}
}

// fields of IFD0 and the Exif directory, in the order they are decoded.
var fields = []field{
	text(tagMake, func(e *facts.Exif) *string { return &e.Make }),
	text(tagModel, func(e *facts.Exif) *string { return &e.Model }),
	text(tagSoftware, func(e *facts.Exif) *string { return &e.Software }),
	text(tagArtist, func(e *facts.Exif) *string { return &e.Artist }),
	text(tagCopyright, func(e *facts.Exif) *string { return &e.Copyright }),
	text(tagDescription, func(e *facts.Exif) *string { return &e.Description }),
	text(tagSubSecOriginal, func(e *facts.Exif) *string { return &e.SubSec }),
	text(tagCameraOwner, func(e *facts.Exif) *string { return &e.Owner }),
	text(tagExifVersion, func(e *facts.Exif) *string { return &e.ExifVersion }),
	{[]uint16{tagUserComment}, func(d *decoder, res *Result) { res.Exif.UserComment = d.comment(tagUserComment) }},
	{[]uint16{tagXPTitle, tagXPSubject, tagXPComment, tagXPKeywords, tagXPAuthor}, func(d *decoder, res *Result) {
		res.Exif.XPText = d.windows(tagXPTitle, tagXPSubject, tagXPComment, tagXPKeywords, tagXPAuthor)
	}},
	{[]uint16{tagLensModel, tagLensSpec}, func(d *decoder, res *Result) {
		if res.Exif.Lens = d.text(tagLensModel); res.Exif.Lens == "" {
			res.Exif.Lens = d.lensSpec()
		}
	}},
	{[]uint16{tagBodySerial, tagCameraSerial}, func(d *decoder, res *Result) {
		if res.Exif.Serial = d.text(tagBodySerial); res.Exif.Serial == "" {
			res.Exif.Serial = d.text(tagCameraSerial)
		}
	}},
	{[]uint16{gpsLatitudeRef, gpsLatitude, gpsLongitudeRef, gpsLongitude}, func(d *decoder, res *Result) {
		e := &res.Exif
		e.Latitude, e.Longitude, e.GPS = d.position()
	}},
	{clockTags(tagDateTimeOriginal), func(d *decoder, res *Result) {
		e := &res.Exif
		e.Offset, e.TakenRaw = d.text(tagOffsetOriginal), d.text(tagDateTimeOriginal)
		e.TakenAt = d.time(e.TakenRaw, e.Offset, e)
	}},
	{clockTags(tagDateTime), func(d *decoder, res *Result) {
		res.Exif.ModifiedAt = d.time(d.text(tagDateTime), d.text(tagOffsetTime), &res.Exif)
	}},
	{clockTags(tagDateTimeDigitized), func(d *decoder, res *Result) {
		e := &res.Exif
		e.DigitizedAt = d.time(d.text(tagDateTimeDigitized), d.text(tagOffsetDigitized), e)
		e.HasDigitizedAt = !e.DigitizedAt.IsZero()
	}},
	{[]uint16{gpsDate, gpsTime}, func(d *decoder, res *Result) { res.Raw.Satellite = d.satelliteTime() }},
	{[]uint16{tagExposureTime}, func(d *decoder, res *Result) { res.Exif.ExposureTime = d.exposure() }},
	{[]uint16{tagFNumber}, func(d *decoder, res *Result) { res.Exif.FNumber = d.ratio(tagFNumber) }},
	{[]uint16{tagFocalLength}, func(d *decoder, res *Result) { res.Exif.FocalLength = d.ratio(tagFocalLength) }},
	{[]uint16{tagISO, tagISOSpeed}, func(d *decoder, res *Result) {
		e := &res.Exif
		if e.ISO = int(d.number(tagISO)); e.ISO == 0 || e.ISO == math.MaxUint16 {
			// Above 65535 the value is kept in a tag of its own.
			e.ISO = max(e.ISO, int(d.number(tagISOSpeed)))
		}
	}},
	{[]uint16{tagPixelX, tagPixelY}, func(d *decoder, res *Result) {
		res.Exif.PixelWidth, res.Exif.PixelHeight = int(d.number(tagPixelX)), int(d.number(tagPixelY))
	}},
	{[]uint16{tagOrientation}, func(d *decoder, res *Result) {
		if o := d.number(tagOrientation); o >= 1 && o <= 8 {
			res.Exif.Orientation = int(o)
		}
	}},
	{[]uint16{tagProcessingSoftware}, func(d *decoder, res *Result) { res.Raw.ProcessingSoftware = d.text(tagProcessingSoftware) }},
}

// collected are the tags of the fields.
var collected = func() map[uint16]bool {
	out := map[uint16]bool{}
	for _, f := range fields {
		for _, tag := range f.tags {
			out[tag] = true
		}
	}
	return out
}()

// decode fills the facts from a block's values.
func (res *Result) decode(b *block, xmp [][]byte) {
	d := decoder{block: b, xmp: xmp}
	for _, f := range fields {
		d.of = f.tags
		f.set(&d, res)
	}
	e := &res.Exif
	e.MakerNote = b.maker
	res.thumbnail(b.thumb)
	count(e)
	e.Damaged = b.damage != ""
}

// count fills what is counted: CoreCount and StrongCount (the tags of
// https://vaultify.snapwonders.com/devices).
func count(e *facts.Exif) {
	e.HasTakenAt = !e.TakenAt.IsZero()
	for _, there := range []bool{e.Make != "", e.Model != "", !e.TakenAt.IsZero()} {
		if there {
			e.CoreCount++
		}
	}
	for _, there := range []bool{e.ExposureTime != "", e.FNumber > 0, e.ISO > 0, e.FocalLength > 0, e.ExifVersion != "", e.PixelWidth > 0} {
		if there {
			e.StrongCount++
		}
	}
}

func (res *Result) thumbnail(data []byte) {
	if len(data) == 0 {
		return
	}
	res.Exif.Thumbnail = len(data)
	if format.Sniff(data) == format.JPEG {
		h := container.Read(format.JPEG, window.Bytes(data)).Header
		res.Exif.ThumbWidth, res.Exif.ThumbHeight = h.Width, h.Height
	}
}

// decoder has goexif decode a block's values, one at a time and those asked for
// only: a whole structure it copies three times before decoding all of it.
type decoder struct {
	*block
	xmp   [][]byte // packets of the same file, for zones of times
	of    []uint16 // tags of the field being decoded
	entry entryReader
}

func (d *decoder) tag(tag uint16) *tiff.Tag {
	if !slices.Contains(d.of, tag) {
		//nolint:forbidigo // a fault of ours that any file shows
		panic(fmt.Sprintf("tag 0x%04x is decoded but not among its field's", tag))
	}
	v := d.find(tag)
	if v == nil {
		return nil
	}
	if v.decoded == nil {
		var err error
		d.entry.show(v, d.order)
		if v.decoded, err = tiff.DecodeTag(&d.entry, d.order); err != nil {
			d.hurt(fmt.Sprintf("value of tag 0x%04x: %v", tag, err))
			v.decoded = &tiff.Tag{}
		}
	}
	return v.decoded
}

// entryReader shows goexif one directory entry, with its value at offset 0.
type entryReader struct {
	entry [12]byte
	at    int
	data  []byte
}

func (r *entryReader) show(v *value, order binary.ByteOrder) {
	r.entry, r.at, r.data = [12]byte{}, 0, v.data
	typ := v.typ
	if typ == tiffdir.Byte {
		// Bytes are wanted as they are, not as a list of numbers.
		typ = tiffdir.Undefined
	}
	order.PutUint16(r.entry[:], v.tag)
	order.PutUint16(r.entry[2:], typ)
	order.PutUint32(r.entry[4:], v.count)
	if len(v.data) <= 4 {
		copy(r.entry[8:], v.data)
	}
}

// Read reads the entry.
func (r *entryReader) Read(p []byte) (int, error) {
	n := copy(p, r.entry[r.at:])
	r.at += n
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// ReadAt reads the value. It says at once where it ends, which spares goexif
// another read and a larger buffer.
func (r *entryReader) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 || off >= int64(len(r.data)) {
		return 0, io.EOF
	}
	n := copy(p, r.data[off:])
	if int(off)+n == len(r.data) {
		return n, io.EOF
	}
	return n, nil
}

// text returns a text value without padding; other types give "".
func (d *decoder) text(name uint16) string {
	t := d.tag(name)
	if t == nil || t.Type != tiff.DTAscii && t.Type != tiff.DTUndefined && t.Type != tiff.DTByte {
		return ""
	}
	if order, ok := wide(t.Val); ok {
		s, _, _ := strings.Cut(utf16Text(t.Val, order), "\x00")
		return strings.TrimSpace(s)
	}
	b, _, _ := bytes.Cut(t.Val, []byte{0})
	return strings.TrimSpace(charset.Field(b))
}

// wide reports whether a text is UTF-16, which some programs write where ASCII is
// asked for: two characters or more with a zero byte beside each.
func wide(b []byte) (binary.ByteOrder, bool) {
	if len(b) < 4 {
		return nil, false
	}
	switch {
	case b[0] != 0 && b[1] == 0 && b[2] != 0 && b[3] == 0, b[0] == 0xFF && b[1] == 0xFE:
		return binary.LittleEndian, true
	case b[0] == 0 && b[1] != 0 && b[2] == 0 && b[3] != 0, b[0] == 0xFE && b[1] == 0xFF:
		return binary.BigEndian, true
	}
	return nil, false
}

// comment decodes UserComment: eight bytes name the character code. Some phones
// keep data of their own in it, which is no comment.
func (d *decoder) comment(name uint16) string {
	s := d.commentText(name)
	control := 0
	for _, r := range s {
		if unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' {
			control++
		}
	}
	if control > len(s)/16 {
		return ""
	}
	return s
}

func (d *decoder) commentText(name uint16) string {
	t := d.tag(name)
	if t == nil {
		return ""
	}
	v := t.Val
	if len(v) < 8 {
		return strings.TrimSpace(strings.Trim(charset.Field(v), "\x00"))
	}
	code, body := string(v[:8]), v[8:]
	switch {
	case strings.HasPrefix(code, "UNICODE"):
		return trim(utf16Text(body, d.order))
	case strings.HasPrefix(code, "JIS"):
		if s, err := japanese.ISO2022JP.NewDecoder().Bytes(body); err == nil {
			return trim(string(s))
		}
	case strings.HasPrefix(code, "ASCII") || code == "\x00\x00\x00\x00\x00\x00\x00\x00":
		return trim(charset.Field(bytes.TrimRight(body, "\x00")))
	}
	// Written without the code.
	return trim(charset.Field(bytes.TrimRight(v, "\x00")))
}

func trim(s string) string { return strings.Trim(s, " \x00\n\r\t") }

// utf16Text decodes UTF-16 in the order a mark at its start or the zeros of
// its Latin letters show; programs disagree whether the block's order counts.
func utf16Text(b []byte, order binary.ByteOrder) string {
	var even, odd int
	for i := 0; i+1 < len(b); i += 2 {
		if b[i] == 0 {
			even++
		}
		if b[i+1] == 0 {
			odd++
		}
	}
	switch {
	case len(b) >= 2 && b[0] == 0xFE && b[1] == 0xFF || even > odd:
		order = binary.BigEndian
	case len(b) >= 2 && b[0] == 0xFF && b[1] == 0xFE || odd > even:
		order = binary.LittleEndian
	}
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = order.Uint16(b[2*i:])
	}
	return strings.TrimPrefix(string(utf16.Decode(units)), "\uFEFF")
}

// windows joins the XP tags, UTF-16LE by definition.
func (d *decoder) windows(names ...uint16) string {
	var out []string
	for _, n := range names {
		if t := d.tag(n); t != nil {
			if s := trim(utf16Text(t.Val, binary.LittleEndian)); s != "" {
				out = append(out, s)
			}
		}
	}
	return strings.Join(out, "; ")
}

func (d *decoder) number(name uint16) int64 {
	t := d.tag(name)
	if t == nil {
		return 0
	}
	if t.Format() == tiff.UndefVal && len(t.Val) > 0 {
		return int64(t.Val[0])
	}
	v, err := t.Int64(0)
	if err != nil || v < 0 || v > math.MaxInt32 {
		return 0
	}
	return v
}

func (d *decoder) rational(name uint16, i int) (num, den int64, ok bool) {
	t := d.tag(name)
	if t == nil || t.Format() != tiff.RatVal || i >= int(t.Count) {
		return 0, 0, false
	}
	num, den, err := t.Rat2(i)
	return num, den, err == nil && den != 0
}

// ratio returns a rational, rounded to four decimals.
func (d *decoder) ratio(name uint16) float64 {
	num, den, ok := d.rational(name, 0)
	if !ok || num <= 0 {
		return 0
	}
	return math.Round(float64(num)/float64(den)*1e4) / 1e4
}

// exposure is 1/n below a second, seconds above.
func (d *decoder) exposure() string {
	num, den, ok := d.rational(tagExposureTime, 0)
	if !ok || num <= 0 || den < 0 {
		return ""
	}
	v := float64(num) / float64(den)
	if v >= 0.3 {
		return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64)
	}
	return "1/" + strconv.FormatFloat(math.Round(1/v), 'f', -1, 64)
}

// lensSpec words the four numbers of LensSpecification.
func (d *decoder) lensSpec() string {
	var v [4]float64
	for i := range v {
		num, den, ok := d.rational(tagLensSpec, i)
		if ok && num > 0 {
			v[i] = math.Round(float64(num)/float64(den)*10) / 10
		}
	}
	if v[0] == 0 {
		return ""
	}
	s := span(v[0], v[1]) + " mm"
	if v[2] > 0 {
		s += " f/" + span(v[2], v[3])
	}
	return s
}

func span(a, b float64) string {
	s := strconv.FormatFloat(a, 'f', -1, 64)
	if b > 0 && b != a {
		s += "-" + strconv.FormatFloat(b, 'f', -1, 64)
	}
	return s
}

// position is where the picture was taken; ok needs both angles in range, and
// not both zero, which is what a receiver without a fix writes.
func (d *decoder) position() (lat, lon float64, ok bool) {
	lat, ok1 := d.angle(gpsLatitude, gpsLatitudeRef, "S")
	lon, ok2 := d.angle(gpsLongitude, gpsLongitudeRef, "W")
	if !ok1 || !ok2 || math.Abs(lat) > 90 || math.Abs(lon) > 180 || lat == 0 && lon == 0 {
		return 0, 0, false
	}
	return lat, lon, true
}

func (d *decoder) angle(name, ref uint16, negative string) (float64, bool) {
	var v, scale float64 = 0, 1
	for i := range 3 {
		num, den, ok := d.rational(name, i)
		if !ok {
			if i == 0 {
				return 0, false
			}
			break
		}
		v += float64(num) / float64(den) / scale
		scale *= 60
	}
	if strings.EqualFold(d.text(ref), negative) {
		v = -v
	}
	return math.Round(v*1e6) / 1e6, true
}
