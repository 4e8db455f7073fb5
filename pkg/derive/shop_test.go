package derive

import (
	"testing"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/facts"
)

func TestOwnShop(t *testing.T) {
	paper := func(kind string, lines ...string) facts.Asset {
		a := facts.Asset{Path: kind + "/1.pdf", Kind: kind, Facts: &facts.Set{File: facts.File{Bytes: 9}}}
		for _, l := range lines {
			a.Facts.Document.Text = append(a.Facts.Document.Text, facts.DocLine{Text: l})
		}
		return a
	}
	for _, c := range []struct {
		name  string
		file  *casefile.File
		paper facts.Asset
		want  string
	}{
		{"the commitment gives it", nil, paper(facts.KindCommitment, "我司经营的速卖通店铺（店铺ID：1109012345）郑重承诺"), "yes"},
		{"the notice gives it below its label", &casefile.File{}, paper(facts.KindNotice, "Store ID", "1109012345", "Violation"), "yes"},
		{"the notice gives another", nil, paper(facts.KindNotice, "店铺 ID: 1105555555"), "unclear"},
		{"digits of a longer number", nil, paper(facts.KindNotice, "店铺商品 11090123456"), "unclear"},
		{"no word of a shop", nil, paper(facts.KindNotice, "订单 1109012345"), "unclear"},
		{"a letter of somebody else's", nil, paper(facts.KindAuthorization, "店铺ID：1109012345"), "unclear"},
		{"case.yaml has its own", &casefile.File{Store: casefile.Store{ID: "1105555555"}}, paper(facts.KindCommitment, "店铺ID：1109012345"), "unclear"},
	} {
		picture := &facts.Set{File: facts.File{Bytes: 9}, Image: facts.Image{Width: 800, Height: 800}}
		picture.Text.OverlayShare = 0.02
		picture.Text.Watermarks = []facts.Watermark{{Text: "AE-1109012345", Form: "ae_id", StoreID: "1109012345", Own: "unclear", Doubtful: true, Confidence: 0.9, Box: facts.Box{600, 760, 180, 24}}}
		before := []facts.Asset{{Path: "替换图/1.jpg", Kind: facts.KindReplacement, Facts: picture}, c.paper}
		v := &facts.Case{Path: ".", File: c.file, Assets: before}
		OwnShop(v)
		got := v.Assets[0].Facts.Text
		if got.Watermarks[0].Own != c.want || (got.OwnShare > 0) != (c.want == "yes") {
			t.Errorf("%s: %s, own share %v", c.name, got.Watermarks[0].Own, got.OwnShare)
		}
		if picture.Text.Watermarks[0].Own != "unclear" || before[0].Facts != picture {
			t.Errorf("%s: what was known before has changed", c.name)
		}
	}
}
