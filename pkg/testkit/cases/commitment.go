package cases

const commitmentLayouts = 4

// set sets the commitment letter.
func (c *commitment) set(d *Drawer, p *plan) ([]*sheet, error) {
	rng := p.rng
	s := newSetter(d.fonts, pick(rng, []string{serif, sans, kai}), pick(rng, []float64{12, 12.5, 13}))
	s.pen = pick(rng, []string{"blue", "black"})
	if c.title != "" {
		s.centred(c.title, 22)
	}
	s.gap(0.5)
	name, violation, product := c.company.name("zh"), c.violation, c.product
	if c.blanks {
		name, violation, product = "________________", "________________", "________________"
	}
	clauses := []string{
		"一、本次申诉所提交的图片和材料真实、完整，拥有合法的权利或授权；",
		"二、已删除或更换违规图片，商品图片不含未经授权的标识、水印和联系方式；",
		"三、今后发布商品前逐张检查图片，并保存拍摄原件；",
		"四、以上内容如有不实，愿承担由此产生的责任。",
	}
	switch c.layout % commitmentLayouts {
	case 0:
		s.line("致：全球速卖通平台")
		s.para("我方" + name + "（店铺编号：" + p.storeID + "）就商品" + product + "的图片违规记录" + violation + "作出如下承诺：")
	case 1:
		s.y += 3
		for _, r := range [][2]string{{"承诺人", name}, {"店铺编号", p.storeID}, {"商品编号", product}, {"违规编号", violation}} {
			s.row(r[0], r[1], 40, true)
		}
		s.gap(0.5)
		s.para("承诺人就上述违规作出如下承诺：")
	case 2:
		for _, r := range [][2]string{{"店铺名称：", name}, {"店铺ID：", p.storeID}, {"商品ID：", product}, {"违规编号：", violation}} {
			if c.blanks {
				s.line(r[0] + "________________")
				continue
			}
			s.written(r[0], r[1])
		}
		s.para("本公司郑重承诺：")
	default:
		for _, r := range [][2]string{{"承诺方：", name}, {"店铺编号：", p.storeID}, {"涉及商品：", product}, {"违规单号：", violation}} {
			s.line(r[0] + r[1])
		}
		s.para("承诺方郑重承诺如下：")
	}
	for _, t := range clauses {
		s.para(t)
	}
	s.gap(0.6)
	labels := pick(rng, [][3]string{{"承诺人（盖章）：", "法定代表人（签字）：", "日期："}, {"单位（盖章）：", "承诺人（签字）：", "日期："}, {"承诺方（公章）：", "负责人签字：", "签署日期："}})
	date := dateZH(c.date, rng.IntN(3))
	switch {
	case c.noDate:
		date = ""
	case c.blanks:
		date = "____年__月__日"
	}
	err := s.sign(d, p, signer{labels[0], name, labels[1], labels[2], date, c.seal, c.sign, false})
	return s.pages, err
}
