package letters

import (
	"embed"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/aecheck/aecheck/pkg/config"
)

//go:embed forms
var formFiles embed.FS

// Errors of Write.
var (
	ErrLanguage = errors.New("no letters in this language")
	ErrKind     = errors.New("no such kind of letter")
	ErrLetter   = errors.New("case.yaml names no such letter of this kind")
)

// forms are the papers in one language.
type forms struct {
	Language  string   `json:"language" zh:"语言" en:"tag"`
	Blank     string   `json:"blank" zh:"留空处" en:"a place to be filled in"`
	Day       string   `json:"day" zh:"日期" en:"a day"`
	Months    []string `json:"months" zh:"月份" en:"months"`
	Term      string   `json:"term" zh:"期限" en:"a term"`
	Open      string   `json:"open" zh:"没有截止日期的期限" en:"a term without an end"`
	Join      string   `json:"join" zh:"列举时的分隔" en:"between the entries of a list"`
	Allowed   string   `json:"allowed" zh:"允许转授权" en:"sub-licensing is allowed"`
	Forbidden string   `json:"forbidden" zh:"不允许转授权" en:"sub-licensing is not allowed"`
	Worldwide string   `json:"worldwide" zh:"全球" en:"the whole world"`
	Pages     string   `json:"pages" zh:"页码" en:"number of a page"`
	// GrantRows and GrantSign are those of forms that have none of their own.
	GrantRows []row             `json:"grant_rows" zh:"授权类文书的表格" en:"table of letters that grant"`
	GrantSign []line            `json:"grant_sign" zh:"授权类文书的落款" en:"end of letters that grant"`
	Forms     map[string]form   `json:"forms" zh:"文书" en:"papers"`
	Words     map[string]string `json:"words" zh:"用词" en:"words"`
	Todo      map[string]string `json:"todo" zh:"还要填的内容" en:"what is left to be filled in"`
}

// form is one paper.
type form struct {
	File       string   `json:"file" zh:"文件名" en:"name of the files"`
	Title      string   `json:"title" zh:"标题" en:"title"`
	Before     []string `json:"before" zh:"表格之前" en:"before the table"`
	Rows       []row    `json:"rows" zh:"表格" en:"table"`
	Paragraphs []line   `json:"paragraphs" zh:"正文" en:"text"`
	Sign       []line   `json:"sign" zh:"落款" en:"place for hand and seal"`
}

type row struct {
	Label string `json:"label" zh:"名称" en:"label"`
	Value string `json:"value" zh:"内容" en:"value"`
	For   string `json:"for" zh:"什么情况下才有" en:"when it is there"`
}

type line struct {
	Text string `json:"text" zh:"内容" en:"text"`
	For  string `json:"for" zh:"什么情况下才有" en:"when it is there"`
}

// Languages are the tags of the languages there are, sorted.
func Languages() []string {
	return config.Tags(formFiles, "forms")
}

func loadForms(tag string) (*forms, error) {
	out := &forms{}
	switch err := config.DecodeTag(formFiles, "forms", tag, out); {
	case errors.Is(err, config.ErrNoTag):
		return nil, fmt.Errorf("%w: %s", ErrLanguage, tag)
	case err != nil:
		return nil, err
	}
	for kind, f := range out.Forms {
		if len(f.Rows) == 0 {
			f.Rows = out.GrantRows
		}
		if len(f.Sign) == 0 {
			f.Sign = out.GrantSign
		}
		out.Forms[kind] = f
	}
	return out, nil
}

var placeholder = regexp.MustCompile(`\{[a-z_]+\}`)

// placeholders are the names in a text.
func placeholders(s string) []string {
	var out []string
	for _, m := range placeholder.FindAllString(s, -1) {
		out = append(out, strings.Trim(m, "{}"))
	}
	return out
}

// fill puts fields into a text at one go: what is in a field is no placeholder.
func fill(text string, fields map[string]string) string {
	return placeholder.ReplaceAllStringFunc(text, func(name string) string {
		if s, ok := fields[strings.Trim(name, "{}")]; ok {
			return s
		}
		return name
	})
}
