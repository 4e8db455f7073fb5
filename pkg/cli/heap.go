package cli

import (
	"runtime"
	"runtime/debug"
)

// While pictures are read the heap holds few and large things. It may grow by
// heapGrowth percent between collections, half of what Go does of itself, which
// takes a quarter off the peak. A reserve counts as in use: with only some tens of
// megabytes in use the collector would else run all the time, a tenth of the
// processor time. Nothing is written to the reserve, so it takes address space
// and no memory.
const (
	heapGrowth  = 50       // percent
	heapReserve = 64 << 20 // bytes
)

// paceHeap collects garbage by these rules until stop is called. A GOGC of the
// user's stands.
func (a *app) paceHeap() (stop func()) {
	if a.Getenv("GOGC") != "" {
		return func() {}
	}
	reserve := make([]byte, heapReserve)
	before := debug.SetGCPercent(heapGrowth)
	return func() {
		debug.SetGCPercent(before)
		runtime.KeepAlive(reserve)
	}
}
