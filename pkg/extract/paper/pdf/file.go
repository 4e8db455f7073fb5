// Package pdf reads PDF files that nobody vouches for. A cheap look at the
// structure (objects, pages, encryption, signatures, producer) comes first and
// never runs foreign code; text and pictures of pages come from PDFium inside
// a WebAssembly sandbox, one page at a time, under a deadline.
//
// It may import pkg/extract/paper/pdf/cms alone.
package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// Limits of one file. A letter has a handful of pages; what is far beyond is
// refused with a reason, not read.
const (
	MaxPages    = 500
	maxObjects  = 200_000
	maxDecoded  = 32 << 20 // bytes of one stream, decoded
	maxBudget   = 64 << 20
	maxValues   = 1_000_000 // numbers, names, arrays …: some 60 MB
	maxObjStm   = 4096
	maxTreeSize = 4 * MaxPages // nodes of the page tree walked
)

// Errors that tell why a file cannot be read as a document.
var (
	ErrNotPDF      = errors.New("not a PDF file")
	ErrTooManyPage = fmt.Errorf("more than %d pages", MaxPages)
	ErrTooComplex  = errors.New("too many objects")
	ErrEncrypted   = errors.New("needs a password")
	ErrNoPages     = errors.New("no pages could be found")
)

// File is the structure of a PDF.
type File struct {
	data    []byte
	objects map[int]object
	order   []int // object numbers in the order of their definition
	trailer dict  // all trailers merged, the last one wins
	budget  int   // bytes that may still be decoded
	values  int   // that may still be made

	Pages      int  // pages, 0 where they could not be counted
	Encrypted  bool // an encryption dictionary is there; a password may still be empty
	Revisions  int  // how often the file was written to: 1 + incremental updates
	Signatures []Signature
	Info       Info
	Damaged    bool // the structure had to be pieced together
}

// object is one indirect object.
type object struct {
	value  any
	stream []byte // raw, nil where it has none
	at     int    // offset of its definition
}

// Info says what made the file.
type Info struct {
	Title, Author, Creator, Producer string
	Created, Modified                time.Time
	XMP                              []byte // raw metadata packet, nil where there is none
}

// Parse reads the structure of a PDF. A damaged file is read as far as it
// goes; an error means that nothing of use was found or that it is too large.
func Parse(data []byte) (*File, error) {
	head := data[:min(len(data), 1024)]
	if !bytes.Contains(head, []byte("%PDF-")) {
		return nil, ErrNotPDF
	}
	f := &File{data: data, objects: map[int]object{}, trailer: dict{}, budget: maxBudget, values: maxValues}
	if err := f.scan(); err != nil {
		return nil, err
	}
	f.Revisions = max(1, bytes.Count(data, []byte("%%EOF")))
	if f.linearized() && f.Revisions > 1 {
		f.Revisions-- // a file made for the web has two ends from the start
	}
	_, f.Encrypted = f.trailer["Encrypt"]
	if !f.Encrypted {
		f.unpackObjectStreams()
	}
	f.Signatures = f.findSignatures()
	f.Info = f.readInfo()
	n, err := f.countPages()
	if err != nil {
		return f, err
	}
	f.Pages = n
	if n == 0 && !f.Encrypted {
		return f, ErrNoPages
	}
	return f, nil
}

// scan walks the whole file for objects instead of trusting its cross
// reference table: that is what a broken or hostile file gets wrong.
func (f *File) scan() error {
	if !bytes.Contains(f.data, []byte("startxref")) {
		f.Damaged = true
	}
	for pos := 0; ; {
		i := bytes.Index(f.data[pos:], []byte("trailer"))
		if i < 0 {
			break
		}
		pos += i + len("trailer")
		l := &lexer{data: f.data, pos: pos, left: &f.values}
		if v, err := l.value(0); err == nil {
			if d, ok := v.(dict); ok {
				f.mergeTrailer(d)
			}
		}
	}
	for pos := 0; ; {
		i := bytes.Index(f.data[pos:], []byte("obj"))
		if i < 0 {
			return nil
		}
		at := pos + i
		pos = at + 3
		num, start, ok := header(f.data, at)
		if !ok {
			continue
		}
		if len(f.objects) >= maxObjects {
			return ErrTooComplex
		}
		l := &lexer{data: f.data, pos: at + 3, left: &f.values}
		v, err := l.value(0)
		if errors.Is(err, ErrTooComplex) {
			return err
		}
		if err != nil {
			f.Damaged = true
			continue
		}
		o := object{value: v, at: start}
		if d, ok := v.(dict); ok {
			o.stream, l.pos = f.rawStream(d, l.pos)
			if d["Type"] == Name("XRef") {
				f.mergeTrailer(d)
			}
		}
		f.objects[num] = o
		f.order = append(f.order, num)
		pos = max(pos, l.pos)
	}
}

// header reads "12 0 " before "obj" and returns the number and where it
// starts.
func header(data []byte, at int) (num, start int, ok bool) {
	i := at - 1
	back := func() (int, bool) {
		for i >= 0 && isSpace(data[i]) {
			i--
		}
		end := i
		for i >= 0 && data[i] >= '0' && data[i] <= '9' && end-i < 10 {
			i--
		}
		n, err := strconv.Atoi(string(data[i+1 : end+1]))
		return n, err == nil
	}
	if _, ok := back(); !ok {
		return 0, 0, false
	}
	num, ok = back()
	return num, i + 1, ok
}

// rawStream returns the bytes of the stream that follows a dictionary, and
// where it ends.
func (f *File) rawStream(d dict, pos int) ([]byte, int) {
	l := &lexer{data: f.data, pos: pos}
	l.skip()
	if !bytes.HasPrefix(f.data[l.pos:], []byte("stream")) {
		return nil, pos
	}
	start := l.pos + len("stream")
	if start < len(f.data) && f.data[start] == '\r' {
		start++
	}
	if start < len(f.data) && f.data[start] == '\n' {
		start++
	}
	if n, ok := d["Length"].(float64); ok && n >= 0 && n <= float64(len(f.data)-start) {
		end := start + int(n)
		if bytes.HasPrefix(bytes.TrimLeft(f.data[end:min(len(f.data), end+16)], "\r\n \t"), []byte("endstream")) {
			return f.data[start:end], end
		}
	}
	// The length is elsewhere or wrong: the stream ends at its keyword.
	i := bytes.Index(f.data[start:], []byte("endstream"))
	if i < 0 {
		f.Damaged = true
		return f.data[start:], len(f.data)
	}
	return f.data[start : start+i], start + i
}

func (f *File) mergeTrailer(d dict) {
	for _, k := range [...]Name{"Root", "Info", "Encrypt", "ID"} {
		if v, ok := d[k]; ok {
			f.trailer[k] = v
		}
	}
}

// linearized reports a file laid out for the web.
func (f *File) linearized() bool {
	return bytes.Contains(f.data[:min(len(f.data), 1024)], []byte("/Linearized"))
}

// unpackObjectStreams adds the objects held in object streams (7.5.7), unless
// the same number is defined later in the file.
func (f *File) unpackObjectStreams() {
	defined := map[int]int{} // where each number was last defined
	for n, o := range f.objects {
		defined[n] = o.at
	}
	seen := 0
	for _, num := range append([]int(nil), f.order...) {
		o := f.objects[num]
		d, ok := o.value.(dict)
		if !ok || d["Type"] != Name("ObjStm") || o.stream == nil {
			continue
		}
		if seen++; seen > maxObjStm {
			f.Damaged = true
			return
		}
		count, first := f.number(d["N"]), f.number(d["First"])
		data, err := f.decode(d, o.stream)
		if err != nil || first < 0 || first > len(data) || count < 0 || count > maxItems {
			f.Damaged = true
			continue
		}
		l := &lexer{data: data[:first]}
		for range count {
			l.skip()
			n, err1 := strconv.Atoi(l.word())
			l.skip()
			off, err2 := strconv.Atoi(l.word())
			if err1 != nil || err2 != nil || off < 0 || off > len(data)-first {
				break
			}
			if at, ok := defined[n]; ok && at > o.at {
				continue
			}
			if len(f.objects) >= maxObjects {
				return
			}
			v, err := (&lexer{data: data, pos: first + off, left: &f.values}).value(0)
			if err != nil {
				continue
			}
			defined[n] = o.at
			f.objects[n] = object{value: v, at: o.at}
			f.order = append(f.order, n)
		}
	}
}

// resolve follows references, a few times at most.
func (f *File) resolve(v any) any {
	for range 16 {
		r, ok := v.(ref)
		if !ok {
			return v
		}
		v = f.objects[int(r)].value
	}
	return nil
}

func (f *File) dict(v any) dict {
	d, _ := f.resolve(v).(dict)
	return d
}

func (f *File) array(v any) array {
	a, _ := f.resolve(v).(array)
	return a
}

// number is an integer, −1 where there is none.
func (f *File) number(v any) int {
	n, ok := f.resolve(v).(float64)
	if !ok || n < -1e9 || n > 1e9 {
		return -1
	}
	return int(n)
}

// countPages walks the page tree, each node once.
func (f *File) countPages() (int, error) {
	pages, err := f.pageDicts()
	if err != nil {
		return 0, err
	}
	if len(pages) > 0 {
		return len(pages), nil
	}
	// No tree: count what calls itself a page.
	n := 0
	for _, o := range f.objects {
		if d, ok := o.value.(dict); ok && d["Type"] == Name("Page") {
			n++
		}
	}
	if n > MaxPages {
		return 0, ErrTooManyPage
	}
	return n, nil
}

// page is a leaf of the page tree with what it inherits.
type page struct {
	dict      dict
	resources dict
	mediaBox  array
	rotate    int
}

// pageDicts returns the pages in order.
func (f *File) pageDicts() ([]page, error) {
	root := f.dict(f.trailer["Root"])
	if root == nil {
		for _, n := range f.order {
			if d, ok := f.objects[n].value.(dict); ok && d["Type"] == Name("Catalog") {
				root = d
			}
		}
	}
	var out []page
	seen := map[ref]bool{}
	nodes := 0
	var walk func(v any, up page, depth int) error
	walk = func(v any, up page, depth int) error {
		if r, ok := v.(ref); ok {
			if seen[r] {
				return nil
			}
			seen[r] = true
		}
		d := f.dict(v)
		if nodes++; d == nil || depth > maxDepth {
			return nil
		}
		if nodes > maxTreeSize {
			return ErrTooManyPage
		}
		if r := f.dict(d["Resources"]); r != nil {
			up.resources = r
		}
		if b := f.array(d["MediaBox"]); len(b) == 4 {
			up.mediaBox = b
		}
		if n := f.number(d["Rotate"]); n >= 0 {
			up.rotate = n % 360
		}
		kids, isNode := f.resolve(d["Kids"]).(array)
		if !isNode {
			up.dict = d
			out = append(out, up)
			if len(out) > MaxPages {
				return ErrTooManyPage
			}
			return nil
		}
		for _, k := range kids {
			if err := walk(k, up, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	if root == nil {
		return nil, nil
	}
	err := walk(root["Pages"], page{}, 0)
	return out, err
}

// readInfo reads the information dictionary and the metadata packet.
func (f *File) readInfo() Info {
	var in Info
	if !f.Encrypted {
		d := f.dict(f.trailer["Info"])
		text := func(k Name) string {
			s, _ := f.resolve(d[k]).(byteString)
			return decodeText(s)
		}
		in.Title, in.Author, in.Creator, in.Producer = text("Title"), text("Author"), text("Creator"), text("Producer")
		in.Created, in.Modified = parseDate(text("CreationDate")), parseDate(text("ModDate"))
	}
	if root := f.dict(f.trailer["Root"]); root != nil {
		if r, ok := root["Metadata"].(ref); ok {
			if o := f.objects[int(r)]; o.stream != nil && !f.Encrypted {
				if b, err := f.decode(f.dict(o.value), o.stream); err == nil {
					in.XMP = b
				}
			}
		}
	}
	return in
}

// decodeText turns a text string (7.9.2.2) into UTF-8, cut to 1,000 bytes.
func decodeText(s byteString) string {
	b := []byte(s)
	var out string
	if len(b) >= 2 && b[0] == 0xFE && b[1] == 0xFF {
		u := make([]uint16, 0, len(b)/2)
		for i := 2; i+1 < len(b); i += 2 {
			u = append(u, uint16(b[i])<<8|uint16(b[i+1]))
		}
		out = string(utf16.Decode(u))
	} else if bytes.HasPrefix(b, []byte{0xEF, 0xBB, 0xBF}) {
		out = strings.ToValidUTF8(string(b[3:]), "\uFFFD")
	} else {
		r := make([]rune, len(b))
		for i, c := range b {
			r[i] = rune(c)
		}
		out = string(r)
	}
	if len(out) > 1000 {
		out = strings.ToValidUTF8(out[:1000], "")
	}
	return out
}

// parseDate reads D:YYYYMMDDHHmmSS+HH'mm' (7.9.4); zero where it is none.
func parseDate(s string) time.Time {
	s = strings.TrimPrefix(s, "D:")
	s = strings.ReplaceAll(s, "'", "")
	for _, layout := range [...]string{"20060102150405-0700", "20060102150405-07", "20060102150405Z", "20060102150405", "200601021504", "20060102"} {
		if len(s) < len(layout) {
			continue
		}
		cut := s
		if !strings.Contains(layout, "-07") {
			cut = s[:len(layout)]
		}
		if t, err := time.Parse(layout, cut); err == nil {
			return t
		}
	}
	return time.Time{}
}
