package report

import (
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Limits of the text report without Verbose: what fits a screen.
const (
	maxEvidence  = 3   // pieces shown of a finding
	maxSeen      = 160 // columns of one piece
	maxStepFiles = 3   // files named by one step of the checklist
)

// urgentSeconds is when a deadline is shown in red: two days.
const urgentSeconds = 2 * 24 * 60 * 60

// textFormat is the report for people in a terminal or on paper.
type textFormat struct{}

func (textFormat) Name() string { return "text" }
func (textFormat) Ext() string  { return ".txt" }

// textHead is how the report begins.
var textHead = regexp.MustCompile(`^(\x1b\[[0-9;]*m)*aecheck [^ \n]+ · \d{4}-\d\d-\d\d `)

func (textFormat) Wrote(head []byte) bool { return textHead.Match(head) }

func (textFormat) Write(w io.Writer, r *verdict.Report, o Options) error {
	t := &textPage{view: leanView(r, o), page: newPage(w, o)}
	if o.Quiet {
		t.brief()
	} else {
		t.full()
	}
	return t.page.err
}

// textPage draws a view as text.
type textPage struct {
	*view
	page *page
}

// full draws everything.
func (t *textPage) full() {
	p := t.page
	p.wrap(0, t.toolLine(), p.dim)
	if t.r.Interrupted {
		p.wrap(0, "! "+t.say.Interrupted, p.bad)
	}
	if t.o.Redact {
		p.wrap(0, t.say.Redacted, p.dim)
	}
	if len(t.cases) > 1 || t.o.Within != nil {
		t.drawTable()
	}
	for _, c := range t.ordered() {
		if t.detailed(c) {
			t.drawCase(c)
		}
	}
	t.drawBetween()
	t.drawHidden(nil, t.hiddenBetween())
	if t.o.Statistics {
		t.drawStatistics()
	}
	t.drawProblems()
	p.blank()
	t.drawVerdict()
	t.drawNext()
}

// drawNext ends the report with what to do: the worst thing first.
func (t *textPage) drawNext() {
	p, next := t.page, t.next()
	if len(next) > 0 {
		p.wrap(0, t.say.NextHead+t.words.Colon, p.bold)
	}
	for i, line := range next {
		p.hang(2, fmt.Sprintf("%d. ", i+1), line, p.plain)
	}
	if t.abridged() {
		t.drawHow()
		return
	}
	if len(t.cases) > 0 && !t.o.HasPage {
		p.wrap(0, t.say.NextPage, p.dim)
	}
}

// brief draws one line a finding, and the verdict.
func (t *textPage) brief() {
	p := t.page
	line := func(where string, f *finding) {
		symbol, word := t.mark(f)
		text := fmt.Sprintf("%s %s  %s  %s%s%s", symbol, word, clean(f.Rule), where, t.words.Colon, oneLine(f.Message))
		p.print(p.styleOf(f).Render(text))
	}
	for i := range t.cases {
		c := &t.cases[i]
		for _, g := range c.groups {
			for _, s := range g.subjects {
				for k := range s.findings {
					if weight(&s.findings[k]) > 1 {
						line(t.subjectName(c, s.asset, true), &s.findings[k])
					}
				}
			}
		}
	}
	for _, g := range t.outer {
		for _, s := range g.subjects {
			for k := range s.findings {
				line(t.words.Batch, &s.findings[k])
			}
		}
	}
	t.drawProblems()
	if t.r.Interrupted {
		p.print(p.bad.Render("! " + t.say.Interrupted))
	}
	t.drawVerdict()
}

// oneLine is a message as a single clean line.
func oneLine(s string) string { return clean(strings.Join(strings.Fields(s), " ")) }

func (t *textPage) drawCase(c *caseView) {
	p := t.page
	p.heading(t.title(c))
	t.drawDeadline(c)
	p.wrap(0, strings.Join(append([]string{t.countFiles(c)}, t.counts(c.tally, true)...), " · "), p.plain)
	if len(c.groups) == 0 {
		p.blank()
		p.wrap(0, "✓ "+t.say.NoFindings, p.good)
	}
	t.drawGroups(c, c.groups)
	if c.mayOverrule() {
		p.blank()
		p.wrap(0, t.say.MayOverrule, p.dim)
	}
	t.drawConfirmed(c)
	t.drawHidden(c, c.hidden)
	t.drawPassed(c)
	t.drawChecklist(c)
	t.drawSteps(c)
}

func (t *textPage) drawDeadline(c *caseView) {
	p := t.page
	if c.Deadline == nil {
		if len(c.Checklist) > 0 {
			p.wrap(0, t.say.NoDeadline, p.warn)
		}
		return
	}
	style := p.bold
	if c.Deadline.RemainingSeconds < urgentSeconds {
		style = p.bad
	}
	for i, line := range t.deadlineLines(c.Deadline) {
		if i > 0 {
			style = p.plain
		}
		label := ""
		if i == 0 {
			label = t.say.Deadline
		}
		p.labelled(0, label, p.ruler.Columns(t.say.Deadline), line, style)
	}
}

func (t *textPage) drawGroups(c *caseView, groups []group) {
	p := t.page
	for _, g := range groups {
		p.blank()
		p.ruled(clean(g.title) + " · " + strings.Join(t.counts(g.tally, false), " · "))
		t.drawSubjects(c, []group{g})
	}
}

// drawSubjects draws files with their findings, and what several files share. What is
// about no file stands right below the heading, or names itself where it comes later.
func (t *textPage) drawSubjects(c *caseView, groups []group) {
	for _, g := range groups {
		for i := range g.entries {
			e := &g.entries[i]
			if e.shared {
				t.drawShared(c, e)
				continue
			}
			if e.asset != "" || i > 0 {
				t.page.wrap(2, t.subjectName(c, e.asset, false), t.page.bold)
			}
			for k := range e.findings {
				t.drawFinding(c, &e.findings[k])
			}
		}
	}
}

// maxShared is how many files of one fault are listed with what differs.
const maxShared = 5

// drawShared draws one fault of several files: what differs from file to file stands
// behind its name.
func (t *textPage) drawShared(c *caseView, e *entry) {
	p, f := t.page, &e.findings[0]
	if t.alike(c, e) {
		p.wrap(2, t.many(c, e)+t.words.Colon+t.listed(c, e), p.bold)
		t.drawFinding(c, f)
		return
	}
	p.wrap(2, t.many(c, e), p.bold)
	t.drawHead(f)
	for i := range e.findings {
		if i == maxShared {
			p.wrap(6, lang.Count(t.m.Spoken.MoreOf, len(e.findings)-i), p.dim)
			break
		}
		p.hang(6, "- ", t.shown(c, e.findings[i].Asset)+t.words.Colon+t.differs(c, &e.findings[i]), p.plain)
	}
	t.drawAdvice(f)
}

// differs is what a finding says of its own file: its message, and what was seen.
func (v *view) differs(c *caseView, f *finding) string {
	text := oneLine(f.Message)
	lines, _ := v.told(c, f)
	for _, l := range lines {
		text = strings.TrimSuffix(text, v.words.Stop) + v.words.Semicolon + v.line(l)
	}
	return text
}

// line is what was seen and what was wanted, in one.
func (v *view) line(l PageSeen) string {
	if l.Required == "" {
		return l.Seen
	}
	return lang.Fill(v.say.SeenRequired, "seen", l.Seen, "required", l.Required)
}

// subjectName names a file without its case, unless full.
func (t *textPage) subjectName(c *caseView, asset string, full bool) string {
	switch {
	case asset == "" && full && c != nil:
		return clean(c.name)
	case asset == "":
		return t.whole(c)
	case c == nil || full:
		return clean(asset)
	}
	return clean(c.shortPath(asset))
}

func (t *textPage) drawHead(f *finding) {
	symbol, _ := t.mark(f)
	t.page.wrap(4, symbol+" "+t.label(f)+"  "+clean(f.Rule)+" "+clean(f.Title), t.page.styleOf(f))
}

func (t *textPage) drawFinding(c *caseView, f *finding) {
	p := t.page
	t.drawHead(f)
	if f.Message != f.Title {
		p.wrap(6, terminal.CleanText(f.Message), p.plain)
	}
	lines, more := t.told(c, f)
	width := t.labels()
	for _, l := range lines {
		p.labelled(6, t.say.Seen, width, t.line(l), p.dim)
	}
	if more > 0 {
		p.labelled(6, "", width, lang.Count(t.say.MoreSeen, more), p.dim)
	}
	t.drawAdvice(f)
}

// labels is the width of the words before what was seen, what to do and who says so.
func (t *textPage) labels() int {
	return t.page.widest(t.say.Seen, t.say.Remedy, t.say.Sources)
}

func (t *textPage) drawAdvice(f *finding) {
	p, width := t.page, t.labels()
	if f.Remedy != "" {
		p.labelled(6, t.say.Remedy, width, terminal.CleanText(f.Remedy), p.plain)
	}
	if f.Basis != "" || len(f.Sources) > 0 {
		p.labelled(6, t.say.Sources, width, t.sources(f, t.o.Verbose), p.dim)
	}
}

func (t *textPage) drawConfirmed(c *caseView) {
	if len(c.confirmed) == 0 {
		return
	}
	p := t.page
	p.blank()
	p.ruled(t.say.Confirmed)
	for i := range c.confirmed {
		f := &c.confirmed[i]
		p.wrap(2, "✓ "+clean(f.Rule)+" "+clean(f.Title)+"  "+t.subjectName(c, f.Asset, false), p.good)
		p.wrap(4, t.suppression(f.Suppressed), p.dim)
	}
}

// drawHidden lists what settings and a baseline keep out of the count, where all is to
// be listed.
func (t *textPage) drawHidden(c *caseView, hidden []finding) {
	if !t.o.Verbose || len(hidden) == 0 {
		return
	}
	p := t.page
	p.blank()
	p.ruled(t.say.Hidden)
	for i := range hidden {
		f := &hidden[i]
		p.wrap(2, "− "+clean(f.Rule)+" "+clean(f.Title)+"  "+t.subjectName(c, f.Asset, false), p.plain)
		p.wrap(4, t.suppression(f.Suppressed), p.dim)
	}
}

// hiddenBetween are those of the findings between cases.
func (v *view) hiddenBetween() []finding {
	var out []finding
	for _, f := range v.batch {
		if f.Suppressed != nil && !f.Suppressed.Confirmed() {
			out = append(out, f)
		}
	}
	return out
}

// suppression says why a finding does not count.
func (v *view) suppression(s *verdict.Suppression) string {
	switch s.By {
	case "baseline":
		return strings.TrimSpace(v.say.Baselined + " " + clean(s.Note))
	case "suppression":
		until := ""
		if s.Expires != "" {
			until = v.paren(lang.Fill(v.say.Until, "date", clean(s.Expires)))
		}
		return lang.Fill(v.say.SuppressedBy, "from", orNothing(v, s.From), "reason", orNothing(v, s.Note)) + until
	}
	how := v.say.ConfirmedBy
	if s.Overruled {
		how = v.say.OverruledBy
	}
	return strings.TrimSpace(lang.Fill(how, "who", orNothing(v, s.Person), "when", orNothing(v, s.At), "note", clean(s.Note)))
}

func orNothing(v *view, s string) string {
	if s == "" {
		return v.words.Nothing
	}
	return clean(s)
}

func (t *textPage) drawPassed(c *caseView) {
	if !t.o.Verbose || len(c.passed) == 0 {
		return
	}
	p := t.page
	p.blank()
	p.ruled(t.say.Passed)
	for i := range c.passed {
		f := &c.passed[i]
		p.wrap(2, "✓ "+clean(f.Rule)+" "+clean(f.Title)+"  "+t.subjectName(c, f.Asset, false), p.good)
	}
}

func (t *textPage) drawChecklist(c *caseView) {
	if len(c.items) == 0 {
		return
	}
	p := t.page
	p.blank()
	p.ruled(t.say.Checklist + " · " + t.say.ChecklistHint)
	width := 0
	for _, it := range c.items {
		width = max(width, p.ruler.Columns(clean(it.Title)))
	}
	width = min(width, p.width/2)
	for _, it := range c.items {
		symbol, word := t.box(&it)
		p.wrap(0, symbol+" "+p.ruler.Pad(clean(it.Title), width)+"  "+word, p.styleOfItem(&it))
		if len(it.Assets) > 0 {
			p.wrap(4, t.fileList(c, it.Assets), p.dim)
		}
		if it.Note != "" {
			p.wrap(4, terminal.CleanText(it.Note), p.plain)
		}
		for _, s := range it.steps {
			p.hang(4, "☐ ", t.stepText(c, &s), p.plain)
		}
	}
}

// drawSteps draws what only a person can do.
func (t *textPage) drawSteps(c *caseView) {
	if len(c.Steps) == 0 {
		return
	}
	p := t.page
	p.blank()
	p.ruled(t.say.Steps)
	for _, phase := range t.phases(c) {
		p.wrap(0, phase.name, p.bold)
		for i := range phase.steps {
			p.hang(2, "☐ ", t.stepLine(&phase.steps[i]), p.plain)
		}
	}
}

// stepText says one thing to do: what is wrong, where, how to mend it.
func (t *textPage) stepText(c *caseView, s *step) string {
	text := clean(s.finding.Rule) + " " + clean(s.finding.Title)
	if len(s.assets) > 0 {
		text += t.paren(t.fileList(c, s.assets))
	} else if s.count > 1 {
		text += t.paren(lang.Count(t.say.Same, s.count))
	}
	if s.finding.Remedy != "" {
		text += t.words.Colon + oneLine(s.finding.Remedy)
	}
	return text
}

func (t *textPage) drawProblems() {
	if len(t.r.Problems) == 0 {
		return
	}
	p := t.page
	p.blank()
	p.ruled(t.say.Problems)
	for i := range t.problems {
		problem := &t.problems[i]
		text := t.problemSaid(problem)
		if problem.Path != "" {
			text = clean(problem.Path) + " · " + text
		}
		p.hang(2, "! ", text, p.warn)
	}
}

func (t *textPage) drawStatistics() {
	rows := t.statistics()
	if len(rows) == 0 {
		return
	}
	p := t.page
	p.heading(t.say.Statistics)
	for _, row := range rows {
		p.hang(0, p.ruler.Pad(clean(row.rule), 8), clean(row.title)+t.words.Colon+strings.Join(t.counts(row.tally, true), " · "), p.plain)
	}
}

func (t *textPage) drawVerdict() {
	p := t.page
	style := map[string]lipgloss.Style{"good": p.good, "warn": p.warn, "bad": p.bad}[t.tone()]
	p.wrap(0, t.say.Verdict+t.words.Colon+t.verdict(), style)
}
