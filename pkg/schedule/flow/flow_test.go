package flow

import (
	"math/rand/v2"
	"testing"
)

func TestRun(t *testing.T) {
	// Two ways of room 1 and 2: the dear one is taken for what the cheap one has no
	// room for, and a first number outweighs any second one.
	n := New(4)
	cheap := n.Edge(0, 1, 1, Cost{0, 100})
	n.Edge(1, 3, 5, Cost{})
	dear := n.Edge(0, 2, 2, Cost{1})
	n.Edge(2, 3, 5, Cost{})
	units, cost := n.Run(0, 3)
	if units != 3 || cost != (Cost{2, 100}) || n.Flow(cheap) != 1 || n.Flow(dear) != 2 || n.Steps() == 0 {
		t.Errorf("%d units for %v, %d and %d", units, cost, n.Flow(cheap), n.Flow(dear))
	}
}

// TestAssignment compares with trying all assignments: each of some workers does one
// job.
func TestAssignment(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for round := range 200 {
		const size = 5
		var price [size][size]Cost
		n := New(2*size + 2)
		for i := range size {
			n.Edge(0, 2+i, 1, Cost{})
			n.Edge(2+size+i, 1, 1, Cost{})
			for j := range size {
				price[i][j] = Cost{int64(r.IntN(3)), int64(r.IntN(10)), int64(r.IntN(10))}
				n.Edge(2+i, 2+size+j, 1, price[i][j])
			}
		}
		var best *Cost
		var try func(i int, used [size]bool, sum Cost)
		try = func(i int, used [size]bool, sum Cost) {
			if i == size {
				if best == nil || sum.Less(*best) {
					best = &sum
				}
				return
			}
			for j := range size {
				if !used[j] {
					next := used
					next[j] = true
					try(i+1, next, sum.Plus(price[i][j]))
				}
			}
		}
		try(0, [size]bool{}, Cost{})
		if units, cost := n.Run(0, 1); units != size || cost != *best {
			t.Fatalf("round %d: %d units for %v, want %v", round, units, cost, *best)
		}
	}
}
