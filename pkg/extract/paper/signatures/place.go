package signatures

import (
	"math"
	"slices"
	"sort"
	"strings"
	"unicode"
)

// Words that stand by the place of a signature (zh, en, and the languages of
// the sites, M33).
var signWords = [...]string{
	"签字", "签名", "签章", "签署", "授权人", "承诺人", "法定代表人", "法人代表", "负责人", "授权代表", "代表人", "委托人", "经办人", "簽名", "簽署", "簽字",
	"signature", "signed", "sign here", "signatory", "authorized by", "authorised by", "authorized representative", "authorised representative", "legal representative",
	"for and on behalf", "by:", "sincerely", "yours", "regards",
	"firma", "firmado", "unterschrift", "assinatura", "подпись", "handtekening", "podpis", "imza",
}

// sealWords stand by the place of a seal.
var sealWords = [...]string{"盖章", "公章", "印章", "蓋章", "(seal)", "seal:", "company seal", "company chop", "company stamp", "stamp:", "chop:"}

// label is a line that says what stands beside it.
type label struct {
	text           string // the word that tells, empty for the label of any other field
	sign           bool
	line           int     // which of the page's lines
	x, end, top, h float64 // left end, where the label's own words end, upper edge and height
	right          float64 // right end of the line
}

// longLabel is how many signs a line may have that is a label: a sentence that
// speaks of signing is none.
const longLabel = 30

// signsFrom is how far down the text of a page a name's label such as "承诺人："
// may stand for the place of a signature: further up it opens the letter.
const signsFrom = 0.4

// extent is where the text of a page begins and ends, from above. Page numbers far
// below it are left out.
func extent(lines []Line) (top, bottom float64) {
	const (
		far   = 0.25 // of the height of all
		feet  = 2    // lines of a footer
		least = 6    // lines of a page that has one
	)
	var ends [][2]int // upper and lower edges
	for _, l := range lines {
		ends = append(ends, [2]int{l.Box[1], l.Box[1] + l.Box[3]})
	}
	if len(ends) == 0 {
		return 0, 0
	}
	slices.SortFunc(ends, func(a, b [2]int) int { return a[0] - b[0] })
	last := len(ends) - 1
	for i := 1; i <= feet && len(ends)-i >= least; i++ {
		if above, below := ends[len(ends)-i-1], ends[len(ends)-i]; float64(below[0]-above[1]) > far*float64(below[1]-ends[0][0]) {
			last = len(ends) - i - 1
		}
	}
	for _, e := range ends[:last+1] {
		bottom = math.Max(bottom, float64(e[1]))
	}
	return float64(ends[0][0]), bottom
}

// readLabels finds the labels among the lines.
func readLabels(lines []Line) []label {
	var out []label
	top, bottom := extent(lines)
	for i, l := range lines {
		text := strings.TrimSpace(strings.ToLower(strings.NewReplacer("（", "(", "）", ")", "：", ":").Replace(l.Text)))
		own, rest, colon := strings.Cut(text, ":")
		if utf := width(own); utf > longLabel || own == "" {
			continue
		}
		if colon {
			own += ":"
		}
		compact := strings.Join(strings.Fields(own), "")
		found, sign := "", false
		for _, w := range signWords {
			if strings.Contains(own, w) || strings.Contains(compact, w) {
				found, sign = w, true
				break
			}
		}
		if !sign {
			for _, w := range sealWords {
				if strings.Contains(own, w) || strings.Contains(compact, w) {
					found = w
					break
				}
			}
		}
		if sign && len(lines) > 6 && float64(l.Box[1]) < top+signsFrom*(bottom-top) {
			continue
		}
		if sign && !colon && width(own) > longLabel/2+4 {
			continue
		}
		if !sign && !colon {
			continue
		}
		share := 1.0
		if rest != "" {
			share = width(own) / width(text)
		}
		x, w := float64(l.Box[0]), float64(l.Box[2])
		out = append(out, label{found, sign, i, x, x + share*w, float64(l.Box[1]), float64(l.Box[3]), x + w})
	}
	return out
}

// width counts the signs of a text, Latin ones as half of a Han one.
func width(s string) float64 {
	n := 0.0
	for _, r := range s {
		if r < 0x2E80 {
			n += 0.5
		} else {
			n++
		}
	}
	return n
}

// onRow reports a cluster to the right of a label, on its line.
func (l label) onRow(c cluster) bool {
	mid := float64(c.y0+c.y1) / 2
	if mid < l.top-0.6*l.h || mid > l.top+1.6*l.h {
		// A tall signature still begins on its line.
		if over := math.Min(float64(c.y1), l.top+l.h) - math.Max(float64(c.y0), l.top); over < 0.7*l.h {
			return false
		}
	}
	return float64(c.x1) > l.end+l.h && float64(c.x0) > l.x-l.h && float64(c.x0) < l.end+14*l.h
}

// nearby reports a cluster above or below a label, where a letter of another
// layout is signed.
func (l label) nearby(c cluster) bool {
	x, y := float64(c.x0+c.x1)/2, float64(c.y0+c.y1)/2
	return x > l.x-2*l.h && x < math.Max(l.right, l.x+14*l.h) && y > l.top-4*l.h && y < l.top+5.5*l.h
}

// wanted says where a cluster stands: by a label of a signature, or behind that
// of another field (filled), of which the nearest on its row counts. line is the
// height of the label.
func (p *page) wanted(c cluster) (near string, line float64, filled bool) {
	best := math.Inf(1)
	for _, l := range p.labels {
		if d := float64(c.x0) - l.end; l.onRow(c) && d < best {
			best, near, line, filled = d, l.text, l.h, l.text == ""
			if !l.sign && !filled {
				near = ""
			}
		}
	}
	if near != "" || filled {
		return near, line, filled
	}
	best = math.Inf(1)
	for _, l := range p.labels {
		if d := math.Abs(float64(c.y0+c.y1)/2 - l.top - l.h/2); l.sign && l.nearby(c) && d < best {
			best, near, line = d, l.text, l.h
		}
	}
	return near, line, false
}

// look is how ink looks, whatever it says.
type look struct {
	n      int
	height float64 // of its tallest parts, in pixels
	blue   float64 // share of blue ink
	dark   float64 // darkness of its strokes
	slant  float64 // share of edges that are neither upright nor level
	stroke float64 // mean width of the strokes, in pixels
}

// lookOf measures patches.
func (p *page) lookOf(parts []int) look {
	t := p.trace(parts, nil)
	if t.area == 0 {
		return look{}
	}
	var hs []int
	for _, i := range parts {
		hs = append(hs, p.parts.Blobs[i].H())
	}
	sort.Ints(hs)
	seen, dark := 0, 0
	for v := 255; v > 0; v-- { // the quarter that is darkest: the edges of strokes are paler
		if seen += t.tones[v]; 4*seen >= t.area {
			dark = v
			break
		}
	}
	return look{
		n: len(parts), height: float64(hs[len(hs)*4/5]), blue: float64(t.blue) / float64(t.area), dark: float64(dark),
		slant: float64(t.slanted) / float64(max(t.edges, 1)), stroke: 2 * float64(t.area) / float64(max(t.perimeter, 1)),
	}
}

// surePrint is the confidence from which what was read is taken for print
// where nothing speaks against it.
const surePrint = 0.85

// learn measures the print of the page, line by line, so that one ink or
// typeface among others does not set the scale.
func (p *page) learn() {
	var looks []look
	var high []float64 // of the lines
	for i, l := range p.lines {
		if l.Confidence < surePrint || width(l.Text) < 3 {
			continue
		}
		if lk := p.lookOf(p.inLine[i]); lk.n >= 3 {
			looks, high = append(looks, lk), append(high, float64(l.Box[3]))
		}
		if len(looks) == 24 {
			break
		}
	}
	slices.Sort(high)
	if len(looks) < 3 {
		return
	}
	mid := func(f func(look) float64) float64 {
		v := make([]float64, len(looks))
		for i, l := range looks {
			v[i] = f(l)
		}
		slices.Sort(v)
		return v[len(v)/2]
	}
	p.print = look{
		n:      len(looks),
		height: mid(func(l look) float64 { return l.height }),
		blue:   mid(func(l look) float64 { return l.blue }),
		dark:   mid(func(l look) float64 { return l.dark }),
		slant:  mid(func(l look) float64 { return l.slant }),
		stroke: mid(func(l look) float64 { return l.stroke }),
	}
	if p.print.height < 0.38*high[0] { // the lowest: the box of a long line on a tilted page is much higher than its letters
		p.print = look{} // letters in pieces: too little of their ink is on this mask
	}
}

// maybeHand is how much ink must differ from the print for a person to look at
// it: a name written clearly in black differs little.
const maybeHand = 0.3

// byHand is how much ink differs from the print of the page, 1 and more where
// no printer put it there. read is how surely it was read.
func (p *page) byHand(l look, read float64) float64 {
	pr := p.print
	v := ramp(l.height/math.Max(pr.height, 1), 1.3, 1.9) +
		1.1*ramp(l.blue-pr.blue, 0.25, 0.6) +
		0.7*ramp(math.Abs(l.dark-pr.dark), 30, 75) +
		0.7*ramp(l.slant-pr.slant, 0.08, 0.25) +
		0.5*ramp(math.Abs(math.Log(l.stroke/math.Max(pr.stroke, 0.5))), 0.25, 0.6)
	return v + 0.6*ramp(read, surePrint, 0.5)
}

// placed looks at the ink where a signature is wanted and gives its confidence
// that it is one; 0 for print, for what was filled in elsewhere, and for
// specks.
func (p *page) placed() []scored {
	if p.print.n == 0 {
		return nil
	}
	used := make([]bool, len(p.parts.Blobs))
	var out []scored
	for _, l := range p.labels {
		if !l.sign {
			continue
		}
		var loose []cluster
		for i, b := range p.parts.Blobs {
			c := cluster{b.X0, b.Y0, b.X1, b.Y1, []int{i}}
			if used[i] || b.Area < 5 || b.W() > p.sheet.W/2 || p.isPrint(i) || !l.around(c) {
				continue
			}
			used[i] = true
			loose = append(loose, c)
		}
		for _, c := range p.merge(loose) {
			if s, ok := p.scorePlaced(c); ok {
				out = append(out, s)
			}
		}
	}
	return out
}

// around is where any part of what belongs to a label may lie.
func (l label) around(c cluster) bool { return l.onRow(c) || l.nearby(c) }

// scored is a cluster with its confidence.
type scored struct {
	cluster
	confidence float64
	near       string
}

// scorePlaced judges ink by a label.
func (p *page) scorePlaced(c cluster) (scored, bool) {
	w, h := float64(c.x1-c.x0), float64(c.y1-c.y0)
	near, line, filled := p.wanted(c)
	if near == "" || filled || p.residue(c) > mostResidue {
		return scored{}, false
	}
	if h < math.Max(0.7*p.text, 0.45*line) || w < 1.1*p.text || w < 0.5*h || w > 0.6*float64(p.sheet.W) || h > math.Max(6*line, 9*p.text) {
		return scored{}, false
	}
	read := p.around(c)
	lk := p.lookOf(c.parts)
	v := p.byHand(lk, read) + written(p.tallest(c))
	area := 0
	for _, i := range c.parts {
		area += p.parts.Blobs[i].Area
	}
	if float64(area) > 0.6*w*h {
		return scored{}, false
	}
	if strokes, _, crowded := p.shape(c); strokes < 2.1 || crowded > 0.45 {
		return scored{}, false // the edge of something, or a part of a picture
	}
	conf := 0.0
	switch {
	case v >= 1:
		conf = math.Min(0.8, 0.66+0.07*(v-1))
	case v >= maybeHand:
		conf = 0.5 + 0.13*(v-maybeHand)/(1-maybeHand)
	}
	conf = math.Min(conf, p.faint(c, lk))
	return scored{c, conf, near}, conf > 0
}

// tall is how many times as high as the label of its row a short line is. Print
// behind a label is about as high as the label: a name that is much higher was
// written, however surely it is read.
func (p *page) tall(l Line) (most float64) {
	const name = 5 // a written name has no more Han signs
	if width(l.Text) > name || !hasLetter(l.Text) {
		return 0
	}
	at := cluster{l.Box[0], l.Box[1], l.Box[0] + l.Box[2], l.Box[1] + l.Box[3], nil}
	for _, b := range p.labels {
		if mid := float64(l.Box[1]) + float64(l.Box[3])/2; b.sign && b.onRow(at) && math.Abs(mid-b.top-b.h/2) < b.h {
			most = math.Max(most, float64(l.Box[3])/b.h)
		}
	}
	return most
}

// written is how much a short line speaks for a hand by its height alone.
func written(tall float64) float64 { return ramp(tall, 1.5, 1.9) }

// tallest is the greatest tall of the lines that were read in the place of a cluster.
func (p *page) tallest(c cluster) (most float64) {
	box := [4]int{c.x0, c.y0, c.x1 - c.x0, c.y1 - c.y0}
	for _, l := range p.lines {
		if inside(box, l.Box) >= 0.35 && 10*box[3] >= 6*l.Box[3] {
			most = math.Max(most, p.tall(l))
		}
	}
	return most
}

// isPrint reports a patch that belongs to a line of print.
func (p *page) isPrint(i int) bool { return p.printed[i] }

// findPrint tells the patches that are print: those of lines that were read
// surely, but for what stands behind a label of a signature and looks like
// another hand.
func (p *page) findPrint() {
	p.inLine = make([][]int, len(p.lines))
	for i, l := range p.lines {
		if l.Confidence < 0.5 {
			continue
		}
		x0, y0, x1, y1 := l.Box[0], l.Box[1], l.Box[0]+l.Box[2], l.Box[1]+l.Box[3]
		for k, b := range p.parts.Blobs {
			if x, y := (b.X0+b.X1)/2, (b.Y0+b.Y1)/2; x >= x0 && x < x1 && y >= y0 && y < y1 {
				p.inLine[i] = append(p.inLine[i], k)
			}
		}
	}
	p.learn()
	p.printed = make([]bool, len(p.parts.Blobs))
	for i, l := range p.lines {
		if l.Confidence < surePrint {
			continue
		}
		own := p.inLine[i]
		// What stands behind the colon of a label may be by another hand than
		// the label.
		if k := slices.IndexFunc(p.labels, func(b label) bool { return b.x == float64(l.Box[0]) && b.top == float64(l.Box[1]) }); k >= 0 && p.labels[k].sign {
			var tail []int
			own = slices.DeleteFunc(slices.Clone(own), func(n int) bool {
				b := p.parts.Blobs[n]
				if float64(b.X0+b.X1)/2 > p.labels[k].end {
					tail = append(tail, n)
					return true
				}
				return false
			})
			if len(tail) > 0 && p.print.n > 0 && p.byHand(p.lookOf(tail), l.Confidence) < maybeHand {
				own = append(own, tail...)
			}
		} else if hasLetter(l.Text) && p.byPlace(l) && (p.print.n == 0 || p.byHand(p.lookOf(own), l.Confidence)+written(p.tall(l)) >= maybeHand) {
			continue
		}
		for _, n := range own {
			p.printed[n] = true
		}
	}
}

// byPlace reports a line where a signature is wanted.
func (p *page) byPlace(l Line) bool {
	near, _, filled := p.wanted(cluster{l.Box[0], l.Box[1], l.Box[0] + l.Box[2], l.Box[1] + l.Box[3], nil})
	return near != "" && !filled && width(l.Text) <= 12
}

func hasLetter(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }

// mostResidue is the share of residue from which ink is the edge of red strokes.
const mostResidue = 0.5

// faint is how surely a cluster can be a signature at most, by how dark it is: a
// pen is about as dark as print, and in a seal paler traces are what is left of
// the seal's ink.
func (p *page) faint(c cluster, l look) float64 {
	if p.print.n == 0 || l.blue-p.print.blue > 0.35 { // no seal's red leaves blue

		return 1
	}
	share := l.dark / math.Max(p.print.dark, 1)
	if !p.sealed(c) {
		if share < 0.45 {
			return 0
		}
		return 1
	}
	area := 0
	for _, i := range c.parts {
		area += p.parts.Blobs[i].Area
	}
	if !p.sheet.Color {
		return 0.6 // without colour a seal's strokes and a pen's are told by a guess
	}
	thin := float64(area) < 0.045*float64((c.x1-c.x0)*(c.y1-c.y0))
	switch {
	case share < 0.5, thin && share < 0.6:
		return 0
	case share < 0.62, thin:
		return 0.6
	}
	return 1
}

// sealed reports a cluster mostly in the box of a seal.
func (p *page) sealed(c cluster) bool {
	for _, b := range p.seals {
		if inside([4]int{c.x0, c.y0, c.x1 - c.x0, c.y1 - c.y0}, b.box) > 0.5 {
			return true
		}
	}
	return false
}

// residue is the share of a cluster's ink that lies beside red ink where no
// seal was found: the edge of red strokes, not a pen that crosses them.
func (p *page) residue(c cluster) float64 {
	if !p.sheet.Color {
		return 0
	}
	n, red := 0, 0
	for _, part := range c.parts {
		for _, r := range p.parts.Runs(p.parts.Blobs[part]) {
			for x := int(r.X0); x < int(r.X1); x++ {
				n++
				if p.nearRed(x, int(r.Y)) && !p.inSeal(x, int(r.Y)) {
					red++
				}
			}
		}
	}
	return float64(red) / float64(max(n, 1))
}

// inSeal reports a pixel in the box of a seal.
func (p *page) inSeal(x, y int) bool {
	for _, b := range p.seals {
		if x >= b.box[0] && y >= b.box[1] && x < b.box[0]+b.box[2] && y < b.box[1]+b.box[3] {
			return true
		}
	}
	return false
}

// nearRed reports red ink within two pixels.
func (p *page) nearRed(x, y int) bool {
	s := p.sheet
	for yy := max(0, y-2); yy <= min(s.H-1, y+2); yy++ {
		for xx := max(0, x-2); xx <= min(s.W-1, x+2); xx++ {
			if s.Red[yy*s.W+xx] >= sealRed {
				return true
			}
		}
	}
	return false
}
