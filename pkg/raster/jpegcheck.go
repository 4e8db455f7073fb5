package raster

import (
	"bytes"
	"fmt"
)

// jpegScan is what the marker structure of a whole JPEG says of its
// entropy-coded data, to judge the soundness of what jpegn decoded.
type jpegScan struct {
	ended    bool // an end-of-image marker follows the last scan
	scans    int
	restarts int    // restart markers in all scans
	disorder string // what is wrong with the restart markers, "" for nothing
	interval int    // restart interval in MCUs, 0 for none

	sampling [4]byte  // of the frame's components: horizontal<<4 | vertical
	ids      [4]byte  // component ids
	dc, ac   [4]int   // Huffman table of each component of the first scan
	tables   [2][4]hc // code of symbol 0 by class and destination
	entropy  []byte   // data of the first scan, still with stuffed bytes
}

// hc is one Huffman code; length 0 where the table does not code the symbol.
type hc struct {
	code   uint32
	length int
}

// standardZero are the codes of symbol 0 in the tables of T.81 K.3, used by
// files without tables of their own (abbreviated streams).
var standardZero = [2][4]hc{{{0, 2}, {0, 2}}, {{10, 4}, {0, 2}}}

// scanJPEG walks all markers of a JPEG's first image.
func scanJPEG(data []byte) jpegScan {
	s := jpegScan{tables: standardZero}
	for at := 2; ; {
		i := bytes.IndexByte(data[min(at, len(data)):], 0xFF)
		if i < 0 {
			return s
		}
		at += i + 1
		for at < len(data) && data[at] == 0xFF {
			at++
		}
		if at >= len(data) {
			return s
		}
		marker := data[at]
		at++
		switch {
		case marker == 0xD9:
			s.ended = s.scans > 0
			return s
		case marker == 0 || marker == 1 || marker >= 0xD0 && marker <= 0xD8:
			continue
		}
		if at+2 > len(data) {
			return s
		}
		length := int(data[at])<<8 | int(data[at+1])
		if length < 2 || at+length > len(data) {
			return s
		}
		body := data[at+2 : at+length]
		at += length
		switch marker {
		case 0xC0, 0xC1, 0xC2:
			s.readSampling(body)
		case 0xC4:
			s.readTables(body)
		case 0xDD:
			if len(body) >= 2 {
				s.interval = int(body[0])<<8 | int(body[1])
			}
		case 0xDA:
			s.scans++
			end := s.walkEntropy(data, at)
			if s.scans == 1 {
				s.readScan(body)
				s.entropy = data[at:end]
			}
			at = end
		}
	}
}

// walkEntropy returns where the entropy-coded data from at on ends: at the
// next marker that is no restart, or at the end of the file. Restart markers
// must count 0..7 in order (T.81 F.1.2.3).
func (s *jpegScan) walkEntropy(data []byte, at int) int {
	expected := byte(0)
	for {
		i := bytes.IndexByte(data[at:], 0xFF)
		if i < 0 || at+i+1 >= len(data) {
			return len(data)
		}
		at += i
		switch m := data[at+1]; {
		case m == 0:
			at += 2
		case m == 0xFF:
			at++
		case m >= 0xD0 && m <= 0xD7:
			if s.interval == 0 {
				s.disorder = "restart markers without a restart interval"
			} else if m != 0xD0+expected && s.disorder == "" {
				s.disorder = fmt.Sprintf("restart marker %d where %d is due", m-0xD0, expected)
			}
			expected = (m - 0xD0 + 1) & 7
			s.restarts++
			at += 2
		default:
			return at
		}
	}
}

func (s *jpegScan) readSampling(body []byte) {
	if len(body) < 6 {
		return
	}
	for i, c := 0, body[6:]; i < 4 && len(c) >= 3; i, c = i+1, c[3:] {
		s.ids[i], s.sampling[i] = c[0], c[1]
	}
}

func (s *jpegScan) readScan(body []byte) {
	if len(body) < 1 {
		return
	}
	for n, c := int(body[0]), body[1:]; n > 0 && len(c) >= 2; n, c = n-1, c[2:] {
		for i, id := range s.ids {
			if id == c[0] && s.sampling[i] != 0 {
				s.dc[i], s.ac[i] = int(c[1]>>4)&3, int(c[1])&3
				break
			}
		}
	}
}

// readTables remembers the code of symbol 0 (no difference, end of block) of
// each table; codes are canonical (T.81 C.2).
func (s *jpegScan) readTables(body []byte) {
	for len(body) >= 17 {
		class, dest := int(body[0]>>4)&1, int(body[0])&3
		counts, values := body[1:17], body[17:]
		found := hc{}
		code, used := uint32(0), 0
		for bits, n := range counts {
			for range int(n) {
				if used >= len(values) {
					return
				}
				if values[used] == 0 && found.length == 0 {
					found = hc{code, bits + 1}
				}
				used++
				code++
			}
			code <<= 1
		}
		s.tables[class][dest] = found
		body = values[used:]
	}
}

// flatTail reports whether the entropy-coded data can really end with n MCUs
// without any difference: each is then coded by the same few bits, so the data
// must end with n repeats of them before at most seven padding bits.
func (s *jpegScan) flatTail(n, components int) bool {
	var unit []byte // one bit per element
	push := func(c hc) bool {
		for b := c.length - 1; b >= 0; b-- {
			unit = append(unit, byte(c.code>>b)&1)
		}
		return c.length > 0
	}
	for i := range components {
		blocks := int(s.sampling[i]>>4) * int(s.sampling[i]&15)
		if components == 1 {
			blocks = 1 // a single component is never interleaved: T.81 A.2.2
		}
		for range blocks {
			if !push(s.tables[0][s.dc[i]]) || !push(s.tables[1][s.ac[i]]) {
				return false
			}
		}
	}
	want := n * len(unit)
	tail := unstuffTail(s.entropy, want/8+2)
	bit := func(i int) byte { return tail[i>>3] >> (7 - i&7) & 1 }
	for pad := range 8 {
		end := len(tail)*8 - pad
		if end < want {
			return false
		}
		ok := true
		for i := 0; i < want && ok; i++ {
			ok = bit(end-want+i) == unit[i%len(unit)]
		}
		if ok {
			return true
		}
	}
	return false
}

// unstuffTail returns the last n bytes of entropy-coded data without the zero
// bytes stuffed behind 0xFF.
func unstuffTail(data []byte, n int) []byte {
	from := max(0, len(data)-2*n-1)
	out := bytes.ReplaceAll(data[from:], []byte{0xFF, 0}, []byte{0xFF})
	return out[max(0, len(out)-n):]
}
