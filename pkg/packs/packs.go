// Package packs holds the rules of other marketplaces as data, one file a
// marketplace: the built-in rules.yaml is the pack aliexpress. A file put here is a
// pack; nothing else is needed.
//
// It imports nothing of ours.
package packs

import (
	"bytes"
	"embed"
	"path"
	"strings"
	"text/template"
	"time"
	"unicode"
)

// BuiltIn is the name of the pack that rules.yaml is.
const BuiltIn = "aliexpress"

//go:embed *.yaml
var files embed.FS

//go:embed new.tmpl
var skeleton string

// Names lists the packs there are by name, BuiltIn first.
func Names() []string {
	out := []string{BuiltIn}
	// A folder that is built in can be read.
	entries, _ := files.ReadDir(".")
	for _, e := range entries {
		out = append(out, strings.TrimSuffix(e.Name(), ".yaml"))
	}
	return out
}

// Read returns the rules of a pack other than BuiltIn; false where there is none.
func Read(name string) ([]byte, bool) {
	if strings.ContainsAny(name, `/\`) {
		return nil, false
	}
	data, err := files.ReadFile(name + ".yaml")
	return data, err == nil
}

// IsFile reports whether what chooses a pack is the path of a file and no name.
func IsFile(name string) bool {
	ext := path.Ext(name)
	return ext == ".yaml" || ext == ".yml" || strings.ContainsAny(name, `/\`)
}

// New writes the beginnings of a pack, which are valid: a header, a parameter, a slot
// and a rule with examples. name has the form of Named; day is when.
func New(name string, day time.Time) ([]byte, error) {
	var out bytes.Buffer
	t, err := template.New(name).Parse(skeleton)
	if err != nil {
		return nil, err
	}
	err = t.Execute(&out, map[string]string{"Name": name, "Param": strings.ReplaceAll(name, "-", "_"), "Prefix": prefix(name), "Day": day.Format(time.DateOnly)})
	return out.Bytes(), err
}

// prefix of the ids of a pack: its first three letters. AE is the built-in one's.
func prefix(name string) string {
	out := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return unicode.ToUpper(r)
		}
		return -1
	}, name)
	if len(out) > 3 {
		out = out[:3]
	}
	if len(out) < 2 || out == "AE" {
		out += "X"
	}
	return out
}

// Named reports whether a pack may be called so: letters, digits and dashes, a letter
// first.
func Named(name string) bool {
	for i, r := range name {
		if !(r >= 'a' && r <= 'z' || i > 0 && (r >= '0' && r <= '9' || r == '-')) {
			return false
		}
	}
	return name != "" && len(name) <= 40
}
