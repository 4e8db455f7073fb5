package report

import (
	"bytes"
	"encoding/csv"
	"io"
	"strings"

	"github.com/aecheck/aecheck/pkg/verdict"
)

// csvFormat is one row a finding, for spreadsheets: UTF-8 with the byte order
// mark without which Excel takes Chinese for something else, lines ended as
// RFC 4180 says, and no cell that a spreadsheet would run as a formula.
type csvFormat struct{}

func (csvFormat) Name() string { return "csv" }
func (csvFormat) Ext() string  { return ".csv" }

func (csvFormat) Wrote(head []byte) bool {
	return bytes.HasPrefix(head, []byte("case,case_id,outcome,severity,cause,confidence,rule,"))
}

func (csvFormat) Write(w io.Writer, r *verdict.Report, o Options) error {
	v := newView(r, o)
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	header := []string{"case", "case_id", "outcome", "severity", "cause", "confidence", "rule", "slug", "item", "file",
		"title", "message", "seen", "required", "remedy", "basis", "sources", "suppressed", "fingerprint", "deadline"}
	if err := out.Write(header); err != nil {
		return err
	}
	rows := func(path, id, deadline string, findings []finding) error {
		for i := range findings {
			f := &findings[i]
			seen, required := make([]string, len(f.Evidence)), make([]string, 0, len(f.Evidence))
			for k := range f.Evidence {
				s, need := v.seen(&f.Evidence[k])
				seen[k] = s
				if need != "" {
					required = append(required, need)
				}
			}
			suppressed := ""
			if f.Suppressed != nil {
				suppressed = v.suppression(f.Suppressed)
			}
			row := []string{path, id, string(f.Outcome), string(f.Severity), string(f.Cause), string(f.Confidence), f.Rule, f.Slug, itemOf(f), f.Asset,
				f.Title, f.Message, strings.Join(seen, " | "), strings.Join(required, " | "), f.Remedy, string(f.Basis), strings.Join(f.Sources, " "), suppressed, f.Fingerprint, deadline}
			for k := range row {
				row[k] = cell(row[k])
			}
			if err := out.Write(row); err != nil {
				return err
			}
		}
		return nil
	}
	for i := range r.Cases {
		deadline := ""
		if d := r.Cases[i].Deadline; d != nil {
			deadline = d.At
		}
		if err := rows(r.Cases[i].Path, r.Cases[i].ID, deadline, readable(r.Cases[i].Findings)); err != nil {
			return err
		}
	}
	if err := rows("", "", "", v.batch); err != nil {
		return err
	}
	for _, row := range v.csvProblems(len(header)) {
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// csvProblems are rows for trouble with the run itself: the outcome is problem, or
// unjudged where something found was not judged because of it, or interrupted.
func (v *view) csvProblems(columns int) [][]string {
	const outcome, file, title, message = 2, 9, 10, 11 // places in the header
	var rows [][]string
	add := func(what, path, code, text string) {
		row := make([]string, columns)
		row[outcome], row[file], row[title], row[message] = what, cell(path), cell(code), cell(text)
		rows = append(rows, row)
	}
	for _, p := range v.problems {
		what := "problem"
		if p.Unjudged {
			what = "unjudged"
		}
		add(what, p.Path, p.Code, p.Message)
	}
	if v.r.Interrupted {
		add("interrupted", "", "interrupted", v.say.Interrupted)
	}
	return rows
}

// cell makes a text safe for a spreadsheet: clean, on one line, and with an
// apostrophe before what would start a formula (OWASP, CSV injection).
func cell(s string) string {
	s = oneLine(s)
	if s != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(s)[0]) {
		return "'" + s
	}
	return s
}
