package report

import (
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"

	"github.com/aecheck/aecheck/pkg/verdict"
)

// githubFormat is workflow commands: annotations on a run of GitHub Actions.
// Passes are not annotated; the last line is the verdict.
type githubFormat struct{}

func (githubFormat) Name() string { return "github" }
func (githubFormat) Ext() string  { return ".txt" }

// githubHead is how a line of the report begins.
var githubHead = regexp.MustCompile(`^::(error|warning|notice)( file=[^,\n]*,?)?[^:\n]*title=[A-Z]+[0-9]+ `)

func (githubFormat) Wrote(head []byte) bool { return githubHead.Match(head) }

func (githubFormat) Write(w io.Writer, r *verdict.Report, o Options) error {
	v := newView(r, o)
	var b strings.Builder
	annotate := func(c *caseView, f *finding) {
		if weight(f) == 0 {
			return
		}
		level := "notice"
		switch {
		case f.Outcome == verdict.Error, f.Outcome == verdict.Fail && f.Severity == verdict.SeverityError:
			level = "error"
		case f.Severity != verdict.SeverityInfo:
			level = "warning"
		}
		text := v.label(f) + v.words.Colon + clean(f.Title)
		if f.Message != f.Title && f.Message != "" {
			text += "\n" + oneLine(f.Message)
		}
		if f.Remedy != "" {
			text += "\n" + v.say.Remedy + v.words.Colon + oneLine(f.Remedy)
		}
		fmt.Fprintf(&b, "::%s file=%s,title=%s::%s\n", level, property(v.locationOf(c, f)), property(f.Rule+" "+clean(f.Slug)), data(text))
	}
	for i := range v.cases {
		for k := range v.cases[i].findings {
			annotate(&v.cases[i], &v.cases[i].findings[k])
		}
	}
	for i := range v.batch {
		annotate(nil, &v.batch[i])
	}
	for _, p := range v.problems {
		fmt.Fprintf(&b, "::warning file=%s,title=%s::%s\n", property(clean(v.placeOf(p.Path))), property(clean(p.Code)), data(oneLine(p.Message)))
	}
	if r.Interrupted {
		fmt.Fprintf(&b, "::error title=%s::%s\n", property(v.say.Problems), data(v.say.Interrupted))
	}
	b.WriteString(v.say.Verdict + v.words.Colon + v.verdict() + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// locationOf is the file a finding is shown at: its own, or the case's
// case.yaml, which need not exist. It is clean.
func (v *view) locationOf(c *caseView, f *finding) string { return clean(v.locationRaw(c, f)) }

func (v *view) locationRaw(c *caseView, f *finding) string {
	switch {
	case f.Asset != "":
		return v.placeOf(f.Asset)
	case c == nil || c.Path == "":
		return v.placeOf("case.yaml")
	}
	return v.placeOf(path.Join(c.Path, "case.yaml"))
}

// placeOf is where a path of the report lies; none stays none.
func (v *view) placeOf(reported string) string {
	if reported == "" {
		return ""
	}
	return v.o.Places.of(reported)
}

// data escapes the message of a workflow command.
func data(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// property escapes a property of a workflow command.
func property(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
