package parties

import (
	"bytes"
	"embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

//go:embed words/*.yaml
var files embed.FS

// table is a file of words/ as written, one a language.
type table struct {
	Language string `yaml:"language"`
	// Labels are the words before a name: by role (grantor, grantee,
	// rights_holder, promisor), and the sides of a contract (first, second).
	Labels map[string][]string `yaml:"labels"`
	// Suffixes may follow a label before its colon.
	Suffixes []string `yaml:"suffixes"`
	// Plain are labels of a name within the block of a role.
	Plain []string `yaml:"plain"`
	// Signs say that a label names the place of a signature or seal.
	Signs     []string            `yaml:"signs"`
	Sentences []sentence          `yaml:"sentences"`
	Examples  map[string][]string `yaml:"examples"` // page: "role=name" that are read, in any order
}

// sentence is a way of saying who is who.
type sentence struct {
	Name   string   `yaml:"name"`
	Weight float64  `yaml:"weight"` // 0..1, how much it speaks for the role
	Only   []string `yaml:"only"`   // kinds of paper (facts.Document.Kind) it is for; empty for all
	// Near are words of which one stands in every match, in lower case: the
	// expression runs on what lies around them alone.
	Near []string `yaml:"near"`
	// Regex is an RE2 expression with a group named after each role it gives; {ORG}
	// stands for the name of an organisation, behind which an explanation in
	// brackets may stand.
	Regex string `yaml:"regex"`
	// NotAfter is what must not stand before a match.
	NotAfter string `yaml:"not_after"`
	// Reject is what a match, with a few characters after it, must not hold.
	Reject   string              `yaml:"reject"`
	Positive map[string][]string `yaml:"positive"` // text: "role=name" it gives
	Negative []string            `yaml:"negative"` // texts in which it gives nothing

	once   sync.Once
	re     *regexp.Regexp
	reject *regexp.Regexp // nil for none
	before *regexp.Regexp // nil for none
}

// The forms of organisations: Chinese ones, and those of the rest.
const (
	zhForms = `有限责任公司|股份有限公司|集团有限公司|有限公司|股份公司|公司|集团|工作室|经营部|商行|商贸部|事务所|研究院|研究所|协会|有限合伙\)?|合伙企业|摄影店|旗舰店|专营店|专卖店|门市部|服装店|服饰店|百货店|商店|电商中心|设计中心|厂|有限責任公司|股份有限公司|有限公司`
	enForms = `Co\.?[ \n]?,?[ \n]{0,2}Ltd\.?|Company[ \n]?Limited|(?:Business|Operation|Sales)[ \n]?Department|Trading[ \n]?(?:Firm|House)|Studio|Workshop|Pty\.?[ \n]?Ltd\.?|Pte\.?[ \n]?Ltd\.?|Ltd\.?|Limited|LLC|L\.L\.C\.?|LLP|Inc\.?|Incorporated|Corp\.?|Corporation|GmbH(?: ?& ?Co\.? ?KG)?|AG|KG|UG|S\.?A\.?S\.?|S\.?A\.?R\.?L\.?|S\.?r\.?l\.?|S\.?p\.?A\.?|S\.? ?L\.?U?\.?|S\.?A\.?|B\.?V\.?|N\.?V\.?|PLC|Oy|AB|A/S|ApS|K\.?K\.?|Sp\. ?z ?o\.o\.|Ltda\.?|ООО|OOO`
	zhName  = `[\p{Han}A-Za-z0-9()·&.\n-]{2,50}?(?:` + zhForms + `)`
	enName  = `[A-Z0-9][\p{L}\d&.,'’()/ \n-]{1,90}?(?:` + enForms + `)`
	anyName = `(?:` + zhName + `|` + enName + `)`
)

func (s *sentence) regexp() *regexp.Regexp {
	s.once.Do(func() {
		source := s.Regex
		// A line may end within the words that matter most.
		for _, w := range breakable {
			r := []rune(w)
			source = strings.ReplaceAll(source, w, string(r[:1])+`\n?`+string(r[1:]))
		}
		if s.Reject != "" {
			s.reject = regexp.MustCompile(s.Reject)
		}
		if s.NotAfter != "" {
			s.before = regexp.MustCompile(`(?:` + s.NotAfter + `)$`)
		}
		// What a name is called from here on, or is, may follow in brackets.
		source = strings.ReplaceAll(source, "{ORG})", anyName+`)(?:[ \n]?\([^()\n]{1,60}\))?`)
		s.re = regexp.MustCompile(strings.ReplaceAll(source, "{ORG}", anyName))
	})
	return s.re
}

// breakable are words of two characters that are read across a line's end.
var breakable = [...]string{"授权", "许可", "委托", "授予", "承诺", "简称"}

func (s *sentence) isFor(kind string) bool { return len(s.Only) == 0 || slices.Contains(s.Only, kind) }

// label is one word before a name.
type label struct {
	word []rune // lower case, without blanks
	role string
}

// vocabulary is all languages together: papers are bilingual.
type vocabulary struct {
	labels    map[rune][]label // by first character, longest first
	suffixes  map[rune][]label
	plain     map[rune][]label
	signs     []string
	sentences []*sentence
	tables    []*table
}

// words are read once, when the first letter is. The files are part of the
// program and a test reads them: what is wrong in one could only be left out.
var words = sync.OnceValue(func() *vocabulary {
	v, _ := load()
	return v
})

func load() (*vocabulary, error) {
	v := &vocabulary{labels: map[rune][]label{}, suffixes: map[rune][]label{}, plain: map[rune][]label{}}
	entries, err := files.ReadDir("words")
	if err != nil {
		return v, err
	}
	for _, e := range entries {
		data, err := files.ReadFile("words/" + e.Name())
		if err != nil {
			return v, err
		}
		t := &table{}
		dec := yaml.NewDecoder(bytes.NewReader(data))
		dec.KnownFields(true)
		if err := dec.Decode(t); err != nil {
			return v, fmt.Errorf("words of parties, %s: %w", e.Name(), err)
		}
		v.tables = append(v.tables, t)
		for role, list := range t.Labels {
			put(v.labels, role, list)
		}
		put(v.suffixes, "", t.Suffixes)
		put(v.plain, "", t.Plain)
		v.signs = append(v.signs, t.Signs...)
		for i := range t.Sentences {
			s := &t.Sentences[i]
			if s.Weight <= 0 || s.Weight > 1 || len(s.Near) == 0 {
				return v, fmt.Errorf("words of parties, %s: %s wants a weight in (0, 1] and words near", e.Name(), s.Name)
			}
			v.sentences = append(v.sentences, s)
		}
	}
	for _, m := range [...]map[rune][]label{v.labels, v.suffixes, v.plain} {
		for first := range m {
			slices.SortStableFunc(m[first], func(a, b label) int { return len(b.word) - len(a.word) })
		}
	}
	return v, nil
}

func put(m map[rune][]label, role string, list []string) {
	for _, w := range list {
		word := []rune(strings.ReplaceAll(strings.ToLower(w), " ", ""))
		m[word[0]] = append(m[word[0]], label{word, role})
	}
}

// match finds the longest word of a list that a text begins with, blanks left
// out of account; end is the offset after it, 0 for none.
func match(m map[rune][]label, text string) (role string, end int) {
	first, _ := utf8.DecodeRuneInString(text)
	for _, l := range m[lower(first)] {
		if end := begins(text, l.word); end > 0 {
			return l.role, end
		}
	}
	return "", 0
}

// begins returns the offset after a word at the beginning of a text, 0 where
// it does not stand there. A Latin word must end there.
func begins(text string, word []rune) int {
	i := 0
	for at, r := range text {
		if i == len(word) {
			if isLatin(word[i-1]) && isLatin(r) {
				return 0
			}
			return at
		}
		if r == ' ' && i > 0 {
			continue
		}
		if lower(r) != word[i] {
			return 0
		}
		i++
	}
	if i == len(word) {
		return len(text)
	}
	return 0
}
