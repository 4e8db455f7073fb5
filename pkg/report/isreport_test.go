package report

import (
	"bytes"
	"testing"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/terminal"
)

// TestIsReport: every format knows its own reports by their first 1,000 bytes, in
// any language and colour, and takes nothing else for one.
func TestIsReport(t *testing.T) {
	const head = 1000
	for _, f := range Formats() {
		for _, l := range []lang.Lang{lang.ZH, lang.EN} {
			for _, o := range []Options{{Lang: l}, {Lang: l, Redact: true}, {Lang: l, Verbose: true, Color: terminal.TrueColor}} {
				var b bytes.Buffer
				if err := Write(&b, f, mixed(l), o); err != nil {
					t.Fatal(err)
				}
				if data := b.Bytes(); !IsReport(data[:min(len(data), head)]) {
					t.Errorf("%s in %s is not known: %.200s", f.Name(), l.Tag(), data)
				}
			}
		}
	}
	for _, other := range []string{
		"", "{", `{"schema_version": 1, "tool": {"name": "other"}}`, "<!doctype html>\n<html lang=\"zh-CN\"><title>aecheck</title>",
		"# 申诉理由\n\naecheck", "case,file\n1,2\n", "aecheck found nothing", "::set-output name=a::b\n",
		`<?xml version="1.0"?><testsuites name="go test">`, "日期,操作\n2026-11-01,上传\n", "schema_version: 1\nstore: {}\n",
	} {
		if IsReport([]byte(other)) {
			t.Errorf("taken for a report: %q", other)
		}
	}
}
