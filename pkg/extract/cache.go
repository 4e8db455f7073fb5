package extract

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
)

// Cache keeps facts (never verdicts) between runs, one small file per content
// hash and extractor version. A damaged or unreadable entry is as good as
// none: the cache can only make a run faster.
type Cache struct {
	dir string
	max int64 // bytes kept after Trim
}

// OpenCache uses a directory, made on the first write. maxBytes is what Trim
// leaves.
func OpenCache(dir string, maxBytes int64) *Cache {
	return &Cache{dir: dir, max: maxBytes}
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

type cacheEntry struct {
	Values   map[string]json.RawMessage `json:"values"`
	Statuses map[string]cachedStatus    `json:"statuses"`
}

// cachedStatus is a facts.Status with the fields that reports leave out.
type cachedStatus struct {
	State facts.State `json:"state"`
	Why   lang.Text   `json:"why,omitzero"`
	Asked bool        `json:"asked,omitempty"`
}

func (c *Cache) file(sum string, e Extractor) string {
	return filepath.Join(c.dir, sum[:2], fmt.Sprintf("%s-%s-%d.json", sum, e.Name(), e.Version()))
}

// Get returns what the extractor gave for this content, and whether it was
// there.
func (c *Cache) Get(sum string, e Extractor) (*facts.Set, bool) {
	name := c.file(sum, e)
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, false
	}
	var entry cacheEntry
	if json.Unmarshal(data, &entry) != nil {
		return nil, false
	}
	own := &facts.Set{}
	for _, p := range e.Provides() {
		raw, ok := entry.Values[p]
		if !ok || json.Unmarshal(raw, own.Pointer(p)) != nil {
			return nil, false
		}
	}
	for k, st := range entry.Statuses {
		own.SetStatus(k, facts.Status(st))
	}
	used(name)
	return own, true
}

// used notes the time of last use, which decides what Trim drops; failing to
// note it only makes that choice worse.
func used(name string) {
	now := time.Now()
	_ = os.Chtimes(name, now, now)
}

// Put stores what the extractor provided. Failing to store is no failure of
// the run.
func (c *Cache) Put(sum string, e Extractor, set *facts.Set) {
	entry := cacheEntry{Values: map[string]json.RawMessage{}, Statuses: map[string]cachedStatus{}}
	for k, st := range set.Statuses() {
		entry.Statuses[k] = cachedStatus(st)
	}
	for name, v := range set.Pick(e.Provides()) {
		raw, err := json.Marshal(v)
		if err != nil {
			return
		}
		entry.Values[name] = raw
	}
	write(c.file(sum, e), entry)
}

// Load fills v, a pointer, with what Save kept under a key and reports whether
// it was there.
func (c *Cache) Load(k Key, v any) bool {
	name := c.record(k)
	data, err := os.ReadFile(name)
	if err != nil || json.Unmarshal(data, v) != nil {
		return false
	}
	used(name)
	return true
}

// Save keeps what was found out about several files together, such as a pair of
// pictures. Failing to store is no failure of the run.
func (c *Cache) Save(k Key, v any) { write(c.record(k), v) }

// Key is a SHA-256 of everything a record depends on: what was done, in which
// version, the contents of the files.
type Key [sha256.Size]byte

func (c *Cache) record(k Key) string {
	name := hex.EncodeToString(k[:])
	return filepath.Join(c.dir, name[:2], name+".json")
}

func write(name string, v any) {
	data, err := json.Marshal(v)
	if err != nil {
		return
	}
	if os.MkdirAll(filepath.Dir(name), 0o700) != nil {
		return
	}
	tmp, err := os.CreateTemp(filepath.Dir(name), ".tmp-*") // mode 0600
	if err != nil {
		return
	}
	_, werr := tmp.Write(data)
	cerr := tmp.Close()
	if werr != nil || cerr != nil || os.Rename(tmp.Name(), name) != nil {
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

// Clean removes every entry.
func (c *Cache) Clean() error { return os.RemoveAll(c.dir) }

// TrimDaily trims where no run has in the last day; looking at every entry at
// every run would cost an agency's cache more than it saves. A cache that cannot
// be trimmed is no failure of the run.
func (c *Cache) TrimDaily(now time.Time) {
	mark := filepath.Join(c.dir, "trimmed")
	if info, err := os.Stat(mark); err == nil && now.Sub(info.ModTime()) < 24*time.Hour {
		return
	}
	if _, err := os.Stat(c.dir); err != nil {
		return // nothing was ever kept
	}
	if os.WriteFile(mark, nil, 0o600) == nil && os.Chtimes(mark, now, now) == nil {
		_ = c.Trim()
	}
}

// Trim drops the entries longest unused until the cache is within its size.
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
	for _, it := range items {
		if total <= c.max {
			break
		}
		if err := os.Remove(it.name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		total -= it.info.Size()
	}
	return nil
}

func (c *Cache) walk(visit func(name string, info fs.FileInfo)) error {
	err := filepath.WalkDir(c.dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() || !strings.HasSuffix(d.Name(), ".json") {
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
