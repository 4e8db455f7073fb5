// Package derive adds the facts that bytes alone do not give: those that
// depend on the file's name, on case.yaml or on thresholds of rules.yaml. They
// are cheap and never cached.
//
// It may import pkg/casefile, pkg/contacts, pkg/extract/picture/text/words,
// pkg/facts, pkg/format and pkg/lang.
package derive

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
)

// Config is what rules.yaml says about derived facts.
type Config struct {
	Camera     Threshold `json:"camera"`
	Screenshot Threshold `json:"screenshot"`
	Messenger  Threshold `json:"messenger"`
	Edited     Threshold `json:"edited"`
	AI         Threshold `json:"ai"`
	Document   Threshold `json:"document"`
	// ScreenshotNames and MessengerNames match file names that only
	// screenshot tools and messengers give.
	ScreenshotNames []*regexp.Regexp `json:"-"`
	MessengerNames  []*regexp.Regexp `json:"-"`
}

// Threshold turns a score into a verdict: yes from Yes on, no up to No,
// unclear between.
type Threshold struct {
	Yes float64 `json:"yes"`
	No  float64 `json:"no"`
}

// Subject is the asset's place: what the folder and the case say of it.
type Subject struct {
	Path string // below the case folder, with /
	Case *casefile.File
	// Contacts asks for contact details in the name and in metadata: matching
	// all patterns against every field costs more than reading the file.
	Contacts bool
}

// Needs adds to the facts that rules read those that derived ones among them
// are made from.
func Needs(wanted []string) []string {
	out := slices.Clone(wanted)
	if WantsContacts(wanted) {
		out = append(out, "exif", "meta")
	}
	return out
}

// WantsContacts reports whether contact details in metadata are among the
// facts wanted; nil wants everything.
func WantsContacts(wanted []string) bool {
	return wanted == nil || slices.Contains(wanted, "meta.contacts")
}

// Apply fills the derived facts of a set.
func (c *Config) Apply(set *facts.Set, s Subject) {
	fileFacts(set, s.Path)
	name := path.Base(s.Path)
	if seen(set, "origin") {
		nameSignal(&set.Origin.Screenshot, c.ScreenshotNames, name)
		nameSignal(&set.Origin.Messenger, c.MessengerNames, name)
		c.Camera.judge(&set.Origin.Camera)
		c.Screenshot.judge(&set.Origin.Screenshot)
		c.Messenger.judge(&set.Origin.Messenger)
		c.Edited.judge(&set.Origin.Edited)
		c.AI.judge(&set.Origin.AI)
	}
	if seen(set, "document.edited") {
		c.Document.judge(&set.Document.Edited)
	}
	textFacts(set, s.Case)
	if s.Contacts {
		c.metadataContacts(set, name)
	}
}

func seen(set *facts.Set, group string) bool {
	st := set.Status(group).State
	return st == facts.Present || st == facts.Absent
}

func (t Threshold) judge(j *facts.Judged) {
	switch {
	case j.Score >= t.Yes:
		j.Verdict = "yes"
	case j.Score <= t.No:
		j.Verdict = "no"
	default:
		j.Verdict = "unclear"
	}
}

// nameWeight is what a telling file name counts: names are given by programs
// and rarely wrong, yet anybody can rename a file.
const nameWeight = 0.9

func nameSignal(j *facts.Judged, patterns []*regexp.Regexp, name string) {
	if !utf8.ValidString(name) {
		return
	}
	for _, re := range patterns {
		if re.MatchString(name) {
			j.Signals = append(j.Signals, facts.Signal{Name: "file.name", Value: name, Weight: nameWeight})
			j.Score = min(1, j.Score+nameWeight) // scores are sums, see pkg/extract/file/origin
			return
		}
	}
}

func fileFacts(set *facts.Set, p string) {
	f := &set.File
	f.Path, f.Name = p, path.Base(p)
	f.Extension = strings.ToLower(strings.TrimPrefix(path.Ext(p), "."))
	f.FormatMatchesExtension = slices.Contains(format.Of(f.Format).Extensions, f.Extension)
}
