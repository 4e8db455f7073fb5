package text

import (
	"math"

	"github.com/aecheck/aecheck/pkg/contacts"
	"github.com/aecheck/aecheck/pkg/facts"
)

// contactsIn lists the contact details of all lines, and of neighbours read as
// one: a label and its number on two lines, a number cut in two.
func (e *Extractor) contactsIn(lines []line) []facts.Contact {
	e.dropNumbered(lines)
	var out []facts.Contact
	used := make([]bool, len(lines))
	first := make([]int, len(lines)) // index of a line's own first detail in out
	for i := range lines {
		l := &lines[i]
		first[i] = len(out)
		for _, m := range l.Contacts {
			overlay := l.overlay
			if l.onlyTilted() && onPacks(m.Kind) {
				overlay = math.Min(overlay, mostReview)
			}
			out = append(out, fact(m, l.Text, l.Confidence, overlay, l.box))
			used[i] = true
		}
	}
	for i := range lines {
		for j := range lines {
			a, b := &lines[i], &lines[j]
			if i == j || used[i] && used[j] {
				continue
			}
			overlay := math.Max(a.overlay, b.overlay)
			switch {
			case follows(a, b):
			case labels(a, b):
				overlay = math.Min(math.Min(a.overlay, b.overlay), mostReview)
			default:
				continue
			}
			between := " "
			if a.Messenger { // a name and no more: the next line says whose
				between = ": "
			}
			for _, m := range e.words.Contacts(a.Text + between + b.Text) {
				if m.Start >= len(a.Text) || m.End <= len(a.Text)+len(between) {
					continue // lies within one line, and is known
				}
				// A number is known, but not yet what it is a number of.
				named := len(b.Contacts) == 1 && b.Contacts[0].Kind == "phone" && m.Kind != "phone"
				if used[i] && contained(a, m) || used[j] && !named {
					continue
				}
				c := fact(m, a.Text+between+b.Text, math.Min(a.Confidence, b.Confidence), overlay, union(a.box, b.box))
				if named {
					out[first[j]] = c
				} else {
					out = append(out, c)
				}
				used[i], used[j] = true, true
				a.joined, b.joined = true, true
			}
		}
	}
	return unique(out)
}

// dropNumbered takes from a line the phone numbers that the line before it names as
// something else: "S/N" above or left of eleven digits. Read together they are none.
func (e *Extractor) dropNumbered(lines []line) {
	for i := range lines {
		b := &lines[i]
		if len(b.Contacts) != 1 || b.Contacts[0].Kind != "phone" {
			continue
		}
		for j := range lines {
			if a := &lines[j]; i != j && follows(a, b) && len(e.words.Contacts(a.Text+" "+b.Text)) == 0 {
				b.Contacts = nil
				break
			}
		}
	}
}

// onPacks reports a kind of contact detail that packs bear.
func onPacks(kind string) bool {
	switch kind {
	case "phone", "url", "domain", "email":
		return true
	}
	return false
}

// contained reports whether a line's own match says as much as the joined one.
func contained(l *line, m contacts.Match) bool {
	for _, c := range l.Contacts {
		if c.Kind == m.Kind {
			return true
		}
	}
	return false
}

func fact(m contacts.Match, text string, read, overlay float64, box [4]int) facts.Contact {
	return facts.Contact{
		Kind: m.Kind, Value: m.Value, Text: text, Source: string(contacts.Image),
		Confidence: round4(m.Confidence * read), Overlay: overlay, Box: box,
	}
}

// follows reports whether b continues a: on the next row below it, or to its
// right on the same one, in letters of like size and tilt. Both are judged along
// a's own direction.
func follows(a, b *line) bool {
	const tilt = 8 // degrees: short lines are measured that badly
	if !similar(a.height, b.height) || math.Abs(a.tilt-b.tilt) > tilt {
		return false
	}
	sin, cos := math.Sincos((a.tilt + b.tilt) / 2 * math.Pi / 180)
	h := math.Max(a.height, b.height)
	au0, av0, au1, av1 := extent(a.Quad, cos, sin)
	bu0, bv0, bu1, bv1 := extent(b.Quad, cos, sin)
	shared := math.Min(au1, bu1) - math.Max(au0, bu0)
	below := bv0-av1 < 0.8*h && bv0 > (av0+av1)/2 && shared > 0.3*math.Min(au1-au0, bu1-bu0)
	right := math.Abs((av0+av1)/2-(bv0+bv1)/2) < 0.6*h && bu0 > (au0+au1)/2 && bu0-au1 < 1.5*h
	return below || right
}

// labels reports whether a is the name of a messenger and b stands behind it in the same
// slanted line: what lay between was lost on the product.
func labels(a, b *line) bool {
	const gap = 8                                         // line heights
	if !a.Messenger || !b.slanted() || !collinear(b, a) { // b's direction is the better known
		return false
	}
	sin, cos := math.Sincos(b.tilt * math.Pi / 180)
	_, av0, au1, av1 := extent(a.Quad, cos, sin)
	bu0, _, _, _ := extent(b.Quad, cos, sin)
	return bu0 > au1-(av1-av0)/2 && bu0-au1 < gap*math.Max(a.height, b.height)
}

// extent is the range a quad covers along and across a direction.
func extent(q [4][2]float64, cos, sin float64) (u0, v0, u1, v1 float64) {
	u0, v0, u1, v1 = math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, p := range q {
		u, v := p[0]*cos+p[1]*sin, -p[0]*sin+p[1]*cos
		u0, u1, v0, v1 = math.Min(u0, u), math.Max(u1, u), math.Min(v0, v), math.Max(v1, v)
	}
	return u0, v0, u1, v1
}

func union(a, b [4]int) [4]int {
	x0, y0 := min(a[0], b[0]), min(a[1], b[1])
	x1, y1 := max(a[0]+a[2], b[0]+b[2]), max(a[1]+a[3], b[1]+b[3])
	return [4]int{x0, y0, x1 - x0, y1 - y0}
}

// unique keeps one of each detail: the tiles of one mark say it many times.
func unique(list []facts.Contact) []facts.Contact {
	var out []facts.Contact
next:
	for _, c := range list {
		for i, o := range out {
			if o.Kind == c.Kind && o.Value == c.Value {
				if c.Overlay > o.Overlay {
					out[i] = c
				}
				continue next
			}
		}
		out = append(out, c)
	}
	return out
}
