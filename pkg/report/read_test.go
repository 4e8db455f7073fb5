package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// asDocument sends a report through JSON.
func asDocument(t *testing.T, r *verdict.Report, l lang.Lang) *Document {
	t.Helper()
	d, err := Read(bytes.NewReader(render(t, jsonFormat{}, r, Options{Lang: l})))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func renderDocument(t *testing.T, d *Document, f Format, o Options) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := d.Write(&buf, f, o); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// What was read is written, in every format, as what was written first.
func TestReportsTravel(t *testing.T) {
	zone := time.FixedZone("PST", -8*60*60)
	for _, fx := range fixtures() {
		for _, l := range []lang.Lang{lang.ZH, lang.EN} {
			r := fx.report(l)
			d := asDocument(t, r, l)
			for _, f := range Formats() {
				for _, o := range []Options{{}, {Verbose: true, Statistics: true, Location: zone}, {Redact: true}, {Redact: true, Verbose: true, Statistics: true}, {Quiet: true}} {
					o.Lang = l
					direct := render(t, f, r, o)
					if got := render(t, f, d.Report(), o); !bytes.Equal(got, direct) {
						t.Errorf("%s %s %s %+v: differs after its way through JSON:\n%s", fx.name, l, f.Name(), o, firstDifference(got, direct))
					}
					if got := renderDocument(t, d, f, o); !bytes.Equal(got, direct) {
						t.Errorf("%s %s %s %+v: the document gives something else:\n%s", fx.name, l, f.Name(), o, firstDifference(got, direct))
					}
				}
			}
		}
	}
}

func firstDifference(got, want []byte) string {
	a, b := strings.Split(string(got), "\n"), strings.Split(string(want), "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d\ngot  %s\nwant %s", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(a), len(b))
}

// A reason is said in the language of the reader, not of the one who scanned.
func TestReasonsKeepTheirLanguages(t *testing.T) {
	d := asDocument(t, broken(lang.ZH), lang.ZH)
	out := string(renderDocument(t, d, textFormat{}, Options{Lang: lang.EN}))
	if want := "text was not read (2, off: --no-ocr)"; !strings.Contains(out, want) {
		t.Errorf("%q is not in\n%s", want, out)
	}
}

// every object of a report gets a key nobody knows; all are there again.
func TestUnknownKeysAreKept(t *testing.T) {
	var v any
	if err := json.Unmarshal(render(t, jsonFormat{}, batch(lang.EN), Options{}), &v); err != nil {
		t.Fatal(err)
	}
	added := 0
	var add func(v any)
	add = func(v any) {
		switch x := v.(type) {
		case map[string]any:
			for k, e := range x {
				if k != "values" {
					add(e)
				}
			}
			added++
			x["zz_later"] = map[string]any{"n": float64(added), "text": "<&>", "list": []any{nil, true, 1.5}}
			x["Rule"] = "not the rule"
		case []any:
			for _, e := range x {
				add(e)
			}
		}
	}
	add(v)
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	d, err := Read(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	out := renderDocument(t, d, jsonFormat{}, Options{})
	var again any
	if err := json.Unmarshal(out, &again); err != nil {
		t.Fatal(err)
	}
	if added < 100 || !reflect.DeepEqual(v, again) {
		t.Errorf("of %d objects some lost a key:\n%s", added, out)
	}
	if twice, err := Read(bytes.NewReader(out)); err != nil || !bytes.Equal(renderDocument(t, twice, jsonFormat{}, Options{}), out) {
		t.Errorf("the second time other bytes come out, %v", err)
	}
	for _, f := range Formats() {
		redacted := renderDocument(t, d, f, Options{Redact: true})
		if bytes.Contains(redacted, []byte("zz_later")) || bytes.Contains(redacted, []byte("not the rule")) {
			t.Errorf("%s: redacted, keys are shown of which nobody knows who may see them", f.Name())
		}
	}
	if f := d.Report().Cases[0].Findings[0]; f.Rule != "AE201" {
		t.Errorf("rule %q", f.Rule)
	}
}

// A report of the first program that wrote schema version 1, before texts had
// parts: it can be shown, and redacted all it says is hidden.
func TestOldReports(t *testing.T) {
	data, err := os.ReadFile("testdata/old/mixed.en.json")
	if err != nil {
		t.Fatal(err)
	}
	d, err := Read(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if out := renderDocument(t, d, jsonFormat{}, Options{}); !bytes.Equal(out, data) {
		t.Errorf("as JSON it is no longer what it was:\n%s", firstDifference(out, data))
	}
	out := string(renderDocument(t, d, textFormat{}, Options{Verbose: true}))
	for _, want := range []string{"only 3% of the edge is white", "0.92 (origin.screenshot.score); required: 0.8", "wechat “微信:abc_888”", "4.20 MiB (file.bytes); required: 3.00 MiB"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	for _, f := range Formats() {
		redacted := string(renderDocument(t, d, f, Options{Redact: true, Verbose: true}))
		for _, s := range []string{"listing/", "1170×2532", "the edge is white", "abc_888", "Photoshop", "0.92", "acme", "WG2026"} {
			if strings.Contains(redacted, s) {
				t.Errorf("%s shows %q", f.Name(), s)
			}
		}
		if !strings.Contains(redacted, "replacement-1.jpg") || !strings.Contains(redacted, "AE311") && f.Name() != "ask" {
			t.Errorf("%s does not say what is wrong with which file", f.Name())
		}
	}
}

func TestReadErrors(t *testing.T) {
	good := string(render(t, jsonFormat{}, mixed(lang.EN), Options{}))
	for name, tt := range map[string]struct{ data, zh, en string }{
		"nothing":       {"", "不是 aecheck 的 JSON 报告", "not a JSON report of aecheck"},
		"no JSON":       {"AE203", "不是 aecheck", "not a JSON report"},
		"a list":        {"[]", "不是 aecheck", "not a JSON report"},
		"null":          {"null", "不是 aecheck", "schema_version or cases is missing"},
		"other JSON":    {`{"schema_version": 1}`, "不是 aecheck", "cases is missing"},
		"cut short":     {good[:strings.LastIndex(good[:len(good)/2], "\n")], "不是 aecheck", "unexpected end"},
		"two of them":   {good + good, "不是 aecheck", "after top-level value"},
		"later version": {strings.Replace(good, `"schema_version": 1`, `"schema_version": 2`, 1), "报告的格式版本是 2", "the report is of schema version 2; this program reads version 1"},
		"odd version":   {strings.Replace(good, `"schema_version": 1`, `"schema_version": "1"`, 1), `格式版本是 "1"`, `schema version "1"`},
		"wrong type":    {strings.Replace(good, `"rule": "AE210"`, `"rule": 210`, 1), "不是 aecheck", "cases: findings: rule:"},
		"null for one":  {strings.Replace(good, `"problems": []`, `"problems": [null]`, 1), "不是 aecheck", "problems: null where an object is wanted"},
	} {
		_, err := Read(strings.NewReader(tt.data))
		var bad *ReadError
		if !errors.As(err, &bad) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !strings.Contains(bad.Msg.In(lang.ZH), tt.zh) || !strings.Contains(bad.Error(), tt.en) {
			t.Errorf("%s: %q, %q", name, bad.Msg.In(lang.ZH), bad.Error())
		}
	}
	if _, err := read(strings.NewReader(good), 1<<10); err == nil || !strings.Contains(err.Error(), "too large") {
		t.Errorf("too large: %v", err)
	}
	if _, err := Read(strings.NewReader("\ufeff" + good)); err != nil {
		t.Errorf("with a byte order mark: %v", err)
	}
	if _, err := Read(brokenReader{}); !errors.Is(err, errFull) {
		t.Errorf("broken reader: %v", err)
	}
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errFull }

// Numbers come back as they were, whole ones as int.
func TestNumbers(t *testing.T) {
	for text, want := range map[string]any{
		"1": 1, "-5": -5, "9007199254740993": 9007199254740993, "1.5": 1.5, "1e3": 1000.0, "-0": negativeZero(), "123456789012345678901234": 123456789012345678901234.0,
		`[1, {"a": 2}, "x", null, true]`: []any{1, map[string]any{"a": 2}, "x", nil, true},
	} {
		if got, err := readPlain([]byte(text)); err != nil || !reflect.DeepEqual(got, want) || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %v (%T), %v", text, got, got, err)
		}
	}
	if _, err := readPlain([]byte("1e999")); err == nil {
		t.Error("a number beyond all bounds was read")
	}
}

func negativeZero() float64 { zero := 0.0; return -zero }

// FuzzRead reads anything. What can be read comes out again the same the second
// time, and can be shown in every format.
func FuzzRead(f *testing.F) {
	for _, fx := range fixtures() {
		var buf bytes.Buffer
		if err := Write(&buf, jsonFormat{}, fx.report(lang.EN), Options{}); err != nil {
			f.Fatal(err)
		}
		f.Add(buf.Bytes())
	}
	f.Add([]byte(`{"schema_version":1,"cases":[{"findings":[{"title_parts":[{"value":[1,[2]],"join":"x"},{"text":""}],"evidence":[{"observed":{},"requires":{"op":"<=","value":null},"reason":{"values":{"a":{"en":"{b}"}}}}]}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Read(bytes.NewReader(data))
		if err != nil {
			var bad *ReadError
			if !errors.As(err, &bad) || bad.Msg.In(lang.ZH) == "" {
				t.Fatalf("%v", err)
			}
			return
		}
		first := renderDocument(t, d, jsonFormat{}, Options{})
		again, err := Read(bytes.NewReader(first))
		if err != nil {
			t.Fatalf("what was written cannot be read: %v\n%s", err, first)
		}
		if second := renderDocument(t, again, jsonFormat{}, Options{}); !bytes.Equal(first, second) {
			t.Fatalf("other bytes the second time:\n%s", firstDifference(second, first))
		}
		for _, f := range Formats() {
			render(t, f, d.Report(), Options{Lang: lang.ZH, Verbose: true})
			render(t, f, d.Report(), Options{Redact: true})
		}
	})
}
