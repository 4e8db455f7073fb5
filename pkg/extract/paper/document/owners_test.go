package document

import (
	"testing"

	"github.com/aecheck/aecheck/pkg/facts"
)

func TestOwners(t *testing.T) {
	for ring, want := range map[string]string{
		"广南州市乐居电子商务有限公司":                   "grantee",
		"晴川（郑州）商贸有限公司":                     "grantor",
		"sLo晴川郑州商贸有限公司98E":                 "grantor",
		"郑州晴岚商贸有限公司":                       "grantor", // a character off is the reader's slip as well
		"苏州星澜科技股份有限公司":                     "",
		"Qingchuan (Zhengzhou) Trading Co": "",
		"":                                 "",
	} {
		d := facts.Document{Seals: []facts.Seal{{Text: ring}}}
		d.Grantor.Name, d.Grantee.Name = "晴川(郑州)商贸有限公司", "潮州市乐居电子商务有限公司"
		if owners(&d); d.Seals[0].Of != want {
			t.Errorf("%q: of %q, want %q", ring, d.Seals[0].Of, want)
		}
	}
	both := facts.Document{Seals: []facts.Seal{{Text: "晴川郑州商贸有限公司"}}}
	both.Grantor.Name, both.Grantee.Name = "佛山市禾木家居用品有限公司", "Qingchuan (Zhengzhou) Trading Co., Ltd."
	both.Parties = []facts.DocNamed{{Role: "grantee", Name: "晴川（郑州）商贸有限公司", Weight: 1}}
	if owners(&both); both.Seals[0].Of != "grantee" {
		t.Errorf("of %q where the licensee is named in two languages", both.Seals[0].Of)
	}
	d := facts.Document{Seals: []facts.Seal{{Text: "晴川郑州商贸有限公司"}}}
	if owners(&d); d.Seals[0].Of != "" {
		t.Errorf("of %q where nobody is named", d.Seals[0].Of)
	}
}

// TestOwnersInPinyin: a Chinese ring on a letter that names its parties in Latin letters.
func TestOwnersInPinyin(t *testing.T) {
	for ring, want := range map[string]string{
		"郑州木子商贸有限公司":    "grantee",
		"02郑州市木子商贸有限公司": "grantee",
		"郑州木林商贸有限公司":    "", // another company of the place
		"晴川木子商贸有限公司":    "",
		"郑州木子":          "grantee",
		"郑州木":           "",
		"厦门乐居电子商务有限公司":  "grantor",
		"郑州":            "",
	} {
		d := facts.Document{Seals: []facts.Seal{{Text: ring}}}
		d.Grantor.Name, d.Grantee.Name = "Xiamen Leju E-commerce Co., Ltd", "Zhengzhou Muzi Commerce Co., Ltd"
		if owners(&d); d.Seals[0].Of != want {
			t.Errorf("%q: of %q, want %q", ring, d.Seals[0].Of, want)
		}
	}
}

// TestOwnersInPinyinWholeWords: a name that goes on in the middle of a word is another.
func TestOwnersInPinyinWholeWords(t *testing.T) {
	for name, want := range map[string]string{"Zhengzhou Muzi Commerce Co., Ltd": "grantee", "ZHENGZHOU MUZI COMMERCE": "grantee", "Zhengzhou Muzihao Commerce Co., Ltd": "", "": ""} {
		d := facts.Document{Seals: []facts.Seal{{Text: "郑州木子商贸有限公司"}}}
		d.Grantor.Name, d.Grantee.Name = "Ashgrove Design Ltd", name
		if owners(&d); d.Seals[0].Of != want {
			t.Errorf("%q: of %q, want %q", name, d.Seals[0].Of, want)
		}
	}
}

// TestLoop: a loop of a blue pen is no seal.
func TestLoop(t *testing.T) {
	signature := facts.Box{100, 100, 300, 80}
	for _, c := range []struct {
		name string
		seal facts.Seal
		want bool
	}{
		{"a loop", facts.Seal{Color: "blue", Box: facts.Box{150, 110, 60, 60}}, true},
		{"in red", facts.Seal{Color: "red", Box: facts.Box{150, 110, 60, 60}}, false},
		{"with a name", facts.Seal{Color: "blue", Text: "ACME LTD", Box: facts.Box{150, 110, 60, 60}}, false},
		{"large", facts.Seal{Color: "blue", Box: facts.Box{110, 50, 200, 200}}, false},
		{"beside", facts.Seal{Color: "blue", Box: facts.Box{450, 110, 60, 60}}, false},
	} {
		if got := loop(c.seal, signature); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
