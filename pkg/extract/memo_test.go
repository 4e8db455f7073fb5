package extract

import (
	"sync"
	"testing"
)

func TestMemoIsMadeOnce(t *testing.T) {
	in := NewInput("jpeg", 0, nil, nil, nil)
	type inner struct{}
	type outer struct{}
	made := 0
	read := func() int {
		return in.Memo(outer{}, func() any {
			made++
			// One memo may rest on another.
			return 1 + in.Memo(inner{}, func() any { return 41 }).(int)
		}).(int)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if got := read(); got != 42 {
				t.Errorf("got %d", got)
			}
		})
	}
	wg.Wait()
	if made != 1 {
		t.Errorf("made %d times", made)
	}
}
