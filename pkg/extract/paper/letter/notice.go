package letter

import (
	"strings"
)

// What a violation notice shows (M14, M15), in the words of the seller centre
// and its English version.
var (
	violationID = flex(`(?i)(?:违规(?:记录)?(?:编号|单号|ID|号)|处罚(?:编号|单号|ID)|违规单|case (?:id|no|number)|(?:violation|penalty|punish(?:ment)?) ?(?:record )?(?:id|no|number|code))\.?[\s\n]*[:#]?[\s\n]*([A-Z]{0,6}[-_]?\d{6,24})`)
	bareID      = re(`\b(WG\d{8,20})\b`)
	productID   = flex(`(?i)(?:商品|产品|宝贝|product|item|listing)[\s\n]*(?:ID|编号|no\.?|number)[\s\n]*[:#]?[\s\n]*((?:\d{10,19}[\s\n,、;/]*)+)`)
	bareProduct = re(`\b(1005\d{12})\b`)
	digits      = re(`\d{10,19}`)
	urls        = re(`(?i)aliexpress\.[a-z.]{2,6}/item/(\d{8,19})`)
)

var stateWords = []struct {
	state string
	re    *pattern
}{
	{"penalised", flex(`(?i)已处罚|处罚已生效|处罚生效|处罚中|已下架|\bpenali[sz]ed\b|penalty (?:in effect|effective|active)|\bpunished\b`)},
	{"pending", flex(`(?i)待处理|处理中|待申诉|审核中|\bpending\b|under review`)},
	{"lifted", flex(`(?i)已解除|已撤销|处罚撤销|已恢复|\blifted\b|\brevoked\b|\bremoved penalty\b|penalty removed`)},
}

var typeWords = []struct {
	kind string
	re   *pattern
}{
	{"stolen_image", flex(`(?i)盗图|盗用.{0,6}图片|图片盗用|盗用图片|stolen (?:image|picture|photo)|image theft|unauthori[sz]ed use of (?:images?|pictures?|photos?)|copied (?:image|picture)`)},
	{"brand_logo", flex(`(?i)冒用.{0,6}(?:品牌|商标|logo)|品牌.{0,6}(?:冒用|logo|标识)|图片.{0,4}(?:含|带).{0,6}(?:品牌|logo)|(?:third[- ]party|unauthori[sz]ed) (?:brand|logo|trade ?mark)`)},
	{"watermark", flex(`(?i)水印|\bwatermark`)},
	{"contact", flex(`(?i)(?:图片|含|泄露|留有).{0,8}联系方式|站外引流|contact (?:details|information|info) (?:in|on|shown)|off-?site contact`)},
	{"sensitive", flex(`(?i)敏感(?:内容|信息|图片)|涉政|涉黄|sensitive (?:content|information)`)},
	{"ai_unlabelled", flex(`(?i)(?:AI|人工智能).{0,10}(?:未标|未标注|未标识|未声明)|(?:未标|未标注|未标识).{0,8}(?:AI|人工智能)|unlabell?ed AI|AI[- ]generated .{0,20}(?:not|without) label`)},
}

// notice reads IDs, states and types; they matter in notices, statements and
// evidence alike.
func (r *reader) notice() {
	d, flow := r.doc, r.text.flow
	for _, re := range [...]*pattern{violationID, bareID} {
		for _, m := range re.FindAllStringSubmatchIndex(flow, 20) {
			v := flow[m[2]:m[3]]
			add(&d.ViolationIDs, v, func(v string) { r.found("violation_ids", v, span{m[2], m[3]}) })
		}
	}
	for _, m := range productID.FindAllStringSubmatchIndex(flow, 20) {
		for _, v := range digits.FindAllString(flow[m[2]:m[3]], 40) {
			add(&d.ProductIDs, v, func(v string) { r.found("product_ids", v, span{m[2], m[3]}) })
		}
	}
	for _, re := range [...]*pattern{bareProduct, urls} {
		for _, m := range re.FindAllStringSubmatchIndex(flow, 40) {
			v := flow[m[2]:m[3]]
			if inList(d.ViolationIDs, v) {
				continue
			}
			add(&d.ProductIDs, v, func(v string) { r.found("product_ids", v, span{m[2], m[3]}) })
		}
	}
	for _, w := range stateWords {
		if m := w.re.FindStringIndex(flow); m != nil {
			d.States = append(d.States, w.state)
			r.found("states", w.state, span{m[0], m[1]})
		}
	}
	for _, w := range typeWords {
		if m := w.re.FindStringIndex(flow); m != nil {
			d.ViolationTypes = append(d.ViolationTypes, w.kind)
			r.found("violation_types", w.kind, span{m[0], m[1]})
		}
	}
}

func inList(list []string, v string) bool {
	for _, o := range list {
		if strings.EqualFold(o, v) {
			return true
		}
	}
	return false
}
