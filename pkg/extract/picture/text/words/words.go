// Package words says what the words of a line of text mean on a picture: promotional
// words, AI labels, the wordings of marks, contact details, store IDs, brands. It
// works on strings alone; what a line looks like and where it stands is judged by
// others (pkg/extract/picture/text).
//
// It may import pkg/contacts, pkg/edits and pkg/facts.
package words

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"gopkg.in/yaml.v3"

	"github.com/aecheck/aecheck/pkg/contacts"
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

// Lexicon is words.yaml, compiled, with the patterns of contact details. It is for
// many goroutines.
type Lexicon struct {
	list     list
	contacts *contacts.Detector
	store    storeForms
	captions captions
}

// list is words.yaml.
type list struct {
	Promotions     []word `yaml:"promotions"`
	Labels         []word `yaml:"labels"`
	LabelParts     []word `yaml:"label_parts"`
	ChineseMarks   word   `yaml:"chinese_marks"`
	Forbidding     word   `yaml:"forbidding"`
	Copyright      word   `yaml:"copyright"`
	CircledYear    word   `yaml:"circled_year"`
	Stock          word   `yaml:"stock"`
	StockNumber    word   `yaml:"stock_number"`
	Platforms      word   `yaml:"platforms"`
	PlatformWords  word   `yaml:"platform_words"`
	CameraSettings word   `yaml:"camera_settings"`
	CameraMakers   word   `yaml:"camera_makers"`
	Messengers     word   `yaml:"messengers"`
	Pieces         word   `yaml:"pieces"`
}

// Load makes the lexicon; an error means that the built-in lists are damaged.
func Load() (*Lexicon, error) {
	w, err := read(wordsYAML)
	if err != nil {
		return nil, err
	}
	d, err := contacts.New()
	if err != nil {
		return nil, err
	}
	c, err := readCaptions(captionsYAML)
	if err != nil {
		return nil, err
	}
	return &Lexicon{*w, d, newStoreForms(), newCaptions(c)}, nil
}

func read(data []byte) (*list, error) {
	var w list
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(&w); err != nil {
		return nil, fmt.Errorf("words: %w", err)
	}
	all := []*word{&w.ChineseMarks, &w.Forbidding, &w.Copyright, &w.CircledYear, &w.Stock, &w.StockNumber, &w.Platforms, &w.PlatformWords, &w.CameraSettings, &w.CameraMakers, &w.Messengers, &w.Pieces}
	for i := range w.Promotions {
		all = append(all, &w.Promotions[i])
	}
	for i := range w.Labels {
		all = append(all, &w.Labels[i])
	}
	for i := range w.LabelParts {
		all = append(all, &w.LabelParts[i])
	}
	for _, x := range all {
		re, err := regexp.Compile(x.Match)
		if err == nil && x.Match == "" {
			err = errors.New("nothing to match")
		}
		if err != nil {
			return nil, fmt.Errorf("words: %s%s: bad expression %q: %w", x.Value, x.Form, x.Match, err)
		}
		x.re = re
	}
	return &w, nil
}

// Plain is a text in lower case, full-width forms folded, spaces single.
func Plain(s string) string {
	return strings.Join(strings.Fields(strings.ToLower(norm.NFKC.String(s))), " ")
}

// Key folds a text for comparing keywords: Plain, without spaces and marks, and
// with the letters a recogniser mixes up made one (I, l, 1, | → l; O, 0 → 0).
// Never used for the digits of an ID.
func Key(s string) string {
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
	}, Plain(s))
}

// formOf returns the form of the label, or part of one, in a line, "" for none.
func formOf(labels []word, s string) string {
	k := Key(s)
	for _, l := range labels {
		if l.re.MatchString(k) {
			return l.Form
		}
	}
	return ""
}

// Han returns the Han characters of a text.
func Han(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Han, r) {
			return r
		}
		return -1
	}, s)
}
