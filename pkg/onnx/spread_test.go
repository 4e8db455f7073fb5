package onnx

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"
)

// resize is a Resize node that enlarges by the constant "by<f>".
func resize(x, y string, f int) []byte {
	return testNode("Resize", []string{x, "", fmt.Sprint("by", f)}, y, textAttribute("mode", "nearest"),
		textAttribute("nearest_mode", "floor"), textAttribute("coordinate_transformation_mode", "asymmetric"))
}

func resizeBy(f int) []byte {
	return floatTensor(fmt.Sprint("by", f), []int{4}, []float32{1, 1, float32(f), float32(f)})
}

// weightsOf is a tensor of small numbers without a pattern.
func weightsOf(name string, shape ...int) []byte {
	w := noise(shape)
	for i := range w {
		w[i] *= float32(len(name)) / 8
	}
	return floatTensor(name, shape, w)
}

// pyramidModel is the end of a detector in small: planes of the input's size and of a
// half, a quarter and an eighth of it; gated sums; convolutions of those; a convolution
// of what they give, one on the other.
func pyramidModel(head [][]byte, more ...[]byte) []byte {
	half := func(x, y, w string) []byte {
		return testNode("Conv", []string{x, w}, y, intsAttribute("strides", 2, 2), intsAttribute("kernel_shape", 2, 2))
	}
	same := func(x, w, y string) []byte {
		return testNode("Conv", []string{x, w}, y, intsAttribute("kernel_shape", 3, 3), intsAttribute("pads", 1, 1, 1, 1))
	}
	nodes := [][]byte{half("x", "x2", "wh"), half("x2", "x4", "wh"), half("x4", "x8", "wh")}
	for _, n := range []string{"", "2", "4", "8"} {
		nodes = append(nodes,
			testNode("Conv", []string{"x" + n, "wide" + n}, "i"+n), testNode("GlobalAveragePool", []string{"i" + n}, "m"+n),
			testNode("HardSigmoid", []string{"m" + n}, "s"+n), testNode("Mul", []string{"i" + n, "s" + n}, "t"+n), testNode("Add", []string{"i" + n, "t" + n}, "g"+n))
	}
	nodes = append(nodes,
		resize("g8", "u8", 2), testNode("Add", []string{"g4", "u8"}, "o4"),
		resize("o4", "u4", 2), testNode("Add", []string{"g2", "u4"}, "o2"),
		resize("o2", "u2", 2), testNode("Add", []string{"g", "u2"}, "o"),
		same("o", "k", "p"), same("o2", "k2", "p2"), same("o4", "k4", "p4"), same("g8", "k8", "p8"),
		resize("p8", "v8", 8), resize("p4", "v4", 4), resize("p2", "v2", 2),
		testNode("Concat", []string{"v8", "v4", "v2", "p"}, "all", intAttribute("axis", 1)))
	nodes = append(nodes, head...)
	consts := [][]byte{weightsOf("wh", 8, 8, 2, 2), resizeBy(2), resizeBy(4), resizeBy(8), weightsOf("last", 10, 32, 3, 3), floatTensor("bias", []int{10}, ramp(10))}
	for _, n := range []string{"", "2", "4", "8"} {
		consts = append(consts, weightsOf("wide"+n, 32, 8, 1, 1), weightsOf("k"+n, 8, 32, 3, 3))
	}
	return testModel(nodes, append(consts, more...))
}

// asItIs loads a model without joining anything in it.
func asItIs(t *testing.T, data []byte, k *kernels) *Model {
	t.Helper()
	g, err := parseModel(data)
	if err != nil {
		t.Fatal(err)
	}
	m := &Model{g: g, k: k, mem: &Memory{}, uses: g.uses()}
	for _, n := range g.nodes {
		if err := m.pack(n); err != nil {
			t.Fatal(err)
		}
	}
	return m
}

// sameResults runs both models, on one and on several threads, and compares.
func sameResults(t *testing.T, m, plain *Model, shape ...int) {
	t.Helper()
	in := Tensor{Shape: shape, Data: noise(shape)}
	want, err := plain.Run(context.Background(), in, Options{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	var before []float32
	for _, threads := range []int{1, 3} {
		got, err := m.Run(context.Background(), in, Options{Threads: threads})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got.Shape, want.Shape) {
			t.Fatalf("%s, %v: shape %v, want %v", m.k.name, shape, got.Shape, want.Shape)
		}
		worst, largest := 0.0, 1.0
		for i, v := range want.Data {
			worst, largest = max(worst, math.Abs(float64(got.Data[i]-v))), max(largest, math.Abs(float64(v)))
		}
		if worst > 1e-5*largest {
			t.Errorf("%s, %v: greatest difference %g of %g", m.k.name, shape, worst, largest)
		}
		if before != nil && !slices.Equal(before, got.Data) {
			t.Errorf("%s, %v: threads change the result", m.k.name, shape)
		}
		before = got.Data
	}
}

// TestSpread compares convolutions that are computed where the planes are small with
// the same graph left as it is.
func TestSpread(t *testing.T) {
	last := testNode("Conv", []string{"all", "last", "bias"}, "z", intsAttribute("kernel_shape", 3, 3), intsAttribute("pads", 1, 1, 1, 1))
	data := pyramidModel([][]byte{last, testNode("Relu", []string{"z"}, "y")})
	for _, k := range kernelSets() {
		m, err := load(data, k)
		if err != nil {
			t.Fatal(err)
		}
		spreads := 0
		for _, n := range m.g.nodes {
			if n.op == opSpread {
				spreads++
			}
			if n.op == "Resize" || n.op == "Concat" {
				t.Errorf("%s is left", n.label())
			}
		}
		if spreads != 4 {
			t.Errorf("%d convolutions are spread, want 4", spreads)
		}
		plain := asItIs(t, data, k)
		for _, size := range [][2]int{{8, 8}, {8, 136}, {136, 8}, {48, 80}, {72, 264}} {
			sameResults(t, m, plain, 1, 8, size[0], size[1])
		}
	}
}

// TestSpreadLeft: what does not match exactly is left as it is and gives the same.
func TestSpreadLeft(t *testing.T) {
	conv := func(x, w, y string, attrs ...[]byte) []byte { return testNode("Conv", []string{x, w}, y, attrs...) }
	three := [][]byte{intsAttribute("kernel_shape", 3, 3), intsAttribute("pads", 1, 1, 1, 1)}
	for name, nodes := range map[string][][]byte{
		"stride 2":    {conv("all", "last", "y", append(three, intsAttribute("strides", 2, 2))...)},
		"no padding":  {conv("all", "last", "y", intsAttribute("kernel_shape", 3, 3))},
		"not square":  {conv("all", "flat", "y", intsAttribute("kernel_shape", 1, 3), intsAttribute("pads", 0, 1, 0, 1))},
		"other reads": {conv("all", "last", "c", three...), testNode("GlobalAveragePool", []string{"all"}, "q"), conv("q", "one", "r"), testNode("Add", []string{"c", "r"}, "y")},
	} {
		t.Run(name, func(t *testing.T) {
			data := pyramidModel(nodes, weightsOf("flat", 10, 32, 1, 3), weightsOf("one", 10, 32, 1, 1))
			for _, k := range kernelSets() {
				m, err := load(data, k)
				if err != nil {
					t.Fatal(err)
				}
				sameResults(t, m, asItIs(t, data, k), 1, 8, 16, 24)
			}
		})
	}
}

// TestTwice compares two transposed convolutions in one with both of them.
func TestTwice(t *testing.T) {
	double := func(x, w, b, y string) []byte {
		return testNode("ConvTranspose", []string{x, w, b}, y, intsAttribute("kernel_shape", 2, 2), intsAttribute("strides", 2, 2))
	}
	data := testModel([][]byte{double("x", "w1", "b1", "a"), testNode("Relu", []string{"a"}, "r"), double("r", "w2", "b2", "z"), testNode("HardSwish", []string{"z"}, "y")},
		[][]byte{weightsOf("w1", 5, 10, 2, 2), floatTensor("b1", []int{10}, ramp(10)), weightsOf("w2", 10, 3, 2, 2), floatTensor("b2", []int{3}, ramp(3))})
	for _, k := range kernelSets() {
		m, err := load(data, k)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(m.g.nodes); n != 1 {
			t.Errorf("%d nodes, want 1", n)
		}
		for _, size := range [][2]int{{1, 1}, {2, 16}, {7, 33}} {
			sameResults(t, m, asItIs(t, data, k), 1, 5, size[0], size[1])
		}
	}
}

// TestPointed compares 1×1 convolutions made in bands for the depthwise ones behind them.
func TestPointed(t *testing.T) {
	for _, c := range []struct{ side, stride int }{{3, 1}, {5, 1}, {3, 2}, {5, 2}, {1, 2}} {
		t.Run(fmt.Sprintf("%d/%d", c.side, c.stride), func(t *testing.T) {
			const channels = 64
			pad := c.side / 2
			data := testModel([][]byte{
				testNode("Conv", []string{"x", "w1", "b1"}, "a"), testNode("HardSwish", []string{"a"}, "h"),
				testNode("Conv", []string{"h", "w2"}, "y", intAttribute("group", channels), intsAttribute("kernel_shape", int64(c.side), int64(c.side)),
					intsAttribute("strides", int64(c.stride), int64(c.stride)), intsAttribute("pads", int64(pad), int64(pad), int64(pad), int64(pad))),
			}, [][]byte{weightsOf("w1", channels, 9, 1, 1), floatTensor("b1", []int{channels}, ramp(channels)), weightsOf("w2", channels, 1, c.side, c.side)})
			for _, k := range kernelSets() {
				m, err := load(data, k)
				if err != nil {
					t.Fatal(err)
				}
				for _, size := range [][2]int{{70, 65}, {4, 1200}, {1200, 4}, {101, 41}} {
					sameResults(t, m, asItIs(t, data, k), 1, 9, size[0], size[1])
				}
			}
		})
	}
}
