package onnx

import (
	"context"
	"encoding/binary"
	"slices"
	"strings"
	"testing"
)

// byteTensor is a TensorProto of 8-bit integers.
func byteTensor(name string, shape []int, data ...int8) []byte {
	var b, raw []byte
	for _, d := range shape {
		b = appendVarint(b, 1, uint64(d))
	}
	for _, v := range data {
		raw = append(raw, byte(v))
	}
	b = appendVarint(b, 2, typeInt8)
	b = appendBytes(b, 8, []byte(name))
	return appendBytes(b, 9, raw)
}

func TestDequantizeLinear(t *testing.T) {
	six := []int8{-128, -1, 0, 1, 2, 127}
	for _, c := range []struct {
		name   string
		in     []string
		attrs  [][]byte
		consts [][]byte
		want   []float32 // added to zeros
		err    string
	}{
		{"one scale", []string{"q", "s"}, nil, [][]byte{byteTensor("q", []int{2, 3}, six...), floatTensor("s", nil, []float32{0.5})},
			[]float32{-64, -0.5, 0, 0.5, 1, 63.5}, ""},
		{"one scale, zero point", []string{"q", "s", "z"}, nil, [][]byte{byteTensor("q", []int{2, 3}, six...), floatTensor("s", nil, []float32{1}), byteTensor("z", nil, -128)},
			[]float32{0, 127, 128, 129, 130, 255}, ""},
		{"a scale a row", []string{"q", "s", "z"}, [][]byte{intAttribute("axis", 0)}, [][]byte{byteTensor("q", []int{2, 3}, six...), floatTensor("s", []int{2}, []float32{1, 10}), byteTensor("z", []int{2}, 0, 1)},
			[]float32{-128, -1, 0, 0, 10, 1260}, ""},
		{"a scale a column", []string{"q", "s"}, nil, [][]byte{byteTensor("q", []int{2, 3}, six...), floatTensor("s", []int{3}, []float32{1, 2, 3})},
			[]float32{-128, -2, 0, 1, 4, 381}, ""},
		{"the last axis", []string{"q", "s"}, [][]byte{intAttribute("axis", -1)}, [][]byte{byteTensor("q", []int{2, 3}, six...), floatTensor("s", []int{3}, []float32{1, 2, 3})},
			[]float32{-128, -2, 0, 1, 4, 381}, ""},
		{"too few scales", []string{"q", "s"}, nil, [][]byte{byteTensor("q", []int{2, 3}, six...), floatTensor("s", []int{2}, []float32{1, 2})}, nil, "3 slices"},
		{"no such axis", []string{"q", "s"}, [][]byte{intAttribute("axis", 2)}, [][]byte{byteTensor("q", []int{2, 3}, six...), floatTensor("s", []int{2}, []float32{1, 2})}, nil, "axis 2"},
		{"too few zero points", []string{"q", "s", "z"}, nil, [][]byte{byteTensor("q", []int{2, 3}, six...), floatTensor("s", []int{3}, []float32{1, 2, 3}), byteTensor("z", nil, 1)}, nil, "zero points"},
		{"floats", []string{"q", "s"}, nil, [][]byte{floatTensor("q", []int{2, 3}, ramp(6)), floatTensor("s", nil, []float32{1})}, nil, "constants of 8-bit integers"},
		{"the input", []string{"x", "s"}, nil, [][]byte{floatTensor("s", nil, []float32{1})}, nil, "constants of 8-bit integers"},
		{"too few bytes", []string{"q", "s"}, nil, [][]byte{byteTensor("q", []int{2, 3}, six[:5]...), floatTensor("s", nil, []float32{1})}, nil, "5 bytes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, err := Load(testModel([][]byte{testNode(opDequantize, c.in, "w", c.attrs...), testNode("Add", []string{"x", "w"}, "y")}, c.consts))
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) {
					t.Fatalf("error %v, want %q", err, c.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			out, err := m.Run(context.Background(), Tensor{[]int{2, 3}, make([]float32, 6)}, Options{Threads: 1})
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(out.Data, c.want) {
				t.Errorf("got %v, want %v", out.Data, c.want)
			}
		})
	}
}

// TestOnlyDequantizeReadsBytes: 8-bit integers are no floats.
func TestOnlyDequantizeReadsBytes(t *testing.T) {
	q := byteTensor("q", []int{3}, 1, 2, 3)
	for _, nodes := range [][][]byte{
		one(testNode("Add", []string{"x", "q"}, "y")),
		one(testNode("Reshape", []string{"x", "q"}, "y")),
		one(testNode("Clip", []string{"x", "q"}, "y")),
	} {
		if _, err := Load(testModel(nodes, one(q))); err == nil || !strings.Contains(err.Error(), "packed constant") {
			t.Errorf("error %v", err)
		}
	}
	if _, err := Load(testModel(nil, one(byteTensor("y", []int{1}, 1)))); err == nil {
		t.Error("an output of 8-bit integers")
	}
}

// halfTensor is a TensorProto of 16-bit floats, given by their bits.
func halfTensor(name string, shape []int, bits ...uint16) []byte {
	var b, raw []byte
	for _, d := range shape {
		b = appendVarint(b, 1, uint64(d))
	}
	for _, v := range bits {
		raw = binary.LittleEndian.AppendUint16(raw, v)
	}
	b = appendVarint(b, 2, typeHalf)
	b = appendBytes(b, 8, []byte(name))
	return appendBytes(b, 9, raw)
}

func TestHalfConstants(t *testing.T) {
	// 1, -2, 65504, the least above zero, 0.333…, -0 (IEEE 754 binary16).
	h := halfTensor("h", []int{2, 3}, 0x3C00, 0xC000, 0x7BFF, 0x0001, 0x3555, 0x8000)
	want := []float32{1, -2, 65504, 5.9604645e-08, 0.33325195, 0}
	nodes := [][]byte{testNode(opCast, []string{"h"}, "w", intAttribute("to", typeFloat)), testNode("Add", []string{"x", "w"}, "y")}
	m, err := Load(testModel(nodes, one(h)))
	if err != nil {
		t.Fatal(err)
	}
	out, err := m.Run(context.Background(), Tensor{[]int{2, 3}, make([]float32, 6)}, Options{Threads: 1})
	if err != nil || !slices.Equal(out.Data, want) {
		t.Errorf("got %v (%v), want %v", out.Data, err, want)
	}
	if _, err := Load(testModel(one(testNode("Add", []string{"x", "h"}, "y")), one(h))); err == nil || !strings.Contains(err.Error(), "packed constant") {
		t.Errorf("16-bit floats read as they are: %v", err)
	}
	if _, err := Load(testModel(nodes, one(halfTensor("h", []int{2, 3}, 1, 2)))); err == nil || !strings.Contains(err.Error(), "4 bytes") {
		t.Errorf("too few of them: %v", err)
	}
}
