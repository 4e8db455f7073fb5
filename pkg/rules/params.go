package rules

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// SomeParams is Params for a struct that takes only some of the group's parameters.
func (s *Set) SomeParams(path string, into any) error { return s.decodeParams(path, into, false) }

// Params decodes a group of parameters ("origin.screenshot") into a struct by
// its json tags; a parameter the struct does not know is an error.
func (s *Set) Params(path string, into any) error { return s.decodeParams(path, into, true) }

func (s *Set) decodeParams(path string, into any, strict bool) error {
	v, ok := s.params.Lookup(path)
	group, isGroup := v.(map[string]any)
	if !ok || !isGroup {
		return fmt.Errorf("rules: no group of parameters %s", path)
	}
	data, err := json.Marshal(group)
	if err != nil {
		return fmt.Errorf("rules: parameters %s: %w", path, err)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	if strict {
		dec.DisallowUnknownFields()
	}
	if err := dec.Decode(into); err != nil {
		return fmt.Errorf("rules: parameters %s: %w", path, err)
	}
	return nil
}
