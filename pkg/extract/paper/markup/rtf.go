package markup

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/aecheck/aecheck/pkg/extract/file/charset"
)

// unseen are the RTF destinations that hold no text of the page (RTF Specification
// 1.9.1); those marked \* may all be passed over.
const unseen = " fonttbl colortbl stylesheet info pict object themedata colorschememapping datastore latentstyles listtable listoverridetable rsidtbl generator xmlnstbl fldinst filetbl revtbl "

// rtf returns the text of an RTF file. Characters outside ASCII stand in it as \uN, with
// ASCII for older readers behind it, or as bytes \'hh of an old encoding.
func rtf(b []byte) string {
	p := &rtfReader{in: b, stack: []rtfGroup{{skip: 1}}}
	for p.at < len(p.in) && p.out.Len() < maxWords {
		p.step()
	}
	p.flush()
	return p.out.String()
}

// rtfGroup is what holds between two braces.
type rtfGroup struct {
	hidden bool
	skip   int // characters behind a \u that stand for it
}

type rtfReader struct {
	in      []byte
	at      int
	out     strings.Builder
	old     []byte   // bytes of an old encoding, not yet put out
	units   []uint16 // of \u, not yet put out
	stack   []rtfGroup
	passing int // characters still to be passed over
}

func (p *rtfReader) group() *rtfGroup { return &p.stack[len(p.stack)-1] }

// flush puts out what was gathered, as characters may be made of several.
func (p *rtfReader) flush() {
	if len(p.old) > 0 {
		p.out.WriteString(charset.Field(p.old))
		p.old = nil
	}
	if len(p.units) > 0 {
		for _, r := range utf16.Decode(p.units) {
			p.out.WriteRune(r)
		}
		p.units = nil
	}
}

func (p *rtfReader) step() {
	const deepest = 500
	c := p.in[p.at]
	p.at++
	switch c {
	case '{':
		if len(p.stack) < deepest {
			p.stack = append(p.stack, *p.group())
		}
		p.passing = 0
	case '}':
		if len(p.stack) > 1 {
			p.stack = p.stack[:len(p.stack)-1]
		}
		p.passing = 0
	case '\r', '\n':
	case '\\':
		p.control()
	default:
		p.char(c)
	}
}

// char is one character of text; beyond ASCII it is a byte of an old encoding.
func (p *rtfReader) char(c byte) {
	switch {
	case p.passing > 0:
		p.passing--
	case p.group().hidden:
	case c >= utf8.RuneSelf:
		if len(p.units) > 0 {
			p.flush()
		}
		p.old = append(p.old, c)
	default:
		p.flush()
		p.out.WriteByte(c)
	}
}

// control reads what follows a backslash.
func (p *rtfReader) control() {
	if p.at >= len(p.in) {
		return
	}
	c := p.in[p.at]
	if c|0x20 < 'a' || c|0x20 > 'z' {
		p.at++
		p.sign(c)
		return
	}
	from := p.at
	for p.at < len(p.in) && p.in[p.at]|0x20 >= 'a' && p.in[p.at]|0x20 <= 'z' {
		p.at++
	}
	word := string(p.in[from:p.at])
	from = p.at
	if p.at < len(p.in) && p.in[p.at] == '-' {
		p.at++
	}
	for p.at < len(p.in) && p.in[p.at] >= '0' && p.in[p.at] <= '9' && p.at-from < 11 {
		p.at++
	}
	n, err := strconv.Atoi(string(p.in[from:p.at]))
	if p.at < len(p.in) && p.in[p.at] == ' ' {
		p.at++
	}
	p.word(word, n, err == nil)
}

// sign is a control of one sign.
func (p *rtfReader) sign(c byte) {
	switch c {
	case '\'':
		if p.at+2 <= len(p.in) {
			if v, err := strconv.ParseUint(string(p.in[p.at:p.at+2]), 16, 8); err == nil {
				p.at += 2
				p.char(byte(v))
			}
		}
	case '*':
		p.group().hidden = true
	case '~':
		p.char(' ')
	case '{', '}', '\\':
		p.char(c)
	case '\r', '\n':
		p.char('\n')
	}
}

func (p *rtfReader) word(word string, n int, given bool) {
	switch word {
	case "par", "line", "row", "sect", "page":
		p.passing = 0
		p.char('\n')
	case "tab", "cell":
		p.char(' ')
	case "uc":
		p.group().skip = max(0, min(n, 8))
	case "u":
		if !given || p.group().hidden {
			break
		}
		if len(p.old) > 0 {
			p.flush()
		}
		p.units = append(p.units, uint16(n)) // negative above 32767
		p.passing = p.group().skip
	case "bin":
		p.at += max(0, min(n, len(p.in)-p.at))
	case "lquote", "rquote", "ldblquote", "rdblquote", "emdash", "endash", "bullet":
		p.char(map[string]byte{"lquote": '\'', "rquote": '\'', "ldblquote": '"', "rdblquote": '"', "emdash": '-', "endash": '-', "bullet": '*'}[word])
	default:
		if strings.Contains(unseen, " "+word+" ") {
			p.group().hidden = true
		}
	}
}
