package meta

import (
	"bytes"
	"unicode/utf8"
)

// Bounds of the quick scanner; what goes beyond them is read the slow way.
const (
	maxBindings = 64  // namespaces in force at one place; Photoshop declares some 20
	maxOpen     = 128 // elements inside each other
	maxEntity   = 12  // bytes of "&#x10FFFF;" and some leading zeros
)

// token is what a scanner finds next.
type token int

const (
	tokenEnd   token = iota // of the packet
	tokenStart              // of an element: space, local, attrs
	tokenClose              // of an element
	tokenText               // text
	tokenOdd                // something only encoding/xml is trusted with
)

// scanner reads well-formed XML in UTF-8 as programs write it: elements,
// attributes in quotes, text, CDATA sections, XML's own entities, comments and
// processing instructions, with namespaces resolved. Where it goes on it gives
// exactly what encoding/xml gives, ten times as fast; at anything else
// (document types, other entities, names beyond ASCII, mistakes) it stops with
// tokenOdd. Slices it hands out are valid until the next token.
type scanner struct {
	packet []byte
	at     int

	space, local []byte
	attrs        []attribute
	text         []byte

	closing  bool // the start tag just read was an empty element's
	open     []openElement
	bindings []binding
	scratch  []byte // texts that are not in the packet as they read
}

type attribute struct{ space, local, value []byte }

type openElement struct {
	name     []byte // as written, with its prefix
	bindings int    // how many were in force outside
}

// binding is a namespace by the prefix that stands for it, "" for the default.
type binding struct{ prefix, space []byte }

func newScanner(packet []byte) *scanner {
	return &scanner{packet: packet, bindings: append(make([]binding, 0, 16), binding{[]byte("xml"), []byte(nsXML)})}
}

func (s *scanner) next() token {
	s.scratch = s.scratch[:0]
	if s.closing {
		s.closing = false
		s.pop()
		return tokenClose
	}
	for s.at < len(s.packet) {
		rest := s.packet[s.at:]
		if rest[0] != '<' {
			n := bytes.IndexByte(rest, '<')
			if n < 0 {
				n = len(rest)
			}
			s.at += n
			return s.readText(rest[:n], inText)
		}
		if len(rest) < 2 {
			return tokenOdd
		}
		switch rest[1] {
		case '/':
			return s.closeTag(rest)
		case '?':
			if !s.instruction(rest) {
				return tokenOdd
			}
		case '!':
			if body, ok := bytes.CutPrefix(rest, []byte("<![CDATA[")); ok {
				n := bytes.Index(body, []byte("]]>"))
				if n < 0 {
					return tokenOdd
				}
				s.at += len(rest) - len(body) + n + 3
				return s.readText(body[:n], inCDATA)
			}
			if !s.comment(rest) {
				return tokenOdd
			}
		default:
			return s.startTag(rest)
		}
	}
	if len(s.open) > 0 {
		return tokenOdd
	}
	return tokenEnd
}

// instruction skips <?target …?>.
func (s *scanner) instruction(rest []byte) bool {
	n := nameLength(rest[2:])
	if n == 0 {
		return false
	}
	body := rest[2+n:]
	end := bytes.Index(body, []byte("?>"))
	if end < 0 {
		return false
	}
	if string(rest[2:2+n]) == "xml" && !versionOne(body[:end]) {
		return false
	}
	s.at += 2 + n + end + 2
	return true
}

// versionOne: an XML declaration of version 1.0, or of none.
func versionOne(body []byte) bool {
	switch bytes.Count(body, []byte("version")) {
	case 0:
		return true
	case 1:
		return bytes.Contains(body, []byte(`version="1.0"`)) || bytes.Contains(body, []byte(`version='1.0'`))
	}
	return false
}

// comment skips <!-- … -->, in which "--" may only stand at the end.
func (s *scanner) comment(rest []byte) bool {
	body, ok := bytes.CutPrefix(rest, []byte("<!--"))
	if !ok {
		return false
	}
	end := bytes.Index(body, []byte("--"))
	if end < 0 || end+2 >= len(body) || body[end+2] != '>' {
		return false
	}
	s.at += 4 + end + 3
	return true
}

func (s *scanner) closeTag(rest []byte) token {
	n := nameLength(rest[2:])
	end := skipSpace(rest, 2+n)
	if len(s.open) == 0 || n == 0 || end >= len(rest) || rest[end] != '>' || !bytes.Equal(rest[2:2+n], s.open[len(s.open)-1].name) {
		return tokenOdd
	}
	s.at += end + 1
	s.pop()
	return tokenClose
}

func (s *scanner) pop() {
	last := len(s.open) - 1
	s.bindings = s.bindings[:s.open[last].bindings]
	s.open = s.open[:last]
}

func (s *scanner) startTag(rest []byte) token {
	n := nameLength(rest[1:])
	if n == 0 || len(s.open) >= maxOpen {
		return tokenOdd
	}
	name := rest[1 : 1+n]
	at, ok := s.attributes(rest, 1+n)
	if !ok {
		return tokenOdd
	}
	s.closing = rest[at] == '/'
	if s.closing {
		at++
		if at >= len(rest) || rest[at] != '>' {
			return tokenOdd
		}
	}
	s.at += at + 1
	s.open = append(s.open, openElement{name, len(s.bindings)})
	if !s.declare() {
		return tokenOdd
	}
	s.space, s.local, ok = cutName(name)
	if !ok || string(s.space) == "xmlns" || len(s.space) == 0 && string(s.local) == "xmlns" {
		return tokenOdd
	}
	s.space = s.resolve(s.space)
	for i := range s.attrs {
		// The default namespace is for elements only.
		if a := &s.attrs[i]; len(a.space) > 0 && string(a.space) != "xmlns" {
			a.space = s.resolve(a.space)
		}
	}
	return tokenStart
}

// attributes reads those of a start tag, prefixes as written; it returns where
// the tag's end is, "/" or ">".
func (s *scanner) attributes(rest []byte, at int) (end int, ok bool) {
	s.attrs = s.attrs[:0]
	for {
		at = skipSpace(rest, at)
		if at >= len(rest) {
			return 0, false
		}
		if rest[at] == '/' || rest[at] == '>' {
			return at, true
		}
		n := nameLength(rest[at:])
		if n == 0 {
			return 0, false
		}
		var a attribute
		if a.space, a.local, ok = cutName(rest[at : at+n]); !ok {
			return 0, false
		}
		at = skipSpace(rest, at+n)
		if at >= len(rest) || rest[at] != '=' {
			return 0, false
		}
		at = skipSpace(rest, at+1)
		if at >= len(rest) || rest[at] != '"' && rest[at] != '\'' {
			return 0, false
		}
		n = bytes.IndexByte(rest[at+1:], rest[at])
		if n < 0 {
			return 0, false
		}
		if a.value, ok = s.content(rest[at+1:at+1+n], inQuotes); !ok {
			return 0, false
		}
		at += n + 2
		s.attrs = append(s.attrs, a)
	}
}

// declare puts the namespaces of the start tag in force.
func (s *scanner) declare() bool {
	for _, a := range s.attrs {
		var prefix []byte
		switch {
		case string(a.space) == "xmlns":
			prefix = a.local
		case len(a.space) == 0 && string(a.local) == "xmlns":
		default:
			continue
		}
		// A namespace of that name would look like a declaration; xml: is not
		// to be declared anew.
		if len(s.bindings) >= maxBindings || string(a.value) == "xmlns" || string(prefix) == "xml" {
			return false
		}
		space := a.value
		if len(s.scratch) > 0 {
			space = bytes.Clone(space) // scratch is for one token only
		}
		s.bindings = append(s.bindings, binding{prefix, space})
	}
	return true
}

// resolve gives the namespace of a prefix, the prefix itself where there is
// none, as encoding/xml does.
func (s *scanner) resolve(prefix []byte) []byte {
	for i := len(s.bindings) - 1; i >= 0; i-- {
		if bytes.Equal(s.bindings[i].prefix, prefix) {
			return s.bindings[i].space
		}
	}
	return prefix
}

func (s *scanner) readText(run []byte, where place) token {
	var ok bool
	if s.text, ok = s.content(run, where); !ok {
		return tokenOdd
	}
	return tokenText
}

// place is where characters stand; each has rules of its own.
type place int

const (
	inText place = iota
	inCDATA
	inQuotes
)

// content gives what a run of characters means; ok is false where it holds
// what may not stand there.
func (s *scanner) content(run []byte, where place) (meaning []byte, ok bool) {
	plain := true
	for i := 0; i < len(run); i++ {
		switch c := run[i]; {
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRune(run[i:])
			if r == utf8.RuneError && n == 1 || !isCharacter(r) {
				return nil, false
			}
			i += n - 1
		case c == '\r' || c == '&' && where != inCDATA:
			plain = false
		case c < ' ' && !isCharacter(rune(c)):
			return nil, false
		case c == '<' && where == inQuotes, c == '>' && where == inText && bytes.HasSuffix(run[:i], []byte("]]")):
			return nil, false
		}
	}
	if plain {
		return run, true
	}
	start := len(s.scratch)
	for i := 0; i < len(run); i++ {
		switch c := run[i]; {
		case c == '\r':
			s.scratch = append(s.scratch, '\n')
			if i+1 < len(run) && run[i+1] == '\n' {
				i++
			}
		case c == '&' && where != inCDATA:
			r, n := entity(run[i:])
			if n == 0 {
				return nil, false
			}
			s.scratch = utf8.AppendRune(s.scratch, r)
			i += n - 1
		default:
			s.scratch = append(s.scratch, c)
		}
	}
	return s.scratch[start:len(s.scratch):len(s.scratch)], true
}

// entity reads one of XML's five entities or a character's number; n is its
// length, 0 where it is something else.
func entity(b []byte) (r rune, n int) {
	end := bytes.IndexByte(b[:min(len(b), maxEntity)], ';')
	if end < 0 {
		return 0, 0
	}
	name := b[1:end]
	switch string(name) {
	case "lt":
		return '<', end + 1
	case "gt":
		return '>', end + 1
	case "amp":
		return '&', end + 1
	case "apos":
		return '\'', end + 1
	case "quot":
		return '"', end + 1
	}
	digits, ok := bytes.CutPrefix(name, []byte("#"))
	base := rune(10)
	if hex, isHex := bytes.CutPrefix(digits, []byte("x")); isHex {
		digits, base = hex, 16
	}
	if !ok || len(digits) == 0 {
		return 0, 0
	}
	for _, c := range digits {
		d := rune(c)
		switch {
		case c >= '0' && c <= '9':
			d -= '0'
		case base == 16 && c >= 'a' && c <= 'f':
			d -= 'a' - 10
		case base == 16 && c >= 'A' && c <= 'F':
			d -= 'A' - 10
		default:
			return 0, 0
		}
		if r = r*base + d; r > utf8.MaxRune {
			return 0, 0
		}
	}
	if !isCharacter(r) {
		return 0, 0
	}
	return r, end + 1
}

// isCharacter: the characters XML 1.0 allows (section 2.2).
func isCharacter(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= ' ' && r < 0xD800 || r >= 0xE000 && r < 0xFFFE || r >= 0x10000
}

// nameLength is how many bytes a name at the start of b has; 0 where there is
// none, or one with characters beyond ASCII.
func nameLength(b []byte) int {
	for i, c := range b {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_', c == ':':
		case i > 0 && (c >= '0' && c <= '9' || c == '.' || c == '-'):
		case c >= utf8.RuneSelf:
			return 0
		default:
			return i
		}
	}
	return 0 // nothing ends with a name
}

// cutName takes prefix and local name apart; ok is false where a colon stands
// in an odd place.
func cutName(name []byte) (prefix, local []byte, ok bool) {
	i := bytes.IndexByte(name, ':')
	if i < 0 {
		return nil, name, true
	}
	prefix, local = name[:i], name[i+1:]
	return prefix, local, i > 0 && len(local) > 0 && bytes.IndexByte(local, ':') < 0
}

func skipSpace(b []byte, at int) int {
	for at < len(b) && (b[at] == ' ' || b[at] == '\n' || b[at] == '\t' || b[at] == '\r') {
		at++
	}
	return at
}
