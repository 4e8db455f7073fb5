package pack

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/i18n"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/manifest"
	"github.com/aecheck/aecheck/pkg/pack/sheet"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// sheet puts together what the sheet of a case says.
func (w *writer) sheet() *sheet.Sheet {
	o, m, say := w.options, w.out.Manifest, w.options.Say.Handing
	language := o.Lang.Tag()
	if o.Lang == lang.ZH {
		language = "zh-CN"
	}
	s := &sheet.Sheet{
		Lang: language, Say: say, Colon: o.Say.Words.Colon, ID: clean(m.Case.ViolationID),
		Made:     lang.Fill(say.Made, "tool", clean(o.Tool.Name), "version", clean(o.Tool.Version), "now", shownTime(o.Now), "rules", digestShown(o.Rules.Digest)),
		IDs:      w.ids(),
		Compared: w.out.Compared,
		Since:    w.since(),
		After:    []string{lang.Fill(say.ThenReview, "from", dayText(w.kase.View.Clock.ReviewFrom), "to", dayText(w.kase.View.Clock.ReviewTo)), lang.Fill(say.ThenProgress, "path", clean(w.kase.Found.Dir))},
		Tickets:  Tickets(w.kase.View, w.options.Say),
	}
	w.banners(s)
	s.Deadline, s.Urgent = deadline(&w.kase.View.Clock, o.Say)
	for _, k := range o.Kinds {
		if !slices.Contains(o.NotHandedIn, k.ID) {
			s.Fields = append(s.Fields, w.field(k))
		}
	}
	w.statements(s)
	w.steps(s)
	for _, b := range w.boxes {
		g := sheet.Group{Title: clean(b.dest)}
		for i, line := range b.legend {
			g.Lines = append(g.Lines, fmt.Sprintf("%d  %s", i+1, line))
		}
		s.Boxes = append(s.Boxes, g)
	}
	why := map[Why]string{Unsorted: say.LeftUnsorted, NotHandedIn: say.LeftNotHanded, Unread: say.LeftUnread}
	for _, l := range w.out.Left {
		s.Left = append(s.Left, sheet.Pair{Label: clean(l.Path), Value: why[l.Why]})
	}
	if m.Parts > 1 {
		s.Parts = lang.Count(say.PartsHow, m.Parts)
	}
	return s
}

func clean(s string) string { return terminal.Clean(s) }

// digestShown is enough of a digest to tell rules apart.
func digestShown(d string) string { return clean(d[:min(len(d), 12)]) }

// banners say whether this may be handed in, and what stands against it.
func (w *writer) banners(s *sheet.Sheet) {
	say := w.options.Say.Handing
	fails, missing := Blocking(w.kase.Told)
	standing := open(w.kase.Told)
	for _, f := range standing {
		sign, tone := symbol(f)
		title := clean(report.Plain(f.Title))
		s.Open = append(s.Open, sheet.Finding{
			Tone: tone, Symbol: sign, Rule: f.Rule, Title: title, File: clean(w.kase.below(f.Asset)),
			Message: clean(report.Plain(f.Message)), Remedy: clean(report.Plain(f.Remedy)),
		})
	}
	looks := len(standing) - len(fails)
	if n := len(fails) + notAmong(missing, fails); n > 0 {
		s.Banners = append(s.Banners, sheet.Banner{Tone: "bad", Text: lang.Count(say.Forced, n)})
	}
	if looks > 0 {
		s.Banners = append(s.Banners, sheet.Banner{Tone: "warn", Text: lang.Count(say.Reviews, looks)})
	}
	if len(s.Banners) == 0 {
		s.Banners = []sheet.Banner{{Tone: "good", Text: say.Clear}}
	}
	if text := w.onWordOf(false); text != "" {
		s.Banners = append(s.Banners, sheet.Banner{Tone: "warn", Text: text})
	}
	if text := w.onWordOf(true); text != "" {
		s.Banners = append(s.Banners, sheet.Banner{Tone: "warn", Text: text})
	}
}

// onWordOf says how much passes because somebody says so, by a confirmation or by
// overruling a fail; empty for nothing.
func (w *writer) onWordOf(overruled bool) string {
	n, people := 0, []string{}
	for i := range w.kase.Told.Findings {
		if s := w.kase.Told.Findings[i].Suppressed; s != nil && s.Overruled == overruled {
			n++
			people = append(people, clean(s.Person))
		}
	}
	if n == 0 {
		return ""
	}
	slices.Sort(people)
	text := w.options.Say.Handing.ConfirmedBy
	if overruled {
		text = w.options.Say.Handing.OverruledBy
	}
	return lang.Fill(lang.Count(text, n), "who", strings.Join(slices.Compact(people), w.options.Say.Words.Join))
}

// notAmong counts items that no finding says are missing.
func notAmong(missing []verdict.ChecklistItem, fails []*verdict.Finding) int {
	n := 0
	for _, item := range missing {
		if !slices.ContainsFunc(fails, func(f *verdict.Finding) bool { return slices.Contains(item.Findings, f.Fingerprint) }) {
			n++
		}
	}
	return n
}

// Lacking are the items that no finding says are missing.
func Lacking(c *verdict.Case) []verdict.ChecklistItem {
	fails, missing := Blocking(c)
	return slices.DeleteFunc(missing, func(item verdict.ChecklistItem) bool { return notAmong([]verdict.ChecklistItem{item}, fails) == 0 })
}

// deadline says until when, and how long that is.
func deadline(k *facts.Clock, m i18n.Messages) (lines []string, urgent bool) {
	say, at := m.Handing, k.Deadline.In(lang.Beijing()).Format("2006-01-02 15:04:05")
	switch {
	case !k.DeadlineKnown:
		return []string{say.NoLimit}, true
	case k.Closed:
		return []string{lang.Fill(say.DeadlinePast, "at", at)}, true
	}
	const soon = 72
	return []string{lang.Fill(say.DeadlineAt, "at", at), lang.Fill(say.DeadlineLeft, "left", Remaining(k.Remaining, m.Words))}, k.Hours < soon
}

// Remaining is a time left in days, hours and minutes.
func Remaining(seconds int64, w i18n.Words) string {
	days, hours, minutes := seconds/86400, seconds/3600%24, seconds/60%60
	var parts []string
	for _, p := range []struct {
		text string
		n    int64
	}{{w.Day, days}, {w.Hour, hours}, {w.Minute, minutes}} {
		if p.n > 0 {
			parts = append(parts, lang.Count(p.text, int(p.n)))
		}
	}
	if len(parts) == 0 {
		return lang.Count(w.Minute, 0)
	}
	return strings.Join(parts, " ")
}

// ids are what the form asks for in words.
func (w *writer) ids() []sheet.Pair {
	say, c := w.options.Say.Handing, w.kase.View.File
	if c == nil {
		return []sheet.Pair{{Label: say.Violation}, {Label: say.Product}, {Label: say.Store}}
	}
	out := []sheet.Pair{
		{Label: say.Violation, Value: clean(c.Violation.ID)}, {Label: say.Product, Value: clean(c.Product.ID)},
		{Label: say.Store, Value: clean(c.Store.ID)}, {Label: say.StoreName, Value: clean(storeName(w.kase.View))},
	}
	if c.Violation.Complaint.ID != "" {
		out = append(out, sheet.Pair{Label: say.Complaint, Value: clean(c.Violation.Complaint.ID)})
	}
	if n := len(c.Appeal.Attempts); n > 0 && c.Appeal.Attempts[n-1].ID != "" {
		out = append(out, sheet.Pair{Label: say.Appeal, Value: clean(c.Appeal.Attempts[n-1].ID)})
	}
	for _, u := range c.Violation.ImageURLs {
		out = append(out, sheet.Pair{Label: say.Images, Value: clean(u)})
	}
	return append(out, sheet.Pair{Label: say.Originals, Value: clean(c.Originals.StoredAt)})
}

// storeText is the shop by its ID and name.
func storeText(v *facts.Case) string {
	return strings.TrimSpace(v.File.Store.ID + " " + storeName(v))
}

func storeName(v *facts.Case) string { return cmp.Or(v.File.Store.Name.ZH, v.File.Store.Name.EN) }

// since says what changed, a group for each kind.
func (w *writer) since() []sheet.Group {
	var out []sheet.Group
	for _, c := range w.out.Changes {
		title := clean(w.options.title(c.Kind))
		if len(out) == 0 || out[len(out)-1].Title != title {
			out = append(out, sheet.Group{Title: title})
		}
		g := &out[len(out)-1]
		g.Lines = append(g.Lines, ChangeText(c, w.options.Say.Handing))
	}
	return out
}

// ChangeText says one change.
func ChangeText(c manifest.Change, say i18n.Handing) string {
	text := map[manifest.How]string{manifest.Added: say.AddedFile, manifest.Removed: say.RemovedFile, manifest.Changed: say.ChangedFile}[c.How]
	return lang.Fill(text, "path", clean(c.Path))
}

// field is one field of the form with its files.
func (w *writer) field(k Kind) sheet.Field {
	out := sheet.Field{No: w.options.number(k.ID), Title: clean(k.Title), Limits: clean(k.Limits)}
	words := w.options.Say.Words
	for _, item := range w.kase.Told.Checklist {
		if item.Item != k.ID {
			continue
		}
		switch item.State {
		case verdict.ItemReady:
			out.State, out.Tone = "✓ "+words.Ready, "good"
		case verdict.ItemProblem:
			out.State, out.Tone = "✗ "+words.Problem, "bad"
			if fails, _ := Blocking(w.kase.Told); !slices.ContainsFunc(fails, func(f *verdict.Finding) bool { return slices.Contains(item.Findings, f.Fingerprint) }) {
				out.State, out.Tone = "! "+words.Warning, "warn"
			}
		case verdict.ItemMissing:
			out.State, out.Tone = "✗ "+words.Missing, "bad"
		case verdict.ItemReview:
			out.State, out.Tone = "? "+words.NeedsReview, "warn"
		case verdict.ItemRecommended:
			out.State, out.Tone = words.Recommended, "dim"
		case verdict.ItemNotNeeded:
			out.State, out.Tone = words.NotNeeded, "dim"
		}
	}
	for i := range w.out.Manifest.Files {
		f := &w.out.Manifest.Files[i]
		if f.Kind == k.ID && (f.Role == manifest.Original || f.Role == manifest.Converted) {
			out.Files = append(out.Files, sheet.File{Path: clean(f.Path), Size: Size(f.Bytes), Notes: w.notes(f)})
		}
	}
	return out
}

// notes are what one must know of a file beside its place.
func (w *writer) notes(f *manifest.File) []string {
	say := w.options.Say.Handing
	var out []string
	if f.Role == manifest.Converted {
		out = append(out, lang.Fill(say.ConvertedFrom, "path", clean(path.Base(f.ConvertedFrom))))
	} else if slices.Contains(w.out.NotConverted, f.OriginalPath) {
		out = append(out, say.CannotConvert)
	}
	for _, b := range w.boxes {
		if b.of == f.Path {
			out = append(out, lang.Fill(say.AnnotatedAs, "path", clean(b.dest)))
		}
	}
	if w.out.Manifest.Parts > 1 {
		out = append(out, lang.Fill(say.InPart, "part", f.Part))
	}
	return out
}

// kindStatement is the kind whose text is pasted.
const kindStatement = "statement"

// statements are the texts of the case's statements.
func (w *writer) statements(s *sheet.Sheet) {
	for _, a := range w.kase.View.Of(kindStatement) {
		if a.Facts == nil {
			continue
		}
		text := w.texts[a.Path]
		if text == "" {
			var lines []string
			for _, l := range a.Facts.Document.Text {
				lines = append(lines, l.Text)
			}
			text = strings.Join(lines, "\n")
		}
		if text != "" {
			s.Statements = append(s.Statements, sheet.Text{Title: clean(a.Path), Text: terminal.CleanText(text)})
		}
	}
	if len(s.Statements) == 0 {
		s.NoStatement = lang.Fill(w.options.Say.Handing.StatementNone, "path", clean(w.kase.Found.Dir))
	}
}

// steps are what is left for a person, by phase.
func (w *writer) steps(s *sheet.Sheet) {
	say := w.options.Say.Handing
	for _, phase := range []struct{ id, title string }{{"before", say.Before}, {"submit", say.Submit}, {"after", say.After}} {
		p := sheet.Phase{Title: phase.title}
		for _, step := range w.kase.Told.Steps {
			if step.Phase == phase.id {
				p.Steps = append(p.Steps, sheet.Pair{Label: clean(step.Title), Value: clean(report.Plain(step.Detail))})
			}
		}
		if len(p.Steps) > 0 {
			s.Phases = append(s.Phases, p)
		}
	}
}
