package scan

import (
	"context"
	"sync"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/extract/paper/pdf/render"
	"github.com/aecheck/aecheck/pkg/facts"
)

// Calls counts by content what extractors were called for.
type Calls struct {
	mu     sync.Mutex
	bySize map[int64]int
}

// Take returns the counts by file size since the last Take.
func (c *Calls) Take() map[int64]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := c.bySize
	c.bySize = map[int64]int{}
	return out
}

// Count makes a session count the calls of its extractors.
func (s *Session) Count() (*Calls, error) {
	calls := &Calls{bySize: map[int64]int{}}
	engine := render.NewEngine(s.options.CodeDir, nil)
	list, err := extractors(RunnerOptions{NoOCR: s.options.NoOCR}, engine)
	if err != nil {
		return nil, err
	}
	for i, e := range list {
		list[i] = counted{e, calls}
	}
	before := s.close
	s.runner, s.close = extract.NewRunner(list, s.options.Limits, s.options.Cache), func() error {
		if err := before(); err != nil {
			return err
		}
		return engine.Close()
	}
	return calls, nil
}

type counted struct {
	extract.Extractor
	calls *Calls
}

func (c counted) Extract(ctx context.Context, in *extract.Input, out *facts.Set) error {
	c.calls.mu.Lock()
	c.calls.bySize[in.Size]++
	c.calls.mu.Unlock()
	return c.Extractor.Extract(ctx, in, out)
}

// Whole is Known without a look at the list of files.
func (j *Joining) Whole() (*Known, error) { return j.whole() }
