// Package meta reads the metadata beside EXIF: XMP, IPTC, PNG text, comments,
// quantization tables, and the C2PA manifest store.
//
// It may import pkg/extract, pkg/extract/file and pkg/facts.
package meta

import (
	"context"
	"strings"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/extract/file/c2pa"
	"github.com/aecheck/aecheck/pkg/extract/file/container"
	"github.com/aecheck/aecheck/pkg/extract/file/exif"
	"github.com/aecheck/aecheck/pkg/facts"
)

// Extractor provides the group "meta". It is made by New.
type Extractor struct{ trust *c2pa.Trust }

// New returns the extractor; the lists are those a C2PA signer is looked for in.
func New(trust *c2pa.Trust) Extractor { return Extractor{trust} }

// Name is the extractor's name.
func (x Extractor) Name() string { return x.trust.Name("meta") }

// Provides the group meta.
func (Extractor) Provides() []string { return []string{"meta"} }

// Accepts every picture format container walks.
func (Extractor) Accepts(format string) bool { return container.Known(format) }

// Detail is 0: no pixels.
func (Extractor) Detail() int { return 0 }

// Extract fills out.Meta. A manifest store that cannot be read is a state of
// meta.c2pa, not an error.
func (x Extractor) Extract(_ context.Context, in *extract.Input, out *facts.Set) error {
	out.Meta = *Of(in, x.trust)
	out.SetStatus("meta", facts.Status{State: facts.Present})
	return nil
}

// memoKey is of what is read with one set of trust lists.
type memoKey struct{ trust *c2pa.Trust }

// Of returns the metadata of an input, read once; it must not be changed.
func Of(in *extract.Input, trust *c2pa.Trust) *facts.Meta {
	return in.Memo(memoKey{trust}, func() any {
		m := read(container.Of(in), exif.Of(in))
		m.C2PA = *c2pa.Of(in, trust)
		return m
	}).(*facts.Meta)
}

func read(f *container.File, e *exif.Result) *facts.Meta {
	x := readXMP(f.XMP)
	m := &facts.Meta{
		XMP:        x.Properties,
		XMPHistory: x.History,
		IPTC:       readIPTC(f.IPTC),
		PNGText:    make(map[string]string),
		Comments:   f.Comments,
		JFIF:       f.JFIF,
		APP14:      f.Adobe,
		Photoshop:  f.Photoshop,
	}
	for _, t := range f.Text {
		v := t.Value[:min(len(t.Value), maxValue)]
		if have, ok := m.PNGText[t.Key]; ok {
			v = have + "; " + v
		}
		m.PNGText[t.Key] = strings.ToValidUTF8(v, "")
	}
	m.QuantTable, m.QuantQuality = quantKind(f, &e.Exif)
	m.QuantStep = meanStep(f.QuantTable)
	m.OtherDates = otherDates(m, e)
	return m
}

// quantKind names the quantization tables: those libjpeg writes, those of a
// camera's firmware (others, in a file that names a camera and carries no mark
// of Adobe's writers), or unknown. Many phones use libjpeg's tables, so
// "standard" alone accuses nobody.
func quantKind(f *container.File, e *facts.Exif) (kind string, quality int) {
	if q := Quality(f.QuantTable); q > 0 {
		return "standard", q
	}
	if len(f.QuantTable) > 0 && e.Make != "" && e.Model != "" && !f.Adobe && !f.Photoshop {
		return "camera", 0
	}
	return "unknown", 0
}
