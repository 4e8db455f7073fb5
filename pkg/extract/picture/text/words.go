package text

import (
	"bytes"
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"gopkg.in/yaml.v3"
)

//go:embed words.yaml
var wordsYAML []byte

// word is one entry of words.yaml.
type word struct {
	Value      string   `yaml:"value"`
	Form       string   `yaml:"form"`
	Match      string   `yaml:"match"`
	Confidence float64  `yaml:"confidence"`
	Yes        []string `yaml:"yes"`
	No         []string `yaml:"no"`
	re         *regexp.Regexp
}

// words is words.yaml, compiled.
type words struct {
	Promotions   []word `yaml:"promotions"`
	Labels       []word `yaml:"labels"`
	ChineseMarks word   `yaml:"chinese_marks"`
	Forbidding   word   `yaml:"forbidding"`
	Copyright    word   `yaml:"copyright"`
	CircledYear  word   `yaml:"circled_year"`
	Stock        word   `yaml:"stock"`
	StockNumber  word   `yaml:"stock_number"`
	Messengers   word   `yaml:"messengers"`
	Pieces       word   `yaml:"pieces"`
}

func loadWords(data []byte) (*words, error) {
	var w words
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(&w); err != nil {
		return nil, fmt.Errorf("words: %w", err)
	}
	all := []*word{&w.ChineseMarks, &w.Forbidding, &w.Copyright, &w.CircledYear, &w.Stock, &w.StockNumber, &w.Messengers, &w.Pieces}
	for i := range w.Promotions {
		all = append(all, &w.Promotions[i])
	}
	for i := range w.Labels {
		all = append(all, &w.Labels[i])
	}
	for _, x := range all {
		re, err := regexp.Compile(x.Match)
		if err != nil || x.Match == "" {
			return nil, fmt.Errorf("words: %s%s: bad expression %q: %v", x.Value, x.Form, x.Match, err)
		}
		x.re = re
	}
	return &w, nil
}

// plain is a text in lower case, full-width forms folded, spaces single.
func plain(s string) string {
	return strings.Join(strings.Fields(strings.ToLower(norm.NFKC.String(s))), " ")
}

// key folds a text for comparing keywords: plain, without spaces and marks, and
// with the letters a recogniser mixes up made one (I, l, 1, | → l; O, 0 → 0).
// Never used for the digits of an ID.
func key(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case 'i', '1', '|':
			return 'l'
		case 'o':
			return '0'
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, plain(s))
}

// labelForm returns the form of the AI label in a line, "" for none.
func (w *words) labelForm(s string) string {
	k := key(s)
	for _, l := range w.Labels {
		if l.re.MatchString(k) {
			return l.Form
		}
	}
	return ""
}

// hanOf returns the Han characters of a text.
func hanOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Han, r) {
			return r
		}
		return -1
	}, s)
}
