package meta

import (
	"bytes"
	"encoding/binary"
	"strings"

	"github.com/aecheck/aecheck/pkg/extract/file/charset"
)

// maxDatasets bounds the walk over IPTC data sets.
const maxDatasets = 2000

// iptcName gives the name of an application record data set that says
// something of where a picture comes from (IPTC-IIM 4.2, record 2).
func iptcName(set byte) string {
	switch set {
	case 5:
		return "object_name"
	case 25:
		return "keywords"
	case 40:
		return "special_instructions"
	case 55:
		return "date_created"
	case 60:
		return "time_created"
	case 65:
		return "originating_program"
	case 70:
		return "program_version"
	case 80:
		return "byline"
	case 85:
		return "byline_title"
	case 90:
		return "city"
	case 101:
		return "country"
	case 103:
		return "transmission_reference"
	case 105:
		return "headline"
	case 110:
		return "credit"
	case 115:
		return "source"
	case 116:
		return "copyright_notice"
	case 118:
		return "contact"
	case 120:
		return "caption"
	case 122:
		return "caption_writer"
	}
	return ""
}

// readIPTC reads a stream of IPTC-IIM data sets: 1C, record, number, length.
// Repeated ones are joined with "; ".
func readIPTC(b []byte) map[string]string {
	out := make(map[string]string)
	for range maxDatasets {
		i := bytes.IndexByte(b, 0x1C)
		if i < 0 || len(b)-i < 5 {
			break
		}
		b = b[i:]
		record, set, n := b[1], b[2], int(binary.BigEndian.Uint16(b[3:]))
		b = b[5:]
		if n >= 1<<15 || n > len(b) {
			break // extended lengths are for object data, which is not read
		}
		value := b[:n]
		b = b[n:]
		name := iptcName(set)
		if record != 2 || name == "" {
			continue
		}
		s := strings.TrimSpace(strings.TrimRight(charset.Field(value), "\x00"))
		if s == "" {
			continue
		}
		if have, ok := out[name]; ok {
			s = have + "; " + s
		}
		out[name] = s
	}
	return out
}
