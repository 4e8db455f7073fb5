// Package models tells the people whom a log of a shooting names as its models, and
// whether two names can be of one person.
//
// It imports nothing of ours.
package models

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

var (
	label = regexp.MustCompile(`(?i)^(?:出镜)?(?:模特|麻豆)(?:姓名|名字|名)?$|^出镜(?:人员?)?(?:姓名)?$|^models?(?:'s)?(?: ?names?)?$|^mannequins?$|^modelo$|^modella$|^модель$|^manken$|^fotomodel$`)
	line  = regexp.MustCompile(`(?i)(?:(?:^|[\s,，;；(（|])(?:(?:出镜)?(?:模特|麻豆)(?:姓名)?|出镜人?)|(?:^|[,，;；(（|] ?)(?:models?(?: ?name)?|mannequin|modelo|modella|модель|manken)) ?[:：] ?([^,，;；。|()（）]{2,40})`)
	latin = regexp.MustCompile(`^\p{Lu}[\p{L}'’.-]*(?: \p{Lu}[\p{L}'’.-]*){1,3}$`)
	han   = regexp.MustCompile(`^[\p{Han}]{2,4}$|^\p{Han}{1,8}(?:[·•]\p{Han}{1,8}){1,3}$`)
	// heads are what else a log has columns for; no person is called so.
	heads = regexp.MustCompile(`(?i)^(?:化妆师?|妆造|造型师?|发型师?|摄影师?|拍摄人?|助理|灯光师?|服装|搭配师?|文件名?|文件|时间|时段|日期|景别|相机|机身|镜头|内容|备注|款号|款式|尺码|颜色|身高|地点|场地|项目|客户|委托方|全身|半身|正面|侧面|背面|细节|序号|编号|数量|签名|本人|自有|无|没有|待定|假人|make-?up|hair|stylist|photographer|file|time|date|camera|lens|notes?|remarks?|size|colou?r|item|look|shot|studio|location|client|front|back|side|detail|none|n/a|dummy|name)$`)
	// surnames are those of nearly all Chinese.
	surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤俞殷施洪贝柳宁倪岳柯梅庄鲍祝阮欧司慕诸葛端木上官尚"
	// pet are what people call each other on a set.
	pet = regexp.MustCompile(`^[阿小老大]|[姐哥妹弟]$|老师$|女士$|先生$|色$|款$`)
)

// Label reports a cell that asks for the model's name.
func Label(text string) bool { return label.MatchString(strings.Trim(text, " :：*")) }

// Name reports a text that is written as the name of a person, in Latin, Cyrillic or
// Chinese letters; what else heads the columns of a log is none, nor is a pet name.
func Name(text string) bool {
	text = strings.Join(strings.Fields(text), " ")
	if heads.MatchString(text) || Label(text) || slices.ContainsFunc(strings.Fields(text), heads.MatchString) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(text)
	return latin.MatchString(text) || strings.ContainsAny(text, "·•") && han.MatchString(text) ||
		han.MatchString(text) && strings.ContainsRune(surnames, first) && !pet.MatchString(text)
}

// Named is the name behind a label in one line ("模特：林可欣"), empty for none.
func Named(text string) string {
	if !strings.ContainsAny(text, ":：") {
		return ""
	}
	m := line.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	if name := strings.TrimSpace(m[1]); Name(name) {
		return name
	}
	return ""
}

// Sameness says whether two names are of one person.
type Sameness int

// What Compare gives.
const (
	Unknown Sameness = iota // in letters that cannot be compared, or nothing to compare
	Other
	Same
)

// Compare compares a name with one that may be written in two scripts ("Elena Morozova
// 埃琳娜"). The order of names and their case do not count.
func Compare(name, with string) Sameness {
	out := Unknown
	for _, part := range [...]func(string) []string{hanOf, latinOf, cyrillicOf} {
		a, b := part(name), part(with)
		if len(a) == 0 || len(b) == 0 {
			continue
		}
		if within(a, b) || within(b, a) {
			return Same
		}
		out = Other
	}
	return out
}

// within reports that each word of a name is one of the other's, but for a slip of a letter,
// or part of words run together.
func within(a, b []string) bool {
	joined := strings.Join(b, "")
	for _, x := range a {
		if !strings.Contains(joined, x) && !slices.ContainsFunc(b, func(y string) bool { return slip(x, y) }) {
			return false
		}
	}
	return true
}

// slip reports two words that one letter sets apart: changed, left out or added.
func slip(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) < 4 || len(y)-len(x) > 1 {
		return a == b
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	if len(x) == len(y) {
		return i == len(x) || slices.Equal(x[i+1:], y[i+1:])
	}
	return slices.Equal(x[i:], y[i+1:])
}

// hanOf is the Chinese part of a name as one word.
func hanOf(s string) []string {
	only := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Han, r) {
			return r
		}
		return -1
	}, s)
	if only == "" {
		return nil
	}
	return []string{only}
}

func latinOf(s string) []string { return wordsOf(s, unicode.Latin) }

func cyrillicOf(s string) []string { return wordsOf(s, unicode.Cyrillic) }

// wordsOf are the words of a name in letters of one kind, in lower case, without accents
// and initials.
func wordsOf(s string, of *unicode.RangeTable) []string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case unicode.Is(of, r):
			return unicode.ToLower(r)
		}
		return ' '
	}, norm.NFD.String(s))
	var out []string
	for _, w := range strings.Fields(s) {
		if len([]rune(w)) > 1 {
			out = append(out, w)
		}
	}
	return out
}
