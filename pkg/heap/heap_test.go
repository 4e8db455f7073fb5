package heap

import (
	"runtime/debug"
	"testing"
)

func percent() int {
	p := debug.SetGCPercent(100)
	debug.SetGCPercent(p)
	return p
}

func limit() int64 { return debug.SetMemoryLimit(-1) }

// TestPace: what Pace sets, Stop sets back.
func TestPace(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(77))
	before := limit()
	h := Pace(Default, false)
	if percent() != growth {
		t.Errorf("%d %%, want %d", percent(), growth)
	}
	all := limit()
	if want := int64(Default - fixed + reserve); all != want {
		t.Errorf("limit %d, want %d", all, want)
	}
	h.Outside(40 << 20)
	if got := all - limit(); got != 40<<20 {
		t.Errorf("with 40 MiB elsewhere the heap has %d bytes less", got)
	}
	h.Outside(-40 << 20)
	if h.Files(6000); limit() != all {
		t.Errorf("6,000 files move the limit by %d", limit()-all)
	}
	h.Files(20_000)
	if got := limit() - all; got != 20_000*record-spare {
		t.Errorf("for 20,000 files there are %d bytes more", got)
	}
	h.Files(0)
	if limit() != all {
		t.Errorf("limit %d after all was given back", limit())
	}
	h.Outside(4 << 30)
	if limit() <= reserve {
		t.Errorf("nothing left: %d", limit())
	}
	h.Stop()
	h.Stop()
	h.Outside(-4 << 30)
	if percent() != 77 || limit() != before {
		t.Errorf("left behind %d %%, limit %d", percent(), limit())
	}
	h = Pace(Default, true)
	defer h.Stop()
	if percent() != 77 {
		t.Errorf("%d %% although the user has set GOGC", percent())
	}
}

// TestPressure: whoever keeps something is told once memory becomes scarce, each
// time it does.
func TestPressure(t *testing.T) {
	h := Pace(Default, false)
	defer h.Stop()
	told := 0
	h.OnPressure(func() { told++ })
	for i, step := range []struct {
		bytes int64
		told  int
	}{{pressure, 0}, {1, 1}, {1 << 20, 1}, {-2 << 20, 1}, {2 << 20, 2}, {-pressure, 2}} {
		if h.Outside(step.bytes); told != step.told {
			t.Errorf("step %d: told %d times, want %d", i, told, step.told)
		}
	}
	(*Heap)(nil).Outside(1 << 30) // nobody to tell
}

// TestAllowed: GOMEMLIMIT, as the runtime has it, lowers what may be taken.
func TestAllowed(t *testing.T) {
	defer debug.SetMemoryLimit(limit())
	for set, want := range map[int64]int64{4 << 30: Default, 300 << 20: 300 << 20, 1 << 20: Least} {
		debug.SetMemoryLimit(set)
		if got := Allowed(); got != want {
			t.Errorf("GOMEMLIMIT %d: %d bytes, want %d", set, got, want)
		}
	}
}
