package extract

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// Cache keeps facts (never verdicts) between runs, one small file for each content
// (see Content) and for each record of several. An entry that is damaged, another's
// or made by other sources is as good as none, and is written anew: the cache can
// only make a run faster.
//
// Programs on several machines may use one folder at the same time, without locks,
// which network file systems do not all keep: an entry is written under a name of its
// own and put in place at once, and what a reader sees of one half-way is told by its
// sum. Of two that add to one content at the same moment, one may be lost, and is found
// out again.
type Cache struct {
	dir     string
	max     int64 // bytes kept after Trim
	digests Digests
	writing [16]sync.Mutex // of contents, by their first digit
}

// Digests tell what facts depend on besides the content: by the name of an
// extractor, or of another kind of record, a digest of the sources and models it
// is made by. pkg/scan has those of all.
type Digests map[string]string

// of is the digest of a record: for an extractor that was given something at run
// time, and has the name name+digest of it for that, the digest of the first.
func (d Digests) of(name string) (string, bool) {
	own, _, _ := strings.Cut(name, "+")
	digest, ok := d[own]
	return digest, ok
}

// OpenCache uses a directory, made on the first write. maxBytes is what Trim
// leaves. What has no digest is not kept, for nothing would tell when it is out of
// date.
func OpenCache(dir string, maxBytes int64, digests Digests) *Cache {
	return &Cache{dir: dir, max: maxBytes, digests: digests}
}

// DefaultCacheDir is the user's cache directory for facts.
func DefaultCacheDir() (string, error) {
	base, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(base, "aecheck", "facts"), nil
}

// Dir is where the entries are.
func (c *Cache) Dir() string { return c.dir }

// Key is a SHA-256 of everything a record depends on but for sources: the
// contents of the files, what was asked of them.
type Key [sha256.Size]byte

// Load fills v, a pointer, with what Save kept under a name and key and reports
// whether it was there. Where it was not, v is worth nothing. What Save would not
// write of v is no record: of an empty object v would be all zeros.
func (c *Cache) Load(name string, k Key, v any) bool {
	var payload json.RawMessage
	if !c.read(hex.EncodeToString(k[:]), name, &payload) || json.Unmarshal(payload, v) != nil {
		return false
	}
	again, err := json.Marshal(v)
	return err == nil && bytes.Equal(again, payload)
}

// Save keeps what was found out about several files together, such as a pair of
// pictures. The name says what sort of record it is and has a digest. Failing to
// store is no failure of the run.
func (c *Cache) Save(name string, k Key, v any) { c.write(hex.EncodeToString(k[:]), name, v) }

// file has no digest in its name: what other sources made of the same content is
// replaced and does not pile up.
func (c *Cache) file(key, name string) string {
	return filepath.Join(c.dir, key[:2], key+"-"+name)
}

func (c *Cache) read(key, name string, v any) bool {
	digest, ok := c.digests.of(name)
	if !ok {
		return false
	}
	file := c.file(key, name)
	data, err := os.ReadFile(file)
	if err != nil {
		return false
	}
	payload, ok := unseal(data, label(key, name, digest))
	if !ok || json.Unmarshal(payload, v) != nil {
		return false
	}
	used(file)
	return true
}

// used notes the time of last use, to the day, which decides what Trim drops; failing
// to note it only makes that choice worse.
func used(file string) {
	now := time.Now()
	if info, err := os.Stat(file); err == nil && now.Sub(info.ModTime()) > 24*time.Hour {
		_ = os.Chtimes(file, now, now)
	}
}

func (c *Cache) write(key, name string, v any) {
	digest, ok := c.digests.of(name)
	if !ok {
		return
	}
	payload, err := json.Marshal(v)
	if err != nil {
		return
	}
	store(c.file(key, name), seal(label(key, name, digest), payload))
}

// store writes a file whole or not at all.
func store(file string, data []byte) {
	if os.MkdirAll(filepath.Dir(file), 0o700) != nil {
		return
	}
	tmp, err := os.CreateTemp(filepath.Dir(file), ".tmp-*") // mode 0600
	if err != nil {
		return
	}
	_, werr := tmp.Write(data)
	cerr := tmp.Close()
	if werr != nil || cerr != nil || os.Rename(tmp.Name(), file) != nil {
		os.Remove(tmp.Name())
	}
}

// Info counts entries and bytes.
func (c *Cache) Info() (entries int, bytes int64, err error) {
	err = c.walk(func(_ string, info fs.FileInfo) {
		entries++
		bytes += info.Size()
	})
	return entries, bytes, err
}

// Clean removes every entry, and the folder where nothing else lies in it: the user
// may have named one that holds more.
func (c *Cache) Clean() error {
	entries, err := os.ReadDir(c.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		if e.IsDir() && isShelf(e.Name()) || e.Name() == trimMark {
			err = errors.Join(err, os.RemoveAll(filepath.Join(c.dir, e.Name())))
		}
	}
	_ = os.Remove(c.dir) // fails where more lies in it
	return err
}

// isShelf reports whether a folder of this name, two hexadecimal digits, holds entries.
func isShelf(name string) bool {
	_, err := hex.DecodeString(name)
	return err == nil && len(name) == 2
}

// trimMark is the file whose age says when the cache was last trimmed.
const trimMark = "trimmed"

// TrimDaily trims where no run has in the last day; looking at every entry at
// every run would cost an agency's cache more than it saves. A cache that cannot
// be trimmed is no failure of the run.
func (c *Cache) TrimDaily(now time.Time) {
	mark := filepath.Join(c.dir, trimMark)
	if info, err := os.Stat(mark); err == nil && now.Sub(info.ModTime()).Abs() < 24*time.Hour {
		return // another machine's clock may be ahead
	}
	if _, err := os.Stat(c.dir); err != nil {
		return // nothing was ever kept
	}
	if os.WriteFile(mark, nil, 0o600) == nil && os.Chtimes(mark, now, now) == nil {
		_ = c.Trim()
	}
}

// Trim drops the entries longest unused until the cache is within its size. One that
// cannot be dropped keeps none of the others.
func (c *Cache) Trim() error {
	type item struct {
		name string
		info fs.FileInfo
	}
	var items []item
	var total int64
	if err := c.walk(func(name string, info fs.FileInfo) {
		items = append(items, item{name, info})
		total += info.Size()
	}); err != nil {
		return err
	}
	slices.SortFunc(items, func(a, b item) int { return a.info.ModTime().Compare(b.info.ModTime()) })
	var failed error
	for _, it := range items {
		if total <= c.max {
			break
		}
		if err := os.Remove(it.name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			failed = cmp.Or(failed, err)
			continue
		}
		total -= it.info.Size()
	}
	return failed
}

// walk visits every file among the entries, those of earlier versions and what an
// interrupted write left too.
func (c *Cache) walk(visit func(name string, info fs.FileInfo)) error {
	err := filepath.WalkDir(c.dir, func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && name != c.dir {
			return nil // another run was faster
		}
		if err != nil {
			return err
		}
		if d.IsDir() && name != c.dir && !isShelf(d.Name()) {
			return fs.SkipDir
		}
		if !d.Type().IsRegular() || filepath.Dir(name) == c.dir {
			return nil
		}
		info, err := d.Info()
		if err == nil {
			visit(name, info)
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
