package expected

import (
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/facts"
)

// alphabet of the unified social credit code (GB 32100-2015): 31 characters,
// without I, O, S, V and Z.
const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// codeLength is the number of characters of a code, the last of which checks the
// others.
const codeLength = 18

// ValidCode reports whether a unified social credit code of 18 characters has
// the right check character: the weights are powers of 3 modulo 31 (GB
// 32100-2015, 4.5). Any one wrong character shows.
func ValidCode(code string) bool {
	if len(code) != codeLength {
		return false
	}
	sum, weight := 0, 1
	for i := range codeLength - 1 {
		v := strings.IndexByte(alphabet, code[i])
		if v < 0 {
			return false
		}
		sum += v * weight
		weight = weight * 3 % 31
	}
	return alphabet[(31-sum%31)%31] == code[codeLength-1]
}

// notInCodes are letters that no code has and that recognition puts for digits.
var notInCodes = strings.NewReplacer("O", "0", "I", "1", "S", "5", "Z", "2")

// Codes lists the unified social credit codes on a paper whose check character
// is right, with the line each stands in: a code that was read so was read
// right, however badly the page is.
func Codes(d *facts.Document) []Answer {
	var out []Answer
	for i, l := range d.Text {
		if i == maxLines {
			break
		}
		for _, word := range codeWords(l.Text) {
			if ValidCode(word) && !slices.ContainsFunc(out, func(o Answer) bool { return o.Name == word }) {
				a := answer(l)
				a.Name = word
				out = append(out, a)
			}
		}
	}
	return out
}

// codeWords are the stretches of a line that have the length of a code; blanks
// between its characters are left out.
func codeWords(line string) []string {
	var out []string
	var b strings.Builder
	flush := func() {
		// Digits of a label before it may run into it.
		if s := notInCodes.Replace(b.String()); len(s) >= codeLength && len(s) <= 2*codeLength {
			for from := 0; from+codeLength <= len(s); from++ {
				out = append(out, s[from:from+codeLength])
			}
		}
		b.Reset()
	}
	for _, r := range line {
		if r >= '０' && r <= 'ｚ' {
			r -= '０' - '0'
		}
		switch {
		case r >= 'a' && r <= 'z':
			b.WriteRune(r - 'a' + 'A')
		case r >= '0' && r <= '9' || r >= 'A' && r <= 'Z':
			b.WriteRune(r)
		case r == ' ' || r == '\u3000':
		default:
			flush()
		}
	}
	flush()
	return out
}

// Bound reports whether a company's code stands on a paper: its name is then
// that of the code, however it was read.
func Bound(d *facts.Document, code string) (Answer, bool) {
	code = notInCodes.Replace(strings.ToUpper(strings.Join(strings.Fields(code), "")))
	if !ValidCode(code) {
		return Answer{}, false
	}
	for _, a := range Codes(d) {
		if a.Name == code {
			return a, true
		}
	}
	return Answer{}, false
}
