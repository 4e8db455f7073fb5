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
}

// Progress is one line on stderr that is redrawn in place and wiped at the
// end. Its methods may be called from several goroutines. A nil *Progress
// shows nothing.
type Progress struct {
	w     io.Writer
	width int
	now   func() time.Time

	mu    sync.Mutex
	drawn time.Time
	shown bool
}

// NewProgress returns a progress line on w, or nil where it would disturb: w
// is no terminal, a CI runs us, or the user switched it off.
func NewProgress(w io.Writer, o ProgressOptions) *Progress {
	if o.Off || o.Getenv("CI") != "" || o.Getenv("TERM") == "dumb" || !IsTerminal(w) || !enableEscapes(w) {
		return nil
	}
	return newProgress(w, Width(w, o.Getenv), o.Now)
}

func newProgress(w io.Writer, width int, now func() time.Time) *Progress {
	if now == nil {
		now = time.Now
	}
	return &Progress{w: w, width: width, now: now}
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
	if p.shown && now.Sub(p.drawn) < progressInterval {
		return
	}
	var r Ruler
	head := fmt.Sprintf("%d/%d  ", done, total)
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
