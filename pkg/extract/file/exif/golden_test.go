package exif

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/testkit/corpus"
)

// Every fact reads as exiftool reads it.
func TestGolden(t *testing.T) {
	data, err := os.ReadFile("testdata/exiftool.json")
	if err != nil {
		t.Fatal(err)
	}
	var golden map[string]map[string]any
	if err := json.Unmarshal(data, &golden); err != nil {
		t.Fatal(err)
	}
	tags := map[string]int{}
	for _, from := range []struct{ module, folder string }{{corpus.Goexif, "exif/samples"}, {corpus.Imagemeta, "testdata/images"}} {
		corpus.Each(t, from.module, from.folder, func(name string, data []byte) {
			key := path.Join(from.module, from.folder, name)
			want, ok := golden[key]
			if !ok {
				return
			}
			res := readSample(data)
			if !res.Exif.Present {
				return // a format that is not read, or too damaged
			}
			for tag, got := range asExiftool(&res.Exif) {
				expected, there := want[tag]
				if !there && got == "" {
					continue
				}
				tags[tag]++
				if text := plain(tag, expected); text != got {
					t.Errorf("%s: %s is %.80q, exiftool has %.80q", name, tag, got, text)
				}
			}
		})
	}
	for _, tag := range []string{"Make", "Model", "Software", "Artist", "Copyright", "ImageDescription", "UserComment", "LensModel", "SerialNumber",
		"SubSecTimeOriginal", "DateTimeOriginal", "OffsetTimeOriginal", "ModifyDate", "CreateDate", "ExposureTime", "FNumber", "FocalLength", "ISO",
		"ExifVersion", "ExifImageWidth", "ExifImageHeight", "Orientation", "GPSLatitude", "GPSLongitude", "ThumbnailLength"} {
		if tags[tag] == 0 {
			t.Errorf("no sample has a %s", tag)
		}
	}
}

// asExiftool writes the facts as `exiftool -n` writes their tags.
func asExiftool(e *facts.Exif) map[string]string {
	number := func(f float64) string {
		if f == 0 {
			return ""
		}
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	whole := func(n int) string { return number(float64(n)) }
	date := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.Format("2006:01:02 15:04:05")
	}
	out := map[string]string{
		"Make": e.Make, "Model": e.Model, "Software": e.Software, "Artist": e.Artist, "Copyright": e.Copyright, "ImageDescription": e.Description,
		"UserComment": e.UserComment, "SerialNumber": e.Serial, "SubSecTimeOriginal": e.SubSec,
		"DateTimeOriginal": e.TakenRaw, "OffsetTimeOriginal": e.Offset, "ModifyDate": date(e.ModifiedAt), "CreateDate": date(e.DigitizedAt),
		"ExposureTime": e.ExposureTime, "FNumber": number(e.FNumber), "FocalLength": number(e.FocalLength), "ISO": whole(e.ISO),
		"ExifVersion": e.ExifVersion, "ExifImageWidth": whole(e.PixelWidth), "ExifImageHeight": whole(e.PixelHeight), "Orientation": whole(e.Orientation),
		"ThumbnailLength": whole(e.Thumbnail),
	}
	if !strings.HasSuffix(e.Lens, " mm") && !strings.Contains(e.Lens, " mm f/") { // else worded from LensInfo
		out["LensModel"] = e.Lens
	}
	if e.GPS {
		out["GPSLatitude"], out["GPSLongitude"] = fmt.Sprintf("%.6f", math.Abs(e.Latitude)), fmt.Sprintf("%.6f", math.Abs(e.Longitude))
	}
	return out
}

// plain makes a value of exiftool's comparable.
func plain(tag string, v any) string {
	if v == nil {
		return ""
	}
	if f, ok := v.(float64); ok {
		if f == 0 {
			return "" // a number that is not given
		}
		switch tag {
		case "GPSLatitude", "GPSLongitude":
			return fmt.Sprintf("%.6f", f)
		case "ExposureTime":
			if f > 0 && f < 0.3 {
				return "1/" + strconv.FormatFloat(math.Round(1/f), 'f', -1, 64)
			}
			return strconv.FormatFloat(math.Round(f*10)/10, 'f', -1, 64)
		case "FNumber", "FocalLength":
			f = math.Round(f*1e4) / 1e4
		}
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	return strings.TrimSpace(fmt.Sprint(v))
}
