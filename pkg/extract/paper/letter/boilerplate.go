package letter

import (
	_ "embed"
	"regexp"
	"strings"
	"sync"

	"github.com/aecheck/aecheck/pkg/facts"
)

//go:embed boilerplate.txt
var boilerplateData string

// phrases are the stock phrases, compiled on first use: one pattern a line,
// blank lines and # comments left out.
var phrases = sync.OnceValue(func() []*regexp.Regexp {
	var out []*regexp.Regexp
	for line := range strings.Lines(boilerplateData) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		out = append(out, regexp.MustCompile(`(?i)`+line))
	}
	return out
})

// boilerplate returns the stock phrases in the text, each once (M29).
func boilerplate(t *text) []facts.DocLine {
	const most = 30
	var out []facts.DocLine
	for _, re := range phrases() {
		m := re.FindStringIndex(t.flow)
		if m == nil || len(out) == most {
			continue
		}
		l := t.at(span{m[0], m[1]})
		out = append(out, facts.DocLine{Page: l.Page, Text: strings.ReplaceAll(t.flow[m[0]:m[1]], "\n", ""), Confidence: l.Confidence, Box: l.Box})
	}
	return out
}
