package parties

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/aecheck/aecheck/pkg/facts"
)

// prose is a paper as running text: lines that fill their column are joined to
// the next, columns are read one after the other.
type prose struct {
	text   string
	lower  string // the same in lower case, byte for byte
	starts []int  // offset of each of order
	order  []int  // indices of lines
}

// full is the share of a column's width from which a line goes on in the next.
const full = 0.85

func (f *finder) prose() *prose {
	p := &prose{order: f.order()}
	type column struct{ page, side int }
	of := func(i int) column { return column{f.lines[i].Page, f.side[i]} }
	right := map[column]int{}
	for i, l := range f.lines {
		right[of(i)] = max(right[of(i)], width(l))
	}
	var b strings.Builder
	for n, i := range p.order {
		l := f.lines[i]
		if n > 0 {
			previous := p.order[n-1]
			before := f.lines[previous]
			last, _ := utf8.DecodeLastRuneInString(before.Text)
			first, _ := utf8.DecodeRuneInString(l.Text)
			switch {
			case of(previous) != of(i) || float64(width(before)) < full*float64(right[of(previous)]) || strings.ContainsRune("。:;", last):
				b.WriteByte('\n')
			case isHan(last) && isHan(first):
			default:
				b.WriteByte(' ')
			}
		}
		p.starts = append(p.starts, b.Len())
		b.WriteString(l.Text)
	}
	p.text = b.String()
	p.lower = strings.Map(func(r rune) rune {
		if l := lower(r); utf8.RuneLen(l) == utf8.RuneLen(r) {
			return l
		}
		return r
	}, p.text)
	return p
}

// width is where a line ends, in pixels; in characters where it has no place.
func width(l facts.DocLine) int {
	if l.Box[2] > 0 {
		return l.Box[0] + l.Box[2]
	}
	n := 0
	for _, r := range l.Text {
		n++
		if isHan(r) {
			n++
		}
	}
	return n
}

// at are the lines a span lies in.
func (p *prose) at(from, to int) []int {
	i := max(0, sort.SearchInts(p.starts, from+1)-1)
	out := []int{p.order[i]}
	for i++; i < len(p.starts) && p.starts[i] < to; i++ {
		out = append(out, p.order[i])
	}
	return out
}

// order is the reading order: that of the lines, but for pages set in two
// columns of running text.
func (f *finder) order() []int {
	var out []int
	for from := 0; from < len(f.lines); {
		to := from
		for to < len(f.lines) && f.lines[to].Page == f.lines[from].Page {
			to++
		}
		out = append(out, f.columns(from, to)...)
		from = to
	}
	return out
}

// columns orders the lines of one page.
func (f *finder) columns(from, to int) []int {
	page := make([]int, 0, to-from)
	left, right := 1<<30, 0
	for i := from; i < to; i++ {
		page = append(page, i)
		l := f.lines[i]
		if l.Box[2] <= 0 {
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
			b := f.lines[i].Box
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
				f.side[i] = k + 1
			}
		}
		return f.bands(side[0], side[1], side[2])
	}
	return page
}

// bands reads the columns between lines that cross both.
func (f *finder) bands(left, right, across []int) []int {
	top := func(i int) int { return f.lines[i].Box[1] }
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

const (
	// around is how far a sentence reaches before and after the word it was
	// found by, in bytes; mostWindows how many are looked at for one expression.
	around      = 360
	mostWindows = 40
)

// windows are the stretches of the text around the words of an expression.
func (p *prose) windows(words []string) [][2]int {
	near := slices.Clone(words)
	var out [][2]int
	for _, w := range words {
		if slices.Contains(breakable[:], w) {
			r := []rune(w)
			near = append(near, string(r[:1])+"\n"+string(r[1:]))
		}
	}
	for _, w := range near {
		for at, n := 0, 0; n < mostWindows; n++ {
			i := strings.Index(p.lower[at:], w)
			if i < 0 {
				break
			}
			at += i
			from, to := max(0, at-around), min(len(p.text), at+len(w)+around)
			// A sentence does not reach beyond a full stop.
			if i := strings.LastIndex(p.text[from:at], "。"); i >= 0 {
				from += i + len("。")
			}
			for from > 0 && !utf8.RuneStart(p.text[from]) {
				from--
			}
			for to < len(p.text) && !utf8.RuneStart(p.text[to]) {
				to++
			}
			out = append(out, [2]int{from, to})
			at += len(w)
		}
	}
	slices.SortFunc(out, func(a, b [2]int) int { return a[0] - b[0] })
	merged := out[:0]
	for _, w := range out {
		if n := len(merged); n > 0 && w[0] <= merged[n-1][1] {
			merged[n-1][1] = max(merged[n-1][1], w[1])
			continue
		}
		merged = append(merged, w)
	}
	return merged
}

// sentences reads the names that sentences give.
func (f *finder) sentences() {
	p := f.prose()
	for _, s := range f.v.sentences {
		if s.isFor(f.kind) {
			f.sentence(p, s)
		}
	}
}

func (f *finder) sentence(p *prose, s *sentence) {
	const perWindow = 12
	for _, w := range p.windows(s.Near) {
		re := s.regexp()
		at := w[0]
		for n := 0; n < perWindow && at < w[1]; n++ {
			m := re.FindStringSubmatchIndex(p.text[at:w[1]])
			if m == nil {
				break
			}
			next := at + m[1]
			from := at + m[0]
			if s.reject != nil && s.reject.MatchString(p.text[from:min(len(p.text), next+27)]) || s.before != nil && s.before.MatchString(p.text[max(0, from-40):from]) {
				at = next
				continue
			}
			for g, role := range re.SubexpNames() {
				if role == "" || m[2*g] < 0 {
					continue
				}
				from, to := at+m[2*g], at+m[2*g+1]
				if !f.inSentence(p, s, role, from, to, m[2*g] == m[0]) {
					// It began too early, at a word of the sentence.
					_, size := utf8.DecodeRuneInString(p.text[from:])
					next = min(next, from+size)
				}
			}
			at = next
		}
	}
}

// inSentence notes a name that a sentence gives; false where what was taken for
// its beginning is none. open is a name that the expression begins with.
func (f *finder) inSentence(p *prose, s *sentence, role string, from, to int, open bool) bool {
	raw := p.text[from:to]
	name, cut, via := begin(raw, p.text[max(0, from-30):from], open)
	if expr().notHan.MatchString(name) || !open && (expr().notHan.MatchString(raw) || strings.TrimSpace(raw[:cut]) != "") {
		return false
	}
	before := strings.TrimRight(strings.ToValidUTF8(p.text[max(0, from+cut-60):from+cut], ""), " \n")
	if expr().denied.MatchString(before) {
		return true
	}
	weight := s.Weight
	if via && open && role == Grantor {
		role, weight = RightsHolder, min(weight, 0.8)
	}
	if f.kind == "commitment" && role != Grantor {
		return true
	}
	f.add(role, Tidy(name), bySentence, weight, strings.ToValidUTF8(p.text[to:min(len(p.text), to+160)], ""), p.at(from+cut, to)...)
	return true
}
