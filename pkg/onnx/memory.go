package onnx

import (
	"slices"
	"sync"
)

// maxIdle bounds the states of finished runs that are kept. Each holds the
// memory of one run.
const maxIdle = 2

// Memory is what runs of models take for a time. Models that share one use it in turn:
// there is never more of it than what the runs under way and maxIdle finished ones took.
// The zero value is ready; it is safe for concurrent use.
type Memory struct {
	mu   sync.Mutex
	idle []*run // arena and scratch of finished runs, the smallest arena first
}

// Load does what the function Load does, for a model whose runs use m.
func (m *Memory) Load(data []byte) (*Model, error) {
	model, err := Load(data)
	if err == nil {
		model.mem = m
	}
	return model, err
}

// acquire returns the state of a finished run, if there is one of which the arena is
// large enough, or one to be made larger, or a new one.
func (m *Memory) acquire(arena int) *run {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.idle) == 0 {
		return &run{}
	}
	at := slices.IndexFunc(m.idle, func(r *run) bool { return cap(r.arena) >= arena })
	if at < 0 {
		at = len(m.idle) - 1
	}
	r := m.idle[at]
	m.idle = slices.Delete(m.idle, at, at+1)
	return r
}

// release keeps the state of a run without the caller's data. A sync.Pool
// would drop it at the next garbage collection, and old and new arena would
// fill the memory side by side.
func (m *Memory) release(r *run) {
	r.input, r.output = nil, nil
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.idle) == maxIdle {
		return
	}
	at := slices.IndexFunc(m.idle, func(o *run) bool { return cap(o.arena) >= cap(r.arena) })
	if at < 0 {
		at = len(m.idle)
	}
	m.idle = slices.Insert(m.idle, at, r)
}

// Rest lets go of the memory that finished runs left for the next ones.
func (m *Memory) Rest() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.idle = nil
}
