package guide

import (
	"fmt"
	"html"
	"strings"

	"github.com/aecheck/aecheck/pkg/lang"
)

// Sizes in the drawing, in pixels of SVG.
const (
	panelWidth  = 400
	panelHeight = 440
	headHeight  = 44
	paperTop    = headHeight + 16 // of what is drawn in a panel
	paperHeight = 270
)

// Colours of the drawing.
const (
	good  = "#1a7f37"
	bad   = "#b42318"
	ink   = "#24292f"
	faint = "#d0d7de"
	grey  = "#8c959f"
	red   = "#d1242f" // of a seal
	pen   = "#1f3c88"
)

// side is one half of an example: what is drawn, and what is said below it.
type side struct {
	draw func(*drawing)
	says []lang.Text
}

// Picture draws the example of a guide as SVG: what is right and what is wrong side by
// side, labelled in the language. false where there is no such guide.
func Picture(id string, l lang.Lang) ([]byte, bool) {
	var right, wrong side
	switch id {
	case "exif":
		right, wrong = exifSides()
	case "seal":
		right, wrong = sealSides()
	case "signature":
		right, wrong = signatureSides()
	case "white":
		right, wrong = whiteSides()
	case "mark":
		right, wrong = markSides()
	case "notice":
		right, wrong = noticeSides()
	default:
		return nil, false
	}
	d := &drawing{lang: l}
	fmt.Fprintf(d, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%[1]d" height="%[2]d" font-family="'Microsoft YaHei','PingFang SC','Noto Sans CJK SC',sans-serif">`+"\n", 2*panelWidth, panelHeight)
	d.rect(0, 0, 2*panelWidth, panelHeight, "#f6f8fa", "none")
	d.panel(0, good, "✓ ", lang.T("这样可以", "This is right"), right)
	d.panel(panelWidth, bad, "✗ ", lang.T("这样不行", "This is not"), wrong)
	d.WriteString("</svg>\n")
	return []byte(d.String()), true
}

// drawing is SVG being written.
type drawing struct {
	strings.Builder
	lang lang.Lang
}

func (d *drawing) rect(x, y, w, h int, fill, stroke string) {
	fmt.Fprintf(d, `<rect x="%d" y="%d" width="%d" height="%d" rx="4" fill="%s" stroke="%s"/>`+"\n", x, y, w, h, fill, stroke)
}

// text writes from the left end of the base line.
func (d *drawing) text(x, y, size int, fill, s string) {
	fmt.Fprintf(d, `<text x="%d" y="%d" font-size="%d" fill="%s">%s</text>`+"\n", x, y, size, fill, html.EscapeString(s))
}

func (d *drawing) say(x, y, size int, fill string, t lang.Text) {
	d.text(x, y, size, fill, t.In(d.lang))
}

// path draws a line in SVG's own words, shifted.
func (d *drawing) path(x, y int, line, stroke string, width float64) {
	fmt.Fprintf(d, `<path transform="translate(%d %d)" d="%s" fill="none" stroke="%s" stroke-width="%g" stroke-linecap="round"/>`+"\n", x, y, line, stroke, width)
}

// panel writes one half at x.
func (d *drawing) panel(x int, colour, mark string, title lang.Text, s side) {
	fmt.Fprintf(d, `<g transform="translate(%d 0)">`+"\n", x)
	d.rect(10, 10, panelWidth-20, panelHeight-20, "#ffffff", faint)
	d.rect(10, 10, panelWidth-20, headHeight-10, colour, "none")
	d.text(24, 34, 18, "#ffffff", mark+title.In(d.lang))
	s.draw(d)
	for i, t := range s.says {
		d.say(24, paperTop+paperHeight+28+i*24, 15, colour, t)
	}
	d.WriteString("</g>\n")
}

// paper draws a page with lines of writing.
func (d *drawing) paper(title lang.Text) {
	d.rect(60, paperTop, 280, paperHeight, "#fffefa", faint)
	d.say(128, paperTop+34, 17, ink, title)
	for i := range 4 {
		d.rect(84, paperTop+56+i*22, 232-i%2*40, 6, "#eaeef2", "none")
	}
}

// scribble is a signature written by hand.
const scribble = "M0 18 C10 -12 18 -6 14 14 C12 26 24 22 30 4 C34 -8 40 0 36 16 C34 26 46 22 54 6 M28 10 L70 4 M62 -4 C60 14 64 24 78 12 C90 2 96 8 110 4"

// seal draws a round seal around (x, y).
func (d *drawing) seal(x, y int, colour string) {
	name := lang.T("示例贸易有限公司", "SAMPLE TRADING CO., LTD.").In(d.lang)
	id := fmt.Sprintf("arc%d", d.Len()) // one drawing may have several
	fmt.Fprintf(d, `<g transform="translate(%d %d)"><circle r="54" fill="none" stroke="%s" stroke-width="4"/>`, x, y, colour)
	fmt.Fprintf(d, `<path id="%s" d="M-38 14 A40 40 0 1 1 38 14" fill="none"/>`, id)
	size := 15
	if d.lang != lang.ZH {
		size = 10
	}
	fmt.Fprintf(d, `<text font-size="%d" fill="%s"><textPath href="#%s" startOffset="50%%" text-anchor="middle">%s</textPath></text>`, size, colour, id, html.EscapeString(name))
	fmt.Fprintf(d, `<path d="M0 -18 L4.2 -5.8 L17.1 -5.6 L6.8 2.2 L10.6 14.6 L0 7.2 L-10.6 14.6 L-6.8 2.2 L-17.1 -5.6 L-4.2 -5.8 Z" fill="%s"/></g>`+"\n", colour)
}

func sealSides() (right, wrong side) {
	letter := lang.T("图片合规承诺书", "Commitment letter")
	right.draw = func(d *drawing) {
		d.paper(letter)
		d.say(84, paperTop+196, 14, ink, lang.T("签名：", "Signed:"))
		d.path(140, paperTop+186, scribble, pen, 2.5)
		d.say(84, paperTop+228, 14, ink, lang.T("日期：2026-11-20", "Date: 2026-11-20"))
		d.seal(262, paperTop+198, red)
	}
	right.says = []lang.Text{
		lang.T("整个章都在，字和颜色看得清", "The whole seal; words and colour can be seen"),
		lang.T("章上的名称就是本店主体", "The name on it is that of the shop"),
		lang.T("先签名盖章，再彩色扫描", "Signed and sealed on paper, scanned in colour"),
	}
	wrong.draw = func(d *drawing) {
		d.paper(letter)
		d.say(84, paperTop+228, 14, ink, lang.T("日期：2026-11-20", "Date: 2026-11-20"))
		fmt.Fprintf(d, `<clipPath id="edge"><rect x="60" y="%d" width="280" height="%d"/></clipPath><g clip-path="url(#edge)">`, paperTop, paperHeight)
		d.seal(330, paperTop+190, red)
		d.WriteString(`</g><g opacity="0.35" style="filter:blur(2px)">`)
		d.seal(150, paperTop+186, "#57606a")
		d.WriteString("</g>\n")
	}
	wrong.says = []lang.Text{
		lang.T("只有半个章，或黑白、糊成一片", "Half a seal; or without colour, or blurred"),
		lang.T("没有手写签名", "No handwritten signature"),
		lang.T("在电脑上贴章会被当作伪造", "Pasted in on a computer it counts as forged"),
	}
	return right, wrong
}

func signatureSides() (right, wrong side) {
	letter := lang.T("图片合规承诺书", "Commitment letter")
	line := func(d *drawing) {
		d.paper(letter)
		d.say(84, paperTop+200, 15, ink, lang.T("签名：", "Signed:"))
		d.rect(144, paperTop+206, 160, 1, grey, "none")
	}
	right.draw = func(d *drawing) {
		line(d)
		d.path(156, paperTop+184, scribble, pen, 3)
	}
	right.says = []lang.Text{
		lang.T("打印出来，用笔签，再扫描", "Printed, signed with a pen, then scanned"),
		lang.T("承诺书还要盖公章", "The commitment needs the seal as well"),
	}
	wrong.draw = func(d *drawing) {
		line(d)
		d.say(160, paperTop+200, 18, ink, lang.T("张小明", "Zhang Xiaoming"))
		fmt.Fprintf(d, `<rect x="150" y="%d" width="134" height="36" fill="#ffffff" stroke="%s" stroke-dasharray="4 3"/>`+"\n", paperTop+218, grey)
		d.path(160, paperTop+228, scribble, grey, 2)
	}
	wrong.says = []lang.Text{
		lang.T("打字打上的名字", "A name that was typed"),
		lang.T("把签名的图片贴上去", "A picture of a signature pasted in"),
	}
	return right, wrong
}

// bag draws the product, a bag, with its lower left corner at (x, y).
func (d *drawing) bag(x, y int, scale float64) {
	fmt.Fprintf(d, `<g transform="translate(%d %d) scale(%g)"><path d="M30 -100 C30 -150 90 -150 90 -100" fill="none" stroke="#7a4a21" stroke-width="8"/>`, x, y, scale)
	d.WriteString(`<rect x="0" y="-104" width="120" height="104" rx="10" fill="#b5763a"/><rect x="0" y="-104" width="120" height="30" rx="10" fill="#8f5a2a"/><rect x="52" y="-84" width="16" height="18" rx="3" fill="#e8c37b"/></g>` + "\n")
}

func whiteSides() (right, wrong side) {
	right.draw = func(d *drawing) {
		d.rect(65, paperTop, 270, 270, "#ffffff", faint)
		d.bag(104, paperTop+246, 1.6)
	}
	right.says = []lang.Text{
		lang.T("四边纯白，没有边框和字", "Pure white to the edge, no border, no words"),
		lang.T("商品完整，占画面 70% 以上", "The product whole, 70 % of the frame or more"),
	}
	wrong.draw = func(d *drawing) {
		d.rect(65, paperTop, 270, 270, "#d9dbd6", faint)
		fmt.Fprintf(d, `<rect x="71" y="%d" width="258" height="258" fill="none" stroke="#c9302c" stroke-width="8"/>`+"\n", paperTop+6)
		fmt.Fprintf(d, `<ellipse cx="200" cy="%d" rx="64" ry="9" fill="#9aa09a"/>`+"\n", paperTop+186)
		d.bag(150, paperTop+184, 0.85)
		d.rect(232, paperTop+22, 84, 34, "#c9302c", "none")
		d.text(247, paperTop+46, 20, "#ffffff", "SALE")
	}
	wrong.says = []lang.Text{
		lang.T("灰底、有阴影和边框", "A grey ground, a shadow, a border"),
		lang.T("商品太小，还有促销字", "A small product and promotional words"),
	}
	return right, wrong
}

func markSides() (right, wrong side) {
	right.draw = func(d *drawing) {
		d.rect(65, paperTop, 270, 270, "#ffffff", faint)
		d.bag(110, paperTop+234, 1.5)
		d.text(196, paperTop+260, 16, "#57606a", "AE-1101234567")
	}
	right.says = []lang.Text{
		lang.T("没有水印最省事", "Simplest is no watermark at all"),
		lang.T("有的话：AE- 加本店 ID 的数字", "If any: AE- and the digits of the shop ID"),
	}
	wrong.draw = func(d *drawing) {
		d.rect(65, paperTop, 270, 270, "#ffffff", faint)
		d.bag(110, paperTop+234, 1.5)
		d.text(188, paperTop+260, 16, "#57606a", "©2024 STUDIO")
		fmt.Fprintf(d, `<text x="200" y="%d" font-size="28" fill="#ffffff" fill-opacity="0.65" text-anchor="middle" transform="rotate(-24 200 %[1]d)">%s</text>`+"\n", paperTop+160, html.EscapeString(lang.T("某某实拍 盗图必究", "MY BRAND").In(d.lang)))
	}
	wrong.says = []lang.Text{
		lang.T("“©2024 …”、品牌标识、别家编号", "\"©2024 …\", a brand, another shop's number"),
		lang.T("中文水印证明不了图是你的", "Words across it do not prove it is yours"),
	}
	return right, wrong
}

func noticeSides() (right, wrong side) {
	right.draw = func(d *drawing) {
		d.rect(40, paperTop, 320, paperHeight, "#ffffff", grey)
		d.rect(40, paperTop, 320, 26, "#eaeef2", grey)
		d.say(52, paperTop+18, 13, ink, lang.T("卖家后台", "Seller centre"))
		d.rect(41, paperTop+27, 92, paperHeight-28, "#f6f8fa", "none")
		for i, t := range []lang.Text{lang.T("商品", "Products"), lang.T("订单", "Orders"), lang.T("违规处罚", "违规处罚"), lang.T("申诉记录", "申诉记录")} {
			colour := grey
			if i == 2 {
				colour = good
			}
			d.say(52, paperTop+54+i*30, 14, colour, t)
		}
		rows := []struct {
			name  lang.Text
			value lang.Text
			must  bool
		}{
			{lang.T("违规编号", "Violation ID"), lang.T("WG20261118001", "WG20261118001"), true},
			{lang.T("处罚时间", "Penalised"), lang.T("2026-11-18 09:30", "2026-11-18 09:30"), true},
			{lang.T("状态", "State"), lang.T("已处罚", "已处罚"), false},
			{lang.T("违规类型", "Type"), lang.T("盗图", "盗图"), false},
			{lang.T("商品 ID", "Product ID"), lang.T("1005006001234567", "1005006001234567"), false},
		}
		for i, r := range rows {
			y := paperTop + 62 + i*38
			if r.must {
				fmt.Fprintf(d, `<rect x="138" y="%d" width="216" height="30" rx="4" fill="none" stroke="%s" stroke-width="2"/>`+"\n", y-20, good)
			}
			d.say(146, y, 13, grey, r.name)
			d.say(226, y, 13, ink, r.value)
		}
	}
	right.says = []lang.Text{
		lang.T("后台“违规处罚”里打开这一条，整页截", "Opened under 违规处罚, the whole page"),
		lang.T("看得到违规编号和年月日时分", "Violation ID, date, hour and minute shown"),
		lang.T("位置和样式以后台实际页面为准", "The page itself may look different"),
	}
	wrong.draw = func(d *drawing) {
		d.rect(40, paperTop+80, 320, 76, "#fff8e6", "#e8c37b")
		d.say(56, paperTop+112, 16, ink, lang.T("您的商品因图片违规被处罚", "Your product was penalised"))
		d.say(56, paperTop+138, 14, grey, lang.T("查看详情 >", "See details >"))
	}
	wrong.says = []lang.Text{
		lang.T("只截了一条提示：没有编号和时间", "The headline alone: no ID, no time"),
		lang.T("裁剪、打码、对着屏幕拍也不行", "Nor cropped, blotted out, or photographed"),
	}
	return right, wrong
}

func exifSides() (right, wrong side) {
	card := func(d *drawing, values [3]string, colour string) {
		d.rect(40, paperTop+150, 320, 110, "#f6f8fa", faint)
		for i, t := range []lang.Text{lang.T("相机型号", "Camera"), lang.T("拍摄时间", "Taken at"), lang.T("快门 / 光圈", "Exposure")} {
			d.say(56, paperTop+180+i*30, 14, grey, t)
			d.text(170, paperTop+180+i*30, 14, colour, values[i])
		}
	}
	right.draw = func(d *drawing) {
		d.rect(40, paperTop+42, 120, 80, "#57606a", "none")
		d.rect(70, paperTop+30, 40, 14, "#57606a", "none")
		fmt.Fprintf(d, `<circle cx="100" cy="%d" r="28" fill="#d0d7de" stroke="#24292f" stroke-width="6"/>`+"\n", paperTop+82)
		d.path(172, paperTop+82, "M0 0 L48 0 M38 -8 L48 0 L38 8", good, 4)
		d.rect(236, paperTop+20, 120, 120, "#eef2f5", faint)
		d.bag(252, paperTop+130, 0.7)
		card(d, [3]string{"LUMORA S1", "2026-03-14 15:08:55", "1/200 s · f/5.6"}, good)
	}
	right.says = []lang.Text{
		lang.T("相机、手机 → 数据线 → 电脑", "Camera or phone → cable → computer"),
		lang.T("没修过、没转发过的那个文件", "The very file: not edited, not forwarded"),
	}
	wrong.draw = func(d *drawing) {
		fmt.Fprintf(d, `<rect x="60" y="%d" width="76" height="130" rx="10" fill="#24292f"/>`+"\n", paperTop+12)
		d.rect(66, paperTop+26, 64, 100, "#eef2f5", "none")
		d.bag(74, paperTop+110, 0.4)
		d.path(150, paperTop+78, "M0 0 L48 0 M38 -8 L48 0 L38 8", bad, 4)
		fmt.Fprintf(d, `<path d="M216 %d h140 v76 h-110 l-16 18 v-18 h-14 z" fill="#95ec69"/>`+"\n", paperTop+36)
		d.say(230, paperTop+80, 14, ink, lang.T("截图、聊天软件", "Screenshot, chat"))
		card(d, [3]string{"—", "—", "—"}, bad)
	}
	wrong.says = []lang.Text{
		lang.T("截图，或当照片用微信发过的", "A screenshot, or sent as a photo in WeChat"),
		lang.T("用软件修过再另存的", "Edited and saved again"),
	}
	return right, wrong
}
