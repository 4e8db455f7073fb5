// Package pictures holds the checks that set pictures beside each other: bytes,
// cameras, hashes, and the pairs and marks that pkg/compare found. One check a
// file.
//
// It may import pkg/casefile, pkg/checks, pkg/facts, pkg/imagehash, pkg/lang
// and pkg/verdict.
package pictures

import "github.com/aecheck/aecheck/pkg/checks"

// All returns the checks of this package.
func All() []checks.Check {
	return []checks.Check{SameBytes{}, Unreplaced{}, SourceMatch{}, SourceUnused{}, PaintedOver{}, Similar{}, ReferenceMarks{}, SameCamera{}, Set{}, SameProduct{}, Claimed{}, ListedWords{}, CopyBeside{}, WatermarkNumber{}, AILabel{}, Enlarged{}}
}
