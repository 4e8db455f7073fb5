package pack

import (
	"cmp"
	"time"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/i18n"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/pack/sheet"
	"github.com/aecheck/aecheck/pkg/terminal"
)

// blank is a place to be filled in by hand.
const blank = "________________"

// Tickets are the texts of a ticket to the platform's online service, in Chinese, which
// its staff reads, and in English, with titles in the reader's language. v may be nil:
// everything is blank then.
func Tickets(v *facts.Case, reader i18n.Messages) []sheet.Text {
	var out []sheet.Text
	for _, l := range []lang.Lang{lang.ZH, lang.EN} {
		say := i18n.For(l).Handing
		violation, product, store, appeal := "", "", "", ""
		if v != nil && v.File != nil {
			violation, product, store = v.File.Violation.ID, v.File.Product.ID, storeText(v)
			if n := len(v.File.Appeal.Attempts); n > 0 {
				appeal = v.File.Appeal.Attempts[n-1].ID
			}
		}
		or := func(s string) string { return terminal.Clean(cmp.Or(s, blank)) }
		out = append(out, sheet.Text{
			Title: lang.Fill(reader.Handing.TicketIn, "language", l.Name()),
			Text: terminal.CleanText(lang.Fill(say.Ticket, "violation", or(violation), "product", or(product), "store", or(store), "appeal", or(appeal),
				"time", blank, "page", blank)),
		})
	}
	return out
}

// dayText is a day in Beijing, a dash for none.
func dayText(t time.Time) string {
	if t.IsZero() {
		return "—"
	}
	return t.In(lang.Beijing()).Format("2006-01-02")
}
