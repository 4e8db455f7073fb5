// Package sysmem takes memory for sandboxes from the operating system: address
// space for the limit at once, pages as they are touched, all back at the end.
// From Go's heap every growth is a copy beside the old one, and both wait for the
// collector: a 12-megapixel HEIC took 770 MiB that way, a PDF of 400 bytes 1.1 GiB.
//
// It imports nothing of ours.
package sysmem

import "errors"

// page is the size of a WebAssembly page.
const page = 64 << 10

var errTooLarge = errors.New("more than there are addresses")

// Memory is the linear memory of one sandbox; it implements
// experimental.LinearMemory of wazero. It is for one goroutine.
type Memory struct {
	limit   uint64 // bytes
	grown   func(bytes int64)
	all     []byte // reserved; nil before the first Reallocate
	ready   uint64 // bytes that are usable
	refused bool
}

// New returns memory that grows to limit bytes and no further. grown, which may
// be nil, is told by how many bytes it grew, and by how many less there are when
// it is freed.
func New(limit uint64, grown func(bytes int64)) *Memory {
	if grown == nil {
		grown = func(int64) {}
	}
	return &Memory{limit: limit, grown: grown}
}

// Refused reports whether more than the limit was asked for, or more than the
// system has: what ran in the sandbox may have gone on without.
func (m *Memory) Refused() bool { return m.refused }

// Size is the number of bytes it has.
func (m *Memory) Size() int64 { return int64(m.ready) }

// Reallocate makes size bytes usable and returns them; nil beyond the limit, which
// a sandbox sees as a failed malloc. What is fresh reads as zeros.
func (m *Memory) Reallocate(size uint64) []byte {
	b := m.reallocate(size)
	m.refused = m.refused || b == nil
	return b
}

func (m *Memory) reallocate(size uint64) []byte {
	if size > m.limit {
		return nil
	}
	if m.all == nil {
		all, err := reserve(max(m.limit, page))
		if err != nil {
			return nil
		}
		m.all = all
	}
	if size > m.ready {
		upTo := (size + page - 1) / page * page
		if err := commit(m.all[m.ready:upTo]); err != nil {
			return nil
		}
		m.grown(int64(upTo - m.ready))
		m.ready = upTo
	}
	return m.all[:size:m.ready]
}

// Free gives everything back; what Reallocate returned must not be touched after.
func (m *Memory) Free() {
	if m.all == nil {
		return
	}
	all := m.all
	m.grown(-int64(m.ready))
	m.all, m.ready = nil, 0
	// Nothing could be done about a failure: the process keeps the pages.
	_ = release(all)
}
