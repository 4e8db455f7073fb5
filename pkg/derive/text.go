package derive

import (
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/contacts"
	"github.com/aecheck/aecheck/pkg/extract/picture/text/words"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
)

// textFacts adds what the case says about text that was read: whose a
// watermark is, and the brand words it names.
func textFacts(set *facts.Set, c *casefile.File) {
	if !seen(set, "text") {
		return
	}
	var store casefile.Store
	var brands casefile.Brands
	if c != nil {
		store, brands = c.Store, c.Brands
	}
	for i := range set.Text.Watermarks {
		w := &set.Text.Watermarks[i]
		w.Own = words.OwnWatermark(*w, store.ID)
		if w.Own != ownYes && isAllowed(*w, brands) {
			w.Own = ownAllowed
		}
	}
	set.Text.OwnShare = ownShare(set)
	set.Text.Brands = words.MatchBrands(set.Text.Lines, watched(brands))
}

// What Watermark.Own says of marks that may stay.
const (
	ownYes     = "yes"
	ownAllowed = "allowed"
)

// isAllowed reports whether a watermark is a mark that the case has a right to
// (M21: a brand's mark does not count unless declared). A bare brand is known
// whatever its case and spaces. One with anything around it (©, a year) must be
// declared as it stands, and another shop's number or a picture library's mark
// is no brand.
func isAllowed(w facts.Watermark, b casefile.Brands) bool {
	switch w.Form {
	case "ae_id", "stock":
		return false
	}
	for _, a := range rights(b) {
		if words.Key(a) == "" || words.Key(a) != words.Key(w.Text) {
			continue
		}
		if bare := w.Form != "copyright" && w.Form != "site"; bare || strings.EqualFold(words.Plain(a), words.Plain(w.Text)) {
			return true
		}
	}
	return false
}

// ownShare is the share of the picture's area under marks that may stay, each
// rounded outward to the cells that overlay_share is counted in.
func ownShare(set *facts.Set) float64 {
	const cell = 8 // px, as in pkg/extract/picture/text
	area := set.Image.Width * set.Image.Height
	if area <= 0 {
		return 0
	}
	covered := 0
	for _, w := range set.Text.Watermarks {
		if w.Own == ownYes || w.Own == ownAllowed {
			x0, y0 := w.Box[0]/cell*cell, w.Box[1]/cell*cell
			x1, y1 := (w.Box[0]+w.Box[2]+cell-1)/cell*cell, (w.Box[1]+w.Box[3]+cell-1)/cell*cell
			covered += (x1 - x0) * (y1 - y0)
		}
	}
	return min(float64(covered)/float64(area), set.Text.OverlayShare)
}

// rights are the marks and brands that the case says it may show.
func rights(b casefile.Brands) []string {
	out := slices.Clone(b.Declared)
	for _, a := range b.Authorized {
		out = append(out, a.Name)
	}
	return out
}

// watched are the brand words to look for that the case has no right to.
func watched(b casefile.Brands) []string {
	allowed := rights(b)
	var out []string
	for _, w := range b.Watched {
		if !slices.ContainsFunc(allowed, func(a string) bool { return strings.EqualFold(a, w) }) {
			out = append(out, w)
		}
	}
	return out
}

// maxField bounds a metadata text that is searched, in bytes: contact details
// stand in captions, not in the megabyte of a generator's workflow.
const maxField = 4 << 10

// metadataContacts looks for contact details in the file's name and in those
// metadata fields that people fill in. A camera maker's address in a namespace
// or a firmware string is none of the seller's.
func (c *Config) metadataContacts(set *facts.Set, name string) {
	d, err := contacts.New()
	if err != nil {
		set.SetStatus("meta.contacts", facts.Status{State: facts.Failed, Why: lang.T("联系方式的识别规则无法读取", "{why}", "why", err.Error())})
		return
	}
	add := func(s string, from contacts.Source, source string) {
		if len(s) > maxField {
			s = s[:maxField]
		}
		for _, m := range d.Find(s, from) {
			set.Meta.Contacts = append(set.Meta.Contacts, facts.Contact{
				Kind: m.Kind, Value: m.Value, Text: m.Text, Source: source, Confidence: m.Confidence,
			})
		}
	}
	add(name, contacts.FileName, "file_name")
	if !seen(set, "meta") {
		set.SetStatus("meta.contacts", set.Status("meta"))
		return
	}
	set.SetStatus("meta.contacts", facts.Status{State: facts.Present})
	for _, s := range []string{set.Exif.Artist, set.Exif.Copyright, set.Exif.Description, set.Exif.UserComment} {
		add(s, contacts.Metadata, "metadata")
	}
	for _, key := range []string{"dc:description", "dc:title", "dc:rights", "dc:creator", "photoshop:Credit", "photoshop:Headline", "xmpRights:UsageTerms"} {
		add(set.Meta.XMP[key], contacts.Metadata, "metadata")
	}
	for _, fields := range []map[string]string{set.Meta.IPTC, set.Meta.PNGText} {
		for _, key := range sorted(fields) {
			add(fields[key], contacts.Metadata, "metadata")
		}
	}
	for _, s := range set.Meta.Comments {
		add(s, contacts.Metadata, "metadata")
	}
}

func sorted(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
