package statement

import (
	"embed"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/lang"
)

//go:embed sentences.yaml
var sentencesData []byte

//go:embed languages
var languageFiles embed.FS

// specs is sentences.yaml.
type specs struct {
	Order     map[string][]string `json:"order" zh:"各理由下各节的顺序" en:"order of the sections by ground"`
	Sentences []spec              `json:"sentences" zh:"可以写的句子" en:"what can be said"`
}

// spec says when a sentence may be made.
type spec struct {
	Key     string   `json:"key" zh:"名称" en:"name"`
	Section string   `json:"section" zh:"所在的节" en:"section it stands in"`
	Rank    int      `json:"rank" zh:"篇幅不够时，大的先删" en:"the greatest go first where there is no room"`
	Blanks  bool     `json:"blanks" zh:"缺值时留空" en:"values that are missing become blanks"`
	Rules   []string `json:"rules" zh:"不通过就不写的规则" en:"rules that hold it back"`
	Passes  []string `json:"passes" zh:"至少通过其一才写的规则" en:"rules of which one must have passed"`
}

func loadSpecs() (*specs, error) {
	out := &specs{}
	if _, err := config.Decode("sentences.yaml", sentencesData, out); err != nil {
		return nil, err
	}
	return out, nil
}

// find returns a spec by its key.
func (s *specs) find(key string) (spec, bool) {
	i := slices.IndexFunc(s.Sentences, func(x spec) bool { return x.Key == key })
	if i < 0 {
		return spec{}, false
	}
	return s.Sentences[i], true
}

// language is how a statement is said in one language.
type language struct {
	Tag       string            `json:"language" zh:"语言" en:"tag"`
	Title     string            `json:"title" zh:"标题" en:"title"`
	Numbers   []string          `json:"numbers" zh:"各节的编号" en:"numbers of the sections"`
	Heading   string            `json:"heading" zh:"节标题" en:"heading of a section"`
	Day       string            `json:"day" zh:"日期" en:"a day"`
	Minute    string            `json:"minute" zh:"日期和时间" en:"a time"`
	Months    []string          `json:"months" zh:"月份" en:"months"`
	Join      string            `json:"join" zh:"列举时的分隔" en:"between the entries of a list"`
	Chain     string            `json:"chain" zh:"授权链各方之间" en:"between the parties of a chain"`
	Blank     string            `json:"blank" zh:"留空处" en:"a place to be filled in"`
	Sections  map[string]string `json:"sections" zh:"节名" en:"names of the sections"`
	Blanks    map[string]string `json:"blanks" zh:"留空处要填什么" en:"what belongs into a blank"`
	Words     map[string]string `json:"words" zh:"用词" en:"words"`
	Sentences map[string]string `json:"sentences" zh:"句子" en:"sentences"`
}

// languageTags are those of the files, sorted.
func languageTags() []string {
	return config.Tags(languageFiles, "languages")
}

// ErrLanguage says that there is no file for a language.
var ErrLanguage = errors.New("no statement in this language")

func loadLanguage(tag string) (*language, error) {
	out := &language{}
	switch err := config.DecodeTag(languageFiles, "languages", tag, out); {
	case errors.Is(err, config.ErrNoTag):
		return nil, fmt.Errorf("%w: %s", ErrLanguage, tag)
	case err != nil:
		return nil, err
	}
	return out, nil
}

var placeholder = regexp.MustCompile(`\{[a-z_0-9]+\}`)

// fill puts values into a text at one go: what is in a value is no placeholder.
func (l *language) fill(text string, pairs ...string) string {
	return placeholder.ReplaceAllStringFunc(text, func(name string) string {
		for i := 0; i+1 < len(pairs); i += 2 {
			if "{"+pairs[i]+"}" == name {
				return pairs[i+1]
			}
		}
		return name
	})
}

// word is a word of the language, empty where there is none.
func (l *language) word(group, name string) string { return l.Words[group+"."+name] }

// day is a date as it stands in the time's own zone; empty for none.
func (l *language) day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	month := strconv.Itoa(int(t.Month()))
	if len(l.Months) == 12 {
		month = l.Months[t.Month()-1]
	}
	return l.fill(l.Day, "y", strconv.Itoa(t.Year()), "month", month, "m", strconv.Itoa(int(t.Month())), "d", strconv.Itoa(t.Day()))
}

// minute is a date with its time of day in the time's own zone.
func (l *language) minute(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return l.fill(l.Minute, "day", l.day(t), "time", t.Format("15:04"))
}

// beijing is minute in Beijing time, the platform's.
func (l *language) beijing(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return l.minute(t.In(lang.Beijing()))
}

// beijingDay is day in Beijing time.
func (l *language) beijingDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return l.day(t.In(lang.Beijing()))
}
