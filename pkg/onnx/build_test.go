package onnx

import (
	"encoding/binary"
	"math"
)

// The tests below build small models: protobuf messages field by field.

func appendField(b []byte, id, wire int) []byte {
	return binary.AppendUvarint(b, uint64(id)<<3|uint64(wire))
}

func appendVarint(b []byte, id int, v uint64) []byte {
	return binary.AppendUvarint(appendField(b, id, wireVarint), v)
}

func appendBytes(b []byte, id int, data []byte) []byte {
	b = binary.AppendUvarint(appendField(b, id, wireBytes), uint64(len(data)))
	return append(b, data...)
}

// floatTensor is a TensorProto of floats.
func floatTensor(name string, shape []int, data []float32) []byte {
	var b, raw []byte
	for _, d := range shape {
		b = appendVarint(b, 1, uint64(d))
	}
	for _, v := range data {
		raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(v))
	}
	b = appendVarint(b, 2, typeFloat)
	b = appendBytes(b, 8, []byte(name))
	return appendBytes(b, 9, raw)
}

// intTensor is a TensorProto of 64-bit integers.
func intTensor(name string, data ...int64) []byte {
	b := appendVarint(nil, 1, uint64(len(data)))
	b = appendVarint(b, 2, typeInt64)
	for _, v := range data {
		b = appendVarint(b, 7, uint64(v))
	}
	return appendBytes(b, 8, []byte(name))
}

func intsAttribute(name string, v ...int64) []byte {
	b := appendBytes(nil, 1, []byte(name))
	for _, x := range v {
		b = appendVarint(b, 8, uint64(x))
	}
	return b
}

func intAttribute(name string, v int64) []byte {
	return appendVarint(appendBytes(nil, 1, []byte(name)), 3, uint64(v))
}

func floatAttribute(name string, v float32) []byte {
	b := appendBytes(nil, 1, []byte(name))
	return binary.LittleEndian.AppendUint32(appendField(b, 2, 5), math.Float32bits(v))
}

func textAttribute(name, v string) []byte {
	return appendBytes(appendBytes(nil, 1, []byte(name)), 4, []byte(v))
}

// testNode is a NodeProto.
func testNode(op string, in []string, out string, attrs ...[]byte) []byte {
	var b []byte
	for _, s := range in {
		b = appendBytes(b, 1, []byte(s))
	}
	b = appendBytes(b, 2, []byte(out))
	b = appendBytes(b, 4, []byte(op))
	for _, a := range attrs {
		b = appendBytes(b, 5, a)
	}
	return b
}

// testModel is a ModelProto with the input "x" and the output "y".
func testModel(nodes, consts [][]byte) []byte {
	var g []byte
	for _, n := range nodes {
		g = appendBytes(g, 1, n)
	}
	for _, c := range consts {
		g = appendBytes(g, 5, c)
	}
	g = appendBytes(g, 11, appendBytes(nil, 1, []byte("x")))
	g = appendBytes(g, 12, appendBytes(nil, 1, []byte("y")))
	return appendBytes(appendVarint(nil, 1, 8), 7, g)
}
