// Package casefile is case.yaml: its types, reading it and what it refers to,
// the template a new one starts from, adding to one without touching the rest,
// and its schema. It looks at no other file; pkg/material finds and opens it.
//
// It may import pkg/config and pkg/lang.
package casefile

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/aecheck/aecheck/pkg/config"
)

// File is case.yaml as read. Every key is optional; which ones were given
// is asked with Has. Times without an offset are Beijing time. The json, enum, pattern
// and zh/en tags are what pkg/material reads and what the JSON Schema is made
// from.
type File struct {
	SchemaVersion int            `json:"schema_version" zh:"格式版本,目前为 1" en:"schema version, 1"`
	Store         Store          `json:"store" zh:"店铺" en:"the shop"`
	Product       Product        `json:"product" zh:"被处罚的商品" en:"the penalised product"`
	Violation     Violation      `json:"violation" zh:"违规通知的内容" en:"what the notice says"`
	Appeal        Appeal         `json:"appeal" zh:"申诉" en:"the appeal"`
	History       []PastCase     `json:"history" zh:"以往的违规" en:"earlier violations"`
	Images        []Image        `json:"images" zh:"图片说明:仅在文件夹或文件名说明不了时填写" en:"pictures, where folder or name do not say it"`
	Originals     Originals      `json:"originals" zh:"原图存放处" en:"where the originals are kept"`
	AI            AIUse          `json:"ai" zh:"AI 使用情况" en:"use of AI"`
	People        People         `json:"people" zh:"图中人物" en:"people shown"`
	Brands        Brands         `json:"brands" zh:"品牌" en:"brands"`
	Letters       []Letter       `json:"letters" zh:"授权书" en:"authorization letters"`
	Evidence      []EvidenceItem `json:"evidence" zh:"证据" en:"evidence"`
	UploadLog     UploadLog      `json:"upload_log" zh:"近 30 天图片上传日志" en:"image upload log of the last 30 days"`
	Files         []Placing      `json:"files" zh:"文件夹和文件名说不清或说错时，文件算哪一类材料；同一个文件写了几次，以最后一次为准" en:"which kind of material a file is where folder and name do not say it or say it wrongly; of several entries for a file the last one counts"`
	Confirmations []Confirmation `json:"confirmations" zh:"人工确认:把「需人工查看」确认为通过,或推翻判错的「不通过」" en:"confirmations: turn a review into a confirmed pass, or overrule a fail that is wrong"`

	keys   map[string]bool
	absent []string
}

// Absent lists the files that case.yaml names and that are not in the folder, each
// once, in the order of the file.
func (c *File) Absent() []string {
	if c == nil {
		return nil
	}
	return slices.Clone(c.absent)
}

// SetAbsent records which files it names are not in the folder.
func (c *File) SetAbsent(files []string) { c.absent = files }

// Has reports whether the key was given (not null), e.g.
// "violation.effective_at".
func (c *File) Has(key string) bool { return c != nil && c.keys[key] }

// Keys lists the keys that were given, sorted; nil where that is not known.
func (c *File) Keys() []string {
	if c == nil || c.keys == nil {
		return nil
	}
	out := make([]string, 0, len(c.keys))
	for key, given := range c.keys {
		if given {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return out
}

// SetKeys records which keys were given.
func (c *File) SetKeys(keys map[string]bool) { c.keys = keys }

// Store is the shop.
type Store struct {
	ID         string    `json:"id" zh:"店铺 ID(水印 AE- 之后的数字)" en:"shop ID, the digits after AE- in a watermark" pattern:"^[0-9]{4,20}$"`
	Type       string    `json:"type" enum:"company,individual" names:"企业店|企业|公司|企业店铺,个人店|个人|个体户" zh:"企业店或个人店" en:"company or individual"`
	Name       Bilingual `json:"name" zh:"店铺主体名称" en:"name of the company or person"`
	CreditCode string    `json:"credit_code" zh:"营业执照上的统一社会信用代码（18 位），文件上名称看不清时用它认" en:"unified social credit code of the licence (18 characters): tells the company where its name cannot be read on a paper" pattern:"^[0-9A-HJ-NPQRTUWXY]{18}$"`
	OtherNames []string  `json:"other_names" zh:"比对被授权方和公章时也接受的名称" en:"names also accepted as grantee or on a seal"`
	Level      int       `json:"level" zh:"店铺等级 Lv.,仅供参考" en:"shop level, informs only"`
}

// Bilingual is a name in Chinese and English.
type Bilingual struct {
	ZH string `json:"zh" zh:"中文" en:"Chinese"`
	EN string `json:"en" zh:"英文" en:"English"`
}

// SetShort takes a name written alone: a Chinese one where it has a Chinese
// character.
func (b *Bilingual) SetShort(name string) (key string) {
	if strings.ContainsFunc(name, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		b.ZH = name
		return "zh"
	}
	b.EN = name
	return "en"
}

// Product is the penalised product.
type Product struct {
	ID            string    `json:"id" zh:"商品 ID" en:"product ID"`
	Category      string    `json:"category" zh:"类目路径,如 apparel/dresses" en:"category path, e.g. apparel/dresses"`
	Sites         []string  `json:"sites" zh:"站点,如 global es fr" en:"sites, e.g. global es fr"`
	ListedAt      time.Time `json:"listed_at,omitzero" zh:"上架时间" en:"when it was listed"`
	OtherListings []string  `json:"other_listings" zh:"店内使用相同图片的其他商品 ID" en:"other listings of the shop with the same pictures"`
	SKUs          []SKU     `json:"skus" zh:"SKU" en:"SKUs"`
}

// SKU is one variant of the product.
type SKU struct {
	ID   string `json:"id" zh:"SKU 编号" en:"SKU id"`
	Name string `json:"name" zh:"SKU 名称" en:"SKU name"`
}

// SetShort takes an SKU written alone: its name where that is Chinese or has
// blanks, else its number.
func (s *SKU) SetShort(text string) (key string) {
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) || r == ' ' }) {
		s.Name = text
		return "name"
	}
	s.ID = text
	return "id"
}

// Violation is what the notice says.
type Violation struct {
	ID          string    `json:"id" zh:"违规编号" en:"violation ID"`
	Marketplace string    `json:"marketplace" zh:"平台,应为 aliexpress" en:"marketplace, aliexpress"`
	Type        string    `json:"type" enum:"stolen_image,brand_logo,watermark,contact,sensitive,prohibited_information,infringement,ai_unlabelled,other" names:"盗图|盗用图片|图片盗用,冒用品牌|品牌标识|品牌,水印,联系方式,敏感内容|敏感信息,展示违禁信息|违禁信息,侵权,AI 未标注|AI未标注|AI 图片未标注,其他" zh:"违规类型" en:"violation type"`
	State       string    `json:"state" enum:"penalised,pending,lifted" names:"已处罚|处罚中|处罚生效|penalized|punished,处理中|待处罚|待处理,已解除|已撤销" zh:"状态:已处罚、处理中、已解除" en:"state"`
	EffectiveAt time.Time `json:"effective_at,omitzero" zh:"处罚生效时间" en:"when the penalty took effect"`
	NotifiedAt  time.Time `json:"notified_at,omitzero" zh:"通知发出时间" en:"when the notice was sent"`
	Deadline    time.Time `json:"deadline,omitzero" zh:"通知上写明的截止时间,填写后以它为准" en:"deadline shown on the notice; wins when given"`
	ImageURLs   []string  `json:"image_urls" zh:"违规图片的网址" en:"addresses of the violating pictures"`
	Complaint   Complaint `json:"complaint" zh:"投诉" en:"the complaint"`
}

// Complaint is a rights holder's complaint.
type Complaint struct {
	ID            string    `json:"id" zh:"投诉编号" en:"complaint ID"`
	By            string    `json:"by" zh:"投诉方" en:"complainant"`
	FiledAt       time.Time `json:"filed_at,omitzero" zh:"投诉时间" en:"when it was filed"`
	TheirEarliest time.Time `json:"their_earliest,omitzero" zh:"投诉方最早的使用时间" en:"earliest use the complainant shows"`
}

// Appeal is the appeal being prepared.
type Appeal struct {
	Track     string    `json:"track" default:"platform_penalty" oneof:"tracks" zh:"申诉通道,rules.yaml 中 tracks 的键" en:"a key of tracks in rules.yaml"`
	Ground    string    `json:"ground" default:"rectified" enum:"misjudged,authorized,rectified" names:"误判,已获授权|已授权|有授权,已整改|整改" zh:"申诉理由:误判、已获授权、已整改" en:"ground of the appeal"`
	PlannedAt time.Time `json:"planned_at,omitzero" zh:"计划提交时间" en:"when it will be submitted"`
	Network   string    `json:"network" zh:"提交时所用网络的名称(同一 IP 一天不宜多次提交)" en:"name of the network it is submitted from"`
	Attempts  []Attempt `json:"attempts" zh:"已提交的申诉" en:"submissions so far"`
}

// Attempt is one submission.
type Attempt struct {
	ID     string    `json:"id" zh:"申诉编号" en:"appeal ID"`
	At     time.Time `json:"at,omitzero" zh:"提交时间" en:"when"`
	Result string    `json:"result" enum:"pending,returned,rejected,accepted" names:"审核中,退回补充|退回,驳回|被驳回|不通过,通过|已通过" zh:"结果:审核中、退回补充、驳回、通过" en:"result"`
}

// PastCase is an earlier violation.
type PastCase struct {
	ViolationID string    `json:"violation_id" zh:"违规编号" en:"violation ID"`
	ProductID   string    `json:"product_id" zh:"商品 ID" en:"product ID"`
	Type        string    `json:"type" enum:"stolen_image,brand_logo,watermark,contact,sensitive,prohibited_information,infringement,ai_unlabelled,other" names:"盗图|盗用图片|图片盗用,冒用品牌|品牌标识|品牌,水印,联系方式,敏感内容|敏感信息,展示违禁信息|违禁信息,侵权,AI 未标注|AI未标注|AI 图片未标注,其他" zh:"违规类型" en:"violation type"`
	At          time.Time `json:"at,omitzero" zh:"时间" en:"when"`
}

// Image says what folder and file name do not.
type Image struct {
	File     string   `json:"file" zh:"文件路径" en:"path"`
	Slot     string   `json:"slot" oneof:"slots" zh:"图位" en:"slot"`
	SKUs     []string `json:"skus" zh:"所示 SKU" en:"SKUs shown"`
	Replaces string   `json:"replaces" zh:"它替换的违规图" en:"violating picture it replaces"`
	Source   string   `json:"source" zh:"它的原图" en:"its source file"`
}

// Placing says what kind of material a file is.
type Placing struct {
	File string `json:"file" zh:"文件路径" en:"path"`
	Kind string `json:"kind" oneof:"kinds" zh:"材料种类" en:"kind of material"`
	Slot string `json:"slot" oneof:"slots" zh:"图位（替换图）" en:"slot, of a replacement picture"`
}

// Originals says where the originals are kept.
type Originals struct {
	StoredAt     string `json:"stored_at" zh:"原图存放路径或云盘链接" en:"path or cloud link"`
	Photographer string `json:"photographer" zh:"拍摄者" en:"photographer"`
}

// AIUse says whether AI was used.
type AIUse struct {
	Used    bool   `json:"used" zh:"是否使用了 AI" en:"AI was used"`
	Removed bool   `json:"removed" zh:"被罚的 AI 图已撤下，换成了实拍图" en:"the penalised AI picture was taken down and photographs take its place"`
	Tool    string `json:"tool" zh:"工具名称" en:"tool"`
	Licence string `json:"licence" zh:"商用授权:letters 中的 id" en:"commercial licence: a letters[].id"`
}

// People says whether people are shown.
type People struct {
	Shown    bool     `json:"shown" zh:"图中有人物" en:"people are shown"`
	Releases []string `json:"releases" zh:"肖像授权:letters 中的 id" en:"portrait releases: letters[].id"`
}

// Brands of the case.
type Brands struct {
	Authorized []BrandRight `json:"authorized" zh:"已获授权的品牌" en:"brands used with authorization"`
	Declared   []string     `json:"declared" zh:"已向平台报备的标识" en:"marks reported to the platform"`
	Watched    []string     `json:"watched" zh:"要留意的品牌词" en:"brand words to look for"`
	Logos      []string     `json:"logos" zh:"参考标识图片" en:"reference logo pictures"`
}

// BrandRight is a brand with its letter.
type BrandRight struct {
	Name         string `json:"name" zh:"品牌" en:"brand"`
	Registration string `json:"registration" zh:"注册号" en:"registration number"`
	Letter       string `json:"letter" zh:"letters 中的 id" en:"a letters[].id"`
}

// Letter states what a letter says.
type Letter struct {
	ID           string      `json:"id" zh:"编号" en:"id"`
	File         string      `json:"file" zh:"文件路径" en:"path"`
	Type         string      `json:"type" enum:"brand,copyright,portrait,ai_licence,sublicence" names:"品牌|品牌授权|商标授权,版权|著作权|版权授权,肖像|肖像授权|肖像权,AI授权|AI 授权|AI商用授权,转授权" zh:"类型" en:"type"`
	Previous     string      `json:"previous" zh:"上一级授权书的 id(更靠近权利人)" en:"letters[].id one hop nearer the rights holder"`
	Grantor      LetterParty `json:"grantor" zh:"授权方" en:"granting party"`
	Grantee      LetterParty `json:"grantee" zh:"被授权方" en:"party authorised"`
	Categories   []string    `json:"categories" zh:"覆盖的类目" en:"categories covered"`
	Territory    []string    `json:"territory" zh:"地域" en:"territory"`
	Starts       time.Time   `json:"starts,omitzero" zh:"开始日期" en:"first day"`
	Ends         EndDate     `json:"ends" zh:"结束日期,或 open(长期)" en:"last day, or open"`
	Sublicense   bool        `json:"sublicense" zh:"允许转授权" en:"sub-licensing allowed"`
	SignedAt     time.Time   `json:"signed_at,omitzero" zh:"签署日期" en:"date of signature"`
	Languages    []string    `json:"languages" zh:"语言" en:"languages"`
	Notarized    bool        `json:"notarized" zh:"已公证" en:"notarized"`
	Legalization string      `json:"legalization" enum:"none,apostille,consular" names:"无,附加证明书|海牙认证,领事认证|使馆认证" zh:"认证:无、附加证明书、领事认证" en:"legalization"`
}

// EndDate is a date or open.
type EndDate struct {
	Open bool      `json:"open" zh:"长期有效" en:"without an end"`
	At   time.Time `json:"at,omitzero" zh:"最后一天" en:"the last day"`
}

// LetterParty is a party of a letter.
type LetterParty struct {
	Name         string `json:"name" zh:"名称" en:"name"`
	Country      string `json:"country" zh:"国家代码,如 CN DE" en:"country code, e.g. CN DE" pattern:"^[A-Z]{2}$"`
	PublishedURL string `json:"published_url" zh:"授权方公示合作方的网页" en:"where the grantor publishes its partners"`
}

// SetShort takes the name of a party written alone.
func (p *LetterParty) SetShort(name string) (key string) {
	p.Name = name
	return "name"
}

// EvidenceItem is one piece of evidence.
type EvidenceItem struct {
	File  string    `json:"file" zh:"文件路径" en:"path"`
	Type  string    `json:"type" enum:"cloud_deposit,listing_record,sales_voucher,other" names:"云存证|存证,上架记录,销售凭证,其他" zh:"类型:云存证、上架记录、销售凭证、其他" en:"type"`
	Dated time.Time `json:"dated,omitzero" zh:"证据的日期" en:"date it shows"`
}

// UploadLog is the image upload log.
type UploadLog struct {
	File string    `json:"file" zh:"文件路径" en:"path"`
	From time.Time `json:"from,omitzero" zh:"起始日期" en:"first day"`
	To   time.Time `json:"to,omitzero" zh:"结束日期" en:"last day"`
}

// Overruled as what a confirmation says: the fail is wrong.
const Overruled = "overruled"

// Confirmation turns a review into a confirmed pass or overrules a fail. Without a
// file it is about the case as a whole.
type Confirmation struct {
	Rule   string    `json:"rule" zh:"规则编号" en:"rule id" pattern:"^[A-Z]{2,4}[0-9]{3}$"`
	Says   string    `json:"says" enum:"confirmed,overruled" names:"确认,推翻|判错" zh:"confirmed（默认）：看过，没有问题；overruled：这条「不通过」判错了（须写 note）" en:"confirmed (when left out): looked at, and it is all right; overruled: this fail is wrong (needs a note)"`
	File   string    `json:"file" zh:"文件路径" en:"path"`
	Cause  string    `json:"cause" enum:"judgement,missing_input" zh:"要人看的原因" en:"why a person had to look"`
	Facts  string    `json:"facts" pattern:"^[0-9a-f]{16}$" zh:"当时这条规则看到的内容的摘要（不针对某个文件时，以及推翻时）" en:"digest of what the rule saw at the time, where it is about no file or overrules"`
	SHA256 string    `json:"sha256" zh:"确认时文件内容的 SHA-256" en:"SHA-256 of the file when it was confirmed"`
	By     string    `json:"by" zh:"确认人" en:"by whom"`
	At     time.Time `json:"at,omitzero" zh:"确认时间" en:"when"`
	Note   string    `json:"note" zh:"说明" en:"note"`
}

// JSONSchema returns a JSON Schema (2020-12) of case.yaml for editors. known
// gives what the rules in force add to it; a nil field leaves such a key open.
func JSONSchema(known Known) ([]byte, error) {
	return config.Schema(File{}, "https://github.com/aecheck/aecheck/schema/case.json", "aecheck case.yaml",
		map[string][]string{"slots": known.Slots, "tracks": known.Tracks, "kinds": known.Kinds})
}
