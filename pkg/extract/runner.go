package extract

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/aecheck/aecheck/pkg/cputime"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
	"github.com/aecheck/aecheck/pkg/heap"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/raster"
)

// Limits bound what one asset may cost.
type Limits struct {
	MaxBytes  int64         // a larger file is not read at all
	MaxPixels int64         // a larger picture is not decoded
	Work      time.Duration // for all extractors of one asset together, in CPU time (see pkg/cputime)
	// Memory is what all assets under way may take together, in bytes: decoded
	// pictures, the file itself where it is read whole, what extractors say that
	// they take (Sizer). An asset that needs more goes alone.
	Memory int64
	// Outside is told of memory that is taken outside of Go's heap, see
	// pkg/heap. May be nil.
	Outside func(bytes int64)
}

// DefaultLimits: a 100 MP medium-format original and a 300-page scan pass, the
// scan (of which 12 pages are read, some three seconds of work each) also on a
// machine three times as slow; a decompression bomb does not.
func DefaultLimits() Limits {
	return Limits{MaxBytes: 256 << 20, MaxPixels: 150e6, Work: 120 * time.Second, Memory: MemoryOf(heap.Default)}
}

// itself is what the program takes that no asset asks for, in bytes: its own code
// and that of PDFium, models, facts, what the collector has not come to.
const itself = 100 << 20

// MemoryOf is the Limits.Memory of a program that may take total bytes.
func MemoryOf(total int64) int64 { return max(total-itself, itself/2) }

// Source is one asset to be read.
type Source struct {
	// Open opens it for reading; the size is what the folder said.
	Open func() (ReadCloser, int64, error)
	// SHA256 of the content in hex, with its Size, where that is known already: what
	// the cache knows of it then needs no opening. Empty where it is not.
	SHA256 string
	Size   int64
}

// ReadCloser is an open file.
type ReadCloser interface {
	io.ReaderAt
	io.Closer
}

// Runner finds the facts asked for, each with as little work as it takes. It
// is safe for concurrent use.
type Runner struct {
	extractors []Extractor
	limits     Limits
	cache      *Cache
	memory     *semaphore.Weighted
	meter      *cputime.Meter
	headers    sync.Pool // of *[HeaderSize]byte
}

// NewRunner returns a runner over an explicit list of extractors, in the order
// they run. A nil cache caches nothing.
func NewRunner(extractors []Extractor, limits Limits, cache *Cache) *Runner {
	return &Runner{
		extractors: extractors,
		limits:     limits,
		cache:      cache,
		memory:     semaphore.NewWeighted(limits.Memory),
		meter:      cputime.NewMeter(),
		headers:    sync.Pool{New: func() any { return new([HeaderSize]byte) }},
	}
}

// Request is what is wanted of one asset.
type Request struct {
	Facts []string // groups or fields; nil for everything there is
	// Off names groups the user switched off, with the reason shown.
	Off map[string]lang.Text
	// Threads is how many cores the asset may use; 0 for all there are. Of Cores,
	// which all assets under way use together, it may use as many more as it has of
	// the memory: others then wait. 0 for no more.
	Threads, Cores int
	// Before is what an earlier Run found for the same Facts and Off; where the
	// content is still the same, that is the answer. May be nil.
	Before *facts.Set
	// Spent, if not nil, is told what processor time the extractors took.
	Spent func(time.Duration)
	// Timing, if not nil, is called where an extractor starts, and what it returns where
	// that ends; as the extractor "open" counts finding out what the file is and what is
	// known of it. Of one that is left behind the end is not told.
	Timing func(extractor string) (end func())
	// Hash asks for the SHA-256 of the content even where no fact needs it.
	Hash bool
}

func (w Request) timing(extractor string) (end func()) {
	if w.Timing == nil {
		return func() {}
	}
	return w.Timing(extractor)
}

func (w Request) wants(names []string) bool {
	if w.Facts == nil {
		return true
	}
	for _, n := range names {
		for _, f := range w.Facts {
			if facts.Covers(n, f) {
				return true
			}
		}
	}
	return false
}

// Run extracts. The error is about the file itself (cannot be opened or read,
// too large); trouble in an extractor is a state of its facts.
func (r *Runner) Run(ctx context.Context, src Source, w Request) (*facts.Set, error) {
	if out := r.recall(src, w); out != nil {
		return out, nil
	}
	opened := w.timing("open")
	out := &facts.Set{}
	f, size, err := src.Open()
	if err != nil {
		return out, err
	}
	defer f.Close()
	out.File.Bytes = size
	out.SetStatus("file", facts.Status{State: facts.Present})
	if size > r.limits.MaxBytes {
		return out, &TooLargeError{Size: size, Limit: r.limits.MaxBytes}
	}
	buf := r.headers.Get().(*[HeaderSize]byte)
	// Facts hold copies, so the next file may reuse the buffer; not so while
	// an extractor that outlived its limit may still be reading.
	abandoned := false
	defer func() {
		if !abandoned {
			r.headers.Put(buf)
		}
	}()
	header := buf[:min(size, HeaderSize)]
	if n, err := f.ReadAt(header, 0); err != nil && !(errors.Is(err, io.EOF) && n == len(header)) {
		return out, fmt.Errorf("read: %w", err)
	}
	isFormat(out, format.Sniff(header))
	in := NewInput(out.File.Format, size, header, f, nil)
	in.Threads = w.Threads

	var known *Content
	if w.Hash || w.Before != nil || r.cache != nil || w.wants([]string{"hash.sha256"}) {
		sum := src.SHA256
		if sum == "" {
			if sum, err = contentHash(f, size); err != nil {
				return out, fmt.Errorf("read: %w", err)
			}
		}
		isContent(out, sum)
		if w.Before != nil && w.Before.File.SHA256 == sum {
			return w.Before.Clone(), nil
		}
		known = r.cache.Content(sum)
		known.putFormat(out.File.Format)
		defer known.Save()
	}

	steps := r.plan(out, w, known)
	opened()
	var todo []*step
	for _, st := range steps {
		if !st.cached {
			todo = append(todo, st)
			in.fine = in.fine || st.extractor.Detail() == Fine
		}
	}
	if len(todo) == 0 {
		return out, nil
	}
	ctx, stop := r.meter.Start(ctx, r.limits.Work)
	defer stop()
	in.decode = func(ctx context.Context, detail int) (*raster.Picture, error) {
		if err := ctx.Err(); err != nil {
			return nil, err // out may be the caller's again
		}
		fine := 0
		if in.fine {
			fine = Fine
		}
		return raster.Decode(ctx, in, size, raster.Options{
			Format:      out.File.Format,
			Orientation: out.Image.Orientation,
			Detail:      detail,
			Fine:        fine,
			MaxPixels:   r.limits.MaxPixels,
			Outside:     r.limits.Outside,
		})
	}
	asked := r.lookAtHeader(ctx, todo, in, out, w, known)
	all := r.runAll(ctx, todo, in, out, w)
	abandoned = !all
	if !asked {
		out.Image = facts.Image{}
	}
	if w.Spent != nil {
		w.Spent(cputime.Used(ctx))
	}
	settle(out, steps)
	return out, nil
}

// lookAtHeader fills out.Image where nobody asked for it and a step decodes a picture:
// which side is up must not depend on what is asked for. It reports whether the group
// was asked for; where not, it has no status and is not the caller's.
func (r *Runner) lookAtHeader(ctx context.Context, todo []*step, in *Input, out *facts.Set, w Request, known *Content) (asked bool) {
	if w.wants([]string{"image"}) {
		return true
	}
	if !slices.ContainsFunc(todo, func(st *step) bool { return st.extractor.Detail() > 0 }) {
		return false
	}
	for _, e := range r.extractors {
		if !slices.Contains(e.Provides(), "image") || !e.Accepts(out.File.Format) {
			continue
		}
		own, cached := known.Get(e)
		if !cached {
			own = &facts.Set{File: out.File}
			if safely(ctx, e, in, own) != nil {
				continue // a header that cannot be read is told by Decode
			}
		}
		out.Image = own.Image
	}
	return false
}

// recall gives what is known of a file without opening it, nil where that is not all.
func (r *Runner) recall(src Source, w Request) *facts.Set {
	if src.SHA256 == "" || src.Size > r.limits.MaxBytes {
		return nil
	}
	if w.Before != nil && w.Before.File.SHA256 == src.SHA256 {
		return w.Before.Clone()
	}
	known := r.cache.Content(src.SHA256)
	name, ok := known.format()
	if !ok {
		return nil
	}
	out := &facts.Set{}
	out.File.Bytes = src.Size
	out.SetStatus("file", facts.Status{State: facts.Present})
	isFormat(out, name)
	isContent(out, src.SHA256)
	for _, e := range r.extractors {
		if w.wants(e.Provides()) && !left(out, w, e) && !known.Read(e, out) {
			return nil
		}
	}
	return out
}

func isFormat(out *facts.Set, name string) {
	out.File.Format = name
	out.File.Class = string(format.Of(name).Class)
}

func isContent(out *facts.Set, sum string) {
	out.File.SHA256, out.Hash.SHA256 = sum, sum
	out.SetStatus("hash.sha256", facts.Status{State: facts.Present})
}

// runAll runs extractors with the memory that they take together; those for which
// that is not enough run once more, alone. It reports whether all of them ended.
func (r *Runner) runAll(ctx context.Context, todo []*step, in *Input, out *facts.Set, w Request) bool {
	all := true
	run := func(steps []*step, bytes int64) {
		share := &share{memory: r.memory, bytes: bytes}
		if share.take(ctx) != nil {
			steps = slices.Clone(steps) // ctx is done, which each of them will say
		}
		defer share.release()
		in.Threads = max(w.Threads, int(int64(w.Cores)*bytes/r.limits.Memory))
		if w.Threads == 0 {
			in.Threads = 0
		}
		for len(steps) > 0 {
			n, ended := r.runSome(ctx, steps, in, out, w)
			steps = steps[n:]
			all = all && ended
		}
	}
	run(todo, r.takes(in, out, todo))
	var again []*step
	for _, st := range todo {
		if errors.Is(st.err, ErrMemory) {
			again = append(again, st)
		}
	}
	switch {
	case len(again) == 0:
	case all:
		in.alone = true
		run(again, r.limits.Memory)
	default: // one that was left behind may be at work on the same input
		for _, st := range again {
			st.apply(out)
		}
	}
	return all
}

// step is what one extractor gave for a file.
type step struct {
	extractor Extractor
	cached    bool
	known     *Content   // of the cache, nil for none
	own       *facts.Set // what it found, nil where it failed
	err       error      // why it failed
}

// settle applies the steps once more in the order of the extractors, where some
// came from the cache and some did not: what a later extractor says of a field
// stands, whichever of the two was there first.
func settle(out *facts.Set, steps []*step) {
	cached := 0
	for _, st := range steps {
		if st.cached {
			cached++
		}
	}
	if cached == 0 || cached == len(steps) {
		return
	}
	for _, st := range steps {
		st.apply(out)
	}
}

func (st *step) apply(out *facts.Set) {
	if st.own == nil {
		markAll(out, st.extractor, FailedStatus(st.extractor.Name(), st.err))
		return
	}
	out.Merge(st.own, st.extractor.Provides())
}

// left marks what an extractor provides as not extracted where it is not to run.
func left(out *facts.Set, w Request, e Extractor) bool {
	if why, off := switchedOff(e, w.Off); off {
		markAll(out, e, facts.Status{State: facts.NotExtracted, Why: why, Asked: true})
		return true
	}
	if !e.Accepts(out.File.Format) {
		markAll(out, e, facts.Status{State: facts.NotExtracted, Why: notForFormat(out.File.Format)})
		return true
	}
	return false
}

// plan marks what will not be extracted, reads what the cache knows, and
// returns the steps to take.
func (r *Runner) plan(out *facts.Set, w Request, known *Content) (steps []*step) {
	for _, e := range r.extractors {
		if !w.wants(e.Provides()) || left(out, w, e) {
			continue
		}
		st := &step{extractor: e, known: known}
		st.own, st.cached = known.Get(e)
		if st.cached {
			st.apply(out)
		}
		steps = append(steps, st)
	}
	return steps
}

// share is the part of the memory that one asset holds. It is taken whole: two
// assets that each held some and waited for room for more would wait for ever.
type share struct {
	memory *semaphore.Weighted
	bytes  int64
	held   atomic.Bool
}

// takes works out what steps take at most at a time: to decode the pictures that
// they want, or to hold them and work on them.
func (r *Runner) takes(in *Input, out *facts.Set, todo []*step) int64 {
	seen := map[int]bool{}
	var decoding, pictures, working int64
	for _, st := range todo {
		if s, ok := st.extractor.(Sizer); ok {
			working = max(working, s.Memory(in))
		}
		detail := st.extractor.Detail()
		if detail == 0 || !raster.Decodable(in.Format) || seen[in.effective(detail)] {
			continue
		}
		seen[in.effective(detail)] = true
		// A header that cannot be read is told by Decode, before it takes any.
		h, _ := raster.ReadHeader(in, in.Size, out.File.Format)
		decoding += h.Memory(in.effective(detail))
		pictures += h.Result(in.effective(detail))
		if in.fine { // counts as if it had colours
			decoding += h.Memory(Fine)
			pictures += h.Result(Fine)
		}
	}
	bytes := max(decoding, pictures+working)
	if bytes > 0 {
		bytes += in.Size
	}
	return min(bytes, r.limits.Memory)
}

// take waits until there is room; the wait is not the asset's work.
func (s *share) take(ctx context.Context) error {
	if s.held.Load() {
		return nil
	}
	defer cputime.Pause(ctx)()
	if err := s.memory.Acquire(ctx, s.bytes); err != nil {
		return err
	}
	s.held.Store(true)
	return nil
}

func (s *share) release() {
	if s.held.Swap(false) {
		s.memory.Release(s.bytes)
	}
}

func switchedOff(e Extractor, off map[string]lang.Text) (lang.Text, bool) {
	for _, p := range e.Provides() {
		if why, ok := off[p]; ok {
			return why, true
		}
	}
	return lang.Text{}, false
}

func markAll(out *facts.Set, e Extractor, st facts.Status) {
	for _, p := range e.Provides() {
		if out.Status(p).State == facts.NotExtracted {
			out.SetStatus(p, st)
		}
	}
}

// grace is the work a well-behaved extractor needs to end by itself after its
// limit; waiting for that leaves nothing behind.
const grace = 2 * time.Second

// runSome runs extractors one after the other in a goroutine that can be left
// behind. all is false where the last of the n extractors outlived its limit
// and was; those after it are still to be run.
func (r *Runner) runSome(ctx context.Context, todo []*step, in *Input, out *facts.Set, w Request) (n int, all bool) {
	var mu sync.Mutex // for out, finished and left
	finished, left := 0, false
	done := make(chan struct{})
	start := facts.Set{File: out.File, Image: out.Image}
	go func() {
		defer close(done)
		// Each extractor gets a set of its own, so that one that outlives its
		// limit cannot write into facts that others already read.
		for _, st := range todo {
			own, end := start, w.timing(st.extractor.Name())
			err := safely(ctx, st.extractor, in, &own)
			mu.Lock()
			if left {
				mu.Unlock()
				return
			}
			end()
			if errors.Is(err, ErrMemory) && !in.alone {
				st.err = err // runAll has it run again
			} else {
				r.finish(st, &own, err, out)
			}
			start.File, start.Image = out.File, out.Image
			finished++
			mu.Unlock()
		}
	}()
	select {
	case <-done:
		return len(todo), true
	case <-ctx.Done():
	}
	for before := -1; ; {
		mu.Lock()
		if finished == before {
			left = true
			r.finish(todo[finished], nil, context.DeadlineExceeded, out)
			mu.Unlock()
			return finished + 1, false
		}
		before = finished
		mu.Unlock()
		select {
		case <-done:
			return len(todo), true
		case <-cputime.After(ctx, grace):
		}
	}
}

// safely runs an extractor; one that breaks gives an error.
func safely(ctx context.Context, e Extractor, in *Input, own *facts.Set) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &PanicError{Extractor: e.Name(), Value: fmt.Sprint(p), Stack: debug.Stack()}
		}
	}()
	return e.Extract(ctx, in, own)
}

// finish adds what an extractor found, or why it found nothing.
func (r *Runner) finish(st *step, own *facts.Set, err error, out *facts.Set) {
	st.err = err
	if err == nil {
		st.own = own
	}
	st.apply(out)
	if err == nil {
		st.known.Put(st.extractor, own)
	}
}

func contentHash(r io.ReaderAt, size int64) (string, error) {
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(r, 0, size)); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
