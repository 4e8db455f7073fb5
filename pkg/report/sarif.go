package report

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/lang"
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
		Tool        sarifTool                `json:"tool"`
		Invocations []sarifInvocation        `json:"invocations"`
		ColumnKind  string                   `json:"columnKind"`
		Bases       map[string]sarifArtifact `json:"originalUriBaseIds,omitempty"`
		Results     []sarifResult            `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		Version        string      `json:"version"`
		Semantic       string      `json:"semanticVersion,omitempty"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string          `json:"id"`
		Name             string          `json:"name"`
		ShortDescription sarifText       `json:"shortDescription"`
		FullDescription  sarifText       `json:"fullDescription"`
		Help             sarifHelp       `json:"help"`
		HelpURI          string          `json:"helpUri,omitempty"`
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
	sarifHelp struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown"`
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

		weight int // of the finding, not written
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
		URI    string `json:"uri"`
		BaseID string `json:"uriBaseId,omitempty"`
	}
	sarifRegion struct {
		StartLine int `json:"startLine"`
	}
)

// What GitHub code scanning takes of one run (docs.github.com, "SARIF support for code
// scanning", limits): more results are dropped as it pleases, a larger file is
// refused.
const (
	maxResults = 5000
	maxGzip    = 10 << 20 // bytes
)

// srcRoot names the base of relative locations, as others do.
const srcRoot = "%SRCROOT%"

// informationURI is the home of the program.
const informationURI = "https://github.com/aecheck/aecheck"

// fingerprintKey names our fingerprints; the version is that of their recipe.
const fingerprintKey = "aecheck/v1"

func (sarifFormat) Write(w io.Writer, r *verdict.Report, o Options) error {
	v := newView(r, o)
	s := &sarifWriter{view: v, used: map[string]int{}, index: map[string]int{}}
	s.listRules()
	run := sarifRun{
		Tool: sarifTool{sarifDriver{Name: clean(r.Tool.Name), Version: cmp.Or(semantic(r.Tool.Version), clean(r.Tool.Version)), Semantic: semantic(r.Tool.Version),
			InformationURI: informationURI, Rules: s.rules}},
		ColumnKind: "unicodeCodePoints",
	}
	if base := o.Places.Base; base != "" {
		run.Bases = map[string]sarifArtifact{srcRoot: {URI: strings.TrimSuffix(fileURI(base), "/") + "/"}}
	}
	all := s.results()
	for keep := min(len(all), maxResults); ; keep /= 2 {
		run.Results = all[:keep]
		run.Invocations = []sarifInvocation{s.invocation(len(all) - keep)}
		data, err := encodeJSON(sarifLog{
			Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
			Version: "2.1.0",
			Runs:    []sarifRun{run},
		}, "  ")
		if err != nil {
			return err
		}
		if keep > 0 && len(data) > maxGzip && gzipped(data) > maxGzip {
			continue
		}
		_, err = w.Write(data)
		return err
	}
}

// gzipped is how many bytes are left of data once compressed.
func gzipped(data []byte) int {
	var out counter
	z := gzip.NewWriter(&out)
	_, err := z.Write(data)
	if err = errors.Join(err, z.Close()); err != nil {
		return len(data)
	}
	return int(out)
}

type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// semver is the expression that semver.org suggests, its groups uncounted.
var semver = regexp.MustCompile(`^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?$`)

// semantic is a version as semver.org writes it, empty for one that is none.
func semantic(version string) string {
	v := strings.TrimPrefix(version, "v")
	if !semver.MatchString(v) {
		return ""
	}
	return v
}

// results are those of all findings, worst first and else in the order of the
// report.
func (s *sarifWriter) results() []sarifResult {
	out := []sarifResult{}
	for i := range s.cases {
		for k := range s.cases[i].findings {
			out = s.result(out, &s.cases[i], &s.cases[i].findings[k])
		}
	}
	for i := range s.batch {
		out = s.result(out, nil, &s.batch[i])
	}
	slices.SortStableFunc(out, func(a, b sarifResult) int { return cmp.Compare(b.weight, a.weight) })
	return out
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
			s.rules = append(s.rules, s.describe(f))
		}
	}
	for i := range s.cases {
		collect(readable(pointers(s.cases[i].Findings))) // as they are, not folded
	}
	collect(s.batch)
	slices.SortFunc(s.rules, func(a, b sarifRule) int { return cmp.Compare(a.ID, b.ID) })
	for i, rule := range s.rules {
		s.index[rule.ID] = i
	}
}

// describe is the rule of a finding.
func (s *sarifWriter) describe(f *finding) sarifRule {
	text, known := s.o.Rules[f.Rule]
	if !known {
		text = RuleText{Title: f.Title, Remedy: f.Remedy, Sources: f.Sources}
	}
	full := cmp.Or(text.Why, text.Title)
	help, markdown := []string{full}, []string{md(full)}
	if text.Remedy != "" {
		help = append(help, s.say.Remedy+s.words.Colon+oneLine(text.Remedy))
		markdown = append(markdown, "**"+md(s.say.Remedy)+"**"+s.words.Colon+md(oneLine(text.Remedy)))
	}
	out := sarifRule{
		ID: clean(f.Rule), Name: clean(f.Slug), ShortDescription: sarifText{oneLine(text.Title)}, FullDescription: sarifText{oneLine(full)},
		Configuration: sarifLevel{severityLevel(f.Severity)},
		Properties:    sarifProperties{Tags: []string{clean(itemOf(f))}, Basis: string(f.Basis), Confidence: string(f.Confidence)},
	}
	var sources, links []string
	for _, source := range text.Sources {
		if isAddress(source) {
			out.HelpURI = cmp.Or(out.HelpURI, source)
		}
		sources = append(sources, clean(source))
		links = append(links, linked(source))
	}
	if len(sources) > 0 {
		help = append(help, s.say.Sources+s.words.Colon+strings.Join(sources, s.words.Join))
		markdown = append(markdown, "**"+md(s.say.Sources)+"**"+s.words.Colon+strings.Join(links, s.words.Join))
	}
	out.Help = sarifHelp{strings.Join(help, "\n"), strings.Join(markdown, "\n\n")}
	return out
}

// linked is a source in Markdown: an address as a link.
func linked(source string) string {
	if isAddress(source) {
		return "<" + source + ">"
	}
	return md(source)
}

// isAddress reports whether a source is a page that a reader can open.
func isAddress(source string) bool {
	u, err := url.Parse(source)
	return err == nil && u.Scheme == "https" && u.Host != "" && !strings.ContainsAny(source, "<> \n") && clean(source) == source
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

func (s *sarifWriter) invocation(cut int) sarifInvocation {
	inv := sarifInvocation{ExecutionSuccessful: !s.r.Interrupted && s.r.Summary.Error == 0 && s.r.Summary.Unjudged == 0}
	for _, p := range s.problems {
		n := sarifNotification{Level: "warning", Message: sarifText{clean(p.Code) + ": " + oneLine(p.Message)}}
		if p.Path != "" {
			n.Locations = []sarifLocation{{sarifPhysical{Artifact: s.artifact(s.placeOf(p.Path))}}}
		}
		inv.Notifications = append(inv.Notifications, n)
	}
	if cut > 0 {
		inv.Notifications = append(inv.Notifications, sarifNotification{Level: "warning", Message: sarifText{lang.Count(s.say.SarifCut, cut)}})
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
		Locations:    []sarifLocation{{sarifPhysical{s.artifact(s.locationRaw(c, f)), &sarifRegion{1}}}},
		Fingerprints: map[string]string{fingerprintKey: s.fingerprint(c, f)},
		weight:       weight(f),
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

// artifact is a place as a location: relative to the base where it lies below that.
func (s *sarifWriter) artifact(place string) sarifArtifact {
	switch {
	case isAbsolute(place):
		return sarifArtifact{URI: fileURI(place)}
	case s.o.Places.Base == "":
		return sarifArtifact{URI: relativeURI(place)}
	}
	return sarifArtifact{URI: relativeURI(place), BaseID: srcRoot}
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
