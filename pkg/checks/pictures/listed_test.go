package pictures

import (
	"context"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/verdict"
)

func TestClaimed(t *testing.T) {
	one := strings.Repeat("f0", 32)
	near := "ff" + one[2:]
	list := &ClaimedParams{MaxPDQ: 31, Pictures: []ClaimedPicture{{SHA256: strings.Repeat("AB", 32), Note: "bytes"}, {PDQ: one, Note: "likeness"}, {PDQ: "no hash"}}}
	for _, c := range []struct {
		name, sha, pdq string
		params         *ClaimedParams
		want           verdict.Outcome
		note           string
	}{
		{"no list", "", one, &ClaimedParams{MaxPDQ: 31}, verdict.Skip, ""},
		{"same bytes", strings.Repeat("ab", 32), strings.Repeat("00", 32), list, verdict.Fail, "bytes"},
		{"same picture", "11", near, list, verdict.Fail, "likeness"},
		{"another", "11", strings.Repeat("0f", 32), list, verdict.Pass, ""},
		{"no hash of its own", "11", "", list, verdict.Pass, ""},
	} {
		a := &facts.Asset{Kind: facts.KindReplacement, Facts: &facts.Set{}}
		a.Facts.File.SHA256, a.Facts.Hash.PDQ = c.sha, c.pdq
		a.Facts.SetStatus("hash", facts.Status{State: facts.Present})
		got, err := Claimed{}.Run(context.Background(), checks.Subject{Case: &facts.Case{}, Asset: a}, c.params)
		if err != nil || got.Outcome != c.want {
			t.Errorf("%s: %v, %v", c.name, got.Outcome, err)
		}
		if note, _ := got.Vars["note"].Of.(string); note != c.note {
			t.Errorf("%s: %q", c.name, note)
		}
	}
}

func TestListedWords(t *testing.T) {
	words := []string{"高 仿", "Replica", "1:1 copy", ""}
	for line, want := range map[string]string{
		"原单高仿包邮": "高 仿", "ＲＥＰＬＩＣＡ watch": "Replica", "replicas": "", "a 1 : 1 COPY!": "1:1 copy", "": "", "genuine": "",
	} {
		if got := listedIn(line, words); got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
	run := func(confidence float64, words ...string) verdict.Outcome {
		a := &facts.Asset{Kind: facts.KindReplacement, Facts: &facts.Set{}}
		a.Facts.Text.Lines = []facts.TextLine{{Text: "replica", Confidence: confidence}}
		a.Facts.SetStatus("text", facts.Status{State: facts.Present})
		got, err := ListedWords{}.Run(context.Background(), checks.Subject{Case: &facts.Case{}, Asset: a}, &ListedWordsParams{Words: words, Sure: 0.8})
		if err != nil {
			t.Fatal(err)
		}
		return got.Outcome
	}
	for _, c := range []struct {
		got, want verdict.Outcome
	}{{run(0.9), verdict.Skip}, {run(0.9, "replica"), verdict.Fail}, {run(0.6, "replica"), verdict.Review}, {run(0.9, "copy"), verdict.Pass}} {
		if c.got != c.want {
			t.Errorf("%v, want %v", c.got, c.want)
		}
	}
}
