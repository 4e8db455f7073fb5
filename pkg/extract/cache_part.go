package extract

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"slices"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
)

// A part of a Content is what one extractor gave, in lines:
//
//	FACT {…}
//	FACT
//	FACT: STATE
//	FACT: {…}
//
// The first is the value of what the extractor provides, as facts.Sparse writes it,
// the second one that is zero; the third and fourth are states, the latter with all
// there is to say. Most facts of most pictures are zero, and thousands of pictures are
// looked up at a time: reading whole objects took half of a run that found all known.

// partStatus is a facts.Status with the fields that reports leave out.
type partStatus struct {
	State facts.State `json:"state"`
	Why   lang.Text   `json:"why,omitzero"`
	Asked bool        `json:"asked,omitempty"`
}

// writePart is false for what cannot be written, which is not kept.
func writePart(provides []string, set *facts.Set) (part []byte, ok bool) {
	for _, name := range provides {
		part = append(part, name...)
		if v := reflect.ValueOf(set.Pointer(name)).Elem(); !v.IsZero() {
			value, err := facts.Sparse(v.Interface())
			if err != nil {
				return nil, false
			}
			part = append(append(part, ' '), value...)
		}
		part = append(part, '\n')
	}
	states := set.Statuses()
	for _, name := range slices.Sorted(maps.Keys(states)) {
		st := states[name]
		said := []byte(st.State)
		if !st.Why.IsZero() || st.Asked {
			var err error
			if said, err = json.Marshal(partStatus(st)); err != nil {
				return nil, false
			}
		}
		part = append(append(append(append(part, name...), ": "...), said...), '\n')
	}
	return part, true
}

// readPart puts what writePart wrote into a set and reports whether it was all of it.
func readPart(part []byte, provides []string, into *facts.Set) bool {
	values := 0
	for len(part) > 0 {
		line, rest, ended := bytes.Cut(part, []byte("\n"))
		if !ended {
			return false
		}
		part = rest
		word, said, _ := bytes.Cut(line, []byte(" "))
		name, isState := bytes.CutSuffix(word, []byte(":"))
		switch {
		case isState:
			if !readState(name, said, provides, into) {
				return false
			}
		case values == len(provides) || string(name) != provides[values] || !readValue(said, into.Pointer(provides[values])):
			return false
		default:
			values++
		}
	}
	return values == len(provides)
}

func readValue(said []byte, to any) bool {
	reflect.ValueOf(to).Elem().SetZero() // an earlier extractor may have filled it
	return len(said) == 0 || json.Unmarshal(said, to) == nil
}

// readState takes the states of what the extractor provides and of nothing else. Names
// and states are those of the program, not copies for every picture.
func readState(name, said []byte, provides []string, into *facts.Set) bool {
	var read partStatus
	if len(said) > 0 && said[0] == '{' {
		if json.Unmarshal(said, &read) != nil {
			return false
		}
		said = []byte(read.State)
	}
	state, ok := facts.StateOf(said)
	if !ok {
		return false
	}
	read.State = state
	for _, p := range provides {
		switch rest, within := bytes.CutPrefix(name, []byte(p)); {
		case !within:
		case len(rest) == 0:
			into.SetStatus(p, facts.Status(read))
		case rest[0] == '.':
			into.SetStatus(string(name), facts.Status(read))
		}
	}
	return true
}
