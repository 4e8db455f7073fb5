package scan

import (
	"sync"

	"github.com/aecheck/aecheck/pkg/compare"
	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
)

// memory keeps the pairs of pictures that one Read compared for the next, before
// what is kept on disk.
type memory struct {
	before *memory        // of the Read before, nil for none
	disk   *extract.Cache // nil for none

	mu    sync.Mutex
	pairs map[extract.Key]facts.Pair
}

var _ compare.Records = (*memory)(nil)

// recall returns what this memory holds.
func (m *memory) recall(k extract.Key) (facts.Pair, bool) {
	if m == nil {
		return facts.Pair{}, false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	p, ok := m.pairs[k]
	return p, ok
}

// Load finds a pair, and keeps for the next Read what this one uses.
func (m *memory) Load(name string, k extract.Key, v any) bool {
	into, ok := v.(*facts.Pair)
	if !ok {
		return false
	}
	p, found := m.before.recall(k)
	if !found && (m.disk == nil || !m.disk.Load(name, k, &p)) {
		return false
	}
	*into = p
	m.keep(k, p)
	return true
}

// Save keeps a pair.
func (m *memory) Save(name string, k extract.Key, v any) {
	if p, ok := v.(*facts.Pair); ok {
		m.keep(k, *p)
	}
	if m.disk != nil {
		m.disk.Save(name, k, v)
	}
}

func (m *memory) keep(k extract.Key, p facts.Pair) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.pairs[k] = p
}
