package onnx

import (
	"context"
	"testing"
)

// TestMemory: models that share memory take the arena that fits best, keep no more of
// them than they should, and let go of all.
func TestMemory(t *testing.T) {
	var mem Memory
	take := func(n int) *run {
		r := mem.acquire(n)
		if cap(r.arena) < n {
			r.arena = make([]float32, n)
		}
		return r
	}
	small, large, third := take(10), take(100), take(50)
	for _, r := range []*run{large, small, third} {
		mem.release(r)
	}
	if len(mem.idle) != maxIdle || mem.idle[0] != small || mem.idle[1] != large {
		t.Fatalf("kept %v", mem.idle)
	}
	if r := mem.acquire(20); r != large {
		t.Error("not the one that is large enough")
	}
	if r := mem.acquire(20); r != small {
		t.Error("not the one that is there")
	}
	mem.release(small)
	mem.Rest()
	if len(mem.idle) > 0 {
		t.Error("something is kept")
	}
}

// TestSharedMemory: two models that use the same memory in turn give what they give
// without.
func TestSharedMemory(t *testing.T) {
	var mem Memory
	for _, file := range []string{detector, recognizer} {
		alone, err := Load(modelBytes(t, file))
		if err != nil {
			t.Fatal(err)
		}
		shared, err := mem.Load(modelBytes(t, file))
		if err != nil {
			t.Fatal(err)
		}
		in := Tensor{Shape: []int{1, 3, 96, 64}}
		if file == recognizer {
			in.Shape = []int{1, 3, 48, 100}
		}
		in.Data = noise(in.Shape)
		want, err := alone.Run(context.Background(), in, Options{Threads: 1})
		if err != nil {
			t.Fatal(err)
		}
		got, err := shared.Run(context.Background(), in, Options{Threads: 1})
		if err != nil {
			t.Fatal(err)
		}
		for i, v := range want.Data {
			if got.Data[i] != v {
				t.Fatalf("%s: %v at %d, want %v", file, got.Data[i], i, v)
			}
		}
	}
	if len(mem.idle) != 1 {
		t.Errorf("%d arenas for one run at a time", len(mem.idle))
	}
}
