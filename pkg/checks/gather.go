package checks

import (
	"slices"
	"unicode/utf8"

	"github.com/aecheck/aecheck/pkg/verdict"
)

// Group is files (or letters) and what was seen of them: those that fail, say,
// or those nobody could look at.
type Group struct {
	Names    []string // each once
	Evidence []verdict.Evidence
}

// Add puts a piece of evidence about a file into the group.
func (g *Group) Add(name string, evidence ...verdict.Evidence) {
	if !slices.Contains(g.Names, name) {
		g.Names = append(g.Names, name)
	}
	g.Evidence = append(g.Evidence, evidence...)
}

// Result makes the group what a check on files came to; its placeholders are
// FileVars.
func (g *Group) Result(o verdict.Outcome, cause verdict.Cause) Result {
	return Result{Outcome: o, Cause: cause, Evidence: g.Evidence, Vars: map[string]verdict.Value{"files": Paths(g.Names), "count": Count(len(g.Names))}}
}

// FileVars names the placeholders of Group.Result: the files, and how many
// they are.
func FileVars() []string { return []string{"files", "count"} }

// Count is a number as a placeholder.
func Count(n int) verdict.Value { return verdict.Value{Of: n} }

// Paths lists files or folders for a placeholder, below the scanned root or the
// case.
func Paths(list []string) verdict.Value { return listed(list, ", ", verdict.Path) }

// Names lists what is the seller's own: names, ids, what was read.
func Names(list []string, join string) verdict.Value { return listed(list, join, verdict.Private) }

// Words lists words of the program or of rules, such as keys of case.yaml.
func Words(list []string) verdict.Value { return listed(list, ", ", verdict.Public) }

// maxListed is how many characters of a list are kept; a report shows no more of
// one value.
const maxListed = 200

func listed(list []string, join string, p verdict.Privacy) verdict.Value {
	out := verdict.Value{Join: join, Privacy: p}
	entries := make([]any, 0, len(list))
	for i, length := 0, -len(join); i < len(list); i++ {
		if length > maxListed {
			out.Total = len(list)
			break
		}
		entries = append(entries, list[i])
		length += len(join) + utf8.RuneCountInString(list[i])
	}
	out.Of = entries
	return out
}

// Gathered is what a check of papers or of case.yaml saw.
type Gathered struct {
	Failed  []verdict.Evidence // contradicts what is wanted
	Unclear []verdict.Evidence // a person must look
	Missing []verdict.Evidence // keys of case.yaml that are needed and not given
}

// Doubt notes what a person must look at.
func (g *Gathered) Doubt(e verdict.Evidence) { g.Unclear = append(g.Unclear, e) }

// Lack notes a key of case.yaml that is needed and not given.
func (g *Gathered) Lack(key string) {
	e := verdict.Evidence{Fact: "case." + key}
	if !slices.ContainsFunc(g.Missing, func(m verdict.Evidence) bool { return m.Fact == e.Fact }) {
		g.Missing = append(g.Missing, e)
	}
}

// Result is the worst of what was gathered: fail, then review; pass where
// nothing speaks against it. vars makes the placeholders from the evidence.
func (g *Gathered) Result(vars func(shown []verdict.Evidence) map[string]verdict.Value) Result {
	var out Result
	switch {
	case len(g.Failed) > 0:
		out = Result{Outcome: verdict.Fail, Evidence: slices.Concat(g.Failed, g.Unclear)}
	case len(g.Unclear) > 0:
		out = Result{Outcome: verdict.Review, Cause: verdict.Judgement, Evidence: g.Unclear}
	case len(g.Missing) > 0:
		out = Result{Outcome: verdict.Review, Cause: verdict.MissingInput, Evidence: g.Missing}
	default:
		out = Result{Outcome: verdict.Pass}
	}
	out.Vars = vars(out.Evidence)
	return out
}
