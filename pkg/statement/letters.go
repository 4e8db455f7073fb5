package statement

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/facts"
)

// authorization says what the letters grant, by case.yaml and, for what it leaves out,
// by the papers themselves.
func (d *drafter) authorization() {
	said := false
	letters := d.Case.Filled(facts.KindAuthorization)
	slices.SortStableFunc(letters, func(a, b *facts.Asset) int { return d.hops(a.Path) - d.hops(b.Path) })
	for _, a := range letters {
		said = d.letter(a) || said
	}
	d.chain()
	for i, b := range d.file.Brands.Authorized {
		key := fmt.Sprintf("brands.authorized[%d]", i)
		for k, l := range d.file.Letters {
			if a := d.asset(l.File); l.ID == b.Letter && l.ID != "" && a != nil {
				d.say("brand", []string{a.Path}, told("name", b.Name, key+".name", b.Name), told("number", b.Registration, key+".registration", b.Registration),
					told("file", a.Path, fmt.Sprintf("letters[%d].file", k), a.Path))
			}
		}
	}
	if !said && d.ground() == "authorized" {
		d.say("lack_letter", nil, field{name: "letter"})
	}
}

// hops is how many letters stand between a letter and the rights holder.
func (d *drafter) hops(file string) int {
	l, i := d.letterOf(file)
	if i < 0 {
		return 0
	}
	n := 0
	for l.Previous != "" && n <= len(d.file.Letters) {
		k := slices.IndexFunc(d.file.Letters, func(o casefile.Letter) bool { return o.ID == l.Previous })
		if k < 0 {
			break
		}
		l = d.file.Letters[k]
		n++
	}
	return n
}

// letter says what one letter grants, and what it bears.
func (d *drafter) letter(a *facts.Asset) bool {
	w, doc, about := d.lang, &a.Facts.Document, []string{a.Path}
	l, i := d.letterOf(a.Path)
	key := fmt.Sprintf("letters[%d].", i)
	text := func(name, said, from, read, fact string) field {
		if said != "" {
			return told(name, said, key+from, said)
		}
		return of(name, read, a.Path, "document."+fact, read)
	}
	day := func(name string, said time.Time, from string, read time.Time, fact string) field {
		if !said.IsZero() {
			return told(name, w.beijingDay(said), key+from, said.Format(time.DateOnly))
		}
		return of(name, w.beijingDay(read), a.Path, "document."+fact, read.Format(time.DateOnly))
	}
	kind, from := l.Type, key+"type"
	if kind == "" {
		kind, from = doc.Kind, "document.kind"
	}
	name := w.word("letter", kind)
	if name == "" {
		name = w.word("letter", "other")
	}
	fields := []field{
		of("file", a.Path, a.Path, "hash.sha256", d.digest(a.Path)), {"type", name, []Basis{{Fact: from, Value: kind}}},
		text("grantor", l.Grantor.Name, "grantor.name", doc.Grantor.Name, "grantor"),
		text("grantee", l.Grantee.Name, "grantee.name", doc.Grantee.Name, "grantee"),
		day("starts", l.Starts, "starts", doc.Starts, "starts"),
	}
	var said bool
	if l.Ends.Open || l.Ends.At.IsZero() && doc.OpenEnded {
		said = d.say("letter_open", about, fields...)
	} else {
		said = d.say("letter", about, append(fields, day("ends", l.Ends.At, "ends", doc.Ends, "ends"))...)
	}
	if said {
		d.borne(a)
	}
	return said
}

// borne says which seals, signatures and certificates a letter bears.
func (d *drafter) borne(a *facts.Asset) {
	doc, about := &a.Facts.Document, []string{a.Path}
	file := of("file", a.Path, a.Path, "hash.sha256", d.digest(a.Path))
	seals, signatures := 0, 0
	for _, s := range doc.Seals {
		// A seal of the licensee on the copy, and those of a notary, are not the letter's.
		if s.Confidence >= d.Seal && s.Of != "grantee" && !slices.Contains(doc.CertificatePages, s.Page) {
			seals++
		}
	}
	for _, s := range doc.Signatures {
		if s.Confidence >= d.Signature && !slices.Contains(doc.CertificatePages, s.Page) {
			signatures++
		}
	}
	n := func(name string, count int) field {
		return of(name, strconv.Itoa(count), a.Path, "document."+name, strconv.Itoa(count))
	}
	switch {
	case seals > 0 && signatures > 0:
		d.say("sealed_signed", about, file, n("seals", seals), n("signatures", signatures))
	case seals > 0:
		d.say("sealed", about, file, n("seals", seals))
	case signatures > 0:
		d.say("signed", about, file, n("signatures", signatures))
	}
	if doc.Notarized {
		d.say("notarized", about, file, field{"notarized", "true", []Basis{{Asset: a.Path, Fact: "document.notarized", Value: "true"}}})
	}
	if doc.Legalized == "apostille" || doc.Legalized == "consular" {
		d.say(doc.Legalized, about, file, field{"legalized", doc.Legalized, []Basis{{Asset: a.Path, Fact: "document.legalized", Value: doc.Legalized}}})
	}
}

// chain names the parties from the rights holder to the shop where there is more than
// one letter.
func (d *drafter) chain() {
	for i, l := range d.file.Letters {
		if l.Previous == "" || slices.ContainsFunc(d.file.Letters, func(o casefile.Letter) bool { return o.Previous == l.ID && l.ID != "" }) {
			continue // no last hop
		}
		var parties, about []string
		var basis []Basis
		at := i
		for range d.file.Letters {
			this := d.file.Letters[at]
			if len(parties) == 0 {
				parties = append(parties, this.Grantee.Name)
			}
			parties = append(parties, this.Grantor.Name)
			basis = append(basis, Basis{Fact: fmt.Sprintf("case.letters[%d].grantor.name", at), Value: this.Grantor.Name})
			if a := d.asset(this.File); a != nil {
				about = append(about, a.Path)
			}
			if at = slices.IndexFunc(d.file.Letters, func(o casefile.Letter) bool { return o.ID == this.Previous && o.ID != "" }); at < 0 {
				break
			}
		}
		if slices.Contains(parties, "") {
			continue
		}
		slices.Reverse(parties)
		slices.Reverse(basis)
		d.say("chain", about, field{"parties", strings.Join(parties, d.lang.Chain), basis})
	}
}
