package pdf

import (
	"errors"
	"strconv"
)

// The PDF objects (ISO 32000-1, 7.3) as Go values: nil, bool, float64, Name,
// String, Array, Dict, Ref.
type (
	// Name is a name without its slash.
	Name string
	// byteString holds the bytes of a literal or hexadecimal string.
	byteString string
	// array is an array.
	array []any
	// dict is a dictionary.
	dict map[Name]any
	// ref points to an object; generations are ignored: the last definition
	// of a number counts.
	ref int
)

const (
	maxDepth = 48 // nesting of arrays and dictionaries
	// dictValues is how many values weigh as much as a dictionary of a few.
	dictValues = 8
	maxItems   = 1 << 16 // members of one array or dictionary
)

var errSyntax = errors.New("syntax error")

// lexer reads objects from bytes.
type lexer struct {
	data []byte
	pos  int
	left *int // values that may still be made, nil for any number
}

func isSpace(c byte) bool {
	return c == 0 || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' '
}

func isDelim(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

// skip moves past white space and comments.
func (l *lexer) skip() {
	for l.pos < len(l.data) {
		c := l.data[l.pos]
		switch {
		case isSpace(c):
			l.pos++
		case c == '%':
			for l.pos < len(l.data) && l.data[l.pos] != '\n' && l.data[l.pos] != '\r' {
				l.pos++
			}
		default:
			return
		}
	}
}

// word reads a run of regular characters.
func (l *lexer) word() string {
	start := l.pos
	for l.pos < len(l.data) && !isSpace(l.data[l.pos]) && !isDelim(l.data[l.pos]) {
		l.pos++
	}
	return string(l.data[start:l.pos])
}

// value reads one object.
func (l *lexer) value(depth int) (any, error) {
	if depth > maxDepth {
		return nil, errSyntax
	}
	l.skip()
	if l.pos >= len(l.data) {
		return nil, errSyntax
	}
	if l.left != nil {
		if *l.left--; *l.left < 0 {
			return nil, ErrTooComplex
		}
	}
	switch c := l.data[l.pos]; c {
	case '/':
		return l.name(), nil
	case '(':
		return l.literal()
	case '[':
		l.pos++
		var a array
		for {
			l.skip()
			if l.pos >= len(l.data) {
				return nil, errSyntax
			}
			if l.data[l.pos] == ']' {
				l.pos++
				return a, nil
			}
			v, err := l.value(depth + 1)
			if err != nil {
				return nil, err
			}
			if len(a) >= maxItems {
				return nil, errSyntax
			}
			a = append(a, v)
		}
	case '<':
		if l.pos+1 < len(l.data) && l.data[l.pos+1] == '<' {
			l.pos += 2
			return l.dict(depth)
		}
		return l.hex()
	case ']', '>', ')', '{', '}':
		return nil, errSyntax
	}
	w := l.word()
	switch w {
	case "true":
		return true, nil
	case "false":
		return false, nil
	case "null":
		return nil, nil
	}
	n, err := strconv.ParseFloat(w, 64)
	if err != nil || n != n || n > 1e18 || n < -1e18 {
		return nil, errSyntax
	}
	// "12 0 R" is a reference; look ahead without consuming otherwise.
	if n >= 0 && n == float64(int(n)) {
		save := l.pos
		l.skip()
		gen := l.word()
		if _, err := strconv.Atoi(gen); err == nil {
			l.skip()
			if l.word() == "R" {
				return ref(int(n)), nil
			}
		}
		l.pos = save
	}
	return n, nil
}

// dict reads the members of a dictionary after <<.
func (l *lexer) dict(depth int) (any, error) {
	d := dict{}
	if l.left != nil {
		*l.left -= dictValues
	}
	for {
		l.skip()
		if l.pos+1 >= len(l.data) {
			return nil, errSyntax
		}
		if l.data[l.pos] == '>' && l.data[l.pos+1] == '>' {
			l.pos += 2
			return d, nil
		}
		if l.data[l.pos] != '/' || len(d) >= maxItems {
			return nil, errSyntax
		}
		k := l.name()
		v, err := l.value(depth + 1)
		if err != nil {
			return nil, err
		}
		d[k] = v
	}
}

func (l *lexer) name() Name {
	l.pos++
	w := l.word()
	for i := 0; i < len(w); i++ {
		if w[i] != '#' {
			continue
		}
		var out []byte
		for j := 0; j < len(w); j++ {
			if w[j] == '#' && j+2 < len(w) {
				if v, err := strconv.ParseUint(w[j+1:j+3], 16, 8); err == nil {
					out = append(out, byte(v))
					j += 2
					continue
				}
			}
			out = append(out, w[j])
		}
		return Name(out)
	}
	return Name(w)
}

func (l *lexer) hex() (any, error) {
	l.pos++
	var out []byte
	half, odd := byte(0), false
	for ; l.pos < len(l.data); l.pos++ {
		c := l.data[l.pos]
		var v byte
		switch {
		case c == '>':
			l.pos++
			if odd {
				out = append(out, half<<4)
			}
			return byteString(out), nil
		case c >= '0' && c <= '9':
			v = c - '0'
		case c >= 'a' && c <= 'f':
			v = c - 'a' + 10
		case c >= 'A' && c <= 'F':
			v = c - 'A' + 10
		case isSpace(c):
			continue
		default:
			return nil, errSyntax
		}
		if odd {
			out = append(out, half<<4|v)
		}
		half, odd = v, !odd
	}
	return nil, errSyntax
}

func (l *lexer) literal() (any, error) {
	l.pos++
	var out []byte
	for depth := 1; l.pos < len(l.data); l.pos++ {
		c := l.data[l.pos]
		switch c {
		case '(':
			depth++
		case ')':
			depth--
			if depth == 0 {
				l.pos++
				return byteString(out), nil
			}
		case '\\':
			l.pos++
			if l.pos >= len(l.data) {
				return nil, errSyntax
			}
			e := l.data[l.pos]
			switch {
			case e == 'n':
				out = append(out, '\n')
			case e == 'r':
				out = append(out, '\r')
			case e == 't':
				out = append(out, '\t')
			case e == 'b':
				out = append(out, '\b')
			case e == 'f':
				out = append(out, '\f')
			case e == '\r':
				if l.pos+1 < len(l.data) && l.data[l.pos+1] == '\n' {
					l.pos++
				}
			case e == '\n':
			case e >= '0' && e <= '7':
				v := 0
				n := 0
				for n < 3 && l.pos < len(l.data) && l.data[l.pos] >= '0' && l.data[l.pos] <= '7' {
					v = v*8 + int(l.data[l.pos]-'0')
					l.pos++
					n++
				}
				l.pos--
				out = append(out, byte(v))
			default:
				out = append(out, e)
			}
			continue
		}
		out = append(out, c)
	}
	return nil, errSyntax
}
