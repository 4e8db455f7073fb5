package cases

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// replaced is a change of case.yaml.
func replaced(from, to string) func(string) string {
	return func(text string) string { return strings.Replace(text, from, to, 1) }
}

// commitmentClasses are defects of the commitment letter.
func commitmentClasses() []Class {
	legible := []string{"AE529", "AE555"}
	along := []string{"AE601", "AE602", "AE603", "AE604", "AE605", "AE606", "AE535", "AE525", "AE528", "AE540", "AE552", "AE554", "AE555", "AE607"}
	class := func(name, mission string, rules []string, plant func(p *plan)) Class {
		return Class{Name: "commitment " + name, Mission: mission, Item: "commitment", Rules: rules, plant: plant}
	}
	blurry := func(name string, rules []string, plant func(p *plan)) Class {
		c := class(name, "M31(6)", rules, plant)
		c.Also = along
		return c
	}
	other := func(p *plan, c party) {
		p.commitment.company, p.commitment.signer = c, c.person.zh
		p.commitment.seal.name = c.zh
	}
	return []Class{
		class("missing", "M10", []string{"AE134"}, func(p *plan) { p.commitment.layout = -1 }),
		class("without a seal", "M10", []string{"AE603"}, func(p *plan) { p.commitment.seal = sealMark{} }),
		class("without a signature", "M10", []string{"AE602"}, func(p *plan) { p.commitment.sign = signMark{} }),
		class("without a signature, seal over its place", "M10", []string{"AE602"}, func(p *plan) {
			p.commitment.sign, p.commitment.seal.on = signMark{}, "sign"
		}),
		class("without seal and signature", "M10", []string{"AE602", "AE603"}, func(p *plan) {
			p.commitment.seal, p.commitment.sign = sealMark{}, signMark{}
		}),
		{Name: "commitment scanned without colour, no seal", Mission: "M10", Item: "commitment", Rules: []string{"AE603"}, Also: []string{"AE525"}, plant: func(p *plan) {
			p.commitment.seal, p.commitment.media = sealMark{}, grayScan
		}},
		class("of another company", "M10", []string{"AE604", "AE535"}, func(p *plan) {
			c := chinese(p.rng, false)
			for c.zh == p.store.zh {
				c = chinese(p.rng, false)
			}
			other(p, c)
		}),
		class("of a sister company", "M10", []string{"AE604", "AE535"}, func(p *plan) { other(p, sister(p.rng, p.store)) }),
		class("for another violation", "M10", []string{"AE606"}, func(p *plan) {
			p.commitment.violation = "WG" + p.effective.AddDate(0, -2, -3).Format("20060102") + digits(p.rng, 6)
		}),
		class("for another product", "M10", []string{"AE606"}, func(p *plan) { p.commitment.product = "10050" + digits(p.rng, 11) }),
		class("of half a year ago", "M10", []string{"AE605"}, func(p *plan) { p.commitment.date = p.commitment.date.AddDate(0, -7, 3) }),
		class("of a day to come", "M10", []string{"AE605"}, func(p *plan) { p.commitment.date = p.commitment.date.AddDate(0, 1, 4) }),
		class("without the template's title", "M10", []string{"AE601"}, func(p *plan) {
			p.commitment.title = pick(p.rng, []string{"保证书", "", "情况说明"})
		}),
		class("with the seal of another company", "M10", []string{"AE535", "AE604"}, func(p *plan) {
			s := &p.commitment.seal
			s.shape, s.ink, s.on = "round", "red", "beside"
			for s.name = chinese(p.rng, false).zh; s.name == p.store.zh; s.name = chinese(p.rng, false).zh {
			}
		}),
		blurry("blurred", legible, func(p *plan) { p.commitment.flaw.blur = 6 }),
		blurry("cut off below", append(slices.Clone(legible), "AE602", "AE603", "AE608"), func(p *plan) { p.commitment.flaw.cutBottom = true }),
		blurry("with glare over the seal", append(slices.Clone(legible), "AE603"), func(p *plan) { p.commitment.flaw.glare, p.commitment.media = true, photo }),
		{Name: "commitment lying on its side", Mission: "M31(6)", Item: "commitment", Rules: []string{"AE554", "AE555", "AE559", "AE529"}, Also: along, plant: func(p *plan) {
			p.commitment.flaw.turned, p.commitment.media = 1+2*p.rng.IntN(2), scan
		}},
		blurry("that is an empty file", []string{"AE903", "AE902"}, func(p *plan) { p.commitment.flaw.empty = true }),
		blurry("whose upload broke off", []string{"AE906", "AE902"}, func(p *plan) { p.commitment.flaw.half, p.commitment.media = true, scan }),
		{Name: "commitment with blanks left", Mission: "M31(6)", Item: "commitment", Rules: []string{"AE607", "AE604", "AE606"}, plant: func(p *plan) { p.commitment.blanks = true }},
		{Name: "commitment as a Word file", Mission: "M10", Item: "commitment", Rules: []string{"AE520"}, Also: append(along, "AE521"), plant: func(p *plan) { p.commitment.media = wordFile }},
	}
}

// noticeClasses are defects of the notice's capture.
func noticeClasses() []Class {
	differs := []string{"AE613"}
	class := func(name, mission string, rules, says []string, plant func(p *plan)) Class {
		return Class{Name: "notice " + name, Mission: mission, Item: "notice", Rules: rules, Says: map[string][]string{"AE613": says}, plant: plant}
	}
	times := []string{"effective", "notified", "timestamps", "time", "date", "时间", "日期", "deadline", "截止"}
	return []Class{
		class("missing", "M14", []string{"AE131"}, nil, func(p *plan) { p.notice.layout = -1 }),
		class("without a violation ID", "M14", []string{"AE611"}, nil, func(p *plan) { p.notice.hideID = true }),
		class("without a time", "M14", []string{"AE612"}, nil, func(p *plan) { p.notice.hideTime = true; p.notice.layout = pick(p.rng, []int{0, 1, 2, 4, 5}) }),
		class("of a violation not yet penalised", "M1", []string{"AE614", "AE613"}, nil, func(p *plan) { p.notice.state = word{"待处罚", "Pending"} }),
		class("of a violation that was lifted", "M1", []string{"AE614", "AE613"}, nil, func(p *plan) { p.notice.state = word{"已解除", "Lifted"} }),
		class("that is a mere warning", "M1", []string{"AE614", "AE613"}, nil, func(p *plan) { p.notice.state = word{"警告", "Warning"} }),
		class("of counterfeits", "M1", []string{"AE615", "AE613"}, nil, func(p *plan) { p.notice.kind = word{"销售假冒商品", "Sale of counterfeit goods"} }),
		class("of another type", "M1", []string{"AE613"}, []string{"type", "类型"}, func(p *plan) {
			for _, t := range []string{"watermark", "stolen_image"} {
				if t != p.violation && !(t == "stolen_image" && p.violation == "infringement") {
					p.notice.kind = violationWords(p.rng, t)
				}
			}
		}),
		class("of Lazada", "M2", []string{"AE616"}, nil, func(p *plan) { p.notice.market = "lazada"; p.notice.layout = pick(p.rng, []int{0, 1, 2, 3, 4}) }),
		class("of another violation", "M14", differs, []string{"violation_id", "violation.id", "违规编号", "WG"}, func(p *plan) {
			p.notice.violation = "WG" + p.effective.Format("20060102") + digits(p.rng, 6)
		}),
		class("of another product", "M15", differs, []string{"product"}, func(p *plan) { p.notice.product = "10050" + digits(p.rng, 11) }),
		class("with a penalty three days earlier", "M25", append(differs, "AE153", "AE111"), times, func(p *plan) {
			p.notice.effective, p.notice.notified = p.effective.AddDate(0, 0, -3), p.notified.AddDate(0, 0, -3)
			p.notice.deadline = time.Time{}
			p.yaml = dropLine("  deadline:")
		}),
		class("with a penalty six hours earlier", "M25", differs, times, func(p *plan) {
			p.notice.effective, p.notice.notified = p.effective.Add(-6*time.Hour), p.notified.Add(-6*time.Hour)
			p.notice.deadline = time.Time{}
			p.yaml = dropLine("  deadline:")
		}),
		class("with an earlier deadline", "M25", differs, times, func(p *plan) {
			p.notice.deadline = p.effective.Add(4 * dayLength)
			p.notice.layout = pick(p.rng, []int{0, 1, 2, 3, 4, 5})
			p.yaml = dropLine("  deadline:")
		}),
		class("that is a rights holder's complaint", "M3", []string{"AE617"}, nil, func(p *plan) { p.notice.complaint = true; p.notice.layout = pick(p.rng, []int{0, 1, 2}) }),
		{Name: "notice blurred", Mission: "M31(6)", Item: "notice", Rules: []string{"AE529", "AE555"}, Also: []string{"AE554", "AE616", "AE617", "AE611", "AE612", "AE613", "AE614", "AE615"}, plant: func(p *plan) { p.notice.blur = 5 }},
	}
}

// dropLine takes the line that begins so out of case.yaml.
func dropLine(start string) func(string) string {
	return func(text string) string {
		var out []string
		for _, l := range strings.Split(text, "\n") {
			if !strings.HasPrefix(l, start) {
				out = append(out, l)
			}
		}
		return strings.Join(out, "\n")
	}
}

// caseClasses are defects of the case itself and of the lesser materials.
func caseClasses() []Class {
	moved := func(p *plan, by time.Duration) {
		p.now = p.now.Add(by)
	}
	return []Class{
		{Name: "window closed", Mission: "M31(4)", Item: "notice", Rules: []string{"AE101", "AE111"}, Also: []string{"AE102", "AE103", "AE631"}, plant: func(p *plan) { moved(p, 9*dayLength) }},
		{Name: "planned after the deadline", Mission: "M3", Item: "notice", Rules: []string{"AE111"}, plant: func(p *plan) {
			p.yaml = replaced("planned_at: ", "planned_at: "+p.effective.Add(8*dayLength).Format("2006-01-02 15:04")+" # ")
		}},
		{Name: "appeal already rejected", Mission: "M4", Item: "notice", Rules: []string{"AE108"}, plant: func(p *plan) {
			p.yaml = replaced("  network: office-1", fmt.Sprintf("  network: office-1\n  attempts: [{id: \"A1\", at: %s, result: rejected}]", p.effective.Add(12*time.Hour).Format("2006-01-02 15:04")))
		}},
		{Name: "appeal under review", Mission: "M4", Item: "notice", Rules: []string{"AE109", "AE108"}, plant: func(p *plan) {
			p.yaml = replaced("  network: office-1", fmt.Sprintf("  network: office-1\n  attempts: [{id: \"A1\", at: %s, result: pending}]", p.effective.Add(12*time.Hour).Format("2006-01-02 15:04")))
		}},
		{Name: "place of the originals not said", Mission: "M16", Item: "source", Rules: []string{"AE116"}, wish: wish{ground: "rectified"}, plant: func(p *plan) { p.yaml = dropLine("  stored_at:") }},
		{Name: "product ID that is none", Mission: "M15", Item: "notice", Rules: []string{"AE113"}, Also: []string{"AE613", "AE606", "AE130", "AE642"}, plant: func(p *plan) {
			p.yaml = replaced("  id: \""+p.product, "  id: \"MUG-"+p.product[:4])
		}},
		{Name: "state pending in case.yaml", Mission: "M1", Item: "notice", Rules: []string{"AE106"}, Also: []string{"AE613", "AE614"}, plant: func(p *plan) { p.state, p.notice.state = "pending", word{"待处罚", "Pending"} }},
		{Name: "statement of stock phrases", Mission: "M29", Item: "statement", Rules: []string{"AE641"}, Also: []string{"AE642", "AE643", "AE646"}, plant: func(p *plan) {
			p.statement = "尊敬的平台：\n\n我司高度重视此次违规，深表歉意。今后一定加强管理，保证不再发生类似情况，恳请平台尽快恢复。\n"
		}},
		{Name: "statement without IDs and dates", Mission: "M29", Item: "statement", Rules: []string{"AE642", "AE646"}, Also: []string{"AE643"}, plant: func(p *plan) {
			p.statement = "申诉理由\n\n图片由我方摄影师在自己的影棚拍摄，拍摄的原件保存在公司的硬盘里。主图和详情图已经全部更换为新拍的白底图，不含水印和他人的标识，请平台核实。\n"
		}},
		{Name: "statement with blanks left", Mission: "M29", Item: "statement", Rules: []string{"AE647"}, plant: func(p *plan) {
			p.statement += "\n更换时间：____（在后台换掉这些图片的日期和时间）。\n"
		}},
		{Name: "Chinese watermark argued as proof", Mission: "M30", Item: "statement", Rules: []string{"AE644"}, plant: func(p *plan) {
			p.statement += "\n图片上的中文水印足以证明图片是我方原创。\n"
		}},
		{Name: "upload log of twelve days", Mission: "M18", Item: "upload_log", Rules: []string{"AE631"}, plant: func(p *plan) { p.log, p.logDays = true, 12 }},
		{Name: "evidence without a time", Mission: "M19", Item: "evidence", Rules: []string{"AE621", "AE623"}, Also: []string{"AE622"}, plant: func(p *plan) { p.evidence, p.undated = true, true }},
		{Name: "AI used, licence not named", Mission: "M42", Item: "ai_licence", Rules: []string{"AE123", "AE137"}, wish: wish{ground: "rectified", family: "watermark", ai: true}, Also: []string{"AE130", "AE333", "AE327", "AE357"}, plant: func(p *plan) {
			p.drop("AI-1")
			p.yaml = replaced(", licence: AI-1", "")
		}},
		{Name: "AI licence for private use", Mission: "M42", Item: "ai_licence", Rules: []string{"AE541", "AE539"}, wish: wish{ground: "rectified", family: "watermark", ai: true}, Also: []string{"AE130", "AE137", "AE333", "AE327", "AE357"}, plant: func(p *plan) {
			p.byID("AI-1").noncommercial = true
		}},
	}
}

// pictureClasses are defects of the pictures, some of the plainest.
func pictureClasses() []Class {
	swap := func(slot, file, from string) func(*plan) {
		return func(p *plan) {
			for i := range p.pictures {
				if pic := &p.pictures[i]; (pic.slot == slot || pic.kind == slot) && pic.file == file {
					pic.from = from
				}
			}
		}
	}
	rectified := wish{ground: "rectified"}
	class := func(name, mission, item string, rules []string, plant func(*plan)) Class {
		return Class{Name: name, Mission: mission, Item: item, Rules: rules, wish: rectified, plant: plant}
	}
	// What is wrong with the same picture besides, and told rightly.
	also := func(c Class, rules ...string) Class {
		c.Also = rules
		return c
	}
	return []Class{
		also(class("violating picture handed in again", "M31(5)", "replacement", []string{"AE407", "AE401"}, func(p *plan) {
			for _, pic := range p.pictures {
				if pic.kind == "violating" {
					swap("main", "m1.jpg", pic.from)(p)
				}
			}
		}), "AE310", "AE311", "AE332"),
		class("main picture too small", "M13", "replacement", []string{"AE301"}, swap("main", "m2.jpg", "small")),
		class("main picture enlarged from a thumbnail", "M31(6)", "replacement", []string{"AE352", "AE353"}, swap("main", "m2.jpg", "tiny blur")),
		also(class("contact details on a picture", "M13", "replacement", []string{"AE321"}, swap("sku", "RED.jpg", "contact")), "AE325"),
		also(class("web address as a watermark", "M21", "replacement", []string{"AE323", "AE321"}, swap("main", "m1.jpg", "watermark")), "AE332"),
		also(class("watermark of another shop", "M21", "replacement", []string{"AE323"}, swap("main", "m1.jpg", "other shop")), "AE332"),
		also(class("mark of a picture library", "M31(7)", "replacement", []string{"AE331", "AE323"}, swap("main", "m1.jpg", "library")), "AE332"),
		also(class("main picture with a border", "M43", "replacement", []string{"AE313"}, swap("main", "m2.jpg", "framed")), "AE310"),
		class("picture of an AI generator, not declared", "M22", "replacement", []string{"AE327", "AE357", "AE333"}, swap("main", "m1.jpg", "generated")),
		class("main picture with a scene", "M43", "replacement", []string{"AE310", "AE311"}, swap("main", "m1.jpg", "scene")),
		class("an SKU without a picture", "M26", "replacement", []string{"AE405"}, func(p *plan) {
			p.pictures = p.pictures.without(func(pic picture) bool { return pic.file == "BLUE.jpg" || pic.file == "m2.jpg" })
		}),
		class("no detail pictures", "M26", "replacement", []string{"AE421"}, func(p *plan) {
			p.pictures = p.pictures.without(func(pic picture) bool { return pic.slot == "detail" })
		}),
		class("replacements missing", "M13", "replacement", []string{"AE135"}, func(p *plan) {
			p.pictures = p.pictures.without(func(pic picture) bool { return pic.kind == "replacement" })
		}),
		class("sources missing", "M31(1)", "source", []string{"AE133"}, func(p *plan) {
			p.pictures = p.pictures.without(func(pic picture) bool { return pic.kind == "source" })
		}),
		class("screenshot for a source", "M20", "source", []string{"AE211", "AE203"}, func(p *plan) {
			swap("source", "IMG_2001.JPG", "screenshot")(p)
			for i := range p.pictures {
				if p.pictures[i].from == "screenshot" {
					p.pictures[i].file = "Screenshot_20261119-101500.png"
				}
			}
		}),
		class("source without camera data", "M31(1)", "source", []string{"AE203"}, swap("source", "IMG_2001.JPG", "own")),
	}
}
