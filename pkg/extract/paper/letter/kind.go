package letter

import (
	"maps"
	"slices"
	"sort"
	"strings"
	"unicode"
)

// titleWords name papers.
var titleWords = flex(`(?i)授权书|授权函|授权证明|授权委托书|许可书|许可合同|许可协议|授权协议|授权合同|授权声明|承诺书|承诺函|保证书|同意书|委托书|声明书|违规通知|处罚通知|通知书|证明|` +
	`letter of authori[sz]ation|authori[sz]ation letter|certificate of authori[sz]ation|authori[sz]ation certificate|letter of (?:commitment|undertaking|consent)|commitment letter|` +
	`licen[cs]e (?:agreement|certificate)|sub-?licen[cs]e|model release|release form|photo release|copyright licen[cs]e|notice of violation|violation notice|` +
	`carta de autorizaci[oó]n|lettre d'autorisation|vollmacht|autoris?ation|dichiarazione|carta de autoriza[cç][aã]o|lettera di autorizzazione|доверенность|разрешение|` + foreignCommitment)

// kindWords weigh each kind of paper. A word in the title counts three times.
var kindWords = []struct {
	kind   string
	weight float64
	re     *pattern
}{
	{"commitment", 4, flex(`(?i)承诺书|承诺函|合规承诺|本(?:公司|人|店)(?:郑重)?承诺|letter of (?:commitment|undertaking)|commitment letter|` + foreignCommitment)},
	{"notice", 3, flex(`(?i)违规通知|违规编号|违规详情|处罚通知|违规记录|违规类型|处罚生效|违规单号|violation (?:id|no|number|notice|type|details)|notice of violation|penalty (?:id|details)|` + foreignNotice)},
	{"portrait", 3, flex(`(?i)肖像|模特|model release|likeness|portrait right|photo release|image rights of the model`)},
	{"ai_licence", 3, flex(`(?i)midjourney|dall[-· ]?e|stable diffusion|firefly|AI生成|人工智能生成|文心一格|即梦|通义万相|AI[- ]generated|generative AI|AI (?:image )?licen[cs]e`)},
	{"sublicence", 3, flex(`(?i)转授权书|再授权书|分授权书|转授权函|sub-?licen[cs]e (?:agreement|certificate|letter)|sub-?authori[sz]ation|letter of sub-?licen[cs]e`)},
	{"copyright", 1.5, flex(`(?i)著作权|版权|摄影作品|美术作品|作品名称|信息网络传播权|图片(?:使用)?授权|图片素材|copyright|photograph(?:s|ic)?\b|artwork|image licen[cs]e|licensed (?:works|images)`)},
	{"brand", 1.2, flex(`(?i)商标|品牌|经销|代理销售|授权销售|注册号|trade ?mark|brand|distribut|resell|dealer|authori[sz]ed (?:seller|agent)|autoriza|autorisation|autorizza|vollmacht|marca\b|marke\b|marque\b`)},
}

// authorization names a paper that grants something without saying what sort
// of right.
var authorization = flex(`(?i)授权|authori[sz]|autoriza|autoris|autorizza|vollmacht`)

// certificate names papers that go with a letter: who owns the right, who signs.
var certificate = flex(`(?i)(?:商标)?注册证|注册商标|登记证书?|核准(?:续展|转让|变更)?(?:注册)?证明|营业执照|身份证|户口簿|护照|(?:trade ?mark )?registration certificate|certificate of (?:trade ?mark |copyright )?registration|certificate of recordation|business licen[cs]e|identity card|passport`)

// kind weighs what sort of paper it is.
func kind(t *text, title string) string {
	title = normal(title)
	best, bestScore := "other", 2.0
	for _, k := range kindWords {
		hits := len(k.re.FindAllStringIndex(clip(t.flow, 20_000), 12))
		score := k.weight * float64(min(hits, 4))
		if k.re.MatchString(title) {
			score += 6 * k.weight
		}
		if score > bestScore {
			best, bestScore = k.kind, score
		}
	}
	if certificate.MatchString(title) && !authorization.MatchString(title) {
		return "other" // it grants nothing, whatever words stand in it
	}
	if best == "other" && authorization.MatchString(title) {
		return "brand" // an authorization that does not say of what: the usual sort
	}
	return best
}

// stop words that tell the Latin-script languages of the sites apart.
var stopWords = map[string][]string{
	"en": {"the", "and", "of", "to", "for", "this", "is", "hereby", "with", "by", "that", "our", "we", "are"},
	"es": {"el", "los", "las", "del", "para", "por", "que", "con", "una", "presente", "empresa", "autoriza", "y", "sus"},
	"fr": {"le", "les", "des", "et", "pour", "par", "que", "nous", "est", "société", "présente", "du", "aux", "sur"},
	"de": {"der", "die", "das", "und", "für", "mit", "von", "ist", "wir", "hiermit", "den", "zu", "auf", "dem"},
	"pt": {"os", "dos", "para", "por", "que", "com", "uma", "empresa", "não", "ao", "pela", "nossa", "e", "da"},
	"it": {"il", "gli", "di", "per", "che", "con", "una", "della", "società", "presente", "si", "nel", "alla", "del"},
	"nl": {"het", "een", "van", "voor", "met", "wij", "hierbij", "aan", "zijn", "op", "dat", "en"},
	"pl": {"oraz", "jest", "przez", "dla", "niniejszym", "firma", "się", "do", "na", "nie"},
	"tr": {"ve", "ile", "için", "bir", "bu", "olarak", "tarafından", "ürün", "marka"},
}

// stems are words of letters that one language alone has, without accents. They are
// looked for within words: recognition loses the blanks of foreign scripts.
var stems = map[string][]string{
	"es": {"autorizacion", "autorizamos", "por la presente", "porlapresente", "vigencia", "sociedad", "hasta el", "hastael", "ningun", "todos los paises", "todoslospaises", "titular de", "titularde"},
	"fr": {"autorisation", "par la presente", "parlapresente", "societe", "jusqu'au", "titulaire", "valable", "duree", "tous pays", "touspays", "licencie"},
	"de": {"genehmigung", "vollmacht", "hiermit", "gesellschaft", "gultig", "inhaber", "markeninhaber", "berechtigt", "weltweit"},
	"it": {"autorizzazione", "con la presente", "conlapresente", "societa", "titolare", "valida fino", "validafino", "durata", "marchio"},
	"pt": {"autorizacao", "pela presente", "pelapresente", "vigencia ate", "sociedade", "titular da", "titularda", "ate o dia"},
}

// accents folds the accented letters of those languages.
var accents = strings.NewReplacer("á", "a", "à", "a", "â", "a", "ã", "a", "ä", "a", "ç", "c", "é", "e", "è", "e", "ê", "e", "ë", "e", "í", "i", "ì", "i", "î", "i", "ñ", "n", "ó", "o", "ò", "o", "ô", "o", "õ", "o", "ö", "o", "ú", "u", "ù", "u", "û", "u", "ü", "u", "’", "'")

// byStems is the language that a text has enough stems of, and more than of any other;
// empty for none. Where the blanks between words were lost nothing else tells.
func byStems(flow string) string {
	const (
		most   = 40_000 // bytes looked at
		enough = 3
	)
	text := accents.Replace(strings.ToLower(clip(flow, most)))
	best, bestN, second := "", 0, 0
	for _, lang := range slices.Sorted(maps.Keys(stems)) {
		n := 0
		for _, s := range stems[lang] {
			if strings.Contains(text, s) {
				n++
			}
		}
		if n > bestN {
			best, bestN, second = lang, n, bestN
		} else {
			second = max(second, n)
		}
	}
	if bestN < enough || bestN == second {
		return ""
	}
	return best
}

// languages returns the main language and all with a noticeable share: a
// tenth of the words, or 60 of them.
func languages(t *text) (string, []string) {
	score := map[string]float64{}
	var words []string
	var word []rune
	flush := func() {
		if len(word) > 0 {
			words = append(words, strings.ToLower(string(word)))
			word = word[:0]
		}
	}
	for _, c := range t.flow {
		switch {
		case isHan(c):
			flush()
			score["zh"] += 0.6 // a word has about 1.7 characters
		case unicode.Is(unicode.Hiragana, c) || unicode.Is(unicode.Katakana, c):
			flush()
			score["ja"] += 0.6
		case unicode.Is(unicode.Hangul, c):
			flush()
			score["ko"] += 0.4
		case unicode.Is(unicode.Cyrillic, c):
			flush()
			score["ru"] += 0.18
		case unicode.Is(unicode.Arabic, c):
			flush()
			score["ar"] += 0.2
		case unicode.Is(unicode.Thai, c):
			flush()
			score["th"] += 0.2
		case unicode.IsLetter(c):
			word = append(word, c)
		default:
			flush()
		}
	}
	flush()
	glued := byStems(t.flow)
	if len(words) > 0 {
		hits := map[string]int{}
		total := 0
		for _, w := range words {
			for lang, list := range stopWords {
				for _, s := range list {
					if w == s {
						hits[lang]++
						total++
					}
				}
			}
		}
		if total == 0 && glued == "" {
			score["en"] += float64(len(words)) * 0.5 // names and numbers
		}
		for lang, n := range hits {
			// Languages share small words; a language counts by its lead.
			if 4*n >= total {
				score[lang] += float64(len(words)) * float64(n) / float64(total)
			}
		}
	}
	if glued != "" {
		score[glued] = max(score[glued], float64(len(words))/4)
	}
	var all []string
	sum := 0.0
	for lang, s := range score {
		all = append(all, lang)
		sum += s
	}
	sort.Slice(all, func(i, j int) bool {
		if score[all[i]] != score[all[j]] {
			return score[all[i]] > score[all[j]]
		}
		return all[i] < all[j]
	})
	var out []string
	for _, lang := range all {
		if s := score[lang]; s >= 0.1*sum || s >= 60 {
			out = append(out, lang)
		}
	}
	if len(out) == 0 {
		return "", nil
	}
	return out[0], out
}
