package scan

import (
	"crypto/sha256"
	"maps"
	"path/filepath"
	"sync"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/material"
)

// stamps remember from run to run which content the files of one case had, by what the
// file system says of them: what did not change since is not read again.
type stamps struct {
	cache *extract.Cache // nil for no memory
	key   extract.Key
	once  sync.Once

	mu     sync.Mutex
	known  map[string]stamped // by the path below the case
	anew   bool               // known is not what the cache has
	verify bool               // nothing is believed
}

// stamped is a file as it was when its content was hashed.
type stamped struct {
	Stamp  material.Stamp `json:"stamp"`
	Size   int64          `json:"size"`
	SHA256 string         `json:"sha256"`
}

// stampRecord is the name of the cache's records of it; another version empties them.
const (
	stampRecord  = "stamps"
	stampVersion = "1"
)

func newStamps(cache *extract.Cache, c *material.Case, verify bool) *stamps {
	out := &stamps{cache: cache, verify: verify}
	dir, err := filepath.Abs(c.Dir)
	if err != nil {
		out.cache = nil
	}
	out.key = sha256.Sum256([]byte(dir))
	return out
}

func (s *stamps) load() {
	s.once.Do(func() {
		if s.cache == nil || s.verify || !s.cache.Load(stampRecord, s.key, &s.known) {
			s.known, s.anew = map[string]stamped{}, true
		}
	})
}

// sum is the SHA-256 of a file in hex, empty where the file has to be read for it.
func (s *stamps) sum(a *material.Asset) string {
	if s.cache == nil || a.Stamp == (material.Stamp{}) {
		return ""
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.load()
	if k, ok := s.known[a.Path]; ok && k.Stamp == a.Stamp && k.Size == a.Size {
		return k.SHA256
	}
	return ""
}

// note remembers what a file's content is.
func (s *stamps) note(a *material.Asset, sum string) {
	if s.cache == nil || a.Stamp == (material.Stamp{}) || sum == "" {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.load()
	if now := (stamped{a.Stamp, a.Size, sum}); s.known[a.Path] != now {
		s.known[a.Path], s.anew = now, true
	}
}

// save keeps it for the next run, but for files that are not there any more.
func (s *stamps) save(c *material.Case) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known == nil {
		return
	}
	if len(s.known) > len(c.Assets) && !c.Part {
		there := make(map[string]bool, len(c.Assets))
		for _, a := range c.Assets {
			there[a.Path] = true
		}
		maps.DeleteFunc(s.known, func(name string, _ stamped) bool { return !there[name] })
		s.anew = true
	}
	if s.anew {
		s.cache.Save(stampRecord, s.key, s.known)
		s.anew = false
	}
}
