package report

import (
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// TestPlainly: a line only where it tells a person something that the message has not
// said, and no internals in it.
func TestPlainly(t *testing.T) {
	r := base(lang.EN)
	r.Cases = []verdict.Case{{Path: "c", Assets: []verdict.Asset{
		{Path: "c/替换图/a.jpg", Kind: "replacement", Width: 1000, Height: 1000}, {Path: "c/违规图/1.jpg", Kind: "violating", Width: 800, Height: 800}, {Path: "c/授权书/l.pdf", Kind: "authorization"},
	}}}
	const a, letter = "c/替换图/a.jpg", "c/授权书/l.pdf"
	at := func(op string, v any) *verdict.Required {
		return &verdict.Required{Op: op, Value: verdict.Value{Of: v, Format: verdict.Exact}}
	}
	for _, c := range []struct {
		what, asset, message string
		e                    verdict.Evidence
		zh, en               string
	}{
		{"a share", a, "", verdict.Evidence{Fact: "frame.fill_most", Observed: 0.832, Unit: "0..1", Required: at(">=", 0.85)}, "商品占画面 83.2%；要求 至少 85%", "the product takes 83.2%; required: at least 85%"},
		{"the message says both", a, "short side 640px, at least 800px", verdict.Evidence{Fact: "image.short_side", Observed: 640, Unit: "px", Required: at(">=", 800)}, "", ""},
		{"the message says one", a, "640px only", verdict.Evidence{Fact: "image.short_side", Observed: 640, Unit: "px", Required: at(">=", 800)}, "短边 640 px；要求 至少 800 px", "shorter side 640 px; required: at least 800 px"},
		{"bytes", a, "", verdict.Evidence{Fact: "file.bytes", Observed: 6291456, Unit: "bytes", Required: at("<=", 5242880)}, "文件大小 6 MiB；要求 最多 5 MiB", "file size 6 MiB; required: at most 5 MiB"},
		{"a day", "", "LOA-1", verdict.Evidence{Fact: "case.letters[0].ends", Observed: "2026-06-30", Quote: "LOA-1", Required: at(">=", "2026-11-24"), Related: &verdict.Related{Asset: letter}}, "有效期到 2026-06-30（授权书/l.pdf）；要求 不早于 2026-11-24", "valid until 2026-06-30 (授权书/l.pdf); required: 2026-11-24 or later"},
		{"a word of the program", a, "", verdict.Evidence{Fact: "origin.screenshot.verdict", Observed: "yes", Privacy: verdict.Public, Required: at("!=", "yes")}, "", ""},
		{"yes or no", a, "", verdict.Evidence{Fact: "exif.present", Observed: false, Required: verdict.Want(true)}, "", ""},
		{"nothing", a, "", verdict.Evidence{Fact: "exif.make", Observed: ""}, "", ""},
		{"kinds", "", "", verdict.Evidence{Fact: "materials.missing", Observed: []any{"notice"}, Privacy: verdict.Public}, "", ""},
		{"a digest", "", "", verdict.Evidence{Fact: "file.sha256", Observed: strings.Repeat("ab", 32), Quote: a, Related: &verdict.Related{Asset: "c/违规图/1.jpg"}}, "替换图/a.jpg，和 违规图/1.jpg 相同或相近", "替换图/a.jpg, the same as 违规图/1.jpg, or close to it"},
		{"a distance", "", "", verdict.Evidence{Fact: "pair.distance", Observed: 0.138, Quote: "c/违规图/1.jpg (cropped)", Required: verdict.Want(0.5), Related: &verdict.Related{Asset: a}}, "违规图/1.jpg（只是裁剪过），和 替换图/a.jpg 相同或相近", "违规图/1.jpg (only cropped), the same as 替换图/a.jpg, or close to it"},
		{"unlike, as the message says", "", "x: 替换图/a.jpg", verdict.Evidence{Fact: "shown.views", Observed: 0.2, Quote: a, Required: verdict.Want(0.5), Related: &verdict.Related{Asset: "c/违规图/1.jpg"}}, "", ""},
		{"compared", "", "", verdict.Evidence{Fact: "pair.distance", Quote: a, Required: verdict.Want(0.5), Related: &verdict.Related{Asset: "c/违规图/1.jpg"}}, "替换图/a.jpg，对照 违规图/1.jpg", "替换图/a.jpg, compared with 违规图/1.jpg"},
		{"a reading and its place", a, "read: bag_8899", verdict.Evidence{Fact: "text.contacts", Observed: "bag_8899", Quote: "微信：bag_8899", Box: &[4]int{129, 915, 600, 49}}, "「微信：bag_8899」（在下方）", "“微信：bag_8899” (at the bottom)"},
		{"a corner", a, "x", verdict.Evidence{Fact: "text.watermarks", Observed: "x", Box: &[4]int{900, 20, 80, 40}}, "「x」（在右上角）", "“x” (top right)"},
		{"across an edge", a, "x", verdict.Evidence{Fact: "text.watermarks", Observed: "x", Box: &[4]int{10, 950, 980, 40}}, "「x」（在最下边，横贯图片）", "“x” (across the bottom edge)"},
		{"all over", a, "x", verdict.Evidence{Fact: "text.watermarks", Observed: "x", Box: &[4]int{0, 0, 1000, 900}}, "", ""},
		{"a page", letter, "", verdict.Evidence{Fact: "document.seals", Observed: "某某公司", Page: 3}, "「某某公司」（第 3 页）", "“某某公司” (page 3)"},
		{"said, on the only page", letter, "保证不再发生", verdict.Evidence{Fact: "document.boilerplate", Observed: "保证不再发生", Page: 1}, "", ""},
		{"why not", letter, "", verdict.Evidence{Fact: "text", Observed: "failed", Privacy: verdict.Public, Why: lang.T("用时过长", "it took too long")}, "用时过长", "it took too long"},
		{"a pattern", "", "", verdict.Evidence{Fact: "case.product.id", Observed: "12", Required: at("matches", `^\d{10,19}$`)}, "", ""},
	} {
		for l, want := range map[lang.Lang]string{lang.ZH: c.zh, lang.EN: c.en} {
			v := newView(r, Options{Lang: l})
			f := &finding{Finding: &verdict.Finding{Outcome: verdict.Fail, Severity: verdict.SeverityError, Asset: c.asset, Evidence: []verdict.Evidence{c.e}}, Message: c.message}
			got := ""
			if lines, _ := v.told(&v.cases[0], f); len(lines) > 0 {
				got = v.line(lines[0])
			}
			if got != want {
				t.Errorf("%s in %s: got %q, want %q", c.what, l, got, want)
			}
		}
	}
}

func TestSourcesForPeople(t *testing.T) {
	f := &finding{Finding: &verdict.Finding{Sources: []string{"M13", "https://www.example.org/rules/7", "M31(5)", "GB 45438-2025"}, Basis: verdict.Several, Confidence: verdict.Likely}}
	o := Options{Lang: lang.EN, Sources: map[string]lang.Text{"M31(5)": lang.T("没有替换违规图", "the violating image was not replaced")}}
	v := newView(base(lang.EN), o)
	if got, want := v.sources(f, false), "GB 45438-2025 · several independent sources · confidence: likely"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := v.sourcesOf(f, false); len(got) != 3 || got[0] != (PageSource{"example.org", "https://www.example.org/rules/7"}) || got[1].Text != "the violating image was not replaced" {
		t.Errorf("got %+v", got)
	}
	if got, want := v.sources(f, true), "M13 · https://www.example.org/rules/7 · M31(5) · GB 45438-2025 · several independent sources · confidence: likely"; got != want {
		t.Errorf("verbose: got %q, want %q", got, want)
	}
}

// TestOneFaultOfManyFiles: one entry, with what differs behind each name; the count of
// findings stays.
func TestOneFaultOfManyFiles(t *testing.T) {
	r := base(lang.EN)
	c := verdict.Case{Path: "c"}
	for i, name := range []string{"c/a.jpg", "c/b.jpg", "c/c.jpg"} {
		c.Assets = append(c.Assets, verdict.Asset{Path: name, Kind: "replacement", Width: 640, Height: 640 + i})
		add(r, &c, verdict.Finding{Rule: "AE301", Outcome: verdict.Fail, Kind: "replacement", Asset: name, Title: verdict.Words("Too small"), Message: verdict.Words("It has " + []string{"1", "2", "3"}[i] + " px."), Remedy: verdict.Words("Export it again.")})
	}
	add(r, &c, verdict.Finding{Rule: "AE313", Outcome: verdict.Fail, Kind: "replacement", Asset: "c/b.jpg", Title: verdict.Words("A border")})
	finish(r, c, map[string]verdict.ItemState{"replacement": verdict.ItemProblem})
	out := string(render(t, textFormat{}, r, Options{}))
	for _, want := range []string{"4 to fix", "  3 pictures\n    ✗ must fix  AE301 Too small\n      - a.jpg: It has 1 px.\n      - b.jpg: It has 2 px.\n      - c.jpg: It has 3 px.\n", "  b.jpg\n    ✗ must fix  AE313 A border\n"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in %s", want, out)
		}
	}
	if verbose := string(render(t, textFormat{}, r, Options{Verbose: true})); strings.Contains(verbose, "3 pictures") || strings.Count(verbose, "AE301 Too small") < 3 {
		t.Error("verbose does not keep files apart")
	}
	for i := range r.Cases[0].Findings {
		r.Cases[0].Findings[i].Message = verdict.Words("It is small.")
	}
	if out := string(render(t, textFormat{}, r, Options{})); !strings.Contains(out, "  3 pictures: a.jpg, b.jpg, c.jpg\n    ✗ must fix  AE301 Too small\n      It is small.\n") {
		t.Errorf("said of each file what is the same of all: %s", out)
	}
}
