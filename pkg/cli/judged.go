package cli

import (
	"context"
	"time"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/scan"
)

// judged is what a command that goes on from judged folders has in hand: the cases
// as found, as known and as told, in one order.
type judged struct {
	set     *rules.Set
	session *scan.Session
	found   *scan.Found
	known   *scan.Known
	views   []*facts.Case
	result  *scan.Result
	opt     scan.Options
	done    func()
}

// now is the time that was judged by.
func (j *judged) now() time.Time { return j.opt.Now }

// close frees what judging took.
func (j *judged) close() { j.done() }

// judge scans folders for a command that makes something of the result. The error
// beside a result joins those of case files that are invalid; the caller closes what
// is not nil.
func (a *app) judge(ctx context.Context, paths []string, f scanFlags) (*judged, error) {
	set, err := a.loadRules()
	if err != nil {
		return nil, err
	}
	if !f.part { // a case is wanted
		if err := a.forAppeals(set); err != nil {
			return nil, err
		}
	}
	opt, _, err := a.scanOptions(set, paths, f)
	if err != nil {
		return nil, err
	}
	opt.Whole = !f.part // what is handed in, or explained, is the case
	paced := a.paceHeap()
	s, _, err := a.session(set, f, paced)
	if err != nil {
		paced.Stop()
		return nil, err
	}
	done := func() { _ = s.Close(); paced.Stop() } // closing only frees memory
	found, invalid := s.Find(ctx, opt.FindOptions)
	if found == nil {
		done()
		return nil, invalid
	}
	known := s.Read(ctx, found, opt.ReadOptions)
	views, err := s.Views(known, opt.Now)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		done()
		return nil, err
	}
	told, err := s.Judge(ctx, known, opt.JudgeOptions)
	if err != nil {
		done()
		return nil, err
	}
	return &judged{set: set, session: s, found: found, known: known, views: views, result: s.Report(told, opt.Version), opt: opt, done: done}, invalid
}
