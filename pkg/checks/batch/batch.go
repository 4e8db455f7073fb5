// Package batch holds the checks that look at several cases at once: the same
// picture or letter in more than one, appeals that crowd one day, a case prepared
// twice, violations that repeat, and shops that do not fit together.
//
// It may import pkg/casefile, pkg/checks, pkg/checks/casefile, pkg/checks/party, pkg/edits,
// pkg/facts, pkg/lang, pkg/schedule/plan and pkg/verdict.
package batch

import (
	"cmp"
	"context"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/checks/party"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// All returns the checks of this package.
func All() []checks.Check {
	return []checks.Check{SharedFiles{}, PerDay{}, Plan{}, LetterReuse{}, LetterScope{}, Duplicates{}, Repeats{}, Shops{}}
}

// SharedFiles finds files that are byte for byte the same in several cases
// (M37: listings with the same picture are often penalised together).
type SharedFiles struct{}

// SharedParams of "shared-files".
type SharedParams struct {
	// Kinds are the kinds of files compared, each with its own kind only.
	Kinds []string `json:"kinds" zh:"参加比较的种类，各种类只与自己比较" en:"kinds compared, each with its own kind only"`
}

// Name is "shared-files".
func (SharedFiles) Name() string { return "shared-files" }

// Doc says what it judges.
func (SharedFiles) Doc() lang.Text {
	return lang.T("在各案件之间比较同一种材料的文件；同一个文件（逐字节相同）出现在几个案件里就不通过。读不出来的文件不比较。",
		"Compares files of the same kind between the cases; fails where a file is byte for byte the same in several of them. Files that could not be read are left out.")
}

// NewParams returns the defaults: the penalised pictures and their
// replacements.
func (SharedFiles) NewParams() any {
	return &SharedParams{Kinds: []string{facts.KindViolating, facts.KindReplacement}}
}

// Needs asks for the hash of every file compared.
func (SharedFiles) Needs(params any) []checks.Need {
	var out []checks.Need
	for _, k := range params.(*SharedParams).Kinds {
		out = append(out, checks.Need{Kind: k, Fact: "file.sha256"})
	}
	return out
}

// Vars are the cases concerned and how many files they share.
func (SharedFiles) Vars() []string { return []string{"cases", "count"} }

// Run judges the batch. Each file that an earlier case has too is one piece of
// evidence; files that could not be read are left out, they have findings.
func (SharedFiles) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	p := params.(*SharedParams)
	if len(s.Batch) < 2 {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	var shared []verdict.Evidence
	concerned := map[string]bool{}
	for _, kind := range p.Kinds {
		first := map[string]place{}
		for _, v := range s.Batch {
			for _, a := range v.Of(kind) {
				if a.Facts == nil || a.Facts.File.SHA256 == "" || a.Facts.File.Bytes == 0 {
					continue
				}
				sha := a.Facts.File.SHA256
				earlier, ok := first[sha]
				switch {
				case !ok:
					first[sha] = place{v.Path, a.Path}
				case earlier.dir != v.Path:
					concerned[earlier.dir], concerned[v.Path] = true, true
					shared = append(shared, verdict.Evidence{
						Fact: "file.sha256", Observed: sha, Quote: path.Join(v.Path, a.Path),
						Related: &verdict.Related{Case: earlier.dir, Asset: path.Join(earlier.dir, earlier.file)},
					})
				}
			}
		}
	}
	return checks.Result{Outcome: failIf(len(shared) > 0), Evidence: shared,
		Vars: map[string]verdict.Value{"cases": checks.Paths(sorted(concerned)), "count": checks.Count(len(shared))}}, nil
}

// place is a file of a case.
type place struct{ dir, file string }

func failIf(violated bool) verdict.Outcome {
	if violated {
		return verdict.Fail
	}
	return verdict.Pass
}

func sorted(set map[string]bool) []string {
	out := make([]string, 0, len(set))
	for n := range set {
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

// PerDay counts the appeals planned from one network on one day in Beijing
// (M27). Submissions already made count; cases without appeal.network are
// taken to share one.
type PerDay struct{}

// PerDayParams of "appeals-per-day".
type PerDayParams struct {
	// Max appeals from one network on one day.
	Max int `json:"max" zh:"同一网络一天最多几份申诉" en:"most appeals from one network on one day"`
}

// Name is "appeals-per-day".
func (PerDay) Name() string { return "appeals-per-day" }

// Doc says what it judges.
func (PerDay) Doc() lang.Text {
	return lang.T("按北京时间逐日统计同一网络计划提交和已经提交的申诉；超过上限就不通过。没有写 appeal.network 的案件算作同一网络。",
		"Counts the appeals planned or made from one network on one day in Beijing; fails where they are more than allowed. Cases without appeal.network count as one network.")
}

// NewParams returns the default: M27 says "not many", three is our reading.
func (PerDay) NewParams() any { return &PerDayParams{Max: 3} }

// Needs nothing of any file.
func (PerDay) Needs(any) []checks.Need { return nil }

// Vars are the crowded days and the most appeals on one.
func (PerDay) Vars() []string { return []string{"days", "count"} }

// Run judges the batch. Each crowded day is one piece of evidence.
func (PerDay) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	p := params.(*PerDayParams)
	type key struct{ day, network string }
	cases := map[key]map[string]bool{}
	note := func(at time.Time, v *facts.Case) {
		if at.IsZero() {
			return
		}
		k := key{at.In(lang.Beijing()).Format(time.DateOnly), v.File.Appeal.Network}
		if cases[k] == nil {
			cases[k] = map[string]bool{}
		}
		cases[k][v.Path] = true
	}
	for _, v := range s.Batch {
		if v.File == nil {
			continue
		}
		note(v.File.Appeal.PlannedAt, v)
		for _, a := range v.File.Appeal.Attempts {
			note(a.At, v)
		}
	}
	if len(cases) == 0 {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	var crowded []key
	most := 0
	for k, set := range cases {
		if len(set) > p.Max {
			crowded = append(crowded, k)
			most = max(most, len(set))
		}
	}
	slices.SortFunc(crowded, func(a, b key) int { return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.network, b.network)) })
	var evidence []verdict.Evidence
	var days []string
	for _, k := range crowded {
		evidence = append(evidence, verdict.Evidence{
			Fact: "case.appeal.planned_at", Observed: len(cases[k]), Required: verdict.Want(p.Max),
			Quote: strings.TrimSpace(k.day+" "+k.network) + ": " + strings.Join(sorted(cases[k]), ", "),
		})
		if !slices.Contains(days, k.day) {
			days = append(days, k.day)
		}
	}
	return checks.Result{Outcome: failIf(len(crowded) > 0), Evidence: evidence,
		Vars: map[string]verdict.Value{"days": checks.Names(days, ", "), "count": checks.Count(most)}}, nil
}

// LetterReuse finds one letter handed in for products of different categories
// (M24) where the cases do not agree on what it covers: a letter that covers
// both says so in both.
type LetterReuse struct{}

// Name is "letter-reuse".
func (LetterReuse) Name() string { return "letter-reuse" }

// Doc says what it judges.
func (LetterReuse) Doc() lang.Text {
	return lang.T("查找用于不同类目商品的同一份授权书；各案件写的涵盖类目不一致，或没有写明，就不通过。文件不同、但双方、编号、日期都一样的（重新扫描的同一份），由人判断。",
		"Finds one letter handed in for products of different categories; fails unless the cases state the same of what it covers. A person looks at files that differ but have parties, numbers and dates in common, as another scan of one letter has.")
}

// NewParams returns nil: there are none.
func (LetterReuse) NewParams() any { return nil }

// Needs asks for the hash of every letter and for what tells it from others.
func (LetterReuse) Needs(any) []checks.Need {
	out := []checks.Need{{Kind: facts.KindAuthorization, Fact: "file.sha256"}}
	for _, f := range [...]string{"grantor", "grantee", "signed_at", "starts", "ends", "registrations", "categories", "title"} {
		out = append(out, checks.Need{Kind: facts.KindAuthorization, Fact: "document." + f})
	}
	return out
}

// Vars are the cases concerned and how many pairs of them.
func (LetterReuse) Vars() []string { return []string{"cases", "count"} }

// Run judges the batch.
func (LetterReuse) Run(_ context.Context, s checks.Subject, _ any) (checks.Result, error) {
	if len(s.Batch) < 2 {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	var uses []letterUse
	var gathered checks.Gathered
	concerned := map[string]bool{}
	for _, v := range s.Batch {
		if v.File == nil {
			continue
		}
		for _, a := range v.Of(facts.KindAuthorization) {
			if a.Facts == nil || a.Facts.File.SHA256 == "" || a.Facts.File.Bytes == 0 {
				continue
			}
			now := letterUse{place{v.Path, a.Path}, a.Facts, top(v.File.Product.Category), covered(v.File, a.Path)}
			for _, was := range uses {
				bytes := was.facts.File.SHA256 == a.Facts.File.SHA256
				if was.dir == now.dir || was.product == now.product || was.covers == now.covers && now.covers != "" ||
					!bytes && !oneLetter(&was.facts.Document, &a.Facts.Document) {
					continue
				}
				concerned[was.dir], concerned[now.dir] = true, true
				list := &gathered.Failed
				if !bytes {
					list = &gathered.Unclear
				}
				*list = append(*list, verdict.Evidence{
					Fact: "case.letters.categories", Quote: path.Join(v.Path, a.Path),
					Observed: fmt.Sprintf("%s (%s)", now.product, cmp.Or(now.covers, "-")),
					Required: verdict.Want(fmt.Sprintf("%s (%s)", was.product, cmp.Or(was.covers, "-"))),
					Related:  &verdict.Related{Case: was.dir, Asset: path.Join(was.dir, was.file)},
				})
			}
			uses = append(uses, now)
		}
	}
	return gathered.Result(func(shown []verdict.Evidence) map[string]verdict.Value {
		return map[string]verdict.Value{"cases": checks.Paths(sorted(concerned)), "count": checks.Count(len(shown))}
	}), nil
}

// letterUse is a letter handed in for a case.
type letterUse struct {
	place
	facts           *facts.Set
	product, covers string
}

// oneLetter reports whether two papers read the same: both parties, and two of
// registration numbers, date of signature, term and title; nothing that was read
// in both differs.
func oneLetter(a, b *facts.Document) bool {
	if party.Compare(a.Grantor.Name, b.Grantor.Name) != party.Same || party.Compare(a.Grantee.Name, b.Grantee.Name) != party.Same {
		return false
	}
	const enough = 2
	alike := 0
	for _, x := range [...]struct{ a, b string }{
		{words(a.Registrations), words(b.Registrations)}, {day(a.SignedAt), day(b.SignedAt)}, {day(a.Starts), day(b.Starts)},
		{day(a.Ends), day(b.Ends)}, {words(a.Categories), words(b.Categories)}, {a.Title, b.Title},
	} {
		switch {
		case x.a == "" || x.b == "":
		case !strings.EqualFold(x.a, x.b):
			return false
		default:
			alike++
		}
	}
	return alike >= enough
}

func words(list []string) string {
	list = slices.Clone(list)
	slices.Sort(list)
	return strings.Join(list, ", ")
}

// day is a day in Beijing, "" for none.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(lang.Beijing()).Format(time.DateOnly)
}

// top is the first step of a category path.
func top(category string) string {
	first, _, _ := strings.Cut(strings.ToLower(strings.Trim(category, "/ ")), "/")
	return strings.TrimSpace(first)
}

// covered is what case.yaml says a letter's file covers.
func covered(c *casefile.File, file string) string {
	for _, l := range c.Letters {
		if l.File == file {
			list := slices.Clone(l.Categories)
			slices.Sort(list)
			return strings.ToLower(strings.Join(list, ", "))
		}
	}
	return ""
}

// Duplicates finds one violation of one product prepared in two folders: it
// can be appealed once only (M4).
type Duplicates struct{}

// Name is "duplicate-case".
func (Duplicates) Name() string { return "duplicate-case" }

// Doc says what it judges.
func (Duplicates) Doc() lang.Text {
	return lang.T("查找同一商品、同一违规编号的两个案件；有就不通过，因为每个违规只能申诉一次。没有写违规编号的案件不比较。",
		"Finds two cases of one product with the same violation ID; fails where there are any, as a violation can be appealed once only. Cases without a violation ID are left out.")
}

// NewParams returns nil: there are none.
func (Duplicates) NewParams() any { return nil }

// Needs nothing of any file.
func (Duplicates) Needs(any) []checks.Need { return nil }

// Vars are the cases concerned and how many of them repeat an earlier one.
func (Duplicates) Vars() []string { return []string{"cases", "count"} }

// Run judges the batch. Cases without a violation ID are left out.
func (Duplicates) Run(_ context.Context, s checks.Subject, _ any) (checks.Result, error) {
	if len(s.Batch) < 2 {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	type key struct{ violation, product string }
	first := map[key]string{}
	concerned := map[string]bool{}
	var twice []verdict.Evidence
	for _, v := range s.Batch {
		if v.File == nil || v.File.Violation.ID == "" {
			continue
		}
		k := key{v.File.Violation.ID, v.File.Product.ID}
		if earlier, ok := first[k]; ok {
			concerned[earlier], concerned[v.Path] = true, true
			twice = append(twice, verdict.Evidence{
				Fact: "case.violation.id", Observed: k.violation, Quote: v.Path, Related: &verdict.Related{Case: earlier},
			})
			continue
		}
		first[k] = v.Path
	}
	return checks.Result{Outcome: failIf(len(twice) > 0), Evidence: twice,
		Vars: map[string]verdict.Value{"cases": checks.Paths(sorted(concerned)), "count": checks.Count(len(twice))}}, nil
}
