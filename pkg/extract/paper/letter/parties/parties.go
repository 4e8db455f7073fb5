// Package parties reads who grants, who is granted and who owns the right from
// the lines of a paper. It takes nothing for settled: every name that stands
// where a party's belongs is returned with its place, its confidence and what
// speaks for it, and whoever judges chooses. Names stand after a label and a
// colon, beside or below a label in a table without colons, in sentences, in
// the signature block and the letterhead; the words are data, a file a language
// (words/*.yaml), each with examples that run as tests.
//
// It may import pkg/extract/paper/letter/columns and pkg/facts.
package parties

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/aecheck/aecheck/pkg/facts"
)

// Candidate is a name that may be a party's.
type Candidate struct {
	facts.DocNamed
	Key   string // the name's letters and digits, alike for every way of writing it
	Line  int    // index of the line it begins in
	After string // up to 160 bytes that follow it: often its address
}

// The roles and the kinds of evidence of facts.DocNamed.
const (
	Grantor      = "grantor"
	Grantee      = "grantee"
	RightsHolder = "rights_holder"

	byLabel    = "label"
	byRow      = "row"
	bySentence = "sentence"
	bySign     = "signature"
	byHead     = "letterhead"
)

// How much a place speaks for the role, 0..1. Sentences have weights of their
// own.
const (
	labelWeight = 1.0
	besideLabel = 0.95 // label and colon, the value beside or below
	rowWeight   = 0.9  // label without a colon, the value beside or below
	runOnWeight = 0.85 // label and name in one line without a mark
	signWeight  = 0.8  // beside the place of a signature
	ownerGrants = 0.75 // who owns the right often grants it
	footWeight  = 0.7  // a line at the foot that is nothing but a name
	headWeight  = 0.6  // one at the head
	lineWeight  = 0.5  // one elsewhere
)

// most bounds the names of one paper, mostLines its lines.
const (
	most      = 60
	mostLines = 4000
)

// Find reads the names of a paper. lines are normalised (one blank between
// words, none between Han characters, plain marks), in reading order; kind is
// that of facts.Document.
func Find(lines []facts.DocLine, kind string) []Candidate {
	if len(lines) > mostLines {
		lines = lines[:mostLines]
	}
	f := &finder{v: words(), lines: lines, kind: kind}
	for i := range lines {
		f.labels(i)
	}
	f.sentences()
	f.bareLines()
	return f.withoutWords()
}

// withoutWords drops names that are another one of the same line with a word
// before it that belongs to the sentence: 经甲公司 beside 甲公司.
func (f *finder) withoutWords() []Candidate {
	return slices.DeleteFunc(f.out, func(c Candidate) bool {
		first, n := utf8.DecodeRuneInString(c.Name)
		if !strings.ContainsRune("经受由获与和及为将对向现", first) {
			return false
		}
		return slices.ContainsFunc(f.out, func(o Candidate) bool {
			return o.Page == c.Page && abs(o.Line-c.Line) <= 1 && o.Key == fold(c.Name[n:])
		})
	})
}

type finder struct {
	v     *vocabulary
	lines []facts.DocLine
	kind  string
	out   []Candidate
}

// add notes a name read from a text that begins in line i and may go on in
// others.
func (f *finder) add(role, name, evidence string, weight float64, after string, at ...int) {
	if name == "" || len(at) == 0 || len(f.out) >= most {
		return
	}
	l := f.lines[at[0]]
	c := Candidate{Key: fold(name), Line: at[0], After: after, DocNamed: facts.DocNamed{
		Role: role, Name: name, Evidence: evidence, Weight: weight, Page: l.Page, Box: l.Box, Confidence: l.Confidence,
	}}
	for _, j := range at[1:] {
		o := f.lines[j]
		c.Confidence = min(c.Confidence, o.Confidence)
		if o.Page == l.Page {
			c.Box = union(c.Box, o.Box)
		}
	}
	for i := range f.out {
		if o := &f.out[i]; o.Role == role && o.Line == c.Line && o.Key == c.Key {
			if o.Weight < weight {
				o.Weight, o.Evidence = weight, evidence
			}
			return
		}
	}
	f.out = append(f.out, c)
	// Who owns the right grants it where nobody else is named to.
	if role == RightsHolder && weight >= rowWeight {
		f.add(Grantor, name, evidence, ownerGrants, after, at...)
	}
}

func union(a, b facts.Box) facts.Box {
	x0, y0 := min(a[0], b[0]), min(a[1], b[1])
	x1, y1 := max(a[0]+a[2], b[0]+b[2]), max(a[1]+a[3], b[1]+b[3])
	return facts.Box{x0, y0, x1 - x0, y1 - y0}
}

// labels reads the labels of line i and what stands after, beside or below
// them.
func (f *finder) labels(i int) {
	line := f.lines[i].Text
	for at, n := 0, 0; at >= 0 && at < len(line) && n < 12; n++ {
		start := at
		at = nextStart(line, start)
		l := f.labelAt(line, start)
		if l.end == 0 || f.roleOf(l) == "" {
			continue
		}
		rest := strings.Trim(line[l.end:], " _")
		if cell := f.rightOf(i); len(cell) > 0 && (utf8.RuneCountInString(rest) == 1 || rest != "" && strings.HasPrefix(f.lines[cell[0]].Text, rest)) {
			rest = "" // the value's first characters, read once more with the label
		}
		switch {
		case l.mark && rest != "":
			value, used := f.value(line[l.end:])
			f.fromLabel(l, value, labelWeight, byLabel, i, line[l.end+used:])
			at = max(at, l.end)
		case rest == "":
			weight := rowWeight
			evidence := byRow
			if l.mark {
				weight, evidence = besideLabel, byLabel
			}
			if start > 0 && !l.mark {
				continue
			}
			f.besideOrBelow(l, i, weight, evidence)
			return
		case start == lead(line) && organisation(rest):
			f.fromLabel(l, rest, runOnWeight, byRow, i, "")
			return
		}
	}
}

// found is a label in a line.
type found struct {
	role  string
	end   int    // offset after it and its mark, 0 for none
	mark  bool   // a colon, or a word for it, follows
	signs bool   // it names the place of a signature or seal
	paren string // role said in parentheses after it
}

// roleOf is the role a label speaks of on this kind of paper; empty where it
// speaks of none.
func (f *finder) roleOf(l found) string {
	role := l.role
	if l.paren != "" {
		role = l.paren
	}
	switch role {
	case "first":
		role = Grantor
	case "second":
		role = Grantee
	case "promisor":
		role = ""
		if f.kind == "commitment" {
			role = Grantor
		}
	}
	if f.kind == "commitment" && role == Grantee {
		return ""
	}
	return role
}

// labelAt reads a label that begins at an offset.
func (f *finder) labelAt(line string, start int) found {
	role, n := match(f.v.labels, line[start:])
	if n == 0 {
		return found{}
	}
	l := found{role: role}
	at := start + n
	for steps := 0; steps < 6; steps++ {
		rest := line[at:]
		trimmed := strings.TrimLeft(rest, " ")
		skipped := len(rest) - len(trimmed)
		if trimmed == "" {
			break
		}
		if trimmed[0] == '(' || trimmed[0] == '[' {
			end := strings.IndexAny(trimmed, ")]")
			if end < 0 || end > 60 {
				break
			}
			inside := trimmed[1:end]
			l.signs = l.signs || f.signed(inside)
			if r, n := match(f.v.labels, strings.TrimSpace(inside)); n > 0 && (role == "first" || role == "second") {
				l.paren = r
			}
			at += skipped + end + 1
			continue
		}
		if trimmed[0] == ')' && start > 0 {
			at += skipped + 1
			continue
		}
		if trimmed[0] == '/' || trimmed[0] == '|' {
			at += skipped + 1
			continue
		}
		if trimmed[0] == ':' || trimmed[0] == '=' {
			l.mark, at = true, at+skipped+1
			break
		}
		if r, n := match(f.v.labels, trimmed); n > 0 && r == role {
			at += skipped + n // the same in another language
			continue
		}
		if _, n := match(f.v.suffixes, trimmed); n > 0 && n < len(trimmed) && strings.ContainsRune(" :(/", rune(trimmed[n])) || n > 0 && n == len(trimmed) {
			at += skipped + n
			continue
		}
		for _, w := range [...]string{"为", "是", "'s name:", "'s:"} {
			if strings.HasPrefix(trimmed, w) {
				l.mark, at = true, at+skipped+len(w)
				break
			}
		}
		break
	}
	l.end = at
	return l
}

func (f *finder) signed(s string) bool {
	s = strings.ToLower(s)
	return slices.ContainsFunc(f.v.signs, func(w string) bool { return strings.Contains(s, w) })
}

// lead is the offset after the number of a paragraph.
func lead(line string) int {
	if m := expr().numbered.FindStringIndex(line); m != nil {
		return m[1]
	}
	return 0
}

// nextStart is the next offset at which a label may begin; −1 for none.
func nextStart(line string, at int) int {
	if at == 0 {
		if n := lead(line); n > 0 {
			return n
		}
	}
	for i, r := range line[at:] {
		if i > 0 && strings.ContainsRune(" ;,。(:|、", r) {
			n := at + i + utf8.RuneLen(r)
			for n < len(line) && line[n] == ' ' {
				n++
			}
			if n >= len(line) {
				return -1
			}
			return n
		}
	}
	return -1
}

// value cuts what follows a label's mark at the next label or the end of the
// sentence.
func (f *finder) value(rest string) (value string, used int) {
	end := min(len(rest), 240)
	for end < len(rest) && !utf8.RuneStart(rest[end]) {
		end--
	}
	rest = rest[:end]
	if m := expr().valueEnd.FindStringIndex(rest); m != nil && strings.Trim(rest[:m[0]], " _") != "" {
		rest = rest[:m[0]]
	}
	for at := nextStart(rest, 0); at > 0 && at < len(rest); at = nextStart(rest, at) {
		if l := f.labelAt(rest, at); l.end > 0 && l.mark && strings.Trim(rest[:at], " _;,") != "" {
			rest = strings.TrimRight(rest[:at], " ;,(")
			break
		}
	}
	return rest, len(rest)
}

// fromLabel notes the value of a label in line i, which may go on in the next.
func (f *finder) fromLabel(l found, value string, weight float64, evidence string, i int, after string) {
	at := []int{i}
	value = f.unlabelled(value)
	if !ends(value) && strings.Trim(after, " ") == "" {
		if j, more := f.goesOn(value, i); more != "" {
			value, at = join(value, more), append(at, j)
			after = f.lines[j].Text
		}
	}
	f.note(l, value, weight, evidence, after, at...)
}

// note tidies a value and adds it.
func (f *finder) note(l found, value string, weight float64, evidence, after string, at ...int) {
	role := f.roleOf(l)
	if expr().labelled.MatchString(strings.TrimSpace(value)) {
		return // the next label and its value: nothing was filled in
	}
	name := Tidy(value)
	if name == "" || !f.possible(name) {
		return
	}
	if l.signs {
		if !ends(name) && f.kind != "portrait" {
			return // who signs for a company
		}
		evidence, weight = bySign, min(weight, signWeight)
	}
	if len(after) < 80 && len(at) > 0 {
		if last := at[len(at)-1]; last+1 < len(f.lines) {
			after += "\n" + f.lines[last+1].Text
		}
	}
	f.add(role, name, evidence, weight, clip(after, 160), at...)
}

// possible reports a value that can be a name and is no label or date.
func (f *finder) possible(name string) bool {
	if _, n := match(f.v.labels, name); n == len(name) {
		return false
	}
	if _, n := match(f.v.plain, name); n == len(name) {
		return false
	}
	return !f.signed(name) || ends(name)
}

// unlabelled takes a plain label ("名称:") off a value.
func (f *finder) unlabelled(value string) string {
	v := strings.TrimLeft(value, " ")
	if _, n := match(f.v.plain, v); n > 0 {
		if rest := strings.TrimLeft(v[n:], " "); strings.HasPrefix(rest, ":") {
			return strings.TrimLeft(rest[1:], " ")
		}
	}
	return value
}

// besideOrBelow reads the value of a label that ends its line: the cell to its
// right, all of its lines, else what stands below.
func (f *finder) besideOrBelow(l found, i int, weight float64, evidence string) {
	cell := f.rightOf(i)
	if len(cell) == 0 || f.isLabel(f.lines[cell[0]].Text) {
		if j := f.below(i); j >= 0 && !clause.MatchString(f.lines[j].Text) {
			cell = []int{j}
		} else {
			cell = nil
		}
	}
	if len(cell) == 0 {
		return
	}
	value, used := f.value(f.lines[cell[0]].Text)
	value = f.unlabelled(value)
	after := f.lines[cell[0]].Text[used:]
	at := cell[:1]
	for _, j := range cell[1:] {
		if ends(value) || strings.Trim(after, " ") != "" {
			break
		}
		if m := f.lines[j].Text; strings.TrimSpace(m) != "" {
			value, at = join(value, m), append(at, j)
		}
	}
	if !ends(value) && len(at) == 1 && strings.Trim(after, " ") == "" {
		if j, more := f.goesOn(value, cell[0]); more != "" {
			value, at = join(value, more), append(at, j)
		}
	}
	// Beside a label without a colon stands a name, or something else: an
	// amount, a sentence. A person's name is short.
	if !l.mark && !ends(value) && utf8.RuneCountInString(value) > 30 {
		return
	}
	if f.isLabel(f.lines[cell[0]].Text) {
		return // the next label: nothing was filled in
	}
	f.note(l, value, weight, evidence, after, at...)
}

// clause is how a numbered clause begins: below a label that was left empty it is no
// name.
var clause = regexp.MustCompile(`^ ?(?:第? ?[一二三四五六七八九十]{1,3} ?[、.,:条款]|第 ?\d{1,2} ?[条款]|\([一二三四五六七八九十\d]{1,2}\)|\d{1,2} ?[、.)] ?\D)`)

// isLabel reports a line that begins with a label and its mark, or is one.
func (f *finder) isLabel(line string) bool {
	l := f.labelAt(line, 0)
	return l.end > 0 && (l.mark || l.end == len(line))
}

// rightOf are the lines of the cell to the right of line i, from above to
// below.
func (f *finder) rightOf(i int) []int {
	l := f.lines[i]
	if l.Box[2] <= 0 || l.Box[3] <= 0 {
		return nil
	}
	best := -1
	for j, o := range f.lines {
		if j == i || !rightward(l, o) {
			continue
		}
		if away(l.Box, o.Box) > 0.6 || best >= 0 && o.Box[0] >= f.lines[best].Box[0] {
			continue
		}
		best = j
	}
	if best < 0 {
		return f.splitCell(i)
	}
	return []int{best}
}

// rightward reports whether line o begins where l ends or farther to the right;
// boxes of neighbours overlap by a character.
func rightward(l, o facts.DocLine) bool {
	return o.Page == l.Page && o.Box[0] >= l.Box[0]+l.Box[2]-3*l.Box[3]/2 && 2*o.Box[0] > 2*l.Box[0]+l.Box[2]
}

// splitCell are two lines to the right of line i between which it stands: a
// value of two lines beside a label in the middle of the row.
func (f *finder) splitCell(i int) []int {
	l := f.lines[i]
	up, down := -1, -1
	for j, o := range f.lines {
		if j == i || !rightward(l, o) || away(l.Box, o.Box) > 1.3 {
			continue
		}
		if o.Box[1]+o.Box[3]/2 < l.Box[1]+l.Box[3]/2 {
			if up < 0 || o.Box[0] < f.lines[up].Box[0] {
				up = j
			}
		} else if down < 0 || o.Box[0] < f.lines[down].Box[0] {
			down = j
		}
	}
	if up < 0 || down < 0 || abs(f.lines[up].Box[0]-f.lines[down].Box[0]) > 2*l.Box[3] {
		return nil
	}
	return []int{up, down}
}

// away is how far the middles of two lines lie apart in height, in heights of
// the taller one.
func away(a, b facts.Box) float64 {
	h := max(a[3], b[3], 1)
	return float64(abs(2*a[1]+a[3]-2*b[1]-b[3])) / float64(2*h)
}

// below is the line under line i; the next one where lines have no place.
func (f *finder) below(i int) int {
	l := f.lines[i]
	if l.Box[2] <= 0 || l.Box[3] <= 0 {
		if i+1 < len(f.lines) {
			return i + 1
		}
		return -1
	}
	best := -1
	for j := max(0, i-30); j < min(len(f.lines), i+60); j++ {
		o := f.lines[j]
		gap := o.Box[1] - (l.Box[1] + l.Box[3])
		if j == i || o.Page != l.Page || gap < -l.Box[3]/2 || gap > 3*l.Box[3] || o.Box[1] <= l.Box[1] {
			continue
		}
		if min(l.Box[0]+l.Box[2], o.Box[0]+o.Box[2]) <= max(l.Box[0], o.Box[0]) {
			continue
		}
		if best < 0 || o.Box[1] < f.lines[best].Box[1] {
			best = j
		}
	}
	return best
}

// goesOn is the line in which a name that lost its end in line i goes on, and
// the piece of the name in it: the next line or the one below, nothing but the
// end of a name.
func (f *finder) goesOn(value string, i int) (int, string) {
	if utf8.RuneCountInString(strings.TrimSpace(value)) < 2 {
		return 0, ""
	}
	for _, j := range [...]int{i + 1, f.below(i)} {
		if j <= i || j >= len(f.lines) || f.lines[j].Page != f.lines[i].Page {
			continue
		}
		m := expr().restOfName.FindString(f.lines[j].Text)
		if t := strings.TrimSpace(f.lines[j].Text); m == "" && utf8.RuneCountInString(t) == 1 && hasHan(t) && ends(value+t) {
			m = t // 有限公, and 司 in a line of its own
		}
		if m == "" || utf8.RuneCountInString(m) > 40 {
			continue
		}
		if l := f.labelAt(f.lines[j].Text, lead(f.lines[j].Text)); l.end > 0 {
			continue
		}
		if hasHan(value) == hasHan(m) {
			return j, m
		}
	}
	return 0, ""
}

// join puts the two pieces of a broken name together.
func join(a, b string) string {
	a, b = strings.TrimRight(a, " "), strings.TrimLeft(b, " ")
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	if isHan(last) || isHan(first) {
		return a + b
	}
	return a + " " + b
}

// bareLines notes lines that are nothing but the name of an organisation.
func (f *finder) bareLines() {
	for i := range f.lines {
		m := expr().bareLine.FindStringSubmatch(f.lines[i].Text)
		if m == nil {
			continue
		}
		weight, evidence := lineWeight, bySign
		switch {
		case i < 3 && f.lines[i].Page <= 1:
			weight, evidence = headWeight, byHead
		case 2*i >= len(f.lines):
			weight = footWeight
		}
		f.add(Grantor, Tidy(m[1]), evidence, weight, "", i)
	}
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

func isLatin(r rune) bool { return !isHan(r) && unicode.IsLetter(r) }

func lower(r rune) rune { return unicode.ToLower(r) }

func hasHan(s string) bool { return strings.ContainsFunc(s, isHan) }

func abs(n int) int { return max(n, -n) }

func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}
