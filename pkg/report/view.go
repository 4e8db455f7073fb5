package report

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/i18n"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// view is a report arranged for people: grouped, ordered worst first, counted.
// The text, HTML and Markdown formats draw the same view.
type view struct {
	r     *verdict.Report
	o     Options
	m     i18n.Messages
	words i18n.Words
	say   i18n.Report
	files map[string]bool // paths of all files of the report
	cases []caseView
	rows  []row     // the same as a table, see tabled
	batch []finding // findings between cases
	outer []group   // the same, arranged
	// problems are those of the run, with their texts as people read them.
	problems []problem
	// lean: passes and what did not apply are counted, and kept nowhere.
	lean bool
}

// problem is trouble with the run as people read it.
type problem struct {
	verdict.Problem
	Message string
}

// caseView is one case arranged.
type caseView struct {
	*verdict.Case
	name      string // of its folder
	plain     bool   // a folder of photos, no appeal
	folder    Folder
	tally     tally
	groups    []group
	findings  []finding
	confirmed []finding // a person says that they do not count
	hidden    []finding // settings or a baseline keep them out of the count
	passed    []finding
	items     []item
	assets    map[string]*verdict.Asset // by path
}

// group holds the findings of one checklist item.
type group struct {
	item     string
	title    string
	tally    tally
	subjects []subject
	entries  []entry // the same, where files with one fault are one
}

// subject is a file, or the case or batch as a whole, with its findings.
type subject struct {
	asset    string // empty: the case or batch as a whole
	findings []finding
}

// item is a line of the checklist with what is left to do.
type item struct {
	verdict.ChecklistItem
	Note  string
	steps []step
}

// step is one thing to do: findings of one rule with one remedy.
type step struct {
	finding finding // the first of them
	assets  []string
	count   int
}

// tally counts findings as people count them.
type tally struct {
	fail, warning, info, review, err, pass, skip, confirmed, overruled, suppressed int
}

func (t *tally) add(f *finding) {
	switch {
	case f.Suppressed != nil && !f.Suppressed.Confirmed():
		t.suppressed++
	case f.Suppressed != nil && f.Suppressed.Overruled:
		t.overruled++
	case f.Suppressed != nil:
		t.confirmed++
	case f.Outcome == verdict.Pass:
		t.pass++
	case f.Outcome == verdict.Skip:
		t.skip++
	case f.Outcome == verdict.Error:
		t.err++
	case f.Severity == verdict.SeverityInfo:
		t.info++ // infos never count, whatever they came to
	case f.Outcome == verdict.Review:
		t.review++
	case f.Severity == verdict.SeverityWarning:
		t.warning++
	default:
		t.fail++
	}
}

// weight orders findings, worst first; 0 needs no action. It follows
// verdict.Rank and tells the infos, which Rank ignores, from passes.
func weight(f *finding) int {
	if f.Suppressed != nil || f.Outcome == verdict.Pass || f.Outcome == verdict.Skip {
		return 0
	}
	return 1 + verdict.Rank(f.Outcome, f.Severity)
}

// newView arranges a report with all its findings.
func newView(r *verdict.Report, o Options) *view { return arrange(r, o, false) }

// leanView arranges a report for people: of thousands of files most findings are passes,
// which only Verbose lists.
func leanView(r *verdict.Report, o Options) *view { return arrange(r, o, !o.Verbose) }

func arrange(r *verdict.Report, o Options, lean bool) *view {
	m := i18n.For(o.Lang)
	v := &view{lean: lean, r: r, o: o, m: m, words: m.Words, say: m.Report, files: map[string]bool{}}
	for i := range r.Cases {
		for _, a := range r.Cases[i].Assets {
			v.files[a.Path] = true
		}
	}
	for i := range r.Cases {
		v.cases = append(v.cases, v.newCase(&r.Cases[i]))
	}
	v.batch = readable(pointers(r.Batch.Findings))
	v.outer = v.groups(nil, v.batch)
	for _, p := range r.Problems {
		v.problems = append(v.problems, problem{Problem: p, Message: Plain(p.Message)})
	}
	v.rows = v.tabled()
	return v
}

func (v *view) newCase(c *verdict.Case) caseView {
	told, done := pointers(c.Findings), tally{}
	if v.lean {
		told, done = outstanding(c.Findings)
	}
	findings := readable(told)
	for i := range findings {
		// What is about the case as a whole names no file.
		if a := findings[i].Asset; a == "." || a == c.Path && a != "" {
			findings[i].change(func(f *verdict.Finding) { f.Asset = "" })
		}
	}
	cv := caseView{Case: c, name: c.Path, folder: v.o.Folders[c.Path], findings: v.fold(findings), tally: done}
	cv.plain = len(c.Checklist) == 0 && c.Of == 0 && c.ID == ""
	switch {
	case c.Path != "." && c.Path != "":
	case cv.folder.Name != "":
		cv.name = cv.folder.Name
	default:
		cv.name = v.say.ThisFolder
	}
	cv.tally.pass, cv.tally.skip = cv.tally.pass+c.Quiet.Pass, cv.tally.skip+c.Quiet.Skip
	cv.assets = make(map[string]*verdict.Asset, len(c.Assets))
	for i := range c.Assets {
		cv.assets[c.Assets[i].Path] = &c.Assets[i]
	}
	for i := range cv.findings {
		f := &cv.findings[i]
		cv.tally.add(f)
		switch {
		case f.Suppressed != nil && !f.Suppressed.Confirmed():
			cv.hidden = append(cv.hidden, *f)
		case f.Suppressed != nil:
			cv.confirmed = append(cv.confirmed, *f)
		case f.Outcome == verdict.Pass:
			cv.passed = append(cv.passed, *f)
		}
	}
	cv.groups = v.groups(c.Checklist, cv.findings)
	cv.items = items(&cv)
	return cv
}

// groups arranges the findings that need attention by checklist item and file.
func (v *view) groups(checklist []verdict.ChecklistItem, findings []finding) []group {
	var out []group
	place := map[[2]string]int{} // item and file → subject of its group
	for i := range findings {
		f := &findings[i]
		if weight(f) == 0 {
			continue
		}
		id := itemOf(f)
		if weight(f) == 1 {
			id = notesItem
		}
		g := slices.IndexFunc(out, func(g group) bool { return g.item == id })
		if g < 0 {
			g = len(out)
			out = append(out, group{item: id, title: v.itemTitle(checklist, id)})
		}
		out[g].tally.add(f)
		s, known := place[[2]string{id, f.Asset}]
		if !known {
			s = len(out[g].subjects)
			place[[2]string{id, f.Asset}] = s
			out[g].subjects = append(out[g].subjects, subject{asset: f.Asset})
		}
		out[g].subjects[s].findings = append(out[g].subjects[s].findings, *f)
	}
	for g := range out {
		for s := range out[g].subjects {
			slices.SortStableFunc(out[g].subjects[s].findings, func(a, b finding) int {
				return cmp.Or(cmp.Compare(weight(&b), weight(&a)), cmp.Compare(a.Rule, b.Rule))
			})
		}
		slices.SortStableFunc(out[g].subjects, func(a, b subject) int {
			return cmp.Or(cmp.Compare(weight(&b.findings[0]), weight(&a.findings[0])), cmp.Compare(a.asset, b.asset))
		})
	}
	slices.SortStableFunc(out, func(a, b group) int {
		return cmp.Compare(weight(&b.subjects[0].findings[0]), weight(&a.subjects[0].findings[0]))
	})
	for g := range out {
		out[g].entries = v.entries(out[g].subjects)
	}
	return out
}

func itemOf(f *finding) string {
	switch {
	case f.Item != "":
		return f.Item
	case f.Kind != "":
		return f.Kind
	}
	return "case"
}

// notesItem is the group of all notes, which never count and come last.
const notesItem = "notes"

func (v *view) itemTitle(checklist []verdict.ChecklistItem, id string) string {
	if id == notesItem {
		return v.say.Notes
	}
	for _, c := range checklist {
		if c.Item == id && c.Title != "" {
			return c.Title
		}
	}
	return v.kind(id)
}

// kind is what people call a kind of material, the case as a whole or what lies
// between cases.
func (v *view) kind(id string) string {
	switch id {
	case facts.KindUnsorted:
		return v.words.Unsorted
	case "case":
		return v.words.Case
	case "batch":
		return v.words.Batch
	}
	return verdict.TitleOf(v.r.Rules.Kinds, id)
}

// items joins the checklist with what its findings ask for.
func items(c *caseView) []item {
	byPrint := make(map[string]*finding, len(c.findings))
	for i := range c.findings {
		byPrint[c.findings[i].Fingerprint] = &c.findings[i]
	}
	var out []item
	for _, ci := range c.Checklist {
		it := item{ChecklistItem: ci, Note: Plain(ci.Note)}
		for _, print := range ci.Findings {
			f := byPrint[print]
			if f == nil || weight(f) <= 1 {
				continue
			}
			same := slices.IndexFunc(it.steps, func(s step) bool {
				return s.finding.Rule == f.Rule && s.finding.Outcome == f.Outcome && s.finding.Remedy == f.Remedy
			})
			if same < 0 {
				same = len(it.steps)
				it.steps = append(it.steps, step{finding: *f})
			}
			it.steps[same].count++
			if f.Asset != "" {
				it.steps[same].assets = append(it.steps[same].assets, f.Asset)
			}
		}
		if len(it.steps) > 0 && (ci.State == verdict.ItemProblem || ci.State == verdict.ItemReview) {
			it.Note = "" // there the note sums up what the steps say one by one
		}
		slices.SortStableFunc(it.steps, func(a, b step) int {
			return cmp.Or(cmp.Compare(weight(&b.finding), weight(&a.finding)), cmp.Compare(a.finding.Rule, b.finding.Rule))
		})
		out = append(out, it)
	}
	return out
}

// phase is the steps of one phase of the appeal.
type phase struct {
	name  string
	steps []verdict.Step
}

// phases arranges what only a person can do, in the order of the appeal.
func (v *view) phases(c *caseView) []phase {
	var out []phase
	for _, s := range c.Steps {
		i := slices.IndexFunc(out, func(p phase) bool { return p.steps[0].Phase == s.Phase })
		if i < 0 {
			i = len(out)
			out = append(out, phase{name: v.phaseName(s.Phase)})
		}
		out[i].steps = append(out[i].steps, s)
	}
	order := []string{"before", "submit", "after"}
	slices.SortStableFunc(out, func(a, b phase) int {
		return cmp.Compare(slices.Index(order, a.steps[0].Phase), slices.Index(order, b.steps[0].Phase))
	})
	return out
}

func (v *view) phaseName(name string) string {
	switch name {
	case "before":
		return v.say.PhaseBefore
	case "submit":
		return v.say.PhaseSubmit
	case "after":
		return v.say.PhaseAfter
	}
	return clean(name)
}

// stepLine says a step: what to do, how, and who says so.
func (v *view) stepLine(s *verdict.Step) string {
	text := clean(s.Title)
	if detail := oneLine(Plain(s.Detail)); detail != "" {
		text += v.words.Colon + detail
	}
	if len(s.Sources) > 0 && v.o.Verbose {
		text += v.paren(v.join(s.Sources))
	}
	return text
}

// counts says a tally in words: "2 处不通过", "1 处需人工查看".
func (v *view) counts(t tally, passes bool) []string {
	var out []string
	for _, c := range []struct {
		text string
		n    int
		show bool
	}{
		{v.say.CountFail, t.fail, true},
		{v.say.CountError, t.err, true},
		{v.say.CountReview, t.review, true},
		{v.say.CountWarning, t.warning, true},
		{v.say.CountInfo, t.info, true},
		{v.say.CountConfirmed, t.confirmed, passes},
		{v.say.CountOverruled, t.overruled, passes},
		{v.say.CountSuppressed, t.suppressed, passes},
		{v.say.CountPass, t.pass, passes},
		{v.say.CountSkip, t.skip, passes},
	} {
		if c.n > 0 && c.show {
			out = append(out, lang.Count(c.text, c.n))
		}
	}
	return out
}

// countFiles says how many files of a case were looked at.
func (v *view) countFiles(c *caseView) string {
	if c.Of > 0 {
		return lang.Fill(v.say.CountPart, "n", len(c.Assets), "total", c.Of)
	}
	return lang.Count(v.say.CountFiles, len(c.Assets))
}

// partly is the verdict on cases of which only some files were asked about: of those,
// not of anything that could be handed in.
func (v *view) partly() string {
	var t tally
	files, of := 0, 0
	for i := range v.cases {
		c := &v.cases[i]
		t.fail, t.err, t.review, t.warning = t.fail+c.tally.fail, t.err+c.tally.err, t.review+c.tally.review, t.warning+c.tally.warning
		files, of = files+len(c.Assets), of+max(c.Of, len(c.Assets))
	}
	between := v.batchTally()
	t.fail, t.err, t.review, t.warning = t.fail+between.fail, t.err+between.err, t.review+between.review, t.warning+between.warning
	parts := v.counts(tally{fail: t.fail, err: t.err, review: t.review, warning: t.warning}, false)
	if len(parts) == 0 {
		parts = append(parts, v.say.VerdictPassPlain)
	}
	if n := v.r.Summary.Unjudged; n > 0 {
		parts = append(parts, lang.Count(v.say.VerdictAlsoUnjudged, n))
	}
	parts = append(parts, v.suppressed()...)
	return strings.Join(append(parts, lang.Fill(v.say.VerdictPart, "n", files, "total", of)), v.words.Clause)
}

// verdictOf is the one sentence a case comes to.
func (v *view) verdictOf(c *caseView) string {
	t, plain := c.tally, len(c.Checklist) == 0
	isClosed := c.Deadline != nil && c.Deadline.RemainingSeconds < 0 && !plain
	closes := c.closedBy()
	var parts []string
	switch {
	case v.r.Interrupted:
		parts = append(parts, lang.Count(v.say.VerdictInterrupted, len(c.Assets)))
		if t.fail > 0 {
			parts = append(parts, lang.Count(v.say.VerdictFailPlain, t.fail))
		}
	case closes != nil:
		return lang.Fill(v.say.VerdictNothing, "why", closes.Title)
	case isClosed:
		parts = append(parts, lang.Fill(v.say.VerdictClosed, "time", v.duration(-c.Deadline.RemainingSeconds)))
		if t.fail > 0 {
			parts = append(parts, lang.Count(v.say.VerdictFailPlain, t.fail))
		}
	case t.fail > 0 && plain:
		parts = append(parts, lang.Count(v.say.VerdictFailPlain, t.fail))
	case t.fail > 0:
		parts = append(parts, lang.Count(v.say.VerdictFail, t.fail))
	case t.err > 0:
		parts = append(parts, lang.Count(v.say.VerdictError, t.err))
	case t.review > 0:
		parts = append(parts, lang.Count(v.say.VerdictReview, t.review))
	case v.r.Summary.Unjudged > 0 && len(v.cases) == 1:
		parts = append(parts, lang.Count(v.say.VerdictUnjudged, v.r.Summary.Unjudged))
	case t.warning > 0 && !plain:
		parts = append(parts, lang.Count(v.say.VerdictWarning, t.warning))
	case t.warning > 0:
		parts = append(parts, lang.Count(v.say.CountWarning, t.warning))
	case plain:
		parts = append(parts, v.say.VerdictPassPlain)
	default:
		parts = append(parts, v.say.VerdictPass)
	}
	another := v.r.Interrupted || isClosed // the first part says something else
	if t.err > 0 && (t.fail > 0 || another) {
		parts = append(parts, lang.Count(v.say.VerdictAlsoError, t.err))
	}
	if t.review > 0 && (t.fail+t.err > 0 || another) {
		parts = append(parts, lang.Count(v.say.VerdictAlsoReview, t.review))
	}
	if n := v.r.Summary.Unjudged; n > 0 && len(v.cases) == 1 && (t.fail+t.err+t.review > 0 || another) {
		parts = append(parts, lang.Count(v.say.VerdictAlsoUnjudged, n))
	}
	parts = append(parts, v.only(c.confirmed)...)
	parts = append(parts, v.suppressed()...)
	if c.Deadline != nil && (!isClosed || v.r.Interrupted) {
		parts = append(parts, v.remaining(c.Deadline))
	}
	return strings.Join(parts, v.words.Clause)
}

// only says what does not count only because somebody says so.
func (v *view) only(suppressed []finding) []string {
	var confirmed, overruled []finding
	for _, f := range suppressed {
		if f.Suppressed.Overruled {
			overruled = append(overruled, f)
		} else {
			confirmed = append(confirmed, f)
		}
	}
	var out []string
	if n := len(confirmed); n > 0 {
		out = append(out, lang.Fill(v.say.OnlyConfirmed, "n", n, "who", v.people(confirmed)))
	}
	if n := len(overruled); n > 0 {
		out = append(out, lang.Fill(lang.Count(v.say.OnlyOverruled, n), "who", v.people(overruled)))
	}
	return out
}

// suppressed says how much settings and a baseline keep out of the count.
func (v *view) suppressed() []string {
	if n := v.r.Summary.Suppressed; n > 0 {
		return []string{lang.Count(v.say.CountSuppressed, n)}
	}
	return nil
}

// closedBy is the fail that nothing can mend, nil for none.
func (c *caseView) closedBy() *finding {
	i := slices.IndexFunc(c.findings, func(f finding) bool {
		return f.Closes && f.Outcome == verdict.Fail && f.Suppressed == nil
	})
	if i < 0 {
		return nil
	}
	return &c.findings[i]
}

// mayOverrule reports whether a fail of the case may be overruled.
func (c *caseView) mayOverrule() bool {
	return slices.ContainsFunc(c.findings, func(f finding) bool {
		return f.Overrulable && f.Suppressed == nil && f.Severity != verdict.SeverityInfo
	})
}

// mayFix reports whether a program can mend something that fails.
func (c *caseView) mayFix() bool {
	return slices.ContainsFunc(c.findings, func(f finding) bool {
		return f.Fix != "" && f.Outcome == verdict.Fail && f.Suppressed == nil
	})
}

// people are those who confirmed findings, each once.
func (v *view) people(confirmed []finding) string {
	var names []string
	for i := range confirmed {
		if name := orNothing(v, confirmed[i].Suppressed.Person); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, v.words.Join)
}

// tone says how the verdict is: bad, warn or good. Nothing is good of which a part
// was not looked at.
func (v *view) tone() string {
	all := v.batchTally()
	for i := range v.cases {
		t := v.cases[i].tally
		all.fail, all.err, all.review, all.warning = all.fail+t.fail, all.err+t.err, all.review+t.review, all.warning+t.warning
	}
	if tone := all.tone(); tone != "good" || !v.r.Interrupted && v.r.Summary.Unjudged == 0 {
		return tone
	}
	return "warn"
}

func (t tally) tone() string {
	switch {
	case t.fail+t.err > 0:
		return "bad"
	case t.review+t.warning > 0:
		return "warn"
	}
	return "good"
}

// verdict is the last line of the report.
func (v *view) verdict() string {
	switch {
	case v.r.Interrupted && len(v.cases) != 1:
		return lang.Count(v.say.VerdictInterrupted, v.r.Summary.Assets)
	case len(v.cases) == 0 && v.r.Summary.Unjudged > 0:
		return lang.Count(v.say.VerdictUnjudged, v.r.Summary.Unjudged)
	case len(v.cases) == 0 && v.o.Within != nil:
		return lang.Fill(v.m.Tabling.NoneDue, "time", v.short(v.o.Within.Seconds, 2))
	case len(v.cases) == 0:
		return v.say.Nothing
	case !v.r.Interrupted && slices.ContainsFunc(v.cases, func(c caseView) bool { return c.Of > 0 }):
		return v.partly()
	case len(v.cases) == 1:
		return v.verdictOf(&v.cases[0])
	}
	ok := 0
	var next *caseView
	for i := range v.rows {
		if v.rows[i].state == verdict.StateReady {
			ok++
		}
	}
	if first := &v.rows[0]; first.c.Deadline != nil && !first.over() {
		next = first.c
	}
	line := lang.Fill(v.say.VerdictMany, "ok", ok, "total", len(v.cases))
	if next != nil {
		line += v.words.Semicolon + lang.Fill(v.say.VerdictNextDue, "case", clean(next.name), "time", v.remaining(next.Deadline))
	}
	var confirmed []finding
	for i := range v.cases {
		confirmed = append(confirmed, v.cases[i].confirmed...)
	}
	for _, only := range append(v.only(confirmed), v.suppressed()...) {
		line += v.words.Clause + only
	}
	if n := v.r.Summary.Unjudged; n > 0 {
		line += v.words.Clause + lang.Count(v.say.VerdictAlsoUnjudged, n)
	}
	if between := v.counts(v.batchTally(), false); len(between) > 0 {
		line += v.words.Clause + v.words.Batch + " " + strings.Join(between, v.words.Clause)
	}
	return line
}

func (v *view) batchTally() tally {
	var t tally
	for i := range v.batch {
		t.add(&v.batch[i])
	}
	return t
}

// remaining says "还剩 1 天 23 小时" or "已过 …".
func (v *view) remaining(d *verdict.Deadline) string {
	if d.RemainingSeconds < 0 {
		return lang.Fill(v.say.Overdue, "time", v.duration(-d.RemainingSeconds))
	}
	return lang.Fill(v.say.Left, "time", v.duration(d.RemainingSeconds))
}

// duration says seconds in the two or three largest units that matter: days
// and hours while there are days, to the second in the last hour.
func (v *view) duration(seconds int64) string {
	day, hour, minute, second := seconds/86400, seconds/3600%24, seconds/60%60, seconds%60
	var parts []string
	add := func(n int64, text string) {
		if n > 0 {
			parts = append(parts, lang.Count(text, int(n)))
		}
	}
	add(day, v.words.Day)
	add(hour, v.words.Hour)
	add(minute, v.words.Minute)
	if day == 0 && hour == 0 && (second > 0 || minute == 0) {
		parts = append(parts, lang.Count(v.words.Second, int(second)))
	}
	return strings.Join(parts, " ")
}

// deadlineLines says when the window closes: Beijing time with the time left,
// the reader's own time where it differs, and what it was counted from.
func (v *view) deadlineLines(d *verdict.Deadline) []string {
	at, err := time.Parse(time.RFC3339, d.At)
	if err != nil {
		return []string{clean(d.At) + v.words.Clause + v.remaining(d)}
	}
	const layout = "2006-01-02 15:04:05"
	lines := []string{at.In(lang.Beijing()).Format(layout) + " " + v.say.Beijing + v.words.Clause + v.remaining(d)}
	if v.o.Location != nil {
		local := at.In(v.o.Location)
		if zone, offset := local.Zone(); offset != 8*60*60 {
			lines = append(lines, local.Format(layout)+" "+v.say.LocalTime+v.paren(zone))
		}
	}
	return append(lines, lang.Fill(v.say.BasisOf, "basis", v.deadlineBasis(d.Basis)))
}

func (v *view) deadlineBasis(basis verdict.DeadlineBasis) string {
	switch basis {
	case verdict.BasisTyped:
		return v.say.DeadlineTyped
	case verdict.BasisEffective:
		return v.say.DeadlineEffective
	case verdict.BasisNotified:
		return v.say.DeadlineNotified
	case verdict.BasisFiled:
		return v.say.DeadlineFiled
	case verdict.BasisNotice:
		return v.say.DeadlineNotice
	}
	return clean(string(basis))
}

// now is the clock of the run in Beijing time.
func (v *view) now() string {
	at, err := time.Parse(time.RFC3339, v.r.Now)
	if err != nil {
		return clean(v.r.Now)
	}
	return at.In(lang.Beijing()).Format("2006-01-02 15:04:05") + " " + v.say.Beijing
}

// problemSaid is trouble with the run in words; with what programs call it, where
// Verbose.
func (v *view) problemSaid(p *problem) string {
	text := oneLine(p.Message)
	if v.o.Verbose {
		text = clean(p.Code) + v.words.Colon + text
	}
	return text
}

// toolLine says what made the report, and when; by which rules, where Verbose.
func (v *view) toolLine() string {
	line := lang.Fill(v.say.ToolLine, "tool", clean(v.r.Tool.Name), "version", clean(v.r.Tool.Version), "now", v.now())
	if v.o.Verbose {
		line += " · " + lang.Fill(v.say.RulesLine, "rules", v.rulesDigest())
	}
	return line
}

// rulesDigest is the start of the digest: enough to compare two reports by eye.
func (v *view) rulesDigest() string {
	_, digest, found := strings.Cut(v.r.Rules.Digest, ":")
	if !found {
		digest = v.r.Rules.Digest
	}
	return clean(digest[:min(len(digest), 12)])
}

// shortPath is a path without the folder of its case.
func (c *caseView) shortPath(asset string) string {
	return strings.TrimPrefix(asset, c.Path+"/")
}

// paren puts an aside in the brackets of the language.
func (v *view) paren(text string) string { return lang.Fill(v.words.Paren, "text", text) }
