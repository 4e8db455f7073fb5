package derive

import (
	"testing"

	"github.com/aecheck/aecheck/pkg/facts"
)

func TestMisjudged(t *testing.T) {
	paper := func(kind, text string) facts.Asset {
		set := &facts.Set{}
		set.Document.Text = []facts.DocLine{{Page: 1, Text: text}}
		return facts.Asset{Path: kind + "/1.pdf", Kind: kind, Facts: set}
	}
	for name, c := range map[string]struct {
		folder string
		asset  facts.Asset
		want   bool
	}{
		"folder":                 {"女装卫衣-误判申诉", facts.Asset{}, true},
		"commitment":             {"卫衣", paper(facts.KindCommitment, "该图为我方原创，属误判，恳请恢复"), true},
		"statement in English":   {"case 3", paper(facts.KindStatement, "The picture was flagged by mistake."), true},
		"notice's own button":    {"卫衣", paper(facts.KindNotice, "误判申诉"), false},
		"a rectified commitment": {"卫衣", paper(facts.KindCommitment, "违规图片已全部更换"), false},
	} {
		if got := Misjudged(&facts.Case{Name: c.folder, Assets: []facts.Asset{c.asset}}); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
