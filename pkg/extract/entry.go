package extract

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// An entry of the cache is a line and what was found, as JSON:
//
//	CHECKSUM KEY NAME DIGEST
//	{…}
//
// The checksum is of all that follows it. What belongs to another content,
// extractor or source, or is not as it was written, is told before it is decoded:
// an empty object, say, would be facts that are all zero.

// label is what an entry says it is, with the end of its line.
func label(key, name, digest string) []byte {
	return []byte(key + " " + name + " " + digest + "\n")
}

// seal makes an entry.
func seal(label, payload []byte) []byte {
	rest := slices.Concat(label, payload)
	return slices.Concat(checksum(rest), rest)
}

// unseal returns the payload of an entry of that label, and whether it is one, as
// it was sealed.
func unseal(entry, label []byte) ([]byte, bool) {
	if len(entry) < checksumLen {
		return nil, false
	}
	sum, rest := entry[:checksumLen], entry[checksumLen:]
	payload, ok := bytes.CutPrefix(rest, label)
	return payload, ok && bytes.Equal(sum, checksum(rest))
}

// checksumLen is enough to tell damage; nobody is kept from writing a cache of
// their own.
const checksumLen = 33

// checksum is 32 hexadecimal digits and a blank.
func checksum(rest []byte) []byte {
	sum := sha256.Sum256(rest)
	return append(hex.AppendEncode(nil, sum[:checksumLen/2]), ' ')
}
