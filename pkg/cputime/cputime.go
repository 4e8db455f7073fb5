// Package cputime limits work by what it costs, not by the clock on the wall:
// a machine busy with other things gives a program less, and what a program
// finds must not depend on that. A Meter looks at the processor time of the
// whole process, for that is what systems tell, and splits it evenly among the
// pieces of work under way; a piece that waits for its turn is left out. A
// process that gets next to nothing done is waiting for something that does not
// come, such as a network folder: then the wall's time counts.
//
// It imports nothing of ours.
package cputime

import (
	"context"
	"slices"
	"sync"
	"time"
)

const (
	// tick is how often the meter looks; limits are kept to this exactness.
	tick = 50 * time.Millisecond
	// idle is the part of one core below which a process counts as waiting.
	// Twenty processes on two cores still get ten times as much each.
	idle = 0.01
)

// Meter measures pieces of work. It is safe for concurrent use.
type Meter struct {
	process func() (time.Duration, bool) // CPU time of the process so far

	mu     sync.Mutex
	pieces []*piece      // under way and not paused
	quit   chan struct{} // ends the looking; there while there are pieces
}

// OfProcess is the processor time that this process has used so far, user and system;
// false where the system does not tell.
func OfProcess() (time.Duration, bool) { return process() }

// NewMeter returns a meter of this process.
func NewMeter() *Meter { return MeterOf(process) }

// MeterOf returns a meter of a process that has used the CPU time that process
// gives, false where nobody knows: a test says what work costs.
func MeterOf(process func() (spent time.Duration, known bool)) *Meter {
	return &Meter{process: process}
}

// piece is one piece of work: a context that ends with DeadlineExceeded when
// its limit is used up, or with its parent.
type piece struct {
	context.Context
	meter  *Meter
	done   chan struct{}
	used   time.Duration // guarded by meter.mu, like all below
	err    error
	alarms []alarm
	paused int
	ended  bool
}

// alarm rings when a piece has used so much.
type alarm struct {
	at   time.Duration
	ring func()
}

// Start begins a piece of work that may use limit. Its context ends with
// context.DeadlineExceeded when that is used up. stop must be called when the
// work is done.
func (m *Meter) Start(ctx context.Context, limit time.Duration) (work context.Context, stop func()) {
	p := &piece{Context: ctx, meter: m, done: make(chan struct{})}
	p.alarms = []alarm{{limit, func() { p.end(context.DeadlineExceeded) }}}
	unhook := context.AfterFunc(ctx, func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		p.end(ctx.Err())
	})
	m.mu.Lock()
	defer m.mu.Unlock()
	m.add(p)
	return p, func() {
		unhook()
		m.mu.Lock()
		defer m.mu.Unlock()
		p.ended = true
		m.remove(p)
		p.end(context.Canceled)
	}
}

// Done is closed when the limit is used up or the parent ends.
func (p *piece) Done() <-chan struct{} { return p.done }

// Err says why.
func (p *piece) Err() error {
	p.meter.mu.Lock()
	defer p.meter.mu.Unlock()
	return p.err
}

type pieceKey struct{}

// Value finds the piece itself, for Pause and After.
func (p *piece) Value(key any) any {
	if key == (pieceKey{}) {
		return p
	}
	return p.Context.Value(key)
}

// end closes Done; the meter is locked.
func (p *piece) end(why error) {
	if p.err == nil {
		p.err = why
		close(p.done)
	}
}

func (m *Meter) add(p *piece) {
	m.pieces = append(m.pieces, p)
	if m.quit == nil {
		m.quit = make(chan struct{})
		go m.run(m.quit)
	}
}

func (m *Meter) remove(p *piece) {
	m.pieces = slices.DeleteFunc(m.pieces, func(q *piece) bool { return q == p })
	if len(m.pieces) == 0 && m.quit != nil {
		close(m.quit)
		m.quit = nil
	}
}

// Pause leaves out what a piece of work waits for (its turn, memory, a part of
// the program that starts once for all) until resume is called. A context
// without a meter is left alone.
func Pause(ctx context.Context) (resume func()) {
	p, ok := ctx.Value(pieceKey{}).(*piece)
	if !ok {
		return func() {}
	}
	m := p.meter
	m.mu.Lock()
	defer m.mu.Unlock()
	if p.paused++; p.paused == 1 {
		m.remove(p)
	}
	return sync.OnceFunc(func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		if p.paused--; p.paused == 0 && !p.ended {
			m.add(p)
		}
	})
}

// After returns a channel that is closed when the piece of work of ctx has used
// d more, also beyond its limit; without a meter, when d has passed.
func After(ctx context.Context, d time.Duration) <-chan struct{} {
	c := make(chan struct{})
	p, ok := ctx.Value(pieceKey{}).(*piece)
	if !ok {
		time.AfterFunc(d, func() { close(c) })
		return c
	}
	p.meter.mu.Lock()
	defer p.meter.mu.Unlock()
	p.alarms = append(p.alarms, alarm{p.used + d, func() { close(c) }})
	return c
}

// Used is what the piece of work of ctx has used so far, 0 without a meter.
func Used(ctx context.Context) time.Duration {
	p, ok := ctx.Value(pieceKey{}).(*piece)
	if !ok {
		return 0
	}
	p.meter.mu.Lock()
	defer p.meter.mu.Unlock()
	return p.used
}

// run looks at the clocks until no work is under way.
func (m *Meter) run(quit chan struct{}) {
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	before, _ := m.process()
	for {
		select {
		case <-quit:
			return
		case <-ticker.C:
		}
		now, known := m.process()
		m.mu.Lock()
		if m.quit == quit {
			m.count(now-before, known)
		}
		m.mu.Unlock()
		before = now
	}
}

// count adds what a look found: the CPU time since the last one.
func (m *Meter) count(spent time.Duration, known bool) {
	waiting := float64(spent) < idle*float64(tick)
	spent /= time.Duration(len(m.pieces))
	if !known || waiting {
		spent = tick // and no more: a laptop that slept for an hour has not worked
	}
	for _, p := range m.pieces {
		p.used += spent
		p.alarms = slices.DeleteFunc(p.alarms, func(a alarm) bool {
			if p.used < a.at {
				return false
			}
			a.ring()
			return true
		})
	}
}
