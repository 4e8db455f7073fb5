package lang

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
)

// Text is something to say to people: Chinese and English as they stand in the
// sources, with the values that go into their {placeholders}. Either may be
// empty: the other is shown then.
type Text struct {
	ZH string `json:"zh,omitempty"`
	EN string `json:"en,omitempty"`
	// Values are name, value, name, value … : strings, whole numbers, or Texts,
	// which are said in the same language.
	Values []any `json:"values,omitempty"`
}

// T makes a text: T("{n} 张图片", "{n} pictures", "n", 3).
func T(zh, en string, values ...any) Text { return Text{ZH: zh, EN: en, Values: values} }

// Plain makes a text that is the same in every language: a name, a number, what
// another program said.
func Plain(s string) Text { return Text{ZH: "{text}", EN: "{text}", Values: []any{"text", s}} }

// IsZero reports whether there is nothing to say.
func (t Text) IsZero() bool { return t.ZH == "" && t.EN == "" }

// In returns the text in a language, with its values.
func (t Text) In(l Lang) string {
	text := t.EN
	switch {
	case l == ZH && t.ZH != "", t.EN == "":
		text = t.ZH
	case l != ZH && hasWords(t.EN):
		text = l.Say(t.EN)
	}
	if len(t.Values) == 0 {
		return text
	}
	pairs := make([]any, len(t.Values))
	for i, v := range t.Values {
		if inner, ok := v.(Text); ok {
			v = inner.In(l)
		}
		pairs[i] = v
	}
	return Fill(text, pairs...)
}

// hasWords reports whether there is anything to translate in a text beside its
// values.
func hasWords(text string) bool {
	if head, _, _ := strings.Cut(text, "{"); strings.ContainsFunc(head, unicode.IsLetter) {
		return true // nearly always, and without a pattern
	}
	return strings.ContainsFunc(placeholder.ReplaceAllString(text, ""), unicode.IsLetter)
}

// String is the English text.
func (t Text) String() string { return t.In(EN) }

// UnmarshalJSON reads what MarshalJSON of the struct writes; values come back as
// strings, whole numbers and Texts.
func (t *Text) UnmarshalJSON(data []byte) error {
	var raw struct {
		ZH     string            `json:"zh"`
		EN     string            `json:"en"`
		Values []json.RawMessage `json:"values"`
	}
	if err := json.Unmarshal(data, &raw); err != nil {
		return err
	}
	*t = Text{ZH: raw.ZH, EN: raw.EN}
	for _, v := range raw.Values {
		value, err := readValue(v)
		if err != nil {
			return err
		}
		t.Values = append(t.Values, value)
	}
	return nil
}

func readValue(data json.RawMessage) (any, error) {
	data = bytes.TrimSpace(data)
	if len(data) > 0 && data[0] == '{' {
		var inner Text
		err := json.Unmarshal(data, &inner)
		return inner, err
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, err
	}
	if n, ok := v.(json.Number); ok {
		if i, err := n.Int64(); err == nil {
			return int(i), nil
		}
		return n.String(), nil
	}
	return v, nil
}

// Fill puts values into the {placeholders} of a text: Fill("{n} files", "n", 3).
// Values are not looked into, so a value that holds braces stays as it is.
func Fill(text string, pairs ...any) string {
	var out strings.Builder
	for {
		before, rest, open := strings.Cut(text, "{")
		out.WriteString(before)
		if !open {
			return out.String()
		}
		name, after, closed := strings.Cut(rest, "}")
		at := -1
		for i := 0; closed && at < 0 && i+1 < len(pairs); i += 2 {
			if fmt.Sprint(pairs[i]) == name {
				at = i
			}
		}
		if at < 0 {
			out.WriteByte('{')
			text = rest
			continue
		}
		fmt.Fprint(&out, pairs[at+1])
		text = after
	}
}

// Count fills {n} into a text that has a form for one and one for several,
// divided by |: Count("{n} file|{n} files", 2) gives "2 files". A text with one
// form, as all Chinese ones, serves any number.
func Count(text string, n int) string {
	one, several, two := strings.Cut(text, "|")
	if two && n != 1 {
		return Fill(several, "n", n)
	}
	return Fill(one, "n", n)
}
