package verdict

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/lang"
)

// Text is something said in the language of the report, in parts: the words of
// rules and of the program, and between them the values they speak of. Parts
// stay apart until a report is written, so that values can be hidden, renamed or
// said otherwise without looking for them in finished sentences. An empty text
// says nothing; words are never empty.
type Text []Part

// Part is words or, where Value is set, a value.
type Part struct {
	Words string
	Value *Value
}

// Value is one value in a text, and how it is to be shown.
type Value struct {
	// Of is the value itself: nil, bool, int, float64, string, or a list ([]any)
	// of them. Times are RFC 3339 texts with the format Time or Date.
	Of any
	// Fact is the dotted path it was read from ("image.short_side"); empty for
	// what a check or the program itself gives.
	Fact   string
	Unit   string // of the fact, as in the catalogue
	Format Format
	// Join stands between the entries of a list that is shown as one text, cut
	// where a text is; a list without it is shown by its first entries.
	Join string
	// Total is how many entries the list had, where Of holds only the first.
	Total   int
	Privacy Privacy
}

// Format is how a value is shown.
type Format string

const (
	Plain   Format = ""        // numbers to two decimals, long texts cut, a dash for nothing
	Percent Format = "percent" // a share 0..1 as percent
	Bytes   Format = "bytes"   // a number of bytes in KiB, MiB
	Time    Format = "time"    // day and minute in Beijing
	Date    Format = "date"    // day in Beijing
	Exact   Format = "exact"   // to the last digit and letter
)

// Privacy says who may see a value.
type Privacy string

const (
	// ByType is what goes without saying: anybody may see numbers, yes or no, and
	// lists of them; the seller alone what else there is.
	ByType Privacy = ""
	// Public may be seen by anybody: words and numbers of the program and of
	// rules.
	Public Privacy = "public"
	// Private is the seller's own: names, ids, what was read in pictures and
	// papers or stands in case.yaml.
	Private Privacy = "private"
	// Path is the path of a file or folder below the scanned root or the case,
	// "/" between its parts: others see another name for it.
	Path Privacy = "path"
)

// For says who may see a value of which p was said.
func (p Privacy) For(v any) Privacy {
	if p != ByType {
		return p
	}
	switch x := v.(type) {
	case nil, bool, int, int64, float64:
		return Public
	case []any:
		if !slices.ContainsFunc(x, func(e any) bool { return p.For(e) != Public }) {
			return Public
		}
	}
	return Private
}

// PrivacyOf says who may see what a field of the facts or of case.yaml holds:
// what its privacy tag says, else anybody where it can only be one of a list of
// words (enum), else by type.
func PrivacyOf(tag reflect.StructTag) Privacy {
	switch {
	case tag.Get("privacy") != "":
		return Privacy(tag.Get("privacy"))
	case tag.Get("enum") != "":
		return Public
	}
	return ByType
}

// Words makes a text of words alone.
func Words(s string) Text {
	if s == "" {
		return nil
	}
	return Text{{Words: s}}
}

// Text makes a text of a value alone.
func (v Value) Text() Text { return Text{{Value: &v}} }

// Word is a word of the program or of rules as a value: a kind, a key of
// case.yaml, the name of a fact.
func Word(s string) Value { return Value{Of: s, Format: Exact, Privacy: Public} }

// Say puts a text into a language. pairs are name, value, name, value … for its
// {placeholders}, beside the values it has: Texts and Values are put in as they
// are. Texts that a lang.Text carries may be anything (what another program
// said, a name) and are private.
func Say(l lang.Lang, t lang.Text, pairs ...any) Text {
	values := map[string]Text{}
	for _, list := range [][]any{t.Values, pairs} {
		for i := 0; i+1 < len(list); i += 2 {
			values[fmt.Sprintf("{%v}", list[i])] = said(l, list[i+1])
		}
	}
	var out Text
	rest := lang.Text{ZH: t.ZH, EN: t.EN}.In(l)
	for {
		at, name := len(rest), ""
		for n := range values {
			if i := strings.Index(rest, n); i >= 0 && i < at {
				at, name = i, n
			}
		}
		out = out.and(Words(rest[:at]))
		if name == "" {
			return out
		}
		out = out.and(values[name])
		rest = rest[at+len(name):]
	}
}

func said(l lang.Lang, v any) Text {
	switch x := v.(type) {
	case Text:
		return x
	case Value:
		return x.Text()
	case lang.Text:
		return Say(l, x)
	case int:
		return Value{Of: x, Format: Exact}.Text()
	}
	return Value{Of: fmt.Sprint(v), Format: Exact}.Text()
}

// Join puts words between texts.
func Join(texts []Text, words string) Text {
	var out Text
	for i, t := range texts {
		if i > 0 {
			out = out.and(Words(words))
		}
		out = out.and(t)
	}
	return out
}

// and puts a text behind t, which nobody else holds. Words that meet become one
// part.
func (t Text) and(more Text) Text {
	if last := len(t) - 1; last >= 0 && len(more) > 0 && t[last].Value == nil && more[0].Value == nil {
		t[last].Words += more[0].Words
		more = more[1:]
	}
	return append(t, more...)
}

// Equal reports whether two texts say the same with the same values.
func (t Text) Equal(other Text) bool {
	return slices.EqualFunc(t, other, func(a, b Part) bool { return reflect.DeepEqual(a, b) })
}
