package onnx

import (
	"context"
	"testing"
)

// FuzzLoad: no input may make the reader, the compiler or a run panic.
func FuzzLoad(f *testing.F) {
	weights := floatTensor("w", []int{1, 1, 3, 3}, ramp(9))
	f.Add(testModel(one(testNode("Relu", []string{"x"}, "y")), nil))
	f.Add(testModel(one(testNode("Conv", []string{"x", "w"}, "y", intsAttribute("pads", 1, 1, 1, 1), intsAttribute("strides", 2, 1))), one(weights)))
	f.Add(testModel(one(testNode("Reshape", []string{"x", "s"}, "y")), one(intTensor("s", 0, -1, 2))))
	f.Add(testModel(one(testNode("Slice", []string{"x", "s", "e", "a"}, "y")), [][]byte{intTensor("s", 1), intTensor("e", 3), intTensor("a", 2)}))
	f.Add(testModel(one(testNode("Transpose", []string{"x"}, "y", intsAttribute("perm", 0, 2, 3, 1))), nil))
	f.Add(testModel([][]byte{testNode("GlobalAveragePool", []string{"x"}, "p"), testNode("HardSigmoid", []string{"p"}, "s"), testNode("Mul", []string{"x", "s"}, "m"), testNode("Add", []string{"x", "m"}, "y")}, nil))
	f.Add(testModel(one(testNode("Resize", []string{"x", "", "s"}, "y", textAttribute("nearest_mode", "floor"), textAttribute("coordinate_transformation_mode", "asymmetric"))), one(floatTensor("s", []int{4}, []float32{1, 1, 2, 2}))))
	f.Add(testModel(one(testNode("MaxPool", []string{"x"}, "y", intsAttribute("kernel_shape", 3, 3), intsAttribute("pads", 1, 1, 1, 1))), nil))
	f.Add(testModel(one(testNode("MatMul", []string{"x", "w"}, "y")), one(floatTensor("w", []int{6, 2}, ramp(12)))))
	f.Add(testModel([][]byte{testNode("Shape", []string{"x"}, "s"), testNode("Reshape", []string{"x", "s"}, "y")}, nil))
	f.Add(testModel([][]byte{testNode(opDequantize, []string{"q", "s", "z"}, "w", intAttribute("axis", 0)), testNode("Conv", []string{"x", "w"}, "y")},
		[][]byte{byteTensor("q", []int{2, 1, 1, 2}, 1, -2, 3, -128), floatTensor("s", []int{2}, ramp(2)), byteTensor("z", []int{2}, 0, 1)}))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Load(data)
		if err != nil {
			return
		}
		for _, shape := range [][]int{{1, 1, 4, 6}, {3}, {1, 2, 6}} {
			n, err := elements(shape, maxValue)
			if err != nil {
				t.Fatal(err)
			}
			p, err := m.plan(shape)
			if err != nil || p.arena > 1<<20 || p.output.n > 1<<20 {
				continue
			}
			if _, err := m.Run(context.Background(), Tensor{shape, ramp(n)}, Options{Threads: 1}); err != nil {
				t.Error(err)
			}
		}
	})
}

// FuzzDamage flips bytes of a real model.
func FuzzDamage(f *testing.F) {
	f.Add(uint32(100), byte(1), uint32(4000), byte(0xff))
	f.Add(uint32(5), byte(0x80), uint32(4_700_000), byte(7))
	data := modelBytes(f, detector)
	f.Fuzz(func(t *testing.T, at uint32, flip byte, at2 uint32, flip2 byte) {
		b := append([]byte(nil), data...)
		b[int(at)%len(b)] ^= flip
		b[int(at2)%len(b)] ^= flip2
		m, err := Load(b)
		if err != nil {
			return
		}
		shape := []int{1, 3, 32, 32}
		if p, err := m.plan(shape); err != nil || p.arena > 1<<24 {
			return
		}
		if _, err := m.Run(context.Background(), Tensor{shape, noise(shape)}, Options{Threads: 1}); err != nil {
			t.Error(err)
		}
	})
}
