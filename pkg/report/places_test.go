package report

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

func TestPlaces(t *testing.T) {
	for _, tt := range []struct {
		dirs           map[string]string
		reported, want string
	}{
		{nil, "sub/a.jpg", "sub/a.jpg"},
		{map[string]string{".": "photos"}, "sub/a.jpg", "photos/sub/a.jpg"},
		{map[string]string{".": "photos"}, ".", "photos"},
		{map[string]string{".": "."}, "a.jpg", "a.jpg"},
		{map[string]string{".": "clients", "A": "clients/A"}, "A/source/a.jpg", "clients/A/source/a.jpg"},
		{map[string]string{".": "/tmp/x"}, "a.jpg", "/tmp/x/a.jpg"},
		{map[string]string{"one": "in/one", "two": "C:/out/two"}, "two/a.jpg", "C:/out/two/a.jpg"},
		{map[string]string{"one": "in/one"}, "ones/a.jpg", "ones/a.jpg"},
		{map[string]string{"in/one": "x/in/one", "in": "x/in"}, "in/one/a.jpg", "x/in/one/a.jpg"},
	} {
		if got := (Places{Dirs: tt.dirs}).of(tt.reported); got != tt.want {
			t.Errorf("%q in %v: %q, want %q", tt.reported, tt.dirs, got, tt.want)
		}
	}
	for place, want := range map[string]string{"/a b/图#1": "file:///a%20b/%E5%9B%BE%231", "C:/x": "file:///C:/x", "/": "file:///"} {
		if got := fileURI(place); got != want || !isAbsolute(place) {
			t.Errorf("%q: %q, want %q", place, got, want)
		}
	}
}

// TestLocations: CI servers are told where files lie from the base, and where that is.
func TestLocations(t *testing.T) {
	opt := Options{Places: Places{Base: "/home/w/repo", Dirs: map[string]string{".": "photos", "listing": "photos/清单"}}}
	var log sarifLog
	if err := json.Unmarshal(render(t, sarifFormat{}, mixed(lang.EN), opt), &log); err != nil {
		t.Fatal(err)
	}
	if got := log.Runs[0].Bases[srcRoot].URI; got != "file:///home/w/repo/" {
		t.Errorf("base %q", got)
	}
	for _, r := range log.Runs[0].Results {
		a := r.Locations[0].Physical.Artifact
		if !strings.HasPrefix(a.URI, "photos/%E6%B8%85%E5%8D%95/") || a.BaseID != srcRoot {
			t.Errorf("%s: %+v", r.RuleID, a)
		}
	}
	if out := string(render(t, githubFormat{}, mixed(lang.EN), opt)); strings.Count(out, "file=photos/清单/") != len(log.Runs[0].Results) {
		t.Errorf("locations: %s", out)
	}
	opt.Places.Dirs = map[string]string{".": "/elsewhere"}
	var outside sarifLog
	if err := json.Unmarshal(render(t, sarifFormat{}, mixed(lang.EN), opt), &outside); err != nil {
		t.Fatal(err)
	}
	if a := outside.Runs[0].Results[0].Locations[0].Physical.Artifact; !strings.HasPrefix(a.URI, "file:///elsewhere/listing/") || a.BaseID != "" {
		t.Errorf("outside the base: %+v", a)
	}
	// Nobody else need know where a seller keeps files.
	opt.Redact = true
	if out := string(render(t, sarifFormat{}, mixed(lang.EN), opt)); strings.Contains(out, "elsewhere") || strings.Contains(out, "home") {
		t.Error("a redacted report tells places")
	}
}

// TestSARIFLimits: what GitHub does not take is left out, the least grave of it, and
// that is said.
func TestSARIFLimits(t *testing.T) {
	for _, tt := range []struct {
		name    string
		n       int
		message func(i int) string
		most    int
	}{
		{"5,000 results", 5600, func(int) string { return "small" }, maxResults},
		{"10 MB", 900, func(i int) string { return noise(i, 20000) }, 899},
	} {
		r := base(lang.EN)
		c := verdict.Case{Path: "."}
		for i := range tt.n {
			severity := verdict.SeverityWarning
			if i >= tt.n-100 {
				severity = verdict.SeverityError
			}
			add(r, &c, verdict.Finding{Rule: "AE301", Outcome: verdict.Fail, Severity: severity, Asset: fmt.Sprintf("%d.jpg", i), Title: verdict.Words("small"), Message: verdict.Words(tt.message(i))})
		}
		r.Cases = append(r.Cases, c)
		out := render(t, sarifFormat{}, r, Options{})
		var log sarifLog
		if err := json.Unmarshal(out, &log); err != nil {
			t.Fatal(err)
		}
		run := log.Runs[0]
		if len(run.Results) > tt.most || len(run.Results) < 100 || gzipped(out) > maxGzip {
			t.Errorf("%s: %d results, %d bytes", tt.name, len(run.Results), gzipped(out))
		}
		for i := range 100 {
			if run.Results[i].Level != "error" {
				t.Errorf("%s: result %d is a %s", tt.name, i, run.Results[i].Level)
			}
		}
		want := fmt.Sprintf("%d results more", tt.n-len(run.Results))
		if n := run.Invocations[0].Notifications; len(n) != 1 || !strings.Contains(n[0].Message.Text, want) {
			t.Errorf("%s: told %+v, want %q", tt.name, n, want)
		}
	}
}

// noise is a text that does not compress well.
func noise(seed, n int) string {
	x := uint64(seed)*2862933555777941757 + 1
	out := make([]byte, n)
	for i := range out {
		x = x*6364136223846793005 + 1442695040888963407
		out[i] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789,."[x>>58]
	}
	return string(out)
}

func TestSemantic(t *testing.T) {
	for version, want := range map[string]string{
		"v1.2.3": "1.2.3", "1.2.3-rc.1": "1.2.3-rc.1", "v0.1.0-dev+2796211ab012": "0.1.0-dev+2796211ab012",
		"v0.0.0-20261129104829-2796211ab012+dirty": "0.0.0-20261129104829-2796211ab012+dirty", "(devel)": "", "": "", "v1.2": "", "v01.2.3": "",
	} {
		if got := semantic(version); got != want {
			t.Errorf("%q: %q, want %q", version, got, want)
		}
	}
}

// TestRuleDescriptions: rules are described by what they are, not by one finding.
func TestRuleDescriptions(t *testing.T) {
	r := base(lang.EN)
	c := verdict.Case{Path: "."}
	for _, id := range []string{"AE321", "AE322"} {
		add(r, &c, verdict.Finding{Rule: id, Outcome: verdict.Review, Cause: verdict.Unavailable, Asset: "a.jpg", Title: verdict.Words("title of " + id), Message: verdict.Words("not decoded")})
	}
	r.Cases = append(r.Cases, c)
	about := RuleText{Title: "Contact details in the picture", Why: "The platform <forbids> it.", Remedy: "Remove them.", Sources: []string{"M13", "https://example.org/rules"}}
	var log sarifLog
	if err := json.Unmarshal(render(t, sarifFormat{}, r, Options{Rules: map[string]RuleText{"AE321": about}}), &log); err != nil {
		t.Fatal(err)
	}
	driver := log.Runs[0].Tool.Driver
	if len(driver.Rules) != 2 || driver.InformationURI == "" {
		t.Fatalf("%+v", driver)
	}
	first, second := driver.Rules[0], driver.Rules[1]
	if first.ShortDescription.Text != about.Title || first.FullDescription.Text != about.Why || first.HelpURI != "https://example.org/rules" ||
		!strings.Contains(first.Help.Text, "Remove them.") || !strings.Contains(first.Help.Markdown, `\<forbids\>`) {
		t.Errorf("%+v", first)
	}
	if second.ShortDescription.Text != "title of AE322" {
		t.Errorf("a folded finding describes its rule: %+v", second)
	}
}

// TestSuiteName: a CI server lists the very folder scanned by its name.
func TestSuiteName(t *testing.T) {
	r := base(lang.EN)
	r.Cases = append(r.Cases, verdict.Case{Path: "."})
	for want, p := range map[string]Places{
		"(unnamed folder)": {}, "repo": {Base: "/home/repo", Dirs: map[string]string{".": "."}},
		"photos": {Base: "/home/repo", Dirs: map[string]string{".": "shop/photos"}}, "out": {Base: "/home/repo", Dirs: map[string]string{".": "/tmp/out"}},
	} {
		if out := string(render(t, junitFormat{}, r, Options{Places: p})); !strings.Contains(out, `<testsuite name="`+want+`"`) {
			t.Errorf("%+v: %s", p, out)
		}
	}
}
