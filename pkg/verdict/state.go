package verdict

// State is what a case comes to in one word, for lists of many. The words are
// contract.
type State string

// The states, as they are told apart: the first that applies.
const (
	// StateNothing: nothing can be submitted, whatever one mends (Finding.Closes).
	StateNothing State = "nothing_to_submit"
	StateExpired State = "expired" // the window has closed
	StateMend    State = "to_mend" // something must be mended
	// StateUnchecked: something could not be checked, or the run was interrupted.
	StateUnchecked State = "not_checked"
	StateLook      State = "to_look_at" // a person must look at something
	StatePart      State = "part"       // only some of its files were asked about, and nothing is wrong with those
	StateReady     State = "ready"
)

// States are all states, the words of the contract.
func States() []State {
	return []State{StateNothing, StateExpired, StateMend, StateUnchecked, StateLook, StatePart, StateReady}
}

// State says what the case comes to; interrupted where its run was.
func (c *Case) State(interrupted bool) State {
	var closes, fails, errs, reviews bool
	for i := range c.Findings {
		f := &c.Findings[i]
		switch counts := f.Severity != SeverityInfo; {
		case f.Suppressed != nil:
		case f.Outcome == Fail:
			closes = closes || f.Closes
			fails = fails || counts && f.Severity == SeverityError
		case f.Outcome == Error:
			errs = true
		case f.Outcome == Review:
			reviews = reviews || counts
		}
	}
	switch {
	case closes:
		return StateNothing
	case c.Deadline != nil && c.Deadline.RemainingSeconds < 0 && len(c.Checklist) > 0:
		return StateExpired
	case fails:
		return StateMend
	case errs, interrupted:
		return StateUnchecked
	case reviews:
		return StateLook
	case c.Of > 0:
		return StatePart
	}
	return StateReady
}
