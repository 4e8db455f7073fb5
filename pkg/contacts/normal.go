package contacts

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// view is text made ready for matching; at[i] is the offset in the original
// of the character that gave byte i, at[len(text)] the original's length.
type view struct {
	text string
	at   []int
}

type builder struct {
	buf []byte
	at  []int
}

func (b *builder) add(r rune, at int) {
	n := len(b.buf)
	b.buf = utf8.AppendRune(b.buf, r)
	for range len(b.buf) - n {
		b.at = append(b.at, at)
	}
}

func (b *builder) view(end int) view {
	return view{text: string(b.buf), at: append(b.at, end)}
}

// normalise folds what sellers and recognisers write differently: full-width
// and compatibility forms (NFKC), digits in circles, emoji digits, the many
// dashes, spaces and plus signs; it drops zero-width and combining marks and
// replaces Cyrillic and Greek look-alikes in words that are otherwise Latin.
func normalise(s string) view {
	var b builder
	for i, r := range s {
		switch {
		case r == utf8.RuneError:
			b.add(' ', i)
		case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Mn, r), unicode.Is(unicode.Me, r):
		case unicode.IsSpace(r):
			b.add(' ', i)
		case r < 0x80:
			b.add(r, i)
		default:
			if f, ok := foldRune(r); ok {
				b.add(f, i)
				continue
			}
			for _, c := range norm.NFKC.String(string(r)) {
				if unicode.IsSpace(c) {
					c = ' '
				}
				b.add(c, i)
			}
		}
	}
	return latinise(b.view(len(s)))
}

// foldRune maps single characters NFKC leaves alone.
func foldRune(r rune) (rune, bool) {
	switch {
	case r >= 0x2776 && r <= 0x277E: // ❶…❾
		return '1' + r - 0x2776, true
	case r >= 0x2780 && r <= 0x2788: // ➀…➈
		return '1' + r - 0x2780, true
	case r >= 0x278A && r <= 0x2792: // ➊…➒
		return '1' + r - 0x278A, true
	}
	switch r {
	case '⓪', '⓿':
		return '0', true
	case '➕', '✚':
		return '+', true
	case '‐', '‑', '‒', '–', '—', '―', '−', '﹣', '－', 'ー':
		return '-', true
	case '∶', '︰', '﹕':
		return ':', true
	case '⁄', '∕', '／':
		return '/', true
	case '．', '․', '•', '｡':
		return '.', true
	case '（', '【', '〔':
		return '(', true
	case '）', '】', '〕':
		return ')', true
	}
	return 0, false
}

// lookalike gives the Latin letter a Cyrillic or Greek one is drawn like.
func lookalike(r rune) (rune, bool) {
	const from = "аАеЕоОрРсСуУхХкКмМтТвВнНіІјЈѕЅһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧαοντρυ"
	const into = "aAeEoOpPcCyYxXkKmMtTbBhHiIjJsShdqwABEZHIKMNOPTYXaovtpu"
	i := 0
	for _, f := range from {
		if f == r {
			return rune(into[i]), true
		}
		i++
	}
	return 0, false
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("._@-/", r)
}

// latinise replaces look-alikes in words that hold a Latin letter already and
// nothing but Latin letters once replaced; Russian and Greek words stay.
func latinise(v view) view {
	if !strings.ContainsFunc(v.text, func(r rune) bool { _, ok := lookalike(r); return ok }) {
		return v
	}
	var b builder
	for i := 0; i < len(v.text); {
		r, n := utf8.DecodeRuneInString(v.text[i:])
		if !inWord(r) {
			b.add(r, v.at[i])
			i += n
			continue
		}
		end, latin, other := i, false, false
		for end < len(v.text) {
			r, n := utf8.DecodeRuneInString(v.text[end:])
			if !inWord(r) {
				break
			}
			_, like := lookalike(r)
			latin = latin || r < 0x80 && unicode.IsLetter(r)
			other = other || r >= 0x80 && !like
			end += n
		}
		for i < end {
			r, n := utf8.DecodeRuneInString(v.text[i:])
			if f, ok := lookalike(r); ok && latin && !other {
				r = f
			}
			b.add(r, v.at[i])
			i += n
		}
	}
	return b.view(v.at[len(v.text)])
}

// fold undoes what is done on purpose to hide a detail: digits written as
// Chinese numerals, letters O and l among digits, characters set apart by
// spaces or dashes. It reports false where it changed nothing.
func fold(v view) (view, bool) {
	var b builder
	changed := false
	for i := 0; i < len(v.text); {
		end, digits, ok := hiddenNumber(v.text[i:])
		if ok {
			k := 0
			for j, r := range v.text[i : i+end] {
				if _, is := numeral(r); is {
					b.add(rune(digits[k]), v.at[i+j])
					k++
				}
			}
			changed = true
			i += end
			continue
		}
		if end, ok := spacedWord(v.text[i:]); ok && (i == 0 || v.text[i-1] == ' ') {
			for j, r := range v.text[i : i+end] {
				if r != ' ' {
					b.add(r, v.at[i+j])
				}
			}
			changed = true
			i += end
			continue
		}
		r, n := utf8.DecodeRuneInString(v.text[i:])
		b.add(r, v.at[i])
		i += n
	}
	return b.view(v.at[len(v.text)]), changed
}

// numeral gives the digit a character may stand for.
func numeral(r rune) (byte, bool) {
	if r >= '0' && r <= '9' {
		return byte(r), true
	}
	switch r {
	case 'O', 'o', '〇', '零', '○':
		return '0', true
	case 'l', 'I', '一', '壹', '幺', '｜', '|':
		return '1', true
	case '二', '贰', '两':
		return '2', true
	case '三', '叁':
		return '3', true
	case '四', '肆':
		return '4', true
	case '五', '伍':
		return '5', true
	case '六', '陆':
		return '6', true
	case '七', '柒':
		return '7', true
	case '八', '捌':
		return '8', true
	case '九', '玖':
		return '9', true
	}
	return 0, false
}

// A hidden mobile number is exactly this long, so shorter runs of numerals
// (quantities, dates) are left alone.
const hiddenDigits = 11

// hiddenNumber reports whether s starts with eleven numerals of which not all
// are plain digits, or which single spaces, dots or dashes set apart one by one.
func hiddenNumber(s string) (end int, digits []byte, ok bool) {
	plain, apart := true, true
	sepBefore := true
	for i, r := range s {
		if d, is := numeral(r); is {
			if len(digits) == hiddenDigits {
				return 0, nil, false
			}
			if len(digits) > 0 && !sepBefore {
				apart = false
			}
			plain = plain && r < 0x80 && r >= '0' && r <= '9'
			digits = append(digits, d)
			sepBefore = false
			end = i + utf8.RuneLen(r)
			continue
		}
		if strings.ContainsRune(" .-", r) && !sepBefore && len(digits) > 0 {
			sepBefore = true
			continue
		}
		if len(digits) == hiddenDigits && unicode.IsLetter(r) && r < 0x80 && !sepBefore {
			return 0, nil, false
		}
		break
	}
	if len(digits) != hiddenDigits || plain && !apart {
		return 0, nil, false
	}
	return end, digits, true
}

// spacedWord reports whether s starts with six or more single characters with
// a space between each two.
func spacedWord(s string) (end int, ok bool) {
	n, space := 0, true
	for i, r := range s {
		if r == ' ' {
			if space {
				break
			}
			space = true
			continue
		}
		if !space {
			// Two characters in a row: the last one starts another word.
			n--
			end = lastSpace(s[:i])
			break
		}
		if r >= 0x80 {
			break
		}
		n++
		space = false
		end = i + utf8.RuneLen(r)
	}
	return end, n >= 6
}

func lastSpace(s string) int { return max(0, strings.LastIndexByte(s, ' ')) }
