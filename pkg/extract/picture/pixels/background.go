package pixels

import (
	"fmt"
	"math"
	"sort"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/raster"
)

// Thresholds of background.kind. AliExpress publishes no tolerance; the values
// are our own, from studio pictures and rooms.
const (
	// ringShare is the width of the border ring looked at, relative to the
	// shorter side.
	ringShare = 0.04
	// white is the least value of every channel of a white pixel.
	white = 250
	// nearWhite is the least value of every channel of a near-white pixel.
	nearWhite = 240
	// minWhiteShare is the share of the background in the ring that must be
	// white (or, for near_white, at least NearWhite).
	minWhiteShare = 0.97
	// maxDeviation is the largest standard deviation, per channel, of a
	// uniform background.
	maxDeviation = 6
	// maxNeutral is the largest difference between the channels of a
	// near-white background; beyond it has a tint and is uniform at best.
	maxNeutral = 10
	// minRingCover is the share of the ring one background must cover. A
	// subject cut off by the edge covers the rest; less than this is a scene.
	minRingCover = 0.55
)

// smallSide is the longer side of the copy backgrounds are judged on: averaging
// a few pixels keeps camera noise and JPEG ringing from counting as tint.
const smallSide = 256

// light is the least value of a pixel that may belong to a white or whitish
// background (with shadow on it); below, it belongs to a subject or to another
// background.
const light = 225

// shadowShare is how much of the ring a shadow of the subject may cover before
// it counts as part of the background.
const shadowShare = 0.15

// subjectMap tells background and subject apart on a small copy.
type subjectMap struct {
	small *raster.RGB
	back  [3]uint8 // colour of the background
	plain bool     // one background covers enough of the ring
	ring  []int    // indices of the ring's pixels
	of    []bool   // ring pixels that belong to the background
}

func mapSubject(rgb *raster.RGB) *subjectMap {
	sw, sh := raster.Fit(rgb.W, rgb.H, smallSide)
	m := &subjectMap{small: rgb.Shrink(sw, sh)}
	m.ring = ringOf(sw, sh)
	m.back = m.modalColor()
	m.of = make([]bool, len(m.ring))
	n := 0
	for i, at := range m.ring {
		if m.belongs(m.at(at)) {
			m.of[i] = true
			n++
		}
	}
	cover := float64(n) / float64(len(m.ring))
	m.plain = cover >= 0.85 || cover >= minRingCover && m.cornersCovered() >= 3
	return m
}

func (m *subjectMap) at(i int) [3]uint8 {
	p := m.small.Pix[3*i : 3*i+3]
	return [3]uint8{p[0], p[1], p[2]}
}

// ringOf lists the pixels of the border ring.
func ringOf(w, h int) []int {
	n := max(1, int(math.Round(ringShare*float64(min(w, h)))))
	var out []int
	for y := range h {
		for x := range w {
			if x < n || y < n || x >= w-n || y >= h-n {
				out = append(out, y*w+x)
			}
		}
	}
	return out
}

// modalColor returns the colour most of the ring has: the mean of the fullest
// cell of a coarse colour grid and its neighbours.
func (m *subjectMap) modalColor() [3]uint8 {
	const bits = 4 // cells of 16 levels
	var cells [1 << (3 * bits)]int
	key := func(c [3]uint8) int { return int(c[0]>>4)<<8 | int(c[1]>>4)<<4 | int(c[2]>>4) }
	for _, i := range m.ring {
		cells[key(m.at(i))]++
	}
	best := 0
	for k, n := range cells {
		if n > cells[best] {
			best = k
		}
	}
	var sum [3]int
	n := 0
	for _, i := range m.ring {
		c := m.at(i)
		if k := key(c); abs(k>>8-best>>8) <= 1 && abs(k>>4&15-best>>4&15) <= 1 && abs(k&15-best&15) <= 1 {
			for j := range sum {
				sum[j] += int(c[j])
			}
			n++
		}
	}
	return [3]uint8{uint8(sum[0] / n), uint8(sum[1] / n), uint8(sum[2] / n)}
}

// belongs reports whether a ring pixel can be background: for a light neutral
// one anything light and neutral, else anything within three deviations.
func (m *subjectMap) belongs(c [3]uint8) bool {
	if m.lightBack() {
		return min(c[0], c[1], c[2]) >= light && spread(c) <= 2*maxNeutral
	}
	return distance(c, m.back) <= 3*maxDeviation
}

func (m *subjectMap) lightBack() bool {
	return min(m.back[0], m.back[1], m.back[2]) >= nearWhite-5 && spread(m.back) <= maxNeutral
}

// cornersCovered counts the corners that are background.
func (m *subjectMap) cornersCovered() int {
	w, h := m.small.W, m.small.H
	k := max(1, int(math.Round(ringShare*float64(min(w, h)))))
	n := 0
	for _, c := range [4][2]int{{0, 0}, {w - k, 0}, {0, h - k}, {w - k, h - k}} {
		in := 0
		for y := c[1]; y < c[1]+k; y++ {
			for x := c[0]; x < c[0]+k; x++ {
				if m.belongs(m.at(y*w + x)) {
					in++
				}
			}
		}
		if in*2 > k*k {
			n++
		}
	}
	return n
}

// background judges the background of a picture.
func background(w *work) facts.Background {
	m := w.subj
	b := facts.Background{Kind: "other", WhiteShare: share(len(m.small.Pix)/3, func(i int) bool { return lowest(m.at(i)) >= white })}
	members := m.background()
	if len(members) == 0 {
		members = m.ring
	}
	color, deviation := statistics(m, members)
	b.Color = fmt.Sprintf("#%02x%02x%02x", color[0], color[1], color[2])
	b.Deviation = round2(deviation)
	b.RingWhiteShare = round4(share(len(members), func(i int) bool { return lowest(m.at(members[i])) >= white }))
	b.WhiteShare = round4(b.WhiteShare)
	near := share(len(members), func(i int) bool { return lowest(m.at(members[i])) >= nearWhite })
	switch {
	case !m.plain:
	case b.RingWhiteShare >= minWhiteShare:
		b.Kind = "white"
	case near >= minWhiteShare && spread(color) <= maxNeutral:
		b.Kind = "near_white"
	case deviation <= maxDeviation:
		b.Kind = "uniform"
	}
	if b.Kind == "other" && m.shaded() {
		b.Kind = "shaded"
	}
	if b.Kind != "white" {
		b.Spot = w.spot()
	}
	return b
}

// Thresholds of a shaded background, from studio pictures and rooms: our own too.
const (
	// shadedCover is the share of the ring that one slowly changing colour must
	// cover: the subject and a label lie over the rest.
	shadedCover = 0.7
	// shadedOff is by how much a pixel may be off it, per channel.
	shadedOff = 9
	// shadedTint is how far apart the differences of its channels may lie: light that
	// falls off changes the brightness, hardly the colour.
	shadedTint = 24
	// shadedLight is how far apart the brightness may lie: more is no plain paper.
	shadedLight = 110
)

// shaded reports a background of one colour over which the light falls off, as on a
// sweep of paper: a plane that is bent once goes through most of the ring.
func (m *subjectMap) shaded() bool {
	w, h := float64(m.small.W), float64(m.small.H)
	terms := func(at int) [6]float64 {
		x, y := 2*float64(at%m.small.W)/w-1, 2*float64(at/m.small.W)/h-1
		return [6]float64{1, x, y, x * x, x * y, y * y}
	}
	members := m.ring
	const rounds = 6 // each leaves out what is farthest off
	var bent [3][6]float64
	off := func(at int) int {
		t, most, c := terms(at), 0.0, m.at(at)
		for k := range bent {
			v := 0.0
			for j, f := range t {
				v += f * bent[k][j]
			}
			most = max(most, math.Abs(v-float64(c[k])))
		}
		return int(most)
	}
	for round := range rounds {
		for k := range bent {
			var ok bool
			if bent[k], ok = leastSquares(len(members), func(i int) ([6]float64, float64) { return terms(members[i]), float64(m.at(members[i])[k]) }); !ok {
				return false
			}
		}
		limit := shadedOff << max(0, rounds-3-round)
		var near []int
		for _, at := range m.ring {
			if off(at) <= limit {
				near = append(near, at)
			}
		}
		members = near
		if float64(len(members)) < shadedCover*float64(len(m.ring)) {
			return false
		}
	}
	var low, high [3]int // of red less green, green less blue, brightness
	for i, at := range members {
		c := m.at(at)
		for k, v := range [3]int{int(c[0]) - int(c[1]), int(c[1]) - int(c[2]), int(c[1])} {
			if i == 0 {
				low[k], high[k] = v, v
			}
			low[k], high[k] = min(low[k], v), max(high[k], v)
		}
	}
	return high[0]-low[0] <= shadedTint && high[1]-low[1] <= shadedTint && high[2]-low[2] <= shadedLight
}

// leastSquares are the six factors whose sum with the terms is nearest to the values;
// not ok where they cannot be told.
func leastSquares(n int, at func(i int) (terms [6]float64, value float64)) (out [6]float64, ok bool) {
	var a [6][7]float64
	for i := range n {
		t, v := at(i)
		for r := range 6 {
			for c := range 6 {
				a[r][c] += t[r] * t[c]
			}
			a[r][6] += t[r] * v
		}
	}
	for i := range 6 {
		pivot := i
		for r := i + 1; r < 6; r++ {
			if math.Abs(a[r][i]) > math.Abs(a[pivot][i]) {
				pivot = r
			}
		}
		if a[i], a[pivot] = a[pivot], a[i]; math.Abs(a[i][i]) < 1e-9 {
			return out, false
		}
		for r := range 6 {
			if f := a[r][i] / a[i][i]; r != i {
				for c := i; c < 7; c++ {
					a[r][c] -= f * a[i][c]
				}
			}
		}
	}
	for i := range 6 {
		out[i] = a[i][6] / a[i][i]
	}
	return out, true
}

// background returns the ring's background pixels without the soft shadow of a
// subject that reaches the edge: pixels darker than the background that hang
// together with something too dark to belong to it.
func (m *subjectMap) background() []int {
	w := m.small.W
	inRing := make(map[int]int, len(m.ring)) // pixel → index in ring
	for i, at := range m.ring {
		inRing[at] = i
	}
	shadow := make([]bool, len(m.ring))
	count := 0
	if m.lightBack() {
		lit := min(white, lowest(m.back)-3) // darker than this is in shadow
		var queue []int
		for i, at := range m.ring {
			if !m.of[i] {
				queue = append(queue, at)
			}
		}
		for len(queue) > 0 {
			at := queue[len(queue)-1]
			queue = queue[:len(queue)-1]
			for _, n := range [4]int{at - 1, at + 1, at - w, at + w} {
				j, ok := inRing[n]
				if !ok || shadow[j] || !m.of[j] || lowest(m.at(n)) >= lit || abs(n%w-at%w) > 1 {
					continue
				}
				shadow[j] = true
				count++
				queue = append(queue, n)
			}
		}
	}
	if float64(count) > shadowShare*float64(len(m.ring)) {
		clear(shadow)
	}
	var out []int
	for i, at := range m.ring {
		if m.of[i] && !shadow[i] {
			out = append(out, at)
		}
	}
	return out
}

// statistics returns the median colour of pixels and the largest standard
// deviation among the channels.
func statistics(m *subjectMap, at []int) (median [3]uint8, deviation float64) {
	values := make([]int, len(at))
	for c := range 3 {
		var sum, sq float64
		for i, p := range at {
			v := int(m.small.Pix[3*p+c])
			values[i] = v
			sum += float64(v)
			sq += float64(v * v)
		}
		sort.Ints(values)
		median[c] = uint8(values[len(values)/2])
		n := float64(len(at))
		deviation = max(deviation, math.Sqrt(max(0, sq/n-(sum/n)*(sum/n))))
	}
	return median, deviation
}

// spot returns the part of the ring where the background departs most from
// white, in pixels of the original.
func (w *work) spot() facts.Box {
	m := w.subj
	const cells = 16 // along each side
	type cell struct{ sum, n int }
	tiles := make([]cell, cells*cells)
	sw, sh := m.small.W, m.small.H
	for i, at := range m.ring {
		if m.plain && !m.of[i] {
			continue // the subject may look as it likes
		}
		t := &tiles[at/sw*cells/sh*cells+at%sw*cells/sw]
		t.sum += 255 - lowest(m.at(at))
		t.n++
	}
	best, worst := 0, -1.0
	for i, t := range tiles {
		if t.n > 0 && float64(t.sum)/float64(t.n) > worst {
			best, worst = i, float64(t.sum)/float64(t.n)
		}
	}
	x, y := best%cells, best/cells
	x0, y0, x1, y1 := x*sw/cells, y*sh/cells, (x+1)*sw/cells, (y+1)*sh/cells
	return scaleBox([4]int{x0, y0, max(1, x1-x0), max(1, y1-y0)}, sw, sh, w.picture)
}

func lowest(c [3]uint8) int { return int(min(c[0], c[1], c[2])) }

func spread(c [3]uint8) int { return int(max(c[0], c[1], c[2])) - int(min(c[0], c[1], c[2])) }

// distance is the largest difference of a channel.
func distance(a, b [3]uint8) int {
	return max(abs(int(a[0])-int(b[0])), abs(int(a[1])-int(b[1])), abs(int(a[2])-int(b[2])))
}

func abs(v int) int {
	if v < 0 {
		return -v
	}
	return v
}

func share(n int, has func(i int) bool) float64 {
	if n == 0 {
		return 0
	}
	k := 0
	for i := range n {
		if has(i) {
			k++
		}
	}
	return float64(k) / float64(n)
}

func round2(v float64) float64 { return math.Round(v*100) / 100 }

func round4(v float64) float64 { return math.Round(v*1e4) / 1e4 }
