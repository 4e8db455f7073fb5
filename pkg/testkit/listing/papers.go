package listing

import (
	"math"
	"strings"
)

// ink is the colour of printed text.
func ink() rgb { return hex(0x1c1c1e) }

// sheet is a page text is written on, line by line.
type sheet struct {
	*canvas
	g    *glyphs
	x, y float64 // where the next line goes
	err  error
}

// put writes a line and moves down by its height times lead.
func (s *sheet) put(text string, size float64, c rgb, lead float64) {
	if s.err == nil && text != "" {
		s.err = s.write(s.g, text, s.x, s.y, size, c, 1)
	}
	s.y += size * lead
}

// centred writes a line in the middle of the page.
func (s *sheet) centred(text string, size float64, c rgb, lead float64) {
	if s.err != nil {
		return
	}
	m, err := s.g.line(text, size)
	if err != nil {
		s.err = err
		return
	}
	s.stamp(m, pose{x: float64(s.w-m.w) / 2, y: s.y, size: 1}, c, 1)
	s.y += size * lead
}

// row writes a label and its value in two columns.
func (s *sheet) row(label, value string, size, column float64) {
	top, left := s.y, s.x
	s.put(label, size, hex(0x6b7280), 1)
	s.x, s.y = left+column, top
	s.put(value, size, ink(), 1.95)
	s.x = left
}

// notice is a capture of the seller centre's page about a violation.
type notice struct {
	violation, product, kind, state, effective, captured string
}

// drawNotice draws the capture of a violation notice, 1200×820.
func drawNotice(g *glyphs, n notice) (*canvas, error) {
	cv := newCanvas(1200, 820, hex(0xf3f4f6))
	px := pose{size: 1}
	cv.fill(px, box(0, 0, 1200, 64, 0), 0, flat(hex(0x22304a)))
	cv.fill(px, box(0, 64, 210, 820, 0), 0, flat(hex(0xffffff)))
	cv.fill(px, box(240, 140, 1160, 780, 10), 0, flat(hex(0xffffff)))
	cv.fill(px, box(240, 140, 1160, 144, 0), 0, flat(hex(0xd9463b)))
	cv.fill(px, box(1000, 176, 1130, 216, 6), 0, flat(hex(0xfbe4e2)))
	s := &sheet{canvas: cv, g: g}
	at := func(x, y float64, text string, size float64, c rgb) {
		s.x, s.y = x, y
		s.put(text, size, c, 1)
	}
	at(28, 20, "卖家后台", 24, hex(0xffffff))
	at(900, 22, n.captured, 20, hex(0xc9d2e3))
	for i, text := range []string{"店铺表现", "违规管理", "申诉记录", "图片管理", "帮助"} {
		c := hex(0x4b5563)
		if i == 1 {
			c = hex(0xd9463b)
		}
		at(36, 100+52*float64(i), text, 22, c)
	}
	at(240, 92, "违规管理 / 违规详情", 20, hex(0x6b7280))
	at(276, 178, "图片违规处罚通知", 32, ink())
	at(1028, 184, n.state, 22, hex(0xb4231a))
	s.x, s.y = 276, 256
	s.row("违规编号", n.violation, 24, 200)
	s.row("商品编号", n.product, 24, 200)
	s.row("违规类型", n.kind, 24, 200)
	s.row("处罚生效时间", n.effective, 24, 200)
	s.row("处理状态", n.state, 24, 200)
	s.row("违规图片", "主图第 1 张", 24, 200)
	s.y += 12
	s.put("如对处罚有异议，请在处罚生效后 7 天内提交申诉，", 24, ink(), 1.7)
	s.put("每条违规仅可提交一次。", 24, ink(), 1.7)
	cv.fill(px, box(276, 690, 436, 742, 6), 0, flat(hex(0xd9463b)))
	at(306, 703, "我要申诉", 24, hex(0xffffff))
	return cv, s.err
}

// drawScreenshot draws a phone's screen, 1170×2532, that shows a photo: what
// sellers hand in when they cannot find the original.
func drawScreenshot(g *glyphs, shown *canvas, clock string) (*canvas, error) {
	cv := newCanvas(1170, 2532, hex(0x000000))
	cv.paste(shown, 0, (2532-shown.h)/2)
	s := &sheet{canvas: cv, g: g}
	white, px := hex(0xffffff), pose{size: 1}
	at := func(x, y float64, text string, size float64) {
		s.x, s.y = x, y
		s.put(text, size, white, 1)
	}
	at(110, 56, clock, 50)
	for i := range 4 {
		h := 14 + 9*float64(i)
		cv.fill(px, box(830+24*float64(i), 100-h, 846+24*float64(i), 100, 4), 0, flat(white))
	}
	at(940, 60, "5G", 42)
	cv.fill(px, box(1020, 62, 1096, 100, 11), 0, veil(white, 0.5))
	cv.fill(px, box(1024, 66, 1076, 96, 8), 0, flat(white))
	at(60, 190, "完成", 52)
	at(500, 180, "1 / 9", 52)
	for i, text := range []string{"分享", "收藏", "编辑", "删除"} {
		at(120+260*float64(i), 2340, text, 48)
	}
	cv.fill(px, box(385, 2494, 785, 2508, 7), 0, flat(white))
	return cv, s.err
}

// letter is a commitment letter.
type letter struct {
	company, store, product, violation, signer, date string
	sealed, signed                                   bool
}

// drawCommitment draws the scan of a signed and sealed commitment letter, A4
// at 120 dpi, a little askew as scans are.
func drawCommitment(g *glyphs, l letter) (*canvas, error) {
	cv := newCanvas(992, 1403, hex(0xfbfaf6))
	s := &sheet{canvas: cv, g: g, x: 110, y: 150}
	s.centred("图片合规承诺书", 46, ink(), 2.6)
	s.put("致：全球速卖通平台", 25, ink(), 2.2)
	body := []string{
		"　　我方 " + l.company + "，",
		"店铺编号 " + l.store + "，就商品 " + l.product,
		"的图片违规记录 " + l.violation + " 作出如下承诺：",
		"　　一、申诉所附原始图片由我方拍摄，拥有完整的权利；",
		"　　二、已删除违规图片，替换图片不含水印、联系方式",
		"和未经授权的标识；",
		"　　三、今后上传图片前逐张检查，保存拍摄原件；",
		"　　四、以上内容如有不实，由我方承担责任。",
	}
	for _, line := range body {
		s.put(line, 25, ink(), 2.1)
	}
	s.y += 60
	s.put("承诺人（签字）：", 25, ink(), 3.0)
	sign := s.y - 75
	s.put("单位（盖章）："+l.company, 25, ink(), 2.4)
	seal := s.y - 60
	s.put("日期："+l.date, 25, ink(), 2)
	if s.err != nil {
		return nil, s.err
	}
	cv.fill(pose{size: 1}, stroke(1.4, 310, sign+40, 640, sign+40), 0, flat(ink()))
	if l.signed {
		drawSignature(cv, pose{x: 455, y: sign + 8, size: 105, turn: -0.06})
	}
	if l.sealed {
		if err := drawSeal(cv, g, pose{x: 660, y: seal, size: 118, turn: -0.12}, l.company); err != nil {
			return nil, err
		}
	}
	return scanned(cv, 0.006), nil
}

// drawSignature draws three written characters in blue-black ink, about 2.6
// units wide and one high, around the pose.
func drawSignature(cv *canvas, p pose) {
	blue := hex(0x1b2a63)
	for _, s := range [][]float64{
		{-1.25, -0.28, -0.95, -0.33, -0.72, -0.36},
		{-1.02, -0.52, -1.0, -0.1, -1.06, 0.32, -1.13, 0.22},
		{-1.02, -0.3, -1.2, 0.02, -1.36, 0.18},
		{-0.98, -0.2, -0.8, 0.05, -0.62, 0.2, -0.5, 0.1},
		{-0.42, -0.36, -0.2, -0.4, 0.05, -0.44},
		{-0.2, -0.5, -0.24, -0.15, -0.42, 0.25, -0.55, 0.38},
		{-0.16, -0.18, 0.04, 0.12, 0.2, 0.3, 0.34, 0.18},
		{-0.34, 0.02, -0.12, -0.02, 0.1, -0.06},
		{0.5, -0.48, 0.44, -0.2, 0.3, 0.08},
		{0.42, -0.26, 0.75, -0.34, 1.0, -0.38, 0.86, -0.05, 0.66, 0.3, 0.52, 0.42},
		{0.55, -0.04, 0.8, 0.1, 1.05, 0.34, 1.45, 0.05},
	} {
		cv.fill(p, stroke(0.042, curve(s...)...), 0.008, veil(blue, 0.92))
	}
}

// drawSeal stamps a round red company seal, one unit in radius: a ring, a
// star, the company's name around it. The ink is uneven as stamps are.
func drawSeal(cv *canvas, g *glyphs, p pose, company string) error {
	red := hex(0xd0202a)
	worn := func(x, y float64) (rgb, float64) {
		n := math.Sin(23*x+5*math.Sin(17*y)) * math.Sin(29*y+4*math.Sin(13*x))
		return red, 0.86 - 0.20*smooth(0.25, 0.9, n)
	}
	cv.fill(p, ring(0, 0, 0.97, 0.97, 0.055), 0.008, worn)
	var star []float64
	for i := range 10 {
		r := 0.30
		if i%2 == 1 {
			r = 0.115
		}
		sin, cos := math.Sincos(float64(i)*math.Pi/5 - math.Pi/2)
		star = append(star, r*cos, r*sin)
	}
	cv.fill(p, polygon(0, star...), 0.008, worn)
	name := strings.Split(company, "")
	size := 0.25
	step := min(2*math.Pi*0.78/float64(len(name)), 0.36)
	for i, letter := range name {
		m, err := g.line(letter, 48)
		if err != nil {
			return err
		}
		turn := (float64(i) - float64(len(name)-1)/2) * step
		sin, cos := math.Sincos(p.turn + turn)
		// The letter's corner, seen from its middle at 0.73 of the radius.
		k := size * p.size / 48
		mx, my := p.x+0.73*p.size*sin, p.y-0.73*p.size*cos
		hw, hh := float64(m.w)/2*k, 0.53*48*k
		at := pose{x: mx - cos*hw + sin*hh, y: my - sin*hw - cos*hh, size: k, turn: p.turn + turn}
		cv.fill(at, box(0, 0, float64(m.w), float64(m.h), 0), 0, func(x, y float64) (rgb, float64) {
			return red, 0.88 * m.between(x, y)
		})
	}
	m, err := g.line("申诉专用样章", 48)
	if err != nil {
		return err
	}
	sin, cos := math.Sincos(p.turn)
	k := 0.17 * p.size / 48
	hw := float64(m.w) / 2 * k
	at := pose{x: p.x - cos*hw - sin*0.42*p.size, y: p.y - sin*hw + cos*0.42*p.size, size: k, turn: p.turn}
	cv.stamp(m, at, red, 0.86)
	return nil
}

// scanned turns a page slightly and adds the scanner's shade and noise.
func scanned(src *canvas, turn float64) *canvas {
	out := newCanvas(src.w, src.h, hex(0xf4f3ee))
	sin, cos := math.Sincos(turn)
	cx, cy := float64(src.w)/2, float64(src.h)/2
	for y := range out.h {
		for x := range out.w {
			dx, dy := float64(x)-cx, float64(y)-cy
			sx, sy := cx+cos*dx+sin*dy, cy+cos*dy-sin*dx
			x0, y0 := int(math.Floor(sx)), int(math.Floor(sy))
			if x0 < 0 || y0 < 0 || x0+1 >= src.w || y0+1 >= src.h {
				continue
			}
			fx, fy := float32(sx-float64(x0)), float32(sy-float64(y0))
			i := 3 * (y0*src.w + x0)
			for k := range 3 {
				top := src.pix[i+k]*(1-fx) + src.pix[i+3+k]*fx
				bottom := src.pix[i+3*src.w+k]*(1-fx) + src.pix[i+3*src.w+3+k]*fx
				out.pix[3*(y*out.w+x)+k] = top*(1-fy) + bottom*fy
			}
		}
	}
	out.wash(func(x, y float64) (rgb, float64) {
		return hex(0x8a8578), 0.05*smooth(0.8, 1, x) + 0.03*smooth(0.1, 0, y)
	})
	out.grain(3, 77)
	return out
}

// deposit is a capture of a cloud deposit of pictures.
type deposit struct {
	owner, number, at, captured string
	files                       []string
}

// drawDeposit draws the capture of a deposit certificate, 1000×760.
func drawDeposit(g *glyphs, d deposit) (*canvas, error) {
	cv := newCanvas(1000, 760, hex(0xffffff))
	px := pose{size: 1}
	for i := range 3 {
		cv.fill(px, box(24+6*float64(i), 24+6*float64(i), 976-6*float64(i), 736-6*float64(i), 4), 0, veil(hex(0x3f6fb5), 0.12))
	}
	cv.fill(px, box(44, 44, 956, 716, 4), 0, flat(hex(0xffffff)))
	s := &sheet{canvas: cv, g: g, x: 90, y: 84}
	s.centred("电子数据存证证书", 42, hex(0x234a86), 2.1)
	s.row("存证编号", d.number, 23, 190)
	s.row("存证主体", d.owner, 23, 190)
	s.row("存证时间", d.at, 23, 190)
	s.row("数据类型", "原始照片", 23, 190)
	for i, f := range d.files {
		label := ""
		if i == 0 {
			label = "文件及摘要"
		}
		s.row(label, f, 21, 190)
	}
	s.x, s.y = 90, 640
	s.put("截图时间 "+d.captured, 20, hex(0x6b7280), 1)
	return cv, s.err
}
