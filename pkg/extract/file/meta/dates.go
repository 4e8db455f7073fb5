package meta

import (
	"regexp"
	"strings"

	"github.com/aecheck/aecheck/pkg/extract/file/exif"
	"github.com/aecheck/aecheck/pkg/facts"
)

// dated is how a value begins that holds a date: a year of digital cameras, a month.
var dated = regexp.MustCompile(`^(?:19[89]|20)\d\d[-:./]?(?:0[1-9]|1[0-2])`)

// otherDates are the dates beside DateTimeOriginal that tell when a picture was made,
// those nearest to it first. A program that rewrites a camera's file may drop that
// one and leave these.
func otherDates(m *facts.Meta, e *exif.Result) []string {
	var out []string
	add := func(name, value string) {
		if dated.MatchString(value) {
			out = append(out, name+" "+value)
		}
	}
	if e.Exif.HasDigitizedAt {
		add("DateTimeDigitized", e.Exif.DigitizedAt.Format("2006-01-02 15:04"))
	}
	if at := e.Raw.Satellite; !at.IsZero() {
		add("GPS", at.Format("2006-01-02 15:04 UTC"))
	}
	for _, name := range []string{"exif:DateTimeOriginal", "exif:DateTimeDigitized", "photoshop:DateCreated", "xmp:CreateDate"} {
		add("XMP "+name, m.XMP[name])
	}
	add("IPTC DateCreated", strings.TrimSpace(m.IPTC["date_created"]+" "+m.IPTC["time_created"]))
	add("PNG Creation Time", m.PNGText["Creation Time"])
	return out
}
