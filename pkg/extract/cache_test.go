package extract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/facts"
)

// cached is a cache that holds what an extractor found in one content.
type cached struct {
	*testing.T
	dir  string
	file string // of the entry
	e    *fake
	want *facts.Set
}

func newCached(t *testing.T) *cached {
	c := &cached{T: t, dir: t.TempDir(), e: &fake{name: "exif", provides: []string{"exif"}, do: exifMake("尼康")}}
	c.want = c.run(someDigests())
	c.file = OpenCache(c.dir, 1<<20, nil).file(c.want.File.SHA256, contentRecord)
	if c.e.runs != 1 {
		t.Fatalf("%d runs without an entry", c.e.runs)
	}
	return c
}

func (c *cached) run(d Digests) *facts.Set {
	c.Helper()
	set, err := NewRunner([]Extractor{c.e}, DefaultLimits(), OpenCache(c.dir, 1<<20, d)).Run(context.Background(), source("\xFF\xD8\xFF"), Request{})
	if err != nil {
		c.Fatal(err)
	}
	return set
}

func (c *cached) entry() []byte {
	c.Helper()
	b, err := os.ReadFile(c.file)
	if err != nil {
		c.Fatal(err)
	}
	return b
}

// isRedone replaces the entry by another, and asks that nothing of it is believed
// and that the right one stands there after.
func (c *cached) isRedone(what string, entry []byte) {
	c.Helper()
	right := c.entry()
	if err := os.WriteFile(c.file, entry, 0o600); err != nil {
		c.Fatal(err)
	}
	runs := c.e.runs
	if got := c.run(someDigests()); !reflect.DeepEqual(got, c.want) {
		c.Errorf("%s: found %+v", what, got.Exif)
	}
	if c.e.runs != runs+1 {
		c.Errorf("%s: not done again", what)
	}
	if got := c.entry(); !bytes.Equal(got, right) {
		c.Errorf("%s: left as %q", what, got)
	}
}

func TestCacheRedoesWhatIsDamaged(t *testing.T) {
	c := newCached(t)
	right := c.entry()
	for i := range right {
		for _, flip := range []byte{1, 0x20, 0xFF} { // 0x20 makes a small letter of a large one
			damaged := bytes.Clone(right)
			damaged[i] ^= flip
			c.isRedone("a changed byte", damaged)
		}
		c.isRedone("a short entry", right[:i])
	}
	c.isRedone("a long entry", append(bytes.Clone(right), '\n'))
	c.isRedone("an entry of zeros", make([]byte, len(right)))
	c.isRedone("an empty object", []byte("{}"))
	c.isRedone("an entry of an earlier version", []byte(`{"values":{"exif":{"present":true}},"statuses":{"exif":{"state":"present"}}}`))
	own := c.want.File.SHA256
	c.isRedone("an empty object as a part", onePart(own, "exif", someDigests()["exif"], "{}"))
	c.isRedone("another type as a part", onePart(own, "exif", someDigests()["exif"], `{"values":{"exif":"x"}}`))
	for _, body := range []string{"exif", "exif e1", "exif e1 2", "exif e1 9\n{}\n", "exif e1 -1\n{}\n", "exif e1 2\n{}}\n", "exif e1 99999999999999999999\n{}\n"} {
		c.isRedone("parts cut wrongly", seal(nil, []byte(own+" "+contentRecord+"\n"+body)))
	}
}

// onePart is the file of a content of which one extractor gave something.
func onePart(sum, name, digest, part string) []byte {
	return seal(nil, fmt.Appendf(nil, "%s %s\n%s %s %d\n%s\n", sum, contentRecord, name, digest, len(part), part))
}

func TestCacheTakesNoOthersEntries(t *testing.T) {
	c := newCached(t)
	sum := c.want.File.SHA256
	_, part, _, _ := cutPart(bytes.SplitN(c.entry(), []byte("\n"), 2)[1])
	other := strings.Repeat("0", len(sum))
	c.isRedone("another content's", onePart(other, "exif", someDigests()["exif"], string(part)))
	for what, entry := range map[string][]byte{
		"another extractor's": onePart(sum, "meta", someDigests()["exif"], string(part)),
		"other sources'":      onePart(sum, "exif", someDigests()["meta"], string(part)),
	} {
		c.isRedone(what, entry)
	}

	cache := OpenCache(c.dir, 1<<20, someDigests())
	file := cache.file(other, contentRecord)
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, c.entry(), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, ok := cache.Content(other).Get(c.e); ok {
		t.Error("an entry copied to another content's name was believed")
	}
}

// A change of the sources makes the facts anew, and leaves one entry.
func TestCacheReplacesWhatOtherSourcesMade(t *testing.T) {
	c := newCached(t)
	for _, d := range []string{"e0", "f0", "f0", "e0"} {
		c.run(Digests{"exif": d})
	}
	if c.e.runs != 3 {
		t.Errorf("%d runs, want 3: the first, and one a change", c.e.runs)
	}
	if n, _, err := OpenCache(c.dir, 0, nil).Info(); n != 1 || err != nil {
		t.Errorf("%d entries, %v", n, err)
	}
}

// Nothing would tell when facts of unknown making are out of date.
func TestCacheKeepsNothingWithoutADigest(t *testing.T) {
	c := newCached(t)
	for range 2 {
		c.run(Digests{"meta": "e2"})
	}
	if c.e.runs != 3 {
		t.Errorf("%d runs, want 3", c.e.runs)
	}
	cache := OpenCache(t.TempDir(), 1<<20, nil)
	cache.Save("pair", Key{1}, facts.Pair{Distance: 1})
	if n, _, err := cache.Info(); n != 0 || err != nil {
		t.Errorf("%d entries, %v", n, err)
	}
}

// An extractor that was given something has a name of its own with the digest of
// the one without, and entries of its own.
func TestCacheOfExtractorsGivenSomething(t *testing.T) {
	cache := OpenCache(t.TempDir(), 1<<20, Digests{"meta": "e1"})
	cache.Save("meta+1a2b", Key{1}, facts.Pair{Distance: 1})
	var got facts.Pair
	if !cache.Load("meta+1a2b", Key{1}, &got) {
		t.Error("nothing was kept")
	}
	if cache.Load("meta", Key{1}, &got) || cache.Load("meta+3c4d", Key{1}, &got) {
		t.Error("taken for another's")
	}
	cache.Save("other+1a2b", Key{1}, facts.Pair{Distance: 1})
	if cache.Load("other+1a2b", Key{1}, &got) {
		t.Error("kept without a digest")
	}
}

// A record of a pair is looked at as closely as facts of a file.
func TestCacheRedoesDamagedRecords(t *testing.T) {
	cache := OpenCache(t.TempDir(), 1<<20, Digests{"pair": "e0", "other": "e0"})
	key := Key{1, 2, 3}
	cache.Save("pair", key, facts.Pair{Distance: 0.25, Transform: "cropped"})
	var got facts.Pair
	if !cache.Load("pair", key, &got) || got.Distance != 0.25 || got.Transform != "cropped" {
		t.Fatalf("loaded %+v", got)
	}
	if cache.Load("other", key, &got) || cache.Load("pair", Key{1, 2}, &got) {
		t.Error("loaded another record")
	}
	file := cache.file("0102030000000000000000000000000000000000000000000000000000000000", "pair")
	right, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, _, _ := bytes.Cut(right[checksumLen:], []byte("\n"))
	own := append(bytes.Clone(head), '\n')
	entries := [][]byte{{}, []byte("{}"), make([]byte, len(right)), seal(own, []byte("{}")), seal(own, []byte("null"))}
	for i := range right {
		damaged := bytes.Clone(right)
		damaged[i] ^= 1
		entries = append(entries, damaged, right[:i])
	}
	for _, entry := range entries {
		if err := os.WriteFile(file, entry, 0o600); err != nil {
			t.Fatal(err)
		}
		if cache.Load("pair", key, &got) {
			t.Errorf("loaded %q", entry)
		}
	}
}

// Files of earlier versions, and of writes that were cut short, take room too.
func TestCacheCountsWhatOthersLeft(t *testing.T) {
	c := newCached(t)
	for _, name := range []string{"exif-3.json", ".tmp-123"} {
		if err := os.WriteFile(filepath.Join(filepath.Dir(c.file), name), []byte("{}"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cache := OpenCache(c.dir, 0, nil)
	if n, _, err := cache.Info(); n != 3 || err != nil {
		t.Errorf("%d files, %v", n, err)
	}
	if err := cache.Trim(); err != nil {
		t.Fatal(err)
	}
	if n, size, err := cache.Info(); n != 0 || size != 0 || err != nil {
		t.Errorf("%d files of %d bytes are left, %v", n, size, err)
	}
	if err := cache.Clean(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(c.dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("after Clean: %v", err)
	}
}

// What is taken for an entry is one, to the byte.
func FuzzUnseal(f *testing.F) {
	own := label("00ff", "exif", "e0")
	f.Add(seal(own, []byte(`{"values":{}}`)))
	f.Add(seal(label("00fe", "exif", "e0"), []byte("{}")))
	f.Add([]byte("{}"))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, entry []byte) {
		before := bytes.Clone(entry)
		payload, ok := unseal(entry, own)
		if ok && !bytes.Equal(seal(own, payload), entry) {
			t.Errorf("%q was taken", entry)
		}
		if !bytes.Equal(entry, before) {
			t.Errorf("%q was changed", before)
		}
		// A payload of any bytes comes back.
		if got, ok := unseal(seal(own, entry), own); !ok || !bytes.Equal(got, entry) {
			t.Errorf("%q came back as %q, %t", entry, got, ok)
		}
	})
}
