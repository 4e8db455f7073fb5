package facts

import (
	"reflect"
	"slices"
	"strings"
	"time"
)

// Document is what a letter, form or other paper says and carries. The from tag
// says what a field depends on: text that was read, pages that were looked at, or
// the file alone (DocumentFields).
type Document struct {
	Pages            int              `json:"pages" from:"file" en:"number of pages" zh:"页数"`
	Kind             string           `json:"kind" privacy:"public" from:"text" en:"brand copyright portrait ai_licence sublicence commitment notice other" zh:"brand（品牌授权）copyright（版权授权）portrait（肖像授权）ai_licence（AI 商用授权）sublicence（转授权）commitment（承诺书）notice（违规通知）other（其他）"`
	Title            string           `json:"title" from:"text" en:"title line" zh:"标题行"`
	TextSource       string           `json:"text_source" privacy:"public" from:"file" en:"text_layer, recognised, both or none" zh:"text_layer（文字层）、recognised（文字识别）、both（两者都有）或 none（没有）"`
	Text             []DocLine        `json:"text" from:"text" en:"lines with page and box" zh:"各行文字，带页码和位置"`
	Language         string           `json:"language" privacy:"public" from:"text" en:"main language: zh en es fr de ru pt it …" zh:"主要语言：zh en es fr de ru pt it …"`
	Languages        []string         `json:"languages" privacy:"public" from:"text" en:"all languages with a noticeable share" zh:"占比明显的所有语言"`
	Dates            []DocDate        `json:"dates" from:"text" en:"every date found with what it means" zh:"找到的每个日期及其含义"`
	Grantor          DocParty         `json:"grantor" from:"text" en:"granting party" zh:"授权方"`
	Grantee          DocParty         `json:"grantee" from:"text" en:"party the rights are granted to" zh:"被授权方"`
	RightsHolder     DocParty         `json:"rights_holder" from:"text" en:"who the paper says owns the right; often the granting party" zh:"文中写明的权利人；常常就是授权方"`
	Parties          []DocNamed       `json:"parties" from:"text" en:"every name read for a role; grantor, grantee and rights_holder are the likeliest of them" zh:"为各方读到的所有名称；grantor、grantee、rights_holder 取其中最可能的"`
	Rights           []string         `json:"rights" from:"text" en:"rights granted" zh:"授予的权利"`
	Denied           []string         `json:"denied" from:"text" en:"rights withheld in so many words (commercial use is prohibited); may be granted elsewhere in the paper" zh:"文中明确不授予的权利（如不得用于商业用途）；可能在别处又授予"`
	Scope            string           `json:"scope" from:"text" en:"scope as written" zh:"授权范围，按原文"`
	Categories       []string         `json:"categories" from:"text" en:"product categories covered" zh:"涵盖的商品类目"`
	Brands           []string         `json:"brands" from:"text" en:"brands named" zh:"写到的品牌"`
	Registrations    []string         `json:"registrations" from:"text" en:"registration numbers" zh:"注册号"`
	Territory        []string         `json:"territory" from:"text" en:"territories" zh:"授权地域"`
	Platforms        []string         `json:"platforms" privacy:"public" from:"text" en:"marketplaces the grant is for: aliexpress amazon taobao …; any where it is for all" zh:"授权使用的平台：aliexpress amazon taobao …；不限平台时为 any"`
	Starts           time.Time        `json:"starts,omitzero" from:"text" en:"first day of validity (Beijing midnight)" zh:"有效期第一天（北京时间零点）"`
	Ends             time.Time        `json:"ends,omitzero" from:"text" en:"last day of validity (Beijing midnight)" zh:"有效期最后一天（北京时间零点）"`
	OpenEnded        bool             `json:"open_ended" from:"text" en:"valid without an end (for the long term, until revoked)" zh:"没有截止日期（长期有效、至撤销为止）"`
	Readings         []DocDate        `json:"readings" from:"text" en:"other ways to read starts, ends and signed_at (role open: renews itself): day and month the other way round, another end as sure" zh:"起始、截止、签署日期的其他读法（role 为 open 表示自动续期）：日月可能相反，或另有同样可信的截止日期"`
	Sublicense       string           `json:"sublicense" privacy:"public" from:"text" en:"allowed, forbidden or unstated" zh:"转授权：allowed（允许）、forbidden（禁止）或 unstated（没有写明）"`
	SignedAt         time.Time        `json:"signed_at,omitzero" from:"text" en:"date of signature" zh:"签署日期"`
	Seals            []Seal           `json:"seals" from:"page" en:"seals found" zh:"找到的公章"`
	Signatures       []Signature      `json:"signatures" from:"page" en:"handwritten signatures found" zh:"找到的手写签名"`
	Color            bool             `json:"color" from:"page" en:"the page has colour; a seal on a grey scan cannot be told by colour" zh:"页面有颜色；黑白扫描件上的公章无法按颜色认出"`
	Notarized        bool             `json:"notarized" from:"text" en:"notarization wording found" zh:"读到了公证字样"`
	Legalized        string           `json:"legalized" privacy:"public" from:"text" en:"none, apostille or consular" zh:"none（没有）、apostille（附加证明书）或 consular（领事认证）"`
	DigitalSignature DigitalSignature `json:"digital_signature" from:"file" en:"electronic signature of a PDF" zh:"PDF 的电子签名"`
	Encrypted        bool             `json:"encrypted" from:"file" en:"needs a password to be read" zh:"要密码才能读"`
	Edited           Judged           `json:"edited" from:"page" en:"traces of editing" zh:"修改过的痕迹"`
	Legibility       []Defect         `json:"legibility" from:"page" en:"blur, glare, cut-off edges, too small text" zh:"模糊、反光、缺边、字太小"`
	Turned           []Turn           `json:"turned" from:"page" en:"pages that lie on their side or upside down and were turned to be read; boxes on them are of the page set upright" zh:"横放或倒放、转正之后才读的页；这些页上的位置按转正后的页面计"`
	Unread           []string         `json:"unread" privacy:"public" from:"page" en:"why a page with print on it could not be read: sideways, upside_down, blur, dark, glare, small_text, or no_text where hardly any text was found" zh:"有字的页没有读出来的原因：sideways（横放）、upside_down（倒放）、blur（模糊）、dark（太暗）、glare（反光）、small_text（字太小），几乎没有找到文字时为 no_text"`
	CertificatePages []int            `json:"certificate_pages" from:"text" en:"pages behind the first that hold a notary's certificate or an apostille: what is sealed and signed there is not the letter" zh:"第一页之后载有公证书或附加证明书的页码：那里的章和签字不是授权书本身的"`
	PrintOnly        bool             `json:"print_only" from:"page" en:"nothing but print and ruled lines was seen: no stamp, pen or picture of any colour" zh:"页面上只看到印刷的文字和线条，没有任何颜色的印章、笔迹或图画"`
	SignPlaces       []SealPlace      `json:"sign_places" from:"page" en:"places where the paper asks for a signature; blank where no pen was there" zh:"要求签字的位置；没有笔迹时 blank 为 true"`
	SealPlaces       []SealPlace      `json:"seal_places" from:"page" en:"places where the paper asks for a seal" zh:"要求盖章的位置"`
	ViolationIDs     []string         `json:"violation_ids" from:"text" en:"violation IDs read" zh:"读到的违规编号"`
	ProductIDs       []string         `json:"product_ids" from:"text" en:"product IDs read" zh:"读到的商品 ID"`
	Timestamps       []DocDate        `json:"timestamps" from:"text" en:"dates with a time of day" zh:"带几点几分的日期"`
	NoticeTimes      []NoticeTime     `json:"notice_times" from:"text" en:"times whose meaning the notice tells: when the penalty took effect, the notice was sent, the appeal closes" zh:"通知上写明含义的时间：处罚生效、通知发送、申诉截止等"`
	States           []string         `json:"states" privacy:"public" from:"text" en:"violation states read (penalised, pending, lifted, warning): those beside their label, else badges, else words" zh:"读到的违规状态（penalised、pending、lifted、warning）：先看标签旁的，再看单独成行的，最后看文中的"`
	ViolationTypes   []string         `json:"violation_types" privacy:"public" from:"text" en:"violation types read, as in case.yaml; other for one that is no image violation" zh:"读到的违规类型，写法同 case.yaml；other 表示不是图片违规"`
	Marketplaces     []string         `json:"marketplaces" privacy:"public" from:"text" en:"marketplaces whose notice it is, as read: aliexpress lazada shopee amazon …" zh:"读到的通知所属平台：aliexpress lazada shopee amazon …"`
	Track            string           `json:"track" privacy:"public" from:"text" en:"ip_complaint where it says it is a rights holder's complaint" zh:"写明是权利人（知识产权）投诉时为 ip_complaint"`
	Blanks           []DocLine        `json:"blanks" from:"text" en:"places left to be filled in (____, 【 】, [name], a date without digits); confidence below 0.8 where a pen may have filled them" zh:"没有填写的地方（____、【 】、XXX公司、没有数字的年月日）；可能已用笔填写的，可信度低于 0.8"`
	PageNumbers      []PageNumber     `json:"page_numbers" from:"text" en:"page numbers printed that say of how many" zh:"印着的“第几页共几页”"`
	Boilerplate      []DocLine        `json:"boilerplate" from:"text" en:"stock phrases" zh:"套话"`
	Length           int              `json:"length" from:"text" en:"letters and Han characters" zh:"字母和汉字的个数"`
	Confidence       float64          `json:"confidence" from:"text" unit:"0..1" en:"mean confidence of the reading, 1 for a text layer" zh:"识别的平均可信度，文字层为 1"`
	Found            []DocFound       `json:"found" from:"text" en:"where each statement (starts, ends, grantor, territory …) was read" zh:"各项内容（starts、ends、grantor、territory …）是从哪里读到的"`
	PagesRead        int              `json:"pages_read" from:"file" en:"pages looked at; fewer than pages in a long document" zh:"看过的页数；页数多的文书会少于 pages"`
	Producer         string           `json:"producer" from:"file" en:"program that made the file, as it says" zh:"制作该文件的程序，按文件自己写的"`
	Revisions        int              `json:"revisions" from:"file" en:"how often a PDF was written to: 1 + incremental updates; 0 for pictures" zh:"PDF 被写入的次数：1 + 增量更新次数；图片为 0"`
}

// DocFound is where a statement of a document was read.
type DocFound struct {
	Field      string  `json:"field" en:"field of document it gave" zh:"由它得出的 document 字段"`
	Value      string  `json:"value" en:"value taken from it" zh:"从中取得的值"`
	Text       string  `json:"text" en:"as written" zh:"原文"`
	Page       int     `json:"page" en:"page, from 1" zh:"页码，从 1 起"`
	Confidence float64 `json:"confidence" unit:"0..1" en:"of the reading" zh:"识别的可信度"`
	Box        Box     `json:"box" unit:"px" en:"where" zh:"位置"`
}

// DocLine is one line of a document. Box is at 200 dpi.
type DocLine struct {
	Page       int     `json:"page" en:"page, from 1" zh:"页码，从 1 起"`
	Text       string  `json:"text" en:"as read" zh:"读到的原文"`
	Confidence float64 `json:"confidence" unit:"0..1" en:"of the reading" zh:"识别的可信度"`
	Box        Box     `json:"box" unit:"px" en:"where" zh:"位置"`
}

// Turn is how a page was set upright.
type Turn struct {
	Page    int `json:"page" en:"page, from 1" zh:"页码，从 1 起"`
	Degrees int `json:"degrees" unit:"°" en:"by how much it was turned clockwise: 90, 180 or 270" zh:"顺时针转了多少度：90、180 或 270"`
	Width   int `json:"width" unit:"px" en:"of the page as it lies" zh:"页面原样的宽度"`
	Height  int `json:"height" unit:"px" en:"of the page as it lies" zh:"页面原样的高度"`
}

// Back is where a box of the page set upright is on the page as it lies.
func (t Turn) Back(b Box) Box {
	switch t.Degrees {
	case 90:
		return Box{b[1], t.Height - b[0] - b[2], b[3], b[2]}
	case 180:
		return Box{t.Width - b[0] - b[2], t.Height - b[1] - b[3], b[2], b[3]}
	case 270:
		return Box{t.Width - b[1] - b[3], b[0], b[3], b[2]}
	}
	return b
}

// DocDate is a date with its role.
type DocDate struct {
	At         time.Time `json:"at" en:"the date (Beijing time)" zh:"日期（北京时间）"`
	Role       string    `json:"role" en:"starts ends signed issued other" zh:"starts（起始）ends（截止）signed（签署）issued（出具）other（其他）"`
	Text       string    `json:"text" en:"as written" zh:"原文"`
	Page       int       `json:"page" en:"page, from 1" zh:"页码，从 1 起"`
	Confidence float64   `json:"confidence" unit:"0..1" en:"of the reading" zh:"识别的可信度"`
	Box        Box       `json:"box" unit:"px" en:"where" zh:"位置"`
}

// NoticeTime is a time of a notice with its meaning.
type NoticeTime struct {
	Role       string    `json:"role" privacy:"public" en:"effective notified deadline violated lifted appealed, or remaining or window" zh:"effective（处罚生效）notified（通知发出）deadline（申诉截止）violated（违规发生）lifted（处罚解除）appealed（申诉提交）或 remaining（剩余时间）window（申诉期限多长）"`
	At         time.Time `json:"at,omitzero" en:"the time (Beijing); zero for remaining and window" zh:"时间（北京时间）；remaining 和 window 没有"`
	Day        bool      `json:"day" en:"only a day is given, no time of day" zh:"只写到日，没有几点几分"`
	Hours      float64   `json:"hours" unit:"h" en:"hours left when the page was captured, for remaining; hours given for the appeal, for window" zh:"remaining：截图时剩余的小时数；window：给申诉的小时数"`
	Label      string    `json:"label" en:"label beside it, empty in a sentence" zh:"旁边的标签，在句子里的为空"`
	Text       string    `json:"text" en:"as written" zh:"原文"`
	Page       int       `json:"page" en:"page, from 1" zh:"页码，从 1 起"`
	Confidence float64   `json:"confidence" unit:"0..1" en:"of the reading" zh:"识别的可信度"`
	Box        Box       `json:"box" unit:"px" en:"where" zh:"位置"`
}

// PageNumber is a printed page number.
type PageNumber struct {
	Number     int     `json:"number" en:"which page" zh:"第几页"`
	Of         int     `json:"of" en:"of how many" zh:"共几页"`
	Text       string  `json:"text" en:"as written" zh:"原文"`
	Page       int     `json:"page" en:"page, from 1" zh:"页码，从 1 起"`
	Confidence float64 `json:"confidence" unit:"0..1" en:"of the reading" zh:"识别的可信度"`
	Box        Box     `json:"box" unit:"px" en:"where" zh:"位置"`
}

// DocParty is a party named in a document.
type DocParty struct {
	Name       string  `json:"name" en:"as written" zh:"名称，按原文"`
	Country    string  `json:"country" en:"ISO 3166 alpha-2, empty where unknown" zh:"ISO 3166 两字母国家代码，不知道时为空"`
	Page       int     `json:"page" en:"page, from 1" zh:"页码，从 1 起"`
	Confidence float64 `json:"confidence" unit:"0..1" en:"of the reading" zh:"识别的可信度"`
	Box        Box     `json:"box" unit:"px" en:"where" zh:"位置"`
}

// DocNamed is a name that may be that of a party, and what speaks for it. One
// name that stands in several places is listed once a place.
type DocNamed struct {
	Role       string  `json:"role" en:"grantor grantee rights_holder" zh:"grantor（授权方或承诺方）grantee（被授权方）rights_holder（权利人）"`
	Name       string  `json:"name" en:"as written" zh:"名称，按原文"`
	Evidence   string  `json:"evidence" en:"label (after a label and a colon), row (beside or below a label), sentence, signature (the signature block), letterhead" zh:"label（标签和冒号之后）row（标签右边或下一行）sentence（句子中）signature（落款处）letterhead（抬头）"`
	Page       int     `json:"page" en:"page, from 1" zh:"页码，从 1 起"`
	Confidence float64 `json:"confidence" unit:"0..1" en:"of the reading" zh:"识别的可信度"`
	Weight     float64 `json:"weight" unit:"0..1" en:"how much its place speaks for the role" zh:"所在位置能说明这一角色的程度"`
	Box        Box     `json:"box" unit:"px" en:"where" zh:"位置"`
}

// Seal is a chop or stamp.
type Seal struct {
	Page       int     `json:"page" en:"page, from 1" zh:"页码，从 1 起"`
	Box        Box     `json:"box" unit:"px" en:"where" zh:"位置"`
	Color      string  `json:"color" en:"red, blue, black, or unknown on a page without colour" zh:"red（红）、blue（蓝）、black（黑），没有颜色的页面上为 unknown（未知）"`
	Shape      string  `json:"shape" en:"round, oval, square, rectangle or partial" zh:"round（圆形）、oval（椭圆）、square（方形）、rectangle（长方形）或 partial（不完整）"`
	Text       string  `json:"text" en:"name on the ring, where it could be read" zh:"外圈上的名称，能读出时才有"`
	Surely     float64 `json:"surely" unit:"0..1" en:"mean confidence with which the ring's characters were read" zh:"外圈文字识读的平均可信度"`
	Of         string  `json:"of" privacy:"public" en:"whose name the ring has: grantor, grantee, or empty where it could not be told" zh:"外圈上是谁的名称：grantor（授权方）、grantee（被授权方），看不出为空"`
	Confidence float64 `json:"confidence" unit:"0..1" en:"that it is a seal" zh:"确实是公章的可信度"`
}

// SealPlace is where a paper asks for a seal or a signature.
type SealPlace struct {
	Page  int    `json:"page" en:"page, from 1" zh:"页码，从 1 起"`
	Label string `json:"label" en:"the line that asks for it" zh:"要求盖章的那一行"`
	Box   Box    `json:"box" unit:"px" en:"of the label" zh:"这一行的位置"`
	Blank bool   `json:"blank" en:"the paper around it is blank but for print, and its colour would show a seal" zh:"周围除印刷文字外是空白，而且页面有颜色，有章就看得出"`
}

// Signature is handwriting where a signature belongs.
type Signature struct {
	Page       int     `json:"page" en:"page, from 1" zh:"页码，从 1 起"`
	Box        Box     `json:"box" unit:"px" en:"where" zh:"位置"`
	Confidence float64 `json:"confidence" unit:"0..1" en:"that it is one" zh:"确实是签名的可信度"`
	Near       string  `json:"near" en:"the label it stands by, where one was read" zh:"它旁边的标注文字，读到时才有"`
}

// DigitalSignature of a PDF.
type DigitalSignature struct {
	Present       bool      `json:"present" en:"the file carries a signature" zh:"文件带有签名"`
	Count         int       `json:"count" en:"how many" zh:"签名的个数"`
	Valid         bool      `json:"valid" en:"the digest and the signature verify for every one" zh:"每个签名的摘要和签名值都验证通过"`
	Checked       bool      `json:"checked" en:"it could be checked at all" zh:"签名能够验证"`
	Signer        string    `json:"signer" en:"name in the signing certificate" zh:"签名证书中的名称"`
	SignedAt      time.Time `json:"signed_at,omitzero" en:"signing time stated" zh:"签名中写的签署时间"`
	ChangedSince  bool      `json:"changed_since" en:"what one of the signatures covers is shown otherwise now" zh:"某个签名所覆盖的内容，现在显示的已经不同"`
	ChangedPages  []int     `json:"changed_pages" en:"pages concerned, from 1" zh:"涉及的页码，从 1 起"`
	AddedSince    []string  `json:"added_since" privacy:"public" en:"what came after a signature without changing what it covers: validation_data signature form_values annotations; for a person to look at: unasked_additions overwritten_values not_compared" zh:"签名之后加入、但没有改动签名内容的东西：validation_data（验证数据）signature（签名）form_values（表单内容）annotations（批注）；需要人看的：unasked_additions（未经许可的批注等）overwritten_values（改写了已填的表单）not_compared（没有比较完）"`
	CoversWhole   bool      `json:"covers_whole" en:"the last signature covers the whole file" zh:"最后一个签名覆盖整个文件"`
	FailureReason string    `json:"failure_reason" en:"why it does not verify" zh:"验证不通过的原因"`
}

// Defect is a spot that a reviewer could not read.
type Defect struct {
	Kind       string  `json:"kind" en:"blur glare cut_off small_text dark" zh:"blur（模糊）glare（反光）cut_off（缺边）small_text（字太小）dark（太暗）"`
	Page       int     `json:"page" en:"page, from 1" zh:"页码，从 1 起"`
	Box        Box     `json:"box" unit:"px" en:"where" zh:"位置"`
	Value      float64 `json:"value" en:"measured value" zh:"测得的数值"`
	Confidence float64 `json:"confidence" unit:"0..1" en:"how sure" zh:"可信度"`
}

// Links are the addresses that a text file lists, as of the penalised pictures.
type Links struct {
	Addresses []string `json:"addresses" en:"addresses beginning with http, in their order" zh:"以 http 开头的网址，按先后顺序"`
	Only      bool     `json:"only" en:"the file holds nothing else but labels and numbers" zh:"除网址外只有标签和编号"`
}

// Table is an upload log or another table of rows.
type Table struct {
	Rows    int      `json:"rows" en:"data rows" zh:"数据行数"`
	Columns []string `json:"columns" en:"header cells" zh:"表头各列"`
	TimeKey string   `json:"time_column" en:"header of the column with upload times, empty where none was found" zh:"上传时间那一列的表头，没有找到时为空"`
	// DayMonthOpen leaves First and what follows from the times unset.
	DayMonthOpen bool      `json:"day_month_open" en:"nothing in the column tells 3/4/2026 in March from 3/4/2026 in April, so the times were not used" zh:"这一列分不清 3/4/2026 是 3 月还是 4 月，时间没有采用"`
	First        time.Time `json:"first,omitzero" en:"earliest time in the table" zh:"表中最早的时间"`
	Last         time.Time `json:"last,omitzero" en:"latest time in the table" zh:"表中最晚的时间"`
	DaysSpan     int       `json:"days_span" unit:"days" en:"calendar days from first to last, both counted" zh:"从 first 到 last 的自然日数，首尾都算"`
	DaysEmpty    int       `json:"days_empty" unit:"days" en:"days between without a row" zh:"其间没有记录的天数"`
	BulkPeak     int       `json:"bulk_peak" en:"most rows within ten minutes" zh:"十分钟内最多的行数"`
	BulkAt       time.Time `json:"bulk_at,omitzero" en:"when that was" zh:"那是什么时候"`
	Cameras      []string  `json:"cameras" en:"cameras named by maker and model, as written" zh:"写到的相机（品牌和型号），按原文"`
	Serials      []string  `json:"serials" en:"serial numbers of camera bodies named, in capitals" zh:"写到的机身序列号，大写"`
	Shots        []Shot    `json:"shots" en:"pictures named with the day they were taken on" zh:"写到的图片及其拍摄日期"`
	People       []string  `json:"people" en:"people named as models, as written" zh:"写为模特的人名，按原文"`
	BadRows      int       `json:"bad_rows" en:"rows whose time could not be read" zh:"时间读不出来的行数"`
}

// Shot is a picture as a log of the shooting names it.
type Shot struct {
	File string    `json:"file" en:"its name without the extension, in capitals" zh:"文件名，不带扩展名，大写"`
	Day  time.Time `json:"day" en:"the day, as written (midnight)" zh:"写的日期（零点）"`
}

// Unset lists those of DocumentFields that hold nothing.
func (d *Document) Unset(from ...string) []string {
	v := reflect.ValueOf(d).Elem()
	var out []string
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		if v.Field(i).IsZero() && slices.Contains(DocumentFields(from...), name) {
			out = append(out, name)
		}
	}
	return out
}

// DocumentFields lists the fields of Document, by name, that depend on one of
// the given sources: text, page or file.
func DocumentFields(from ...string) []string {
	var out []string
	t := reflect.TypeFor[Document]()
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		for _, source := range from {
			if t.Field(i).Tag.Get("from") == source {
				out = append(out, name)
			}
		}
	}
	return out
}
