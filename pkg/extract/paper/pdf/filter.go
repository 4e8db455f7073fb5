package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/ascii85"
	"errors"
	"io"
)

var errFilter = errors.New("filter not supported")

// decode applies a stream's filters. Output is bounded: a bomb ends in an
// error, not in memory.
func (f *File) decode(d dict, raw []byte) ([]byte, error) {
	filters, parms := f.filters(d)
	out := raw
	for i, name := range filters {
		var err error
		switch name {
		case "FlateDecode", "Fl":
			out, err = f.inflate(out)
			if err == nil {
				out, err = f.predict(parms[i], out)
			}
		case "ASCIIHexDecode", "AHx":
			var v any
			v, err = (&lexer{data: append([]byte("<"), append(bytes.TrimRight(out, ">\r\n \t"), '>')...)}).value(0)
			s, _ := v.(byteString)
			out = []byte(s)
		case "ASCII85Decode", "A85":
			out, err = io.ReadAll(io.LimitReader(ascii85.NewDecoder(bytes.NewReader(bytes.TrimSuffix(bytes.TrimSpace(out), []byte("~>")))), maxDecoded))
		default:
			return nil, errFilter
		}
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// filters returns the names of a stream's filters and their parameters.
func (f *File) filters(d dict) ([]Name, []dict) {
	var names []Name
	switch v := f.resolve(d["Filter"]).(type) {
	case Name:
		names = []Name{v}
	case array:
		for _, e := range v {
			n, _ := f.resolve(e).(Name)
			names = append(names, n)
			if len(names) == 8 {
				break
			}
		}
	}
	parms := make([]dict, len(names))
	switch v := f.resolve(d["DecodeParms"]).(type) {
	case dict:
		if len(parms) > 0 {
			parms[0] = v
		}
	case array:
		for i := range min(len(v), len(parms)) {
			parms[i] = f.dict(v[i])
		}
	}
	return names, parms
}

func (f *File) inflate(b []byte) ([]byte, error) {
	r, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	limit := min(maxDecoded, f.budget)
	out, err := io.ReadAll(io.LimitReader(r, int64(limit)+1))
	if len(out) > limit {
		f.budget = 0
		return nil, ErrTooComplex
	}
	f.budget -= len(out)
	if err != nil && len(out) == 0 {
		return nil, err
	}
	return out, nil // what could be read of a cut stream is still of use
}

// predict undoes a PNG predictor (7.4.4.4), as cross-reference and object
// streams use it.
func (f *File) predict(d dict, b []byte) ([]byte, error) {
	p := f.number(d["Predictor"])
	if p < 10 {
		if p > 1 {
			return nil, errFilter
		}
		return b, nil
	}
	colors, bits, columns := max(1, f.number(d["Colors"])), f.number(d["BitsPerComponent"]), max(1, f.number(d["Columns"]))
	if bits < 0 {
		bits = 8
	}
	if colors > 32 || bits > 16 || columns > 1<<20 {
		return nil, errFilter
	}
	bpp := max(1, colors*bits/8)
	row := (colors*bits*columns + 7) / 8
	out := make([]byte, 0, len(b))
	prev := make([]byte, row)
	for len(b) > 1 {
		kind := b[0]
		n := min(row, len(b)-1)
		cur := make([]byte, row)
		copy(cur, b[1:1+n])
		b = b[1+n:]
		for i := range cur {
			var left, upLeft byte
			if i >= bpp {
				left, upLeft = cur[i-bpp], prev[i-bpp]
			}
			switch kind {
			case 1:
				cur[i] += left
			case 2:
				cur[i] += prev[i]
			case 3:
				cur[i] += byte((int(left) + int(prev[i])) / 2)
			case 4:
				cur[i] += paeth(left, prev[i], upLeft)
			}
		}
		out = append(out, cur...)
		prev = cur
	}
	return out, nil
}

func paeth(a, b, c byte) byte {
	p := int(a) + int(b) - int(c)
	pa, pb, pc := p-int(a), p-int(b), p-int(c)
	if pa < 0 {
		pa = -pa
	}
	if pb < 0 {
		pb = -pb
	}
	if pc < 0 {
		pc = -pc
	}
	switch {
	case pa <= pb && pa <= pc:
		return a
	case pb <= pc:
		return b
	}
	return c
}
