package letter

import (
	"regexp"
	"sync"
)

// pattern is a regular expression that is compiled when it is first used: all
// of them together take some milliseconds and 4 MB, which commands that read no
// letter should not spend at every start.
type pattern struct {
	source string
	widen  func(source string) string // applied to source first, nil for nothing

	once     sync.Once
	compiled *regexp.Regexp
}

// re makes a pattern; one that is wrong panics at its first use.
func re(source string) *pattern { return &pattern{source: source} }

func (p *pattern) regexp() *regexp.Regexp {
	p.once.Do(func() {
		source := p.source
		if p.widen != nil {
			source = p.widen(source)
		}
		p.compiled = regexp.MustCompile(source)
	})
	return p.compiled
}

func (p *pattern) MatchString(s string) bool      { return p.regexp().MatchString(s) }
func (p *pattern) FindString(s string) string     { return p.regexp().FindString(s) }
func (p *pattern) FindStringIndex(s string) []int { return p.regexp().FindStringIndex(s) }
func (p *pattern) FindStringSubmatchIndex(s string) []int {
	return p.regexp().FindStringSubmatchIndex(s)
}
func (p *pattern) FindAllString(s string, n int) []string { return p.regexp().FindAllString(s, n) }
func (p *pattern) FindAllStringIndex(s string, n int) [][]int {
	return p.regexp().FindAllStringIndex(s, n)
}
func (p *pattern) FindAllStringSubmatch(s string, n int) [][]string {
	return p.regexp().FindAllStringSubmatch(s, n)
}
func (p *pattern) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return p.regexp().FindAllStringSubmatchIndex(s, n)
}
func (p *pattern) Split(s string, n int) []string { return p.regexp().Split(s, n) }
func (p *pattern) ReplaceAllString(s, with string) string {
	return p.regexp().ReplaceAllString(s, with)
}
