// Package redact takes out of a report what a seller would not show to
// outsiders: names, numbers, file names, what was read in pictures and papers,
// and the pictures themselves. What is wrong and what to do stays: the words of
// rules and of the program are nobody's secret, and of every value that stands
// between them the report says who may see it (verdict.Privacy).
//
// It may import pkg/lang and pkg/verdict.
package redact

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// hidden stands for what was taken out.
const hidden = "•••"

// Report returns a copy of r to show to outsiders: files go by kind and
// number, and what is private is hidden. A path that is none of the report's is
// hidden too, but for its extension.
func Report(r *verdict.Report) *verdict.Report {
	x := &redactor{files: map[string]string{}, byCase: map[string]map[string]string{}}
	for i := range r.Cases {
		x.learn(i+1, &r.Cases[i])
	}
	c := *r
	c.Rules.Layers = slices.Clone(r.Rules.Layers)
	for i := range c.Rules.Layers {
		c.Rules.Layers[i] = path.Base(strings.ReplaceAll(c.Rules.Layers[i], `\`, "/"))
	}
	c.Cases = slices.Clone(r.Cases)
	for i := range c.Cases {
		x.redactCase(&c.Cases[i])
	}
	c.Batch.Findings = x.findings(r.Batch.Findings, "")
	c.Problems = slices.Clone(r.Problems)
	for i := range c.Problems {
		p := &c.Problems[i]
		p.Path, p.Message = x.path(p.Path, ""), x.text(p.Message, "")
	}
	return &c
}

// redactor knows what files go by.
type redactor struct {
	files map[string]string // path below the scanned root → alias
	// byCase has, for the path of a case, aliases without the case: by the path
	// below it and by the bare name.
	byCase map[string]map[string]string
}

func (x *redactor) learn(number int, c *verdict.Case) {
	name := c.Path
	if c.Path != "." && c.Path != "" {
		name = fmt.Sprintf("case-%d", number)
		x.files[c.Path] = name
	}
	short := map[string]string{}
	x.byCase[c.Path] = short
	count := map[string]int{}
	for _, a := range c.Assets {
		count[a.Kind]++
		alias := fmt.Sprintf("%s-%d%s", a.Kind, count[a.Kind], extension(a.Path))
		for _, known := range []string{strings.TrimPrefix(a.Path, c.Path+"/"), path.Base(a.Path)} {
			if short[known] == "" {
				short[known] = alias
			}
		}
		x.files[a.Path] = path.Join(name, alias)
	}
}

// plainExtension is one that names a format, and nobody.
var plainExtension = regexp.MustCompile(`^\.[a-z0-9]{1,4}$`)

// extension is that of a file, if it looks like one.
func extension(file string) string {
	if ext := strings.ToLower(path.Ext(file)); plainExtension.MatchString(ext) {
		return ext
	}
	return ""
}

// known is the alias of a path, which may be that of a file of the case without
// the case; "" for none.
func (x *redactor) known(p, inCase string) string {
	if alias := x.files[p]; alias != "" {
		return alias
	}
	return x.byCase[inCase][p]
}

func (x *redactor) path(p, inCase string) string {
	if p == "" || p == "." {
		return p
	}
	if alias := x.known(p, inCase); alias != "" {
		return alias
	}
	return hidden + extension(p)
}

func (x *redactor) redactCase(c *verdict.Case) {
	own := c.Path
	c.Path = x.path(c.Path, own)
	if c.ID != "" {
		c.ID = hidden
	}
	c.Assets = slices.Clone(c.Assets)
	for i := range c.Assets {
		a := &c.Assets[i]
		a.Path, a.PathRawBase64, a.Preview = x.path(a.Path, own), "", nil
	}
	c.Findings = x.findings(c.Findings, own)
	c.Steps = slices.Clone(c.Steps)
	for i := range c.Steps {
		c.Steps[i].Detail = x.text(c.Steps[i].Detail, own)
	}
	c.Checklist = slices.Clone(c.Checklist)
	for i := range c.Checklist {
		item := &c.Checklist[i]
		item.Note = x.text(item.Note, own)
		item.Assets = slices.Clone(item.Assets)
		for j := range item.Assets {
			item.Assets[j] = x.path(item.Assets[j], own)
		}
	}
}

func (x *redactor) findings(all []verdict.Finding, inCase string) []verdict.Finding {
	all = slices.Clone(all)
	for i := range all {
		f := &all[i]
		f.Asset = x.path(f.Asset, inCase)
		f.Title, f.Message, f.Remedy = x.text(f.Title, inCase), x.text(f.Message, inCase), x.text(f.Remedy, inCase)
		f.Evidence = slices.Clone(f.Evidence)
		for j := range f.Evidence {
			x.evidence(&f.Evidence[j], inCase)
		}
		if f.Suppressed != nil {
			f.Suppressed = &verdict.Suppression{By: f.Suppressed.By, At: f.Suppressed.At, Overruled: f.Suppressed.Overruled}
		}
	}
	return all
}

// text leaves the words of a text and what anybody may see in it.
func (x *redactor) text(t verdict.Text, inCase string) verdict.Text {
	t = slices.Clone(t)
	for i := range t {
		if t[i].Value != nil {
			v := x.value(*t[i].Value, inCase)
			t[i].Value = &v
		}
	}
	return t
}

// value hides or renames a value, if need be. That there is nothing may be seen.
func (x *redactor) value(v verdict.Value, inCase string) verdict.Value {
	list, isList := v.Of.([]any)
	switch p := v.Privacy.For(v.Of); {
	case p == verdict.Public, v.Of == "", v.Of == nil, isList && len(list) == 0:
	case p == verdict.Path && isList:
		list = slices.Clone(list)
		for i := range list {
			list[i] = x.path(fmt.Sprint(list[i]), inCase)
		}
		v.Of = list
	case p == verdict.Path:
		v.Of = x.path(fmt.Sprint(v.Of), inCase)
	default:
		v = verdict.Value{Of: hidden, Fact: v.Fact, Format: verdict.Exact, Privacy: verdict.Private}
	}
	return v
}

func (x *redactor) evidence(e *verdict.Evidence, inCase string) {
	e.Observed = x.value(verdict.Value{Of: e.Observed, Privacy: e.Privacy}, inCase).Of
	if e.Required != nil {
		required := *e.Required
		required.Value = x.value(required.Value, inCase)
		e.Required = &required
	}
	if e.Quote != "" {
		// Where several files are looked at, the quote is the file.
		alias := x.known(e.Quote, inCase)
		if e.Quote = hidden; alias != "" {
			e.Quote = alias
		}
	}
	e.Why = reason(e.Why)
	if e.Related != nil {
		related := *e.Related
		if related.Case != "" {
			inCase = related.Case
		}
		related.Asset, related.Case = x.path(related.Asset, inCase), x.path(related.Case, "")
		e.Related = &related
	}
}

// reason hides the texts that stand in a reason: what another program said, say.
func reason(t lang.Text) lang.Text {
	t.Values = slices.Clone(t.Values)
	for i := 1; i < len(t.Values); i += 2 {
		switch v := t.Values[i].(type) {
		case lang.Text:
			t.Values[i] = reason(v)
		case string:
			t.Values[i] = hidden
		}
	}
	return t
}
