package listing

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/lang"
)

// honest is a complete and clean case: a mug in two colours, one main picture
// of which was refused because a watermark of another shop was left on it.
func honest(g *glyphs) ([]File, error) {
	c := &collector{g: g}
	red, blue, cream := hex(0xb63a2e), hex(0x2d5d8a), hex(0xf2e3c8)
	white := rgb{1, 1, 1}

	scene := func(w, h int, wood uint32, horizon float64) *canvas {
		cv := newCanvas(w, h, white)
		desk(cv, hex(0xb9c0bd), hex(wood), horizon)
		return cv
	}
	place := func(cv *canvas, x, y, size, turn float64, body rgb) {
		p := pose{x: x, y: y, size: size, turn: turn}
		shadowUnder(cv, p, 0, 0.46, 0.5, 0.75)
		mug(cv, p, body, cream)
	}
	day := time.Date(2026, 2, 20, 10, 41, 7, 0, lang.Beijing())

	first := scene(2112, 1584, 0x9c6b42, 0.55)
	place(first, 1000, 800, 980, 0, red)
	first.grain(5, 1)
	original := shoot(first, camera(day, "31", 200, 160))
	c.add("source/IMG_2001.JPG", original)

	second := scene(2112, 1584, 0x9c6b42, 0.55)
	place(second, 1060, 790, 940, 0, blue)
	second.grain(5, 2)
	c.add("source/IMG_2002.JPG", shoot(second, camera(day.Add(4*time.Minute+12*time.Second), "08", 200, 160)))

	third := scene(1824, 1368, 0x9c6b42, 0.42)
	place(third, 560, 640, 620, -0.04, red)
	place(third, 1270, 760, 700, 0.03, blue)
	third.grain(6, 3)
	c.add("companion/IMG_2003.JPG", shoot(third, camera(day.Add(9*time.Minute), "77", 250, 125)))

	fourth := scene(1824, 1368, 0x9c6b42, 0.30)
	place(fourth, 840, 700, 1150, 0.10, red)
	fourth.grain(6, 4)
	c.add("companion/IMG_2004.JPG", shoot(fourth, camera(day.Add(13*time.Minute+40*time.Second), "52", 250, 125)))

	refused := first.cropped(350, 120, 1400, 1400).resized(800, 800)
	c.write(refused, "www.cuphouse.example", 130, 690, 54, white, 0.8)
	c.plain("violating/1.jpg", refused, 82)

	onWhite := func(w, h int, x, y, size float64, body rgb) *canvas {
		cv := newCanvas(w, h, white)
		p := pose{x: x, y: y, size: size}
		shadowUnder(cv, p, 0, 0.46, 0.44, 0.45)
		mug(cv, p, body, cream)
		return cv
	}
	c.plain("replacement/main/m1.jpg", onWhite(1000, 1000, 440, 490, 780, red), 90)
	c.plain("replacement/main/m2.jpg", onWhite(1000, 1000, 430, 500, 800, blue), 90)
	c.plain("replacement/sku/RED.jpg", onWhite(1000, 1000, 445, 505, 730, red), 90)
	c.plain("replacement/sku/BLUE.jpg", onWhite(1000, 1000, 445, 485, 740, blue), 90)
	c.plain("replacement/marketing_1x1/k1.jpg", onWhite(1000, 1000, 435, 500, 820, red), 90)
	c.plain("replacement/marketing_3x4/k1.jpg", onWhite(900, 1200, 385, 590, 745, blue), 90)
	pair := newCanvas(1000, 1000, white)
	for i, body := range []rgb{red, blue} {
		p := pose{x: 250 + 445*float64(i), y: 430 + 150*float64(i), size: 420}
		shadowUnder(pair, p, 0, 0.46, 0.44, 0.45)
		mug(pair, p, body, cream)
	}
	c.plain("replacement/detail/d1.jpg", pair, 90)

	const company, product, violation = "深圳市示例科技有限公司", "1005001234567890", "WG20261121000456"
	cv, err := drawNotice(g, notice{violation, product, "图片水印不符合要求", "已处罚", "2026-11-21 09:30:00", "2026-11-21 10:02:11"})
	c.png("notice/notice.png", cv, err)
	cv, err = drawCommitment(g, letter{company, "1101234567", product, violation, "李四", "2026 年 11 月 22 日", true, true})
	c.jpeg("commitment/commitment.jpg", cv, err)
	cv, err = drawDeposit(g, deposit{company, "CZ2026022011000017", "2026-02-20 11:00:00", "2026-11-20 09:12:44",
		[]string{"IMG_2001.JPG", fmt.Sprintf("%.24x", sha256.Sum256(original))}})
	c.png("evidence/deposit.png", cv, err)
	c.add("upload_log/log.csv", uploadLog(time.Date(2026, 10, 22, 0, 0, 0, 0, lang.Beijing()), 31, "MUG"))
	c.add("statement/statement.txt", []byte(honestStatement))
	c.add("case.yaml", []byte(honestCase))
	return c.files, c.err
}

// uploadLog lists one to three uploads a day, as CSV that Excel opens.
func uploadLog(first time.Time, days int, product string) []byte {
	var b strings.Builder
	b.WriteString("\ufeff上传时间,文件名,图片编号,操作账号,用途\r\n")
	id := 880140
	for d := range days {
		day := first.AddDate(0, 0, d)
		for i := range 1 + (d*5+2)%3 {
			at := day.Add(time.Duration(9*60+(d*37+i*113)%510) * time.Minute)
			id += 3 + (d+i)%5
			fmt.Fprintf(&b, "%s,%s_%02d%02d_%d.jpg,P%d,shop-ops-%d,%s\r\n", at.Format("2006-01-02 15:04:05"), product,
				day.Month(), day.Day(), i+1, id, 1+(d+i)%2, []string{"主图", "SKU 图", "详情图"}[(d+i)%3])
		}
	}
	return []byte(b.String())
}

const honestStatement = `申诉理由

商品 1005001234567890 于 2026 年 11 月 21 日 09:30 因主图第 1 张含有第三方水印被处罚，违规编号 WG20261121000456。

一、水印的来源
2026 年 11 月 12 日我方美工从旧的分销素材包中误取了一张图片，左下方留有 www.cuphouse.example 字样。该图片的底图由我方拍摄：原始文件 IMG_2001.JPG，拍摄时间 2026 年 2 月 20 日 10:41，相机 LUMORA S1，机身编号 071400238。同一组花絮 IMG_2003.JPG、IMG_2004.JPG 一并提交。

二、已做的处理
2026 年 11 月 22 日已删除违规图片，主图、SKU 图、营销图和详情图共 7 张全部更换，红色、蓝色两个 SKU 均已覆盖；新图为纯白底，不含水印、联系方式和第三方标识。

三、证据
原始文件于 2026 年 2 月 20 日 11:00 存证，编号 CZ2026022011000017，早于商品上架时间 2026 年 3 月 2 日。2026 年 10 月 22 日至 11 月 21 日的图片上传日志附后。
`

const honestCase = `# A complete and clean sample case, made by pkg/testkit/listing. All names and numbers are invented.
schema_version: 1
store:
  id: "1101234567"
  type: company
  name: {zh: 深圳市示例科技有限公司, en: "Shenzhen Example Technology Co., Ltd."}
  level: 3
product:
  id: "1005001234567890"
  category: drinkware/mugs
  sites: [global]
  listed_at: 2026-03-02 10:15
  skus:
    - {id: RED, name: 红色}
    - {id: BLUE, name: 蓝色}
violation:
  id: "WG20261121000456"
  marketplace: aliexpress
  type: watermark
  state: penalised
  effective_at: 2026-11-21 09:30
  notified_at: 2026-11-21 09:32
  image_urls: ["https://ae01.alicdn.com/kf/S1f0c2a7b4e.jpg"]
appeal:
  track: platform_penalty
  ground: rectified
  planned_at: 2026-11-24 10:00
  network: office-1
images:
  - {file: replacement/main/m1.jpg, slot: main, skus: [RED], replaces: violating/1.jpg, source: source/IMG_2001.JPG}
  - {file: replacement/main/m2.jpg, slot: main, skus: [BLUE], source: source/IMG_2002.JPG}
originals:
  stored_at: "NAS:/photos/2026-02"
  photographer: 李四
ai: {used: false}
people: {shown: false}
evidence:
  - {file: evidence/deposit.png, type: cloud_deposit, dated: 2026-02-20 11:00}
upload_log: {file: upload_log/log.csv, from: 2026-10-22, to: 2026-11-21}
`
