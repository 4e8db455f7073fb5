package faces

import (
	"encoding/binary"
	"errors"
	"math"

	"github.com/aecheck/aecheck/pkg/raster"
)

// forest is a cascade of decision trees (Markuš et al. 2013): each node compares
// two pixels of a square window, each tree adds its leaf's score, and a window
// whose score has fallen to a tree's threshold is given up.
type forest struct {
	depth      int
	codes      []int8    // per tree 2^depth nodes of dy, dx, dy, dx in 1/256 of the window's side; node 0 is not used
	leaves     []float32 // per tree 2^depth
	thresholds []float32 // per tree
}

// parseForest reads the format of the "picornt" tool: 8 bytes of header, depth,
// number of trees, then each tree's nodes, leaves and threshold, little-endian.
func parseForest(data []byte) (*forest, error) {
	const header, maxDepth, maxTrees = 16, 10, 1 << 14
	if len(data) < header {
		return nil, errors.New("cascade: too short")
	}
	depth, trees := binary.LittleEndian.Uint32(data[8:]), binary.LittleEndian.Uint32(data[12:])
	if depth == 0 || depth > maxDepth || trees == 0 || trees > maxTrees {
		return nil, errors.New("cascade: not a cascade")
	}
	n := 1 << depth
	size := 4*(n-1) + 4*n + 4
	if len(data)-header < int(trees)*size {
		return nil, errors.New("cascade: too short")
	}
	f := &forest{depth: int(depth)}
	for tree := data[header:]; len(f.thresholds) < int(trees); tree = tree[size:] {
		f.codes = append(f.codes, 0, 0, 0, 0)
		for _, c := range tree[:4*(n-1)] {
			f.codes = append(f.codes, int8(c))
		}
		number := func(i int) float32 {
			return math.Float32frombits(binary.LittleEndian.Uint32(tree[4*(n-1)+4*i:]))
		}
		for i := range n {
			f.leaves = append(f.leaves, number(i))
		}
		f.thresholds = append(f.thresholds, number(n))
	}
	return f, nil
}

// window is a square that looks like a face to the whole cascade.
type window struct {
	row, col int // centre, px
	side     int // px
	score    float32
}

// level is the search of one plane at one size of window. The places of its
// windows are numbered row by row.
type level struct {
	*forest
	luma        *raster.Gray
	side        int
	first, step int // the first centre and the way to the next, px, down and along
	rows, cols  int
	scores      []float32 // 0 where not looked at, -1 where given up
}

// node is the places of a node's two pixels from the window's centre.
type node struct{ a, b int32 }

// place is a window of a level.
type place struct{ level, row, col int }

// hint is the number of trees a window must pass for its neighbours to be
// looked at: windows beside a face pass most, others hardly any.
const hint = 30

// below is how many sizes below the least are looked at beside windows of the
// sizes asked for: a face of about the least size is seen in these as well, and
// its score is the sum. Smaller than tiniest the pixels compared fall together.
const (
	below   = 2
	tiniest = 16 // px
)

// prepared is the number of trees whose nodes are worked out for a size before
// its windows are looked at: most windows end in these.
const prepared = 16

// find returns the windows of least to most px sides that look like faces, and
// slightly smaller ones about these, smallest first, from top to bottom and from left to right. Windows move by
// shift and grow by grow, relative to their side. Every second window along and
// down of every second size is looked at first, the others only beside those
// that came some way and, in the next sizes, about those that are faces: on the
// open photos that finds every window a full search does, in an eighth of the
// looks.
func (f *forest) find(luma *raster.Gray, least, most int, shift, grow float64) []window {
	var levels []*level
	add := func(side int) {
		l := &level{forest: f, luma: luma, side: side, first: side/2 + 1, step: int(math.Max(shift*float64(side), 1))}
		l.rows, l.cols = count(luma.H, l.first, l.step), count(luma.W, l.first, l.step)
		l.scores = make([]float32, l.rows*l.cols)
		levels = append(levels, l)
	}
	if least <= most {
		for i := below; i > 0; i-- {
			if side := int(float64(least) / math.Pow(grow, float64(i))); side >= tiniest {
				add(side)
			}
		}
	}
	start := len(levels)
	for side := least; side <= most; side = int(float64(side) + math.Max(2, float64(side)*grow-float64(side))) {
		add(side)
	}
	var near []place // windows whose neighbours are to be looked at
	nodes := make([]node, 0, prepared<<f.depth)
	look := func(n, row, col int) {
		l := levels[n]
		if i := row*l.cols + col; l.scores[i] == 0 {
			passed := 0
			l.scores[i], passed = l.score(nodes, l.first+row*l.step, l.first+col*l.step)
			if passed >= hint {
				near = append(near, place{n, row, col})
			}
		}
	}
	around := func(n, row, col int) {
		l := levels[n]
		for r := max(0, row-1); r <= min(l.rows-1, row+1); r++ {
			for c := max(0, col-1); c <= min(l.cols-1, col+1); c++ {
				look(n, r, c)
			}
		}
	}
	for n := start; n < len(levels); n += 2 {
		l := levels[n]
		nodes = l.prepare(nodes)
		for r := 0; r < l.rows; r += 2 {
			for c := 0; c < l.cols; c += 2 {
				look(n, r, c)
			}
		}
	}
	nodes = nodes[:0] // few windows are left, of many sizes
	for len(near) > 0 {
		p := near[len(near)-1]
		near = near[:len(near)-1]
		around(p.level, p.row, p.col)
		l := levels[p.level]
		if l.scores[p.row*l.cols+p.col] <= 0 {
			continue
		}
		for _, n := range []int{p.level - 1, p.level + 1} {
			if n >= 0 && n < len(levels) {
				o := levels[n]
				around(n, (l.first+p.row*l.step-o.first+o.step/2)/o.step, (l.first+p.col*l.step-o.first+o.step/2)/o.step)
			}
		}
	}
	var out []window
	for _, l := range levels {
		for i, q := range l.scores {
			if q > 0 {
				out = append(out, window{row: l.first + i/l.cols*l.step, col: l.first + i%l.cols*l.step, side: l.side, score: q})
			}
		}
	}
	return out
}

// count is the number of places first, first+step, … up to size-first.
func count(size, first, step int) int {
	if size < 2*first {
		return 0
	}
	return (size-2*first)/step + 1
}

// at returns the place of node i.
func (l *level) at(i int) node {
	c := l.codes[4*i : 4*i+4]
	side, width := l.side, l.luma.W
	return node{
		int32(int(c[0])*side>>8*width + int(c[1])*side>>8),
		int32(int(c[2])*side>>8*width + int(c[3])*side>>8),
	}
}

// prepare returns the places of the first trees' nodes.
func (l *level) prepare(nodes []node) []node {
	nodes = nodes[:0]
	for i := range min(len(l.codes)/4, prepared<<l.depth) {
		nodes = append(nodes, l.at(i))
	}
	return nodes
}

// score returns how far above the last threshold the window centred there is,
// -1 where it was given up, and the number of trees it passed. nodes are those
// of the first trees or none.
func (l *level) score(nodes []node, row, col int) (score float32, passed int) {
	centre := int32(row*l.luma.W + col)
	pix, n := l.luma.Pix, 1<<l.depth
	var sum float32
	for t, threshold := range l.thresholds {
		i := 1
		for range l.depth {
			var p node
			if at := t*n + i; at < len(nodes) {
				p = nodes[at]
			} else {
				p = l.at(at)
			}
			// Twice i, and one more where the first pixel is not the lighter
			// one; a branch here is foretold wrong half the time.
			i = 2*i + 1 + (int(pix[centre+p.b])-int(pix[centre+p.a]))>>31
		}
		sum += l.leaves[t*n+i-n]
		if sum <= threshold {
			return -1, t
		}
	}
	return sum - l.thresholds[len(l.thresholds)-1], len(l.thresholds)
}

// face is a group of windows that overlap.
type face struct {
	row, col, side int
	score          float64 // sum of the windows'
}

// group joins the windows that overlap one by more than same (intersection over
// union), beginning with the weakest not joined yet. A window may support
// several groups.
func group(list []window, same float64) []face {
	var out []face
	joined := make([]bool, len(list))
	for i := range list {
		if joined[i] {
			continue
		}
		var f face
		n := 0
		for j, w := range list {
			if overlap(list[i], w) > same {
				joined[j] = true
				f.row, f.col, f.side, f.score = f.row+w.row, f.col+w.col, f.side+w.side, f.score+float64(w.score)
				n++
			}
		}
		out = append(out, face{row: f.row / n, col: f.col / n, side: f.side / n, score: f.score})
	}
	return out
}

// overlap is the intersection of two windows over their union.
func overlap(a, b window) float64 {
	w := min(a.col+a.side/2, b.col+b.side/2) - max(a.col-a.side/2, b.col-b.side/2)
	h := min(a.row+a.side/2, b.row+b.side/2) - max(a.row-a.side/2, b.row-b.side/2)
	if w <= 0 || h <= 0 {
		return 0
	}
	common := float64(w * h)
	return common / (float64(a.side*a.side+b.side*b.side) - common)
}
