package onnx

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
)

// maxPlans bounds the plans kept per model; a plan is some tens of kilobytes.
const maxPlans = 64

// Model is a loaded model. It is immutable for its users and safe for
// concurrent use.
type Model struct {
	g    *graph
	uses map[string]int // reads of each name, the output counted once more
	k    *kernels
	mem  *Memory

	mu    sync.Mutex
	plans []*plan // most recently used last
}

// Tensor is a dense float tensor in row-major order.
type Tensor struct {
	Shape []int
	Data  []float32 // len is the product of Shape
}

// Options are the settings of one run.
type Options struct {
	// Threads is the number of goroutines that share the work of one run.
	// Zero or less means GOMAXPROCS. The result does not depend on it.
	Threads int
}

// Load reads an ONNX model, checks it and prepares it for the kernels of this
// machine. data is not kept. A damaged or unsupported model gives an error.
func Load(data []byte) (*Model, error) {
	return load(data, machineKernels())
}

func load(data []byte, k *kernels) (*Model, error) {
	g, err := parseModel(data)
	if err != nil {
		return nil, fmt.Errorf("onnx: %w", err)
	}
	fuse(g)
	m := &Model{g: g, k: k, mem: &Memory{}, uses: g.uses()}
	for _, n := range g.nodes {
		if _, ok := operators[n.op]; !ok {
			return nil, fmt.Errorf("onnx: operator %q is not supported", n.op)
		}
		if err := m.pack(n); err != nil {
			return nil, fmt.Errorf("onnx: %s: %w", n.label(), err)
		}
	}
	m.chains()
	m.pairTwice()
	g.dropUnread(m.uses)
	return m, nil
}

// Run computes the output for one input. The input is only read. The returned
// tensor belongs to the caller. It fails when the shape does not suit the
// graph or ctx ends; ctx is looked at between operations.
func (m *Model) Run(ctx context.Context, in Tensor, opt Options) (Tensor, error) {
	n, err := elements(in.Shape, maxValue)
	if err != nil {
		return Tensor{}, fmt.Errorf("onnx: input: %w", err)
	}
	if n != len(in.Data) {
		return Tensor{}, fmt.Errorf("onnx: input of %d values for shape %v", len(in.Data), in.Shape)
	}
	p, err := m.plan(in.Shape)
	if err != nil {
		return Tensor{}, fmt.Errorf("onnx: shape %v: %w", in.Shape, err)
	}
	threads := opt.Threads
	if threads <= 0 {
		threads = runtime.GOMAXPROCS(0)
	}
	r := m.mem.acquire(p.arena)
	defer m.mem.release(r)
	r.k = m.k
	r.prepare(p, in.Data, threads)
	for i := range p.steps {
		if err := ctx.Err(); err != nil {
			return Tensor{}, err
		}
		p.steps[i].run(r)
	}
	return Tensor{Shape: slices.Clone(p.output.shape), Data: r.output}, nil
}

// plan returns the plan for a shape, from the cache if it is there.
func (m *Model) plan(shape []int) (*plan, error) {
	m.mu.Lock()
	for i, p := range m.plans {
		if slices.Equal(p.shape, shape) {
			m.plans = append(slices.Delete(m.plans, i, i+1), p)
			m.mu.Unlock()
			return p, nil
		}
	}
	m.mu.Unlock()
	p, err := m.compile(shape)
	if err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.plans) >= maxPlans {
		m.plans = slices.Delete(m.plans, 0, 1)
	}
	m.plans = append(m.plans, p)
	return p, nil
}
