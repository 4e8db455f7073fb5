// Package statement drafts the statement of an appeal from what was found in a judged
// case, and from nothing else: every sentence rests on facts and on rules that do not
// stand against it, what is lacking is a blank that says what belongs there, and no
// sentence praises or apologises (M29). What can be said stands in sentences.yaml, how
// it is said in one file a language.
//
// EXIF and papers can be forged, so a draft says what a file records and never that
// it is genuine.
//
// It may import pkg/casefile, pkg/config, pkg/facts, pkg/lang and pkg/verdict.
package statement

import (
	"slices"
	"strings"
	"unicode"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Input is a judged case.
type Input struct {
	Case *facts.Case
	// Findings of the case, their assets below the scanned root.
	Findings []verdict.Finding
	// Seal and Signature are the confidences (0..1) from which one counts, Max the
	// letters and characters a statement may have: params.document of rules.yaml.
	Seal, Signature float64
	Max             int
}

// Basis is one thing that a sentence rests on: a fact with its value, of a file or,
// where Asset is empty, of the case; or a rule that passed, by whose word where a person
// confirmed or overruled it.
type Basis struct {
	Asset, Fact, Value string
	Rule, Person       string
}

// Sentence is one sentence of a draft.
type Sentence struct {
	Key   string // of sentences.yaml
	Text  string
	Basis []Basis
	rank  int
}

// Section is a part of the draft under a heading.
type Section struct {
	Key       string
	Heading   string
	Sentences []Sentence
}

// Held is a sentence that was not made, with the finding that speaks against it.
type Held struct {
	Section string // heading
	Assets  []string
	Finding *verdict.Finding
	// Blank is true where the sentence was made, with a blank for what the finding is
	// about.
	Blank bool
}

// Draft is a statement.
type Draft struct {
	Title    string
	Sections []Section
	// Dropped are the sentences for which there was no room, the least first.
	Dropped []Sentence
	Held    []Held
	// Conflicts are where a statement that is kept in the case says otherwise.
	Conflicts []Conflict
	Blanks    int // places to be filled in
	Length    int // letters and characters, as the rules for statements count them
}

// Languages are the tags of the languages a statement can be written in, sorted.
func Languages() []string { return languageTags() }

// Write drafts the statement of a case in a language. The error is an unknown
// language.
func Write(in Input, tag string) (*Draft, error) {
	what, err := loadSpecs()
	if err != nil {
		return nil, err
	}
	how, err := loadLanguage(tag)
	if err != nil {
		return nil, err
	}
	d := &drafter{Input: in, file: in.Case.File, specs: what, lang: how, made: map[string][]Sentence{}}
	if d.file == nil {
		d.file = &casefile.File{}
	}
	d.penalty()
	d.mended()
	d.origin()
	d.authorization()
	d.evidence()
	d.attached()
	out := &Draft{Title: how.Title, Held: d.held}
	ground := d.ground()
	for _, key := range what.Order[ground] {
		if len(d.made[key]) > 0 {
			out.Sections = append(out.Sections, Section{Key: key, Sentences: d.made[key]})
		}
	}
	out.number(how)
	out.fit(in.Max)
	out.number(how) // sections may have gone
	out.Length = out.length()
	mark, _, _ := strings.Cut(how.Blank, "{what}")
	out.Blanks = strings.Count(out.Text(nil), mark)
	out.Conflicts = d.conflicts(out)
	return out, nil
}

// number gives the sections their headings.
func (d *Draft) number(how *language) {
	for i := range d.Sections {
		s := &d.Sections[i]
		s.Heading = how.fill(how.Heading, "n", how.Numbers[i], "title", how.Sections[s.Key])
	}
}

// ground of the appeal.
func (d *drafter) ground() string {
	if d.file.Appeal.Ground == "" {
		return "rectified"
	}
	return d.file.Appeal.Ground
}

// Text is the draft as text, a sentence a line. trace, where given, says what stands
// below a sentence.
func (d *Draft) Text(trace func(Sentence) []string) string {
	var b strings.Builder
	b.WriteString(d.Title + "\n")
	for _, s := range d.Sections {
		b.WriteString("\n" + s.Heading + "\n")
		for _, x := range s.Sentences {
			b.WriteString(x.Text + "\n")
			if trace == nil {
				continue
			}
			for _, line := range trace(x) {
				b.WriteString("    " + line + "\n")
			}
		}
	}
	return b.String()
}

// fit drops the least sentences, the last first, until the draft has no more letters
// and characters than most.
func (d *Draft) fit(most int) {
	for most > 0 && d.length() > most {
		section, sentence, rank := -1, -1, 0
		for i, s := range d.Sections {
			for k, x := range s.Sentences {
				if x.rank >= max(rank, 1) {
					section, sentence, rank = i, k, x.rank
				}
			}
		}
		if section < 0 {
			return // what is left has to be said
		}
		s := &d.Sections[section]
		d.Dropped = append(d.Dropped, s.Sentences[sentence])
		s.Sentences = slices.Delete(slices.Clone(s.Sentences), sentence, sentence+1)
		if len(s.Sentences) == 0 {
			d.Sections = slices.Delete(d.Sections, section, section+1)
		}
	}
}

// length counts letters and Han characters.
func (d *Draft) length() int {
	n := 0
	for _, r := range d.Text(nil) {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}
