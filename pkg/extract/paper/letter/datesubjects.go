package letter

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// binding is what a date is about: the grant itself, or something else that the
// paper names beside it.
type binding struct {
	subject  string // "grant", the name of a subject below, "" where nothing is named
	strength int    // how surely it is the grant's: see below
}

// How surely a date is of the grant.
const (
	boundOther    = iota // of something else
	boundPerhaps         // something else is named, and so is the grant
	boundUnnamed         // "valid until", of nothing that is named
	boundNamed           // this letter, the authorisation
	boundLabelled        // the label of the grant's term
)

// dateSubject is something that dates in a letter are about, by the words that name
// it. The words nearest to the date decide; of those that end at one place the
// longest ("the former letter" over "letter").
type dateSubject struct {
	name     string
	strength int
	words    *pattern
	// validity: counts only where its own validity or registration is spoken
	// of: a letter that lets somebody "use the trademark until" speaks of the use.
	validity bool
	examples string // text before a date that is of this subject, parted by |
}

// termWords may follow the name of a thing before its date.
const termWords = `(?:书|函|证)?(?:的|之)?(?:有效|使用|授权|许可|保护)*(?:期限?|期间|时间|日期|届满|起止)*`

var dateSubjects = []dateSubject{
	{name: "grant", strength: boundLabelled, words: flex(`(?i)(?:授权|许可|使用|委托|代理|经销|合作|合同|协议|授予)(?:书|函|证明)?(?:的|之)?(?:有效|使用|起止|生效)*(?:期限|有效期|期间|时间|时效|期)|(?:authori[sz]ation|authori[sz]ed|licen[cs]e|grant|contract|agreement)(?:'s)? (?:is )?(?:validity|valid|period|term|duration|effective)|(?:period|term|duration|validity) of (?:the |this )?(?:authori[sz]ation|licen[cs]e|agreement|grant|letter)|(?:this|the|present) (?:letter|authori[sz]ation|licen[cs]e|agreement|certificate|grant|document|loa)[^.;\n]{0,24}(?:valid|effective|in force|expire|remain)|vigencia de (?:esta|la presente)|durée de (?:la |cette )?(?:présente )?(?:licence|autorisation)|gültigkeit (?:dieser|der) (?:vollmacht|lizenz|genehmigung)|durata (?:della|dell')(?:presente )?(?:licenza|autorizzazione)|vigência d(?:esta|a presente)`),
		examples: "授权期限:|本授权书有效期|Authorization period:|This letter is valid until|The term of this authorisation is|许可使用期限自"},
	{name: "grant", strength: boundNamed, words: flex(`(?i)授权|许可|委托书|本(?:证明|函|协议|合同)|authori[sz]|licen[cs]e|\bletter\b|\bloa\b|agreement|we hereby|hereby|autoriza|autorisation|genehmigung|vollmacht|lizenz|autorizza|licenza|licencia|licença|permiso|разрешен|доверенност`),
		examples: "兹授权乙方使用至|hereby authorizes the grantee until"},
	{name: "former", words: flex(`(?i)(?:原|此前|之前|先前|以前|早先|前期|曾|已)(?:所)?(?:签署|签订|出具|签发|订立|达成)的[^。;,]{0,12}|(?:原|旧|老|前一?份|上一?份|此前|之前|先前|过往|历史|往期|已到期)(?:的|有|签署的|出具的|签订的)?(?:《)?(?:商标|品牌|版权)?(?:授权|许可|协议|合同|委托)` + termWords + `|(?:previous|prior|former|earlier|old|preceding|superseded|expired|last) (?:letter|authori[sz]ation|agreement|licen[cs]e|loa|version|certificate|one)(?: of authori[sz]ation)?(?: of| dated| period)?|(?:replaces?|supersedes?|cancels?|revokes?|renews?|renewal of|in place of|substitutes?) (?:and replaces )?(?:the|our|any|all|that)? ?(?:previous|prior|former|earlier|old)? ?(?:letter|authori[sz]ation|agreement|licen[cs]e|loa|one)s?(?: of authori[sz]ation)?(?: of| dated)?|(?:anterior|précédente?|ancienne|vorherige|frühere|bisherige|precedente) (?:autorización|carta|autorisation|licence|vollmacht|lizenz|autorizzazione|licenza|autorização)?`),
		examples: "双方此前签署的有效期至|之前出具的、有效期到|原授权书有效期至|上一份授权于|This replaces our letter of|the previous authorization expired on|旧的授权书"},
	{name: "trademark", validity: true, words: flex(`(?i)(?:注册)?商标(?:注册)?(?:证书?|证?号|名称|权)?|注册(?:证书?|证?号|有效期|日期?|公告)|专用权|专利|(?:作品|著作权|版权)(?:登记|证书)|登记(?:日期|证书?|号)|核准|初审公告|trade ?marks?|\bmark\b|registration|registered|patent|\bbrand\b|copyright certificate|marca|marque|marke\b|патент|товарн`),
		examples: "商标有效期至|商标注册证号:12345678,注册有效期至|Trademark valid until|trademark ACME (Reg. No. 123, valid until"},
	{name: "identity", words: flex(`(?i)身份证(?:件|号码?)?|护照|证件|居留|营业执照|经营期限|营业期限|法人证书|passport|id card|identity (?:card|document)|national id|residence permit|driving licen[cs]e|driver'?s? licen[cs]e|business licen[cs]e|dni\b|pasaporte|passeport|reisepass|personalausweis|carta d'identità|passaporto|паспорт`),
		examples: "法定代表人身份证有效期至|Passport of the director expires|营业执照经营期限至"},
	{name: "event", words: flex(`(?i)成立(?:于|日期)?|创立(?:于)?|创办(?:于)?|设立(?:于)?|创建于|始于|出生(?:于|日期)?|首次(?:发表|使用|公开)|创作完成|拍摄(?:于|日期|时间)|founded|established|incorporated|date of birth|\bborn\b|first (?:used|published)|created on|taken on|fundada|fondée|gegründet|fondata|основан`),
		examples: "我司成立于|Our company was founded on|出生日期:"},
	{name: "treaty", words: flex(`(?i)convention de la haye|hague convention|apostille|海牙|公约|convention|haager`),
		examples: "(Convention de La Haye du|《海牙公约》"},
	{name: "law", words: re(`(?i)《[^》\n]{0,40}(?:法|条例|规定|办法|规则|细则)》|(?:法|条例|规定|办法)(?:自|于|经)|修正|修订|施行|\b(?:act|law|regulation|directive|decree) (?:of|no)\b|\bgesetz\b|\bloi\b|\bley\b`),
		examples: "《中华人民共和国商标法》于|Directive of"},
	{name: "notary", words: flex(`(?i)公证(?:书|日期|处)?|认证(?:日期)?|notar(?:y|ial|i[sz]ed)|certified (?:at|on|by)|attested|legali[sz]ed`),
		examples: "公证日期:|Notarized on"},
	{name: "paper", words: flex(`(?i)发票|订单|票据|通知书?|处罚|违规|投诉|下载|打印|invoice|order (?:no|date)|printed|penalty|violation|template|版本|version|修改日期`),
		examples: "打印日期:|Invoice dated"},
}

// Words that decide between a thing and the use of it.
var (
	ownValidity = flex(`(?i)有效|期|注册|届满|到期|续展|专用|申请|公告|valid|expir|regist|protect|renew|granted|filed|issued|vigen|gültig|valable|scad|действ`)
	letUse      = flex(`(?i)(?:授权|许可|准许|允许|同意|授予)[^。;]{0,80}(?:使用|销售|经销|推广)|(?:authori[sz]e|licen[cs]e|permit|grant|allow|entitle|autoriza|autorise|ermächtig|berechtig|autorizza|разреша)[^;]{0,120}(?:use|sell|sale|distribut|promot|usar|utiliz|utilis|nutz|verwend|usare|vend|использ)`)
	aside       = re(`(?i)[(\[]|注册证?号|reg(?:istration)?\.? ?no`)
	resumed     = flex(`(?i)(?:,|and|which|that)\s*(?:now )?(?:is|are|shall|will|remains?)\s|(?:并且|并|且)[^。;]{0,6}有效|(?:this|the present|本)(?:letter|authori|授权)`)
	renewed     = flex(`(?i)现(?:续|将|延|重新)|续(?:签|期|约)|延(?:长|期|续)|extended|renewed|now valid|new (?:letter|term|period)`)
	formerAfter = re(`(?i)^ ?(?:的|止的|到期的)[^。;,]{0,24}(?:取代|替代|代替|作废|废止|不再有效)|^ ?(?:is|are|has been|have been|was|were) (?:hereby )?(?:replaced|superseded|cancel+ed|revoked|withdrawn)`)
	eventAfter  = re(`(?i)^ ?(?:注册|成立|设立|创立|核准|公告|出生|发表|施行|颁布|修正|申请注册|registered|published|born)`)
)

// certificateHead is a line that begins what others put behind a letter: the
// certificate of a notary, an apostille.
var certificateHead = flex(`(?i)^[^\p{L}]*(?:notarial (?:certificate|act|acknowledge?ment)|notary(?: public)?(?:'s)? certificate|certificate of (?:notar\w+|acknowledge?ment|authenticity|true copy)|acknowledge?ment|jurat|apostille|公 ?证 ?书|附加证明书|领事认证书?|认证书|acta notarial|testimonio notarial|acte notari[eé]|(?:attestation|certification|certificat) (?:notariale?|de(?: la)? signature)|certificat de notaire|l[eé]galisation(?: de(?: la)? signature)?|certificaci[oó]n (?:notarial|de firmas?)|legitimaci[oó]n (?:notarial )?de firmas?|legalizaci[oó]n(?: de firmas?)?|certificado notarial|notarielle? (?:urkunde|beglaubigung)|(?:unterschrifts)?beglaubigung(?:svermerk)?|atto notarile|autentic(?:a|azione)(?: (?:di|della) firma)?|reconhecimento de (?:firma|assinatura)|(?:удостоверительная|нотариальная) надпись|нотариальное (?:удостоверение|свидетельство)|noter (?:onay[ıi]|tasdik[iı]?|senedi))[^\p{L}]*$`)

// plainHead is a head that any paper may have: of a certificate where the page speaks
// of a notary or a solicitor, as those of Hong Kong do.
var (
	plainHead = re(`^[^\p{L}]*(?:证 ?明 ?书?|声 ?明 ?书|(?i:certificate|declaration))[^\p{L}]*$`)
	// notarys is how the text of a notary's certificate begins, whose head was misread.
	notarys   = re(`(?i)undersigned,? ?notary|notary ?public (?:of|in|for)|(?:subscribed|sworn|acknowledged)[^.]{0,30}(?:in ?my ?presence|before ?me)|soussign[eé]e?,?[^.]{0,40}\bnotaire\b|\byo,[^.]{0,60}\bnotari[oa]\b|\bich,[^.]{0,60}\bnotar(?:in)?\b|sottoscritt[oa],?[^.]{0,40}\bnotaio\b|\beu,[^.]{0,60}\btabeli(?:ão|ã|ao)\b|\bя,[^.]{0,60}нотариус`)
	certifier = re(`(?i)公证人|公证员|香港律师|律师行|notary|attesting officer|solicitor`)
)

// heads reports whether line i begins a certificate that others put behind a letter.
func (r *reader) heads(i int) bool {
	t := r.text
	if t.lines[i].Page < 2 {
		return false
	}
	if notarys.MatchString(t.norm[i]) {
		return true
	}
	if len(t.norm[i]) >= 80 {
		return false
	}
	if certificateHead.MatchString(t.norm[i]) {
		return true
	}
	if !plainHead.MatchString(t.norm[i]) {
		return false
	}
	for j := i + 1; j < len(t.norm) && t.lines[j].Page == t.lines[i].Page; j++ {
		if certifier.MatchString(t.norm[j]) {
			return true
		}
	}
	return false
}

// certificatePages lists the pages behind the first with such a line.
func (r *reader) certificatePages() []int {
	var out []int
	for i, l := range r.text.lines {
		if !slices.Contains(out, l.Page) && r.heads(i) {
			out = append(out, l.Page)
		}
	}
	return out
}

// certified reports whether a place is behind such a line on its page: what is dated
// there is the certificate, not the letter. On the first page it may stand below a
// letter.
func (r *reader) certified(s span) bool {
	at := r.text.index(s.from)
	for i := at - 1; i >= 0 && r.text.lines[i].Page == r.text.lines[at].Page; i-- {
		if r.heads(i) || len(r.text.norm[i]) < 80 && certificateHead.MatchString(r.text.norm[i]) {
			return true
		}
	}
	return false
}

// bind finds what a date is about from the words before it in its sentence and
// those right behind.
func bind(before, after string) binding {
	if eventAfter.MatchString(after) {
		return binding{subject: "event"}
	}
	if formerAfter.MatchString(after) {
		return binding{subject: "former"}
	}
	best, bestAt := -1, span{-1, -1}
	for i, s := range dateSubjects {
		for _, m := range s.words.FindAllStringIndex(before, 40) {
			at := span{m[0], m[1]}
			if s.validity && !ownValidity.MatchString(before[at.from:]) {
				continue
			}
			overlap := at.from < bestAt.to && bestAt.from < at.to
			if best < 0 || overlap && (at.from < bestAt.from || at.from == bestAt.from && at.to > bestAt.to) || !overlap && at.from >= bestAt.to {
				best, bestAt = i, at
			}
		}
	}
	if best < 0 {
		return binding{strength: boundUnnamed}
	}
	s := dateSubjects[best]
	if s.strength != boundOther {
		return binding{s.name, s.strength}
	}
	lead, between := before[:bestAt.from], before[bestAt.to:]
	switch s.name {
	case "trademark":
		// "authorises the use of the trademark ACME, valid until": of which of the two?
		if b := bind(lead, ""); b.subject == "grant" && resumed.MatchString(between) {
			return b // "this letter, for our brand, is valid until"
		}
		if letUse.MatchString(lead) && !aside.MatchString(between) {
			return binding{"grant", boundPerhaps}
		}
	case "former":
		// "replaces the former letter and is valid until" speaks of what it began with.
		if resumed.MatchString(between) || renewed.MatchString(between) {
			return binding{"grant", boundNamed}
		}
	}
	return binding{subject: s.name}
}

// Ends of a sentence, and lines that begin something new: "3.", "第三条", "二、",
// a label.
var (
	sentenceEnd = re(`[。；;!?！？]|\.[ \n]*\n|[a-z0-9)\]]\.[ \n]*[A-ZÀ-Ý("][a-z]`)
	abbreviated = re(`(?i)\b(?:no|nr|n|reg|co|ltd|inc|corp|art|dr|mr|ms|st|sec|cl|approx|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.$`)
	newItem     = re(`\n(?:[^:\n]{1,36}:|第?[一二三四五六七八九十\d]{1,3}[、.条款)]|[-•*·])`)
)

// sentence is the text before a date in its sentence, at most 240 bytes, line
// ends as blanks. Where the date is a cell of a table the cell to the left of it
// stands in front.
func (r *reader) sentence(w span) string {
	const most = 240
	t := r.text
	i := t.index(w.from)
	own := t.flow[t.starts[i]:w.from]
	const cell = 24 // characters of a label, and of what a cell holds beside its date
	const lead = 12 // and of what stands before the date in it: "from", 自签署之日
	if !strings.ContainsFunc(own, isWord) && len(t.norm[i]) <= 2*(w.to-w.from)+cell || utf8.RuneCountInString(own) <= lead && !strings.ContainsAny(own, ":,;。") {
		for _, label := range [...]int{t.leftOf(i), t.above(i)} { // of a row, of a column
			if label >= 0 && utf8.RuneCountInString(t.norm[label]) <= cell && strings.ContainsFunc(t.norm[label], isWord) {
				return t.norm[label] + ": " + own
			}
		}
	}
	from := max(0, w.from-most)
	before := t.flow[from:w.from]
	for len(before) > 0 && !utf8.RuneStart(before[0]) {
		before = before[1:]
	}
	cut := 0
	for _, m := range sentenceEnd.FindAllStringIndex(before, 40) {
		dot := strings.IndexByte(before[m[0]:m[1]], '.')
		if dot >= 0 && abbreviated.MatchString(before[:m[0]+dot+1]) {
			continue
		}
		end := m[1]
		if dot >= 0 {
			end = m[0] + dot + 1
		}
		cut = max(cut, end)
	}
	for _, m := range newItem.FindAllStringIndex(before, 40) {
		cut = max(cut, m[0]+1)
	}
	// A label that stands alone names what follows, on the next line too.
	return strings.TrimSpace(strings.ReplaceAll(before[cut:], "\n", " ")) + trailingBlank(before)
}

// trailingBlank keeps apart what a line end keeps apart.
func trailingBlank(s string) string {
	if strings.HasSuffix(s, "\n") || strings.HasSuffix(s, " ") {
		return " "
	}
	return ""
}

func isWord(c rune) bool {
	return c != '自' && c != '从' && c != '由' && (isHan(c) || c >= 'A' && c <= 'z')
}

// leftOf is the nearest line to the left of line i at the same height, −1 for
// none or where lines have no place.
func (t *text) leftOf(i int) int {
	l := t.lines[i]
	if l.Box[2] == 0 || l.Box[3] == 0 {
		return -1
	}
	best := -1
	for j, o := range t.lines {
		top, bottom := max(l.Box[1], o.Box[1]), min(l.Box[1]+l.Box[3], o.Box[1]+o.Box[3])
		if j == i || o.Page != l.Page || o.Box[0]+o.Box[2] > l.Box[0]+l.Box[3] || o.Box[2] == 0 || 2*(bottom-top) < min(l.Box[3], o.Box[3]) {
			continue
		}
		if best < 0 || o.Box[0] > t.lines[best].Box[0] {
			best = j
		}
	}
	return best
}
