package rules

import (
	"reflect"
	"strings"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
)

// Name is something that expressions can say, with the rules that read it.
type Name struct {
	facts.Entry
	Rules []string // ids, sorted; rules switched off too
}

// Names lists what expressions can say, beside params: the facts of a file,
// what the file is taken for, case.yaml, the clock, and what the case has.
func (s *Set) Names() []Name {
	entries := facts.Describe("", reflect.TypeFor[facts.Set]())
	entries = append(entries,
		facts.Entry{Path: "asset.path", Type: "text", Doc: lang.T("文件在扫描的文件夹之下的路径", "path of the file below the scanned folder")},
		facts.Entry{Path: "asset.kind", Type: "text", Doc: lang.T("文件算作哪一类材料", "which kind of material the file is taken for"), Values: append(s.KindNames(), facts.KindUnsorted)},
		facts.Entry{Path: "asset.slot", Type: "text", Doc: lang.T("替换图所在的图片位，不知道时为空", "the slot of a replacement picture, empty where unknown"), Values: s.SlotNames()},
		facts.Entry{Path: "asset.later", Type: "yes or no", Doc: lang.T("案件里同一文件夹的主图中，不是第一张（封面）的", "a main picture of a case that is not the first of its folder, the cover")},
		facts.Entry{Path: "asset.sheet", Type: "yes or no", Doc: lang.T("文书的一页，旁边的文件里还有其他页（一页拍一张）", "one page of a paper of which other pages lie beside it as files of their own (photographed page by page)")},
		facts.Entry{Path: "asset.attached", Type: "yes or no", Doc: lang.T("放在承诺书文件夹里、本身不是承诺书的附件（如营业执照复印件）；承诺书就在旁边", "lies beside the commitment letter and is none itself, as a copy of the business licence")})
	entries = append(entries, facts.Describe("case.", reflect.TypeFor[casefile.File]())...)
	entries = append(entries, facts.Describe("clock.", reflect.TypeFor[facts.Clock]())...)
	entries = append(entries, facts.Describe("materials.", reflect.TypeFor[facts.Materials]())...)
	count := func(name string, title lang.Text) {
		entries = append(entries, facts.Entry{Path: "materials." + name, Type: "integer", Doc: lang.T("文件数：{title}", "how many files there are: {title}", "title", title)})
	}
	for _, k := range s.file.Kinds {
		count(k.ID, k.Title)
	}
	count(facts.KindUnsorted, lang.T("没有归类的", "unsorted"))
	for _, slot := range s.file.Slots {
		count(slot.ID, slot.Title)
	}
	out := make([]Name, 0, len(entries))
	for _, e := range entries {
		if group, _, _ := strings.Cut(e.Path, "."); group == hiddenGroup || e.Type == "bytes" {
			continue
		}
		n := Name{Entry: e}
		for _, r := range s.rules {
			if r.reads(e.Path) {
				n.Rules = append(n.Rules, r.ID)
			}
		}
		out = append(out, n)
	}
	return out
}

// reads reports whether the rule's expressions, texts or check read a name. What
// reads a group or a list reads all that is in it.
func (r *Rule) reads(name string) bool {
	name = strings.ReplaceAll(name, "[]", "")
	read := r.Facts()
	if r.check != nil {
		for _, need := range r.check.Needs(r.params) {
			read = append(read, need.Fact)
		}
	}
	for _, path := range read {
		if path == name || strings.HasPrefix(name, path+".") {
			return true
		}
	}
	return false
}

// CheckUse is a named check with the rules that call it.
type CheckUse struct {
	checks.Check
	Params []facts.Entry // of `with:`
	Rules  []string      // ids, sorted
}

// Checks lists the named checks in the order they were handed to Load.
func (s *Set) Checks() []CheckUse {
	out := make([]CheckUse, 0, len(s.checks))
	for _, c := range s.checks {
		use := CheckUse{Check: c}
		if p := c.NewParams(); p != nil {
			use.Params = facts.Describe("", reflect.TypeOf(p).Elem())
		}
		for _, r := range s.rules {
			if r.Check == c.Name() {
				use.Rules = append(use.Rules, r.ID)
			}
		}
		out = append(out, use)
	}
	return out
}
