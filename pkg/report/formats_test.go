package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"html"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// every renders all fixtures in both languages.
func every(t *testing.T, f Format, check func(t *testing.T, r *verdict.Report, out []byte)) {
	for _, fx := range fixtures() {
		for _, l := range []lang.Lang{lang.ZH, lang.EN} {
			t.Run(fx.name+"/"+l.Tag(), func(t *testing.T) {
				r := fx.report(l)
				check(t, r, render(t, f, r, Options{Lang: l, Verbose: true}))
			})
		}
	}
}

// findings are those of all cases and between them.
func findings(r *verdict.Report) []verdict.Finding {
	var all []verdict.Finding
	for _, c := range r.Cases {
		all = append(all, c.Findings...)
	}
	return append(all, r.Batch.Findings...)
}

// TestJSONContract checks the keys that programs rely on, that what is read
// back is what was written, and that no list is null.
func TestJSONContract(t *testing.T) {
	keys := map[string][]string{
		"":             {"schema_version", "tool", "now", "lang", "rules", "cases", "batch", "summary", "problems"},
		"tool":         {"name", "version"},
		"rules":        {"digest", "layers"},
		"summary":      {"cases", "assets", "pass", "fail", "review", "skip", "error"},
		"cases":        {"path", "id", "outcome", "deadline", "assets", "findings", "checklist", "steps"},
		"steps":        {"id", "phase", "title", "detail", "sources"},
		"assets":       {"path", "kind", "slot", "sha256", "bytes", "format", "width", "height"},
		"findings":     {"rule", "slug", "outcome", "severity", "confidence", "basis", "asset", "kind", "title", "message", "remedy", "sources", "evidence", "fingerprint", "suppressed"},
		"checklist":    {"item", "title", "state", "assets", "findings", "note"},
		"deadline":     {"at", "remaining_seconds", "basis"},
		"evidence":     {"fact", "observed"},
		"batch":        {"findings"},
		"problems":     {"path", "code", "message"},
		"related":      {"asset"},
		"suppressed":   {"by"},
		"tool.nothing": nil,
	}
	seen := map[string]bool{}
	var walk func(t *testing.T, name string, v any)
	walk = func(t *testing.T, name string, v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				if m, ok := e.(map[string]any); ok {
					walk(t, name, m)
				}
			}
		case map[string]any:
			seen[name] = true
			for _, k := range keys[name] {
				if _, ok := v[k]; !ok {
					t.Errorf("%s has no key %q", name, k)
				}
			}
			for k, e := range v {
				if e == nil && !slices.Contains([]string{"deadline", "suppressed", "observed"}, k) {
					t.Errorf("%s.%s is null", name, k)
				}
				if k != "observed" && k != "required" && k != "value" && k != "values" {
					walk(t, k, e)
				}
			}
		}
	}
	every(t, jsonFormat{}, func(t *testing.T, r *verdict.Report, out []byte) {
		var v any
		if err := json.Unmarshal(out, &v); err != nil {
			t.Fatal(err)
		}
		walk(t, "", v)
		back, err := Read(bytes.NewReader(out))
		if err != nil {
			t.Fatal(err)
		}
		want, got := findings(r), findings(back.Report())
		if len(got) != len(want) {
			t.Fatalf("%d findings, want %d", len(got), len(want))
		}
		for i := range want {
			if got[i].Asset != want[i].Asset || Plain(got[i].Message) != Plain(want[i].Message) {
				t.Errorf("finding %d: %q %q, want %q %q", i, got[i].Asset, Plain(got[i].Message), want[i].Asset, Plain(want[i].Message))
			}
		}
	})
	for name := range keys {
		if name != "tool.nothing" && !seen[name] {
			t.Errorf("no fixture has a %q", name)
		}
	}
}

func TestJSONLHoldsWhatJSONHolds(t *testing.T) {
	every(t, jsonlFormat{}, func(t *testing.T, r *verdict.Report, out []byte) {
		count := map[string]int{}
		dec := json.NewDecoder(bytes.NewReader(out))
		last := ""
		for {
			var line struct {
				Type string  `json:"type"`
				Rule string  `json:"rule"`
				Case *string `json:"case"`
			}
			if err := dec.Decode(&line); err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			count[line.Type]++
			last = line.Type
		}
		if lines := bytes.Count(out, []byte("\n")); lines != sum(count) {
			t.Errorf("%d lines hold %d objects", lines, sum(count))
		}
		if count["run"] != 1 || count["summary"] != 1 || last != "summary" || count["case"] != len(r.Cases) ||
			count["finding"] != len(findings(r)) || count["asset"] != r.Summary.Assets || count["problem"] != len(r.Problems) {
			t.Errorf("got %v", count)
		}
	})
}

func sum(m map[string]int) int {
	n := 0
	for _, v := range m {
		n += v
	}
	return n
}

// TestSARIF checks what GitHub code scanning and the standard require.
func TestSARIF(t *testing.T) {
	every(t, sarifFormat{}, func(t *testing.T, r *verdict.Report, out []byte) {
		var log sarifLog
		dec := json.NewDecoder(bytes.NewReader(out))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&log); err != nil {
			t.Fatal(err)
		}
		if log.Version != "2.1.0" || len(log.Runs) != 1 {
			t.Fatalf("version %q, %d runs", log.Version, len(log.Runs))
		}
		run := log.Runs[0]
		if run.Results == nil || run.Tool.Driver.Rules == nil || run.Tool.Driver.Name == "" {
			t.Error("results, rules or name missing")
		}
		if !slices.IsSortedFunc(run.Tool.Driver.Rules, func(a, b sarifRule) int { return strings.Compare(a.ID, b.ID) }) {
			t.Error("rules not sorted")
		}
		if run.Invocations[0].ExecutionSuccessful == (r.Interrupted || r.Summary.Error > 0) {
			t.Error("executionSuccessful is wrong")
		}
		attention := 0
		for _, f := range readable(pointers(findings(r))) {
			if weight(&f) > 0 || f.Suppressed != nil {
				attention++
			}
		}
		if len(run.Results) != attention {
			t.Errorf("%d results, want %d", len(run.Results), attention)
		}
		prints := map[string]bool{}
		for _, res := range run.Results {
			if rule := run.Tool.Driver.Rules[res.RuleIndex]; rule.ID != res.RuleID {
				t.Errorf("ruleIndex of %s points to %s", res.RuleID, rule.ID)
			}
			if res.Kind != "fail" && res.Level != "none" || res.Kind == "fail" && !slices.Contains([]string{"error", "warning", "note"}, res.Level) {
				t.Errorf("kind %q with level %q", res.Kind, res.Level)
			}
			print := res.Fingerprints[fingerprintKey]
			if print == "" || prints[print] {
				t.Errorf("fingerprint %q is empty or given twice", print)
			}
			prints[print] = true
			if len(res.Locations) != 1 || res.Message.Text == "" {
				t.Fatalf("%s: %d locations, message %q", res.RuleID, len(res.Locations), res.Message.Text)
			}
			checkURI(t, res.Locations[0].Physical.Artifact.URI)
		}
	})
}

// checkURI checks that a URI is a relative reference in ASCII.
func checkURI(t *testing.T, uri string) {
	t.Helper()
	u, err := url.Parse(uri)
	switch {
	case err != nil:
		t.Error(err)
	case u.IsAbs() || u.Host != "" || strings.HasPrefix(uri, "/") || u.RawQuery != "" || u.Fragment != "":
		t.Errorf("%q is no relative path", uri)
	case !regexp.MustCompile(`^[!-~]+$`).MatchString(uri) || strings.ContainsAny(uri, `\"<>^{|}`+"`"):
		t.Errorf("%q holds characters that need escaping", uri)
	}
}

func TestRelativeURI(t *testing.T) {
	for path, want := range map[string]string{
		"原图/IMG 1.jpg":  "%E5%8E%9F%E5%9B%BE/IMG%201.jpg",
		"c:/a.jpg":      "./c:/a.jpg",
		"a#1?b=%20.jpg": "a%231%3Fb=%2520.jpg",
		`a\b.jpg`:       "a%5Cb.jpg",
		"plain/a-b.jpg": "plain/a-b.jpg",
	} {
		if got := relativeURI(path); got != want {
			t.Errorf("%q: got %q, want %q", path, got, want)
		} else if u, err := url.Parse(got); err != nil || u.IsAbs() || strings.TrimPrefix(u.Path, "./") != path {
			t.Errorf("%q does not come back: %v, %v", path, u, err)
		}
	}
}

func TestJUnit(t *testing.T) {
	every(t, junitFormat{}, func(t *testing.T, r *verdict.Report, out []byte) {
		var all junitSuites
		if err := xml.Unmarshal(out, &all); err != nil {
			t.Fatal(err)
		}
		want := len(findings(r)) + len(r.Problems)
		if r.Interrupted {
			want++
		}
		failures, errs, skipped, tests := 0, 0, 0, 0
		for _, s := range all.Suites {
			for _, c := range s.Cases {
				tests++
				kinds := 0
				for n, d := range map[*int]*junitDetail{&failures: c.Failure, &errs: c.Error, &skipped: c.Skipped} {
					if d != nil {
						*n++
						kinds++
					}
				}
				if kinds > 1 {
					t.Errorf("%s came to %d things", c.Name, kinds)
				}
			}
		}
		if tests != want || all.Tests != tests || all.Failures != failures || all.Errors != errs {
			t.Errorf("counts %d/%d/%d/%d, found %d/%d/%d/%d, want %d tests", all.Tests, all.Failures, all.Errors, skipped, tests, failures, errs, skipped, want)
		}
		if passed := tests - failures - errs - skipped; passed > r.Summary.Pass {
			t.Errorf("%d test cases pass, only %d findings did", passed, r.Summary.Pass)
		}
	})
}

// TestJUnitFollowsFailOn: the failures are those of the exit code.
func TestJUnitFollowsFailOn(t *testing.T) {
	for failOn, want := range map[string]int{"": 5, "error": 5, "warning": 6, "review": 8, "never": 0} {
		var all junitSuites
		out := render(t, junitFormat{}, mixed(lang.EN), Options{FailOn: failOn})
		if err := xml.Unmarshal(out, &all); err != nil {
			t.Fatal(err)
		}
		if all.Failures != want {
			t.Errorf("--fail-on %q: %d failures, want %d", failOn, all.Failures, want)
		}
	}
}

func TestCSV(t *testing.T) {
	every(t, csvFormat{}, func(t *testing.T, r *verdict.Report, out []byte) {
		rest, found := bytes.CutPrefix(out, []byte("\ufeff"))
		if !found {
			t.Error("no byte order mark")
		}
		rows, err := csv.NewReader(bytes.NewReader(rest)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		want := 1 + len(r.Cases) + len(findings(r)) + len(r.Problems)
		if r.Interrupted {
			want++
		}
		if len(rows) != want {
			t.Errorf("%d rows for %d findings and %d problems", len(rows)-1, len(findings(r)), len(r.Problems))
		}
		for _, row := range rows {
			for _, c := range row {
				if _, err := strconv.Atoi(c); err == nil && len(c) <= 16 {
					continue // a number is what it is
				}
				if c != "" && strings.ContainsRune("=+-@\t\r", rune(c[0])) {
					t.Errorf("a spreadsheet would run %q", c)
				}
			}
		}
	})
}

// TestGitHubCommands: every line is one command of ours, or the verdict.
func TestGitHubCommands(t *testing.T) {
	command := regexp.MustCompile(`^::(error|warning|notice) (file=[^,:]*,)?title=[^,:]*::.+$`)
	every(t, githubFormat{}, func(t *testing.T, _ *verdict.Report, out []byte) {
		lines := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
		for _, line := range lines[:len(lines)-1] {
			if !command.MatchString(line) {
				t.Errorf("not a command: %q", line)
			}
		}
		if strings.HasPrefix(lines[len(lines)-1], "::") {
			t.Error("no verdict at the end")
		}
	})
}

// TestGitLabIssues: the report keeps to what GitLab reads of Code Climate's issues
// (docs.gitlab.com, "Code Quality report format"): what it wants is there, fingerprints
// are unique, paths are relative.
func TestGitLabIssues(t *testing.T) {
	every(t, gitlabFormat{}, func(t *testing.T, r *verdict.Report, out []byte) {
		var issues []struct {
			Description string `json:"description"`
			CheckName   string `json:"check_name"`
			Fingerprint string `json:"fingerprint"`
			Severity    string `json:"severity"`
			Location    struct {
				Path  string `json:"path"`
				Lines struct {
					Begin int `json:"begin"`
				} `json:"lines"`
			} `json:"location"`
		}
		if err := json.Unmarshal(out, &issues); err != nil {
			t.Fatal(err)
		}
		want := len(r.Problems)
		for _, f := range findings(r) {
			if f.Suppressed == nil && f.Outcome != verdict.Pass && f.Outcome != verdict.Skip {
				want++
			}
		}
		if r.Interrupted {
			want++
		}
		if len(issues) != want {
			t.Errorf("%d issues for %d findings and problems", len(issues), want)
		}
		prints := map[string]bool{}
		for _, i := range issues {
			if i.Description == "" || i.CheckName == "" || i.Fingerprint == "" || i.Location.Lines.Begin != 1 || strings.HasPrefix(i.Location.Path, "./") || strings.HasPrefix(i.Location.Path, "/") {
				t.Errorf("GitLab would drop %+v", i)
			}
			if !slices.Contains([]string{"info", "minor", "major", "critical", "blocker"}, i.Severity) {
				t.Errorf("severity %q", i.Severity)
			}
			if prints[i.Fingerprint] {
				t.Errorf("fingerprint %s twice", i.Fingerprint)
			}
			prints[i.Fingerprint] = true
		}
	})
}

// TestHTMLIsSelfContained: nothing of a seller becomes markup, nothing is
// loaded, and nothing runs but what the page's own policy names.
func TestHTMLIsSelfContained(t *testing.T) {
	tag := regexp.MustCompile(`<(/?[a-zA-Z][^\s>/]*)`)
	attribute := regexp.MustCompile(`\s(src|href|style|on\w+)="([^"]*)"`)
	inside := regexp.MustCompile(`(?s)<(style|script)>(.*?)</`)
	every(t, htmlFormat{}, func(t *testing.T, r *verdict.Report, out []byte) {
		page := string(out)
		if strings.Contains(page, "ZgotmplZ") {
			t.Error("the template refused a value")
		}
		_, policy, _ := strings.Cut(page, `http-equiv="Content-Security-Policy" content="`)
		policy, _, _ = strings.Cut(html.UnescapeString(policy), `">`)
		blocks := inside.FindAllStringSubmatch(page, -1)
		if len(blocks) != 2 {
			t.Errorf("%d blocks of style and script", len(blocks))
		}
		for _, m := range blocks {
			sum := sha256.Sum256([]byte(m[2]))
			if want := m[1] + "-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(policy, want) {
				t.Errorf("policy %q does not name the %s", policy, m[1])
			}
		}
		markup := inside.ReplaceAllString(page, "<$1></")
		for _, m := range tag.FindAllStringSubmatch(markup, -1) {
			if !known(m[1]) {
				t.Errorf("element %q", m[1])
			}
		}
		for _, m := range attribute.FindAllStringSubmatch(markup, -1) {
			if m[1] != "href" || !regexp.MustCompile(`^(https?://.*|#[a-zA-Z0-9_-]+|data:image/jpeg;base64,[^"]*)$`).MatchString(m[2]) {
				t.Errorf("attribute %s=%q", m[1], m[2])
			}
		}
		previews := 0
		for _, c := range r.Cases {
			for _, a := range c.Assets {
				if len(a.Preview) > 0 {
					previews++
				}
			}
		}
		if got := strings.Count(page, "<image "); got != previews {
			t.Errorf("%d pictures held, %d previews given", got, previews)
		}
	})
}

// TestHTMLHoldsTheLanguages: both reports in one page, its pictures once, ids once, and
// all links within it lead somewhere.
func TestHTMLHoldsTheLanguages(t *testing.T) {
	o := Options{Lang: lang.ZH, Also: []Other{{lang.EN, mixed(lang.EN)}}}
	page := string(render(t, htmlFormat{}, mixed(lang.ZH), o))
	for _, want := range []string{`<html lang="zh-CN">`, `id="r-zh" lang="zh-CN"`, `id="r-en" lang="en"`, "主图背景不是白色", "The background of the main picture is not white"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q", want)
		}
	}
	if n := strings.Count(page, "data:image"); n != 6 {
		t.Errorf("6 pictures are held %d times", n)
	}
	ids := map[string]bool{}
	for _, m := range regexp.MustCompile(`\sid="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if ids[m[1]] {
			t.Errorf("id %q twice", m[1])
		}
		ids[m[1]] = true
	}
	for _, m := range regexp.MustCompile(`\s(?:href="#|for=")([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if !ids[m[1]] && m[1] != "z" { // which closes a picture and leads nowhere
			t.Errorf("nothing has the id %q", m[1])
		}
	}
	if redacted := string(render(t, htmlFormat{}, mixed(lang.ZH), Options{Lang: lang.ZH, Also: o.Also, Redact: true})); strings.Contains(redacted, "WG20261118000123") {
		t.Error("the other language is not redacted")
	}
}

func TestHTMLMarksWhereItWasSeen(t *testing.T) {
	p := &PagePicture{}
	p.mark([4]int{100, 50, 200, 100}, 1000, 500)
	p.mark([4]int{-50, 450, 100, 100}, 1000, 500) // half outside
	p.mark([4]int{2000, 0, 10, 10}, 1000, 500)    // outside
	want := [][4]float64{{10, 10, 20, 20}, {0, 90, 5, 10}}
	if !slices.Equal(p.Boxes, want) {
		t.Errorf("got %v, want %v", p.Boxes, want)
	}
	if want := [][4]int{{100, 50, 200, 100}, {0, 450, 50, 50}}; !slices.Equal(p.Marks, want) {
		t.Errorf("got %v, want %v", p.Marks, want)
	}
}

func TestMarkdownEscapes(t *testing.T) {
	for in, want := range map[string]string{
		"[a](b)":             `\[a\]\(b\)`,
		"<img src=x>":        `\<img src=x\>`,
		"ask @someone":       "ask ＠someone",
		"a@b.example":        "a@b.example",
		"see www.x.example":  `see www\.x.example`,
		"https://x.example/": `https\://x.example/`,
		"a|b\nc":             `a\|b\\nc`,
	} {
		if got := md(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"": "", "a.jpg": "`a.jpg`", "`a``b": "``` `a``b ```", "a|b": "`a¦b`"} {
		if got := code(in); got != want {
			t.Errorf("code(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestRedactionHides: nothing that names a file, a person or a number gets
// through, in any format.
func TestRedactionHides(t *testing.T) {
	r := mixed(lang.EN)
	private := func(v any) verdict.Text { return verdict.Value{Of: v}.Text() }
	r.Cases[0].Findings[0].Title = append(verdict.Words("about "), private("Shenzhen Example")...)
	r.Cases[0].Findings[0].Message = verdict.Join([]verdict.Text{
		verdict.Value{Of: "Screenshot_20261119-101500.png", Privacy: verdict.Path}.Text(),
		verdict.Value{Of: []any{r.Cases[0].Assets[2].Path, "原图/IMG_2001.JPG", "m2.jpg", "unknown/path.jpg"}, Join: ", ", Privacy: verdict.Path}.Text(),
		private("call 138 0013 8000"), private([]any{"Shenzhen Example", 5}),
		verdict.Value{Of: 22.547, Fact: "exif.latitude", Privacy: verdict.Private}.Text(),
	}, " by ")
	r.Cases[0].Findings[0].Suppressed = &verdict.Suppression{By: "confirmation", Person: "王五", At: "2026-11-19", Note: "on our scanner"}
	r.Cases[0].Findings[0].Evidence = append(r.Cases[0].Findings[0].Evidence, verdict.Evidence{Fact: "exif.longitude", Observed: 22.547, Privacy: verdict.Private,
		Required: verdict.Want("Shenzhen Example"), Why: lang.T("因为 {why}", "because {why}", "why", lang.Plain("on our scanner"))})
	r.Cases[0].Checklist[0].Note = private("WG20261118000123")
	r.Problems = []verdict.Problem{{Path: "listing/unknown/path.jpg", Code: "x", Message: verdict.Say(lang.EN, lang.T("无法读取：{why}", "cannot be read: {why}"), "why", "Shenzhen")}}
	secrets := []string{"listing", "Screenshot_", "IMG_2001", "acme-loa", "m1.jpg", "WG2026", "abc_888", "138", "www.shop", "Photoshop 25", "Shenzhen", "王五", "scanner", "原图", "替换图", "授权书", "22.547", "unknown"}
	for _, f := range Formats() {
		out := string(render(t, f, r, Options{Redact: true, Verbose: true}))
		for _, s := range secrets {
			if i := strings.Index(out, s); i >= 0 {
				t.Errorf("%s shows %q: …%s…", f.Name(), s, out[max(i-60, 0):min(i+60, len(out))])
			}
		}
		if strings.Contains(out, "data:image") {
			t.Errorf("%s shows pictures", f.Name())
		}
		if !strings.Contains(out, "replacement-1.jpg") {
			t.Errorf("%s does not tell files apart", f.Name())
		}
	}
}
