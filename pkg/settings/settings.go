// Package settings is .aecheck.yaml, the one file of settings of a repository: its
// types, reading it, what it says of a path, and its schema. It looks at no other
// file; pkg/cli finds and opens it.
//
// It may import pkg/config, pkg/lang and pkg/pathglob.
package settings

import (
	"cmp"
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/pathglob"
)

// Name of the file.
const Name = ".aecheck.yaml"

// File is what it says. Every key is optional; patterns are those of pkg/pathglob,
// counted from the file's folder.
type File struct {
	SchemaVersion int           `json:"schema_version" zh:"格式版本，目前为 1" en:"schema version, 1"`
	Format        string        `json:"format" oneof:"formats" zh:"报告格式，同 --format" en:"format of the report, as --format"`
	FailOn        string        `json:"fail_on" enum:"error,warning,review,never" zh:"什么结果算失败，同 --fail-on" en:"what counts as failure, as --fail-on"`
	Lang          string        `json:"lang" oneof:"languages" zh:"语言，同 --lang" en:"language, as --lang"`
	Rules         []string      `json:"rules" list:"one" zh:"叠加的规则文件，路径从本文件的文件夹算起" en:"rules files laid over the built-in rules, by their paths from this file's folder"`
	Packs         []string      `json:"packs" list:"one" zh:"按哪些平台的规则检查：名称，或规则包文件从本文件的文件夹算起的路径" en:"the marketplaces whose rules judge: names, or paths of packs' files from this file's folder"`
	Kinds         []Kind        `json:"kinds" zh:"按路径指定材料种类，先写的优先" en:"kinds of material by path; the first that fits counts"`
	Slots         []Slot        `json:"slots" zh:"按路径指定图位，先写的优先" en:"slots by path; the first that fits counts"`
	Exclude       []string      `json:"exclude" list:"one" zh:"不检查的文件和文件夹" en:"files and folders to leave out"`
	Suppressions  []Suppression `json:"suppressions" zh:"不再计入结果的问题，要写原因" en:"findings that do not count, with the reason"`

	name, dir string
	keys      map[string]bool
	lines     map[string]int
	kinds     []placing
	slots     []placing
	exclude   []*pathglob.Pattern
}

// Kind places files.
type Kind struct {
	Kind  string   `json:"kind" oneof:"kinds" zh:"材料种类" en:"kind of material"`
	Files []string `json:"files" list:"one" zh:"文件的路径或文件名，可用 * ? **" en:"paths or names, with * ? **"`
}

// Slot gives files a slot.
type Slot struct {
	Slot  string   `json:"slot" oneof:"slots" zh:"图位" en:"slot"`
	Files []string `json:"files" list:"one" zh:"文件的路径或文件名，可用 * ? **" en:"paths or names, with * ? **"`
}

// Suppression says that findings do not count.
type Suppression struct {
	Rule    string    `json:"rule" zh:"规则编号或短名；* 代表任意几个字，如 AE3*" en:"id or slug of a rule; * stands for any characters, as in AE3*"`
	Files   []string  `json:"files" list:"one" zh:"只限这些文件，可用 * ? **；不写就是所有文件" en:"these files alone, with * ? **; all where it is not given"`
	Reason  string    `json:"reason" zh:"原因（必填）" en:"why, required"`
	Expires time.Time `json:"expires,omitzero" zh:"有效到哪一天为止，不写就一直有效" en:"the last day it holds; for ever where it is not given"`
}

type placing struct {
	value string
	files []*pathglob.Pattern
	line  int
}

// Known is what the file may refer to.
type Known struct {
	Formats, Languages, Kinds, Slots []string
	// Rule reports whether a rule is called so; Nearest names one that is meant.
	Rule    func(name string) bool
	Nearest func(name string) string
}

// Parse reads a file; name is what messages call it, dir the absolute path of its
// folder with links resolved. The error is config.Errors.
func Parse(name, dir string, data []byte) (*File, error) {
	f := &File{name: name, dir: dir, lines: map[string]int{}}
	doc, err := config.Decode(name, data, f)
	if err != nil {
		return nil, err
	}
	root := doc.Root()
	f.keys = map[string]bool{}
	var errs config.Errors
	for _, e := range root.Entries() {
		f.keys[e.Key] = !e.Value.IsZero()
		f.lines[e.Key] = lineOf(e.KeyAt)
	}
	if f.keys["schema_version"] && f.SchemaVersion != 1 {
		errs = append(errs, root.Get("schema_version").Errorf(lang.T("schema_version 应为 1", "schema_version must be 1")))
	}
	each := func(key string, do func(i int, at config.Raw)) {
		for i, at := range root.Get(key).Items() {
			do(i, at)
		}
	}
	f.exclude = patterns(f.Exclude, root.Get("exclude"), &errs)
	each("kinds", func(i int, at config.Raw) {
		f.lines["kinds"+strconv.Itoa(i)] = lineOf(at)
		f.kinds = append(f.kinds, newPlacing(f.Kinds[i].Kind, "kind", f.Kinds[i].Files, at, &errs))
	})
	each("slots", func(i int, at config.Raw) {
		f.lines["slots"+strconv.Itoa(i)] = lineOf(at)
		f.slots = append(f.slots, newPlacing(f.Slots[i].Slot, "slot", f.Slots[i].Files, at, &errs))
	})
	each("suppressions", func(i int, at config.Raw) {
		f.lines["suppressions"+strconv.Itoa(i)] = lineOf(at)
		patterns(f.Suppressions[i].Files, at.Get("files"), &errs)
		for key, text := range map[string]string{"rule": f.Suppressions[i].Rule, "reason": strings.TrimSpace(f.Suppressions[i].Reason)} {
			if text == "" {
				errs = append(errs, at.Errorf(missing(key)))
			}
		}
	})
	if len(errs) > 0 {
		slices.SortStableFunc(errs, func(a, b *config.Error) int {
			return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col), strings.Compare(a.Msg.EN, b.Msg.EN))
		})
		return nil, errs[:min(len(errs), config.MaxErrors)]
	}
	return f, nil
}

func missing(key string) lang.Text {
	return lang.T("缺少 {name}", "{name} is missing", "name", key)
}

func lineOf(r config.Raw) int { return r.Errorf(lang.Text{}).Line }

func newPlacing(value, key string, files []string, at config.Raw, errs *config.Errors) placing {
	for name, given := range map[string]bool{key: value != "", "files": len(files) > 0} {
		if !given {
			*errs = append(*errs, at.Errorf(missing(name)))
		}
	}
	return placing{value: value, files: patterns(files, at.Get("files"), errs), line: lineOf(at)}
}

// patterns compiles a list; what is wrong is told at its entry.
func patterns(list []string, at config.Raw, errs *config.Errors) []*pathglob.Pattern {
	items := at.Items()
	var out []*pathglob.Pattern
	for i, text := range list {
		p, err := pathglob.Compile(text)
		if err != nil {
			where := at
			if i < len(items) {
				where = items[i]
			}
			*errs = append(*errs, where.Errorf(wrongPattern(err)))
			continue
		}
		out = append(out, p)
	}
	return out
}

func wrongPattern(err error) lang.Text {
	switch {
	case errors.Is(err, pathglob.ErrException):
		return lang.T("这里的写法没有例外（!）", "a pattern cannot be an exception (!)")
	case errors.Is(err, pathglob.ErrOutside):
		return lang.T("不能写到文件夹外面去（..）", "a pattern cannot lead out of the folder (..)")
	case errors.Is(err, pathglob.ErrLong):
		return lang.T("太长了", "too long")
	}
	return lang.T("空的路径", "an empty pattern")
}

// Check asks that what the file refers to is known. The error is config.Errors.
func (f *File) Check(data []byte, known Known) error {
	doc, err := config.Parse(f.name, data)
	if err != nil {
		return err
	}
	root := doc.Root()
	var errs config.Errors
	one := func(at config.Raw, value string, words []string) {
		if value == "" || words == nil || slices.Contains(words, value) {
			return
		}
		e := at.Errorf(lang.T("不认识的值 {value}", "unknown value {value}", "value", strconv.Quote(value)))
		e.Hint = lang.T("可用：{list}", "one of: {list}", "list", strings.Join(words, ", "))
		if near := config.Nearest(value, words); near != "" {
			e.Hint = config.DidYouMean(near)
		}
		errs = append(errs, e)
	}
	one(root.Get("format"), f.Format, known.Formats)
	one(root.Get("lang"), f.Lang, known.Languages)
	for i, at := range root.Get("kinds").Items() {
		one(at.Get("kind"), f.Kinds[i].Kind, known.Kinds)
	}
	for i, at := range root.Get("slots").Items() {
		one(at.Get("slot"), f.Slots[i].Slot, known.Slots)
	}
	for i, at := range root.Get("suppressions").Items() {
		name := f.Suppressions[i].Rule
		if known.Rule == nil || known.Rule(name) {
			continue
		}
		e := at.Get("rule").Errorf(lang.T("没有规则 {value}", "there is no rule {value}", "value", strconv.Quote(name)))
		e.Hint = config.DidYouMean(known.Nearest(name))
		errs = append(errs, e)
	}
	if len(errs) > 0 {
		return errs[:min(len(errs), config.MaxErrors)]
	}
	return nil
}

// Has reports whether a key was given.
func (f *File) Has(key string) bool { return f != nil && f.keys[key] }

// FileName is what messages call the file, Dir its folder.
func (f *File) FileName() string { return f.name }

// Dir is the folder of the file.
func (f *File) Dir() string { return f.dir }

// Origin says where a key stands: ".aecheck.yaml:3".
func (f *File) Origin(key string) string { return f.name + ":" + strconv.Itoa(f.lines[key]) }

// OriginAt says where an entry of a list stands, OriginOf a suppression.
func (f *File) OriginAt(key string, i int) string { return f.Origin(key + strconv.Itoa(i)) }

// OriginOf says where a suppression stands.
func (f *File) OriginOf(i int) string { return f.OriginAt("suppressions", i) }

// relative is a path from the file's folder; false where it lies elsewhere.
func (f *File) relative(abs string) (string, bool) {
	rel, err := filepath.Rel(f.dir, abs)
	if err != nil || !filepath.IsLocal(rel) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}

// Excludes returns the pattern that leaves a file or folder out, "" for none.
func (f *File) Excludes(abs string) string {
	rel, ok := f.relative(abs)
	if !ok {
		return ""
	}
	for _, p := range f.exclude {
		if p.Match(rel) {
			return p.String()
		}
	}
	return ""
}

// Placed is what the file says of a path: a value and where that stands.
type Placed struct{ Value, Origin string }

// Kind is the kind the file gives a path, Slot the slot; zero where it gives none.
func (f *File) Kind(abs string) Placed { return f.placed(f.kinds, abs) }

// Slot is the slot that the file gives a path.
func (f *File) Slot(abs string) Placed { return f.placed(f.slots, abs) }

func (f *File) placed(list []placing, abs string) Placed {
	rel, ok := f.relative(abs)
	if !ok {
		return Placed{}
	}
	for _, p := range list {
		if slices.ContainsFunc(p.files, func(g *pathglob.Pattern) bool { return g.Match(rel) }) {
			return Placed{p.value, f.name + ":" + strconv.Itoa(p.line)}
		}
	}
	return Placed{}
}

// RuleFiles are the rules files, by paths as Rules has them from the file's folder.
func (f *File) RuleFiles() []string {
	out := make([]string, len(f.Rules))
	for i, name := range f.Rules {
		out[i] = f.Path(name)
	}
	return out
}

// Path is where a file lies that is named from the file's folder.
func (f *File) Path(name string) string {
	name = filepath.FromSlash(name)
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(f.dir, name)
}

// JSONSchema is the schema of the file, for editors.
func JSONSchema(known Known) ([]byte, error) {
	return config.Schema(File{}, "https://github.com/aecheck/aecheck/schema/settings.json", "aecheck "+Name,
		map[string][]string{"formats": known.Formats, "languages": known.Languages, "kinds": known.Kinds, "slots": known.Slots})
}
