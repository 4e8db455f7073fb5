package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"

	"github.com/aecheck/aecheck/pkg/verdict"
)

// gitlabFormat is the list of GitLab's code quality report (a part of Code Climate's
// issues): what fails, needs a person or could not be checked, none of what passes.
// GitLab takes a finding for the same one by its fingerprint, and shows it at a line
// of a file: pictures have one.
type gitlabFormat struct{}

func (gitlabFormat) Name() string { return "gitlab" }
func (gitlabFormat) Ext() string  { return ".json" }

// gitlabHead is how the report begins.
var gitlabHead = regexp.MustCompile(`^\[\s*\{\s*"type": "issue",\s*"check_name": "([A-Z]{2,4}[0-9]{3}|aecheck)`)

func (gitlabFormat) Wrote(head []byte) bool {
	return gitlabHead.Match(head) || bytes.Equal(bytes.TrimSpace(head), []byte("[]"))
}

type (
	gitlabIssue struct {
		Type        string         `json:"type"`
		Check       string         `json:"check_name"`
		Description string         `json:"description"`
		Content     *gitlabContent `json:"content,omitempty"`
		Severity    string         `json:"severity"`
		Fingerprint string         `json:"fingerprint"`
		Location    gitlabPlace    `json:"location"`
	}
	gitlabContent struct {
		Body string `json:"body"`
	}
	gitlabPlace struct {
		Path  string      `json:"path"`
		Lines gitlabLines `json:"lines"`
	}
	gitlabLines struct {
		Begin int `json:"begin"`
	}
)

func (gitlabFormat) Write(w io.Writer, r *verdict.Report, o Options) error {
	v := newView(r, o)
	issues := []gitlabIssue{}
	seen := map[string]int{}
	add := func(check, text, body, severity, print, place string) {
		// One is kept of several with the same fingerprint.
		if seen[print]++; seen[print] > 1 {
			print = fmt.Sprintf("%s-%d", print, seen[print])
		}
		issue := gitlabIssue{Type: "issue", Check: check, Description: text, Severity: severity, Fingerprint: print, Location: gitlabPlace{Path: place, Lines: gitlabLines{Begin: 1}}}
		if body != "" {
			issue.Content = &gitlabContent{Body: body}
		}
		issues = append(issues, issue)
	}
	tell := func(c *caseView, f *finding) {
		if weight(f) == 0 {
			return
		}
		text := v.label(f) + v.words.Colon + clean(f.Title)
		if f.Message != f.Title && f.Message != "" {
			text += v.words.Colon + oneLine(f.Message)
		}
		add(f.Rule, text, oneLine(f.Remedy), gitlabSeverity(f), f.Fingerprint, v.locationOf(c, f))
	}
	for i := range v.cases {
		for k := range v.cases[i].findings {
			tell(&v.cases[i], &v.cases[i].findings[k])
		}
	}
	for i := range v.batch {
		tell(nil, &v.batch[i])
	}
	for _, p := range v.problems {
		severity, place := "major", clean(v.placeOf(p.Path))
		if p.Aside {
			severity = "info"
		}
		if place == "" { // GitLab shows nothing that lies nowhere
			place = v.locationOf(nil, &finding{Finding: &verdict.Finding{}})
		}
		add("aecheck-"+clean(p.Code), oneLine(p.Message), "", severity, "problem-"+clean(p.Code)+"-"+clean(p.Path), place)
	}
	if r.Interrupted {
		add("aecheck-interrupted", v.say.Interrupted, "", "blocker", "interrupted", v.locationOf(nil, &finding{Finding: &verdict.Finding{}}))
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(issues)
}

// gitlabSeverity is one of info, minor, major, critical and blocker.
func gitlabSeverity(f *finding) string {
	switch {
	case f.Severity == verdict.SeverityInfo:
		return "info"
	case f.Outcome == verdict.Error:
		return "major"
	case f.Outcome == verdict.Fail && f.Severity == verdict.SeverityError:
		return "critical"
	}
	return "minor"
}
