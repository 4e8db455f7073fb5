package exif

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
)

// wall is a date as cameras and phones write it: "2006:01:02 15:04:05" by the
// standard (Exif 3.0 §4.6.6), in real files with other separators, a T, blanks, 上午
// and 下午 or AM and PM, without seconds, a time or with an offset behind.
var wall = regexp.MustCompile(`^\s*(\d{4})\D\s*(\d{1,2})\D\s*(\d{1,2})(?:[\sT]*(上午|下午|[AaPp][Mm])?\s*(\d{1,2}):\s*(\d{1,2})(?::\s*(\d{1,2}))?(?:\.\d+)?\s*(上午|下午|[AaPp][Mm])?\s*(\S*))?`)

// offset is a distance from UTC: +08:00 by the standard, and as phones write it
// -5:00, +0800 or +8.
var offset = regexp.MustCompile(`^([+-])\s*(\d{1,2})(?::?(\d{2}))?$`)

// clockTags are what a date is read from: its tag and all that tell the zone.
func clockTags(date uint16) []uint16 {
	return []uint16{date, tagOffsetOriginal, tagOffsetTime, tagOffsetDigitized, gpsDate, gpsTime}
}

// time reads a date beside its offset tag. One without an offset is in the zone that
// the file's GPS data tell, else in Beijing's, where nearly all who use this program
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
	m := wall.FindStringSubmatch(s)
	if m == nil {
		return time.Time{}, ""
	}
	num := func(i int) int {
		n, _ := strconv.Atoi(m[i]) // digits by the pattern, or nothing: 0
		return n
	}
	year, month, day := num(1), num(2), num(3)
	hour, minute, second := num(5), num(6), num(7)
	switch half := strings.ToLower(m[4] + m[8]); {
	case (half == "下午" || half == "pm") && hour < 12:
		hour += 12
	case (half == "上午" || half == "am") && hour == 12:
		hour = 0
	case hour == 24:
		hour = 0 // some phones count 24, 1, 2 … 23
	}
	if year < 1 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 60 {
		return time.Time{}, ""
	}
	t = time.Date(year, time.Month(month), day, hour, minute, second, 0, time.UTC)
	if t.Day() != day && second < 60 {
		return time.Time{}, "" // 31 February
	}
	return t, m[9]
}

// parseOffset reads a distance from UTC, nil where there is none.
func parseOffset(s string) *time.Location {
	s = strings.TrimSpace(s)
	if s == "Z" || s == "z" {
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
