package casefile

import (
	"context"
	"testing"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/report"
)

func TestSKUAlike(t *testing.T) {
	one := facts.Pair{Transform: "resized", Exposure: 0.95, Colour: 1, Light: 1}
	skus := []casefile.SKU{{ID: "GOLD", Name: "香槟金"}, {ID: "ROSE", Name: "玫瑰红"}, {ID: "RED-S", Name: "红色 S"}, {ID: "RED-M", Name: "红色 M"}, {ID: "A1", Name: "单机"}, {ID: "A2", Name: "套装"}}
	for _, c := range []struct {
		name, a, b string
		pair       facts.Pair
		skus       bool
		slot, want string
	}{
		{"two colours by their names", "sku/香槟金", "sku/玫瑰红", one, false, "sku", "fail"},
		{"two colours in English", "sku/black", "sku/silver-1", one, false, "sku", "fail"},
		{"two colours in pinyin", "sku/heise", "sku/baise", one, false, "sku", "fail"},
		{"two colours by folder", "sku/红色/1", "sku/蓝色/1", one, false, "sku", "fail"},
		{"by case.yaml", "sku/gold", "sku/rose", one, true, "sku", "fail"},
		{"two shades of one colour", "sku/浅蓝", "sku/深蓝", one, false, "sku", "review"},
		{"not colours", "sku/单机", "sku/套装", one, true, "sku", "review"},
		{"sizes", "sku/红色-S码", "sku/红色 XL", one, false, "sku", "pass"},
		{"sizes by case.yaml", "sku/red-s", "sku/red-m", one, true, "sku", "pass"},
		{"two pictures of one variant", "sku/红色_1", "sku/红色_2", one, false, "sku", "pass"},
		{"numbered only", "sku/1", "sku/2", one, false, "sku", "pass"},
		{"recoloured", "sku/红色", "sku/蓝色", facts.Pair{Transform: "same", Exposure: 1, Colour: 38, Light: 2}, false, "sku", "pass"},
		{"another shade of grey", "sku/黑色", "sku/灰色", facts.Pair{Transform: "same", Exposure: 1, Colour: 1, Light: 30}, false, "sku", "pass"},
		{"photographed again", "sku/红色", "sku/蓝色", facts.Pair{Transform: "same", Exposure: 0.2, Colour: 1, Light: 1}, false, "sku", "pass"},
		{"mirrored", "sku/红色", "sku/蓝色", facts.Pair{Transform: "mirrored", Exposure: 1, Colour: 1, Light: 1}, false, "sku", "pass"},
		{"no SKU pictures", "main/红色", "main/蓝色", one, false, "main", "skip"},
	} {
		v := &facts.Case{Path: ".", File: &casefile.File{}}
		if c.skus {
			v.File.Product.SKUs = skus
		}
		for i, p := range []string{c.a, c.b} {
			set := &facts.Set{}
			set.File.SHA256 = string(rune('a' + i))
			v.Assets = append(v.Assets, facts.Asset{Path: p + ".jpg", Kind: facts.KindReplacement, Slot: c.slot, Facts: set})
		}
		c.pair.A, c.pair.B = c.a+".jpg", c.b+".jpg"
		v.Pairs = []facts.Pair{c.pair}
		r, err := SKUAlike{}.Run(context.Background(), checks.Subject{Case: v}, SKUAlike{}.NewParams())
		if err != nil {
			t.Fatal(err)
		}
		if string(r.Outcome) != c.want {
			t.Errorf("%s: %s, want %s", c.name, r.Outcome, c.want)
		}
		if files := c.a + ".jpg, " + c.b + ".jpg"; len(r.Evidence) > 0 && report.Plain(r.Vars["files"].Text()) != files {
			t.Errorf("%s: %s, want %s", c.name, report.Plain(r.Vars["files"].Text()), files)
		}
	}
	a, b := facts.Asset{Path: "sku/红色.jpg", Kind: facts.KindReplacement, Slot: facts.SlotSKU, Facts: &facts.Set{}}, facts.Asset{Path: "sku/蓝色.jpg", Kind: facts.KindReplacement, Slot: facts.SlotSKU, Facts: &facts.Set{}}
	a.Facts.File.SHA256, b.Facts.File.SHA256 = "aa", "aa"
	one.A, one.B = a.Path, b.Path
	r, _ := SKUAlike{}.Run(context.Background(), checks.Subject{Case: &facts.Case{Path: ".", Assets: []facts.Asset{a, b}, Pairs: []facts.Pair{one}}}, SKUAlike{}.NewParams())
	if r.Outcome != "pass" {
		t.Errorf("byte for byte the same, told elsewhere: %s", r.Outcome)
	}
}
