package scan

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/schedule"
)

// DateOptions say how deadlines are found out.
type DateOptions struct {
	Now time.Time
	// Read reads the notices that no run has read yet; else what the cache knows of them
	// counts alone, and little work is done.
	Read bool
	// Progress is told about every notice looked at; may be nil.
	Progress func(done, total int, path string)
}

// Dated is a case with its clock. Of its assets the facts of notices alone are there, and
// only where they may count.
type Dated struct {
	*facts.Case
	Folder  *material.Case
	Notices int // that may tell of a deadline
	Unread  int // of these, those of which nothing is known
}

// Dates finds out the deadlines of cases from case.yaml and from what their notices show,
// and reads nothing else. Plain folders of photos are left out. A case whose case.yaml
// gives no time has the deadline that its notices come to.
// The error is that something built into the program is broken.
func (s *Session) Dates(ctx context.Context, found *Found, o DateOptions) ([]Dated, error) {
	d := &dating{Session: s, options: o}
	for _, c := range found.Cases {
		if c.Listing {
			continue
		}
		view := &facts.Case{Path: c.Path, File: c.File, HasFile: c.File != nil, Clock: schedule.Clock(o.Now, c.File, schedule.Shown{}, s.calendar)}
		d.out = append(d.out, Dated{Case: view, Folder: c})
		if view.Clock.LastResult == "pending" || view.Clock.LastResult == "accepted" || view.Clock.AttemptsUsed > 0 || view.Clock.Closed {
			continue // no notice can tell anything that counts
		}
		for _, a := range c.Assets {
			if a.Kind == facts.KindNotice && a.Unread == "" {
				d.out[len(d.out)-1].Notices++
				d.todo = append(d.todo, notice{len(d.out) - 1, a, len(view.Assets)})
				view.Assets = append(view.Assets, facts.Asset{Path: a.Path, Kind: a.Kind})
			}
		}
	}
	if err := d.read(ctx); err != nil {
		return nil, err
	}
	for i := range d.out {
		d.settle(&d.out[i])
	}
	return d.out, nil
}

// dating is one Dates under way.
type dating struct {
	*Session
	options DateOptions
	out     []Dated
	todo    []notice
}

// notice is a file to look at: of which case, and where its facts go.
type notice struct {
	kase  int
	asset *material.Asset
	at    int
}

// read looks at the notices.
func (d *dating) read(ctx context.Context) error {
	if len(d.todo) == 0 {
		return nil
	}
	o := d.Session.options
	jobs := max(1, min(o.Jobs, len(d.todo)))
	wanted := []string{"document"}
	request := extract.Request{Facts: wanted, Threads: max(1, o.Jobs/jobs), Cores: o.Jobs}
	runner := d.runner
	if !d.options.Read {
		only, done, err := NewRunner(RunnerOptions{Limits: o.Limits, Cache: o.Cache, Facts: wanted, CodeDir: o.CodeDir, Heap: o.Heap, Known: true})
		if err != nil {
			return err
		}
		defer func() { _ = done() }() // closing only frees memory
		runner = only
	}
	var mu sync.Mutex
	done := 0
	var g errgroup.Group
	g.SetLimit(jobs)
	for _, n := range d.todo {
		g.Go(func() error {
			var set *facts.Set
			if ctx.Err() == nil {
				set, _ = runner.Run(ctx, extract.Source{Open: func() (extract.ReadCloser, int64, error) {
					f, err := material.Open(n.asset)
					return f, n.asset.Size, err
				}}, request) // trouble with the file leaves it unread
			}
			mu.Lock()
			defer mu.Unlock()
			if set == nil || set.Status("document").State != facts.Present {
				d.out[n.kase].Unread++
			}
			d.out[n.kase].Assets[n.at].Facts = set
			if done++; d.options.Progress != nil {
				d.options.Progress(done, len(d.todo), n.asset.Path)
			}
			return nil
		})
	}
	return g.Wait()
}

// settle works out the clock with what the notices show.
func (d *dating) settle(c *Dated) {
	if len(c.Assets) == 0 {
		return
	}
	c.Clock = schedule.Known(d.options.Now, c.File, c.Assets, d.calendar)
}
