package scan_test

import (
	"regexp"
	"slices"
	"testing"

	"github.com/aecheck/aecheck/pkg/derive"
)

// TestTellingNames: the names that programs give to captures and to pictures passed
// on, and names of cameras and people that look a little like them.
func TestTellingNames(t *testing.T) {
	c, err := derive.NewConfig(builtin(t))
	if err != nil {
		t.Fatal(err)
	}
	tells := func(list []*regexp.Regexp, name string) bool {
		return slices.ContainsFunc(list, func(re *regexp.Regexp) bool { return re.MatchString(name) })
	}
	for name, want := range map[string]string{
		"QQ20261105-123456@2x.png":                   "capture",
		"QQ截图20261105123456.png":                     "capture",
		"QQ浏览器截图20261105123456.png":                  "capture",
		"微信截图_20261105123456.png":                    "capture",
		"企业微信截图_17012345678901.png":                  "capture",
		"WeChat Screenshot_20261105123456.png":       "capture",
		"WeChat20261105-123456.png":                  "capture",
		"Screenshot_2026-11-05-12-34-56.png":         "capture",
		"CleanShot 2026-11-05 at 12.34.56.png":       "capture",
		"微信图片_20261105123456.jpg":                    "passed on",
		"QQ图片20261105123456.jpg":                     "passed on",
		"WeChat Image_20261105123456.jpg":            "passed on",
		"mmexport1658394720123.jpg":                  "passed on",
		"WhatsApp Image 2026-11-05 at 12.34.56.jpeg": "passed on",
		"photo_2026-11-05_12-34-56.jpg":              "passed on",
		"IMG_20261105_123456.jpg":                    "",
		"微信店铺主图.jpg":                                 "",
		"photo_01.jpg":                               "",
		"qq_bag.jpg":                                 "",
		"QQ20261105.jpg":                             "",
		"Viber case.jpg":                             "",
	} {
		got := ""
		switch {
		case tells(c.ScreenshotNames, name):
			got = "capture"
		case tells(c.MessengerNames, name):
			got = "passed on"
		}
		if got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
