package extract

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/aecheck/aecheck/pkg/facts"
)

// Content is what the cache keeps of one content: what each extractor gave for it.
// All of it is in one file, since opening one takes longer than reading it:
//
//	CHECKSUM SHA-256 facts/2
//	NAME DIGEST BYTES
//	…
//	NAME …
//
// It is for one goroutine; a nil one keeps nothing.
type Content struct {
	cache *Cache
	sum   string
	parts map[string][]byte // by NAME DIGEST; those of other sources are left out
	fresh bool              // something was put in
}

const (
	// contentRecord is the name of its file.
	contentRecord = "facts"
	// contentForm says how it is written; what has another form is found anew.
	contentForm = "facts/2"
)

// Content returns what is kept of a content, by its SHA-256 in hex. Of a nil cache it
// is nil.
func (c *Cache) Content(sum string) *Content {
	if c == nil {
		return nil
	}
	k := &Content{cache: c, sum: sum, parts: c.contents(sum)}
	if len(k.parts) > 0 {
		used(c.file(sum, contentRecord))
	}
	return k
}

// contents reads the file of a content; what is not as it was written is empty.
func (c *Cache) contents(sum string) map[string][]byte {
	out := map[string][]byte{}
	data, err := os.ReadFile(c.file(sum, contentRecord))
	if err != nil {
		return out
	}
	rest, ok := unseal(data, []byte(sum+" "+contentForm+"\n"))
	for ok && len(rest) > 0 {
		var name string
		var part []byte
		if name, part, rest, ok = cutPart(rest); ok && c.current(name) {
			out[name] = part
		}
	}
	if !ok {
		return map[string][]byte{}
	}
	return out
}

// cutPart takes the first part off a file.
func cutPart(data []byte) (name string, part, rest []byte, ok bool) {
	head, rest, ok := bytes.Cut(data, []byte("\n"))
	at := bytes.LastIndexByte(head, ' ')
	if !ok || at < 0 {
		return "", nil, nil, false
	}
	n, err := strconv.Atoi(string(head[at+1:]))
	if err != nil || n < 0 || n >= len(rest) || rest[n] != '\n' {
		return "", nil, nil, false
	}
	return string(head[:at]), rest[:n], rest[n+1:], true
}

// current reports whether a part was made by the sources there are.
func (c *Cache) current(part string) bool {
	name, digest, _ := strings.Cut(part, " ")
	want, ok := c.digests.of(name)
	return ok && digest == want
}

// partOf is what a part is called; empty where its name has no digest.
func (k *Content) partOf(name string) string {
	digest, ok := k.cache.digests.of(name)
	if !ok {
		return ""
	}
	return name + " " + digest
}

// Save writes what was put in, beside what others put in meanwhile. Failing to store
// is no failure of the run.
func (k *Content) Save() {
	if k == nil || !k.fresh {
		return
	}
	lock := &k.cache.writing[int(k.sum[0])%len(k.cache.writing)]
	lock.Lock()
	defer lock.Unlock()
	parts := k.cache.contents(k.sum)
	maps.Copy(parts, k.parts)
	body := []byte(k.sum + " " + contentForm + "\n")
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		body = fmt.Appendf(body, "%s %d\n%s\n", name, len(parts[name]), parts[name])
	}
	store(k.cache.file(k.sum, contentRecord), seal(nil, body))
	k.fresh = false
}

// Get returns what an extractor gave for this content, and whether it was there.
func (k *Content) Get(e Extractor) (*facts.Set, bool) {
	if k == nil {
		return nil, false
	}
	own := &facts.Set{}
	if !k.Read(e, own) {
		return nil, false
	}
	return own, true
}

// Read puts into a set what an extractor gave for this content, as Set.Merge would. It
// reports whether it was there; where not, the set is of no use any more.
func (k *Content) Read(e Extractor, into *facts.Set) bool {
	if k == nil {
		return false
	}
	part, ok := k.parts[k.partOf(e.Name())]
	return ok && readPart(part, e.Provides(), into)
}

// Put keeps what an extractor provided, once Save is called.
func (k *Content) Put(e Extractor, set *facts.Set) {
	if k == nil {
		return
	}
	name := k.partOf(e.Name())
	if name == "" {
		return
	}
	if part, ok := writePart(e.Provides(), set); ok {
		k.parts[name], k.fresh = part, true
	}
}

// FormatRecord is the name of what is kept of a content's format, which is told from
// its first bytes.
const FormatRecord = "format"

// format of the content, as format.Sniff gave it.
func (k *Content) format() (name string, ok bool) {
	if k == nil {
		return "", false
	}
	part, ok := k.parts[k.partOf(FormatRecord)]
	return string(part), ok
}

func (k *Content) putFormat(name string) {
	if k == nil {
		return
	}
	if part := k.partOf(FormatRecord); part != "" {
		if _, known := k.parts[part]; !known {
			k.parts[part], k.fresh = []byte(name), true
		}
	}
}
