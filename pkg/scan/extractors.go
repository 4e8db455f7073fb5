package scan

import (
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/extract/exif"
	"github.com/aecheck/aecheck/pkg/extract/header"
	"github.com/aecheck/aecheck/pkg/extract/pixels"
)

// extractors lists every extractor in the order they run: what others build on
// comes first. threads is how many cores one picture may use.
func extractors(threads int) []extract.Extractor {
	list := []extract.Extractor{
		header.Extractor{},
		header.Integrity{},
		exif.Extractor{},
	}
	return append(list, pixels.Extractors()...)
}

// Checks lists every named check.
func Checks() []checks.Check {
	return nil
}
