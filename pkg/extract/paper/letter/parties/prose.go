package parties

import (
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/aecheck/aecheck/pkg/extract/paper/letter/columns"
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
	order, side := columns.Order(f.lines)
	p := &prose{order: order}
	type column struct{ page, side int }
	of := func(i int) column { return column{f.lines[i].Page, side[i]} }
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
			if f.kind == "commitment" && granting.MatchString(p.text[from:next]) {
				at = next // who grants the pictures is not who promises
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

// granting is what a sentence says that speaks of a right given to the shop.
var granting = regexp.MustCompile(`(?i)授权|授權|许可|許可|权利人|licen[sc]|authori[sz]`)

// inSentence notes a name that a sentence gives; false where what was taken for
// its beginning is none. open is a name that the expression begins with.
func (f *finder) inSentence(p *prose, s *sentence, role string, from, to int, open bool) bool {
	raw := p.text[from:to]
	name, cut, via := begin(raw, p.text[max(0, from-30):from], open)
	if expr().notHan.MatchString(name) || expr().within.MatchString(name) || !open && (expr().notHan.MatchString(raw) || strings.TrimSpace(raw[:cut]) != "") {
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
