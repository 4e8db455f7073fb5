package material

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/aecheck/aecheck/pkg/pinyin"
)

// Strength says how well a name matches an alias.
type Strength int

const (
	// None: no alias matches.
	None Strength = iota
	// Loose: the name contains a Latin alias, or a Chinese one in pinyin, as words of
	// its own.
	Loose
	// Close: the name contains a Chinese alias; those are long and specific
	// enough that other words around them do not change the meaning.
	Close
	// Exact: the name is the alias, numbering and copy marks aside.
	Exact
)

// Matcher finds the kind or slot that a file or folder name stands for.
//
// Names and aliases are folded alike: NFKC (so full-width letters and brackets
// count as plain ones), case folding, words split at anything that is neither
// letter nor digit and at a lower-to-upper step. "upload_log", "Upload Log"
// and "UploadLog" are one name. Numbering in front ("01_", "3、", "(2)", "一、",
// "B.") and behind ("-2", "(1)", " copy", "副本", dates) is dropped.
//
// Chinese aliases match in pinyin too, as Latin ones do: "yuantu", "4_tihuan_tu".
//
// A name that contains several aliases goes by the one that ends last, since
// both languages put the head noun last: 替换图授权书 is a letter. What stands in
// brackets counts only where nothing outside them matches.
type Matcher struct {
	aliases []alias
	exact   map[string]string // compact alias → target
	files   []filePattern
}

type filePattern struct {
	target string
	name   *regexp.Regexp
}

type alias struct {
	target  string
	compact string
	words   []string
	han     bool
	pinyin  bool // words is what they are together; a name may part them anywhere
}

// NewMatcher compiles names. Their order decides between aliases that are
// otherwise equal.
func NewMatcher(names []Names) *Matcher {
	m := &Matcher{exact: map[string]string{}}
	for _, n := range names {
		for _, re := range n.Files {
			m.files = append(m.files, filePattern{n.ID, re})
		}
		for _, name := range append([]string{n.ID}, n.Aliases...) {
			words := split(name)
			if len(words) == 0 {
				continue
			}
			c := strings.Join(words, "")
			if m.exact[c] == "" {
				m.exact[c] = n.ID
			}
			m.aliases = append(m.aliases, alias{target: n.ID, compact: c, words: words, han: hasHan(c) && utf8.RuneCountInString(c) >= 2})
		}
	}
	m.spell()
	return m
}

// spell adds the Chinese aliases in pinyin, behind all that are written out.
func (m *Matcher) spell() {
	for _, a := range m.aliases {
		if !a.han {
			continue
		}
		for _, s := range pinyin.Spellings(a.compact) {
			if m.exact[s] == "" {
				m.exact[s] = a.target
				m.aliases = append(m.aliases, alias{target: a.target, compact: s, pinyin: true})
			}
		}
	}
}

// MatchFile returns the target that a whole file name is written for, "" for none.
func (m *Matcher) MatchFile(name string) string {
	for _, f := range m.files {
		if f.name.MatchString(name) {
			return f.target
		}
	}
	return ""
}

// Match returns the target a name stands for and how surely; "" and None
// where no alias matches. The name comes without its extension.
func (m *Matcher) Match(name string) (target string, s Strength) {
	if len(name) > 1024 {
		return "", None // longer than any file system allows
	}
	words := split(name)
	if len(words) == 0 {
		return "", None
	}
	if t := m.whole(words); t != "" {
		return t, Exact
	}
	outside, inside := brackets(name)
	if w := split(outside); len(w) > 0 && inside != "" {
		if t := m.whole(w); t != "" {
			return t, Exact
		}
		if t, s := m.contained(w); s != None {
			return t, s
		}
	}
	return m.contained(words)
}

// maxTrim is how many words of numbering are set aside at either end: a date
// and time are six.
const maxTrim = 6

// whole returns the target that the words as a whole stand for, numbering in
// front and numbers, dates and copy marks behind set aside one by one.
func (m *Matcher) whole(words []string) string {
	front, behind := 0, 0
	for front < min(maxTrim, len(words)-1) && isNumbering(words[front]) {
		front++
	}
	for behind < min(maxTrim, len(words)-1) && isTrailing(words[len(words)-1-behind]) {
		behind++
	}
	for i := range front + 1 {
		for j := range behind + 1 {
			if i+j >= len(words) {
				continue
			}
			w := words[i : len(words)-j]
			if t := m.exact[strings.Join(w, "")]; t != "" {
				return t
			}
			// main12, 2main; 3x4 and the like stay as they are
			if len(w) == 1 {
				bare := strings.TrimFunc(w[0], unicode.IsDigit)
				if t := m.exact[bare]; t != "" && !strings.ContainsFunc(bare, unicode.IsDigit) {
					return t
				}
			}
		}
	}
	return ""
}

// contained looks for the alias that ends last inside the words.
func (m *Matcher) contained(words []string) (string, Strength) {
	compact := strings.Join(words, "")
	var best *alias
	bestEnd, strength := -1, None
	for i := range m.aliases {
		a := &m.aliases[i]
		end, s := -1, None
		if a.han {
			if at := strings.LastIndex(compact, a.compact); at >= 0 {
				end, s = at+len(a.compact), Close
			}
		} else if a.pinyin {
			if at := lastRun(words, a.compact); at >= 0 {
				end, s = at, Loose
			}
		} else if at := lastWords(words, a.words); at >= 0 {
			end, s = at, Loose
		}
		if s == None || s < strength {
			continue
		}
		if s > strength || end > bestEnd || end == bestEnd && len(a.compact) > len(best.compact) {
			best, bestEnd, strength = a, end, s
		}
	}
	if best == nil {
		return "", None
	}
	return best.target, strength
}

// lastWords returns the end, in bytes of the joined words, of the last run
// equal to want (its last word may carry a plural s or a number), or -1.
func lastWords(words, want []string) int {
	for i := len(words) - len(want); i >= 0; i-- {
		ok := true
		for j, w := range want {
			rest, same := strings.CutPrefix(words[i+j], w)
			last := j == len(want)-1
			if !same || rest != "" && !(last && (rest == "s" || isNumber(rest))) {
				ok = false
				break
			}
		}
		if ok {
			return len(strings.Join(words[:i+len(want)], ""))
		}
	}
	return -1
}

// lastRun returns the end, in bytes of the joined words, of the last run of words that
// together are want (a number may follow in its last word), or -1.
func lastRun(words []string, want string) int {
	for i := len(words) - 1; i >= 0; i-- {
		rest := want
		for j := i; j < len(words) && rest != ""; j++ {
			if after, ok := strings.CutPrefix(words[j], rest); ok && isNumber(after) {
				return len(strings.Join(words[:j+1], ""))
			}
			after, ok := strings.CutPrefix(rest, words[j])
			if !ok {
				break
			}
			rest = after
		}
	}
	return -1
}

// split folds a name into words. Han and other letters are words apart, so
// are digits, except that a digit stays with the Latin letters it touches
// ("1x1", "3c").
func split(name string) []string {
	var out []string
	var cur []rune
	flush := func() {
		if len(cur) > 0 {
			out = append(out, fold(string(cur)))
			cur = cur[:0]
		}
	}
	var last rune
	for _, r := range plainLatin(norm.NFKC.String(name)) {
		switch {
		case unicode.Is(unicode.Han, r):
			if len(cur) > 0 && !unicode.Is(unicode.Han, last) {
				flush()
			}
		case unicode.IsLetter(r) || unicode.IsMark(r):
			if len(cur) > 0 && (unicode.Is(unicode.Han, last) || unicode.IsUpper(r) && unicode.IsLower(last)) {
				flush()
			}
		case unicode.IsDigit(r):
			if len(cur) > 0 && unicode.Is(unicode.Han, last) {
				flush()
			}
		default:
			flush()
			last = r
			continue
		}
		cur = append(cur, r)
		last = r
	}
	flush()
	return out
}

// plainLatin takes the accents off letters: "Notificación" and "taahhütname" are often
// typed without. Marks of other scripts, which make another letter, stay.
func plainLatin(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x80 && !unicode.Is(unicode.Han, r) }) {
		return s
	}
	bare := strings.Map(func(r rune) rune {
		switch {
		case r >= 0x300 && r < 0x370: // combining diacritical marks
			return -1
		case r == 'ı':
			return 'i'
		case r == 'ł':
			return 'l'
		case r == 'Ł':
			return 'L'
		}
		return r
	}, norm.NFD.String(s))
	return norm.NFC.String(bare)
}

// isNumbering reports whether a first word is "01", "b" or "一".
func isNumbering(w string) bool {
	if isNumber(w) {
		return true
	}
	r := []rune(w)
	if len(r) == 1 && r[0] >= 'a' && r[0] <= 'z' {
		return true
	}
	return len(r) <= 3 && strings.Trim(w, "一二三四五六七八九十") == ""
}

func isNumber(w string) bool {
	return strings.TrimFunc(w, unicode.IsDigit) == ""
}

// isTrailing reports whether a last word is a number or a copy mark.
func isTrailing(w string) bool {
	if isNumber(w) {
		return true
	}
	switch w {
	case "copy", "副本", "复制", "備份", "备份", "final", "new", "新", "v", "最终版", "定稿", "文件夹", "文件", "folder", "files":
		return true
	}
	return len(w) > 1 && w[0] == 'v' && isNumber(w[1:])
}

// brackets divides a name into what stands outside and inside brackets.
func brackets(name string) (outside, inside string) {
	var out, in strings.Builder
	depth := 0
	for _, r := range norm.NFKC.String(name) {
		switch r {
		case '(', '[', '{', '【', '〔', '「', '《':
			depth++
			out.WriteByte(' ')
		case ')', ']', '}', '】', '〕', '」', '》':
			depth = max(0, depth-1)
		default:
			if depth > 0 {
				in.WriteRune(r)
			} else {
				out.WriteRune(r)
			}
		}
	}
	return out.String(), in.String()
}

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}
