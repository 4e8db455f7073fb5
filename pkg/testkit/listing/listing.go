package listing

import (
	"time"

	"github.com/aecheck/aecheck/pkg/lang"
)

// listing is a case as sellers really bring them, the day before the window
// closes: a handbag in two colours, with most of the mistakes that get an
// appeal refused.
func listing(g *glyphs) ([]File, error) {
	c := &collector{g: g}
	brown, black, gold := hex(0x7a4a2a), hex(0x2b2a2d), hex(0xd0a850)
	white := rgb{1, 1, 1}
	day := time.Date(2026, 3, 14, 15, 8, 55, 0, lang.Beijing())

	place := func(cv *canvas, x, y, size, turn float64, leather rgb) {
		p := pose{x: x, y: y, size: size, turn: turn}
		shadowUnder(cv, p, 0, 0.47, 0.5, 0.7)
		bag(cv, p, leather, gold)
	}
	first := newCanvas(2112, 1584, white)
	desk(first, hex(0xc9bfb2), hex(0x6f5a4a), 0.52)
	place(first, 1020, 790, 1120, 0, brown)
	first.grain(5, 11)
	c.add("原图/IMG_3101.JPG", shoot(first, camera(day, "14", 160, 200)))

	// A screenshot of the second photo instead of the photo.
	second := newCanvas(1170, 1560, white)
	desk(second, hex(0xc9bfb2), hex(0x6f5a4a), 0.5)
	place(second, 585, 800, 930, 0, black)
	screen, err := drawScreenshot(g, second, "10:15")
	c.png("原图/Screenshot_20261119-101500.png", screen, err)

	third := newCanvas(1632, 1224, white)
	desk(third, hex(0xc9bfb2), hex(0x6f5a4a), 0.38)
	place(third, 760, 620, 900, -0.07, brown)
	third.grain(6, 13)
	c.add("套图花絮/IMG_3104.JPG", shoot(third, camera(day.Add(6*time.Minute), "63", 160, 160)))

	refused := first.cropped(280, 60, 1440, 1440).resized(800, 800)
	c.write(refused, "www.bagsdirect.example", 120, 640, 56, white, 0.85)
	c.write(refused, "微信：bag_8899", 230, 715, 44, white, 0.85)
	refusedJPEG, err := encodePlain(refused.image(), 80)
	c.fail(err)
	c.add("违规图/1.jpg", refusedJPEG)

	// Off-white, with a frame drawn around it.
	framed := newCanvas(1000, 1000, hex(0xf3efe6))
	place(framed, 500, 510, 820, 0, brown)
	for _, edge := range []shape{box(0, 0, 1000, 18, 0), box(0, 982, 1000, 1000, 0), box(0, 0, 18, 1000, 0), box(982, 0, 1000, 1000, 0)} {
		framed.fill(pose{size: 1}, edge, 0, flat(hex(0xc8102e)))
	}
	c.plain("替换图/主图/01_正面.jpg", framed, 88)
	// Too small.
	small := newCanvas(1280, 1280, white)
	place(small, 640, 650, 1000, 0, black)
	c.plain("替换图/主图/02_黑色.jpg", small.resized(640, 640), 88)
	// Nearly white: a grey card in evening light.
	offWhite := newCanvas(1000, 1000, hex(0xf8f6f2))
	place(offWhite, 500, 505, 780, 0.02, brown)
	c.plain("替换图/主图/03_侧面.jpg", offWhite, 88)
	// A phone number and a messenger name on the picture.
	contact := newCanvas(1000, 1000, white)
	place(contact, 500, 470, 800, 0, brown)
	c.write(contact, "微信：bag_8899  电话：13800138000", 130, 915, 44, hex(0xc8102e), 1)
	c.plain("替换图/SKU图/BROWN.jpg", contact, 88)
	// The violating picture itself, byte for byte.
	c.add("替换图/详情/d1.jpg", refusedJPEG)
	// An upload that broke off.
	c.add("替换图/详情/d2.jpg", nil)

	const company, product, violation = "杭州样例皮具有限公司", "1005009876543210", "WG20261117000123"
	cv, err := drawNotice(g, notice{violation, product, "盗用他人图片", "已处罚", "2026-11-17 18:00:00", "2026-11-17 20:41:37"})
	c.png("违规通知/通知截图.png", cv, err)
	cv, err = drawCommitment(g, letter{company, "2209876543", product, violation, "王五", "2026 年 11 月 19 日", true, true})
	c.jpeg("承诺书/承诺书.jpg", cv, err)
	c.add("授权书/acme-loa.pdf", writePDF("Letter of Authorization", "20250110093000+01'00'", []pdfLine{
		{"ACME Lederwaren GmbH", 16, true, 0},
		{"Hafenstrasse 12, 20457 Hamburg, Germany", 10, false, 16},
		{"LETTER OF AUTHORIZATION", 20, true, 60},
		{"Date: 10 January 2025", 11, false, 40},
		{"We, ACME Lederwaren GmbH (Grantor), owner of the trademark ACME, registration No. 302019105566,", 11, false, 34},
		{"hereby authorize Hangzhou Sample Leather Co., Ltd. (Grantee) to use our product photographs", 11, false, 18},
		{"and the trademark ACME for the sale of handbags on AliExpress.", 11, false, 18},
		{"Product category: bags", 11, false, 30},
		{"Territory: worldwide", 11, false, 18},
		{"Term: from 10 January 2025 to 30 June 2026", 11, false, 18},
		{"Sub-licensing is not permitted.", 11, false, 18},
		{"Signature: ______________________", 11, false, 110},
		{"Dr. Anna Beispiel, Managing Director", 11, false, 22},
	}, true))
	c.add("上传日志/log.csv", uploadLog(time.Date(2026, 11, 6, 0, 0, 0, 0, lang.Beijing()), 12, "BAG"))
	c.add("申诉理由/申诉理由.txt", []byte(listingStatement))
	c.add("未命名.dat", []byte("\x00\x01\x02 exported by a phone assistant, nobody knows what this is\n"))
	c.add("case.yaml", []byte(listingCase))
	return c.files, c.err
}

const listingStatement = `尊敬的平台：

我司高度重视此次违规，深表歉意。图片是我们自己拍的，请平台核实后尽快恢复，今后一定加强管理，保证不再发生类似情况。
`

const listingCase = `# A sample case with the usual mistakes, made by pkg/testkit/listing. All names and numbers are invented.
schema_version: 1
store:
  id: "2209876543"
  type: company
  name: {zh: 杭州样例皮具有限公司, en: "Hangzhou Sample Leather Co., Ltd."}
  level: 2
product:
  id: "1005009876543210"
  category: bags/handbags
  sites: [global, es]
  listed_at: 2026-04-01 09:00
  other_listings: ["1005009876543777"]
  skus:
    - {id: BROWN, name: 棕色}
    - {id: BLACK, name: 黑色}
violation:
  id: "WG20261117000123"
  marketplace: aliexpress
  type: stolen_image
  state: penalised
  effective_at: 2026-11-17 18:00
  notified_at: 2026-11-17 18:05
  image_urls: ["https://ae01.alicdn.com/kf/S7d21e9c05a.jpg"]
appeal:
  track: platform_penalty
  ground: rectified
  planned_at: 2026-11-24 15:00
originals:
  stored_at: "移动硬盘 D:/拍摄/2026-03"
  photographer: 王五
ai: {used: false}
people: {shown: false}
brands:
  authorized: [{name: ACME, registration: "302019105566", letter: LOA-1}]
letters:
  - id: LOA-1
    file: 授权书/acme-loa.pdf
    type: brand
    grantor: {name: ACME Lederwaren GmbH, country: DE}
    grantee: {name: "Hangzhou Sample Leather Co., Ltd.", country: CN}
    categories: [bags]
    territory: [worldwide]
    starts: 2025-01-10
    ends: 2026-06-30
    sublicense: false
    signed_at: 2025-01-10
    languages: [en]
    notarized: false
    legalization: none
upload_log: {file: 上传日志/log.csv, from: 2026-11-06, to: 2026-11-17}
`
