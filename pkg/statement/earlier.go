package statement

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
)

// Conflict is where a statement that is kept in the case says something else than the
// draft.
type Conflict struct {
	File  string // of the earlier statement
	Quote string // what it says
	// Sentence is the one of the draft that it differs from; its text is empty where
	// it is the ground of the appeal.
	Sentence Sentence
	Ground   string
}

const kindStatement = "statement"

// subject is something of which a statement tells a day.
type subject struct {
	keys   []string // sentences that tell it
	words  *regexp.Regexp
	except *regexp.Regexp // nil for none
}

var (
	clauses = regexp.MustCompile(`[，。；,;！!？?\n]|\. `)
	// What was done about a penalty has days of its own.
	subjects = []subject{
		{[]string{"penalised"}, regexp.MustCompile(`(?i)处罚|penali[sz]ed|sancionad|sanctionn`), regexp.MustCompile(`(?i)后|替换|删除|整改|申诉|撤销|解除|after|since|replaced|removed|appeal`)},
		{[]string{"source", "source_serial", "companions"}, regexp.MustCompile(`(?i)拍摄|摄于|拍于|photographed|(?:was|were)taken|shoton|fotografiad|tomadael|photographi|priseles?`), nil},
		{[]string{"listed", "new_rule"}, regexp.MustCompile(`(?i)上架|发布于|listedon|publicó|misenligne`), regexp.MustCompile(`(?i)存证|deposit|depósito|dépôt|拍摄`)},
		{[]string{"evidence", "before_listing", "before_theirs"}, regexp.MustCompile(`(?i)存证|deposit|depósito|dépôt`), nil},
	}
	cameraSaid = regexp.MustCompile(`(?:相机|机型|[Cc]amera|[Cc]ámara|[Aa]ppareil)(?:型号|为|是| model)?[ :：]*([A-Z][\w.-]*(?: [A-Z0-9][\w.-]*){0,3})`)
	serialSaid = regexp.MustCompile(`(?:机身(?:编号|序列号|号)|serial(?: number| no\.?)?|número de serie|numéro de série)[ :：]*([A-Z0-9]{5,})`)
	grounds    = map[string]*regexp.Regexp{
		"misjudged":  regexp.MustCompile(`(?i)误判|错判|误罚|判断有误|wrongly (?:judged|penali[sz]ed)|misjudg|por error|à tort`),
		"authorized": regexp.MustCompile(`(?i)(?:已|经|获|取得|得到)[^，。\n]{0,8}授权|(?:is|are|been|was|were) authori[sz]ed|with (?:the )?authori[sz]ation|autorizad[oa] por|autorisée? par`),
		"rectified":  regexp.MustCompile(`(?i)已(?:经)?[^，。\n]{0,4}(?:整改|删除|替换|更换|下架)|(?:was|were|been|have) (?:replaced|removed|taken down|deleted)|se (?:retiró|sustituyó)|a été (?:retirée?|remplacée?)`),
	}
)

// conflicts compares the draft with the statements of the case.
func (d *drafter) conflicts(out *Draft) []Conflict {
	var list []Conflict
	for _, a := range d.Case.Filled(kindStatement) {
		if a.Facts == nil {
			continue
		}
		doc := &a.Facts.Document
		var lines []string
		for _, l := range doc.Text {
			lines = append(lines, l.Text)
		}
		e := earlier{d, out, a.Path, doc, strings.Join(lines, "\n")}
		list = append(list, e.ids()...)
		list = append(list, e.days()...)
		list = append(list, e.cameras()...)
		list = append(list, e.ground()...)
	}
	return list
}

// earlier is a statement that the case has.
type earlier struct {
	*drafter
	draft *Draft
	file  string
	doc   *facts.Document
	text  string
}

// sentence is the first of the draft with one of the keys.
func (e earlier) sentence(keys ...string) (Sentence, bool) {
	for _, s := range e.draft.Sections {
		for _, x := range s.Sentences {
			if slices.Contains(keys, x.Key) {
				return x, true
			}
		}
	}
	return Sentence{}, false
}

func (e earlier) ids() []Conflict {
	var out []Conflict
	s, ok := e.sentence("penalised")
	if !ok {
		return nil
	}
	for _, x := range []struct {
		said []string
		ours string
	}{{e.doc.ViolationIDs, e.drafter.file.Violation.ID}, {e.doc.ProductIDs, e.drafter.file.Product.ID}} {
		if x.ours != "" && len(x.said) > 0 && !strings.Contains(strings.ToLower(e.text), strings.ToLower(x.ours)) {
			out = append(out, Conflict{File: e.file, Quote: strings.Join(x.said, " "), Sentence: s})
		}
	}
	return out
}

// daysOf are the days that the case has for a subject.
func (e earlier) daysOf(keys []string) []string {
	f := e.drafter.file
	var at []time.Time
	switch keys[0] {
	case "penalised":
		at = []time.Time{f.Violation.EffectiveAt, f.Violation.NotifiedAt}
	case "listed":
		at = []time.Time{f.Product.ListedAt}
	case "evidence":
		for _, x := range f.Evidence {
			at = append(at, x.Dated)
		}
	default:
		for _, kind := range []string{facts.KindSource, kindCompanion} {
			for _, a := range e.Case.Filled(kind) {
				if !a.Facts.Exif.TakenAt.IsZero() {
					at = append(at, a.Facts.Exif.TakenAt)
				}
			}
		}
	}
	var out []string
	for _, t := range at {
		if !t.IsZero() {
			out = append(out, t.Format(time.DateOnly))
		}
	}
	return out
}

// days compares the days told, clause by clause; a clause with several is left out.
func (e earlier) days() []Conflict {
	var out []Conflict
	for _, clause := range clauses.Split(e.text, -1) {
		packed := strings.Join(strings.Fields(clause), "")
		var said []string
		for _, x := range e.doc.Dates {
			day := x.At.In(lang.Beijing()).Format(time.DateOnly)
			if t := strings.Join(strings.Fields(x.Text), ""); t != "" && strings.Contains(packed, t) && !slices.Contains(said, day) {
				said = append(said, day)
			}
		}
		if len(said) != 1 {
			continue
		}
		for _, s := range subjects {
			if !s.words.MatchString(packed) || s.except != nil && s.except.MatchString(packed) {
				continue
			}
			ours := e.daysOf(s.keys)
			if x, ok := e.sentence(s.keys...); ok && len(ours) > 0 && !slices.Contains(ours, said[0]) {
				out = append(out, Conflict{File: e.file, Quote: strings.TrimSpace(clause), Sentence: x})
			}
			break
		}
	}
	return out
}

// cameras compares the camera and the serial number told with those of the files.
func (e earlier) cameras() []Conflict {
	x, ok := e.sentence("source", "source_serial")
	if !ok {
		return nil
	}
	var names, serials []string
	for _, kind := range []string{facts.KindSource, kindCompanion} {
		for _, a := range e.Case.Filled(kind) {
			if n := strings.ToLower(strings.TrimSpace(a.Facts.Exif.Make + " " + a.Facts.Exif.Model)); n != "" {
				names = append(names, n)
			}
			if a.Facts.Exif.Serial != "" {
				serials = append(serials, a.Facts.Exif.Serial)
			}
		}
	}
	var out []Conflict
	for _, m := range cameraSaid.FindAllStringSubmatch(e.text, -1) {
		if said := strings.ToLower(m[1]); !slices.ContainsFunc(names, func(n string) bool { return strings.Contains(n, said) || strings.Contains(said, n) }) && len(names) > 0 {
			out = append(out, Conflict{File: e.file, Quote: strings.TrimSpace(m[0]), Sentence: x})
		}
	}
	for _, m := range serialSaid.FindAllStringSubmatch(e.text, -1) {
		if len(serials) > 0 && !slices.Contains(serials, m[1]) {
			out = append(out, Conflict{File: e.file, Quote: strings.TrimSpace(m[0]), Sentence: x})
		}
	}
	return out
}

// ground asks that the earlier statement did not argue on another ground: that the
// picture was wrongly judged where it is mended now, that it was taken down where it
// is said to be wrongly judged, that it was authorised where no letter is there.
func (e earlier) ground() []Conflict {
	ours := e.drafter.ground()
	var out []Conflict
	tell := func(other string) {
		if q := grounds[other].FindString(e.text); q != "" {
			out = append(out, Conflict{File: e.file, Quote: q, Ground: ours})
		}
	}
	switch ours {
	case "misjudged":
		tell("rectified")
	case "rectified", "authorized":
		tell("misjudged")
	}
	if _, ok := e.sentence("letter", "letter_open", "brand", "ai_licence"); !ok && ours != "authorized" {
		tell("authorized")
	}
	return out
}
