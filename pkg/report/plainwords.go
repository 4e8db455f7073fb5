package report

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// internal is what speaks of this program, of its files or of folders on the disk of
// whoever runs it: nothing to somebody who only sent the pictures.
var internal = regexp.MustCompile(`(?i)aecheck|\.ya?ml|--[a-z]|AE\d{3}|文件夹|folder|运行|本工具|规则文件|rules? file|基线|baseline|检查一次|check (again|once more)|\bgit |\bCI\b|你名单|your own list|` +
	`下面的|里用 [a-z]|[a-z]+_[a-z]+|\[\]|\b(appeal|violation|product|store|brands|letters|people|images|originals|ai|evidence)\.[a-z]|(in|into|to|under|的|份|写进) letters\b|\b(other_listings|releases|licence key|replaces|image_urls)\b|` +
	`[(（](previous|grantor|grantee|portrait|ai_licence|brand|notarized|legalization|pending|languages?)\b|replacement/detail|替换图/详情|fill in ai\b|or ai\b|confirm it|确认后即可|移到|移走|\bmove (it|files) away`)

// lead is the beginning of a sentence that goes on from one that was left out, or the
// clause that only led to what was cut off.
var (
	lead     = regexp.MustCompile(`(?i)^(并|或|也可以|再|(or|and|but) )`)
	dangling = regexp.MustCompile(`(?i)((的|时|的话|后|并|或|再|就|：|:)|\b(and|or|then|to|with|into))$|^(如果|若|确实是|确认是|是)|^(if|where|when|once|else|otherwise|then|or|and|for)\b`)
)

// clause is where a sentence may be cut off.
var clause = regexp.MustCompile(`[，：]|[,:] | and (put|check|fill|give|name|write|register|enter|confirm|move|say|log)\b`)

// placing says where to put something, which is what was cut off.
var placing = regexp.MustCompile(`\bput (it|them)\b`)

// asides are what stands in brackets.
var asides = regexp.MustCompile(`（[^（）]*）| ?\([^()]*\)`)

// forClient is advice of a rule as it can be said to a client: without the sentences, or
// the ends of sentences, that speak of this program. Empty where nothing is left.
func forClient(text string) string {
	var out []string
	left := false // the sentence before was left out
	for _, s := range sentences(text) {
		whole := strings.TrimSpace(s)
		s = clientSentence(whole)
		if s == "" || len(out) > 0 && s != whole && !asideCut(whole, s) || left && lead.MatchString(s) {
			left = true
			continue
		}
		left = false
		out = append(out, s)
	}
	if len(out) == 0 {
		return ""
	}
	last := &out[len(out)-1]
	join, end := "", "。"
	if latin(*last) {
		join, end = " ", "."
	}
	*last = strings.TrimRight(*last, "。；;.") + end
	return strings.Join(out, join)
}

// asideCut reports whether a sentence lost nothing but brackets.
func asideCut(whole, s string) bool {
	return asides.ReplaceAllString(whole, "") == asides.ReplaceAllString(s, "")
}

// clientSentence is a sentence up to where it goes on about this program.
func clientSentence(s string) string {
	for _, aside := range asides.FindAllString(s, -1) {
		if internal.MatchString(aside) {
			s = strings.Replace(s, aside, "", 1)
		}
	}
	at := internal.FindStringIndex(s)
	if at == nil {
		return s
	}
	places := clause.FindAllStringIndex(s[:at[1]], -1)
	for _, p := range slices.Backward(places) {
		kept := s[:p[0]]
		from := 0
		if before := clause.FindAllStringIndex(kept, -1); len(before) > 0 {
			from = before[len(before)-1][1]
		}
		if strings.ContainsAny(s[p[0]:p[1]], "：:") || p[0] > at[0] || placing.MatchString(kept) || open(kept) || dangling.MatchString(strings.TrimSpace(kept[from:])) {
			continue
		}
		end, _ := utf8.DecodeLastRuneInString(s)
		return kept + string(end)
	}
	return ""
}

// open reports whether a text ends inside brackets or quotes.
func open(s string) bool {
	return strings.Count(s, "（")+strings.Count(s, "(")+strings.Count(s, "「")+strings.Count(s, "“") >
		strings.Count(s, "）")+strings.Count(s, ")")+strings.Count(s, "」")+strings.Count(s, "”")
}

// latin reports whether a text is written in letters rather than in Chinese, whatever
// names it has.
func latin(s string) bool {
	letters, chinese := 0, 0
	for _, r := range s {
		switch {
		case r >= 0x4e00 && r <= 0x9fff:
			chinese++
		case unicode.IsLetter(r):
			letters++
		}
	}
	return letters > 3*chinese
}

// sentences takes a text apart, each with its end, which stands in no brackets; that of
// other scripts than Chinese has a blank behind it.
func sentences(text string) []string {
	var out []string
	depth, from := 0, 0
	for i, r := range text {
		next := i + utf8.RuneLen(r)
		switch {
		case strings.ContainsRune("（(「“", r):
			depth++
		case strings.ContainsRune("）)」”", r):
			depth = max(depth-1, 0)
		case depth > 0 || !strings.ContainsRune("。；;.\n", r):
		case r < 0x80 && r != '\n' && next < len(text) && text[next] != ' ':
		default:
			out = append(out, text[from:next])
			from = next
		}
	}
	if rest := text[from:]; strings.TrimSpace(rest) != "" {
		out = append(out, rest)
	}
	return out
}
