// Package scan runs the whole way for one or many cases, in four stages that a
// caller can enter, leave after, or run again: Find (folders → material), Read
// (material → facts), Judge (facts → findings) and Report. It knows no rule and
// no format; it bounds the work, keeps the order independent of timing, and turns
// trouble with one file into a finding about that file.
//
// It may import pkg/casefile, pkg/checklist, pkg/checks, pkg/compare,
// pkg/config, pkg/confirm, pkg/contacts, pkg/cputime, pkg/derive, pkg/extract,
// pkg/extract/file, pkg/extract/paper, pkg/extract/picture, pkg/facts,
// pkg/heap, pkg/i18n, pkg/lang, pkg/material, pkg/ocr, pkg/prefill, pkg/profile,
// pkg/rules, pkg/schedule, pkg/shard, pkg/suppress and pkg/verdict.
package scan

import (
	"context"
	"errors"
	"runtime"
	"time"

	"github.com/aecheck/aecheck/pkg/cputime"
	"github.com/aecheck/aecheck/pkg/derive"
	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/extract/file/c2pa"
	"github.com/aecheck/aecheck/pkg/heap"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/profile"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/schedule"
)

// Session judges folders by a set of rules. What is dear to make (models, the
// PDF renderer, the cache) belongs to it and serves every run; what a run finds
// depends on none of those before it. It is safe for concurrent use.
type Session struct {
	rules    *rules.Set
	derive   *derive.Config
	calendar schedule.Rules
	options  SessionOptions
	runner   *extract.Runner
	close    func() error
}

// SessionOptions are what all runs of a session share.
type SessionOptions struct {
	Limits extract.Limits // of one file; without MaxBytes the default ones
	Cache  *extract.Cache // nil for none
	NoOCR  bool           // read no text in pictures
	// Trust are the lists C2PA signers are looked for in; nil for the built-in ones.
	Trust *c2pa.Trust
	// CodeDir keeps the PDF renderer's compiled code; empty for no such place.
	CodeDir string
	Heap    *heap.Heap // told of memory outside of Go's heap; nil for none
	// Verify reads every file whole, where otherwise one that is as the file system had
	// it at an earlier run, with a cache, is taken to have the content it had then.
	Verify bool
	// Profile is told where the time goes; nil for nobody.
	Profile *profile.Profile
	Jobs    int // files worked on at the same time; 0 for one a core
	// Keep keeps with what Read returns what it takes to read the same case
	// again with the files that changed alone: some 50 kB a picture.
	Keep bool
}

// NewSession returns a session. The error is about what rules.yaml says to
// pkg/derive and pkg/schedule, or that something built into the program is
// broken.
func NewSession(set *rules.Set, o SessionOptions) (*Session, error) {
	d, err := derive.NewConfig(set)
	if err != nil {
		return nil, err
	}
	calendar, err := calendarOf(set)
	if err != nil {
		return nil, err
	}
	if o.Limits.MaxBytes == 0 {
		outside := o.Limits.Outside
		o.Limits = extract.DefaultLimits()
		o.Limits.Outside = outside
	}
	if o.Jobs < 1 {
		o.Jobs = runtime.NumCPU()
	}
	runner, done, err := NewRunner(RunnerOptions{Limits: o.Limits, Cache: o.Cache, NoOCR: o.NoOCR, Trust: o.Trust, CodeDir: o.CodeDir, Heap: o.Heap})
	if err != nil {
		return nil, err
	}
	return &Session{rules: set, derive: d, calendar: calendar, options: o, runner: runner, close: done}, nil
}

// Close frees what the session holds. Nothing may be running.
func (s *Session) Close() error { return s.close() }

// Options of one run through all stages.
type Options struct {
	FindOptions
	ReadOptions
	JudgeOptions
	Version string // of the program, for the report
	// Look is shown what was found before any of it is read; an error of it ends the
	// run. May be nil.
	Look func(*Found) error
	// Also are further languages to report in: judging again what was read is quick.
	Also []lang.Lang
	// Timeout is how much processor time reading all files and comparing them may
	// take; 0 for TimeoutFor. What is not read by then says so.
	Timeout time.Duration
}

// TimeoutFor is the processor time that a run over so many files may take: a picture
// with text takes some two seconds, a letter three, on a slow machine three times as
// much.
func TimeoutFor(files int) time.Duration {
	return 10*time.Minute + time.Duration(files)*30*time.Second
}

// errTime ends the reading of a run that has used up its time.
var errTime = errors.New("the processor time of the run is used up")

// Run finds, reads, judges and reports. A nil result means nothing could be done
// (a path that is not there); a result beside an error is complete but for what
// the error names (case files that are invalid). A cancelled context ends the run
// early with a report marked interrupted.
func (s *Session) Run(ctx context.Context, o Options) (*Result, error) {
	end := s.options.Profile.Stage("find")
	found, err := s.Find(ctx, o.FindOptions)
	end()
	if found == nil {
		return nil, err
	}
	if o.Look != nil {
		if err := o.Look(found); err != nil {
			return nil, err
		}
	}
	end = s.options.Profile.Stage("read")
	known := s.ReadInTime(ctx, found, o)
	end()
	defer s.options.Profile.Stage("judge")()
	result, judgeErr := s.Conclude(ctx, known, o)
	if judgeErr != nil {
		return nil, judgeErr
	}
	return result, err
}

// Conclude judges and reports what was read, in all languages asked for. The error is
// that of Judge.
func (s *Session) Conclude(ctx context.Context, known *Known, o Options) (*Result, error) {
	judged, err := s.Judge(ctx, known, o.JudgeOptions)
	if err != nil {
		return nil, err
	}
	result := s.Report(judged, o.Version)
	for _, l := range o.Also {
		again := o.JudgeOptions
		again.Lang = l
		if judged, err = s.Judge(ctx, known, again); err != nil {
			return nil, err
		}
		result.Also = append(result.Also, s.Report(judged, o.Version).Report)
	}
	return result, nil
}

// ReadInTime reads until the time of the run is used up.
func (s *Session) ReadInTime(ctx context.Context, found *Found, o Options) *Known {
	limit := o.Timeout
	if limit <= 0 {
		files := 0
		for _, c := range found.Cases {
			files += len(c.Assets)
		}
		limit = TimeoutFor(files)
	}
	work, stop := cputime.NewMeter().Start(ctx, limit)
	defer stop()
	reading, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer context.AfterFunc(work, func() { cancel(errTime) })()
	return s.Read(reading, found, o.ReadOptions)
}
