package extract

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aecheck/aecheck/pkg/facts"
)

// sized is an extractor that says what it takes; it may run for several assets.
type sized struct {
	name  string
	bytes int64
	do    func(in *Input) error
}

func (s sized) Name() string        { return s.name }
func (s sized) Provides() []string  { return []string{s.name} }
func (s sized) Accepts(string) bool { return true }
func (s sized) Detail() int         { return 0 }
func (s sized) Memory(*Input) int64 { return s.bytes }
func (s sized) Extract(_ context.Context, in *Input, out *facts.Set) error {
	out.SetStatus(s.name, facts.Status{State: facts.Present})
	return s.do(in)
}

// held counts what assets under way hold together.
type held struct {
	mu        sync.Mutex
	now, most int64
}

func (h *held) add(n int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now += n
	h.most = max(h.most, h.now)
}

func runs(t *testing.T, r *Runner, n int) []*facts.Set {
	out := make([]*facts.Set, n)
	var g sync.WaitGroup
	for i := range n {
		g.Go(func() {
			set, err := r.Run(context.Background(), source("only text"), Request{})
			if err != nil {
				t.Error(err)
			}
			out[i] = set
		})
	}
	g.Wait()
	return out
}

// TestMemoryIsShared: assets under way take no more together than there is, and as
// many go at the same time as there is room for.
func TestMemoryIsShared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const each, room = 100 << 20, 250 << 20
		limits := DefaultLimits()
		limits.Memory = room
		var h held
		e := sized{"exif", each, func(*Input) error {
			h.add(each)
			defer h.add(-each)
			time.Sleep(time.Second)
			return nil
		}}
		runs(t, NewRunner([]Extractor{e}, limits, nil), 20)
		if h.most != 2*each {
			t.Errorf("%d bytes at a time, want %d", h.most, 2*each)
		}
	})
}

// TestMemoryAlone: what asks for more runs once more, when nothing else does; what
// ran beside it does not.
func TestMemoryAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		limits := DefaultLimits()
		limits.Memory = 300
		var under, alone, other held
		large := sized{"exif", 90, // and the file itself
			func(in *Input) error {
				under.add(1)
				defer under.add(-1)
				time.Sleep(time.Second)
				if !in.Alone() {
					return errors.Join(errors.New("page 3"), ErrMemory)
				}
				alone.add(1)
				if under.now != 1 {
					t.Errorf("%d at work beside one that is alone", under.now-1)
				}
				return nil
			}}
		small := sized{"meta", 10, func(*Input) error { other.add(1); return nil }}
		for _, set := range runs(t, NewRunner([]Extractor{large, small}, limits, nil), 6) {
			for _, group := range []string{"exif", "meta"} {
				if st := set.Status(group); st.State != facts.Present {
					t.Errorf("%s is %+v", group, st)
				}
			}
		}
		if under.most != 3 || alone.now != 6 || other.now != 6 {
			t.Errorf("%d at a time, %d alone, %d of the small one; want 3, 6, 6", under.most, alone.now, other.now)
		}
	})
}

// TestMemoryIsNotEnough: a file that needs more than there is says so in words that
// help.
func TestMemoryIsNotEnough(t *testing.T) {
	e := sized{"exif", 10, func(*Input) error { return ErrMemory }}
	set := runs(t, NewRunner([]Extractor{e}, DefaultLimits(), nil), 1)[0]
	st := set.Status("exif")
	if st.State != facts.Failed || !strings.Contains(st.Why.EN, "save it anew") || !strings.Contains(st.Why.ZH, "另存") {
		t.Errorf("%+v", st)
	}
}

// TestThreadsFollowMemory: who has all the memory has all the cores as well.
func TestThreadsFollowMemory(t *testing.T) {
	limits := DefaultLimits()
	limits.Memory = 300
	for bytes, want := range map[int64]int{0: 1, 10: 1, 100: 2, 140: 3, 1000: 8} {
		got := 0
		e := sized{"exif", bytes, func(in *Input) error { got = in.Threads; return nil }}
		if _, err := NewRunner([]Extractor{e}, limits, nil).Run(context.Background(), source("text"), Request{Threads: 1, Cores: 8}); err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("%d of %d bytes: %d of 8 threads, want %d", bytes, limits.Memory, got, want)
		}
	}
}
