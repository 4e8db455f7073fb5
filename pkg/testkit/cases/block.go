package cases

import (
	"fmt"
)

// signer is who seals and signs a paper, and how the place for it is labelled.
type signer struct {
	sealLabel, name string // "授权方（盖章）：" and the name behind it
	signLabel       string
	dateLabel, date string
	seal            sealMark
	sign            signMark
	hideName        bool // the name does not stand there
}

// sign sets the place where a paper is sealed and signed, and lays both on it.
func (s *setter) sign(d *Drawer, p *plan, g signer) error {
	rng := p.rng
	if s.y > pageHeight-88 {
		s.newPage()
	}
	s.gap(0.6)
	left := s.left
	if chance(rng, 30) {
		s.left += 35
	}
	nameY := s.y
	label := g.sealLabel
	s.put(s.left, s.y, label)
	nameX := s.left + s.width(label, s.size)
	nameW := 0.0
	if !g.hideName {
		s.put(nameX, s.y, g.name)
		nameW = s.width(g.name, s.size)
	}
	s.y += s.step() * between(rng, 1.5, 2)
	signY := s.y
	signX := s.left + s.width(g.signLabel, s.size) + 3
	s.put(s.left, s.y, g.signLabel)
	if chance(rng, 40) {
		s.page().rules = append(s.page().rules, rule{signX, s.y + 1.2, signX + 48, s.y + 1.2})
	}
	s.y += s.step() * between(rng, 1.5, 2)
	if g.date != "" {
		s.put(s.left, s.y, g.dateLabel+g.date)
	}
	s.y += s.step()
	page := s.page()
	page.name = [4]float64{nameX, nameY - s.size*pointSize, max(nameW, 40), s.size * pointSize * 1.3}
	var sign *tile
	cx, cy := signX+24, signY-3
	if g.sign.who != "" {
		var err error
		if sign, err = drawSign(d.fonts, rng, g.sign); err != nil {
			return err
		}
		cx, cy = signX+sign.w/2+between(rng, 0, 4), signY-sign.h*0.28
	}
	sx, sy := 152+between(rng, -6, 10), nameY+between(rng, 12, 18)
	switch g.seal.on {
	case "name":
		sx, sy = nameX+min(nameW, 60)*between(rng, 0.4, 0.8), nameY+between(rng, -3, 6)
		if nameW == 0 {
			sx = nameX + 22
		}
	case "sign":
		sx, sy = cx+between(rng, -3, 3), cy+between(rng, -2, 3)
		if g.sign.on == "across" {
			sx = cx + between(rng, 14, 20)
		}
	}
	// The seal stays on the paper and below its text.
	sx, sy = max(24, min(pageWidth-26, sx)), max(nameY-8, min(pageHeight-26, sy))
	page.seal = [4]float64{sx - 20, sy - 20, 40, 40}
	if g.seal.shape != "" {
		seal, err := drawSeal(d.fonts, rng, g.seal)
		if err != nil {
			return err
		}
		page.stamps = append(page.stamps, stamp{x: sx, y: sy, tile: seal})
	}
	if sign != nil {
		page.stamps = append(page.stamps, stamp{x: cx, y: cy, tile: sign, isTop: true})
	}
	s.left = left
	return nil
}

// block is where the letter is sealed, signed and dated.
func (l *letter) block(s *setter, d *Drawer, p *plan) error {
	date := dateZH(l.signed, l.dates)
	if l.dates == 2 && l.wording%2 == 0 {
		date = dateZH(l.signed, 0)
	}
	labels := [][3]string{{"授权方（盖章）：", "法定代表人（签字）：", "日期："}, {"授权人（盖章）：", "授权代表签字：", "签署日期："}, {"授权单位（公章）：", "法定代表人签名：", "签发日期："},
		{"授权方：", "代表人（签字）：", "日期："}}[l.wording/3%4]
	name := l.grantor.name("zh")
	switch {
	case l.kind == "ai_licence":
		return nil
	case l.grantor.natural:
		labels = [3]string{"授权人：", "授权人（签字）：", "日期："}
		if l.layout == proseEN || l.layout == tableEN || l.layout == colonsEN {
			labels, name = [3]string{"Name: ", "Signature: ", "Date: "}, l.grantor.name("en")
		}
	case l.english(), l.layout == proseLatin:
		labels = [][3]string{{"Grantor: ", "Authorized signature: ", "Date: "}, {"For and on behalf of ", "Signature: ", "Date: "}, {"Company: ", "Signed by: ", "Date of signature: "}}[l.wording%3]
		name = l.grantor.name("en")
	case l.layout == bilingual:
		labels = [3]string{"授权方 Grantor（盖章）：", "签字 Signature：", "日期 Date："}
	case l.layout == agreement:
		labels = [3]string{"甲方（盖章）：", "法定代表人（签字）：", "签订日期："}
	}
	if l.english() || l.layout == proseLatin {
		date = dateEN(l.signed, l.dates)
	}
	if l.noDate {
		date = ""
	}
	if l.blanks {
		date = "____年__月__日"
	}
	g := signer{labels[0], name, labels[1], labels[2], date, l.seal, l.sign, l.wording%5 == 0 && !l.grantor.natural && !l.english()}
	if err := s.sign(d, p, g); err != nil {
		return err
	}
	if l.layout == agreement { // the other party seals as well
		g := signer{"乙方（盖章）：", l.grantee.name("zh"), "法定代表人（签字）：", "签订日期：", date, sealMark{shape: "round", ink: "red", name: l.grantee.zh, on: "beside"}, signMark{style: 2, who: l.grantee.person.zh, ink: "black", on: "beside"}, false}
		if l.grantee.zh == "" || l.omitGrantee {
			g.seal = sealMark{}
		}
		page := s.page()
		seal := page.seal
		if err := s.sign(d, p, g); err != nil {
			return err
		}
		page.seal = seal
	}
	if l.copySeal && s.y < pageHeight-45 {
		text := "本复印件与原件一致"
		if l.english() || l.layout == proseLatin {
			text = "True copy of the original"
		}
		s.gap(0.8)
		s.put(s.left, s.y+12, text)
		seal, err := drawSeal(d.fonts, p.rng, sealMark{shape: "round", ink: "red", name: p.store.zh})
		if err != nil {
			return err
		}
		s.page().stamps = append(s.page().stamps, stamp{x: s.left + s.width(text, s.size) + 26, y: s.y + 12, tile: seal})
		s.y += 24
	}
	if l.idTerm && !l.english() {
		from := day(p.now.Year()-9, 3, 12)
		if l.grantor.natural {
			s.line("身份证件有效期限：" + from.Format("2006.01.02") + "-" + from.AddDate(20, 0, 0).Format("2006.01.02"))
		} else {
			s.line("签署人身份证号：" + idNumber(p.rng) + "，证件有效期限：" + from.Format("2006.01.02") + "-" + from.AddDate(20, 0, 0).Format("2006.01.02"))
		}
	}
	return nil
}

// further are the pages after the letter: conditions, notarization, apostille.
func (l *letter) further(s *setter, d *Drawer, p *plan) error {
	for range l.appendix {
		s.newPage()
		if l.english() || l.layout == proseLatin {
			s.centred("Annex: Conditions of use", 15)
			for _, text := range []string{
				"1. The photographs may be cropped and resized; logos and labels on the products may not be changed.",
				"2. The grantee keeps records of all listings that show the photographs and provides them on request.",
				"3. The grantee informs the grantor of infringements by third parties as soon as they become known.",
				"4. Upon breach of these conditions the grantor may withdraw the authorization in writing.",
			} {
				s.line(text)
			}
			continue
		}
		s.centred("附件：使用条件", 16)
		for _, text := range []string{
			"一、被授权方可以对图片进行裁剪和缩放，但不得更改商品上的标识。",
			"二、被授权方应保存展示上述图片的商品清单，并在授权方要求时提供。",
			"三、被授权方发现第三方侵权时，应及时告知授权方。",
			"四、被授权方违反上述条件的，授权方可以书面撤回授权。",
		} {
			s.para(text)
		}
	}
	if l.notary || l.apostille {
		s.newPage()
		if l.notary {
			s.centred("NOTARIAL CERTIFICATE", 17)
			s.line(fmt.Sprintf("I, the undersigned notary public, hereby certify that the signature on the foregoing letter was subscribed in my presence by %s, who proved his or her identity to me.", l.grantor.person.en))
			s.line("Notary public, " + l.grantor.address.zh + ". Date: " + dateEN(l.signed.AddDate(0, 0, 3), l.dates))
			s.gap(3)
		}
		if l.apostille {
			s.centred("APOSTILLE", 20)
			s.centred("(Convention de La Haye du 5 octobre 1961)", 11)
			for _, text := range []string{"1. Country: " + l.grantor.address.zh, "This public document", "2. has been signed by the notary public", "3. acting in the capacity of notary",
				"4. bears the seal of the notary", "Certified", "5. at " + l.grantor.address.zh, "6. the " + dateEN(l.signed.AddDate(0, 0, 8), l.dates),
				"7. by the Registrar of the Court", "8. No. " + digits(p.rng, 6), "9. Seal/stamp:", "10. Signature:"} {
				s.line(text)
			}
		}
		seal, err := drawSeal(d.fonts, p.rng, sealMark{shape: "round", ink: "blue", name: "NOTARY PUBLIC " + l.grantor.country})
		if err != nil {
			return err
		}
		sign, err := drawSign(d.fonts, p.rng, signMark{style: 0, who: "notary", ink: "black"})
		if err != nil {
			return err
		}
		s.page().stamps = append(s.page().stamps, stamp{150, min(s.y, 250), seal, false}, stamp{85, min(s.y, 250), sign, true})
	}
	return nil
}

// numbered puts page numbers on, and takes the page away that got lost.
func (l *letter) numbered(s *setter) []*sheet {
	total := len(s.pages)
	if l.flaw.claims > 0 {
		total = l.flaw.claims
	}
	if total < 2 {
		return s.pages
	}
	for i, page := range s.pages {
		n := i + 1
		if l.flaw.dropPage > 0 && n >= l.flaw.dropPage {
			n++
		}
		text := fmt.Sprintf("第 %d 页 共 %d 页", n, total)
		face := sans
		if l.english() || l.layout == proseLatin {
			text, face = fmt.Sprintf("Page %d of %d", n, total), plain
		}
		width := s.m.width(face, text) * 9 * pointSize
		page.runs = append(page.runs, run{(pageWidth - width) / 2, pageHeight - 12, 9, face, "black", text})
	}
	return s.pages
}
