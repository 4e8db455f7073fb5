package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/extract/file/charset"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/manifest"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/outcome"
	"github.com/aecheck/aecheck/pkg/output"
	"github.com/aecheck/aecheck/pkg/pack"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/verdict"
)

type outcomeFlags struct {
	scan     scanFlags
	text     string
	textFile string
	id       string
	at       string
	manifest string
}

func (a *app) outcomeCmd() *cobra.Command {
	f := outcomeFlags{scan: scanFlags{format: "text", failOn: string(failOnError)}}
	h := a.msgs.Handing
	cmd := &cobra.Command{
		Use:   "outcome PATH accepted|returned|refused",
		Short: h.CmdOutcome,
		Example: "  aecheck outcome ./listing returned --text 材料不清晰 --id AP123 --manifest ./hand-in\n" +
			"  aecheck outcome ./listing accepted",
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.outcome(cmd.Context(), args[0], args[1], f)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&f.text, "text", "", h.FlagText)
	fl.StringVar(&f.textFile, "text-file", "", h.FlagTextFile)
	fl.StringVar(&f.id, "id", "", h.FlagID)
	fl.StringVar(&f.at, "at", "", h.FlagAt)
	fl.StringVar(&f.manifest, "manifest", "", h.FlagManifest)
	a.judgingFlags(cmd, &f.scan)
	return cmd
}

// maxAppealID is how long an appeal ID may be, in characters; those of the platform
// have some twenty.
const maxAppealID = 100

// answered is an answer of the platform to a case.
type answered struct {
	kase    pack.Case
	folder  scan.CaseFolder
	attempt casefile.Attempt
	words   string
	sent    *manifest.Manifest // nil where it was not named
	now     time.Time
	kept    string // folder of what is kept
	typed   string // the case as the user named it
	updated bool   // an attempt that waited got its result
}

// outcome notes an answer, keeps what it is about, and says what comes next.
func (a *app) outcome(ctx context.Context, path, result string, f outcomeFlags) error {
	r, ok := outcome.ParseResult(result)
	if !ok {
		return usageError{a.msgs.Handing.NotResult}
	}
	words, err := a.wordsOf(f)
	if err != nil {
		return err
	}
	at, err := a.timeOf(f.at)
	if err != nil {
		return err
	}
	if terminal.Clean(f.id) != f.id || utf8.RuneCountInString(f.id) > maxAppealID {
		return a.badFlag("--id", f.id, "AP20261124001")
	}
	sent, err := a.readLast(ctx, f.manifest)
	if err != nil {
		return err
	}
	j, err := a.judge(ctx, []string{path}, f.scan)
	if j != nil {
		defer j.close()
	}
	if err != nil {
		return err
	}
	w, err := a.answeredCase(path, j)
	if err != nil {
		return err
	}
	if at.After(j.now()) {
		return usageError{fill(a.msgs.Handing.AtFuture, "at", f.at)}
	}
	if at.IsZero() {
		at = j.now().In(lang.Beijing()).Truncate(time.Minute)
	}
	w.attempt, w.words, w.now = casefile.Attempt{ID: f.id, At: at, Result: string(r)}, words, j.now()
	if f.manifest != "" {
		if w.sent = w.kase.LastOf(sent); w.sent == nil {
			return usageError{fill(a.msgs.Handing.AgainstOther, "path", f.manifest, "case", a.caseName(w.kase))}
		}
	}
	byHand, err := a.noteAnswer(w)
	if err != nil {
		return err
	}
	lines, err := a.whatNext(j, w)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(a.Out, strings.Join(lines, "\n")); err != nil {
		return err
	}
	if byHand {
		return codeError(exitUnchecked)
	}
	return nil
}

// wordsOf are the platform's words.
func (a *app) wordsOf(f outcomeFlags) (string, error) {
	switch {
	case f.text != "" && f.textFile != "":
		return "", usageError{a.msgs.Handing.TextTwice}
	case f.textFile != "":
		data, err := material.ReadNamed(f.textFile, outcome.MaxWords)
		if err != nil {
			return "", usageError{fill(a.msgs.CLI.ErrPath, "path", f.textFile, "why", a.reason(err))}
		}
		return strings.TrimSpace(strings.TrimPrefix(charset.File(data), "\ufeff")), nil
	}
	if len(f.text) > outcome.MaxWords {
		return "", usageError{fill(a.msgs.CLI.ErrPath, "path", "--text", "why", a.reason(&material.TooLargeError{Max: outcome.MaxWords}))}
	}
	return strings.TrimSpace(f.text), nil
}

// timeOf reads --at; the zero time where it is not given.
func (a *app) timeOf(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	t, err := config.ParseTime(s)
	if err != nil {
		return t, a.badFlag("--at", s, "2026-11-23 10:00")
	}
	return t, nil
}

// answeredCase is the one case in a folder, whose case.yaml can be written.
func (a *app) answeredCase(path string, j *judged) (*answered, error) {
	cases, err := a.packable(path, j)
	if err != nil {
		return nil, err
	}
	if len(cases) > 1 {
		return nil, usageError{fill(a.msgs.Handing.OneCase, "path", path)}
	}
	i := slices.Index(j.found.Cases, cases[0].Found)
	w := &answered{typed: path, kase: cases[0], folder: j.result.Cases[i]}
	switch {
	case w.folder.Packed:
		return nil, usageError{fill(a.msgs.CLI.ErrPacked, "path", w.folder.Dir)}
	case w.folder.FileName == "":
		return nil, usageError{fill(a.msgs.Handing.NeedsFile, "path", w.folder.Dir)}
	}
	return w, nil
}

// noteAnswer keeps an answer in the case folder and notes it in case.yaml. byHand says
// that case.yaml has to be written by the person.
func (a *app) noteAnswer(w *answered) (byHand bool, err error) {
	say, file := a.msgs.Handing, filepath.Join(w.folder.Dir, w.folder.FileName)
	// Tried before anything is written.
	old, err := casefile.Read(w.folder.Dir, w.folder.FileName)
	if err != nil {
		return false, err
	}
	if _, _, err = casefile.NoteAttempt(w.folder.FileName, old, w.attempt); err != nil && !errors.Is(err, casefile.ErrCannotEdit) {
		return false, err
	}
	kept, undo, err := w.keep(version())
	w.kept = kept
	if err != nil {
		return false, reportError{kept, err}
	}
	w.updated, err = w.write()
	switch {
	case errors.Is(err, casefile.ErrCannotEdit):
		byHand = true
		a.note(fill(say.ByHand, "path", file, "why", a.msgs.Prefilling.Unusual, "line", "- "+w.attempt.YAML()))
	case err != nil:
		undo()
		return false, err
	default:
		text := say.Noted
		if w.updated {
			text = say.NotedAgain
		}
		if _, err := fmt.Fprintln(a.Out, fill(text, "path", file, "result", a.resultName(outcome.Result(w.attempt.Result)))); err != nil {
			return false, err
		}
	}
	_, err = fmt.Fprintln(a.Out, fill(say.Kept, "path", kept))
	return byHand, err
}

func (a *app) resultName(r outcome.Result) string {
	say := a.msgs.Handing
	return map[outcome.Result]string{outcome.Accepted: say.Accepted, outcome.Returned: say.Returned, outcome.Rejected: say.Rejected}[r]
}

// submissions is the folder of a case that holds what was handed in, one folder for
// each answer. A scan knows its files by their first words.
const submissions = "submissions"

// keep writes what was handed in and the answer into the case folder.
func (w *answered) keep(version string) (dir string, undo func(), err error) {
	record := outcome.Record{
		SchemaVersion: 1, Tool: outcome.Tool{Name: "aecheck", Version: version}, Now: w.now.In(lang.Beijing()).Format(time.RFC3339),
		Result: outcome.Result(w.attempt.Result), ID: w.attempt.ID, At: w.attempt.At.In(lang.Beijing()).Format(time.RFC3339), Words: w.words,
	}
	files := map[string]func() ([]byte, error){"outcome.json": record.Encode}
	if w.sent != nil {
		files[manifest.Name] = w.sent.Encode
	}
	const most = 999
	var folder *output.Folder
	for n := 1; n <= most; n++ {
		dir = filepath.Join(w.folder.Dir, submissions, fmt.Sprintf("%03d", n))
		if folder, err = output.NewFolder(dir, nil); !errors.Is(err, output.ErrHasContent) {
			break
		}
	}
	if err != nil {
		return dir, nil, err
	}
	defer folder.Discard()
	for name, encode := range files {
		data, err := encode()
		if err == nil {
			err = folder.Write(name, data)
		}
		if err != nil {
			return dir, nil, err
		}
	}
	return dir, folder.Undo, folder.Keep()
}

// write notes the attempt in case.yaml, again where somebody else has written to it in
// the meantime.
func (w *answered) write() (updated bool, err error) {
	const tries = 10
	for range tries {
		var old, data []byte
		if old, err = casefile.Read(w.folder.Dir, w.folder.FileName); err != nil {
			return false, err
		}
		if data, updated, err = casefile.NoteAttempt(w.folder.FileName, old, w.attempt); err != nil {
			return false, err
		}
		if err = casefile.Write(w.folder.Dir, w.folder.FileName, old, data); !errors.Is(err, casefile.ErrChanged) {
			return updated, err
		}
	}
	return false, err
}

// clockAfter is the clock of the case with the answer noted.
func (w *answered) clockAfter(s *scan.Session) facts.Clock {
	file := *w.kase.View.File
	file.Appeal.Attempts = slices.Clone(file.Appeal.Attempts)
	if n := len(file.Appeal.Attempts); w.updated && n > 0 {
		file.Appeal.Attempts[n-1].Result = w.attempt.Result
	} else {
		file.Appeal.Attempts = append(file.Appeal.Attempts, w.attempt)
	}
	k := s.Clock(w.now, &file)
	if before := w.kase.View.Clock; before.Basis == string(verdict.BasisNotice) && before.Deadline.Before(k.Deadline) {
		k.Deadline, k.Closed, k.Remaining = before.Deadline, before.Closed, before.Remaining
	}
	return k
}

// whatNext says what is left, and what the answer means.
func (a *app) whatNext(j *judged, w *answered) ([]string, error) {
	say, k := a.msgs.Handing, w.clockAfter(j.session)
	lines := []string{""}
	at := k.Deadline.In(lang.Beijing()).Format("2006-01-02 15:04:05")
	switch outcome.Result(w.attempt.Result) {
	case outcome.Accepted:
		from, to, err := a.weightBack(j, w.attempt.At)
		if err != nil {
			return nil, err
		}
		return append(lines, say.AcceptedNext, fill(say.AcceptedWeight, "from", from, "to", to), say.AcceptedKeep), nil
	case outcome.Returned:
		switch {
		case !k.DeadlineKnown:
			lines = append(lines, say.ReturnedNoEnd)
		case k.Closed:
			lines = append(lines, fill(say.ReturnedClosed, "at", at))
			lines = append(lines, a.alternatives(k)...)
		default:
			lines = append(lines, fill(say.ReturnedUntil, "at", at, "left", pack.Remaining(k.Remaining, a.msgs.Words)))
		}
		last := say.LastFolder
		if w.sent != nil {
			last = filepath.Join(w.kept, manifest.Name)
		}
		lines = append(lines, fill(say.ReturnedNext, "path", last, "case", w.typed))
	case outcome.Rejected:
		switch {
		case k.AttemptsAllowed > 0 && k.AttemptsLeft > 0:
			lines = append(lines, lang.Count(say.RejectedMore, k.AttemptsLeft))
			if k.DeadlineKnown && !k.Closed {
				lines = append(lines, fill(say.WindowEnds, "at", at))
			}
		default:
			lines = append(lines, say.RejectedFinal)
		}
		lines = append(lines, a.alternatives(k)...)
	}
	meant, err := a.meaning(w)
	return append(lines, meant...), err
}

// alternatives to an appeal (M40).
func (a *app) alternatives(k facts.Clock) []string {
	say := a.msgs.Handing
	var out []string
	if !k.ReleaseFrom.IsZero() {
		out = append(out, fill(say.RejectedRelease, "from", day(k.ReleaseFrom), "to", day(k.ReleaseTo)))
	}
	return append(out, say.RejectedRelist)
}

func day(t time.Time) string { return t.In(lang.Beijing()).Format("2006-01-02") }

// weightBack is when search weight usually returns after success (M5).
func (a *app) weightBack(j *judged, at time.Time) (from, to string, err error) {
	var e struct {
		ReviewDays  []int `json:"review_days"`
		WeightWeeks []int `json:"weight_weeks"`
		ReleaseDays []int `json:"release_days"`
	}
	if err := j.set.Params("estimates", &e); err != nil {
		return "", "", err
	}
	const week = 7
	return day(at.AddDate(0, 0, week*e.WeightWeeks[0])), day(at.AddDate(0, 0, week*e.WeightWeeks[1])), nil
}

// meaning says what the platform's words usually mean, and what the check says of that
// now.
func (a *app) meaning(w *answered) ([]string, error) {
	say := a.msgs.Handing
	if w.words == "" {
		return []string{"", say.NoWords}, nil
	}
	understood, err := outcome.Understand(w.words)
	if err != nil {
		return nil, err
	}
	if len(understood) == 0 {
		return []string{"", say.NotUnderstood}, nil
	}
	lines := []string{"", say.Understood}
	for _, u := range understood {
		quoted := make([]string, len(u.Words))
		for i, word := range u.Words {
			quoted[i] = fill(say.UnderstoodWords, "words", word)
		}
		lines = append(lines, "", strings.Join(quoted, a.msgs.Words.Join)+a.msgs.Words.Colon+u.Means.In(a.lang)+fill(a.msgs.Words.Paren, "text", strings.Join(u.Sources, " ")))
		lines = append(lines, "  "+say.LookAt+u.Look.In(a.lang))
		found := w.findings(u)
		if len(found) == 0 {
			lines = append(lines, "  "+say.RuleClear+fill(a.msgs.Words.Paren, "text", strings.Join(u.Rules, " ")))
			continue
		}
		lines = append(lines, "  "+say.RuleNow+a.msgs.Words.Colon)
		for _, f := range found {
			sign := cmp.Or(map[verdict.Outcome]string{verdict.Fail: "✗"}[f.Outcome], "?")
			lines = append(lines, "    "+sign+" "+f.Rule+" "+terminal.Clean(report.Plain(f.Title))+a.of(f))
		}
	}
	return lines, nil
}

// findings are those that still stand of the rules about a meaning.
func (w *answered) findings(u outcome.Understood) []*verdict.Finding {
	var out []*verdict.Finding
	for i := range w.kase.Told.Findings {
		f := &w.kase.Told.Findings[i]
		if f.Suppressed == nil && (f.Outcome == verdict.Fail || f.Outcome == verdict.Review || f.Outcome == verdict.Error) && slices.Contains(u.Rules, f.Rule) {
			out = append(out, f)
		}
	}
	return out
}
