// Package redact takes out of a report what should not reach outsiders: which
// files and whose they are. What is wrong and what to do stays.
//
// It may import pkg/verdict alone.
package redact

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/verdict"
)

// hidden stands for what was taken out.
const hidden = "•••"

// longNumber is a product, violation, shop or phone number inside a sentence.
var longNumber = regexp.MustCompile(`[0-9][0-9 -]{4,}[0-9]`)

// publicFacts start the names of facts whose texts describe pictures, not
// people: formats, colours, kinds of background.
func publicFacts() []string {
	return []string{"image.", "background.", "frame.", "quality.", "file.format", "file.extension", "clock."}
}

// Report returns a copy of r to show to outsiders: files go by kind and
// number, ids, texts read, people and pictures are hidden. words are further
// strings to hide wherever they occur, such as the company's name. Messages
// are sentences made elsewhere: what they quote is found in them again by the
// evidence, by words, and long numbers by their form.
func Report(r *verdict.Report, words []string) *verdict.Report {
	x := &redactor{names: map[string]string{}}
	for _, w := range words {
		x.hide(w)
	}
	for i := range r.Cases {
		x.learn(i+1, &r.Cases[i])
	}
	x.learnFindings(r.Batch.Findings)
	x.build()

	c := *r
	c.Rules.Layers = slices.Clone(r.Rules.Layers)
	for i := range c.Rules.Layers {
		c.Rules.Layers[i] = path.Base(strings.ReplaceAll(c.Rules.Layers[i], `\`, "/"))
	}
	c.Cases = slices.Clone(r.Cases)
	for i := range c.Cases {
		x.redactCase(&c.Cases[i])
	}
	c.Batch.Findings = x.findings(r.Batch.Findings)
	c.Problems = slices.Clone(r.Problems)
	for i := range c.Problems {
		c.Problems[i].Path = x.path(c.Problems[i].Path)
		c.Problems[i].Message = x.sentence(c.Problems[i].Message)
	}
	return &c
}

// redactor knows what must not be seen and what stands in its place.
type redactor struct {
	names    map[string]string
	replacer *strings.Replacer
}

// hide takes out a string wherever it occurs. Very short ones would tear
// words apart that only happen to hold them.
func (x *redactor) hide(s string) {
	if len([]rune(s)) >= 2 && x.names[s] == "" {
		x.names[s] = hidden
	}
}

func (x *redactor) learn(number int, c *verdict.Case) {
	name := c.Path
	if c.Path != "." && c.Path != "" {
		name = fmt.Sprintf("case-%d", number)
		x.names[c.Path] = name
	}
	x.hide(c.ID)
	count := map[string]int{}
	for _, a := range c.Assets {
		count[a.Kind]++
		alias := fmt.Sprintf("%s-%d%s", a.Kind, count[a.Kind], strings.ToLower(path.Ext(a.Path)))
		if x.names[path.Base(a.Path)] == "" {
			x.names[path.Base(a.Path)] = alias
		}
		if name != "." && name != "" {
			alias = name + "/" + alias
		}
		x.names[a.Path] = alias
		if short := strings.TrimPrefix(a.Path, c.Path+"/"); x.names[short] == "" {
			x.names[short] = path.Base(alias)
		}
	}
	x.learnFindings(c.Findings)
}

func (x *redactor) learnFindings(findings []verdict.Finding) {
	for _, f := range findings {
		for _, e := range f.Evidence {
			x.hide(e.Text)
			if s, ok := e.Observed.(string); ok && !public(e.Fact) {
				x.hide(s)
			}
		}
	}
}

func public(fact string) bool {
	return slices.ContainsFunc(publicFacts(), func(p string) bool { return strings.HasPrefix(fact, p) })
}

// build orders the replacements, longest first, so that a path goes before
// the file name it ends in.
func (x *redactor) build() {
	keys := make([]string, 0, len(x.names))
	for k := range x.names {
		if k != "" {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b))
	})
	pairs := make([]string, 0, 2*len(keys))
	for _, k := range keys {
		pairs = append(pairs, k, x.names[k])
	}
	x.replacer = strings.NewReplacer(pairs...)
}

// path renames a path; one that is no known file is hidden but for its
// extension.
func (x *redactor) path(p string) string {
	if p == "" || p == "." {
		return p
	}
	if alias, ok := x.names[p]; ok {
		return alias
	}
	if known := x.replacer.Replace(p); known != p && !strings.Contains(known, "/") {
		return known
	}
	return hidden + path.Ext(p)
}

func (x *redactor) sentence(s string) string {
	return longNumber.ReplaceAllString(x.replacer.Replace(s), hidden)
}

func (x *redactor) redactCase(c *verdict.Case) {
	c.Path = x.path(c.Path)
	if c.ID != "" {
		c.ID = hidden
	}
	c.Assets = slices.Clone(c.Assets)
	for i := range c.Assets {
		a := &c.Assets[i]
		a.Path, a.PathRawBase64, a.Preview = x.path(a.Path), "", nil
	}
	c.Findings = x.findings(c.Findings)
	c.Checklist = slices.Clone(c.Checklist)
	for i := range c.Checklist {
		item := &c.Checklist[i]
		item.Note = x.sentence(item.Note)
		item.Assets = slices.Clone(item.Assets)
		for j := range item.Assets {
			item.Assets[j] = x.path(item.Assets[j])
		}
	}
	c.Steps = slices.Clone(c.Steps)
	for i := range c.Steps {
		c.Steps[i].Title, c.Steps[i].Detail = x.sentence(c.Steps[i].Title), x.sentence(c.Steps[i].Detail)
	}
}

func (x *redactor) findings(all []verdict.Finding) []verdict.Finding {
	all = slices.Clone(all)
	for i := range all {
		f := &all[i]
		f.Asset = x.path(f.Asset)
		f.Message, f.Remedy = x.sentence(f.Message), x.sentence(f.Remedy)
		f.Evidence = slices.Clone(f.Evidence)
		for j := range f.Evidence {
			x.evidence(&f.Evidence[j])
		}
		if f.Suppressed != nil {
			f.Suppressed = &verdict.Suppression{By: f.Suppressed.By, At: f.Suppressed.At}
		}
	}
	return all
}

func (x *redactor) evidence(e *verdict.Evidence) {
	if e.Text != "" {
		e.Text = hidden
	}
	e.Observed, e.Required = x.value(e.Fact, e.Observed), x.value(e.Fact, e.Required)
	if e.Related != nil {
		related := *e.Related
		related.Asset, related.Case = x.path(related.Asset), x.path(related.Case)
		e.Related = &related
	}
}

// value keeps numbers and yes or no, but for a position on earth, and texts
// about pictures; anything else is hidden.
func (x *redactor) value(fact string, value any) any {
	switch value.(type) {
	case nil, bool, int:
		return value
	case int64, float64:
		if strings.HasSuffix(fact, "latitude") || strings.HasSuffix(fact, "longitude") {
			return hidden
		}
		return value
	}
	if public(fact) {
		return value
	}
	return hidden
}
