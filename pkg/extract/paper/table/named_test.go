package table

import (
	"slices"
	"strings"
	"testing"
)

// TestNamed: logs name cameras and models beside a label, under a head, or in one cell.
func TestNamed(t *testing.T) {
	row := func(texts ...string) []cell {
		var out []cell
		for _, s := range texts {
			out = append(out, cell{text: s})
		}
		return out
	}
	for name, c := range map[string]struct {
		rows        [][]cell
		shot, names []string
	}{
		"labels":      {[][]cell{row("棚拍记录", "2026-03-09"), row("相机", "Canon EOS R6m2（机身号 073024001987）"), row("模特", "Karina Volkova")}, []string{"Canon EOS R6m2"}, []string{"Karina Volkova"}},
		"a column":    {[][]cell{row("文件", "机身", "模特"), row("1.JPG", "SONY ILCE-7M4", "周雨桐"), row("2.JPG", "SONY ILCE-7M4", "林可欣")}, []string{"SONY ILCE-7M4"}, []string{"周雨桐", "林可欣"}},
		"one cell":    {[][]cell{row("摄影：许嘉明，模特：周雨桐，相机：佳能 EOS R10")}, []string{"佳能 EOS R10"}, []string{"周雨桐"}},
		"of products": {[][]cell{row("Item", "Model", "Price"), row("Lamp", "YB-2603", "9.90")}, nil, nil},
	} {
		shot, people := named(c.rows)
		if !slices.Equal(shot, c.shot) || !slices.Equal(people, c.names) {
			t.Errorf("%s: %q and %q", name, shot, people)
		}
	}
}

// TestNamedAside: what fits a camera or stands beside a head is none that is named.
func TestNamedAside(t *testing.T) {
	rows := func(lines ...string) (out [][]cell) {
		for _, l := range lines {
			var row []cell
			for s := range strings.SplitSeq(l, "|") {
				row = append(row, cell{text: s})
			}
			out = append(out, row)
		}
		return out
	}
	for _, c := range []struct {
		rows         [][]cell
		shot, people string
	}{
		{rows("Order|Item", "82011340000|iPhone 15 Pro"), "", ""},
		{rows("拍摄记录|手机壳", "IMG_1.JPG|适用 iPhone 15 Pro"), "", ""},
		{rows("文件|机身", "L1.JPG|LEICA Q2"), "LEICA Q2", ""},
		{rows("模特|化妆|摄影", "林小月|阿兰|许嘉明"), "", "林小月"},
	} {
		shot, people := named(c.rows)
		if strings.Join(shot, "+") != c.shot || strings.Join(people, "+") != c.people {
			t.Errorf("%q, %q; want %q, %q", shot, people, c.shot, c.people)
		}
	}
}
