package letter

import (
	"strings"
)

// What a violation notice shows (M14, M15), in the words of the seller centre
// and its English version.
var (
	violationID = flex(`(?i)(?:违规(?:记录)?(?:编号|单号|ID|号)|处罚(?:编号|单号|ID)|违规单|case (?:id|no|number)|(?:violation|penalty|punish(?:ment)?) ?(?:record )?(?:id|no|number|code)|` + foreignViolationID + `)\.?[\s\n]*[:#]?[\s\n]*([A-Z]{0,8}(?:[-_]?(?:[A-Z]{1,6}[-_])?\d{1,24}){1,6})`)
	anyDate     = re(`^(?:19|20)\d\d[-_]\d{1,2}[-_]\d{1,2}$`)
	bareID      = re(`\b(WG\d{8,20})\b`)
	productID   = flex(`(?i)(?:(?:商品|产品|宝贝|product|item|listing)[\s\n]*(?:ID|编号|no\.?|number)|` + foreignProductID + `)[\s\n]*[:#]?[\s\n]*((?:\d{10,19}[\s\n,、;/]*)+)`)
	bareProduct = re(`\b(1005\d{12})\b`)
	digits      = re(`\d{10,19}`)
	urls        = re(`(?i)aliexpress\.[a-z.]{2,6}/item/(\d{8,19})`)
)

// notice reads IDs, states and types; they matter in notices, statements and
// evidence alike.
func (r *reader) notice() {
	d, flow := r.doc, r.text.flow
	for _, re := range [...]*pattern{violationID, bareID} {
		for _, m := range re.FindAllStringSubmatchIndex(flow, 20) {
			v := flow[m[2]:m[3]] + r.text.rest(m[3])
			if countDigits(v) < fewDigits || anyDate.MatchString(v) {
				continue
			}
			add(&d.ViolationIDs, v, func(v string) { r.found("violation_ids", v, span{m[2], m[3]}) })
		}
	}
	for _, m := range productID.FindAllStringSubmatchIndex(flow, 20) {
		for _, at := range digits.FindAllStringIndex(flow[m[2]:m[3]], 40) {
			v := flow[m[2]+at[0]:m[2]+at[1]] + r.text.rest(m[2]+at[1])
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
	r.states()
	r.violationTypes()
	r.marketplaces()
	r.track()
	r.noticeTimes()
}

// tail is the rest of a number that a narrow cell broke over two lines.
var tail = re(`^\d{1,10}$`)

// rest is the rest of a number that ends a line of the flow: a line of nothing but digits
// that begins right below the number, in the same cell.
func (t *text) rest(end int) string {
	i := t.index(end - 1)
	if end != t.starts[i]+len(t.norm[i]) || t.lines[i].Box[3] == 0 {
		return ""
	}
	l := t.lines[i]
	for j, o := range t.lines {
		down := o.Box[1] - l.Box[1]
		if o.Page == l.Page && down > 0 && down < 2*l.Box[3] && max(o.Box[0]-l.Box[0], l.Box[0]-o.Box[0]) < l.Box[3] && o.Box[2] < l.Box[2] && tail.MatchString(t.norm[j]) {
			return t.norm[j]
		}
	}
	return ""
}

// fewDigits is how many an ID has at least.
const fewDigits = 6

func countDigits(s string) (n int) {
	for _, r := range s {
		if r >= '0' && r <= '9' {
			n++
		}
	}
	return n
}

func inList(list []string, v string) bool {
	for _, o := range list {
		if strings.EqualFold(o, v) {
			return true
		}
	}
	return false
}
