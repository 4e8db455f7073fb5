package words

import (
	"bytes"
	_ "embed"
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"gopkg.in/yaml.v3"
)

//go:embed captions.yaml
var captionsYAML []byte

// captionList is captions.yaml.
type captionList struct {
	Words     map[string]map[string][]string `yaml:"words"` // theme, then language
	Links     []string                       `yaml:"links"`
	Phrases   []string                       `yaml:"phrases"`
	Yes       []string                       `yaml:"yes"`
	No        []string                       `yaml:"no"`
	Sentences []string                       `yaml:"sentences"`
	Names     []string                       `yaml:"names"`
}

// captions knows the words of captions.
type captions struct {
	naming  map[string]bool // words that name something
	linking map[string]bool
	phrases map[string]bool
	longest int // characters of the longest word
}

func readCaptions(data []byte) (*captionList, error) {
	var l captionList
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(&l); err != nil {
		return nil, fmt.Errorf("captions: %w", err)
	}
	return &l, nil
}

func newCaptions(l *captionList) captions {
	c := captions{map[string]bool{}, map[string]bool{}, map[string]bool{}, 0}
	folded := func(word string) string { return strings.Join(letters(word), "") }
	for _, theme := range l.Words {
		for _, list := range theme {
			for _, w := range list {
				c.naming[folded(w)] = true
				c.longest = max(c.longest, len([]rune(w)))
			}
		}
	}
	for _, w := range l.Links {
		c.linking[folded(w)] = true
	}
	for _, w := range l.Phrases {
		c.phrases[folded(w)] = true
	}
	return c
}

// letters are the words of a text in small letters without accents.
func letters(s string) []string {
	bare := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case r == 'ß':
			return 's'
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(strings.ReplaceAll(s, "ß", "ss")))
	return strings.FieldsFunc(bare, func(r rune) bool { return !unicode.IsLetter(r) })
}

// Caption reports a line that says nothing but what captions of product pictures
// say: "Black", "Front view", "Made in China". Readers lose spaces, so the letters
// are parted into known words wherever those end; three letters in four must belong
// to words that name something.
func (w *Lexicon) Caption(text string) bool { return w.captions.caption(text) }

func (c *captions) caption(text string) bool {
	const most = 80 // characters: more is no caption
	var all []rune
	ends := map[int]bool{0: true} // where a word ends as it was read
	for _, word := range letters(text) {
		all = append(all, []rune(word)...)
		ends[len(all)] = true
	}
	if len(all) == 0 || len(all) > most {
		return false
	}
	// best[i] is the most letters of naming words among the first i, −1 where
	// those cannot be parted into words.
	best := make([]int, len(all)+1)
	for i := 1; i <= len(all); i++ {
		best[i] = -1
		for n := 1; n <= min(i, c.longest); n++ {
			if best[i-n] < 0 {
				continue
			}
			word := string(all[i-n : i])
			switch {
			case c.naming[word]:
				best[i] = max(best[i], best[i-n]+n)
			case c.linking[word] && (ends[i-n] && ends[i] || joins(word) && i > n && i < len(all)):
				best[i] = max(best[i], best[i-n])
			}
		}
	}
	return best[len(all)] > 0 && 4*best[len(all)] >= 3*len(all)-4
}

// joins reports a link that may stand between two words without spaces: of two
// letters or more, or a Chinese one.
func joins(word string) bool { return len([]rune(word)) > 1 || Han(word) != "" }

// Sentence reports a line that is more than a name: three words and more with one
// between them that joins them, five words, or a long Chinese line.
func (w *Lexicon) Sentence(text string) bool { return w.captions.sentence(text) }

func (c *captions) sentence(text string) bool {
	const words, han = 5, 9
	list := letters(text)
	if len(list) >= words || len([]rune(Han(text))) >= han {
		return true
	}
	for i, word := range list {
		if i > 0 && i < len(list)-1 && c.phrases[word] {
			return true
		}
	}
	return false
}
