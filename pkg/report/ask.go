package report

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/i18n"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// askFormat is no report but letters: a short text for each client, to be pasted into a
// chat, with what is still wanted for its cases and by when. A client reads nothing of
// rules, of this program, of folders or of other clients; of files the names alone.
// Cases that nothing can be submitted for any more are not spoken of.
type askFormat struct{}

func (askFormat) Name() string { return "ask" }
func (askFormat) Ext() string  { return ".txt" }

// askHead is the line above each text, which is for whoever sends it.
var askHead = regexp.MustCompile(`^== [^\n]* · \d{4}-\d\d-\d\d \d\d:\d\d ==\n`)

func (askFormat) Wrote(head []byte) bool { return askHead.Match(bytes.TrimPrefix(head, []byte("\r"))) }

func (askFormat) Write(w io.Writer, r *verdict.Report, o Options) error {
	o.Verbose = false // what several files have in common is said once
	a := &asking{view: leanView(r, o)}
	a.say = &a.m.Asking
	if at, err := time.Parse(time.RFC3339, r.Now); err == nil {
		a.now = at.In(lang.Beijing())
	}
	texts := 0
	for _, c := range a.clients() {
		if text := a.text(c); text != "" {
			texts++
			a.out.WriteString(text + "\n")
		}
	}
	if texts == 0 {
		a.out.WriteString(a.head(clean(r.Tool.Name)) + a.say.Nobody + "\n")
	}
	_, err := io.WriteString(w, strings.TrimRight(a.out.String(), "\n")+"\n")
	return err
}

// asking writes the texts.
type asking struct {
	*view
	say *i18n.Asking
	now time.Time // in Beijing
	out strings.Builder
}

// askedClient are the rows of one client.
type askedClient struct {
	name string
	rows []*row
}

// clients are those whose cases are open, the one with the most urgent case first. A case
// that lies in no folder of a client is one.
func (a *asking) clients() []*askedClient {
	var out []*askedClient
	for i := range a.rows {
		r := &a.rows[i]
		if r.over() || a.o.Only != nil && !a.o.Only[r.c.Path] {
			continue
		}
		name := r.client
		if name == "" {
			name = r.place
		}
		at := slices.IndexFunc(out, func(c *askedClient) bool { return c.name == name })
		if at < 0 {
			at = len(out)
			out = append(out, &askedClient{name: name})
		}
		out[at].rows = append(out[at].rows, r)
	}
	return out
}

func (a *asking) head(name string) string {
	return fmt.Sprintf("== %s · %s ==\n", name, a.now.Format("2006-01-02 15:04"))
}

// text is what a client is sent; empty where nothing is open.
func (a *asking) text(c *askedClient) string {
	var body strings.Builder
	var first *verdict.Deadline
	cases, n := 0, 0
	for _, r := range c.rows {
		wanted := a.wanted(r.c, &n)
		if wanted == "" {
			continue
		}
		cases++
		if d := r.c.Deadline; d != nil && first == nil {
			first = d // rows come by deadline
		}
		body.WriteString("\n" + a.title(c, r) + "\n" + wanted)
	}
	if body.Len() == 0 {
		return ""
	}
	hello := a.say.HelloAny
	switch {
	case first != nil && cases > 1:
		hello = lang.Fill(a.say.Hello, "when", a.when(first))
	case first != nil:
		hello = lang.Fill(a.say.HelloOne, "when", a.when(first))
	}
	return a.head(c.name) + hello + "\n" + body.String() + "\n" + a.say.Thanks + "\n"
}

// title says which case it is about, and until when.
func (a *asking) title(c *askedClient, r *row) string {
	var parts []string
	if r.product != "" {
		parts = append(parts, lang.Fill(a.say.Product, "id", r.product))
	}
	if r.c.ID != "" {
		parts = append(parts, lang.Fill(a.say.Number, "id", clean(r.c.ID)))
	}
	if d := r.c.Deadline; d != nil {
		parts = append(parts, lang.Fill(a.say.Until, "when", a.when(d), "left", a.short(d.RemainingSeconds, 2)))
	} else if !r.c.plain {
		parts = append(parts, a.say.NoDay)
	}
	if r.place == c.name && len(parts) > 0 {
		return strings.Join(parts, a.words.Clause)
	}
	space := " "
	if len(parts) == 0 || a.words.Colon == "：" {
		space = ""
	}
	return lang.Fill(a.say.Case, "name", r.place) + space + strings.Join(parts, a.words.Clause)
}

// when is a deadline in Beijing time.
func (a *asking) when(d *verdict.Deadline) string {
	at, err := time.Parse(time.RFC3339, d.At)
	if err != nil {
		return clean(d.At)
	}
	at = at.In(lang.Beijing())
	say, month, day := a.say.When, strconv.Itoa(int(at.Month())), strconv.Itoa(at.Day())
	if at.Year() != a.now.Year() {
		say = a.say.Year
	}
	if a.words.Colon != "：" {
		month, day = at.Format("01"), at.Format("02")
	}
	return lang.Fill(say, "year", at.Year(), "month", month, "day", day, "time", at.Format("15:04"))
}
