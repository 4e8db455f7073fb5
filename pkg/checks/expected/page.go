package expected

import (
	"strings"
	"unicode"

	"github.com/aecheck/aecheck/pkg/edits"
	"github.com/aecheck/aecheck/pkg/facts"
)

// onPage looks for the names anywhere on the paper: in a line, or broken at its
// end. A place in which the name stands for another role is no answer.
func (s *search) onPage(role string) (Answer, bool) {
	taken := s.others(role)
	lines := s.d.Text
	if len(lines) > maxLines {
		lines = lines[:maxLines]
	}
	folded := make([][]letter, len(lines))
	for i := range lines {
		folded[i] = s.fold(lines[i].Text)
	}
	for i := range lines {
		for _, w := range s.names {
			for _, form := range s.spellings(w) {
				if at, ok := s.inLine(form, folded, lines, i); ok && !within(taken, at) {
					return at, true
				}
			}
		}
	}
	return Answer{}, false
}

// others are the places in which the expected name stands in another role.
func (s *search) others(role string) []facts.DocNamed {
	var out []facts.DocNamed
	for _, c := range s.d.Parties {
		// Who owns the right is often who grants it.
		if c.Role == role || c.Role == RightsHolder && role == Grantor || c.Role == Grantor && role == RightsHolder {
			continue
		}
		read := s.want(c.Name)
		for _, w := range s.names {
			if l, _ := s.compare(read, w, false); l >= part {
				out = append(out, c)
				break
			}
		}
	}
	return out
}

// within reports whether a place lies in one of others; places without a box
// (text files) are told apart by what was read.
func within(others []facts.DocNamed, at Answer) bool {
	for _, o := range others {
		if o.Page != at.Page {
			continue
		}
		if o.Box[2] == 0 || at.Box[2] == 0 || overlap(o.Box, at.Box) > 0 {
			return true
		}
	}
	return false
}

// spellings are a name with each way of writing its legal form that means the
// same.
func (s *search) spellings(w wanted) [][]rune {
	all := [][]rune{runes(w.letters)}
	var forms []string
	switch w.form {
	case "有限":
		forms = []string{"有限公司", "有限责任公司"}
	case "ltd":
		forms = []string{"ltd", "coltd", "limited", "colimited", "companylimited"}
	case "inc":
		forms = []string{"inc", "incorporated"}
	case "corp":
		forms = []string{"corp", "corporation"}
	default:
		return all
	}
	for _, f := range forms {
		if spelling := string(w.core) + f; spelling != string(all[0]) {
			all = append(all, []rune(spelling))
		}
	}
	return all
}

// inLine looks for a name in line i, or begun at its end and gone on with in
// the next line or the one below.
func (s *search) inLine(name []rune, folded [][]letter, lines []facts.DocLine, i int) (Answer, bool) {
	exact := s.d.TextSource != "recognised" && lines[i].Confidence >= 1
	hay := folded[i]
	for at := 0; at+len(name) <= len(hay); at++ {
		if s.same(hay[at:], name, exact) && alone(hay, at, at+len(name)) {
			return answer(lines[i]), true
		}
	}
	// A name of which two characters or more stand at the end of the line.
	for k := min(len(name)-2, len(hay)); k >= 2; k-- {
		at := len(hay) - k
		if !s.same(hay[at:], name[:k], exact) || !alone(hay, at, len(hay)) {
			continue
		}
		for _, j := range below(lines, i) {
			if s.same(folded[j], name[k:], exact) && alone(folded[j], 0, len(name)-k) {
				a := answer(lines[i])
				a.Text += lines[j].Text
				a.Confidence = min(a.Confidence, lines[j].Confidence)
				return a, true
			}
		}
	}
	return Answer{}, false
}

func answer(l facts.DocLine) Answer {
	return Answer{Standing: Found, Name: l.Text, Text: l.Text, Page: l.Page, Box: l.Box, Confidence: l.Confidence}
}

// same reports whether a text begins with a name. On a recognised page a fifth
// of the characters may be confused, no more.
func (s *search) same(hay []letter, name []rune, exact bool) bool {
	if len(hay) < len(name) {
		return false
	}
	slips := 0
	for i, r := range name {
		switch {
		case hay[i].r == r:
		case exact || !s.alike(hay[i].r, r):
			return false
		default:
			slips++
		}
	}
	return slips <= max(1, len(name)/5)
}

// goesBefore are words a Chinese name may follow without a mark between.
var goesBefore = [...]string{"授权", "许可", "委托", "给", "予", "由", "经", "与", "和", "及", "是", "为", "系", "即", "致", "方", "人", "司", "单位", "名称", "企业", "全称", "商", "者", "向", "对", "在", "店", "主体", "落款"}

// alone reports whether what stands from from to to is a name by itself, not a
// piece of a longer one: no further Han characters run into it, and no branch
// follows.
func alone(hay []letter, from, to int) bool {
	if from > 0 && !hay[from].gap && isHan(hay[from].r) && isHan(hay[from-1].r) {
		before := text(hay[max(0, from-4):from])
		known := false
		for _, w := range goesBefore {
			known = known || strings.HasSuffix(before, w)
		}
		if !known {
			return false
		}
	}
	if from > 0 && unicode.IsDigit(hay[from].r) && unicode.IsDigit(hay[from-1].r) && !hay[from].gap {
		return false
	}
	if from > 0 && hay[from].gap && latin(hay[from].r) && latin(hay[from-1].r) && hay[from-1].upperWord(hay, from-1) {
		return false // "Super Acme Ltd" is not Acme Ltd
	}
	if to < len(hay) && isHan(hay[to-1].r) && !hay[to].gap && isHan(hay[to].r) {
		if !formed(hay[from:to]) {
			return false // 李四光 is not 李四
		}
		after := text(hay[to:min(len(hay), to+14)])
		for _, w := range [...]string{"分公司", "分店", "分厂", "办事处", "分行", "子公司"} {
			if strings.Contains(after, w) {
				return false
			}
		}
	}
	return true
}

// formed reports whether a text ends as names of organisations do: what follows
// is then no more of the name.
func formed(name []letter) bool {
	s := text(name)
	for _, e := range [...]string{"公司", "厂", "商行", "经营部", "工作室", "店", "中心", "集团", "所", "院", "社", "企业"} {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}

func latin(r rune) bool { return r < 0x250 && unicode.IsLetter(r) }

// notNames are words that begin with a capital before a name.
var notNames = [...]string{"we", "company", "to", "and", "by", "the", "of", "authorize", "authorizes", "authorise", "that", "licensor", "licensee", "grantor", "grantee", "party", "name", "authorized", "distributor", "agent", "empresa", "société", "firma", "società", "nous", "wir", "noi", "between", "for", "behalf", "undersigned", "is", "from", "holder", "owner", "seal", "signature", "messrs", "beneficiary", "a", "b"}

// upperWord reports whether the word that ends at i begins with a capital and
// is no common one.
func (l letter) upperWord(hay []letter, i int) bool {
	from := i
	for from > 0 && !hay[from].gap {
		from--
	}
	word := text(hay[from : i+1])
	for _, w := range notNames {
		if word == w {
			return false
		}
	}
	return hay[from].upper
}

// below are the lines on which one that ends in the middle of a name may go
// on: the next one, and the nearest below it that stands under it.
func below(lines []facts.DocLine, i int) []int {
	var out []int
	l := lines[i]
	if i+1 < len(lines) && lines[i+1].Page == l.Page {
		out = append(out, i+1)
	}
	if l.Box[2] == 0 || l.Box[3] == 0 {
		return out
	}
	best := -1
	for j := max(0, i-20); j < min(len(lines), i+40); j++ {
		o := lines[j]
		if j == i || o.Page != l.Page || o.Box[1] <= l.Box[1]+l.Box[3]/2 || o.Box[1] > l.Box[1]+4*l.Box[3] {
			continue
		}
		if min(l.Box[0]+l.Box[2], o.Box[0]+o.Box[2]) <= max(l.Box[0], o.Box[0]) {
			continue
		}
		if best < 0 || o.Box[1] < lines[best].Box[1] {
			best = j
		}
	}
	if best >= 0 && best != i+1 {
		out = append(out, best)
	}
	return out
}

// onSeal looks for a name on the rings of the seals: they are those of who
// grants or promises. Rings are read with luck: characters may be put in
// between and a fifth may be missing, though none of what tells the name from
// a sister's.
func (s *search) onSeal(role string) (Answer, bool) {
	if role != Grantor {
		return Answer{}, false
	}
	for _, x := range s.d.Seals {
		ring := runes(s.fold(x.Text))
		for _, w := range s.names {
			name := runes(w.letters)
			if len(name) < 6 || len(ring) < 6 || len(ring) > 2*maxName {
				continue
			}
			if 5*s.common(ring, name) >= 4*len(name) && s.common(ring, w.core) == len(w.core) && len(ring) <= len(name)+20 {
				return Answer{Standing: Found, Name: x.Text, Text: x.Text, Page: x.Page, Box: x.Box, Confidence: surely}, true
			}
		}
	}
	return Answer{}, false
}

// Words looks for a word anywhere on the paper: a brand, a number. Unclear is
// something like it, a quarter of its characters off.
func Words(d *facts.Document, words ...string) Answer {
	s := newSearch(d, words)
	if len(s.names) == 0 {
		return Answer{}
	}
	best := Answer{}
	for i, l := range d.Text {
		if i == maxLines {
			break
		}
		exact := s.exact(facts.DocNamed{Confidence: l.Confidence})
		hay := s.fold(l.Text)
		for _, w := range s.names {
			name := runes(w.letters)
			for at := 0; at+len(name) <= len(hay); at++ {
				if s.same(hay[at:], name, exact) && whole(hay, at, at+len(name)) {
					return answer(l)
				}
			}
			if len(name) >= 4 && len(hay) < 2000 && 4*edits.Inside(s.classes(name), s.classes(runes(hay))) <= len(name) {
				best = answer(l)
				best.Standing = Unclear
			}
		}
	}
	if best.Standing == Absent && poorlyRead(d) {
		best.Standing = Unreadable
	}
	return best
}

// Number reports whether an ID of digits, with letters before them or none, stands on
// the paper. A letter among digits is always a slip of the reader ("9159qq" is
// 915999), however well the line was read.
func Number(d *facts.Document, id string) bool {
	s := newSearch(d, []string{id})
	for i, l := range d.Text {
		if i == maxLines {
			break
		}
		hay := s.fold(l.Text)
		for _, w := range s.names {
			name := runes(w.letters)
			for at := 0; at+len(name) <= len(hay); at++ {
				if s.same(hay[at:], name, false) && whole(hay, at, at+len(name)) {
					return true
				}
			}
		}
	}
	return false
}

// whole reports a stretch that no digit runs into, where it is a number, and on
// a page with blanks no letter, where it is a Latin word.
func whole(hay []letter, from, to int) bool {
	runs := func(a, b letter) bool {
		return !b.gap && (unicode.IsDigit(a.r) && unicode.IsDigit(b.r))
	}
	return !(from > 0 && runs(hay[from-1], hay[from])) && !(to < len(hay) && runs(hay[to-1], hay[to]))
}
