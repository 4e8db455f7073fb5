package papers

import (
	"regexp"
	"strings"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// shopNumber is a shop's ID as papers write it: 店铺ID：1101234567, Store No. 1101234567.
var shopNumber = regexp.MustCompile(`(?i)(?:店铺|店鋪|网店|store|shop)[ ]*(?:ID|编号|編號|号码|号|No\.?|number)[ ]*(?:[:：]|为|是|is)?[ ]*(?:AE-?)?(\d{7,12})(?:\D|$)`)

// otherShop is the evidence that a paper names the IDs of shops, and not the one wanted:
// a company may have several, and a letter may hold for one alone.
func otherShop(d *facts.Document, want string) (ev verdict.Evidence, other bool) {
	if want == "" {
		return ev, false
	}
	for _, l := range d.Text {
		for _, m := range shopNumber.FindAllStringSubmatch(strings.TrimSpace(l.Text), -1) {
			if m[1] == want {
				return verdict.Evidence{}, false
			}
			if !other {
				box := l.Box
				ev, other = verdict.Evidence{Fact: "document.grantee", Observed: m[1], Required: verdict.Want(want), Quote: l.Text, Page: l.Page, Box: &box}, true
			}
		}
	}
	return ev, other
}
