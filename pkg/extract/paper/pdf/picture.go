package pdf

import (
	"bytes"
	"math"
)

// SinglePicture returns the JPEG that makes up the whole of page i (from 0),
// as scanners write it, so that it can be decoded directly instead of being
// rendered. ok is false for any page that is not plainly that: with text,
// annotations, rotation, a picture that does not fill it, or another format.
// w and h are the page's size in points.
func (f *File) SinglePicture(i int) (jpeg []byte, w, h float64, ok bool) {
	if f.Encrypted || f.Damaged {
		return nil, 0, 0, false
	}
	pages, err := f.pageDicts()
	if err != nil || i < 0 || i >= len(pages) {
		return nil, 0, 0, false
	}
	p := pages[i]
	if p.rotate != 0 || len(f.array(p.dict["Annots"])) > 0 || len(p.mediaBox) != 4 || p.dict["CropBox"] != nil {
		return nil, 0, 0, false
	}
	var box [4]float64
	for k := range box {
		v, isNumber := f.resolve(p.mediaBox[k]).(float64)
		if !isNumber {
			return nil, 0, 0, false
		}
		box[k] = v
	}
	w, h = box[2]-box[0], box[3]-box[1]
	if w < 36 || h < 36 || box[0] != 0 || box[1] != 0 {
		return nil, 0, 0, false
	}
	name, ok := f.drawsOnePicture(p.dict["Contents"], w, h)
	if !ok {
		return nil, 0, 0, false
	}
	ref, isRef := f.dict(p.resources["XObject"])[name].(ref)
	if !isRef {
		return nil, 0, 0, false
	}
	o := f.objects[int(ref)]
	d, isDict := o.value.(dict)
	if !isDict || d["Subtype"] != Name("Image") || o.stream == nil || d["SMask"] != nil || d["Mask"] != nil || d["Decode"] != nil {
		return nil, 0, 0, false
	}
	if cs, isName := f.resolve(d["ColorSpace"]).(Name); !isName || cs != "DeviceRGB" && cs != "DeviceGray" {
		return nil, 0, 0, false
	}
	if filters, _ := f.filters(d); len(filters) != 1 || filters[0] != "DCTDecode" || !bytes.HasPrefix(o.stream, []byte{0xFF, 0xD8}) {
		return nil, 0, 0, false
	}
	return o.stream, w, h, true
}

// drawsOnePicture reports whether a content stream does nothing but draw one
// picture over the whole page, upright.
func (f *File) drawsOnePicture(contents any, w, h float64) (Name, bool) {
	var data []byte
	parts := array{contents}
	if a, ok := f.resolve(contents).(array); ok {
		parts = a
	}
	const most = 4096 // such a stream has some 40 bytes
	for _, v := range parts {
		r, ok := v.(ref)
		if !ok {
			return "", false
		}
		o := f.objects[int(r)]
		b, err := f.decode(f.dict(o.value), o.stream)
		if err != nil || len(data)+len(b) > most {
			return "", false
		}
		data = append(append(data, b...), '\n')
	}
	l := &lexer{data: data}
	matrix := [6]float64{1, 0, 0, 1, 0, 0}
	var operands []any
	var name Name
	for {
		l.skip()
		if l.pos >= len(l.data) {
			break
		}
		at := l.pos
		v, err := l.value(0)
		if err == nil {
			operands = append(operands, v)
			continue
		}
		l.pos = at
		op := l.word()
		switch op {
		case "q", "Q", "gs":
		case "cm":
			if len(operands) != 6 {
				return "", false
			}
			var m [6]float64
			for k := range m {
				n, ok := operands[k].(float64)
				if !ok {
					return "", false
				}
				m[k] = n
			}
			matrix = multiply(m, matrix)
		case "Do":
			if len(operands) != 1 || name != "" {
				return "", false
			}
			n, ok := operands[0].(Name)
			if !ok {
				return "", false
			}
			const slack = 0.02
			if math.Abs(matrix[0]-w) > slack*w || math.Abs(matrix[3]-h) > slack*h || matrix[1] != 0 || matrix[2] != 0 ||
				math.Abs(matrix[4]) > slack*w || math.Abs(matrix[5]) > slack*h {
				return "", false
			}
			name = n
		default:
			return "", false
		}
		operands = operands[:0]
	}
	return name, name != ""
}

// multiply combines two transformation matrices (8.3.4).
func multiply(a, b [6]float64) [6]float64 {
	return [6]float64{
		a[0]*b[0] + a[1]*b[2], a[0]*b[1] + a[1]*b[3],
		a[2]*b[0] + a[3]*b[2], a[2]*b[1] + a[3]*b[3],
		a[4]*b[0] + a[5]*b[2] + b[4], a[4]*b[1] + a[5]*b[3] + b[5],
	}
}
