package imagehash

// Pairs of 64-bit hashes that differ in few bits are found exactly, by multi-index
// hashing (M. Norouzi, A. Punjani, D. Fleet, "Fast Search in Hamming Space with
// Multi-Index Hashing", CVPR 2012).

import (
	"cmp"
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

// Pairs returns every pair of hashes that differ in at most radius bits,
// ordered by A, then B. A radius beyond MaxRadius compares all with all.
func Pairs(hashes []uint64, radius int) []Pair {
	var out []Pair
	if len(hashes) <= bruteForce || radius > MaxRadius {
		for a, h := range hashes {
			for b := a + 1; b < len(hashes); b++ {
				if d := bits.OnesCount64(h ^ hashes[b]); d <= radius {
					out = append(out, Pair{a, b, d})
				}
			}
		}
		return out
	}
	// If two hashes differ in at most 4·(k+1)-1 bits, they differ in at most k
	// bits in one of the four blocks.
	flips := radius >= blocks
	for block := range blocks {
		out = searchBlock(hashes, block, radius, flips, out)
	}
	slices.SortFunc(out, func(p, q Pair) int { return cmp.Or(cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B)) })
	return slices.Compact(out)
}

// searchBlock finds the pairs that agree in one block but for at most one bit
// (none without flips).
func searchBlock(hashes []uint64, block, radius int, flips bool, out []Pair) []Pair {
	key := func(h uint64) uint64 { return h >> (block * blockBits) & (1<<blockBits - 1) }
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
	found := func(p, q int32, d int) {
		a, b := int(order[p]), int(order[q])
		out = append(out, Pair{min(a, b), max(a, b), d})
	}
	for k := range uint64(1) << blockBits {
		from, to := start[k], start[k+1]
		if from == to {
			continue
		}
		for p := from; p < to; p++ {
			for q := p + 1; q < to; q++ {
				if d := bits.OnesCount64(value[p] ^ value[q]); d <= radius {
					found(p, q, d)
				}
			}
		}
		if !flips {
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
					if d := bits.OnesCount64(value[p] ^ value[q]); d <= radius {
						found(p, q, d)
					}
				}
			}
		}
	}
	return out
}
