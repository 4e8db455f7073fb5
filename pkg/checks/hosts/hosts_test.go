package hosts

import (
	"context"
	"testing"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/verdict"
)

func TestImageHosts(t *testing.T) {
	for address, want := range map[string]verdict.Outcome{
		"https://ae01.alicdn.com/kf/S1.jpg":                     verdict.Pass,
		"http://AE-PIC-A1.aliexpress-media.com/kf/S1.jpg_.avif": verdict.Pass,
		"//ae01.alicdn.com/kf/S1.jpg":                           verdict.Pass,
		"https://alicdn.com./kf/S1.jpg":                         verdict.Pass,
		"https://alicdn.com.example/kf/S1.jpg":                  verdict.Fail,
		"https://notalicdn.com/kf/S1.jpg":                       verdict.Fail,
		"https://alicdn.com@example.com/kf/S1.jpg":              verdict.Fail,
		"https://example.com/?u=alicdn.com":                     verdict.Fail,
		"ae01.alicdn.com/kf/S1.jpg":                             verdict.Fail,
		"file:///alicdn.com/S1.jpg":                             verdict.Fail,
		"https://ae01.alicdn.com:bad/":                          verdict.Fail,
		"":                                                      verdict.Fail,
	} {
		c := &facts.CaseFile{}
		c.Violation.ImageURLs = []string{address}
		r, err := Check{}.Run(context.Background(), checks.Subject{Case: &facts.View{Case: c}}, Check{}.NewParams())
		if err != nil || r.Outcome != want {
			t.Errorf("%q: %s, %v; want %s", address, r.Outcome, err, want)
		}
		if want == verdict.Fail && (len(r.Evidence) != 1 || r.Vars["url"] != address || r.Vars["count"] != 1) {
			t.Errorf("%q: evidence %+v, vars %v", address, r.Evidence, r.Vars)
		}
	}
	for _, v := range []*facts.View{{}, {Case: &facts.CaseFile{}}} {
		if r, _ := (Check{}).Run(context.Background(), checks.Subject{Case: v}, Check{}.NewParams()); r.Outcome != verdict.Skip {
			t.Errorf("no address: %s", r.Outcome)
		}
	}
}
