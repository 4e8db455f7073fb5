package sheet

import (
	"fmt"
	"strings"
)

// Markdown is the page as text, for those who work in an editor or a ticket system.
func (s *Sheet) Markdown() []byte {
	m := &writer{}
	say := s.Say
	// The name at the end tells a later check that this is no material of a case.
	m.line("# %s · aecheck", md(s.Title()))
	m.para("%s", md(say.Subtitle))
	m.para("%s", md(s.Made))
	for _, b := range s.Banners {
		m.para("**%s**", md(b.Text))
	}
	for i, line := range s.Deadline {
		if i == 0 {
			m.para("**%s%s%s**", md(say.Deadline), s.Colon, md(line))
			continue
		}
		m.para("%s", md(line))
	}
	m.para("## %s", md(say.IDs))
	for _, p := range s.IDs {
		value := md(say.Blank)
		if p.Pasteable() {
			value = code(p.Value)
		}
		m.line("- %s%s%s", md(p.Label), s.Colon, value)
	}
	if s.Compared {
		m.para("## %s", md(say.Since))
		m.groups(s.Since)
		if len(s.Since) == 0 {
			m.line("%s", md(say.SinceNone))
		}
	}
	m.fields(s)
	m.para("## %s", md(say.Statement))
	m.texts(s.Statements)
	if len(s.Statements) == 0 {
		m.line("%s", md(s.NoStatement))
	} else {
		m.para("%s", md(say.StatementHow))
	}
	if len(s.Open) > 0 {
		m.para("## %s", md(say.Stands))
		m.line("%s\n", md(say.StandsHow))
	}
	for _, f := range s.Open {
		m.line("- **%s %s %s** %s", f.Symbol, md(f.Rule), md(f.Title), md(f.File))
		m.below(f.Message)
		m.below(f.Remedy)
	}
	if len(s.Phases) > 0 {
		m.para("## %s", md(say.Steps))
	}
	for _, p := range s.Phases {
		m.line("### %s\n", md(p.Title))
		for _, step := range p.Steps {
			m.line("- [ ] **%s**", md(step.Label))
			m.below(step.Value)
		}
		m.line("")
	}
	m.para("## %s", md(say.Then))
	for _, line := range s.After {
		m.line("%s\n", md(line))
	}
	m.line("### %s\n\n%s\n\n%s", md(say.Trouble), md(say.TroubleCapture), md(say.TroubleTicket))
	m.texts(s.Tickets)
	if len(s.Boxes) > 0 {
		m.para("## %s", md(say.Boxes))
		m.line("%s\n", md(say.BoxesHow))
		m.groups(s.Boxes)
	}
	if len(s.Left) > 0 {
		m.para("## %s", md(say.Left))
		for _, l := range s.Left {
			m.line("- %s%s%s", md(l.Label), s.Colon, md(l.Value))
		}
	}
	return []byte(m.b.String())
}

type writer struct{ b strings.Builder }

func (w *writer) line(format string, args ...any) { fmt.Fprintf(&w.b, format+"\n", args...) }

// para is a line with blank lines around it.
func (w *writer) para(format string, args ...any) { w.line("\n"+format+"\n", args...) }

// below is a line that belongs to the entry of a list above it.
func (w *writer) below(text string) {
	if text != "" {
		w.line("  %s", md(text))
	}
}

func (w *writer) groups(groups []Group) {
	for _, g := range groups {
		w.line("### %s\n", md(g.Title))
		for _, l := range g.Lines {
			w.line("- %s", md(l))
		}
		w.line("")
	}
}

// texts are shown as they are, to be copied: in a fence that nothing in them closes.
func (w *writer) texts(texts []Text) {
	for _, t := range texts {
		fence := "```"
		for strings.Contains(t.Text, fence) {
			fence += "`"
		}
		w.para("### %s", md(t.Title))
		w.line("%stext\n%s\n%s", fence, t.Text, fence)
	}
}

func (w *writer) fields(s *Sheet) {
	w.para("## %s", md(s.Say.Fields))
	if s.Parts != "" {
		w.line("%s\n", md(s.Parts))
	}
	for _, f := range s.Fields {
		w.line("### %s %s · %s\n", f.No, md(f.Title), md(f.State))
		if f.Limits != "" {
			w.line("%s\n", md(f.Limits))
		}
		for _, file := range f.Files {
			w.line("- [ ] %s (%s)", code(file.Path), md(file.Size))
			for _, n := range file.Notes {
				w.below(n)
			}
		}
		if len(f.Files) == 0 {
			w.line("%s", md(s.Say.NoFiles))
		}
		w.line("")
	}
}

// md escapes what Markdown would take for more than text, on one line.
func md(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' }), " ")
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune("\\`*_[]<>|~#", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// code is a text between as many backticks as it takes.
func code(s string) string {
	ticks := "`"
	for strings.Contains(s, ticks) {
		ticks += "`"
	}
	if len(ticks) > 1 {
		return ticks + " " + s + " " + ticks
	}
	return ticks + s + ticks
}
