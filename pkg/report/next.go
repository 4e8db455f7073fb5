package report

import (
	"path"
	"strings"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// next says what to do now: the worst thing first, then the commands that go on from
// what was found, each once and in the order they are used in.
func (v *view) next() []string {
	var out []string
	if act := v.worst(); act != "" {
		out = append(out, act)
	}
	if v.o.Only == nil && v.abridged() {
		return out // of many cases no command goes on from all
	}
	var fix, letter, confirm, draft, pack *caseView
	first := func(to **caseView, c *caseView, now bool) {
		if now && *to == nil {
			*to = c
		}
	}
	for i := range v.rows {
		c := v.rows[i].c
		if c.closedBy() != nil || !v.goesOn(&v.rows[i]) {
			continue // nothing to hand in
		}
		first(&fix, c, c.mayFix())
		ready := len(c.Checklist) > 0 // a plain folder of photos is no appeal
		for _, item := range c.Checklist {
			first(&letter, c, item.Item == facts.KindCommitment && item.State == verdict.ItemMissing)
			first(&draft, c, item.Item == facts.KindStatement && len(item.Assets) == 0 && item.State != verdict.ItemNotNeeded)
			ready = ready && item.State != verdict.ItemMissing
		}
		for k := range c.findings {
			f := &c.findings[k]
			if f.Suppressed != nil {
				continue
			}
			open := f.Outcome == verdict.Fail && f.Severity == verdict.SeverityError || f.Outcome == verdict.Review || f.Outcome == verdict.Error
			ready = ready && !open
			first(&confirm, c, f.Outcome == verdict.Review && f.Cause == verdict.Judgement && len(c.Checklist) > 0)
		}
		first(&pack, c, ready)
	}
	for _, n := range []struct {
		of   *caseView
		text string
		out  string // what the name of a new folder ends in
	}{{fix, v.say.NextFix, "fixed"}, {letter, v.say.NextLetter, "letter"}, {confirm, v.say.NextConfirm, ""}, {draft, v.say.NextDraft, ""}, {pack, v.say.NextPack, "pack"}} {
		if n.of != nil {
			out = append(out, v.command(n.of, n.text, n.out))
		}
	}
	return out
}

// worst says the gravest finding as a thing to do: that of the most urgent case that
// has one and is not closed. Empty where nothing asks for anything.
func (v *view) worst() string {
	if len(v.cases) == 1 {
		c := &v.cases[0]
		if closes := c.closedBy(); closes != nil {
			return v.act(c, closes)
		}
	}
	for i := range v.rows {
		if !v.goesOn(&v.rows[i]) {
			continue
		}
		if f := gravest(v.rows[i].c.groups); f != nil {
			return v.act(v.rows[i].c, f)
		}
	}
	if f := gravest(v.outer); f != nil {
		return v.act(nil, f)
	}
	return ""
}

// goesOn reports whether to say what to do about a case: among several not where it is
// too late, nor where the reader asked for others.
func (v *view) goesOn(r *row) bool {
	return len(v.rows) == 1 || !r.over() && (v.o.Only == nil || v.detailed(r.c))
}

// gravest is the gravest finding of groups that asks for something, the first of them;
// nil for none.
func gravest(groups []group) *finding {
	var f *finding
	for _, g := range groups {
		for k := range g.subjects {
			if w := &g.subjects[k].findings[0]; weight(w) > 1 && (f == nil || weight(w) > weight(f)) {
				f = w
			}
		}
	}
	return f
}

// act is a finding as a thing to do: what is wrong, with which file, how to mend it.
func (v *view) act(c *caseView, f *finding) string {
	text := clean(f.Title)
	if c != nil && len(v.cases) > 1 {
		text = clean(c.name) + v.words.Colon + text
	}
	if f.Asset != "" {
		text += v.paren(v.shown(c, f.Asset))
	}
	if f.Remedy != "" {
		text += v.words.Colon + oneLine(f.Remedy)
	}
	return text
}

// command is a command with the folder of a case in it, where that is known.
func (v *view) command(c *caseView, text, ending string) string {
	folder, out := v.say.AnyFolder, v.say.NewFolder
	if p := strings.TrimRight(c.folder.Path, `/\`); p != "" {
		folder, out = p, p+"-"+ending
		if base := path.Base(strings.ReplaceAll(p, `\`, "/")); base == "." || base == ".." { // beside it, not in it
			out = path.Join(strings.ReplaceAll(p, `\`, "/"), "..", c.folder.Name+"-"+ending)
		}
	}
	return lang.Fill(text, "folder", quoted(folder), "out", quoted(out), "draft", quoted(folder+"/"+v.say.DraftFile))
}

// quoted is a path as one argument of a shell.
func quoted(p string) string {
	p = clean(p)
	if strings.ContainsAny(p, " \t&();'") {
		return `"` + p + `"`
	}
	return p
}
