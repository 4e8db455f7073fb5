package cli

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/pack"
	"github.com/aecheck/aecheck/pkg/schedule/plan"
	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/verdict"
)

const (
	minuteOf = "2006-01-02 15:04"
	clockOf  = "15:04"
)

// text writes the plan day by day, then what has no place in it.
func (g *agenda) text(b *bytes.Buffer) {
	words := g.msgs.Scheduling
	line := func(s string) { b.WriteString(s + "\n") }
	line(fill(lang.Count(words.Title, len(g.cases)), "now", g.now.Format(minuteOf)))
	days := words.DaysAll
	if g.flags.days == daysWorking {
		days = words.DaysWorking
	}
	from, to := g.options.Hours.From, g.options.Hours.To
	line(fill(words.Limits, "max", g.options.PerDay, "from", hourMinute(from), "to", hourMinute(to), "days", days))
	year := g.now.Year()
	if until := g.session.HolidaysUntil(year); until > 0 {
		line(fill(words.KnownUntil, "year", until))
	} else {
		line(fill(words.KnownNot, "year", year))
	}
	g.byDay(line)
	g.section(line, lang.Count(words.DroppedHead, g.count(plan.Dropped)), plan.Dropped, g.whyDropped)
	if g.plan.Dropped > 0 {
		line("")
		line("  " + fill(words.Enough, "n", g.plan.Enough))
		if o := g.options; o.Counts != nil {
			o.Counts = nil
			if left := plan.Of(g.views(), o).Dropped; left < g.plan.Dropped {
				line("  " + fill(words.DaysOffToo, "n", left))
			}
		}
		if g.otherNetworkHelps() {
			line("  " + words.OtherNetwork)
		}
		line("  " + words.Nothing)
	}
	g.section(line, lang.Count(words.UnknownHead, g.count(plan.Unknown)), plan.Unknown, g.whyUnknown)
	g.section(line, lang.Count(words.ClosedHead, g.count(plan.Closed)), plan.Closed, func(i int) string {
		return fill(words.ClosedAt, "at", g.cases[i].Clock.Deadline.Format(minuteOf))
	})
	if submitted, done := g.count(plan.Submitted), g.count(plan.Done); submitted+done > 0 {
		line("")
		if submitted > 0 {
			line(fill(words.WithSubmitted, "n", submitted))
		}
		if done > 0 {
			line(fill(words.WithDone, "n", done))
		}
	}
	if g.count(plan.Proposed)+g.count(plan.Planned)+g.count(plan.Dropped)+g.count(plan.Unknown) == 0 {
		line("")
		line(words.NothingOpen)
	}
}

func hourMinute(n int) string { return strconv.Itoa(n/60) + ":" + twoDigits(n%60) }

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// byDay lists what is to be submitted.
func (g *agenda) byDay(line func(string)) {
	words := g.msgs.Scheduling
	var order []int
	perDay := map[string]int{}
	for i := range g.cases {
		if at := g.submitAt(i); !at.IsZero() {
			order = append(order, i)
			perDay[at.Format(time.DateOnly)]++
		}
	}
	slices.SortStableFunc(order, func(x, y int) int { return g.submitAt(x).Compare(g.submitAt(y)) })
	last := ""
	for _, i := range order {
		at := g.submitAt(i)
		if on := at.Format(time.DateOnly); on != last {
			last = on
			head := []string{fill(words.DayHead, "day", on, "weekday", g.weekday(at))}
			if on == g.now.Format(time.DateOnly) {
				head = append(head, words.Today)
			}
			if works, _ := g.session.Working(at); !works {
				head = append(head, words.DayOff)
			}
			line("")
			line(strings.Join(append(head, lang.Count(words.Count, perDay[on])), " · "))
		}
		line("  " + at.Format(clockOf) + "  " + terminal.Clean(g.cases[i].Folder.Dir) + g.whose(i))
		for _, more := range g.about(i) {
			line("         " + more)
		}
	}
}

func (g *agenda) weekday(t time.Time) string {
	names := strings.Fields(g.msgs.Scheduling.Weekdays)
	return names[int(t.Weekday())%len(names)]
}

// whose says which product, store and network, behind a folder.
func (g *agenda) whose(i int) string {
	words, c := g.msgs.Scheduling, g.cases[i].File
	if c == nil {
		return ""
	}
	out := ""
	if c.Product.ID != "" {
		out += " · " + fill(words.Product, "product", c.Product.ID)
	}
	if name := cmp.Or(c.Store.Name.ZH, c.Store.Name.EN, c.Store.ID); name != "" {
		out += " · " + fill(words.Store, "store", name)
	}
	if c.Appeal.Network != "" {
		out += " · " + fill(words.Network, "network", c.Appeal.Network)
	}
	return out
}

// about are the lines below a case: its deadline and where that is from, what is odd.
func (g *agenda) about(i int) []string {
	words, k, slot := g.msgs.Scheduling, g.cases[i].Clock, g.plan.Slots[i]
	out := []string{g.until(k) + g.msgs.Words.Clause + fill(words.By, "basis", g.basis(i))}
	var marks []string
	if g.plan.States[i] == plan.Planned {
		marks = append(marks, words.AlreadyPlanned)
	} else if slot.Left == 0 && !slot.Outside {
		marks = append(marks, words.LastDay)
	}
	if slot.Outside {
		marks = append(marks, words.Outside)
	}
	if was := g.cases[i].Said().Appeal.PlannedAt.In(lang.Beijing()).Format(minuteOf); k.PlannedPast {
		marks = append(marks, fill(words.WasPast, "at", was))
	} else if k.PlannedLate {
		marks = append(marks, fill(words.WasLate, "at", was))
	}
	if k.Estimated {
		marks = append(marks, g.estimated(k))
	}
	if len(marks) > 0 {
		out = append(out, strings.Join(marks, g.msgs.Words.Semicolon))
	}
	return out
}

func (g *agenda) until(k facts.Clock) string {
	return fill(g.msgs.Scheduling.Until, "at", k.Deadline.Format(minuteOf), "left", pack.Remaining(k.Remaining, g.msgs.Words))
}

// estimated says that a deadline counts years whose holidays are not known.
func (g *agenda) estimated(k facts.Clock) string {
	years := make([]string, len(k.CalendarMissing))
	for i, y := range k.CalendarMissing {
		years[i] = strconv.Itoa(y)
	}
	return fill(g.msgs.Scheduling.Estimated, "years", strings.Join(years, g.msgs.Words.Join))
}

// basis says what a deadline goes by.
func (g *agenda) basis(i int) string {
	say := g.msgs.Report
	switch verdict.DeadlineBasis(g.cases[i].Clock.Basis) {
	case verdict.BasisTyped:
		return say.DeadlineTyped
	case verdict.BasisEffective:
		return say.DeadlineEffective
	case verdict.BasisNotified:
		return say.DeadlineNotified
	case verdict.BasisFiled:
		return say.DeadlineFiled
	}
	return g.msgs.Scheduling.ByNotice
}

// section lists the cases of a state, with a reason each.
func (g *agenda) section(line func(string), head string, state plan.State, why func(int) string) {
	first := true
	for i := range g.cases {
		if g.plan.States[i] != state {
			continue
		}
		if first {
			line("")
			line(head)
			first = false
		}
		line("  " + terminal.Clean(g.cases[i].Folder.Dir) + g.whose(i))
		line("         " + why(i))
	}
}

// whyDropped says whose limit leaves a case no day.
func (g *agenda) whyDropped(i int) string {
	words, c := g.msgs.Scheduling, g.cases[i].Said()
	network := words.NoNetwork
	if c.Appeal.Network != "" {
		network = fill(words.Network, "network", c.Appeal.Network)
	}
	why := map[plan.Full]string{plan.FullNetwork: words.WhyNetwork, plan.FullStore: words.WhyStore, plan.FullBoth: words.WhyBoth}[g.plan.Slots[i].Full]
	return g.until(g.cases[i].Clock) + g.msgs.Words.Semicolon + fill(why, "network", network, "store", c.Store.ID, "max", g.options.PerDay)
}

// otherNetworkHelps reports whether another network would find a day for some.
func (g *agenda) otherNetworkHelps() bool {
	return slices.ContainsFunc(g.plan.Slots, func(s plan.Slot) bool { return s.Full == plan.FullNetwork || s.Full == plan.FullBoth })
}

// whyUnknown says why a deadline is not known and what helps.
func (g *agenda) whyUnknown(i int) string {
	words, c := g.msgs.Scheduling, g.cases[i]
	text := words.NoTimes
	switch {
	case c.Folder.Err != nil:
		text = words.BadFile
	case c.File == nil:
		text = words.NoFile
	case c.Unread > 0:
		text = words.NoTimesUnread
	case c.Notices > 0:
		text = words.NoTimesRead
	}
	return fill(text, "path", quoted(c.Folder.Dir))
}

// due is a case to be seen to now.
type due struct {
	at    int
	texts []string
}

// due are the cases whose deadline or planned time is near.
func (g *agenda) due() []due {
	words := g.msgs.Scheduling
	var out []due
	for i := range g.cases {
		state, k := g.plan.States[i], g.cases[i].Clock
		if !state.Open() {
			continue
		}
		d := due{at: i}
		if k.DeadlineKnown && k.Deadline.Sub(g.now) <= g.flags.remind {
			d.texts = append(d.texts, fill(words.RemindDeadline, "at", k.Deadline.Format(minuteOf), "left", pack.Remaining(k.Remaining, g.msgs.Words)))
		}
		if c := g.cases[i].File; c != nil && !c.Appeal.PlannedAt.IsZero() {
			planned := c.Appeal.PlannedAt.In(lang.Beijing())
			left := planned.Sub(g.now)
			switch {
			case k.PlannedPast:
				d.texts = append(d.texts, fill(words.RemindOver, "at", planned.Format(minuteOf)))
			case left >= 0 && left <= g.flags.remind:
				d.texts = append(d.texts, fill(words.RemindPlanned, "at", planned.Format(minuteOf), "left", pack.Remaining(int64(left/time.Second), g.msgs.Words)))
			}
		}
		if len(d.texts) > 0 {
			out = append(out, d)
		}
	}
	return out
}

// reminder writes what is due.
func (g *agenda) reminder(list []due) ([]byte, error) {
	words := g.msgs.Scheduling
	if g.flags.format == "json" {
		var at []int
		for _, d := range list {
			at = append(at, d.at)
		}
		return g.json(at)
	}
	span := pack.Remaining(int64(g.flags.remind/time.Second), g.msgs.Words)
	var b bytes.Buffer
	if len(list) > 0 {
		b.WriteString(fill(lang.Count(words.RemindHead, len(list)), "span", span) + "\n")
	} else {
		g.note(fill(words.RemindNothing, "span", span))
	}
	for _, d := range list {
		b.WriteString("  " + terminal.Clean(g.cases[d.at].Folder.Dir) + g.whose(d.at) + "\n         " + strings.Join(d.texts, g.msgs.Words.Semicolon) + "\n")
	}
	unknown := g.count(plan.Unknown)
	for _, d := range list {
		if g.plan.States[d.at] == plan.Unknown {
			unknown--
		}
	}
	if unknown > 0 {
		g.note(lang.Count(words.RemindUnknown, unknown))
	}
	return b.Bytes(), nil
}
