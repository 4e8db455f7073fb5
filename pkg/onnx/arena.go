package onnx

import (
	"fmt"
	"slices"
)

// maxArena bounds the memory of one run, in floats (2 GiB).
const maxArena = 1 << 29

// arenaAlign keeps buffers on cache lines, in floats.
const arenaAlign = 16

// bufferKind says where the memory of a buffer comes from.
type bufferKind uint8

const (
	bufArena  bufferKind = iota // place in the arena of the run
	bufInput                    // the caller's input, read only
	bufOutput                   // the result, allocated for each run
)

// buffer is a run of memory that one or several values share: reshaped and
// sliced views, results computed in place, and the parts of a concatenation.
type buffer struct {
	kind    bufferKind
	size    int // floats
	first   int // step that writes it first
	last    int // last step that reads it
	pending int // reads not yet compiled; 0 means free to overwrite

	parent *buffer // set when the buffer became a part of another one
	off    int     // offset in parent, or in the arena once placed
}

// root follows parents and returns the owner and the offset in it.
func (b *buffer) root() (*buffer, int) {
	off := 0
	for b.parent != nil {
		off += b.off
		b = b.parent
	}
	return b, off
}

// place gives every arena buffer an offset such that buffers alive at the same
// step never overlap, and returns the size of the arena. It works through the
// buffers by falling size and puts each in the lowest gap that fits
// ("greedy by size", Pisarchyk & Lee 2020, arXiv:2001.03288).
func place(bufs []*buffer) (int, error) {
	var order []*buffer
	for _, b := range bufs {
		if b.parent == nil && b.kind == bufArena && b.size > 0 {
			order = append(order, b)
		}
	}
	slices.SortStableFunc(order, func(a, b *buffer) int { return b.size - a.size })
	var placed []*buffer // by offset
	total := 0
	for _, b := range order {
		off := 0
		for _, p := range placed {
			if p.last < b.first || b.last < p.first {
				continue
			}
			if off+b.size <= p.off {
				break
			}
			off = max(off, alignUp(p.off+p.size, arenaAlign))
		}
		b.off = off
		if off+b.size > maxArena {
			return 0, fmt.Errorf("a run would need more than %d MiB", maxArena*4>>20)
		}
		total = max(total, off+b.size)
		at, _ := slices.BinarySearchFunc(placed, off, func(p *buffer, off int) int { return p.off - off })
		placed = slices.Insert(placed, at, b)
	}
	return total, nil
}

func alignUp(n, to int) int { return (n + to - 1) / to * to }
