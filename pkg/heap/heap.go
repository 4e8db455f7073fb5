// Package heap keeps the memory of the program within what it may take: it paces
// the garbage collector and knows of the memory that Go does not manage.
//
// It imports nothing of ours.
package heap

import (
	"runtime"
	"runtime/debug"
	"sync"
)

const (
	// Default is what the program may take, in bytes.
	Default = 400 << 20
	// Least is what it takes at least: less would only be slower.
	Least = 160 << 20
	// fixed is what is there before any file is: the program, of which 48 MiB are in
	// use with its models, the machine code of PDFium, some 20, and what the runtime
	// keeps for itself. Nothing of it is of Go's heap.
	fixed = 80 << 20
	// pressure is the memory outside of Go's heap from which on nothing is kept
	// for later: two letters open at a time take some 60 MiB.
	pressure = 72 << 20
	// record is what facts and findings of one file take, in bytes, and spare what all of
	// them may take within Default: of 20,000 files more is in use for good than that
	// leaves, and the collector would run all the time to no avail.
	record = 16 << 10
	spare  = 96 << 20
	// growth is by how much the heap may grow between collections, in percent:
	// half of what Go does of itself, which takes a quarter off the peak.
	growth = 50
	// reserve counts as in use, in bytes: with only some tens of megabytes in use
	// the collector would else run all the time, a tenth of the processor time.
	// Nothing is written to it, so it takes address space and no memory.
	reserve = 64 << 20
)

// Allowed is what the program may take: Default, or what GOMEMLIMIT says where that
// is less, but Least.
func Allowed() int64 {
	return max(Least, min(Default, debug.SetMemoryLimit(-1)))
}

// Heap paces the collector. It is safe for concurrent use.
type Heap struct {
	total int64
	stop  func()

	mu      sync.Mutex
	outside int64
	records int64
	rest    []func()
}

// Pace collects garbage such that the program stays within total bytes, until Stop
// is called. keepPercent leaves the growth between collections as the user set it.
func Pace(total int64, keepPercent bool) *Heap {
	held := make([]byte, reserve)
	percent := -1
	if !keepPercent {
		percent = debug.SetGCPercent(growth)
	}
	limit := debug.SetMemoryLimit(-1)
	h := &Heap{total: total}
	h.stop = func() {
		if !keepPercent {
			debug.SetGCPercent(percent)
		}
		debug.SetMemoryLimit(limit)
		runtime.KeepAlive(held)
	}
	h.setLimit()
	return h
}

// Total is what the program may take, in bytes.
func (h *Heap) Total() int64 { return h.total }

// Stop leaves the collector as it was before.
func (h *Heap) Stop() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.stop != nil {
		h.stop()
		h.stop = nil
	}
}

// OnPressure has f called when memory becomes scarce: it lets go of what is kept for
// later alone.
func (h *Heap) OnPressure(f func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.rest = append(h.rest, f)
}

// Outside tells of memory that Go does not manage: n bytes more, or less. What
// becomes of it Go's heap may not have. A nil Heap takes no note.
func (h *Heap) Outside(n int64) {
	if h == nil {
		return
	}
	h.mu.Lock()
	before := h.outside
	h.outside += n
	scarce := before <= pressure && h.outside > pressure
	h.setLimit()
	rest := h.rest
	h.mu.Unlock()
	if scarce {
		for _, f := range rest {
			f()
		}
		debug.FreeOSMemory()
	}
}

// Files tells of how many files facts and findings are held from now on. What those of
// very many take is let beyond the total, unless the user set that. A nil Heap takes no
// note.
func (h *Heap) Files(n int) {
	if h == nil {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.records = 0
	if h.total >= Default {
		h.records = max(0, int64(n)*record-spare)
	}
	h.setLimit()
}

// setLimit tells the collector what is left for it.
func (h *Heap) setLimit() {
	if h.stop != nil {
		debug.SetMemoryLimit(max(h.total-fixed-h.outside, 32<<20) + h.records + reserve)
	}
}
