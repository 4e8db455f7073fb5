// Package origin judges from a file's bytes where a picture probably comes
// from: a camera, a screenshot, a messenger, an editing program, an AI
// generator. It gives signals with weights and their sum; thresholds and
// verdicts are for rules.yaml, names of files for pkg/derive.
//
// Every judgement is a plain sum of its signals' weights, held between 0 and
// 1, so that whoever reads the list can follow it: a negative weight speaks
// against, 0 is information. EXIF can be written by anyone; a high camera
// score means that nothing was found against it, never that it is genuine.
//
// Where the weights come from: which tags cameras write and how often, domain
// notes §6.1; signs of editing §6.2; screenshots and messengers §5; AI markers
// §4.2 (GB 45438-2025 annex E, IPTC digital source types, C2PA 2.1, the
// generators' own keys). How much each counts was set on the causes, so that
// one decisive marker is enough alone and weak ones need each other:
//
//	camera      ≥ 0.70 yes, ≤ 0.30 no
//	screenshot  ≥ 0.60 yes, < 0.30 no
//	messenger   ≥ 0.60 yes, < 0.30 no
//	edited      ≥ 0.60 yes, < 0.20 no
//	ai          ≥ 0.80 yes, < 0.30 no
//
// are the thresholds they were made for.
//
// It may import pkg/extract, pkg/extract/file, pkg/facts and pkg/format.
package origin

import (
	"context"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/extract/file/c2pa"
	"github.com/aecheck/aecheck/pkg/extract/file/container"
	"github.com/aecheck/aecheck/pkg/extract/file/exif"
	"github.com/aecheck/aecheck/pkg/extract/file/meta"
	"github.com/aecheck/aecheck/pkg/facts"
)

// Extractor provides the group "origin". It is made by New.
type Extractor struct {
	tables *tables
	trust  *c2pa.Trust
}

// New returns the extractor; the lists are those a C2PA signer is looked for in.
// An error means that an embedded table is broken.
func New(trust *c2pa.Trust) (*Extractor, error) {
	t, err := parseTables()
	if err != nil {
		return nil, err
	}
	return &Extractor{tables: t, trust: trust}, nil
}

// Name is the extractor's name.
func (x *Extractor) Name() string { return x.trust.Name("origin") }

// Provides the group origin.
func (*Extractor) Provides() []string { return []string{"origin"} }

// Accepts every picture format container walks.
func (*Extractor) Accepts(format string) bool { return container.Known(format) }

// Detail is 0: no pixels.
func (*Extractor) Detail() int { return 0 }

// Extract fills out.Origin but for the verdicts.
func (x *Extractor) Extract(_ context.Context, in *extract.Input, out *facts.Set) error {
	out.Origin = x.judge(container.Of(in), exif.Of(in), meta.Of(in, x.trust))
	out.SetStatus("origin", facts.Status{State: facts.Present})
	return nil
}

// judge comes to all judgements; the camera's is last, as the others speak
// for or against it.
func (x *Extractor) judge(f *container.File, ex *exif.Result, m *facts.Meta) facts.Origin {
	e := gather(f, ex, m, x.tables)
	var o facts.Origin
	e.ai(&o)
	e.edited(&o)
	e.screenshot(&o)
	e.messenger(&o)
	e.cameraOf(&o)
	return o
}
