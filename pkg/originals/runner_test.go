package originals_test

import (
	"bytes"
	"sync"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/originals"
	"github.com/aecheck/aecheck/pkg/scan"
)

// made is the runner of all tests: its model is read once.
var made = sync.OnceValues(func() (*extract.Runner, error) {
	r, _, err := scan.NewRunner(scan.RunnerOptions{Limits: extract.DefaultLimits(), NoOCR: true, Facts: append(originals.Facts(), originals.QueryFacts()...)})
	return r, err
})

func runner(t testing.TB) *extract.Runner {
	t.Helper()
	r, err := made()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var request = extract.Request{Facts: originals.QueryFacts(), Hash: true, Threads: 1}

type closing struct{ *bytes.Reader }

func (closing) Close() error { return nil }

// source is a file in memory.
func source(data []byte) extract.Source {
	return extract.Source{Open: func() (extract.ReadCloser, int64, error) {
		return closing{bytes.NewReader(data)}, int64(len(data)), nil
	}}
}
