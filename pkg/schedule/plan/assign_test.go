package plan

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/schedule/flow"
)

// worth is what days come to by the package's doc, counted anew; ok is whether they
// keep the limits.
func worth(p problem, days []int) (c flow.Cost, ok bool) {
	networks, stores := map[place]int{}, map[place]int{}
	for i, j := range p.jobs {
		if days[i] == dropped {
			c[costDropped]++
			continue
		}
		at := -1
		for n, d := range j.days {
			if d == days[i] {
				at = n
			}
		}
		if at < 0 {
			return c, false
		}
		networks[place{j.network, days[i]}]++
		if j.store != nobody {
			stores[place{j.store, days[i]}]++
		}
		if left := len(j.days) - 1 - at; left < costWait-costLate {
			c[costLate+left]++
		}
		c[costWait] += int64(at)
	}
	for k, n := range networks {
		had := p.networks[k]
		if n+had > p.most {
			return c, false
		}
		c[costPairs] += int64((n+had)*(n+had-1)/2 - had*(had-1)/2)
	}
	for k, n := range stores {
		if n+p.stores[k] > p.most {
			return c, false
		}
	}
	return c, true
}

// brute tries everything.
func brute(p problem) (best flow.Cost) {
	days := make([]int, len(p.jobs))
	found := false
	var try func(i int)
	try = func(i int) {
		if i == len(p.jobs) {
			if c, ok := worth(p, days); ok && (!found || c.Less(best)) {
				best, found = c, true
			}
			return
		}
		for _, d := range append([]int{dropped}, p.jobs[i].days...) {
			days[i] = d
			try(i + 1)
		}
	}
	try(0)
	return best
}

// random makes a set; shapes differ in how networks and stores belong together.
func random(r *rand.Rand, shape int) problem {
	p := problem{most: 1 + r.IntN(3), networks: map[place]int{}, stores: map[place]int{}}
	horizon := 1 + r.IntN(4)
	networks, stores := 1+r.IntN(3), 1+r.IntN(3)
	for range 1 + r.IntN(7) {
		j := job{network: r.IntN(networks), store: r.IntN(stores+1) - 1}
		switch shape {
		case 1: // a store keeps to one network
			j.network = (j.store + 1) % networks
		case 2: // a network serves one store
			j.store = j.network % stores
		}
		for d := range 1 + r.IntN(horizon) {
			if r.IntN(6) > 0 {
				j.days = append(j.days, d)
			}
		}
		p.jobs = append(p.jobs, j)
	}
	for range r.IntN(4) {
		d := r.IntN(horizon)
		p.networks[place{r.IntN(networks), d}]++
		if r.IntN(2) > 0 {
			p.stores[place{r.IntN(stores), d}]++
		}
	}
	return p
}

// TestBruteForce compares plans with the best of all there are.
func TestBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(24, 27))
	tight := 0
	for round := range 600 {
		p := random(r, round%3)
		days, best := assign(p)
		got, ok := worth(p, days)
		want := brute(p)
		if !ok || !best || got != want {
			t.Fatalf("round %d: %v is worth %v (limits kept: %v, said to be best: %v), the best is %v, of %+v", round, days, got, ok, best, want, p)
		}
		if want[costDropped] > 0 {
			tight++
		}
	}
	if tight < 50 {
		t.Errorf("only %d sets had to drop any", tight)
	}
}

// TestManyCrossing asks that limits are kept where the best cannot be proved, in
// bounded work, and the same each time.
func TestMany(t *testing.T) {
	for name, shape := range map[string]int{"stores cross networks": 0, "a store keeps to one": 1, "one store each": 2} {
		r := rand.New(rand.NewPCG(5, 5))
		p := problem{most: 3, networks: map[place]int{}, stores: map[place]int{}}
		for range 1000 {
			j := job{network: r.IntN(12), store: r.IntN(40)}
			switch shape {
			case 1:
				j.network = j.store % 12
			case 2:
				j.store = j.network % 4
			}
			for d := range 1 + r.IntN(28) {
				j.days = append(j.days, d)
			}
			p.jobs = append(p.jobs, j)
		}
		start := time.Now()
		days, best := assign(p)
		c, ok := worth(p, days)
		again, _ := assign(p)
		t.Logf("%s: %v, best %v, %v", name, c, best, time.Since(start))
		if !ok {
			t.Errorf("%s: limits are broken", name)
		}
		if shape > 0 && !best {
			t.Errorf("%s: not the best", name)
		}
		for i := range days {
			if days[i] != again[i] {
				t.Fatalf("%s: not the same twice", name)
			}
		}
	}
}
