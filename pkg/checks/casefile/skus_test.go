package casefile

import (
	"cmp"
	"context"
	"testing"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/verdict"
)

func TestSKUCoverage(t *testing.T) {
	skus := []casefile.SKU{{ID: "RED-S", Name: "红色 S"}, {ID: "BLUE", Name: "蓝色"}}
	tests := []struct {
		name   string
		paths  []string
		images []casefile.Image
		slots  []string
		absent string
	}{
		{"by id in file names", []string{"sku/red_s-2.jpg", "sku/Blue.jpg"}, nil, nil, ""},
		{"by folder", []string{"替换图/RED-S/1.jpg", "替换图/sku 02 blue/1.jpg"}, nil, nil, ""},
		{"by Chinese name", []string{"红色S码.jpg", "蓝色连衣裙.jpg"}, nil, nil, ""},
		{"by Chinese name, spaced", []string{"红色-S.jpg", "新款蓝色连衣裙.jpg"}, nil, nil, ""},
		{"as part of another word", []string{"red-sale.jpg", "blueish.jpg"}, nil, nil, "RED-S, BLUE"},
		{"one missing", []string{"main.jpg", "sku/blue.jpg"}, nil, nil, "RED-S"},
		{"as stated", []string{"m.jpg"}, []casefile.Image{{File: `.\m.jpg`, SKUs: []string{"RED-S", "BLUE"}}}, nil, ""},
		{"what is stated outweighs the name", []string{"blue.jpg"}, []casefile.Image{{File: "blue.jpg", SKUs: []string{"RED-S"}}}, nil, "BLUE"},
		{"another slot", []string{"red-s.jpg", "blue.jpg"}, nil, []string{"sku"}, "RED-S, BLUE"},
		{"no picture at all", nil, nil, nil, "RED-S, BLUE"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := &casefile.File{Images: tt.images}
			c.Product.SKUs = skus
			v := &facts.Case{File: c}
			for _, p := range tt.paths {
				v.Assets = append(v.Assets, facts.Asset{Path: p, Kind: "replacement", Slot: "main"})
			}
			v.Assets = append(v.Assets, facts.Asset{Path: "red-s/blue.jpg", Kind: "source"})
			r, err := SKUCoverage{}.Run(context.Background(), checks.Subject{Case: v}, &SKUCoverageParams{Slots: tt.slots})
			if err != nil {
				t.Fatal(err)
			}
			want := verdict.Pass
			if tt.absent != "" {
				want = verdict.Fail
			}
			if r.Outcome != want || report.Plain(r.Vars["skus"].Text()) != cmp.Or(tt.absent, "—") || len(r.Evidence) != r.Vars["count"].Of {
				t.Errorf("%s, absent %q; want %q", r.Outcome, r.Vars["skus"].Of, tt.absent)
			}
		})
	}
	r, _ := SKUCoverage{}.Run(context.Background(), checks.Subject{Case: &facts.Case{File: &casefile.File{}}}, &SKUCoverageParams{})
	if r.Outcome != verdict.Skip {
		t.Errorf("no SKUs: %s", r.Outcome)
	}
}
