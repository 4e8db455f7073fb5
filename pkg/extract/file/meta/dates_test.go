package meta

import (
	"slices"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/extract/file/exif"
	"github.com/aecheck/aecheck/pkg/facts"
)

func TestOtherDates(t *testing.T) {
	at := time.Date(2026, 2, 20, 10, 41, 7, 0, time.UTC)
	for name, c := range map[string]struct {
		meta facts.Meta
		exif exif.Result
		want []string
	}{
		"none":      {},
		"digitized": {exif: exif.Result{Exif: facts.Exif{DigitizedAt: at, HasDigitizedAt: true}}, want: []string{"DateTimeDigitized 2026-02-20 10:41"}},
		"satellite": {exif: exif.Result{Raw: exif.Raw{Satellite: at}}, want: []string{"GPS 2026-02-20 10:41 UTC"}},
		"xmp": {meta: facts.Meta{XMP: map[string]string{"xmp:CreateDate": "2026-02-20T10:41:07", "photoshop:DateCreated": "2026-02-20", "xmp:ModifyDate": "2026-02-21"}},
			want: []string{"XMP photoshop:DateCreated 2026-02-20", "XMP xmp:CreateDate 2026-02-20T10:41:07"}},
		"iptc":          {meta: facts.Meta{IPTC: map[string]string{"date_created": "20260220", "time_created": "104107+0800"}}, want: []string{"IPTC DateCreated 20260220 104107+0800"}},
		"png":           {meta: facts.Meta{PNGText: map[string]string{"Creation Time": "2026:02:20 10:41:07"}}, want: []string{"PNG Creation Time 2026:02:20 10:41:07"}},
		"clock not set": {meta: facts.Meta{XMP: map[string]string{"xmp:CreateDate": "0000-00-00T00:00:00"}, IPTC: map[string]string{"time_created": "104107"}}},
	} {
		if got := otherDates(&c.meta, &c.exif); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
