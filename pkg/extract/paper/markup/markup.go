// Package markup reads text files that are more than their words: RTF as WordPad
// writes it, web pages, e-mails and web archives (MHTML). Their markup is not what a
// paper says, and their words may stand there encoded.
//
// It may import pkg/extract/file/charset.
package markup

import (
	"bytes"
	"html"
	"strings"

	"github.com/aecheck/aecheck/pkg/extract/file/charset"
)

// Text returns the words of a text file as UTF-8: of a plain one all it holds. plain is
// false where there may be pictures besides, which are not looked at.
func Text(b []byte) (text string, plain bool) {
	switch {
	case bytes.HasPrefix(b, []byte(`{\rtf`)):
		return rtf(b), false
	case isMail(b):
		return mailText(b), false
	}
	text = charset.File(b)
	if isPage(text) {
		return pageText(text), false
	}
	return text, true
}

// isPage reports whether a text begins as a web page.
func isPage(text string) bool {
	const begin = 200
	head := strings.ToLower(strings.TrimSpace(text[:min(len(text), begin)]))
	if strings.HasPrefix(head, "<?xml") {
		_, head, _ = strings.Cut(head, "?>")
		head = strings.TrimSpace(head)
	}
	return strings.HasPrefix(head, "<!doctype html") || strings.HasPrefix(head, "<html")
}

// breaks are the elements that begin a new line; within a row of a table cells are
// kept apart by a space.
const breaks = " p br div li ul ol tr table h1 h2 h3 h4 h5 h6 title body section article header footer hr blockquote pre dt dd "

// pageText is the text of a web page without elements, scripts, styles and comments. It
// does not mind a page that breaks off.
func pageText(page string) string {
	var out strings.Builder
	for page != "" {
		text, rest, _ := strings.Cut(page, "<")
		out.WriteString(html.UnescapeString(text))
		switch {
		case strings.HasPrefix(rest, "!--"):
			_, page, _ = strings.Cut(rest, "-->")
			continue
		case !isTag(rest):
			if len(text) < len(page) {
				out.WriteByte('<') // a sign of its own
			}
			page = rest
			continue
		}
		tag, after, _ := strings.Cut(rest, ">")
		name := tagName(tag)
		page = after
		switch {
		case name == "script" || name == "style":
			page = behind(page, "</"+name)
		case strings.Contains(breaks, " "+strings.TrimPrefix(name, "/")+" "):
			out.WriteByte('\n')
		case strings.TrimPrefix(name, "/") == "td" || strings.TrimPrefix(name, "/") == "th":
			out.WriteByte(' ')
		}
	}
	return out.String()
}

func isTag(rest string) bool {
	return rest != "" && (rest[0] == '/' || rest[0] == '!' || rest[0] == '?' || rest[0]|0x20 >= 'a' && rest[0]|0x20 <= 'z')
}

// tagName is the name of an element in small letters, with "/" before where it ends.
func tagName(tag string) string {
	end := strings.IndexAny(tag, " \t\r\n")
	if end < 0 {
		end = len(tag)
	}
	name := strings.ToLower(tag[:end])
	if len(name) > 1 {
		name = strings.TrimSuffix(name, "/")
	}
	return name
}

// behind is what follows an end tag, "" where it never comes.
func behind(page, end string) string {
	for at := 0; ; {
		i := strings.IndexByte(page[at:], '<')
		if i < 0 {
			return ""
		}
		at += i
		if len(page)-at >= len(end) && strings.EqualFold(page[at:at+len(end)], end) {
			_, rest, _ := strings.Cut(page[at:], ">")
			return rest
		}
		at++
	}
}
