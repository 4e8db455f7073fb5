package pdf

import (
	"bytes"
	"strconv"
)

// tail is what the bytes after a revision say of the objects before them. A
// file can be changed without any new object: a cross-reference section that
// points to another, older definition of a number shows that one.
type tail struct {
	freed      map[int]bool // objects that are given up
	rolledBack bool         // an older definition is shown than the revision had

	now, then *File
	end       int // of the revision
	shift     int // bytes before the header: offsets count from there
}

// readTail reads the cross-reference sections that follow a revision.
func readTail(now, then *File, end int) tail {
	t := tail{freed: map[int]bool{}, now: now, then: then, end: end, shift: max(0, bytes.Index(now.data, []byte("%PDF-")))}
	data := now.data
	for pos := end; ; {
		i := bytes.Index(data[pos:], []byte("xref"))
		if i < 0 {
			break
		}
		at := pos + i
		pos = at + len("xref")
		if !bytes.HasSuffix(data[:at], []byte("start")) {
			pos = t.table(&lexer{data: data, pos: pos})
		}
	}
	// Where the last section lies within the revision nothing that was added
	// counts, and an older state may have been chosen.
	if last := lastSection(data); last > 0 && last+t.shift < end && last != lastSection(data[:end]) {
		t.rolledBack = true
	}
	for _, number := range now.order {
		o := now.objects[number]
		if d, ok := o.value.(dict); ok && o.at >= end && d["Type"] == Name("XRef") && o.stream != nil {
			t.stream(d, o)
		}
	}
	return t
}

// lastSection is where the last startxref of some bytes points, 0 for none.
func lastSection(data []byte) int {
	i := bytes.LastIndex(data, []byte("startxref"))
	if i < 0 {
		return 0
	}
	l := &lexer{data: data, pos: i + len("startxref")}
	l.skip()
	n, err := strconv.Atoi(l.word())
	if err != nil {
		return 0
	}
	return n
}

// entry takes one entry of a section that ends at a byte.
func (t *tail) entry(number, offset int, free bool, section int) {
	if free {
		if number > 0 && t.now.objects[number].at < section {
			t.freed[number] = true
		}
		return
	}
	delete(t.freed, number)
	o, known := t.then.objects[number]
	if offset += t.shift; !known || offset <= 0 || offset >= t.end {
		return
	}
	for offset < t.end && isSpace(t.now.data[offset]) {
		offset++
	}
	if offset != o.at && bytes.HasPrefix(t.now.data[offset:], append(strconv.AppendInt(nil, int64(number), 10), ' ')) {
		t.rolledBack = true
	}
}

// table reads the subsections of one table (7.5.4) and returns where they end.
func (t *tail) table(l *lexer) int {
	for {
		l.skip()
		from := l.pos
		first, err1 := strconv.Atoi(l.word())
		l.skip()
		count, err2 := strconv.Atoi(l.word())
		if err1 != nil || err2 != nil || first < 0 || first > maxObjects || count < 0 || count > maxObjects {
			return from
		}
		for n := first; n < first+count; n++ {
			l.skip()
			offset, err := strconv.Atoi(l.word())
			l.skip()
			l.word() // generation
			l.skip()
			kind := l.word()
			if err != nil || offset < 0 || kind != "n" && kind != "f" {
				return l.pos
			}
			t.entry(n, offset, kind == "f", l.pos)
		}
	}
}

// stream reads a cross-reference stream (7.5.8).
func (t *tail) stream(d dict, o object) {
	w := t.now.array(d["W"])
	if len(w) != 3 {
		return
	}
	var width [3]int
	size := 0
	for i := range w {
		width[i] = t.now.number(w[i])
		if width[i] < 0 || width[i] > 8 {
			return
		}
		size += width[i]
	}
	data, err := t.now.decode(d, o.stream)
	if err != nil || size == 0 {
		return
	}
	index := t.now.array(d["Index"])
	if index == nil {
		index = array{0.0, d["Size"]}
	}
	for i := 0; i+1 < len(index); i += 2 {
		first, count := t.now.number(index[i]), t.now.number(index[i+1])
		for n := first; n >= 0 && n < first+count && n <= maxObjects && len(data) >= size; n++ {
			var v [3]int
			at := 0
			for k, wide := range width {
				for range wide {
					v[k] = (v[k]<<8 | int(data[at])) & (1<<40 - 1)
					at++
				}
			}
			if width[0] == 0 {
				v[0] = 1
			}
			data = data[size:]
			if v[0] <= 1 {
				t.entry(n, v[1], v[0] == 0, o.at)
			}
		}
	}
}
