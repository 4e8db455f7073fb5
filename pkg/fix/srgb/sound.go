package srgb

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// errDamaged says that a profile says more than it holds.
var errDamaged = errors.New("the colour profile is damaged")

// maxTags bounds the tags of a profile; those in use have some twenty.
const maxTags = 100

// sound reports whether all that a profile counts lies within it (ICC.1:2022, 7.3,
// 10.6, 10.12): the library makes room for what a profile counts before it looks.
func sound(p []byte) error {
	if len(p) < 132 {
		return errDamaged
	}
	tags := binary.BigEndian.Uint32(p[128:])
	if tags > maxTags || 132+12*int(tags) > len(p) {
		return errDamaged
	}
	for i := range int(tags) {
		entry := p[132+12*i:]
		off, size := uint64(binary.BigEndian.Uint32(entry[4:])), uint64(binary.BigEndian.Uint32(entry[8:]))
		if off < uint64(132+12*tags) || off+size > uint64(len(p)) {
			return errDamaged
		}
		if data := p[off : off+size]; !soundTable(data) {
			return errDamaged
		}
	}
	// Curves stand in tags of their own and within others.
	for at := 0; ; {
		i := bytes.Index(p[at:], []byte("curv"))
		if i < 0 || at+i+12 > len(p) {
			return nil
		}
		at += i
		if uint64(binary.BigEndian.Uint32(p[at+8:])) > uint64(len(p)-at-12)/2 {
			return errDamaged
		}
		at += 4
	}
}

// soundTable looks at the colour table of a lutAToBType.
func soundTable(tag []byte) bool {
	if len(tag) < 32 || string(tag[:4]) != "mAB " && string(tag[:4]) != "mBA " {
		return true
	}
	in, out := int(tag[8]), uint64(tag[9])
	off := uint64(binary.BigEndian.Uint32(tag[24:]))
	if off == 0 {
		return true
	}
	if in > 4 || off+20 > uint64(len(tag)) {
		return false
	}
	clut := tag[off:]
	values := out
	for _, g := range clut[:in] {
		values *= uint64(g)
	}
	width := uint64(clut[16])
	return (width == 1 || width == 2) && values*width <= uint64(len(clut)-20)
}
