package report

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// markdownFormat is GitHub-flavoured Markdown, for pull requests, tickets and
// wikis. File names stand in code spans; all other seller-derived text is
// escaped, so it cannot make links, mentions, headings or HTML.
type markdownFormat struct{}

func (markdownFormat) Name() string { return "markdown" }
func (markdownFormat) Ext() string  { return ".md" }

func (markdownFormat) Wrote(head []byte) bool {
	title, _, _ := bytes.Cut(head, []byte("\n"))
	return bytes.HasPrefix(title, []byte("# ")) && bytes.HasSuffix(title, []byte(" aecheck"))
}

func (markdownFormat) Write(w io.Writer, r *verdict.Report, o Options) error {
	m := &markdownPage{view: leanView(r, o)}
	m.line("# %s", md(lang.Fill(m.say.Title, "name", clean(r.Tool.Name))))
	m.line("**%s%s%s**", m.say.Verdict, m.words.Colon, md(m.verdict()))
	if r.Interrupted {
		m.line("> **%s**", md(m.say.Interrupted))
	}
	if o.Redact {
		m.line("> %s", md(m.say.Redacted))
	}
	m.drawTable()
	for _, c := range m.ordered() {
		if m.o.Only == nil || m.detailed(c) {
			m.drawCase(c)
		}
	}
	if len(m.outer) > 0 {
		m.line("## %s", md(m.words.Batch))
		m.drawGroups(nil, m.outer)
	}
	if rows := m.statistics(); o.Statistics && len(rows) > 0 {
		m.line("## %s", md(m.say.Statistics))
		m.table(m.say.Rule, m.say.Message, m.say.Summary)
		for _, row := range rows {
			m.row(row.rule, md(row.title), strings.Join(m.counts(row.tally, true), " · "))
		}
	}
	if len(r.Problems) > 0 {
		m.line("## %s", md(m.say.Problems))
		for i := range m.problems {
			m.item(0, "%s %s", code(m.problems[i].Path), md(m.problemSaid(&m.problems[i])))
		}
	}
	m.line("---")
	m.line("%s", md(m.toolLine()))
	_, err := io.WriteString(w, strings.TrimLeft(m.out.String(), "\n"))
	return err
}

type markdownPage struct {
	*view
	out    strings.Builder
	inList bool // the last thing written was a list item or table row
}

// line writes a paragraph, set off by an empty line.
func (m *markdownPage) line(format string, args ...any) {
	m.inList = false
	m.out.WriteString("\n" + fmt.Sprintf(format, args...) + "\n")
}

// item writes a list item at a depth.
func (m *markdownPage) item(depth int, format string, args ...any) {
	if !m.inList {
		m.out.WriteByte('\n')
	}
	m.inList = true
	m.out.WriteString(strings.Repeat("  ", depth) + "- " + strings.TrimSpace(fmt.Sprintf(format, args...)) + "\n")
}

func (m *markdownPage) table(heads ...string) {
	m.out.WriteByte('\n')
	m.row(heads...)
	m.out.WriteString(strings.Repeat("| --- ", len(heads)) + "|\n")
}

func (m *markdownPage) row(cells ...string) {
	m.out.WriteString("| " + strings.Join(cells, " | ") + " |\n")
	m.inList = false
}

// drawTable writes the table of several cases.
func (m *markdownPage) drawTable() {
	say := &m.m.Tabling
	for _, line := range m.leftOut() {
		m.line("%s", md(line))
	}
	if len(m.rows) < 2 {
		return
	}
	m.line("## %s", md(lang.Count(say.Head, len(m.rows))))
	m.table(say.Left, say.Due, say.State, say.Client, say.Case, say.Product, say.Open)
	for i := range m.rows {
		r := &m.rows[i]
		state := md(m.stateWord(r))
		if r.state == verdict.StateMend {
			state = "**" + state + "**"
		}
		m.row(md(r.left), r.due, state, code(r.client), code(r.place), code(r.product), md(m.openLine(r)))
	}
}

func (m *markdownPage) drawCase(c *caseView) {
	m.line("## %s", md(m.title(c)))
	if c.Deadline != nil {
		m.line("**%s%s** %s", m.say.Deadline, m.words.Colon, md(strings.Join(m.deadlineLines(c.Deadline), " · ")))
	}
	m.line("%s", md(strings.Join(append([]string{m.countFiles(c)}, m.counts(c.tally, true)...), " · ")))
	if len(c.items) > 0 {
		m.line("### %s", md(m.say.Checklist))
		for _, it := range c.items {
			m.drawItem(c, &it)
		}
	}
	if len(c.Steps) > 0 {
		m.line("### %s", md(m.say.Steps))
		for _, phase := range m.phases(c) {
			m.item(0, "**%s**", md(phase.name))
			for i := range phase.steps {
				m.item(1, "[ ] %s", md(m.stepLine(&phase.steps[i])))
			}
		}
	}
	m.line("### %s", md(m.say.Findings))
	if len(c.groups) == 0 {
		m.line("%s", md(m.say.NoFindings))
	}
	m.drawGroups(c, c.groups)
	if c.mayFix() {
		m.line("%s", md(m.say.MayFix))
	}
	if c.mayOverrule() {
		m.line("%s", md(m.say.MayOverrule))
	}
	if len(c.confirmed) > 0 {
		m.line("### %s", md(m.say.Confirmed))
		for i := range c.confirmed {
			f := &c.confirmed[i]
			m.item(0, "✓ %s %s %s%s%s", md(f.Rule), md(f.Title), code(c.shortPath(f.Asset)), m.words.Colon, md(m.suppression(f.Suppressed)))
		}
	}
	if m.o.Verbose && len(c.hidden) > 0 {
		m.line("### %s", md(m.say.Hidden))
		for i := range c.hidden {
			f := &c.hidden[i]
			m.item(0, "− %s %s %s%s%s", md(f.Rule), md(f.Title), code(c.shortPath(f.Asset)), m.words.Colon, md(m.suppression(f.Suppressed)))
		}
	}
	if m.o.Verbose && len(c.passed) > 0 {
		m.line("### %s", md(m.say.Passed))
		for i := range c.passed {
			f := &c.passed[i]
			m.item(0, "✓ %s %s %s", md(f.Rule), md(f.Title), code(c.shortPath(f.Asset)))
		}
	}
}

// drawItem writes a checklist line as a task that GitHub lets one tick.
func (m *markdownPage) drawItem(c *caseView, it *item) {
	tick := "[ ]"
	if it.State == verdict.ItemReady || it.State == verdict.ItemNotNeeded {
		tick = "[x]"
	}
	_, word := m.box(it)
	var files []string
	for _, a := range it.Assets {
		files = append(files, code(c.shortPath(a)))
	}
	m.item(0, "%s **%s** — %s %s", tick, md(it.Title), md(word), strings.Join(files, m.words.Join))
	if it.Note != "" {
		m.item(1, "%s", md(oneLine(it.Note)))
	}
	for _, s := range it.steps {
		text := md(s.finding.Rule + " " + s.finding.Title)
		if s.finding.Remedy != "" {
			text += m.words.Colon + md(oneLine(s.finding.Remedy))
		}
		m.item(1, "[ ] %s", text)
	}
}

func (m *markdownPage) drawGroups(c *caseView, groups []group) {
	for _, g := range groups {
		m.line("#### %s", md(g.title+" · "+strings.Join(m.counts(g.tally, false), " · ")))
		for i := range g.entries {
			e := &g.entries[i]
			if e.shared {
				m.drawShared(c, e)
				continue
			}
			for k := range e.findings {
				m.drawFinding(c, e.asset, &e.findings[k])
			}
		}
	}
}

// drawShared writes one fault of several files, which are listed with what differs.
func (m *markdownPage) drawShared(c *caseView, e *entry) {
	f := &e.findings[0]
	m.drawHead(f, md("· "+m.many(c, e)))
	alike := m.alike(c, e)
	if alike {
		m.drawSeen(c, f)
	}
	for i := range e.findings {
		text := code(m.shown(c, e.findings[i].Asset))
		if !alike {
			text += m.words.Colon + md(m.differs(c, &e.findings[i]))
		}
		m.item(1, "%s", text)
	}
	m.drawAdvice(f)
}

// drawHead writes what is wrong, and with what.
func (m *markdownPage) drawHead(f *finding, of string) {
	symbol, _ := m.mark(f)
	m.item(0, "%s **%s** %s %s %s", symbol, md(m.label(f)), md(f.Rule), md(f.Title), of)
}

func (m *markdownPage) drawFinding(c *caseView, asset string, f *finding) {
	if c != nil {
		asset = c.shortPath(asset)
	}
	m.drawHead(f, code(asset))
	m.drawSeen(c, f)
	m.drawAdvice(f)
}

// drawSeen writes what is wrong in words, and what was seen.
func (m *markdownPage) drawSeen(c *caseView, f *finding) {
	if f.Message != f.Title {
		m.item(1, "%s", md(oneLine(f.Message)))
	}
	lines, more := m.told(c, f)
	for _, l := range lines {
		m.item(1, "%s%s%s", m.say.Seen, m.words.Colon, md(m.view.line(l)))
	}
	if more > 0 {
		m.item(1, "%s", md(lang.Count(m.say.MoreSeen, more)))
	}
}

func (m *markdownPage) drawAdvice(f *finding) {
	if f.Remedy != "" {
		m.item(1, "**%s**%s%s", m.say.Remedy, m.words.Colon, md(oneLine(f.Remedy)))
	}
	if sources := m.linkedSources(f); sources != "" {
		m.item(1, "%s%s%s", m.say.Sources, m.words.Colon, sources)
	}
}

// linkedSources is sources with addresses made links.
func (m *markdownPage) linkedSources(f *finding) string {
	var parts []string
	for _, s := range m.sourcesOf(f, m.o.Verbose) {
		switch {
		case s.Link == "" || !address.MatchString(s.Link):
			parts = append(parts, md(s.Text))
		case s.Text == s.Link:
			parts = append(parts, "<"+s.Link+">")
		default:
			parts = append(parts, "["+md(s.Text)+"](<"+s.Link+">)")
		}
	}
	for _, s := range m.standing(f) {
		parts = append(parts, md(s))
	}
	return strings.Join(parts, " · ")
}

var (
	address   = regexp.MustCompile(`^https://[0-9A-Za-z./?&=%_~#:+,;-]+$`)
	mentions  = regexp.MustCompile(`(^|[^0-9A-Za-z])@`)
	autolinks = regexp.MustCompile(`(?i)(www)\.|(https?|ftp):`)
)

// md is text as Markdown shows it letter by letter. A mention is disarmed with
// a full-width @, since GitHub looks for mentions after Markdown is done.
func md(s string) string {
	s = clean(s)
	s = mentions.ReplaceAllString(s, "${1}＠")
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune("\\`*_{}[]<>()#|~$&!", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return autolinks.ReplaceAllStringFunc(b.String(), func(m string) string { return m[:len(m)-1] + `\` + m[len(m)-1:] })
}

// code is a name as a code span, whatever backticks it holds; nothing for
// nothing.
func code(s string) string {
	s = clean(s)
	if s == "" {
		return ""
	}
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	if len(fence) > 1 {
		s = " " + s + " "
	}
	return fence + strings.ReplaceAll(s, "|", "¦") + fence
}
