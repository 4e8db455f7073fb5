package report

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/verdict"
)

// sarifFormat is SARIF 2.1.0 (OASIS), as GitHub code scanning takes it: every
// result has a location, URIs are relative with forward slashes and percent
// encoding, rules are listed, fingerprints are unique. Passes are left out:
// GitHub shows every result as an alert. A review is a result of kind
// "review", which the standard gives the level "none".
type sarifFormat struct{}

func (sarifFormat) Name() string { return "sarif" }
func (sarifFormat) Ext() string  { return ".sarif" }

func (sarifFormat) Wrote(head []byte) bool {
	return bytes.Contains(head, []byte(`sarif-schema`)) && bytes.Contains(head, []byte(`"name": "aecheck"`))
}

type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Invocations []sarifInvocation `json:"invocations"`
		ColumnKind  string            `json:"columnKind"`
		Results     []sarifResult     `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string          `json:"id"`
		Name             string          `json:"name"`
		ShortDescription sarifText       `json:"shortDescription"`
		Help             sarifText       `json:"help"`
		Configuration    sarifLevel      `json:"defaultConfiguration"`
		Properties       sarifProperties `json:"properties"`
	}
	sarifProperties struct {
		Tags       []string `json:"tags,omitempty"`
		Confidence string   `json:"confidence,omitempty"`
		Basis      string   `json:"basis,omitempty"`
		Outcome    string   `json:"outcome,omitempty"`
		Cause      string   `json:"cause,omitempty"`
	}
	sarifLevel struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifInvocation struct {
		ExecutionSuccessful bool                `json:"executionSuccessful"`
		Notifications       []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNotification struct {
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
	}
	sarifResult struct {
		RuleID       string             `json:"ruleId"`
		RuleIndex    int                `json:"ruleIndex"`
		Kind         string             `json:"kind"`
		Level        string             `json:"level"`
		Message      sarifText          `json:"message"`
		Locations    []sarifLocation    `json:"locations"`
		Fingerprints map[string]string  `json:"partialFingerprints"`
		Suppressions []sarifSuppression `json:"suppressions,omitempty"`
		Properties   sarifProperties    `json:"properties"`
	}
	sarifSuppression struct {
		Kind          string `json:"kind"`
		Justification string `json:"justification,omitempty"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine int `json:"startLine"`
	}
)

// fingerprintKey names our fingerprints; the version is that of their recipe.
const fingerprintKey = "aecheck/v1"

func (sarifFormat) Write(w io.Writer, r *verdict.Report, o Options) error {
	v := newView(r, o)
	s := &sarifWriter{view: v, used: map[string]int{}, index: map[string]int{}}
	s.listRules()
	run := sarifRun{
		Tool:        sarifTool{sarifDriver{clean(r.Tool.Name), clean(r.Tool.Version), s.rules}},
		ColumnKind:  "unicodeCodePoints",
		Invocations: []sarifInvocation{s.invocation()},
		Results:     []sarifResult{},
	}
	for i := range v.cases {
		for k := range v.cases[i].findings {
			run.Results = s.result(run.Results, &v.cases[i], &v.cases[i].findings[k])
		}
	}
	for i := range v.batch {
		run.Results = s.result(run.Results, nil, &v.batch[i])
	}
	data, err := encodeJSON(sarifLog{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		Version: "2.1.0",
		Runs:    []sarifRun{run},
	}, "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

type sarifWriter struct {
	*view
	rules []sarifRule
	index map[string]int // rule → place in rules
	used  map[string]int // fingerprint → how often given
}

// listRules lists the rules of all findings, passes too: a rule that found
// nothing was still run.
func (s *sarifWriter) listRules() {
	s.rules = []sarifRule{}
	collect := func(findings []finding) {
		for i := range findings {
			f := &findings[i]
			if _, known := s.index[f.Rule]; known {
				continue
			}
			s.index[f.Rule] = 0
			help := clean(f.Title)
			if f.Remedy != "" {
				help = oneLine(f.Remedy)
			}
			s.rules = append(s.rules, sarifRule{
				ID: clean(f.Rule), Name: clean(f.Slug), ShortDescription: sarifText{clean(f.Title)}, Help: sarifText{help},
				Configuration: sarifLevel{severityLevel(f.Severity)},
				Properties:    sarifProperties{Tags: []string{clean(itemOf(f))}, Basis: string(f.Basis), Confidence: string(f.Confidence)},
			})
		}
	}
	for i := range s.cases {
		collect(s.cases[i].findings)
	}
	collect(s.batch)
	slices.SortFunc(s.rules, func(a, b sarifRule) int { return cmp.Compare(a.ID, b.ID) })
	for i, rule := range s.rules {
		s.index[rule.ID] = i
	}
}

func severityLevel(s verdict.Severity) string {
	switch s {
	case verdict.SeverityWarning:
		return "warning"
	case verdict.SeverityInfo:
		return "note"
	}
	return "error"
}

func (s *sarifWriter) invocation() sarifInvocation {
	inv := sarifInvocation{ExecutionSuccessful: !s.r.Interrupted && s.r.Summary.Error == 0 && s.r.Summary.Unjudged == 0}
	for _, p := range s.problems {
		n := sarifNotification{Level: "warning", Message: sarifText{clean(p.Code) + ": " + oneLine(p.Message)}}
		if p.Path != "" {
			n.Locations = []sarifLocation{{sarifPhysical{Artifact: sarifArtifact{relativeURI(p.Path)}}}}
		}
		inv.Notifications = append(inv.Notifications, n)
	}
	if s.r.Interrupted {
		inv.Notifications = append(inv.Notifications, sarifNotification{Level: "error", Message: sarifText{s.say.Interrupted}})
	}
	return inv
}

// result appends the result of a finding, if it makes one.
func (s *sarifWriter) result(results []sarifResult, c *caseView, f *finding) []sarifResult {
	if f.Suppressed == nil && weight(f) == 0 || f.Suppressed != nil && f.Outcome == verdict.Skip {
		return results
	}
	res := sarifResult{
		RuleID: clean(f.Rule), RuleIndex: s.index[f.Rule], Kind: "fail", Level: severityLevel(f.Severity),
		Message:      sarifText{s.label(f) + s.words.Colon + oneLine(cmp.Or(f.Message, f.Title)) + "\n" + s.details(f)},
		Locations:    []sarifLocation{{sarifPhysical{sarifArtifact{locationURI(c, f)}, &sarifRegion{1}}}},
		Fingerprints: map[string]string{fingerprintKey: s.fingerprint(c, f)},
		Properties:   sarifProperties{Outcome: string(f.Outcome), Cause: string(f.Cause), Confidence: string(f.Confidence), Basis: string(f.Basis)},
	}
	if f.Outcome == verdict.Review || f.Outcome == verdict.Pass { // a pass that gets here was confirmed by a person
		res.Kind, res.Level = "review", "none"
	}
	if f.Suppressed != nil {
		res.Suppressions = []sarifSuppression{{Kind: "external", Justification: s.suppression(f.Suppressed)}}
	}
	return append(results, res)
}

// fingerprint is the finding's own; where two findings share one (the same
// file in two cases), or have none, the place makes it unique.
func (s *sarifWriter) fingerprint(c *caseView, f *finding) string {
	print := f.Fingerprint
	if s.used[print]++; print == "" || s.used[print] > 1 {
		place := "batch"
		if c != nil {
			place = c.Path
		}
		sum := sha256.Sum256([]byte(strings.Join([]string{print, f.Rule, place, f.Asset, strings.Repeat("+", s.used[print])}, "\x00")))
		print = hex.EncodeToString(sum[:])
	}
	return clean(print)
}

func locationURI(c *caseView, f *finding) string {
	switch {
	case f.Asset != "":
		return relativeURI(f.Asset)
	case c == nil || c.Path == "." || c.Path == "":
		return "case.yaml"
	}
	return relativeURI(c.Path + "/case.yaml")
}

// relativeURI is a path as a relative URI reference: UTF-8 percent encoded,
// and with ./ before a first part that would read as a scheme.
func relativeURI(path string) string {
	parts := strings.Split(path, "/")
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	uri := strings.Join(parts, "/")
	if strings.Contains(parts[0], ":") {
		return "./" + uri
	}
	return uri
}
