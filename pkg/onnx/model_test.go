package onnx

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
)

func one(n []byte) [][]byte { return [][]byte{n} }

// ramp returns 1, 2, 3, …, n divided by 4 with alternating signs.
func ramp(n int) []float32 {
	out := make([]float32, n)
	for i := range out {
		out[i] = float32(i+1) / 4
		if i%2 == 1 {
			out[i] = -out[i]
		}
	}
	return out
}

func TestOperators(t *testing.T) {
	for _, c := range []struct {
		name   string
		nodes  [][]byte
		consts [][]byte
		shape  []int
		in     []float32
		want   []float32
		out    []int
	}{
		{"add broadcast row", one(testNode("Add", []string{"x", "c"}, "y")), one(floatTensor("c", []int{3}, []float32{10, 20, 30})),
			[]int{2, 3}, []float32{1, 2, 3, 4, 5, 6}, []float32{11, 22, 33, 14, 25, 36}, []int{2, 3}},
		{"sub scalar left", one(testNode("Sub", []string{"c", "x"}, "y")), one(floatTensor("c", []int{1}, []float32{10})),
			[]int{3}, []float32{1, 2, 3}, []float32{9, 8, 7}, []int{3}},
		{"div column", one(testNode("Div", []string{"x", "c"}, "y")), one(floatTensor("c", []int{2, 1}, []float32{2, 4})),
			[]int{2, 2}, []float32{2, 4, 8, 16}, []float32{1, 2, 2, 4}, []int{2, 2}},
		{"mul both broadcast", one(testNode("Mul", []string{"x", "c"}, "y")), one(floatTensor("c", []int{2, 1}, []float32{2, 3})),
			[]int{1, 3}, []float32{1, 2, 3}, []float32{2, 4, 6, 3, 6, 9}, []int{2, 3}},
		{"relu", one(testNode("Relu", []string{"x"}, "y")), nil, []int{3}, []float32{-1, 0, 2}, []float32{0, 0, 2}, []int{3}},
		{"softmax", one(testNode("Softmax", []string{"x"}, "y", intAttribute("axis", 1))), nil,
			[]int{1, 2}, []float32{0, float32(math.Log(3))}, []float32{0.25, 0.75}, []int{1, 2}},
		{"transpose", one(testNode("Transpose", []string{"x"}, "y", intsAttribute("perm", 1, 0))), nil,
			[]int{2, 3}, []float32{1, 2, 3, 4, 5, 6}, []float32{1, 4, 2, 5, 3, 6}, []int{3, 2}},
		{"reshape", one(testNode("Reshape", []string{"x", "s"}, "y")), one(intTensor("s", -1, 2)),
			[]int{4}, []float32{1, 2, 3, 4}, []float32{1, 2, 3, 4}, []int{2, 2}},
		{"slice end", one(testNode("Slice", []string{"x", "b", "e"}, "y")), [][]byte{intTensor("b", -2), intTensor("e", math.MaxInt64)},
			[]int{4}, []float32{1, 2, 3, 4}, []float32{3, 4}, []int{2}},
		{"concat with itself", one(testNode("Concat", []string{"x", "x"}, "y", intAttribute("axis", 0))), nil,
			[]int{2}, []float32{1, 2}, []float32{1, 2, 1, 2}, []int{4}},
		{"concat of results", [][]byte{testNode("Relu", []string{"x"}, "a"), testNode("Sqrt", []string{"a"}, "b"), testNode("Concat", []string{"b", "a", "b"}, "y", intAttribute("axis", 0))}, nil,
			[]int{2}, []float32{4, -1}, []float32{2, 0, 4, 0, 2, 0}, []int{6}},
		{"resize", one(testNode("Resize", []string{"x", "", "s"}, "y", textAttribute("mode", "nearest"), textAttribute("nearest_mode", "floor"), textAttribute("coordinate_transformation_mode", "asymmetric"))),
			one(floatTensor("s", []int{4}, []float32{1, 1, 2, 3})), []int{1, 1, 1, 2}, []float32{1, 2},
			[]float32{1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2}, []int{1, 1, 2, 6}},
		{"average pool", one(testNode("AveragePool", []string{"x"}, "y", intsAttribute("kernel_shape", 2, 2), intsAttribute("strides", 2, 2))), nil,
			[]int{1, 1, 2, 4}, []float32{1, 2, 3, 4, 5, 6, 7, 8}, []float32{3.5, 5.5}, []int{1, 1, 1, 2}},
		{"max pool padded", one(testNode("MaxPool", []string{"x"}, "y", intsAttribute("kernel_shape", 3, 3), intsAttribute("pads", 1, 1, 1, 1))), nil,
			[]int{1, 1, 2, 2}, []float32{-4, -3, -2, -1}, []float32{-1, -1, -1, -1}, []int{1, 1, 2, 2}},
		{"mean of last axis", one(testNode("ReduceMean", []string{"x"}, "y", intsAttribute("axes", -1))), nil,
			[]int{2, 2}, []float32{1, 3, 5, 9}, []float32{2, 7}, []int{2, 1}},
		{"matmul constant", one(testNode("MatMul", []string{"x", "c"}, "y")), one(floatTensor("c", []int{2, 3}, []float32{1, 2, 3, 4, 5, 6})),
			[]int{1, 2}, []float32{1, 10}, []float32{41, 52, 63}, []int{1, 3}},
		{"matmul of two", [][]byte{testNode("Transpose", []string{"x"}, "a", intsAttribute("perm", 0, 2, 1)), testNode("MatMul", []string{"x", "a"}, "y")}, nil,
			[]int{1, 2, 2}, []float32{1, 2, 3, 4}, []float32{5, 11, 11, 25}, []int{1, 2, 2}},
		{"mean of two axes", one(testNode("ReduceMean", []string{"x"}, "y", intsAttribute("axes", 1, 2))), nil,
			[]int{2, 2, 2}, []float32{1, 2, 3, 4, 5, 6, 7, 10}, []float32{2.5, 7}, []int{2, 1, 1}},
		{"mean dropping the axis", one(testNode("ReduceMean", []string{"x"}, "y", intsAttribute("axes", 1), intAttribute("keepdims", 0))), nil,
			[]int{2, 2}, []float32{1, 2, 3, 4}, []float32{1.5, 3.5}, []int{2}},
		{"unsqueeze", one(testNode("Unsqueeze", []string{"x", "a"}, "y")), one(intTensor("a", 0, -1)),
			[]int{2}, []float32{1, 2}, []float32{1, 2}, []int{1, 2, 1}},
		{"unsqueeze by attribute", one(testNode("Unsqueeze", []string{"x"}, "y", intsAttribute("axes", 1))), nil,
			[]int{2}, []float32{1, 2}, []float32{1, 2}, []int{2, 1}},
		{"flatten", one(testNode("Flatten", []string{"x"}, "y", intAttribute("axis", 2))), nil,
			[]int{1, 2, 2}, []float32{1, 2, 3, 4}, []float32{1, 2, 3, 4}, []int{2, 2}},
		{"flatten to a row", one(testNode("Flatten", []string{"x"}, "y", intAttribute("axis", 0))), nil,
			[]int{2, 2}, []float32{1, 2, 3, 4}, []float32{1, 2, 3, 4}, []int{1, 4}},
		{"batch normalisation", one(testNode("BatchNormalization", []string{"x", "g", "b", "m", "v"}, "y", floatAttribute("epsilon", 0))),
			[][]byte{floatTensor("g", []int{2}, []float32{1, 2}), floatTensor("b", []int{2}, []float32{0, 1}), floatTensor("m", []int{2}, []float32{1, 2}), floatTensor("v", []int{2}, []float32{4, 1})},
			[]int{1, 2, 2}, []float32{1, 3, 2, 3}, []float32{0, 1, 1, 3}, []int{1, 2, 2}},
		{"gelu", [][]byte{testNode("Relu", []string{"x"}, "r"), testNode("Add", []string{"r", "m"}, "z"), testNode("Div", []string{"z", "q"}, "d"), testNode("Erf", []string{"d"}, "e"), testNode("Add", []string{"e", "o"}, "a"), testNode("Mul", []string{"z", "a"}, "u"), testNode("Mul", []string{"u", "h"}, "y")},
			[][]byte{floatTensor("m", nil, []float32{-1}), floatTensor("q", nil, []float32{math.Sqrt2}), floatTensor("o", nil, []float32{1}), floatTensor("h", nil, []float32{0.5})},
			[]int{4}, []float32{0, 1, 2, 21}, []float32{-0.15865525, 0, 0.8413447, 20}, []int{4}},
		{"max pool same", one(testNode("MaxPool", []string{"x"}, "y", intsAttribute("kernel_shape", 2, 2), textAttribute("auto_pad", "SAME_UPPER"))), nil,
			[]int{1, 1, 2, 2}, []float32{-4, -3, -2, -1}, []float32{-1, -1, -1, -1}, []int{1, 1, 2, 2}},
		{"identities", [][]byte{testNode("Identity", []string{"x"}, "a"), testNode("Relu", []string{"a"}, "b"), testNode("Identity", []string{"b"}, "c"), testNode("Add", []string{"c", "a"}, "y")}, nil,
			[]int{2}, []float32{1, -2}, []float32{2, -2}, []int{2}},
		{"input as output", one(testNode("Identity", []string{"x"}, "y")), nil, []int{2}, []float32{1, 2}, []float32{1, 2}, []int{2}},
		{"gate", [][]byte{testNode("GlobalAveragePool", []string{"x"}, "p"), testNode("HardSigmoid", []string{"p"}, "s"), testNode("Mul", []string{"x", "s"}, "m"), testNode("Add", []string{"x", "m"}, "y")}, nil,
			[]int{1, 1, 1, 2}, []float32{0, 1}, []float32{0, 1.6}, []int{1, 1, 1, 2}},
	} {
		for _, k := range kernelSets() {
			t.Run(c.name+"/"+k.name, func(t *testing.T) {
				m, err := load(testModel(c.nodes, c.consts), k)
				if err != nil {
					t.Fatal(err)
				}
				got, err := m.Run(context.Background(), Tensor{c.shape, c.in}, Options{Threads: 1})
				if err != nil {
					t.Fatal(err)
				}
				if !slices.Equal(got.Shape, c.out) || !near(got.Data, c.want, 1e-6) {
					t.Errorf("%v %v, want %v %v", got.Shape, got.Data, c.out, c.want)
				}
			})
		}
	}
}

func near(a, b []float32, tolerance float64) bool {
	return slices.EqualFunc(a, b, func(x, y float32) bool { return math.Abs(float64(x)-float64(y)) <= tolerance })
}

// TestConv compares every convolution method with the definition.
func TestConv(t *testing.T) {
	for _, c := range []struct {
		name           string
		in, out, group int
		kh, kw         int
		sh, sw         int
		pad            [4]int
		h, w           int
	}{
		{"pointwise", 7, 13, 1, 1, 1, 1, 1, [4]int{}, 5, 11},
		{"winograd", 9, 11, 1, 3, 3, 1, 1, [4]int{1, 1, 1, 1}, 10, 75},
		{"winograd wide", 8, 8, 1, 3, 3, 1, 1, [4]int{1, 1, 1, 1}, 17, 200},
		{"winograd one pixel", 8, 8, 1, 3, 3, 1, 1, [4]int{1, 1, 1, 1}, 1, 1},
		{"depthwise", 5, 5, 5, 5, 5, 1, 1, [4]int{2, 2, 2, 2}, 9, 37},
		{"depthwise stride 2", 3, 3, 3, 3, 3, 2, 2, [4]int{1, 1, 1, 1}, 8, 71},
		{"depthwise stride 2 even pad", 3, 3, 3, 5, 5, 2, 2, [4]int{2, 2, 2, 2}, 9, 33},
		{"depthwise stride 3", 2, 2, 2, 5, 5, 2, 3, [4]int{0, 1, 2, 3}, 11, 29},
		{"depthwise tall stride", 4, 4, 4, 3, 3, 2, 1, [4]int{1, 1, 1, 1}, 12, 40},
		{"few taps", 3, 16, 1, 3, 3, 2, 2, [4]int{1, 1, 1, 1}, 34, 66},
		{"columns", 40, 10, 1, 1, 3, 1, 1, [4]int{0, 1, 0, 1}, 2, 19},
		{"columns strided", 12, 6, 1, 3, 3, 2, 2, [4]int{1, 0, 1, 0}, 9, 20},
	} {
		shape := []int{1, c.in, c.h, c.w}
		x := noise(shape)
		perGroup := c.in / c.group
		w := noise([]int{c.out, perGroup, c.kh, c.kw})
		bias := ramp(c.out)
		oh, ow := (c.h+c.pad[0]+c.pad[2]-c.kh)/c.sh+1, (c.w+c.pad[1]+c.pad[3]-c.kw)/c.sw+1
		want := make([]float32, c.out*oh*ow)
		for o := range c.out {
			base := o / (c.out / c.group) * perGroup
			for y := range oh {
				for xx := range ow {
					s := float64(bias[o])
					for i := range perGroup {
						for a := range c.kh {
							for b := range c.kw {
								iy, ix := y*c.sh+a-c.pad[0], xx*c.sw+b-c.pad[1]
								if iy >= 0 && ix >= 0 && iy < c.h && ix < c.w {
									s += float64(x[((base+i)*c.h+iy)*c.w+ix]) * float64(w[((o*perGroup+i)*c.kh+a)*c.kw+b])
								}
							}
						}
					}
					want[(o*oh+y)*ow+xx] = float32(s * min(max(s/6+0.5, 0), 1))
				}
			}
		}
		conv := testNode("Conv", []string{"x", "w", "b"}, "v", intsAttribute("kernel_shape", int64(c.kh), int64(c.kw)),
			intsAttribute("strides", int64(c.sh), int64(c.sw)), intAttribute("group", int64(c.group)),
			intsAttribute("pads", int64(c.pad[0]), int64(c.pad[1]), int64(c.pad[2]), int64(c.pad[3])))
		model := testModel([][]byte{conv, testNode("HardSwish", []string{"v"}, "y")},
			[][]byte{floatTensor("w", []int{c.out, perGroup, c.kh, c.kw}, w), floatTensor("b", []int{c.out}, bias)})
		for _, k := range kernelSets() {
			t.Run(c.name+"/"+k.name, func(t *testing.T) {
				m, err := load(model, k)
				if err != nil {
					t.Fatal(err)
				}
				if len(m.g.nodes) != 1 {
					t.Errorf("%d nodes, the activation is not folded", len(m.g.nodes))
				}
				got, err := m.Run(context.Background(), Tensor{shape, x}, Options{Threads: 2})
				if err != nil {
					t.Fatal(err)
				}
				if !near(got.Data, want, 1e-4) {
					t.Error("wrong result")
				}
			})
		}
	}
}

// TestThreads runs one model from several goroutines with different numbers of
// threads: the bits must not differ.
func TestThreads(t *testing.T) {
	for _, c := range references[:3] {
		m := loadFile(t, c.model, machineKernels())
		in := Tensor{c.shape, noise(c.shape)}
		want, err := m.Run(context.Background(), in, Options{Threads: 1})
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for threads := 1; threads <= 7; threads++ {
			wg.Go(func() {
				got, err := m.Run(context.Background(), in, Options{Threads: threads})
				if err != nil || !slices.Equal(got.Data, want.Data) {
					t.Errorf("%s with %d threads differs (%v)", c.file, threads, err)
				}
			})
		}
		wg.Wait()
	}
}

// TestFlattenNothing: a constant without elements is no reason to divide by zero.
func TestFlattenNothing(t *testing.T) {
	m, err := Load(testModel([][]byte{testNode("Flatten", []string{"c"}, "f"), testNode("Add", []string{"x", "f"}, "y")}, one(floatTensor("c", []int{0, 3}, nil))))
	if err == nil {
		_, err = m.Run(context.Background(), Tensor{[]int{1}, []float32{1}}, Options{})
	}
	if err == nil {
		t.Error("no error")
	}
}

func TestRunErrors(t *testing.T) {
	m := loadFile(t, detector, machineKernels())
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	shape := []int{1, 3, 32, 32}
	if _, err := m.Run(ended, Tensor{shape, noise(shape)}, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("ended context: %v", err)
	}
	for _, c := range []struct {
		shape []int
		n     int
	}{
		{shape, 1},
		{[]int{1, 3, -32, -32}, 3 * 32 * 32},
		{[]int{1, 4, 32, 32}, 4 * 32 * 32},
		{[]int{2, 3, 32, 32}, 2 * 3 * 32 * 32},
		{[]int{1, 3, 0, 32}, 0},
		{[]int{1, 3, 33, 40}, 3 * 33 * 40}, // the branches no longer meet
		{[]int{3}, 3},
		{nil, 1},
	} {
		if _, err := m.Run(context.Background(), Tensor{c.shape, make([]float32, c.n)}, Options{}); err == nil {
			t.Errorf("shape %v with %d values: no error", c.shape, c.n)
		}
	}
}

// TestLoadErrors: every damaged model is refused with a telling error.
func TestLoadErrors(t *testing.T) {
	relu := testNode("Relu", []string{"x"}, "y")
	for _, c := range []struct {
		name, want string
		model      []byte
	}{
		{"empty", "no graph", nil},
		{"text", "onnx:", []byte("this is not a model")},
		{"cut short", "truncated", testModel(one(relu), nil)[:20]},
		{"unknown operator", "not supported", testModel(one(testNode("Gelu", []string{"x"}, "y")), nil)},
		{"fused name from outside", "not supported", testModel(one(testNode("fused.Nothing", []string{"x"}, "y")), nil)},
		{"reads the future", "nothing before it writes", testModel(one(testNode("Relu", []string{"z"}, "y")), nil)},
		{"written twice", "written twice", testModel([][]byte{relu, relu}, nil)},
		{"no writer of the output", "nothing writes", testModel(one(testNode("Relu", []string{"x"}, "z")), nil)},
		{"weights too short", "bytes for shape", testModel(one(relu), one(floatTensor("w", []int{2, 2}, []float32{1})))},
		{"huge shape", "more than", testModel(one(relu), one(floatTensor("w", []int{1 << 20, 1 << 20}, nil)))},
		{"conv without weights", "not a float constant", testModel(one(testNode("Conv", []string{"x", "x"}, "y")), nil)},
		{"conv dilated", "dilation", testModel(one(testNode("Conv", []string{"x", "w"}, "y", intsAttribute("dilations", 2, 2))), one(floatTensor("w", []int{1, 1, 1, 1}, []float32{1})))},
		{"conv stride 0", "strides", testModel(one(testNode("Conv", []string{"x", "w"}, "y", intsAttribute("strides", 0, 1))), one(floatTensor("w", []int{1, 1, 1, 1}, []float32{1})))},
	} {
		_, err := Load(c.model)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want …%s…", c.name, err, c.want)
		}
	}
}

// TestArena: buffers that live at the same time never overlap.
func TestArena(t *testing.T) {
	m := loadFile(t, detector, machineKernels())
	p, err := m.plan([]int{1, 3, 1280, 1280})
	if err != nil {
		t.Fatal(err)
	}
	// The largest tensor is 96×320×320, the sum of all of them some 30 times
	// that.
	if limit := 4 * 96 * 320 * 320; p.arena > limit {
		t.Errorf("arena of %d floats, want at most %d", p.arena, limit)
	}
	t.Logf("arena %d MiB", p.arena*4>>20)
	bufs := []*buffer{{size: 10, first: 0, last: 2}, {size: 20, first: 1, last: 1}, {size: 10, first: 2, last: 3}, {size: 30, first: 3, last: 4}, {size: 5, first: 0, last: 9}}
	if _, err := place(bufs); err != nil {
		t.Fatal(err)
	}
	for i, a := range bufs {
		for _, b := range bufs[:i] {
			if a.first <= b.last && b.first <= a.last && a.off < b.off+b.size && b.off < a.off+a.size {
				t.Errorf("buffers %+v and %+v overlap", a, b)
			}
		}
	}
}
