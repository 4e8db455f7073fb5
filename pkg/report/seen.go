package report

import (
	"regexp"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// told says what was seen: all of it as the data has it where Verbose, else only what
// tells a person something that the message has not said, without a name of a fact, a
// digest or a coordinate. more counts what was left out for being much.
func (v *view) told(c *caseView, f *finding) (lines []PageSeen, more int) {
	if v.o.Verbose {
		for i := range f.Evidence {
			seen, required := v.seen(&f.Evidence[i])
			lines = append(lines, PageSeen{seen, required})
		}
		return lines, 0
	}
	if weight(f) <= 1 {
		return nil, 0 // the message of a note says it all
	}
	for i := range f.Evidence {
		line := v.plainly(c, f, &f.Evidence[i])
		switch {
		case line.Seen == "" || slices.Contains(lines, line):
		case len(lines) == maxEvidence:
			more++
		default:
			lines = append(lines, line)
		}
	}
	return lines, more
}

// measure is how the values of a fact are said.
type measure int

const (
	asNumber measure = iota
	asShare          // 0..1 as percent
	asBytes
	asDay
	asText
)

// index is the place in a list that a name of a fact may have.
var index = regexp.MustCompile(`\[\d*\]`)

// spoken is what people call a fact, and how its values are said; "" where its values
// say nothing to people.
func (v *view) spoken(fact string) (string, measure) {
	s := &v.m.Spoken
	switch field := index.ReplaceAllString(fact, ""); field {
	case "image.short_side":
		return s.ShortSide, asNumber
	case "image.long_side":
		return s.LongSide, asNumber
	case "image.width", "exif.pixel_width":
		return s.Width, asNumber
	case "image.height", "exif.pixel_height":
		return s.Height, asNumber
	case "image.aspect":
		return s.Aspect, asNumber
	case "file.bytes":
		return s.Size, asBytes
	case "frame.fill", "frame.fill_most":
		return s.Fill, asShare
	case "text.overlay_share":
		return s.TextShare, asShare
	case "document.pages":
		return s.Pages, asNumber
	case "document.length":
		return s.Length, asNumber
	case "exif.taken_at":
		return s.Taken, asDay
	case "exif.make":
		return s.Make, asText
	case "exif.model":
		return s.Model, asText
	case "document.starts", "case.letters.starts":
		return s.Starts, asDay
	case "document.ends", "case.letters.ends":
		return s.Ends, asDay
	case "document.signed_at", "case.letters.signed_at":
		return s.Signed, asDay
	case "table.first":
		return s.LogFirst, asDay
	case "table.last":
		return s.LogLast, asDay
	}
	return "", asNumber
}

// plainly says one piece of evidence to a person. Empty: there is nothing to add to
// the message. All is clean.
func (v *view) plainly(c *caseView, f *finding, e *verdict.Evidence) PageSeen {
	said := squeezed(f.Title + "\n" + f.Message)
	if !e.Why.IsZero() {
		why := clean(e.Why.In(v.o.Lang))
		if strings.Contains(said, squeezed(why)) {
			return PageSeen{}
		}
		return PageSeen{Seen: why}
	}
	value, wanted := v.compared(e, said)
	quote := e.Quote
	if text, ok := e.Observed.(string); ok && quote == "" && value == "" && isReading(e) {
		quote = text
	}
	file, how := v.fileSaid(c, quote)
	isFile := file != ""
	if isFile {
		quote = ""
	}
	place := v.spotOf(c, f, e)
	var lead, aside []string
	if value != "" {
		lead = append(lead, value)
	}
	fresh := quote != "" && !strings.Contains(said, squeezed(quote))
	if fresh || quote != "" && (place != "" || e.Page > 1) {
		lead = append(lead, lang.Fill(v.say.Quoted, "text", clean(v.cut(quote))))
	}
	if len(lead) > 0 || place != "" {
		if e.Page > 1 {
			aside = append(aside, lang.Fill(v.say.Page, "n", e.Page))
		}
		if place != "" {
			aside = append(aside, place)
		}
	}
	if file != "" && how == "" && (strings.Contains(said, squeezed(file)) || c != nil && file == clean(c.shortPath(f.Asset))) {
		file = ""
	}
	other := v.otherSaid(c, f, e, said)
	switch {
	case other == "":
	case isFile || f.Asset != "":
		other = v.beside(e, how, other, file == "" && len(lead) == 0)
	case len(lead) == 0:
		other = lang.Fill(v.m.Spoken.See, "other", other)
	}
	return PageSeen{Seen: v.sentence(lead, aside, file, how, other), Required: wanted}
}

// beside says the other file of a pair. That two were compared is no news of its own.
func (v *view) beside(e *verdict.Evidence, how, other string, alone bool) string {
	switch {
	case how != "", e.Fact == "file.sha256", e.Fact == "hash.sha256", e.Fact == "hash.pdq":
		return lang.Fill(v.m.Spoken.With, "other", other)
	case alone:
		return ""
	}
	return lang.Fill(v.say.Compared, "other", other)
}

// sentence puts together what was seen: what, in which file (and what was done to it),
// beside which other.
func (v *view) sentence(lead, aside []string, file, how, other string) string {
	switch {
	case file != "" && how != "":
		lead = append(lead, file+v.paren(how))
	case file != "":
		lead = append(lead, file)
	}
	switch {
	case other == "":
	case file != "":
		lead = []string{strings.Join(lead, " ") + v.words.Clause + other}
	case len(lead) > 0:
		aside = append(aside, other)
	default:
		lead = append(lead, other)
	}
	if len(lead) == 0 {
		return strings.Join(aside, v.words.Clause)
	}
	text := strings.Join(lead, " ")
	if len(aside) > 0 {
		text += v.paren(strings.Join(aside, v.words.Join))
	}
	return text
}

// compared says the value of a fact that has a plain name, and what was wanted of it;
// nothing where the message has both.
func (v *view) compared(e *verdict.Evidence, said string) (value, wanted string) {
	name, how := v.spoken(e.Fact)
	text := ""
	if name != "" {
		text = v.measured(e.Observed, how, e.Unit)
	}
	wanted, limit := v.wanted(e.Required, how, e.Unit, name != "")
	if limit != "" && strings.Contains(said, squeezed(limit)) {
		wanted = ""
	}
	if text == "" || wanted == "" && strings.Contains(said, squeezed(text)) {
		return "", ""
	}
	return name + " " + text, wanted
}

// measured says a value as people do; empty for none.
func (v *view) measured(x any, how measure, unit string) string {
	switch x := x.(type) {
	case int:
		return v.amount(float64(x), how, unit)
	case int64:
		return v.amount(float64(x), how, unit)
	case float64:
		return v.amount(x, how, unit)
	case string:
		if x != "" && (how == asDay || how == asText) {
			return clean(formatText(x, map[measure]verdict.Format{asDay: verdict.Date}[how]))
		}
	}
	return ""
}

func (v *view) amount(x float64, how measure, unit string) string {
	switch how {
	case asShare:
		return formatNumber(x, verdict.Percent)
	case asBytes:
		return formatBytes(x)
	case asNumber:
		return v.number(x, unit)
	}
	return ""
}

// day is how a day, and whatever begins with one, is written.
var day = regexp.MustCompile(`^\d{4}-\d\d-\d\d`)

// wanted says in words what was wanted, and the bare limit of it. Of facts without a
// plain name only what is no word of rules: a day, a number that was to be read.
func (v *view) wanted(r *verdict.Required, how measure, unit string, named bool) (wanted, limit string) {
	if r == nil || r.Condition != "" {
		return "", ""
	}
	if text, ok := r.Value.Of.(string); ok && (how != asText && day.MatchString(text)) {
		limit = clean(formatText(text, verdict.Plain))
	} else if named {
		limit = v.measured(r.Value.Of, how, unit)
	}
	if limit == "" {
		return "", ""
	}
	s := &v.m.Spoken
	isDay := how == asDay || day.MatchString(limit)
	say := ""
	switch r.Op {
	case ">=", ">":
		say = map[bool]string{true: s.NotBefore, false: s.AtLeast}[isDay]
		if r.Op == ">" && !isDay {
			say = s.MoreThan
		}
	case "<=", "<":
		say = map[bool]string{true: s.NotAfter, false: s.AtMost}[isDay]
		if r.Op == "<" && !isDay {
			say = s.LessThan
		}
	case "==", "":
		return limit, limit
	default:
		return "", ""
	}
	return lang.Fill(say, "x", limit), limit
}

// isReading reports that an observed text was read in a file: its words mean
// something to whoever wrote them.
func isReading(e *verdict.Evidence) bool {
	group, _, _ := strings.Cut(e.Fact, ".")
	switch group {
	case "text", "codes", "exif", "meta":
		return e.Privacy.For(e.Observed) == verdict.Private
	case "document":
		return e.Page > 0
	}
	return false
}

// altered is what a check writes behind a picture that is another one all the same.
var altered = regexp.MustCompile(` \((same|resized|cropped|bordered|mirrored|retouched|unrelated)\)$`)

// fileSaid is the file of the report that a quote names, without its case, and what
// was done to it; empty where it names none.
func (v *view) fileSaid(c *caseView, quote string) (file, how string) {
	if m := altered.FindStringSubmatch(quote); m != nil {
		quote = strings.TrimSuffix(quote, m[0])
		s := &v.m.Spoken
		how = map[string]string{"same": s.Same, "resized": s.Resized, "cropped": s.Cropped, "bordered": s.Bordered, "mirrored": s.Mirrored, "retouched": s.Retouched}[m[1]]
	}
	if path := v.pathOf(c, quote); path != "" {
		return v.shown(c, path), how
	}
	return "", ""
}

// pathOf is the path of the file that a text names, with its case or, in a case,
// without; empty for none.
func (v *view) pathOf(c *caseView, name string) string {
	if name == "" {
		return ""
	}
	if v.files[name] {
		return name
	}
	if c != nil && v.files[c.Path+"/"+name] {
		return c.Path + "/" + name
	}
	return ""
}

// shown is a path as the part of the report that speaks of it has it.
func (v *view) shown(c *caseView, path string) string {
	if c != nil {
		path = c.shortPath(path)
	}
	return clean(path)
}

// otherSaid is the other file that a piece of evidence is about, where that is news.
func (v *view) otherSaid(c *caseView, f *finding, e *verdict.Evidence, said string) string {
	if e.Related == nil || e.Related.Asset == "" {
		return ""
	}
	other := e.Related.Asset
	if e.Related.Case != "" && !strings.HasPrefix(other, e.Related.Case+"/") {
		other = e.Related.Case + "/" + other
	}
	if other == f.Asset || other == v.pathOf(c, altered.ReplaceAllString(e.Quote, "")) {
		return ""
	}
	text := v.shown(c, other)
	if strings.Contains(said, squeezed(text)) {
		return ""
	}
	return text
}

// spotOf says where in a picture something is; empty where that is not known, or all
// over.
func (v *view) spotOf(c *caseView, f *finding, e *verdict.Evidence) string {
	if e.Box == nil || c == nil || e.Page > 1 {
		return ""
	}
	a := c.assets[f.Asset]
	if a == nil {
		a = c.assets[v.pathOf(c, e.Quote)]
	}
	if a == nil || a.Width <= 0 || a.Height <= 0 {
		return ""
	}
	box, s := e.Box, &v.m.Spoken
	if box[2] <= 0 || box[3] <= 0 || 2*box[2]*box[3] > a.Width*a.Height {
		return ""
	}
	third := func(at, size, of int) int { return min(max(3*(2*at+size)/(2*of), 0), 2) }
	row := third(box[1], box[3], a.Height)
	if 4*box[2] >= 3*a.Width && row != 1 {
		return []string{s.TopEdge, "", s.BottomEdge}[row]
	}
	return [3][3]string{{s.TopLeft, s.Top, s.TopRight}, {s.Left, s.Middle, s.Right}, {s.BottomLeft, s.Bottom, s.BottomRight}}[row][third(box[0], box[2], a.Width)]
}

// cut shortens a reading to what fits a line or two.
func (v *view) cut(s string) string { return v.o.Ruler.Truncate(terminal.Clean(s), maxSeen) }

// squeezed is a text without spaces, to look whether it was said already.
func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }
