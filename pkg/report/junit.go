package report

import (
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/aecheck/aecheck/pkg/verdict"
)

// junitFormat is JUnit XML for CI servers: a suite a case, a test case a rule
// and file, passes included. A failure is what decides the exit code (see
// Options.FailOn); what is below that, needs a person, or does not apply is
// skipped with the reason, for JUnit knows nothing between pass and failure
// and none of these has passed. It keeps to the schema of Jenkins' xUnit plugin
// (junit-10.xsd), the strictest in use.
type junitFormat struct{}

func (junitFormat) Name() string { return "junit" }
func (junitFormat) Ext() string  { return ".xml" }

func (junitFormat) Wrote(head []byte) bool {
	return bytes.Contains(head, []byte(`<testsuites name="aecheck"`))
}

// noTime is what judging takes, in seconds: what takes time is reading, once for all
// rules, and stands with the whole.
const noTime = "0"

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Time     string       `xml:"time,attr,omitempty"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Time     string      `xml:"time,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Class   string       `xml:"classname,attr"`
	Name    string       `xml:"name,attr"`
	Time    string       `xml:"time,attr"`
	Failure *junitDetail `xml:"failure"`
	Error   *junitDetail `xml:"error"`
	Skipped *junitDetail `xml:"skipped"`
}

type junitDetail struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

func (junitFormat) Write(w io.Writer, r *verdict.Report, o Options) error {
	v := newView(r, o)
	all := junitSuites{Name: clean(r.Tool.Name)}
	for i := range v.cases {
		all.add(v.junitSuite(v.suiteName(&v.cases[i]), v.cases[i].findings))
	}
	if len(v.batch) > 0 {
		all.add(v.junitSuite(v.words.Batch, v.batch))
	}
	if len(r.Problems) > 0 || r.Interrupted {
		all.add(v.junitProblems())
	}
	if o.Elapsed > 0 {
		all.Time = strconv.FormatFloat(o.Elapsed.Seconds(), 'f', 3, 64)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func (all *junitSuites) add(s junitSuite) {
	s.Tests = len(s.Cases)
	for _, c := range s.Cases {
		switch {
		case c.Failure != nil:
			s.Failures++
		case c.Error != nil:
			s.Errors++
		case c.Skipped != nil:
			s.Skipped++
		}
	}
	all.Suites = append(all.Suites, s)
	all.Tests += s.Tests
	all.Failures += s.Failures
	all.Errors += s.Errors
}

func (v *view) junitSuite(name string, findings []finding) junitSuite {
	s := junitSuite{Name: name, Time: noTime}
	for i := range findings {
		f := &findings[i]
		c := junitCase{Class: clean(itemOf(f)), Name: clean(strings.TrimSpace(f.Rule + " " + f.Slug + " " + f.Asset)), Time: noTime}
		detail := &junitDetail{Message: v.label(f) + v.words.Colon + oneLine(f.Message), Text: v.details(f)}
		switch {
		case f.Suppressed != nil:
			c.Skipped = &junitDetail{Message: v.suppression(f.Suppressed)}
		case f.Outcome == verdict.Pass:
		case f.Outcome == verdict.Error:
			detail.Type = "error"
			c.Error = detail
		case fails(f, v.o.FailOn):
			detail.Type = string(f.Outcome) + "." + string(f.Severity)
			c.Failure = detail
		default:
			c.Skipped = detail
		}
		s.Cases = append(s.Cases, c)
	}
	return s
}

// suiteName is what a CI server lists a case under: its path or, where that is the
// very folder scanned, what the folder is called.
func (v *view) suiteName(c *caseView) string {
	if c.Path != "." && c.Path != "" || v.o.Places.Base == "" {
		return clean(c.name)
	}
	name := path.Base(v.placeOf("."))
	if name == "." {
		name = path.Base(v.o.Places.Base)
	}
	return clean(name)
}

func (v *view) junitProblems() junitSuite {
	s := junitSuite{Name: v.say.Problems, Time: noTime}
	for _, p := range v.problems {
		if p.Aside { // nothing that was checked went wrong
			s.Cases = append(s.Cases, junitCase{Class: "run", Name: clean(p.Code) + " " + oneLine(p.Message), Time: noTime,
				Skipped: &junitDetail{Message: oneLine(p.Message)}})
			continue
		}
		s.Cases = append(s.Cases, junitCase{Class: "run", Name: strings.TrimSpace(clean(p.Code) + " " + clean(p.Path)), Time: noTime,
			Error: &junitDetail{Message: oneLine(p.Message), Type: clean(p.Code)}})
	}
	if v.r.Interrupted {
		s.Cases = append(s.Cases, junitCase{Class: "run", Name: "interrupted", Time: noTime, Error: &junitDetail{Message: v.say.Interrupted, Type: "interrupted"}})
	}
	return s
}

// fails reports whether a finding is at or above --fail-on.
func fails(f *finding, failOn string) bool {
	if f.Suppressed != nil || f.Severity == verdict.SeverityInfo {
		return false
	}
	switch failOn {
	case "never":
		return false
	case "review":
		return f.Outcome == verdict.Fail || f.Outcome == verdict.Review
	case "warning":
		return f.Outcome == verdict.Fail
	}
	return f.Outcome == verdict.Fail && f.Severity == verdict.SeverityError
}

// details says evidence, remedy and source of a finding, a line each.
func (v *view) details(f *finding) string {
	var lines []string
	for i := range f.Evidence {
		seen, required := v.seen(&f.Evidence[i])
		if required != "" {
			lines = append(lines, v.say.Seen+v.words.Colon+seen, v.say.Required+v.words.Colon+required)
		} else {
			lines = append(lines, v.say.Seen+v.words.Colon+seen)
		}
	}
	if f.Remedy != "" {
		lines = append(lines, v.say.Remedy+v.words.Colon+oneLine(f.Remedy))
	}
	return strings.Join(append(lines, v.say.Sources+v.words.Colon+v.sources(f, true)), "\n")
}
