package statement

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Kinds of material (rules.yaml) that facts has no name for.
const (
	kindCompanion  = "companion"
	kindCommitment = "commitment"
)

// sameDistance is the distance up to which two pictures show the same photograph: that
// of AE401 and AE408 (rules.yaml), and of pkg/compare/pairs.
const sameDistance = 0.5

// stamp is a time as it is traced.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2006-01-02 15:04")
}

// penalty says what was penalised, by the notice and case.yaml.
func (d *drafter) penalty() {
	v, l := d.file.Violation, d.lang
	at, key := v.EffectiveAt, "violation.effective_at"
	if at.IsZero() {
		at, key = v.NotifiedAt, "violation.notified_at"
	}
	product, id, kind, when := d.file.Product.ID, v.ID, l.word("type", v.Type), l.beijing(at)
	// What the notice contradicts is left blank.
	for i := range d.Findings {
		f := &d.Findings[i]
		if f.Rule != "AE613" || f.Outcome != verdict.Fail && f.Outcome != verdict.Review {
			continue
		}
		for _, e := range f.Evidence {
			switch e.Fact {
			case "document.product_ids":
				product = ""
			case "document.violation_ids":
				id = ""
			case "document.violation_types":
				kind = ""
			default:
				when = ""
			}
		}
		d.hold("penalised", []string{d.own(f.Asset)}, f)
	}
	d.say("penalised", nil, told("product", product, "product.id", product), told("at", when, key, stamp(at)),
		told("type", kind, "violation.type", v.Type), told("violation", id, "violation.id", id))
	if d.file.Appeal.Ground != "" {
		d.say("ground", nil, told("ground", l.word("ground", d.ground()), "appeal.ground", d.ground()))
	}
	var files []string
	for _, a := range d.Case.Filled(facts.KindViolating) {
		files = append(files, a.Path)
	}
	d.say("violating", files, listed("files", files, l.Join, "hash.sha256", d.digest))
	d.say("addresses", nil, told("urls", strings.Join(v.ImageURLs, " "), "violation.image_urls", strconv.Itoa(len(v.ImageURLs))))
	if !d.underNewRule() {
		d.say("listed", nil, told("at", l.beijing(d.file.Product.ListedAt), "product.listed_at", stamp(d.file.Product.ListedAt)))
	}
	d.say("complaint", nil, told("id", v.Complaint.ID, "violation.complaint.id", v.Complaint.ID), told("by", v.Complaint.By, "violation.complaint.by", v.Complaint.By))
	if n := len(d.file.Appeal.Attempts); n > 0 && d.file.Appeal.Attempts[n-1].Result == "returned" {
		a := d.file.Appeal.Attempts[n-1]
		key := fmt.Sprintf("appeal.attempts[%d]", n-1)
		d.say("returned", nil, told("at", l.beijing(a.At), key+".at", stamp(a.At)), told("id", a.ID, key+".id", a.ID))
	}
}

// listed is a list of files as one field, a fact of each behind it.
func listed(name string, files []string, join, fact string, value func(file string) string) field {
	f := field{name: name, text: strings.Join(files, join)}
	for _, file := range files {
		f.basis = append(f.basis, Basis{Asset: file, Fact: fact, Value: value(file)})
	}
	return f
}

// digest is the content of a file by its hash.
func (d *drafter) digest(file string) string {
	if a := d.asset(file); a != nil && a.Facts != nil {
		return a.Facts.Hash.SHA256
	}
	return ""
}

func (d *drafter) asset(file string) *facts.Asset {
	file = strings.ReplaceAll(file, `\`, "/")
	for i := range d.Case.Assets {
		if d.Case.Assets[i].Path == file {
			return &d.Case.Assets[i]
		}
	}
	return nil
}

// ai reports that the penalised picture is an AI one that is still used.
func (d *drafter) ai() bool {
	return !d.file.AI.Removed && (d.file.AI.Used || d.file.Violation.Type == "ai_unlabelled")
}

// underNewRule reports that an old picture may have fallen under a new rule (M47).
func (d *drafter) underNewRule() bool {
	return d.ground() == "rectified" && d.file.Violation.Type == "ai_unlabelled" && !d.file.Product.ListedAt.IsZero()
}

// mended says what took the place of what.
func (d *drafter) mended() {
	l, rectified := d.lang, d.ground() == "rectified"
	if rectified {
		if d.underNewRule() {
			d.say("new_rule", nil, told("at", l.beijing(d.file.Product.ListedAt), "product.listed_at", stamp(d.file.Product.ListedAt)), field{name: "rule"})
		} else {
			d.say("cause", nil, field{name: "why"})
		}
		if d.file.AI.Removed {
			d.say("ai_removed", nil, told("removed", "true", "ai.removed", "true"))
		}
	}
	replacements := d.Case.Filled(facts.KindReplacement)
	said := d.replacedBy()
	if rectified && !said {
		d.say("lack_replacement", nil, field{name: "replacement"})
	}
	if rectified {
		d.say("replaced_at", nil, field{name: "when"})
	}
	if len(replacements) > 0 && d.ground() != "misjudged" {
		d.replacementSet(replacements)
	}
	if ids := d.file.Product.OtherListings; rectified && len(ids) > 0 {
		d.say("other_listings", nil, told("ids", strings.Join(ids, l.Join), "product.other_listings", strings.Join(ids, " ")), field{name: "what"})
	}
}

// replacedBy says which replacement took the place of which violating picture, as
// case.yaml has it, and from which source it was made.
func (d *drafter) replacedBy() bool {
	said := false
	for i, img := range d.file.Images {
		a := d.asset(img.File)
		if a == nil || a.Kind != facts.KindReplacement {
			continue
		}
		key := fmt.Sprintf("images[%d]", i)
		if v := d.asset(img.Replaces); v != nil && v.Kind == facts.KindViolating {
			fields := []field{told("violating", v.Path, key+".replaces", v.Path), told("replacement", a.Path, key+".file", a.Path), d.slot(a)}
			if p := d.pair(v.Path, a.Path); p != nil {
				fields[1].basis = append(fields[1].basis, Basis{a.Path, "pair.distance", fmt.Sprintf("%.2f (%s)", p.Distance, v.Path), "", ""})
			}
			said = d.say("replaced", []string{v.Path, a.Path}, fields...) || said
		}
		if s := d.asset(img.Source); !d.ai() && s != nil && s.Kind == facts.KindSource {
			if p := d.pair(s.Path, a.Path); p != nil && p.Distance <= sameDistance {
				d.say("from_source", []string{a.Path, s.Path}, append([]field{told("replacement", a.Path, key+".file", a.Path), told("source", s.Path, key+".source", s.Path)}, d.alike(p, a.Path)...)...)
			}
		}
	}
	return said
}

func (d *drafter) slot(a *facts.Asset) field {
	return of("slot", d.lang.word("place", a.Slot), a.Path, "slot", a.Slot)
}

// alike is how a picture compares with another that shows the same photograph. What
// is a border seen from the one is a part cut out seen from the other.
func (d *drafter) alike(p *facts.Pair, picture string) []field {
	how := p.Transform
	if p.A == picture {
		how = map[string]string{"cropped": "bordered", "bordered": "cropped"}[how]
		if how == "" {
			how = p.Transform
		}
	}
	return []field{
		of("how", d.lang.word("how", how), p.A, "pair.transform", p.Transform),
		of("distance", strconv.FormatFloat(math.Round(p.Distance*100)/100, 'f', -1, 64), p.A, "pair.distance", fmt.Sprintf("%.4f (%s)", p.Distance, p.B)),
		of("inliers", strconv.Itoa(p.Inliers), p.A, "pair.inliers", strconv.Itoa(p.Inliers)),
	}
}

// pair is what is known of two pictures side by side; nil where they were not
// compared.
func (d *drafter) pair(a, b string) *facts.Pair {
	for i := range d.Case.Pairs {
		if p := &d.Case.Pairs[i]; p.A == a && p.B == b || p.A == b && p.B == a {
			return p
		}
	}
	return nil
}

// replacementSet says how many replacements there are, which SKUs they cover, and what
// was not found on them.
func (d *drafter) replacementSet(all []*facts.Asset) {
	l := d.lang
	var files, slots, skus []string
	count := map[string]int{}
	var order []string
	var read, counted []Basis
	unmarked := true
	for _, a := range all {
		files = append(files, a.Path)
		slot := a.Slot
		if l.word("slot", slot) == "" {
			slot = "none"
		}
		if count[slot] == 0 {
			order = append(order, slot)
		}
		count[slot]++
		t := &a.Facts.Text
		read = append(read, Basis{Asset: a.Path, Fact: "text.watermarks, text.contacts, codes.list", Value: "0, 0, 0"})
		unmarked = unmarked && len(t.Watermarks)+len(t.Contacts)+len(a.Facts.Codes.List) == 0
		for _, label := range t.AILabels {
			d.say("ai_label", []string{a.Path}, of("file", a.Path, a.Path, "hash.sha256", d.digest(a.Path)), of("label", label.Text, a.Path, "text.ai_labels", label.Text))
		}
	}
	known := []string{facts.SlotMain, "marketing_1x1", "marketing_3x4", "sku", "detail", "none"}
	slices.SortFunc(order, func(a, b string) int { return slices.Index(known, a) - slices.Index(known, b) })
	for _, slot := range order {
		slots = append(slots, l.fill(l.word("slot", slot), "n", strconv.Itoa(count[slot])))
		counted = append(counted, Basis{Fact: "materials." + slot, Value: strconv.Itoa(count[slot])})
	}
	n := strconv.Itoa(len(all))
	d.say("set", nil, of("n", n, "", "materials.replacement", n), field{name: "slots", text: strings.Join(slots, l.Join), basis: counted})
	for _, s := range d.file.Product.SKUs {
		name := s.ID
		if s.Name != "" && name == "" {
			name = s.Name
		}
		skus = append(skus, name)
	}
	d.say("skus", files, told("skus", strings.Join(skus, l.Join), "product.skus", strings.Join(skus, " ")))
	if unmarked {
		d.say("clean", files, field{name: "n", text: n, basis: read})
	}
}

// origin says where the pictures come from, as the files record it.
func (d *drafter) origin() {
	if d.ai() {
		d.generated()
		return
	}
	sources, said := d.Case.Filled(facts.KindSource), false
	for _, v := range d.Case.Filled(facts.KindViolating) {
		if s, p := d.nearest(v.Path); s != nil {
			d.say("same", []string{v.Path, s.Path}, append([]field{of("violating", v.Path, v.Path, "hash.sha256", d.digest(v.Path)), of("source", s.Path, s.Path, "hash.sha256", d.digest(s.Path))}, d.alike(p, v.Path)...)...)
		}
	}
	for _, s := range sources {
		said = d.source(s) || said
	}
	if !said && d.ground() == "misjudged" {
		d.say("lack_source", nil, field{name: "source"})
	}
	if !said {
		return
	}
	d.companions()
	o := d.file.Originals
	d.say("stored", nil, told("where", o.StoredAt, "originals.stored_at", o.StoredAt))
	d.say("photographer", nil, told("who", o.Photographer, "originals.photographer", o.Photographer))
}

// nearest is the source that shows the same photograph as a picture, the likest.
func (d *drafter) nearest(picture string) (*facts.Asset, *facts.Pair) {
	var best *facts.Asset
	var pair *facts.Pair
	for _, with := range d.Case.PairsOf(picture, facts.KindSource) {
		if with.Distance <= sameDistance && (pair == nil || with.Distance < pair.Distance) {
			best, pair = with.Other, with.Pair
		}
	}
	return best, pair
}

// camera is what EXIF says of it; makers often repeat their name in the model.
func camera(e *facts.Exif) string {
	if strings.HasPrefix(strings.ToLower(e.Model), strings.ToLower(e.Make)) {
		return e.Model
	}
	return strings.TrimSpace(e.Make + " " + e.Model)
}

// source says what the EXIF of a source file records.
func (d *drafter) source(s *facts.Asset) bool {
	e, l := &s.Facts.Exif, d.lang
	if e.TakenAt.IsZero() || e.Model == "" {
		// What is lacking is what the rules on sources fail by: they say so.
		if spec, ok := d.specs.find("source"); ok {
			if f := d.against(spec, []string{s.Path}); f != nil {
				d.hold(spec.Section, []string{s.Path}, f)
			}
		}
		return false
	}
	fields := []field{
		of("file", s.Path, s.Path, "hash.sha256", d.digest(s.Path)),
		of("at", l.minute(e.TakenAt), s.Path, "exif.taken_at", stamp(e.TakenAt)),
		of("camera", camera(e), s.Path, "exif.model", strings.TrimSpace(e.Make+" "+e.Model)),
		of("width", strconv.Itoa(s.Facts.Image.Width), s.Path, "image.width", strconv.Itoa(s.Facts.Image.Width)),
		of("height", strconv.Itoa(s.Facts.Image.Height), s.Path, "image.height", strconv.Itoa(s.Facts.Image.Height)),
	}
	if e.Serial != "" {
		return d.say("source_serial", []string{s.Path}, append(fields, of("serial", e.Serial, s.Path, "exif.serial", e.Serial))...)
	}
	return d.say("source", []string{s.Path}, fields...)
}

// companions names the photos of the same shoot that nothing speaks against.
func (d *drafter) companions() {
	spec, _ := d.specs.find("companions")
	var files, days, undated []string
	var basis []Basis
	for _, a := range d.Case.Filled(kindCompanion) {
		if f := d.against(spec, []string{a.Path}); f != nil {
			d.hold(spec.Section, []string{a.Path}, f)
			continue
		}
		if at := a.Facts.Exif.TakenAt; !at.IsZero() {
			files = append(files, a.Path)
			days = append(days, d.lang.day(at))
			basis = append(basis, Basis{Asset: a.Path, Fact: "exif.taken_at", Value: stamp(at)})
		} else {
			undated = append(undated, a.Path) // that no rule asks for the date is no lack
		}
	}
	slices.Sort(days)
	days = slices.Compact(days)
	d.say("companions", files, field{name: "files", text: strings.Join(files, d.lang.Join), basis: basis}, field{name: "days", text: strings.Join(days, d.lang.Join)})
	d.say("companions_undated", undated, listed("files", undated, d.lang.Join, "hash.sha256", d.digest))
}

// generated says which tool made the picture and which licence there is.
func (d *drafter) generated() {
	if d.file.AI.Used {
		d.say("ai_made", nil, told("tool", d.file.AI.Tool, "ai.tool", d.file.AI.Tool))
	}
	for _, a := range d.Case.Filled(facts.KindAILicence) {
		d.say("ai_licence", []string{a.Path}, of("file", a.Path, a.Path, "hash.sha256", d.digest(a.Path)))
	}
}

// evidence says what lies there from earlier, and the upload log.
func (d *drafter) evidence() {
	l, listedAt := d.lang, d.file.Product.ListedAt
	theirs := d.file.Violation.Complaint.TheirEarliest
	for i, e := range d.file.Evidence {
		a := d.asset(e.File)
		if a == nil || a.Facts == nil || e.Dated.IsZero() {
			continue
		}
		key := fmt.Sprintf("evidence[%d]", i)
		kind := l.word("evidence", e.Type)
		if kind == "" {
			kind = l.word("evidence", "other")
		}
		fields := []field{told("type", kind, key+".type", e.Type), of("file", a.Path, a.Path, "hash.sha256", d.digest(a.Path)), told("at", l.beijing(e.Dated), key+".dated", stamp(e.Dated))}
		switch {
		case !theirs.IsZero() && e.Dated.Before(theirs):
			d.say("before_theirs", []string{a.Path}, append(fields, told("theirs", l.beijing(theirs), "violation.complaint.their_earliest", stamp(theirs)))...)
		case !listedAt.IsZero() && e.Dated.Before(listedAt):
			d.say("before_listing", []string{a.Path}, append(fields, told("listed", l.beijingDay(listedAt), "product.listed_at", stamp(listedAt)))...)
		default:
			d.say("evidence", []string{a.Path}, fields...)
		}
	}
	for _, a := range d.Case.Filled(facts.KindUploadLog) {
		if t := &a.Facts.Table; t.Rows > 0 {
			rows := strconv.Itoa(t.Rows)
			d.say("log", []string{a.Path}, of("file", a.Path, a.Path, "hash.sha256", d.digest(a.Path)), of("from", l.beijingDay(t.First), a.Path, "table.first", stamp(t.First)),
				of("to", l.beijingDay(t.Last), a.Path, "table.last", stamp(t.Last)), of("rows", rows, a.Path, "table.rows", rows))
		}
	}
}

// attached counts what is handed in, files that fail left out.
func (d *drafter) attached() {
	var list []string
	var basis []Basis
	for _, kind := range []string{facts.KindNotice, facts.KindSource, kindCompanion, facts.KindAuthorization, kindCommitment, facts.KindReplacement, facts.KindAILicence, facts.KindEvidence, facts.KindUploadLog} {
		n := 0
		for _, a := range d.Case.Filled(kind) {
			if !d.failing(a.Path) {
				n++
			}
		}
		if n > 0 {
			list = append(list, d.lang.fill(d.lang.word("kind", kind), "n", strconv.Itoa(n)))
			basis = append(basis, Basis{Fact: "materials." + kind, Value: strconv.Itoa(n)})
		}
	}
	d.say("attached", nil, field{name: "list", text: strings.Join(list, d.lang.Join), basis: basis})
}

// letterOf is what case.yaml says of a letter with its place there; -1 for none.
func (d *drafter) letterOf(file string) (casefile.Letter, int) {
	for i, l := range d.file.Letters {
		if strings.ReplaceAll(l.File, `\`, "/") == file {
			return l, i
		}
	}
	return casefile.Letter{}, -1
}
