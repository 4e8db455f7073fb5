// Package cameras finds cameras that a text names by maker and model ("NIKON D7500",
// "佳能 EOS R6 Mark II"), and tells whether a name and the make and model that a file
// bears (Exif 2.32, tags 271 and 272) can be one camera.
//
// It imports nothing of ours.
package cameras

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Camera is one that a text names.
type Camera struct {
	Maker string // one of makers, in lower case
	Model string // as Fold gives it, empty where the maker's models cannot be compared
	Text  string // as written
}

// maker is how one is written, and how its models are.
type maker struct {
	id    string
	names string // one beside the other, in lower case
	model string // expression of its models; empty where what is sold has another name than files bear
}

// makers of cameras, and of phones whose files bear codes: of those the maker alone is
// compared.
var makers = []maker{
	{"canon", `canon|佳能`, `(?:eos[ -]?)?(?:r\d{0,2}|rp|[1-9]d?s?|\d{2,4}d|m\d{1,3})(?:[ -]?(?:mark|mk)[ ]?(?:ii|iii|iv|v|\d)|m[2-5]|[ ]?(?:ii|iii|iv)|)\b|(?:powershot|ixus)[ -]?\w{1,6}(?:[ ]?mark[ ]?\w+)?|5d[2-4]\b`},
	{"nikon", `nikon|尼康`, `[dz][ ]?\d{1,4}[a-z]{0,2}(?:[ _]?(?:ii|iii|2|3))?\b|z[ ]?f(?:c)?\b|coolpix[ ]?\w{1,6}`},
	{"sony", `sony|索尼`, `(?:ilce|ilme|dsc|zv)[- ]?\w{1,8}|(?:a|α)[ ]?\d{1,4}[a-z]{0,2}(?:[ ]?(?:ii|iii|iv|v|m[2-5]))?\b|rx[ ]?\d{1,3}\w{0,3}`},
	{"fujifilm", `fujifilm|fuji|富士`, `x-?(?:[a-z]{1,3}-?)?\d{1,3}\w{0,2}(?:[ ]?(?:ii|iii))?\b|gfx[ -]?\d{2,3}\w{0,3}(?:[ ]?ii)?`},
	{"leica", `leica|徕卡|莱卡`, `(?:q|m|sl|cl|tl|d-?lux|v-?lux)[ -]?\d{0,4}(?:-?[pr])?\b`},
	{"panasonic", `panasonic|lumix|松下`, `(?:lumix[ ]?)?(?:dc-|dmc-)?(?:gh|gx|gf|g|s|fz|lx|tz)\d{1,4}\w{0,3}(?:[ ]?ii)?\b`},
	{"olympus", `olympus|om system|om digital solutions|奥林巴斯`, `(?:om-?d[ ]?)?e-m\d{1,2}\w{0,2}(?:[ ]?mark[ ]?\w+)?|om-\d\w?(?:[ ]?mark[ ]?\w+)?|e-p\w{1,3}`},
	{"ricoh", `ricoh|pentax|理光|宾得`, `k-?\d{1,2}(?:[ ]?mark[ ]?\w+)?|gr[ ]?(?:iii|ii|iv|\d)x?\b`},
	{"hasselblad", `hasselblad|哈苏`, `(?:x\d|907)[ ]?[a-z]?(?:[ -]?\d{2,3}c)?|h\dd?`},
	{"apple", `apple|苹果|iphone`, `iphone[ ]?(?:se|x[rs]?|\d{1,2})(?:[ ]?(?:pro[ ]?max|pro|plus|mini|e))?`},
	{"dji", `dji|大疆`, ``}, {"gopro", `gopro`, ``},
	{"huawei", `huawei|华为`, ``}, {"xiaomi", `xiaomi|小米|redmi|红米`, ``}, {"oppo", `oppo`, ``}, {"vivo", `vivo`, ``},
	{"honor", `honor|荣耀`, ``}, {"samsung", `samsung|三星`, ``}, {"oneplus", `oneplus|一加`, ``},
}

// pattern is a maker ready to be looked for.
type pattern struct {
	id     string
	words  []string         // one of which stands in every text that names it
	name   *regexp.Regexp   // the maker
	prefix *regexp.Regexp   // the maker before a model, in what a file bears
	models []*regexp.Regexp // the maker with a model behind it
}

var patterns = func() []pattern {
	var out []pattern
	for _, m := range makers {
		p := pattern{m.id, strings.Split(m.names, "|"), regexp.MustCompile(`(?i)(?:^|[^a-z])(?:` + m.names + `)`), regexp.MustCompile(`(?i)^\s*(?:` + m.names + `)(?:\s+(?:corporation|corp\.?|inc\.?))?[ -]*`), nil}
		if m.model != "" {
			p.models = append(p.models, regexp.MustCompile(`(?i)(?:^|[^a-z])(?:`+m.names+`)[ :：_-]{0,3}(`+m.model+`)`))
		}
		if m.id == "apple" { // an iPhone says who made it
			p.models = append(p.models, regexp.MustCompile(`(?i)(?:^|[^a-z])(`+m.model+`)`))
		}
		out = append(out, p)
	}
	return out
}()

// maxText is how much of a text is looked at, in bytes: a line or a cell.
const maxText = 2000

// about is what a text says where it is about the camera that pictures were taken with.
var about = regexp.MustCompile(`(?i)相机|机身|拍摄|照相|摄影|器材|设备|机型|单反|微单|camera|shot (?:with|on|by)|taken (?:with|on|by)|photo|shoot|c[áa]mara|appareil|kamera|fotoapparat|fotocamera|câmera|камер|фото|fotoğraf|aparat|съ[её]м`)

// aside is what a text says where cameras are named for another reason: goods that fit
// them, and other people's.
var aside = regexp.MustCompile(`(?i)适用|适配|兼容|手机壳|保护壳|手机套|钢化膜|贴膜|配件|电池|支架|充电|背带|挂绳|投诉人|投诉方|对方|被盗|compatible|\bfits?\b|case for|cover for|battery|holder|mount\b|charger|strap|accessor|\bfor (?:the |your )?(?:canon|nikon|sony|fuji|iphone|apple|samsung|galaxy|huawei|xiaomi|gopro|dji)|complainant|their camera`)

// IsAbout reports a text that is about what pictures were taken with.
func IsAbout(text string) bool { return about.MatchString(text) && !IsAside(text) }

// IsAside reports a text that names cameras for another reason: what fits them, or other
// people's.
func IsAside(text string) bool { return aside.MatchString(text) }

// lens stands behind what is no body: "Z 24-70mm".
var lens = regexp.MustCompile(`(?i)^(?:[ -]{0,2}\d{0,3} ?mm|-\d{2})`)

// Find returns the cameras that a line names by maker and model.
func Find(line string) []Camera {
	if len(line) > maxText {
		line = line[:maxText]
	}
	var out []Camera
	low := strings.ToLower(line)
	for _, p := range patterns {
		if !slices.ContainsFunc(p.words, func(w string) bool { return strings.Contains(low, w) }) {
			continue
		}
		for _, re := range p.models {
			for _, m := range re.FindAllStringSubmatchIndex(line, 8) {
				if lens.MatchString(line[m[3]:]) {
					continue
				}
				c := Camera{Maker: p.id, Model: Fold(p.id, line[m[2]:m[3]]), Text: strings.Trim(line[from(line, m[0]):m[3]], " :：,，、(（/")}
				if c.Model != "" && !has(out, c) {
					out = append(out, c)
				}
			}
		}
	}
	return out
}

// from is where a name begins, behind the character that sets it apart.
func from(line string, at int) int {
	if r, n := utf8.DecodeRuneInString(line[at:]); unicode.Is(unicode.Han, r) && !slices.ContainsFunc(patterns, func(p pattern) bool {
		return slices.ContainsFunc(p.words, func(w string) bool { return strings.HasPrefix(line[at:], w) })
	}) {
		return at + n
	}
	return at
}

func has(list []Camera, c Camera) bool {
	return slices.ContainsFunc(list, func(o Camera) bool { return o.Maker == c.Maker && o.Model == c.Model })
}

var (
	apart = regexp.MustCompile(`[ _()（）-]+`)
	mark  = regexp.MustCompile(`(?:MARK|MK)(II|III|IV|VI|V|\d)$`)
	roman = regexp.MustCompile(`(\d[A-HJ-UW-Z]?)(II|III|IV|VI|V)$`)
	five  = regexp.MustCompile(`^(\dD)(\d)$`)
	nikon = regexp.MustCompile(`^(Z\d)[ _]?([2-4])$`)
	value = map[string]string{"II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6"}
)

// Fold writes a model the one way of the many: "EOS 5D Mark IV", "5D4" and "5DIV" are one,
// and "α7 IV" and "ILCE-7M4", "Z 6_2" and "Z6II".
func Fold(maker, model string) string {
	s := strings.ToUpper(model)
	for _, p := range patterns {
		if p.id == maker {
			s = p.prefix.ReplaceAllString(s, "")
		}
	}
	if maker == "apple" && !strings.Contains(s, "IPHONE") {
		s = "IPHONE" + s
	}
	if maker == "nikon" {
		s = nikon.ReplaceAllString(strings.TrimSpace(strings.ReplaceAll(s, "Z ", "Z")), "${1}M$2")
	}
	s = apart.ReplaceAllString(s, "")
	for _, prefix := range []string{"EOS", "LUMIX", "DMC", "DC", "OMD"} {
		s = strings.TrimPrefix(s, prefix)
	}
	if maker == "sony" {
		s = strings.ReplaceAll(s, "Α", "A")
		s = strings.TrimPrefix(s, "DSC")
		if rest, ok := strings.CutPrefix(s, "ILCE"); ok {
			s = "A" + rest
		}
	}
	level := func(m string) string { return "M" + orSame(m) }
	if m := mark.FindStringSubmatchIndex(s); m != nil {
		return s[:m[0]] + level(s[m[2]:m[3]])
	}
	if m := five.FindStringSubmatch(s); m != nil && maker == "canon" {
		return m[1] + "M" + m[2]
	}
	if m := roman.FindStringSubmatchIndex(s); m != nil && maker != "apple" {
		return s[:m[4]] + level(s[m[4]:m[5]])
	}
	return s
}

func orSame(level string) string {
	if n, ok := value[level]; ok {
		return n
	}
	return level
}

// Maker is which of the makers a file's make stands for, "" for none of them.
func Maker(make string) string {
	for _, p := range patterns {
		if p.name.MatchString(make) {
			return p.id
		}
	}
	return ""
}

// MayBe reports whether a file with this make and model can be of the camera that was
// named: only what surely is another gives false.
func (c Camera) MayBe(make, model string) bool {
	maker := Maker(make)
	if maker == "" {
		return true // of a maker not known here
	}
	if maker != c.Maker {
		return false
	}
	known := Fold(maker, model)
	return known == "" || c.Model == known || begins(known, c.Model) || begins(c.Model, known)
}

// begins reports that a model's name is the beginning of another's, as "R6" is of
// "R6M2"; the "D750" is none of "D7500".
func begins(long, short string) bool {
	rest, ok := strings.CutPrefix(long, short)
	return ok && short != "" && rest != "" && (rest[0] < '0' || rest[0] > '9')
}
