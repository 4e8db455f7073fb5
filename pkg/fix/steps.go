package fix

import (
	"errors"
	"image"
	"math"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/fix/retouch"
	"github.com/aecheck/aecheck/pkg/lang"
)

// add says one thing more.
func (s *Step) add(t lang.Text) {
	if !s.Did.IsZero() {
		t = lang.T("{first}，{then}", "{first}, {then}", "first", s.Did, "then", t)
	}
	s.Did = t
}

// cut keeps a part of the picture.
func (w *work) cut(r image.Rectangle) {
	shown := w.view.Intersect(r)
	w.from = mapped(shown, w.view, w.from)
	w.view, w.stage = shown.Sub(r.Min), w.stage.Sub(r.Min)
	w.m = retouch.Crop(w.m, r)
}

// mapped takes a rectangle from one frame of reference to another.
func mapped(r, from, to image.Rectangle) image.Rectangle {
	x := func(v int) int {
		return to.Min.X + int(math.Round(float64(v-from.Min.X)*float64(to.Dx())/float64(max(1, from.Dx()))))
	}
	y := func(v int) int {
		return to.Min.Y + int(math.Round(float64(v-from.Min.Y)*float64(to.Dy())/float64(max(1, from.Dy()))))
	}
	return image.Rect(x(r.Min.X), y(r.Min.Y), x(r.Max.X), y(r.Max.Y))
}

// placed takes a box of the facts to the picture as it is now.
func (w *work) placed(b facts.Box) image.Rectangle {
	return mapped(image.Rect(b[0], b[1], b[0]+b[2], b[1]+b[3]), image.Rectangle{Max: w.full}, w.stage).Intersect(w.m.Rect)
}

func (w *work) unframe(s *Step) {
	b := w.facts.Frame.Border
	if !b.Present {
		s.Refused = lang.T("找不到边框", "no frame was found")
		return
	}
	width := b.Width * w.m.Rect.Dx() / max(1, w.full.X)
	r := retouch.Unframe(w.m, b.Sides, width)
	switch short := min(r.Dx(), r.Dy()); {
	case r == w.m.Rect:
		s.Refused = lang.T("边框不是单一颜色，没有裁", "the frame is not of one colour; nothing was cut")
	case w.tooSmall(short):
		s.Refused = lang.T("裁掉边框后短边只剩 {short}px，小于 {min}px：请从原图重新导出", "without the frame the shorter side is {short}px, below {min}px: export again from the original", "short", short, "min", w.o.MinSide)
	default:
		old := w.m.Rect
		w.cut(r)
		s.Did = lang.T("裁掉 上 {t} 右 {r} 下 {b} 左 {l} px", "cut top {t}, right {r}, bottom {b}, left {l} px", "t", r.Min.Y, "r", old.Max.X-r.Max.X, "b", old.Max.Y-r.Max.Y, "l", r.Min.X)
	}
}

// tooSmall reports whether a shorter side is below what the slot wants.
func (w *work) tooSmall(short int) bool {
	return w.sized() && short < w.o.MinSide && !w.o.Upscale
}

// sized reports whether the slot has a least size.
func (w *work) sized() bool {
	return w.job.Slot == facts.SlotMain || w.job.Slot == "marketing_1x1"
}

func (w *work) whiten(s *Step) {
	c, ok := hex(w.facts.Background.Color)
	if !ok || w.facts.Background.Kind != "near_white" {
		s.Refused = lang.T("背景不是接近白色的纯色", "the background is not near white")
		return
	}
	_, err := retouch.Whiten(w.m, c)
	switch {
	case errors.Is(err, retouch.ErrFaint):
		s.Refused = lang.T("商品和背景颜色太接近，分不清边缘，没有动：请人工抠图换白底", "product and background are too alike to be told apart, nothing was changed: cut the product out by hand and put it on white")
	case err != nil:
		s.Refused = lang.T("四周找不到成片的浅色背景，没有动：请人工抠图换白底", "no light background runs along the edges, nothing was changed: cut the product out by hand and put it on white")
	default:
		s.Did = lang.T("背景 {color} → #ffffff", "background {color} to #ffffff", "color", w.facts.Background.Color)
	}
}

// cropFill is what the subject takes of a cropped picture, so that there is room
// around it and the least share is well kept.
const cropFill = 0.84

func (w *work) crop(s *Step) {
	subject := w.placed(w.facts.Frame.Subject)
	b := w.m.Rect
	if subject.Empty() || !w.plain {
		s.Refused = lang.T("分不清商品在哪里，没有裁", "where the product is could not be told; nothing was cropped")
		return
	}
	for fill := cropFill; fill >= w.o.MinFill+0.02; fill -= 0.02 {
		r := retouch.Closer(b.Dx(), b.Dy(), subject, w.aim(), fill)
		if !w.tooSmall(min(r.Dx(), r.Dy())) {
			w.cut(r)
			s.Did = lang.T("裁到 {w}×{h}，商品占 {share}%", "cropped to {w}×{h}, the product takes {share}%", "w", r.Dx(), "h", r.Dy(),
				"share", max(100*subject.Dx()/r.Dx(), 100*subject.Dy()/r.Dy()))
			return
		}
	}
	s.Refused = lang.T("裁过之后短边不足 {min}px：请从更大的原图裁", "cropped, the shorter side would be below {min}px: crop a larger original", "min", w.o.MinSide)
}

// mostCut is the share of a scene that may be cut away to fit a slot.
const mostCut = 0.45

func (w *work) aspect(s *Step) {
	a := w.wantedAspect()
	b := w.m.Rect
	if a.Max == 0 {
		s.Refused = lang.T("这个图位没有规定比例", "this slot has no proportions of its own")
		return
	}
	if !a.Fits(b.Dx(), b.Dy()) {
		if !w.fit(s, w.aim()) {
			return
		}
	}
	if w.job.Slot == "marketing_3x4" {
		w.exact34(s)
		return
	}
	s.add(lang.T("现为 {w}×{h}", "now {w}×{h}", "w", w.m.Rect.Dx(), "h", w.m.Rect.Dy()))
}

// fit pads a picture on a plain ground, else cuts a scene around its subject.
func (w *work) fit(s *Step, a retouch.Aspect) bool {
	b := w.m.Rect
	if w.plain && w.facts.Frame.TouchesEdge == "" {
		w.frameAnew(s, a)
		return true
	}
	subject := image.Rectangle{Min: b.Size().Div(2), Max: b.Size().Div(2)}
	if w.plain {
		subject = w.placed(w.facts.Frame.Subject)
	}
	r, ok := retouch.Window(b.Dx(), b.Dy(), subject, a)
	if short := min(r.Dx(), r.Dy()); ok && w.tooSmall(short) {
		s.Refused = lang.T("裁成这个比例后短边只剩 {short}px，小于 {min}px：请从更大的原图裁，或加 --allow-upscale", "cropped to these proportions the shorter side is {short}px, below {min}px: crop a larger original, or use --allow-upscale", "short", short, "min", w.o.MinSide)
		return false
	}
	if !ok || float64(r.Dx()*r.Dy()) < (1-mostCut)*float64(b.Dx()*b.Dy()) {
		s.Refused = lang.T("裁成这个比例会切掉太多画面：请从原图重新构图", "cropping to these proportions would cut away too much: frame it again from the original")
		return false
	}
	w.cut(r)
	s.Safety = Eye
	s.Did = lang.T("居中裁剪，请看商品是否完整", "cropped around the middle, see whether the product is whole")
	return true
}

// frameRoom is what a subject takes at most of a side when empty ground is cut away to
// fit a slot.
const frameRoom = 0.86

// frameAnew brings a picture on a plain ground into proportions: empty ground goes
// first, so that the subject stays as large as it can be; what is lacking is padded.
func (w *work) frameAnew(s *Step, a retouch.Aspect) {
	b := w.m.Rect
	if subject := w.placed(w.facts.Frame.Subject); !subject.Empty() {
		ww, wh := a.Inside(b.Dx(), b.Dy())
		ww = min(b.Dx(), max(ww, int(float64(subject.Dx())/frameRoom)))
		wh = min(b.Dy(), max(wh, int(float64(subject.Dy())/frameRoom)))
		if pw, ph := a.Around(ww, wh); (ww < b.Dx() || wh < b.Dy()) && !w.tooSmall(min(pw, ph)) {
			w.cut(retouch.Around(b, subject, ww, wh))
			s.add(lang.T("裁掉空白", "empty ground cut away"))
		}
	}
	if a.Fits(w.m.Rect.Dx(), w.m.Rect.Dy()) {
		return
	}
	m, at := retouch.Pad(w.m, a, w.back)
	w.m, w.view, w.stage = m, w.view.Add(at), w.stage.Add(at)
	s.add(lang.T("补边", "padded"))
}

// exact34 brings a 3:4 picture to at least 750×1000.
func (w *work) exact34(s *Step) {
	b := w.m.Rect
	if b.Dx() >= 750 && b.Dy() >= 1000 {
		s.add(lang.T("现为 {w}×{h}", "now {w}×{h}", "w", b.Dx(), "h", b.Dy()))
		return
	}
	if !w.o.Upscale {
		s.Refused = lang.T("只有 {w}×{h}，不足 750×1000：请从更大的原图导出，或加 --allow-upscale 放大", "it has {w}×{h}, 750×1000 is wanted: export from a larger original, or enlarge with --allow-upscale", "w", b.Dx(), "h", b.Dy())
		return
	}
	w.scale(750, 1000)
	s.Safety = Eye
	s.add(lang.T("放大到 750×1000", "enlarged to 750×1000"))
}

// scale brings the picture to a size.
func (w *work) scale(width, height int) {
	b := w.m.Rect
	w.m = retouch.Resize(w.m, width, height)
	w.view, w.stage = mapped(w.view, b, w.m.Rect).Intersect(w.m.Rect), mapped(w.stage, b, w.m.Rect)
}

func (w *work) resize(s *Step) {
	long := w.o.MaxSide
	b := w.m.Rect
	// 2000 px is what pages show at most; a strip of details stays readable only wide.
	const shown = 2000
	if short := min(b.Dx(), b.Dy()) * shown / max(b.Dx(), b.Dy()); short >= w.o.GoodSide {
		long = min(long, shown)
	}
	if max(b.Dx(), b.Dy()) <= long {
		s.Did = lang.T("现为 {w}×{h}", "now {w}×{h}", "w", b.Dx(), "h", b.Dy())
		return
	}
	w.scale(fitSide(b.Dx(), b.Dy(), long))
	s.Did = lang.T("缩到 {w}×{h}", "reduced to {w}×{h}", "w", w.m.Rect.Dx(), "h", w.m.Rect.Dy())
}

// fitSide is a size scaled so that its longer side has a length.
func fitSide(w, h, long int) (int, int) {
	if w >= h {
		return long, max(1, int(math.Round(float64(h)*float64(long)/float64(w))))
	}
	return max(1, int(math.Round(float64(w)*float64(long)/float64(h)))), long
}

// mostUpscale is how much a picture may be enlarged: beyond it everybody sees it.
const mostUpscale = 2

func notEnlarged() lang.Text {
	return lang.T("小图不放大：请从原图导出更大的；实在没有，加 --allow-upscale", "small pictures are not enlarged: export a larger one from the original, or use --allow-upscale where there is none")
}

func (w *work) enlarge(s *Step) {
	b := w.m.Rect
	short := min(b.Dx(), b.Dy())
	factor := float64(w.o.MinSide) / float64(max(1, short))
	switch {
	case factor <= 1:
		s.Did = lang.T("现为 {w}×{h}", "now {w}×{h}", "w", b.Dx(), "h", b.Dy())
	case !w.o.Upscale:
		s.Refused = notEnlarged()
	case factor > mostUpscale:
		s.Refused = lang.T("短边只有 {short}px，放大 {most} 倍以上一看就糊：请从原图导出", "the shorter side has {short}px; enlarging more than {most} times shows: export from the original", "short", short, "most", mostUpscale)
	default:
		w.scale(int(math.Ceil(float64(b.Dx())*factor)), int(math.Ceil(float64(b.Dy())*factor)))
		s.Did = lang.T("放大到 {w}×{h}", "enlarged to {w}×{h}", "w", w.m.Rect.Dx(), "h", w.m.Rect.Dy())
	}
}

// markShare is the height of a capital of the shop's mark as a share of the shorter
// side: small, and still read by anybody at 800 px.
const markShare = 0.03

func (w *work) mark(s *Step) {
	if w.o.Store == "" {
		s.Refused = lang.T("case.yaml 没有 store.id，不知道水印写什么", "case.yaml has no store.id, so what to write is not known")
		return
	}
	mark := "AE-" + w.o.Store
	if err := retouch.Write(w.m, mark, retouch.BottomRight, markShare); err != nil {
		s.Refused = lang.Plain(err.Error())
		return
	}
	s.Did = lang.T("右下角写上 {mark}", "{mark} in the bottom right corner", "mark", mark)
}

func (w *work) label(s *Step) {
	if err := retouch.Write(w.m, "AI Generated", retouch.BottomLeft, w.o.LabelShare); err != nil {
		s.Refused = lang.Plain(err.Error())
		return
	}
	s.Did = lang.T("左下角写上 AI Generated", "AI Generated in the bottom left corner")
}
