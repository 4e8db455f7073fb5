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
	// Pace words how fast the work is, in files a second, and how long the rest may
	// take; nil says neither.
	Pace func(perSecond float64, left time.Duration) string
}

// Progress is one line on stderr that is redrawn in place and wiped at the
// end. Its methods may be called from several goroutines. A nil *Progress
// shows nothing.
type Progress struct {
	w     io.Writer
	width int
	now   func() time.Time
	pace  func(perSecond float64, left time.Duration) string
	start time.Time

	mu    sync.Mutex
	drawn time.Time
	stage string
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
	return &Progress{w: w, width: width, now: o.Now, pace: o.Pace, start: o.Now()}
}

// paced is what is known of the pace after a while; a guess from the first moments
// would only jump.
func (p *Progress) paced(now time.Time, done, total int) string {
	const while, few = 2 * time.Second, 2
	took := now.Sub(p.start)
	if p.pace == nil || took < while || done < few || done >= total {
		return ""
	}
	perSecond := float64(done) / took.Seconds()
	return p.pace(perSecond, time.Duration(float64(total-done)/perSecond*float64(time.Second))) + "  "
}

// Update shows the stage of the work, done of total, the pace and what is being worked
// on (a seller's file name: it is cleaned here). A new stage is shown at once.
func (p *Progress) Update(stage string, done, total int, what string) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	if p.shown && stage == p.stage && now.Sub(p.drawn) < progressInterval {
		return
	}
	var r Ruler
	short := strings.TrimLeft(fmt.Sprintf("%s %d/%d  ", stage, done, total), " ")
	head := short + p.paced(now, done, total)
	const name = 12 // columns, in which a file is still known by its end
	if r.Columns(head)+name > p.width {
		head = short
	}
	head = r.Truncate(head, p.width-1)
	// One column is left free: a full line makes some terminals scroll.
	what = r.TruncateMiddle(Clean(what), max(p.width-1-r.Columns(head), 0))
	fmt.Fprint(p.w, "\r"+head+what+"\x1b[K")
	p.drawn, p.shown, p.stage = now, true, stage
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
