package letters

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/draft"
)

// Every language has the same papers, with the same values under the same conditions,
// and a word for every blank.
func TestForms(t *testing.T) {
	want, err := loadForms("en")
	if err != nil {
		t.Fatal(err)
	}
	for _, tag := range Languages() {
		f, err := loadForms(tag)
		if err != nil {
			t.Fatal(err)
		}
		if f.Language != tag || f.Blank == "" || len(f.Months) != 0 && len(f.Months) != 12 {
			t.Errorf("%s: %q, blank %q", tag, f.Language, f.Blank)
		}
		for what, p := range map[string][2]map[string]string{"words": {f.Words, want.Words}, "todo": {f.Todo, want.Todo}} {
			if a, b := slices.Sorted(maps.Keys(p[0])), slices.Sorted(maps.Keys(p[1])); !slices.Equal(a, b) {
				t.Errorf("%s: %s are %v, not %v", tag, what, a, b)
			}
		}
		for what, p := range map[string][2]string{"term": {f.Term, want.Term}, "open": {f.Open, want.Open}, "pages": {f.Pages, want.Pages}} {
			if !slices.Equal(placeholders(p[0]), placeholders(p[1])) {
				t.Errorf("%s: %s %q", tag, what, p[0])
			}
		}
		for _, kind := range Kinds() {
			form, ok := f.Forms[kind]
			if !ok || form.File == "" || form.Title == "" || len(form.Rows) == 0 || len(form.Sign) < 4 {
				t.Errorf("%s: no %s", tag, kind)
			}
			said := map[string]bool{}
			for _, r := range form.Rows {
				for _, name := range placeholders(r.Value) {
					said[name] = true
					if f.Todo[name] == "" && !strings.HasSuffix(name, "_other") {
						t.Errorf("%s %s: no words for the blank {%s}", tag, kind, name)
					}
				}
			}
			for _, r := range want.Forms[kind].Rows {
				for _, name := range placeholders(r.Value) {
					if !said[name] {
						t.Errorf("%s %s does not say {%s}", tag, kind, name)
					}
				}
			}
		}
	}
}

// caseOf is a case file as it is read.
func caseOf(t *testing.T, text string) *casefile.File {
	t.Helper()
	f, err := casefile.Parse("case.yaml", []byte(text), casefile.Known{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

const whole = `
store: {id: "1101", type: company, name: {zh: 甲公司, en: Alpha Ltd}, credit_code: 91440300MA5EXAMP0X}
product: {id: "1005001234567890", category: bags/handbags}
violation: {id: WG1}
brands: {authorized: [{name: ACME, registration: "123", letter: L1}]}
letters:
  - {id: L1, type: brand, grantor: {name: ACME GmbH, country: DE}, grantee: {name: Agent Ltd, country: CN}, territory: [worldwide], starts: 2025-01-01, ends: open, sublicense: true}
  - {id: "L/2", type: sublicence, previous: L1, grantor: {name: Agent Ltd, country: CN}, grantee: {name: alpha ltd, country: CN}, categories: [bags], territory: [Spain, France], starts: 2025-02-01, ends: 2026-12-31, sublicense: false}
  - {id: P1, type: portrait, grantor: {name: 张三, country: CN}, grantee: {name: 甲公司, country: CN}}
`

// text is a paper as lines.
func text(p *draft.Paper) string {
	var b strings.Builder
	b.WriteString(p.Title + "\n")
	for _, x := range p.Blocks {
		for _, r := range x.Rows {
			b.WriteString(r.Label + r.Value + "\n")
		}
		b.WriteString(x.Line + x.Para + strings.Join(x.Sign, "\n") + "\n")
	}
	return b.String()
}

func TestWrite(t *testing.T) {
	for _, tt := range []struct {
		kind, id, lang string
		names          []string
		says, not      []string // of the first
		open           []string
	}{
		{Commitment, "", "zh", []string{"图片合规承诺书"}, []string{"承诺人：甲公司", "英文名称：Alpha Ltd", "商品编号：1005001234567890", "违规编号：WG1", "统一社会信用代码：91440300MA5EXAMP0X", "法定代表人（签字）：____"}, []string{"经营者"}, nil},
		{Commitment, "", "en", []string{"Commitment letter"}, []string{"Promisor:Alpha Ltd", "Name in Chinese:甲公司", "We, Alpha Ltd, make"}, []string{"Owner"}, nil},
		{Authorization, "", "zh", []string{"授权书-L1", "授权书-P1"}, []string{"品牌授权书", "授权方：ACME GmbH", "被授权方：Agent Ltd", "授权品牌：ACME", "商标注册号：123", "授权商品：bags/handbags", "授权地域：全球", "授权期限：自2025年1月1日起长期有效", "转授权：允许", "授权方是上述品牌的权利人。"},
			[]string{"店铺编号", "张三", "不得"}, []string{"授权方的证件号码或注册号", "被授权方的统一社会信用代码"}},
		{Authorization, "P1", "zh", []string{"授权书"}, []string{"肖像权授权书", "身份证号码：____", "授权人（签字）：____", "被授权方：甲公司", "统一社会信用代码：91440300MA5EXAMP0X", "转授权：____"}, []string{"盖章", "授权品牌", "允许", "不得"},
			[]string{"授权方的证件号码或注册号", "授权地域", "授权期限", "是否允许转授权"}},
		{Sublicense, "", "en", []string{"Sub-licence letter"}, []string{"Grantor:Agent Ltd", "Grantee:Alpha Ltd", "Name in Chinese:甲公司", "Brand:ACME", "Territory:Spain, France", "Term:from 1 February 2025 to 31 December 2026", "Sub-licensing:not permitted", "letter of ACME GmbH, which permits", "may not sub-license"}, []string{"owner"},
			[]string{"the grantor's unified social credit code"}},
	} {
		drafts, err := Write(caseOf(t, whole), tt.kind, tt.id, tt.lang)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, d := range drafts {
			names = append(names, d.Name)
		}
		got := text(drafts[0].Paper)
		if !slices.Equal(names, tt.names) || !slices.Equal(drafts[0].Open, tt.open) {
			t.Errorf("%s %s %s: %q, open %q", tt.kind, tt.id, tt.lang, names, drafts[0].Open)
		}
		for _, s := range tt.says {
			if !strings.Contains(got, s) {
				t.Errorf("%s %s %s: no %q in\n%s", tt.kind, tt.id, tt.lang, s, got)
			}
		}
		for _, s := range append(tt.not, "{", "\ufffd") {
			if strings.Contains(got, s) {
				t.Errorf("%s %s %s: %q in\n%s", tt.kind, tt.id, tt.lang, s, got)
			}
		}
	}
}

// Without a case file everything is a blank, and nothing is made up.
func TestBlanks(t *testing.T) {
	for _, tag := range Languages() {
		for _, kind := range Kinds() {
			drafts, err := Write(nil, kind, "", tag)
			if err != nil || len(drafts) != 1 {
				t.Fatalf("%v, %v", drafts, err)
			}
			for _, b := range drafts[0].Paper.Blocks {
				for _, r := range b.Rows {
					if strings.Trim(r.Value, "_") != "" && !strings.Contains(r.Value, "AliExpress") {
						t.Errorf("%s %s: %s%s", tag, kind, r.Label, r.Value)
					}
				}
			}
			if len(drafts[0].Open) < 5 {
				t.Errorf("%s %s: open %q", tag, kind, drafts[0].Open)
			}
		}
	}
}

func TestErrors(t *testing.T) {
	f := caseOf(t, whole)
	for want, try := range map[error][3]string{ErrLanguage: {Commitment, "", "xx"}, ErrKind: {"poem", "", "zh"}, ErrLetter: {Authorization, "L/2", "zh"}} {
		if _, err := Write(f, try[0], try[1], try[2]); !errors.Is(err, want) {
			t.Errorf("%v: %v", try, err)
		}
	}
	// Letters in a circle end somewhere.
	circle := &casefile.File{Letters: []casefile.Letter{{ID: "A", Previous: "B", Type: typeSublicence}, {ID: "B", Previous: "A", Type: typeSublicence}}}
	if drafts, err := Write(circle, Sublicense, "", "zh"); err != nil || len(drafts) != 2 {
		t.Errorf("%v, %v", drafts, err)
	}
	// An id becomes part of a name that any system takes.
	two := &casefile.File{Letters: []casefile.Letter{{ID: `../a:b`, Type: typeBrand}, {Type: typeBrand}, {ID: "___A/b", Type: typeBrand}}}
	drafts, err := Write(two, Authorization, "", "en")
	if err != nil || fmt.Sprint(drafts[0].Name, drafts[1].Name, drafts[2].Name) != "Letter of authorization-___a_bLetter of authorization-2Letter of authorization-___A_b-3" {
		t.Errorf("%v, %v", drafts, err)
	}
}
