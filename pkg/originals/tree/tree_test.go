package tree

import (
	"encoding/hex"
	"testing"
)

func leaves(n int) [][32]byte {
	out := make([][32]byte, n)
	for i := range out {
		out[i][0], out[i][1] = byte(i), byte(i>>8)
	}
	return out
}

// TestRoot: the digests that RFC 6962 gives for nothing and for an empty leaf's shape
// (SHA-256 of nothing), and small trees put together by hand.
func TestRoot(t *testing.T) {
	if got := hex.EncodeToString(sliceOf(Root(nil))); got != "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" {
		t.Error(got)
	}
	l := leaves(5)
	four := node(node(leaf(l[0]), leaf(l[1])), node(leaf(l[2]), leaf(l[3])))
	for n, want := range map[int][32]byte{1: leaf(l[0]), 2: node(leaf(l[0]), leaf(l[1])), 3: node(node(leaf(l[0]), leaf(l[1])), leaf(l[2])), 4: four, 5: node(four, leaf(l[4]))} {
		if Root(l[:n]) != want {
			t.Errorf("the digest of %d is another", n)
		}
	}
}

func sliceOf(b [32]byte) []byte { return b[:] }

// TestProof: every leaf of every small tree is proved, and nothing else is.
func TestProof(t *testing.T) {
	for n := 1; n <= 40; n++ {
		l := leaves(n)
		root := Root(l)
		for i := range l {
			p := Proof(l, i)
			if !Check(root, l[i], i, n, p) {
				t.Fatalf("leaf %d of %d is not proved", i, n)
			}
			if Check(root, [32]byte{9, 9, 9}, i, n, p) || Check([32]byte{}, l[i], i, n, p) {
				t.Fatalf("leaf %d of %d: anything is proved", i, n)
			}
			if n > 1 && (Check(root, l[i], (i+1)%n, n, p) || Check(root, l[i], i, n, p[1:]) || Check(root, l[i], i, n, append(p, root))) {
				t.Fatalf("leaf %d of %d: another place or a shorter or longer proof will do", i, n)
			}
		}
		if Check(root, l[0], -1, n, nil) || Check(root, l[0], n, n, nil) {
			t.Fatal("a leaf outside is proved")
		}
	}
}
