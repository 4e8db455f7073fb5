package c2pa

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
)

// Bounds of a manifest store: those of large editing histories have some
// thousand boxes, six levels deep.
const (
	maxBoxes = 50000
	maxDepth = 12
)

// box is one JUMBF box (ISO/IEC 19566-5). A superbox has a label and children.
type box struct {
	kind     string
	raw      []byte // with its header
	body     []byte
	label    string
	children []*box
}

var errJUMBF = errors.New("the manifest store is damaged")

// parseJUMBF reads the boxes of b; trailing padding is ignored.
func parseJUMBF(b []byte) ([]*box, error) {
	left := maxBoxes
	return parseBoxes(b, 0, &left)
}

func parseBoxes(b []byte, depth int, left *int) ([]*box, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("%w: boxes %d deep", errJUMBF, depth)
	}
	var out []*box
	for len(b) >= 8 {
		if *left--; *left < 0 {
			return nil, fmt.Errorf("%w: more than %d boxes", errJUMBF, maxBoxes)
		}
		n, head := uint64(binary.BigEndian.Uint32(b)), uint64(8)
		switch n {
		case 0:
			if depth == 0 {
				return out, nil // padding after the store
			}
			n = uint64(len(b))
		case 1:
			if len(b) < 16 {
				return nil, errJUMBF
			}
			n, head = binary.BigEndian.Uint64(b[8:]), 16
		}
		if n < head || n > uint64(len(b)) {
			return nil, fmt.Errorf("%w: box of %d bytes in %d", errJUMBF, n, len(b))
		}
		x := &box{kind: string(b[4:8]), raw: b[:n], body: b[head:n]}
		if x.kind == "jumb" {
			children, err := parseBoxes(x.body, depth+1, left)
			if err != nil {
				return nil, err
			}
			if len(children) == 0 || children[0].kind != "jumd" {
				return nil, fmt.Errorf("%w: superbox without description", errJUMBF)
			}
			x.label = label(children[0].body)
			x.children = children[1:]
		}
		out = append(out, x)
		b = b[n:]
	}
	return out, nil
}

// label reads a description box: type UUID, toggles, label.
func label(b []byte) string {
	if len(b) < 17 || b[16]&2 == 0 {
		return ""
	}
	s, _, _ := bytes.Cut(b[17:], []byte{0})
	return string(s)
}

// child returns the superbox of a label.
func (x *box) child(label string) *box {
	for _, c := range x.children {
		if c.kind == "jumb" && c.label == label {
			return c
		}
	}
	return nil
}

// content returns the body of the first child of a kind.
func (x *box) content(kind string) []byte {
	for _, c := range x.children {
		if c.kind == kind {
			return c.body
		}
	}
	return nil
}

// hashed is the part of a superbox a hashed URI is about: everything but its
// header (C2PA 2.1, 8.4.2.3).
func (x *box) hashed() []byte {
	return x.body
}

// resolve follows a JUMBF URI, absolute in the store or relative to the
// manifest; nil where it leads nowhere.
func (s *store) resolve(m *box, uri string) *box {
	_, path, ok := strings.Cut(uri, "jumbf=")
	if !ok {
		path = uri
	}
	at := m
	if rest, ok := strings.CutPrefix(path, "/"); ok {
		at, path = s.root, rest
		path = strings.TrimPrefix(path, "c2pa/")
	}
	for part := range strings.SplitSeq(path, "/") {
		if at = at.child(part); at == nil {
			return nil
		}
	}
	return at
}
