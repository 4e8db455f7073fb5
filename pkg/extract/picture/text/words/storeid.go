package words

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/aecheck/aecheck/pkg/facts"
)

// StoreID is the ID in a line of the form AE-1234567 (M21).
type StoreID struct {
	Found    bool
	Digits   string // as read, never repaired
	Doubtful bool   // it may have been read wrong
	Cut      bool   // AE itself was read in part or wrong
	From, N  int    // where the digits stand in the line, in characters
}

// storeForms are the expressions of store IDs.
type storeForms struct{ whole, cut, starts *regexp.Regexp }

// storePattern is AE, a dash of any kind or none, and five to twelve digits or
// letters that look like some.
const storePattern = `(?i)(?:^|[^a-z0-9])a ?e ?[-_—–－:.~·]? ?([0-9oOlIiSBZ|]{5,12})(?:$|[^a-z0-9])`

// cutStorePattern is what is left of such an ID where it crosses an edge: A lost, or
// E read as what looks like it, before a dash and six or more digits; or A alone.
const cutStorePattern = `(?i)^(?:(?:[a4][7fblc6ar]|[ef]) ?[-_—–－] ?([0-9]{6,12})|[a4] ?[-_—–－] ?([0-9]{8,9})|a ?([0-9]{8,9}))$`

// startsID is what is read of the beginning of a store ID that was cut in two.
const startsID = `(?i)^a ?e ?[-_—–－:.~·]? ?[0-9]{0,4}$`

func newStoreForms() storeForms {
	return storeForms{regexp.MustCompile(storePattern), regexp.MustCompile(cutStorePattern), regexp.MustCompile(startsID)}
}

// StoreID finds AE, a dash of any kind or none, and five or more digits. A letter
// among them that looks like a digit is kept as it was read and makes the ID
// doubtful.
func (w *Lexicon) StoreID(text string) StoreID {
	loc := w.store.whole.FindStringSubmatchIndex(text)
	if loc == nil {
		if loc = w.store.cut.FindStringSubmatchIndex(text); loc != nil {
			from, to := loc[2], loc[3]
			for group := 4; from < 0; group += 2 {
				from, to = loc[group], loc[group+1]
			}
			return StoreID{Found: true, Digits: text[from:to], Doubtful: true, Cut: true}
		}
		return StoreID{}
	}
	id := StoreID{Digits: text[loc[2]:loc[3]]}
	digits := 0
	for _, r := range id.Digits {
		if unicode.IsDigit(r) {
			digits++
		} else {
			id.Doubtful = true
		}
	}
	if 3*digits < 2*len(id.Digits) {
		return StoreID{}
	}
	id.Found = true
	id.From, id.N = len([]rune(text[:loc[2]])), len([]rune(id.Digits))
	return id
}

// StartsID reports what is read of a store ID before it was cut in two.
func (w *Lexicon) StartsID(text string) bool { return w.store.starts.MatchString(text) }

// JoinID is a store ID that was read as two lines, AE and its digits.
func JoinID(head, digits string) string {
	return strings.TrimRight(head, "-_—–－:.~· ") + "-" + digits
}

// OwnWatermark says whether a watermark is this store's: its ID in the form
// AE-digits (M21). A doubtful digit makes it unclear, and so does a store that is
// not known; another ID and every other form is "no".
func OwnWatermark(w facts.Watermark, store string) string {
	want := strings.TrimSpace(store)
	if len(want) >= 2 && strings.EqualFold(want[:2], "ae") {
		want = strings.TrimLeft(want[2:], " -_")
	}
	switch {
	case w.Form != "ae_id":
		return "no"
	case want == "":
		return "unclear"
	case w.StoreID == want && !w.Doubtful:
		return "yes"
	case w.Doubtful && len(w.StoreID) == len(want):
		return "unclear"
	}
	return "no"
}
