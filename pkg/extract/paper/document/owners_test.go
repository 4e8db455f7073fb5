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
	d := facts.Document{Seals: []facts.Seal{{Text: "晴川郑州商贸有限公司"}}}
	if owners(&d); d.Seals[0].Of != "" {
		t.Errorf("of %q where nobody is named", d.Seals[0].Of)
	}
}
