package exif

import (
	"bytes"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
)

// halves of a day as phones write them between or behind date and time: Chinese,
// English, Japanese, Korean, Arabic, Spanish.
const halves = `上午|下午|凌晨|早上|中午|晚上|[AaPp]\.?\s?[Mm]\b\.?|午前|午後|오전|오후|ص|م`

// wall is a date as cameras and phones write it: "2006:01:02 15:04:05" by the
// standard (Exif 3.0 §4.6.6), in real files with other separators, a T, blanks, 上午
// and 下午 or AM and PM, without seconds, a time or with an offset behind.
var wall = regexp.MustCompile(`^\s*(\d{4})\D\s*(\d{1,2})\D\s*(\d{1,2})日?(?:[,\sT_]*(` + halves + `)?\s*(\d{1,2})[:.h时時]\s*(\d{1,2})(?:[:.m分]\s*(\d{1,2}))?秒?(?:\.\d+)?\s*(` + halves + `)?\s*(\S*))?`)

// dashed is a time of day with dashes, as in names of files.
var dashed = regexp.MustCompile(`([\sT_]\d{1,2})-(\d{2})-(\d{2})\b`)

// compact is the same without separators, ISO 8601's basic form.
var compact = regexp.MustCompile(`^\s*(\d{4})(\d{2})(\d{2})(?:[\sT_-]*()(\d{2})(\d{2})(\d{2})?(?:\.\d+)?()\s*(\S*))?$`)

// inWords are layouts with the name of a month.
var inWords = []string{time.ANSIC, time.UnixDate, time.RFC1123, time.RFC1123Z, "2 Jan 2006 15:04:05", "2-Jan-2006 15:04:05", "Jan 2, 2006 15:04:05", "Jan 2, 2006 3:04:05 PM", "2 January 2006 15:04:05", "January 2, 2006 15:04:05"}

// offset is a distance from UTC: +08:00 by the standard, and as phones write it
// -5:00, +0800, +8, UTC+8 or with seconds.
var offset = regexp.MustCompile(`^(?:UTC|GMT)?\s*([+-])\s*(\d{1,2})(?::?(\d{2}))?(?::?00)?$`)

// clockTags are what a date is read from: its tag and all that tell the zone.
func clockTags(date uint16) []uint16 {
	return []uint16{date, tagOffsetOriginal, tagOffsetTime, tagOffsetDigitized, gpsDate, gpsTime}
}

// time reads a date beside its offset tag. One without an offset is in the zone that
// the same time of day has in XMP, else that the file's GPS data tell, else in Beijing's, where nearly all who use this program
// take their pictures: cameras write the time of day of the place. Zero where it is
// no date (cameras whose clock was never set write zeros).
func (d *decoder) time(s, zone string, e *facts.Exif) time.Time {
	t, behind := parseWall(s)
	if t.IsZero() {
		return t
	}
	// An offset beside another date of the file is the same clock's.
	for _, written := range []string{zone, behind, d.text(tagOffsetOriginal), d.text(tagOffsetTime), d.text(tagOffsetDigitized)} {
		if loc := parseOffset(written); loc != nil {
			return in(t, loc)
		}
	}
	if loc := zoneByXMP(t, d.xmp); loc != nil {
		return in(t, loc)
	}
	if loc := zoneBySatellite(t, d.satelliteTime()); loc != nil {
		return in(t, loc)
	}
	if e.GPS {
		return in(t, zoneByPlace(e.Latitude, e.Longitude))
	}
	return in(t, lang.Beijing())
}

// in keeps the time of day and changes the zone.
func in(t time.Time, loc *time.Location) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, loc)
}

// parseWall reads a date and time of day, as if of UTC, and what stands behind it.
func parseWall(s string) (t time.Time, behind string) {
	s = dashed.ReplaceAllString(plainDigits(s), "$1:$2:$3")
	m := wall.FindStringSubmatch(s)
	if m == nil {
		m = compact.FindStringSubmatch(s)
	}
	if m == nil {
		for _, layout := range inWords {
			if t, err := time.Parse(layout, strings.TrimSpace(s)); err == nil {
				return t.UTC(), ""
			}
		}
		return time.Time{}, ""
	}
	num := func(i int) int {
		n, _ := strconv.Atoi(m[i]) // digits by the pattern, or nothing: 0
		return n
	}
	year, month, day := commonEra(num(1)), num(2), num(3)
	hour, minute, second := halfDay(num(5), m[4]+m[8]), num(6), num(7)
	if year < 1 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 60 {
		return time.Time{}, ""
	}
	t = time.Date(year, time.Month(month), day, hour, minute, second, 0, time.UTC)
	if t.Day() != day && second < 60 {
		return time.Time{}, "" // 31 February
	}
	return t, m[9]
}

// halfDay is the hour of 24 that is meant by an hour and the half of the day named.
func halfDay(hour int, half string) int {
	switch strings.NewReplacer(".", "", " ", "").Replace(strings.ToLower(half)) {
	case "下午", "晚上", "中午", "pm", "午後", "오후", "م":
		if hour < 12 && (half != "中午" || hour < 3) {
			return hour + 12
		}
	case "上午", "凌晨", "早上", "am", "午前", "오전", "ص":
		if hour == 12 {
			return 0
		}
	}
	if hour == 24 {
		return 0 // some phones count 24, 1, 2 … 23
	}
	return hour
}

// commonEra is the year of the common era: phones set to Thai count from 543 years
// earlier, those set to Taiwan's calendar from 1912.
func commonEra(year int) int {
	switch {
	case year >= 2533 && year <= 2643:
		return year - 543
	case year >= 79 && year <= 199:
		return year + 1911
	}
	return year
}

// plainDigits turns digits and separators of other scripts, which phones write that
// are set to Arabic, Hindi or Burmese, and full-width ones into those of ASCII.
func plainDigits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < 0x80:
			return r
		case r == '\u200e' || r == '\u200f' || r == '\ufeff':
			return -1 // marks of direction
		case r == '\u2212' || r == '\u2010' || r == '\u2011' || r == '\u2013':
			return '-'
		case unicode.IsSpace(r):
			return ' '
		case r > 0xff00 && r <= 0xff5e:
			return r - 0xfee0
		case unicode.IsDigit(r):
			return '0' + digitValue(r)
		}
		return r
	}, s)
}

// digitValue is the value of a decimal digit: those of a script stand in a row
// from zero on, and rows begin at multiples of ten from where digits begin.
func digitValue(r rune) rune {
	for n := rune(0); n < 9; n++ {
		if !unicode.IsDigit(r - n - 1) {
			return n
		}
	}
	return 9
}

// parseOffset reads a distance from UTC, nil where there is none.
func parseOffset(s string) *time.Location {
	switch s = strings.TrimSpace(plainDigits(s)); s {
	case "Z", "z", "UTC", "GMT":
		return time.UTC
	}
	m := offset.FindStringSubmatch(s)
	if m == nil {
		return nil
	}
	hours, _ := strconv.Atoi(m[2])
	minutes, _ := strconv.Atoi("0" + m[3])
	if hours > 14 || minutes > 59 {
		return nil
	}
	seconds := hours*3600 + minutes*60
	if m[1] == "-" {
		seconds = -seconds
	}
	return time.FixedZone("", seconds)
}

// satelliteTime is UTC as the receiver had it; zero where it is not written.
func (d *decoder) satelliteTime() time.Time {
	day, _ := parseWall(d.text(gpsDate))
	if day.IsZero() {
		return day
	}
	seconds := 0.0
	for i, unit := range []float64{3600, 60, 1} {
		num, den, ok := d.rational(gpsTime, i)
		if !ok || num < 0 || den <= 0 {
			return time.Time{}
		}
		seconds += float64(num) / float64(den) * unit
	}
	if seconds > 24*3600 {
		return time.Time{}
	}
	return day.Add(time.Duration(seconds) * time.Second)
}

// zoneByXMP is the zone behind the same date and time of day in an XMP packet, where
// programs write what the camera's tags have no room for. nil for none.
func zoneByXMP(t time.Time, packets [][]byte) *time.Location {
	const most = len(".000+00:00")
	for _, p := range packets {
		_, rest, ok := bytes.Cut(p, []byte(t.Format("2006-01-02T15:04:05")))
		if !ok {
			continue
		}
		rest = rest[:min(len(rest), most)]
		if end := bytes.IndexAny(rest, `"<' `); end >= 0 {
			rest = rest[:end]
		}
		if at := bytes.IndexAny(rest, "+-Z"); at >= 0 {
			return parseOffset(string(rest[at:]))
		}
	}
	return nil
}

// zoneBySatellite is the zone in which the clock showed t at the time of the last
// fix, to the half hour: a fix may be some minutes old. nil where that is no zone.
func zoneBySatellite(t, fix time.Time) *time.Location {
	if fix.IsZero() {
		return nil
	}
	steps := math.Round(t.Sub(fix).Hours() * 2)
	if math.Abs(steps) > 28 {
		return nil
	}
	return time.FixedZone("", int(steps)*1800)
}

// zoneByPlace is the zone of a place: Beijing's in China, which keeps one, else that
// of the meridian, which is right to an hour or so.
func zoneByPlace(latitude, longitude float64) *time.Location {
	south := latitude > 18 && latitude <= 40 && longitude > 73 && longitude < 123
	north := latitude > 40 && latitude < 54 && longitude > 73 && longitude < 135
	if south || north {
		return lang.Beijing()
	}
	return time.FixedZone("", int(math.Round(longitude/15))*3600)
}
