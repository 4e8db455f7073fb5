// Package profile says where the time of a run went: by stage, and by extractor which
// files took how long.
//
// It may import pkg/cputime.
package profile

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"
	"sync"
	"time"

	"github.com/aecheck/aecheck/pkg/cputime"
)

// Profile collects times. A nil one collects none. It is safe for concurrent use.
type Profile struct {
	start time.Time
	cpu   time.Duration // of the process before

	mu     sync.Mutex
	stages []stage
	steps  map[string]*step
	files  map[string]time.Duration
	read   int
	known  int
}

type stage struct {
	Name    string  `json:"name"`
	Elapsed seconds `json:"elapsed_s"`
}

// step is what one kind of work took in all files together.
type step struct {
	Name        string  `json:"name"`
	Files       int     `json:"files"`
	Elapsed     seconds `json:"elapsed_s"`
	Share       float64 `json:"share"` // of the work in all files, 0 to 1
	Longest     seconds `json:"longest_s"`
	LongestFile string  `json:"longest_file"`
}

type file struct {
	Path    string  `json:"path"`
	Elapsed seconds `json:"elapsed_s"`
}

// seconds are written to the millisecond.
type seconds time.Duration

func (s seconds) MarshalJSON() ([]byte, error) {
	return json.Marshal(math.Round(time.Duration(s).Seconds()*1000) / 1000)
}

// slowest is how many files are named.
const slowest = 20

// New starts a profile.
func New() *Profile {
	used, _ := cputime.OfProcess()
	return &Profile{start: time.Now(), cpu: used, steps: map[string]*step{}, files: map[string]time.Duration{}}
}

// Stage starts a stage of the run; what it returns ends it.
func (p *Profile) Stage(name string) (end func()) {
	if p == nil {
		return func() {}
	}
	start := time.Now()
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.stages = append(p.stages, stage{name, seconds(time.Since(start))})
	}
}

// Step starts work of one kind in one file; what it returns ends it. It takes what the
// clock on the wall says.
func (p *Profile) Step(name, file string) (end func()) {
	if p == nil {
		return func() {}
	}
	start := time.Now()
	return func() { p.add(name, file, time.Since(start)) }
}

func (p *Profile) add(name, file string, took time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	st := p.steps[name]
	if st == nil {
		st = &step{Name: name}
		p.steps[name] = st
	}
	st.Files++
	st.Elapsed += seconds(took)
	if seconds(took) > st.Longest || st.LongestFile == "" {
		st.Longest, st.LongestFile = seconds(took), file
	}
	p.files[file] += took
}

// File counts a file that was read, or of which all was known from an earlier run.
func (p *Profile) File(known bool) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.read++
	if known {
		p.known++
	}
}

// JSON is the profile up to now. cores are those that the run could use.
func (p *Profile) JSON(cores int) ([]byte, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	elapsed := time.Since(p.start)
	out := struct {
		Elapsed    seconds `json:"elapsed_s"`
		CPU        seconds `json:"cpu_s"`
		Cores      int     `json:"cores"`
		Busy       float64 `json:"busy"` // part of the cores' time, 0 to 1
		Files      int     `json:"files"`
		Known      int     `json:"files_known"` // by the cache
		Stages     []stage `json:"stages"`
		Extractors []step  `json:"extractors"`
		Slowest    []file  `json:"slowest_files"`
	}{Elapsed: seconds(elapsed), Cores: cores, Files: p.read, Known: p.known, Stages: slices.Clone(p.stages), Extractors: []step{}, Slowest: []file{}}
	if used, ok := cputime.OfProcess(); ok && elapsed > 0 {
		out.CPU = seconds(used - p.cpu)
		out.Busy = part(used-p.cpu, elapsed*time.Duration(cores))
	}
	var sum seconds
	for _, st := range p.steps {
		sum += st.Elapsed
	}
	for _, st := range p.steps {
		one := *st
		one.Share = part(time.Duration(one.Elapsed), time.Duration(sum))
		out.Extractors = append(out.Extractors, one)
	}
	slices.SortFunc(out.Extractors, func(a, b step) int { return cmp.Or(cmp.Compare(b.Elapsed, a.Elapsed), cmp.Compare(a.Name, b.Name)) })
	for path, took := range p.files {
		out.Slowest = append(out.Slowest, file{path, seconds(took)})
	}
	slices.SortFunc(out.Slowest, func(a, b file) int { return cmp.Or(cmp.Compare(b.Elapsed, a.Elapsed), cmp.Compare(a.Path, b.Path)) })
	out.Slowest = out.Slowest[:min(len(out.Slowest), slowest)]
	data, err := json.MarshalIndent(out, "", "  ")
	return append(data, '\n'), err
}

// part is a of b to three places.
func part(a, b time.Duration) float64 {
	if b <= 0 {
		return 0
	}
	return math.Round(1000*float64(a)/float64(b)) / 1000
}
