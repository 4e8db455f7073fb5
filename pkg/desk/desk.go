// Package desk is a folder being worked on: scanned once, watched, and changed by what
// a person decides about it. What is known of a file is kept, so that only what changes
// is read again; every decision is written to case.yaml by the ways that commands
// take, and can be taken back.
//
// It may import pkg/casefile, pkg/confirm, pkg/facts, pkg/lang, pkg/material,
// pkg/prefill, pkg/scan and pkg/verdict.
package desk

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/confirm"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/prefill"
	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Errors of decisions.
var (
	// ErrGone says that what was decided about is not there any more: the folder was
	// judged again in the meantime.
	ErrGone = errors.New("not there any more")
	// ErrNoCase says that the folder is no case: there is nothing to write to.
	ErrNoCase = errors.New("no case to write to")
	// ErrPacked says that the case lies in a zip file.
	ErrPacked = errors.New("the case lies in a zip file")
	// ErrNothing says that there is no decision to take back.
	ErrNothing = errors.New("nothing to take back")
)

// Options of a desk.
type Options struct {
	Scan scan.Options
	// Clock is the time that is judged by.
	Clock func() time.Time
	// Quick reads what is read quickly, so that there is something to look at before all
	// is; nil for no such look.
	Quick *scan.Session
}

// Desk is a folder being worked on. It is safe for concurrent use.
type Desk struct {
	session *scan.Session
	options Options

	working sync.Mutex // held while the folder is judged or case.yaml is written
	known   *scan.Known
	undo    []change

	mu       sync.Mutex // guards what follows
	state    *State
	watchers map[chan struct{}]bool
}

// State is the folder as it was judged last. Nobody changes it.
type State struct {
	Version int
	Result  *scan.Result
	// Offers are what the notice of each case says of keys that its case.yaml lacks.
	Offers [][]prefill.Offer
	// Partial says that text is still to be read: what could not be checked yet is no
	// question to anybody.
	Partial bool
	// MayUndo says that a decision can be taken back.
	MayUndo bool

	// Read is what papers were found to say, by path below the scanned root.
	Read map[string][]facts.DocFound

	shown  string                     // digest of what can be seen of it
	assets map[string]*material.Asset // by path below the scanned root
	cases  []*material.Case
}

// change is a decision that was written.
type change struct {
	dir, name     string
	before, after []byte
}

// Open judges a folder for the first time, quickly where that is asked for; Refresh is
// to follow then. The session keeps what is known (see scan.SessionOptions.Keep) and is
// the caller's to close, after the desk was left.
func Open(ctx context.Context, s *scan.Session, o Options) (*Desk, error) {
	o.Scan.Previews, o.Scan.Whole = true, true
	d := &Desk{session: s, options: o, watchers: map[chan struct{}]bool{}}
	d.working.Lock()
	defer d.working.Unlock()
	if o.Quick != nil {
		return d, d.judgeBy(ctx, o.Quick)
	}
	return d, d.judge(ctx)
}

// State is the folder as it was judged last.
func (d *Desk) State() *State {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.state
}

// Refresh judges the folder again: what changed is read, the rest is known.
func (d *Desk) Refresh(ctx context.Context) error {
	d.working.Lock()
	defer d.working.Unlock()
	return d.judge(ctx)
}

// judge finds, reads and judges; d.working is held.
func (d *Desk) judge(ctx context.Context) error { return d.judgeBy(ctx, d.session) }

func (d *Desk) judgeBy(ctx context.Context, session *scan.Session) error {
	o := d.options.Scan
	o.Now = d.options.Clock()
	found, err := session.Find(ctx, o.FindOptions)
	if found == nil {
		return err
	}
	if session == d.session {
		o.Before = d.known
	}
	known := session.Read(ctx, found, o.ReadOptions)
	views, err := session.Views(known, o.Now)
	if err != nil {
		return err
	}
	judged, err := session.Judge(ctx, known, o.JudgeOptions)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	partial := session != d.session
	if !partial {
		d.known = known
	}
	next := &State{Version: 1, Partial: partial, Result: session.Report(judged, o.Version), MayUndo: len(d.undo) > 0, Read: map[string][]facts.DocFound{}, assets: map[string]*material.Asset{}}
	for i, c := range found.Cases {
		if c.Untouched() {
			continue
		}
		next.cases = append(next.cases, c)
		next.Offers = append(next.Offers, offersOf(views[i]))
		for k, a := range c.Assets {
			next.assets[path.Join(c.Path, a.Path)] = a
			if f := views[i].Assets[k].Facts; f != nil && len(f.Document.Found) > 0 {
				next.Read[path.Join(c.Path, a.Path)] = f.Document.Found
			}
		}
	}
	next.shown = shownOf(next)
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.state != nil {
		next.Version = d.state.Version + 1
		if d.state.shown == next.shown { // nothing that anybody could see
			next.Version = d.state.Version
			d.state = next
			return nil
		}
	}
	d.state = next
	for w := range d.watchers {
		select {
		case w <- struct{}{}:
		default: // it has not looked at the one before
		}
	}
	return nil
}

// shownOf is a digest of what a person sees of a state, but for the time.
func shownOf(s *State) string {
	h := sha256.New()
	r := s.Result.Report
	fmt.Fprintln(h, r.Lang, s.Partial, s.MayUndo, s.Offers)
	for i := range r.Cases {
		c := &r.Cases[i]
		fmt.Fprintln(h, c.Path, c.ID, c.Checklist)
		for k := range c.Assets {
			fmt.Fprintln(h, c.Assets[k].Path, c.Assets[k].Kind, c.Assets[k].Slot, c.Assets[k].SHA256)
		}
		for k := range c.Findings {
			f := &c.Findings[k]
			fmt.Fprintln(h, f.Fingerprint, f.Outcome, f.Cause, f.Suppressed != nil)
			for _, e := range f.Evidence {
				if !strings.HasPrefix(e.Fact, "clock.") {
					fmt.Fprintln(h, e.Fact, e.Observed, e.Quote)
				}
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// offersOf is what the notices of a case say surely of keys that case.yaml lacks.
func offersOf(v *facts.Case) []prefill.Offer {
	var out []prefill.Offer
	for _, a := range v.Filled(facts.KindNotice) {
		if a.Facts == nil {
			continue
		}
		for _, o := range prefill.FromNotice(&a.Facts.Document) {
			if !o.List && !v.File.Has(o.Key) && !slices.ContainsFunc(out, func(have prefill.Offer) bool { return have.Key == o.Key }) {
				out = append(out, o)
			}
		}
	}
	return out
}

// Changes tells whenever the folder was judged again, until leave is called.
func (d *Desk) Changes() (changed <-chan struct{}, leave func()) {
	w := make(chan struct{}, 1)
	d.mu.Lock()
	d.watchers[w] = true
	d.mu.Unlock()
	return w, func() {
		d.mu.Lock()
		delete(d.watchers, w)
		d.mu.Unlock()
	}
}

// Asset is a file of the folder by its path in the report.
func (s *State) Asset(path string) (*material.Asset, bool) {
	a, ok := s.assets[path]
	return a, ok
}

// find is a finding that a person may decide about.
func (s *State) find(fingerprint string) (int, *verdict.Finding, error) {
	for i := range s.Result.Report.Cases {
		list := s.Result.Report.Cases[i].Findings
		for k := range list {
			if f := &list[k]; f.Fingerprint == fingerprint && f.Suppressed == nil {
				return i, f, nil
			}
		}
	}
	return 0, nil, ErrGone
}

// folder is where decisions about a case are written.
func (s *State) folder(i int) (dir, name string, err error) {
	if i < 0 || i >= len(s.Result.Cases) {
		return "", "", ErrGone
	}
	c := s.Result.Cases[i]
	switch {
	case c.Packed:
		return "", "", ErrPacked
	case c.Listing:
		return "", "", ErrNoCase
	}
	return c.Dir, cmp.Or(c.FileName, "case.yaml"), nil
}

// Decide clears a review, or overrules a fail: a person has looked. by and, for a fail,
// note are wanted.
func (d *Desk) Decide(ctx context.Context, fingerprint, by, note string) error {
	d.working.Lock()
	defer d.working.Unlock()
	s := d.State()
	i, f, err := s.find(fingerprint)
	if err != nil {
		return err
	}
	one := []verdict.Finding{*f}
	if len(confirm.Open(one)) == 0 && len(confirm.Overrulable(one)) == 0 {
		return ErrGone
	}
	dir, name, err := s.folder(i)
	if err != nil {
		return err
	}
	k := confirm.Confirmation(f, s.Result.Cases[i].Subject.Subject, by, d.options.Clock().In(lang.Beijing()).Truncate(time.Minute), note)
	return d.write(ctx, dir, name, func(old []byte) ([]byte, error) { return casefile.Add(name, old, []casefile.Confirmation{k}) })
}

// Place says what kind of material a file is, and its slot where it has one.
func (d *Desk) Place(ctx context.Context, asset, kind, slot string) error {
	d.working.Lock()
	defer d.working.Unlock()
	s := d.State()
	i := slices.IndexFunc(s.cases, func(c *material.Case) bool {
		return slices.ContainsFunc(c.Assets, func(a *material.Asset) bool { return path.Join(c.Path, a.Path) == asset })
	})
	if i < 0 {
		return ErrGone
	}
	dir, name, err := s.folder(i)
	if err != nil {
		return err
	}
	file := asset
	if p := s.cases[i].Path; p != "." {
		file = strings.TrimPrefix(asset, p+"/")
	}
	return d.write(ctx, dir, name, func(old []byte) ([]byte, error) {
		return casefile.Place(name, old, []casefile.Placing{{File: file, Kind: kind, Slot: slot}})
	})
}

// Fill writes values that a person typed, or took over from the notice, into keys of a
// case that have none. The error is that of a case.yaml that says so.
func (d *Desk) Fill(ctx context.Context, kase int, values []casefile.Value) error {
	d.working.Lock()
	defer d.working.Unlock()
	dir, name, err := d.State().folder(kase)
	if err != nil {
		return err
	}
	return d.write(ctx, dir, name, func(old []byte) ([]byte, error) {
		out, _, err := casefile.Fill(name, old, values)
		return out, err
	})
}

// write changes case.yaml and judges again; d.working is held.
func (d *Desk) write(ctx context.Context, dir, name string, do func([]byte) ([]byte, error)) error {
	before, after, err := casefile.Change(dir, name, do)
	if err != nil {
		return err
	}
	if !bytes.Equal(before, after) {
		d.undo = append(d.undo, change{dir, name, before, after})
	}
	return d.judge(ctx)
}

// Undo takes back the last decision, where nobody has changed case.yaml since.
func (d *Desk) Undo(ctx context.Context) error {
	d.working.Lock()
	defer d.working.Unlock()
	if len(d.undo) == 0 {
		return ErrNothing
	}
	last := d.undo[len(d.undo)-1]
	if err := casefile.Write(last.dir, last.name, last.after, last.before); err != nil {
		return err
	}
	d.undo = d.undo[:len(d.undo)-1]
	return d.judge(ctx)
}

// Speak changes the language of what is told of the folder.
func (d *Desk) Speak(ctx context.Context, l lang.Lang) error {
	d.working.Lock()
	defer d.working.Unlock()
	d.options.Scan.Lang = l
	return d.judge(ctx)
}
