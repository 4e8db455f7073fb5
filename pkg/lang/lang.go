// Package lang is the languages the program speaks. A text stands in the
// sources in Chinese and English, side by side ([Text]); every other language is
// one catalogue file that translates the English ones ([Load]). What a catalogue
// lacks is shown in English and counted ([Lang.Missing]), never in silence.
//
// It also holds the clock the appeal goes by ([Beijing]).
//
// It imports nothing of ours.
package lang

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Lang is a language to speak: one of the two of the sources, or one with a
// catalogue. The zero Lang is English. It is safe for concurrent use.
type Lang struct {
	tag       string
	catalogue *catalogue
}

// The languages of the sources.
var (
	ZH = Lang{tag: "zh"}
	EN = Lang{tag: "en"}
)

// Tag is the short name of the language, as in --lang: "zh", "en", "es".
func (l Lang) Tag() string {
	if l.tag == "" {
		return EN.tag
	}
	return l.tag
}

// String is the tag.
func (l Lang) String() string { return l.Tag() }

// Name is what the language calls itself.
func (l Lang) Name() string {
	switch {
	case l.catalogue != nil:
		return l.catalogue.name
	case l == ZH:
		return "中文"
	}
	return "English"
}

// Say returns an English text in the language. A language without a catalogue
// has nothing to say but English: Chinese texts stand beside the English ones.
func (l Lang) Say(english string) string {
	if l.catalogue == nil || english == "" {
		return english
	}
	return l.catalogue.say(english)
}

// Missing lists the English texts that were shown because the catalogue has no
// translation, sorted.
func (l Lang) Missing() []string {
	if l.catalogue == nil {
		return nil
	}
	return l.catalogue.lacked()
}

// Find returns the language of a tag.
func Find(list []Lang, tag string) (Lang, error) {
	tags := make([]string, len(list))
	for i, l := range list {
		if l.Tag() == tag {
			return l, nil
		}
		tags[i] = l.Tag()
	}
	return EN, fmt.Errorf("unknown language %q: one of %s", tag, strings.Join(tags, " "))
}

// Match returns the language that a locale asks for (zh_CN.UTF-8, zh-Hans-CN,
// zh, Chinese (Simplified)_China.936); ok is false where there is none.
func Match(list []Lang, locale string) (l Lang, ok bool) {
	locale = strings.ToLower(locale)
	if strings.HasPrefix(locale, "chinese") {
		locale = "zh"
	}
	end := strings.IndexFunc(locale, func(r rune) bool { return r < 'a' || r > 'z' })
	if end < 0 {
		end = len(locale)
	}
	i := slices.IndexFunc(list, func(l Lang) bool { return l.Tag() == locale[:end] })
	if i < 0 {
		return EN, false
	}
	return list[i], true
}

// Beijing is the time zone of the platform: UTC+8, without summer time since
// 1992 (M3, M25).
func Beijing() *time.Location { return beijing }

var beijing = time.FixedZone("UTC+8", 8*60*60)
