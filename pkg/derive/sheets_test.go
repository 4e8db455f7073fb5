package derive

import (
	"testing"

	"github.com/aecheck/aecheck/pkg/facts"
)

// TestSheets: pages of one paper in files of their own are known by their numbers or by
// their names, and papers of their own are none.
func TestSheets(t *testing.T) {
	sheet := func(path, title string, number, of int) facts.Asset {
		set := &facts.Set{}
		set.Document = facts.Document{Pages: 1, Title: title, Length: 100}
		if of > 0 {
			set.Document.PageNumbers = []facts.PageNumber{{Number: number, Of: of}}
		}
		return facts.Asset{Path: path, Kind: facts.KindAuthorization, Facts: set}
	}
	for name, c := range map[string]struct {
		a, b facts.Asset
		want bool
	}{
		"numbered":             {sheet("authorization/x.jpg", "授权书", 1, 2), sheet("authorization/y.jpg", "授权书", 2, 2), true},
		"of other papers":      {sheet("authorization/x.jpg", "授权书", 1, 2), sheet("authorization/y.jpg", "授权书", 2, 3), false},
		"the same page twice":  {sheet("authorization/x.jpg", "授权书", 1, 2), sheet("authorization/y.jpg", "授权书", 1, 2), false},
		"by names":             {sheet("authorization/授权书1.jpg", "授权书", 0, 0), sheet("authorization/授权书2.jpg", "", 0, 0), true},
		"by names in words":    {sheet("authorization/授权书第一页.jpg", "授权书", 0, 0), sheet("authorization/授权书第二页.jpg", "", 0, 0), true},
		"the first unnumbered": {sheet("authorization/授权书.jpg", "授权书", 0, 0), sheet("authorization/授权书 (2).jpg", "", 0, 0), true},
		"photos of a phone":    {sheet("authorization/IMG_20261122_101010.jpg", "授权书", 0, 0), sheet("authorization/IMG_20261122_101033.jpg", "", 0, 0), true},
		"two letters":          {sheet("authorization/授权书1.jpg", "授权书", 0, 0), sheet("authorization/授权书2.jpg", "授权书", 0, 0), false},
		"other names":          {sheet("authorization/授权书.jpg", "授权书", 0, 0), sheet("authorization/身份证.jpg", "", 0, 0), false},
		"another folder":       {sheet("authorization/a/1.jpg", "授权书", 0, 0), sheet("authorization/b/2.jpg", "", 0, 0), false},
	} {
		v := &facts.Case{Assets: []facts.Asset{c.a, c.b}}
		Sheets(v)
		if v.Assets[0].Sheet != c.want || v.Assets[1].Sheet != c.want {
			t.Errorf("%s: %v and %v, want %v", name, v.Assets[0].Sheet, v.Assets[1].Sheet, c.want)
		}
	}
	whole := sheet("authorization/授权书1.pdf", "授权书", 0, 0)
	whole.Facts.Document.Pages = 2
	v := &facts.Case{Assets: []facts.Asset{whole, sheet("authorization/授权书2.jpg", "", 0, 0)}}
	if Sheets(v); v.Assets[0].Sheet {
		t.Error("a paper of two pages is a sheet")
	}
}

// TestSheetsTogether: sheets that are plainly one paper say what all of them say; of four
// that are two papers nobody can tell.
func TestSheetsTogether(t *testing.T) {
	sheet := func(path string, number int, edit func(*facts.Document)) facts.Asset {
		set := &facts.Set{}
		set.Document = facts.Document{Pages: 1, Kind: "other", Length: 100, PageNumbers: []facts.PageNumber{{Number: number, Of: 2}}}
		edit(&set.Document)
		return facts.Asset{Path: path, Kind: facts.KindAuthorization, Facts: set}
	}
	front := func(path string) facts.Asset {
		return sheet(path, 1, func(d *facts.Document) {
			d.Kind, d.Title, d.Grantee.Name = "copyright", "授权书", "深圳市示例科技有限公司"
		})
	}
	back := func(path string) facts.Asset {
		return sheet(path, 2, func(d *facts.Document) {
			d.Seals = []facts.Seal{{Confidence: 1}}
			d.Grantor.Name = "高雨桐"
		})
	}
	v := &facts.Case{Assets: []facts.Asset{front("a/正面.jpg"), back("a/反面.jpg")}}
	before := v.Assets
	Sheets(v)
	for _, a := range v.Assets {
		if d := a.Facts.Document; d.Kind != "copyright" || len(d.Seals) != 1 || d.Grantor.Name != "高雨桐" || d.Grantee.Name == "" {
			t.Errorf("%s: %s, %d seals, %q to %q", a.Path, d.Kind, len(d.Seals), d.Grantor.Name, d.Grantee.Name)
		}
	}
	if len(before[0].Facts.Document.Seals) != 0 {
		t.Error("what was read of the file itself is changed")
	}
	v = &facts.Case{Assets: []facts.Asset{front("a/1.jpg"), back("a/2.jpg"), front("a/3.jpg"), back("a/4.jpg")}}
	Sheets(v)
	if d := v.Assets[0].Facts.Document; !v.Assets[0].Sheet || len(d.Seals) != 0 {
		t.Errorf("of two papers: %d seals", len(d.Seals))
	}
}
