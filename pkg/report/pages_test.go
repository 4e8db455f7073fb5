package report

import (
	"bytes"
	"errors"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// kept is a file in memory.
type kept struct{ bytes.Buffer }

func (*kept) Close() error { return nil }

// site are the pages of a report, with their names in order.
func site(t *testing.T, r *verdict.Report, o Options) (map[string]string, []string) {
	t.Helper()
	files := map[string]*kept{}
	var names []string
	err := WritePages(func(name string) (io.WriteCloser, error) {
		if files[name] != nil {
			t.Errorf("%s is written twice", name)
		}
		files[name] = &kept{}
		names = append(names, name)
		return files[name], nil
	}, r, o)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for name, f := range files {
		out[name] = f.String()
	}
	return out, names
}

// both are the options of a page in two languages.
func both(report func(lang.Lang) *verdict.Report) Options {
	o := agency(lang.ZH)
	o.Also = []Other{{lang.EN, report(lang.EN)}}
	return o
}

// TestPages keeps what a clerk sees. Open the file in a browser after a change.
func TestPages(t *testing.T) {
	files, names := site(t, clients(lang.ZH), both(clients))
	golden(t, filepath.Join("pages", "clients.html"), []byte(files[IndexPage]))
	want := []string{"index.html", "1-乙记家居-台灯.html", "2-丁成数码-2026-11-耳机.html", "3-丁成数码-音箱.html", "4-丁成数码-2026-12-耳机.html", "5-戊华箱包-帆布包.html", "6-己旺美妆旗舰店有限责任公司.html", "7-Kappa-Trading-Co-Ltd-Hangzhou-mug.html", "8-photos.html", "9-cmd-x1b-31m-u202ereversed.html"}
	if !slices.Equal(names, want) {
		t.Errorf("got %q", names)
	}
	links := regexp.MustCompile(`<a href="([^"#]+)"`).FindAllStringSubmatch(files[IndexPage], -1)
	if len(links) != 2*9 {
		t.Errorf("%d links to 9 cases in two languages", len(links))
	}
	for name, page := range files {
		if !IsReport([]byte(page)[:1000]) {
			t.Errorf("%s is not known as a report", name)
		}
		if name != IndexPage && strings.Count(page, `<a href="index.html">`) != 2 {
			t.Errorf("%s does not lead back", name)
		}
	}
	again, _ := site(t, clients(lang.ZH), both(clients))
	for name := range files {
		if again[name] != files[name] {
			t.Errorf("%s is another one the second time", name)
		}
	}
}

// TestPagesOfCasesNameNoOther: a page can be sent to its client.
func TestPagesOfCasesNameNoOther(t *testing.T) {
	for _, fx := range fixtures() {
		r := fx.report(lang.ZH)
		files, _ := site(t, r, both(fx.report))
		names := pageNames(Arrange(r, agency(lang.ZH)))
		for _, c := range r.Cases {
			for _, other := range r.Cases {
				client, _ := clientOf(other.Path)
				own, _ := clientOf(c.Path)
				if client != "" && client != own && strings.Contains(files[names[c.Path]], clean(client)) {
					t.Errorf("%s: the page of %s names %s", fx.name, c.Path, client)
				}
			}
		}
	}
}

// TestPagesRedacted: no name of a client is left, in files or in their names.
func TestPagesRedacted(t *testing.T) {
	o := both(clients)
	o.Redact = true
	o.Only = map[string]bool{"戊华箱包/帆布包": true}
	files, names := site(t, clients(lang.ZH), o)
	if len(names) != 2 {
		t.Errorf("asked for one case, got %q", names)
	}
	for name, page := range files {
		for _, s := range []string{"戊华", "帆布包", "丁成", "Kappa", "WG2026", "1005009876540004"} {
			if strings.Contains(name+page, s) {
				t.Errorf("%s tells %s", name, s)
			}
		}
	}
}

// TestPagesOfTroubles: a trouble of a case stands on its page and on no other one.
func TestPagesOfTroubles(t *testing.T) {
	r := clients(lang.EN)
	r.Problems = []verdict.Problem{{Path: "丁成数码/2026-11/音箱/a.rar", Code: "x", Message: verdict.Words("trouble one"), Unjudged: true}, {Path: "loose", Code: "x", Message: verdict.Words("trouble two"), Unjudged: true}}
	r.Summary.Unjudged = 2
	files, names := site(t, r, agency(lang.EN))
	for i, name := range names {
		page := files[name]
		if got, want := strings.Contains(page, "trouble one"), i == 0 || i == 3; got != want {
			t.Errorf("%s: trouble one: %v", name, got)
		}
		if got, want := strings.Contains(page, "trouble two"), i == 0; got != want {
			t.Errorf("%s: trouble two: %v", name, got)
		}
	}
}

func TestPagesThatCannotBeWritten(t *testing.T) {
	full := errors.New("disk full")
	for fails := range 3 {
		n := 0
		err := WritePages(func(string) (io.WriteCloser, error) {
			if n++; n > fails {
				return nil, full
			}
			return &kept{}, nil
		}, clients(lang.EN), Options{})
		if !errors.Is(err, full) {
			t.Errorf("%d files: %v", fails, err)
		}
	}
}

func TestFileName(t *testing.T) {
	for name, want := range map[string]string{
		"": "", "...": "", "张三 & Söhne GmbH.": "张三-Söhne-GmbH", "a/b\\c:d": "a-b-c-d", "CON": "CON", "x\u202ey\x00": "x-y", "e\u0301": "é", strings.Repeat("长", 40): strings.Repeat("长", 30),
	} {
		if got := fileName(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

// BenchmarkPages arranges and writes the table of 1,000 cases and a page of each.
func BenchmarkPages(b *testing.B) {
	r := thousand()
	b.ReportAllocs()
	for b.Loop() {
		if err := WritePages(func(string) (io.WriteCloser, error) { return &kept{}, nil }, r, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
