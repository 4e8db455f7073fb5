// Package extract turns bytes into facts. An extractor sees bytes, never a
// file name, the case or a rule, so that what it finds is a function of the
// content and may be cached under its hash.
//
// It may import pkg/cputime, pkg/facts, pkg/format, pkg/heap, pkg/lang and
// pkg/raster.
package extract

import (
	"context"

	"github.com/aecheck/aecheck/pkg/facts"
)

// Extractor finds one family of facts.
type Extractor interface {
	// Name is stable, lower case, and part of the cache key; so is the digest of
	// that name in Digests, without which nothing is cached. What it was given at
	// run time follows as a digest: "meta+1a2b" has the digest of "meta".
	Name() string
	// Provides names the facts set: groups ("exif") or fields
	// ("image.decodable").
	Provides() []string
	// Accepts reports whether it can say anything about a format (see
	// facts.File.Format).
	Accepts(format string) bool
	// Detail is what it passes to Input.Picture: Overview or Page; Fine where it
	// calls Input.Luma, 0 where it wants no picture.
	Detail() int
	// Extract fills its groups of out and sets the status of each group it
	// provides to present or absent. An error marks them all failed with the
	// error's text. It must give up soon after ctx ends and must not keep
	// in or out.
	Extract(ctx context.Context, in *Input, out *facts.Set) error
}

// Sizer is an Extractor that takes much memory besides the file and its pictures.
type Sizer interface {
	// Memory is how many bytes at most, for this asset. One that needs more, which
	// shows only as it works, returns ErrMemory and is called again when the asset
	// has all the memory there is for itself (Input.Alone).
	Memory(in *Input) int64
}
