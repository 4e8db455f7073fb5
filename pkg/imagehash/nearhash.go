package imagehash

// Pairs of 64-bit hashes that differ in few bits are found exactly, by multi-index
// hashing (M. Norouzi, A. Punjani, D. Fleet, "Fast Search in Hamming Space with
// Multi-Index Hashing", CVPR 2012).

import (
	"iter"
	"math/bits"
	"slices"
)

// MaxRadius is the greatest distance Pairs looks for through its index: four
// blocks of 16 bits with one bit flipped find everything up to 7.
const MaxRadius = 7

// Pair is two hashes, by index (A < B), and the bits in which they differ.
type Pair struct {
	A, B, Distance int
}

// bruteForce is the number of hashes up to which comparing all is faster.
const bruteForce = 1500

const (
	blocks    = 4
	blockBits = 64 / blocks
)

// Pairs gives every pair of hashes that differ in at most radius bits once, in no
// order. A radius beyond MaxRadius compares all with all.
func Pairs(hashes []uint64, radius int) iter.Seq[Pair] {
	if len(hashes) <= bruteForce || radius > MaxRadius {
		return func(yield func(Pair) bool) {
			for a, h := range hashes {
				for b := a + 1; b < len(hashes); b++ {
					if d := bits.OnesCount64(h ^ hashes[b]); d <= radius && !yield(Pair{a, b, d}) {
						return
					}
				}
			}
		}
	}
	return func(yield func(Pair) bool) {
		for block := range blocks {
			if !searchBlock(hashes, block, radius, yield) {
				return
			}
		}
	}
}

// blockKey is a hash's bits in one block.
func blockKey(h uint64, block int) uint64 { return h >> (block * blockBits) & (1<<blockBits - 1) }

// searchBlock finds the pairs that agree in one block, but for a bit where the radius
// is such that they need not agree in any, and in no block before it. It reports
// whether to go on.
func searchBlock(hashes []uint64, block, radius int, yield func(Pair) bool) bool {
	// If two hashes differ in at most 4·(k+1)-1 bits, they differ in at most k
	// bits in one of the four blocks.
	flips := radius / blocks
	key := func(h uint64) uint64 { return blockKey(h, block) }
	// Buckets in one array, counted and filled: no map, no slice a bucket.
	start := make([]int32, 1<<blockBits+1)
	for _, h := range hashes {
		start[key(h)+1]++
	}
	for i := range 1 << blockBits {
		start[i+1] += start[i]
	}
	order, value := make([]int32, len(hashes)), make([]uint64, len(hashes))
	next := slices.Clone(start[:1<<blockBits])
	for i, h := range hashes {
		k := key(h)
		order[next[k]], value[next[k]] = int32(i), h
		next[k]++
	}
	// Most neighbouring keys are empty: a bit each, 8 KB in all, tells so
	// without a look at the buckets.
	var occupied [1 << blockBits / 64]uint64
	for _, h := range hashes {
		occupied[key(h)>>6] |= 1 << (key(h) & 63)
	}
	// compare reports whether to go on.
	compare := func(p, q int32) bool {
		differ := value[p] ^ value[q]
		d := bits.OnesCount64(differ)
		if d > radius {
			return true
		}
		for before := range block {
			if bits.OnesCount64(blockKey(differ, before)) <= flips {
				return true // found there
			}
		}
		a, b := int(order[p]), int(order[q])
		return yield(Pair{min(a, b), max(a, b), d})
	}
	for k := range uint64(1) << blockBits {
		from, to := start[k], start[k+1]
		if from == to {
			continue
		}
		for p := from; p < to; p++ {
			for q := p + 1; q < to; q++ {
				if !compare(p, q) {
					return false
				}
			}
		}
		if flips == 0 {
			continue
		}
		for bit := range blockBits {
			// Each pair of buckets once: from the key without the bit.
			other := k | 1<<bit
			if other == k || occupied[other>>6]>>(other&63)&1 == 0 {
				continue
			}
			for p := from; p < to; p++ {
				for q := start[other]; q < start[other+1]; q++ {
					if !compare(p, q) {
						return false
					}
				}
			}
		}
	}
	return true
}
