// Package flow finds the cheapest of the largest flows of whole units through a
// network. A cost is a row of numbers of which the first that differs decides, so
// that a little of what matters first outweighs any amount of what comes after.
//
// It imports nothing of ours.
package flow

import "slices"

// Width is how many numbers a cost has.
const Width = 10

// Cost is what a unit of flow costs on its way; the first number weighs most. No
// number is negative.
type Cost [Width]int64

// Plus is the sum of two costs.
func (c Cost) Plus(o Cost) Cost {
	for i := range c {
		c[i] += o[i]
	}
	return c
}

func (c Cost) minus(o Cost) Cost {
	for i := range c {
		c[i] -= o[i]
	}
	return c
}

func (c Cost) times(n int) Cost {
	for i := range c {
		c[i] *= int64(n)
	}
	return c
}

// Less reports whether c is cheaper than o.
func (c Cost) Less(o Cost) bool {
	for i := range c {
		if c[i] != o[i] {
			return c[i] < o[i]
		}
	}
	return false
}

// Network is nodes with edges of limited room between them.
type Network struct {
	edges []edge // the one at i^1 leads back
	out   [][]int
	steps int
}

type edge struct {
	to, room int
	cost     Cost
}

// New returns a network of nodes without edges.
func New(nodes int) *Network { return &Network{out: make([][]int, nodes)} }

// Edge adds an edge with room for so many units at a cost each, and returns its number
// for Flow.
func (n *Network) Edge(from, to, room int, each Cost) int {
	id := len(n.edges)
	n.edges = append(n.edges, edge{to, max(room, 0), each}, edge{from, 0, Cost{}.minus(each)})
	n.out[from] = append(n.out[from], id)
	n.out[to] = append(n.out[to], id+1)
	return id
}

// Flow is how many units go along an edge.
func (n *Network) Flow(id int) int { return n.edges[id^1].room }

// Steps is how many edges were looked at: a measure of work that no clock disturbs.
func (n *Network) Steps() int { return n.steps }

// Run sends as many units from source to sink as can go, in the cheapest way, and
// returns how many they are and what they cost. Equal networks give equal flows.
//
// It is the primal-dual method: potentials by Dijkstra's search on reduced costs, then
// all the ways along edges that these make free. Rows of numbers compared in order can
// stand for numbers there, as adding keeps their order.
func (n *Network) Run(source, sink int) (units int, total Cost) {
	s := &search{Network: n, potential: make([]Cost, len(n.out)), dist: make([]Cost, len(n.out)), state: make([]uint8, len(n.out)), next: make([]int, len(n.out))}
	for s.shortest(source, sink) {
		far := s.dist[sink]
		for v := range s.potential {
			if s.state[v] == settled {
				s.potential[v] = s.potential[v].Plus(s.dist[v].minus(far))
			}
		}
		each := s.potential[sink].minus(s.potential[source])
		clear(s.next)
		clear(s.state)
		for {
			amount := s.send(source, sink, -1)
			if amount == 0 {
				break
			}
			units += amount
			total = total.Plus(each.times(amount))
		}
	}
	return units, total
}

// send sends up to limit units (-1: any number) along one way that is free, and returns
// how many. Edges that lead nowhere are passed over from then on.
func (s *search) send(from, sink, limit int) int {
	if from == sink {
		return limit
	}
	s.state[from] = seen // on the way: free edges may run in a circle
	defer func() { s.state[from] = unseen }()
	for ; s.next[from] < len(s.out[from]); s.next[from]++ {
		id := s.out[from][s.next[from]]
		e := &s.edges[id]
		s.steps++
		if e.room == 0 || s.state[e.to] == seen || e.cost.Plus(s.potential[from]) != s.potential[e.to] {
			continue
		}
		room := e.room
		if limit >= 0 {
			room = min(room, limit)
		}
		if sent := s.send(e.to, sink, room); sent > 0 {
			s.edges[id].room -= sent
			s.edges[id^1].room += sent
			return sent
		}
	}
	return 0
}

// search looks for the cheapest way that has room.
type search struct {
	*Network
	potential, dist []Cost
	state           []uint8
	next            []int // of each node, the first edge that may still lead on
	heap            []item
}

// What is known of a node.
const (
	unseen uint8 = iota
	seen
	settled
)

type item struct {
	dist Cost
	node int
}

func (a item) before(b item) bool {
	if a.dist == b.dist {
		return a.node < b.node
	}
	return a.dist.Less(b.dist)
}

// shortest reports whether there is a way, and settles the nodes that are no farther
// than the sink.
func (s *search) shortest(source, sink int) bool {
	clear(s.state)
	s.heap = append(s.heap[:0], item{node: source})
	s.dist[source], s.state[source] = Cost{}, seen
	for len(s.heap) > 0 {
		at := s.pop()
		if s.state[at.node] == settled {
			continue
		}
		s.state[at.node] = settled
		if at.node == sink {
			return true
		}
		for _, id := range s.out[at.node] {
			s.steps++
			e := &s.edges[id]
			if e.room == 0 || s.state[e.to] == settled {
				continue
			}
			d := at.dist.Plus(e.cost).Plus(s.potential[at.node]).minus(s.potential[e.to])
			if s.state[e.to] == unseen || d.Less(s.dist[e.to]) {
				s.dist[e.to], s.state[e.to] = d, seen
				s.push(item{d, e.to})
			}
		}
	}
	return false
}

func (s *search) push(it item) {
	s.heap = append(s.heap, it)
	for i := len(s.heap) - 1; i > 0; {
		up := (i - 1) / 2
		if !s.heap[i].before(s.heap[up]) {
			break
		}
		s.heap[i], s.heap[up] = s.heap[up], s.heap[i]
		i = up
	}
}

func (s *search) pop() item {
	first, last := s.heap[0], len(s.heap)-1
	s.heap[0] = s.heap[last]
	s.heap = slices.Delete(s.heap, last, last+1)
	for i := 0; ; {
		least := i
		for _, down := range [...]int{2*i + 1, 2*i + 2} {
			if down < len(s.heap) && s.heap[down].before(s.heap[least]) {
				least = down
			}
		}
		if least == i {
			return first
		}
		s.heap[i], s.heap[least] = s.heap[least], s.heap[i]
		i = least
	}
}
