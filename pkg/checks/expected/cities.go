package expected

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/aecheck/aecheck/pkg/checks/party"
)

//go:embed cities.txt
var citiesText string

var cities = sync.OnceValue(func() []string {
	var out []string
	for line := range strings.Lines(citiesText) {
		if !strings.HasPrefix(line, "#") {
			out = append(out, strings.Fields(line)...)
		}
	}
	return out
})

// mostBefore is how many characters of a ring may be read before a name begins:
// the star, the rim, the end of the name before it.
const mostBefore = 4

// misread is what stands behind a place whose name of mostMisread characters and
// fewer was misread: 义乌市 as 号乌市.
const (
	misread     = "市"
	mostMisread = 3
)

// Legible reports a name as a ring gives it that was read well enough to be held
// against another: it begins with a place, as names of Chinese companies do, and
// ends with a legal form. A ring of which the characters are guessed seldom does.
func Legible(name string) bool {
	s := newFolder()
	w := s.want(strings.TrimFunc(name, func(r rune) bool { return !isHan(r) })) // numbers and ornaments of the rim
	if !w.han || !strings.ContainsAny(text(w.letters), "公厂行店社所室部院会") {
		return false
	}
	folded := []rune(text(w.letters))
	for _, c := range append(slices.Clone(cities()), misread) {
		i := strings.Index(string(folded), c)
		if i < 0 {
			continue
		}
		before := len([]rune(string(folded)[:i]))
		rest := folded[before+len([]rune(c)):]
		if before > mostBefore || c == misread && before > mostMisread {
			continue
		}
		for behind := range min(mostBehind+1, len(rest)) {
			if formed(s.want(string(rest[:len(rest)-behind])).letters) {
				return true
			}
		}
	}
	return false
}

// mostBehind is how many characters of a ring may be read behind the legal form: the
// first ones again.
const mostBehind = 2

// business are the lines of business that stand before a legal form.
var business = [...]string{"网络", "信息", "电子", "生物", "智能", "文化", "供应链", "工艺品", "工艺", "日用品", "日用", "家居", "陶瓷", "服装", "服饰", "饰品",
	"贸易", "商贸", "进出口", "国际", "科技", "技术", "商务", "传媒", "管理", "用品", "实业", "发展", "股份", "责任", "玩具", "家具", "电器", "五金", "塑料", "制品", "箱包", "鞋业",
	"工作室", "商行", "经营部", "商店", "店", "厂", "中心"}

// Distinctive are the characters of a Chinese company's name that are its own: without
// the place, the line of business and the legal form.
func Distinctive(name string) []rune {
	core, form := party.Core(name)
	for r, behind := []rune(name), 1; form == "" && behind <= mostBehind && behind < len(r); behind++ {
		core, form = party.Core(string(r[:len(r)-behind])) // a ring goes on with its first characters
	}
	if form == "" {
		core, _ = party.Core(name)
	}
	core = text(newFolder().fold(core))
	for _, c := range cities() {
		for _, level := range [...]string{"市", "省", "县", "区", ""} {
			if i := strings.Index(core, c+level); i >= 0 {
				core = core[:i] + core[i+len(c+level):]
				break
			}
		}
	}
	for cut := true; cut; {
		cut = false
		for _, w := range business {
			if rest, ok := strings.CutSuffix(core, w); ok {
				core, cut = rest, true
			}
		}
	}
	return []rune(core)
}
