package pictures

import (
	"context"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// ListedWords is "listed-words": words that a layer of the rules lists, looked for in
// what is read on a picture. It is for an asset.
type ListedWords struct{}

// ListedWordsParams of the check.
type ListedWordsParams struct {
	Words []string `json:"words" zh:"图上不该出现的词；大小写、全角和空格不计" en:"words that should not be on a picture; case, width and spaces do not count"`
	// Sure is the confidence of a reading that fails; below it a person looks.
	Sure float64 `json:"sure" unit:"0..1" zh:"读得这么准才算不通过，不够的请人看" en:"confidence from which a reading fails; a person looks at others"`
}

// Name is "listed-words".
func (ListedWords) Name() string { return "listed-words" }

// Doc says what it judges.
func (ListedWords) Doc() lang.Text {
	return lang.T("图上读到的文字里有没有名单上的词；读得准的不通过，不准的请人看。名单为空时不检查。",
		"Whether words of a list are in what is read on the picture: sure readings fail, a person looks at others. Not judged while the list is empty.")
}

// NewParams returns an empty list.
func (ListedWords) NewParams() any { return &ListedWordsParams{Sure: 0.8} }

// Needs asks for the text of every kind, where there is a list.
func (ListedWords) Needs(params any) []checks.Need {
	if len(params.(*ListedWordsParams).Words) == 0 {
		return nil
	}
	return []checks.Need{{Kind: "*", Fact: "text.lines"}}
}

// Vars are the words found, and how many lines they are in.
func (ListedWords) Vars() []string { return []string{"words", "count"} }

// Run judges an asset.
func (ListedWords) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	p := params.(*ListedWordsParams)
	if len(p.Words) == 0 || s.Asset == nil || s.Asset.Facts == nil {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	if st := s.Asset.Facts.Status("text.lines").State; st == facts.NotExtracted || st == facts.Failed {
		return checks.Result{Outcome: verdict.Review, Cause: verdict.Unavailable, Evidence: []verdict.Evidence{{Fact: "text.lines"}}}, nil
	}
	out := checks.Result{Outcome: verdict.Pass}
	var found []string
	for _, line := range s.Asset.Facts.Text.Lines {
		word := listedIn(line.Text, p.Words)
		if word == "" {
			continue
		}
		found = append(found, word)
		box := line.Box
		out.Evidence = append(out.Evidence, verdict.Evidence{Fact: "text.lines", Observed: line.Text, Quote: line.Text, Box: &box})
		switch {
		case line.Confidence >= p.Sure:
			out.Outcome = verdict.Fail
		case out.Outcome == verdict.Pass:
			out.Outcome, out.Cause = verdict.Review, verdict.Judgement
		}
	}
	if out.Outcome == verdict.Fail {
		out.Cause = ""
	}
	out.Vars = map[string]verdict.Value{"words": checks.Names(found, ", "), "count": checks.Count(len(found))}
	return out, nil
}

// listedIn is the first word of a list that a line contains: Latin words as words of
// their own, others anywhere.
func listedIn(line string, words []string) string {
	folded := foldWords(line)
	bare := strings.ReplaceAll(folded, " ", "")
	for _, w := range words {
		f := foldWords(w)
		switch {
		case f == "":
		case strings.ContainsFunc(f, func(r rune) bool { return unicode.IsLetter(r) && r >= 0x2E80 }):
			if strings.Contains(bare, strings.ReplaceAll(f, " ", "")) {
				return w
			}
		case strings.Contains(" "+folded+" ", " "+f+" "):
			return w
		}
	}
	return ""
}

// foldWords is a text in one width and case, its letters and digits with single spaces
// for all else.
func foldWords(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(norm.NFKC.String(s)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}
