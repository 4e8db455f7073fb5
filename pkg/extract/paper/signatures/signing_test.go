package signatures

import (
	"fmt"
	"image"
	"os"
	"sort"
	"strconv"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract/paper/ink"
	"github.com/aecheck/aecheck/pkg/extract/paper/seals"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/raster"
	"github.com/aecheck/aecheck/pkg/testkit/papers"
)

// SaveEnv set to a folder has the pages that go wrong put there.
const saveEnv = "AECHECK_SAVE"

// outcome of a page: whether the rules would say signed, ask, or say unsigned.
type outcome struct{ n, signed, ask, unsigned int }

func rectOf(b facts.Box) image.Rectangle { return image.Rect(b[0], b[1], b[0]+b[2], b[1]+b[3]) }

// see looks for the signature of a page as document does.
func see(g *papers.Signing, m *raster.RGB) (out string, all []facts.Signature) {
	var boxes []Seal
	for _, s := range seals.Find(ink.New(m, seals.Detail), m.W, m.H) {
		boxes = append(boxes, Seal{s.Box, s.Color})
	}
	var lines []Line
	for _, l := range g.Lines {
		b := l.Box
		lines = append(lines, Line{l.Text, facts.Box{b.Min.X, b.Min.Y, b.Dx(), b.Dy()}, l.Confidence})
	}
	all = find(m, lines, boxes)
	const counts = 0.65 // params.document.signature of the rules
	out = "unsigned"
	for _, s := range all {
		if g.Signed && rectOf(s.Box).Intersect(g.Sign).Empty() {
			continue
		}
		if s.Confidence >= counts {
			return "signed", all
		}
		out = "ask"
	}
	return out, all
}

// TestSignings prints what is seen on the made pages, by group, and holds the small
// set to what is known of it. AECHECK_SEED and AECHECK_COUNT choose others: 48 pages
// show every hand, ink and layout.
func TestSignings(t *testing.T) {
	seed, n, small := uint64(1), 15, true
	if v, err := strconv.ParseUint(os.Getenv("AECHECK_SEED"), 10, 64); err == nil {
		seed, n, small = v, 48, false
	}
	if v, err := strconv.Atoi(os.Getenv("AECHECK_COUNT")); err == nil {
		n, small = v, false
	}
	sums := map[string]*outcome{}
	add := func(key, got string) {
		o := sums[key]
		if o == nil {
			o = &outcome{}
			sums[key] = o
		}
		o.n++
		switch got {
		case "signed":
			o.signed++
		case "ask":
			o.ask++
		default:
			o.unsigned++
		}
	}
	for _, g := range papers.Signings(seed, n) {
		m, err := g.Draw()
		if err != nil {
			t.Fatal(err)
		}
		got, all := see(g, m)
		kind := "unsigned"
		if g.Signed {
			kind = "signed"
		}
		add(kind+" all", got)
		add(kind+" hand "+g.Hand, got)
		add(kind+" seal "+g.Where, got)
		add(kind+" taken "+g.Taken, got)
		add(kind+" layout "+g.Layout, got)
		if g.Signed {
			add(kind+" ink "+g.Ink, got)
		}
		if g.Signed && got != "signed" || !g.Signed && got != "unsigned" {
			t.Logf("%s: %s; sign %v place %v: %v", g.Name, got, g.Sign, g.Place, all)
			if dir := os.Getenv(saveEnv); dir != "" {
				if err := g.Save(dir, m); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	var keys []string
	for k := range sums {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		o := sums[k]
		fmt.Printf("%-36s n %3d  signed %3d  ask %3d  unsigned %3d\n", k, o.n, o.signed, o.ask, o.unsigned)
	}
	if signed, other := sums["signed all"], sums["unsigned all"]; small && (signed.unsigned > 1 || other.signed > 0 || other.ask > 1) {
		t.Errorf("of the signed %+v, of the others %+v", *signed, *other)
	}
}
