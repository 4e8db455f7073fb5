package shard

import (
	"fmt"
	"maps"
	"slices"
)

// Header says what a file of a shard is a part of. Files with headers that differ in
// more than Part belong to different runs.
type Header struct {
	Part Part `json:"part"`
	// Version is that of the program, Facts a digest of all that its facts are found
	// by, Rules and Settings are digests of what it judges by; Settings is empty where
	// there are none.
	Version  string `json:"version"`
	Facts    string `json:"facts"`
	Rules    string `json:"rules"`
	Settings string `json:"settings"`
	// Flags are those that change what is found, by name with the value typed.
	Flags map[string]string `json:"flags"`
	Input Input             `json:"input"`
	// Now is the value of --now, empty where it was not given.
	Now string `json:"now"`
	// Since is the value of --since.
	Since string `json:"since"`
	// Roots are what was scanned, as typed, by the names it has in reports. A name of
	// the system may be no UTF-8.
	Roots map[string][]byte `json:"roots"`
	// Whole are the folders of which all was walked, those named by a relative path
	// relative to the working directory; Excluded counts what settings left out.
	Whole    [][]byte `json:"whole"`
	Excluded int      `json:"excluded"`
}

// Input is the list of all files that all parts are about.
type Input struct {
	Digest string `json:"digest"` // of names and sizes
	Cases  int    `json:"cases"`
	Files  int    `json:"files"`
	Bytes  int64  `json:"bytes"`
}

// Named is a header with the name of the file it was read from.
type Named struct {
	File   string
	Header Header
}

// Difference says why files of shards do not make one run.
type Difference int

// What can be different.
const (
	OtherVersion  Difference = iota // of the program
	OtherRules                      // than those of this run
	OtherSettings                   // than those of this run
	OtherCount                      // of parts
	OtherInput                      // another list of files
	OtherFlag                       // Flag
	Twice                           // two files of one part
	Missing                         // parts
)

// Mismatch is the error of files that do not make one run.
type Mismatch struct {
	What Difference
	File string // which is not as the others
	With string // the file it is compared with, empty for the run that reads them
	// Got is what File has and Want what the other has.
	Got, Want           string
	GotInput, WantInput Input  // of OtherInput
	Flag                string // of OtherFlag, with its dashes
	Missing             []int  // of Missing
	Count               int
}

func (m *Mismatch) Error() string {
	return fmt.Sprintf("%s does not fit %s: %d, %q and %q", m.File, m.With, m.What, m.Got, m.Want)
}

// Check reports whether files are all parts of one run, each once, and of a run by the
// program, rules and settings of mine. The error is a *Mismatch about the first thing
// that is wrong.
func Check(files []Named, mine Header) error {
	for _, f := range files {
		h := &f.Header
		switch {
		case h.Version != mine.Version || h.Facts != mine.Facts:
			return &Mismatch{What: OtherVersion, File: f.File, Got: h.Version, Want: mine.Version}
		case h.Rules != mine.Rules:
			return &Mismatch{What: OtherRules, File: f.File, Got: h.Rules, Want: mine.Rules}
		case h.Settings != mine.Settings:
			return &Mismatch{What: OtherSettings, File: f.File, Got: h.Settings, Want: mine.Settings}
		}
	}
	if len(files) == 0 {
		return nil
	}
	first := &files[0]
	seen := map[int]string{}
	for i := range files {
		f := &files[i]
		h, w := &f.Header, &first.Header
		if h.Part.Count != w.Part.Count {
			return &Mismatch{What: OtherCount, File: f.File, With: first.File, Got: h.Part.String(), Want: w.Part.String()}
		}
		if name, ok := otherFlag(h, w); ok {
			return &Mismatch{What: OtherFlag, File: f.File, With: first.File, Flag: name, Got: h.flag(name), Want: w.flag(name)}
		}
		if h.Input != w.Input {
			return &Mismatch{What: OtherInput, File: f.File, With: first.File, GotInput: h.Input, WantInput: w.Input}
		}
		if other, ok := seen[h.Part.Index]; ok {
			return &Mismatch{What: Twice, File: f.File, With: other, Got: h.Part.String()}
		}
		seen[h.Part.Index] = f.File
	}
	m := &Mismatch{What: Missing, Count: first.Header.Part.Count}
	for i := 1; i <= m.Count; i++ {
		if _, ok := seen[i]; !ok {
			m.Missing = append(m.Missing, i)
		}
	}
	if len(m.Missing) > 0 {
		return m
	}
	return nil
}

// What --now and --since are called among flags.
const (
	flagNow   = "--now"
	flagSince = "--since"
)

func (h *Header) flag(name string) string {
	switch name {
	case flagNow:
		return h.Now
	case flagSince:
		return h.Since
	}
	return h.Flags[name]
}

// otherFlag is the first flag by name that two runs had different values of.
func otherFlag(a, b *Header) (string, bool) {
	names := slices.AppendSeq(slices.Collect(maps.Keys(a.Flags)), maps.Keys(b.Flags))
	names = append(names, flagNow, flagSince)
	slices.Sort(names)
	for _, name := range names {
		if a.flag(name) != b.flag(name) {
			return name, true
		}
	}
	return "", false
}
