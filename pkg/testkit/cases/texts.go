package cases

import (
	"fmt"
	"image/color"
	"math/rand/v2"
	"strings"
	"time"
)

// statementOf is the seller's statement: facts alone.
func statementOf(p *plan) string {
	var b strings.Builder
	fmt.Fprintf(&b, "申诉理由\n\n商品 %s 于 %s 因图片被处罚，违规编号 %s。\n\n", p.product, p.effective.Format("2006 年 1 月 2 日 15:04"), p.violID)
	switch p.ground {
	case "misjudged":
		b.WriteString("一、图片来源\n被处罚的主图第 1 张由我方拍摄：原始文件 IMG_2001.JPG，拍摄时间 2026 年 2 月 20 日 10:41，相机 LUMORA S1，机身编号 071400238。同一组花絮 IMG_2003.JPG、IMG_2004.JPG 一并提交。\n\n" +
			"二、上架时间\n商品于 2026 年 3 月 2 日上架，图片从拍摄到上架均由我方完成。\n")
	case "authorized":
		l := p.letters[0]
		fmt.Fprintf(&b, "一、授权\n图片经 %s 授权使用，共 %d 级授权书，期限自 %s 起。\n\n二、使用范围\n图片仅用于商品 %s 的主图、SKU 图和详情图，共 7 张。\n", l.grantor.name("zh"), len(p.letters), l.starts.Format("2006 年 1 月 2 日"), p.product)
	default:
		what := "主图第 1 张的底图由我方于 2026 年 2 月 20 日拍摄，原始文件 IMG_2001.JPG"
		if p.violation == "stolen_image" || p.violation == "infringement" {
			what = "主图第 1 张由美工误取自网络。现已改用我方于 2026 年 2 月 20 日拍摄的图片，原始文件 IMG_2001.JPG"
		}
		fmt.Fprintf(&b, "一、违规图片\n"+what+"，相机 LUMORA S1，机身编号 071400238。\n\n二、已做的处理\n%s 已删除违规图片，主图、SKU 图、营销图和详情图共 7 张全部更换，红色、蓝色两个 SKU 均已覆盖。\n", p.commitment.date.Format("2006 年 1 月 2 日"))
	}
	return b.String()
}

// uploadLog lists uploads of the days before the case, as CSV that Excel opens.
func uploadLog(rng *rand.Rand, last time.Time, days int) string {
	var b strings.Builder
	b.WriteString("\ufeff" + pick(rng, []string{"上传时间,文件名,图片编号,操作账号,用途", "时间,文件名,图片ID,操作人,类型"}) + "\r\n")
	layout := pick(rng, []string{"2006-01-02 15:04:05", "2006/1/2 15:04", "2006-01-02 15:04", "1/2/2006 15:04"})
	for d := days; d >= 0; d-- {
		at := last.AddDate(0, 0, -d).Truncate(dayLength).Add(time.Hour)
		for i := range 1 + (d*5+2)%3 {
			at = at.Add(time.Duration(40+rng.IntN(90)) * time.Minute)
			fmt.Fprintf(&b, "%s,MUG_%s_%d.jpg,P%d,shop-ops-%d,%s\r\n", at.Format(layout), at.Format("0102"), i+1, 880140+31*d+i, 1+i%2, []string{"主图", "SKU 图", "详情图"}[(d+i)%3])
		}
	}
	return b.String()
}

// deposit is the capture of a cloud deposit of the original.
func (d *Drawer) deposit(p *plan) ([]byte, error) {
	s := newScreen(d.fonts, 900, 420, white)
	s.fill(20, 20, 880, 24, color.RGBA{63, 111, 181, 255})
	s.text(300, 84, 34, color.RGBA{35, 74, 134, 255}, "电子数据存证证书")
	for i, f := range [][2]string{{"存证编号", "CZ20260220110000" + digits(p.rng, 2)}, {"存证主体", p.store.zh}, {"存证时间", "2026-02-20 11:00:00"}, {"文件名称", "IMG_2001.JPG"}, {"截图时间", minute(p.now.Add(-2 * time.Hour))}} {
		if p.undated && (i == 0 || i == 2 || i == 4) {
			continue
		}
		s.text(70, 146+50*i, 21, gray, f[0])
		s.text(220, 146+50*i, 21, dark, f[1])
	}
	if s.err != nil {
		return nil, s.err
	}
	return asPNG(s.img)
}

// quoted is a YAML text.
func quoted(s string) string { return fmt.Sprintf("%q", s) }

// caseYAML is case.yaml as the seller filled it in.
func (p *plan) caseYAML() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	const at = "2006-01-02 15:04"
	line("schema_version: 1\nstore:\n  id: %q\n  type: %s\n  name: {zh: %s, en: %s}\n  level: 3", p.storeID, map[bool]string{true: "individual", false: "company"}[p.store.sole], quoted(p.store.zh), quoted(p.store.en))
	line("product:\n  id: %q\n  category: %s\n  sites: [%s]\n  listed_at: 2026-03-02 10:15\n  skus:\n    - {id: RED, name: 红色}\n    - {id: BLUE, name: 蓝色}", p.product, p.category, strings.Join(p.sites, ", "))
	line("violation:\n  id: %q\n  marketplace: %s\n  type: %s\n  state: %s\n  effective_at: %s\n  notified_at: %s", p.violID, p.market, p.violation, p.state, p.effective.Format(at), p.notified.Format(at))
	if !p.deadline.IsZero() {
		line("  deadline: %s", p.deadline.Format(at))
	}
	line("  image_urls: [\"https://ae01.alicdn.com/kf/S%s.jpg\"]", digits(p.rng, 12))
	line("appeal:\n  track: platform_penalty\n  ground: %s\n  planned_at: %s\n  network: office-1", p.ground, p.now.Add(26*time.Hour).Format(at))
	p.imagesYAML(line)
	line("originals:\n  stored_at: \"NAS:/photos/2026-02\"\n  photographer: %s", p.store.person.zh)
	if p.aiTool == "" {
		line("ai: {used: false}")
	} else {
		line("ai: {used: true, tool: %s, licence: AI-1}", quoted(p.aiTool))
	}
	if p.people {
		line("people: {shown: true, releases: [REL-1]}")
	} else {
		line("people: {shown: false}")
	}
	p.lettersYAML(line)
	if p.evidence {
		line("evidence:\n  - {file: %s, type: cloud_deposit, dated: 2026-02-20 11:00}", quoted(p.folders["evidence"]+"/deposit.png"))
	}
	if p.log {
		line("upload_log: {file: %s, from: %s, to: %s}", quoted(p.folders["upload_log"]+"/log.csv"), p.now.AddDate(0, 0, -p.logDays).Format("2006-01-02"), p.now.Format("2006-01-02"))
	}
	text := b.String()
	if p.yaml != nil {
		text = p.yaml(text)
	}
	return text
}

// imagesYAML says which original the main pictures were made from.
func (p *plan) imagesYAML(line func(string, ...any)) {
	zh := p.folders["notice"] != "notice"
	path := func(from string) string {
		for _, pic := range p.pictures {
			switch {
			case pic.from != from:
			case pic.slot != "":
				return p.folders[pic.kind] + "/" + slotFolder(pic.slot, zh) + "/" + pic.file
			default:
				return p.folders[pic.kind] + "/" + pic.file
			}
		}
		return ""
	}
	head := "images:\n"
	for i, sku := range []string{"RED", "BLUE"} {
		made, source := path(fmt.Sprintf("replacement/main/m%d.jpg", i+1)), path(fmt.Sprintf("source/IMG_200%d.JPG", i+1))
		if p.ground == "rectified" && made != "" && source != "" {
			line(head+"  - {file: %s, slot: main, skus: [%s], source: %s}", quoted(made), sku, quoted(source))
			head = ""
		}
	}
}

// lettersYAML is what the seller wrote of the letters.
func (p *plan) lettersYAML(line func(string, ...any)) {
	if len(p.said) == 0 {
		return
	}
	last := ""
	for i := range p.said {
		if l := &p.said[i]; l.kind == "brand" {
			last = l.id
		}
	}
	if last != "" {
		line("brands:\n  authorized: [{name: %s, registration: %q, letter: %s}]", p.brand, p.registered, last)
	}
	line("letters:")
	for i := range p.said {
		l := &p.said[i]
		line("  - id: %s\n    file: %s\n    type: %s", l.id, quoted(l.file), l.kind)
		if l.previous != "" {
			line("    previous: %s", l.previous)
		}
		if p.sparse {
			continue
		}
		best := func(a party) string {
			if a.zh != "" {
				return a.zh
			}
			return a.en
		}
		line("    grantor: {name: %s, country: %s, published_url: \"https://www.%s.example/partners\"}", quoted(best(l.grantor)), l.grantor.country, strings.ToLower(p.brand))
		line("    grantee: {name: %s, country: %s}", quoted(best(l.grantee)), "CN")
		if l.kind != "ai_licence" {
			line("    categories: [%s]\n    territory: [worldwide]", strings.Join(l.categories, ", "))
		}
		line("    starts: %s\n    ends: %s\n    sublicense: %v\n    signed_at: %s", l.starts.Format("2006-01-02"), l.ends.Format("2006-01-02"), l.sublicense, l.signed.Format("2006-01-02"))
		notarized := l.notary || l.attested
		lang := "[zh]"
		switch {
		case l.english():
			lang = "[en]"
		case l.layout == bilingual:
			lang = "[zh, en]"
		case l.layout == proseLatin:
			lang = "[" + l.language + "]"
		}
		if l.translation != "" {
			lang = strings.TrimSuffix(lang, "]") + ", " + l.translation + "]"
		}
		legal := "none"
		if l.apostille {
			legal = "apostille"
		}
		line("    languages: %s\n    notarized: %v\n    legalization: %s", lang, notarized, legal)
	}
}
