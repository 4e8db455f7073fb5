package cms

import "errors"

var errBER = errors.New("not BER")

// toDER rewrites BER with indefinite lengths, as some signing tools send it,
// into definite lengths. Definite input is returned as it is, without what
// follows it.
func toDER(b []byte) ([]byte, error) {
	out, _, err := rewrite(b, 0)
	return out, err
}

// rewrite converts one element and returns it and how much it took.
func rewrite(b []byte, depth int) (out []byte, used int, err error) {
	const deepest = 64
	if depth > deepest || len(b) < 2 {
		return nil, 0, errBER
	}
	head := 1
	if b[0]&0x1F == 0x1F {
		for head < len(b) && b[head]&0x80 != 0 {
			head++
		}
		head++
	}
	if head >= len(b) || head > 6 {
		return nil, 0, errBER
	}
	constructed := b[0]&0x20 != 0
	l := int(b[head])
	body := head + 1
	if l == 0x80 {
		if !constructed {
			return nil, 0, errBER
		}
		var inner []byte
		p := body
		for {
			if p+2 > len(b) {
				return nil, 0, errBER
			}
			if b[p] == 0 && b[p+1] == 0 {
				p += 2
				break
			}
			e, n, err := rewrite(b[p:], depth+1)
			if err != nil {
				return nil, 0, err
			}
			inner = append(inner, e...)
			p += n
		}
		return element(b[:head], inner), p, nil
	}
	if l > 0x80 {
		n := l & 0x7F
		if n > 4 || body+n > len(b) {
			return nil, 0, errBER
		}
		l = 0
		for i := range n {
			l = l<<8 | int(b[body+i])
		}
		body += n
	}
	if l < 0 || l > len(b)-body {
		return nil, 0, errBER
	}
	if !constructed {
		return b[:body+l], body + l, nil
	}
	var inner []byte
	for p := body; p < body+l; {
		e, n, err := rewrite(b[p:body+l], depth+1)
		if err != nil {
			return nil, 0, err
		}
		inner = append(inner, e...)
		p += n
	}
	return element(b[:head], inner), body + l, nil
}

// element writes a tag, a definite length and a body. A constructed octet
// string becomes a primitive one.
func element(tag, body []byte) []byte {
	if len(tag) == 1 && tag[0] == 0x24 {
		if joined, ok := joinOctets(body); ok {
			tag, body = []byte{0x04}, joined
		}
	}
	out := append([]byte(nil), tag...)
	n := len(body)
	switch {
	case n < 0x80:
		out = append(out, byte(n))
	case n < 1<<8:
		out = append(out, 0x81, byte(n))
	case n < 1<<16:
		out = append(out, 0x82, byte(n>>8), byte(n))
	case n < 1<<24:
		out = append(out, 0x83, byte(n>>16), byte(n>>8), byte(n))
	default:
		out = append(out, 0x84, byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
	}
	return append(out, body...)
}

// joinOctets strings together the parts of a constructed octet string.
func joinOctets(b []byte) ([]byte, bool) {
	var out []byte
	for len(b) > 0 {
		if len(b) < 2 || b[0] != 0x04 {
			return nil, false
		}
		l, head := int(b[1]), 2
		if l > 0x80 {
			n := l & 0x7F
			if n > 4 || 2+n > len(b) {
				return nil, false
			}
			l = 0
			for i := range n {
				l = l<<8 | int(b[2+i])
			}
			head += n
		}
		if l < 0 || head+l > len(b) {
			return nil, false
		}
		out = append(out, b[head:head+l]...)
		b = b[head+l:]
	}
	return out, true
}
