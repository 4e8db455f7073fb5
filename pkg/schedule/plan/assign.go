package plan

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/aecheck/aecheck/pkg/schedule/flow"
)

// The numbers of a cost, see the package's doc. From costLate on they count the
// appeals that have no, one, two … further days left; costWait adds up the days let
// pass.
const (
	costDropped = iota
	costPairs
	costLate
	costWait = flow.Width - 1
)

// nobody is the store of an appeal that names none, dropped the day of one that finds
// no place.
const (
	nobody  = -1
	dropped = -1
)

// job is an appeal: whose it is, and the days on which it can go in, ascending.
type job struct {
	network, store int
	days           []int
}

// wait is what the i-th of a job's days costs, but for the company it has there.
func (j job) wait(i int) (c flow.Cost) {
	if left := len(j.days) - 1 - i; costLate+left < costWait {
		c[costLate+left] = 1
	}
	c[costWait] = int64(i)
	return c
}

// place is a day of a network, or of a store.
type place struct{ who, day int }

// problem is what days are to be found for.
type problem struct {
	jobs []job
	most int // appeals on one day, of one network and of one store
	// networks and stores hold what there is already.
	networks, stores map[place]int
}

// assign gives every job a day, or dropped, and reports whether no other choice is
// better.
func assign(p problem) (days []int, best bool) {
	days, best = make([]int, len(p.jobs)), true
	for _, jobs := range p.parts() {
		found, sure := (&part{problem: p, jobs: jobs}).solve()
		for i, j := range jobs {
			days[j] = found[i]
		}
		best = best && sure
	}
	return days, best
}

// parts divides the jobs into groups that have no network and no store in common.
func (p problem) parts() [][]int {
	root := make([]int, len(p.jobs))
	var find func(int) int
	find = func(i int) int {
		if root[i] != i {
			root[i] = find(root[i])
		}
		return root[i]
	}
	firstNetwork, firstStore := map[int]int{}, map[int]int{}
	for i, j := range p.jobs {
		root[i] = i
		if first, ok := firstNetwork[j.network]; ok {
			root[i] = find(first)
		} else {
			firstNetwork[j.network] = i
		}
		if j.store == nobody {
			continue
		}
		if first, ok := firstStore[j.store]; ok {
			root[find(i)] = find(first)
		} else {
			firstStore[j.store] = i
		}
	}
	var out [][]int
	at := map[int]int{}
	for i := range p.jobs {
		r := find(i)
		if _, ok := at[r]; !ok {
			at[r] = len(out)
			out = append(out, nil)
		}
		out[at[r]] = append(out[at[r]], i)
	}
	return out
}

// part is one such group. Where each store keeps to one network, or each network to
// one store, a flow finds the best days. Else the limits of stores cut across those of
// networks and the question is a hard one (timetabling): the best days without the
// stores' limits are found first, and where these are broken, the search branches on
// how a store's appeals of a day are divided between its networks.
type part struct {
	problem
	jobs []int

	known map[string]*graph // flows of a network by its bounds
	steps int
	found []int
	cost  flow.Cost
	sure  bool
}

// maxSteps bounds the work of a search, in edges looked at: some half a second.
const maxSteps = 8_000_000

// share is a store's appeals from one network on one day.
type share struct{ store, network, day int }

func (p *part) solve() (days []int, best bool) {
	p.sure, p.known = true, map[string]*graph{}
	if p.oneStoreEach() {
		days, _ := p.flow(nil, true)
		return days, true
	}
	if !p.dive() {
		p.search(p.bounds())
	}
	return p.found, p.sure
}

// oneStoreEach reports whether each network serves one store, and some store has
// several.
func (p *part) oneStoreEach() bool {
	store, several := map[int]int{}, map[int]int{}
	for _, i := range p.jobs {
		j := p.problem.jobs[i]
		was, ok := store[j.network]
		if ok && was != j.store {
			return false
		}
		if !ok {
			store[j.network] = j.store
			several[j.store]++
		}
	}
	return len(store) > 1
}

// crossing are the stores that several networks serve.
func (p *part) crossing() map[int]bool {
	network, out := map[int]int{}, map[int]bool{}
	for _, i := range p.jobs {
		j := p.problem.jobs[i]
		if was, ok := network[j.store]; ok && was != j.network && j.store != nobody {
			out[j.store] = true
		}
		network[j.store] = j.network
	}
	return out
}

// bounds are the limits of stores to begin with: those of a store that keeps to one
// network, where what it has on other networks leaves it less than the network has.
func (p *part) bounds() map[share]int {
	out := map[share]int{}
	crossing := p.crossing()
	for _, i := range p.jobs {
		j := p.problem.jobs[i]
		for _, d := range j.days {
			had := p.stores[place{j.store, d}]
			if j.store != nobody && !crossing[j.store] && had > p.networks[place{j.network, d}] {
				out[share{j.store, j.network, d}] = p.most - had
			}
		}
	}
	return out
}

// dive looks for good days at once: it divides what stores may do wherever they do too
// much, until they do not. It reports whether nothing had to be divided: those days are
// the best.
func (p *part) dive() bool {
	bounds := p.bounds()
	for first := true; ; first = false {
		days, cost := p.flow(bounds, false)
		broken := p.broken(days)
		if len(broken) == 0 {
			p.found, p.cost = days, cost
			return first
		}
		for _, b := range broken {
			for s, n := range b.divided {
				bounds[s] = n
			}
		}
	}
}

// search tries all divisions that may lead to something better.
func (p *part) search(bounds map[share]int) {
	if p.steps > maxSteps {
		p.sure = false
		return
	}
	days, cost := p.flow(bounds, false)
	if !cost.Less(p.cost) {
		return // no division below can be better
	}
	broken := p.broken(days)
	if len(broken) == 0 {
		p.found, p.cost = days, cost
		return
	}
	b := broken[0]
	for _, division := range b.divisions(bounds) {
		next := maps.Clone(bounds)
		maps.Copy(next, division)
		p.search(next)
	}
}

// breach is a store that does too much on one day.
type breach struct {
	store, day int
	room       int
	shares     []share
	divided    map[share]int // a division near to what it does
}

// broken lists the stores' limits that days do not keep.
func (p *part) broken(days []int) []breach {
	load, shares := map[place]int{}, map[share]int{}
	var order []place
	for at := range p.jobs {
		j := p.job(at)
		if days[at] == dropped || j.store == nobody {
			continue
		}
		s := place{j.store, days[at]}
		if load[s] == 0 {
			order = append(order, s)
		}
		load[s]++
		shares[share{j.store, j.network, days[at]}]++
	}
	var out []breach
	slices.SortFunc(order, func(a, b place) int { return cmp.Or(cmp.Compare(a.who, b.who), cmp.Compare(a.day, b.day)) })
	for _, s := range order {
		room := max(p.most-p.stores[s], 0)
		if load[s] <= room {
			continue
		}
		b := breach{store: s.who, day: s.day, room: room, divided: map[share]int{}}
		for k := range shares {
			if k.store == s.who && k.day == s.day {
				b.shares = append(b.shares, k)
			}
		}
		slices.SortFunc(b.shares, func(x, y share) int { return cmp.Compare(x.network, y.network) })
		// Take one away from the largest share until it fits.
		for _, k := range b.shares {
			b.divided[k] = shares[k]
		}
		for over := load[s] - room; over > 0; over-- {
			largest := b.shares[0]
			for _, k := range b.shares {
				if b.divided[k] > b.divided[largest] {
					largest = k
				}
			}
			b.divided[largest]--
		}
		out = append(out, b)
	}
	return out
}

// divisions are all ways to divide the room between the networks that the store has
// appeals from on that day; whatever keeps the limit keeps one of them.
func (b breach) divisions(bounds map[share]int) []map[share]int {
	var out []map[share]int
	chosen := map[share]int{}
	var divide func(i, left int)
	divide = func(i, left int) {
		s := b.shares[i]
		limit, bounded := bounds[s]
		if !bounded {
			limit = b.room
		}
		limit = min(left, limit)
		if i == len(b.shares)-1 {
			chosen[s] = limit
			out = append(out, maps.Clone(chosen))
			return
		}
		for n := limit; n >= 0; n-- {
			chosen[s] = n
			divide(i+1, left-n)
		}
	}
	divide(0, b.room)
	return out
}

// kind is jobs that are alike to a flow; store is nobody's where its limit does not
// count.
type kind struct {
	network, store int
	days           string
}

// flow finds the best days by a flow, with limits of stores as bounds say or, outer,
// with each network's appeals going on to its store. It keeps no other limit of a
// store, but for what giving out the days can do at no cost.
func (p *part) flow(bounds map[share]int, outer bool) (days []int, cost flow.Cost) {
	if outer {
		all := make([]int, len(p.jobs))
		for i := range all {
			all[i] = i
		}
		g := newGraph(p, all, nil, true)
		return p.days([]*graph{g}), g.cost
	}
	// But for its stores' limits no network knows of another.
	byNetwork := map[int]map[share]int{}
	for s, n := range bounds {
		if byNetwork[s.network] == nil {
			byNetwork[s.network] = map[share]int{}
		}
		byNetwork[s.network][s] = n
	}
	var graphs []*graph
	for _, members := range p.networksOf() {
		network := p.job(members[0]).network
		key := fmt.Sprint(network, byNetwork[network]) // maps are printed in the order of their keys
		g := p.known[key]
		if g == nil {
			g = newGraph(p, members, byNetwork[network], false)
			p.known[key] = g
		}
		graphs = append(graphs, g)
		cost = cost.Plus(g.cost)
	}
	return p.days(graphs), cost
}

// networksOf divides the part's jobs, by their places in it, between networks.
func (p *part) networksOf() [][]int {
	var out [][]int
	at := map[int]int{}
	for m := range p.jobs {
		n := p.job(m).network
		if _, ok := at[n]; !ok {
			at[n] = len(out)
			out = append(out, nil)
		}
		out[at[n]] = append(out[at[n]], m)
	}
	return out
}

func (p *part) job(m int) job { return p.problem.jobs[p.jobs[m]] }

const (
	source = iota
	sink
	ends // how many these are
)

// graph is jobs as a network: from the source to kinds of them, to days of networks, to
// the sink.
type graph struct {
	*part
	bounds map[share]int
	outer  bool
	net    *flow.Network
	kinds  [][]int // places in the part, of each kind
	lanes  [][]int // of each kind, the edges to its days
	cost   flow.Cost
}

// newGraph finds the cheapest flow for some jobs of a part.
func newGraph(p *part, members []int, bounds map[share]int, outer bool) *graph {
	g := &graph{part: p, bounds: bounds, outer: outer}
	bounded := map[int]bool{}
	for s := range bounds {
		bounded[s.store] = true
	}
	at := map[kind]int{}
	for _, m := range members {
		j := p.job(m)
		k := kind{j.network, nobody, fmt.Sprint(j.days)}
		if bounded[j.store] {
			k.store = j.store
		}
		if _, ok := at[k]; !ok {
			at[k] = len(g.kinds)
			g.kinds = append(g.kinds, nil)
		}
		g.kinds[at[k]] = append(g.kinds[at[k]], m)
	}
	g.build()
	_, g.cost = g.net.Run(source, sink)
	p.steps += g.net.Steps()
	return g
}

// endpoint is a day of a network, with the store of one of its jobs.
type endpoint struct {
	place
	store int
}

// build makes the nodes, then the edges.
func (g *graph) build() {
	count := ends + len(g.kinds)
	nodes := map[any]int{}
	node := func(key any) int {
		if _, ok := nodes[key]; !ok {
			nodes[key] = count
			count++
		}
		return nodes[key]
	}
	type link struct {
		from, to, room int
		cost           flow.Cost
	}
	var links []link
	var days []endpoint
	seen := map[any]bool{}
	g.lanes = make([][]int, len(g.kinds))
	for k, members := range g.kinds {
		j := g.job(members[0])
		links = append(links, link{source, ends + k, len(members), flow.Cost{}}, link{ends + k, sink, len(members), flow.Cost{costDropped: 1}})
		for i, d := range j.days {
			day := place{j.network, d}
			to := node(day)
			if !seen[day] {
				seen[day] = true
				days = append(days, endpoint{day, j.store})
			}
			s := share{j.store, j.network, d}
			if room, ok := g.bounds[s]; ok {
				if !seen[s] {
					seen[s] = true
					links = append(links, link{node(s), to, room, flow.Cost{}})
				}
				to = node(s)
			}
			g.lanes[k] = append(g.lanes[k], len(links))
			links = append(links, link{ends + k, to, len(members), j.wait(i)})
		}
	}
	for _, e := range days {
		to := sink
		if g.outer && e.store != nobody {
			s := share{store: e.store, network: nobody, day: e.day}
			to = node(s)
			if !seen[s] {
				seen[s] = true
				links = append(links, link{to, sink, g.most - g.stores[place{e.store, e.day}], flow.Cost{}})
			}
		}
		// The next appeal of a day makes a pair with each one there.
		for n := g.networks[e.place]; n < g.most; n++ {
			links = append(links, link{nodes[e.place], to, 1, flow.Cost{costPairs: int64(n)}})
		}
	}
	g.net = flow.New(count)
	ids := make([]int, len(links))
	for i, l := range links {
		ids[i] = g.net.Edge(l.from, l.to, l.room, l.cost)
	}
	for _, lanes := range g.lanes {
		for i, l := range lanes {
			lanes[i] = ids[l]
		}
	}
}

// days gives out the days of each kind to its jobs in their order, but keeps a store's
// limit where another job of the kind can go instead.
func (p *part) days(graphs []*graph) []int {
	out := make([]int, len(p.jobs))
	load := map[place]int{}
	for _, g := range graphs {
		for k, members := range g.kinds {
			left := slices.Clone(members)
			waiting := map[int]int{}
			for _, m := range members {
				out[m] = dropped
				waiting[p.job(m).store]++
			}
			for i, day := range p.job(members[0]).days {
				for range g.net.Flow(g.lanes[k][i]) {
					at := p.next(left, waiting, load, day)
					m := left[at]
					left = slices.Delete(left, at, at+1)
					store := p.job(m).store
					out[m] = day
					waiting[store]--
					load[place{store, day}]++
				}
			}
		}
	}
	return out
}

// next chooses who goes on a day: the first whose store has room there, one of a store
// that has many waiting before others of such.
func (p *part) next(left []int, waiting map[int]int, load map[place]int, day int) int {
	best, bestFull, bestCrowd := 0, true, -1
	for at, m := range left {
		store, full, crowd := p.job(m).store, false, 0
		if store != nobody {
			full = load[place{store, day}]+p.stores[place{store, day}] >= p.most
			crowd = max(waiting[store]-p.most, 0) // more than one day takes
		}
		if bestFull && !full || bestFull == full && crowd > bestCrowd {
			best, bestFull, bestCrowd = at, full, crowd
		}
	}
	return best
}
