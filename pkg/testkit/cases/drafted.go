package cases

import (
	"math/rand/v2"
	"strings"

	"github.com/aecheck/aecheck/pkg/draft"
)

// Hand is what people put on a draft: pen and seal.
type Hand struct {
	Company string            // on the round seal; empty for none
	Person  string            // who signs; empty for nobody
	Date    string            // written behind the label of the date
	Fill    map[string]string // what is written into a blank of the table, by its label
}

// inReach says with letters that the fonts here have what a draft says with others.
var inReach = strings.NewReplacer("姓名（正楷）及职务", "签字人名称", "姓名（正楷）", "签字人名称", "没有伪造、变造", "没有变造", "展示和推广", "展示和宣传",
	"复制、裁剪、修改所授权的图片，包括调整尺寸、更换背景和加注文字", "复制、改编所授权的图片", "不超过", "不多于")

// Drafted is a draft as it comes back: printed, filled in by pen, signed and sealed,
// scanned to a JPEG.
func (d *Drawer) Drafted(p *draft.Paper, h Hand, seed uint64) ([]byte, error) {
	rng := rand.New(rand.NewPCG(seed, 21))
	face := serif
	if p.Lang != "zh" {
		face = latin
	}
	s := newSetter(d.fonts, face, 12)
	s.lead = 1.6
	titled := face
	if strings.ContainsFunc(p.Title, isHan) {
		titled = serif
	}
	s.face = titled
	s.centred(p.Title, 18)
	s.face = face
	s.gap(0.6)
	for _, b := range p.Blocks {
		switch {
		case b.Line != "":
			s.line(inReach.Replace(b.Line))
		case b.Para != "":
			s.para(inReach.Replace(b.Para))
		case len(b.Rows) > 0:
			s.y += 3
			for _, r := range b.Rows {
				h.row(s, r)
			}
			s.gap(0.6)
		default:
			if err := h.sign(s, d, rng, b.Sign); err != nil {
				return nil, err
			}
		}
	}
	data, _, err := d.paper(rng, s.pages, scan, flaw{}, "")
	return data, err
}

// row sets a row of the table, a blank with what was written into it.
func (h Hand) row(s *setter, r draft.Row) {
	value, pen := r.Value, strings.Trim(r.Value, "_") == ""
	if pen {
		value = h.Fill[strings.TrimRight(r.Label, ":：")]
	}
	face, ink := s.face, s.ink
	top := len(s.page().runs)
	if strings.ContainsFunc(value, isHan) || strings.ContainsFunc(r.Label, isHan) {
		s.face = serif
	}
	s.row(r.Label, value, 52, true)
	if pen {
		for i := top + 1; i < len(s.page().runs); i++ {
			s.page().runs[i].ink = s.pen
		}
	}
	s.face, s.ink = face, ink
}

// sign sets the place for hand and seal, with both.
func (h Hand) sign(s *setter, d *Drawer, rng *rand.Rand, lines []string) error {
	if s.y > pageHeight-25-float64(len(lines))*1.9*s.step() {
		s.newPage()
	}
	s.gap(0.8)
	sealed := s.y
	for _, l := range lines {
		label, blank := strings.TrimRight(inReach.Replace(l), "_年月日"), strings.HasSuffix(l, "_") || strings.HasSuffix(l, "日")
		face := s.face
		if strings.ContainsFunc(label, isHan) {
			s.face = serif
		}
		s.put(s.left, s.y, label)
		x := s.left + s.width(label, s.size) + 2
		s.face = face
		lower := strings.ToLower(label)
		switch {
		case !blank:
		case strings.Contains(label, "日期") || strings.Contains(lower, "date"):
			s.pencil(x, h.Date)
		case strings.Contains(label, "签字）") || strings.Contains(lower, "signature"):
			s.page().rules = append(s.page().rules, rule{x, s.y + 1.2, x + 48, s.y + 1.2})
			if h.Person != "" {
				mark, err := drawSign(d.fonts, rng, signMark{style: 2, who: h.Person, ink: "black"})
				if err != nil {
					return err
				}
				s.page().stamps = append(s.page().stamps, stamp{x: x + mark.w/2, y: s.y - mark.h*0.28, tile: mark, isTop: true})
			}
		default:
			s.pencil(x, h.Person)
		}
		s.y += s.step() * 1.9
	}
	if h.Company == "" {
		return nil
	}
	mark, err := drawSeal(d.fonts, rng, sealMark{shape: "round", ink: "red", name: h.Company})
	if err != nil {
		return err
	}
	s.page().stamps = append(s.page().stamps, stamp{x: 158, y: sealed + 16, tile: mark})
	return nil
}

// pencil writes by hand.
func (s *setter) pencil(x float64, text string) {
	face, ink := s.face, s.ink
	s.face, s.ink = kai, s.pen
	s.put(x, s.y, text)
	s.face, s.ink = face, ink
}
