package scan

import (
	"context"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/aecheck/aecheck/pkg/compare"
	"github.com/aecheck/aecheck/pkg/derive"
	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/material"
)

// Off names the groups that --no-ocr switches off.
func Off(noOCR bool) map[string]lang.Text {
	if !noOCR {
		return nil
	}
	return map[string]lang.Text{"text": lang.T("已用 --no-ocr 关闭文字识别", "text recognition is switched off (--no-ocr)")}
}

// extract finds the facts of every asset of every case. Results land by index,
// so their order never depends on timing.
func (r *run) extract(ctx context.Context, found []*material.Case) ([]*facts.Case, error) {
	views := make([]*facts.Case, len(found))
	open := make([]atomic.Int64, len(found)) // assets of each case still to be read
	total := 0
	for i, c := range found {
		views[i] = &facts.Case{
			Path: c.Path, File: c.File, HasFile: c.File != nil,
			Assets: make([]facts.Asset, len(c.Assets)),
		}
		total += len(c.Assets)
		open[i].Store(int64(len(c.Assets)))
	}
	jobs := max(min(r.opt.Jobs, total), 1)
	// A single picture may use the cores that no other file needs.
	runner, done, err := NewRunner(RunnerOptions{
		Limits: r.limits, Cache: r.opt.Cache, Threads: max(1, r.opt.Jobs/jobs), NoOCR: r.opt.NoOCR,
	})
	if err != nil {
		return nil, err
	}
	defer func() { _ = done() }() // only frees memory; the process may end any moment after
	wishes := r.wishes()
	compares := make([]bool, len(found))
	for i, c := range found {
		compares[i] = compare.HasWork(c)
	}
	var g errgroup.Group
	g.SetLimit(jobs)
	var finished atomic.Int64
	var mu sync.Mutex
	for i, c := range found {
		for j, a := range c.Assets {
			g.Go(func() error {
				wish := wishes.of(a, compares[i])
				set := r.factsOf(ctx, runner, wish, a)
				for _, p := range c.ProblemsOf(a.Path) {
					set.File.Troubles = append(set.File.Troubles, string(p.Code))
					set.File.TroubleDetail = p.Detail
				}
				r.derive.Apply(set, derive.Subject{Path: a.Path, Case: c.File, Contacts: derive.WantsContacts(wish.Facts)})
				views[i].Assets[j] = facts.Asset{Path: a.Path, Kind: a.Kind, Slot: a.Slot, Facts: set}
				if open[i].Add(-1) == 0 {
					compare.Case(ctx, views[i], compare.Options{Jobs: r.opt.Jobs, Cache: r.opt.Cache, Needs: r.rules.Needs})
				}
				if r.opt.Progress != nil {
					mu.Lock()
					defer mu.Unlock()
					r.opt.Progress(int(finished.Add(1)), total, a.Path)
				}
				return nil
			})
		}
	}
	_ = g.Wait() // the functions return no error: trouble is a fact
	for i, c := range found {
		if err := r.complete(views[i], c); err != nil {
			return nil, err
		}
	}
	return views, nil
}

// factsOf extracts what is wanted of one asset. A file that cannot be opened or
// read has that as its problem.
func (r *run) factsOf(ctx context.Context, runner *extract.Runner, w extract.Request, a *material.Asset) *facts.Set {
	if a.Unread != "" || ctx.Err() != nil {
		set := &facts.Set{}
		set.File.Bytes = a.Size
		set.SetStatus("file", facts.Status{State: facts.Present})
		if ctx.Err() != nil {
			set.SetStatus("file", facts.Status{State: facts.NotExtracted, Why: lang.T("检查被中断", "interrupted")})
		}
		return set
	}
	set, err := runner.Run(ctx, extract.Source{Open: func() (extract.ReadCloser, int64, error) {
		f, err := material.Open(a)
		return f, a.Size, err
	}}, w)
	if err != nil {
		set.File.Troubles = append(set.File.Troubles, string(material.Unreadable))
		set.File.TroubleDetail = err.Error()
	}
	return set
}

// wishes are the facts wanted by kind and slot, worked out once.
type wishes struct {
	run *run
	mu  sync.Mutex
	by  map[wishKey]extract.Request
}

// wishKey is what the facts wanted of an asset depend on.
type wishKey struct {
	kind, slot string
	compared   bool // its case has pictures to compare with
}

func (r *run) wishes() *wishes { return &wishes{run: r, by: map[wishKey]extract.Request{}} }

func (w *wishes) of(a *material.Asset, compared bool) extract.Request {
	w.mu.Lock()
	defer w.mu.Unlock()
	key := wishKey{a.Kind, a.Slot, compared}
	wish, ok := w.by[key]
	if !ok {
		need := derive.Needs(w.run.rules.Needs(a.Kind, a.Slot))
		if compared {
			need = compare.Facts(need)
		}
		need = append(need, "image.width") // the report shows the size of every picture
		if w.run.opt.Previews {
			need = append(need, "preview")
		}
		wish = extract.Request{Facts: need, Off: Off(w.run.opt.NoOCR), Hash: true}
		w.by[key] = wish
	}
	return wish
}
