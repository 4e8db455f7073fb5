package bundle

import (
	"fmt"
	"math/rand/v2"
	"path"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Masker replaces every character of names, numbers and texts by another one, the
// same for the same character everywhere in a bundle: what was equal stays equal,
// what differed in one character still does. Words that papers share (legal forms,
// roles, 授权) stay, so that rules find their way. It hides who is meant from a reader;
// it is no encryption, and long texts can be guessed at.
type Masker struct {
	letters [26]rune
	digits  [10]rune
	han     map[rune]rune
	taken   map[rune]bool
	paths   map[string]string
	words   []string
	rng     *rand.Rand
}

// NewMasker returns a masker of its own key; equal seeds mask alike.
func NewMasker(seed uint64) *Masker {
	m := &Masker{han: map[rune]rune{}, taken: map[rune]bool{}, paths: map[string]string{}, words: sharedWords(), rng: rand.New(rand.NewPCG(seed, 0x61656368))}
	for i, j := range m.rng.Perm(26) {
		m.letters[i] = rune('a' + j)
	}
	for i, j := range m.rng.Perm(10) {
		m.digits[i] = rune('0' + j)
	}
	for _, word := range m.words {
		for _, r := range word {
			m.taken[r] = true // a masked name must not look like one
		}
	}
	return m
}

// sharedWords say nothing about anybody. Longer ones before those they contain.
func sharedWords() []string {
	words := strings.Fields(`股份有限公司 有限责任公司 集团有限公司 有限公司 股份公司 分公司 公司 集团 个体工商户 工作室 经营部 商行 合伙企业 旗舰店 专营店 专卖店 厂
		被授权人 被授权方 授权人 授权方 授权书 转授权 授权 许可 权利人 商标 品牌 版权 著作权 肖像权 肖像 承诺书 承诺人 承诺 签字 签名 盖章 签章 法定代表人 代表人
		甲方 乙方 丙方 统一社会信用代码 有效期 期限 日期 自 起 至 止 年 月 日 全球 中国 大陆 境内 境外 平台 店铺 商品 产品 类目 速卖通 违规编号 违规 处罚 通知 时间
		limited ltd co inc incorporated corp corporation company llc gmbh plc sarl srl sas bv ag kg oy ab the of and to for by in from until valid hereby authorize authorized authorise
		authorised authorization license licence alicdn licensor licensee grantor grantee brand trademark copyright signature seal date name worldwide aliexpress media ae https http www com`)
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
	return words
}

// plainFields are fields that name a place, a language or a kind of thing, by their
// name in JSON. Rules compare them with tables.
func plainFields() []string {
	return []string{"marketplace", "category", "categories", "sites", "country", "languages", "language", "territory", "track", "slot", "kind", "role", "field", "format", "rule", "says"}
}

// Case masks a case in place, and returns the path that an asset has after.
func (m *Masker) Case(c *facts.Case, asset string) string {
	counts := map[string]int{}
	for i := range c.Assets {
		a := &c.Assets[i]
		counts[a.Kind]++
		m.paths[a.Path] = fmt.Sprintf("%s-%d%s", a.Kind, counts[a.Kind], plainExtension(a.Path))
	}
	for i := range c.Assets {
		a := &c.Assets[i]
		a.Path = m.paths[a.Path]
		if a.Facts != nil {
			m.value(reflect.ValueOf(a.Facts).Elem(), verdict.ByType, false)
		}
	}
	c.Name, c.Path = "case", "case"
	m.value(reflect.ValueOf(&c.Materials).Elem(), verdict.ByType, false)
	m.value(reflect.ValueOf(&c.Clock).Elem(), verdict.ByType, false)
	m.value(reflect.ValueOf(c.Pairs), verdict.ByType, false)
	m.value(reflect.ValueOf(c.Marks), verdict.ByType, false)
	m.value(reflect.ValueOf(c.Unsought), verdict.Path, false)
	if c.File != nil {
		m.value(reflect.ValueOf(c.File).Elem(), verdict.ByType, false)
	}
	if asset == "" {
		return ""
	}
	return m.paths[asset]
}

func plainExtension(file string) string {
	ext := strings.ToLower(path.Ext(file))
	if len(ext) > 5 || strings.ContainsFunc(ext, func(r rune) bool { return r > 'z' }) {
		return ""
	}
	return ext
}

// value masks what a field of the given privacy holds; plain leaves texts alone.
func (m *Masker) value(v reflect.Value, p verdict.Privacy, plain bool) {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() || v.Type() == reflect.TypeFor[lang.Text]() {
			if p == verdict.Private {
				v.SetZero()
			}
			return
		}
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if !f.IsExported() {
				continue
			}
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			m.value(v.Field(i), verdict.PrivacyOf(f.Tag), slices.Contains(plainFields(), name))
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			m.value(v.Index(i), p, plain)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			m.value(v.Elem(), p, plain)
		}
	case reflect.Interface:
		if s, ok := v.Interface().(string); ok && v.CanSet() {
			v.Set(reflect.ValueOf(m.text(s)))
		}
	case reflect.String:
		switch {
		case !v.CanSet() || p == verdict.Public || plain:
		case p == verdict.Private:
			v.SetString("")
		default:
			v.SetString(m.text(v.String()))
		}
	case reflect.Float32, reflect.Float64:
		if p == verdict.Private && v.CanSet() {
			v.SetZero()
		}
	}
}

// text masks a text, or renames a path.
func (m *Masker) text(s string) string {
	if alias, ok := m.paths[s]; ok {
		return alias
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		if n := sharedAt(s, i, m.words); n > 0 {
			b.WriteString(s[i : i+n])
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		b.WriteRune(m.rune(r))
		i += n
	}
	return b.String()
}

// sharedAt is how many bytes from i on are a shared word, 0 for none. A Latin one
// stands alone.
func sharedAt(s string, i int, words []string) int {
	for _, w := range words {
		if len(s)-i < len(w) || !strings.EqualFold(s[i:i+len(w)], w) {
			continue
		}
		if w[0] < 0x80 && (i > 0 && isASCIILetter(s[i-1]) || i+len(w) < len(s) && isASCIILetter(s[i+len(w)])) {
			continue
		}
		return len(w)
	}
	return 0
}

func isASCIILetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func (m *Masker) rune(r rune) rune {
	switch {
	case '0' <= r && r <= '9':
		return m.digits[r-'0']
	case 'a' <= r && r <= 'z':
		return m.letters[r-'a']
	case 'A' <= r && r <= 'Z':
		return unicode.ToUpper(m.letters[r-'A'])
	case !unicode.IsLetter(r) && !unicode.IsDigit(r):
		return r
	}
	if to, ok := m.han[r]; ok {
		return to
	}
	low, high := 'à', 'ö' // any letter that is no Han one
	if unicode.Is(unicode.Han, r) {
		low, high = 0x4E00, 0x9FA5
	} else if unicode.Is(unicode.Cyrillic, r) {
		low, high = 'а', 'я'
	}
	to := low + m.rng.Int32N(high-low+1)
	for tries := 0; m.taken[to] && tries < 1000; tries++ {
		to = low + m.rng.Int32N(high-low+1)
	}
	m.taken[to] = true
	m.han[r] = to
	return to
}
