package cputime

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// machine is a process whose CPU time the test says.
type machine struct {
	rate  float64 // cores it gets
	from  time.Time
	blind bool // the system does not tell
}

func (m *machine) process() (time.Duration, bool) {
	return time.Duration(m.rate * float64(time.Since(m.from))), !m.blind
}

// TestMeter: what a limit means in wall time, by what the process gets.
func TestMeter(t *testing.T) {
	const limit = 10 * time.Second
	for _, tt := range []struct {
		name   string
		rate   float64
		blind  bool
		pieces int
		want   time.Duration
	}{
		{"a core", 1, false, 1, 10 * time.Second},
		{"two cores for two pieces", 2, false, 2, 10 * time.Second},
		{"two cores for one", 2, false, 1, 5 * time.Second},
		{"a tenth of a core: a loaded machine", 0.1, false, 1, 100 * time.Second},
		{"nothing: a folder that does not answer", 0, false, 1, 10 * time.Second},
		{"a system that does not tell", 0.1, true, 2, 10 * time.Second},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := MeterOf((&machine{tt.rate, time.Now(), tt.blind}).process)
				began := time.Now()
				var last context.Context
				for range tt.pieces {
					work, stop := m.Start(context.Background(), limit)
					defer stop()
					last = work
				}
				<-last.Done()
				if used := Used(last); used < limit || used > limit+2*tick {
					t.Errorf("used %v of %v", used, limit)
				}
				if took := time.Since(began); took < tt.want-tick || took > tt.want+2*tick {
					t.Errorf("ended after %v, want %v", took, tt.want)
				}
				if !errors.Is(last.Err(), context.DeadlineExceeded) {
					t.Errorf("ended with %v", last.Err())
				}
			})
		})
	}
}

// TestPause: what a piece waits for is not counted, and is paid by those that
// work meanwhile.
func TestPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := MeterOf((&machine{1, time.Now(), false}).process)
		work, stop := m.Start(context.Background(), 2*time.Second)
		defer stop()
		inner, cancel := context.WithCancel(work) // contexts made of it count too
		defer cancel()
		resume, again := Pause(inner), Pause(inner)
		time.Sleep(time.Hour)
		resume()
		resume() // twice is once
		time.Sleep(time.Hour)
		again()
		if work.Err() != nil {
			t.Fatal("the wait was counted")
		}
		began := time.Now()
		<-inner.Done()
		if took := time.Since(began); took < 2*time.Second-tick || took > 2*time.Second+2*tick {
			t.Errorf("ended after %v of work", took)
		}
	})
}

func TestAfter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := MeterOf((&machine{0.5, time.Now(), false}).process)
		work, stop := m.Start(context.Background(), time.Second)
		defer stop()
		for _, tt := range []struct {
			name string
			ctx  context.Context
			want time.Duration
		}{{"work", work, 6 * time.Second}, {"no meter", context.Background(), 3 * time.Second}} {
			began := time.Now()
			<-After(tt.ctx, 3*time.Second)
			if took := time.Since(began); took < tt.want-tick || took > tt.want+2*tick {
				t.Errorf("%s: rang after %v, want %v", tt.name, took, tt.want)
			}
		}
	})
}

func TestParentEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		parent, cancel := context.WithCancel(context.WithValue(context.Background(), pieceKey{}, nil))
		work, stop := NewMeter().Start(parent, time.Hour)
		cancel()
		<-work.Done()
		if !errors.Is(work.Err(), context.Canceled) {
			t.Errorf("ended with %v", work.Err())
		}
		stop()
	})
}

// TestProcess: the system tells, and work shows.
func TestProcess(t *testing.T) {
	before, known := process()
	if !known {
		t.Skip("this system does not tell")
	}
	for n := 0; ; n++ {
		if now, _ := process(); now > before {
			return
		}
		if n > 1e9 {
			t.Fatal("the CPU time does not move")
		}
	}
}
