package letter

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/aecheck/aecheck/pkg/extract/paper/letter/parties"
	"github.com/aecheck/aecheck/pkg/facts"
)

// countryWords tell where a party sits: by name of the country (in a label or
// address close by) or by a legal form used in one country only.
var countryWords = []struct {
	code string
	name *pattern // in the address
	form *pattern // at the end of the name
}{
	{"CN", re(`(?i)\bP\.? ?R\.? ?China\b|\bChina\b|\b(?:Chine|Cina)\b|中国(?:大陆)?|中华人民共和国|深圳|广州|上海|北京|杭州|义乌|东莞|宁波|福建|浙江|广东`), re(`有限公司$|有限责任公司$|(?i)(?:Shenzhen|Guangzhou|Shanghai|Beijing|Hangzhou|Yiwu|Dongguan|Ningbo|Xiamen|Zhejiang|Guangdong|Fujian|Jiangsu|Quanzhou|Foshan)\b`)},
	{"HK", re(`(?i)Hong ?Kong|香港`), re(`(?i)\(?Hong ?Kong\)?|\bHK\b|香港`)},
	{"MO", re(`(?i)Maca[uo]\b|澳门|澳門`), re(`(?i)\(?Maca[uo]\)?$|\(?澳[门門]\)?`)},
	{"TW", re(`(?i)Taiwan|台湾|臺灣`), nil},
	{"US", re(`\bU\.?S\.?A\b|United States|[EÉ]tats-Unis|Estados Unidos|Stati Uniti|Vereinigte Staaten|Delaware|California|New York|Texas|Florida|美国`), re(`(?:\b|[a-z])(?:LLC|L\.L\.C\.?|Inc\.?|Incorporated|Corp\.?|Corporation)$`)},
	{"DE", re(`Germany|Deutschland|Allemagne|Alemania|Alemanha|Germania|德国|Berlin|München|Hamburg|Köln|Frankfurt`), re(`GmbH(?: ?& ?Co\.? ?KG)?$`)},
	{"FR", re(`(?i)\b(?:France|Francia|França|Frankreich)\b|法国|\bParis\b|\bLyon\b`), re(`\b(?:SARL|S\.A\.R\.L\.?|SAS|S\.A\.S\.?)$`)},
	{"IT", re(`(?i)\b(?:Ital(?:y|ia|ie|ien)|Itália)\b|意大利|\bMilan[o]?\b|\bRom[ae]\b`), re(`(?i)\b(?:S\.?r\.?l\.?|S\.?p\.?A\.?)$`)},
	{"ES", re(`(?i)\b(?:Spain|Espagne|Spagna|Spanien|Espanha)\b|España|西班牙|\bMadrid\b|Barcelona`), re(`\bS\.? ?L\.?U?\.?$`)},
	{"GB", re(`(?i)United Kingdom|Royaume-Uni|Reino Unido|Regno Unito|Gro(?:ß|ss)britannien|\bEngland\b|\bU\.?K\.?\b|英国|\bLondon\b`), re(`\b(?:PLC|plc)$`)},
	{"NL", re(`(?i)Netherlands|Nederland|Pays-Bas|Países Bajos|Paesi Bassi|Niederlande|荷兰|Amsterdam`), re(`\bB\.?V\.?$`)},
	{"JP", re(`(?i)\b(?:Japan|Japon|Japón|Giappone)\b|日本|\bTokyo\b|\bOsaka\b`), re(`\bK\.?K\.?$|株式会社`)},
	{"KR", re(`(?i)\bKorea\b|韩国|\bSeoul\b`), nil},
	{"AU", re(`(?i)\bAustralia\b|澳大利亚|\bSydney\b|Melbourne`), re(`(?i)\bPty\.? Ltd\.?$`)},
	{"CA", re(`(?i)\bCanada\b|加拿大|Toronto|Vancouver`), nil},
	{"PL", re(`(?i)\b(?:Poland|Pologne|Polonia|Polen)\b|Polska|波兰`), re(`Sp\. z o\.o\.$`)},
	{"RU", re(`(?i)\bRussia\b|Росси|俄罗斯|Moscow|Москва`), re(`^(?:OOO|ООО)`)},
	{"SE", re(`(?i)\bSweden\b|瑞典`), re(`\bAB$`)},
	{"FI", re(`(?i)\bFinland\b|芬兰`), re(`\bOy$`)},
	{"DK", re(`(?i)\bDenmark\b|丹麦`), re(`\b(?:A/S|ApS)$`)},
	{"BR", re(`(?i)\bBra[sz]il\b|巴西`), re(`\bLtda\.?$`)},
	{"PT", re(`(?i)\bPortugal\b|葡萄牙`), nil},
	{"CH", re(`(?i)Switzerland|Schweiz|Suisse|Suiza|Svizzera|Suíça|瑞士`), nil},
	{"TR", re(`(?i)\bT(?:urkey|ürkiye)\b|土耳其`), nil},
	{"IN", re(`(?i)\bIndia\b|印度(?:[^尼]|$)`), re(`(?i)Pvt\.? Ltd\.?$`)},
	{"SG", re(`(?i)Singapore|新加坡`), re(`(?i)Pte\.? Ltd\.?$`)},
}

// country of a party: its legal form first, then the address that follows it,
// in after.
// Empty where neither says.
func country(name, after string) string {
	for _, c := range countryWords {
		if c.form != nil && c.form.MatchString(name) && c.code != "CN" && c.code != "US" {
			return c.code
		}
	}
	if i := strings.IndexAny(after, ";。"); i >= 0 {
		after = after[:i]
	}
	// What follows may already speak of the other party.
	if i := otherParty.FindStringIndex(after); i != nil {
		after = after[:i[0]]
	}
	best, at := "", len(after)+1
	for _, c := range countryWords {
		if m := c.name.FindStringIndex(after); m != nil && m[0] < at {
			best, at = c.code, m[0]
		}
	}
	if best != "" && !hasHan(name) {
		return best
	}
	for _, c := range countryWords {
		if c.form != nil && c.form.MatchString(name) {
			return c.code
		}
	}
	if best != "" {
		return best
	}
	if hasHan(name) {
		return "CN"
	}
	return ""
}

var otherParty = re(`(?i)被授权|乙方|licensee|grantee|hereby|authori[sz]e|授权|,? and `)

// addressLabel is the label of where a party sits, alone or before its value.
var addressLabel = flex(`(?i)^(?:[一二三四五六七八九十\d]{1,2}[、.)] ?)?(?:(?:注册|公司|企业|办公|联系|通讯|营业)?(?:地址|住所地?|所在地)|(?:registered |company |business |legal |full )?(?:address|office)|domicilio(?: social)?|dirección|adresse|siège(?: social)?|sitz|anschrift|sede(?: legale)?|indirizzo|endereço|country(?: of (?:registration|incorporation))?|国家|注册地|адрес)(?: of (?:the )?(?:licen[cs]or|grantor|company))?(?: ?:|$)`)

// addressOf is the address in the rows below a party's name, before the next
// party's; empty for none.
func (r *reader) addressOf(c *parties.Candidate, all []parties.Candidate) string {
	t := r.text
	if c.Line >= len(t.lines) || c.Box[3] == 0 {
		return ""
	}
	const rows = 4 // how far down, in rows of three line heights
	top := func(b facts.Box) int { return b[1] + b[3]/2 }
	best := -1
	for j, n := range t.norm {
		down := top(t.lines[j].Box) - top(c.Box)
		if t.lines[j].Page != c.Page || down <= 0 || down > 3*rows*c.Box[3] || !addressLabel.MatchString(n) {
			continue
		}
		if best < 0 || t.lines[j].Box[1] < t.lines[best].Box[1] {
			best = j
		}
	}
	if best < 0 || slices.ContainsFunc(all, func(o parties.Candidate) bool {
		return o.Key != c.Key && o.Page == c.Page && top(o.Box) > top(c.Box) && top(o.Box) < top(t.lines[best].Box)
	}) {
		return ""
	}
	if _, value, ok := strings.Cut(t.norm[best], ":"); ok && strings.TrimSpace(value) != "" {
		return value
	}
	if j := t.rightOf(best); j >= 0 {
		return t.norm[j]
	}
	return ""
}

// headOf is what follows a party's name in the letterhead, up to the end of the line
// below it; empty for none.
func (r *reader) headOf(c *parties.Candidate) string {
	const (
		lines = 6
		least = 6 // letters of a name that is no common word
	)
	for i, n := range r.text.norm[:min(lines, len(r.text.norm))] {
		at := strings.Index(n, c.Name)
		if at < 0 || i >= c.Line || utf8.RuneCountInString(c.Name) < least {
			continue
		}
		after := n[at+len(c.Name):]
		if i+1 < c.Line {
			after += "\n" + r.text.norm[i+1]
		}
		return after
	}
	return ""
}
