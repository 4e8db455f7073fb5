package fix

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/aecheck/aecheck/pkg/lang"
)

// Log is what one run did, as data. Keys are English and stable; what is said is in
// the language of the run.
type Log struct {
	SchemaVersion int       `json:"schema_version"` // 1
	Tool          string    `json:"tool"`
	Now           string    `json:"now"` // RFC 3339
	Lang          string    `json:"lang"`
	Rules         string    `json:"rules_digest"`
	DryRun        bool      `json:"dry_run"`
	Files         []LogFile `json:"files"`
	ByHand        []LogHand `json:"by_hand"`
}

// LogFile is one picture.
type LogFile struct {
	Case   string    `json:"case"`
	Path   string    `json:"path"` // below the case folder
	Out    string    `json:"out,omitempty"`
	Error  string    `json:"error,omitempty"`
	Before LogState  `json:"before"`
	After  *LogState `json:"after,omitempty"`
	Steps  []LogStep `json:"steps"`
	// Likeness is the structural similarity of copy and original, -1..1.
	Likeness    *float64 `json:"likeness,omitempty"`
	Quality     int      `json:"jpeg_quality,omitempty"`
	Labelled    bool     `json:"ai_labels_kept,omitempty"`
	Credentials bool     `json:"content_credentials_dropped,omitempty"`
}

// LogState is a picture before or after.
type LogState struct {
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
	Format string `json:"format"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
	// Fails are the ids of rules that fail.
	Fails []string `json:"fails"`
	// Asks are those of rules that ask for a person, or could not be judged.
	Asks []string `json:"asks"`
}

// LogStep is one mend.
type LogStep struct {
	Mend   string   `json:"mend"`
	Rules  []string `json:"rules"`
	Safety Safety   `json:"safety"`
	Done   bool     `json:"done"`
	Said   string   `json:"said,omitempty"`
}

// LogHand is a fail that no program mends.
type LogHand struct {
	Case   string `json:"case"`
	Path   string `json:"path"`
	Rule   string `json:"rule"`
	Remedy string `json:"remedy"`
}

// Steps are the steps of a result as data.
func Steps(steps []Step, l lang.Lang) []LogStep {
	out := make([]LogStep, len(steps))
	for i, s := range steps {
		said := s.Did
		if !s.Done() {
			said = s.Refused
		}
		out[i] = LogStep{Mend: s.Name, Rules: append([]string{}, s.Rules...), Safety: s.Safety, Done: s.Done(), Said: said.In(l)}
	}
	return out
}

// JSON writes the log.
func (g *Log) JSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(g)
	return b.Bytes(), err
}

// CSV writes the log, a line a mend, with the byte order mark that tells spreadsheets
// of its encoding. A cell that would be taken for a formula begins with an apostrophe.
func (g *Log) CSV() ([]byte, error) {
	b := bytes.NewBufferString("\ufeff")
	w := csv.NewWriter(b)
	rows := [][]string{{"case", "path", "out", "mend", "rules", "safety", "done", "said", "bytes_before", "bytes_after", "size_before", "size_after", "sha256_before", "sha256_after", "likeness", "error"}}
	for _, f := range g.Files {
		steps := f.Steps
		if len(steps) == 0 {
			steps = []LogStep{{}}
		}
		for _, s := range steps {
			row := []string{f.Case, f.Path, f.Out, s.Mend, strings.Join(s.Rules, " "), string(s.Safety), strconv.FormatBool(s.Done), s.Said,
				strconv.FormatInt(f.Before.Bytes, 10), "", size2(f.Before.Width, f.Before.Height), "", f.Before.SHA256, "", "", f.Error}
			if f.After != nil {
				row[9], row[11], row[13] = strconv.FormatInt(f.After.Bytes, 10), size2(f.After.Width, f.After.Height), f.After.SHA256
			}
			if f.Likeness != nil {
				row[14] = strconv.FormatFloat(*f.Likeness, 'f', 4, 64)
			}
			rows = append(rows, row)
		}
	}
	for _, row := range rows {
		for i, cell := range row {
			if strings.ContainsAny(cell[:min(1, len(cell))], "=+-@\t\r") {
				row[i] = "'" + cell
			}
		}
	}
	err := w.WriteAll(rows)
	return b.Bytes(), err
}

func size2(w, h int) string { return fmt.Sprintf("%dx%d", w, h) }
