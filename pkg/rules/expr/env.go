package expr

// Env is the values that programs read of one subject. Groups of facts are
// turned into expression values when the first program reads them and kept. It
// is for one goroutine.
type Env struct {
	values map[string]any
	group  func(name string) (value any, ok bool)
}

// NewEnv prepares a subject: group gives the value of a group of names
// (ValueOf), params those of the rules, given which keys of case.yaml were
// given, of those that programs ask about.
func NewEnv(group func(name string) (any, bool), params *Params, given map[string]bool) *Env {
	return &Env{values: map[string]any{"params": params.Values, givenKeys: given}, group: group}
}

// load makes sure a group is there.
func (e *Env) load(group string) {
	if _, done := e.values[group]; done {
		return
	}
	if v, ok := e.group(group); ok {
		e.values[group] = v
	}
}

// Lookup follows a dotted path to a value; ok is false where it leads nowhere.
func (e *Env) Lookup(parts []string) (any, bool) {
	e.load(parts[0])
	var at any = e.values
	for _, name := range parts {
		m, ok := at.(map[string]any)
		if !ok {
			return nil, false
		}
		if at, ok = m[name]; !ok {
			return nil, false
		}
	}
	return at, true
}
