package lang

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"sync"

	"gopkg.in/yaml.v3"
)

// catalogue translates English texts into one language.
type catalogue struct {
	name  string
	texts map[string]string

	mu      sync.Mutex
	missing map[string]bool
}

// file is a catalogue as it is written.
type file struct {
	Language string            `yaml:"language"` // the tag
	Name     string            `yaml:"name"`     // what the language calls itself
	Texts    map[string]string `yaml:"texts"`    // English → the language
}

// Load returns the languages of the sources and those with a catalogue
// (*.yaml) in a folder, by tag. An entry whose {placeholders} are not those of
// the English text, or that has other forms for one and several, is an error.
func Load(folder fs.FS) ([]Lang, error) {
	list := []Lang{ZH, EN}
	names, err := fs.Glob(folder, "*.yaml")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		l, err := read(folder, name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path.Base(name), err)
		}
		if slices.ContainsFunc(list, func(other Lang) bool { return other.Tag() == l.Tag() }) {
			return nil, fmt.Errorf("%s: there is a language %q already", path.Base(name), l.Tag())
		}
		list = append(list, l)
	}
	return list, nil
}

var tagPattern = regexp.MustCompile(`^[a-z]{2,3}$`)

func read(folder fs.FS, name string) (Lang, error) {
	data, err := fs.ReadFile(folder, name)
	if err != nil {
		return Lang{}, err
	}
	var f file
	if err := yaml.Unmarshal(data, &f); err != nil {
		return Lang{}, err
	}
	if !tagPattern.MatchString(f.Language) || f.Name == "" {
		return Lang{}, errors.New("language (two or three small letters) and name are wanted")
	}
	c := &catalogue{name: f.Name, texts: map[string]string{}, missing: map[string]bool{}}
	for english, text := range f.Texts {
		if text == "" {
			continue // to be translated
		}
		if err := Fits(english, text); err != nil {
			return Lang{}, fmt.Errorf("%q: %w", english, err)
		}
		c.texts[english] = text
	}
	return Lang{tag: f.Language, catalogue: c}, nil
}

// Fits reports whether a translation can stand for an English text: the same
// {placeholders}, and a form for several (behind |) only where the English text
// has one.
func Fits(english, text string) error {
	if want, got := placeholders(english), placeholders(text); !slices.Equal(want, got) {
		return fmt.Errorf("its placeholders are %v, not %v", got, want)
	}
	if counts(text) && !counts(english) {
		return errors.New("it has forms for one and for several, divided by |, but the English text is said of any number")
	}
	return nil
}

var (
	placeholder = regexp.MustCompile(`\{[a-z_][a-z0-9_.]*(\|[a-z]+)?\}`)
	twoForms    = regexp.MustCompile(`\{n\}[^|{}]*\|[^|{}]*\{n\}`)
)

// placeholders lists the placeholders of a text, each once, sorted: the forms
// for one and several share theirs.
func placeholders(text string) []string {
	out := placeholder.FindAllString(text, -1)
	slices.Sort(out)
	return slices.Compact(out)
}

func counts(text string) bool { return twoForms.MatchString(text) }

func (c *catalogue) say(english string) string {
	if text, ok := c.texts[english]; ok {
		return text
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.missing[english] = true
	return english
}

func (c *catalogue) lacked() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := make([]string, 0, len(c.missing))
	for text := range c.missing {
		out = append(out, text)
	}
	slices.Sort(out)
	return out
}

// Translated lists the English texts the catalogue translates, sorted.
func (l Lang) Translated() []string {
	if l.catalogue == nil {
		return nil
	}
	return slices.Sorted(maps.Keys(l.catalogue.texts))
}
