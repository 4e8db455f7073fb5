package shown

import (
	"bytes"
	"context"
	"regexp"
	"slices"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
	"github.com/aecheck/aecheck/pkg/raster"
	"github.com/aecheck/aecheck/pkg/testkit/opendata"
)

// families are the kinds of things on the open product pictures, by what their
// names hold; the first that fits counts.
var families = []struct{ kind, names string }{
	{"camera", `canon_eos|nikon_d300`},
	{"phone or player", `htc_touch|iphone|palm_treo|ipod`},
	{"computer or screen", `macbook|sony_vaio|hp_\d|imac|thunderbolt|syncmaster`},
	{"bag", `-[mwu]b0\d-[a-z]+-0`},
	{"watch", `-wg0\d-`},
	{"sports gear", `luma-|ug02`},
	{"somebody in clothes", `-m[pt]\d\d-|-w[js]\d\d-`},
	{"glasses", `sunnies`},
	{"drink", `drink`},
	{"cushion", `cushion`},
}

// TestAccuracyOpen sets product pictures of the open data side by side: those of
// one product, several pictures of which there are, and those of other kinds.
func TestAccuracyOpen(t *testing.T) {
	type picture struct {
		name, product, kind string
		facts.Shown
	}
	var list []picture
	number := regexp.MustCompile(`(_\d|-0|-0_alt1|_main|_back|-dark)?\.(jpg|png)$`)
	for _, s := range opendata.Samples(t, "product-white") {
		p := picture{name: s.Name, product: number.ReplaceAllString(s.Name, "")}
		for _, f := range families {
			if p.kind == "" && regexp.MustCompile(f.names).MatchString(s.Name) {
				p.kind = f.kind
			}
		}
		if p.kind == "" {
			t.Fatalf("%s is of no family", s.Name)
		}
		data := opendata.Read(t, s.Path)
		m, err := raster.Decode(context.Background(), bytes.NewReader(data), int64(len(data)), raster.Options{Format: format.Sniff(data), Detail: extract.Overview})
		if err != nil {
			t.Fatal(err)
		}
		if p.Shown, err = Of(context.Background(), m.RGB, 0); err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
	const least = 0.32 // rules.yaml, AE415
	pictures, asked, others, found, same, sameFound := 0, 0, 0, 0, 0, 0
	for i, p := range list {
		var rest []picture
		for j, q := range list {
			if i != j && q.product == p.product {
				rest = append(rest, q)
			}
		}
		if len(rest) > 0 {
			pictures++
			if !slices.ContainsFunc(rest, func(q picture) bool { return like(t, p.Shown, q.Shown) >= least }) {
				asked++
				t.Logf("%s is like no other picture of the product", p.name)
			}
		}
		for _, q := range list {
			unlike := like(t, p.Shown, q.Shown) < least
			switch {
			case q.product == p.product:
			case q.kind != p.kind:
				others++
				if unlike {
					found++
				}
			default:
				same++
				if unlike {
					sameFound++
				}
			}
		}
	}
	t.Logf("of %d pictures of products with several %d are like none of the others; of %d pairs of other kinds %d are told, of %d of one kind %d",
		pictures, asked, others, found, same, sameFound)
	if asked > 1 || float64(found) < 0.8*float64(others) {
		t.Error("worse than it was")
	}
}
