package letter

import (
	"slices"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/facts"
)

// Where a paper itself says in which order 03/12/2026 is meant: Americans write
// the month first, others who write English at home the day. Who writes English
// abroad may do either.
var (
	american = re(`\b(?:USA|U\.S\.A\.|United States|Delaware|California|New York|Florida|Texas|Nevada|New Jersey|Washington)\b`)
	british  = re(`\b(?:United Kingdom|U\.K\.|UK|England|Scotland|Wales|London|Ireland|Australia|New Zealand|India|Singapore|Hong Kong)\b`)
)

// dates finds every date, its role, and the term of validity. Where day and
// month can be read either way and nothing in the paper settles it, both
// readings are kept.
func (r *reader) dates() {
	monthFirst, settled := r.dayMonthOrder()
	found, both := r.findDates(monthFirst)
	r.assignRoles(found)
	t := r.term(found)
	if both && settled != byDates {
		others, _ := r.findDates(!monthFirst)
		r.assignRoles(others)
		o := r.term(others)
		switch {
		case settled == byCountry && (!t.retroactive() || o.retroactive()):
		case !t.possible() && o.possible():
			t, found = o, others
		case t.possible() && !o.possible():
		default:
			t.readings = append(t.readings, o.differing(t)...)
		}
	}
	r.tell(t)
	for _, w := range found {
		if w.dropped {
			continue
		}
		if w.clock {
			r.doc.Timestamps = append(r.doc.Timestamps, w.DocDate)
		}
		r.doc.Dates = append(r.doc.Dates, w.DocDate)
	}
}

// order is what says how 03/04/2025 is meant.
type order int

const (
	byNothing order = iota
	byCountry       // where the parties are: they may write for readers elsewhere
	byDates         // a date that can be read one way only, or the language
)

// dayMonthOrder says how 03/04/2025 is meant, and what in the paper says so: a date
// that can be read one way only, its language, or the country it names. Else day first,
// as everywhere but in the United States.
func (r *reader) dayMonthOrder() (monthFirst bool, settled order) {
	flow := r.text.flow
	day, mon := 0, 0
	for _, f := range dateForms {
		if !f.numeric {
			continue
		}
		for _, m := range f.re.FindAllStringSubmatchIndex(flow, 100) {
			g := f.re.groups(flow, m)
			switch a, b := number(g["d"]), number(g["m"]); {
			case a > 12 && b <= 12:
				day++
			case b > 12 && a <= 12:
				mon++
			}
		}
	}
	us, gb := american.MatchString(flow), british.MatchString(flow)
	switch {
	case day > 0 && mon == 0:
		return false, byDates
	case mon > 0 && day == 0:
		return true, byDates
	case day > 0:
		return false, byNothing
	case r.doc.Language != "en" && r.doc.Language != "zh" && r.doc.Language != "":
		return false, byDates
	case us && !gb:
		return true, byCountry
	case gb && !us && r.doc.Language == "en":
		return false, byCountry
	}
	return false, byNothing
}

// Words around a date that tell its role.
var (
	startBefore = re(`(?i)(?:自|从|由|生效日期?|起始日期?|起始时间|开始日期?|开始时间|起算日|effective(?: date| as of| from| on)?|from|commenc\w*(?: on| date)?|starting(?: on)?|start date|beginning(?: on)?|valid(?: from)?|with effect from|since|a partir del?|desde(?: el)?|de(?:l)?|à compter du|à partir du|du|ab(?: dem)?|vom|von|dal|с)[ :]*(?:the ?|为|是|即日)?[ :]*$`)
	startAfter  = re(`(?i)^ ?(?:\(含(?:当日|本日)?\))?(?:起|开始|生效|至|到(?:[^期]|$)|[~～]|until|through)`)
	endBefore   = re(`(?i)(?:至|到|截至|截止|截止日期?|止于|终止日期?|终止时间|结束日期?|结束时间|届满日?期?|到期日?期?|失效日期?|有效期至|有效期限至|until|till|through|thru|to|expir\w*(?: date| on)?|expiry|end date|ending(?: on)?|ends?(?: on)?|terminat\w*(?: on)?|valid (?:until|till|through|to)|no later than|up to|and including|hasta(?: el)?|vence(?: el)?|jusqu'au|au|bis(?: zum)?|al|até|do|до|по|fino al|scade(?: il)?)[ :]*(?:the ?|el |为|是|日期)?[ :]*$`)
	endAfter    = re(`^ ?(?:\(含(?:当日|本日)?\))?(?:止|为止|前有效)|^ ?(?:届满|到期|失效)(?:[^日期时限:]|$)|^终止`)
	termBefore  = re(`(?i)(?:期限|有效期限?|期间|时限|授权时间|使用时间|validity(?: period)?|term|period|duration|vigencia|durée|gültigkeit(?:sdauer)?|durata|vigência|validez|validité)[ :]*(?:为|是|of)?[ :]*$`)
	signBefore  = re(`(?i)(?:签署日期?|签订日期|签字日期|签章日期|签约日期|授权日期|承诺日期|落款日期|日期|signed(?: on| at| this)?|date ?of ?signature|signature ?date|signing ?date|date ?signed|dated?(?: this)?|executed(?: on| this)?|as of|fecha|datum|le|il|em|el|data|дата|on this)[ :]*(?:the ?|为|是|:)?[ :]*$`)
	issueBefore = re(`(?i)(?:签发日期|发证日期|开具日期|出具日期|通知时间|通知日期|生效时间|处罚时间|违规时间|issue ?date|date ?of ?issue|issued(?: ?on)?|notice date|penalty date|effective time)[ :]*$`)
	connector   = re(`(?i)^[\s\n]*(?:日)?(?:\(含(?:当日|本日)?\))?(?:起|开始|生效)?[\s\n,]*` + joiner + `[\s\n]*(?:the ?|el ?|le ?|including ?|and including ?)?$`)
)

// assignRoles tells start, end, signature and issue apart by the words around,
// by pairs, and by place; and says what each date is of.
func (r *reader) assignRoles(found []when) {
	for i := range found {
		w := &found[i]
		before := r.sentence(w.span)
		_, after := r.text.near(w.span, 60)
		after = strings.ReplaceAll(after, "\n", " ")
		if w.bound = bind(before, after); r.certified(w.span) {
			w.bound = binding{subject: "notary"}
		}
		if w.Role == "ends" {
			w.bound = found[i-1].bound // the other half of a range
			continue
		}
		if i+1 < len(found) {
			between := r.text.flow[w.to:found[i+1].from]
			// One day in two languages is no range.
			if len(between) < 40 && connector.MatchString(between) && !midnight(w.At).Equal(midnight(found[i+1].At)) {
				w.Role, found[i+1].Role = "starts", "ends"
				w.pair, found[i+1].pair = true, true
				continue
			}
		}
		switch {
		case issueBefore.MatchString(before):
			w.Role = "issued"
		case endBefore.MatchString(before) || endAfter.MatchString(after):
			w.Role = "ends"
		case startBefore.MatchString(before) || startAfter.MatchString(after):
			w.Role = "starts"
		case termBefore.MatchString(before):
			w.Role = "term"
		case signBefore.MatchString(before):
			w.Role = "signed"
		}
	}
	r.signedByPlace(found)
	for i := range found {
		found[i].dropped = found[i].weak && found[i].Role == "other"
	}
}

// signedByPlace takes a date that fills a line for the date of signature: the
// last such one of the paper itself. The page of a notary behind it has one too.
func (r *reader) signedByPlace(found []when) {
	for _, w := range found {
		if (w.Role == "signed" || w.Role == "issued" && r.doc.Kind != "notice" && r.doc.Kind != "other") && w.ofPaper() {
			return
		}
	}
	alone := func(w when) bool {
		line := r.text.norm[r.text.index(w.from)]
		return w.Role == "other" && w.ofPaper() && !w.clock && !w.bare && len(strings.TrimSpace(line)) <= len(w.Text)+24
	}
	for i := len(found) - 1; i >= 0; i-- {
		if alone(found[i]) {
			found[i].Role = "signed"
			found[i].Confidence *= 0.9
			return
		}
	}
}

// ofPaper reports a date of the paper itself, not of a thing it names.
func (w when) ofPaper() bool { return w.bound.strength > boundOther }

// termRead is what a paper says of its validity and signature.
type termRead struct {
	starts, ends, signed  time.Time
	open                  bool
	startAt, endAt, sigAt *when
	endWords              span // where an end without a date was read
	readings              []facts.DocDate
}

// retroactive reports a term that begins before the paper was signed: rare enough to
// doubt how its dates are read.
func (t termRead) retroactive() bool {
	return !t.starts.IsZero() && !t.signed.IsZero() && t.starts.Before(t.signed)
}

// possible reports a term that does not end before it begins or was signed.
func (t *termRead) possible() bool {
	return t.ends.IsZero() || !t.ends.Before(t.starts) && !t.ends.Before(t.signed)
}

// differing are this reading's dates where another has others.
func (t *termRead) differing(other termRead) []facts.DocDate {
	var out []facts.DocDate
	for _, x := range [...]struct {
		role   string
		is, by time.Time
		at     *when
	}{{"starts", t.starts, other.starts, t.startAt}, {"ends", t.ends, other.ends, t.endAt}, {"signed", t.signed, other.signed, t.sigAt}} {
		if x.is.IsZero() || x.is.Equal(x.by) || x.at == nil {
			continue
		}
		d := x.at.DocDate
		d.At, d.Role = x.is, x.role
		out = append(out, d)
	}
	return out
}

// surestEnd is the end that is most surely the grant's; of months, the later.
func surestEnd(found []when) *when {
	var end *when
	for i := range found {
		w := &found[i]
		if w.Role == "ends" && w.ofPaper() && !w.dropped && (end == nil || w.bound.strength > end.bound.strength ||
			w.bound.strength == end.bound.strength && end.monthOnly && w.At.After(end.At)) {
			end = w
		}
	}
	return end
}

// term works out first and last day of validity: of all dates that end or begin
// something those that are most surely the grant's.
func (r *reader) term(found []when) termRead {
	t := termRead{}
	for i := range found {
		if w := &found[i]; w.Role == "signed" && w.ofPaper() {
			t.sigAt, t.signed = w, midnight(w.At)
		}
	}
	for i := range found {
		// A letter is dated by the day it was issued, where it says no other.
		if w := &found[i]; t.sigAt == nil && w.Role == "issued" && w.ofPaper() && r.doc.Kind != "notice" && r.doc.Kind != "other" {
			t.sigAt, t.signed = w, midnight(w.At)
		}
	}
	length, isLength := r.duration()
	for i := range found {
		// "Term: 31 December 2027" ends then; "term: 10 January 2026, two years" begins.
		if w := &found[i]; w.Role == "term" {
			later := slices.ContainsFunc(found, func(o when) bool { return o.Role == "ends" && o.ofPaper() && o.At.After(w.At) })
			w.Role = "ends"
			if isLength || later || !t.signed.IsZero() && !w.At.After(t.signed) {
				w.Role = "starts"
			}
		}
	}
	t.endAt = surestEnd(found)
	for i := range found {
		w := &found[i]
		if w.Role != "starts" || !w.ofPaper() || w.dropped {
			continue
		}
		partner := t.endAt != nil && i+1 < len(found) && &found[i+1] == t.endAt && w.pair
		if t.startAt == nil || partner || w.bound.strength > t.startAt.bound.strength && !(t.endAt != nil && t.endAt.pair) {
			t.startAt = w
		}
		if partner {
			break
		}
	}
	if t.startAt != nil {
		t.starts = midnight(t.startAt.At)
		// A term does not end before it begins: such a day is of something else,
		// whatever the words around it.
		for t.endAt != nil && !t.endAt.pair && r.lastDay(t.endAt).Before(t.starts) {
			t.endAt.dropped = true
			t.endAt = surestEnd(found)
		}
	}
	if t.endAt != nil {
		t.ends = r.lastDay(t.endAt)
		for i := range found {
			// Another end that is as surely the grant's.
			if w := &found[i]; w.Role == "ends" && w.ofPaper() && !w.dropped && w.bound.strength == t.endAt.bound.strength && !r.lastDay(w).Equal(t.ends) {
				d := w.DocDate
				d.At = r.lastDay(w)
				t.readings = append(t.readings, d)
			}
		}
		if m := renewal.FindStringIndex(r.text.flow); m != nil {
			d := t.endAt.DocDate
			d.Role, d.Text = "open", clip(r.text.flow[m[0]:m[1]], 200)
			t.readings = append(t.readings, d)
		}
		return t
	}
	if m := openEnd.FindStringIndex(r.text.flow); m != nil {
		t.open, t.endWords = true, span{m[0], m[1]}
		return t
	}
	base := t.starts
	if base.IsZero() {
		base = t.signed
	}
	if isLength && !base.IsZero() {
		t.starts, t.ends, t.endWords = base, base.AddDate(0, length.months, -1), length.span
	}
	return t
}

// lastDay is the day an end means: of a month without a day its last.
func (r *reader) lastDay(w *when) time.Time {
	if w.monthOnly {
		return midnight(w.At).AddDate(0, 1, -1)
	}
	return midnight(w.At)
}

// tell writes down what was read, and where.
func (r *reader) tell(t termRead) {
	d := r.doc
	d.SignedAt, d.Starts, d.Ends, d.OpenEnded, d.Readings = t.signed, t.starts, t.ends, t.open, t.readings
	note := func(field string, at time.Time, w *when) {
		if w == nil {
			return
		}
		doubt := w.doubt
		if field == "ends" && w.monthOnly {
			doubt = min(1, doubt/monthDoubt) // read as the last day: it ends no later
		}
		if w.bound.strength == boundPerhaps {
			doubt *= 0.7 // another thing may be meant
		}
		r.doubtful(field, at.Format(time.DateOnly), w.span, doubt)
	}
	note("signed_at", t.signed, t.sigAt)
	note("starts", t.starts, t.startAt)
	note("ends", t.ends, t.endAt)
	switch {
	case t.open:
		r.found("open_ended", "true", t.endWords)
	case t.endWords != span{}:
		r.found("ends", t.ends.Format(time.DateOnly), t.endWords)
	}
}

// Terms without an end, and terms by length.
var (
	openEnd = flex(`(?i)长期有效|永久有效|无限期|永久性?授权|长期授权|有效期(?:限)?[::]?\s?(?:为)?(?:长期|永久)|期限[::]?\s?(?:为)?(?:长期|永久)|至.{0,12}撤销(?:之日|为止|前)|直至.{0,16}(?:撤销|撤回|解除|终止)|until (?:further notice|(?:it is |being )?(?:revoked|withdrawn|cancell?ed|terminated)|(?:written )?(?:notice of )?(?:revocation|termination|cancell?ation))|perpetual|in perpetuity|without (?:time limit|expiry|expiration)|no expir(?:y|ation)|indefinite(?:ly)?|unbefristet|durée indéterminée|por tiempo indefinido|por prazo indeterminado|a tempo indeterminato|бессрочн`)
	renewal = flex(`(?i)(?:期满|到期)[^。;\n]{0,16}自动(?:续|延|顺)|自动(?:续(?:展|期|约|签)|延(?:长|期|续)|顺延)|automatic(?:ally)? (?:be )?(?:renew|extend|prolong)|(?:renew|extend)s? automatically|se renueva automáticamente|renouvelée? automatiquement|verlängert sich automatisch|rinnova automaticamente`)
	lengths = []*pattern{
		dateRE(`(?i)(?:期限|有效期|授权期|许可期|为期|期)[^\n。;\d〇零○一二三四五六七八九十]{0,12}?(` + digit + `{1,3}|` + zhDigit + `{1,3}|半) ?(?:\(\d{1,3}\) ?)?(年|个月|个年度)`),
		dateRE(`(?i)(?:自|从)[^\n。;]{0,24}?(?:起|后)[^\n。;\d]{0,8}?(` + digit + `{1,3}|` + zhDigit + `{1,3}|半) ?(?:\(\d{1,3}\) ?)?(年|个月)(?:内)?(?:有效)?`),
		dateRE(`(?i)(?:term|period|valid|duration|effective|remain|licen[cs]e|authori[sz]ation|for|within)[^.;]{0,60}?(\d{1,3}|` + countWords + `)(?:[ \n]*\(\d{1,3}\))?[ \n-]*(years?|months?)`),
		dateRE(`(?i)(\d{1,3}|` + countWords + `)(?:[ \n]*\(\d{1,3}\))?[ \n-]*(years?|months?)[ \n]*(?:from|after|as of|since|starting|commencing)`),
		dateRE(`(?i)(?:per[ií]odo|plazo|vigencia|durante|durée|période|pendant|dauer|zeitraum|für|durata|periodo|per|prazo|vigência|por|duur|okres|срок)[^.;]{0,40}?(\d{1,3}|` + countForeign + `)(?:[ \n]*\([^)\n]{1,12}\))?[ \n-]*(años?|ans?|année|jahren?|anni|anno|anos?|jaar|lata?|meses|mois|monaten?|mesi|maanden|год|лет|месяц)`),
	}
)

const (
	countWords   = `one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|twenty-four|thirty-six`
	countForeign = `uno?a?|dos|tres|cinco|doce|une?|deux|trois|cinq|douze|einen?s?|eines|zwei|drei|fünf|zwölf|due|tre|cinque|dodici|um|dois|três|doze`
)

var wordNumbers = map[string]int{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "eighteen": 18, "twenty-four": 24, "thirty-six": 36,
	"un": 1, "uno": 1, "una": 1, "dos": 2, "tres": 3, "cinco": 5, "doce": 12, "une": 1, "deux": 2, "trois": 3, "cinq": 5, "douze": 12,
	"ein": 1, "eine": 1, "einen": 1, "eines": 1, "zwei": 2, "drei": 3, "fünf": 5, "zwölf": 12, "due": 2, "tre": 3, "cinque": 5, "dodici": 12, "um": 1, "dois": 2, "três": 3, "doze": 12,
}

// lengthOf is a term given by its length.
type lengthOf struct {
	months int
	span
}

// duration finds the length of the grant's term: "两年", "12 months from the
// date of signature". That of another thing (a trademark lives ten years) is
// passed over.
func (r *reader) duration() (lengthOf, bool) {
	flow := r.text.flow
	for _, p := range lengths {
		for _, m := range p.FindAllStringSubmatchIndex(flow, 40) {
			text, unit := strings.ToLower(flow[m[2]:m[3]]), strings.ToLower(flow[m[4]:m[5]])
			n := wordNumbers[text]
			if text == "半" {
				n, unit = 6, "个月"
			} else if n == 0 {
				n = number(text)
			}
			if n < 1 || n > 600 || bind(r.sentence(span{m[2], m[5]}), "").strength == boundOther {
				continue
			}
			if slices.ContainsFunc([]string{"y", "年", "个年度", "año", "an", "jahr", "jaar", "lat", "год", "лет"}, func(u string) bool { return strings.HasPrefix(unit, u) }) {
				n *= 12
			}
			return lengthOf{n, span{m[0], m[1]}}, true
		}
	}
	return lengthOf{}, false
}
