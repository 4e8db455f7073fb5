package papers

import (
	"time"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
)

// logSpan is what a log covers together with those beside it.
type logSpan struct {
	first, last time.Time
	unread      bool // another file may hold more: a capture, or a table that was not read
}

// spanOf joins a log with those beside it that begin at most so many days, slack, after
// it ends or end as many before it begins: exports come month by month.
func spanOf(s checks.Subject, slack int) logSpan {
	t := &s.Asset.Facts.Table
	span := logSpan{first: t.First, last: t.Last}
	var others []*facts.Table
	for _, o := range s.Case.Of(s.Asset.Kind) {
		switch {
		case o == s.Asset:
		case o.Facts == nil || o.Facts.Table.First.IsZero():
			span.unread = true
		default:
			others = append(others, &o.Facts.Table)
		}
	}
	for joined := true; joined; {
		joined = false
		for i, o := range others {
			if o == nil || o.First.After(span.last.AddDate(0, 0, slack+1)) || o.Last.Before(span.first.AddDate(0, 0, -slack-1)) {
				continue
			}
			if o.First.Before(span.first) {
				span.first = o.First
			}
			if o.Last.After(span.last) {
				span.last = o.Last
			}
			others[i], joined = nil, true
		}
	}
	return span
}
