package sheet

import (
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/i18n"
	"github.com/aecheck/aecheck/pkg/lang"
)

func page1(l lang.Lang) *Sheet {
	evil := "<script>x</script> `|*_[a](b)"
	return &Sheet{
		Lang: "zh-CN", Say: i18n.For(l).Handing, Colon: ": ", ID: evil, Made: "aecheck", Banners: []Banner{{"bad", evil}}, Deadline: []string{"soon", "left"}, Urgent: true,
		IDs:      []Pair{{"Violation ID", "WG1`"}, {"Product ID", ""}},
		Compared: true, Since: []Group{{"kind", []string{evil}}},
		Fields:     []Field{{No: "01", Title: evil, Limits: "small", Tone: "good", State: "ready", Files: []File{{Path: "01_x/a`b.jpg", Size: "1 KB", Notes: []string{evil}}}}, {No: "02", Title: "empty"}},
		Statements: []Text{{"statement.txt", "one\n```\n<b>two</b>"}},
		Open:       []Finding{{Tone: "bad", Symbol: "✗", Rule: "AE203", Title: evil, File: "a.jpg", Message: evil, Remedy: "mend"}},
		Phases:     []Phase{{"before", []Pair{{"step", evil}}}}, After: []string{"wait"}, Tickets: []Text{{"ticket", "Hello\n____"}},
		Boxes: []Group{{"annotated/a.png", []string{"1  seal"}}}, Left: []Pair{{"x.dat", "unknown"}}, Parts: "2 zip files",
	}
}

// TestHostile: nothing of a seller's text becomes markup.
func TestHostile(t *testing.T) {
	html, err := page1(lang.EN).HTML()
	if err != nil {
		t.Fatal(err)
	}
	if s := string(html); strings.Contains(s, "<script") || strings.Contains(s, "<b>two") {
		t.Error("markup of a seller in the page")
	}
	md := string(page1(lang.EN).Markdown())
	for _, want := range []string{"# Upload sheet \\<script\\>x\\</script\\> \\`\\|\\*\\_\\[a\\](b) · aecheck\n", "`` 01_x/a`b.jpg ``", "````text\none\n```\n<b>two</b>\n````", "- [ ] **step**\n", "Product ID: (not given)"} {
		if !strings.Contains(md, want) {
			t.Errorf("%q is not in\n%s", want, md)
		}
	}
}

// TestWhole: everything a sheet is given stands on both pages, in both languages.
func TestWhole(t *testing.T) {
	for _, l := range []lang.Lang{lang.ZH, lang.EN} {
		s := page1(l)
		html, err := s.HTML()
		if err != nil {
			t.Fatal(err)
		}
		for _, page := range []string{string(html), string(s.Markdown())} {
			for _, want := range []string{"soon", "left", "WG1", "ready", "1 KB", "AE203", "mend", "before", "wait", "Hello\n____", "1  seal", "x.dat", "2 zip files", s.Say.Fields, s.Say.Stands, s.Say.TroubleCapture} {
				if !strings.Contains(page, want) {
					t.Errorf("%s: %q is not on the page", l, want)
				}
			}
		}
		s.Statements, s.NoStatement, s.Since = nil, "draft one", nil
		if md := string(s.Markdown()); !strings.Contains(md, "draft one") || !strings.Contains(md, s.Say.SinceNone) {
			t.Errorf("%s: nothing said of what is not there", l)
		}
	}
}
