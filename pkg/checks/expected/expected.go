// Package expected looks for what a paper ought to say: case.yaml names the
// shop, who grants and who is granted, and those names are aligned to the
// lines of the page. Reading is never certain, so an answer is one of four:
// found, contradicted (another complete name stands in that role and was read
// well), unreadable (a stump, a name under a seal, a page that was hardly
// read) or absent; between found and contradicted lies unclear, for a person.
//
// Nothing here is more than lines × length of a name: a page of 4,000 lines
// takes some milliseconds.
//
// It may import pkg/checks/party, pkg/edits, pkg/facts, pkg/lang and pkg/pinyin.
package expected

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/aecheck/aecheck/pkg/checks/party"
	"github.com/aecheck/aecheck/pkg/edits"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
)

// Standing is what a paper says of an expected name.
type Standing int

const (
	// Absent: the page was read and no name stands in the role.
	Absent Standing = iota
	// Unreadable: what stands there is a stump or under a seal, or the page
	// was hardly read. It contradicts nothing.
	Unreadable
	// Unclear: something like it stands there, or what contradicts it was not
	// read well enough.
	Unclear
	// Contradicted: another complete name stands in the role and was read well.
	Contradicted
	// Found: the name stands there.
	Found
)

// Answer to a search.
type Answer struct {
	Standing   Standing
	Name       string // as read in the role; empty where nothing was
	Text       string // the line
	Page       int    // 0 where nothing was read
	Box        facts.Box
	Confidence float64
}

// The roles of facts.DocNamed.
const (
	Grantor      = "grantor"
	Grantee      = "grantee"
	RightsHolder = "rights_holder"
)

const (
	// surely is the confidence of a reading below which it contradicts nothing.
	surely = 0.8
	// verySurely is asked where the names share most of their characters.
	verySurely = 0.93
	// speaks is the weight from which a place speaks for its role: below it a
	// name contradicts nothing (a bare line at the foot, an "of" in a sentence).
	speaks = 0.75
	// hardlyRead bounds a page that was not read: fewer letters than a name and
	// a sentence have, or a mean confidence at which every fourth character is
	// wrong.
	fewLetters = 30
	hardlyRead = 0.6
	// maxName and maxLines bound what is looked at.
	maxName  = 120
	maxLines = 4000
)

// Party looks for the name of a party in its role, and where it was not read
// there on the whole paper. names are all that will do; without any the answer
// is Absent.
func Party(d *facts.Document, role string, names ...string) Answer {
	s := newSearch(d, names)
	if len(s.names) == 0 {
		return Answer{}
	}
	return s.look(role, s.onPage, s.onSeal)
}

// Named is Party but for the rest of the paper: names beside the role and on
// seals alone. It tells whether one paper's party is another's, which may be
// named there in other roles.
func Named(d *facts.Document, role string, names ...string) Answer {
	s := newSearch(d, names)
	if len(s.names) == 0 {
		return Answer{}
	}
	return s.look(role, s.onSeal)
}

// look judges the names read for a role, then looks elsewhere.
func (s *search) look(role string, elsewhere ...func(role string) (Answer, bool)) Answer {
	var best Answer
	read := candidates(s.d, role)
	for _, c := range read {
		switch a := s.judge(c); {
		case a.Standing == Found:
			if o, ok := s.otherwise(c, read); ok {
				return o
			}
			return a
		case a.Standing > best.Standing:
			best = a
		}
	}
	for _, find := range elsewhere {
		at, ok := find(role)
		switch {
		case !ok:
		case best.Standing == Contradicted:
			best.Standing = Unclear // the name is on the page, another one where it belongs
			return best
		default:
			return at
		}
	}
	if len(read) == 0 && poorlyRead(s.d) {
		return Answer{Standing: Unreadable}
	}
	return best
}

// otherwise looks whether another name that surely stands in the role, in the other
// script, is none of those expected in it: a paper in two languages may name the
// shop in one and somebody else in the other. A seal of that somebody makes it
// certain.
func (s *search) otherwise(found facts.DocNamed, read []facts.DocNamed) (Answer, bool) {
	for _, c := range read {
		if hasHan(c.Name) == hasHan(found.Name) || c.Weight < speaks || c.Confidence < surely || s.holds(c) {
			continue
		}
		comparable := false
		for _, w := range s.names {
			comparable = comparable || w.han == hasHan(c.Name)
		}
		a := s.judge(c)
		if !comparable || a.Standing != Contradicted {
			continue
		}
		a.Standing = Unclear
		if _, sealed := newSearch(s.d, []string{c.Name}).onSeal(Grantor); sealed {
			if _, own := s.onSeal(Grantor); !own {
				a.Standing = Contradicted
			}
		}
		return a, true
	}
	return Answer{}, false
}

// holds reports a name that is read as surely as the one whose right is passed on:
// that of a rights holder abroad beside the Chinese company that grants.
func (s *search) holds(c facts.DocNamed) bool {
	return c.Role != RightsHolder && slices.ContainsFunc(s.d.Parties, func(o facts.DocNamed) bool {
		return o.Role == RightsHolder && o.Weight >= c.Weight && o.Name == c.Name
	})
}

// Readable reports whether a paper was read well enough for what it does not
// say to count as not said.
func Readable(d *facts.Document) bool { return !poorlyRead(d) }

func poorlyRead(d *facts.Document) bool {
	return d.Length < fewLetters || d.Confidence < hardlyRead
}

// candidates are the names read for a role, the likeliest first.
func candidates(d *facts.Document, role string) []facts.DocNamed {
	var out []facts.DocNamed
	for _, c := range d.Parties {
		if c.Role == role && c.Name != "" {
			out = append(out, c)
		}
	}
	if len(out) > 0 {
		return out
	}
	p := map[string]facts.DocParty{Grantor: d.Grantor, Grantee: d.Grantee, RightsHolder: d.RightsHolder}[role]
	if p.Name == "" {
		return nil
	}
	c := facts.DocNamed{Role: role, Name: p.Name, Page: p.Page, Box: p.Box, Confidence: 1, Weight: 1}
	for _, f := range d.Found {
		if f.Field == role {
			c.Page, c.Box, c.Confidence = f.Page, f.Box, f.Confidence
			break
		}
	}
	return []facts.DocNamed{c}
}

// search is one look for names on a paper.
type search struct {
	*folder
	d     *facts.Document
	names []wanted
}

// wanted is an expected name, prepared.
type wanted struct {
	name    string
	letters []letter
	core    []rune // without its legal form
	form    string
	han     bool
}

func newSearch(d *facts.Document, names []string) *search {
	s := &search{folder: newFolder(), d: d}
	for _, n := range names {
		if utf8.RuneCountInString(n) > maxName {
			continue
		}
		if w := s.want(n); len(w.letters) >= 2 {
			s.names = append(s.names, w)
		}
	}
	return s
}

func (f *folder) want(name string) wanted {
	name = strings.TrimSpace(individual.Replace(name))
	w := wanted{name: name, letters: f.fold(name), han: hasHan(name)}
	core, form := party.Core(strings.Map(lang.Simplified, name))
	w.core, w.form = []rune(core), form
	return w
}

// individual is a note on a licence that papers leave out.
var individual = strings.NewReplacer("（个体工商户）", "", "(个体工商户)", "", "（個體工商戶）", "", "（个人独资）", "", "(个人独资)", "", "个体工商户", "")

// likeness of a name read to one expected.
type likeness int

const (
	other  likeness = iota // another name
	near                   // alike: a branch, another legal form, a character or two
	part                   // a piece of it: says nothing against it
	equals                 // the name, but for case, width, marks, spellings of the legal form and, on a recognised page, confusions
)

// compare tells how a name read is like one expected, and how many whole
// characters it is off. exact is a text layer, in which nothing is confused.
func (s *search) compare(read wanted, w wanted, exact bool) (likeness, int) {
	if read.han != w.han {
		if read.han && romanised(read, w) || w.han && romanised(w, read) {
			return equals, 0
		}
		return other, maxName
	}
	if string(read.core) == string(w.core) {
		if read.form == w.form {
			return equals, 0
		}
		if read.form == "" {
			return part, 0
		}
		return near, 0
	}
	if text(read.letters) == text(w.letters) {
		return equals, 0
	}
	rl, wl := runes(read.letters), runes(w.letters)
	if !exact && len(rl) == len(wl) && s.off(rl, wl) == 0 && confusions(rl, wl) <= max(1, len(wl)/5) {
		return equals, 0
	}
	off := s.off(read.core, w.core)
	n := min(len(read.core), len(w.core))
	switch {
	case len(rl) < len(wl) && len(rl) >= 2 && s.inside(rl, wl):
		return part, 0 // a stump, an end or a middle of it
	case len(wl) < len(rl) && s.inside(w.core, rl) && len(w.core) >= enough(w.core):
		return near, max(off, 1) // a branch, or what stands around it
	case off <= max(1, n/6):
		return near, off
	case !exact && !complete(read, exact) && 10*s.common(rl, wl) >= 7*len(rl):
		return part, off // a stump with slips in it
	}
	return other, off
}

// enough is how long a name must be to be known inside another.
func enough(core []rune) int {
	if len(core) > 0 && isHan(core[0]) {
		return 4
	}
	return 6
}

// off is the distance of two names, confusions free.
func (s *search) off(a, b []rune) int { return edits.Distance(s.classes(a), s.classes(b)) }

func (s *search) common(a, b []rune) int { return edits.Common(s.classes(a), s.classes(b)) }

func (s *search) inside(a, b []rune) bool {
	return strings.Contains(string(s.classes(b)), string(s.classes(a)))
}

func (s *search) classes(a []rune) []rune {
	out := make([]rune, len(a))
	for i, r := range a {
		out[i] = s.classOf(r)
	}
	return out
}

// confusions counts the places in which two names of one length differ.
func confusions(a, b []rune) int {
	n := 0
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			n++
		}
	}
	return n
}

func runes(ls []letter) []rune {
	out := make([]rune, len(ls))
	for i, l := range ls {
		out[i] = l.r
	}
	return out
}

// ends of names of Chinese organisations beyond the legal forms that
// party.Core knows.
var ends = [...]string{"厂", "商行", "经营部", "工作室", "商店", "店", "部", "中心", "事务所", "研究院", "研究所", "协会", "集团", "合作社", "合伙企业", "馆", "社", "行"}

// complete reports a whole name of an organisation: a legal form at its end and
// enough before it to be a name, four Han characters or letters, two where
// nobody had to recognise it. What is left of a name under a seal is shorter,
// or lost its end.
func complete(n wanted, exact bool) bool {
	core := n.core
	if n.form == "" {
		name := strings.TrimRight(string(core), " ")
		found := false
		for _, e := range ends {
			if rest, ok := strings.CutSuffix(name, e); ok {
				core, found = []rune(rest), true
				break
			}
		}
		if !found {
			return false
		}
	}
	return len(core) >= 4 || exact && len(core) >= 2
}

// person reports what can be the name of a Chinese person.
func person(n wanted) bool {
	return n.han && n.form == "" && len(n.letters) >= 2 && len(n.letters) <= 4 && !complete(n, true)
}

// judge compares one name read with those expected.
func (s *search) judge(c facts.DocNamed) Answer {
	a := Answer{Name: c.Name, Text: c.Name, Page: c.Page, Box: c.Box, Confidence: c.Confidence, Standing: Unreadable}
	read := s.want(c.Name)
	if len(read.letters) < 2 {
		return a
	}
	exact := s.exact(c)
	best, off, script := other, maxName, false
	for _, w := range s.names {
		script = script || w.han == read.han
	}
	for _, w := range s.names {
		if script && w.han != read.han {
			continue // 锦诚 and 锦澄 read alike: the name in its own script decides
		}
		if l, o := s.compare(read, w, exact); l > best || l == best && o < off {
			best, off = l, o
		}
	}
	sealed := s.sealed(c.Page, c.Box)
	whole := complete(read, exact) || person(read) && s.people() && c.Confidence >= verySurely
	switch {
	case best == equals:
		a.Standing = Found
	case best == part || sealed:
		a.Standing = Unreadable
		if best != part && whole && c.Confidence >= surely {
			a.Standing = Unclear // a whole name, but a seal lies over it
		}
	case !script:
		a.Standing = Unclear // one name in Chinese, one in Latin letters
	case c.Weight < speaks || !whole || c.Confidence < surely:
		a.Standing = Unclear
		if !whole && c.Confidence < surely {
			a.Standing = Unreadable
		}
	case exact && (best == other || off > 0 && s.sameLength(read)):
		a.Standing = Contradicted
	case best == other && (c.Confidence >= verySurely || s.share(read) < 0.5):
		a.Standing = Contradicted
	default:
		a.Standing = Unclear
	}
	return a
}

// people reports whether all names expected are those of people.
func (s *search) people() bool {
	for _, w := range s.names {
		if !person(w) {
			return false
		}
	}
	return true
}

// sameLength reports a name that is expected's but for characters replaced: a
// branch or a form left out is not.
func (s *search) sameLength(read wanted) bool {
	for _, w := range s.names {
		if len(w.core) == len(read.core) && w.form == read.form {
			return true
		}
	}
	return false
}

// share is how much of the likeliest expected name's characters a name read has in
// their order.
func (s *search) share(read wanted) float64 {
	best := 0.0
	for _, w := range s.names {
		if n := max(len(w.core), len(read.core)); n > 0 {
			best = max(best, float64(s.common(read.core, w.core))/float64(n))
		}
	}
	return best
}

// exact reports text that nobody had to recognise.
func (s *search) exact(c facts.DocNamed) bool {
	return s.d.TextSource != "recognised" && c.Confidence >= 1
}

// sealed reports whether a seal lies over a place. A tenth of a line is a
// character or two.
func (s *search) sealed(page int, box facts.Box) bool {
	area := box[2] * box[3]
	if area <= 0 {
		return false
	}
	for _, x := range s.d.Seals {
		if x.Page == page && 10*overlap(x.Box, box) >= area {
			return true
		}
	}
	return false
}

func overlap(a, b facts.Box) int {
	w := min(a[0]+a[2], b[0]+b[2]) - max(a[0], b[0])
	h := min(a[1]+a[3], b[1]+b[3]) - max(a[1], b[1])
	if w <= 0 || h <= 0 {
		return 0
	}
	return w * h
}
