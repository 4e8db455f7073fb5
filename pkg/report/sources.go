package report

import (
	"cmp"
	"math"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/lang"
)

// numbered is how rules call the facts of the appeal they rest on, which mean nothing
// to a reader.
var numbered = regexp.MustCompile(`^M\d+(\(\d+\))?$`)

// sourcesOf is where a rule comes from: as rules write it, else what it means. What has no meaning for people is left out.
func (v *view) sourcesOf(f *finding, asWritten bool) []PageSource {
	var out []PageSource
	for _, s := range f.Sources {
		source := PageSource{Text: clean(s)}
		if strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") {
			source.Link = clean(s)
		}
		if !asWritten {
			meaning := clean(v.o.Sources[s].In(v.o.Lang))
			switch {
			case meaning != "":
				source.Text = meaning
			case numbered.MatchString(s):
				continue
			case source.Link != "":
				source.Text = host(s)
			}
		}
		out = append(out, source)
	}
	return out
}

// standing says how good the sources of a finding are and how sure it is.
func (v *view) standing(f *finding) []string {
	var out []string
	if f.Basis != "" {
		out = append(out, v.basis(f.Basis))
	}
	if word := v.confidence(f.Confidence); word != "" {
		out = append(out, lang.Fill(v.say.Confidence, "word", word))
	}
	return out
}

// sources says all that on one line. Not as rules write it, it names one of the sources
// alone, the one that is said in the fewest words, and of an address whose it is.
func (v *view) sources(f *finding, asWritten bool) string {
	all := v.sourcesOf(f, asWritten)
	if !asWritten && len(all) > 1 {
		length := func(s PageSource) int {
			if s.Link != "" && s.Text == host(s.Link) {
				return math.MaxInt // whose it is says less than what it says
			}
			return len(s.Text)
		}
		all = []PageSource{slices.MinFunc(all, func(a, b PageSource) int { return cmp.Compare(length(a), length(b)) })}
	}
	var parts []string
	for _, s := range all {
		if s.Link != "" && !asWritten && s.Text != host(s.Link) {
			s.Text += v.paren(host(s.Link))
		}
		parts = append(parts, s.Text)
	}
	parts = append(parts, v.standing(f)...)
	if len(parts) == 0 {
		return v.words.Nothing
	}
	return strings.Join(parts, " · ")
}

// host is whose page an address is.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return clean(address)
	}
	return clean(strings.TrimPrefix(u.Hostname(), "www."))
}
