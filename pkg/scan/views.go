package scan

import (
	"time"

	"github.com/aecheck/aecheck/pkg/facts"
)

// Views returns the cases of a Read, in the order found, complete with what the time
// and the rules say, as the rules see them. The error is a condition of rules.yaml
// that cannot be evaluated.
func (s *Session) Views(known *Known, now time.Time) ([]*facts.Case, error) {
	out := make([]*facts.Case, len(known.views))
	for i, c := range known.found.Cases {
		view := *known.views[i]
		if _, err := s.complete(&view, c, now); err != nil {
			return nil, err
		}
		out[i] = &view
	}
	return out, nil
}
