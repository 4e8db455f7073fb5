package suppress

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/aecheck/aecheck/pkg/confirm"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// BaselineName is what the file of a baseline is called.
const BaselineName = ".aecheck-baseline.json"

// MaxBaseline is the most bytes of one: some hundred thousand findings.
const MaxBaseline = 64 << 20

// Baseline is what was found when it was written.
type Baseline struct {
	Entries []Entry
	// Dir is the folder of the file, absolute with links resolved.
	Dir string
}

// Entry is one finding: a rule and the content it is about. Of a file that is its
// SHA-256, so a file that was renamed is still known and one that changed is not; of
// a case as a whole, and between cases, a digest of what the finding goes by
// (confirm.Seen).
type Entry struct {
	Rule   string `json:"rule"`
	SHA256 string `json:"sha256,omitempty"`
	Facts  string `json:"facts,omitempty"`
	// Path is where it was found, from the baseline's folder with "/": for people, and
	// to tell what a scan of one folder says nothing about.
	Path string `json:"path"`
}

type baselineFile struct {
	SchemaVersion int     `json:"schema_version"`
	Entries       []Entry `json:"entries"`
}

// key is what an entry is known by.
type key struct{ rule, content string }

func (e Entry) key() key {
	if e.SHA256 != "" {
		return key{e.Rule, "file " + e.SHA256}
	}
	return key{e.Rule, "facts " + e.Facts}
}

// entryOf is a finding as an entry; Path is left out.
func entryOf(f *verdict.Finding, s confirm.Subject) Entry {
	if asset := assetOf(f, s.Path); asset != "" {
		return Entry{Rule: f.Rule, SHA256: s.Sums[asset]}
	}
	return Entry{Rule: f.Rule, Facts: confirm.Seen(f, s)}
}

func keyOf(f *verdict.Finding, s confirm.Subject) key { return entryOf(f, s).key() }

// place is where an entry was found.
func (b *Baseline) place(e Entry) string { return filepath.Join(b.Dir, filepath.FromSlash(e.Path)) }

// Note adds the findings of a case that count, but for those about files that cannot be
// read: a baseline must not hide them.
func (b *Baseline) Note(findings []verdict.Finding, about Subject) {
	for i := range findings {
		f := &findings[i]
		if !Open(f) || unreadable(f.Rule) {
			continue
		}
		e := entryOf(f, about.Subject)
		if e.SHA256 == "" && e.Facts == "" {
			continue // the content is not known
		}
		if about.Place != nil {
			if rel, err := filepath.Rel(b.Dir, about.Place(assetOf(f, about.Path))); err == nil {
				e.Path = filepath.ToSlash(rel)
			}
		}
		b.Entries = append(b.Entries, e)
	}
}

// Keep adds the entries of another that were found where covers says nothing was
// scanned.
func (b *Baseline) Keep(other *Baseline, covers func(path string) bool) {
	for _, e := range other.Entries {
		if !covers(other.place(e)) {
			b.Entries = append(b.Entries, e)
		}
	}
}

// Without returns the baseline without some entries.
func (b *Baseline) Without(gone []Entry) *Baseline {
	out := make(map[Entry]bool, len(gone))
	for _, e := range gone {
		out[e] = true
	}
	return &Baseline{Dir: b.Dir, Entries: slices.DeleteFunc(slices.Clone(b.Entries), func(e Entry) bool { return out[e] })}
}

// Write gives the file: the same findings give the same bytes.
func (b *Baseline) Write() ([]byte, error) {
	entries := slices.Clone(b.Entries)
	slices.SortFunc(entries, func(x, y Entry) int {
		return cmp.Or(cmp.Compare(x.Path, y.Path), cmp.Compare(x.Rule, y.Rule), cmp.Compare(x.SHA256, y.SHA256), cmp.Compare(x.Facts, y.Facts))
	})
	entries = slices.Compact(entries)
	if entries == nil {
		entries = []Entry{}
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(baselineFile{SchemaVersion: 1, Entries: entries})
	return out.Bytes(), err
}

// ReadBaseline reads a file that lies in a folder.
func ReadBaseline(data []byte, dir string) (*Baseline, error) {
	var f baselineFile
	if err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\ufeff")), &f); err != nil {
		return nil, err
	}
	switch {
	case f.SchemaVersion == 0 || f.Entries == nil:
		return nil, errors.New("schema_version or entries is missing")
	case f.SchemaVersion != 1:
		return nil, fmt.Errorf("schema_version %d", f.SchemaVersion)
	}
	for i, e := range f.Entries {
		if e.Rule == "" || (e.SHA256 == "") == (e.Facts == "") {
			return nil, fmt.Errorf("entry %d has no rule, or not one of sha256 and facts", i+1)
		}
	}
	return &Baseline{Entries: f.Entries, Dir: dir}, nil
}
