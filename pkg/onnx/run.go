package onnx

import (
	"sync"
	"sync/atomic"
)

// run is the state of one execution of a plan. It is reused between runs.
type run struct {
	k       *kernels
	arena   []float32
	input   []float32
	output  []float32
	threads int
	scratch [][]float32 // one per worker, grown on demand
}

// prepare sizes the state for a plan.
func (r *run) prepare(p *plan, input []float32, threads int) {
	if cap(r.arena) < p.arena {
		r.arena = nil // let the old one go before the new one is made
		r.arena = make([]float32, p.arena)
	}
	r.arena = r.arena[:p.arena]
	r.input, r.output = input, make([]float32, p.output.n)
	r.threads = threads
	for len(r.scratch) < threads {
		r.scratch = append(r.scratch, nil)
	}
}

// mem returns the memory of a value.
func (r *run) mem(v *value) []float32 {
	if v.data != nil {
		return v.data
	}
	switch v.kind {
	case bufInput:
		return r.input[v.at : v.at+v.n]
	case bufOutput:
		return r.output[v.at : v.at+v.n]
	}
	return r.arena[v.at : v.at+v.n]
}

// temp returns n floats of scratch memory for a worker, contents undefined.
// A worker has one such piece; the next call may hand out the same memory.
func (r *run) temp(worker, n int) []float32 {
	if cap(r.scratch[worker]) < n {
		r.scratch[worker] = make([]float32, n)
	}
	return r.scratch[worker][:n]
}

// chunksPerThread balances the load when threads do not get equal shares of
// the machine.
const chunksPerThread = 4

// parallel calls fn for consecutive ranges that cover [0, units), on up to
// r.threads goroutines. worker is below r.threads and no two calls with the
// same worker overlap in time.
func (r *run) parallel(units int, fn func(worker, lo, hi int)) {
	threads := min(r.threads, units)
	if threads <= 1 {
		fn(0, 0, units)
		return
	}
	chunks := min(units, threads*chunksPerThread)
	var next atomic.Int64
	work := func(worker int) {
		for {
			c := int(next.Add(1)) - 1
			if c >= chunks {
				return
			}
			fn(worker, units*c/chunks, units*(c+1)/chunks)
		}
	}
	var wg sync.WaitGroup
	for w := 1; w < threads; w++ {
		wg.Go(func() { work(w) })
	}
	work(0)
	wg.Wait()
}

// elementwiseUnit is the piece of a flat tensor one unit of work covers, in
// floats: small enough to balance, large enough to be worth a call.
const elementwiseUnit = 1 << 14

// each splits n floats in fixed pieces and calls fn for [lo, hi) ranges.
func (r *run) each(n int, fn func(lo, hi int)) {
	units := (n + elementwiseUnit - 1) / elementwiseUnit
	r.parallel(units, func(_, u0, u1 int) {
		for u := u0; u < u1; u++ {
			fn(u*elementwiseUnit, min(n, (u+1)*elementwiseUnit))
		}
	})
}
