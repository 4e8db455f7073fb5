package papers

import (
	"context"

	"regexp"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Told is "document-told-dates": the days a statement tells, of the penalty and
// of the shooting, are those of the notice and of the originals (M29).
type Told struct{ onAsset }

// Name of the check.
func (Told) Name() string { return "document-told-dates" }

// Doc says what it judges.
func (Told) Doc() lang.Text {
	return lang.T("把申诉理由里写的处罚日期与 case.yaml、拍摄日期与原图和套图的 EXIF 对照；对不上时由人核对，从不直接判不通过。一句里有几个日期的、没有 EXIF 时间的不判断。",
		"Compares the day of the penalty that a statement tells with case.yaml, and the day of the shooting with the EXIF of sources and companion photos; where they differ a person looks, it never fails. Clauses with several dates are left out, and so is the shooting where no file has a time in its EXIF.")
}

// NewParams returns nil: there are none.
func (Told) NewParams() any { return nil }

// Needs the statement's text and the times of the originals.
func (Told) Needs(any) []checks.Need {
	return append(needs("document.text", "document.dates"),
		checks.Need{Kind: facts.KindSource, Fact: "exif.taken_at"}, checks.Need{Kind: kindCompanion, Fact: "exif.taken_at"})
}

// kindCompanion is the kind of photos of the same shoot (rules.yaml kinds).
const kindCompanion = "companion"

var (
	clauseEnd = regexp.MustCompile(`[，。；,;！!？?\n]|\. `)
	ofPenalty = regexp.MustCompile(`(?i)处罚|penali[sz]ed`)
	// What was done about it has days of its own.
	notPenalty = regexp.MustCompile(`(?i)后|替换|删除|整改|申诉|撤销|解除|after|since|replaced|removed|appeal`)
	ofShooting = regexp.MustCompile(`(?i)拍摄|摄于|拍于|photographed|(?:was|were)taken|shoton|dateofshooting|shootingdate`)
)

// Run judges one statement.
func (Told) Run(_ context.Context, s checks.Subject, _ any) (checks.Result, error) {
	f, d, res, ok := document(s, "text")
	if !ok {
		return res, nil
	}
	c := caseOf(s)
	var penalty []string
	if c != nil {
		if !c.Violation.EffectiveAt.IsZero() {
			penalty = append(penalty, date(c.Violation.EffectiveAt))
		}
		if !c.Violation.NotifiedAt.IsZero() {
			penalty = append(penalty, date(c.Violation.NotifiedAt))
		}
	}
	shot := shootingDays(s)
	var all strings.Builder
	for _, l := range d.Text {
		all.WriteString(l.Text + "\n")
	}
	for _, clause := range clauseEnd.Split(all.String(), -1) {
		clause = strings.Join(strings.Fields(clause), "")
		var told []facts.DocDate
		for _, x := range d.Dates {
			text := strings.Join(strings.Fields(x.Text), "")
			if text != "" && strings.Contains(clause, text) && !slices.ContainsFunc(told, func(o facts.DocDate) bool { return date(o.At) == date(x.At) }) {
				told = append(told, x)
			}
		}
		if len(told) != 1 {
			continue
		}
		day, box := date(told[0].At), told[0].Box
		ask := func(want []string) {
			f.judged++
			if !slices.Contains(want, day) {
				f.Doubt(verdict.Evidence{Fact: "document.dates", Observed: day, Required: verdict.Want(strings.Join(want[:min(len(want), 3)], " / ")), Quote: clause, Page: told[0].Page, Box: &box})
			}
		}
		switch {
		case ofShooting.MatchString(clause) && len(shot) > 0:
			ask(shot)
		case ofPenalty.MatchString(clause) && !notPenalty.MatchString(clause) && len(penalty) > 0:
			ask(penalty)
		}
	}
	return f.result(), nil
}

// shootingDays are the days on which sources and companion photos were taken,
// as their EXIF says.
func shootingDays(s checks.Subject) []string {
	var out []string
	if s.Case == nil {
		return nil
	}
	for _, kind := range [...]string{facts.KindSource, kindCompanion} {
		for _, a := range s.Case.Of(kind) {
			if a.Facts != nil && !a.Facts.Exif.TakenAt.IsZero() {
				out = append(out, a.Facts.Exif.TakenAt.Format("2006-01-02"))
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
