package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// FuzzReport puts any two strings where a seller's may stand and holds all
// formats to their syntax.
func FuzzReport(f *testing.F) {
	f.Add("原图/a.jpg", "短边 640px")
	f.Add("<script>\"'&.jpg", "]]> --> {{.}}")
	f.Add("\x1b[31m\u202e\xff\r\n", "a\nb\x00\ufffe")
	f.Add("`|@x #1 www.a.b", "=cmd() ::error::x%0A")
	f.Add("c:/x\\y?z", "https://x/\u2028")
	markup := regexp.MustCompile(`<(/?[a-zA-Z!][^\s>/]*)`)
	f.Fuzz(func(t *testing.T, name, text string) {
		r := base(lang.EN)
		c := verdict.Case{Path: name, ID: text, Deadline: &verdict.Deadline{At: text, Basis: verdict.DeadlineBasis(name)}}
		c.Assets = []verdict.Asset{{Path: name, Kind: name, Slot: text, Format: text}}
		for _, o := range []verdict.Outcome{verdict.Fail, verdict.Review, verdict.Pass} {
			add(r, &c, verdict.Finding{Rule: "AE301", Slug: "x", Outcome: o, Kind: name, Asset: name + "/" + string(o), Title: verdict.Words(text), Message: append(verdict.Words(text), verdict.Value{Of: name}.Text()...), Remedy: verdict.Value{Of: []any{name, text}, Join: text}.Text(), Sources: []string{text},
				Evidence: []verdict.Evidence{{Fact: "file.name", Observed: name, Required: verdict.Want(text), Quote: text, Related: &verdict.Related{Case: text, Asset: name}}}})
		}
		c.Checklist = []verdict.ChecklistItem{{Item: name, Title: text, State: verdict.ItemProblem, Assets: []string{name}, Findings: []string{c.Findings[0].Fingerprint}, Note: verdict.Words(text)}}
		c.Steps = []verdict.Step{{ID: name, Phase: text, Title: name, Detail: verdict.Words(text), Sources: []string{text}}}
		r.Cases = append(r.Cases, c)
		r.Problems = []verdict.Problem{{Path: name, Code: text, Message: verdict.Words(name)}}
		for _, format := range Formats() {
			for _, o := range []Options{{}, {Redact: true, Verbose: true}} {
				out := render(t, format, r, o)
				if !utf8.Valid(out) {
					t.Fatalf("%s: not UTF-8", format.Name())
				}
				if i := strings.IndexFunc(strings.TrimPrefix(string(out), "\ufeff"), func(c rune) bool { return c != '\n' && c != '\r' && terminal.Unsafe(c) }); i >= 0 {
					t.Fatalf("%s: unsafe character: %q", format.Name(), out[max(i-20, 0):min(i+20, len(out))])
				}
				var err error
				switch format.Name() {
				case "json", "sarif":
					err = json.Unmarshal(out, new(any))
				case "jsonl":
					for _, line := range bytes.Split(bytes.TrimSpace(out), []byte("\n")) {
						if err == nil {
							err = json.Unmarshal(line, new(any))
						}
					}
				case "junit":
					err = xml.Unmarshal(out, new(junitSuites))
				case "csv":
					_, err = csv.NewReader(bytes.NewReader(out)).ReadAll()
				case "html":
					for _, m := range markup.FindAllStringSubmatch(string(out), -1) {
						if !known(m[1]) {
							t.Fatalf("element %q", m[1])
						}
					}
				case "github":
					for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
						if strings.HasPrefix(line, "::") && strings.Count(line, "::") < 2 {
							t.Fatalf("broken command %q", line)
						}
					}
				}
				if err != nil && !errors.Is(err, io.EOF) {
					t.Fatalf("%s: %v\n%s", format.Name(), err, out)
				}
			}
		}
	})
}

// known reports whether the HTML template has such an element.
func known(tag string) bool {
	for _, k := range strings.Fields("!doctype html head meta title style script body header nav main section footer h1 h2 h3 h4 h5 p small b br code span div ul ol li dl dt dd a figure figcaption fieldset legend input label details summary svg defs image use rect") {
		if strings.TrimPrefix(tag, "/") == k {
			return true
		}
	}
	return false
}

// FuzzForClient: advice is cut, never made longer but by a full stop.
func FuzzForClient(f *testing.F) {
	for _, s := range []string{"", "。", "裁掉边框，填到 case.yaml；再运行 aecheck。", "Put it (in the folder) at 2.5 mm; run aecheck fix.", "（「", "a\n.;b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := forClient(s)
		if len(got) > len(s)+len(sentences(s))+len("。") {
			t.Errorf("%q became %q", s, got)
		}
		if utf8.ValidString(s) && !utf8.ValidString(got) {
			t.Errorf("%q became %q, no text", s, got)
		}
	})
}
