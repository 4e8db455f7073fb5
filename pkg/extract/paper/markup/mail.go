package markup

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"strings"

	"github.com/aecheck/aecheck/pkg/extract/file/charset"
)

const (
	maxParts   = 200 // parts of one message that are looked at
	maxNesting = 6
	maxWords   = 4 << 20 // bytes of text
)

// isMail reports whether a file begins with the header of a message (RFC 5322): lines
// "Name: value" and their continuations, MIME-Version or an ID of the message among them.
func isMail(b []byte) bool {
	const longest = 64 << 10
	known := map[string]bool{}
	for n, line := range bytes.Split(b[:min(len(b), longest)], []byte("\n")) {
		line = bytes.TrimRight(line, "\r")
		if len(line) == 0 {
			break
		}
		if n > 0 && (line[0] == ' ' || line[0] == '\t') {
			continue
		}
		name, _, ok := bytes.Cut(line, []byte(":"))
		if !ok || len(name) == 0 || len(name) > 60 || bytes.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r > '~' }) {
			return false
		}
		known[strings.ToLower(string(name))] = true
	}
	return known["mime-version"] || known["message-id"] && known["from"] && known["date"]
}

// mailText is the header a reader sees and the text of a message; its attachments are
// files of their own and not looked into. What cannot be taken apart is given as it is.
func mailText(b []byte) string {
	body := bufio.NewReader(bytes.NewReader(b))
	header, err := textproto.NewReader(body).ReadMIMEHeader()
	if err != nil {
		return charset.File(b)
	}
	w := &words{}
	for _, name := range []string{"Subject", "From", "To", "Date"} {
		if v := header.Get(name); v != "" {
			w.add(name + ": " + decodedWords(v))
		}
	}
	w.part(header, body, 0)
	return w.b.String()
}

func decodedWords(v string) string {
	d := mime.WordDecoder{CharsetReader: func(_ string, in io.Reader) (io.Reader, error) {
		raw, err := io.ReadAll(io.LimitReader(in, maxWords))
		return strings.NewReader(charset.Field(raw)), err
	}}
	if text, err := d.DecodeHeader(v); err == nil {
		return charset.Field([]byte(text))
	}
	return charset.Field([]byte(v))
}

// words collects the text of a message.
type words struct {
	b     strings.Builder
	parts int
}

func (w *words) add(text string) {
	if w.b.Len()+len(text) <= maxWords {
		w.b.WriteString(text + "\n")
	}
}

// part adds the text of one part, or of those it is made of.
func (w *words) part(h textproto.MIMEHeader, body io.Reader, depth int) {
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		kind = "text/plain" // RFC 2045, 5.2
	}
	if w.parts++; w.parts > maxParts || depth > maxNesting || strings.HasPrefix(h.Get("Content-Disposition"), "attachment") {
		return
	}
	switch {
	case strings.HasPrefix(kind, "multipart/") && params["boundary"] != "":
		w.several(kind, multipart.NewReader(body, params["boundary"]), depth)
	case kind == "text/plain", kind == "text/html":
		raw, err := io.ReadAll(io.LimitReader(transferred(h.Get("Content-Transfer-Encoding"), body), maxWords))
		if err != nil && len(raw) == 0 {
			return
		}
		if text := charset.File(raw); kind == "text/html" {
			w.add(pageText(text))
		} else {
			w.add(text)
		}
	}
}

// several adds the parts of one; of alternatives, which say the same, the first with text.
func (w *words) several(kind string, r *multipart.Reader, depth int) {
	for w.parts <= maxParts {
		p, err := r.NextRawPart()
		if err != nil {
			return
		}
		before := w.b.Len()
		w.part(p.Header, p, depth+1)
		if kind == "multipart/alternative" && w.b.Len() > before {
			return
		}
	}
}

func transferred(encoding string, body io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, body)
	}
	return body
}
