package imagehash

import (
	"cmp"
	"fmt"
	"iter"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"
)

// family returns n hashes, a third of them a few bits away from an earlier
// one, and a few bunched together as white backgrounds bunch real ones.
func family(n int, seed uint64) []uint64 {
	r := rand.New(rand.NewPCG(seed, 1))
	out := make([]uint64, n)
	for i := range out {
		switch {
		case i > 0 && i%3 == 0:
			h := out[r.IntN(i)]
			for range r.IntN(12) {
				h ^= 1 << r.IntN(64)
			}
			out[i] = h
		case i%7 == 0:
			out[i] = r.Uint64() & 0x00FFFF0000FFFF00 & r.Uint64()
		default:
			out[i] = r.Uint64()
		}
	}
	return out
}

func slow(hashes []uint64, radius int) []Pair {
	var out []Pair
	for a := range hashes {
		for b := a + 1; b < len(hashes); b++ {
			if d := bits.OnesCount64(hashes[a] ^ hashes[b]); d <= radius {
				out = append(out, Pair{a, b, d})
			}
		}
	}
	return out
}

// sorted are pairs by A, then B.
func sorted(pairs iter.Seq[Pair]) []Pair {
	return slices.SortedFunc(pairs, func(p, q Pair) int { return cmp.Or(cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B)) })
}

func TestPairsAreExact(t *testing.T) {
	for _, n := range []int{0, 1, 2, 300, bruteForce + 1, 4000} {
		hashes := family(n, uint64(n))
		for _, radius := range []int{0, 3, 4, 7, 10} {
			if radius > MaxRadius && n > 300 {
				continue
			}
			if got, want := sorted(Pairs(hashes, radius)), slow(hashes, radius); !slices.Equal(got, want) {
				t.Errorf("%d hashes, radius %d: %d pairs, want %d", n, radius, len(got), len(want))
			}
		}
	}
}

// TestPairsEnd: whoever has seen enough gets no more.
func TestPairsEnd(t *testing.T) {
	for _, n := range []int{300, 4000} {
		seen := 0
		for range Pairs(family(n, 1), MaxRadius) {
			if seen++; seen == 3 {
				break
			}
		}
		if seen != 3 {
			t.Errorf("%d hashes: %d pairs seen", n, seen)
		}
	}
}

func FuzzPairs(f *testing.F) {
	f.Add(uint64(1), uint8(7))
	f.Fuzz(func(t *testing.T, seed uint64, radius uint8) {
		hashes := family(bruteForce+50, seed)
		r := int(radius % (MaxRadius + 1))
		if got, want := sorted(Pairs(hashes, r)), slow(hashes, r); !slices.Equal(got, want) {
			t.Errorf("radius %d: %d pairs, want %d", r, len(got), len(want))
		}
	})
}

func BenchmarkPairs(b *testing.B) {
	for _, n := range []int{1000, 10_000, 100_000} {
		hashes := make([]uint64, n)
		r := rand.New(rand.NewPCG(1, 2))
		for i := range hashes {
			hashes[i] = r.Uint64()
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for range b.N {
				for range Pairs(hashes, MaxRadius) {
				}
			}
		})
	}
}
