// Package prefill tells what a violation notice says about keys of case.yaml, so that
// nobody has to type it: each value with the words it was read from, their place, and
// how surely they were read.
//
// It may import pkg/facts and pkg/lang.
package prefill

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
)

// Sure is the confidence from which a value that was read is offered as one; below, it
// is offered as something to compare with the notice.
const Sure = 0.9

// Offer is a value for a key of case.yaml.
type Offer struct {
	// Key is the section and the key in it, "violation.id".
	Key string
	// Value is the text of the value, times as 2006-01-02 15:04:05 in Beijing time; of
	// a list it is one entry.
	Value string
	// Time and List say what the value is, where it is not a text.
	Time, List bool
	// Text is what was read, Page where (from 1), Confidence how surely (0…1).
	Text       string
	Page       int
	Confidence float64
	// Doubtful is a value read with less than Sure confidence, one of several that the
	// notice gives, or a day without a time.
	Doubtful bool
}

// FromNotice returns what a notice says, in the order of case.yaml. A paper that is no
// notice gives nothing.
func FromNotice(d *facts.Document) []Offer {
	if d.Kind != "notice" && len(d.ViolationIDs) == 0 {
		return nil
	}
	var out []Offer
	add := func(key string, values []string, field string) {
		for _, v := range values {
			o := Offer{Key: key, Value: v, Text: v, Page: 1, Confidence: d.Confidence}
			for _, f := range d.Found {
				if f.Field == field && f.Value == v {
					o.Text, o.Page, o.Confidence = strings.TrimSpace(f.Text), f.Page, f.Confidence
					break
				}
			}
			o.Doubtful = o.Confidence < Sure || len(values) > 1
			out = append(out, o)
		}
	}
	if o, ok := storeID(d); ok {
		out = append(out, o)
	}
	add("product.id", d.ProductIDs, "product_ids")
	add("violation.id", d.ViolationIDs, "violation_ids")
	add("violation.marketplace", d.Marketplaces, "marketplaces")
	add("violation.type", d.ViolationTypes, "violation_types")
	add("violation.state", slices.DeleteFunc(slices.Clone(d.States), func(s string) bool { return s == "warning" }), "states")
	for _, r := range [...][2]string{{"effective", "effective_at"}, {"notified", "notified_at"}, {"deadline", "deadline"}} {
		out = append(out, times(d, r[0], "violation."+r[1])...)
	}
	out = append(out, addresses(d)...)
	if d.Track != "" {
		add("appeal.track", []string{d.Track}, "track")
	}
	return out
}

// times are the times of one role that the notice gives, the same once.
func times(d *facts.Document, role, key string) []Offer {
	var out []Offer
	for _, t := range d.NoticeTimes {
		if t.Role != role || t.At.IsZero() {
			continue
		}
		v := t.At.In(lang.Beijing()).Format("2006-01-02 15:04:05")
		if t.Day {
			v = t.At.In(lang.Beijing()).Format("2006-01-02")
		}
		if slices.ContainsFunc(out, func(o Offer) bool { return o.Value == v }) {
			continue
		}
		text := t.Text
		if t.Label != "" {
			text = t.Label + " " + t.Text
		}
		out = append(out, Offer{Key: key, Value: v, Time: true, Text: text, Page: t.Page, Confidence: t.Confidence, Doubtful: t.Confidence < Sure || t.Day})
	}
	if len(out) > 1 {
		for i := range out {
			out[i].Doubtful = true
		}
	}
	return out
}

var (
	storeLabel = regexp.MustCompile(`(?i)^(?:店铺|商家|卖家|店)\s?(?:ID|编号|号码|号)\s?[:：]?\s?(\d{6,14})?$|^(?:store|shop|seller)\s?(?:ID|no\.?|number)\s?[:：]?\s?(\d{6,14})?$`)
	storeValue = regexp.MustCompile(`^\d{6,14}$`)
)

// storeID is the number behind its label, in the same line or right of it on its row.
func storeID(d *facts.Document) (Offer, bool) {
	for _, l := range d.Text {
		m := storeLabel.FindStringSubmatch(strings.TrimSpace(l.Text))
		if m == nil {
			continue
		}
		read, value := l, m[1]+m[2]
		if value == "" {
			right, ok := rightOf(d, l)
			if !ok || !storeValue.MatchString(strings.TrimSpace(right.Text)) {
				continue
			}
			read, value = right, strings.TrimSpace(right.Text)
		}
		return Offer{
			Key: "store.id", Value: value, Text: strings.TrimSpace(read.Text), Page: read.Page,
			Confidence: read.Confidence, Doubtful: read.Confidence < Sure,
		}, true
	}
	return Offer{}, false
}

// rightOf is the nearest line on a line's row, right of it.
func rightOf(d *facts.Document, l facts.DocLine) (best facts.DocLine, ok bool) {
	for _, o := range d.Text {
		middle := o.Box[1] + o.Box[3]/2
		if o.Page != l.Page || o.Box[0] < l.Box[0]+l.Box[2] || middle < l.Box[1] || middle > l.Box[1]+l.Box[3] {
			continue
		}
		if !ok || o.Box[0] < best.Box[0] {
			best, ok = o, true
		}
	}
	return best, ok
}

// pictureAddress is the address of a picture of the platform (MISSION: image_urls).
var pictureAddress = regexp.MustCompile(`https?://[\w.-]*(?:alicdn|aliexpress)[\w.-]*/[\w./%_-]+\.(?:jpe?g|png|webp|avif)`)

// addresses are those of the penalised pictures. What was recognised from pixels may be
// one letter off, which nobody sees: such an address is to be compared.
func addresses(d *facts.Document) []Offer {
	const most = 12
	var out []Offer
	for _, l := range d.Text {
		for _, v := range pictureAddress.FindAllString(l.Text, most) {
			if len(out) < most && !slices.ContainsFunc(out, func(o Offer) bool { return o.Value == v }) {
				out = append(out, Offer{
					Key: "violation.image_urls", Value: v, List: true, Text: v, Page: l.Page,
					Confidence: l.Confidence, Doubtful: d.TextSource == "recognised",
				})
			}
		}
	}
	return out
}

// Percent is the confidence as people read it.
func (o Offer) Percent() string { return fmt.Sprintf("%.0f %%", 100*o.Confidence) }
