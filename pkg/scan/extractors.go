package scan

import (
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/checks/batch"
	"github.com/aecheck/aecheck/pkg/checks/cameras"
	"github.com/aecheck/aecheck/pkg/checks/letters"
	"github.com/aecheck/aecheck/pkg/checks/samebytes"
	"github.com/aecheck/aecheck/pkg/checks/skus"
	"github.com/aecheck/aecheck/pkg/contacts"
	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/extract/codes"
	"github.com/aecheck/aecheck/pkg/extract/exif"
	"github.com/aecheck/aecheck/pkg/extract/header"
	"github.com/aecheck/aecheck/pkg/extract/meta"
	"github.com/aecheck/aecheck/pkg/extract/origin"
	"github.com/aecheck/aecheck/pkg/extract/pixels"
)

// extractors lists every extractor in the order they run: what others build on
// comes first. threads is how many cores one picture may use. An error means
// that a table built into the program is broken.
func extractors(threads int) ([]extract.Extractor, error) {
	from, err := origin.New()
	if err != nil {
		return nil, err
	}
	detector, err := contacts.New()
	if err != nil {
		return nil, err
	}
	list := []extract.Extractor{
		header.Extractor{},
		header.Integrity{},
		exif.Extractor{},
		meta.Extractor{},
		from,
	}
	list = append(list, pixels.Extractors()...)
	return append(list, codes.New(detector)), nil
}

// Checks lists every named check.
func Checks() []checks.Check {
	list := []checks.Check{samebytes.Check{}, skus.Check{}, cameras.Check{}}
	list = append(list, letters.All()...)
	return append(list, batch.All()...)
}
