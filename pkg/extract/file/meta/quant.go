package meta

import "github.com/aecheck/aecheck/pkg/extract/file/container"

// The example tables of ITU-T T.81 annex K, in zigzag order, which libjpeg
// scales by its quality setting.
func annexK() (luma, chroma [64]uint16) {
	return [64]uint16{
			16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40,
			26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61, 60, 57, 51,
			56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87,
			95, 98, 103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99,
		}, [64]uint16{
			17, 18, 18, 24, 21, 24, 47, 26, 26, 47, 99, 66, 56, 66, 99, 99,
			99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
			99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
			99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
		}
}

// Quality returns the libjpeg quality 1..100 whose tables these are, 0 where
// they are others.
func Quality(tables []container.QuantTable) int {
	if len(tables) == 0 {
		return 0
	}
	luma, chroma := annexK()
	for q := 100; q >= 1; q-- {
		if matches(tables[0].Values, luma, q) {
			for _, t := range tables[1:] {
				if !matches(t.Values, chroma, q) && !matches(t.Values, luma, q) {
					return 0
				}
			}
			return q
		}
	}
	return 0
}

// matches compares with jpeg_set_quality's scaling (libjpeg, jcparam.c).
func matches(have, base [64]uint16, quality int) bool {
	scale := 200 - 2*quality
	if quality < 50 {
		scale = 5000 / quality
	}
	for i, b := range base {
		v := (int(b)*scale + 50) / 100
		if int(have[i]) != min(max(v, 1), 255) {
			return false
		}
	}
	return true
}

// meanStep is the mean of the first table, that of luma: 1 at quality 100, 14 at
// 88, 29 at 75, 58 at 50 of libjpeg's; 0 without a table.
func meanStep(tables []container.QuantTable) float64 {
	if len(tables) == 0 {
		return 0
	}
	sum := 0
	for _, v := range tables[0].Values {
		sum += int(v)
	}
	return float64(sum) / float64(len(tables[0].Values))
}
