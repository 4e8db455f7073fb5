package facts

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/lang"
)

// EncodeSet writes facts as JSON, with the state of each and why, in all
// languages, one could not be had. DecodeSet gives the same set back; times keep
// their offset, not the name of their zone, and bytes that are no UTF-8 in a text
// become U+FFFD. The error is that of a number that is none.
func EncodeSet(s *Set) ([]byte, error) { return json.Marshal(save(s)) }

// DecodeSet reads what EncodeSet wrote. A fact or state that this version does
// not know is an error: facts of another version are to be found anew.
func DecodeSet(data []byte) (*Set, error) {
	var in savedSet
	if err := decode(data, &in); err != nil {
		return nil, err
	}
	return in.set()
}

// EncodeCase writes a case with all its facts as JSON, as EncodeSet does.
func EncodeCase(c *Case) ([]byte, error) {
	out := savedCase{
		Name: c.Name, Path: c.Path, File: c.File, Keys: c.File.Keys(), HasFile: c.HasFile, Clock: c.Clock, Materials: c.Materials, Counts: c.Materials.Counts,
		Pairs: c.Pairs, Marks: c.Marks, Unsought: c.Unsought,
	}
	for i := range c.Assets {
		a := &c.Assets[i]
		asset := savedAsset{Path: a.Path, Kind: a.Kind, Slot: a.Slot, Beside: a.Beside}
		if a.Facts != nil {
			asset.Known = save(a.Facts)
		}
		out.Assets = append(out.Assets, asset)
	}
	return json.Marshal(out)
}

// DecodeCase reads what EncodeCase wrote.
func DecodeCase(data []byte) (*Case, error) {
	var in savedCase
	if err := decode(data, &in); err != nil {
		return nil, err
	}
	c := &Case{
		Name: in.Name, Path: in.Path, File: in.File, HasFile: in.HasFile, Clock: in.Clock, Materials: in.Materials, Pairs: in.Pairs, Marks: in.Marks, Unsought: in.Unsought,
	}
	c.Materials.Counts = in.Counts
	if c.File != nil && in.Keys != nil {
		keys := make(map[string]bool, len(in.Keys))
		for _, key := range in.Keys {
			keys[key] = true
		}
		c.File.SetKeys(keys)
	}
	for _, a := range in.Assets {
		asset := Asset{Path: a.Path, Kind: a.Kind, Slot: a.Slot, Beside: a.Beside}
		if a.Known != nil {
			set, err := a.Known.set()
			if err != nil {
				return nil, fmt.Errorf("%s: %w", a.Path, err)
			}
			asset.Facts = set
		}
		c.Assets = append(c.Assets, asset)
	}
	return c, nil
}

type (
	savedSet struct {
		Facts  *Set                   `json:"facts"`
		Status map[string]savedStatus `json:"status"`
	}
	savedStatus struct {
		State State     `json:"state"`
		Why   lang.Text `json:"why,omitzero"`
		Asked bool      `json:"asked,omitempty"`
	}
	savedAsset struct {
		Path string `json:"path"`
		Kind string `json:"kind"`
		Slot string `json:"slot"`
		Beside
		Known *savedSet `json:"known"`
	}
	savedCase struct {
		Name      string         `json:"name,omitempty"`
		Path      string         `json:"path"`
		File      *casefile.File `json:"file"`
		Keys      []string       `json:"keys"` // of the file, that were given
		HasFile   bool           `json:"has_file"`
		Clock     Clock          `json:"clock"`
		Materials Materials      `json:"materials"`
		Counts    map[string]int `json:"counts"`
		Assets    []savedAsset   `json:"assets"`
		Pairs     []Pair         `json:"pairs"`
		Marks     []Mark         `json:"marks"`
		Unsought  []string       `json:"unsought"`
	}
)

func save(s *Set) *savedSet {
	out := &savedSet{Facts: s}
	if s.status != nil {
		out.Status = make(map[string]savedStatus, len(s.status))
	}
	for _, n := range s.status {
		out.Status[n.name] = savedStatus(n.status())
	}
	return out
}

// set checks what was read.
func (in *savedSet) set() (*Set, error) {
	if in.Facts == nil {
		return nil, errors.New("no facts")
	}
	for name, st := range in.Status {
		if _, ok := StateOf([]byte(st.State)); !ok {
			return nil, fmt.Errorf("unknown state %q of %s", st.State, name)
		}
		if !known(name) {
			return nil, fmt.Errorf("no fact named %q", name)
		}
		in.Facts.SetStatus(name, Status(st))
	}
	if in.Status != nil && in.Facts.status == nil {
		in.Facts.status = statuses{}
	}
	return in.Facts, nil
}

// known reports whether there is a group or field of this name.
func known(path string) bool {
	v := reflect.Zero(reflect.TypeFor[Set]())
	for _, part := range strings.Split(path, ".") {
		if v.Kind() != reflect.Struct {
			return false
		}
		if v = fieldByTag(v, part); !v.IsValid() {
			return false
		}
	}
	return true
}

// decode reads one JSON value without a key that v has no place for.
func decode(data []byte, v any) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something stands behind the facts")
	}
	return nil
}
