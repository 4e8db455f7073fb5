package exif

import (
	"encoding/binary"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/aecheck/aecheck/pkg/extract/file/container"
	"github.com/aecheck/aecheck/pkg/extract/file/tiffdir"
	"github.com/aecheck/aecheck/pkg/extract/file/window"
	"github.com/aecheck/aecheck/pkg/facts"
)

func ascii(tag uint16, s string) value {
	return value{tag: tag, typ: tiffdir.ASCII, count: uint32(len(s) + 1), data: append([]byte(s), 0)}
}

func undefined(tag uint16, s string) value {
	return value{tag: tag, typ: tiffdir.Undefined, count: uint32(len(s)), data: []byte(s)}
}

func short(order binary.ByteOrder, tag, v uint16) value {
	b := make([]byte, 2)
	order.PutUint16(b, v)
	return value{tag: tag, typ: tiffdir.Short, count: 1, data: b}
}

func ratio(order binary.ByteOrder, tag uint16, v ...uint32) value {
	b := make([]byte, 4*len(v))
	for i, x := range v {
		order.PutUint32(b[4*i:], x)
	}
	return value{tag: tag, typ: tiffdir.Rational, count: uint32(len(v) / 2), data: b}
}

// camera is a whole set of tags.
func camera(order byteOrder) laidOut {
	return laidOut{
		order: order,
		ifd0: []value{
			ascii(tagMake, "Acme "), ascii(tagModel, "One"), short(order, tagOrientation, 6), ascii(tagSoftware, "1.0"),
			ascii(tagDateTime, "2026:03:02 10:15:01"), ascii(tagArtist, "\xc0\xee\xcb\xc4"),
			{tag: tagXPComment, typ: tiffdir.Byte, count: 6, data: []byte("h\x00i\x00\x00\x00")},
		},
		exif: []value{
			ratio(order, tagExposureTime, 1, 250), ratio(order, tagFNumber, 28, 10), short(order, tagISO, 200), undefined(tagExifVersion, "0232"),
			ascii(tagDateTimeOriginal, "2026:03:02 10:15:00"), ascii(tagDateTimeDigitized, "2026:03:02 10:15:00"), ratio(order, tagFocalLength, 4150, 1000),
			undefined(tagUserComment, "ASCII\x00\x00\x00hello"), ascii(tagSubSecOriginal, "123"), short(order, tagPixelX, 4000), short(order, tagPixelY, 3000),
			ascii(tagOffsetOriginal, "+08:00"), ascii(tagCameraOwner, "Li Na"), ascii(tagBodySerial, "0012"), ratio(order, tagLensSpec, 18, 1, 55, 1, 35, 10, 56, 10),
		},
		gps: []value{ascii(gpsLatitudeRef, "S"), ratio(order, gpsLatitude, 33, 1, 30, 1, 0, 1), ascii(gpsLongitudeRef, "E"), ratio(order, gpsLongitude, 151, 1, 15, 1, 0, 1)},
	}
}

func fileOf(data []byte) *container.File {
	return &container.File{Format: "jpeg", Exif: container.ExifSource{Main: window.Bytes(data)}}
}

func TestReadCameraSet(t *testing.T) {
	beijing := time.FixedZone("", 8*3600)
	at := time.Date(2026, 3, 2, 10, 15, 0, 0, beijing)
	for _, order := range []byteOrder{binary.LittleEndian, binary.BigEndian} {
		res := read(fileOf(camera(order).layout()))
		if res.Err != nil {
			t.Fatal(res.Err)
		}
		want := facts.Exif{
			Present: true, Make: "Acme", Model: "One", Software: "1.0", Artist: "李四", XPText: "hi", UserComment: "hello",
			Lens: "18-55 mm f/3.5-5.6", Owner: "Li Na", Serial: "0012", TakenAt: at, HasTakenAt: true, TakenRaw: "2026:03:02 10:15:00", Offset: "+08:00", SubSec: "123",
			ModifiedAt: time.Date(2026, 3, 2, 10, 15, 1, 0, beijing), DigitizedAt: time.Date(2026, 3, 2, 10, 15, 0, 0, beijing), HasDigitizedAt: true,
			ExposureTime: "1/250", FNumber: 2.8, ISO: 200, FocalLength: 4.15, ExifVersion: "0232", PixelWidth: 4000, PixelHeight: 3000,
			Orientation: 6, GPS: true, Latitude: -33.5, Longitude: 151.25, CoreCount: 3, StrongCount: 6,
		}
		got := res.Exif
		if !got.TakenAt.Equal(want.TakenAt) {
			t.Errorf("taken at %v", got.TakenAt)
		}
		got.TakenAt = want.TakenAt
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}

// CR3 has the directories in structures of their own.
func TestSeparateDirectories(t *testing.T) {
	order := binary.LittleEndian
	whole := camera(order)
	alone := func(v []value) *window.Reader { return window.Bytes(laidOut{order: order, ifd0: v}.layout()) }
	res := read(&container.File{Format: "cr3", Exif: container.ExifSource{Main: alone(whole.ifd0), Exif: alone(whole.exif), GPS: alone(whole.gps), MakerNote: 300}})
	if e := res.Exif; res.Err != nil || e.Model != "One" || e.ISO != 200 || !e.GPS || e.MakerNote != 300 || e.CoreCount != 3 || e.StrongCount != 6 {
		t.Errorf("%+v %v", e, res.Err)
	}
	other := window.Bytes(camera(binary.BigEndian).layout())
	if res := read(&container.File{Format: "cr3", Exif: container.ExifSource{Main: alone(whole.ifd0), Exif: other}}); res.Err != nil || res.Exif.Model != "One" || !res.Exif.Damaged {
		t.Errorf("another byte order: %+v %v", res.Exif, res.Err)
	}
}

// Blocks goexif alone gives up on, or never comes back from, are read as far
// as they go.
func TestDamagedBlocks(t *testing.T) {
	good := camera(binary.LittleEndian).layout()
	entry := func(off int, b string) []byte {
		d := append([]byte(nil), good...)
		copy(d[off:], b)
		return d
	}
	next := 8 + 2 + 12*int(binary.LittleEndian.Uint16(good[8:]))
	for name, c := range map[string]struct {
		data  []byte
		model string
	}{
		// The count of Software wraps round 32 bits when multiplied.
		"count overflows":     {entry(8+2+3*12+2, "\x05\x00\x01\x00\x00\x20"), "One"},
		"type goexif lacks":   {entry(8+2+3*12+2, "\x0d\x00\x01\x00\x00\x00"), "One"},
		"value outside":       {entry(8+2+3*12+2, "\x02\x00\xff\xff\x00\x00\xff\xff\x00\x00"), "One"},
		"chain to itself":     {entry(next, "\x08\x00\x00\x00"), "One"},
		"chain to nowhere":    {entry(next, "\xff\xff\xff\x7f"), "One"},
		"Exif directory gone": {good[:60+12*4], ""},
	} {
		res := read(fileOf(c.data))
		if c.model != "" && (res.Err != nil || res.Exif.Model != c.model) {
			t.Errorf("%s: model %q, %v", name, res.Exif.Model, res.Err)
		}
		if res.Err == nil && !res.Exif.Damaged {
			t.Errorf("%s: damage not said", name)
		}
	}
	if res := read(fileOf([]byte("II*\x00\xff\xff\x00\x00"))); !errors.Is(res.Err, ErrUnreadable) {
		t.Errorf("no directory: %v", res.Err)
	}
	if res := read(&container.File{Format: "jpeg"}); res.Err != nil || res.Exif.Present {
		t.Errorf("no block: %+v", res)
	}
}

func TestParseWall(t *testing.T) {
	utc := func(y int, mo time.Month, d, h, mi, s int) time.Time {
		return time.Date(y, mo, d, h, mi, s, 0, time.UTC)
	}
	for in, want := range map[string]time.Time{
		"2005:12:14 14:39:47":       utc(2005, 12, 14, 14, 39, 47),
		"2005-12-14T14:39:47":       utc(2005, 12, 14, 14, 39, 47),
		"2013/07/05 03:18":          utc(2013, 7, 5, 3, 18, 0),
		"2013:07:05":                utc(2013, 7, 5, 0, 0, 0),
		"2013:07:05 03:18:27+08:00": utc(2013, 7, 5, 3, 18, 27),
		"2013: 7: 5  3:18:27":       utc(2013, 7, 5, 3, 18, 27),
		"2026:02:20 24:08:19":       utc(2026, 2, 20, 0, 8, 19),
		"2026:02:20 下午 3:04:05":     utc(2026, 2, 20, 15, 4, 5),
		"2026:02:20 上午12:04:05":     utc(2026, 2, 20, 0, 4, 5),
		"2026:02:20 12:04:05 PM":    utc(2026, 2, 20, 12, 4, 5),
		"2026:02:20 12:04:05.123":   utc(2026, 2, 20, 12, 4, 5),
		"2026:02:20 24:00:00":       utc(2026, 2, 20, 0, 0, 0),
		"2026:02:20 23:59:60":       utc(2026, 2, 21, 0, 0, 0),
		"2026:02:20 中午12:04:05":     utc(2026, 2, 20, 12, 4, 5),
		"2026:02:20 凌晨12:04:05":     utc(2026, 2, 20, 0, 4, 5),
		"2026:02:20 晚上 9:04":        utc(2026, 2, 20, 21, 4, 0),
		"2026:02:20 오후 02:41:07":    utc(2026, 2, 20, 14, 41, 7),
		"2026:02:20 02:41:07 p. m.": utc(2026, 2, 20, 14, 41, 7),
		"2026:02:20 10.41.07":       utc(2026, 2, 20, 10, 41, 7),
		"2026:02:20 10-41-07":       utc(2026, 2, 20, 10, 41, 7),
		"2026:02:20, 10:41:07":      utc(2026, 2, 20, 10, 41, 7),
		"2026-02-20T10:41-05:00":    utc(2026, 2, 20, 10, 41, 0),
		"2026年2月20日 10时41分07秒":      utc(2026, 2, 20, 10, 41, 7),
		"20260220 104107":           utc(2026, 2, 20, 10, 41, 7),
		"20260220T104107Z":          utc(2026, 2, 20, 10, 41, 7),
		"20260220":                  utc(2026, 2, 20, 0, 0, 0),
		"Fri Feb 20 10:41:07 2026":  utc(2026, 2, 20, 10, 41, 7),
		"20-Feb-2026 10:41:07":      utc(2026, 2, 20, 10, 41, 7),
		"２０２６：０２：２０　１０：４１：０７": utc(2026, 2, 20, 10, 41, 7),
		"٢٠٢٦:٠٢:٢٠ ١٠:٤١:٠٧": utc(2026, 2, 20, 10, 41, 7),
		"२०२६:०२:२० १०:४१:०७": utc(2026, 2, 20, 10, 41, 7),
		"2569:02:20 10:41:07": utc(2026, 2, 20, 10, 41, 7),
		"0115:02:20 10:41:07": utc(2026, 2, 20, 10, 41, 7),
		"2036:02:20 10:41:07": utc(2036, 2, 20, 10, 41, 7),
		"20261320":            {},
		"1234567890":          {},
		"Ver.01.10":           {},
		"2026:02:20 25:08:19": {},
		"0000:00:00 00:00:00": {},
		"    :  :     :  :  ": {},
		"2013:02:31 00:00:00": {},
		"2013:13:01 00:00:00": {},
		"yesterday":           {},
		"":                    {},
	} {
		if got, _ := parseWall(in); !got.Equal(want) {
			t.Errorf("%q: %v, want %v", in, got, want)
		}
	}
}

// TestZones: the zone of a time is its offset's, else that of the GPS data, else
// Beijing's.
func TestZones(t *testing.T) {
	ascii := func(tag uint16, s string) value {
		return value{tag: tag, typ: 2, count: uint32(len(s) + 1), data: []byte(s + "\x00")}
	}
	rationals := func(tag uint16, n ...uint32) value {
		var data []byte
		for _, v := range n {
			data = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(data, v), 1)
		}
		return value{tag: tag, typ: 5, count: uint32(len(n)), data: data}
	}
	at := func(latitude, longitude uint32, east string) []value {
		return []value{ascii(gpsLatitudeRef, "N"), rationals(gpsLatitude, latitude, 0, 0), ascii(gpsLongitudeRef, east), rationals(gpsLongitude, longitude, 0, 0)}
	}
	for _, tt := range []struct {
		name, time, offset string
		gps                []value
		want               string
	}{
		{"no zone at all", "2026:11-21 03:00:00", "", nil, "2026-11-21T03:00:00+08:00"},
		{"an offset", "2026:11:21 03:00:00", "+01:00", nil, "2026-11-21T03:00:00+01:00"},
		{"an hour of one digit", "2026:11:20 22:00:00", "-5:00", nil, "2026-11-20T22:00:00-05:00"},
		{"no colon", "2026:11:20 22:00:00", "+0530", nil, "2026-11-20T22:00:00+05:30"},
		{"hours alone", "2026:11:21 03:00:00", "+1", nil, "2026-11-21T03:00:00+01:00"},
		{"with seconds", "2026:11:21 03:00:00", "+01:00:00", nil, "2026-11-21T03:00:00+01:00"},
		{"UTC named", "2026:11:21 03:00:00", "UTC-05:00", nil, "2026-11-21T03:00:00-05:00"},
		{"a minus sign", "2026:11:21 03:00:00", "\u221205:00", nil, "2026-11-21T03:00:00-05:00"},
		{"impossible", "2026:11:21 03:00:00", "+99:99", nil, "2026-11-21T03:00:00+08:00"},
		{"blanks", "2026:11:21 03:00:00", "   :  ", nil, "2026-11-21T03:00:00+08:00"},
		{"behind the time", "2026:11:21 03:00:00Z", "", nil, "2026-11-21T03:00:00Z"},
		{"Beijing's GPS", "2026:11:21 03:00:00", "", at(31, 121, "E"), "2026-11-21T03:00:00+08:00"},
		{"Madrid's GPS", "2026:11:21 03:00:00", "", at(40, 4, "W"), "2026-11-21T03:00:00Z"},
		{"the satellites' time", "2026:11:21 03:00:00", "", []value{rationals(gpsTime, 1, 58, 30), ascii(gpsDate, "2026:11:21")}, "2026-11-21T03:00:00+01:00"},
		{"satellites of another day", "2026:11:21 03:00:00", "", []value{rationals(gpsTime, 1, 58, 30), ascii(gpsDate, "2026:11:19")}, "2026-11-21T03:00:00+08:00"},
	} {
		values := []value{ascii(tagDateTimeOriginal, tt.time)}
		if tt.offset != "" {
			values = append(values, ascii(tagOffsetOriginal, tt.offset))
		}
		b := laidOut{order: binary.BigEndian, exif: values, gps: tt.gps}
		if got := read(fileOf(b.layout())).Exif.TakenAt.Format(time.RFC3339); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestZoneByXMP: the same time of day with an offset in XMP is the same clock.
func TestZoneByXMP(t *testing.T) {
	at := time.Date(2026, 11, 20, 22, 0, 0, 0, time.UTC)
	for packet, want := range map[string]string{
		`exif:DateTimeOriginal="2026-11-20T22:00:00-05:00"`:         "-0500",
		`<xmp:CreateDate>2026-11-20T22:00:00.123+09:00</xmp:C`:      "+0900",
		`exif:DateTimeOriginal="2026-11-20T22:00:00Z"`:              "+0000",
		`exif:DateTimeOriginal="2026-11-20T22:00:00"`:               "",
		`exif:DateTimeOriginal="2026-11-20T22:00:00" x="+09:00"`:    "",
		`exif:DateTimeOriginal="2026-11-20T21:00:00-05:00"`:         "",
		`exif:DateTimeOriginal='2026-11-20T22:00:00' y='a-05:00'/>`: "",
	} {
		got := ""
		if loc := zoneByXMP(at, [][]byte{[]byte(packet)}); loc != nil {
			got = at.In(loc).Format("-0700")
		}
		if got != want {
			t.Errorf("%s: %q, want %q", packet, got, want)
		}
	}
}

// TestWideText: UTF-16 where ASCII is asked for is read, a short text is no UTF-16.
func TestWideText(t *testing.T) {
	for raw, want := range map[string]string{
		"L\x00u\x00m\x00o\x00\x00\x00": "Lumo",
		"\x00L\x00u\x00m\x00o":         "Lumo",
		"\xff\xfeL\x00u\x00":           "Lu",
		"N\x00\x00\x00":                "N",
		"R98\x00":                      "R98",
	} {
		b := laidOut{order: binary.BigEndian, exif: []value{undefined(tagModel, raw)}}
		if got := read(fileOf(b.layout())).Exif.Model; got != want {
			t.Errorf("%q: %q, want %q", raw, got, want)
		}
	}
}

func TestUserComment(t *testing.T) {
	for name, c := range map[string]struct{ raw, want string }{
		"ascii":          {"ASCII\x00\x00\x00Screenshot\x00\x00", "Screenshot"},
		"unicode big":    {"UNICODE\x00\x00S\x00t\x00e\x00p\x00s", "Steps"},
		"unicode little": {"UNICODE\x00S\x00t\x00e\x00p\x00s\x00", "Steps"},
		"chinese":        {"UNICODE\x00\x4e\x2d\x65\x87", "中文"},
		"no code":        {"just some text", "just some text"},
		"undefined":      {"\x00\x00\x00\x00\x00\x00\x00\x00plain", "plain"},
		"blank":          {"ASCII\x00\x00\x00        ", ""},
		"short":          {"abc", "abc"},
	} {
		b := laidOut{order: binary.BigEndian, exif: []value{undefined(tagUserComment, c.raw)}}
		if got := read(fileOf(b.layout())).Exif.UserComment; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestExposureWords(t *testing.T) {
	for _, c := range []struct {
		num, den uint32
		want     string
	}{{10, 2500, "1/250"}, {1, 4, "1/4"}, {5, 2, "2.5"}, {1, 2, "0.5"}, {1, 8000, "1/8000"}, {0, 1, ""}, {1, 0, ""}} {
		b := laidOut{order: binary.BigEndian, exif: []value{ratio(binary.BigEndian, tagExposureTime, c.num, c.den)}}
		if got := read(fileOf(b.layout())).Exif.ExposureTime; got != c.want {
			t.Errorf("%d/%d: %q, want %q", c.num, c.den, got, c.want)
		}
	}
}

func TestCIFF(t *testing.T) {
	le := binary.LittleEndian
	model := "Canon\x00Canon PowerShot A5\x00"
	heap := []byte(model)
	dir := len(heap)
	heap = le.AppendUint16(heap, 2)
	heap = le.AppendUint16(heap, ciffMakeModel)
	heap = le.AppendUint32(le.AppendUint32(heap, uint32(len(model))), 0)
	heap = le.AppendUint16(heap, ciffCaptured|ciffInEntry)
	heap = le.AppendUint32(le.AppendUint32(heap, uint32(time.Date(2000, 10, 27, 22, 56, 26, 0, time.UTC).Unix())), 0)
	heap = le.AppendUint32(heap, uint32(dir))
	data := append([]byte("II\x1a\x00\x00\x00HEAPJPGM\x02\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00"), heap...)
	res := read(&container.File{Format: "jpeg", CIFF: data})
	if e := res.Exif; !e.Present || e.Make != "Canon" || e.Model != "Canon PowerShot A5" || e.TakenRaw != "2000:10:27 22:56:26" || e.CoreCount != 3 {
		t.Errorf("%+v", e)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(camera(binary.LittleEndian).layout())
	f.Add(camera(binary.BigEndian).layout())
	f.Add([]byte("II\x1a\x00\x00\x00HEAPJPGM\x02\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		res := read(fileOf(data))
		if res.Err != nil && !errors.Is(res.Err, ErrUnreadable) {
			t.Errorf("error of another kind: %v", res.Err)
		}
		if e := res.Exif; e.GPS && (e.Latitude < -90 || e.Latitude > 90) || e.Orientation < 0 || e.Orientation > 8 {
			t.Errorf("impossible: %+v", e)
		}
		read(&container.File{Format: "jpeg", CIFF: data})
	})
}
