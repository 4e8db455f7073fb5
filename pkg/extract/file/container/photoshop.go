package container

import (
	"bytes"
	"encoding/binary"
)

// iptcResource is the image resource that holds IPTC-IIM (Adobe Photoshop File
// Formats Specification, image resource IDs).
const iptcResource = 0x0404

// iptcOf returns the IPTC block among Photoshop image resources: "8BIM", id,
// Pascal name padded to even, size, data padded to even.
func iptcOf(b []byte) []byte {
	for len(b) >= 12 {
		if !bytes.HasPrefix(b, []byte("8BIM")) {
			return nil
		}
		id := binary.BigEndian.Uint16(b[4:])
		name := int(b[6]) + 1
		name += name & 1
		if len(b) < 6+name+4 {
			return nil
		}
		size := int64(binary.BigEndian.Uint32(b[6+name:]))
		rest := b[6+name+4:]
		if size > int64(len(rest)) {
			size = int64(len(rest))
		}
		if id == iptcResource {
			return rest[:size]
		}
		size += size & 1
		if size > int64(len(rest)) {
			return nil
		}
		b = rest[size:]
	}
	return nil
}
