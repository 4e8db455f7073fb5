// Package plan chooses when each appeal is submitted. What it looks for, in this order:
//
//  1. no deadline is missed: the fewest appeals find no day (costDropped);
//  2. the fewest same-day appeals of a network: pairs of appeals that go in from one
//     network on one day in Beijing, those there already counted (costPairs; n appeals
//     of a day are n(n−1)/2 pairs, so that even days are better than crowded ones);
//  3. the most slack: as few appeals as can be on the last day of their window, then as
//     few with one day left, with two, to six (costLate); then the fewest days let pass
//     in all (costWait).
//
// No day has more appeals of a network, or of a store, than allowed. The days are the
// best there are (Plan.Best) but where stores use several networks and the limits are so
// tight that proving it takes more than a bounded search: then they are good ones.
//
// Within its day an appeal gets a time in working hours, apart from others of its
// network, an hour or more before its deadline where there is a choice. Where no working
// hour is left it goes in outside of them rather than not at all.
//
// It may import pkg/facts, pkg/lang and pkg/schedule/flow.
package plan

import (
	"cmp"
	"slices"
	"time"

	"github.com/aecheck/aecheck/pkg/lang"
)

// DefaultPerDay is how many appeals may go in from one network on one day: M27 says
// "not many", three is our reading.
const DefaultPerDay = 3

// Hours are working hours in Beijing, as minutes of the day: [From, To).
type Hours struct{ From, To int }

// DefaultHours are nine to six.
func DefaultHours() Hours { return Hours{9 * 60, 18 * 60} }

// Options of a plan.
type Options struct {
	Now    time.Time
	PerDay int   // most appeals on one day from one network, and of one store; 0 for DefaultPerDay
	Hours  Hours // zero for DefaultHours
	// Counts reports whether a day, given by its first instant in Beijing, may be used;
	// nil for all days.
	Counts func(day time.Time) bool
}

func (o Options) withDefaults() Options {
	o.PerDay = cmp.Or(max(o.PerDay, 0), DefaultPerDay)
	if o.Hours.To <= o.Hours.From {
		o.Hours = DefaultHours()
	}
	o.Now = o.Now.In(lang.Beijing())
	return o
}

// Appeal is one that is to go in before its deadline.
type Appeal struct {
	Network  string // appeals that name none share one
	Store    string // empty where unknown: no limit of a store counts
	Deadline time.Time
}

// Taken is a submission there is already, made or planned.
type Taken struct {
	At             time.Time
	Network, Store string
}

// Slot is when an appeal goes in.
type Slot struct {
	At time.Time // zero where it finds no place
	// Left is on how many later days it could go in.
	Left int
	// Outside: no working hour of a day that counts is left before the deadline.
	Outside bool
	// Full says, where it finds no place, whose limit stands in the way on every day.
	Full Full
}

// Full is whose limit stands in the way.
type Full string

// Limits that stand in the way.
const (
	FullNetwork Full = "network"
	FullStore   Full = "store"
	FullBoth    Full = "network_and_store" // one on some days, the other on others
)

// Plan is when appeals go in.
type Plan struct {
	Slots []Slot // one for each appeal
	Best  bool   // no other plan is better
	// Dropped is how many find no place, and Enough the smallest limit of a day with
	// which all do; 0 where all do already.
	Dropped, Enough int
}

// horizon is how many days are looked ahead, today the first.
const horizon = 90

// Make plans appeals. One whose deadline is past finds no place and has no Full.
func Make(appeals []Appeal, taken []Taken, o Options) Plan {
	o = o.withDefaults()
	m := &maker{Options: o, today: midnight(o.Now), networks: map[string]int{}, stores: map[string]int{}}
	m.read(appeals, taken)
	out := Plan{Slots: make([]Slot, len(appeals))}
	var days []int
	days, out.Best = assign(m.problem(o.PerDay))
	m.times(out.Slots, days)
	for i, at := range m.order {
		if days[i] == dropped {
			out.Dropped++
			out.Slots[at].Full = m.full(i, days)
		}
	}
	if out.Dropped > 0 {
		out.Enough = m.enough()
	}
	return out
}

// maker makes a plan.
type maker struct {
	Options
	today            time.Time
	networks, stores map[string]int // numbers for names
	order            []int          // appeals that can still go in, the most urgent first
	jobs             []job
	windows          []map[int]window // of each job, by day
	outside          []bool
	taken            []Taken
}

func midnight(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, t.Location())
}

// dayOf numbers days from today on.
func (m *maker) dayOf(t time.Time) int {
	return int(midnight(t.In(lang.Beijing())).Sub(m.today) / (24 * time.Hour))
}

func number(names map[string]int, name string) int {
	n, ok := names[name]
	if !ok {
		n = len(names)
		names[name] = n
	}
	return n
}

func (m *maker) storeOf(name string) int {
	if name == "" {
		return nobody
	}
	return number(m.stores, name)
}

func (m *maker) read(appeals []Appeal, taken []Taken) {
	for i, a := range appeals {
		if m.Now.Before(a.Deadline) {
			m.order = append(m.order, i)
		}
	}
	slices.SortStableFunc(m.order, func(a, b int) int { return appeals[a].Deadline.Compare(appeals[b].Deadline) })
	for _, i := range m.order {
		a := appeals[i]
		windows, outside := m.windowsOf(a.Deadline.In(lang.Beijing()))
		j := job{network: number(m.networks, a.Network), store: m.storeOf(a.Store)}
		for d := range windows {
			j.days = append(j.days, d)
		}
		slices.Sort(j.days)
		m.jobs, m.windows, m.outside = append(m.jobs, j), append(m.windows, windows), append(m.outside, outside)
	}
	for _, t := range taken {
		if !t.At.IsZero() && m.dayOf(t.At) >= 0 {
			m.taken = append(m.taken, t)
		}
	}
}

func (m *maker) problem(most int) problem {
	p := problem{jobs: m.jobs, most: most, networks: map[place]int{}, stores: map[place]int{}}
	for _, t := range m.taken {
		day := m.dayOf(t.At)
		p.networks[place{number(m.networks, t.Network), day}]++
		if s := m.storeOf(t.Store); s != nobody {
			p.stores[place{s, day}]++
		}
	}
	return p
}

// full says whose limit keeps a job from each of its days.
func (m *maker) full(i int, days []int) Full {
	p := m.problem(m.PerDay)
	for k, d := range days {
		if d != dropped {
			p.networks[place{p.jobs[k].network, d}]++
			p.stores[place{p.jobs[k].store, d}]++
		}
	}
	network, store := true, true
	for _, d := range p.jobs[i].days {
		network = network && p.networks[place{p.jobs[i].network, d}] >= p.most
		store = store && p.jobs[i].store != nobody && p.stores[place{p.jobs[i].store, d}] >= p.most
	}
	switch {
	case network:
		return FullNetwork
	case store:
		return FullStore
	}
	return FullBoth
}

// enough is the smallest limit with which no job is dropped.
func (m *maker) enough() int {
	low, high := m.PerDay+1, m.PerDay+1+len(m.jobs)+len(m.taken)
	for low < high {
		most := (low + high) / 2
		if days, _ := assign(m.problem(most)); slices.Contains(days, dropped) {
			low = most + 1
		} else {
			high = most
		}
	}
	return low
}
