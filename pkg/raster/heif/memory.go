package heif

import (
	"context"

	"github.com/tetratelabs/wazero/experimental"
)

// page is the size of a WebAssembly page.
const page = 64 << 10

// withMemory gives the sandboxes started with ctx memory from the operating
// system: address space for the limit at once, pages as they are touched, all
// back at the end. From Go's heap, every growth is a copy beside the old one
// and both wait for the collector: a 12-megapixel HEIC took 770 MiB that way.
func withMemory(ctx context.Context) context.Context {
	return experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(
		func(_, limit uint64) experimental.LinearMemory { return &memory{limit: limit} }))
}

// memory is the memory of one sandbox.
type memory struct {
	limit uint64 // bytes
	all   []byte // reserved; nil before the first Reallocate
	ready uint64 // bytes that are usable
}

// Reallocate implements experimental.LinearMemory; nil when the system has no
// more, which the decoder sees as a failed malloc.
func (m *memory) Reallocate(size uint64) []byte {
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
		m.ready = upTo
	}
	return m.all[:size:m.ready]
}

// Free implements experimental.LinearMemory.
func (m *memory) Free() {
	if m.all == nil {
		return
	}
	all := m.all
	m.all, m.ready = nil, 0
	// Nothing could be done about a failure: the process keeps the pages.
	_ = release(all)
}
