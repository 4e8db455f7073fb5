package terminal

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
)

// progressInterval is how often the line is redrawn at most: often enough to
// look alive, rarely enough to cost nothing over a slow connection.
const progressInterval = 100 * time.Millisecond

// ProgressOptions decide whether progress is shown.
type ProgressOptions struct {
	Off    bool                // --no-progress or --quiet
	Getenv func(string) string // CI set: off
	Now    func() time.Time    // nil: time.Now
	Say    func(Pace) string   // how far it is in words; nil: numbers alone
}

// Pace is how far something is, and how fast it goes.
type Pace struct {
	Done, Total int
	PerSecond   float64       // 0 where it is too early to tell
	Left        time.Duration // until all is done at this pace, 0 where it is too early to tell
}

// tellAfter is how long things must have gone on for their pace to mean anything.
const tellAfter = 2 * time.Second

// Progress is one line on stderr that is redrawn in place and wiped at the
// end. Its methods may be called from several goroutines. A nil *Progress
// shows nothing.
type Progress struct {
	w     io.Writer
	width int
	now   func() time.Time
	say   func(Pace) string

	mu    sync.Mutex
	began time.Time
	drawn time.Time
	shown bool
}

// NewProgress returns a progress line on w, or nil where it would disturb: w
// is no terminal, a CI runs us, or the user switched it off.
func NewProgress(w io.Writer, o ProgressOptions) *Progress {
	if o.Off || o.Getenv("CI") != "" || o.Getenv("TERM") == "dumb" || !IsTerminal(w) || !enableEscapes(w) {
		return nil
	}
	return newProgress(w, Width(w, o.Getenv), o)
}

func newProgress(w io.Writer, width int, o ProgressOptions) *Progress {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Say == nil {
		o.Say = func(p Pace) string { return fmt.Sprintf("%d/%d", p.Done, p.Total) }
	}
	return &Progress{w: w, width: width, now: o.Now, say: o.Say, began: o.Now()}
}

// Update shows done of total and what is being worked on (a seller's file
// name: it is cleaned here).
func (p *Progress) Update(done, total int, what string) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	if p.shown && done < total && now.Sub(p.drawn) < progressInterval {
		return
	}
	pace := Pace{Done: done, Total: total}
	if gone := now.Sub(p.began); gone >= tellAfter && done > 0 {
		pace.PerSecond = float64(done) / gone.Seconds()
		pace.Left = time.Duration(float64(gone) / float64(done) * float64(total-done))
	}
	if done == total {
		what = "" // the last file is read: it is not what takes the time now
	}
	var r Ruler
	head := r.Truncate(p.say(pace), p.width-1)
	if what != "" {
		head += "  "
	}
	// One column is left free: a full line makes some terminals scroll.
	what = r.TruncateMiddle(Clean(what), max(p.width-1-r.Columns(head), 0))
	fmt.Fprint(p.w, "\r"+head+what+"\x1b[K")
	p.drawn, p.shown = now, true
}

// Done wipes the line.
func (p *Progress) Done() {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shown {
		fmt.Fprint(p.w, "\r"+strings.Repeat(" ", p.width-1)+"\r")
		p.shown = false
	}
}
