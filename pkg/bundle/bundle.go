// Package bundle carries what a rule saw of one file or case to those who mend the
// rule, without the file: the facts, the rule and the versions, no pixels, and names
// and numbers replaced by others (Mask). What was judged wrongly on one machine is
// judged again on another.
//
// It may import pkg/checks, pkg/facts, pkg/lang, pkg/rules and pkg/verdict.
package bundle

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// schemaVersion of what Encode writes.
const schemaVersion = 1

// maxBytes bounds a bundle read: the facts of a case of some hundred files.
const maxBytes = 32 << 20

// Bundle is one rule and what it judged.
type Bundle struct {
	SchemaVersion int      `json:"schema_version"`
	Version       string   `json:"version"` // of the program that made it
	Digest        string   `json:"rules_digest"`
	Layers        []string `json:"rules_layers"`
	Rule          string   `json:"rule"`
	Slug          string   `json:"slug"`
	// Judges are the expressions of the rule or the name of its check, by field.
	Judges map[string]string `json:"judges"`
	// Asset is the path of the file judged, "" for a rule on the case.
	Asset  string `json:"asset"`
	Masked bool   `json:"masked"`
	// Outcome is what the rule said of the file; Replayed what it says of what is
	// in here, which others will see.
	Outcome  verdict.Outcome `json:"outcome"`
	Replayed verdict.Outcome `json:"replayed"`
	Case     json.RawMessage `json:"case"` // facts.EncodeCase
}

// Options of Make.
type Options struct {
	Version string
	Layers  []string // as they may be shown
	Mask    *Masker  // nil to leave names and numbers as they are
}

// Make bundles what a rule saw of one asset of a case, which is complete
// (rules.Set.Case), or of the case itself where the rule is for cases. The error is
// an asset that is not there or not of the rule's kind, or that ctx is done.
func Make(ctx context.Context, set *rules.Set, r *rules.Rule, view *facts.Case, asset string, o Options) (*Bundle, error) {
	data, err := facts.EncodeCase(reduced(set, r, view, asset))
	if err != nil {
		return nil, err
	}
	small, err := facts.DecodeCase(data) // a copy to change
	if err != nil {
		return nil, err
	}
	withoutPixels(small)
	out := &Bundle{
		SchemaVersion: schemaVersion, Version: o.Version, Digest: set.Digest(), Layers: o.Layers, Rule: r.ID, Slug: r.Slug,
		Judges: r.Expressions(), Asset: asset, Masked: o.Mask != nil,
	}
	if r.Check != "" {
		out.Judges["check"] = r.Check
	}
	if out.Outcome, err = judge(ctx, set, r, view, asset); err != nil {
		return nil, err
	}
	if o.Mask != nil {
		out.Asset = o.Mask.Case(small, asset)
	}
	if out.Case, err = facts.EncodeCase(small); err != nil {
		return nil, err
	}
	out.Replayed, err = out.Replay(ctx, set)
	return out, err
}

// Replay judges a bundle by the rules given: those at hand, not those it was made
// with. The error is a rule that is not there, facts this version does not know, or
// that ctx is done.
func (b *Bundle) Replay(ctx context.Context, set *rules.Set) (verdict.Outcome, error) {
	r := set.Rule(b.Rule)
	if r == nil {
		return "", fmt.Errorf("no rule %s", b.Rule)
	}
	view, err := facts.DecodeCase(b.Case)
	if err != nil {
		return "", err
	}
	return judge(ctx, set, r, view, b.Asset)
}

func judge(ctx context.Context, set *rules.Set, r *rules.Rule, view *facts.Case, asset string) (verdict.Outcome, error) {
	subject := checks.Subject{Case: view}
	if !r.IsForCase() {
		i := slices.IndexFunc(view.Assets, func(a facts.Asset) bool { return a.Path == asset })
		if i < 0 {
			return "", fmt.Errorf("%s: no such file in the case", asset)
		}
		subject.Asset = &view.Assets[i]
		if !r.Applies(subject.Asset.Kind, subject.Asset.Slot) {
			return "", fmt.Errorf("%s is for %s, not for %s", r.ID, strings.Join(r.For, ", "), subject.Asset.Kind)
		}
	}
	f, err := set.Evaluate(ctx, r, set.Env(subject), lang.EN)
	return f.Outcome, err
}

// reduced is a case with, of every asset, the groups of facts that the rule reads and
// what is known of the file. It shares them with view.
func reduced(set *rules.Set, r *rules.Rule, view *facts.Case, asset string) *facts.Case {
	out := *view
	out.Assets = slices.Clone(view.Assets)
	for i := range out.Assets {
		a := &out.Assets[i]
		if a.Facts == nil {
			continue
		}
		var groups []string
		if r.IsForCase() || a.Path == asset {
			for _, need := range set.NeedsOf(r, a.Kind, a.Slot) {
				if group, _, _ := strings.Cut(need, "."); slices.Contains(facts.Groups(), group) {
					groups = append(groups, group) // pairs and marks are the case's
				}
			}
		}
		if len(groups) == 0 && !r.IsForCase() {
			a.Facts = nil
			continue
		}
		kept := &facts.Set{}
		kept.Merge(a.Facts, append(groups, "file")) // which files are empty is asked of all
		a.Facts = kept
	}
	return &out
}

// withoutPixels empties every picture kept as bytes among the facts of the assets.
func withoutPixels(c *facts.Case) {
	for i := range c.Assets {
		if f := c.Assets[i].Facts; f != nil {
			emptyBytes(reflect.ValueOf(f).Elem())
		}
	}
}

func emptyBytes(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				emptyBytes(v.Field(i))
			}
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			v.SetZero()
			return
		}
		for i := range v.Len() {
			emptyBytes(v.Index(i))
		}
	}
}

// Encode writes a bundle as JSON.
func (b *Bundle) Encode(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	e.SetEscapeHTML(false)
	return e.Encode(b)
}

// Decode reads what Encode wrote. Anything else, and a bundle of another version of
// the format, is an error.
func Decode(data []byte) (*Bundle, error) {
	if len(data) > maxBytes {
		return nil, fmt.Errorf("more than %d MB", maxBytes>>20)
	}
	var b Bundle
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&b); err != nil {
		return nil, err
	}
	if b.SchemaVersion != schemaVersion || b.Rule == "" || len(b.Case) == 0 {
		return nil, fmt.Errorf("schema_version %d, rule %q: not a bundle of version %d", b.SchemaVersion, b.Rule, schemaVersion)
	}
	return &b, nil
}
