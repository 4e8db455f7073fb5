package cases

import (
	"slices"
	"time"
)

// last is the letter that authorises the shop; first the one nearest to the
// rights holder.
func (p *plan) last() *letter {
	var out *letter
	for _, l := range p.letters {
		if l.kind == "brand" || l.kind == "copyright" {
			out = l
		}
	}
	return out
}

func (p *plan) first() *letter { return p.letters[0] }

// byID is a letter, nil where there is none.
func (p *plan) byID(id string) *letter {
	for _, l := range p.letters {
		if l.id == id {
			return l
		}
	}
	return nil
}

// drop takes a letter away, from case.yaml too.
func (p *plan) drop(id string) {
	var rest []*letter
	for _, l := range p.letters {
		if l.id != id {
			rest = append(rest, l)
		}
	}
	p.letters = rest
	p.told()
}

// retold makes case.yaml repeat what the paper says, in half of the cases; in
// the others it says what would have been right.
func (p *plan) retold() {
	if chance(p.rng, 50) {
		p.told()
	}
}

// authorized is a wish for letters.
func authorized(w wish) wish {
	w.ground = "authorized"
	return w
}

// says are words for the rule that compares a letter with case.yaml.
func says(words ...string) map[string][]string { return map[string][]string{"AE533": words} }

// letterClasses are defects of what a letter says and what it rests on.
func letterClasses() []Class {
	term := []string{"AE505", "AE530", "AE533"}
	termSays := says("starts", "ends", "term")
	party := []string{"AE532", "AE502", "AE533"}
	partySays := says("grantee")
	link := []string{"AE501", "AE534", "AE543"}
	months := func(p *plan, n int) time.Time { return day(p.now.Year(), p.now.Month(), p.now.Day()).AddDate(0, n, 0) }
	return []Class{
		{Name: "expired letter", Mission: "M32", Item: "authorization", Rules: term, Says: termSays, Also: []string{"AE504", "AE534"}, wish: authorized(wish{}), plant: func(p *plan) {
			l := p.last()
			l.starts, l.ends, l.oldLetter = months(p, -20), months(p, -1-p.rng.IntN(6)), false
			p.retold()
		}},
		{Name: "expired letter beside a longer trademark term", Mission: "M32", Item: "authorization", Rules: term, Says: termSays, Also: []string{"AE504", "AE534"}, wish: authorized(wish{family: "brand_logo", layouts: []string{prose, colons, table}}), plant: func(p *plan) {
			l := p.last()
			l.starts, l.ends, l.regTerm, l.oldLetter = months(p, -26), months(p, -2), true, false
			p.retold()
		}},
		{Name: "expired letter of the first hop", Mission: "M32", Item: "authorization", Says: termSays, Rules: append(slices.Clone(term), "AE504"), Also: []string{"AE534"}, wish: authorized(wish{hops: 2}), plant: func(p *plan) {
			l := p.first()
			l.starts, l.ends, l.oldLetter = months(p, -20), months(p, -2), false
			p.retold()
		}},
		{Name: "letter not yet valid", Mission: "M32", Item: "authorization", Rules: term, Says: termSays, Also: []string{"AE504", "AE534"}, wish: authorized(wish{hops: 1}), plant: func(p *plan) {
			l := p.last()
			l.starts, l.ends = months(p, 1).AddDate(0, 0, 5), months(p, 22)
			p.retold()
		}},
		{Name: "letter that ends during the review", Mission: "M32", Item: "authorization", Says: says("ends"), Rules: []string{"AE506", "AE531", "AE533"}, Also: []string{"AE504", "AE534"}, wish: authorized(wish{hops: 1}), plant: func(p *plan) {
			p.last().ends = day(p.now.Year(), p.now.Month(), p.now.Day()).AddDate(0, 0, 6+p.rng.IntN(8))
			p.told()
		}},
		{Name: "date that can be read in two ways", Mission: "M32", Item: "authorization", Rules: term, Says: termSays, Also: []string{"AE506", "AE531"}, wish: authorized(wish{hops: 1, layouts: []string{proseEN, tableEN, colonsEN}, caseFile: "sparse"}), plant: func(p *plan) {
			l := p.last()
			// 12/10/2026 is past as 12 October and to come as 10 December.
			l.ends, l.ambiguous, l.regTerm, l.oldLetter = day(2026, 10, 12), true, false, false
			p.told()
		}},
		{Name: "letter without a term", Mission: "M32", Item: "authorization", Rules: term, Says: termSays, wish: authorized(wish{}), plant: func(p *plan) {
			l := p.last()
			l.omitTerm, l.regTerm, l.oldLetter = true, false, false
			p.sparse = true
			p.told()
		}},
		{Name: "letter outlasts the one above", Mission: "M17", Item: "authorization", Says: says("ends"), Rules: []string{"AE504", "AE534", "AE533"}, wish: authorized(wish{hops: 2, caseFile: "full"}), plant: func(p *plan) {
			p.first().ends = months(p, 4)
			p.last().ends = months(p, 14)
			p.told()
		}},
		{Name: "grantee is another company", Mission: "M17", Item: "authorization", Rules: party, Says: partySays, Also: []string{"AE501", "AE534", "AE535"}, wish: authorized(wish{chinese: true}), plant: func(p *plan) {
			for p.last().grantee = chinese(p.rng, false); p.last().grantee.zh == p.store.zh; p.last().grantee = chinese(p.rng, false) {
			}
			p.retold()
		}},
		{Name: "grantee is a sister company", Mission: "M17", Item: "authorization", Rules: party, Says: partySays, Also: []string{"AE501", "AE534", "AE535"}, wish: authorized(wish{chinese: true}), plant: func(p *plan) {
			p.last().grantee = sister(p.rng, p.store)
			p.retold()
		}},
		{Name: "goods of another category", Mission: "M24", Item: "authorization", Says: says("categor", "goods", "product"), Rules: []string{"AE545", "AE507", "AE533"}, wish: authorized(wish{}), plant: func(p *plan) {
			l := p.last()
			l.goods, l.work = pick(p.rng, otherGoods()), "商品摄影图片"
			if chance(p.rng, 50) {
				l.categories = []string{"apparel"}
			}
			p.retold()
		}},
		{Name: "territory without the sites of the case", Mission: "M12", Item: "authorization", Rules: []string{"AE545", "AE507", "AE533", "AE551"}, Says: map[string][]string{"": {"territory", "地域", "区域"}}, wish: authorized(wish{hops: 1, layouts: []string{prose, table, colons, agreement, handForm}}), plant: func(p *plan) {
			p.last().territory = pick(p.rng, []word{{"仅限中国大陆地区", "mainland China only"}, {"中国大陆", "mainland China"}, {"中华人民共和国境内（不含港澳台）", "the People's Republic of China"}})
			p.retold()
		}},
		{Name: "platform other than AliExpress", Mission: "M2", Item: "authorization", Rules: []string{"AE545", "AE507", "AE533", "AE551"}, Says: map[string][]string{"": {"platform", "平台"}}, wish: authorized(wish{hops: 1, chinese: true}), plant: func(p *plan) {
			p.last().platform = pick(p.rng, []word{{"亚马逊平台", "Amazon"}, {"京东、天猫平台", "JD and Tmall"}, {"Shopee平台", "Shopee"}})
			p.last().wording |= 1 // no line "to AliExpress"
			p.retold()
		}},
		{Name: "no sublicence in the chain", Mission: "M17", Item: "authorization", Says: says("sublic"), Rules: []string{"AE503", "AE534", "AE533"}, wish: authorized(wish{hops: 2}), plant: func(p *plan) {
			p.first().sublicense = false
			p.retold()
		}},
		{Name: "gap in the chain", Mission: "M17", Item: "authorization", Rules: link, Also: []string{"AE503", "AE533"}, wish: authorized(wish{hops: 3}), plant: func(p *plan) {
			p.letters[2].layout = pick(p.rng, []string{prose, table, colons})
			if chance(p.rng, 50) {
				p.letters[2].previous = "LOA-1"
			} else {
				p.letters[2].previous = ""
			}
			p.drop("LOA-2")
		}},
		{Name: "agent's letter alone", Mission: "M17", Item: "authorization", Rules: link, Also: []string{"AE503", "AE533"}, wish: authorized(wish{hops: 2, chinese: true}), plant: func(p *plan) {
			p.last().layout, p.last().previous = thanks, ""
			p.drop("LOA-1")
		}},
		{Name: "another brand", Mission: "M12", Item: "authorization", Says: says("brand", "registration"), Rules: []string{"AE533"}, wish: authorized(wish{family: "brand_logo", hops: 1, caseFile: "full"}), plant: func(p *plan) {
			for p.last().brand = pick(p.rng, brands()); p.last().brand == p.brand; p.last().brand = pick(p.rng, brands()) {
			}
			p.last().reg = digits(p.rng, 8)
		}},
		{Name: "signed on a day to come", Mission: "M23", Item: "authorization", Says: says("signed"), Rules: []string{"AE536", "AE533"}, Also: []string{"AE130"}, wish: authorized(wish{hops: 1}), plant: func(p *plan) {
			p.last().signed = day(p.now.Year(), p.now.Month(), p.now.Day()).AddDate(0, 0, 20)
			p.retold()
		}},
		{Name: "no letter in the site's language", Mission: "M33", Item: "authorization", Rules: []string{"AE509", "AE549"}, wish: authorized(wish{site: "es"})},
		{Name: "foreign letter without legalization", Mission: "M28", Item: "authorization", Rules: []string{"AE508", "AE537"}, wish: authorized(wish{foreign: true}), plant: func(p *plan) {
			p.first().apostille, p.first().notary = false, false
			p.told()
		}},
		{Name: "apostille stated and not shown", Mission: "M28", Item: "authorization", Says: says("notar", "legal", "apostille"), Rules: []string{"AE544", "AE537", "AE508", "AE533"}, wish: authorized(wish{foreign: true, caseFile: "full"}), plant: func(p *plan) {
			p.first().apostille, p.first().notary = false, false
		}},
		{Name: "Hong Kong letter without attestation", Mission: "M28", Item: "authorization", Rules: []string{"AE546", "AE508", "AE537"}, wish: authorized(wish{hops: 1, chinese: true, kind: "brand", layouts: []string{prose, colons}}), plant: func(p *plan) {
			l := p.first()
			l.grantor = hongKong(p.rng)
			l.extra = "授权方地址：" + l.grantor.address.zh
			l.seal.name = l.grantor.zh
			p.told()
		}},
		{Name: "letters missing", Mission: "M17", Item: "authorization", Rules: []string{"AE136"}, wish: authorized(wish{}), plant: func(p *plan) {
			p.letters, p.people = nil, false
			p.told()
			p.statement = "" // it would speak of them
		}},
		{Name: "portrait release missing", Mission: "M12", Item: "authorization", Rules: []string{"AE512", "AE136"}, wish: wish{ground: "rectified", people: true}, plant: func(p *plan) {
			p.drop("REL-1")
			p.yaml = replaced("releases: [REL-1]", "releases: []")
		}},
		{Name: "portrait release expired", Mission: "M12", Item: "authorization", Rules: term, Says: termSays, wish: wish{ground: "rectified", people: true}, plant: func(p *plan) {
			l := p.byID("REL-1")
			l.starts, l.ends, l.signed = months(p, -30), months(p, -3), months(p, -30)
			p.retold()
		}},
		{Name: "letter of the wrong type", Mission: "M24", Item: "authorization", Rules: []string{"AE510"}, wish: wish{ground: "rectified", people: true}, plant: func(p *plan) {
			p.yaml = replaced("type: portrait", "type: brand")
		}},
		{Name: "page missing", Mission: "M31(6)", Item: "authorization", Rules: []string{"AE552"}, wish: authorized(wish{hops: 1, chinese: true, media: []string{pdfScan, pdfText, pdfSearch}}), plant: func(p *plan) {
			l := p.last()
			l.appendix, l.flaw.dropPage, l.flaw.claims = 1, 2, 3
		}},
		{Name: "blanks left in a letter", Mission: "M31(6)", Item: "authorization", Says: says("blank", "grantee", "ends"), Rules: []string{"AE553", "AE530", "AE532", "AE533"}, wish: authorized(wish{hops: 1, chinese: true, layouts: []string{prose, colons, agreement, table}}), plant: func(p *plan) {
			p.last().blanks, p.last().regTerm, p.last().oldLetter = true, false, false
		}},
		{Name: "Word file for a letter", Mission: "M31(2)", Item: "authorization", Rules: []string{"AE520"}, Also: []string{"AE523", "AE524", "AE533", "AE521"}, wish: authorized(wish{hops: 1, chinese: true}), plant: func(p *plan) {
			p.last().media, p.last().appendix = wordFile, 0
		}},
		{Name: "date of a letter painted over", Mission: "M23", Item: "authorization", Rules: []string{"AE540", "AE528", "AE561"}, Also: []string{"AE533", "AE536", "AE529"}, wish: authorized(wish{hops: 1, chinese: true, media: []string{scan, scanPNG}}), plant: func(p *plan) {
			p.last().flaw.retouched = true
		}},
		{Name: "letter saved by an editing program", Mission: "M23", Item: "authorization", Rules: []string{"AE528", "AE540"}, wish: authorized(wish{hops: 1, chinese: true, media: []string{pdfScan, pdfText}}), plant: func(p *plan) {
			p.last().editor = pick(p.rng, []string{"Adobe Photoshop 25.0", "Adobe Photoshop CS6"})
		}},
	}
}

// markClasses are defects of seals and signatures on letters.
func markClasses() []Class {
	unsealed := func(p *plan) {
		p.last().seal = sealMark{}
		if p.last().layout == agreement {
			p.last().layout = prose
		}
	}
	zh := authorized(wish{hops: 1, chinese: true, kind: "brand", family: "brand_logo"})
	return []Class{
		{Name: "letter without a seal", Mission: "M32", Item: "authorization", Rules: []string{"AE524", "AE523", "AE556", "AE535"}, wish: zh, plant: unsealed},
		{Name: "letter without seal and signature", Mission: "M31(2)", Item: "authorization", Rules: []string{"AE523", "AE524", "AE556"}, wish: zh, plant: func(p *plan) {
			unsealed(p)
			p.last().sign = signMark{}
		}},
		{Name: "scan without colour and without a mark", Mission: "M31(2)", Item: "authorization", Rules: []string{"AE523", "AE524", "AE556"}, Also: []string{"AE525"}, wish: zh, plant: func(p *plan) {
			unsealed(p)
			p.last().sign, p.last().media = signMark{}, grayScan
		}},
		{Name: "place for the seal left empty", Mission: "M32", Item: "authorization", Rules: []string{"AE524", "AE523", "AE556"}, wish: authorized(wish{hops: 1, chinese: true, media: []string{scan, photo, scanPNG}}), plant: func(p *plan) {
			unsealed(p)
			p.last().wording -= p.last().wording % 12 // a label that asks for it
		}},
		{Name: "seal of another company", Mission: "M31(2)", Item: "authorization", Says: says("seal", "grantor"), Rules: []string{"AE535", "AE533"}, wish: zh, plant: func(p *plan) {
			l := p.last()
			for l.seal.name = chinese(p.rng, false).zh; l.seal.name == l.grantor.zh; l.seal.name = chinese(p.rng, false).zh {
			}
			l.seal.shape, l.seal.ink, l.seal.on = "round", "red", "beside"
		}},
		{Name: "personal letter without a signature", Mission: "M31(2)", Item: "authorization", Rules: []string{"AE523", "AE557"}, wish: authorized(wish{hops: 1, kind: "copyright", family: "stolen_image", layouts: []string{prose, colons, table}}), plant: func(p *plan) {
			l := p.last()
			l.grantor, l.idTerm = natural(p.rng), true
			l.seal, l.sign = sealMark{}, signMark{}
			l.media = pick(p.rng, []string{scan, photo, pdfScan})
			l.apostille, l.notary = false, false
			p.told()
		}},
		{Name: "foreign letter without a signature", Mission: "M31(2)", Item: "authorization", Rules: []string{"AE523"}, wish: authorized(wish{hops: 1, foreign: true}), plant: func(p *plan) {
			l := p.last()
			l.seal, l.sign, l.apostille, l.notary = sealMark{}, signMark{}, false, false
			l.grantor.country = "DE"
			l.media = pick(p.rng, []string{scan, pdfScan})
		}, Also: []string{"AE508", "AE537", "AE544", "AE533"}},
	}
}

// captureClasses are defects of how a letter was photographed or scanned.
func captureClasses() []Class {
	legible := []string{"AE529", "AE555"}
	any := authorized(wish{hops: 1, chinese: true, media: []string{scan, photo, tilted}})
	along := []string{"AE523", "AE524", "AE530", "AE532", "AE533", "AE535", "AE545", "AE534", "AE543", "AE531", "AE536", "AE549", "AE525", "AE528", "AE540", "AE551", "AE552", "AE553", "AE554", "AE555", "AE556"}
	return []Class{
		{Name: "blurred letter", Mission: "M31(6)", Item: "authorization", Rules: legible, Also: along, wish: any, plant: func(p *plan) { p.last().flaw.blur = 6 }},
		{Name: "letter cut off below", Mission: "M31(6)", Item: "authorization", Rules: append(slices.Clone(legible), "AE523", "AE524", "AE556"), Also: along, wish: any, plant: func(p *plan) { p.last().flaw.cutBottom = true }},
		{Name: "letter cut off at the side", Mission: "M31(6)", Item: "authorization", Rules: legible, Also: along, wish: any, plant: func(p *plan) { p.last().flaw.cutRight = true }},
		{Name: "glare over the seal", Mission: "M31(6)", Item: "authorization", Rules: append(slices.Clone(legible), "AE523", "AE524", "AE556"), Also: along, wish: any, plant: func(p *plan) {
			p.last().flaw.glare, p.last().media = true, photo
			if p.last().layout == agreement {
				p.last().layout = prose
			}
		}},
		{Name: "letter photographed with an edge outside", Mission: "M31(6)", Item: "authorization", Rules: legible, Also: along, wish: any, plant: func(p *plan) { p.last().media = photoEdges }},
		{Name: "letter lying on its side", Mission: "M31(6)", Item: "authorization", Rules: []string{"AE554", "AE555", "AE559", "AE529"}, Also: along, wish: any, plant: func(p *plan) { p.last().flaw.turned = 1 + 2*p.rng.IntN(2) }},
		{Name: "letter upside down", Mission: "M31(6)", Item: "authorization", Rules: []string{"AE554", "AE555", "AE559", "AE529"}, Also: along, wish: any, plant: func(p *plan) { p.last().flaw.turned = 2 }},
		{Name: "letter scanned without colour", Mission: "M31(6)", Item: "authorization", Rules: []string{"AE525"}, Also: along, wish: any, plant: func(p *plan) { p.last().media = grayScan }},
		{Name: "glare over the name", Mission: "M31(6)", Item: "authorization", Rules: append(slices.Clone(legible), "AE523", "AE524", "AE556"), Also: along, wish: any, plant: func(p *plan) { p.last().flaw.glareName, p.last().media = true, photo }},
	}
}
