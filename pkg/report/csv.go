package report

import (
	"bytes"
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/aecheck/aecheck/pkg/verdict"
)

// csvFormat is for spreadsheets. First comes one row a case, the most urgent first, whose
// outcome is case: its state, in words as the title, and as the message what is left to
// do. Then one row a finding, in the order of folders, then trouble with the run. What
// its case is stands on the row of a finding too. Columns and outcomes may be added, at
// the end, and none is moved or renamed. UTF-8 with the byte order
// mark without which Excel takes Chinese for something else, lines ended as
// RFC 4180 says, and no cell that a spreadsheet would run as a formula.
type csvFormat struct{}

func (csvFormat) Name() string { return "csv" }
func (csvFormat) Ext() string  { return ".csv" }

func (csvFormat) Wrote(head []byte) bool {
	return bytes.HasPrefix(head, []byte("case,case_id,outcome,severity,cause,confidence,rule,"))
}

func (csvFormat) Write(w io.Writer, r *verdict.Report, o Options) error {
	v := leanView(r, o)
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	header := []string{"case", "case_id", "outcome", "severity", "cause", "confidence", "rule", "slug", "item", "file",
		"title", "message", "seen", "required", "remedy", "basis", "sources", "suppressed", "fingerprint", "deadline",
		"state", "client", "product_id", "remaining_seconds", "deadline_beijing"}
	if err := out.Write(header); err != nil {
		return err
	}
	ofCase := map[*verdict.Case][]string{} // the last columns
	for i := range v.rows {
		row := &v.rows[i]
		ofCase[row.c.Case] = v.csvCase(row)
		title, open := v.stateWord(row), v.openLine(row)
		line := append([]string{row.c.Path, row.c.ID, "case", "", "", "", "", "", "", "", title, open, "", "", "", "", "", "", ""}, ofCase[row.c.Case]...)
		if err := writeCells(out, line); err != nil {
			return err
		}
	}
	for i := range r.Cases {
		c := &r.Cases[i]
		if err := v.csvFindings(out, c.Path, c.ID, readable(pointers(c.Findings)), ofCase[c]); err != nil {
			return err
		}
	}
	if err := v.csvFindings(out, "", "", v.batch, make([]string, 6)); err != nil {
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

// csvCase is what every row of a case ends with: deadline, state, client, product ID, the
// seconds left, and the deadline as spreadsheets read times.
func (v *view) csvCase(row *row) []string {
	deadline, left := "", ""
	if d := row.c.Deadline; d != nil {
		deadline, left = d.At, strconv.FormatInt(d.RemainingSeconds, 10)
	}
	return []string{deadline, string(row.state), row.client, row.c.folder.Product, left, row.due}
}

// csvFindings writes one row a finding.
func (v *view) csvFindings(out *csv.Writer, path, id string, findings []finding, ofCase []string) error {
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
			f.Title, f.Message, strings.Join(seen, " | "), strings.Join(required, " | "), f.Remedy, string(f.Basis), strings.Join(f.Sources, " "), suppressed, f.Fingerprint}
		if err := writeCells(out, append(row, ofCase...)); err != nil {
			return err
		}
	}
	return nil
}

// writeCells writes a row, each cell made safe.
func writeCells(out *csv.Writer, row []string) error {
	for k := range row {
		row[k] = cell(row[k])
	}
	return out.Write(row)
}

// maxDigits is how many digits of a number spreadsheets keep.
const maxDigits = 15

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
// apostrophe before what would start a formula (OWASP, CSV injection) and before a
// number of which it would not keep all digits, such as a product ID. A number that is
// negative is a number.
func cell(s string) string {
	s = oneLine(s)
	if n := strings.TrimPrefix(s, "-"); n != "" && strings.Trim(n, "0123456789") == "" {
		if len(n) > maxDigits {
			return "'" + s
		}
		return s
	}
	if s != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(s)[0]) {
		return "'" + s
	}
	return s
}
