// Package shard shares a scan out among machines and puts the pieces together
// again: which machine reads what (Assign), which of them this one is by the
// variables of the platform it runs on (FromEnvironment), the file in which it
// leaves what it found (Writer, Reader), and whether such files belong together
// (Check). What the records of a file mean is its user's: pkg/scan.
//
// It imports nothing of ours.
package shard

import (
	"cmp"
	"container/heap"
	"errors"
	"slices"
	"strconv"
	"strings"
)

// Part is one of Count parts of the work; Index is from 1.
type Part struct {
	Index int `json:"index"`
	Count int `json:"count"`
}

// MaxParts is far above the machines that anybody has.
const MaxParts = 10_000

// errPart says what a part looks like; the command line says it in words.
var errPart = errors.New("not I/N with I from 1 to N")

// Parse reads "2/8".
func Parse(s string) (Part, error) {
	first, second, _ := strings.Cut(s, "/")
	i, err := strconv.Atoi(first)
	n, err2 := strconv.Atoi(second)
	p := Part{Index: i, Count: n}
	if err != nil || err2 != nil || !p.valid() {
		return Part{}, errPart
	}
	return p, nil
}

func (p Part) valid() bool {
	return p.Count >= 1 && p.Count <= MaxParts && p.Index >= 1 && p.Index <= p.Count
}

// String is "2/8".
func (p Part) String() string { return strconv.Itoa(p.Index) + "/" + strconv.Itoa(p.Count) }

// Unit is what one machine reads as a whole.
type Unit struct {
	Name   string // tells units of one weight apart, the same on every machine
	Weight int64  // how much work it is, see Weight
}

// What a file weighs besides its bytes, and the bytes from which on more are no more
// work: looking for text costs about as much as decoding eight megabytes, and of what
// is larger than a camera's raw file (a video) the start alone is read.
const (
	perFile  = 8 << 20
	maxBytes = 64 << 20
)

// Weight is how much work a file of that size is: an estimate, for all that is known
// of it is its name and size. An empty file is none.
func Weight(size int64) int64 {
	if size <= 0 {
		return 0
	}
	return perFile + min(size, maxBytes)
}

// Assign gives each unit to one of n parts, from 0: the heaviest first, each to the
// part that has the least so far. It depends on nothing but its arguments.
func Assign(units []Unit, n int) []int {
	order := make([]int, len(units))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(units[b].Weight, units[a].Weight), strings.Compare(units[a].Name, units[b].Name))
	})
	parts := make(loads, n)
	for i := range parts {
		parts[i].index = i
	}
	out := make([]int, len(units))
	for _, u := range order {
		out[u] = parts[0].index
		parts[0].weight += units[u].Weight
		parts[0].units++
		heap.Fix(&parts, 0)
	}
	return out
}

// load is what a part has so far.
type load struct {
	index, units int
	weight       int64
}

// loads is a heap, the lightest part first; of equal ones that with fewer units, then
// the first.
type loads []load

func (l loads) Len() int { return len(l) }
func (l loads) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(l[i].weight, l[j].weight), cmp.Compare(l[i].units, l[j].units), cmp.Compare(l[i].index, l[j].index)) < 0
}
func (l loads) Swap(i, j int) { l[i], l[j] = l[j], l[i] }
func (l *loads) Push(x any)   { *l = append(*l, x.(load)) }
func (l *loads) Pop() any {
	last := (*l)[len(*l)-1]
	*l = (*l)[:len(*l)-1]
	return last
}
