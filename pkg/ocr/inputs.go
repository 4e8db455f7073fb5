package ocr

import "sync"

// keptInputs is how many pieces of memory for inputs of models are kept.
const keptInputs = 2

// inputs lends memory for the inputs of models: a new piece of some megabytes for every
// look costs more than to fill it. The zero value is ready; it is safe for concurrent use.
type inputs struct {
	mu   sync.Mutex
	free [][]float32
}

// take returns n floats of any value.
func (p *inputs) take(n int) []float32 {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, f := range p.free {
		if cap(f) >= n {
			p.free = append(p.free[:i], p.free[i+1:]...)
			return f[:n]
		}
	}
	return make([]float32, n)
}

// put takes back what take gave; the smallest piece gives way to a larger one.
func (p *inputs) put(f []float32) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.free) < keptInputs {
		p.free = append(p.free, f)
		return
	}
	for i, o := range p.free {
		if cap(o) < cap(f) {
			p.free[i] = f
			return
		}
	}
}

// rest lets go of what is kept.
func (p *inputs) rest() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.free = nil
}
