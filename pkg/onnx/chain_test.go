package onnx

import "testing"

// TestChain compares convolutions made in bands of rows with the same ones made whole: a
// chain like the beginning of a detector, of which one result is read twice, and one by
// something else.
func TestChain(t *testing.T) {
	three := func(stride int64) [][]byte {
		return [][]byte{intsAttribute("kernel_shape", 3, 3), intsAttribute("pads", 1, 1, 1, 1), intsAttribute("strides", stride, stride)}
	}
	depth := func(x, w, y string, channels, stride int64) []byte {
		return testNode("Conv", []string{x, w}, y, append(three(stride), intAttribute("group", channels))...)
	}
	data := testModel([][]byte{
		testNode("Conv", []string{"x", "stem", "b16"}, "a", three(2)...),
		depth("a", "d16", "b", 16, 1), testNode("HardSwish", []string{"b"}, "bh"),
		testNode("Conv", []string{"bh", "p32"}, "c"),
		depth("c", "d32", "d", 32, 2),
		testNode("Conv", []string{"d", "p48"}, "e"), testNode("HardSwish", []string{"e"}, "eh"),
		depth("eh", "d48", "f", 48, 1),
		testNode("Conv", []string{"f", "p12"}, "g"),
		testNode("Conv", []string{"eh", "q12"}, "h"), // a second one that reads eh
		testNode("Add", []string{"g", "h"}, "i"),
		testNode("GlobalAveragePool", []string{"d"}, "m"), // d is read outside of the chain
		testNode("Conv", []string{"m", "m12"}, "n"),
		testNode("Mul", []string{"i", "n"}, "y"),
	}, [][]byte{
		weightsOf("stem", 16, 3, 3, 3), floatTensor("b16", []int{16}, ramp(16)),
		weightsOf("d16", 16, 1, 3, 3), weightsOf("p32", 32, 16, 1, 1), weightsOf("d32", 32, 1, 3, 3),
		weightsOf("p48", 48, 32, 1, 1), weightsOf("d48", 48, 1, 3, 3), weightsOf("p12", 12, 48, 1, 1),
		weightsOf("q12", 12, 48, 1, 1), weightsOf("m12", 12, 32, 1, 1),
	})
	for _, k := range kernelSets() {
		m, err := load(data, k)
		if err != nil {
			t.Fatal(err)
		}
		for _, size := range [][2]int{{320, 448}, {34, 4000}, {2100, 70}, {331, 405}} {
			in := Tensor{Shape: []int{1, 3, size[0], size[1]}}
			p, err := m.plan(in.Shape)
			if err != nil {
				t.Fatal(err)
			}
			if len(p.steps) >= 12 {
				t.Errorf("%v: %d steps: nothing is made in bands", size, len(p.steps))
			}
			sameResults(t, m, asItIs(t, data, k), in.Shape...)
		}
	}
}

// TestReady: what a band says can be made of the first rows is what its needs say.
func TestReady(t *testing.T) {
	for _, p := range []*convPlan{
		{convWeights: &convWeights{kh: 3, sh: 1}, h: 20, oh: 20, padT: 1},
		{convWeights: &convWeights{kh: 3, sh: 2}, h: 21, oh: 11, padT: 1},
		{convWeights: &convWeights{kh: 5, sh: 2}, h: 20, oh: 10, padT: 2},
		{convWeights: &convWeights{kh: 1, sh: 1}, h: 20, oh: 20},
		{convWeights: &convWeights{kh: 1, sh: 3}, h: 20, oh: 7},
		{convWeights: &convWeights{kh: 2, sh: 2}, h: 20, oh: 10},
	} {
		for n := range p.h + 1 {
			want := 0
			for want < p.oh && p.needs(span{want, want + 1}).to <= n {
				want++
			}
			if got := p.ready(n); got != want {
				t.Errorf("kernel %d, stride %d: %d rows of %d are ready, want %d", p.kh, p.sh, got, n, want)
			}
		}
	}
}
