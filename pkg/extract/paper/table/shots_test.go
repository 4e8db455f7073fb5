package table

import (
	"fmt"
	"strings"
	"testing"
)

// TestShots: the day of a picture stands in its row, or above all of them; where two days
// stand above, or the order of day and month is open, it is not told.
func TestShots(t *testing.T) {
	read := func(lines string) (out [][]cell) {
		for line := range strings.SplitSeq(lines, "\n") {
			var row []cell
			for text := range strings.SplitSeq(line, "|") {
				row = append(row, cell{text: text})
			}
			out = append(out, row)
		}
		return out
	}
	for lines, want := range map[string]string{
		"文件|日期|机身序列号\nL1004412.JPG / .DNG|2026-03-18|5468120\nL1004415.JPG|2026年3月19日|5468120": "L1004412 2026-03-18, L1004415 2026-03-19; 5468120",
		"棚拍记录|2026-03-09\n相机|Canon EOS R6m2（机身号 073024001987）\n文件|时间\n3T9A0412.JPG|14:20:31":   "3T9A0412 2026-03-09; 073024001987",
		"Date|14.10.2026\nCamera|NIKON D7500, s/n 8811327\nIMG_4471.JPG|12:11:08":              "IMG_4471 2026-10-14; 8811327",
		"日期|2026-05-12\n时段|文件\n13:00-13:45|DSC04411, DSC04417":                                 "DSC04411 2026-05-12, DSC04417 2026-05-12; ",
		"Date|3/4/2026\nIMG_4471.JPG|12:11:08":                                                 "; ",
		"下单|2026-05-01\n拍摄|2026-05-12\nDSC04411|x":                                             "; ",
		"编号|商品\n20261101|灯":                                                                    "; ",
		"序列号|商品\n5468120|灯":                                                                    "; ",
		"订单|金额\n1005008049917730|9.90":                                                         "; ",
	} {
		rows := read(lines)
		var got []string
		for _, s := range shots(rows) {
			got = append(got, s.File+" "+s.Day.Format("2006-01-02"))
		}
		if out := fmt.Sprintf("%s; %s", strings.Join(got, ", "), strings.Join(serials(rows), ", ")); out != want {
			t.Errorf("%q: %q, want %q", lines, out, want)
		}
	}
}
