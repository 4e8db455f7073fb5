// Package outcome is about what the platform answers to an appeal: its results, what
// its vague wording usually means, and the record that is kept of it. The phrases are
// data, phrases.yaml.
//
// It may import pkg/config and pkg/lang.
package outcome

import (
	"bytes"
	"cmp"
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/lang"
)

// Result of a submission, as in appeal.attempts of case.yaml.
type Result string

// The results.
const (
	Accepted Result = "accepted"
	Returned Result = "returned" // may be corrected until the window closes (M45)
	Rejected Result = "rejected" // final (M4)
)

// ParseResult reads a result as people say it.
func ParseResult(s string) (Result, bool) {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "accepted", "通过", "已通过":
		return Accepted, true
	case "returned", "退回", "退回补充":
		return Returned, true
	case "refused", "rejected", "驳回", "被驳回", "不通过":
		return Rejected, true
	}
	return "", false
}

// Record is what is kept of an answer, beside the manifest of what was submitted. As
// JSON its keys are frozen: schema version 1.
type Record struct {
	SchemaVersion int    `json:"schema_version"`
	Tool          Tool   `json:"tool"`
	Now           string `json:"now"` // when it was noted, RFC 3339
	Result        Result `json:"result"`
	ID            string `json:"id"` // of the appeal
	At            string `json:"at"` // RFC 3339
	Words         string `json:"words"`
}

// Tool names a program.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Encode writes a record. It begins as reports of this program do, by which a scan knows
// that it is no material.
func (r *Record) Encode() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(r)
	return b.Bytes(), err
}

// Meaning is what an answer usually means.
type Meaning struct {
	ID      string    `json:"id" zh:"编号" en:"id"`
	ZH      []string  `json:"zh" zh:"中文说法" en:"Chinese phrases"`
	EN      []string  `json:"en" zh:"英文说法" en:"English phrases"`
	Rules   []string  `json:"rules" zh:"有关的规则" en:"rules about it"`
	Items   []string  `json:"items" zh:"有关的材料" en:"items of the checklist"`
	Means   lang.Text `json:"means" zh:"通常指什么" en:"what it usually means"`
	Look    lang.Text `json:"look" zh:"看什么" en:"what to look at"`
	Sources []string  `json:"sources" zh:"依据" en:"sources"`
}

// Understood is a meaning with the phrases that gave it, as they stand in the answer.
type Understood struct {
	Meaning
	Words []string
}

//go:embed phrases.yaml
var phrases []byte

// Meanings are all that is known, in the order of phrases.yaml.
func Meanings() ([]Meaning, error) {
	var file struct {
		Phrases []Meaning `json:"phrases" zh:"说法" en:"phrases"`
	}
	_, err := config.Decode("phrases.yaml", phrases, &file)
	return file.Phrases, err
}

// MaxWords is how much of an answer is read, in bytes: answers have some lines.
const MaxWords = 64 << 10

// maxGap is how many characters a * stands for.
const maxGap = 24

// Understand returns what an answer usually means. The error is one of phrases.yaml,
// which is built in.
func Understand(answer string) ([]Understood, error) {
	all, err := Meanings()
	if err != nil {
		return nil, err
	}
	text := fold(answer[:min(len(answer), MaxWords)])
	var hits []hit
	for i, m := range all {
		for _, p := range slices.Concat(m.ZH, m.EN) {
			hits = append(hits, find(text, fold(p), i)...)
		}
	}
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.meaning, b.meaning), cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to))
	})
	var out []Understood
	for k, h := range hits {
		inside := func(o hit) bool { return o.from <= h.from && h.to <= o.to && (o.from < h.from || h.to < o.to) }
		if slices.ContainsFunc(hits, inside) || k > 0 && hits[k-1] == h {
			continue
		}
		word := text[h.from:h.to]
		if n := len(out) - 1; n >= 0 && out[n].ID == all[h.meaning].ID {
			if !slices.Contains(out[n].Words, word) {
				out[n].Words = append(out[n].Words, word)
			}
			continue
		}
		out = append(out, Understood{Meaning: all[h.meaning], Words: []string{word}})
	}
	return out, nil
}

// hit is a phrase found in a text, by the meaning it gives.
type hit struct{ meaning, from, to int }

// find looks for a phrase everywhere in a text; both are folded.
func find(text, phrase string, meaning int) []hit {
	parts := strings.Split(phrase, "*")
	if parts[0] == "" {
		return nil
	}
	var out []hit
	for at := 0; ; {
		i := strings.Index(text[at:], parts[0])
		if i < 0 {
			return out
		}
		from := at + i
		at = from + len(parts[0])
		before, _ := utf8.DecodeLastRuneInString(text[:from])
		if first, _ := utf8.DecodeRuneInString(parts[0]); first < utf8.RuneSelf && (unicode.IsLetter(before) && before < utf8.RuneSelf || unicode.IsDigit(before)) {
			continue // inside a word
		}
		if to := rest(text, at, parts[1:]); to >= 0 {
			out = append(out, hit{meaning, from, to})
		}
	}
}

// rest is where the parts behind a * end; -1 where they do not stand in the same sentence.
func rest(text string, at int, parts []string) int {
	for _, part := range parts {
		gap := text[at:]
		if end := strings.IndexAny(gap, "。.!;\n"); end >= 0 {
			gap = gap[:end]
		}
		i := strings.Index(gap, part)
		if i < 0 || utf8.RuneCountInString(gap[:i]) > maxGap {
			return -1
		}
		at += i + len(part)
	}
	return at
}

// fold makes spellings of one text equal: full-width signs, capitals, typographic
// apostrophes, blanks beside Chinese characters and runs of them.
func fold(s string) string {
	s = strings.ToLower(norm.NFKC.String(strings.ToValidUTF8(s, " ")))
	s = strings.NewReplacer("’", "'", "‘", "'", "！", "!", "；", ";", "\r\n", "\n").Replace(s)
	runes := []rune(s)
	var b strings.Builder
	var last rune
	for i, r := range runes {
		if r != '\n' && unicode.IsSpace(r) {
			next := rune(0)
			if i+1 < len(runes) {
				next = runes[i+1]
			}
			if unicode.IsSpace(next) || unicode.Is(unicode.Han, last) || unicode.Is(unicode.Han, next) {
				continue
			}
			r = ' '
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}
