package cases

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/lang"
)

// Families of violations, as case.yaml's types.
var families = [...][]string{
	{"stolen_image", "infringement"},
	{"brand_logo"},
	{"watermark", "contact"},
}

// Grounds of appeal.
var grounds = [...]string{"misjudged", "authorized", "rectified"}

// Media a paper is handed in as.
const (
	scan       = "scan"            // a flat scan, JPEG
	scanPNG    = "scan as PNG"     //
	tilted     = "tilted scan"     //
	photo      = "photograph"      // on a desk, a little turned
	shadow     = "photo in shadow" //
	pdfScan    = "PDF of a scan"   //
	pdfText    = "PDF with text"   // text layer, seal and signature as pictures
	pdfSearch  = "searchable PDF"  // a scan with the recognised text under it
	wordFile   = "Word file"       //
	grayScan   = "scan without colour"
	photoEdges = "photo that cuts an edge" // of the paper, not of its text: whether that is complete a person must say
)

// Layouts of a letter.
const (
	prose      = "prose"
	thanks     = "with the rights holder's permission" // 经权利人…许可
	table      = "table"                               // label and value in columns, no colons
	colons     = "list with colons"
	bilingual  = "two languages in columns"
	handForm   = "form filled by hand"
	agreement  = "agreement of two parties"
	proseEN    = "prose, English"
	tableEN    = "table, English"
	colonsEN   = "list with colons, English"
	proseLatin = "prose, another language"
)

// wish is what a class wants of the case it is planted in; empty fields are
// left to chance.
type wish struct {
	family, ground string
	hops           int
	kind           string // of the letters: brand, copyright
	layouts        []string
	media          []string
	people, ai     bool
	foreign        bool
	chinese        bool // every party
	site           string
	caseFile       string // full or sparse
}

// plan is all that is true of a case before it is drawn.
type plan struct {
	rng        *rand.Rand
	seed       uint64
	now        time.Time
	ground     string
	violation  string // type
	state      string
	market     string
	store      party
	storeID    string
	product    string
	category   string
	sites      []string
	violID     string
	effective  time.Time
	notified   time.Time
	deadline   time.Time // on the notice; zero for none
	brand      string
	registered string
	letters    []*letter
	said       []letter // what case.yaml says of them
	commitment commitment
	notice     notice
	pictures   pictureSet
	sparse     bool // case.yaml gives of letters what they are for alone
	people     bool
	aiTool     string
	folders    map[string]string
	statement  string // empty for none
	log        bool
	logDays    int
	evidence   bool
	undated    bool                // the evidence shows no time
	yaml       func(string) string // changes case.yaml, nil for none
}

// sealMark is a seal and how it lies.
type sealMark struct {
	shape  string // round oval square; empty for none
	ink    string // red faint black
	name   string // on it
	number string
	on     string // beside, name, sign
	person bool   // a name chop
}

// signMark is a signature and how it lies.
type signMark struct {
	style int    // of the hand: a scrawl, letters of a hand, running strokes
	who   string // empty for none
	ink   string // blue black
	on    string // beside, across, inside (of the seal)
}

// flaw is what happened to the paper on its way to a file.
type flaw struct {
	blur      int
	cutBottom bool // the lower third lies outside of the picture
	cutRight  bool
	glare     bool // over the seal
	glareName bool
	empty     bool // nothing was written of the file
	half      bool // the upload broke off
	retouched bool // the date was painted over and set anew
	turned    int  // quarters that the sheet lies turned by
	dropPage  int  // page that is missing, from 1
	claims    int  // pages the footers speak of
}

// letter is an authorization letter and the paper it stands on.
type letter struct {
	id, kind         string
	file             string
	grantor, grantee party
	holder           *party // named as rights holder, where the grantor is an agent
	brand, reg       string
	work             string // of a copyright letter
	goods            word
	categories       []string
	territory        word
	platform         word
	starts, ends     time.Time
	open             bool
	signed           time.Time
	sublicense       bool
	sublicenseSaid   bool
	layout           string
	wording          int // which of the wordings of the layout
	dates            int // style
	media            string
	seal             sealMark
	sign             signMark
	flaw             flaw
	regTerm          bool // the registration's own term beside the letter's
	idTerm           bool // the signer's ID card and its term
	oldLetter        bool // the letter this one replaces, and its term
	noTitle, noDate  bool
	blanks           bool
	apostille        bool
	notary           bool
	appendix         int // pages of conditions that follow
	previous         string
	language         string // of proseLatin: es fr
	extra            string // a sentence of its own, in the letter's language
	omitTerm         bool
	ambiguous        bool // the term's dates are written 03/12/2026, day and month alike
	omitGrantee      bool
	noncommercial    bool
	editor           string // program the file says it was made by
	letterhead       bool   // name, address and telephone at the head of the page
	number           bool   // the letter has a number
	translation      string // of a further page: es fr
	attested         bool   // Hong Kong: by a China-Appointed Attesting Officer
	copySeal         bool   // the shop's "same as the original" and its seal at the foot
}

// commitment is the commitment letter.
type commitment struct {
	company   party
	signer    string
	violation string
	product   string
	date      time.Time
	layout    int
	media     string
	seal      sealMark
	sign      signMark
	flaw      flaw
	title     string
	noDate    bool
	blanks    bool
	file      string
}

// notice is the capture of the violation's page.
type notice struct {
	layout    int
	violation string
	product   string
	kind      word
	state     word
	effective time.Time
	notified  time.Time
	deadline  time.Time
	captured  time.Time
	market    string
	hideID    bool
	hideTime  bool
	complaint bool
	file      string
	blur      int
}

const dayLength = 24 * time.Hour

// newPlan is a clean case as wished for.
func newPlan(rng *rand.Rand, seed uint64, w wish) *plan {
	p := &plan{rng: rng, seed: seed, state: "penalised", market: "aliexpress", folders: folders(rng)}
	p.now = day(2026, 11, 10).Add(time.Duration(rng.IntN(30))*dayLength + 10*time.Hour)
	for i := range families {
		if f := families[(i+rng.IntN(3))%3]; p.violation == "" {
			p.violation = pick(rng, f)
		}
	}
	if w.family != "" {
		p.violation = w.family
	}
	p.ground = pick(rng, grounds[:])
	if w.ground != "" {
		p.ground = w.ground
	}
	p.store = chinese(rng, true)
	p.storeID = "11" + digits(rng, 8)
	p.product = "10050" + digits(rng, 11)
	p.category = pick(rng, []string{"drinkware/mugs", "home/drinkware", "kitchen/mugs", "家居/杯具"})
	p.sites = []string{"global"}
	if w.site != "" {
		p.sites = append(p.sites, w.site)
	}
	p.effective = p.now.Add(-time.Duration(20+rng.IntN(60))*time.Hour - time.Duration(rng.IntN(60))*time.Minute).Truncate(time.Minute)
	p.notified = p.effective.Add(time.Duration(1+rng.IntN(25)) * time.Minute)
	p.violID = "WG" + p.effective.Format("20060102") + digits(rng, 6)
	p.brand, p.registered = pick(rng, brands()), digits(rng, 8)
	p.sparse = w.caseFile == "sparse" || w.caseFile == "" && chance(rng, 25)
	p.logDays = 32
	p.log, p.evidence = chance(rng, 60), p.ground == "misjudged" || chance(rng, 30)
	p.pictures = picturesOf(p.ground, p.violation)
	p.commitment = newCommitment(rng, p)
	p.notice = newNotice(rng, p)
	if p.ground == "authorized" {
		p.chain(w)
	}
	if p.ground == "authorized" && w.site == "" && len(w.layouts) == 0 && len(w.media) == 0 && chance(rng, 10) {
		p.translated(pick(rng, []string{"es", "fr"}))
	}
	if w.people || w.ground == "" && chance(rng, 12) {
		p.people = true
		p.letters = append(p.letters, p.portrait(w))
	}
	if w.ai {
		p.aiTool = pick(rng, []string{"Midjourney", "Adobe Firefly", "Jimeng AI"})
		p.letters = append(p.letters, p.aiLicence())
	}
	p.statement = statementOf(p)
	return p
}

// folders are the names of the case's folders: by kind, in one language.
func folders(rng *rand.Rand) map[string]string {
	en := map[string]string{"notice": "notice", "violating": "violating", "source": "source", "companion": "companion", "authorization": "authorization",
		"commitment": "commitment", "replacement": "replacement", "evidence": "evidence", "upload_log": "upload_log", "statement": "statement", "ai_licence": "ai_licence"}
	zh := map[string]string{"notice": "违规通知", "violating": "违规图", "source": "原图", "companion": "套图花絮", "authorization": "授权书",
		"commitment": "承诺书", "replacement": "替换图", "evidence": "证据", "upload_log": "上传日志", "statement": "申诉理由", "ai_licence": "AI授权"}
	if chance(rng, 50) {
		return zh
	}
	return en
}

// chain makes the letters of an authorized case: rights holder, agents, shop.
func (p *plan) chain(w wish) {
	rng := p.rng
	hops := 1 + rng.IntN(3)
	if w.hops > 0 {
		hops = w.hops
	}
	kind := "copyright"
	if p.violation == "brand_logo" {
		kind = "brand"
	}
	if w.kind != "" {
		kind = w.kind
	}
	holder := chinese(rng, false)
	if !w.chinese && !w.foreign && len(w.layouts) == 0 && len(w.media) == 0 && chance(rng, 6) {
		holder = hongKong(rng)
	}
	if w.foreign || !w.chinese && chance(rng, 25) {
		holder = foreign(rng)
	}
	if kind == "copyright" && holder.country == "CN" && w.hops == 0 && chance(rng, 25) {
		holder, hops = natural(rng), 1
	}
	parties := []party{holder}
	for len(parties) < hops {
		parties = append(parties, chinese(rng, false))
	}
	parties = append(parties, p.store)
	starts := day(p.now.Year(), 1, 1).AddDate(-1, rng.IntN(8), 0)
	ends := starts.AddDate(3, 0, -1)
	for i := range hops {
		l := p.letter(w, kind, parties[i], parties[i+1])
		l.id = fmt.Sprintf("LOA-%d", i+1)
		// Every hop lies inside of the one above.
		l.starts, l.ends = starts.AddDate(0, i, 0), ends.AddDate(0, -2*i, 0)
		l.signed = l.starts.AddDate(0, 0, -rng.IntN(20))
		l.sublicense = i < hops-1
		if i > 0 {
			l.previous, l.holder = fmt.Sprintf("LOA-%d", i), &parties[0]
			if l.layout == prose && chance(rng, 60) {
				l.layout = thanks
			}
		}
		p.letters = append(p.letters, l)
	}
}

// letter is a letter from one party to another, clean.
func (p *plan) letter(w wish, kind string, from, to party) *letter {
	rng := p.rng
	l := &letter{kind: kind, grantor: from, grantee: to, brand: p.brand, reg: p.registered, wording: rng.IntN(100), dates: rng.IntN(5), sublicenseSaid: true,
		goods: pick(rng, goods()), territory: pick(rng, []word{{"全球", "worldwide"}, {"全球范围内", "worldwide"}, {"全世界", "all countries"}}),
		platform:   pick(rng, []word{{"速卖通（AliExpress）", "AliExpress"}, {"AliExpress 全球速卖通平台", "the AliExpress marketplace"}}),
		categories: []string{pick(rng, []string{"drinkware", "home", "kitchen", "家居"})}}
	l.categories[0] = firstOf(p.category)
	if kind == "copyright" {
		l.work = pick(rng, []string{"马克杯系列产品摄影图片", "陶瓷杯商品摄影作品", "杯具产品拍摄图片"})
	}
	layouts := []string{prose, table, colons, bilingual, handForm, agreement, proseEN, tableEN, colonsEN}
	switch {
	case from.zh == "" || to.zh == "":
		layouts = []string{proseEN, tableEN, colonsEN, proseEN}
	case chance(rng, 70):
		layouts = []string{prose, table, colons, bilingual, handForm, agreement}
	}
	if len(w.layouts) > 0 {
		layouts = w.layouts
	}
	l.layout = pick(rng, layouts)
	media := []string{scan, tilted, photo, shadow, pdfScan, pdfText, pdfSearch, scan, scanPNG}
	if len(w.media) > 0 {
		media = w.media
	}
	l.media = pick(rng, media)
	l.attested = from.country == "HK"
	if l.attested {
		l.media = pick(rng, []string{pdfScan, pdfSearch})
	}
	if from.country != "CN" && from.country != "HK" {
		l.apostille, l.notary = true, true
		l.media = pick(rng, []string{pdfScan, pdfText, pdfSearch}) // what it was legalized with are further pages
	}
	l.seal, l.sign = p.marks(from, l.english())
	l.regTerm = kind == "brand" && chance(rng, 35)
	l.idTerm = from.natural || chance(rng, 15)
	l.oldLetter = chance(rng, 12)
	if l.media == pdfScan || l.media == pdfText || l.media == pdfSearch {
		l.appendix = rng.IntN(2)
	}
	l.letterhead, l.number, l.copySeal = chance(rng, 20) && !from.natural, chance(rng, 25), chance(rng, 10) && kind != "portrait"
	l.file = pick(rng, []string{"授权书", "letter", "LOA", "授权"}) + digits(rng, 3)
	return l
}

func firstOf(path string) string {
	for i, r := range path {
		if r == '/' {
			return path[:i]
		}
	}
	return path
}

func (l *letter) english() bool {
	return l.layout == proseEN || l.layout == tableEN || l.layout == colonsEN
}

// marks are seal and signature of a party. Chinese businesses seal; a person
// and a foreign company sign, the latter at times with a stamp.
func (p *plan) marks(from party, english bool) (sealMark, signMark) {
	rng := p.rng
	s := sealMark{shape: "round", ink: "red", name: strings.TrimSuffix(from.zh, "（个体工商户）"), on: pick(rng, []string{"beside", "name", "name", "sign"})}
	if chance(rng, 50) {
		s.number = "44030" + digits(rng, 8)
	}
	sign := signMark{style: rng.IntN(3), who: from.person.zh, ink: pick(rng, []string{"blue", "black", "black"}), on: "beside"}
	switch {
	case from.natural:
		s = sealMark{}
		if chance(rng, 20) {
			s = sealMark{shape: "square", ink: "red", name: from.zh, on: "beside", person: true}
		}
	case from.country != "CN" && from.zh == "":
		s = sealMark{}
		sign.who, sign.style = from.person.en, 0
		if chance(rng, 30) {
			s = sealMark{shape: "oval", ink: pick(rng, []string{"blue", "red"}), name: from.en, on: "beside"}
		}
	default:
		switch n := rng.IntN(20); {
		case n < 3:
			s.shape = "oval"
		case n < 5:
			s.shape = "square"
		}
		if chance(rng, 15) {
			s.ink = "faint"
		}
		if english && sign.style == 1 {
			sign.style = 2
		}
	}
	if s.shape != "" && s.on == "sign" {
		sign.on = pick(rng, []string{"across", "inside"})
	}
	return s, sign
}

// translated has the case sold on a site of another language, and every letter
// a page in it.
func (p *plan) translated(language string) {
	p.sites = append(p.sites, language)
	for _, l := range p.letters {
		l.translation = language
		if l.media != pdfText {
			l.media = pdfScan
		}
	}
}

// portrait is the release of a model.
func (p *plan) portrait(w wish) *letter {
	w.layouts = nil
	l := p.letter(w, "portrait", natural(p.rng), p.store)
	l.layout = pick(p.rng, []string{prose, colons, handForm, table})
	l.id, l.starts = "REL-1", day(p.now.Year(), 2, 1+p.rng.IntN(20))
	l.ends = l.starts.AddDate(3, 0, -1)
	l.signed, l.idTerm, l.regTerm, l.oldLetter, l.sublicenseSaid = l.starts, true, false, false, false
	l.file = pick(p.rng, []string{"模特肖像授权", "model-release"})
	return l
}

// aiLicence is the licence of an AI tool.
func (p *plan) aiLicence() *letter {
	tool := party{zh: "", en: p.aiTool + " Services Inc.", country: "US", person: word{"", ""}}
	l := &letter{id: "AI-1", kind: "ai_licence", grantor: tool, grantee: p.store, layout: proseEN, media: pdfText, file: "licence", starts: p.now.AddDate(0, -5, 0).Truncate(dayLength),
		ends: p.now.AddDate(0, 7, 0).Truncate(dayLength), signed: p.now.AddDate(0, -5, 0).Truncate(dayLength)}
	return l
}

// newCommitment is the commitment letter of a case, clean.
func newCommitment(rng *rand.Rand, p *plan) commitment {
	c := commitment{company: p.store, signer: p.store.person.zh, violation: p.violID, product: p.product, date: p.effective.Add(dayLength / 2), layout: rng.IntN(commitmentLayouts),
		media: pick(rng, []string{scan, scan, tilted, photo, shadow, pdfScan, pdfSearch, scanPNG}), title: "图片合规承诺书", file: pick(rng, []string{"承诺书", "commitment", "图片合规承诺书"})}
	c.date = time.Date(c.date.Year(), c.date.Month(), c.date.Day(), 0, 0, 0, 0, lang.Beijing())
	c.seal, c.sign = p.marks(p.store, false)
	return c
}

// newNotice is the capture of the violation's page, clean.
func newNotice(rng *rand.Rand, p *plan) notice {
	n := notice{layout: rng.IntN(noticeLayouts), violation: p.violID, product: p.product, kind: violationWords(rng, p.violation), state: word{"已处罚", "Penalised"},
		effective: p.effective, notified: p.notified, captured: p.now.Add(-time.Duration(1+rng.IntN(9)) * time.Hour), market: "aliexpress", file: pick(rng, []string{"通知截图", "notice", "违规通知"})}
	if chance(rng, 50) {
		n.deadline = p.effective.Add(7 * dayLength)
		p.deadline = n.deadline
	}
	return n
}

// violationWords are words of the notice for a type of violation.
func violationWords(rng *rand.Rand, kind string) word {
	return pick(rng, map[string][]word{
		"stolen_image":  {{"盗用他人图片", "Stolen image"}, {"图片盗用", "Image theft"}, {"盗图", "Stolen image"}},
		"infringement":  {{"图片侵权", "Image infringement"}, {"图片侵犯著作权", "Copyright infringement of images"}},
		"brand_logo":    {{"图片含他人品牌标识", "Brand logo in image"}, {"图片冒用品牌", "Unauthorized brand logo in image"}},
		"watermark":     {{"图片水印不符合要求", "Watermark in image"}, {"图片含违规水印", "Image watermark violation"}},
		"contact":       {{"图片含联系方式", "Contact information in image"}},
		"ai_unlabelled": {{"AI图片未标注", "AI image without label"}, {"AI 生成图片未标注", "Unlabelled AI-generated image"}},
	}[kind])
}
