package letter

import (
	"slices"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/facts"
)

func paperOf(lines ...string) *facts.Document {
	d := &facts.Document{Pages: 1, PagesRead: 1}
	for i, l := range lines {
		d.Text = append(d.Text, facts.DocLine{Page: 1, Text: l, Confidence: 1, Box: facts.Box{100, 100 + 40*i, 900, 30}})
	}
	Read(d)
	return d
}

func TestLimits(t *testing.T) {
	const clear, doubtful, none = "clear", "doubtful", "none"
	certificate := func(say ...string) []string {
		return append([]string{"图片授权使用证书 Image Licence Certificate", "被授权方 Licensee", "宁波示例钟表有限公司", "作品编号 IC-30917725"}, say...)
	}
	for _, tt := range []struct {
		want string
		say  []string
	}{
		{clear, []string{"授权类型 Type 编辑类授权（Editorial use only）"}},
		{clear, []string{"本图片仅限编辑用途。"}},
		{clear, []string{"仅供新闻报道及图书插图使用"}},
		{clear, []string{"使用范围 新闻报道、评论、图书报刊插图；不得用于商品销售、广告及其他", "商业推广"}},
		{clear, []string{"本授权不包含电商使用"}},
		{clear, []string{"Usage: for editorial use only."}},
		{clear, []string{"This licence is limited to editorial use."}},
		{clear, []string{"The image may not be used for e-commerce or product listings."}},
		{clear, []string{"Licencia: solo para uso editorial"}},
		{clear, []string{"Uso editorial exclusivamente"}},
		{clear, []string{"Licence : usage éditorial uniquement"}},
		{clear, []string{"Exclusivement à des fins", "réservé à un usage éditorial"}},
		{clear, []string{"Nur für redaktionelle Zwecke"}},
		{clear, []string{"Das Bild darf ausschließlich redaktionell verwendet werden."}},
		{clear, []string{"Solo per uso editoriale"}},
		{clear, []string{"Apenas para uso editorial"}},
		{clear, []string{"Somente uso editorial"}},
		{doubtful, []string{"标准授权 Editorial use only", "商用授权：可用于商业用途"}},
		{none, []string{"除编辑用途外亦可商用"}},
		{none, []string{"不仅限编辑用途，亦可商用"}},
		{none, []string{"No editorial restrictions."}},
		{none, []string{"This licence is not limited to editorial use."}},
		{none, []string{"Licence type: Extended commercial licence"}},
		{none, []string{"Editorial and commercial use worldwide."}},
		{none, []string{"Pictures marked \"Editorial use only\" need another licence."}},
		{none, []string{"不得用于被授权商品以外的商品销售"}},
		{none, []string{"不得将图片作为商品销售或转售"}},
		{none, []string{"未经授权方书面同意，不得用于其他电商平台"}},
		{none, []string{"The image may not be used for e-commerce platforms other than AliExpress."}},
		{none, []string{"可用于商品销售、电商及广告推广"}},
		{none, []string{"La imagen puede usarse, sin limitarse a comercio electrónico."}},
	} {
		d := paperOf(certificate(tt.say...)...)
		got := none
		if slices.Contains(d.Denied, "commercial_use") {
			got = clear
			if slices.Contains(d.Rights, "commercial_use") {
				got = doubtful
			}
		}
		if got != tt.want {
			t.Errorf("%q: %s, want %s: %+v", tt.say, got, tt.want, d.Denied)
		}
	}
}

func TestPersonalUseOnly(t *testing.T) {
	for say, want := range map[string]bool{
		"Solo para uso personal":                          true,
		"Uso personal exclusivamente":                     true,
		"Réservé à un usage personnel":                    true,
		"Utilisation personnelle uniquement":              true,
		"Nur für den privaten Gebrauch":                   true,
		"Solo per uso personale":                          true,
		"Apenas para uso pessoal":                         true,
		"For personal use only":                           true,
		"仅限非商业用途":                                         true,
		"Personal or commercial use":                      false,
		"For commercial and non-commercial use":           false,
		"Use: commercial or non-commercial purposes":      false,
		"可用于商业及非商业用途":                                     false,
		"非商业及商业用途均可":                                      false,
		"Uso personal y comercial":                        false,
		"Licence étendue : usage personnel et commercial": false,
	} {
		d := paperOf("IMAGE LICENCE CERTIFICATE", "Licensee: Example Trading Co., Ltd.", say)
		if got := slices.Contains(d.Denied, "commercial_use"); got != want {
			t.Errorf("%q: denied %v, want %v (found %+v)", say, got, want, d.Found)
		}
		if strings.Contains(say, "commercial and non") && !slices.Contains(d.Rights, "commercial_use") {
			t.Errorf("%q grants nothing: %q", say, d.Rights)
		}
	}
}
