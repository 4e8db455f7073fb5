package papers

import (
	"bytes"
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"
)

//go:embed places.yaml
var placesYAML []byte

// placeTable is places.yaml as written.
type placeTable struct {
	Places map[string][]string `yaml:"places"` // code: words
	Groups []struct {
		Words   []string `yaml:"words"`
		Members []string `yaml:"members"`
	} `yaml:"groups"`
	Everywhere []string          `yaml:"everywhere"`
	Abroad     []string          `yaml:"abroad"`
	Sites      map[string]string `yaml:"sites"` // key of product.sites: code, empty for no one country
}

// placeWord is a word for one or more places, the longest words first.
type placeWord struct {
	word       string
	codes      []string
	everywhere bool
	abroad     bool
}

type places struct {
	words []placeWord
	sites map[string]string
}

// knownPlaces is read when the first territory is judged. The file is part of
// the program and a test reads it.
var knownPlaces = sync.OnceValue(func() *places {
	p, _ := loadPlaces(placesYAML)
	return p
})

func loadPlaces(data []byte) (*places, error) {
	var t placeTable
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(&t); err != nil {
		return &places{}, fmt.Errorf("places: %w", err)
	}
	p := &places{sites: t.Sites}
	for code, list := range t.Places {
		for _, w := range list {
			p.words = append(p.words, placeWord{word: w, codes: []string{code}})
		}
	}
	for _, g := range t.Groups {
		for _, w := range g.Words {
			p.words = append(p.words, placeWord{word: w, codes: g.Members})
		}
	}
	for _, w := range t.Everywhere {
		p.words = append(p.words, placeWord{word: w, everywhere: true})
	}
	for _, w := range t.Abroad {
		p.words = append(p.words, placeWord{word: w, abroad: true})
	}
	slices.SortFunc(p.words, func(a, b placeWord) int {
		if n := len(b.word) - len(a.word); n != 0 {
			return n
		}
		return strings.Compare(a.word, b.word)
	})
	return p, nil
}

// reach is where a grant holds.
type reach struct {
	everywhere bool
	abroad     bool     // everywhere but mainland China
	codes      []string // places named
	not        []string // places left out
	unknown    []string // of what was written, what names no place known
}

// leftOut is a place that a territory leaves out.
var leftOut = regexp.MustCompile(`(?i)(?:除|不含|不包括|不包含|排除|excluding|except(?: for)?|other than|outside(?: of)?)\s*([^)）(（,，;；。]{1,40}?)(?:以外|之外|外|[)）,，;；。]|$)`)

// read takes a territory as written apart.
func (p *places) read(territory []string) reach {
	var r reach
	for _, t := range territory {
		if len(t) == 2 && slices.ContainsFunc(p.words, func(w placeWord) bool { return slices.Contains(w.codes, t) }) {
			r.codes = append(r.codes, t)
			continue
		}
		t = strings.ToLower(t)
		for _, m := range leftOut.FindAllStringSubmatch(t, 4) {
			out, _ := p.find(m[1])
			r.not = append(r.not, out.codes...)
			if slices.Contains(out.codes, "CN") {
				r.abroad = true
			}
		}
		t = leftOut.ReplaceAllString(t, " ")
		got, rest := p.find(t)
		r.everywhere, r.abroad = r.everywhere || got.everywhere, r.abroad || got.abroad
		r.codes = append(r.codes, got.codes...)
		if rest != "" {
			r.unknown = append(r.unknown, rest)
		}
	}
	return r
}

// ofPlaces are words of a territory that name none.
var ofPlaces = regexp.MustCompile(`(?i)大陆|境内|地区|区域|市场|范围|国家|领土|全境|全国|站点?|内|及|和|与|的|等|仅限?|只限?|限于|\b(?:the|and|or|in|of|within|territory|region|market|only|countries|country|all|whole|entire)\b|[\s\p{P}\p{S}\d]`)

// find lists the places a text names and what is left of it.
func (p *places) find(text string) (reach, string) {
	var r reach
	for _, w := range p.words {
		for {
			i := indexWord(text, w.word)
			if i < 0 {
				break
			}
			text = text[:i] + " " + text[i+len(w.word):]
			r.everywhere, r.abroad = r.everywhere || w.everywhere, r.abroad || w.abroad
			r.codes = append(r.codes, w.codes...)
		}
	}
	return r, ofPlaces.ReplaceAllString(text, "")
}

// indexWord finds a word: Latin ones by themselves, others anywhere.
func indexWord(text, word string) int {
	for at := 0; ; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return -1
		}
		i += at
		end := i + len(word)
		if word[0] >= 0x80 || (i == 0 || !isLetter(text[i-1])) && (end == len(text) || !isLetter(text[end])) {
			return i
		}
		at = end
	}
}

func isLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }

// uncovered lists the countries of sites that the grant does not reach; some is
// false where it reaches nothing outside mainland China, which no site of the
// marketplace sells to.
func (p *places) uncovered(r reach, sites []string) (missing []string, some bool) {
	covers := func(code string) bool {
		if slices.Contains(r.not, code) {
			return false
		}
		return r.everywhere || r.abroad && code != "CN" || slices.Contains(r.codes, code)
	}
	some = r.everywhere || r.abroad || slices.ContainsFunc(r.codes, func(c string) bool { return c != "CN" })
	for _, s := range sites {
		code, ok := p.sites[strings.ToLower(s)]
		if !ok {
			code = strings.ToUpper(s)
		}
		if code != "" && !covers(code) && !slices.Contains(missing, code) {
			missing = append(missing, code)
		}
	}
	return missing, some
}
