// Package columns finds the reading order of papers set in two columns of running
// text, as letters in two languages side by side are.
//
// It may import pkg/facts.
package columns

import (
	"slices"

	"github.com/aecheck/aecheck/pkg/facts"
)

// The sides of a page that a line may stand on.
const (
	Left  = 1
	Right = 2
)

// Order is the order in which lines are read, as their indices: that in which they
// are given, but for pages set in two columns of running text. side tells of the
// lines of such pages on which side they stand; lines across both, and those of
// other pages, are not in it. Lines without a place (an empty box) make their page
// one of one column.
func Order(lines []facts.DocLine) (order []int, side map[int]int) {
	p := &pages{lines: lines, side: map[int]int{}}
	for from := 0; from < len(lines); {
		to := from
		for to < len(lines) && lines[to].Page == lines[from].Page {
			to++
		}
		order = append(order, p.page(from, to)...)
		from = to
	}
	return order, p.side
}

type pages struct {
	lines []facts.DocLine
	side  map[int]int
}

// page orders the lines of one page.
func (p *pages) page(from, to int) []int {
	page := make([]int, 0, to-from)
	left, right := 1<<30, 0
	for i := from; i < to; i++ {
		page = append(page, i)
		l := p.lines[i]
		if l.Box[2] <= 0 {
			for i++; i < to; i++ {
				page = append(page, i)
			}
			return page
		}
		left, right = min(left, l.Box[0]), max(right, l.Box[0]+l.Box[2])
	}
	const least = 4 // lines of running text in each column
	for _, share := range [...]float64{0.5, 0.47, 0.53, 0.44, 0.56, 0.4, 0.6} {
		gutter := left + int(share*float64(right-left))
		var side [3][]int
		long := [2]int{}
		for _, i := range page {
			b := p.lines[i].Box
			switch {
			case b[0]+b[2] <= gutter:
				side[0] = append(side[0], i)
				if 10*b[2] >= 6*(gutter-left) {
					long[0]++
				}
			case b[0] >= gutter:
				side[1] = append(side[1], i)
				if 10*b[2] >= 6*(right-gutter) {
					long[1]++
				}
			default:
				side[2] = append(side[2], i)
			}
		}
		if long[0] < least || long[1] < least || len(side[2])*3 > len(page) {
			continue
		}
		for k, list := range side[:2] {
			for _, i := range list {
				p.side[i] = Left + k
			}
		}
		return p.bands(side[0], side[1], side[2])
	}
	return page
}

// bands reads the columns between lines that cross both.
func (p *pages) bands(left, right, across []int) []int {
	top := func(i int) int { return p.lines[i].Box[1] }
	byTop := func(a, b int) int { return top(a) - top(b) }
	for _, list := range [...][]int{left, right, across} {
		slices.SortStableFunc(list, byTop)
	}
	var out []int
	take := func(list []int, until int) []int {
		for len(list) > 0 && top(list[0]) < until {
			out, list = append(out, list[0]), list[1:]
		}
		return list
	}
	for _, c := range across {
		left, right = take(left, top(c)), take(right, top(c))
		out = append(out, c)
	}
	take(left, 1<<30)
	take(right, 1<<30)
	return out
}
