package words

import (
	"strings"
	"unicode"

	"github.com/aecheck/aecheck/pkg/contacts"
)

// Meaning is what the words of one line say.
type Meaning struct {
	Label        string // form of the AI label, "" for none
	LabelPart    string // form of the AI label of which the line is what was read, "" for none
	Promotions   []Promotion
	Contacts     []contacts.Match
	Messenger    bool // the name of a messenger and nothing more
	Copyright    bool
	Forbidding   bool // forbids copying, or calls the picture a sample
	Mark         bool // a Chinese wording of marks
	Stock        bool // the name of a picture library
	Caption      bool // says what captions say, and nothing else
	Sentence     bool // more than a name
	Platform     bool // the name of a platform or of an app that puts it on pictures
	PlatformWord bool // the same where the name is a word as well; it is meant only at the edge
	Settings     bool // how a camera was set, as is written under photographs
	Maker        bool // a maker of cameras or phones, perhaps with a model
	StockNumber  bool // a number as picture libraries give; it says so only at the edge
	Store        StoreID
}

// Promotion is a promotional wording.
type Promotion struct {
	Value      string  // "free shipping"
	Confidence float64 // that such words are promotion, 0..1
}

// Mean finds what the words of a line say.
func (w *Lexicon) Mean(text string) Meaning {
	l, p := &w.list, Plain(text)
	m := Meaning{
		Label:        formOf(l.Labels, text),
		LabelPart:    formOf(l.LabelParts, text),
		Contacts:     w.Contacts(apart(text)),
		Messenger:    l.Messengers.re.MatchString(p),
		Copyright:    l.Copyright.re.MatchString(p) || l.CircledYear.re.MatchString(text),
		Forbidding:   l.Forbidding.re.MatchString(p),
		Mark:         l.ChineseMarks.re.MatchString(p) && Han(text) != "",
		Stock:        l.Stock.re.MatchString(Key(text)),
		Platform:     l.Platforms.re.MatchString(p),
		PlatformWord: l.PlatformWords.re.MatchString(p),
		Settings:     l.CameraSettings.re.MatchString(p),
		Maker:        l.CameraMakers.re.MatchString(p),
		StockNumber:  l.StockNumber.re.MatchString(p),
		Caption:      w.Caption(text),
		Sentence:     w.Sentence(text),
		Store:        w.StoreID(text),
	}
	for _, word := range l.Promotions {
		if word.re.MatchString(p) {
			m.Promotions = append(m.Promotions, Promotion{word.Value, word.Confidence})
		}
	}
	return m
}

// Contacts finds the contact details in a text read from a picture.
func (w *Lexicon) Contacts(text string) []contacts.Match {
	return w.contacts.Find(text, contacts.Image)
}

// IsPiece reports a part of a contact detail or of a wording of marks.
func (w *Lexicon) IsPiece(text string) bool { return w.list.Pieces.re.MatchString(Plain(text)) }

// IsSaid reports a line that says something that is judged on its own.
func (m *Meaning) IsSaid() bool {
	return m.Label != "" || len(m.Promotions) > 0 || len(m.Contacts) > 0 || m.Copyright || m.Mark || m.Store.Found
}

// NamesSite reports the address of a site.
func (m *Meaning) NamesSite() bool {
	for _, c := range m.Contacts {
		if c.Kind == "url" || c.Kind == "domain" {
			return true
		}
	}
	return false
}

// apart sets the addresses of tiles apart that were read as one line.
func apart(s string) string {
	if strings.Count(s, "www.") < 2 {
		return s
	}
	return strings.TrimSpace(strings.ReplaceAll(s, "www.", " www."))
}

// Texture reports a line of one letter, or two, again and again: what readers make
// of ribs, meshes and the teeth of a zip.
func Texture(s string) bool {
	const least = 4 // letters; "www" begins an address
	n, distinct := 0, map[rune]bool{}
	for _, r := range strings.ToLower(s) {
		switch {
		case unicode.IsDigit(r):
			return false
		case unicode.IsLetter(r):
			n++
			distinct[r] = true
		}
	}
	return n >= least && 3*len(distinct) <= n
}

// YearFirst reports a text that begins with a year and goes on with a name, in
// which one letter may be misread as a digit, as one digit of the year as a letter.
func YearFirst(s string) bool {
	p := strings.TrimLeft(Plain(s), "@co0©() ")
	if len(p) < 8 {
		return false
	}
	p = strings.NewReplacer("l", "1", "i", "1", "|", "1", "o", "0").Replace(p[:4]) + p[4:]
	if p[:2] != "19" && p[:2] != "20" {
		return false
	}
	letters, digits := 0, 0
	for i, r := range p {
		switch {
		case i < 2:
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			if digits < 2 {
				return false
			}
			letters++
		}
	}
	return letters >= 4 && digits <= 3
}
