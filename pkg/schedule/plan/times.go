package plan

import (
	"cmp"
	"slices"
	"time"
)

// window is when on a day an appeal can go in, both ends counted.
type window struct{ from, to time.Time }

const (
	// spare is what is left before a deadline where there is a choice: uploading takes
	// time, and so does a page that fails.
	spare = time.Hour
	// lead is what there is until the first appeal, where there is a choice: a time that
	// is past when it is read helps nobody.
	lead = 15 * time.Minute
	// closing is what is left of the working hours.
	closing = 10 * time.Minute
	// step is what times are rounded up to.
	step = 5 * time.Minute
)

// windowsOf are the days on which an appeal can go in. Where working hours leave none,
// lead and the last hour before the deadline count too, then days that do not count, then
// tonight and the small hours; outside is true for all but the first two.
func (m *maker) windowsOf(deadline time.Time) (out map[int]window, outside bool) {
	everyDay := func(time.Time) bool { return true }
	counts := m.Counts
	if counts == nil {
		counts = everyDay
	}
	for _, try := range []struct {
		lead, spare time.Duration
		counts      func(time.Time) bool
		outside     bool
	}{{lead, spare, counts, false}, {0, step, counts, false}, {lead, spare, everyDay, true}, {0, step, everyDay, true}} {
		out = map[int]window{}
		for d := range horizon {
			start := m.today.AddDate(0, 0, d)
			w := window{from: later(start.Add(minutes(m.Hours.From)), ceil(m.Now.Add(try.lead))), to: earlier(start.Add(minutes(m.Hours.To)-closing), deadline.Add(-try.spare))}
			if start.After(deadline) {
				break
			}
			if try.counts(start) && !w.to.Before(w.from) {
				out[d] = w
			}
		}
		if len(out) > 0 {
			return out, try.outside
		}
	}
	// Neither this evening nor the next morning has a working hour before the deadline.
	from := ceil(m.Now)
	if !from.Before(deadline) {
		from = m.Now
	}
	day := m.dayOf(from)
	next := m.today.AddDate(0, 0, day+1)
	out = map[int]window{day: {from, earlier(later(deadline.Add(-step), from), next.Add(-step))}}
	if last := deadline.Add(-step); !last.Before(next) {
		out[day+1] = window{later(next, last.Add(-2*spare)), last}
	}
	return out, true
}

func minutes(n int) time.Duration { return time.Duration(n) * time.Minute }

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// ceil rounds up to whole steps.
func ceil(t time.Time) time.Time {
	if r := t.Truncate(step); r.Equal(t) {
		return r
	}
	return t.Truncate(step).Add(step)
}

// times gives every appeal its time on its day.
func (m *maker) times(slots []Slot, days []int) {
	type key struct{ network, day int }
	together := map[key][]int{}
	for i, d := range days {
		if d != dropped {
			k := key{m.jobs[i].network, d}
			together[k] = append(together[k], i)
		}
	}
	fixed := map[key][]time.Time{}
	for _, t := range m.taken {
		k := key{number(m.networks, t.Network), m.dayOf(t.At)}
		fixed[k] = append(fixed[k], t.At)
	}
	for k, jobs := range together {
		windows := make([]window, len(jobs))
		for n, i := range jobs {
			windows[n] = m.windows[i][k.day]
		}
		for n, at := range spread(windows, fixed[k]) {
			i := jobs[n]
			later := len(m.jobs[i].days) - 1 - slices.Index(m.jobs[i].days, k.day)
			slots[m.order[i]] = Slot{At: at, Left: later, Outside: m.outside[i]}
		}
	}
}

// gaps are the distances tried between appeals of a network on one day, the largest
// that fits is kept.
func gaps() []time.Duration {
	out := []time.Duration{}
	for _, n := range [...]int{120, 90, 60, 45, 30, 20, 15, 10, 5, 0} {
		out = append(out, minutes(n))
	}
	return out
}

// spread gives a time in each window, as far as can be from the others and from what is
// fixed. The one that closes first goes first.
func spread(windows []window, fixed []time.Time) []time.Time {
	order := make([]int, len(windows))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(windows[a].to.Compare(windows[b].to), windows[a].from.Compare(windows[b].from))
	})
	fixed = slices.Clone(fixed)
	slices.SortFunc(fixed, time.Time.Compare)
	out := make([]time.Time, len(windows))
	for _, gap := range gaps() {
		var last time.Time
		fits := true
		for _, i := range order {
			at := windows[i].from
			if !last.IsZero() {
				at = later(at, last.Add(gap))
			}
			for _, f := range fixed {
				if at.Before(f.Add(gap)) && at.After(f.Add(-gap)) {
					at = ceil(f.Add(gap))
				}
			}
			fits = fits && !at.After(windows[i].to)
			out[i], last = at, at
		}
		if fits {
			break
		}
	}
	return out
}
