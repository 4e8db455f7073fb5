package cases

import (
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
	"time"

	"github.com/aecheck/aecheck/pkg/testkit/papers"
)

const noticeLayouts = 6

// screen is a capture being drawn.
type screen struct {
	img *image.RGBA
	m   *metrics
	err error
}

func newScreen(m *metrics, w, h int, c color.RGBA) *screen {
	s := &screen{img: image.NewRGBA(image.Rect(0, 0, w, h)), m: m}
	s.fill(0, 0, w, h, c)
	return s
}

func (s *screen) fill(x0, y0, x1, y1 int, c color.RGBA) {
	draw.Draw(s.img, image.Rect(x0, y0, x1, y1), image.NewUniform(c), image.Point{}, draw.Src)
}

// text writes a line; x, y is its left end on the baseline.
func (s *screen) text(x, y int, size float64, c color.RGBA, text string) {
	if s.err == nil && text != "" {
		s.err = s.m.print(s.img, float64(x), float64(y), size, sans, text, c)
	}
}

// Colours of screens.
var (
	dark   = color.RGBA{30, 32, 38, 255}
	gray   = color.RGBA{108, 114, 128, 255}
	white  = color.RGBA{255, 255, 255, 255}
	ground = color.RGBA{243, 244, 246, 255}
	accent = color.RGBA{214, 64, 54, 255}
	navy   = color.RGBA{34, 48, 74, 255}
)

// minute is a time as pages show it, to the second.
func minute(t time.Time) string { return t.Format("2006-01-02 15:04:05") }

// labels of a notice in one of the wordings.
type labels struct {
	id, product, kind, state, effective, notified, deadline string
}

func noticeLabels(rng *rand.Rand, english bool) labels {
	if english {
		return pick(rng, []labels{
			{"Violation ID", "Product ID", "Violation type", "Status", "Effective time", "Notice sent", "Appeal deadline"},
			{"Violation No.", "Item ID", "Type of violation", "Penalty status", "Penalty effective from", "Notified at", "Appeal before"},
		})
	}
	return pick(rng, []labels{
		{"违规编号", "商品编号", "违规类型", "处理状态", "处罚生效时间", "通知时间", "申诉截止时间"},
		{"违规单号", "商品ID", "违规原因", "状态", "生效时间", "通知发送时间", "申诉截止"},
		{"违规ID", "产品ID", "违规类型", "处罚状态", "处罚时间", "通知时间", "申诉有效期至"},
	})
}

// fields are label and value of the notice.
func (n *notice) fields(rng *rand.Rand, l labels, english bool) [][2]string {
	value := func(w word) string {
		if english {
			return w.en
		}
		return w.zh
	}
	out := [][2]string{{l.id, n.violation}, {l.product, n.product}, {l.kind, value(n.kind)}}
	if n.hideID {
		out = out[1:]
	}
	if chance(rng, 50) { // the order is not the same everywhere
		out[0], out[1] = out[1], out[0]
	}
	if !n.hideTime {
		out = append(out, [2]string{l.effective, minute(n.effective)})
		if chance(rng, 60) {
			out = append(out, [2]string{l.notified, minute(n.notified)})
		}
		if !n.deadline.IsZero() {
			out = append(out, [2]string{l.deadline, minute(n.deadline)})
		}
	}
	return append(out, [2]string{l.state, value(n.state)})
}

// draw draws the capture and gives the file's bytes.
func (n *notice) draw(d *Drawer, rng *rand.Rand) ([]byte, error) {
	english := n.layout == 4
	l := noticeLabels(rng, english)
	fields := n.fields(rng, l, english)
	var s *screen
	switch n.layout % noticeLayouts {
	case 3:
		s = n.phone(d, fields)
	case 5:
		s = n.message(d)
	default:
		s = n.desktop(d, rng, fields, english)
	}
	if s.err != nil {
		return nil, s.err
	}
	if n.blur > 0 {
		sh := papers.NewSheet(s.img.Rect.Dx(), s.img.Rect.Dy(), 1)
		copy(sh.Pix, s.img.Pix)
		sh.Blur(n.blur)
		copy(s.img.Pix, sh.Pix)
	}
	return asPNG(s.img)
}

func (n *notice) siteName(english bool) string {
	switch {
	case n.market == "lazada":
		return "Lazada Seller Center"
	case english:
		return "AliExpress Seller Center"
	}
	return "AliExpress 速卖通 商家后台"
}

// desktop is the page in a browser: rows, a grid of two columns, or a table.
func (n *notice) desktop(d *Drawer, rng *rand.Rand, fields [][2]string, english bool) *screen {
	s := newScreen(d.fonts, 1200, 760, ground)
	s.fill(0, 0, 1200, 60, navy)
	s.text(28, 39, 22, white, n.siteName(english))
	if !n.hideTime {
		s.text(930, 38, 18, color.RGBA{200, 208, 224, 255}, minute(n.captured))
	}
	menu := []string{"店铺表现", "违规管理", "申诉记录", "图片管理"}
	title, advice := "图片违规处罚通知", "如对处罚有异议，请在处罚生效后 7 天内提交申诉，每条违规仅可提交一次。"
	if english {
		menu = []string{"Shop", "Violations", "Appeals", "Images"}
		title, advice = "Image violation notice", "You may appeal once, within 7 days after the penalty takes effect."
	}
	if n.complaint {
		title, advice = "知识产权投诉通知", "权利人投诉您的商品侵犯其知识产权，请在 3 个工作日内提交反通知。投诉编号："+"IPR"+n.product[6:]
	}
	s.fill(0, 60, 190, 760, white)
	for i, m := range menu {
		s.text(28, 116+48*i, 19, gray, m)
	}
	s.fill(220, 90, 1170, 720, white)
	s.fill(220, 90, 1170, 94, accent)
	s.text(254, 146, 28, dark, title)
	y := 206
	switch n.layout {
	case 1: // a grid of two columns, with colons
		for i, f := range fields {
			x := 254 + 450*(i%2)
			s.text(x, y, 19, gray, f[0]+"：")
			s.text(x+int(s.m.width(sans, f[0]+"：")*19)+4, y, 19, dark, f[1])
			if i%2 == 1 || i == len(fields)-1 {
				y += 52
			}
		}
	case 2: // a table whose head names the columns
		for row := range slicesOf(fields, 3) {
			s.fill(254, y-26, 1136, y+14, ground)
			for i, f := range row {
				s.text(266+294*i, y, 18, gray, f[0])
				s.text(266+294*i, y+44, 18, dark, f[1])
			}
			y += 104
		}
	default:
		for _, f := range fields {
			s.text(254, y, 21, gray, f[0])
			s.text(254+int(between(rng, 190, 196)), y, 21, dark, f[1])
			y += 44
		}
	}
	y = max(y+20, 540)
	s.text(254, y, 18, gray, advice)
	s.fill(254, y+30, 400, y+76, accent)
	button := "我要申诉"
	if english {
		button = "Appeal"
	}
	s.text(284, y+61, 20, white, button)
	return s
}

// slicesOf cuts fields into rows.
func slicesOf(fields [][2]string, n int) func(func([][2]string) bool) {
	return func(yield func([][2]string) bool) {
		for i := 0; i < len(fields); i += n {
			if !yield(fields[i:min(i+n, len(fields))]) {
				return
			}
		}
	}
}

// phone is the page in the seller's app.
func (n *notice) phone(d *Drawer, fields [][2]string) *screen {
	s := newScreen(d.fonts, 828, 1500, ground)
	s.fill(0, 0, 828, 150, white)
	s.text(44, 46, 26, dark, n.captured.Format("15:04"))
	s.text(700, 46, 22, dark, "5G 76%")
	s.text(340, 118, 30, dark, "违规详情")
	s.fill(28, 180, 800, 1120, white)
	s.text(60, 246, 32, dark, map[bool]string{true: "AliExpress 商家", false: "Lazada"}[n.market != "lazada"])
	y := 320
	for _, f := range fields {
		s.text(60, y, 25, gray, f[0])
		s.text(330, y, 25, dark, f[1])
		y += 78
	}
	s.text(60, y+30, 23, gray, "请在处罚生效后7天内提交申诉")
	s.fill(60, 1330, 768, 1412, accent)
	s.text(350, 1383, 30, white, "去申诉")
	return s
}

// message is the letter in the shop's inbox.
func (n *notice) message(d *Drawer) *screen {
	s := newScreen(d.fonts, 1200, 760, white)
	s.fill(0, 0, 1200, 64, color.RGBA{250, 96, 40, 255})
	s.text(36, 42, 24, white, n.siteName(false)+" 站内信")
	s.text(60, 130, 28, dark, "关于您商品图片违规的处罚通知")
	if !n.hideTime {
		s.text(60, 174, 18, gray, "发送时间："+minute(n.notified))
	}
	s.text(60, 240, 21, dark, "尊敬的卖家：")
	lines := []string{"　　您的商品（商品ID：" + n.product + "）因" + n.kind.zh + "，违反平台图片发布规范。"}
	if !n.hideTime {
		lines = append(lines, "　　处罚生效时间："+minute(n.effective)+"。")
	}
	if !n.hideID {
		lines = append(lines, "　　违规编号："+n.violation)
	}
	lines = append(lines, "　　违规类型："+n.kind.zh, "　　当前状态："+n.state.zh)
	if !n.deadline.IsZero() && !n.hideTime {
		lines = append(lines, "　　申诉截止时间："+minute(n.deadline))
	}
	lines = append(lines, "　　如有异议，可在处罚生效后7天内提交申诉。")
	for i, text := range lines {
		s.text(60, 300+48*i, 21, dark, text)
	}
	return s
}
