// Package party tells whether two written names mean the same company or
// person. Names are typed by sellers and read from scans, so near matches are
// reported as such and left to a person.
//
// It may import pkg/edits alone.
package party

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/aecheck/aecheck/pkg/edits"
)

// Likeness of two names.
type Likeness int

const (
	// Unknown: one of the names is empty or has no letters.
	Unknown Likeness = iota
	// Different: not the same.
	Different
	// Unclear: one contains the other (a region or legal form left out), the
	// legal forms differ, or a character or two do.
	Unclear
	// Same: equal but for case, width, spaces, punctuation and spellings of
	// one legal form.
	Same
)

// forms are endings that name a legal form; equal values are one form. Longest
// first, so that 股份有限公司 is not read as 有限公司.
func forms() []struct{ text, form string } {
	return []struct{ text, form string }{
		{"股份有限公司", "股份"}, {"有限责任公司", "有限"}, {"有限公司", "有限"}, {"股份公司", "股份"},
		{"個人獨資企業", "个独"}, {"个人独资企业", "个独"}, {"有限合伙", "合伙"}, {"个体工商户", "个体"}, {"公司", "公司"},
		{"companylimited", "ltd"}, {"coltd", "ltd"}, {"limited", "ltd"}, {"ltd", "ltd"}, {"incorporated", "inc"}, {"inc", "inc"},
		{"corporation", "corp"}, {"corp", "corp"}, {"company", "co"}, {"llc", "llc"}, {"plc", "plc"}, {"gmbhcokg", "gmbhcokg"}, {"gmbh", "gmbh"},
		{"sarl", "sarl"}, {"srl", "srl"}, {"bv", "bv"}, {"oü", "oü"}, {"oy", "oy"}, {"ab", "ab"}, {"ag", "ag"}, {"kg", "kg"}, {"sa", "sa"}, {"co", "co"},
	}
}

// Compare compares two names.
func Compare(a, b string) Likeness {
	ca, fa := Core(a)
	cb, fb := Core(b)
	if ca == "" || cb == "" {
		return Unknown
	}
	if ca == cb {
		if fa == fb {
			return Same
		}
		return Unclear
	}
	na, nb := utf8.RuneCountInString(ca), utf8.RuneCountInString(cb)
	short, long := ca, cb
	if na > nb {
		short, long = cb, ca
	}
	if least := min(na, nb); least >= minPart(short) && strings.Contains(long, short) {
		return Unclear
	}
	if allowed := min(na, nb) / 6; allowed > 0 && abs(na-nb) <= allowed && edits.Distance([]rune(ca), []rune(cb)) <= allowed {
		return Unclear
	}
	return Different
}

// Best compares a name with several; Unknown where none is given.
func Best(name string, others []string) Likeness {
	best := Unknown
	for _, o := range others {
		best = max(best, Compare(name, o))
	}
	return best
}

// minPart is how long a name must be to count as a part of another: two Han
// characters may be any word, four rarely are.
func minPart(s string) int {
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return 4
	}
	return 6
}

// maxName bounds the names compared, in bytes.
const maxName = 512

// Core folds a name (width, case, all but letters and digits) and takes its
// legal form off; form is empty where it has none.
func Core(name string) (core, form string) {
	if len(name) > maxName {
		name = strings.ToValidUTF8(name[:maxName], "")
	}
	var b strings.Builder
	for _, r := range cases.Fold().String(norm.NFKC.String(name)) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			b.WriteRune(r)
		}
	}
	s := b.String()
	words := strings.FieldsFunc(cases.Fold().String(norm.NFKC.String(name)), func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == '&' })
	for _, f := range forms() {
		rest, ok := strings.CutSuffix(s, f.text)
		if !ok || rest == "" {
			continue
		}
		// A short Latin form must be a word of its own: "Prada" has no "sa".
		if f.text[0] < 0x80 && len(f.text) <= 4 && len(words) > 0 && strings.Trim(strings.ReplaceAll(words[len(words)-1], ".", ""), "()") != f.text && f.text != "coltd" {
			continue
		}
		return rest, f.form
	}
	return s, ""
}

func abs(n int) int { return max(n, -n) }
