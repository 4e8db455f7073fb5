package rules

import (
	"slices"
	"strings"
)

// Tables are the parameters and catalogs of the built-in rules file. It is for
// commands that look at files and judge nothing: reading and compiling all
// rules takes longer than reading a hundred pictures' metadata.
type Tables struct{ set *Set }

// LoadTables reads the tables of the built-in rules file. What it skips is not
// checked, so a layer that a user wrote is for Load.
func LoadTables(builtIn Layer) (*Tables, error) {
	set, err := Load(nil, Layer{Name: builtIn.Name, Data: sections(builtIn.Data, "schema_version", "params", "catalogs")})
	if err != nil {
		return nil, err
	}
	return &Tables{set}, nil
}

// Params is Set.Params.
func (t *Tables) Params(path string, into any) error { return t.set.Params(path, into) }

// Catalog is Set.Catalog.
func (t *Tables) Catalog(name string, into any) error { return t.set.Catalog(name, into) }

// sections cuts the named top-level keys with their values out of a file. A key
// at the start of a line begins one; lines of other sections are left blank, so
// that positions in errors stay right.
func sections(data []byte, names ...string) []byte {
	out := make([]byte, 0, len(data))
	keep := false
	for line := range strings.Lines(string(data)) {
		if c := line[0]; c >= 'a' && c <= 'z' {
			name, _, _ := strings.Cut(line, ":")
			keep = slices.Contains(names, name)
		}
		if keep {
			out = append(out, line...)
		} else {
			out = append(out, '\n')
		}
	}
	return out
}
