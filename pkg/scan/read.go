package scan

import (
	"cmp"
	"context"
	"errors"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/aecheck/aecheck/pkg/compare"
	"github.com/aecheck/aecheck/pkg/derive"
	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/material"
)

// ReadOptions say how to read.
type ReadOptions struct {
	// Previews asks for the small pictures that some reports show.
	Previews bool
	// Before is what an earlier Read of this session found, with
	// SessionOptions.Keep: files whose content is still the same are not read
	// again. May be nil.
	Before *Known
	// Progress is told about every finished file; may be nil.
	Progress func(done, total int, path string)
}

// Known is what was found and the facts of it. Nobody changes it: it may be judged
// again, at another time or in another language.
type Known struct {
	found *Found
	views []*facts.Case // one for each case found
	kept  map[string]kept
	slow  []Slow
	pairs *memory // nil without SessionOptions.Keep
}

// Found is what was read.
func (k *Known) Found() *Found { return k.found }

// Slow is a file that took long.
type Slow struct {
	Path string // below the scanned root
	CPU  time.Duration
}

// slowFile is the processor time of one file from which on it is told: a letter of
// ten pages takes some ten seconds on a slow machine.
const slowFile = 10 * time.Second

// kept are the facts of one file as its bytes gave them, for the next Read.
type kept struct {
	request extract.Request
	facts   *facts.Set
}

// Off names the groups that --no-ocr switches off.
func Off(noOCR bool) map[string]lang.Text {
	if !noOCR {
		return nil
	}
	return map[string]lang.Text{"text": lang.T("已用 --no-ocr 关闭文字识别", "text recognition is switched off (--no-ocr)")}
}

// Read finds the facts of every asset of every case. Results land by index, so
// their order never depends on timing. Trouble is a fact; when ctx ends, what was
// not read by then says so.
func (s *Session) Read(ctx context.Context, found *Found, o ReadOptions) *Known {
	r := &reading{Session: s, options: o, requests: map[requestKey]extract.Request{}, needs: map[[2]string][]string{}, out: &Known{
		found: found, kept: map[string]kept{},
	}}
	if s.options.Keep {
		r.out.pairs = &memory{disk: s.options.Cache, pairs: map[extract.Key]facts.Pair{}}
		if o.Before != nil && o.Before.pairs != nil {
			r.out.pairs.before = o.Before.pairs
		}
	}
	r.run(ctx)
	if r.out.pairs != nil {
		r.out.pairs.before = nil // a chain of all Reads would grow without end
	}
	return r.out
}

// records are the pairs compared before; nil for none.
func (r *reading) records() compare.Records {
	switch {
	case r.out.pairs != nil:
		return r.out.pairs
	case r.Session.options.Cache != nil:
		return r.Session.options.Cache
	}
	return nil
}

// reading is one Read under way.
type reading struct {
	*Session
	options ReadOptions
	out     *Known

	mu       sync.Mutex // for all below, for out.kept, out.slow and Progress
	requests map[requestKey]extract.Request
	needs    map[[2]string][]string // that comparing asks for, by kind and slot
	finished int
	total    int
	threads  int // that one asset may use
}

// requestKey is what the facts wanted of an asset depend on.
type requestKey struct {
	kind, slot string
	compared   bool   // its case has pictures to compare with
	kinds      string // those its case has files of, as kindsOf gives them
}

// kindsOf are the kinds that a case has files of, in order, each between blanks.
func kindsOf(c *material.Case) string {
	var all []string
	for _, a := range c.Assets {
		all = append(all, a.Kind)
	}
	slices.Sort(all)
	return " " + strings.Join(slices.Compact(all), " ") + " "
}

func (k requestKey) has(kind string) bool { return strings.Contains(k.kinds, " "+kind+" ") }

func (r *reading) run(ctx context.Context) {
	cases := r.out.found.Cases
	for _, c := range cases {
		r.out.views = append(r.out.views, &facts.Case{
			Name: c.Name(),
			Path: c.Path, File: c.File, HasFile: c.File != nil,
			Assets: make([]facts.Asset, len(c.Assets)),
		})
		r.total += len(c.Assets)
	}
	r.Session.options.Heap.Files(r.total)
	jobs := max(min(r.Session.options.Jobs, r.total), 1)
	// A single picture may use the cores that no other file needs.
	r.threads = max(1, r.Session.options.Jobs/jobs)
	var g errgroup.Group
	g.SetLimit(jobs)
	for _, next := range r.inOrder() {
		g.Go(func() error {
			next.of.read(ctx, next.at)
			return nil
		})
	}
	_ = g.Wait() // the functions return no error: trouble is a fact
	slices.SortFunc(r.out.slow, bySlowPath)
}

// turn is an asset to be read.
type turn struct {
	of *readingCase
	at int
}

// inOrder are all assets, largest first, case by case, but for the largest PDF, which
// is the very first: where PDFium has to be compiled, that takes most of the memory
// there is, and at the start no models are loaded beside it.
func (r *reading) inOrder() []turn {
	cases := r.out.found.Cases
	out, pdf := make([]turn, 0, r.total), -1
	for _, i := range largestFirst(cases, caseSize) {
		one := &readingCase{reading: r, found: cases[i], view: r.out.views[i], compared: compare.HasWork(cases[i]), kinds: kindsOf(cases[i]),
			stamps: newStamps(r.Session.options.Cache, cases[i], r.Session.options.Verify)}
		one.left.Store(int64(len(one.found.Assets)))
		for _, j := range largestFirst(one.found.Assets, assetSize) {
			if a := one.found.Assets[j]; strings.EqualFold(path.Ext(a.Path), ".pdf") && (pdf < 0 || a.Size > out[pdf].of.found.Assets[out[pdf].at].Size) {
				pdf = len(out)
			}
			out = append(out, turn{one, j})
		}
	}
	if pdf > 0 {
		first := out[pdf]
		copy(out[1:], out[:pdf])
		out[0] = first
	}
	return out
}

func assetSize(a *material.Asset) int64 { return a.Size }

func bySlowPath(a, b Slow) int { return strings.Compare(a.Path, b.Path) }

// largestFirst is an order of work in which no core is left at the end with much to do
// while the others have nothing: what is large takes long, as a rule.
func largestFirst[T any](list []T, size func(T) int64) []int {
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(size(list[b]), size(list[a])) })
	return order
}

func caseSize(c *material.Case) int64 {
	var sum int64
	for _, a := range c.Assets {
		sum += a.Size
	}
	return sum
}

// readingCase is a case of which assets are being read. Its pictures are compared as
// soon as all of it are, and what that takes is let go.
type readingCase struct {
	*reading
	found    *material.Case
	view     *facts.Case
	compared bool
	kinds    string // of its files, as in requestKey
	stamps   *stamps
	left     atomic.Int64 // assets still to be read
}

func (r *readingCase) read(ctx context.Context, at int) {
	a := r.found.Assets[at]
	r.view.Assets[at] = r.asset(ctx, a)
	if r.left.Add(-1) == 0 {
		r.stamps.save(r.found)
		if !r.found.Untouched() {
			end := r.Session.options.Profile.Step("compare", r.found.Path)
			compare.Case(ctx, r.view, compare.Options{Jobs: r.Session.options.Jobs, Known: r.records(), Needs: r.needsOf})
			end()
		}
	}
	r.progress(a.Path)
}

func (r *reading) progress(path string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.finished++; r.options.Progress != nil {
		r.options.Progress(r.finished, r.total, path)
	}
}

// asset reads one asset.
func (r *readingCase) asset(ctx context.Context, a *material.Asset) facts.Asset {
	c := r.found
	request := r.request(requestKey{a.Kind, a.Slot, r.compared, r.kinds})
	request.Threads, request.Cores = r.threads, r.Session.options.Jobs
	request.Spent = func(d time.Duration) {
		if d >= slowFile {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.out.slow = append(r.out.slow, Slow{path.Join(c.Path, a.Path), d})
		}
	}
	var worked atomic.Bool
	if profile := r.Session.options.Profile; profile != nil {
		request.Timing = func(extractor string) func() {
			if extractor != "open" {
				worked.Store(true)
			}
			return profile.Step(extractor, path.Join(c.Path, a.Path))
		}
	}
	set := r.factsOf(ctx, a, request)
	r.Session.options.Profile.File(!worked.Load())
	for _, p := range c.ProblemsOf(a.Path) {
		set.File.Troubles = append(set.File.Troubles, string(p.Code))
		set.File.TroubleDetail = p.Detail
	}
	r.derive.Apply(set, derive.Subject{Path: a.Path, Case: c.File, Contacts: derive.WantsContacts(request.Facts)})
	return facts.Asset{Path: a.Path, Kind: a.Kind, Slot: a.Slot, Facts: set}
}

// factsOf extracts what is wanted of one asset. A file that cannot be opened or
// read has that as its problem.
func (r *readingCase) factsOf(ctx context.Context, a *material.Asset, request extract.Request) *facts.Set {
	if a.Unread != "" || ctx.Err() != nil {
		set := &facts.Set{}
		set.File.Bytes = a.Size
		set.SetStatus("file", facts.Status{State: facts.Present})
		if ctx.Err() != nil {
			why := lang.T("检查被中断", "interrupted")
			if errors.Is(context.Cause(ctx), errTime) {
				why = lang.T("轮到它之前，整次检查的处理器时间已经用完：用 --timeout 放宽，或分开检查", "the processor time of the whole run was used up before its turn: allow more with --timeout, or check fewer files at a time")
			}
			set.SetStatus("file", facts.Status{State: facts.NotExtracted, Why: why})
			unread(set, why)
			return set
		}
		unread(set, lang.T("文件没有打开，见这个文件的其他问题", "the file was not opened, see what else is said of it"))
		return set
	}
	name := r.found.Dir + "\x00" + a.Path
	if b := r.options.Before; b != nil {
		if k, ok := b.kept[name]; ok && slices.Equal(k.request.Facts, request.Facts) {
			request.Before = k.facts
		}
	}
	set, err := r.runner.Run(ctx, extract.Source{Open: func() (extract.ReadCloser, int64, error) {
		f, err := material.Open(a)
		return f, a.Size, err
	}, SHA256: r.stamps.sum(a), Size: a.Size}, request)
	switch {
	case err != nil:
		code := material.Unreadable
		if opening := (*material.OpenError)(nil); errors.As(err, &opening) {
			code = opening.Code
		}
		*set = facts.Set{} // what was found before the trouble is half of it at best
		set.File.Troubles = append(set.File.Troubles, string(code))
		set.File.TroubleDetail = err.Error()
		for _, known := range []string{"file.troubles", "file.trouble_detail", "file.name", "file.extension"} {
			set.SetStatus(known, facts.Status{State: facts.Present})
		}
		unread(set, whyUnread(code))
		return set
	case r.Session.options.Keep && ctx.Err() == nil:
		own := set.Clone() // what is derived, and what comparing lets go, is not kept
		r.mu.Lock()
		r.out.kept[name] = kept{request, own}
		r.mu.Unlock()
	}
	r.stamps.note(a, set.File.SHA256)
	return set
}

// unread says of every group that nothing of it could be found, but for what was.
func unread(set *facts.Set, why lang.Text) {
	for _, group := range facts.Groups() {
		if _, known := set.Statuses()[group]; !known {
			set.SetStatus(group, facts.Status{State: facts.Failed, Why: why})
		}
	}
}

// whyUnread says why a file that was found could not be read.
func whyUnread(code material.Code) lang.Text {
	switch code {
	case material.Vanished:
		return lang.T("检查过程中文件不见了（被移动、改名或删除）", "the file vanished while the check ran (moved, renamed or deleted)")
	case material.Changed:
		return lang.T("检查过程中文件被改动", "the file changed while the check ran")
	}
	return lang.T("文件读不出来", "the file cannot be read")
}

// needsOf are the facts that rules read of files of a kind and slot, worked out once for
// all like them.
func (r *reading) needsOf(kind, slot string) []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	key := [2]string{kind, slot}
	out, ok := r.needs[key]
	if !ok {
		out = r.rules.Needs(kind, slot)
		r.needs[key] = out
	}
	return out
}

// request is what is wanted of an asset, worked out once for all like it.
func (r *reading) request(key requestKey) extract.Request {
	r.mu.Lock()
	defer r.mu.Unlock()
	request, ok := r.requests[key]
	if !ok {
		need := derive.Needs(r.rules.NeedsIn(key.kind, key.slot, key.has))
		if key.compared {
			need = compare.Facts(need)
		}
		need = append(need, "image.width") // the report shows the size of every picture
		if r.options.Previews {
			need = append(need, "preview")
		}
		request = extract.Request{Facts: need, Off: Off(r.Session.options.NoOCR), Hash: true}
		r.requests[key] = request
	}
	return request
}
