// Package report writes the result of a scan, one file a format. It reads
// finished values only: no file of the seller, no rule, no clock. Here the parts
// of texts become sentences (Plain), for all formats alike. What is written as
// JSON, whose contract is jsonReport, can be read again (Read).
//
// Every string that comes from a seller's folder passes terminal.Clean before
// a person sees it; formats read by programs keep the string and escape what
// their syntax and a terminal could take for something else.
//
// It may import pkg/facts, pkg/i18n, pkg/lang, pkg/report/redact, pkg/terminal
// and pkg/verdict.
package report

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/report/redact"
	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Format is one way to write a report.
type Format interface {
	// Name is what --format and --report say.
	Name() string
	// Ext is the usual file name extension, with the dot.
	Ext() string
	// Wrote reports that a file that starts with head is one in this format.
	Wrote(head []byte) bool
	// Write writes the whole report. The same report and options give the
	// same bytes. Errors are those of w.
	Write(w io.Writer, r *verdict.Report, o Options) error
}

// Options say how to show a report. The zero value is a plain English page of
// 80 columns.
type Options struct {
	Lang lang.Lang
	// Location is where the reader lives; deadlines are shown in that time
	// too. Nil: in Beijing time only.
	Location *time.Location
	// Width is the number of columns of the text report, 0 for 80.
	Width int
	Ruler terminal.Ruler
	Color terminal.Profile
	// Verbose lists passes and all evidence; Quiet leaves one line a finding
	// and the verdict (both: text report).
	Verbose bool
	Quiet   bool
	// Statistics adds a table of findings by rule.
	Statistics bool
	// Redact hides names, file names, ids and texts read from pictures. Write of
	// this package does it, for all formats alike.
	Redact bool
	// FailOn is the least that counts as a failure (error, warning, review or
	// never; empty is error): the failures of a JUnit report are those that
	// decide the exit code.
	FailOn string
	// Places says where the files lie; not in redacted reports.
	Places Places
	// Rules are the rules by id, for formats that describe them; without them a
	// description is made from the findings.
	Rules map[string]RuleText
	// Elapsed is how long the run took; 0 is not said.
	Elapsed time.Duration
	// Folders say what the folders of cases are called, by the paths of the cases in
	// the report; not in redacted reports.
	Folders map[string]Folder
	// Sources say what the sources of rules mean, by what rules call them.
	Sources map[string]lang.Text
	// Also are the same results in other languages: a page that a reader can switch
	// holds them all.
	Also []Other
	// Only are the paths of the cases whose details are wanted; nil leaves it to their
	// number and to Verbose (text and Markdown).
	Only map[string]bool
	// Within says which cases were left out because of their deadline; nil for none.
	Within *Within
	// HasPage: a page with pictures (HTML) is written too, nobody need be told of it.
	HasPage bool
	up      string // the page above that of a single case
}

// Folder is what the folder of a case goes by.
type Folder struct {
	Name    string // of the folder itself, without those above it
	Path    string // as commands take it, empty where they cannot write there
	Product string // product ID, empty where none is given
}

// Other is a report in another language.
type Other struct {
	Lang   lang.Lang
	Report *verdict.Report
}

// RuleText describes a rule.
type RuleText struct {
	Title, Why, Remedy string
	Sources            []string // M lines and addresses
}

// Formats returns all formats, the default first.
func Formats() []Format {
	return []Format{
		textFormat{},
		jsonFormat{},
		jsonlFormat{},
		sarifFormat{},
		junitFormat{},
		htmlFormat{},
		markdownFormat{},
		csvFormat{},
		askFormat{},
		githubFormat{},
		gitlabFormat{},
	}
}

// Names returns the names of all formats.
func Names() []string {
	var names []string
	for _, f := range Formats() {
		names = append(names, f.Name())
	}
	return names
}

// ByName returns the format of a name.
func ByName(name string) (Format, error) {
	for _, f := range Formats() {
		if f.Name() == name {
			return f, nil
		}
	}
	return nil, fmt.Errorf("unknown format %q: use %s", terminal.Clean(name), strings.Join(Names(), ", "))
}

// IsReport reports that a file that starts with head, some 1,000 bytes, is a
// report of this program in any format.
func IsReport(head []byte) bool {
	head = bytes.TrimPrefix(head, []byte("\ufeff"))
	return slices.ContainsFunc(Formats(), func(f Format) bool { return f.Wrote(head) })
}

// ShowsPictures reports whether a format draws the previews of assets; for
// others they need not be made.
func ShowsPictures(f Format) bool {
	_, html := f.(htmlFormat)
	return html
}

// ShowsPasses reports whether a format shows each finding that passes or does not
// apply; others count them at most.
func ShowsPasses(f Format, o Options) bool {
	switch f.(type) {
	case textFormat, markdownFormat, htmlFormat:
		return o.Verbose || o.Statistics
	case githubFormat, gitlabFormat, askFormat:
		return false
	}
	return true
}

// Write writes r in a format, redacted where asked for.
func Write(w io.Writer, f Format, r *verdict.Report, o Options) error {
	r, o = redacted(r, o)
	buffered := bufio.NewWriter(w)
	if err := f.Write(buffered, r, o); err != nil {
		return err
	}
	return buffered.Flush()
}

// redacted are a report and its options, redacted where asked for.
func redacted(r *verdict.Report, o Options) (*verdict.Report, Options) {
	if !o.Redact {
		return r, o
	}
	hidden := redact.Report(r)
	o.Only = renamed(o.Only, r, hidden)
	o.Places, o.Folders = Places{}, nil
	o.Also = slices.Clone(o.Also)
	for i := range o.Also {
		o.Also[i].Report = redact.Report(o.Also[i].Report)
	}
	return hidden, o
}

// renamed are the cases of o.Only by the paths they have in a redacted report.
func renamed(only map[string]bool, r, hidden *verdict.Report) map[string]bool {
	if only == nil {
		return nil
	}
	out := map[string]bool{}
	for i := range r.Cases {
		out[hidden.Cases[i].Path] = only[r.Cases[i].Path]
	}
	return out
}
