package report

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/verdict"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func render(t *testing.T, f Format, r *verdict.Report, o Options) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := Write(&buf, f, r, o); err != nil {
		t.Fatalf("%s: %v", f.Name(), err)
	}
	return buf.Bytes()
}

// TestConformance holds every format to what all of them promise, on the same
// reports.
func TestConformance(t *testing.T) {
	names := map[string]bool{}
	for _, f := range Formats() {
		if names[f.Name()] || f.Name() == "" || !strings.HasPrefix(f.Ext(), ".") {
			t.Errorf("bad name %q or extension %q", f.Name(), f.Ext())
		}
		names[f.Name()] = true
		for _, fx := range fixtures() {
			for _, l := range []lang.Lang{lang.ZH, lang.EN} {
				for _, redacted := range []bool{false, true} {
					t.Run(f.Name()+"/"+fx.name+"/"+l.Tag(), func(t *testing.T) {
						o := Options{Lang: l, Verbose: redacted, Statistics: true, Redact: redacted}
						r := fx.report(l)
						first := render(t, f, r, o)
						if !bytes.Equal(first, render(t, f, r, o)) {
							t.Error("the same report gives other bytes the second time")
						}
						if !bytes.Equal(first, render(t, f, fx.report(l), o)) {
							t.Error("an equal report gives other bytes, or the first writing changed the report")
						}
						if len(first) == 0 || first[len(first)-1] != '\n' {
							t.Error("empty, or no line feed at the end")
						}
						if !utf8.Valid(first) {
							t.Error("not UTF-8")
						}
						for _, c := range string(first) {
							bom := c == '\ufeff' && f.Name() == "csv"
							if c != '\n' && c != '\r' && terminal.Unsafe(c) && !bom {
								t.Errorf("%U reaches the reader", c)
								break
							}
						}
					})
				}
			}
		}
	}
}

// brokenWriter fails after some bytes.
type brokenWriter struct{ left int }

var errFull = errors.New("disk full")

func (w *brokenWriter) Write(p []byte) (int, error) {
	if w.left -= len(p); w.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestWriteErrorsAreReported(t *testing.T) {
	for _, f := range Formats() {
		for _, room := range []int{0, 40} {
			if err := Write(&brokenWriter{room}, f, mixed(lang.EN), Options{}); !errors.Is(err, errFull) {
				t.Errorf("%s, room for %d bytes: got %v", f.Name(), room, err)
			}
		}
	}
}

func TestByName(t *testing.T) {
	for _, name := range Names() {
		if f, err := ByName(name); err != nil || f.Name() != name {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := ByName("yaml"); err == nil || !strings.Contains(err.Error(), "json") {
		t.Errorf("got %v", err)
	}
}

// TestShowsPictures compares what a format says with what it draws.
func TestShowsPictures(t *testing.T) {
	for _, f := range Formats() {
		drawn := strings.Contains(string(render(t, f, mixed(lang.EN), Options{})), "data:image")
		if ShowsPictures(f) != drawn {
			t.Errorf("%s: says %v, draws %v", f.Name(), ShowsPictures(f), drawn)
		}
	}
}

// TestShowsPasses compares what a format says it shows with what it writes without
// the findings that say nothing to do.
func TestShowsPasses(t *testing.T) {
	for _, f := range Formats() {
		for name, o := range map[string]Options{"plain": {}, "verbose": {Verbose: true}, "statistics": {Statistics: true}} {
			r := mixed(lang.EN)
			all := render(t, f, r, o)
			for i := range r.Cases {
				c := &r.Cases[i]
				c.Findings = slices.DeleteFunc(c.Findings, func(x verdict.Finding) bool {
					if x.Suppressed != nil || x.Outcome != verdict.Pass && x.Outcome != verdict.Skip {
						return false
					}
					if x.Outcome == verdict.Pass {
						c.Quiet.Pass++
					} else {
						c.Quiet.Skip++
					}
					return true
				})
			}
			if same := bytes.Equal(all, render(t, f, r, o)); same && ShowsPasses(f, o) && f.Name() != "sarif" || !same && !ShowsPasses(f, o) {
				t.Errorf("%s, %s: says %v, and what it writes is the same: %v", f.Name(), name, ShowsPasses(f, o), same)
			}
		}
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; run go test ./pkg/report -update, read the difference, and commit it if it is right.\ngot:\n%s", path, got)
	}
}

// TestGolden keeps what people see. Read the files after a change as a seller
// would.
func TestGolden(t *testing.T) {
	zone := time.FixedZone("PST", -8*60*60)
	for _, f := range Formats() {
		for _, l := range []lang.Lang{lang.ZH, lang.EN} {
			for _, fx := range fixtures() {
				o := Options{Lang: l, Location: zone}
				golden(t, filepath.Join(f.Name(), fx.name+"."+l.Tag()+f.Ext()), render(t, f, fx.report(l), o))
			}
		}
	}
	text := textFormat{}
	golden(t, "text/mixed.60.zh.txt", render(t, text, mixed(lang.ZH), Options{Lang: lang.ZH, Width: 60}))
	golden(t, "text/mixed.120.en.txt", render(t, text, mixed(lang.EN), Options{Lang: lang.EN, Width: 120}))
	golden(t, "text/mixed.verbose.zh.txt", render(t, text, mixed(lang.ZH), Options{Lang: lang.ZH, Verbose: true, Statistics: true}))
	golden(t, "text/mixed.quiet.zh.txt", render(t, text, mixed(lang.ZH), Options{Lang: lang.ZH, Quiet: true}))
	golden(t, "text/mixed.redacted.zh.txt", render(t, text, mixed(lang.ZH), Options{Lang: lang.ZH, Redact: true}))
	golden(t, "text/mixed.color.en.txt", render(t, text, mixed(lang.EN), Options{Lang: lang.EN, Color: terminal.Color16}))
}

// BenchmarkFormats writes a case of 5,000 files with two findings each.
func BenchmarkFormats(b *testing.B) {
	r := base(lang.EN)
	c := verdict.Case{Path: "big"}
	for i := range 5000 {
		path := fmt.Sprintf("big/replacement/%05d.jpg", i)
		c.Assets = append(c.Assets, verdict.Asset{Path: path, Kind: "replacement", Format: "jpeg", Width: 1000, Height: 1000})
		for _, o := range []verdict.Outcome{verdict.Fail, verdict.Pass} {
			add(r, &c, verdict.Finding{Rule: "AE301", Slug: "too-small", Outcome: o, Kind: "replacement", Asset: path, Title: verdict.Words("Too small"), Message: verdict.Words("640 px"), Remedy: verdict.Words("Export it again.")})
		}
	}
	finish(r, c, map[string]verdict.ItemState{"replacement": verdict.ItemProblem})
	for _, f := range Formats() {
		b.Run(f.Name(), func(b *testing.B) {
			for b.Loop() {
				if err := Write(io.Discard, f, r, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
