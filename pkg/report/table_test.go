package report

import (
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// agency is how an agency's report is shown: folders with products.
func agency(l lang.Lang) Options {
	o := Options{Lang: l, Folders: map[string]Folder{}}
	for i, c := range clients(l).Cases {
		o.Folders[c.Path] = Folder{Name: "x", Path: "clients/" + c.Path, Product: fmt.Sprintf("100500987654%04d", i)}
	}
	o.Folders["photos"] = Folder{Name: "photos", Path: "clients/photos"}
	return o
}

// TestTable keeps what a clerk sees. Read the files after a change as one would.
func TestTable(t *testing.T) {
	for _, l := range []lang.Lang{lang.ZH, lang.EN} {
		for _, width := range []int{60, 80, 120} {
			o := agency(l)
			o.Width = width
			golden(t, filepath.Join("text", fmt.Sprintf("table.%d.%s.txt", width, l.Tag())), render(t, textFormat{}, clients(l), o))
		}
	}
	o := agency(lang.ZH)
	o.Only = map[string]bool{"戊华箱包/帆布包": true}
	o.Within = &Within{Seconds: 36 * 3600, Later: 12, Gone: 3, Unknown: 1}
	golden(t, "text/table.chosen.zh.txt", render(t, textFormat{}, clients(lang.ZH), o))
	golden(t, "markdown/table.chosen.zh.md", render(t, markdownFormat{}, clients(lang.ZH), o))
}

// TestOrderOfCases: by deadline, whatever the order of the folders; those of one
// deadline by path; no deadline after that; at the end what cannot be submitted, what
// closed last of it first.
func TestOrderOfCases(t *testing.T) {
	want := []string{"己旺美妆旗舰店有限责任公司", "=cmd\x1b[31m/\u202ereversed", "戊华箱包/帆布包", "丁成数码/2026-11/耳机", "丁成数码/2026-11/音箱", "丁成数码/2026-12/耳机", "photos", "乙记家居.zip/乙记/台灯", "Kappa Trading Co., Ltd. (Hangzhou)/mug"}
	states := []verdict.State{verdict.StateUnchecked, verdict.StateReady, verdict.StateMend, verdict.StateLook, verdict.StateReady, verdict.StateReady, verdict.StateReady, verdict.StateExpired, verdict.StateNothing}
	r := clients(lang.EN)
	for i := range 20 {
		random := rand.New(rand.NewPCG(1, uint64(i)))
		random.Shuffle(len(r.Cases), func(a, b int) { r.Cases[a], r.Cases[b] = r.Cases[b], r.Cases[a] })
		var got []string
		var is []verdict.State
		for _, row := range newView(r, Options{}).rows {
			got, is = append(got, row.c.Path), append(is, row.state)
		}
		if !slices.Equal(got, want) || !slices.Equal(is, states) {
			t.Fatalf("got %q\n%v", got, is)
		}
	}
}

func TestClientOf(t *testing.T) {
	for p, want := range map[string][2]string{
		".":                     {"", ""},
		"case":                  {"", "case"},
		"client/case":           {"client", "case"},
		"client/2026-11/case":   {"client", "2026-11/case"},
		"client.zip/case":       {"client", "case"},
		"client.ZIP/a.zip/case": {"client", "a.zip/case"},
		"client.zip":            {"", "client.zip"},
		".zip/case":             {".zip", "case"},
		"../x/case":             {"x", "case"},
		"/data/x/case":          {"data", "x/case"},
	} {
		if client, place := clientOf(p); client != want[0] || place != want[1] {
			t.Errorf("%q: got %q %q, want %q", p, client, place, want)
		}
	}
}

// TestTableKeepsItsWidth, whatever the names are, and nothing of it is lost but ends of
// names.
func TestTableKeepsItsWidth(t *testing.T) {
	for _, l := range []lang.Lang{lang.ZH, lang.EN} {
		for width := 40; width <= 160; width += 3 {
			for _, ruler := range []terminal.Ruler{{}, {AmbiguousWide: true}} {
				o := agency(l)
				o.Width, o.Ruler = width, ruler
				out := string(render(t, textFormat{}, clients(l), o))
				for _, line := range strings.Split(out, "\n") {
					if n := ruler.Columns(line); n > width || strings.TrimRight(line, " ") != line {
						t.Errorf("%s %d: %d columns, or a space at the end: %q", l, width, n, line)
					}
				}
				for _, word := range []string{"1005009876540004", "1005009876540007"} {
					if !strings.Contains(out, word) && word != "1005009876540007" {
						t.Errorf("%s %d: no %s in\n%s", l, width, word, out)
					}
				}
			}
		}
	}
}

// TestShort: time is cut, never rounded up.
func TestShort(t *testing.T) {
	v := newView(base(lang.EN), Options{Lang: lang.EN})
	for seconds, want := range map[int64]string{
		0: "< 1m", 59: "< 1m", 60: "1m", 3599: "59m", 3600: "1h", 7199: "1h 59m", 86399: "23h 59m", 86400: "1d", 90000: "1d 1h", 86400 + 60: "1d", 10 * 86400: "10d",
	} {
		if got := v.short(seconds, 2); got != want {
			t.Errorf("%d: got %q, want %q", seconds, got, want)
		}
	}
}

// thousand is a report of 1,000 cases of 20 files with what a scan finds of them.
func thousand() *verdict.Report {
	r := base(lang.EN)
	for n := range 1000 {
		c := verdict.Case{Path: fmt.Sprintf("client-%03d/case-%d", n/3, n%3), ID: fmt.Sprintf("WG%014d", n), Deadline: &verdict.Deadline{At: "2026-11-25T09:30:00+08:00", RemainingSeconds: int64(n * 7919 % 600000), Basis: verdict.BasisNotified}}
		for i := range 20 {
			p := fmt.Sprintf("%s/replacement/%02d.jpg", c.Path, i)
			c.Assets = append(c.Assets, verdict.Asset{Path: p, Kind: "replacement", Format: "jpeg", Width: 1000, Height: 1000})
			for k := range 25 {
				f := verdict.Finding{Rule: fmt.Sprintf("AE%d", 300+k), Slug: "x", Outcome: verdict.Pass, Kind: "replacement", Asset: p, Title: verdict.Words("Too small"),
					Message: verdict.Say(lang.EN, lang.T("", "{n} px, at least {m}"), "n", 640, "m", 800), Remedy: verdict.Words("Export it again."), Severity: verdict.SeverityError, Fingerprint: fmt.Sprintf("%s %d", p, k)}
				if k == 0 && i < 4 {
					f.Outcome = verdict.Fail
				}
				c.Findings = append(c.Findings, f)
			}
		}
		c.Checklist = []verdict.ChecklistItem{{Item: "replacement", State: verdict.ItemProblem}, {Item: "commitment", State: verdict.ItemMissing}}
		r.Cases = append(r.Cases, c)
	}
	return r
}

// BenchmarkThousandCases arranges and writes the table of 1,000 cases of 20 files, in the
// formats that begin with it or are made from it.
func BenchmarkThousandCases(b *testing.B) {
	r := thousand()
	for _, f := range []Format{textFormat{}, markdownFormat{}, askFormat{}} {
		b.Run(f.Name(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := Write(io.Discard, f, r, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestStatesAreTheContract: the JSON names the states there are.
func TestStatesAreTheContract(t *testing.T) {
	field, ok := reflect.TypeFor[jsonCase]().FieldByName("State")
	if !ok {
		t.Fatal("no state")
	}
	var words []string
	for _, s := range verdict.States() {
		words = append(words, string(s))
	}
	if got := field.Tag.Get("enum"); got != strings.Join(words, ",") {
		t.Errorf("the contract has %s, the program %q", got, words)
	}
}
