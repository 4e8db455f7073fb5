package scan

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
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

// Times are so many cases like the one that is known, with other pictures, products
// and violations: no two of them share a file.
func (k *Known) Times(n int) *Known {
	out := &Known{found: &Found{Roots: k.found.Roots}}
	for i := range n {
		c, view := *k.found.Cases[0], *k.views[0]
		c.Path = fmt.Sprintf("case-%04d", i)
		file := *c.File
		file.Violation.ID, file.Product.ID = fmt.Sprintf("WG%08d", i), fmt.Sprintf("10050%08d", i)
		c.File, view.File, view.Path = &file, &file, c.Path
		view.Assets = slices.Clone(view.Assets)
		for a := range view.Assets {
			set := *view.Assets[a].Facts
			sum := sha256.Sum256([]byte(c.Path + view.Assets[a].Path))
			all := hex.EncodeToString(sum[:])
			set.File.SHA256, set.Hash.SHA256 = all, all
			if set.Hash.PDQ != "" {
				set.Hash.DHash, set.Hash.PDQ = all[:16], all
			}
			view.Assets[a].Facts = &set
		}
		out.found.Cases, out.views = append(out.found.Cases, &c), append(out.views, &view)
	}
	return out
}

// Views are the facts of each case.
func (k *Known) Views() []*facts.Case { return k.views }
