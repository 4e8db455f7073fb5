// Package rules reads rules.yaml and the layers over it, checks and compiles
// the rules, says which facts each kind of file needs, and judges.
//
// It may import pkg/casefile, pkg/checks, pkg/config, pkg/facts, pkg/format, pkg/lang,
// pkg/rules/expr and pkg/verdict.
package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/rules/expr"
)

// Layer is one rules file.
type Layer struct {
	Name string // for messages and origins, e.g. its path
	Data []byte
	// Aside says of the built-in rules, the first layer, that their pack is not chosen:
	// tables and parameters count, of the rules only those that are general.
	Aside bool
}

// Names of what a rule can be for besides the kinds.
const anyKind = "any"

// allKinds and allSlots are those that rules may speak of, of packs that are not
// chosen too.
func (s *Set) allKinds() []string {
	return idsOf(s.file.Kinds, func(k Kind) string { return k.ID })
}

func (s *Set) allSlots() []string {
	return idsOf(s.file.Slots, func(k Slot) string { return k.ID })
}

// counted lists the names under which materials counts files.
func (s *Set) counted() []string {
	return slices.Concat(s.allKinds(), []string{facts.KindUnsorted}, s.allSlots())
}

// Set is the rules of all layers, ready to judge. It does not change after
// Load and may be used by several goroutines.
type Set struct {
	layers []string
	digest string
	file   File
	rules  []*Rule
	params *expr.Params
	names  vocabulary
	checks []checks.Check
	wants  []condition // one for each of file.Materials
	steps  []condition // one for each of file.Checklist
	// details are how each of file.Checklist is done.
	details []stepDetail
	given   []string // keys of case.yaml named in given()
	origin  map[string]string
	nothing map[string]any // of groups of facts, by name

	packs  []Pack          // of all layers, the built-in one first
	aside  bool            // the first is not chosen
	kept   map[string]bool // "kinds.ID" and "slots.ID" that chosen packs and other layers name
	packOf map[string]string
}

// specSource is where each field of a rule was written.
type specSource struct {
	whole  config.Raw
	fields map[string]config.Raw
	with   []config.Raw // of every layer, in order: parameters are merged key by key
}

func (s *specSource) of(field string) config.Raw {
	if r, ok := s.fields[field]; ok {
		return r
	}
	return s.whole
}

// loader gathers what the layers say and what is wrong with it.
type loader struct {
	set     *Set
	checks  map[string]checks.Check
	sources map[string]*specSource       // of rules, by id
	origins map[string]map[string]string // of rules, by id and field
	wantAt  []config.Raw                 // of file.Materials
	stepAt  map[string]config.Raw        // when and detail of file.Checklist, by id.field
	errs    config.Errors
}

// Load reads the layers in order, the built-in one first. The error is
// config.Errors: everything wrong with the first file that has an error, or
// with the rules as they are together.
func Load(known []checks.Check, layers ...Layer) (*Set, error) {
	l, err := read(known, layers...)
	if err != nil {
		return nil, err
	}
	l.build()
	if len(l.errs) > 0 {
		return nil, l.failed()
	}
	return l.set, nil
}

// read merges the layers; rules and conditions are still to be built.
func read(known []checks.Check, layers ...Layer) (*loader, error) {
	l := &loader{
		set:    &Set{nothing: nothing(), params: expr.NewParams(), origin: map[string]string{}, checks: slices.Clone(known), kept: map[string]bool{}, packOf: map[string]string{}},
		checks: map[string]checks.Check{}, sources: map[string]*specSource{}, origins: map[string]map[string]string{},
		stepAt: map[string]config.Raw{},
	}
	for _, c := range known {
		l.checks[c.Name()] = c
	}
	sum := sha256.New()
	for i, layer := range layers {
		var f File
		doc, err := config.Decode(layer.Name, layer.Data, &f)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			l.set.aside = layer.Aside && f.Pack != nil
		}
		l.add(layer.Name, &f, doc.Root(), i == 0)
		if len(l.errs) > 0 {
			return nil, l.failed()
		}
		l.set.layers = append(l.set.layers, layer.Name)
		fmt.Fprintf(sum, "%d\n", len(layer.Data))
		sum.Write(layer.Data)
		if layer.Aside {
			sum.Write([]byte("aside"))
		}
	}
	l.set.digest = hex.EncodeToString(sum.Sum(nil))
	l.set.names = newVocabulary(l.set.params, l.set.counted())
	return l, nil
}

func (l *loader) failed() error {
	return l.errs[:min(len(l.errs), config.MaxErrors)]
}

func (l *loader) fail(e *config.Error) { l.errs = append(l.errs, e) }

// add merges one layer.
func (l *loader) add(layer string, f *File, root config.Raw, first bool) {
	set := l.set
	if f.SchemaVersion != 1 {
		at := root.Get("schema_version")
		if at.IsZero() {
			at = root
		}
		l.fail(at.Errorf(lang.T("schema_version 应为 1", "schema_version must be 1")))
		return
	}
	if !l.bounded(f, root) {
		return
	}
	for _, e := range set.params.Merge(layer, f.Params, first) {
		l.fail(e)
	}
	l.pack(f, root, first)
	kindID, slotID := func(k *Kind) string { return k.ID }, func(s *Slot) string { return s.ID }
	takeAliases(set.file.Kinds, f.Kinds, kindID, func(k *Kind) *[]string { return &k.Aliases })
	takeAliases(set.file.Slots, f.Slots, slotID, func(s *Slot) *[]string { return &s.Aliases })
	set.file.Kinds = mergeByID(l, layer, "kinds", set.file.Kinds, f.Kinds, root, kindID, l.noteOrigin("kinds"))
	set.file.Slots = mergeByID(l, layer, "slots", set.file.Slots, f.Slots, root, slotID, l.noteOrigin("slots"))
	set.file.Checklist = mergeByID(l, layer, "checklist", set.file.Checklist, f.Checklist, root, func(s *Step) string { return s.ID }, l.noteStep)
	set.file.Rules = mergeByID(l, layer, "rules", set.file.Rules, f.Rules, root, func(s *Spec) string { return s.ID }, l.noteRule)
	for _, name := range f.BesidePhotos {
		if !slices.Contains(set.file.BesidePhotos, name) {
			set.file.BesidePhotos = append(set.file.BesidePhotos, name)
		}
	}
	for _, ext := range f.Sidecars {
		if !slices.Contains(set.file.Sidecars, ext) {
			set.file.Sidecars = append(set.file.Sidecars, ext)
		}
	}
	for _, name := range f.Ignore {
		if !slices.Contains(set.file.Ignore, name) {
			set.file.Ignore = append(set.file.Ignore, name)
		}
	}
	set.file.Tracks = mergeTracks(l, layer, set.file.Tracks, f.Tracks, root.Get("tracks"))
	l.holidays(f.Holidays, root.Get("holidays"))
	set.file.Holidays = mergeKeys(l, layer, "holidays", set.file.Holidays, f.Holidays)
	set.file.Catalogs = mergeKeys(l, layer, "catalogs", set.file.Catalogs, f.Catalogs)
	set.file.Materials = append(slices.Clone(f.Materials), set.file.Materials...)
	l.wantAt = append(root.Get("materials").Items(), l.wantAt...)
	l.checkAliases(root)
}

func (l *loader) checkAliases(root config.Raw) {
	kinds, slots := map[string][]string{}, map[string][]string{}
	var kindOrder, slotOrder []string
	for _, k := range l.set.Kinds() {
		kinds[k.ID], kindOrder = k.Aliases, append(kindOrder, k.ID)
	}
	for _, s := range l.set.Slots() {
		slots[s.ID], slotOrder = s.Aliases, append(slotOrder, s.ID)
	}
	taken := map[string]bool{anyKind: true, "case": true, "batch": true, facts.KindUnsorted: true, "case_file": true, "missing": true, "undecided": true}
	for _, id := range slices.Concat(kindOrder, slotOrder) {
		if taken[id] {
			l.fail(root.Errorf(lang.T("种类或图位不能叫 {id}：这个名字已有别的含义", "no kind or slot can be called {id}: the name means something else", "id", strconv.Quote(id))))
		}
		taken[id] = true
	}
	l.aliases("kinds", root, kinds, kindOrder)
	l.aliases("slots", root, slots, slotOrder)
}

// noteRule keeps where the fields of a rule were written and by which layer.
func (l *loader) noteRule(layer, id string, at config.Raw) {
	src, ok := l.sources[id]
	if !ok {
		src = &specSource{whole: at, fields: map[string]config.Raw{}}
		l.sources[id] = src
		l.origins[id] = map[string]string{}
	}
	for _, e := range at.Entries() {
		src.fields[e.Key] = e.Value
		l.origins[id][e.Key] = layer
		if e.Key == "with" {
			src.with = append(src.with, e.Value)
		}
	}
}

// noteOrigin keeps which layer gave the fields of an entry.
func (l *loader) noteOrigin(section string) func(layer, id string, at config.Raw) {
	return func(layer, id string, at config.Raw) {
		for _, e := range at.Entries() {
			l.set.origin[section+"."+id+"."+e.Key] = layer
		}
	}
}

func (l *loader) noteStep(layer, id string, at config.Raw) {
	l.noteOrigin("checklist")(layer, id, at)
	for _, field := range []string{"when", "detail"} {
		if value := at.Get(field); !value.IsZero() {
			l.stepAt[id+"."+field] = value
		}
	}
}

// build checks and compiles the rules and conditions as they are together.
func (l *loader) build() {
	set := l.set
	slices.SortFunc(set.file.Rules, func(a, b Spec) int { return strings.Compare(a.ID, b.ID) })
	slugs := map[string]string{}
	for _, spec := range set.file.Rules {
		b := ruleBuilder{loader: l, src: l.sources[spec.ID]}
		rule := b.build(spec, l.origins[spec.ID])
		rule.Pack = set.packOf[spec.ID]
		rule.Aside = set.aside && rule.Pack == set.packs[0].Name && !rule.General
		if other, twice := slugs[spec.Slug]; twice && spec.Slug != "" {
			l.fail(b.src.of("slug").Errorf(lang.T("短名 {slug} 已由 {other} 使用", "slug {slug} is already that of {other}", "slug", spec.Slug, "other", other)))
		}
		slugs[spec.Slug] = spec.ID
		set.rules = append(set.rules, rule)
		for _, p := range rule.programs() {
			set.given = append(set.given, p.Asked...)
		}
	}
	for i, m := range set.file.Materials {
		if !slices.Contains(set.allKinds(), m.Item) {
			l.fail(l.wantAt[i].Get("item").Errorf(unknownKind(m.Item)))
		}
		if m.State == "" {
			l.fail(l.wantAt[i].Errorf(missingField("state")))
		}
		set.wants = append(set.wants, l.condition(m.When, l.wantAt[i].Get("when")))
	}
	for _, step := range set.file.Checklist {
		set.steps = append(set.steps, l.condition(step.When, l.stepAt[step.ID+".when"]))
		set.details = append(set.details, l.stepDetail(step.Detail, l.stepAt[step.ID+".detail"]))
	}
	set.given = sortedUnique(set.given)
}

func unknownKind(name string) lang.Text {
	return lang.T("未知的材料种类 {name}", "unknown kind {name}", "name", strconv.Quote(name))
}

func missingField(name string) lang.Text {
	return lang.T("缺少 {name}", "{name} is missing", "name", name)
}

// stepDetail is the detail of a step, taken apart. It may show what case rules may.
type stepDetail struct {
	zh, en expr.Template
	given  lang.Text
}

func (l *loader) stepDetail(text lang.Text, at config.Raw) stepDetail {
	parse := func(text string, at config.Raw) expr.Template {
		t, bad := expr.ParseTemplate(text, l.set.names.of(scopeCase).Shape, nil)
		if bad != nil {
			l.fail(bad.Locate(at))
		}
		return t
	}
	return stepDetail{parse(text.ZH, at.Get(lang.ZH.Tag())), parse(text.EN, at.Get(lang.EN.Tag())), text}
}

// in is the detail in a language. A catalogue keeps the placeholders of the
// English text (lang.Fits).
func (d stepDetail) in(l lang.Lang) expr.Template {
	switch {
	case d.given.EN == "", l == lang.ZH && d.given.ZH != "":
		return d.zh
	case l == lang.ZH || l == lang.EN:
		return d.en
	}
	return d.en.Reworded(l.Say(d.given.EN))
}

// condition is a when of materials or checklist; nil program means always.
type condition struct{ when *expr.Program }

func (l *loader) condition(source string, at config.Raw) condition {
	if source == "" {
		return condition{}
	}
	p, bad := expr.Compile(source, l.set.names.of(scopeCase), expr.WantBool)
	if bad != nil {
		l.fail(bad.Locate(at))
		return condition{}
	}
	l.set.given = append(l.set.given, p.Asked...)
	return condition{p}
}

// holds evaluates a condition on a case; a key of case.yaml that was not given
// counts as its default or typed zero.
func (c condition) holds(s *Set, e *Env) (bool, error) {
	if c.when == nil {
		return true, nil
	}
	out, err := c.when.Eval(e.values)
	if err != nil {
		return false, err
	}
	b, ok := out.(bool)
	if !ok {
		return false, errors.New("not true or false")
	}
	return b, nil
}
