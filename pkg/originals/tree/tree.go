// Package tree makes one digest of many, such that a few digests prove that one of
// the many is in it: the Merkle tree hash of RFC 6962, section 2.1, as certificate
// transparency uses it.
//
// It imports nothing of ours.
package tree

import (
	"crypto/sha256"
	"math/bits"
)

// Root is the digest of a list: MTH(D[n]).
func Root(leaves [][32]byte) [32]byte {
	switch len(leaves) {
	case 0:
		return sha256.Sum256(nil)
	case 1:
		return leaf(leaves[0])
	}
	k := split(len(leaves))
	return node(Root(leaves[:k]), Root(leaves[k:]))
}

// Proof is what proves that leaf i is in the list: PATH(i, D[n]), nearest first.
func Proof(leaves [][32]byte, i int) [][32]byte {
	if len(leaves) < 2 {
		return nil
	}
	k := split(len(leaves))
	if i < k {
		return append(Proof(leaves[:k], i), Root(leaves[k:]))
	}
	return append(Proof(leaves[k:], i-k), Root(leaves[:k]))
}

// Check reports whether a proof leads from leaf i of n to the digest (RFC 9162,
// section 2.1.3.2).
func Check(root, data [32]byte, i, n int, proof [][32]byte) bool {
	if i < 0 || i >= n {
		return false
	}
	at, last, r := i, n-1, leaf(data)
	for _, p := range proof {
		if last == 0 {
			return false
		}
		if at&1 == 1 || at == last {
			r = node(p, r)
			for at&1 == 0 && at != 0 {
				at, last = at>>1, last>>1
			}
		} else {
			r = node(r, p)
		}
		at, last = at>>1, last>>1
	}
	return last == 0 && r == root
}

// split is the largest power of two below n.
func split(n int) int { return 1 << (bits.Len(uint(n-1)) - 1) }

func leaf(data [32]byte) [32]byte {
	return sha256.Sum256(append([]byte{0}, data[:]...))
}

func node(left, right [32]byte) [32]byte {
	return sha256.Sum256(append(append([]byte{1}, left[:]...), right[:]...))
}
