package plan

import (
	"time"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
)

// State is how a case stands.
type State string

// States of a case.
const (
	Proposed  State = "proposed"  // Slot says when to submit it
	Planned   State = "planned"   // appeal.planned_at does, and it is still to come
	Dropped   State = "dropped"   // open, and no day is left for it
	Closed    State = "closed"    // the window is past
	Unknown   State = "unknown"   // the deadline is not known
	Submitted State = "submitted" // under review
	Done      State = "done"      // accepted, lifted, or nothing may be submitted any more
)

// Open reports whether something is still to be submitted, as far as is known.
func (s State) Open() bool {
	return s == Proposed || s == Planned || s == Dropped || s == Unknown
}

// Cases is a plan for cases: those that have no time yet are given one, those that have
// are counted.
type Cases struct {
	Plan           // Slots has one for each case, zero for those not Proposed or Dropped
	States []State // one for each case
}

// Of plans cases, in an order that decides between equals.
func Of(cases []*facts.Case, o Options) Cases {
	out := Cases{States: make([]State, len(cases))}
	var appeals []Appeal
	var taken []Taken
	var whose []int
	for i, c := range cases {
		out.States[i] = stateOf(c)
		said := c.Said()
		network, store := said.Appeal.Network, said.Store.ID
		days := map[string]bool{} // a case counts once a day
		count := func(at time.Time) {
			if day := at.In(lang.Beijing()).Format(time.DateOnly); !at.IsZero() && !days[day] {
				days[day] = true
				taken = append(taken, Taken{at, network, store})
			}
		}
		for _, a := range said.Appeal.Attempts {
			count(a.At)
		}
		switch {
		case out.States[i] == Proposed:
			appeals, whose = append(appeals, Appeal{network, store, c.Clock.Deadline}), append(whose, i)
		case out.States[i] == Planned, out.States[i] == Unknown && !c.Clock.PlannedPast:
			count(said.Appeal.PlannedAt)
		}
	}
	made := Make(appeals, taken, o)
	out.Plan = made
	out.Slots = make([]Slot, len(cases))
	for k, i := range whose {
		out.Slots[i] = made.Slots[k]
		if made.Slots[k].At.IsZero() {
			out.States[i] = Dropped
		}
	}
	return out
}

// stateOf is how a case stands before anything is planned: Proposed is one to plan.
func stateOf(c *facts.Case) State {
	k := c.Clock
	switch {
	case k.LastResult == "pending":
		return Submitted
	case k.LastResult == "accepted", c.Said().Violation.State == "lifted", k.AttemptsLeft <= 0:
		return Done
	case !k.DeadlineKnown:
		return Unknown
	case k.Closed:
		return Closed
	case !c.Said().Appeal.PlannedAt.IsZero() && !k.PlannedPast && !k.PlannedLate:
		return Planned
	}
	return Proposed
}
