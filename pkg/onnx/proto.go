package onnx

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/x448/float16"
)

// Limits of the reader. They are far above any model this package is meant
// for and keep a damaged file from asking for absurd amounts of memory.
const (
	maxModelBytes = 256 << 20
	maxNodes      = 1 << 14
	maxTensors    = 1 << 14
	maxArity      = 256     // inputs or outputs of one node
	maxAttributes = 64      // attributes of one node
	maxName       = 1024    // bytes of a name
	maxRank       = 8       // dimensions of a tensor
	maxElements   = 1 << 27 // elements of one constant
)

// errTruncated reports a field that runs past the end of its message.
var errTruncated = errors.New("truncated protobuf field")

// Protobuf wire types (protobuf.dev/programming-guides/encoding).
const (
	wireVarint = 0
	wire64     = 1
	wireBytes  = 2
	wire32     = 5
)

// field is one decoded protobuf field: num holds varint, 32- and 64-bit
// values, data holds length-delimited ones.
type field struct {
	id   int
	wire int
	num  uint64
	data []byte
}

// fields calls fn for every field of the message b, in order.
func fields(b []byte, fn func(field) error) error {
	for len(b) > 0 {
		key, n := binary.Uvarint(b)
		if n <= 0 {
			return errTruncated
		}
		b = b[n:]
		if key>>3 == 0 || key>>3 > math.MaxInt32 {
			return fmt.Errorf("protobuf field number %d", key>>3)
		}
		f := field{id: int(key >> 3), wire: int(key & 7)}
		switch f.wire {
		case wireVarint:
			if f.num, n = binary.Uvarint(b); n <= 0 {
				return errTruncated
			}
			b = b[n:]
		case wire64:
			if len(b) < 8 {
				return errTruncated
			}
			f.num, b = binary.LittleEndian.Uint64(b), b[8:]
		case wireBytes:
			size, n := binary.Uvarint(b)
			if n <= 0 || size > uint64(len(b)-n) {
				return errTruncated
			}
			f.data, b = b[n:n+int(size)], b[n+int(size):]
		case wire32:
			if len(b) < 4 {
				return errTruncated
			}
			f.num, b = uint64(binary.LittleEndian.Uint32(b)), b[4:]
		default:
			return fmt.Errorf("protobuf wire type %d", f.wire)
		}
		if err := fn(f); err != nil {
			return err
		}
	}
	return nil
}

// name returns a field as a bounded string.
func (f field) name() (string, error) {
	if f.wire != wireBytes {
		return "", fmt.Errorf("field %d: wire type %d where a string belongs", f.id, f.wire)
	}
	if len(f.data) > maxName {
		return "", fmt.Errorf("field %d: name of %d bytes", f.id, len(f.data))
	}
	return string(f.data), nil
}

// message returns the bytes of an embedded message.
func (f field) message() ([]byte, error) {
	if f.wire != wireBytes {
		return nil, fmt.Errorf("field %d: wire type %d where a message belongs", f.id, f.wire)
	}
	return f.data, nil
}

// appendInts appends the integers of a repeated field, packed or not.
func (f field) appendInts(dst []int64, limit int) ([]int64, error) {
	if f.wire == wireVarint {
		if len(dst) >= limit {
			return nil, fmt.Errorf("field %d: more than %d integers", f.id, limit)
		}
		return append(dst, int64(f.num)), nil
	}
	if f.wire != wireBytes {
		return nil, fmt.Errorf("field %d: wire type %d where integers belong", f.id, f.wire)
	}
	for b := f.data; len(b) > 0; {
		v, n := binary.Uvarint(b)
		if n <= 0 {
			return nil, errTruncated
		}
		if len(dst) >= limit {
			return nil, fmt.Errorf("field %d: more than %d integers", f.id, limit)
		}
		dst, b = append(dst, int64(v)), b[n:]
	}
	return dst, nil
}

// appendFloats appends the 32-bit floats of a repeated field, packed or not.
func (f field) appendFloats(dst []float32, limit int) ([]float32, error) {
	if f.wire == wire32 {
		if len(dst) >= limit {
			return nil, fmt.Errorf("field %d: more than %d floats", f.id, limit)
		}
		return append(dst, math.Float32frombits(uint32(f.num))), nil
	}
	if f.wire != wireBytes || len(f.data)%4 != 0 {
		return nil, fmt.Errorf("field %d: not a list of 32-bit floats", f.id)
	}
	if len(dst)+len(f.data)/4 > limit {
		return nil, fmt.Errorf("field %d: more than %d floats", f.id, limit)
	}
	return append(dst, floatsOf(f.data)...), nil
}

// floatsOf decodes little-endian 32-bit floats; len(b) is a multiple of 4.
func floatsOf(b []byte) []float32 {
	out := make([]float32, len(b)/4)
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return out
}

// tensor is a constant of the model: floats, integers or 8-bit integers, one of
// them alone. The last, and floats that the model keeps in 16 bits, are gone once the
// graph is read (see graph.dequantize).
type tensor struct {
	shape []int
	f     []float32
	i     []int64
	q     []int8
	isInt bool
	half  bool // f was kept in 16 bits
}

// elements returns the product of a shape, or an error when a dimension is
// negative or the product exceeds limit.
func elements(shape []int, limit int) (int, error) {
	n := 1
	for _, d := range shape {
		if d < 0 {
			return 0, fmt.Errorf("negative dimension in shape %v", shape)
		}
		if d != 0 && n > limit/d {
			return 0, fmt.Errorf("shape %v has more than %d elements", shape, limit)
		}
		n *= d
	}
	return n, nil
}

// Element types of TensorProto.DataType that are understood.
const (
	typeFloat = 1
	typeInt8  = 3
	typeInt32 = 6
	typeInt64 = 7
	typeHalf  = 10
)

// parseTensor decodes a TensorProto: its name and its value.
func parseTensor(b []byte) (string, *tensor, error) {
	var (
		name   string
		dims   []int64
		kind   int
		raw    []byte
		hasRaw bool
		t      tensor
	)
	err := fields(b, func(f field) (err error) {
		switch f.id {
		case 1:
			dims, err = f.appendInts(dims, maxRank)
		case 2:
			kind = int(f.num)
		case 3:
			return errors.New("segmented tensor")
		case 4:
			t.f, err = f.appendFloats(t.f, maxElements)
		case 5, 7:
			t.i, err = f.appendInts(t.i, maxElements)
		case 8:
			name, err = f.name()
		case 9:
			raw, err = f.message()
			hasRaw = true
		case 13, 14:
			return errors.New("tensor data kept outside the model file")
		}
		return err
	})
	if err != nil {
		return "", nil, fmt.Errorf("tensor %q: %w", name, err)
	}
	for _, d := range dims {
		if d < 0 || d > maxElements {
			return "", nil, fmt.Errorf("tensor %q: dimension %d", name, d)
		}
		t.shape = append(t.shape, int(d))
	}
	n, err := elements(t.shape, maxElements)
	if err != nil {
		return "", nil, fmt.Errorf("tensor %q: %w", name, err)
	}
	size := 4
	switch kind {
	case typeInt64:
		size = 8
	case typeInt8:
		size = 1
	case typeHalf:
		size = 2
	}
	if hasRaw && len(raw) != n*size {
		return "", nil, fmt.Errorf("tensor %q: %d bytes for shape %v", name, len(raw), t.shape)
	}
	switch kind {
	case typeFloat:
		t.i = nil
		if hasRaw {
			t.f = floatsOf(raw)
		}
		if len(t.f) != n {
			return "", nil, fmt.Errorf("tensor %q: %d floats for shape %v", name, len(t.f), t.shape)
		}
	case typeInt32, typeInt64:
		t.f, t.isInt = nil, true
		if hasRaw {
			t.i = make([]int64, n)
			for i := range t.i {
				if kind == typeInt64 {
					t.i[i] = int64(binary.LittleEndian.Uint64(raw[8*i:]))
				} else {
					t.i[i] = int64(int32(binary.LittleEndian.Uint32(raw[4*i:])))
				}
			}
		}
		if len(t.i) != n {
			return "", nil, fmt.Errorf("tensor %q: %d integers for shape %v", name, len(t.i), t.shape)
		}
	case typeInt8:
		if !hasRaw {
			return "", nil, fmt.Errorf("tensor %q: 8-bit integers that are not raw", name)
		}
		t.f, t.i, t.q = nil, nil, make([]int8, n)
		for i, v := range raw {
			t.q[i] = int8(v)
		}
	case typeHalf:
		if !hasRaw {
			return "", nil, fmt.Errorf("tensor %q: 16-bit floats that are not raw", name)
		}
		t.f, t.i, t.half = make([]float32, n), nil, true
		for i := range t.f {
			t.f[i] = float16.Frombits(binary.LittleEndian.Uint16(raw[2*i:])).Float32()
		}
	default:
		return "", nil, fmt.Errorf("tensor %q: element type %d is not supported", name, kind)
	}
	return name, &t, nil
}
