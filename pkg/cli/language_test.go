package cli

import (
	"bytes"
	"context"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/testkit/texts"
)

// made is a catalogue that puts every text in brackets, but for those left out.
func made(all []string, without func(english string) bool) fstest.MapFS {
	var b strings.Builder
	b.WriteString("language: xx\nname: Bracketish\ntexts:\n")
	for _, english := range all {
		if without(english) {
			continue
		}
		text := "‹" + english + "›"
		if one, several, two := strings.Cut(english, "|"); two && strings.Contains(one, "{n}") && strings.Contains(several, "{n}") {
			text = "‹" + one + "›|‹" + several + "›"
		}
		if lang.Fits(english, text) == nil {
			b.WriteString("  " + strconv.Quote(english) + ": " + strconv.Quote(text) + "\n")
		}
	}
	return fstest.MapFS{"xx.yaml": {Data: []byte(b.String())}}
}

// say runs a command in the made language.
func say(t *testing.T, catalogue fstest.MapFS, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code := Main(context.Background(), append(args, "--lang", "xx", "--no-progress"), Env{
		Streams: terminal.Streams{In: strings.NewReader(""), Out: &out, Err: &errs},
		Getenv:  func(string) string { return "" }, Catalogues: catalogue,
	})
	if code != exitFindings && code != exitOK {
		t.Fatalf("%v: exit code %d\n%s", args, code, errs.String())
	}
	return out.String(), errs.String()
}

// A third language is one catalogue file: a whole report comes out in it.
func TestThirdLanguage(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", sharedCache)
	all := texts.All(t, "../..")
	catalogue := made(all, func(string) bool { return false })
	scan := []string{"scan", "../../testdata/listing", "--no-ocr", "--now", "2026-11-23T10:00:00+08:00"}

	out, errs := say(t, catalogue, append(scan, "--format", "json")...)
	if strings.Contains(errs, "Bracketish") {
		t.Errorf("said in English: %s", errs)
	}
	document, err := report.Read(strings.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	r := document.Report()
	if r.Lang != "xx" || len(r.Cases) != 1 || len(r.Cases[0].Steps) == 0 {
		t.Fatalf("report in %s with %d cases", r.Lang, len(r.Cases))
	}
	translated := func(what, text string) {
		if text != "" && !strings.Contains(text, "‹") {
			t.Errorf("%s is not translated: %q", what, text)
		}
	}
	for _, f := range r.Cases[0].Findings {
		translated(f.Rule+" title", report.Plain(f.Title))
		translated(f.Rule+" message", report.Plain(f.Message))
		translated(f.Rule+" remedy", report.Plain(f.Remedy))
	}
	for _, i := range r.Cases[0].Checklist {
		translated(i.Item+" title", i.Title)
		translated(i.Item+" note", report.Plain(i.Note))
	}
	for _, s := range r.Cases[0].Steps {
		translated(s.ID+" title", s.Title)
		translated(s.ID+" detail", report.Plain(s.Detail))
	}
	for _, k := range append(r.Rules.Kinds, r.Rules.Slots...) {
		translated(k.ID, k.Title)
	}

	// No text of ours stands outside brackets in what people read.
	for _, format := range []string{"text", "html", "markdown"} {
		out, errs := say(t, catalogue, append(scan, "--format", format, "--verbose", "--statistics")...)
		if strings.Contains(errs, "Bracketish") {
			t.Errorf("%s: said in English: %s", format, errs)
		}
		out, _, _ = strings.Cut(out, `<div class="report" id="r-`) // the page has the other languages behind
		joined := strings.Join(strings.Fields(out), " ")
		for _, english := range all {
			if len(english) < 12 || !strings.Contains(english, " ") || strings.ContainsAny(english, "{|&<>'\"*_`") {
				continue
			}
			for at := 0; ; {
				i := strings.Index(joined[at:], english)
				if i < 0 {
					break
				}
				at += i
				if before, after := joined[:at], joined[at+len(english):]; strings.Count(before, "‹") <= strings.Count(before, "›") {
					t.Errorf("%s: in English: …%s…", format, before[max(0, len(before)-40):]+english+after[:min(40, len(after))])
				}
				at += len(english)
			}
		}
	}

	// Other commands speak it too.
	for _, args := range [][]string{{"explain", "AE203"}, {"rules", "list"}, {"rules", "facts"}, {"rules", "checks"}, {"scan", "--help"}} {
		if out, errs := say(t, catalogue, args...); !strings.Contains(out, "‹") || strings.Contains(errs, "Bracketish") {
			t.Errorf("%v:\n%s%s", args, out, errs)
		}
	}
}

// What a catalogue lacks is shown in English and counted, once.
func TestMissingTranslationsAreCounted(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", sharedCache)
	all := texts.All(t, "../..")
	gone := map[string]bool{"Violation notice": true, "Commitment letter": true}
	out, errs := say(t, made(all, func(english string) bool { return gone[english] }),
		"scan", "../../testdata/honest", "--no-ocr", "--now", "2026-11-23T10:00:00+08:00", "--format", "json")
	if !strings.Contains(out, `"title": "Violation notice"`) || !strings.Contains(out, `"title": "‹Replacement pictures›"`) {
		t.Error("the gap is not filled in English, or more than it")
	}
	if want := "‹2 texts have no Bracketish yet and are shown in English›"; strings.Count(errs, want) != 1 {
		t.Errorf("want %q once in\n%s", want, errs)
	}
}
