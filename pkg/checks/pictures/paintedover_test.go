package pictures

import (
	"context"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
)

func view(pairs ...facts.Pair) *facts.Case {
	v := &facts.Case{Path: "c", Pairs: pairs}
	for _, p := range []string{"replacement/1", "replacement/2", "source/1", "violating/1"} {
		kind, _, _ := strings.Cut(p, "/")
		v.Assets = append(v.Assets, facts.Asset{Path: p, Kind: kind, Facts: &facts.Set{}})
	}
	return v
}

func TestPaintedOver(t *testing.T) {
	box := []facts.Box{{10, 20, 30, 40}}
	pair := func(b string, d float64, changed, traces []facts.Box) facts.Pair {
		return facts.Pair{A: "violating/1", B: b, Distance: d, Exposure: 0.8, Colour: 3, ChangedBoxes: changed, TraceBoxes: traces}
	}
	other := pair("replacement/2", 0.98, nil, nil)
	again, recoloured := pair("replacement/1", 0.1, box, box), pair("replacement/1", 0.1, box, box)
	again.Exposure, recoloured.Colour = 0.3, 40
	beside := view(pair("replacement/1", 0.1, box, nil), other, facts.Pair{A: "source/1", B: "replacement/1", Distance: 0.2})
	links := &facts.Set{}
	links.File = facts.File{Format: "text", Class: "document", FormatMatchesExtension: true}
	beside.Assets = append(beside.Assets, facts.Asset{Path: "violating/links.txt", Kind: "violating", Facts: links})
	for _, c := range []struct {
		name     string
		view     *facts.Case
		trace    string
		repaints string
	}{
		{"other pictures", view(pair("replacement/1", 0.97, nil, nil), other), "pass", "pass"},
		{"unchanged, told elsewhere", view(pair("replacement/1", 0.01, nil, nil), other), "pass", "pass"},
		{"cleanly painted over", view(pair("replacement/1", 0.1, box, nil), other), "pass", "fail c/replacement/1"},
		{"a trace is left", view(pair("replacement/1", 0.1, box, box), other), "fail c/replacement/1", "pass"},
		{"made anew from the source", view(pair("replacement/1", 0.1, box, nil), other, facts.Pair{A: "source/1", B: "replacement/1", Distance: 0.2}), "pass", "pass"},
		{"made from the source, with a trace", view(pair("replacement/1", 0.1, box, box), other, facts.Pair{A: "source/1", B: "replacement/1", Distance: 0.2}), "fail c/replacement/1", "pass"},
		{"from another source", view(pair("replacement/1", 0.1, box, nil), other, facts.Pair{A: "source/1", B: "replacement/1", Distance: 0.9}), "pass", "fail c/replacement/1"},
		{"another photograph with boxes", view(pair("replacement/1", 0.7, box, box), other), "pass", "pass"},
		{"photographed again", view(again, other), "pass", "pass"},
		{"in another colour", view(recoloured, other), "pass", "pass"},
		{"a list of addresses beside", beside, "pass", "pass"},
		{"one could not be compared", view(other), "review unavailable c/replacement/1", "review unavailable c/replacement/1"},
		{"one could not be compared, the other has a trace", view(pair("replacement/2", 0.1, box, box)), "fail c/replacement/2", "review unavailable c/replacement/1"},
	} {
		for _, traces := range []bool{true, false} {
			p := PaintedOver{}.NewParams().(*PaintedOverParams)
			p.Traces = traces
			r, err := PaintedOver{}.Run(context.Background(), checks.Subject{Case: c.view}, p)
			if err != nil {
				t.Fatal(err)
			}
			got := strings.TrimSpace(string(r.Outcome) + " " + string(r.Cause))
			for _, e := range r.Evidence {
				got += " " + e.Quote
				if r.Outcome == "fail" && (e.Box == nil || *e.Box != box[0] || e.Related.Asset != "c/violating/1") {
					t.Errorf("%s: evidence %+v", c.name, e)
				}
			}
			want := c.repaints
			if traces {
				want = c.trace
			}
			if got != want {
				t.Errorf("%s, traces %v: %q, want %q", c.name, traces, got, want)
			}
		}
	}
	empty := &facts.Case{}
	if r, err := (PaintedOver{}).Run(context.Background(), checks.Subject{Case: empty}, PaintedOver{}.NewParams()); err != nil || r.Outcome != "skip" {
		t.Errorf("nothing there: %v %v", r, err)
	}
}
