package cli

import (
	"runtime/debug"
	"testing"
)

func TestPaceHeap(t *testing.T) {
	before := debug.SetGCPercent(77)
	defer debug.SetGCPercent(before)
	percent := func() int {
		p := debug.SetGCPercent(100)
		debug.SetGCPercent(p)
		return p
	}
	a := &app{Env: Env{Getenv: func(string) string { return "" }}}
	stop := a.paceHeap()
	if p := percent(); p != heapGrowth {
		t.Errorf("%d %%, want %d", p, heapGrowth)
	}
	stop()
	if p := percent(); p != 77 {
		t.Errorf("%d %% left behind, it was 77", p)
	}
	a.Getenv = func(string) string { return "100" }
	a.paceHeap()()
	if p := percent(); p != 77 {
		t.Errorf("%d %% although the user has set GOGC", p)
	}
}
