// Package exif reads camera metadata from an EXIF block, wherever its
// container keeps it.
//
// Values are decoded by github.com/rwcarlsen/goexif. That library is not given
// a file's bytes as they are: it gives up on the whole block at the first bad
// value (a real camera's file in the test set has one), follows a loop of
// three directories for ever, and allocates what a 32-bit count that wrapped
// round asks for. So pkg/extract/file/tiffdir walks the block first, tolerating and
// bounding, and only sound entries of tags that matter are shown to goexif, one
// by one. That also keeps maker notes of up to 64 KiB out of its way.
//
// It may import pkg/extract, pkg/extract/file, pkg/facts, pkg/format and
// pkg/lang.
package exif

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/extract/file/container"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
)

// Extractor provides the group "exif".
type Extractor struct{}

// Name is the extractor's name.
func (Extractor) Name() string { return "exif" }

// Provides the group exif.
func (Extractor) Provides() []string { return []string{"exif"} }

// Accepts every picture format container walks.
func (Extractor) Accepts(format string) bool { return container.Known(format) }

// Detail is 0: no pixels.
func (Extractor) Detail() int { return 0 }

// Extract fills out.Exif: absent where the file has no EXIF block, failed
// where it has one that nothing can be read from.
func (Extractor) Extract(_ context.Context, in *extract.Input, out *facts.Set) error {
	r := Of(in)
	if r.Err != nil {
		return r.Err
	}
	out.Exif = r.Exif
	st := facts.Status{State: facts.Absent}
	if r.Exif.Present {
		st.State = facts.Present
	}
	out.SetStatus("exif", st)
	return nil
}

// Result is what Of found.
type Result struct {
	Exif facts.Exif
	// Raw holds texts of tags that are no facts of their own.
	Raw Raw
	Err error
}

// Raw values that say something about a file's history.
type Raw struct {
	ProcessingSoftware string
	// Satellite is the date and time of the GPS data, UTC; zero for none.
	Satellite time.Time
	// CIFF: the facts come from Canon's block before EXIF.
	CIFF bool
}

// ErrUnreadable: there is an EXIF block, but no directory in it could be read.
var ErrUnreadable = errors.New("the EXIF block cannot be read")

type memoKey struct{}

// Of returns the EXIF facts of an input, read once.
func Of(in *extract.Input) *Result {
	return in.Memo(memoKey{}, func() any {
		return read(container.Of(in))
	}).(*Result)
}

// read reads the EXIF block of a container.
func read(f *container.File) (res *Result) {
	res = &Result{}
	if !f.Exif.Exist() {
		if f.CIFF != nil {
			res.Raw.CIFF = readCIFF(f.CIFF, &res.Exif)
		}
		return res
	}
	// goexif has panicked on hostile values before; the walk keeps those away,
	// and this keeps the promise should one slip through.
	defer func() {
		if p := recover(); p != nil {
			res = &Result{Err: fmt.Errorf("%w: %v", ErrUnreadable, p)}
		}
	}()
	b, err := collect(f.Exif)
	if err != nil {
		return &Result{Err: fmt.Errorf("%w: %w", ErrUnreadable, err)}
	}
	res.decode(b, f.XMP)
	e := &res.Exif
	e.Damaged = e.Damaged || f.Exif.Short
	// A TIFF file always has directories; that alone is no camera metadata.
	e.Present = b.camera || f.Format != format.TIFF && b.entries > 0
	return res
}
