package material

import (
	"slices"
	"testing"
)

// TestCaseFileRank: a case file is known by the names that editors, browsers and file
// managers give it, the plain name first.
func TestCaseFileRank(t *testing.T) {
	names := []string{"案件 (2).yaml", "case - 副本.yml", "case (1).yaml", "案件.yaml", "case.yaml.txt", "Case.YAML"}
	slices.SortFunc(names, func(a, b string) int { return caseFileRank(a) - caseFileRank(b) })
	if want := []string{"Case.YAML", "case.yaml.txt", "案件.yaml", "case (1).yaml", "case - 副本.yml", "案件 (2).yaml"}; !slices.Equal(names, want) {
		t.Errorf("%q, want %q", names, want)
	}
	for _, name := range []string{"case(1).yaml", "case（1）.yaml", "case copy 2.yaml", "Case - Copy (3).yaml", "案件 - 副本.yaml.txt"} {
		if caseFileRank(name) < 0 {
			t.Errorf("%q is not known", name)
		}
	}
	for _, name := range []string{"", "case", "case.json", "case.yaml.bak", "showcase.yaml", "case 1.yaml", "case-study.yaml", "case (1).jpg", "phone case.yaml"} {
		if caseFileRank(name) >= 0 {
			t.Errorf("%q is no case file", name)
		}
	}
}

// TestLeftOver: what an unfinished download left behind is no material where the file
// itself lies beside it, and told as that file where it does not.
func TestLeftOver(t *testing.T) {
	dir := lay(t, map[string]string{
		"原图/a.jpg": "not a picture", "原图/a.jpg.baiduyun.p.downloading": "x", "原图/b.jpg.!ut": "x",
		"替换图/1.jpg": "x", "case (1).yaml": "schema_version: 1\n",
	})
	cases, _ := walk(t, testOptions(), dir)
	c := cases[0]
	if c.FileName != "case (1).yaml" || !slices.Contains(c.Ignored, "原图/a.jpg.baiduyun.p.downloading") {
		t.Errorf("case file %q, ignored %q", c.FileName, c.Ignored)
	}
	var codes []Code
	for _, p := range c.Problems {
		codes = append(codes, p.Code)
	}
	if len(c.Assets) != 3 || !slices.Contains(codes, NotHere) {
		t.Errorf("%d assets, problems %q", len(c.Assets), codes)
	}
}
